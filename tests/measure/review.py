"""What a decision costs behind the page: on disk, folded, and from the request to its answer.

`python tests/measure/review.py` prints the section that `make bench-interfaces` puts into reports/interfaces.md. Wall
times on a machine that does other things too. The disk is the repository's.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "report"))

import sample

from mtqc.model import CorpusReport
from mtqc.report import json_reader, json_writer
from mtqc.review.desk import Desk
from mtqc.review.events import Event
from mtqc.review.index import Index
from mtqc.review.state import Folder
from mtqc.review.store import Store, read

ROOT = Path(__file__).resolve().parents[2]
APPENDED = 1_000
LONG = 10_000
"""Decisions of a long review; and sentences of a large report."""
ASKED = 100


def timed(act: Callable[[], object]) -> float:
    """Seconds."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def spread(times: list[float]) -> str:
    """Median, 95th percentile and worst, in milliseconds."""
    ordered = sorted(times)
    figures = statistics.median(ordered), ordered[int(0.95 * len(ordered))], ordered[-1]
    return " | ".join(f"{1000 * seconds:.1f} ms" for seconds in figures)


def history(report: CorpusReport, number: int) -> list[Event]:
    """Decisions on one finding after the other, now and then on a name everywhere."""
    index = Index(report)
    places = [p for of_article in index.by_article for p in of_article]
    found = []
    for n in range(number):
        p = places[n % len(places)]
        found.append(
            Event(
                id=n + 1, at="2026-11-28T10:00:00Z", editor="Anna", action=("accept", "dismiss")[n % 3 > 0],
                scope="everywhere" if n % 50 == 49 else "finding", article=report.articles[p.article].pair.id,
                sentence=p.sentence.id if p.sentence else "", fingerprint=p.finding.fingerprint, code=p.finding.code,
                text=p.marked, source_text=p.original, severity="", comment="", undoes=0, ordinal=p.ordinal,
            )
        )  # fmt: skip
    return found


def bare(folder: Path) -> list[float]:
    """What the disk itself takes to sync 4 KB that were added to a file."""
    with (folder / "bare").open("wb", buffering=0) as file:

        def sync() -> None:
            file.write(b"x" * 4096)
            os.fdatasync(file.fileno())

        return [timed(sync) for _ in range(APPENDED)]


def appends(path: Path, events: list[Event], seen: int = 0) -> list[float]:
    """Of each event, until it is on disk."""
    store = Store(path)
    times = [timed(lambda e=e, n=n: store.append(e, seen + n)) for n, e in enumerate(events)]
    store.close()
    return times


def killed(path: Path) -> tuple[int, float]:
    """A file whose process was killed: its events, and seconds until a new process has them."""
    code = f"""
import os, sys
sys.path[:0] = ["tests/measure"]
import review
store = review.Store(review.Path({str(path)!r}))
for n, e in enumerate(review.history(review.sample.large(100), 500)):
    store.append(e, n)
os.kill(os.getpid(), 9)
"""
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False)
    start = time.perf_counter()
    found = len(read(path))
    return found, time.perf_counter() - start


def many_articles() -> CorpusReport:
    """The report of corpora/ over and over, until it has LONG sentences."""
    report = json_reader.load(ROOT / "reports" / "demo")
    times = -(-LONG // sum(len(a.sentences) for a in report.articles))
    copies = (replace(a, pair=replace(a.pair, id=f"{a.pair.id}-{n}")) for n in range(times) for a in report.articles)
    return replace(report, articles=tuple(copies))


@contextmanager
def reviewing(run: Path) -> Iterator[tuple[str, str]]:
    """`mtqc review` on a run: host and token."""
    command = [str(Path(sys.executable).with_name("mtqc")), "review", str(run), "--no-browser", "--editor", "Anna"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        found = re.match(r"http://(\S+?)/\?token=(\S+)", process.stdout.readline() if process.stdout else "")
        assert found
        try:
            yield found[1], found[2]
        finally:
            process.kill()


def answers(report: CorpusReport, before: int) -> list[float]:
    """Seconds from a POST to its answer, one finding after the other, when `before` decisions are there already."""
    with tempfile.TemporaryDirectory(dir=ROOT) as folder:
        run = Path(folder) / "mtqc-report.json"
        run.write_text(json_writer.render(report), encoding="utf-8")
        appends(Path(folder) / "mtqc-review.sqlite", history(report, before))
        with reviewing(run) as (host, token):
            connection = http.client.HTTPConnection(host)
            connection.request("GET", f"/?token={token}")
            answer = connection.getresponse()
            answer.read()
            headers = {
                "Cookie": answer.headers["Set-Cookie"].split(";")[0],
                "Origin": f"http://{host}",
                "X-MTQC": "1",
                "Content-Type": "application/json",
            }
            largest = max(range(len(report.articles)), key=lambda n: len(report.articles[n].all_findings))
            findings = len(report.articles[largest].all_findings)
            seen = before

            def post(n: int) -> None:
                nonlocal seen
                act = {"do": ("accept", "dismiss")[n % 2], "finding": f"{largest}-{1 + n % findings}"}
                connection.request(
                    "POST", "/decide", json.dumps({**act, "article": largest + 1, "seen": seen}), headers
                )
                answer = connection.getresponse()
                body = json.loads(answer.read())
                assert answer.status == 200, body
                seen = body["last"]

            return [timed(lambda n=n: post(n)) for n in range(ASKED)]


def disk_section(_browser: object = None) -> list[str]:
    """Decisions on disk, and what is done with them before the page hears of it."""
    large, many = sample.large(LONG), many_articles()
    with tempfile.TemporaryDirectory(dir=ROOT) as name:
        folder = Path(name)
        rows = [
            ("4 KB added to a file and synced, without SQLite", bare(folder)),
            (f"`Store.append`, {APPENDED:,} decisions", appends(folder / "new.sqlite", history(large, APPENDED))),
        ]
        appends(folder / "old.sqlite", history(large, LONG))
        more = [replace(e, editor="Bruno") for e in history(large, APPENDED)]
        rows.append((f"the same with {LONG:,} in the file", appends(folder / "old.sqlite", more, LONG)))
        reading = [timed(lambda: read(folder / "old.sqlite")) for _ in range(5)]
        found, again = killed(folder / "killed.sqlite")
    counted = {
        f"one article of {LONG:,} sentences, {len(large.articles[0].all_findings):,} findings": large,
        f"{len(many.articles)} articles, {sum(len(a.all_findings) for a in many.articles):,} findings": many,
    }
    for label, report in counted.items():
        events = history(report, LONG)
        rows += [(f"fold of {n:,} decisions: {label}", folds(report, events[:n])) for n in (100, LONG)]
        rows.append((f"what stands made anew after a decision, {LONG:,} before: {label}", remade(report, events)))
    for label, report in counted.items():
        rows += [(f"POST to answer, {n:,} decisions before: {label}", answers(report, n)) for n in (0, 1_000)]
    lines = ["## Decisions behind the page", "", "| | median | 95 % | slowest |", "|---|---|---|---|"]
    lines += [f"| {label} | {spread(times)} |" for label, times in rows]
    return [
        *lines,
        "",
        f"By tests/measure/review.py. {LONG + APPENDED:,} decisions are read in {statistics.median(reading):.2f} s. After "
        f"kill -9, {found} of 500 acknowledged decisions are there, {1000 * again:.0f} ms after a new process asks for them.",
    ]


def folds(report: CorpusReport, events: list[Event]) -> list[float]:
    """Seconds for what events come to, the report's findings being looked up already."""
    folder = Folder(report)
    return [timed(lambda: folder(events)) for _ in range(10)]


def remade(report: CorpusReport, events: list[Event]) -> list[float]:
    """Seconds for all that the page's server keeps of the decisions, folded and counted."""
    desk = Desk(report, _Empty())
    return [timed(lambda: desk._made(tuple(events))) for _ in range(10)]


class _Empty:
    """A store without events."""

    def events(self, after: int = 0) -> tuple[Event, ...]:
        return ()


if __name__ == "__main__":
    print(f"load {os.getloadavg()[0]:.1f}", file=sys.stderr)
    print("\n".join(disk_section()))
