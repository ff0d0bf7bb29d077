"""English formats of figures, hours and dates kept in French."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from mtqc.checks.locale_rules import (
    CAPITAL_DATE,
    CLOCK,
    CURRENCY_BEFORE,
    DATE,
    DECIMAL_POINT,
    FORMAT_RULES,
    ORDINAL,
    THOUSANDS_COMMA,
)
from mtqc.checks.numbers_dates import DateWord, date_words
from mtqc.model import Bead, Finding, Location, Signals
from mtqc.rules import Rule
from mtqc.text.numbers import Quantity, flatten, quantities
from mtqc.text.numbers.render import NO_BREAK, THIN, french, french_number

_DIGIT = re.compile(r"\d")
_DECIMAL = re.compile(r"(?<![\w.,/:])-?(?P<figure>\d{1,3}(?:,\d{3})*\.\d+)(?![\w/:]|[.,-]\d|\.\w)")
_MEASURED = re.compile(
    r" ?(?:%|[€$£¥]|pour ?cent|points?\b|mill(?:ions?|iards?)\b|degrés?\b|°|euros?\b|dollars?\b|livres?\b|yens?\b"
    r"|(?:kilo|centi|milli)?(?:mètre|gramme|litre)s?\b|k[mg]\b|[cm]m\b|tonnes?\b|hectares?\b|secondes?\b)"
)
_NAMED = re.compile(r"(?:\b(?:v|version|chapitre|section|article|partie|n°|numéro|canal|Web)|\b[A-Z][\w-]*|[§v]) ?\Z")
_HOUR_LIKE = re.compile(r"\d{1,2}\.[0-5]\d")
_COMMA = re.compile(r"(?<![\w.,/])[1-9]\d{0,2}(?:,\d{3})+(?![\w/]|[.,]\d)")
_SIGN_FIRST = re.compile(r"(?:US|C|A|CA|AU|NZ|HK)?[$€£¥] ?\d")
_ORDINAL = re.compile(r"(?<![\w-])(?P<n>\d{1,3})(?:st|rd|th)(?![\w-])(?! [A-ZÀ-Ý])")
_CLOCK = re.compile(r"(?<![\w.,:])\d{1,2}(?:[:.h][0-5]\d)? ?(?:[ap]\.m\.|[ap]m\b|[AP]M\b)")
_MONTHS = {
    "janvier": "jan", "février": "feb", "mars": "mar", "avril": "apr", "mai": "may", "juin": "jun", "juillet": "jul",
    "août": "aug", "septembre": "sep", "octobre": "oct", "novembre": "nov", "décembre": "dec",
}  # fmt: skip
_ENGLISH_MONTHS = "January February March April May June July August September October November December".split()
_FRENCH_OF = dict(zip(_ENGLISH_MONTHS, _MONTHS, strict=True))
_MONTH_FIRST = re.compile(
    rf"(?<!\d )(?<!\der )\b(?P<month>{'|'.join(_MONTHS)}|{'|'.join(_ENGLISH_MONTHS)}) (?P<day>[12]?\d|3[01])"
    r"(?:st|nd|rd|th)?"
    rf"(?P<year>, \d{{4}}\b)?(?![\w%€$]|[.,:]\d| \d)",
    re.IGNORECASE,
)
_FEASTS = {4: ("1", "8"), 6: ("14", "4"), 10: ("11", "1"), 8: ("11", "4"), 5: ("18",), 9: ("17",)}
_FEAST_AFTER = re.compile(r"s? (?:[Ss]aints?|[Nn]oirs?|[Gg]ras|des [Cc]endres|de [Pp]âques|in\b|sanglant)")


@dataclass(frozen=True, slots=True)
class NumberFormats:
    """Figures, hours and dates that kept their English shape in the French."""

    rules: ClassVar[tuple[Rule, ...]] = FORMAT_RULES

    def find(self, bead: Bead, signals: Signals) -> Iterator[Finding]:  # noqa: ARG002
        """Findings in one bead; but for capitals, nothing where the French has no digit."""
        yield from _capitals(bead)
        if not _DIGIT.search(bead.target_text):
            return
        flat = flatten(bead.target_text)
        signed = list(_sign_first(bead, flat))
        yield from signed
        covered = [f.target.span.shift(-bead.target_start) for f in signed]
        yield from _decimal_points(bead, flat, [(s.start, s.end) for s in covered])
        yield from _thousands_commas(bead, flat, [(s.start, s.end) for s in covered])
        yield from _ordinals(bead, flat)
        yield from _clocks(bead, flat)
        yield from _dates(bead, flat)


def _outside(start: int, covered: Sequence[tuple[int, int]]) -> bool:
    return not any(a <= start < b for a, b in covered)


def _decimal_points(bead: Bead, flat: str, covered: Sequence[tuple[int, int]]) -> Iterator[Finding]:
    for match in _DECIMAL.finditer(flat):
        start, end = match.span("figure")
        if not _outside(start, covered) or not _is_decimal(bead, flat, start, end):
            continue
        percent = re.match(r" ?%", flat[end:])
        stop = end + (percent.end() if percent else 0)
        figure = match["figure"].replace(",", THIN).replace(".", ",")
        fix = figure + (f"{THIN}%" if percent else "")
        target = bead.target_at(start, stop)
        message = f"“{target.text}” keeps the English decimal point: French writes “{fix}”."
        yield DECIMAL_POINT.finding(target, message, source=_same_in_source(bead, match["figure"]), fix=fix)


def _is_decimal(bead: Bead, flat: str, start: int, end: int) -> bool:
    """A version, an hour, a section or a French thousands point is none."""
    figure = flat[start:end]
    in_source = _same_in_source(bead, figure) is not None
    if re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", figure) and not re.match(r" ?%", flat[end:]):
        return False
    if _MEASURED.match(flat, end) or re.search(r"[$€£¥] ?\Z", flat[:start]):
        return True
    if not in_source or _NAMED.search(flat[:start]) or _HOUR_LIKE.fullmatch(figure):
        return False
    return flat[start - 1 : start] != "-"


def _same_in_source(bead: Bead, figure: str) -> Location | None:
    match = re.search(rf"(?<![\d.,]){re.escape(figure)}(?!\d|[.,]\d)", bead.source_text)
    return bead.source_at(*match.span()) if match else None


def _thousands_commas(bead: Bead, flat: str, covered: Sequence[tuple[int, int]]) -> Iterator[Finding]:
    for match in _COMMA.finditer(flat):
        source = _same_in_source(bead, match.group())
        if source is None or not _outside(match.start(), covered):
            continue
        fix = french_number(Fraction(match.group().replace(",", "")))
        message = f"“{match.group()}” keeps the English comma, which French reads as a decimal comma: “{fix}”."
        yield THOUSANDS_COMMA.finding(bead.target_at(*match.span()), message, source=source, fix=fix)


def _sign_first(bead: Bead, flat: str) -> Iterator[Finding]:
    if not any(sign in flat for sign in "$€£¥"):
        return
    for quantity in quantities(bead.target_text, "fr"):
        if quantity.unit and _SIGN_FIRST.match(flat, quantity.start):
            target = bead.target_at(quantity.start, quantity.end)
            fix = french(_as_english(quantity, bead))
            message = f"“{target.text}” has the currency sign in front: French writes “{fix}”."
            yield CURRENCY_BEFORE.finding(target, message, fix=fix)


def _as_english(quantity: Quantity, bead: Bead) -> Quantity:
    """The original's own quantity where it is one of the readings: "$1,500" in French is not 1.5."""
    same = (q for q in quantities(bead.source_text, "en") if q.unit == quantity.unit and q.value in quantity.values)
    return next(same, quantity)


def _ordinals(bead: Bead, flat: str) -> Iterator[Finding]:
    for match in _ORDINAL.finditer(flat):
        fix = match["n"] + ("er" if match["n"] == "1" else "e")
        message = f"“{match.group()}” is an English ordinal: French writes “{fix}”."
        source = _same_in_source(bead, match.group())
        yield ORDINAL.finding(bead.target_at(*match.span()), message, source=source, fix=fix)


def _clocks(bead: Bead, flat: str) -> Iterator[Finding]:
    for match in _CLOCK.finditer(flat):
        read = [q for q in quantities(match.group(), "en") if q.kind == "clock"]
        fix = french(read[0]) if read else None
        message = f"“{match.group()}” is the English clock: French counts to 24" + (f", “{fix}”." if fix else ".")
        yield CLOCK.finding(bead.target_at(*match.span()), message, fix=fix)


def _dates(bead: Bead, flat: str) -> Iterator[Finding]:
    for match in _MONTH_FIRST.finditer(flat):
        month, day = match["month"], match["day"]
        name = _FRENCH_OF.get(month.capitalize(), month.lower())
        original = re.search(rf"\b{_MONTHS[name]}[a-z]*\.? {day}(?!\d)", bead.source_text, re.IGNORECASE)
        if original is None:
            continue
        fix = f"{'1er' if day == '1' else day}{NO_BREAK}{name}{(match['year'] or '').replace(',', '')}"
        message = f"“{match.group()}” has the English order of a date: French writes “{fix}”."
        source = bead.source_at(*original.span())
        yield DATE.finding(bead.target_at(*match.span()), message, source=source, fix=fix)


def _capitals(bead: Bead) -> Iterator[Finding]:
    """Months and weekdays with the capital that English gives them, in mid-sentence, outside names and feasts."""
    theirs = date_words(bead.source_text, "en")
    flat = flatten(bead.target_text)
    for word in date_words(bead.target_text, "fr") if theirs else ():
        text = bead.target_text[word.start : word.end]
        source = next((d for d in theirs if (d.sort, d.number) == (word.sort, word.number)), None)
        if source is None or not text.istitle() or not _in_mid_sentence(flat, word) or _is_feast(flat, word):
            continue
        message = f"“{text}” keeps the English capital: French writes months and weekdays in lower case."
        target = bead.target_at(word.start, word.end)
        place = bead.source_at(source.start, source.end)
        yield CAPITAL_DATE.finding(target, message, source=place, fix=text.lower())


def _in_mid_sentence(flat: str, word: DateWord) -> bool:
    return bool(re.search(r"(?:[^\W\dA-ZÀ-Ý]|\d|er|,) \Z", flat[: word.start])) and not re.match(
        r"s? (?:Mag|[A-ZÀ-Ý][\w'-]+)|-[A-ZÀ-Ýa-z]", flat[word.end :]
    )


def _is_feast(flat: str, word: DateWord) -> bool:
    """1er Mai, 14 Juillet, Vendredi saint, the newspaper Journal du Dimanche: days that have become names."""
    if word.sort == "weekday":
        return bool(_FEAST_AFTER.match(flat, word.end) or re.search(r"[A-ZÀ-Ý]\w+ du \Z", flat[: word.start]))
    return word.day in _FEASTS.get(word.number, ()) and not re.match(r" \d{4}\b", flat[word.end :])
