"""What editors wait for: `make bench-interfaces` prints the figures and writes reports/interfaces.md.

The HTML report on ten thousand sentences: time to write, size, time to open in headless Chromium, and how long each act
takes until it is drawn. The review page: tests/measure/review.py has the decisions on disk, here they are clicked.
Wall times on a machine that does other things too; each is the median of ROUNDS fresh starts of a page.
"""

from __future__ import annotations

import os
import platform
import statistics
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

from mtqc.checks import CHECKS
from mtqc.model import CorpusReport
from mtqc.report import html_writer, json_reader
from mtqc.report.view import View

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


def machine() -> str:
    return f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} when this began"


SECTIONS: list[Callable] = [html_section]


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
