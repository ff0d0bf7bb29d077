"""Signals that need much more than mtqc itself: off unless asked for, each in one file, each a value or a reason.

`PairScorer` is the seam: `comet` and `embeddings` implement it, tests replay it. `languagetool` is a GrammarRunner.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from mtqc.model import AlignedArticle, NotMeasured

ONE_SIDE = NotMeasured("only one side has text")


class PairScorer(Protocol):
    """Whatever gives a number to a sentence and its translation."""

    def scores(self, pairs: Sequence[tuple[str, str]]) -> list[float] | NotMeasured:
        """One number for each (original, translation), in order, or why there are none."""
        ...


def with_estimates(
    article: AlignedArticle, comet: PairScorer | None = None, similarity: PairScorer | None = None
) -> AlignedArticle:
    """The article with what the scorers say of each of its pairs; what is None was not asked for."""
    rated = _ask(article, comet) if comet else [s.comet for s in article.signals]
    alike = _ask(article, similarity) if similarity else [s.similarity for s in article.signals]
    each = zip(article.signals, rated, alike, strict=True)
    return replace(article, signals=tuple(replace(s, comet=c, similarity=e) for s, c, e in each))


def _ask(article: AlignedArticle, scorer: PairScorer) -> list[float | NotMeasured]:
    """One value a bead, in order; of those with one side only, none."""
    pairs = {bead.index: (bead.source_text, bead.target_text) for bead, _ in article.pairs}
    found = scorer.scores(list(pairs.values())) if pairs else []
    values = [found] * len(pairs) if isinstance(found, NotMeasured) else found
    by_bead: dict[int, float | NotMeasured] = dict(zip(pairs, values, strict=True))
    return [by_bead.get(bead.index, ONE_SIDE) for bead in article.beads]
