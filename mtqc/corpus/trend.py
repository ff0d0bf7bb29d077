"""How quality went over time, by the articles' dates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from mtqc import scoring
from mtqc.model import Severity

Unit = Literal["day", "week", "month", "year"]
Row = tuple[str, int, float, Mapping[Severity, int]]
"""An article: its date (ISO 8601), its words, its MQM penalty points, its findings."""
MOST = 60
"""Periods that are shown: the shortest unit with no more of them is taken."""
_DAYS, _WEEKS = 21, 120
"""Days from the first date to the last up to which each day, each week stands for itself."""


@dataclass(frozen=True, slots=True)
class Period:
    """A day, week, month or year, as `2026-11-28`, `2026-W48`, `2026-11`, `2026`.

    `enough`: it has words enough for its figures to mean something.
    """

    name: str
    articles: int
    words: int
    mqm_per_1000_words: float
    quality: float
    findings: Mapping[Severity, int]

    @property
    def enough(self) -> bool:
        """Whether a figure of so few words means anything."""
        return self.words >= scoring.ENOUGH_WORDS


@dataclass(frozen=True, slots=True)
class Trend:
    """The periods that have articles, in order. `undated`: articles with no date, or one that is none."""

    unit: Unit
    periods: tuple[Period, ...]
    undated: int = 0


@dataclass
class _Sum:
    articles: int = 0
    words: int = 0
    points: float = 0.0
    findings: Counter[Severity] = field(default_factory=Counter)

    def add(self, other: _Sum) -> None:
        self.articles += other.articles
        self.words += other.words
        self.points += other.points
        self.findings.update(other.findings)


def over_time(rows: Iterable[Row]) -> Trend:
    """Articles added up by period. Memory grows with the days, not with the articles."""
    days: dict[date, _Sum] = {}
    undated = 0
    for text, words, points, findings in rows:
        day = day_of(text)
        if day is None or not words:
            undated += day is None
            continue
        days.setdefault(day, _Sum()).add(_Sum(1, words, points, Counter(findings)))
    unit = _unit(days)
    sums: dict[str, _Sum] = {}
    for day in sorted(days):
        sums.setdefault(_name(day, unit), _Sum()).add(days[day])
    return Trend(unit, tuple(_period(name, s) for name, s in sums.items()), undated)


def day_of(text: str) -> date | None:
    """The day of an ISO 8601 date or time, the first day of a month or year; None of anything else."""
    day = text.strip()[:10]
    try:
        return date.fromisoformat(day + "-01-01"[3 * day.count("-") :] if len(day) < 10 else day)
    except ValueError:
        return None


def _unit(days: Iterable[date]) -> Unit:
    every = list(days)
    length = (max(every) - min(every)).days if every else 0
    if length <= _DAYS:
        return "day"
    if length <= _WEEKS:
        return "week"
    return "month" if length <= 30 * MOST else "year"


def _name(day: date, unit: Unit) -> str:
    if unit == "week":
        year, week, _ = day.isocalendar()
        return f"{year}-W{week:02}"
    return day.isoformat()[: {"day": 10, "month": 7, "year": 4}[unit]]


def _period(name: str, total: _Sum) -> Period:
    return Period(
        name,
        total.articles,
        total.words,
        scoring.per_1000_words(total.points, total.words),
        scoring.quality(total.points, total.words),
        dict(total.findings),
    )
