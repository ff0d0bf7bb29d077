"""From facts to probabilities: logistic models whose weights `make calibrate` fits on the tuning halves of ../shared.

The file mtqc/weights.json holds them, with the day, what they were fitted on and the signature of the models.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from mtqc.features import SENTENCE_FACTS, WORD_FACTS, Complete, sentence_facts, values, word_facts
from mtqc.model import AlignedArticle, Bead, Doubt, Finding, NotMeasured, Severity, Signals
from mtqc.precision import Precision

FILE = "weights.json"
FILE_EN = "weights_en.json"
"""Its sentence model is for English translations (tests/measure/calibrate_reverse.py)."""
PRIOR = 5
"""Findings that the estimate of a rule's author weighs as much as."""
_MOST = 2
"""Minor findings that count; locale and punctuation count for none."""
_FORM = ("locale/", "fluency/punctuation", "alignment")


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic model over named facts: P = 1 / (1 + exp(−(bias + Σ weight · fact)))."""

    bias: float
    weights: Mapping[str, float]

    def odds(self, facts: Mapping[str, float]) -> float:
        """Log-odds, in nats."""
        return self.bias + sum(weight * facts[name] for name, weight in self.weights.items())

    def probability(self, facts: Mapping[str, float]) -> float:
        """0 to 1."""
        return 1 / (1 + math.exp(-max(-50.0, min(50.0, self.odds(facts)))))


@cache
def fitted(name: str, target_lang: str = "fr") -> Logistic:
    """The model `word` or `sentence`; of sentences, English translations have one of their own."""
    own = target_lang == "en" and name == "sentence"
    table = json.loads((files("mtqc") / (FILE_EN if own else FILE)).read_text(encoding="utf-8"))[name]
    return Logistic(float(table["bias"]), table["weights"])


def signature() -> str:
    """What in these models can change a number in a report."""
    sentence = f"sentence:{fitted('sentence')};english:{fitted('sentence', 'en')}"
    return f"word:{fitted('word')};{sentence};precision:{sorted(_precision().items())}"


def calibrated(code: str, estimate: float, desk: Precision | None = None) -> float:
    """The confidence of a finding: its rule's author's estimate, counted as PRIOR findings, and what was measured.

    Measured are findings of the rule on the tuning halves of the annotated translations, right where they overlap a
    marked error; of a rule that fired on none, the estimate stands. Where a desk's own editors decided on the rule
    often enough, all of that together counts as PRIOR of their decisions.
    """
    right, fired = _precision().get(code, (0, 0))
    known = (right + PRIOR * estimate) / (fired + PRIOR)
    decided = (desk or {}).get(code)
    return known if decided is None else (decided.right + PRIOR * known) / (decided.total + PRIOR)


@cache
def _precision() -> dict[str, tuple[int, int]]:
    table = json.loads((files("mtqc") / FILE).read_text(encoding="utf-8"))
    return {code: (int(right), int(fired)) for code, (right, fired) in table.get("precision", {}).items()}


def doubts(bead: Bead, signals: Signals, target_lang: str) -> tuple[Doubt, ...] | NotMeasured:
    """Words of the translation with the probability that each stands in a serious error."""
    found = Complete.of(signals)
    if isinstance(found, NotMeasured):
        return found
    model = fitted("word")
    facts = word_facts(bead, found, "en" if target_lang == "en" else "fr")
    return tuple(
        Doubt(w.span, w.text, model.probability(dict(zip(WORD_FACTS, values(f), strict=True)))) for w, f in facts
    )


def with_doubts(article: AlignedArticle) -> AlignedArticle:
    """The article with the doubts about the words of each bead."""
    lang = article.pair.target.lang
    told = (replace(s, doubts=doubts(b, s, lang)) for b, s in zip(article.beads, article.signals, strict=True))
    return replace(article, signals=tuple(told))


def facts_of(
    bead: Bead, signals: Signals, findings: Sequence[Finding], target_lang: str
) -> dict[str, float] | NotMeasured:
    """SENTENCE_FACTS; `suspicion`, the mean of the three highest probabilities of its words; `minor`, the number of
    minor findings, at most two.
    """
    found = Complete.of(signals)
    if isinstance(found, NotMeasured):
        return found
    facts = sentence_facts(bead, found, "en" if target_lang == "en" else "fr")
    words = doubts(bead, signals, target_lang) if isinstance(signals.doubts, NotMeasured) else signals.doubts
    assert not isinstance(words, NotMeasured)
    top = sorted((d.probability for d in words), reverse=True)[:3]
    named = dict(zip(SENTENCE_FACTS, values(facts), strict=True))
    minor = sum(f.severity is Severity.MINOR and not f.category.startswith(_FORM) for f in findings)
    return {**named, "suspicion": sum(top) / max(1, len(top)), "minor": float(min(_MOST, minor))}


def serious(bead: Bead, signals: Signals, findings: Sequence[Finding], target_lang: str) -> float | NotMeasured:
    """Probability that the bead has a critical or major error, or why it cannot be told.

    1 − (1 − p) Π (1 − confidence): p is what the signals say, the product goes over its critical and major findings.
    """
    facts = facts_of(bead, signals, findings, target_lang)
    if isinstance(facts, NotMeasured):
        return facts
    clear = 1 - fitted("sentence", target_lang).probability(facts)
    return 1 - clear * math.prod(1 - f.confidence for f in findings if f.severity >= Severity.MAJOR)
