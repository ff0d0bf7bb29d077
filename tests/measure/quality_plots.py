"""The plots of reports/quality.md: reports/quality/*.svg."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import annotated as real
from data import ROOT
from plots import Bar, bars, curves
from quality_planted import PlantedFigures, aim
from quality_rules import annotated

from mtqc.evaluate import Figures, JudgedLine, Rate
from mtqc.evaluate.figures import wilson
from mtqc.model import Severity

FOLDER = ROOT / "reports" / "quality"
LEAST = 5
"""Findings of a rule below which its bar would be all whisker."""


def write_plots(numbers: Mapping[str, Any]) -> list[str]:
    """Write them; the lines of the report that show them."""
    plots = {
        "real": ("Precision and recall on real errors", _real(numbers["figures"])),
        "ranking": ("How quality ranks lines", _ranking(numbers["lines"])),
        "planted": ("Planted errors found, by kind", _planted(numbers["planted"])),
        "rules": ("Right on annotated machine translations, by rule", _rules(numbers["lines"])),
    }
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, (_, svg) in plots.items():
        (FOLDER / f"{name}.svg").write_text(svg, encoding="utf-8")
    return [line for name, (title, _) in plots.items() for line in ("", f"![{title}](quality/{name}.svg)")]


def _bar(label: str, rate: Rate, aim: float = 0.0) -> Bar | None:
    interval = wilson(rate)
    if interval is None or rate.share is None:
        return None
    return Bar(label, rate.share, interval.low, interval.high, f"{rate.hits} of {rate.total}", aim)


def _real(figures: Mapping[str, Figures]) -> str:
    rows = []
    for name, f in figures.items():
        news = name == "gold"
        rows += [
            _bar(f"{name}: critical and major right", f.serious, 0.7 if news else 0.0),
            _bar(
                f"{name}: critical errors found", f.by_severity.get(Severity.CRITICAL, Rate(0, 0)), 0.5 if news else 0.0
            ),
            _bar(f"{name}: major errors found", f.by_severity.get(Severity.MAJOR, Rate(0, 0))),
            _bar(f"{name}: minor errors found", f.by_severity.get(Severity.MINOR, Rate(0, 0))),
        ]
    return bars("Real errors: shares, 95 % intervals, aims", [r for r in rows if r])


def _planted(found: PlantedFigures) -> str:
    rates = {k: Rate(sum(e.found_minor for e in es), len(es)) for k, es in found.kinds().items()}
    return bars(
        "Planted errors found: shares, 95 % intervals, aims", [b for k, r in rates.items() if (b := _bar(k, r, aim(k)))]
    )


def _rules(lines: Mapping[str, Sequence[JudgedLine]]) -> str:
    rates = sorted(annotated(lines).items())
    rows = [b for code, r in rates if r.total >= LEAST and (b := _bar(code, r, 0.5))]
    return bars(f"Right on annotated MT, rules with {LEAST} findings or more, 95 % intervals", rows)


def _ranking(lines: Mapping[str, Sequence[JudgedLine]]) -> str:
    series = [(real.SETS[name][0], _roc(judged)) for name, judged in lines.items()]
    title = "Lines by quality, lowest first: with a critical or major error (up), others (right)"
    return curves(title, ("share of other lines", "share of lines with such an error"), series)


def _roc(judged: Sequence[JudgedLine]) -> list[tuple[float, float]]:
    """One point a level of quality, from (0, 0) to (1, 1)."""
    levels: dict[float, list[int]] = {}
    for x in judged:
        if x.quality is not None:
            levels.setdefault(x.quality, [0, 0])[x.bad] += 1
    other, bad = (max(1, sum(v[i] for v in levels.values())) for i in (0, 1))
    points, right, up = [(0.0, 0.0)], 0, 0
    for quality in sorted(levels):
        right, up = right + levels[quality][0], up + levels[quality][1]
        points.append((right / other, up / bad))
    return points
