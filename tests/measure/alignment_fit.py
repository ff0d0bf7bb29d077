"""Fits the aligner's weights and its calibration to alignments made by people: `python tests/measure/alignment_fit.py`.

Maximum conditional likelihood: the gradient is the features' expected sum over the alignments that agree with the
gold minus that over all alignments. Beads of more than two sentences a side cannot be built: every way of covering
them with smaller ones agrees with the gold. Data: the tuning halves, see alignment_data.py.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

from alignment_data import Text, books, news

from mtqc.align.band import find_band
from mtqc.align.features import NAMES, clues, features
from mtqc.align.lattice import MINUS, SHAPES, Band, Probabilities, Scores, best_path, probabilities
from mtqc.align.scoring import Weights, score

START = Weights((8, 1, 5, 1, -1, -1, -1, -1, -2, -2), (1, -1, -1, -3), (-4, 0), (-4, 0), 2.0)
NEVER = -500.0  # not MINUS: cumulated sums of it must keep their decimals
L2 = 1e-4


@dataclass(frozen=True)
class Known:
    """A text with its gold and, for each shape and row, the features (len(NAMES), cells) of the beads that end there."""

    gold: list[tuple[int, int]]
    band: Band
    rows: dict[tuple[int, int], list[np.ndarray]]
    lengths: tuple[np.ndarray, np.ndarray]
    clues: object


def prepare(text: Text, with_model: bool = True) -> Known:
    found = clues(text.source, text.target, text.hypotheses if with_model else [s.text for s in text.target])
    band = find_band(found)
    rows = {shape: [np.zeros((len(NAMES), int(band.hi[0])))] for shape in SHAPES}
    for i in range(1, band.rows):
        block = features(found, (i, i + 1), (int(band.lo[i]), int(band.hi[i])))
        for shape in SHAPES:
            rows[shape].append(block[shape][:, 0].astype(float))
    return Known([(len(a), len(b)) for a, b in text.gold], band, rows, found.log_lengths(), found)


def agreeing(scores: Scores, gold: list[tuple[int, int]]) -> Scores:
    """Only the beads that agree with the gold."""
    band = scores.band
    pairs = {shape: [np.full(len(row), MINUS) for row in scores.pairs[shape]] for shape in SHAPES}
    drop_source, drop_target = np.full_like(scores.drop_source, NEVER), np.full_like(scores.drop_target, NEVER)

    def allow(shape, i, j):
        if band.lo[i] <= j < band.hi[i]:
            pairs[shape][i][j - band.lo[i]] = scores.pairs[shape][i][j - band.lo[i]]

    i = j = 0
    for a, b in gold:
        if (a, b) in SHAPES:
            allow((a, b), i + a, j + b)
        else:
            drop_source[i : i + a], drop_target[j : j + b] = (
                scores.drop_source[i : i + a],
                scores.drop_target[j : j + b],
            )
            for c, d in SHAPES:
                for x in range(i + c, i + a + 1):
                    for y in range(j + d, j + b + 1):
                        allow((c, d), x, y)
        i, j = i + a, j + b
    return Scores(band, pairs, drop_source, drop_target, scores.run)


def expected(known: Known, found: Probabilities) -> np.ndarray:
    of_features = sum(known.rows[s][i] @ found.pairs[s][i] for s in SHAPES for i in range(1, known.band.rows))
    of_shapes = [sum(row.sum() for row in found.pairs[s]) for s in SHAPES]
    drops = [
        x
        for p, size in zip((found.drop_source, found.drop_target), known.lengths, strict=True)
        for x in (p.sum(), p @ size)
    ]
    return np.array([*of_features, *of_shapes, *drops, found.runs])


def to_weights(x: np.ndarray) -> Weights:
    x = [float(v) for v in np.round(x, 3)]
    n, m = len(NAMES), len(NAMES) + len(SHAPES)
    return Weights(tuple(x[:n]), tuple(x[n:m]), (x[m], x[m + 1]), (x[m + 2], x[m + 3]), x[m + 4])


def to_array(w: Weights) -> np.ndarray:
    return np.array([*w.features, *w.shapes, *w.drop_source, *w.drop_target, w.run], float)


def fit(texts: list[Known], start: Weights, steps: int = 40, rate: float = 0.4) -> Weights:
    x, mean, square = to_array(start), 0.0, 0.0
    beads = sum(len(t.gold) for t in texts)
    for step in range(1, steps + 1):
        slope, likelihood = -L2 * x * beads, 0.0
        for text in texts:
            scores = score(text.clues, to_weights(x), text.band)
            right, every = probabilities(agreeing(scores, text.gold)), probabilities(scores)
            likelihood += right.log_total - every.log_total
            slope = slope + expected(text, right) - expected(text, every)
        slope = slope / beads
        mean, square = 0.8 * mean + 0.2 * slope, 0.95 * square + 0.05 * slope**2
        x = x + rate * (1 - 0.8 * step / steps) * mean / (1 - 0.8**step) / (np.sqrt(square / (1 - 0.95**step)) + 1e-3)
        if step % 10 == 0:
            print(step, round(likelihood / beads, 4), flush=True)
    return to_weights(x)


def calibrate(texts: list[Known], weights: Weights) -> tuple[float, float]:
    """Platt's line from a bead's log-odds to those of its being right (Newton's method)."""
    odds, right = [], []
    for text in texts:
        scores = score(text.clues, weights, text.band)
        found = probabilities(scores)
        gold, i, j = set(corners(text.gold)), 0, 0
        for a, b in best_path(scores):
            p = (
                found.pairs[a, b][i + a][j + b - text.band.lo[i + a]]
                if a and b
                else (found.drop_source[i] if a else found.drop_target[j])
            )
            p = min(max(float(p), 1e-6), 1 - 1e-6)
            odds.append(np.log(p / (1 - p)))
            right.append((i, j, a, b) in gold)
            i, j = i + a, j + b
    inputs, line = np.stack([np.ones(len(odds)), odds], 1), np.array([0.0, 1.0])
    for _ in range(30):
        p = 1 / (1 + np.exp(-inputs @ line))
        line = line + np.linalg.solve(
            (inputs * (p * (1 - p))[:, None]).T @ inputs + 1e-6 * np.eye(2), inputs.T @ (right - p)
        )
    return float(round(line[0], 3)), float(round(line[1], 3))


def corners(gold: list[tuple[int, int]]) -> list[tuple[int, int, int, int]]:
    found, i, j = [], 0, 0
    for a, b in gold:
        if a and b:
            found.append((i, j, a, b))
        else:
            found += [(i + k, j, 1, 0) for k in range(a)] + [(i, j + k, 0, 1) for k in range(b)]
        i, j = i + a, j + b
    return found


def main() -> None:
    texts = [*books(0), *news(0)]
    for with_model in (True, False):
        known = [prepare(t, with_model) for t in texts]
        weights = fit(known, START)
        print("with" if with_model else "without", "back-translations:", replace(weights))
        print("calibration:", calibrate(known, weights))


if __name__ == "__main__":
    main()
