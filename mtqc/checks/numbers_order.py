"""Ordinals that became others (ACC313), ranges that run backwards (ACC314)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

from mtqc.model import Bead, Category, Evidence, Finding, Severity, Signals
from mtqc.rules import Example, Rule
from mtqc.text.numbers import flatten, quantities
from mtqc.text.numbers.compare import same_reading
from mtqc.text.tokens import plain

ORDINAL = Rule(
    "ACC313", "ordinal-changed", Category.NUMBER, Severity.MAJOR,
    "“third” became « deuxième »: another place in the order.",
    "A rank, a floor or an anniversary that is one off reads as well as the right one.",
    (
        Example("She lives on the third floor.", "Elle habite au deuxième étage.", "deuxième"),
        Example("It is their fifth title in a row.", "C’est leur septième titre d’affilée.", "septième"),
        Example("She lives on the third floor.", "Elle habite au troisième étage."),
        Example("A third of the voters, and the second round.", "Un tiers des électeurs, et le second tour."),
        Example("For the first time, six boats came fourth.", "Six bateaux sont arrivés à la 4e place."),
        Example("He was third, two places behind her.", "Il était troisième, elle deuxième moins un.", note="“two”"),
    ),
    0.8,
)  # fmt: skip

RANGE = Rule(
    "ACC314", "range-reversed", Category.NUMBER, Severity.MINOR,
    "The two ends of a range stand the other way round.",
    "« de 10 à 5 » is a fall where “5 to 10” is a range.",
    (
        Example("It takes 5 to 10 days.", "Cela prend de 10 à 5 jours.", "10 à 5"),
        Example("Between 30 and 40% agree.", "Entre 40 et 30 % sont d’accord.", "40 et 30 %"),
        Example("It takes 5 to 10 days.", "Cela prend de 5 à 10 jours."),
        Example("It rose from 5 to 10.", "De 5, le nombre est passé à 10."),
        Example("It is 10, up from 5.", "Il passe de 5 à 10.", note="the English has no range"),
    ),
    0.8,
)  # fmt: skip

_EN = MappingProxyType({w: i for i, w in enumerate(
    "second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), 2)})  # fmt: skip
_FR = MappingProxyType({
    **{w: i for i, w in enumerate(
        "deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième onzième douzième".split(),
        2)},
    "second": 2, "seconde": 2,
})  # fmt: skip
_ORDINAL_EN = re.compile(
    rf"(?<![\w-])(?:(?P<word>{'|'.join(_EN)})(?![\w-])|(?P<n>[2-9]|1[0-2])(?:nd|rd|th)\b)", re.IGNORECASE
)
_ORDINAL_FR = re.compile(rf"(?<![\w-])(?:{'|'.join(_FR)})(?![\w-])", re.IGNORECASE)
_OTHER_EN = re.compile(
    r"\b(?:half|halves|quarters?|thirds|two|three|four|both|twice|other|another|again|latter|once more)\b",
    re.IGNORECASE,
)
_HALVES = frozenset({"half", "halves", "twice", "both", "other", "another", "again", "latter", "once more", "two"})
_TO_EN = re.compile(r"(?: to |-| ?- | or )(?:[$£€])?\Z")
_AND_EN = re.compile(r" and (?:[$£€])?\Z")
_TO_FR = re.compile(r"(?: à | et |-| ou )(?:de |d')?\Z")


@dataclass(frozen=True, slots=True)
class Order:
    """One ordinal of the English that the French lacks, where it has another; a range of the English in reverse."""

    rules: ClassVar[tuple[Rule, ...]] = (ORDINAL, RANGE)

    def find(self, bead: Bead, signals: Signals) -> Iterator[Finding]:  # noqa: ARG002 -- text alone decides
        """At most one finding a rule."""
        yield from _ordinals(bead)
        if any(c.isdigit() for c in bead.target_text):
            yield from _ranges(bead)


def _ordinals(bead: Bead) -> Iterator[Finding]:
    target = plain(bead.target_text)
    there = {m.start(): _FR[m.group().lower()] for m in _ORDINAL_FR.finditer(target)}
    if not there:
        return
    source = plain(bead.source_text)
    here = {m.start(): _EN.get((m["word"] or "").lower()) or int(m["n"]) for m in _ORDINAL_EN.finditer(source)}
    lacking = [(at, n) for at, n in here.items() if n not in there.values() and not _says(target, n, "fr")]
    strange = [(at, n) for at, n in there.items() if n not in here.values() and not _says(source, n, "en")]
    if len({n for _, n in lacking}) != 1 or len({n for _, n in strange}) != 1:
        return
    (at, n), (place, other) = lacking[0], strange[0]
    word, wrong = _word(source, at), _word(target, place)
    yield ORDINAL.finding(
        bead.target_at(place, place + len(wrong)),
        f"“{word}” became « {wrong} »: another place in the order.",
        source=bead.source_at(at, at + len(word)),
        evidence=(Evidence("place in the original", n), Evidence("place in the translation", other)),
    )


def _word(text: str, at: int) -> str:
    match = re.compile(r"\w+").match(text, at)
    return match.group() if match else ""


def _says(text: str, n: int, lang: str) -> bool:
    """True where a quantity or a word such as “half” may be the ordinal `n`."""
    if any(
        n in q.values or any(v and 1 / v == n for v in q.values)
        for q in quantities(text, "en" if lang == "en" else "fr")
    ):
        return not all(q.kind == "number" and q.weak for q in quantities(text, "en" if lang == "en" else "fr"))
    return lang == "en" and n == 2 and any(m.group().lower() in _HALVES for m in _OTHER_EN.finditer(text))


def _ranges(bead: Bead) -> Iterator[Finding]:
    source, target = quantities(bead.source_text, "en"), quantities(bead.target_text, "fr")
    flat_en, flat_fr = flatten(bead.source_text), flatten(bead.target_text)
    for i in range(len(source) - 1):
        low, high = source[i], source[i + 1]
        gap = flat_en[low.end : high.start]
        between = flat_en[: low.start].rstrip(" $£€").lower().endswith("between")
        if not (low.value < high.value and low.digits and (_TO_EN.search(gap) or (between and _AND_EN.search(gap)))):
            continue
        for j in range(len(target) - 1):
            first, second = target[j], target[j + 1]
            joined = _TO_FR.fullmatch(flat_fr[first.end : second.start])
            if joined and same_reading(low, second) and same_reading(high, first):
                place = bead.target_at(first.start, second.end)
                yield RANGE.finding(
                    place,
                    f"« {place.text} »: the range stands the other way round in the original.",
                    source=bead.source_at(low.start, high.end),
                )
                return
