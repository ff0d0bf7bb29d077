"""Light checks on a sentence pair. The sets were cleaned when they were made; this says what still slips through."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from mtqc.translate.normalise import normalise

LONGEST = 200
"""Words a side."""
RATIO = 2.5
"""Characters of the longer side over those of the shorter, from SHORT characters on. Of the authored pairs, all ours,
1 in 1,000 lies above 2.2; 2.5 leaves room for short sentences."""
SHORT = 30
LETTERS = 0.55
"""Least share of letters and spaces among the characters; sentences full of figures lie at 0.6 to 0.7."""

_SPECIAL = re.compile(r"[^\S ]|  |[\u00ad\u200b-\u200d\u2060\ufeff]|^ | $")
_CODE = re.compile(r"https?:|www\.|[{}<>\\|_=~^`]|\w\(\)|\w/\w+/")
_DIGITS = re.compile(r"\d+")
_SEPARATOR = re.compile(r"(?<=\d)[ \u00a0\u202f.,](?=\d{3}(?!\d))")
_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH = frozenset(
    "the of and to in is that for it was on with as are this be by at from not have has he she they".split()
)
_FRENCH = frozenset(
    "le la les de des du et est que qui dans pour une un sur pas au aux avec sont cette il elle ne ce".split()
)


def normal(text: str) -> str:
    """What `mtqc.translate.normalise.normalise` makes of the text; quick where nothing is to be done."""
    if _SPECIAL.search(text) is None and (text.isascii() or unicodedata.is_normalized("NFC", text)):
        return text
    return normalise(text).text


def fault(en: str, fr: str, *, trusted: bool = False) -> str | None:
    """Why this normalised pair should not be learnt, in a word or two. Trusted text only has to be text."""
    if not en or not fr:
        return "empty side"
    if trusted:
        return None
    checks = (
        ("code or address", _code),
        ("too long", _long),
        ("length ratio", _ratio),
        ("few letters", _few_letters),
        ("same on both sides", _same),
        ("wrong language", _wrong_language),
        ("numbers differ", _numbers_differ),
    )
    return next((name for name, check in checks if check(en, fr)), None)


def _code(en: str, fr: str) -> bool:
    return bool(_CODE.search(en) or _CODE.search(fr))


def _long(en: str, fr: str) -> bool:
    return max(en.count(" "), fr.count(" ")) >= LONGEST


def _ratio(en: str, fr: str) -> bool:
    longer, shorter = max(len(en), len(fr)), min(len(en), len(fr))
    return longer > SHORT and longer > RATIO * shorter


def _few_letters(en: str, fr: str) -> bool:
    return any(sum(c.isalpha() or c == " " for c in text) < LETTERS * len(text) for text in (en, fr))


def _same(en: str, fr: str) -> bool:
    return en.casefold() == fr.casefold()


def _wrong_language(en: str, fr: str) -> bool:
    return _lean(en) < -1 or _lean(fr) > 1


def _lean(text: str) -> int:
    """English function words less French ones."""
    words = _WORD.findall(text.lower())
    return sum(w in _ENGLISH for w in words) - sum(w in _FRENCH for w in words)


def figures(text: str) -> Counter[str]:
    """The runs of digits of the text, thousands joined: 1,234.5 and 1 234,5 give the same."""
    return Counter(_DIGITS.findall(_SEPARATOR.sub("", text)))


def _numbers_differ(en: str, fr: str) -> bool:
    return figures(en) != figures(fr)
