"""Quantities written out: in French as a newspaper would, and in full for a message."""

from __future__ import annotations

from fractions import Fraction
from math import floor

from mtqc.text.numbers.model import Quantity

THIN = "\u202f"
"""Narrow no-break space: between groups of three digits and before a sign (Imprimerie nationale, CLDR fr)."""
NO_BREAK = "\u00a0"
_SCALE = ((10**12, "mille milliards"), (10**9, "milliard"), (10**6, "million"))
_ENGLISH_SCALE = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))
_MONEY = {"dollar": "dollar", "pound": "livre", "euro": "euro", "yen": "yen", "yuan": "yuan", "rupee": "roupie",
          "rouble": "rouble", "franc": "franc", "peso": "peso", "krona": "couronne"}  # fmt: skip
_ELIDES = "aeiou"


def french_number(value: Fraction, decimals: int = 0) -> str:
    """1500 → "1 500" (narrow no-break space), 7.16 with 2 decimals → "7,16"."""
    text = f"{float(round(value, decimals)):,.{decimals}f}" if decimals else f"{floor(value):,}"
    return text.replace(",", THIN).replace(".", ",")


def decimals_of(value: Fraction, most: int = 3) -> int:
    """How many decimals show the value exactly, `most` at the most."""
    return next((n for n in range(most + 1) if (value * 10**n).denominator == 1), most)


def french(quantity: Quantity) -> str:
    """How a French newspaper would write the quantity: "97,4 milliards de dollars", "7,16 %", "15 h 30"."""
    if quantity.kind == "clock":
        hours, minutes = floor(quantity.value), round((quantity.value % 1) * 60)
        return f"{hours}{NO_BREAK}h" + (f"{NO_BREAK}{minutes:02d}" if minutes else "")
    if quantity.kind == "ordinal":
        return f"{floor(quantity.value)}{'er' if quantity.value == 1 else 'e'}"
    if quantity.kind in {"year", "decade"}:
        return str(floor(quantity.value))
    number, big = _scaled(quantity.value)
    return f"{number}{THIN}%" if quantity.unit == "%" else _with_currency(number, big, quantity)


def written(quantity: Quantity, lang: str) -> str | None:
    """How a newspaper in that language would write it. In English a number, a percentage, a year or an amount only."""
    if lang == "fr":
        return french(quantity)
    if quantity.kind in {"year", "ordinal", "decade", "clock"} or (quantity.unit not in {"", "%", *_MONEY}):
        return str(floor(quantity.value)) if quantity.kind == "year" else None
    size, name = next(((s, n) for s, n in _ENGLISH_SCALE if quantity.value >= s), (1, ""))
    decimals = decimals_of(quantity.value / size)
    number = f"{float(quantity.value / size):,.{decimals}f}"
    if quantity.unit == "%":
        return f"{number}%"
    unit = quantity.unit + "s" * (quantity.unit not in {"yen", "yuan", ""} and quantity.value != 1)
    return " ".join(filter(None, (number, name, unit)))


def _with_currency(number: str, big: bool, quantity: Quantity) -> str:
    name = _MONEY.get(quantity.unit)
    if name is None:
        return number
    if quantity.value >= 2:
        name += "s"
    if big:
        return number + (f" d'{name}" if name[0] in _ELIDES else f" de {name}")
    return f"{number}{NO_BREAK}{name}"


def _scaled(value: Fraction) -> tuple[str, bool]:
    for size, name in _SCALE:
        if value >= size and decimals_of(value / size) <= 2 and value / size < 1000:
            count = value / size
            plural = "s" if count >= 2 and " " not in name else ""
            shown = "" if count == 1 and " " in name else french_number(count, decimals_of(count)) + NO_BREAK
            return f"{shown}{name}{plural}", True
    return french_number(value, decimals_of(value)), False


def in_full(quantity: Quantity) -> str:
    """The value for a message in English: "1,200,000,000", "7.16", "15:30"."""
    if quantity.kind == "clock":
        return f"{floor(quantity.value):02d}:{round((quantity.value % 1) * 60):02d}"
    if quantity.kind in {"year", "decade"}:
        return str(floor(quantity.value))
    decimals = decimals_of(quantity.value)
    return f"{float(quantity.value):,.{decimals}f}"
