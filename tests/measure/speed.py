"""How fast, how large: python tests/measure/speed.py [SECTION ...] prints each section and writes reports/speed.md.

A section is a function that returns Markdown lines; whoever has something to time adds one to SECTIONS. Sentences are
those of corpora/, so that anyone can measure the same. Everything compared is timed in one run, in turn, warmed up.
Wall time suffers from whatever else the machine does; processor time, given beside it, much less.
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
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # before torch: its threads must not spin while others work

from mtqc.errors import ModelError
from mtqc.text.sentences import split
from mtqc.translate import DEFAULT_BEAM, Engine, load_engine
from mtqc.translate.batching import cores
from mtqc.translate.ct2 import CTranslate2Decoder
from mtqc.translate.find import DIRECTIONS, converted
from mtqc.translate.marian import Marian
from mtqc.translate.tune import cpu_settings

ROOT = Path(__file__).resolve().parents[2]
REPORT = ROOT / "reports" / "speed.md"
ROUNDS = 3
BEAMS = sorted({1, DEFAULT_BEAM, 4})
PUBLISHED = (3300, 3600)
"""Source words a second, on one thread, that are published of a tiny int8 student; another machine, another text."""
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


@dataclass(frozen=True)
class Timing:
    """Medians over the rounds, in seconds: on the clock, and of all cores together."""

    wall: float
    cpu: float


def timed(*works: Callable[[], object], rounds: int = ROUNDS) -> list[Timing]:
    """Each work's time, all taking turns after one warm-up each."""
    for work in works:
        work()
    times: list[list[tuple[float, float]]] = [[] for _ in works]
    for _ in range(rounds):
        for i, work in enumerate(works):
            wall, cpu = time.perf_counter(), time.process_time()
            work()
            times[i].append((time.perf_counter() - wall, time.process_time() - cpu))
    return [Timing(*(statistics.median(column) for column in zip(*t, strict=True))) for t in times]


def rates(count: int, *works: Callable[[], object]) -> list[float]:
    """Items a second of each work, by the clock."""
    return [count / t.wall for t in timed(*works)]


def directions() -> list[str]:
    """Those that ship."""
    found = []
    for direction in DIRECTIONS:
        try:
            load_engine(direction=direction, cache=False)
        except ModelError:
            continue
        found.append(direction)
    return found


def _sides(direction: str) -> tuple[list[str], list[tuple[str, str]]]:
    """Sources, and pairs for forced decoding; their lines do not quite belong together, which is no matter for speed."""
    source, target = (texts(lang) for lang in direction.split("-"))
    return source, list(zip(source, target, strict=False))


def _engine(direction: str, name: str = "ctranslate2", beam: int = 0) -> Engine:
    return load_engine(engine=name, beam=beam, cache=False, device="cpu", direction=direction)  # type: ignore[arg-type]


def _translation(engine: Engine, sentences: Sequence[str]) -> Callable[[], object]:
    return lambda: engine.translator.translate(sentences)


def _works(direction: str, name: str = "ctranslate2") -> dict[str, Callable[[], object]]:
    """What is timed, by its name in the tables: each search, and forced scoring."""
    source, pairs = _sides(direction)
    works = {f"beam {b}" if b > 1 else "greedy": _translation(_engine(direction, name, b), source) for b in BEAMS}
    engine = _engine(direction, name)
    return works | {"forced scoring": lambda: engine.scorer.score(pairs)}


@contextmanager
def one_core() -> Iterator[None]:
    """This thread, and whatever threads are started meanwhile, pinned to one core, as `taskset` would."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def words() -> list[str]:
    """Sentences and source words a second: one core (pinned) and all, by the clock; words by processor time."""
    head = "| | one core: sentences/s | words/s | words a second of processor time | all cores: sentences/s | words/s |"
    lines = [head, "|---|---|---|---|---|---|"]
    best = 0.0
    for direction in directions():
        source, pairs = _sides(direction)
        with one_core():
            alone = timed(*_works(direction).values())
        together = timed(*_works(direction).values())
        for name, one, every in zip(_works(direction), alone, together, strict=True):
            given = [s for s, _ in pairs] if name == "forced scoring" else source
            count = sum(len(s.split()) for s in given)
            figures = (len(given) / one.wall, count / one.wall, count / one.cpu, len(given) / every.wall)
            lines.append(
                f"| {direction}, {name} | " + " | ".join(f"{f:,.0f}" for f in (*figures, count / every.wall)) + " |"
            )
            best = max(best, count / one.cpu if name == "greedy" else 0)
    low, high = PUBLISHED
    return [
        *lines,
        "",
        f"Published for a tiny int8 student on one thread: {low:,} to {high:,} source words a second, on another machine "
        f"and other text. Greedy, by processor time, the faster direction makes {best / high:.1f} to {best / low:.1f} times that.",
    ]


def engines() -> list[str]:
    """CTranslate2 int8 against transformers' generate and forward pass: same weights, sentences, search, in one run."""
    if not all(importlib.util.find_spec(m) for m in ("torch", "transformers")):
        return ["Not measured: the [torch] extra is not installed."]
    lines = ["| | CTranslate2 int8 | transformers float32 | ratio | ratio of processor time |", "|---|---|---|---|---|"]
    worst = float("inf")
    for direction in directions():
        source, pairs = _sides(direction)
        both = [_works(direction, name) for name in ("ctranslate2", "transformers")]
        for name in both[0]:
            ours, theirs = timed(*(w[name] for w in both))
            count = len(pairs) if name == "forced scoring" else len(source)
            if name != "forced scoring":
                worst = min(worst, theirs.wall / ours.wall)
            lines.append(
                f"| {direction}, {name} | {count / ours.wall:.0f}/s | {count / theirs.wall:.0f}/s "
                f"| {theirs.wall / ours.wall:.1f} | {theirs.cpu / ours.cpu:.1f} |"
            )
    verdict = "reached" if worst >= GOAL else "missed"
    return [
        *lines,
        "",
        f"Sentences by the clock; goal when translating: {GOAL:g} times as fast, {verdict} (least: {worst:.1f}).",
    ]


def settings() -> list[str]:
    """What a large job has to choose from here: batches and threads, the default first, sentences/s at the default beam."""
    engine = _engine("fr-en")
    assert isinstance(engine.translator, Marian)
    sentences = texts("fr") * 4
    encoded = [engine.translator.pieces.source(s) for s in sentences]
    search, choices = engine.translator.search, cpu_settings(cores())
    works = []
    for setting in choices:
        decoder = CTranslate2Decoder(converted(engine.checkpoint), _tuned=[setting])
        works.append(lambda d=decoder: d.decode(encoded, search, lambda _: None))
    lines = [
        "| batches at once | threads each | tokens a batch | sentences/s | processor ms a sentence |",
        "|---|---|---|---|---|",
    ]
    for s, t in zip(choices, timed(*works), strict=True):
        figures = f"{len(sentences) / t.wall:.0f} | {1000 * t.cpu / len(sentences):.2f}"
        lines.append(f"| {s.workers} | {s.each} | {s.tokens} | {figures} |")
    return lines


COLD = """
import pathlib, re, sys, time
start = time.perf_counter()
from mtqc.translate import load_engine
what, *directions = sys.argv[1:]
lines = sys.stdin.read().split("\\n")
for direction in directions:
    engine = load_engine(cache=False, direction=direction, device="cpu")
    if what == "one":
        engine.translator.translate([lines[0]])
    if what == "all":
        engine.scorer.score(list(zip(lines, engine.translator.translate(lines))))
seconds = time.perf_counter() - start
# Not getrusage: its maximum is inherited from the parent process, here one with torch in it.
status = pathlib.Path("/proc/self/status")
peak = re.search(r"VmHWM:\\s+(\\d+)", status.read_text())[1] if status.exists() else "nan"
print(seconds, peak)
"""


def cold() -> list[str]:
    """A fresh process: seconds from the first import, and peak resident memory."""
    lines = ["| until | seconds | peak memory |", "|---|---|---|"]
    both = directions()
    steps = [
        ("the model is found, not loaded", "find", both[:1]),
        ("the first sentence is translated", "one", both[:1]),
        *(("the same with both directions", "one", both),) * (len(both) > 1),
        (f"the {len(texts('fr'))} sentences of corpora/ are translated, and the translations scored", "all", both[:1]),
    ]
    for says, what, given in steps:
        runs = [_cold(what, *given) for _ in range(ROUNDS)]
        seconds, kilobytes = (statistics.median(column) for column in zip(*runs, strict=True))
        lines.append(f"| {says} | {seconds:.2f} | {kilobytes / 1024:.0f} MB |")
    return lines


def _cold(*arguments: str) -> tuple[float, float]:
    command = [sys.executable, "-c", COLD, *arguments]
    done = subprocess.run(command, input="\n".join(texts("fr")), capture_output=True, text=True, check=True)
    seconds, kilobytes = done.stdout.split()
    return float(seconds), float(kilobytes)


def cache() -> list[str]:
    """An article again, from the cache on disk."""
    import tempfile

    sentences = texts("fr")[:26]
    with tempfile.TemporaryDirectory() as folder:
        cold_engine = _engine("fr-en")
        warm = load_engine(cache=Path(folder) / "measured.sqlite")
        warm.translator.translate(sentences)
        new, again = rates(1, _translation(cold_engine, sentences), _translation(warm, sentences))
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


PAIRS = 200
"""NTREX sentence pairs at least, in whole documents, that are checked to say how many a second."""
PAIR_GOALS = {"all signals": 60, "--fast": 1000}


def pairs() -> list[str]:
    """`check_article` as it is by default, and as `--fast` makes it, on documents of NTREX; nothing from a cache."""
    from data import SHARED, ntrex

    from mtqc.cli.common import Options, models, settings
    from mtqc.pipeline import check_article

    if not (SHARED / "eval").is_dir():
        return ["Not measured: the data folder ../shared is not there."]
    chosen, count = [], 0
    for article in ntrex("tune"):
        if count < PAIRS:
            chosen.append(article)
            count += len(article.segments)
    default = settings(Options(no_cache=True))
    using = models(default)
    works = [lambda m=m: [check_article(a, default, m) for a in chosen] for m in (using, None)]
    lines = [
        f"{count} sentence pairs of NTREX in {len(chosen)} documents, load average {os.getloadavg()[0]:.1f} at the start.",
        "",
        "| | pairs/s | processor ms a pair | goal |",
        "|---|---|---|---|",
    ]
    for (name, goal), t in zip(PAIR_GOALS.items(), timed(*works), strict=True):
        lines.append(f"| {name} | {count / t.wall:,.0f} | {1000 * t.cpu / count:.1f} | {goal:,} |")
    return lines


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
    Section("pairs", "Articles, checked whole", pairs),
    Section("words", "Sentences and words a second", words),
    Section("engines", "CTranslate2 against transformers, the same weights", engines),
    Section("settings", "Threads and batches", settings),
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
    models = " and ".join(load_engine(direction=d, cache=False).checkpoint.label for d in directions())
    present = [p for p in ("ctranslate2", "transformers", "torch") if importlib.util.find_spec(p)]
    packages = ", ".join(f"{p} {version(p)}" for p in present)
    return (
        "# Speed\n\n"
        f"Written by `python tests/measure/speed.py` on {datetime.now(tz=UTC).date()}; medians of {ROUNDS} rounds, what is "
        f"compared taking turns. Model {models}; "
        f"{cores()} cores ({platform.machine()}), load average {os.getloadavg()[0]:.1f} at the start; "
        f"Python {platform.python_version()}, {packages}. Other machines, other figures: the ratios hold."
    )


if __name__ == "__main__":
    main(sys.argv[1:])
