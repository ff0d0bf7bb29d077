"""The lattice of all alignments inside a band, its best path and the probability of each bead.

Cell (i, j): the first i source and the first j target sentences are aligned. A bead is an arc between two cells; with
the arcs' scores as log-potentials the lattice is a semi-Markov random field (Sarawagi & Cohen 2004), so forward and
backward sums give each bead's probability. Rows are vectors: time grows with the cells of the band.

A cell is reached in one of three states: after a bead with both sides, after a source sentence was dropped, after a
target sentence was dropped (in a gap on both sides, the source's come first: each alignment is one path). In a gap,
each sentence after the first of its side scores `run` more: sentences get lost by the paragraph.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

Row = NDArray[np.float64]
Shape = tuple[int, int]
States = tuple[Row, Row, Row]
"""A row's cells after a pair, after a dropped source sentence, after a dropped target sentence."""
SHAPES: tuple[Shape, ...] = ((1, 1), (1, 2), (2, 1), (2, 2))
"""Beads with both sides; 1-0 and 0-1 are scored apart, since they do not depend on the other side."""
PAIR, SOURCE, TARGET = range(3)
MINUS = -1e30


@dataclass(frozen=True, slots=True)
class Band:
    """Row i (0 to n) holds the cells (i, j) with `lo[i] <= j < hi[i]`; no bound falls; (0, 0) and (n, m) are in."""

    lo: NDArray[np.int64]
    hi: NDArray[np.int64]

    @property
    def rows(self) -> int:
        """Source sentences + 1."""
        return len(self.lo)

    @property
    def cells(self) -> int:
        """All cells of the band."""
        return int((self.hi - self.lo).sum())

    def row(self, i: int) -> tuple[int, int]:
        """First cell of row i and the one after the last."""
        return int(self.lo[i]), int(self.hi[i])


@dataclass(frozen=True, slots=True)
class Scores:
    """Log-potentials. `pairs[shape][i]` of the beads that end in row i's cells (MINUS where none can); `drop_source[i]`
    of leaving out source sentence i, `drop_target[j]` target sentence j; `run` for each that follows another.
    """

    band: Band
    pairs: Mapping[Shape, Sequence[Row]]
    drop_source: Row
    drop_target: Row
    run: float = 0.0


def window(row: Row, lo: int, start: int, stop: int) -> Row:
    """Cells [start, stop) of a row whose first cell is `lo`; MINUS outside it."""
    if start >= lo and stop <= lo + len(row):
        return row[start - lo : stop - lo]
    out = np.full(stop - start, MINUS)
    first, last = max(start, lo), min(stop, lo + len(row))
    if first < last:
        out[first - start : last - start] = row[first - lo : last - lo]
    return out


def _any(states: States, add: np.ufunc) -> Row:
    return np.asarray(reduce(add, states))


def _target_gap(entered: Row, scores: Scores, lo: int, add: np.ufunc) -> Row:
    """Cells after dropped target sentences, from the cells in which such a gap may begin."""
    drops = scores.drop_target[lo : lo + len(entered) - 1]
    if not len(drops):
        return np.full(1, MINUS)
    total = np.cumsum(drops + scores.run)
    first = entered[:-1] + drops
    return np.concatenate(([MINUS], add.accumulate(first - total) + total))


def forward(scores: Scores, add: np.ufunc = np.logaddexp) -> list[States]:
    """Log of the summed weight of all paths from (0, 0) to each cell in each state; with np.maximum, of the best."""
    band = scores.band
    start = np.full(int(band.hi[0]), MINUS)
    start[0] = 0.0
    none = np.full_like(start, MINUS)
    done = [(start, none, _target_gap(start, scores, 0, add))]
    reached = [_any(done[0], add)]
    for i in range(1, band.rows):
        lo, hi = band.row(i)
        pairs = reduce(
            add,
            [
                window(reached[i - a], int(band.lo[i - a]), lo - b, hi - b) + scores.pairs[a, b][i]
                for a, b in SHAPES
                if a <= i
            ],
        )
        first, more, _ = (window(x, int(band.lo[i - 1]), lo, hi) for x in done[i - 1])
        source = add(first, more + scores.run) + scores.drop_source[i - 1]
        done.append((pairs, source, _target_gap(add(pairs, source), scores, lo, add)))
        reached.append(_any(done[i], add))
    return done


def _leaving(scores: Scores, done: Sequence[States], i: int) -> Row:
    """Log of the summed weight of all paths that go on from row i's cells with a pair."""
    band, (lo, hi) = scores.band, scores.band.row(i)
    rows = [np.full(hi - lo, MINUS)]
    for a, b in SHAPES:
        if i + a < band.rows:
            onward = scores.pairs[a, b][i + a] + done[i + a][PAIR]
            rows.append(window(onward, int(band.lo[i + a]), lo + b, hi + b))
    return np.asarray(reduce(np.logaddexp, rows))


def backward(scores: Scores) -> list[States]:
    """Log of the summed weight of all paths from each cell, in each state, to (n, m)."""
    band, last = scores.band, scores.band.rows - 1
    empty = np.zeros(0)
    done: list[States] = [(empty, empty, empty)] * band.rows
    for i in range(last, -1, -1):
        lo, hi = band.row(i)
        leaving = _leaving(scores, done, i)
        if i == last:
            leaving[-1] = 0.0
        drops = scores.drop_target[lo : hi - 1]
        total = np.concatenate(([0.0], np.cumsum(drops + scores.run)))
        target = np.logaddexp.accumulate((leaving + total)[::-1])[::-1] - total
        into_target = np.append(drops + target[1:], MINUS)
        into_source = np.full(hi - lo, MINUS)
        if i < last:
            into_source = window(done[i + 1][SOURCE], int(band.lo[i + 1]), lo, hi) + scores.drop_source[i]
        rest = np.logaddexp(leaving, into_target)
        done[i] = np.logaddexp(rest, into_source), np.logaddexp(rest, into_source + scores.run), target
    return done


@dataclass(frozen=True, slots=True)
class Probabilities:
    """Of every bead, like `Scores`. `runs`: the expected number of dropped sentences that follow another of their side;
    `log_total`: log of the summed weight of all alignments.
    """

    band: Band
    pairs: Mapping[Shape, Sequence[Row]]
    drop_source: Row
    drop_target: Row
    runs: float
    log_total: float


def probabilities(scores: Scores) -> Probabilities:
    """The probability of each bead among all alignments of the band."""
    band, ahead, behind = scores.band, backward(scores), forward(scores)
    reached, total = [_any(states, np.logaddexp) for states in behind], float(ahead[0][PAIR][0])
    pairs: dict[Shape, list[Row]] = {shape: [np.zeros(int(band.hi[0]))] for shape in SHAPES}
    drop_source, drop_target = np.zeros(band.rows - 1), np.zeros(len(scores.drop_target))
    runs = 0.0
    for i in range(band.rows):
        lo, hi = band.row(i)
        drop_target[lo : hi - 1] += _exp(behind[i][TARGET][1:] + ahead[i][TARGET][1:] - total)
        runs += _exp(
            behind[i][TARGET][:-1] + scores.drop_target[lo : hi - 1] + scores.run + ahead[i][TARGET][1:] - total
        ).sum()
        if not i:
            continue
        for a, b in SHAPES:
            before = window(reached[i - a], int(band.lo[i - a]), lo - b, hi - b) if a <= i else MINUS
            pairs[a, b].append(_exp(before + scores.pairs[a, b][i] + ahead[i][PAIR] - total))
        drop_source[i - 1] = _exp(behind[i][SOURCE] + ahead[i][SOURCE] - total).sum()
        before = window(behind[i - 1][SOURCE], int(band.lo[i - 1]), lo, hi)
        runs += _exp(before + scores.drop_source[i - 1] + scores.run + ahead[i][SOURCE] - total).sum()
    return Probabilities(band, pairs, drop_source, drop_target, float(runs), total)


def _exp(x: Row) -> Row:
    return np.asarray(np.exp(np.maximum(x, -700)))


def best_path(scores: Scores) -> list[Shape]:
    """Shapes of the beads of the highest-scoring path, in order."""
    band, done = scores.band, forward(scores, np.maximum)
    i, j = band.rows - 1, int(band.hi[-1]) - 1
    state = int(np.argmax([row[-1] for row in done[-1]]))
    path: list[Shape] = []
    while i or j:
        (a, b), state = _step_back(scores, done, (i, j), state)
        path.append((a, b))
        i, j = i - a, j - b
    return path[::-1]


def _step_back(scores: Scores, done: Sequence[States], cell: tuple[int, int], state: int) -> tuple[Shape, int]:
    """The bead by which the best path came to this cell in this state, and the state before it."""
    i, j = cell

    def at(x: int, y: int) -> list[float]:
        lo, hi = scores.band.row(x)
        return [float(row[y - lo]) if lo <= y < hi else MINUS for row in done[x]]

    if state == SOURCE:
        pair, source, _ = at(i - 1, j)
        return (1, 0), SOURCE if source + scores.run > pair else PAIR
    if state == TARGET:
        pair, source, target = at(i, j - 1)
        return (0, 1), int(np.argmax([pair, source, target + scores.run]))
    ways = [
        (max(at(i - a, j - b)) + float(scores.pairs[a, b][i][j - scores.band.lo[i]]), (a, b))
        for a, b in SHAPES
        if a <= i
    ]
    _, (a, b) = max(ways)
    return (a, b), int(np.argmax(at(i - a, j - b)))
