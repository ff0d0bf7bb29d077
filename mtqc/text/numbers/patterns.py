"""Regular expressions of what is written with digits. All run on plain text (`scan.flatten`)."""

from __future__ import annotations

import re
from types import MappingProxyType

from mtqc.text.numbers.model import Lang
from mtqc.text.numbers.units import PREFIX, either_form

_SKIP = (
    r"(?P<skip>(?<!\w)(?:https?://\S+|www\.\S+)|[\w.+-]+@\S+|(?<!\w)[#@]\w*[^\W\d_]\w*|\d+(?:\.\d+){2,}"
    r"|\(?\d{3}\)?[ -]\d{3}-\d{4}|(?<!\d)0\d{1,4}(?: \d{2,4}){2,}|\d+\([a-z]\)|&#\d+;)"
)
_DATE = r"(?P<date>(?<![\d/-])(?:\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d\d)))(?![\d/-])"
_SLASH = r"(?P<slash>(?<![\d/])\d{1,4}/\d{1,4}(?![\d/]))"
_CODE = (
    r"(?P<code>(?<![\w$.])(?:(?!(?:Rs|CHF|EUR|USD|GBP|JPY|Sh)\d|(?:Mid|Pre|Post|Late|Early|Non|Anti|Top|Mi)-)"
    r"[A-Z][A-Za-z]*-?|[a-z]+|[A-Z][a-z]+[A-Z]-)\d\w*(?:-\d+)?(?![\d.,]*\s?%)|(?<![\w.,-])\d+(?:[A-Z]\w*(?!\w)|x\d+))"
)
_EN_CLOCK = (
    r"(?P<clock>(?<![\d.,:$£€])(?P<h>[01]?\d|2[0-4])(?:[:.](?P<mi>[0-5]\d))? ?(?P<ap>[ap])\.?m\b\.?"
    r"|(?<![\d:.,])(?P<h2>[01]?\d|2[0-4]):(?P<mi2>[0-5]\d)(?::\d\d)?(?![\d:])|(?<!\d)(?P<h3>\d{1,2}) ?o'clock"
    r"|(?<!\d)(?P<h4>\d{1,2})(?= (?:in the (?:after|eve|morn)|at night))"
    r"|(?<![\d.,])(?P<hm>[0-2]\d[0-5]\d)(?= (?:GMT|UTC|hours|hrs)))"
)
_FR_CLOCK = (
    r"(?P<clock>(?<![\d.,:])(?P<h>[01]?\d|2[0-4]) ?(?:heures?|[hH])(?: ?(?P<mi>[0-5]\d|\d(?=[,.;]))(?!\d))?(?!\w)"
    r"|(?<![\d.,])(?P<h4>[01]?\d|2[0-4])\.(?P<hm>[0-5]\d)(?= ?(?:heures?|h)\b)"
    r"|(?<![\d:.,])(?P<h2>[01]?\d|2[0-4]):(?P<mi2>[0-5]\d)(?::\d\d)?(?![\d:])"
    r"|(?P<h3>(?!x)x))"
)
_EN_FEET = (
    r"(?P<feet>(?<![\w.])(?P<ft>\d)[ -]?(?:ft\.?|feet|foot|')[ -]?(?P<in>\d{1,2})"
    r"(?! ?(?:years|people))(?!\d)(?: ?(?:inch(?:es)?|in\b|\"))?)"
)
_FR_FEET = either_form(r"(?P<feet>(?<![\w.,])(?P<ft>\d) ?m(?:ètres?)? ?(?P<in>\d\d)(?!\d|[ .,]\d))")
_EN_ORDINAL = r"(?P<ordinal>\d[\d,]*(?:st|nd|rd|th)\b)"
_FR_ORDINAL = either_form(
    r"(?P<ordinal>(?<![\d,.])\d[\d ]*?(?:er|ère|re|e|è|ème|eme|ième|nde|nd|ᵉ)s?(?![\w\u0300-\u036f]))"
)
_DECADE = r"(?P<decade>(?<![\d.,$£€])(?:'\d0s?|(?:1[6-9]|20)?\d0'?s)\b)"
_EN_NUMBER = (
    r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|[1-9]\d{0,2}(?: \d{3})+(?![\d,]|\.\d)|\d+,(?:\d{1,2}|\d{4})(?![\d,]|-\d)"
    r"|\d+(?:\.\d+)?|(?<![\w.])\.\d+"
)
_FR_NUMBER = (
    r"\d{1,3}(?: \d{3})+(?!\d)(?:[.,]\d+)?|\d{1,3}(?:\.\d{3})+(?!\d)(?:,\d+)?|\d{1,3}(?:,\d{3}){2,}(?!\d)(?:\.\d+)?"
    r"|\d{1,3}(?:,\d{3})+\.\d+|\d+(?:[.,]\d+)?"
)


def _number(form: str) -> str:
    return rf"(?P<num>(?:(?P<cur>{PREFIX}) ?)?(?P<fig>{form})(?P<half> ?[½¼¾]|[ -](?:1/2|1/4|3/4)(?!\d))?)"


DIGITS: MappingProxyType[Lang, re.Pattern[str]] = MappingProxyType(
    {
        "en": re.compile(
            "|".join(
                (_SKIP, _EN_CLOCK, _DATE, _SLASH, _EN_FEET, _EN_ORDINAL, _DECADE, _CODE, _number(_EN_NUMBER)),
            )
        ),
        "fr": re.compile(
            "|".join(
                (_SKIP, _FR_CLOCK, _DATE, _SLASH, _FR_FEET, _FR_ORDINAL, _DECADE, _CODE, _number(_FR_NUMBER)),
            )
        ),
    }
)
"""Everything with a digit in it; the group that matched tells what it is."""

WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*")
MAGNITUDE: MappingProxyType[Lang, re.Pattern[str]] = MappingProxyType(
    {
        "en": re.compile(r"[ -]?(?P<m>thousand|million|billion|trillion|mln|bln|bn|mn|tn|[kKmMbB](?=\b))s?\b", re.I),
        "fr": re.compile(
            r"[ -]?(?P<m>mille|milliers?|millions?|milliards?|billions?|trillions?|Mds?|Mrds?|k|M)(?![^\W\d_])", re.I
        ),
    }
)
"""Magnitude word or letter after a figure."""
ROMAN = re.compile(
    r"(?<![\w.'-])(?=[IVXLCDM][IVXLCDMeè])(M{0,3})(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})(e|er|ème|ᵉ)?(?![\w'])"
)
