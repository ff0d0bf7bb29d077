"""Months and weekdays that became others."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal, NamedTuple

from mtqc.checks.base import BOTH
from mtqc.checks.numbers_rules import DATE_CHANGED
from mtqc.model import AlignedArticle, Bead, Evidence, Finding, Severity
from mtqc.rules import Rule
from mtqc.text.numbers import flatten
from mtqc.text.numbers.units import either_form

MONTHS_EN = "january february march april may june july august september october november december".split()
MONTHS_FR = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
DAYS_EN = "monday tuesday wednesday thursday friday saturday sunday".split()
DAYS_FR = "lundi mardi mercredi jeudi vendredi samedi dimanche".split()
_SHORT = {"jan": 0, "feb": 1, "mar": 2, "apr": 3, "jun": 5, "jul": 6, "aug": 7, "sep": 8, "sept": 8, "oct": 9,
          "nov": 10, "dec": 11}  # fmt: skip
_DAY = r"(?P<before>\b(?:[12]?\d|3[01])(?:st|nd|rd|th|er|e)?(?: of)? )?"
_EN = re.compile(
    rf"{_DAY}\b(?P<word>(?:{'|'.join(m.capitalize() for m in MONTHS_EN if m not in {'march', 'may'})})\b"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?(?= ?\d)"
    r"|(?:(?<=\d )|(?<=\dst )|(?<=\dnd )|(?<=\drd )|(?<=\dth )|(?<=\bof )|(?<=[Ii]n )|(?<=[Ss]ince )|(?<=[Uu]ntil )"
    r"|(?<=\b[Bb]y )|(?<=[Ll]ast )|(?<=[Nn]ext )|(?<=[Ll]ate )|(?<=[Ee]arly )|(?<=-)|(?<=[Tt]his )|(?<=[Ff]rom )"
    r"|(?<=and )|(?<=to )|(?<=the )|(?<=[Ee]ach )|(?<=[Ee]very ))(?:March|May)\b(?! [A-Z][a-z])"
    rf"|(?:March|May)\b(?= \d)|(?:{'|'.join(d.capitalize() for d in DAYS_EN)})s?\b)(?: (?P<after>\d\d?)\b)?"
)
_FR = re.compile(
    either_form(
        rf"{_DAY}\b(?P<word>(?:{'|'.join(m for m in MONTHS_FR if m != 'mars')}|fevrier|aout|decembre)\b|mars\b"
        rf"|(?:{'|'.join(DAYS_FR)})s?\b)"
    ),
    re.IGNORECASE,
)
Sort = Literal["month", "weekday"]
_NAMES: dict[tuple[str, Sort], list[str]] = {
    ("fr", "month"): MONTHS_FR,
    ("fr", "weekday"): DAYS_FR,
    ("en", "month"): [m.capitalize() for m in MONTHS_EN],
    ("en", "weekday"): [d.capitalize() for d in DAYS_EN],
}


class DateWord(NamedTuple):
    """A month or a weekday at [start, end) of its text, counted from 0; `day` of the month beside it, if any."""

    start: int
    end: int
    sort: Sort
    number: int
    day: str


@dataclass(frozen=True, slots=True)
class Dates:
    """A month or weekday of the original that is missing, where another stands that the original has not.

    `reach`: what stands in a neighbouring sentence, this many beads away, has only moved.
    """

    reach: int = 2
    rules: ClassVar[tuple[Rule, ...]] = (DATE_CHANGED,)
    directions: ClassVar[tuple[str, ...]] = BOTH

    def find_in_article(self, article: AlignedArticle) -> Iterator[Finding]:
        """Findings in every bead with text on both sides."""
        beads = [b for b in article.beads if not b.is_boilerplate]
        read = [(date_words(b.source_text, b.langs[0]), date_words(b.target_text, b.langs[1])) for b in beads]
        for at, bead in enumerate(beads):
            near = read[max(0, at - self.reach) : at + self.reach + 1]
            if bead.is_pair and all(read[at]):
                yield from _changed(
                    bead, *read[at], [d for own, _ in near for d in own], [d for _, other in near for d in other]
                )


def _changed(
    bead: Bead, source: Sequence[DateWord], target: Sequence[DateWord], ours: Sequence[DateWord],
    theirs: Sequence[DateWord],
) -> Iterator[Finding]:  # fmt: skip
    """One missing and one strange of a sort: they belong together; of more, those beside the same day of the month."""
    for sort in ("month", "weekday"):
        missing = [d for d in source if d.sort == sort and all(d.number != t.number or t.sort != sort for t in theirs)]
        strange = [d for d in target if d.sort == sort and all(d.number != s.number or s.sort != sort for s in ours)]
        alone = len({d.number for d in missing}) == len({d.number for d in strange}) == 1
        for b in strange:
            a = next((d for d in missing if d.day and d.day == b.day), missing[0] if alone else None)
            if a is not None and not _next_night(bead, a, b):
                yield _finding(bead, a, b)


def _next_night(bead: Bead, a: DateWord, b: DateWord) -> bool:
    """Saturday night, after midnight, is « dans la nuit de dimanche »."""
    night = re.match(r" (?:night|evening)", bead.source_text[a.end :])
    return a.sort == "weekday" and bool(night) and (b.number - a.number) % 7 == 1


def _finding(bead: Bead, a: DateWord, b: DateWord) -> Finding:
    source, target = bead.source_at(a.start, a.end), bead.target_at(b.start, b.end)
    names = _NAMES[bead.langs[1], a.sort]
    same_day = bool(a.day) and a.day == b.day
    message = f"“{source.text}” became “{target.text}”: another {a.sort}."
    evidence = (Evidence("day of the month, unchanged", a.day, "", "text"),) if same_day else ()
    severity = Severity.CRITICAL if same_day else None
    return DATE_CHANGED.finding(
        target, message, source=source, fix=names[a.number], evidence=evidence, severity=severity
    )


def date_words(text: str, lang: str) -> list[DateWord]:
    """Months and weekdays of a text in order. English “May” and “March” count where a date's words stand around."""
    flat = flatten(text)
    return [word for match in (_EN if lang == "en" else _FR).finditer(flat) if (word := _word(match, lang))]


def _word(match: re.Match[str], lang: str) -> DateWord | None:
    word = unicodedata.normalize("NFC", match["word"]).lower()
    months, days = (MONTHS_EN, DAYS_EN) if lang == "en" else (MONTHS_FR, DAYS_FR)
    bare = word.removesuffix(".") if word in months or lang == "fr" else word.rstrip(".")
    day = re.sub(r"\D", "", match["before"] or (match["after"] if lang == "en" else "") or "")
    if lang == "fr" and match["word"] == "Mars" and not (day or re.match(r" \d{4}\b", match.string[match.end() :])):
        return None  # the planet
    plain = {unicodedata.normalize("NFD", m).encode("ascii", "ignore").decode(): i for i, m in enumerate(months)}
    number = plain.get(unicodedata.normalize("NFD", bare).encode("ascii", "ignore").decode())
    if number is None and lang == "en":
        number = _SHORT.get(bare)
    if number is not None:
        return DateWord(*match.span("word"), "month", number, day)
    return DateWord(*match.span("word"), "weekday", days.index(bare.removesuffix("s")), "")
