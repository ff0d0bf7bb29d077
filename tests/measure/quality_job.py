"""What the blocks of quality.py share: the job, what a block gives back, and how numbers are written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from data import Half

from mtqc.config import Settings
from mtqc.evaluate import Interval, Rate
from mtqc.model import ArticlePair
from mtqc.pipeline import Models

T = TypeVar("T")
LIMITS = {"qe": 1200, "flores-dev": 250, "wmt12": 250, "wmt13": 250}
"""Sentences measured of a set where --limit does not say otherwise: where a set has many, enough for the first digits."""


@dataclass(frozen=True)
class Job:
    """What is measured, and with what. `sets`: names of sets, all where empty. `limit`: sentences a set, 0: default."""

    half: Half
    settings: Settings
    models: Models | None
    sets: frozenset[str] = frozenset()
    limit: int = 0
    show: bool = False

    def wants(self, name: str) -> bool:
        return not self.sets or name in self.sets

    def some(self, name: str, articles: Sequence[T], pair: Callable[[T], ArticlePair]) -> list[T]:
        """Whole articles, spread evenly over the set, until there are as many lines as wanted."""
        most = self.limit or LIMITS.get(name, 0)
        total = sum(lines(pair(a)) for a in articles)
        step = max(1, -(-total // most)) if most else 1
        return list(articles[::step])


@dataclass
class Block:
    """A part of the report: its Markdown, and the numbers from which tables over all blocks and plots are made."""

    title: str
    lines: list[str]
    numbers: dict[str, Any] = field(default_factory=dict)


def lines(pair: ArticlePair) -> int:
    return pair.target.text.count("\n") + 1


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> list[str]:
    """A Markdown table."""
    return ["| " + " | ".join(map(str, r)) + " |" for r in (head, ["---"] * len(head), *rows)]


def of(rate: Rate | None) -> str:
    """`12 of 40 (30 %)`, `–` of nothing."""
    if rate is None or rate.share is None:
        return "–"
    return f"{rate.hits} of {rate.total} ({100 * rate.share:.0f} %)"


def number(value: float | None, interval: Interval | None = None, digits: int = 3) -> str:
    if value is None:
        return "–"
    within = f" [{interval.low:.{digits}f}–{interval.high:.{digits}f}]" if interval else ""
    return f"{value:.{digits}f}{within}"


def percent(rate: Rate, interval: Interval | None = None) -> str:
    """`1.2 % [0.4–2.6]`."""
    if rate.share is None:
        return "–"
    within = f" [{100 * interval.low:.1f}–{100 * interval.high:.1f}]" if interval else ""
    return f"{100 * rate.share:.1f} %{within}"
