"""How much an English and a French sentence say the same, judged by words alone: no model, no order."""

from __future__ import annotations

from functools import lru_cache

from mtqc.text.name_data import exonyms, key, stems, translations, word_use
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
    content = [w for w in words(english) if _is_content(w)]
    if not content:
        return 0.0
    found = frozenset(key(w.norm) for w in words(french))
    begins = frozenset(f[:PREFIX] for f in found if len(f) >= PREFIX)
    return sum(_has_counterpart(w, found, begins) for w in content) / len(content)


def _is_content(word: Word) -> bool:
    if word.is_number:
        return True
    return len(word.norm) > 3 and word_use(word.norm, "en").log_count < FUNCTION_COUNT


def _has_counterpart(word: Word, found: frozenset[str], begins: frozenset[str]) -> bool:
    own = key(word.norm)
    if own in found or (len(own) > PREFIX and own[:PREFIX] in begins):
        return True
    known = {key(t) for t in (*translations(word.norm), *translations(word.norm.lower()))}
    if not known.isdisjoint(found) or not found.isdisjoint(exonyms(word.norm)):
        return True
    begin = stems(word.norm) if word.is_capital else ()
    return any(f.startswith(begin) for f in found) if begin else False
