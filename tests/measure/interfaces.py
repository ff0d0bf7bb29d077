"""What editors wait for: `make bench-interfaces` prints the figures and writes reports/interfaces.md.

The HTML report on ten thousand sentences: time to write, size, time to open in headless Chromium, and how long each act
takes until it is drawn. The review page: from the key until the decision is on disk and the page says so; review.py says
what of it is the disk. What axe finds.
Wall times on a machine that does other things too; each is the median of ROUNDS fresh starts of a page.
"""

from __future__ import annotations

import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "report"))

import sample
from review import disk_section

from mtqc.checks import CHECKS
from mtqc.model import CorpusReport
from mtqc.report import html_writer, json_reader, json_writer
from mtqc.report.view import View
from mtqc.review.events import Event
from mtqc.review.store import Store

ROOT = Path(__file__).resolve().parents[2]
REPORT = ROOT / "reports" / "interfaces.md"
ROUNDS = 5
SENTENCES = 10_000
RULES = {rule.code: rule for check in CHECKS for rule in check.rules}
WATCHED = """
window.seen = {paint: 0, longest: 0};
new PerformanceObserver(l => l.getEntries().forEach(e => seen.longest = Math.max(seen.longest, e.duration))).observe({type: 'longtask', buffered: true});
new PerformanceObserver(l => l.getEntries().forEach(e => { if (e.name === 'first-contentful-paint') seen.paint = e.startTime; })).observe({type: 'paint', buffered: true});
"""
DRAWN = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
KEY = "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: '%s', bubbles: true}))"
SEARCH = (
    "const box = document.querySelector('input[type=search]'); box.value = '%s'; "
    "box.dispatchEvent(new Event('input', {bubbles: true})); await new Promise(done => setTimeout(done, 151))"
)
ACTS = {
    "scroll to the middle": "scrollTo(0, document.body.scrollHeight / 2)",
    "next finding (key)": KEY % "n",
    "hide minor findings": "document.querySelector('.chip.minor').click()",
    "only sentences with findings": "document.querySelector('#only').click()",
    "search a word (0.15 s of it waiting for the next letter)": SEARCH % "conseil",
    "worst sentences first": KEY % "s",
}


def conftest():
    """The browser that the tests use, and axe."""
    spec = spec_from_file_location("browser_conftest", ROOT / "tests" / "browser" / "conftest.py")
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


BROWSER = conftest()


def many_articles(sentences: int) -> CorpusReport:
    """The report of corpora/ over and over, until it has so many sentences: hundreds of articles."""
    report = json_reader.load(ROOT / "reports" / "demo")
    size = sum(len(a.sentences) for a in report.articles)
    times = -(-sentences // size)
    copies = (replace(a, pair=replace(a.pair, id=f"{a.pair.id}-{n}")) for n in range(times) for a in report.articles)
    return replace(report, articles=tuple(copies))


REPORTS: dict[str, Callable[[], CorpusReport]] = {
    "one article, a finding or more in most sentences": lambda: sample.large(SENTENCES),
    "corpora/ over and over": lambda: many_articles(SENTENCES),
}


@contextmanager
def written(report: CorpusReport) -> Iterator[tuple[Path, float]]:
    """The HTML report in a file, and the seconds that writing it took."""
    with tempfile.TemporaryDirectory() as folder:
        path, start = Path(folder) / "report.html", time.perf_counter()
        path.write_text(html_writer.render(report, View(rules=RULES)), encoding="utf-8")
        yield path, time.perf_counter() - start


def opened(browser, address: str) -> dict[str, float]:
    """One fresh start of the page: milliseconds until it is painted, until it obeys, of each act."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.add_init_script(WATCHED)
    page.goto(address, timeout=120_000)
    page.evaluate(DRAWN)
    ready = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
    seen = page.evaluate("seen")
    taken = {"first paint": seen["paint"], "loaded, obeys keys and clicks": ready, "longest task": seen["longest"]}
    for name, act in ACTS.items():
        script = f"(async () => {{ const from = performance.now(); {act}; await {DRAWN}; return performance.now() - from }})()"
        taken[name] = page.evaluate(script)
    context.close()
    return taken


def medians(rows: list[dict[str, float]]) -> dict[str, float]:
    return {name: statistics.median(row[name] for row in rows) for name in rows[0]}


def html_section(browser) -> list[str]:
    """The HTML report on ten thousand sentences."""
    columns = {}
    for name, make in REPORTS.items():
        report = make()
        with written(report) as (path, seconds):
            figures = medians([opened(browser, path.as_uri()) for _ in range(ROUNDS)])
            counts = (
                f"{len(report.articles):,}",
                f"{sum(len(a.sentences) for a in report.articles):,}",
                f"{sum(len(a.all_findings) for a in report.articles):,}",
                f"{path.stat().st_size / 1e6:.1f} MB",
                f"{seconds:.1f} s",
            )
        columns[name] = [*counts, *(f"{ms / 1000:.2f} s" for ms in figures.values())]
    labels = ["articles", "sentences", "findings", "size of the file", "time to write it", *figures]
    lines = ["## HTML report", "", "| | " + " | ".join(columns) + " |", "|---|" + "---|" * len(columns)]
    lines += [f"| {label} | " + " | ".join(c[n] for c in columns.values()) + " |" for n, label in enumerate(labels)]
    return [*lines, "", "An act's time runs until what it changed is drawn."]


DECIDED = """async key => {
  const note = document.querySelector('.note[aria-current=true]'), saved = document.querySelector('#saved');
  const from = performance.now();
  note.dispatchEvent(new KeyboardEvent('keydown', {key, code: 'Key' + key.toUpperCase(), bubbles: true}));
  await new Promise(done => {
    const look = () => { if (note.dataset.status !== 'open' && saved.dataset.state === 'saved') { watch.disconnect(); done(); } };
    const watch = new MutationObserver(look);
    watch.observe(document.body, {subtree: true, attributes: true});
  });
  return performance.now() - from;
}"""


def decisions(browser, report: CorpusReport, number: int) -> dict[str, str]:
    """`mtqc review` on a report: its start, its pages, and decisions from the key to the word that they are on disk."""
    with tempfile.TemporaryDirectory() as folder:
        run = Path(folder) / "mtqc-report.json"
        run.write_text(json_writer.render(report), encoding="utf-8")
        start = time.perf_counter()
        with reviewing(run) as address:
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            page = context.new_page()
            page.goto(address)
            taken = {"from the command to the list of articles": time.perf_counter() - start}
            home = page.url.rstrip("/")
            loads = [loaded(page, f"{home}/article/{number}") for _ in range(ROUNDS)]
            taken["open an article"] = statistics.median(loads)
            keys = [page.evaluate(DECIDED, key) / 1000 for key in "ad" * 5]
            taken["a decision, from the key until the page says saved (median of 10)"] = statistics.median(keys)
            taken["the slowest of them"] = max(keys)
            context.close()
        appended = appends(Path(folder) / "alone.sqlite", report)
        taken["of it: on disk (SQLite, WAL, synchronous=FULL; median of 200)"] = appended
    counts = {
        "articles": f"{len(report.articles):,}",
        "findings": f"{sum(len(a.all_findings) for a in report.articles):,}",
    }
    return counts | {
        name: f"{seconds:.2f} s" if seconds > 1 else f"{seconds * 1000:.1f} ms" for name, seconds in taken.items()
    }


def loaded(page, address: str) -> float:
    """Seconds until the page is drawn and a finding is chosen."""
    start = time.perf_counter()
    page.goto(address)
    page.locator(".note[aria-current=true]").wait_for()
    return time.perf_counter() - start


@contextmanager
def reviewing(run: Path) -> Iterator[str]:
    """The server of a run; its address."""
    command = [str(Path(sys.executable).with_name("mtqc")), "review", str(run), "--no-browser", "--editor", "Anna"]
    env = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=env) as process:
        for line in process.stdout:
            if "token=" in line:
                yield line.strip()
                break
        process.kill()


def appends(path: Path, report: CorpusReport) -> float:
    """Seconds until one more decision is on disk."""
    article = next(a for a in report.articles if a.all_findings)
    finding, store, times = article.all_findings[0], Store(path), []
    for n in range(200):
        event = Event(
            id=0, at="", editor="Anna", action=("accept", "dismiss")[n % 2], scope="finding", article=article.pair.id, sentence="",
            fingerprint=finding.fingerprint, code=finding.code, text="", source_text="", severity="", comment="", undoes=0,
        )  # fmt: skip
        start = time.perf_counter()
        store.append(event, n)
        times.append(time.perf_counter() - start)
    store.close()
    return statistics.median(times)


def review_section(browser) -> list[str]:
    """The review page on corpora/, and on ten thousand sentences."""
    demo = json_reader.load(ROOT / "reports" / "demo")
    number = 1 + max(range(len(demo.articles)), key=lambda n: len(demo.articles[n].all_findings))
    columns = {
        "corpora/": decisions(browser, demo, number),
        "corpora/ over and over": decisions(browser, many_articles(SENTENCES), number),
        "one article of 10,000 sentences": decisions(browser, sample.large(SENTENCES), 1),
    }
    lines = ["## Review page", "", "| | " + " | ".join(columns) + " |", "|---|" + "---|" * len(columns)]
    return lines + [
        f"| {label} | " + " | ".join(c[label] for c in columns.values()) + " |" for label in columns["corpora/"]
    ]


def axe_section(browser) -> list[str]:
    """What axe-core finds on the HTML report; the tests look at every page, this is for the record."""
    if not BROWSER.AXE.is_file():
        return ["## Accessibility", "", "axe-core was not at hand (`make test-browser` fetches it): not measured."]
    script, rows = BROWSER.AXE.read_text(encoding="utf-8"), []
    with written(json_reader.load(ROOT / "reports" / "demo")) as (path, _):
        for scheme in ("light", "dark"):
            for size in (BROWSER.DESKTOP, BROWSER.PHONE):
                context = browser.new_context(viewport=size, color_scheme=scheme)
                page = context.new_page()
                page.goto(path.as_uri())
                rows.append((f"HTML report, {scheme}, {size['width']} px", BROWSER.violations(page, script)))
                context.close()
    with tempfile.TemporaryDirectory() as folder:
        run = Path(folder) / "mtqc-report.json"
        run.write_bytes((ROOT / "reports" / "demo" / "mtqc-report.json").read_bytes())
        with reviewing(run) as address:
            for scheme in ("light", "dark"):
                for size in (BROWSER.DESKTOP, BROWSER.PHONE):
                    context = browser.new_context(viewport=size, color_scheme=scheme, bypass_csp=True)
                    page = context.new_page()
                    page.goto(address)
                    home = page.url.rstrip("/")
                    for name, at in (("articles", "/"), ("an article", "/article/8"), ("downloads", "/export")):
                        page.goto(home + at)
                        rows.append(
                            (f"review page, {name}, {scheme}, {size['width']} px", BROWSER.violations(page, script))
                        )
                    context.close()
    worst = [(name, v["id"], v["impact"]) for name, found in rows for v in found["violations"]]
    lines = [
        "## Accessibility",
        "",
        f"axe-core {version_of(script)}, WCAG 2.1 A and AA, on {len(rows)} views (light and dark, desktop and phone): "
        f"{sum(v[2] in BROWSER.SERIOUS for v in worst)} serious or critical violations, {len(worst)} in all.",
    ]
    return lines + [f"* {name}: {rule} ({impact})" for name, rule, impact in worst]


def version_of(script: str) -> str:
    """Of axe, by its first line."""
    found = re.search(r"axe v(\S+)", script)
    return found[1] if found else "of an unknown version"


def machine() -> str:
    return f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} when this began"


SECTIONS: list[Callable] = [html_section, review_section, disk_section, axe_section]


def main() -> None:
    """Measure, print, write."""
    with BROWSER.running() as browser:
        lines = [
            "# What editors wait for",
            "",
            f"By `make bench-interfaces` (tests/measure/interfaces.py), {datetime.now(UTC):%Y-%m-%d}, headless Chromium "
            f"{browser.version}, {machine()}. The machine is shared and did other work meanwhile: figures vary by half. "
            f"Medians of {ROUNDS} fresh starts.",
        ]
        for section in SECTIONS:
            lines += ["", *section(browser)]
    text = "\n".join(lines) + "\n"
    print(text)
    REPORT.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
