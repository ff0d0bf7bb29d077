"""What each signal is and how it is measured. The only importer of sacrebleu."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.metrics.ter import TER

from mtqc.model import BackTranslation

CHRF_WORD_ORDER = 2
"""chrF++ (Popović 2017): character n-grams to 6, word n-grams to 2."""


@cache
def _metrics() -> tuple[BLEU, CHRF, TER]:
    return BLEU(effective_order=True), CHRF(word_order=CHRF_WORD_ORDER), TER()


def score_sentence(hypothesis: str, reference: str) -> BackTranslation:
    """Sentence-level chrF++, BLEU (effective order) and TER of a back-translation against the original, 0 to 100."""
    bleu, chrf, ter = _metrics()
    return BackTranslation(
        text=hypothesis,
        chrf=chrf.sentence_score(hypothesis, [reference]).score,
        bleu=bleu.sentence_score(hypothesis, [reference]).score,
        ter=ter.sentence_score(hypothesis, [reference]).score,
    )


def chrf(hypothesis: str, reference: str) -> float:
    """Sentence-level chrF++, 0 to 100."""
    return float(_metrics()[1].sentence_score(hypothesis, [reference]).score)


def score_corpus(hypotheses: Sequence[str], references: Sequence[str]) -> tuple[float, float, float]:
    """Corpus-level (BLEU, chrF++, TER) of the back-translations against the originals."""
    metrics = BLEU(), CHRF(word_order=CHRF_WORD_ORDER), TER()
    bleu, chrf, ter = (m.corpus_score(list(hypotheses), [list(references)]).score for m in metrics)
    return bleu, chrf, ter


def signatures() -> str:
    """Sacrebleu's signatures of the three metrics, in one line."""
    names = ("BLEU", "chrF++", "TER")
    metrics = BLEU(effective_order=True), CHRF(word_order=CHRF_WORD_ORDER), TER()
    for metric in metrics:
        metric.sentence_score("a", ["a"])
    return " ".join(f"{n}|{m.get_signature()}" for n, m in zip(names, metrics, strict=True))
