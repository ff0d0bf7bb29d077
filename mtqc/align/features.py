"""What speaks for a bead: a vector of features for every bead that ends in a block of cells.

Arrays hold two empty sentences before the first one, so that the sentences of every bead that ends in cell (i, j),
even one that sticks out of the text, are plain slices: the last source sentence is row i + 1, the one before it row i.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mtqc.align.lattice import SHAPES, Shape
from mtqc.align.vectors import Floats, Vectors, dots, vectorise, word_features, word_starts
from mtqc.model import Sentence

NAMES = ("meaning", "meaning·size", "form", "form·size", "length z", "length ratio", "?", "!", "digits", "paragraph")
"""Cosine of English and back-translation; of English and French (names, numbers, cognates); each times the log of the
bead's length over the mean; log of 1 + z²/4 of the lengths (Gale & Church 1993: z has unit variance where lengths
differ by their square root); |log ratio| of the lengths; a question, an exclamation mark on one side only; digits that
one side has more (of 4); paragraph breaks that do not agree."""
PADDING = 2
RATIO = 1.17
"""French characters an English one: median over NTREX's tuning documents (0.98 to 1.34)."""
RATIO_WEIGHT = 20_000
"""Characters of the original that count as much as RATIO: a truncated translation must not look like a terse one."""
RATIO_BOUNDS = 0.9, 1.4
_REVERSED = RATIO_BOUNDS[::-1]
_DIGIT = re.compile(r"\d")
_LINES_ALIKE = 0.1
"""Paragraphs are compared where the two texts' counts of lines differ by less than this share (or by one)."""


@dataclass(frozen=True, slots=True)
class Side:
    """Per sentence, padding first: characters, question and exclamation marks, digits; 1 where it opens a paragraph;
    1 where it follows the sentence before it with nothing left out between them.
    """

    length: Floats
    question: Floats
    exclaim: Floats
    digits: Floats
    opens: Floats
    joins: Floats


@dataclass(frozen=True, slots=True)
class Clues:
    """All that is known of two texts. `ratio`: target characters a source character; `mean`: of a source sentence."""

    left: Side
    right: Side
    meaning: tuple[Vectors, Vectors]
    form: tuple[Vectors, Vectors]
    ratio: float
    mean: float

    @property
    def size(self) -> tuple[int, int]:
        """(source, target) sentences."""
        return len(self.left.length) - PADDING, len(self.right.length) - PADDING

    def log_lengths(self) -> tuple[Floats, Floats]:
        """Log of each sentence's length over the mean, in source characters; no padding."""
        left, right = self.left.length[PADDING:], self.right.length[PADDING:] / self.ratio
        return np.log(left / self.mean), np.log(right / self.mean)


def clues(
    source: Sequence[Sentence], target: Sequence[Sentence], hypotheses: Sequence[str], target_lang: str = "fr"
) -> Clues:
    """Clues of two lists of sentences, neither empty; a hypothesis for each target sentence."""
    padding = [""] * PADDING
    english, french = [*padding, *(s.text for s in source)], [*padding, *(s.text for s in target)]
    lines = [len({s.line for s in side}) for side in (source, target)]
    alike = abs(lines[0] - lines[1]) <= max(1, _LINES_ALIKE * max(lines))
    left, right = _side(source, alike), _side(target, alike)
    return Clues(
        left,
        right,
        vectorise(english, [*padding, *hypotheses], word_starts),
        vectorise(english, french, word_features),
        _ratio(left, right, target_lang),
        float(left.length[PADDING:].mean()),
    )


def _ratio(left: Side, right: Side, target_lang: str) -> float:
    """Target characters a source one: the usual ratio, drawn to the texts' own as far as they are long."""
    source, target = (float(x.length[PADDING:].sum()) for x in (left, right))
    usual, low, high = (RATIO, *RATIO_BOUNDS) if target_lang == "fr" else (1 / RATIO, *(1 / b for b in _REVERSED))
    return float(np.clip((target + usual * RATIO_WEIGHT) / (source + RATIO_WEIGHT), low, high))


def _side(sentences: Sequence[Sentence], paragraphs: bool) -> Side:
    texts = [s.text for s in sentences]
    before: list[Sentence | None] = [None, *sentences]
    return Side(
        _padded([max(1, len(t)) for t in texts], 1.0),
        _padded(["?" in t for t in texts]),
        _padded(["!" in t for t in texts]),
        _padded([len(_DIGIT.findall(t)) for t in texts]),
        _padded([paragraphs and (b is None or b.line != s.line) for b, s in zip(before, sentences, strict=False)]),
        _padded([b is not None and b.index + 1 == s.index for b, s in zip(before, sentences, strict=False)]),
    )


def _padded(values: Sequence[float], fill: float = 0.0) -> Floats:
    return np.array([fill] * PADDING + list(values), np.float32)


def _of_bead(values: Floats, count: int, cells: tuple[int, int]) -> Floats:
    """Sum over the bead's sentences, for beads of `count` sentences that end at each of the cells."""
    last = values[cells[0] + 1 : cells[1] + 1]
    return last if count == 1 else last + values[cells[0] : cells[1]]


def cosines(vectors: tuple[Vectors, Vectors], rows: tuple[int, int], columns: tuple[int, int]) -> dict[Shape, Floats]:
    """Cosine of the two sides of every bead that ends in rows × columns (a merged side: of its summed vectors)."""
    left, right = vectors
    products = dots(left, right, (rows[0], rows[1] + 1), (columns[0], columns[1] + 1))
    found = {}
    for a, b in SHAPES:
        tall, wide = products.shape
        summed = sum(products[1 - x : tall - x, 1 - y : wide - y] for x in range(a) for y in range(b))
        lengths2 = np.outer(_of_bead_norms(left, a, rows), _of_bead_norms(right, b, columns))
        found[a, b] = np.asarray(summed / np.sqrt(np.maximum(lengths2, 1e-6)), np.float32)
    return found


def _of_bead_norms(vectors: Vectors, count: int, cells: tuple[int, int]) -> Floats:
    alone = _of_bead(vectors.norms2, count, cells)
    return alone if count == 1 else alone + 2 * vectors.next_dots[cells[0] : cells[1]]


def features(known: Clues, rows: tuple[int, int], columns: tuple[int, int]) -> dict[Shape, Floats]:
    """For each shape, an array (len(NAMES), rows, columns) of the features of the beads that end in these cells."""
    meaning, form = cosines(known.meaning, rows, columns), cosines(known.form, rows, columns)
    found = {}
    for shape in SHAPES:
        english = _of_bead(known.left.length, shape[0], rows)[:, None]
        french = _of_bead(known.right.length, shape[1], columns)[None] / known.ratio
        mean = (english + french) / 2
        size = np.log(mean / known.mean)
        found[shape] = np.stack(
            [
                meaning[shape],
                meaning[shape] * size,
                form[shape],
                form[shape] * size,
                np.log1p((english - french) ** 2 / mean / 4),
                np.abs(np.log(english / french)),
                *_marks(known, shape, rows, columns),
                _breaks(known, shape, rows, columns),
            ]
        )
    return found


def _marks(known: Clues, shape: Shape, rows: tuple[int, int], columns: tuple[int, int]) -> list[Floats]:
    found = []
    for name, most in (("question", 1), ("exclaim", 1), ("digits", np.inf)):
        left = np.minimum(_of_bead(getattr(known.left, name), shape[0], rows), most)[:, None]
        right = np.minimum(_of_bead(getattr(known.right, name), shape[1], columns), most)[None]
        found.append(np.minimum(np.abs(left - right), 4) / (1 if most == 1 else 4))
    return found


def _breaks(known: Clues, shape: Shape, rows: tuple[int, int], columns: tuple[int, int]) -> Floats:
    """1 where only one side's first sentence opens a paragraph, and 1 for each second sentence that opens one."""
    (first_left, inside_left), (first_right, inside_right) = (
        _opening(side.opens, count, cells)
        for side, count, cells in ((known.left, shape[0], rows), (known.right, shape[1], columns))
    )
    outside: Floats = np.abs(first_left[:, None] - first_right[None])
    return outside + inside_left[:, None] + inside_right[None]


def _opening(opens: Floats, count: int, cells: tuple[int, int]) -> tuple[Floats, Floats]:
    last, before = opens[cells[0] + 1 : cells[1] + 1], opens[cells[0] : cells[1]]
    return (last, np.zeros_like(last)) if count == 1 else (before, last)
