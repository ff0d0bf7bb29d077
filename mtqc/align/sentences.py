"""Sentence alignment: the most probable sequence of beads, and how probable each is.

A bead's potential is log-linear in the similarity of the English to the back-translation, the similarity of the English
to the French itself (numbers, names, cognates), lengths, marks and paragraphs. The idea of judging by back-translation
is Bleualign's (Sennrich & Volk 2010), that of near-linear search through anchors Moore's (2002).
"""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from mtqc.align.band import find_band, full_band
from mtqc.align.features import Clues, clues
from mtqc.align.lattice import Probabilities, Shape, best_path, probabilities
from mtqc.align.scoring import Weights, score
from mtqc.model import ArticlePair, Bead, NotMeasured, Sentence, Span

GIVEN = NotMeasured("alignment was given")
NOTICE = NotMeasured("boilerplate is not aligned")

ABSTAIN_BELOW = 0.6
"""Beads of less confidence are unsure: what compares both sides is not to be run on them. So for whole articles."""
SURE = 3
"""Power of a bead's confidence in the article's: beads of unrelated texts have middling confidences."""

WITH_MODEL = Weights(
    features=(9.628, 1.997, 3.342, 0.529, -1.663, -0.699, -1.318, -0.92, -3.664, -4.03),
    shapes=(1.351, -0.662, 0.002, -2.456),
    drop_source=(-3.975, -0.666),
    drop_target=(-3.809, 0.075),
    run=3.158,
)
"""Fitted by tests/measure/alignment_fit.py to three hand-aligned books and 32 news documents made uneven."""
WITHOUT_MODEL = Weights(
    features=(5.806, 1.11, 5.192, 1.074, -1.566, -1.232, -1.71, -1.118, -4.327, -3.491),
    shapes=(1.628, -0.451, -0.186, -2.741),
    drop_source=(-4.616, -0.769),
    drop_target=(-4.38, -0.207),
    run=2.859,
)
"""The same without back-translations: the French itself stands in their place."""


@dataclass(frozen=True, slots=True)
class AlignSettings:
    """Weights with and without back-translations, and the line from a bead's log-odds to its confidence."""

    with_model: Weights = WITH_MODEL
    without_model: Weights = WITHOUT_MODEL
    calibration: tuple[float, float] = (-0.384, 0.898)


@dataclass(frozen=True, slots=True)
class _Link:
    """A bead before it is numbered: first and number of source and target sentences."""

    i: int
    j: int
    shape: Shape
    confidence: float | NotMeasured = GIVEN


def make_bead(
    pair: ArticlePair,
    index: int,
    sides: tuple[Sequence[Sentence], Sequence[Sentence]],
    place: tuple[int, int] = (0, 0),
    confidence: float | NotMeasured = GIVEN,
) -> Bead:
    """A bead of these source and target sentences; `place`: where in each document a missing side's would stand."""
    left, right = (
        Span(s[0].span.start, s[-1].span.end) if s else Span(p, p) for s, p in zip(sides, place, strict=True)
    )
    texts = pair.source.text[left.start : left.end], pair.target.text[right.start : right.end]
    langs = pair.source.lang, pair.target.lang
    return Bead(index, tuple(sides[0]), tuple(sides[1]), *texts, left.start, right.start, confidence, langs)


def is_sure(bead: Bead) -> bool:
    """True where what compares both sides may be run on the bead: sure enough, or its alignment was given."""
    return isinstance(bead.confidence, NotMeasured) or bead.confidence >= ABSTAIN_BELOW


def article_confidence(beads: Sequence[Bead]) -> float | NotMeasured:
    """How sure it is that the two texts translate each other, 0 to 1; below ABSTAIN_BELOW they hardly do.

    The share of the characters that lie in beads with both sides, weighted by the cube of their confidence, of the
    side where it is greater: half a translation is still one. NotMeasured where there is nothing to align or the
    alignment was given.
    """
    measured = [(b, b.confidence) for b in beads if not isinstance(b.confidence, NotMeasured)]
    if not measured:
        return NotMeasured("there is nothing to align, or the alignment was given")
    shares = []
    for side in ("source_text", "target_text"):
        sizes = [len(getattr(b, side)) for b, _ in measured]
        sure = sum(size * c**SURE for size, (b, c) in zip(sizes, measured, strict=True) if b.is_pair)
        shares.append(sure / max(1, sum(sizes)))
    return max(shares)


def align(
    source: Sequence[Sentence],
    target: Sequence[Sentence],
    back_translations: Sequence[str | NotMeasured],
    pair: ArticlePair,
    settings: AlignSettings = AlignSettings(),
) -> tuple[Bead, ...]:
    """Beads in document order, every sentence in exactly one.

    `back_translations[i]` is the hypothesis, in the original's language, for `target[i]`; surface evidence alone
    counts where it is NotMeasured. Sentences marked as boilerplate stay out and become 1-0 and 0-1 beads in their
    place. Where the pair comes in segments, no bead crosses them.
    """
    if len(back_translations) != len(target):
        raise ValueError(f"{len(target)} target sentences, {len(back_translations)} back-translations")
    left = [s for s in source if s.role == "body"]
    right, hypotheses = _body(target, back_translations)
    links = _links(left, right, hypotheses, pair, settings)
    beads = _Beads(pair, source, target)
    for k in links:
        beads.add(left[k.i : k.i + k.shape[0]], right[k.j : k.j + k.shape[1]], k.confidence)
    return beads.finish()


def _body(
    target: Sequence[Sentence], back_translations: Sequence[str | NotMeasured]
) -> tuple[list[Sentence], list[str | NotMeasured]]:
    kept = [(s, h) for s, h in zip(target, back_translations, strict=True) if s.role == "body"]
    return [s for s, _ in kept], [h for _, h in kept]


def _links(
    left: Sequence[Sentence],
    right: Sequence[Sentence],
    hypotheses: Sequence[str | NotMeasured],
    pair: ArticlePair,
    settings: AlignSettings,
) -> list[_Link]:
    if not left or not right:
        return _one_sided(0, 0, len(left), len(right), NotMeasured("one side is empty"))
    measured = sum(isinstance(h, str) for h in hypotheses)
    weights = settings.with_model if 2 * measured >= len(right) else settings.without_model
    texts = [h if isinstance(h, str) else s.text for h, s in zip(hypotheses, right, strict=True)]
    known = clues(left, right, texts, pair.target.lang)
    links = []
    for i, j, n, m in _stretches(left, right, pair):
        links += _align_stretch(known, weights, (i, j), (n, m), settings, given=bool(pair.segments))
    return links


def _stretches(
    left: Sequence[Sentence], right: Sequence[Sentence], pair: ArticlePair
) -> list[tuple[int, int, int, int]]:
    """First source and target sentence and their numbers, for each stretch that is aligned by itself."""
    if not pair.segments:
        return [(0, 0, len(left), len(right))]
    ends = [(_count_before(left, s.end), _count_before(right, t.end)) for s, t in pair.segments[:-1]]
    corners = [(0, 0), *ends, (len(left), len(right))]
    return [(i, j, i2 - i, j2 - j) for (i, j), (i2, j2) in pairwise(corners)]


def _count_before(sentences: Sequence[Sentence], offset: int) -> int:
    starts = [s.span.start for s in sentences]
    return int(np.searchsorted(starts, offset))


def _align_stretch(
    known: Clues,
    weights: Weights,
    at: tuple[int, int],
    size: tuple[int, int],
    settings: AlignSettings,
    *,
    given: bool,
) -> list[_Link]:
    if not all(size):
        return _one_sided(*at, *size, GIVEN)
    if given and size in {(1, 1), (1, 2), (2, 1)}:
        return [_Link(*at, size)]
    scores = score(known, weights, full_band(*size) if given else find_band(known), at)
    return _measured(best_path(scores), probabilities(scores), at, settings.calibration)


def _one_sided(i: int, j: int, sources: int, targets: int, why: NotMeasured) -> list[_Link]:
    dropped = [_Link(i + k, j, (1, 0), why) for k in range(sources)]
    return dropped + [_Link(i + sources, j + k, (0, 1), why) for k in range(targets)]


def _measured(
    path: Iterable[Shape], found: Probabilities, at: tuple[int, int], calibration: tuple[float, float]
) -> list[_Link]:
    links, i, j = [], 0, 0
    for a, b in path:
        if a and b:
            row = found.pairs[a, b][i + a]
            probability = float(row[j + b - int(found.band.lo[i + a])])
        else:
            probability = float(found.drop_source[i] if a else found.drop_target[j])
        links.append(_Link(i + at[0], j + at[1], (a, b), calibrated(probability, calibration)))
        i, j = i + a, j + b
    return links


def calibrated(probability: float, calibration: tuple[float, float]) -> float:
    """The measured share of right beads among those of this probability: a line through the log-odds (Platt 1999)."""
    clipped = min(max(probability, 1e-6), 1 - 1e-6)
    odds = calibration[0] + calibration[1] * float(np.log(clipped / (1 - clipped)))
    return float(1 / (1 + np.exp(-odds)))


class _Beads:
    """Beads as they are numbered: notices in their place, each missing side after what came before it."""

    def __init__(self, pair: ArticlePair, source: Iterable[Sentence], target: Iterable[Sentence]) -> None:
        self._pair = pair
        self._notices = tuple(deque(s for s in side if s.role == "boilerplate") for side in (source, target))
        self._place = (0, 0)
        self._done: list[Bead] = []

    def add(self, source: Sequence[Sentence], target: Sequence[Sentence], confidence: float | NotMeasured) -> None:
        """One bead, the notices that stand before it first."""
        self._add_notices(source[0].index if source else 0, target[0].index if target else 0)
        self._append((source, target), confidence)

    def finish(self) -> tuple[Bead, ...]:
        """All beads, the notices at the end last."""
        self._add_notices(sys.maxsize, sys.maxsize)
        return tuple(self._done)

    def _add_notices(self, source: int, target: int) -> None:
        for notices, before, is_source in zip(self._notices, (source, target), (True, False), strict=True):
            while notices and notices[0].index < before:
                notice = (notices.popleft(),)
                self._append((notice, ()) if is_source else ((), notice), NOTICE)

    def _append(self, sides: tuple[Sequence[Sentence], Sequence[Sentence]], confidence: float | NotMeasured) -> None:
        self._done.append(make_bead(self._pair, len(self._done), sides, self._place, confidence))
        left, right = (s[-1].span.end if s else p for s, p in zip(sides, self._place, strict=True))
        self._place = left, right
