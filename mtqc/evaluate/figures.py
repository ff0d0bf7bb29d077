"""Figures over judged lines: precision, recall, F1 by characters; recall by severity; AUC of quality; intervals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from mtqc.evaluate.judging import JudgedError, JudgedLine
from mtqc.model import Severity

RESAMPLES = 1000
"""Bootstrap resamples of lines: the 2.5 % and 97.5 % points then rest on 25 each."""
SEED = 4
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Rate:
    """`hits` of `total`."""

    hits: int
    total: int

    @property
    def share(self) -> float | None:
        """Their ratio; None of nothing."""
        return self.hits / self.total if self.total else None


@dataclass(frozen=True, slots=True)
class Interval:
    """95 % of bootstrap resamples lie in [low, high]."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Figures:
    """All of one set. `precision`, `recall`, `f1`: by characters, blind to severity; `everything_f1`: of marking all
    text. `serious`: critical and major findings that overlap an error. `auc`: of low quality for a line with a
    critical or major error, None where all lines are alike. `rules`: by code, findings of minor severity or worse.
    """

    lines: int
    errors: int
    precision: float
    recall: float
    f1: float
    everything_f1: float
    by_severity: dict[Severity, Rate]
    by_requirement: dict[str, Rate]
    by_category: dict[str, Rate]
    by_kind: dict[str, tuple[Rate, Rate]]
    serious: Rate
    critical: Rate
    rules: dict[str, Rate]
    auc: float | None
    bad_lines: int
    violations: int


def figures(lines: Sequence[JudgedLine], text_characters: int = 0) -> Figures:
    """The figures of these lines. `text_characters`: of the whole translation, for marking everything."""
    common, marked, gold = (sum(getattr(x, name) for x in lines) for name in ("common", "marked", "gold"))
    errors = [e for x in lines for e in x.errors]
    right = [(f.mark, f.right) for x in lines for f in x.findings if f.right is not None]
    precision, recall, f1 = precision_recall_f1(common, marked, gold)
    return Figures(
        lines=len(lines),
        errors=len(errors),
        precision=precision,
        recall=recall,
        f1=f1,
        everything_f1=precision_recall_f1(gold, text_characters, gold)[2],
        by_severity=_rates((e.error.severity, e.found) for e in errors),
        by_requirement=_rates((e.error.required, e.found) for e in errors if e.error.required),
        by_category=_rates((e.error.category, e.found) for e in errors),
        by_kind=_kinds(errors),
        serious=_rate(ok for m, ok in right if m.severity >= Severity.MAJOR),
        critical=_rate(ok for m, ok in right if m.severity >= Severity.CRITICAL),
        rules=_rates((m.code, ok) for m, ok in right if m.severity >= Severity.MINOR),
        auc=auc([(x.quality, x.bad) for x in lines if x.quality is not None]),
        bad_lines=sum(x.bad for x in lines),
        violations=sum(x.violations for x in lines),
    )


def _rate(values: Iterable[bool]) -> Rate:
    given = list(values)
    return Rate(sum(given), len(given))


def _rates(pairs: Iterable[tuple[K, bool]]) -> dict[K, Rate]:
    hits: Counter[K] = Counter()
    totals: Counter[K] = Counter()
    for key, hit in pairs:
        totals[key] += 1
        hits[key] += hit
    return {k: Rate(hits[k], n) for k, n in totals.most_common()}


def _kinds(errors: Sequence[JudgedError]) -> dict[str, tuple[Rate, Rate]]:
    minor = _rates((e.error.kind, e.found_minor) for e in errors if e.error.kind)
    serious = _rates((e.error.kind, e.found_serious) for e in errors if e.error.kind)
    return {k: (minor[k], serious[k]) for k in minor}


def precision_recall_f1(common: int, marked: int, gold: int) -> tuple[float, float, float]:
    """From counts of characters (or anything) marked by both, by the system, by the gold; 0 where undefined."""
    p, r = common / marked if marked else 0.0, common / gold if gold else 0.0
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def auc(scored: Sequence[tuple[float, bool]]) -> float | None:
    """How often a bad line has the lower quality than another one, ties counted half; None without both kinds."""
    bad = sum(b for _, b in scored)
    if not 0 < bad < len(scored):
        return None
    below, wins = 0, 0.0  # `below`: lines that are not bad, of lower quality
    levels: dict[float, list[int]] = {}
    for quality, is_bad in scored:
        levels.setdefault(quality, [0, 0])[is_bad] += 1
    other = len(scored) - bad
    for quality in sorted(levels):
        good_here, bad_here = levels[quality]
        wins += bad_here * (other - below - good_here / 2)
        below += good_here
    return wins / (bad * other)


def bootstrap(
    lines: Sequence[JudgedLine], statistic: Callable[[Sequence[JudgedLine]], float | None], resamples: int = RESAMPLES
) -> Interval | None:
    """95 % interval of a statistic when lines are drawn with replacement; None where it is never defined."""
    import random

    draw = random.Random(SEED)
    values = sorted(v for _ in range(resamples) if (v := statistic(draw.choices(lines, k=len(lines)))) is not None)
    if not values:
        return None
    return Interval(values[int(0.025 * len(values))], values[min(len(values) - 1, int(0.975 * len(values)))])


def wilson(rate: Rate) -> Interval | None:
    """Wilson's 95 % interval of a share, good for small counts too; None of nothing."""
    n, z = rate.total, 1.96
    if not n:
        return None
    p = rate.hits / n
    middle, half = p + z * z / (2 * n), z * (p * (1 - p) / n + z * z / (4 * n * n)) ** 0.5
    return Interval(max(0.0, (middle - half) / (1 + z * z / n)), min(1.0, (middle + half) / (1 + z * z / n)))
