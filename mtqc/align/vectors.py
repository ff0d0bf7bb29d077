"""Sentences as idf-weighted bags of word beginnings, character n-grams and numbers; dot products in a band.

A sum of two sentences' vectors is the vector of the two together, so the similarity of a merged bead follows from
the dot products of its sentences: each is computed once.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from mtqc.text.tokens import words

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
STEM = 6
GRAM = 4
_SEPARATORS = re.compile(r"\D+")


@lru_cache(maxsize=1 << 15)
def bare(text: str) -> str:
    """Lower case, without accents, ligatures taken apart: the spelling under which cognates meet."""
    lowered = text.lower().replace("œ", "oe").replace("æ", "ae").replace("ß", "ss")
    return "".join(c for c in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(c))


def word_features(word: str) -> tuple[str, ...]:
    """The word's beginning and its character n-grams, `_` at the ends; of a number `#digits`, separators left out."""
    if word[0].isdigit():
        return ("#" + _SEPARATORS.sub("", word),)
    padded = f"_{word}_"
    grams = (padded[i : i + GRAM] for i in range(max(1, len(padded) - GRAM + 1)))
    return ("=" + word[:STEM], *grams)


def word_starts(word: str) -> tuple[str, ...]:
    """The word's first four and first five letters (a crude stem, in two widths), or `#digits` of a number."""
    if word[0].isdigit():
        return word_features(word)
    return (word[:4], f"={word[:5]}")


@dataclass(frozen=True, slots=True)
class Vectors:
    """Sparse rows, one a sentence: features `ids[starts[i]:starts[i+1]]` with `values`; `norms2` are squared lengths,
    `next_dots[i]` the dot product of rows i and i + 1.
    """

    starts: Ints
    ids: Ints
    values: Floats
    norms2: Floats
    next_dots: Floats

    def __len__(self) -> int:
        return len(self.starts) - 1

    def dense(self, start: int, stop: int, columns: Ints) -> Floats:
        """Rows [start, stop) as a matrix over `columns` (sorted feature ids); other features are left out."""
        first, last = int(self.starts[start]), int(self.starts[stop])
        ids, values = self.ids[first:last], self.values[first:last]
        rows = np.repeat(np.arange(stop - start), np.diff(self.starts[start : stop + 1]))
        places = np.searchsorted(columns, ids)
        known = (places < len(columns)) & (columns[np.minimum(places, len(columns) - 1)] == ids)
        out = np.zeros((stop - start, len(columns)), np.float32)
        out[rows[known], places[known]] = values[known]
        return out


def vectorise(
    left: Sequence[str], right: Sequence[str], features: Callable[[str], tuple[str, ...]]
) -> tuple[Vectors, Vectors]:
    """Both sides' sentences in one feature space, weighted by inverse document frequency over all of them."""
    cache: dict[str, tuple[str, ...]] = {}
    bags = [_bag(text, cache, features) for text in (*left, *right)]
    frequency = Counter(f for bag in bags for f in bag)
    ids = {f: i for i, f in enumerate(frequency)}
    idf = np.log((len(bags) + 1) / np.fromiter(frequency.values(), float, len(frequency))).astype(np.float32)
    return _vectors(bags[: len(left)], ids, idf), _vectors(bags[len(left) :], ids, idf)


def _bag(text: str, cache: dict[str, tuple[str, ...]], features: Callable[[str], tuple[str, ...]]) -> Counter[str]:
    bag: Counter[str] = Counter()
    for word in words(text):
        norm = bare(word.norm)
        if norm not in cache:
            cache[norm] = features(norm)
        bag.update(cache[norm])
    return bag


def _vectors(bags: Sequence[Counter[str]], ids: dict[str, int], idf: Floats) -> Vectors:
    starts = np.zeros(len(bags) + 1, np.int64)
    np.cumsum([len(b) for b in bags], out=starts[1:])
    flat = np.fromiter((ids[f] for bag in bags for f in bag), np.int64, int(starts[-1]))
    values = np.fromiter((n for bag in bags for n in bag.values()), np.float32, int(starts[-1])) * idf[flat]
    owner = np.repeat(np.arange(len(bags)), np.diff(starts))
    norms2 = np.bincount(owner, values * values, len(bags)).astype(np.float32)
    weights = [dict(zip(flat[a:b].tolist(), values[a:b].tolist(), strict=True)) for a, b in _pairs(starts)]
    dots = [sum(v * y.get(k, 0.0) for k, v in x.items()) for x, y in pairwise(weights)]
    return Vectors(starts, flat, values, norms2, np.array(dots, np.float32))


def _pairs(starts: Ints) -> list[tuple[int, int]]:
    return list(pairwise(starts.tolist()))


def dots(left: Vectors, right: Vectors, rows: tuple[int, int], columns: tuple[int, int]) -> Floats:
    """Dot products of the left sentences [rows) with the right sentences [columns)."""
    used = np.unique(left.ids[left.starts[rows[0]] : left.starts[rows[1]]])
    if not len(used) or columns[0] >= columns[1]:
        return np.zeros((rows[1] - rows[0], columns[1] - columns[0]), np.float32)
    return left.dense(*rows, used) @ right.dense(*columns, used).T
