"""Which English and French texts are the same article, by content: all at once, each text at most once.

Each text is known by a few hundred weighted terms (see mtqc.align.document_terms). An inverted index finds for each
those that share its rare terms; no two texts are ever compared as a whole, so thousands take seconds.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mtqc.align.document_candidates import Candidates, candidates, sides
from mtqc.align.document_terms import Features, Vocabulary

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CONFIDENT = 0.98
"""From here on a pair is taken: see reports/document-alignment.md."""
DOUBT = 0.02
"""From here on it is worth while to ask a model."""
WEIGHTS = (7.395, 7.319, 0.816, 0.623, -0.448, -6.409, 1.667, 0.471)
"""Of 1 and the numbers of Evidence.terms, fitted by tests/measure/document_alignment.py."""
SHORT_WEIGHTS = (3.528, 0.236, 0.538, 0.39, 0.391, -3.729, 0.685, 0.124)
"""The same for short texts, where two words in common make a likeness of one half."""
SHORT = 150.0
"""Evidence.content of one sentence of news, roughly; what has less is short."""
ROUNDS = 10
"""Times that all pairs are looked at for two that should be exchanged; two have been enough on every corpus."""
FRENCH_LENGTH = 1.12
"""Characters of a French text over those of the English."""
_LEAST = 1e-3
"""A margin that is none: its logarithm has an end."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for two texts being the same article.

    `likeness`: cosine of their terms, 0 to 1. `margin`: by how much the assignment as a whole would be worse if either
    had another partner; `lead`: by how much the next likeliest text is less like one of them. `content`: how much both
    say, the product of their terms' weights. `length`: how far their lengths are from a translation's, in logarithms.
    `numbers` and `names`: (shared by both, only in one of them).
    """

    likeness: float
    margin: float
    lead: float
    content: float
    length: float
    numbers: tuple[int, int]
    names: tuple[int, int]

    @property
    def is_short(self) -> bool:
        """True where they say little."""
        return self.content < SHORT

    @property
    def terms(self) -> tuple[float, ...]:
        """What confidence is computed from."""
        margin, lead = math.log(max(self.margin, _LEAST)), math.log(max(self.lead, _LEAST))
        amount = math.log1p(self.likeness * self.content)
        return self.likeness, margin, lead, amount, abs(self.length), _odds(self.numbers), _odds(self.names)

    @property
    def confidence(self) -> float:
        """How likely they are the same article, 0 to 1."""
        constant, *weights = SHORT_WEIGHTS if self.is_short else WEIGHTS
        z = constant + sum(w * x for w, x in zip(weights, self.terms, strict=True))
        return 1 / (1 + math.exp(-z))


def _odds(counts: tuple[int, int]) -> float:
    shared, single = counts
    return math.log((shared + 0.5) / (single + 0.5))


@dataclass(frozen=True, slots=True)
class Pair:
    """An English and a French text, by their places, and what speaks for them."""

    english: int
    french: int
    evidence: Evidence

    @property
    def confidence(self) -> float:
        """How likely they are the same article, 0 to 1."""
        return self.evidence.confidence


@dataclass(frozen=True, slots=True)
class Assignment:
    """The pairs, in order of the English texts, and which text of the other side each resembles most, if any."""

    pairs: list[Pair]
    nearest_french: dict[int, int]
    nearest_english: dict[int, int]


def assign(vocabulary: Vocabulary, english: Sequence[Features], french: Sequence[Features]) -> Assignment:
    """The best assignment of the texts to each other, sure or not.

    A text that shares nothing with one that is free has no pair.
    """
    if not english or not french:
        return Assignment([], {}, {})
    one, other = sides(vocabulary, english, french)
    size = len(vocabulary.shares)
    table = _Table(candidates(one, other, size), candidates(other, one, size))
    table.assign()
    is_name, is_number = (vocabulary.by_kind(name=a, number=b) == 2 for a, b in ((2, 0), (0, 2)))
    found = []
    for i, j in sorted(table.french.items()):
        likeness, (margin, lead) = table.score(i, j), table.margins(i, j)
        content = one.norms[i] * other.norms[j]
        length = math.log(max(french[j].length, 1) / max(english[i].length, 1) / FRENCH_LENGTH)
        numbers, names = (_counts(english[i], french[j], which) for which in (is_number, is_name))
        found.append(Pair(i, j, Evidence(likeness, margin, lead, content, length, numbers, names)))
    return Assignment(found, table.forward.nearest(), table.back.nearest())


def _counts(one: Features, other: Features, which: NDArray[np.bool_]) -> tuple[int, int]:
    """(how many of these terms both have, how many only one of them)."""
    import numpy as np

    own, others = one.terms[which[one.terms]], other.terms[which[other.terms]]
    shared = len(np.intersect1d(own, others, assume_unique=True))
    return shared, len(own) + len(others) - 2 * shared


@dataclass
class _Table:
    """The likeness of candidates, seen from either side, and who is whose partner."""

    forward: Candidates
    back: Candidates
    french: dict[int, int] = field(default_factory=dict)
    english: dict[int, int] = field(default_factory=dict)

    def score(self, i: int, j: int) -> float:
        """Likeness of the English text i and the French text j; 0 where neither is a candidate of the other."""
        return self._known(i, j) or 0.0

    def assign(self) -> None:
        """The likeliest first, each text once; then two pairs change partners where both together gain by it."""
        edges = {(-s, i, j) for i in range(len(self.forward.places)) for j, s in self.forward.of(i)}
        edges |= {(-s, i, j) for j in range(len(self.back.places)) for i, s in self.back.of(j)}
        for _, i, j in sorted(edges):
            if i not in self.french and j not in self.english:
                self._join(i, j)
        for _ in range(ROUNDS):
            if not sum(self._exchanged(i) for i in sorted(self.french)):  # any() would stop at the first
                break

    def margins(self, i: int, j: int) -> tuple[float, float]:
        """(margin, lead) as in Evidence, of partners i and j."""
        own = self.score(i, j)
        others = [*self._of_english(i, j), *self._of_french(i, j)]
        return min([own, *(own - s + loss for s, loss in others)]), min([own, *(own - s for s, _ in others)])

    def _of_english(self, i: int, j: int) -> Iterator[tuple[float, float]]:
        """(likeness of another candidate of i, what its own partner loses if it gets j instead)."""
        for other, score in self.forward.of(i):
            if other != j:
                k = self.english.get(other)
                yield score, 0.0 if k is None else self.score(k, other) - self._most(k, j)

    def _of_french(self, i: int, j: int) -> Iterator[tuple[float, float]]:
        """The same of another candidate of j."""
        for other, score in self.back.of(j):
            if other != i:
                k = self.french.get(other)
                yield score, 0.0 if k is None else self.score(other, k) - self._most(i, k)

    def _join(self, i: int, j: int) -> None:
        self.french[i], self.english[j] = j, i

    def _exchanged(self, i: int) -> bool:
        j = self.french[i]
        for other, score in self.forward.of(i):
            k = self.english.get(other, i)
            if k != i and score + self.score(k, j) > self.score(i, j) + self.score(k, other) + 1e-6:
                self._join(i, other)
                self._join(k, j)
                return True
        return False

    def _known(self, i: int, j: int) -> float | None:
        found = self.forward.score(i, j)
        return self.back.score(j, i) if found is None else found

    def _most(self, i: int, j: int) -> float:
        """The likeness of the two, at most: what is no candidate is no more alike than the last one that is."""
        found = self._known(i, j)
        return min(self.forward.scores[i][-1], self.back.scores[j][-1]) if found is None else found
