"""English habits of dates, hours and amounts that are more than a sign in the wrong place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from mtqc.checks.locale_habits_rules import CLOCKS_MIXED, DATE_COMMA, FIRST_OF_MONTH, MAGNITUDE, NUMERIC_DATE, RULES
from mtqc.model import AlignedArticle, Bead, Evidence, Finding, Location
from mtqc.rules import Rule
from mtqc.text.numbers import flatten
from mtqc.text.numbers.render import NO_BREAK

_MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_MAGNITUDE = re.compile(
    r"(?<![\w.,/])(?P<sign>[$€£] ?)?(?P<n>\d[\d ]*(?:[.,]\d+)?) ?(?P<word>bn|tn|trn|mn|m(?=[ -]?[$€£]))(?![\w'-])"
)
_WORDS = {"bn": "milliards", "mn": "millions", "m": "millions", "tn": "billions", "trn": "billions"}
_FIRST = re.compile(rf"(?<![\w.,/-])(?P<day>1) (?P<month>{_MONTHS})(?!\w)")
_COMMA = re.compile(
    rf"(?<!\w)(?P<date>(?:(?:1er|\d{{1,2}}) )?(?:{_MONTHS})), (?P<year>(?:1[5-9]|20)\d\d)"
    r"(?![\w.,%€$]\w|\w| (?!dans|pour|par|avec|sur|et)\w+s\b)"
)
_NUMERIC = re.compile(
    r"(?<![\w/.-])(?P<month>0?[1-9]|1[0-2])(?P<by>[/-])(?P<day>1[3-9]|2\d|3[01])(?P=by)(?P<year>\d{4}|\d\d)(?![\w/-])"
)
_CLOCK = re.compile(
    r"(?<![\w:.,/])(?:[01]?\d|2[0-3])(?:(?P<colon>:[0-5]\d)|(?P<tight>h[0-5]\d)|(?P<wide> h(?: [0-5]\d)?))(?![\w:])"
)
_SHAPES = {"colon": "15:30", "tight": "15h30", "wide": "15 h 30"}
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class EnglishHabits:
    """Magnitudes, dates and hours; hours are compared over the whole article."""

    rules: ClassVar[tuple[Rule, ...]] = RULES

    def find_in_article(self, article: AlignedArticle) -> Iterator[Finding]:
        """Findings of each sentence, then hours written in two ways."""
        hours: defaultdict[str, list[Location]] = defaultdict(list)
        for bead, _ in article.pairs:
            if not _DIGIT.search(bead.target_text):
                continue
            flat = flatten(bead.target_text)
            yield from _magnitudes(bead, flat)
            yield from _firsts(bead, flat)
            yield from _commas(bead, flat)
            yield from _numeric(bead, flat)
            for match in _CLOCK.finditer(flat):
                hours[str(match.lastgroup)].append(bead.target_at(*match.span()))
        yield from _mixed(hours)


def _magnitudes(bead: Bead, flat: str) -> Iterator[Finding]:
    for match in _MAGNITUDE.finditer(flat):
        if not re.search(rf"\d ?{match['word']}(?!\w)", bead.source_text):
            continue
        target = bead.target_at(match.start("n"), match.end("word"))
        word = _WORDS[match["word"]]
        one = re.match(r"[01](?:[.,]|\Z)", match["n"].strip())
        fix = f"{match['n'].strip()}{NO_BREAK}{word[:-1] if one else word}"
        message = f"« {target.text} » keeps the English abbreviation: French writes « {fix} »."
        yield MAGNITUDE.finding(target, message, fix=fix)


def _firsts(bead: Bead, flat: str) -> Iterator[Finding]:
    for match in _FIRST.finditer(flat):
        target = bead.target_at(*match.span())
        fix = f"1er{bead.target_text[match.end('day') : match.end()]}"
        yield FIRST_OF_MONTH.finding(target, f"« {target.text} »: the first of a month is « {fix} ».", fix=fix)


def _commas(bead: Bead, flat: str) -> Iterator[Finding]:
    for match in _COMMA.finditer(flat):
        if not re.search(rf"[a-z]\.?(?: \d{{1,2}}(?:st|nd|rd|th)?)?,? {match['year']}(?!\d)", bead.source_text):
            continue
        target = bead.target_at(*match.span())
        fix = f"{bead.target_text[match.start('date') : match.end('date')]} {match['year']}"
        yield DATE_COMMA.finding(target, f"« {target.text} »: French has no comma before the year, « {fix} ».", fix=fix)


def _numeric(bead: Bead, flat: str) -> Iterator[Finding]:
    for match in _NUMERIC.finditer(flat):
        place = bead.source_text.find(match.group())
        if place < 0:
            continue
        fix = match["by"].join((match["day"], match["month"], match["year"]))
        message = f"« {match.group()} » has the month first: French writes « {fix} »."
        source = bead.source_at(place, place + len(match.group()))
        yield NUMERIC_DATE.finding(bead.target_at(*match.span()), message, source=source, fix=fix)


def _mixed(hours: dict[str, list[Location]]) -> Iterator[Finding]:
    if len(hours) < 2:
        return
    most, *others = sorted(hours, key=lambda shape: (-len(hours[shape]), hours[shape][0].span))
    odd = sorted((place for shape in others for place in hours[shape]), key=lambda p: p.span)
    message = f"« {odd[0].text} » here, « {hours[most][0].text} » elsewhere: one article writes hours in one way."
    counts = " / ".join(f"{_SHAPES[shape]} × {len(places)}" for shape, places in hours.items())
    yield CLOCKS_MIXED.finding(
        odd[0], message, related=(*odd[1:], hours[most][0]), evidence=(Evidence("hours", counts),), article_wide=True
    )
