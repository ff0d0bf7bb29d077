"""How much an English and a French sentence say the same, judged by words alone: no model, no order."""

from __future__ import annotations

from functools import lru_cache

from mtqc.text.name_data import exonyms, key, stems, translations, word_use
from mtqc.text.names import word_keys
from mtqc.text.tokens import Word, words

FUNCTION_COUNT = 14
"""log2 of a word's count in some 24 million words from which on it says nothing about a sentence's matter."""
PREFIX = 5


@lru_cache(maxsize=4096)
def likeness(english: str, french: str) -> float:
    """Share of the English content words (names and numbers too) that have a counterpart in the French, 0 to 1.

    A counterpart is the same word but for accents, one that begins with the same five letters, or one of the French
    words that the table of pairs knows. 0 where the English has no content word.
    """
    content = _content(english)
    if not content:
        return 0.0
    found, begins = _french(french)
    return sum(_has_counterpart(w, found, begins) for w in content) / len(content)


@lru_cache(maxsize=4096)
def is_unlike(english: str, french: str, most: float) -> bool:
    """True where likeness(english, french) is `most` at most; quicker, since most pairs are told by a few words."""
    content = _content(english)
    found, begins = _french(french)
    matched = 0
    for w in content:
        matched += _has_counterpart(w, found, begins)
        if matched > most * len(content):
            return False
    return True


@lru_cache(maxsize=512)
def _content(english: str) -> tuple[Word, ...]:
    """The words that say what a sentence is about; those first that are the quickest to find in another language."""
    return tuple(sorted(filter(_is_content, words(english)), key=lambda w: not (w.is_number or w.is_capital)))


@lru_cache(maxsize=512)
def _french(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Keys of the words, and the first letters of the longer ones."""
    found = word_keys(text)
    return found, frozenset(f[:PREFIX] for f in found if len(f) >= PREFIX)


def _is_content(word: Word) -> bool:
    if word.is_number:
        return True
    return len(word.norm) > 3 and word_use(word.norm, "en").log_count < FUNCTION_COUNT


def _has_counterpart(word: Word, found: frozenset[str], begins: frozenset[str]) -> bool:
    own = key(word.norm)
    if own in found or (len(own) > PREFIX and own[:PREFIX] in begins):
        return True
    if any(key(t) in found for t in _called(word.norm)):
        return True
    begin = stems(word.norm) if word.is_capital else ()
    return any(f.startswith(begin) for f in found) if begin else False


@lru_cache(maxsize=1 << 14)
def _called(norm: str) -> tuple[str, ...]:
    return (*translations(norm), *translations(norm.lower()), *exonyms(norm))
