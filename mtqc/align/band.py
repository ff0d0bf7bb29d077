"""Which cells of the lattice are looked at: all of a short text's, those around anchors in a long one.

Anchors are pairs of sentences that share rare words or character n-grams, each the other's best; the longest
increasing chain of them is kept. A row's cells reach from the last anchor but one before it to the next but one after
it, so that a single wrong anchor cannot shut the right path out.
"""

from __future__ import annotations

from bisect import bisect_left

import numpy as np

from mtqc.align.features import PADDING, Clues
from mtqc.align.lattice import Band
from mtqc.align.vectors import Floats, Ints, Vectors

FULL_CELLS = 40_000
"""Texts with at most this many cells (200 × 200 sentences) are searched whole."""
RARE = 4
"""Features in more sentences than this, on either side, make no anchors."""
CLEAR = 1.5
"""An anchor's shared weight over the next best one's."""
WIDTH = 12
"""Cells added on both sides of the anchors' corridor."""
MOST = 400
"""Cells a row at most, taken around the line between the anchors: keeps time and memory linear without anchors too."""
CELLS = 8_000_000
"""Cells at most: beyond 20,000 sentences rows become narrower, so that memory stays bounded (about 150 bytes a cell).
Texts of that length without anchors were only made up."""
NARROWEST = 4 * WIDTH


def full_band(sources: int, targets: int) -> Band:
    """Every cell."""
    return Band(np.zeros(sources + 1, np.int64), np.full(sources + 1, targets + 1, np.int64))


def find_band(known: Clues) -> Band:
    """The cells worth looking at for these two texts."""
    sources, targets = known.size
    if (sources + 1) * (targets + 1) <= FULL_CELLS:
        return full_band(sources, targets)
    chain = anchors(known)
    ends = [(0, 0), *((i + 1, j + 1) for i, j in chain), (sources, targets)]
    rows, columns = np.array(ends).T
    at = np.arange(sources + 1)
    after = np.searchsorted(rows, at, side="right")
    lo = columns[np.clip(after - 2, 0, None)] - WIDTH
    hi = columns[np.clip(np.searchsorted(rows, at) + 1, None, len(columns) - 1)] + WIDTH + 1
    line = np.interp(at, rows, columns).astype(np.int64)
    half = min(MOST, max(NARROWEST, CELLS // (sources + 1))) // 2
    lo, hi = np.maximum(lo, line - half), np.minimum(hi, line + half)
    lo, hi = np.clip(lo, 0, targets), np.clip(hi, 1, targets + 1)
    lo[0], hi[-1] = 0, targets + 1
    hi = np.maximum.accumulate(hi)
    lo[1:] = np.minimum(lo[1:], hi[:-1] - 1)
    return Band(np.minimum.accumulate(lo[::-1])[::-1], hi)


def anchors(known: Clues) -> list[tuple[int, int]]:
    """(source, target) sentences that surely correspond, increasing on both sides."""
    votes: dict[tuple[int, int], float] = {}
    for left, right in (known.meaning, known.form):
        for i, j, weight in zip(*_votes(left, right), strict=True):
            votes[i, j] = votes.get((i, j), 0.0) + weight
    best = _clear_best(votes, 0) & _clear_best(votes, 1)
    return _longest_chain(sorted((i - PADDING, j - PADDING) for i, j in best))


def _clear_best(votes: dict[tuple[int, int], float], side: int) -> set[tuple[int, int]]:
    """Of each sentence of one side, the pair with most weight where it is clear of the next."""
    tops: dict[int, tuple[float, tuple[int, int], float]] = {}
    for pair, weight in votes.items():
        top, kept, second = tops.get(pair[side], (0.0, pair, 0.0))
        tops[pair[side]] = (weight, pair, top) if weight > top else (top, kept, max(second, weight))
    return {pair for top, pair, second in tops.values() if top >= CLEAR * second}


def _votes(left: Vectors, right: Vectors) -> tuple[list[int], list[int], list[float]]:
    """Pairs of sentences that share a rare feature, with the product of its two weights."""
    one, other = _rare(left), _rare(right)
    shared = np.intersect1d(one[0], other[0])
    (ids1, rows1, values1), (ids2, rows2, values2) = (_only(x, shared) for x in (one, other))
    first, count = np.searchsorted(ids2, ids1), np.searchsorted(ids2, ids1, side="right") - np.searchsorted(ids2, ids1)
    mine = np.repeat(np.arange(len(ids1)), count)
    theirs = np.arange(len(mine)) - np.repeat(np.cumsum(count) - count, count) + np.repeat(first, count)
    return rows1[mine].tolist(), rows2[theirs].tolist(), (values1[mine] * values2[theirs]).tolist()


def _rare(vectors: Vectors) -> tuple[Ints, Ints, Floats]:
    rows = np.repeat(np.arange(len(vectors)), np.diff(vectors.starts))
    seen = np.bincount(vectors.ids)[vectors.ids]
    order = np.flatnonzero(seen <= RARE)
    order = order[np.argsort(vectors.ids[order], kind="stable")]
    return vectors.ids[order], rows[order], vectors.values[order]


def _only(entries: tuple[Ints, Ints, Floats], ids: Ints) -> tuple[Ints, Ints, Floats]:
    keep = np.isin(entries[0], ids)
    return entries[0][keep], entries[1][keep], entries[2][keep]


def _longest_chain(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Longest subsequence in which the second number increases (patience sorting); `pairs` sorted, firsts unique."""
    tails: list[int] = []
    holders: list[int] = []
    before = [-1] * len(pairs)
    for k, (_, j) in enumerate(pairs):
        place = bisect_left(tails, j)
        before[k] = holders[place - 1] if place else -1
        tails[place : place + 1], holders[place : place + 1] = [j], [k]
    chain, k = [], holders[-1] if holders else -1
    while k >= 0:
        chain.append(pairs[k])
        k = before[k]
    return chain[::-1]
