"""Quantities of an English or French text, with exact spans and exact values."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from mtqc.text.numbers.lexicon import LEXICON
from mtqc.text.numbers.model import ONE, Kind, Lang, Quantity
from mtqc.text.numbers.patterns import DIGITS, ROMAN, WORD
from mtqc.text.numbers.runs import Run, Token
from mtqc.text.numbers.units import prefix_unit

_FLAT = str.maketrans({**dict.fromkeys("’ʼ‘′", "'"), **dict.fromkeys("\u00a0\u202f\u2009\u2007\u2002\u2003\t\n", " "),
                       **dict.fromkeys("‐‑–−", "-")})  # fmt: skip
_NEITHER = re.compile(r"[^\w\u0300-\u036f]|\d|\b(?:une?|one)\b", re.IGNORECASE)
_HAS_DIGIT = re.compile(r"\d")
_VULGAR = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4)}
_VULGAR |= {f"{v.numerator}/{v.denominator}": v for v in _VULGAR.values()}
_RANGE = re.compile(
    r"(?: ?- ?| to | and | or |, | à | et | ou | ou de | et de | à plus de | or even | ou même )(?:[$£€]|US\$)?\Z"
)


def flatten(text: str) -> str:
    """Typographic apostrophes, hyphens, dashes and spaces made plain: same length, same offsets."""
    return text.translate(_FLAT)


@lru_cache(maxsize=8192)
def quantities(text: str, lang: Lang) -> tuple[Quantity, ...]:
    """Every quantity of the text, in order, none overlapping. `lang` is "en" or "fr"."""
    flat = flatten(text)
    found: list[Quantity] = []
    tokens: list[Token] = []
    for match in _digit_matches(flat, lang):
        _sort_in(match, lang, found, tokens)
    taken = [(q.start, q.end) for q in found]
    tokens += _word_tokens(flat, lang, taken)
    tokens.sort(key=lambda t: t.start)
    found += _runs(flat, tokens, lang)
    found += _romans(flat, taken)
    found.sort(key=lambda q: q.start)
    shared = _share(flat, [q for q in found if q.kind != "code" or q.figure])
    return tuple(q if flat == text else replace(q, text=text[q.start : q.end]) for q in shared)


def _digit_matches(flat: str, lang: Lang) -> Iterator[re.Match[str]]:
    """As finditer, but only looks from the word before each digit on: most of a text has none."""
    pattern, at = DIGITS[lang], 0
    while digit := _HAS_DIGIT.search(flat, at):
        word = flat.rfind(" ", at, digit.start())
        match = pattern.search(flat, max(at, flat.rfind(" ", at, max(word, at)) + 1))
        if match is None:
            return
        yield match
        at = match.end()


def _sort_in(match: re.Match[str], lang: Lang, found: list[Quantity], tokens: list[Token]) -> None:
    """A figure becomes a token that may combine with words; everything else is a quantity at once."""
    kind = match.lastgroup or ""
    if match["num"] is not None:
        tokens.append(_figure(match, lang))
    elif match["clock"] is not None:
        found.append(_clock(match, lang))
    elif match["date"] is not None:
        found += _parts(match, "date")
    elif match["slash"] is not None:
        found += _slash(match)
    elif match["feet"] is not None:
        found.append(_feet(match, lang))
    elif match["ordinal"] is not None:
        found.append(_ordinal(match))
    elif match["decade"] is not None:
        found.append(_decade(match))
    else:
        figure = match.group() if match["code"] is not None and kind else ""
        found.append(Quantity(*match.span(), match.group(), "code", Fraction(0), weak=True, figure=figure))


def _figure(match: re.Match[str], lang: Lang) -> Token:
    figure = match["fig"]
    value, also = _english(figure) if lang == "en" else _french(figure)
    half = _VULGAR.get((match["half"] or "").strip(" -"), Fraction(0))
    return Token(
        *match.span(), "D", value + half, also, False, _step(figure, lang), prefix_unit(match["cur"] or ""), figure
    )


def _english(figure: str) -> tuple[Fraction, tuple[Fraction, ...]]:
    """English as it should be; and the continental forms that translated English has: 40 000, 0,4, 5.352."""
    if " " in figure:
        return Fraction(figure.replace(" ", "")), (Fraction(figure.rpartition(" ")[2]),)
    if re.fullmatch(r"\d+,(?:\d{1,2}|\d{4})", figure):
        return Fraction(figure.replace(",", ".")), ()
    value = Fraction(figure.replace(",", ""))
    return value, (value * 1000,) if re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", figure) else ()


def _french(figure: str) -> tuple[Fraction, tuple[Fraction, ...]]:
    joined = figure.replace(" ", "")
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", joined):
        main = Fraction(joined.replace(".", "").replace(",", "."))
        return main, (Fraction(joined),) if joined.count(".") == 1 and "," not in joined else ()
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,}", joined):
        return Fraction(joined.replace(",", "")), ()
    main = Fraction(joined.replace(",", "."))
    if re.fullmatch(r"[1-9]\d{0,2},\d{3}", joined):
        return main, (Fraction(joined.replace(",", "")),)
    return main, ()


def _step(figure: str, lang: Lang) -> Fraction:
    """Worth of the last digit that is not a filling zero: 100 for 1,500, 0.1 for 97.4."""
    point = "." if lang == "en" else ","
    digits = re.sub(r"[ ,.]", "", figure)
    decimals = len(figure.rpartition(point)[2]) if point in figure else 0
    if decimals:
        return Fraction(1, 10**decimals)
    return Fraction(10 ** (len(digits) - len(digits.rstrip("0"))) if digits.strip("0") else 1)


def _clock(match: re.Match[str], lang: Lang) -> Quantity:
    hour = int(match["h"] or match["h2"] or match["h3"] or match["h4"] or match["hm"][:2])
    minutes = Fraction(int(match["mi"] or match["mi2"] or (match["hm"] or "")[-2:] or 0), 60)
    also: tuple[Fraction, ...] = ()
    half_day = match["ap"] if lang == "en" else None
    if half_day:
        also = (hour + minutes,)
        hour = hour % 12 + (12 if half_day.lower() == "p" else 0)
    elif hour <= 12:
        also = ((hour + 12) % 24 + minutes,)
    if hour in {0, 24}:
        also += (24 - hour + minutes,)
    kind: Kind = "clock"
    return Quantity(*match.span(), match.group(), kind, hour + minutes, also=also, digits=True, figure=match.group())


def _parts(match: re.Match[str], kind: str) -> Iterator[Quantity]:
    """Each number of a numeric date or the like: only a year of four digits must be found again."""
    for part in re.finditer(r"\d+", match.group()):
        start, end = match.start() + part.start(), match.start() + part.end()
        year = len(part.group()) == 4 and kind == "date"
        yield Quantity(start, end, part.group(), "year" if year else "number", Fraction(part.group()), digits=True,
                       weak=not year, figure=part.group())  # fmt: skip


def _slash(match: re.Match[str]) -> Iterator[Quantity]:
    above, below = (int(n) for n in match.group().split("/"))
    if 0 < above < below <= 10:
        also = (Fraction(above), Fraction(below))
        yield Quantity(*match.span(), match.group(), "fraction", Fraction(above, below), also=also, digits=True,
                       weak=True, figure=match.group())  # fmt: skip
    else:
        whole, *_, last = _parts(match, "slash")
        season = whole.value // 100 * 100 + last.value if len(last.figure) == 2 else last.value
        yield from (whole, replace(last, also=(season,)))


def _feet(match: re.Match[str], lang: Lang) -> Quantity:
    whole, rest = int(match["ft"]), int(match["in"])
    value, unit = (whole + Fraction(rest, 12), "foot") if lang == "en" else (whole + Fraction(rest, 100), "m")
    step = Fraction(1, 12) if lang == "en" else Fraction(1, 100)
    also = (Fraction(whole), Fraction(rest))
    return Quantity(*match.span(), match.group(), "number", value, unit, also, step=step, digits=True, weak=True,
                    figure=match.group())  # fmt: skip


def _ordinal(match: re.Match[str]) -> Quantity:
    figure = re.match(r"[\d, ]*\d", match.group())
    assert figure is not None
    value = Fraction(re.sub(r"\D", "", figure.group()))
    return Quantity(*match.span(), match.group(), "ordinal", value, digits=True, weak=value <= 2, figure=figure.group())


def _decade(match: re.Match[str]) -> Quantity:
    value = int(re.sub(r"\D", "", match.group()))
    also = (value % 100, value // 10) if value > 100 else (1900 + value, 2000 + value, 1800 + value, value // 10)
    return Quantity(*match.span(), match.group(), "decade", Fraction(value), also=tuple(map(Fraction, also)),
                    digits=True, weak=value < 100, figure=match.group())  # fmt: skip


def _word_tokens(flat: str, lang: Lang, taken: list[tuple[int, int]]) -> Iterator[Token]:
    table = LEXICON[lang]
    if table.keys().isdisjoint(_NEITHER.sub(" ", unicodedata.normalize("NFC", flat)).lower().split()):
        return
    for match in WORD.finditer(flat):
        word = match.group()
        entry = table.get(word) or table.get(word.lower())
        if entry is None and not word.isascii():
            entry = table.get(unicodedata.normalize("NFC", word).lower())
        if entry is not None and not any(a <= match.start() < b for a, b in taken):
            yield Token(*match.span(), entry.cls, entry.value, entry.also, entry.plural)


def _runs(flat: str, tokens: list[Token], lang: Lang) -> Iterator[Quantity]:
    """Neighbouring tokens added and multiplied into quantities."""
    at = 0
    while at < len(tokens):
        run = Run(flat, tokens, at, lang)
        quantity = run.read()
        at = run.at
        if quantity is not None:
            yield quantity
            while at < len(tokens) and tokens[at].start < quantity.end:
                at += 1


def _romans(flat: str, taken: list[tuple[int, int]]) -> Iterator[Quantity]:
    """Roman numerals of kings, wars and centuries: weak, they only answer a figure of the other side."""
    for match in ROMAN.finditer(flat):
        numeral, ordinal = "".join(match.groups()[:4]), match[5]
        if (len(numeral) < 2 and not (ordinal and numeral in "IVX")) or any(a <= match.start() < b for a, b in taken):
            continue
        yield Quantity(*match.span(), match.group(), "ordinal", Fraction(_roman(numeral)), weak=True)


def _roman(numeral: str) -> int:
    worth = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
    values = [worth[c] for c in numeral]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))


def _share(flat: str, found: list[Quantity]) -> Iterator[Quantity]:
    """In "10 to 15 million dollars" or "5, 6 and 7 %", what follows the last figure holds for those before."""
    for i in range(len(found) - 2, -1, -1):
        here, after = found[i], found[i + 1]
        gap = flat[here.end : after.start]
        if here.kind in {"clock", "code", "decade"} or here.weak or not _RANGE.match(gap):
            continue
        if here.kind == "year" and gap in {"-", "/"} and len(after.figure) == 2:
            full = here.value // 100 * 100 + after.value
            found[i + 1] = replace(after, also=(*after.also, full), weak=True)
        elif here.figure or gap != ", ":
            found[i] = _inherit(here, after, gap)
    yield from found


def _inherit(here: Quantity, after: Quantity, gap: str) -> Quantity:
    also = here.also
    if after.factor != ONE and here.factor == ONE and gap != ", ":
        also = (*also, here.value * after.factor)
    unit = here.unit or after.unit
    return replace(here, also=also, unit=unit, inherited=unit != here.unit)
