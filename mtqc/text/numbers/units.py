"""Units and currencies after (or before) a figure, and conversion between measures.

Conversion factors are exact by definition (international yard and pound 1959, US survey measures left aside).
Currency names: the head nouns of the CLDR names that Babel carries (tests compare them).
"""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from mtqc.text.numbers.model import Lang


class Measure(NamedTuple):
    """A physical dimension and how many of its base unit one of this unit is."""

    dimension: str
    factor: Fraction


_INCH = Fraction("0.0254")
_POUND = Fraction("0.45359237")
MEASURES: MappingProxyType[str, Measure] = MappingProxyType(
    {
        "inch": Measure("length", _INCH),
        "foot": Measure("length", 12 * _INCH),
        "yard": Measure("length", 36 * _INCH),
        "mile": Measure("length", Fraction("1609.344")),
        "knot": Measure("length", Fraction(1852)),
        "km": Measure("length", Fraction(1000)),
        "m": Measure("length", Fraction(1)),
        "cm": Measure("length", Fraction(1, 100)),
        "mm": Measure("length", Fraction(1, 1000)),
        "pound": Measure("mass", _POUND),
        "ounce": Measure("mass", _POUND / 16),
        "stone": Measure("mass", 14 * _POUND),
        "kg": Measure("mass", Fraction(1)),
        "g": Measure("mass", Fraction(1, 1000)),
        "ton": Measure("mass", Fraction(1000)),
        "acre": Measure("area", Fraction("4046.8564224")),
        "hectare": Measure("area", Fraction(10000)),
        "square foot": Measure("area", (12 * _INCH) ** 2),
        "square mile": Measure("area", Fraction("1609.344") ** 2),
        "m²": Measure("area", Fraction(1)),
        "km²": Measure("area", Fraction(10**6)),
        "gallon": Measure("volume", Fraction("3.785411784")),
        "pint": Measure("volume", Fraction("0.473176473")),
        "litre": Measure("volume", Fraction(1)),
        "°F": Measure("temperature", Fraction(5, 9)),
        "°C": Measure("temperature", Fraction(1)),
        "degree": Measure("temperature", Fraction(1)),
    }
)

CURRENCIES = frozenset(
    "dollar pound euro yen yuan rupee rouble franc peso krona won real rand shekel lira zloty dirham riyal naira "
    "shilling baht".split()
)
"""Families: every dollar is "dollar". "pound" is a currency and a weight at once, in both languages."""

_EN = {
    "%": "% percent|per cent|pct|percentage points?|percentage-points?|pc",
    "dollar": r"(?:US|U\.S\.|Canadian|Australian|American|Hong Kong|Singapore|New Zealand)? ?dollars?|bucks|USD",
    "pound": r"(?:British )?pounds? sterling|(?:British )?pounds?|quid|lbs?|GBP",
    "euro": "euros?|EUR",
    "yen": "(?:Japanese )?yen|JPY",
    "yuan": "(?:Chinese )?yuans?|renminbi|RMB",
    "rupee": "(?:Indian |Pakistani )?rupees?|INR",
    "rouble": "(?:Russian )?ro?ubles?|RUB",
    "franc": "(?:Swiss |CFA )?francs?|CHF",
    "peso": "(?:Mexican |Argentine |Philippine )?pesos?",
    "krona": "(?:Swedish |Danish |Norwegian |Czech )?(?:kron(?:or|er?|as?)|crowns?|koruna)|SEK|NOK|DKK",
    "won": "(?:South Korean )won",
    "real": "reais|reals",
    "rand": "rands?",
    "shekel": "shekels?",
    "lira": "(?:Turkish )?lir[ae]s?",
    "zloty": "zloty?s?",
    "dirham": "dirhams?",
    "riyal": "ri[yj]als?",
    "naira": "nairas?",
    "shilling": "shillings?",
    "baht": "baht",
    "inch": "inch(?:es)?|in\\.",
    "square foot": "square[ -](?:feet|foot)|sq\\.? ?ft",
    "square mile": "square[ -]miles?|sq\\.? ?mi",
    "foot": "feet|foot|ft",
    "yard": "yards?|yds?",
    "mile": "miles? per hour|miles?|mph|mi",
    "knot": "knots?|nautical miles?",
    "km²": "square[ -]kilomet(?:re|er)s?|sq\\.? ?km|km²|km2",
    "m²": "square[ -]met(?:re|er)s?|sq\\.? ?m|m²|m2",
    "km": "kilomet(?:re|er)s?|kms?/?h?|kph",
    "m": "met(?:re|er)s?",
    "cm": "centimet(?:re|er)s?|cm",
    "mm": "millimet(?:re|er)s?|mm",
    "ounce": "ounces?|oz",
    "stone": "stone",
    "kg": "kilogram(?:me)?s?|kilos?|kgs?",
    "g": "gram(?:me)?s?|g",
    "ton": "(?:metric )?ton(?:ne)?s?",
    "acre": "acres?",
    "hectare": "hectares?|ha",
    "gallon": "gallons?",
    "pint": "pints?",
    "litre": "lit(?:re|er)s?",
    "°F": "degrees? fahrenheit|° ?F|F",
    "°C": "degrees? (?:celsius|centigrade)|° ?C|C",
    "degree": "degrees?|°",
}
_FR = {
    "%": r"%|pour ?cent|p\. ?cent|p\. ?100|p\.c\.|points? de pourcentage|points?",
    "dollar": r"dollars?|\$ ?US|\$ ?CA|US ?\$|\$|USD|billets verts",
    "pound": "livres? sterlings?|livres?(?! turques?)|£|lbs?|GBP|sterlings?",
    "euro": "euros?|€|EUR",
    "yen": "yens?|¥|JPY",
    "yuan": "yuans?|renminbis?|RMB",
    "rupee": "roupies?|₹|INR",
    "rouble": "roubles?|₽|RUB",
    "franc": "francs?|CHF",
    "peso": "pesos?",
    "krona": "couronnes?|SEK|NOK|DKK",
    "won": "wons?",
    "real": "reais|réais|réaux|réals?",
    "rand": "rands?",
    "shekel": "shekels?",
    "lira": "lires?|livres turques",
    "zloty": "zlotys?",
    "dirham": "dirhams?",
    "riyal": "ri[yj]als?",
    "naira": "nairas?",
    "shilling": "shillings?",
    "baht": "bahts?",
    "inch": "pouces?",
    "square foot": "pieds? carrés?",
    "square mile": "mil(?:le|e)s? carrés?",
    "foot": "pieds?",
    "yard": "yards?|verges?",
    "mile": "mil(?:le|e)s? (?:à l'heure|par heure)|mph|miles?|milles?",
    "knot": "nœuds?|noeuds?|mil(?:le|e)s? (?:marins?|nautiques?)",
    "km²": "kilomètres? carrés?|km²|km2",
    "m²": "mètres? carrés?|m²|m2",
    "km": "kilomètres?(?:[-/ ]heure| à l'heure| par heure)?|km/h|kms?",
    "m": "mètres?|m",
    "cm": "centimètres?|cm",
    "mm": "millimètres?|mm",
    "ounce": "onces?",
    "stone": "stones?",
    "kg": "kilogrammes?|kilos?|kg",
    "g": "grammes?|g",
    "ton": "tonnes?",
    "acre": "acres?",
    "hectare": "hectares?|ha",
    "gallon": "gallons?",
    "pint": "pintes?",
    "litre": "litres?|l",
    "°F": "degrés? fahrenheit|° ?F",
    "°C": "degrés? celsius|° ?C",
    "degree": "degrés?|°",
}
_EN["%"] = "%|" + _EN["%"].removeprefix("% ")
_SIGNS = MappingProxyType(
    {"$": "dollar", "£": "pound", "€": "euro", "¥": "yen", "₹": "rupee", "₽": "rouble", "₩": "won"}
)
_PREFIX_CODES = MappingProxyType(
    {"Rs": "rupee", "CHF": "franc", "EUR": "euro", "USD": "dollar", "GBP": "pound", "JPY": "yen"}
)
PREFIX = r"(?:(?:US|U\.S\.|C|CA|Can|A|AU|NZ|HK|S|NT)?\$|R\$|[£€¥₹₽₩]|(?<![A-Za-z])(?:Rs\.?|CHF|EUR|USD|GBP|JPY))"
"""Regular expression of a currency sign or code before a figure."""


PERIODS: MappingProxyType[str, int] = MappingProxyType(
    {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800, "month": 2629800, "year": 31557600}
)
"""Seconds in a unit of time; a month is a twelfth of a Julian year."""
_PERIOD_WORDS: dict[Lang, dict[str, str]] = {
    "en": {f"{name}{s}": name for name in PERIODS for s in ("", "s")},
    "fr": {
        **dict.fromkeys(("seconde", "secondes"), "second"), **dict.fromkeys(("minute", "minutes"), "minute"),
        **dict.fromkeys(("heure", "heures"), "hour"), **dict.fromkeys(("jour", "jours", "journées"), "day"),
        **dict.fromkeys(("semaine", "semaines"), "week"), "mois": "month",
        **dict.fromkeys(("an", "ans", "année", "années"), "year"),
    },
}  # fmt: skip
_NEXT_WORDS = re.compile(r"[ -]((?:[^\W\d_]|[\u0300-\u036f])+)(?:[ -]((?:[^\W\d_]|[\u0300-\u036f])+))?")
_BETWEEN = frozenset(
    "long more straight consecutive full whole further additional calendar working last past next other extra business"
    " longs longues dernières derniers prochaines prochains longues pleines autres bonnes courtes petites premières"
    " premiers".split()
)


def period_after(text: str, at: int, lang: Lang) -> tuple[str, int]:
    """Unit of time that follows a figure ending at `at` in plain text: (name, its end), ("", at) where there is none.

    One word may stand between ("six long months"), if it is of those that do.
    """
    match = _NEXT_WORDS.match(text, at)
    if match is None:
        return "", at
    for group in (1, 2):
        word = unicodedata.normalize("NFC", match[group] or "").lower()
        if word in _PERIOD_WORDS[lang]:
            return _PERIOD_WORDS[lang][word], match.end(group)
        if word not in _BETWEEN:
            break
    return "", at


def either_form(pattern: str) -> str:
    """The pattern with each accented letter, none of them in a class, matched composed (NFC) or decomposed (NFD)."""
    return re.sub("[à-ÿÀ-Ý]", lambda m: f"(?:{m.group()}|{unicodedata.normalize('NFD', m.group())})", pattern)


@cache
def _units(lang: Lang) -> tuple[re.Pattern[str], tuple[str, ...]]:
    table = _EN if lang == "en" else _FR
    names = tuple(table)
    inner = "|".join(f"(?P<u{i}>{either_form(table[n])})" for i, n in enumerate(names))
    lead = r"[ -]?" if lang == "en" else r" ?-?(?:(?:de|d') ?)?"
    return re.compile(rf"{lead}(?:{inner})(?![^\W\d_]|-\d)", re.IGNORECASE), names


def prefix_unit(sign: str) -> str:
    """Family of a currency sign or code that stands before a figure ("US$" → "dollar"); "" of an empty string."""
    if not sign:
        return ""
    if sign == "R$":
        return "real"
    return _SIGNS.get(sign[-1]) or _PREFIX_CODES.get(sign.rstrip("."), "")


def unit_after(text: str, at: int, lang: Lang) -> tuple[str, int]:
    """Unit that follows a figure ending at `at` in plain text: (name, its end), ("", at) where there is none."""
    if at >= len(text):
        return "", at
    pattern, names = _units(lang)
    match = pattern.match(text, at)
    if match is None or match.lastgroup is None:
        return "", at
    return names[int(match.lastgroup[1:])], match.end()


def in_base(value: Fraction, unit: str) -> tuple[str, Fraction]:
    """(dimension, value in its base unit: m, kg, m², l, °C); ("", value) of what is no measure."""
    measure = MEASURES.get(unit)
    if measure is None:
        return "", value
    if unit == "°F":
        return measure.dimension, (value - 32) * measure.factor
    return measure.dimension, value * measure.factor


def is_money(unit: str) -> bool:
    """True of a currency; "pound" counts, though it may be a weight."""
    return unit in CURRENCIES
