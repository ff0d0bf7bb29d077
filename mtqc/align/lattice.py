"""The lattice of all alignments inside a band, its best path and the probability of each bead.

Cell (i, j): the first i source and the first j target sentences are aligned. A bead is an arc between two cells; with
the arcs' scores as log-potentials the lattice is a semi-Markov random field (Sarawagi & Cohen 2004), so forward and
backward sums give each bead's probability. Rows are vectors: time grows with the cells of the band.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Row = NDArray[np.float64]
Shape = tuple[int, int]
SHAPES: tuple[Shape, ...] = ((1, 1), (1, 2), (2, 1), (2, 2))
"""Beads with both sides; 1-0 and 0-1 are scored apart, since they do not depend on the other side."""
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


@dataclass(frozen=True, slots=True)
class Scores:
    """Log-potentials. `pairs[shape][i]` of the beads that end in row i's cells (MINUS where none can); `drop_source[i]`
    of leaving out source sentence i, `drop_target[j]` target sentence j.
    """

    band: Band
    pairs: Mapping[Shape, Sequence[Row]]
    drop_source: Row
    drop_target: Row


def window(row: Row, lo: int, start: int, stop: int) -> Row:
    """Cells [start, stop) of a row whose first cell is `lo`; MINUS outside it."""
    if start >= lo and stop <= lo + len(row):
        return row[start - lo : stop - lo]
    out = np.full(stop - start, MINUS)
    first, last = max(start, lo), min(stop, lo + len(row))
    if first < last:
        out[first - start : last - start] = row[first - lo : last - lo]
    return out


def _target_drops(scores: Scores, i: int) -> Row:
    """Cumulative score of leaving out target sentences, from row i's first cell to each of its cells."""
    lo, hi = int(scores.band.lo[i]), int(scores.band.hi[i])
    return np.concatenate(([0.0], np.cumsum(scores.drop_target[lo : hi - 1])))


def _arrivals(scores: Scores, done: Sequence[Row], i: int) -> NDArray[np.float64]:
    """One row an arc that ends in row i's cells, 0-1 left out: best or summed score of the path up to and with it."""
    lo, hi = int(scores.band.lo[i]), int(scores.band.hi[i])
    rows = []
    for a, b in SHAPES:
        if a > i:
            rows.append(np.full(hi - lo, MINUS))
        else:
            rows.append(window(done[i - a], int(scores.band.lo[i - a]), lo - b, hi - b) + scores.pairs[a, b][i])
    rows.append(window(done[i - 1], int(scores.band.lo[i - 1]), lo, hi) + scores.drop_source[i - 1])
    return np.stack(rows)


def _log_sum(stack: NDArray[np.float64]) -> Row:
    top = stack.max(0)
    return np.asarray(top + np.log(np.exp(stack - top).sum(0)))


def forward(scores: Scores) -> list[Row]:
    """Log of the summed weight of all paths from (0, 0) to each cell."""
    done = [_target_drops(scores, 0)]
    for i in range(1, scores.band.rows):
        drops = _target_drops(scores, i)
        done.append(np.logaddexp.accumulate(_log_sum(_arrivals(scores, done, i)) - drops) + drops)
    return done


def backward(scores: Scores) -> list[Row]:
    """Log of the summed weight of all paths from each cell to (n, m)."""
    band, last = scores.band, scores.band.rows - 1
    drops = _target_drops(scores, last)
    done = [np.zeros(0)] * last + [drops[-1] - drops]
    for i in range(last - 1, -1, -1):
        lo, hi = int(band.lo[i]), int(band.hi[i])
        rows = [window(done[i + 1], int(band.lo[i + 1]), lo, hi) + scores.drop_source[i]]
        for a, b in SHAPES:
            if i + a <= last:
                onward = scores.pairs[a, b][i + a] + done[i + a]
                rows.append(window(onward, int(band.lo[i + a]), lo + b, hi + b))
        drops = _target_drops(scores, i)
        departures = _log_sum(np.stack(rows)) + drops
        done[i] = np.logaddexp.accumulate(departures[::-1])[::-1] - drops
    return done


@dataclass(frozen=True, slots=True)
class Probabilities:
    """Of every bead, like `Scores`; `log_total` is the log of the summed weight of all alignments."""

    band: Band
    pairs: Mapping[Shape, Sequence[Row]]
    drop_source: Row
    drop_target: Row
    log_total: float


def probabilities(scores: Scores) -> Probabilities:
    """The probability of each bead among all alignments of the band."""
    band, ahead, behind = scores.band, backward(scores), forward(scores)
    total = float(ahead[0][0])
    pairs: dict[Shape, list[Row]] = {shape: [np.zeros(len(behind[0]))] for shape in SHAPES}
    drop_source, drop_target = np.zeros(band.rows - 1), np.zeros(len(scores.drop_target))
    for i in range(band.rows):
        lo, hi = int(band.lo[i]), int(band.hi[i])
        drop_target[lo : hi - 1] += np.exp(behind[i][:-1] + scores.drop_target[lo : hi - 1] + ahead[i][1:] - total)
        if i:
            arrived = np.exp(np.maximum(_arrivals(scores, behind, i) + ahead[i] - total, -700))
            for shape, row in zip(SHAPES, arrived[:-1], strict=True):
                pairs[shape].append(row)
            drop_source[i - 1] = arrived[-1].sum()
    return Probabilities(band, pairs, drop_source, drop_target, total)


def best_path(scores: Scores) -> list[Shape]:
    """Shapes of the beads of the highest-scoring path, in order."""
    done, choices = [_target_drops(scores, 0)], [np.full(len(_target_drops(scores, 0)), -1)]
    for i in range(1, scores.band.rows):
        arrivals, drops = _arrivals(scores, done, i), _target_drops(scores, i)
        best = np.maximum.accumulate(arrivals.max(0) - drops) + drops
        choices.append(np.where(arrivals.max(0) >= best - 1e-9, arrivals.argmax(0), -1))
        done.append(best)
    return _trace(scores.band, choices)


def _trace(band: Band, choices: Sequence[NDArray[np.int64]]) -> list[Shape]:
    steps = (*SHAPES, (1, 0), (0, 1))
    i, j = band.rows - 1, int(band.hi[-1]) - 1
    path = []
    while i or j:
        a, b = steps[int(choices[i][j - int(band.lo[i])])] if i else (0, 1)
        path.append((a, b))
        i, j = i - a, j - b
    return path[::-1]
