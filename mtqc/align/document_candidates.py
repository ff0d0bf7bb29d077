"""For each text of one side the likeliest of the other, by an inverted index of their terms."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mtqc.align.document_terms import Features, Vocabulary

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

PRIOR = 30.0
"""Articles that the frequencies of the language at large count for, beside those of the texts at hand."""
NAME, NUMBER = 0.5, 0.7
"""What a name (beside its words) and a number weigh, in words that are as rare; confidence counts them by themselves.
Of 0 to 1.6 and 0.4 to 2.5, these have the highest likelihood on the tuning half."""
CANDIDATES = 8
"""Texts of the other side that are looked at for each."""


@dataclass(frozen=True, slots=True)
class Side:
    """The texts of one side as rows of weighted terms, each of length 1; `norms`: their lengths before."""

    terms: tuple[NDArray[np.int32], ...]
    weights: tuple[Floats, ...]
    norms: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Of each text its likeliest counterparts, best first, and their likeness: the cosine, 0 to 1."""

    places: list[list[int]]
    scores: list[list[float]]

    def of(self, own: int) -> Iterator[tuple[int, float]]:
        """(place, likeness) of the candidates that share anything with this text."""
        return ((place, s) for place, s in zip(self.places[own], self.scores[own], strict=True) if s > 0)

    def score(self, own: int, other: int) -> float | None:
        """The likeness of the two; None where the other is no candidate."""
        places = self.places[own]
        return self.scores[own][places.index(other)] if other in places else None

    def nearest(self) -> dict[int, int]:
        """Of each text that has any, the first candidate."""
        return {own: places[0] for own, places in enumerate(self.places) if self.scores[own][0] > 0}


def sides(vocabulary: Vocabulary, english: Sequence[Features], french: Sequence[Features]) -> tuple[Side, Side]:
    """Both sides, their terms weighted by how rare they are."""
    rarity = _rarity(vocabulary, english, french)
    return _side(english, rarity), _side(french, rarity)


def candidates(own: Side, other: Side, terms: int) -> Candidates:
    """For each text of `own` the likeliest of `other`; `terms`: how many there are."""
    import numpy as np

    starts, texts, weights = _index(other, terms)
    found = Candidates([], [])
    for row, values in zip(own.terms, own.weights, strict=True):
        begin, lengths = starts[row], starts[row + 1] - starts[row]
        at = np.repeat(begin - np.cumsum(lengths) + lengths, lengths) + np.arange(lengths.sum())
        scores = np.bincount(texts[at], weights[at] * np.repeat(values, lengths), minlength=len(other.terms))
        best = np.argpartition(-scores, min(CANDIDATES, len(scores)) - 1)[:CANDIDATES]
        best = best[np.lexsort((best, -scores[best]))]
        found.places.append(best.tolist())
        found.scores.append(scores[best].tolist())
    return found


def _index(side: Side, size: int) -> tuple[NDArray[np.int64], NDArray[np.int32], Floats]:
    """(where in the rest each term begins, texts that have it, its weight there)."""
    import numpy as np

    terms, weights = np.concatenate(side.terms), np.concatenate(side.weights)
    texts = np.repeat(np.arange(len(side.terms), dtype=np.int32), [len(row) for row in side.terms])
    order = np.argsort(terms, kind="stable")
    order = order[weights[order] > 0]
    return np.searchsorted(terms[order], np.arange(size + 1)), texts[order], weights[order]


def _rarity(vocabulary: Vocabulary, *both: Sequence[Features]) -> Floats:
    """How much a term says: inverse document frequency, here and in the language at large."""
    import numpy as np

    often = np.zeros(len(vocabulary.shares))
    for side in both:
        here = np.zeros_like(often)
        for text in side:
            here[text.terms] += np.minimum(text.counts, 1)
        often = np.maximum(often, here)
    expected = often + PRIOR * np.asarray(vocabulary.shares)
    rarity = np.log((max(map(len, both)) + PRIOR) / expected.clip(1)).clip(0)
    return (rarity * vocabulary.by_kind(name=NAME, number=NUMBER)).astype(np.float32)


def _side(texts: Sequence[Features], rarity: Floats) -> Side:
    weights = [text.counts * rarity[text.terms] for text in texts]
    norms = tuple(math.sqrt(float(row @ row)) for row in weights)
    unit = tuple(row / norm if norm else row for row, norm in zip(weights, norms, strict=True))
    return Side(tuple(text.terms for text in texts), unit, norms)
