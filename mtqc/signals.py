"""What each signal is and how it is measured. The only importer of sacrebleu."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

import numpy as np
from sacrebleu.metrics.base import Metric, Score
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.metrics.ter import TER
from sacrebleu.significance import PairedTest, Result

from mtqc.model import BackTranslation

CHRF_WORD_ORDER = 2
"""chrF++ (Popović 2017): character n-grams to 6, word n-grams to 2."""


@cache
def _metrics() -> tuple[BLEU, CHRF, TER]:
    return BLEU(effective_order=True), CHRF(word_order=CHRF_WORD_ORDER), TER()


Counts = tuple[tuple[float, ...], ...]
"""Of one sentence or the sum over several: what BLEU, chrF++ and TER count."""


def counts(hypothesis: str, reference: str) -> Counts:
    """What the three metrics count in a back-translation and the original."""
    return tuple(tuple(m._extract_corpus_statistics([hypothesis], [[reference]])[0]) for m in _metrics())


def score_sentence(hypothesis: str, reference: str) -> BackTranslation:
    """Sentence-level chrF++, BLEU (effective order) and TER of a back-translation against the original, 0 to 100."""
    return scored(hypothesis, counts(hypothesis, reference))


def scored(hypothesis: str, found: Counts) -> BackTranslation:
    """The same from what was counted."""
    bleu, chrf, ter = (m._compute_score_from_stats(list(c)).score for m, c in zip(_metrics(), found, strict=True))
    return BackTranslation(hypothesis, chrf, bleu, ter, found)


def chrf(hypothesis: str, reference: str) -> float:
    """Sentence-level chrF++, 0 to 100."""
    return float(_metrics()[1].sentence_score(hypothesis, [reference]).score)


def score_corpus(hypotheses: Sequence[str], references: Sequence[str]) -> tuple[float, float, float]:
    """Corpus-level (BLEU, chrF++, TER) of the back-translations against the originals."""
    return added_up([counts(*pair) for pair in zip(hypotheses, references, strict=True)])


def added_up(found: Sequence[Counts]) -> tuple[float, float, float]:
    """The same from what was counted in each sentence."""
    metrics = BLEU(), CHRF(word_order=CHRF_WORD_ORDER), TER()
    columns = zip(metrics, zip(*found, strict=True), strict=True)
    bleu, chrf, ter = (m._aggregate_and_compute([list(c) for c in rows]).score for m, rows in columns)
    return bleu, chrf, ter


@cache
def signatures() -> str:
    """Sacrebleu's signatures of the three metrics, in one line."""
    names = ("BLEU", "chrF++", "TER")
    metrics = BLEU(effective_order=True), CHRF(word_order=CHRF_WORD_ORDER), TER()
    for metric in metrics:
        metric.sentence_score("a", ["a"])
    return " ".join(f"{n}|{m.get_signature()}" for n, m in zip(names, metrics, strict=True))


Statistics = Sequence[float]
"""Of one article, to be added up over articles."""
SAMPLES = 1000
"""Resamples of the paired bootstrap, sacrebleu's own number."""


@dataclass(frozen=True, slots=True)
class Paired:
    """Two systems on the same articles: their scores, the difference (second less first) and its 95 % interval, and p,
    the probability of a difference as large as this by chance. `signature`: sacrebleu's, with seed and resamples.
    """

    first: float
    second: float
    interval: tuple[float, float]
    p: float
    signature: str

    @property
    def difference(self) -> float:
        """Second less first."""
        return self.second - self.first


class _Penalty(Metric):
    """MQM penalty per 1,000 words, of [points, words] an article that are given in place of hypotheses.

    Metric is abstract: the two methods that read references and single segments must be there, and are never called.
    """

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.num_refs = 1

    def _extract_corpus_statistics(self, hypotheses: Any, references: Any) -> Any:  # noqa: ANN401, ARG002
        return hypotheses

    def _aggregate_and_compute(self, stats: Any) -> Score:  # noqa: ANN401
        return self._compute_score_from_stats(np.sum(np.asarray(stats, float), axis=0))

    def _compute_score_from_stats(self, stats: Any) -> Score:  # noqa: ANN401
        points, words = stats
        return Score("MQM", 1000 * float(points) / float(words))

    def _preprocess_segment(self, sent: str) -> str:
        return sent

    def _extract_reference_info(self, refs: Any) -> Any:  # noqa: ANN401
        raise NotImplementedError("it has no references")

    def _compute_segment_statistics(self, hypothesis: Any, ref_kwargs: Any) -> Any:  # noqa: ANN401
        raise NotImplementedError("statistics are given")


class _Counted(CHRF):
    """chrF++ of statistics an article that are given in place of hypotheses."""

    def _extract_corpus_statistics(self, hypotheses: Any, references: Any) -> Any:  # noqa: ANN401, ARG002
        return hypotheses


def chrf_statistics(hypotheses: Sequence[str], references: Sequence[str]) -> tuple[float, ...]:
    """Counts of n-grams over the sentences of one article, for `paired_chrf`."""
    rows = CHRF(word_order=CHRF_WORD_ORDER)._extract_corpus_statistics(list(hypotheses), [list(references)])
    return tuple(float(sum(column)) for column in zip(*rows, strict=True))


def paired_penalty(first: Sequence[Statistics], second: Sequence[Statistics]) -> Paired:
    """Two systems' MQM penalty per 1,000 words, from [points, words] of each article."""
    return _paired(_Penalty(), first, second)


def paired_chrf(first: Sequence[Statistics], second: Sequence[Statistics]) -> Paired:
    """Two systems' corpus-level chrF++, from `chrf_statistics` of each article."""
    metric = _Counted(word_order=CHRF_WORD_ORDER)
    metric.num_refs = 1
    return _paired(metric, first, second)


def _paired(metric: Metric, first: Sequence[Statistics], second: Sequence[Statistics]) -> Paired:
    """Sacrebleu's paired bootstrap, articles being resampled. Of two that are equal p is 1 (sacrebleu would say 0.001).

    Its seed is SACREBLEU_SEED (12345 where unset; 0 and none mean another one each time).
    """
    systems: list[Any] = [("first", [list(s) for s in first]), ("second", [list(s) for s in second])]
    test = PairedTest(systems, {"metric": metric}, None, test_type="bs", n_samples=SAMPLES)
    signatures, results = test()
    [(name, signature)] = signatures.items()
    one, two = cast("list[Result]", results[name])
    same = np.array_equal(np.asarray(first, float), np.asarray(second, float))
    interval = _interval(metric, first, second, test._seed or None)
    return Paired(float(one.score), float(two.score), interval, 1.0 if same else two.p_value or 0.0, str(signature))


def _interval(
    metric: Metric, first: Sequence[Statistics], second: Sequence[Statistics], seed: int | None
) -> tuple[float, float]:
    """95 % of the differences over resamples of the articles."""
    pairs = np.stack([np.asarray(first, float), np.asarray(second, float)])
    chosen = np.random.default_rng(seed).choice(pairs.shape[1], size=(SAMPLES, pairs.shape[1]))
    sums = (pairs[:, rows].sum(axis=1) for rows in chosen)
    scores = (metric._compute_score_from_stats(s).score for pair in sums for s in pair)
    found = np.fromiter(scores, float).reshape(-1, 2)
    low, high = np.quantile(found[:, 1] - found[:, 0], (0.025, 0.975))
    return float(low), float(high)
