"""Word links inside a bead from spelling alone: numbers, identical words, cognates. Few, and nearly all right.

One-to-one competitive linking (Melamed 2000): the best pair first, then the best of the words still free.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import JaroWinkler, Levenshtein
from rapidfuzz.process import cdist

from mtqc.align.vectors import bare
from mtqc.text.tokens import Word, words

LIKENESS = 0.68
"""Mean of Levenshtein and Jaro-Winkler similarity from which two words pass for cognates."""
LETTERS = 4
"""Lower-case words shorter than this are linked to none: “on”, “or”, “car”, “son” are words in both languages."""
COGNATE_LETTERS = 5
"""Lower-case words shorter than this are linked only to the identical word: “been” and “bien”, “more” and “mort”."""
OFF_DIAGONAL = 0.5
"""What a pair loses for each unit of distance between its words' relative places (0 to 1)."""
ENOUGH = 0.65
"""Score from which a pair is linked."""
_NO_DIGIT = re.compile(r"\D+")


@dataclass(frozen=True, slots=True, order=True)
class WordLink:
    """Words `source` and `target` (indices into `words(text)`) correspond; `score` 0 to 1, of likeness and place."""

    source: int
    target: int
    score: float


def word_links(source_text: str, target_text: str) -> tuple[WordLink, ...]:
    """Links between the words of an English and a French text, in the order of the English words; each word at most
    once.
    """
    return link_spellings(words(source_text), words(target_text))


def link_spellings(english: tuple[Word, ...], french: tuple[Word, ...]) -> tuple[WordLink, ...]:
    """`word_links` between words that somebody else found."""
    if not english or not french:
        return ()
    scores = _likeness(english, french) - OFF_DIAGONAL * _distance(len(english), len(french))
    free = np.ones(len(english), bool), np.ones(len(french), bool)
    links = []
    for cell in np.argsort(-scores, axis=None, kind="stable"):
        i, j = divmod(int(cell), len(french))
        if scores[i, j] < ENOUGH:
            break
        if free[0][i] and free[1][j]:
            free[0][i] = free[1][j] = False
            links.append(WordLink(i, j, round(float(scores[i, j]), 3)))
    return tuple(sorted(links))


def _distance(sources: int, targets: int) -> NDArray[np.float64]:
    """|difference| of the words' relative places."""
    return np.abs(((np.arange(sources) + 0.5) / sources)[:, None] - ((np.arange(targets) + 0.5) / targets)[None])


def _likeness(english: tuple[Word, ...], french: tuple[Word, ...]) -> NDArray[np.float64]:
    """1 for identical words and equal numbers, LIKENESS to 1 for cognates, else -1."""
    left, right = [_spelling(w) for w in english], [_spelling(w) for w in french]
    alike = (
        cdist(left, right, scorer=Levenshtein.normalized_similarity)
        + cdist(left, right, scorer=JaroWinkler.normalized_similarity)
    ) / 2.0
    exact = np.outer([_exact(w) for w in english], np.ones(len(french))) + [_exact(w) for w in french] > 0
    alike[(alike < LIKENESS) | (exact & (alike < 1))] = -1
    alike[~np.outer([_counts(w) for w in english], [_counts(w) for w in french])] = -1
    return np.asarray(alike, float)


def _spelling(word: Word) -> str:
    return _NO_DIGIT.sub("", word.norm) if word.is_number else bare(word.norm)


def _exact(word: Word) -> bool:
    """Numbers and short words are not like another: they are the same or not."""
    return word.is_number or (len(word.norm) < COGNATE_LETTERS)


def _counts(word: Word) -> bool:
    return word.is_number or len(word.norm) >= LETTERS or (len(word.norm) > 1 and word.is_capital)
