"""How fast, how large and how busy `mtqc batch` is: python tests/measure/batch.py [SECTION ...] → reports/batch.md.

Every figure is of the command itself, run as a user runs it, in a process of its own, on real news of ../shared. A
section that is run replaces itself in the report and leaves the others, each saying when it was measured. Memory is
PSS, summed over all processes of the run and sampled every fifth of a second: pages that they share count once.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import os
import platform
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # before torch: its threads must not spin while others work

from data import SHARED, rows

from mtqc.errors import NOT_JUDGED, PASSED
from mtqc.translate.batching import cores

ROOT = Path(__file__).resolve().parents[2]
REPORT = ROOT / "reports" / "batch.md"
MTQC = (sys.executable, "-c", "from mtqc.cli import main; main()")
SYSTEMS = (None, "google", "microsoft", "bergamot-base-memory", "bergamot-tiny")
PER_ARTICLE = 25
NTREX, ARTICLES = 1053, 63
"""Sentence pairs and documents of NTREX."""
GOALS = {"warm": 20, "busy": 0.85, "memory": 1.2}
EVERY_SECONDS = 0.2


MILLION = 1_000_000
CORE_HOUR = 0.04
"""US dollars for one virtual core and hour: about what clouds asked in 2025 for general machines without commitment."""


@dataclass(frozen=True)
class Run:
    """One run of the command: seconds on the clock and of all its processes together, peak PSS in MiB, what it judged."""

    wall: float
    cpu: float
    peak: float
    pairs: int
    words: int

    @property
    def rate(self) -> float:
        """Sentence pairs a second."""
        return self.pairs / self.wall

    @property
    def busy(self) -> float:
        """Share of the time that the cores of this machine worked for it."""
        return self.cpu / (self.wall * cores())


def news(pairs: int, distinct: int | None = None) -> Iterator[dict[str, str]]:
    """`pairs` sentence pairs as rows: NTREX's documents first, then wmt12 and wmt13 in articles of 25 lines, as the
    human reference and as each system's translation. From `distinct` pairs on they come again, in articles of other
    names.
    """
    number = 0
    while number < pairs:
        found = 0
        for row in islice(_once(number), distinct):
            if number >= pairs:
                return
            yield row
            number, found = number + 1, found + 1


def _once(before: int) -> Iterator[dict[str, str]]:
    again = f"{before}:" if before else ""
    for r in rows("ntrex_enfr"):
        yield {"article": f"{again}{r['doc']}", "source": r["en"].strip(), "target": r["ref_fr"].strip()}
    for system in SYSTEMS:
        for n, r in enumerate(rows("mt_enfr")):
            target = r["ref_fr"] if system is None else r["mt"].get(system, "")
            if target.strip() and r["en"].strip():
                name = f"{again}{system or 'reference'}-{n // PER_ARTICLE}"
                yield {"article": name, "source": r["en"].strip(), "target": target.strip()}


class Bench:
    """A scratch folder with a cache of its own, in which commands are run and watched."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.cache = folder / "cache"
        self.environment = {**os.environ, "MTQC_CACHE_DIR": str(self.cache)}
        self.unjudged: list[str] = []
        self._runs = 0

    def corpus(self, pairs: int, distinct: int | None = None) -> Path:
        """A JSON Lines file of so many pairs."""
        path = self.folder / f"news-{pairs}.jsonl.gz"
        if not path.exists():
            with gzip.open(path, "wt", encoding="utf-8", compresslevel=1) as file:
                file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in news(pairs, distinct))
        return path

    def clear(self, *, results_only: bool = False) -> None:
        """Forget what was measured, or only the finished results; the converted models stay."""
        for path in self.cache.glob("judged-*" if results_only else "*-1.sqlite*"):
            path.unlink()

    def ready(self) -> None:
        """Models converted, files in the page cache."""
        self.run(self.corpus(5))

    def run(self, corpus: Path, *options: str) -> Run:
        """`mtqc batch CORPUS …` into a new folder. Raises RuntimeError where it did not come to its end."""
        self._runs += 1
        output = self.folder / f"run-{self._runs}"
        command = [*MTQC, "batch", str(corpus), "--output", str(output), *options]
        before, start = _children(), time.perf_counter()
        with subprocess.Popen(
            command, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        ) as process:
            watch = _Watch(process.pid)
            errors = process.communicate()[1]
        wall, cpu = time.perf_counter() - start, _children() - before
        if process.returncode not in (PASSED, NOT_JUDGED) or not (output / "summary.json").exists():
            raise RuntimeError(f"{' '.join(command)}: exit {process.returncode}\n{errors}")
        self.unjudged += _unjudged(output)
        found = _judged(output)
        shutil.rmtree(output)
        return Run(wall, cpu, watch.stop(), *found)


def _children() -> float:
    """Processor seconds of all processes that ended and were waited for, theirs included."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _judged(output: Path) -> tuple[int, int]:
    """Sentence pairs and words of the originals, read from the run's own table."""
    import pyarrow.parquet as pq

    words = pq.read_table(output / "articles.parquet", columns=["words"]).column("words").to_pylist()
    return pq.read_metadata(output / "sentences.parquet").num_rows, sum(w or 0 for w in words)


def _unjudged(output: Path) -> list[str]:
    """Articles of the run that could not be read or fully judged, and why."""
    told = json.loads((output / "summary.json").read_text(encoding="utf-8"))
    return [f"{a['id']}: {a['reason']}" for a in (*told["first_unread"], *told["first_incomplete"])]


class _Watch:
    """Samples the memory of a process and all its descendants until `stop`."""

    def __init__(self, pid: int) -> None:
        self.peak, self._pid, self._ended = 0.0, pid, threading.Event()
        self._thread = threading.Thread(target=self._sample, daemon=True)
        self._thread.start()

    def stop(self) -> float:
        """The largest sum, MiB."""
        self._ended.set()
        self._thread.join()
        return self.peak

    def _sample(self) -> None:
        while not self._ended.wait(EVERY_SECONDS):
            self.peak = max(self.peak, sum(map(_pss, _family(self._pid))) / 1024)


def _family(pid: int) -> list[int]:
    """The process and its descendants."""
    found = [pid]
    for parent in found:
        for task in Path(f"/proc/{parent}/task").glob("*/children"):
            try:
                found += map(int, task.read_text().split())
            except OSError:
                continue
    return found


def _pss(pid: int) -> int:
    """Kilobytes; 0 of a process that is gone."""
    try:
        found = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    except OSError:
        return 0
    return int(found[1]) if found else 0


def speed(bench: Bench) -> list[str]:
    """All default signals on NTREX: nothing cached, everything measured before, everything judged before."""
    corpus = bench.corpus(NTREX)
    bench.clear()
    cold = bench.run(corpus)
    bench.clear(results_only=True)
    measured = bench.run(corpus)
    warm = bench.run(corpus)
    fast = bench.run(corpus, "--fast")
    lines = [
        f"NTREX, {cold.pairs:,} sentence pairs in {ARTICLES} documents, {cold.words:,} words of the originals; start-up included.",
        "",
        "| | seconds | pairs/s | words/s | times cold | cores busy | peak MiB |",
        "|---|---|---|---|---|---|---|",
    ]
    named = {
        "cold: nothing cached": cold,
        "measured before, judged anew (as after a changed threshold)": measured,
        "warm: unchanged corpus": warm,
        "`--fast`, nothing cached": fast,
    }
    for name, run in named.items():
        figures = f"{run.wall:.1f} | {run.rate:,.0f} | {run.words / run.wall:,.0f} | {cold.wall / run.wall:.1f}"
        lines.append(f"| {name} | {figures} | {run.busy:.0%} | {run.peak:,.0f} |")
    return [
        *lines,
        "",
        f"Goals: warm at least {GOALS['warm']} times as fast as cold: {_verdict(cold.wall / warm.wall >= GOALS['warm'])}; "
        f"both cores busy at least {GOALS['busy']:.0%} of a cold run: {_verdict(cold.busy >= GOALS['busy'])}.",
        "",
        on_paper(cold),
    ]


def changed(bench: Bench) -> list[str]:
    """One paragraph of one article in ten changes: what the second run costs."""
    first, second = bench.corpus(SOME), bench.folder / "changed.jsonl.gz"
    seen: set[str] = set()
    touched = 0
    with gzip.open(first, "rt", encoding="utf-8") as old, gzip.open(second, "wt", encoding="utf-8") as new:
        for row in map(json.loads, old):
            if row["article"] not in seen and len(seen) % 10 == 0:
                row["target"], touched = row["target"] + " Voilà qui est nouveau.", touched + 1
            seen.add(row["article"])
            new.write(json.dumps(row, ensure_ascii=False) + "\n")
    bench.clear()
    cold, again = bench.run(first), bench.run(second)
    return [
        f"{touched} of {len(seen)} articles got one more sentence in their first paragraph: {again.wall:.1f} s and "
        f"{again.cpu:.1f} processor seconds, after {cold.wall:.1f} s and {cold.cpu:.1f} when everything was new."
    ]


SOME = 400
"""Pairs where a run over all of NTREX would tell no more."""
SIZES = (1_000, 10_000, 100_000)
DISTINCT = 10_000
"""All signals are measured on so many different pairs; a larger corpus holds them again, as articles of other names."""


def memory(bench: Bench) -> list[str]:
    """Peak memory by size of the corpus: with --fast, and with all signals."""
    found: dict[str, list[Run]] = {}
    for name, options in {"`--fast`": ("--fast",), "all signals": ()}.items():
        for size in SIZES:
            bench.clear(results_only=True)
            found.setdefault(name, []).append(bench.run(bench.corpus(size, DISTINCT), *options))
            print(name, found[name][-1], flush=True)
    lines = [
        "| sentence pairs | " + " | ".join(f"{name}: peak MiB | pairs/s" for name in found) + " |",
        "|---" * 5 + "|",
    ]
    for runs in zip(*found.values(), strict=True):
        figures = " | ".join(f"{r.peak:,.0f} | {r.rate:,.0f}" for r in runs)
        lines.append(f"| {runs[0].pairs:,} | {figures} |")
    growth = max(runs[-1].peak / runs[-2].peak for runs in found.values())
    return [
        *lines,
        "",
        f"From {DISTINCT:,} pairs on, the corpus holds the same texts again in articles of other names: the models' answers "
        "then come from the cache, everything else is done anew. "
        f"Goal: from 10,000 on within 20 %: {_verdict(growth <= GOALS['memory'])} (the last size against the one before: "
        f"{growth:.2f} times).",
    ]


NAIVE = """
import sys, time, json
from dataclasses import replace
from mtqc.cli.common import Options, models, settings
from mtqc.measuring import Direction, Models
from mtqc.model import ArticlePair, Document
from mtqc.pipeline import check_article
engine = sys.argv[1]
chosen = settings(Options(no_cache=True, engine=engine))
using = models(chosen)
pairs = [json.loads(line) for line in sys.stdin]
def judged(row):
    pair = ArticlePair("x", Document(row["source"], "en"), Document(row["target"], "fr"))
    return check_article(pair, chosen, using)
judged(pairs[0])
wall, cpu = time.perf_counter(), time.process_time()
for row in pairs:
    judged(row)
print(json.dumps([time.perf_counter() - wall, time.process_time() - cpu]))
"""
NAIVE_PAIRS = 60


def naive(bench: Bench) -> list[str]:
    """Against transformers' generate and forward pass, one sentence after the other, with the same signals and checks."""
    if not all(importlib.util.find_spec(m) for m in ("torch", "transformers")):
        return ["Not measured: the [torch] extra is not installed; `make bench-batch` installs it."]
    some = list(news(NAIVE_PAIRS))
    stdin = "".join(json.dumps(row) + "\n" for row in some)
    timings = {}
    for engine in ("transformers", "ctranslate2"):
        command = [sys.executable, "-c", NAIVE, engine]
        done = subprocess.run(command, input=stdin, env=bench.environment, capture_output=True, text=True, check=True)
        timings[engine] = json.loads(done.stdout)
    bench.clear()
    ours = bench.run(bench.corpus(SOME))
    slow = NAIVE_PAIRS / timings["transformers"][0]
    single = NAIVE_PAIRS / timings["ctranslate2"][0]
    return [
        "| | pairs/s | `mtqc batch` is so many times as fast |",
        "|---|---|---|",
        f"| transformers, a sentence at a time (first {NAIVE_PAIRS} pairs, start-up not counted) | {slow:.2f} | {ours.rate / slow:.1f} |",
        f"| CTranslate2, a sentence at a time (the same) | {single:.2f} | {ours.rate / single:.1f} |",
        f"| `mtqc batch`, cold, {ours.pairs:,} pairs, start-up and reports counted | {ours.rate:.1f} | |",
    ]


def ray(bench: Bench) -> list[str]:
    """Ray with one and two workers against the one-machine run."""
    if not importlib.util.find_spec("ray"):
        return ["Not measured: the [ray] extra is not installed."]
    corpus = bench.corpus(SOME)
    lines = ["| | seconds | pairs/s |", "|---|---|---|"]
    for name, options in {
        "one machine, 1 worker": ("--jobs", "1"),
        "one machine, 2 workers": ("--jobs", "2"),
        "Ray, 1 worker": ("--engine", "ray", "--jobs", "1"),
        "Ray, 2 workers": ("--engine", "ray", "--jobs", "2"),
    }.items():
        bench.clear()
        run = bench.run(corpus, *options)
        lines.append(f"| {name} | {run.wall:.1f} | {run.rate:.1f} |")
    return [
        *lines,
        "",
        f"{SOME} sentence pairs, nothing cached; the start of Ray and of its workers is counted. Fewer workers than cores "
        "get more threads each, so that one worker uses both cores too while its models run.",
    ]


def on_paper(run: Run) -> str:
    """A million articles, from one cold run."""
    hours = run.cpu / ARTICLES * MILLION / 3600
    days = run.wall / ARTICLES * MILLION / 86400
    return (
        f"A million articles, on paper: an NTREX document has {run.pairs / ARTICLES:.0f} sentence pairs and "
        f"{run.words / ARTICLES:.0f} words and took {run.cpu / ARTICLES:.2f} processor seconds, start-up included. A million "
        f"of them: {hours:,.0f} core hours, {days:,.0f} days on this machine's {cores()} cores, or one day on "
        f"{hours / 24:,.0f} cores; at {CORE_HOUR} dollars a core hour {hours * CORE_HOUR:,.0f} dollars. Not counted: cores that "
        "are slower, and what sharing and merging cost."
    )


SECTIONS: dict[str, tuple[str, Callable[[Bench], list[str]]]] = {
    "speed": ("Cold and warm", speed),
    "changed": ("A changed paragraph costs that paragraph", changed),
    "memory": ("Memory", memory),
    "naive": ("Against the naive way", naive),
    "ray": ("Ray", ray),
}
HEAD = "# `mtqc batch`: speed, memory, cost\n\nWritten by `make bench-batch` (tests/measure/batch.py), section by section.\n"


def _verdict(reached: bool) -> str:
    return "reached" if reached else "missed"


def kept(report: str) -> dict[str, str]:
    """The sections of an earlier report by title."""
    parts = re.split(r"^## ", report, flags=re.MULTILINE)[1:]
    return {part.split("\n", 1)[0]: part.split("\n", 1)[1].strip() for part in parts}


def written(sections: dict[str, str]) -> str:
    """The report."""
    known = [title for title, _ in SECTIONS.values() if title in sections]
    return HEAD + "".join(f"\n## {title}\n\n{sections[title]}\n" for title in known)


def _stamp(load: float) -> str:
    machine = f"{cores()} cores ({platform.machine()}), Python {platform.python_version()}"
    return f"Measured on {datetime.now(tz=UTC):%Y-%m-%d %H:%M} UTC; {machine}; load average {load:.1f} at the start."


def _left_out(bench: Bench) -> list[str]:
    found = sorted(set(bench.unjudged))
    return [f"Not fully judged, and counted all the same: {'; '.join(found)}."] if found else []


def main(names: Sequence[str], scratch: Path | None) -> None:
    """Measure the sections named, or all."""
    if not (SHARED / "eval").is_dir():
        sys.exit(
            f"mtqc: there is no {SHARED / 'eval'}: the corpora of this benchmark are kept in the shared data folder."
        )
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        bench = Bench(Path(folder))
        bench.ready()
        for name in names or SECTIONS:
            title, measure = SECTIONS[name]
            load = os.getloadavg()[0]
            bench.unjudged.clear()
            text = "\n".join([*measure(bench), "", _stamp(load), *_left_out(bench)])
            print(f"## {title}\n\n{text}\n", flush=True)
            before = kept(REPORT.read_text(encoding="utf-8")) if REPORT.exists() else {}
            REPORT.write_text(written(before | {title: text}), encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sections", nargs="*", choices=[*SECTIONS, []], help="default: all")
    parser.add_argument("--scratch", type=Path, help="where corpora, caches and runs lie meanwhile")
    given = parser.parse_args()
    main(given.sections, given.scratch)
