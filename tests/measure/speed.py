"""How fast, how large: python tests/measure/speed.py [SECTION ...] prints each section and writes reports/speed.md.

A section is a function that returns Markdown lines; whoever has something to time adds one to SECTIONS. Sentences are
those of corpora/, so that anyone can measure the same. Everything compared is timed in one run, in turn, warmed up.
"""

from __future__ import annotations

import importlib.util
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # before torch: its threads must not spin while others work

from mtqc.text.sentences import split
from mtqc.translate import DEFAULT_BEAM, Engine, load_engine
from mtqc.translate.batching import cores

ROOT = Path(__file__).resolve().parents[2]
REPORT = ROOT / "reports" / "speed.md"
ROUNDS = 3
GOAL = 6.0
"""How many times as fast as transformers' generate back-translation has to be."""


@dataclass(frozen=True)
class Section:
    """A part of the report: `measure` returns its Markdown lines."""

    name: str
    title: str
    measure: Callable[[], list[str]]


def texts(lang: str) -> list[str]:
    """The sentences of all corpora, in order: English (en) or French (fr)."""
    name, side = ("target.fr.txt", "target") if lang == "fr" else ("source.en.txt", "source")
    files = sorted((ROOT / "corpora").glob(f"*/{name}"))
    return [s.text for f in files for s in split(f.read_text(encoding="utf-8"), side)]  # type: ignore[arg-type]


def rates(count: int, *works: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """Median items a second of each work, all taking turns after one warm-up each."""
    for work in works:
        work()
    times: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for i, work in enumerate(works):
            start = time.perf_counter()
            work()
            times[i].append(time.perf_counter() - start)
    return [count / statistics.median(t) for t in times]


def engines() -> list[str]:
    """CTranslate2 int8 against transformers' generate: same checkpoint, sentences, beam, in one run."""
    sentences = texts("fr")
    if not all(importlib.util.find_spec(m) for m in ("torch", "transformers")):
        return ["Not measured: the [torch] extra is not installed."]
    lines = ["| beam | CTranslate2 int8 | transformers float32 | ratio |", "|---|---|---|---|"]
    worst = float("inf")
    for beam in sorted({1, DEFAULT_BEAM, 4}):
        both = [_back_translation(e, sentences) for e in (_engine("ctranslate2", beam), _engine("transformers", beam))]
        ours, theirs = rates(len(sentences), *both)
        worst = min(worst, ours / theirs)
        lines.append(f"| {beam} | {ours:.0f} sentences/s | {theirs:.0f} sentences/s | {ours / theirs:.1f} |")
    verdict = "reached" if worst >= GOAL else "missed"
    return [*lines, "", f"{len(sentences)} sentences; goal: {GOAL:g} times as fast, {verdict} (least: {worst:.1f})."]


def _engine(name: str, beam: int = 0) -> Engine:
    return load_engine(engine=name, beam=beam, cache=False, device="cpu")  # type: ignore[arg-type]


def _back_translation(engine: Engine, sentences: Sequence[str]) -> Callable[[], object]:
    return lambda: engine.translator.translate(sentences)


def forced() -> list[str]:
    """Forced decoding of English given French; the corpora's beads do not matter for speed, so sentences are paired up."""
    pairs = list(zip(texts("fr"), texts("en"), strict=False))
    engine = _engine("ctranslate2")
    [rate] = rates(len(pairs), lambda: engine.scorer.score(pairs))
    return [f"{rate:.0f} pairs/s ({len(pairs)} pairs, CTranslate2 int8)."]


COLD = """
import pathlib, re, sys, time
start = time.perf_counter()
from mtqc.translate import load_engine
engine = load_engine(cache=False)
if sys.argv[1] == "translate":
    engine.translator.translate(["Le conseil municipal se réunit jeudi."])
seconds = time.perf_counter() - start
# Not getrusage: its maximum is inherited from the parent process, here one with torch in it.
status = pathlib.Path("/proc/self/status")
peak = re.search(r"VmHWM:\\s+(\\d+)", status.read_text())[1] if status.exists() else "nan"
print(seconds, peak)
"""


def cold() -> list[str]:
    """A fresh process: until the model is found, until the first sentence is translated; peak resident memory."""
    lines = ["| until | seconds | peak memory |", "|---|---|---|"]
    for what, says in (("find", "the model is found, not loaded"), ("translate", "the first sentence is translated")):
        runs = [_cold(what) for _ in range(ROUNDS)]
        seconds, kilobytes = (statistics.median(column) for column in zip(*runs, strict=True))
        lines.append(f"| {says} | {seconds:.2f} | {kilobytes / 1024:.0f} MB |")
    return lines


def _cold(what: str) -> tuple[float, float]:
    done = subprocess.run([sys.executable, "-c", COLD, what], capture_output=True, text=True, check=True)
    seconds, kilobytes = done.stdout.split()
    return float(seconds), float(kilobytes)


def cache() -> list[str]:
    """An article again, from the cache on disk."""
    import tempfile

    sentences = texts("fr")[:26]
    with tempfile.TemporaryDirectory() as folder:
        cold_engine = _engine("ctranslate2")
        warm = load_engine(cache=Path(folder) / "measured.sqlite")
        warm.translator.translate(sentences)
        new, again = rates(1, _back_translation(cold_engine, sentences), _back_translation(warm, sentences))
    return [f"{len(sentences)} sentences: {1000 / new:.0f} ms translated, {1000 / again:.1f} ms from the cache."]


def whole() -> list[str]:
    """`mtqc check` on the real article of ../shared where it is at hand, else on a pair of corpora/, cold processes."""
    real = ROOT.parent / "shared" / "articles" / "openai-offer"
    folder = real if real.is_dir() else ROOT / "corpora" / "business"
    code = "from mtqc.cli import main; main()"
    texts_given = [str(folder / "source.en.txt"), str(folder / "target.fr.txt")]
    command = [sys.executable, "-c", code, "check", *texts_given, "--format", "json", "--no-cache"]
    times = []
    for _ in range(ROUNDS + 2):
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        times.append(time.perf_counter() - start)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return [
        f"`mtqc check` on {folder.name}: median {statistics.median(times):.2f} s, peak {peak:.0f} MB (goals: 3 s, 500 MB)."
    ]


def checks() -> list[str]:
    """All checks without any model, on the aligned pairs of corpora/."""
    from mtqc.config import Settings
    from mtqc.pipeline import align_article, run_checks
    from mtqc.source import read_pairs

    pairs = [p for p in read_pairs(ROOT / "corpora") if not isinstance(p, tuple)]
    articles = [align_article(p, None) for p in pairs]
    count = sum(len(a.pairs) for a in articles)
    settings = Settings()
    start = time.perf_counter()
    for article in articles:
        run_checks(article, settings)
    first = count / (time.perf_counter() - start)
    (again,) = rates(count, lambda: [run_checks(a, settings) for a in articles])
    return [
        f"{count} sentence pairs, one core: {first:.0f} a second the first time, tables loaded on the way, and {again:.0f}"
        " when words and numbers are remembered (goal: 1,000)."
    ]


SECTIONS: tuple[Section, ...] = (
    Section("whole", "The main job, a cold process", whole),
    Section("checks", "Checks without models", checks),
    Section("engines", "Back-translation: CTranslate2 against transformers", engines),
    Section("forced", "Forced decoding", forced),
    Section("cold", "Cold start and memory", cold),
    Section("cache", "Cache", cache),
)


def main(names: Sequence[str]) -> None:
    wanted = [s for s in SECTIONS if not names or s.name in names]
    parts = [_head()]
    for section in wanted:
        parts.append("\n".join([f"## {section.title}", "", *section.measure()]))
        print(parts[-1], "\n", flush=True)
    if len(wanted) == len(SECTIONS):
        REPORT.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def _head() -> str:
    model = load_engine(cache=False).checkpoint.label
    present = [p for p in ("ctranslate2", "transformers", "torch") if importlib.util.find_spec(p)]
    packages = ", ".join(f"{p} {version(p)}" for p in present)
    return (
        "# Speed\n\n"
        f"Written by tests/measure/speed.py on {datetime.now(tz=UTC).date()}; medians of {ROUNDS} rounds. Model {model}; "
        f"{cores()} cores ({platform.machine()}), load average {os.getloadavg()[0]:.1f} at the start; "
        f"Python {platform.python_version()}, {packages}. Other machines, other figures: the ratios hold."
    )


if __name__ == "__main__":
    main(sys.argv[1:])
