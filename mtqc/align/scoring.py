"""From clues to log-potentials: a log-linear model, fitted to alignments made by people (reports/alignment.md)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mtqc.align.features import NAMES, PADDING, Clues, features
from mtqc.align.lattice import MINUS, SHAPES, Band, Row, Scores, Shape
from mtqc.align.vectors import Floats

ROWS = 64
"""Rows a block: bounds the memory of the dot products."""


@dataclass(frozen=True, slots=True)
class Weights:
    """`features` in the order of NAMES, `shapes` in the order of SHAPES; a dropped sentence scores its first number
    plus the second times the log of its length over the mean; `run`: of each that follows another of its side.
    """

    features: tuple[float, ...]
    shapes: tuple[float, ...]
    drop_source: tuple[float, float]
    drop_target: tuple[float, float]
    run: float

    def __post_init__(self) -> None:
        if len(self.features) != len(NAMES) or len(self.shapes) != len(SHAPES):
            raise ValueError(f"{len(self.features)} weights of features, {len(self.shapes)} of shapes")


def score(known: Clues, weights: Weights, band: Band, origin: tuple[int, int] = (0, 0)) -> Scores:
    """Log-potentials of every bead of the band, whose cell (0, 0) is the cell `origin` of the whole texts."""
    pairs: dict[Shape, list[Row]] = {shape: [np.full(int(band.hi[0]), MINUS)] for shape in SHAPES}
    for start in range(1, band.rows, ROWS):
        stop = min(start + ROWS, band.rows)
        left, right = int(band.lo[start]), int(band.hi[stop - 1])
        blocks = _blocks(known, weights, origin, (start, stop), (left, right))
        for shape, block in blocks.items():
            for i in range(start, stop):
                pairs[shape].append(block[i - start, band.lo[i] - left : band.hi[i] - left].astype(float))
    ends = origin[0] + band.rows - 1, origin[1] + int(band.hi[-1]) - 1
    lengths = known.log_lengths()
    return Scores(
        band,
        pairs,
        _drops(lengths[0][origin[0] : ends[0]], weights.drop_source),
        _drops(lengths[1][origin[1] : ends[1]], weights.drop_target),
        weights.run,
    )


def _blocks(
    known: Clues, weights: Weights, origin: tuple[int, int], rows: tuple[int, int], columns: tuple[int, int]
) -> dict[Shape, Floats]:
    """Potentials of the beads that end in rows × columns, both counted from `origin`."""
    of_text = [(start + o, stop + o) for (start, stop), o in zip((rows, columns), origin, strict=True)]
    found = features(known, of_text[0], of_text[1])
    blocks = {}
    for k, shape in enumerate(SHAPES):
        block = np.tensordot(np.array(weights.features, np.float32), found[shape], 1) + weights.shapes[k]
        legal = np.outer(
            _legal(known.left.joins, shape[0], rows, origin[0]), _legal(known.right.joins, shape[1], columns, origin[1])
        )
        blocks[shape] = np.where(legal, block, MINUS)
    return blocks


def _legal(joins: Floats, count: int, cells: tuple[int, int], origin: int) -> NDArray[np.bool_]:
    """False where a bead would begin before the stretch or merge sentences between which something is left out."""
    at = np.arange(*cells)
    return (at >= count) & ((count == 1) | (joins[at + origin + PADDING - 1] > 0))


def _drops(log_lengths: Floats, weights: tuple[float, float]) -> Row:
    return np.asarray(weights[0] + weights[1] * log_lengths, float)
