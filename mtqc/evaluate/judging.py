"""Findings against marked errors, line by line, so that every figure is a sum over lines (and can be resampled).

A finding outside locale and punctuation is right where it overlaps a marked error of its line (an omission: where an
omission is marked on the line of its sentence); an error is found where such a finding overlaps it (an omission also
where any omission is reported on its line). As shared/tools/score_gold.py counts. Of planted errors that leave
something out, a finding of the error's category on its line or the one before counts too, wherever it stands.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from mtqc.evaluate.gold import MUST_NOT, GoldError
from mtqc.evaluate.reports import Mark, Output
from mtqc.model import Severity

OMISSION = "accuracy/omission"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class JudgedError:
    """A marked error and whether it was found: by the text that any finding marks; by a finding of minor severity or
    worse, one that marks only a place included; by a serious one. `codes`: the rules of the last two kinds.
    """

    error: GoldError
    found: bool
    found_minor: bool
    found_serious: bool
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class JudgedFinding:
    """A finding and whether it is right; None where nothing of its kind was marked (locale, punctuation)."""

    mark: Mark
    right: bool | None


@dataclass(frozen=True, slots=True)
class JudgedLine:
    """One line of a translation. Characters: marked by findings and by the gold both, by findings, by the gold.

    `quality` is None where the line was not judged; `bad`: it has a critical or major error. `violations`: stretches
    that must not be flagged and were.
    """

    article: str
    line: int
    common: int
    marked: int
    gold: int
    errors: tuple[JudgedError, ...]
    findings: tuple[JudgedFinding, ...]
    quality: float | None
    bad: bool
    violations: int = 0


def judge(output: Output, gold: Iterable[GoldError], *, all_gold: bool = False) -> list[JudgedLine]:
    """Every line of the translation that was judged or has a finding or a marked error, in order.

    `all_gold`: errors of punctuation and locale count too (as in the WMT tasks), though no such finding does. Planted
    ones are always asked for, by any finding.
    """
    placed = [e.placed(output.lines.get(e.line, "")) for e in gold]
    asked = [e for e in placed if e.required != MUST_NOT and (all_gold or e.kind or not e.is_typography)]
    forbidden = [e for e in placed if e.required == MUST_NOT]
    numbers = {*output.lines, *output.quality, *(m.line for m in output.marks), *(e.line for e in asked)}
    on, of = _by(output.marks, lambda m: m.line), _by(output.marks, lambda m: m.sentence_line)
    wanted, banned = _by(asked, lambda e: e.line), _by(forbidden, lambda e: e.line)
    omissions = {e.line for e in asked if e.category == OMISSION}
    return [
        JudgedLine(
            article=output.id,
            line=n,
            **_characters_of(on[n], [e for e in wanted[n] if all_gold or not e.is_typography]),
            errors=tuple(_judged_error(e, on[n], [m for i in _near(e) for m in of[i]]) for e in wanted[n]),
            findings=tuple(_judged_finding(m, wanted[n], omissions) for m in on[n]),
            quality=output.quality.get(n),
            bad=any(e.is_serious for e in wanted[n]),
            violations=len(banned[n]) * sum(m.severity > Severity.NEUTRAL for m in of[n]),
        )
        for n in sorted(numbers)
    ]


def _by(items: Iterable[T], key: Callable[[T], int]) -> defaultdict[int, list[T]]:
    found: defaultdict[int, list[T]] = defaultdict(list)
    for item in items:
        found[key(item)].append(item)
    return found


def _characters_of(marks: Iterable[Mark], errors: Iterable[GoldError]) -> dict[str, int]:
    gold = _characters(s for e in errors for s in e.spans)
    marked = _characters((m.start, m.end) for m in marks if not m.is_typography)
    return {"common": len(gold & marked), "marked": len(marked), "gold": len(gold)}


def _characters(spans: Iterable[tuple[int, int]]) -> set[int]:
    return {i for a, b in spans for i in range(a, b)}


def _judged_finding(mark: Mark, errors: Sequence[GoldError], omissions: set[int]) -> JudgedFinding:
    if mark.is_typography:
        return JudgedFinding(mark, None)
    hit = any(_touch(mark, e) for e in errors)
    return JudgedFinding(mark, hit or (mark.is_omission and mark.sentence_line in omissions))


def _touch(mark: Mark, error: GoldError) -> bool:
    """They overlap; an empty mark counts as one character."""
    return any(a < max(mark.end, mark.start + 1) and mark.start < b for a, b in error.spans)


def _near(error: GoldError) -> set[int]:
    """Lines on which an omission may be reported: of a lost line, also the end of the one before."""
    return {error.line, *((error.gap, error.gap - 1) if error.gap else ())}


def _judged_error(error: GoldError, marks: Sequence[Mark], of_sentence: Sequence[Mark]) -> JudgedError:
    hits = [m for m in marks if (error.is_typography or not m.is_typography) and _touch(m, error)]
    if error.category == OMISSION:
        hits += [m for m in of_sentence if m.is_omission]
    if error.gap:
        hits += [m for m in of_sentence if m.category == error.category]
    found = any(m.end > m.start or (m.is_omission and error.category == OMISSION) for m in hits)
    worst = max((m.severity for m in hits), default=Severity.NEUTRAL)
    codes = tuple(sorted({m.code for m in hits if m.severity >= Severity.MINOR}))
    return JudgedError(error, found, worst >= Severity.MINOR, worst >= Severity.MAJOR, codes)
