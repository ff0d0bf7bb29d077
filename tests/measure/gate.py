"""Where the gate's default thresholds come from, and how often they are wrong: `make gate` → reports/gate.md.

    python tests/measure/gate.py [--write]

On the tuning half of NTREX, as it is and with planted errors, every combination of thresholds is tried; CHOICE says
which is taken. What it does on the reporting half, and on corpora/, is the report. It says whether GateSettings has
these values as its defaults.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import product

from clean import news
from data import ROOT, SHARED, Half
from quality_job import of, percent, table
from running import aligned, reports

from mtqc.cli.common import Options, models, settings
from mtqc.config import Settings
from mtqc.evaluate import Rate
from mtqc.evaluate.figures import wilson
from mtqc.gate import KEYS, GateSettings, Measures, measured, reasons, unjudged
from mtqc.model import ArticlePair, ArticleReport, Severity
from mtqc.pipeline import Models, judge_article, signature
from mtqc.plant import plant
from mtqc.source import read_pairs

REPORT = ROOT / "reports" / "gate.md"
RATES = (0.05, 0.1, 0.2, 0.4)
"""Shares of sentences with a planted error: from one error in a long article to one in every other sentence."""
FALSE_ALARMS = 0.05
"""Share of good articles that may fail."""
MAJORS = [n / 2 for n in range(13)]
POINTS = [n * 2.5 for n in range(2, 19)]
CONFIDENCES = [0.0, 0.5, 0.7]
LOW = [(below, share / 20) for below in (2.0, 5.0, 10.0) for share in range(1, 13)]
OFF = {"max_low_quality": 1.0}
OTHERS = [(0.0, 5.0), (1.0, 7.5), (2.0, 10.0), (3.5, 17.5), (5.0, 25.0), (7.0, 35.0)]
"""Pairs of `max-majors` and `acceptable-points` for whoever wants another balance."""
CHOICE = (
    "Of the combinations of `max-majors` (0 to 6), `acceptable-points` (5 to 45, never below 5 × `max-majors`: a major"
    " error weighs 5 points, and what its count allows the score must not forbid) and `min-confidence` (0, 0.5, 0.7) by"
    f" which at most {100 * FALSE_ALARMS:g} % of the good articles fail, the one by which most of those with planted"
    " errors do; of equals, the strictest. Then of `low-quality` (2, 5, 10) and `max-low-quality` (0.05 to 0.6) by which,"
    " alone, no good article fails, the pair by which most of the others do. `max-unjudged`: the smallest tenth that is"
    " above what any good article has."
)


@dataclass(frozen=True)
class Case:
    """An article, and how many critical and major errors were planted in it: 0 of a good one."""

    report: ArticleReport
    planted: int = 0

    def measures(self, gate: GateSettings) -> Measures:
        return measured(self.report, gate)


@dataclass(frozen=True)
class Cases:
    """One half of the articles: good ones, and the same with planted errors."""

    good: list[Case]
    bad: list[Case]


def cases(half: Half, chosen: Settings, using: Models | None) -> Cases:
    good = [Case(r) for r in reports(news(half), chosen, using)]
    bad = [c for rate in RATES for c in _planted(news(half), rate, chosen, using) if c.planted]
    return Cases(good, bad)


def _planted(pairs: Iterable[ArticlePair], rate: float, chosen: Settings, using: Models | None) -> Iterable[Case]:
    counts: Counter[str] = Counter()
    for pair in pairs:
        planted = plant(pair, rate=rate, seed=0, counts=counts)
        serious = sum(e.severity >= Severity.MAJOR for e in planted.errors)
        yield Case(judge_article(aligned(planted.pair, using), chosen), serious)


def failing(found: Sequence[Measures], gate: GateSettings) -> int:
    return sum(any(reasons(m, gate)) for m in found)


def choose(tune: Cases) -> GateSettings:
    """As CHOICE says."""
    best = max(_allowed(tune), key=lambda pair: pair[0])[1]
    return _unjudged_share(_low_quality(best, tune), tune)


def _allowed(tune: Cases) -> Iterable[tuple[tuple[float, ...], GateSettings]]:
    for confidence in CONFIDENCES:
        start = GateSettings(**OFF, min_confidence=confidence)
        good, bad = ([c.measures(start) for c in cs] for cs in (tune.good, tune.bad))
        for majors, points in product(MAJORS, POINTS):
            gate = replace(start, max_majors=majors, acceptable_points=points)
            if points >= 5 * majors and failing(good, gate) <= FALSE_ALARMS * len(good):
                yield (failing(bad, gate), -majors, -points, -confidence), gate


def _low_quality(gate: GateSettings, tune: Cases) -> GateSettings:
    best = (0, 0.0, gate)
    for below, share in LOW:
        alone = GateSettings(10**6, float("inf"), 0.0, float("inf"), below, share)
        caught = failing([c.measures(alone) for c in tune.bad], alone)
        silent = not failing([c.measures(alone) for c in tune.good], alone)
        if silent and (caught, share) > best[:2]:
            best = (caught, share, replace(gate, low_quality=below, max_low_quality=share))
    return best[2]


def _unjudged_share(gate: GateSettings, tune: Cases) -> GateSettings:
    worst = max(_share(c.report) for c in tune.good)
    return replace(gate, max_unjudged=(int(worst * 10) + 1) / 10)


def _share(report: ArticleReport) -> float:
    return len(unjudged(report)) / max(1, len(report.sentences))


def outcome(found: Sequence[Case], gate: GateSettings) -> Rate:
    return Rate(failing([c.measures(gate) for c in found], gate), len(found))


def outcomes(found: Cases, gate: GateSettings) -> list[list[object]]:
    """Rows: good articles, then by how many serious errors were planted."""
    groups: list[tuple[str, Callable[[int], bool], list[Case]]] = [
        ("human translations as they are", lambda n: n == 0, found.good),
        ("the same with 1 critical or major error planted", lambda n: n == 1, found.bad),
        ("with 2 or 3", lambda n: n in {2, 3}, found.bad),
        ("with 4 to 6", lambda n: 4 <= n <= 6, found.bad),
        ("with 7 or more", lambda n: n >= 7, found.bad),
    ]
    rows: list[list[object]] = []
    for title, fits, among in groups:
        rate = outcome([c for c in among if fits(c.planted)], gate)
        rows.append([title, of(rate), percent(rate, wilson(rate))])
    return rows


def by_threshold(found: Cases, gate: GateSettings) -> list[list[object]]:
    """What each threshold does alone."""
    off = replace(
        gate, max_critical=10**6, max_majors=float("inf"), acceptable_points=float("inf"), max_low_quality=1.0
    )
    alone = {
        f"`max-critical = {gate.max_critical}`": replace(off, max_critical=gate.max_critical),
        f"`max-majors = {gate.max_majors:g}`": replace(off, max_majors=gate.max_majors),
        f"`acceptable-points = {gate.acceptable_points:g}`": replace(off, acceptable_points=gate.acceptable_points),
        f"`low-quality = {gate.low_quality:g}`, `max-low-quality = {gate.max_low_quality:g}`": replace(
            off, max_low_quality=gate.max_low_quality
        ),
    }
    return [[name, of(outcome(found.good, g)), of(outcome(found.bad, g))] for name, g in alone.items()]


def other_gates(found: Cases, gate: GateSettings) -> list[list[object]]:
    """Stricter and more lenient ones; the score as strict as the count."""
    rows: list[list[object]] = []
    for majors, points in OTHERS:
        other = replace(gate, max_majors=majors, acceptable_points=points)
        groups = (found.good, [c for c in found.bad if c.planted == 1], [c for c in found.bad if c.planted > 1])
        rows.append([f"{majors:g}", f"{points:g}", *(of(outcome(cases, other)) for cases in groups)])
    return rows


def corpora(gate: GateSettings, chosen: Settings, using: Models | None) -> list[list[object]]:
    pairs = [p for p in read_pairs(ROOT / "corpora") if isinstance(p, ArticlePair)]
    rows: list[list[object]] = []
    for report in reports(pairs, chosen, using):
        found = list(reasons(measured(report, gate), gate))
        rows.append(
            [report.pair.id, "fails" if found else "passes", "; ".join(r.split(": ", 1)[1].rstrip(".") for r in found)]
        )
    return rows


def page(chosen: Settings, using: Models | None) -> list[str]:
    tune, report = (cases(half, chosen, using) for half in ("tune", "report"))
    gate = choose(tune)
    fast = cases("report", chosen, None)
    names = [n for n in KEYS if n != "pass_mark"]
    default = GateSettings()
    values = [[f"`{n.replace('_', '-')}`", f"{getattr(gate, n):g}", f"{getattr(default, n):g}"] for n in names]
    return [
        "# The gate, measured",
        "",
        f"Written by `make gate` on {datetime.now(tz=UTC).date()}. Signature: `{signature(chosen, using)}`.",
        "",
        "News of NTREX, human translations of whole articles, and the same with errors that `mtqc plant` put in, in a"
        f" share of {', '.join(f'{r:g}' for r in RATES)} of the sentences. Thresholds were chosen on one half of the"
        f" articles ({len(tune.good)} good ones, {len(tune.bad)} with planted errors); everything below is the other"
        " half, which nothing was chosen on. People do find errors in human translations; here every failure of one"
        " counts as a false alarm.",
        "",
        "## How often the default gate fails an article",
        "",
        *table(["articles", "fail", "95 %"], outcomes(report, gate)),
        "",
        "With `--no-model`:",
        "",
        *table(["articles", "fail", "95 %"], outcomes(fast, gate)),
        "",
        "## Stricter and more lenient",
        "",
        *table(
            ["`max-majors`", "`acceptable-points`", "good articles fail", "with 1 error", "with more"],
            other_gates(report, gate),
        ),
        "",
        "## What each threshold does alone",
        "",
        *table(["threshold", "good articles that fail", "articles with errors that fail"], by_threshold(report, gate)),
        "",
        "## The choice",
        "",
        CHOICE,
        "",
        *table(["threshold", "chosen", "default"], values),
        "",
        "On the half that it was chosen on:",
        "",
        *table(["articles", "fail", "95 %"], outcomes(tune, gate)),
        "",
        f"Sentences that could not be judged, in the good article that has most of them: {_worst(tune)} on the half for"
        f" choosing, {_worst(report)} on the other.",
        "",
        "## Our own corpora",
        "",
        "A demonstration, written by the authors of the checks; `clean-…` hold no errors.",
        "",
        *table(["article", "", "why"], corpora(gate, chosen, using)),
    ]


def _worst(found: Cases) -> str:
    return f"{100 * max(_share(c.report) for c in found.good):.1f} %"


def main() -> None:
    if not SHARED.is_dir():
        sys.exit(f"{SHARED} is not there: the gate is measured on it (MTQC_SHARED names another place).")
    parser = argparse.ArgumentParser(description="The gate's thresholds, chosen and measured.")
    parser.add_argument("--write", action="store_true", help="write reports/gate.md")
    options = parser.parse_args()
    chosen = settings(Options())
    text = "\n".join(page(chosen, models(chosen))) + "\n"
    print(text)
    if options.write:
        REPORT.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
