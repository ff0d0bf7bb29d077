"""Quantities of the original against those of the translation: by value, not by string."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from mtqc.checks.base import BOTH
from mtqc.checks.numbers_rules import (
    ADDED,
    CHANGED,
    MAGNITUDE,
    MISSING,
    RULES,
    WORD_CHANGED,
)
from mtqc.checks.numbers_units import Pairing, evidence, unit_findings
from mtqc.model import AlignedArticle, Bead, Evidence, Finding, Location, Severity
from mtqc.rules import Rule
from mtqc.text.numbers import Quantity, flatten, quantities
from mtqc.text.numbers.compare import (
    Comparison,
    compare,
    magnitude_slip,
    one_digit_off,
    same_reading,
    same_sort,
    says,
)
from mtqc.text.numbers.render import in_full, written
from mtqc.text.numbers.units import either_form, is_money

_MONTH = re.compile(
    either_form(
        r"(?:er|st|nd|rd|th)?\s(?:janu|febr|march|april|may|june|july|aug|sept|octo|nove|dece|janvier|f(?:é|e)vrier|mars|avril|mai|juin|juillet|ao(?:û|u)t|septembre|octobre|novembre|d(?:é|e)cembre)"
    ),
    re.IGNORECASE,
)


_DOTTED = re.compile(r"(\d\d?)\.(\d\d)")
_JOINED_CLOCK = 5
"""Characters of “ and ”, “ to ” or “-” between two times of day."""


@dataclass(slots=True)
class _Compared:
    """One bead with its quantities, and those that found no counterpart in it (indices)."""

    bead: Bead
    source: tuple[Quantity, ...]
    target: tuple[Quantity, ...]
    same: tuple[tuple[int, int], ...]
    missing: list[int]
    added: list[int]


@dataclass(frozen=True, slots=True)
class Numbers:
    """Quantities that changed, vanished, appeared, or lost their currency, percent sign or unit.

    `reach`: a figure that moved to a neighbouring sentence, this many beads away, is neither missing nor added.
    `most`: more findings than this in one bead become one, the gravest, that lists the others' places: half a
    sentence is gone, or the sentences do not belong together.
    """

    reach: int = 2
    most: int = 3
    rules: ClassVar[tuple[Rule, ...]] = RULES
    directions: ClassVar[tuple[str, ...]] = BOTH

    def find_in_article(self, article: AlignedArticle) -> Iterator[Finding]:
        """Findings in every bead with text on both sides."""
        compared = [_compare(b) for b in article.beads if not b.is_boilerplate]
        self._cancel_moved(compared)
        for item in compared:
            if item.bead.is_pair and item.source + item.target:
                found = list(_judge(item))
                yield from found if len(found) <= self.most else [_summed(found)]

    def _cancel_moved(self, compared: Sequence[_Compared]) -> None:
        for at, item in enumerate(compared):
            for other in compared[max(0, at - self.reach) : at + self.reach + 1]:
                if other is not item and item.missing and other.added:
                    _cancel(item, other)


def _summed(found: Sequence[Finding]) -> Finding:
    gravest = max(found, key=lambda f: f.severity)
    others = tuple(place for f in found if f is not gravest for place in (f.source or f.target,))
    message = f"{gravest.message} {len(others)} more figures of this sentence do not match."
    return replace(gravest, message=message, related=others)


def _cancel(item: _Compared, other: _Compared) -> None:
    for i in list(item.missing):
        j = next((j for j in other.added if same_reading(item.source[i], other.target[j])), None)
        if j is not None:
            item.missing.remove(i)
            other.added.remove(j)


def _compare(bead: Bead) -> _Compared:
    source, target = map(quantities, (bead.source_text, bead.target_text), bead.langs)
    found = compare(source, target) if source and target else _none(source, target)
    return _Compared(bead, source, target, found.same, list(found.missing), list(found.added))


def _none(source: Sequence[Quantity], target: Sequence[Quantity]) -> Comparison:
    return Comparison((), tuple(range(len(source))), tuple(range(len(target))))


def _judge(item: _Compared) -> Iterator[Finding]:
    for i, j in _changed(item):
        item.missing.remove(i)
        item.added.remove(j)
        yield _change(item.bead, item.source[i], item.target[j])
    yield from _word_change(item)
    yield from (_missing(item, item.source[i]) for i in item.missing if _is_missed(item, item.source[i]))
    yield from (_added(item, item.target[j]) for j in item.added if _is_strange(item, item.target[j]))
    yield from unit_findings(Pairing(item.bead, item.source, item.target, item.same))


def _changed(item: _Compared) -> list[tuple[int, int]]:
    """Leftovers of both sides that stand for each other, the likeliest first, each used once."""
    scored = [
        (score, i, j)
        for i in item.missing
        for j in item.added
        if (score := _affinity(item, item.source[i], item.target[j])) > 0
    ]
    pairs: list[tuple[int, int]] = []
    for _, i, j in sorted(scored, reverse=True):
        if all(i != a and j != b for a, b in pairs):
            pairs.append((i, j))
    return pairs


def _affinity(item: _Compared, a: Quantity, b: Quantity) -> float:
    """How likely `b` stands where `a` should: 0 not at all."""
    if a.kind == "code" or b.kind == "code":
        return 2.0 if _same_letters(item, a, b) else 0.0
    if a.vague or b.vague or a.weak or b.weak or not (a.digits or b.digits):
        return 0.0
    if magnitude_slip(a, b):
        return 4.0
    if not (a.digits and b.digits):
        return 0.0
    sort = same_sort(a, b)
    if {a.kind, b.kind} & {"year", "clock", "ordinal", "decade"} and a.kind != b.kind:
        return 0.0
    return 3.0 * one_digit_off(a, b) + 2.0 * sort + 0.5 * _alone(item)


def _alone(item: _Compared) -> bool:
    """True where each side has one exact figure left over: then they belong together."""
    left = [i for i in item.missing if item.source[i].is_exact]
    return len(left) == 1 and sum(item.target[j].is_exact for j in item.added) == 1


def _same_letters(item: _Compared, a: Quantity, b: Quantity) -> bool:
    """Model numbers with the same letters ("GPT-4", "GPT-5"), neither of which the other sentence has."""
    if a.kind != b.kind or a.figure in item.bead.target_text or b.figure in item.bead.source_text:
        return False
    x, y = (re.match(r"[^\W\d_]+", q.figure) for q in (a, b))
    return bool(x and y and x.group().lower() == y.group().lower() and x.group() != "A")


def _at_source(bead: Bead, quantity: Quantity) -> Location:
    return bead.source_at(quantity.start, quantity.end)


def _at_target(bead: Bead, quantity: Quantity) -> Location:
    return bead.target_at(quantity.start, quantity.end)


def _shown(location: Location, quantity: Quantity) -> str:
    full = in_full(quantity)
    return f"“{location.text}”" if full == location.text or quantity.kind == "code" else f"“{location.text}” = {full}"


def _change(bead: Bead, a: Quantity, b: Quantity) -> Finding:
    source, target = _at_source(bead, a), _at_target(bead, b)
    slip = magnitude_slip(a, b)
    rule = MAGNITUDE if slip else CHANGED
    message = f"{_shown(source, a)} became {_shown(target, b)}: {'the magnitude' if slip else 'the value'} changed."
    money = a.digits and is_money(a.unit)
    fix = a.figure if a.kind == "code" else written(a, bead.langs[1])
    return rule.finding(target, message, source=source, fix=fix, evidence=evidence(a, b),
                        severity=Severity.CRITICAL if slip or money else None)  # fmt: skip


def _word_change(item: _Compared) -> Iterator[Finding]:
    """Number words, where exactly one plain quantity is left over on each side."""
    left = [i for i in item.missing if _is_plain(item.source[i])]
    right = [j for j in item.added if _is_plain(item.target[j])]
    if len(left) != 1 or len(right) != 1:
        return
    a, b = item.source[left[0]], item.target[right[0]]
    if (a.digits and b.digits) or says(a, item.target) or says(b, item.source):
        return
    source, target = _at_source(item.bead, a), _at_target(item.bead, b)
    item.missing.remove(left[0])
    item.added.remove(right[0])
    message = f"{_shown(source, a)} seems to have become {_shown(target, b)}: the value changed."
    severity = Severity.MAJOR if a.digits or b.digits else None
    yield WORD_CHANGED.finding(target, message, source=source, evidence=evidence(a, b), severity=severity)


def _is_plain(quantity: Quantity) -> bool:
    return not (quantity.weak or quantity.vague or quantity.kind in {"code", "clock", "fraction"})


def _runs_of_digits(text: str) -> set[str]:
    return set(re.findall(r"\d+", text)) | {re.sub(r"\D", "", m) for m in re.findall(r"\d[\d ,.]*\d", flatten(text))}


def _is_missed(item: _Compared, a: Quantity) -> bool:
    if not a.is_exact or says(a, item.target) or _as_clock(item, a):
        return False
    digits = _runs_of_digits(item.bead.target_text)
    return re.sub(r"\D", "", a.figure) not in digits or a.factor != 1


def _as_clock(item: _Compared, a: Quantity) -> bool:
    """True of “6.40” told as « 6 h 40 », and of the 2 of “2 to 5 p.m.”, « 14 heures »."""
    hours = _DOTTED.fullmatch(a.figure)
    if hours and re.search(rf"(?<!\d){hours[1]} ?(?:h|s|heures|min) ?{hours[2]}(?!\d)", flatten(item.bead.target_text)):
        return True
    following = next((q for q in item.source if q.start >= a.end), None)
    if following is None or following.kind != "clock" or following.start - a.end > _JOINED_CLOCK:
        return False
    return any(q.kind == "clock" and q.value in {a.value, a.value + 12} for q in item.target)


def _is_strange(item: _Compared, b: Quantity) -> bool:
    if not b.is_exact or any(same_reading(a, b) or _rough(a, b) for a in item.source):
        return False
    if b.kind == "clock" and any(a.value in {b.value, b.value - 12} and a.digits for a in item.source):
        return False
    return re.sub(r"\D", "", b.figure) not in _runs_of_digits(item.bead.source_text)


def _rough(a: Quantity, b: Quantity) -> bool:
    return says(a, (b,)) or says(b, (a,))


def _missing(item: _Compared, a: Quantity) -> Finding:
    """An omission has only a place: the one in proportion to where the figure stood."""
    bead, source = item.bead, _at_source(item.bead, a)
    at = round(len(bead.target_text) * a.start / max(1, len(bead.source_text)))
    space = bead.target_text.find(" ", at)
    at = space if space >= 0 else len(bead.target_text)
    message = f"“{source.text}” of the original has no counterpart in the translation."
    evidence = (Evidence("value in the original", in_full(a), a.unit, "text.numbers"),)
    return MISSING.finding(bead.target_at(at, at), message, source=source, evidence=evidence)


def _added(item: _Compared, b: Quantity) -> Finding:
    bead = item.bead
    target = _at_target(bead, b)
    message = f"“{target.text}” stands in the translation only: the original has no such figure."
    evidence = (Evidence("value in the translation", in_full(b), b.unit, "text.numbers"),)
    dated = b.kind in {"year", "decade", "clock"} or _MONTH.match(bead.target_text, b.end)
    return ADDED.finding(target, message, evidence=evidence, severity=Severity.MINOR if dated else None)
