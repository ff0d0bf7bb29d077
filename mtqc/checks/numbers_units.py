"""The figure is right and its currency, percent sign, measure or unit of time is not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from mtqc.checks.numbers_rules import CURRENCY, CURRENCY_LOST, PERCENT, UNIT
from mtqc.model import Bead, Evidence, Finding, Severity
from mtqc.rules import Rule
from mtqc.text.numbers import Quantity, flatten
from mtqc.text.numbers.render import french, in_full, written
from mtqc.text.numbers.units import MEASURES, PERIODS, either_form, in_base, is_money, period_after

GROSS = 10
"""A unit this many times larger or smaller makes the statement absurd, not merely inexact."""
_NAMES = {
    "%": "percent", "": "nothing", "foot": "feet", "inch": "inches", "m": "metres", "km": "kilometres",
    "cm": "centimetres", "mm": "millimetres", "kg": "kilograms", "g": "grams", "ton": "tonnes", "mile": "miles",
    "m²": "square metres", "km²": "square kilometres", "hectare": "hectares", "litre": "litres", "acre": "acres",
    "°C": "degrees Celsius", "°F": "degrees Fahrenheit", **{name: f"{name}s" for name in PERIODS},
}  # fmt: skip
_FRENCH = {
    "m": "mètres", "km": "kilomètres", "cm": "centimètres", "mm": "millimètres", "kg": "kilos", "g": "grammes",
    "ton": "tonnes", "m²": "mètres carrés", "km²": "kilomètres carrés", "hectare": "hectares", "litre": "litres",
    "second": "secondes", "minute": "minutes", "hour": "heures", "day": "jours", "week": "semaines", "month": "mois",
    "year": "ans",
}  # fmt: skip
_PERCENT = re.compile(
    either_form(r"%|pour ?cent|p\. ?100|p\. ?cent|points?\b|pourcent|moitié|tiers|quart"), re.IGNORECASE
)
_SHARED_SIGN = re.compile(
    r"(?:,? ?(?:à|a|et|ou|puis|voire|contre|-|,)[^\d%]{0,20} ?|-)\d[\d ,]* ?(?:%|pour ?cent)", re.IGNORECASE
)
"""« 5, puis de 6 % »: one sign for both."""
_MONEY = re.compile(
    either_form(
        r"[$€£¥₹₽₩]|dollar|euro|livre|sterling|yen|yuan|roupie|rouble|franc|peso|couronne|sou\b|sous\b|cent(?:ime)?s?\b"
        r"|balles|billets? vert|argent|monnaie|devise|somme|coût|prix|\b(?:USD|EUR|GBP|CHF|JPY|Mds?|HT|TTC)\b|milli"
    ),
    re.IGNORECASE,
)


_AGED = re.compile(r"\b(?:aged?|age of|turned|turns) \Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pairing:
    """The quantities of a bead and which say the same: pairs of indices (source, target)."""

    bead: Bead
    source: Sequence[Quantity]
    target: Sequence[Quantity]
    same: Sequence[tuple[int, int]]


def evidence(a: Quantity, b: Quantity) -> tuple[Evidence, ...]:
    """Both values in full; nothing of a code, whose figure is its value."""
    if a.kind == "code":
        return ()
    return (
        Evidence("value in the original", in_full(a), a.unit, "text.numbers"),
        Evidence("value in the translation", in_full(b), b.unit, "text.numbers"),
    )


def unit_findings(item: Pairing) -> Iterator[Finding]:
    """Findings on pairs with the same value and another unit; at most one a pair."""
    for i, j in item.same:
        a, b = item.source[i], item.target[j]
        if a.value == b.value and not (a.inherited or b.inherited):
            yield from _unit_change(item, a, b) if a.unit else _period_change(item, a, b)


def _unit_change(item: Pairing, a: Quantity, b: Quantity) -> Iterator[Finding]:
    """Same value, but dollars became euros, metres became kilometres, or the percent sign is gone."""
    spelt_out = is_money(a.unit) and is_money(b.unit) and not (a.weak or a.vague)
    if not (a.digits or spelt_out or a.unit == "%") or a.unit == b.unit or (rule := _unit_rule(item, a, b)) is None:
        return
    source, target = item.bead.source_at(a.start, a.end), item.bead.target_at(b.start, b.end)
    names = _NAMES.get(a.unit, a.unit), _NAMES.get(b.unit, b.unit)
    what = "is gone" if rule in {CURRENCY_LOST, PERCENT} else f"turned into {names[1]}"
    message = f"“{source.text}” became “{target.text}”: {names[0]} {what}, the figure did not change."
    fix = written(a, "en") if item.bead.is_reversed else _fix(a, b)
    yield rule.finding(target, message, source=source, fix=fix, evidence=evidence(a, b),
                       severity=_severity(rule, a, b))  # fmt: skip


def _fix(a: Quantity, b: Quantity) -> str | None:
    if a.unit not in MEASURES or is_money(a.unit):
        return french(a)
    return f"{b.figure}\u00a0{_FRENCH[a.unit]}" if a.unit in _FRENCH and b.figure else None


def _severity(rule: Rule, a: Quantity, b: Quantity) -> Severity | None:
    if rule is not UNIT or "temperature" in {in_base(a.value, u)[0] for u in (a.unit, b.unit)}:
        return None
    return _gross(MEASURES[a.unit].factor, MEASURES[b.unit].factor)


def _gross(one: Fraction, other: Fraction) -> Severity | None:
    return Severity.CRITICAL if max(one, other) / min(one, other) >= GROSS else None


def _unit_rule(item: Pairing, a: Quantity, b: Quantity) -> Rule | None:
    if is_money(a.unit) and is_money(b.unit):
        kept = sum(q.unit == a.unit for q in item.target) >= sum(q.unit == a.unit for q in item.source)
        return None if kept else CURRENCY
    if is_money(a.unit) and not b.unit and b.digits and b.kind == "number":
        return None if _MONEY.search(item.bead.target_text) else CURRENCY_LOST
    if a.unit == "%" and b.digits and not b.unit and b.kind == "number":
        points = item.bead.is_reversed and "point" in item.bead.source_text[a.start : a.end]
        return PERCENT if not points and _lost_percent(item, b) else None
    dimensions = {in_base(a.value, a.unit)[0], in_base(b.value, b.unit)[0]}
    if a.unit in MEASURES and b.unit in MEASURES and len(dimensions) == 1 and _confusable(a.unit, b.unit):
        return None if _stands_elsewhere(item, a, b) else UNIT
    return None


def _lost_percent(item: Pairing, b: Quantity) -> bool:
    """True where the French has fewer percentages than the English, and the next figure's sign is not for both."""
    signs = len(_PERCENT.findall(item.bead.target_text))
    shared = _SHARED_SIGN.match(flatten(item.bead.target_text), b.end)
    return shared is None and signs < sum(q.unit == "%" for q in item.source)


def _is_sure(item: Pairing, a: Quantity) -> bool:
    """True of a value that stands once on each side: the pairing cannot be wrong."""
    return all(sum(a.value in q.values for q in side) == 1 for side in (item.source, item.target))


def _stands_elsewhere(item: Pairing, a: Quantity, b: Quantity) -> bool:
    """True where the pairing may be wrong: the right unit stands with the same figure, or both units on both sides."""
    if any(q.unit == a.unit and a.value in q.values for q in item.target):
        return True
    return any(q.unit == b.unit for q in item.source) and any(q.unit == a.unit for q in item.target)


def _confusable(a: str, b: str) -> bool:
    """True of units far enough apart that the same figure cannot be both."""
    if "degree" in {a, b} or {a, b} == {"yard", "m"}:
        return False
    x, y = MEASURES[a].factor, MEASURES[b].factor
    return {a, b} == {"°F", "°C"} or max(x, y) / min(x, y) > 1.2


def _period_change(item: Pairing, a: Quantity, b: Quantity) -> Iterator[Finding]:
    """Hours became days, months became years."""
    if b.unit or a.kind != "number" or b.kind not in {"number", "clock"}:
        return
    langs = item.bead.langs
    (name, end), (other, stop) = (
        _period(text, q, lang)
        for text, q, lang in zip((item.bead.source_text, item.bead.target_text), (a, b), langs, strict=True)
    )
    if not name or not other or name == other or (_both_periods(item, name, other) and not _is_sure(item, a)):
        return
    source, target = item.bead.source_at(a.start, end), item.bead.target_at(b.start, stop)
    message = f"“{source.text}” became “{target.text}”: {name}s turned into {other}s, the figure did not change."
    fix = (
        f"{item.bead.target_text[b.start : b.end]}\u00a0{_FRENCH[name]}"
        if b.kind == "number" and not item.bead.is_reversed
        else None
    )
    severity = _gross(Fraction(PERIODS[name]), Fraction(PERIODS[other]))
    yield UNIT.finding(target, message, source=source, fix=fix, evidence=evidence(a, b), severity=severity)


def _period(text: str, quantity: Quantity, lang: str) -> tuple[str, int]:
    if quantity.kind == "clock":
        return "hour", quantity.end
    if lang == "en" and _AGED.search(flatten(text), max(0, quantity.start - 16), quantity.start):
        return "year", quantity.end
    return period_after(flatten(text), quantity.end, "en" if lang == "en" else "fr")


def _both_periods(item: Pairing, name: str, other: str) -> bool:
    """True where both units of time stand on one side with figures: the pairing may be wrong."""
    ours = {_period(item.bead.source_text, q, item.bead.langs[0])[0] for q in item.source}
    theirs = {_period(item.bead.target_text, q, item.bead.langs[1])[0] for q in item.target}
    return other in ours or name in theirs
