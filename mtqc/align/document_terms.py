"""What a text is about, as weighted terms that do not depend on its language.

Numbers by their value, names by their sound, words by the stem of the French word (of an English word, those the
lexicon knows as its translations).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from mtqc.align.lexicon import french_stem, key, lexicon
from mtqc.text import name_data
from mtqc.text.names import parts, sounds
from mtqc.text.numbers import quantities
from mtqc.text.tokens import words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST = 60_000
"""Characters of a text whose terms are used, from its beginning: ten thousand words say what it is about."""
TRANSLATIONS = 5
"""French words that stand for an English one, at most."""
LEAST_SHARE = 0.04
"""Of an English word's links, for a French one to stand for it."""
ARTICLE = 400
"""Words of an article from which the language's own frequencies are reckoned: short news."""
_NAME, _NUMBER = "@", "#"
_CORPUS = 24e6
"""Words behind mtqc.text.name_data.word_use."""


@dataclass(frozen=True, slots=True)
class Features:
    """What is kept of a text: its terms by number, ascending, how much of each there is, and its characters."""

    terms: NDArray[np.int32]
    counts: NDArray[np.float32]
    length: int


@dataclass
class Vocabulary:
    """The terms met so far, by number."""

    numbers: dict[str, int] = field(default_factory=dict)
    shares: list[float] = field(default_factory=list)
    """Of each term: how many of 1 articles have it, by the frequencies of the language at large."""

    def features(self, text: str, lang: str) -> Features:
        """Of an English or French text."""
        import numpy as np

        counted = sorted((self._number(term), count) for term, count in terms(text[:MOST], lang).items())
        ids = np.fromiter((number for number, _ in counted), dtype=np.int32, count=len(counted))
        counts = np.fromiter((count for _, count in counted), dtype=np.float32, count=len(counted))
        return Features(ids, counts, len(text))

    def by_kind(self, *, name: float, number: float) -> NDArray[np.float32]:
        """For each term: `name` where it is a name, `number` where it is a number, else 1."""
        import numpy as np

        of = {_NAME: name, _NUMBER: number}
        return np.array([of.get(term[0], 1.0) for term in self.numbers], dtype=np.float32)

    def _number(self, term: str) -> int:
        number = self.numbers.setdefault(term, len(self.numbers))
        if number == len(self.shares):
            self.shares.append(_share(term))
        return number


def terms(text: str, lang: str) -> dict[str, float]:
    """The terms of an English or French text and how much of each there is, repetition counting ever less."""
    counts: Counter[str] = Counter()
    for line in text.splitlines():
        counts.update(_of_line(line, lang))
    found: dict[str, float] = {}
    for term, n in counts.items():
        for neutral, share in _neutral(term, lang):
            found[neutral] = found.get(neutral, 0.0) + share * (1 + math.log(n))
    return found


def _of_line(line: str, lang: str) -> Iterator[str]:
    for word in words(line):
        if not word.is_number and len(word.norm) > 1 and word.norm[-1] != "'":
            yield key(word.norm)
    for part in parts(line):
        if part.code or not part.initial:
            yield _NAME + sounds(part.norm, lang)
    for quantity in quantities(line, "en" if lang == "en" else "fr"):
        if not quantity.vague and not quantity.weak:
            yield f"{_NUMBER}{quantity.value}"


def _neutral(term: str, lang: str) -> tuple[tuple[str, float], ...]:
    if term[0] in (_NAME, _NUMBER):
        return ((term, 1.0),)
    return _translated(term) if lang == "en" else ((_stem(term), 1.0),)


@lru_cache(maxsize=1 << 16)
def _translated(word: str) -> tuple[tuple[str, float], ...]:
    shares: dict[str, float] = {}
    for french, share in lexicon().translations(word, TRANSLATIONS) or ((word, 1.0),):
        if share >= LEAST_SHARE:
            stem = _stem(french)
            shares[stem] = shares.get(stem, 0.0) + share
    return tuple(shares.items())


@lru_cache(maxsize=1 << 16)
def _stem(word: str) -> str:
    return name_data.key(french_stem(word)) or word


@lru_cache(maxsize=1)
def _frequencies() -> dict[str, float]:
    """Of each stem: its words' share of all French words."""
    found: dict[str, float] = {}
    for word in name_data.known_words("fr"):
        stem = _stem(key(word))
        found[stem] = found.get(stem, 0.0) + 2.0 ** name_data.word_use(word, "fr").log_count / _CORPUS
    return found


def _share(term: str) -> float:
    return 1 - math.exp(-ARTICLE * _frequencies().get(term, 0.0))


def joined(one: Features, other: Features) -> Features:
    """The mean of what two readings of a text say of it: its own words, say, and their back-translation."""
    import numpy as np

    terms, places = np.unique(np.concatenate([one.terms, other.terms]), return_inverse=True)
    counts = np.bincount(places, np.concatenate([one.counts, other.counts]) / 2).astype(np.float32)
    return Features(terms, counts, one.length)
