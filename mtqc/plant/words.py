"""Small facts and helpers that several kinds share: elision, case, links between words, replacing one word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from mtqc.text.name_data import key, translations
from mtqc.text.tokens import Word, plain, words

VOWELS = "aeiouyàâäéèêëîïôöùûüœæ"
ELIDES = frozenset("le la de que je ne ce se me te jusque lorsque puisque quelque si du au ma ta sa cette".split())
"""Words that take another form before a vowel; those after them are replaced by words that begin alike."""
_LEAST_LETTERS = 4
_INFLECTED = 2


def begins_with_vowel(word: str) -> bool:
    """True of a word before which « le » becomes « l’ » (a mute h is not told from another)."""
    return word[:1].lower() in VOWELS + "h"


def fits(text: str, start: int, old: str, new: str) -> bool:
    """True where `new` may stand for `old` at `start` without breaking an elision before it."""
    before = text[:start].rstrip("\u00a0 ")
    if begins_with_vowel(old) == begins_with_vowel(new) and "h" not in (old[:1] + new[:1]).lower():
        return True
    if text[start - 1 : start] in {"'", "’"} and start:
        return False
    last = re.search(r"[\w-]+$", before)
    return last is None or last.group().lower() not in ELIDES


def like(old: str, new: str) -> str:
    """`new` with the capitals of `old`: « Avant » → « Après »."""
    if len(old) > 1 and old.isupper():
        return new.upper()
    return new[:1].upper() + new[1:] if old[:1].isupper() else new


def has(pattern: str, text: str) -> bool:
    """True where one of the words (alternatives of a regular expression) stands in the text, case ignored."""
    return _pattern(pattern).search(plain(text)) is not None


@lru_cache(maxsize=512)
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])", re.IGNORECASE)


def found(pattern: str, text: str, *, flags: re.RegexFlag = re.IGNORECASE) -> Iterator[re.Match[str]]:
    """Matches of a pattern, as whole words, in the text made plain: same offsets."""
    return re.finditer(rf"(?<![\w-])(?:{pattern})(?![\w-])", plain(text), flags)


def lower_words(text: str, letters: int = _LEAST_LETTERS) -> list[Word]:
    """Words in lower case with at least so many letters, none elided or hyphenated."""
    return [w for w in words(text) if len(w.norm) >= letters and w.norm.isalpha() and w.norm.islower()]


def links(english: str, french: str) -> dict[int, int]:
    """Offsets of English words → offsets of the only French word that is known to translate them.

    Of content words in lower case: by the shipped table of word pairs, inflected forms by their beginning. A word that
    has two candidates, or stands twice, is left out: what remains is nearly always right.
    """
    en, fr = lower_words(english), lower_words(french)
    once = {w.norm for w in en if sum(v.norm == w.norm for v in en) == 1}
    pairs = [(w, v) for w in en if w.norm in once for v in fr if _translates(w.norm, v.norm)]
    lefts, rights = [w.start for w, _ in pairs], [v.start for _, v in pairs]
    return {w.start: v.start for w, v in pairs if lefts.count(w.start) == 1 and rights.count(v.start) == 1}


@lru_cache(maxsize=1 << 16)
def _translates(english: str, french: str) -> bool:
    forms = translations(english)
    if french in forms:
        return True
    return any(_same_lemma(form, french) for form in forms if len(form) > _LEAST_LETTERS)


def _same_lemma(one: str, other: str) -> bool:
    shared = 0
    for a, b in zip(key(one), key(other), strict=False):
        if a != b:
            break
        shared += 1
    return shared > _LEAST_LETTERS and max(len(one), len(other)) - shared <= _INFLECTED


def word_at(text: str, start: int) -> Word:
    """The word that begins at `start`. Raises KeyError where none does."""
    return {w.start: w for w in words(text)}[start]


def unbalanced(text: str, start: int, end: int) -> bool:
    """True where a cut at these places would leave a quotation mark or bracket without its partner."""
    inner = text[start:end]
    return any(inner.count(a) != inner.count(b) for a, b in ("«»", "“”", "()", "[]")) or inner.count('"') % 2 == 1


SENTENCE_END = re.compile(r"[.!?…]+[\s»”\")]*\Z")


def body_end(text: str) -> int:
    """Where the sentence's closing marks begin: what is put in before them still belongs to the sentence."""
    match = SENTENCE_END.search(text)
    return match.start() if match else len(text.rstrip())
