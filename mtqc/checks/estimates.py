"""Suspicions from heavy models that rate whole sentences: COMET (ACC620), sentence embeddings (ACC621)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from mtqc.checks.base import BOTH
from mtqc.model import Bead, Category, Evidence, Finding, Severity, Signals
from mtqc.rules import Example, Rule

_NOT_MEASURED = "not measured here: no checkpoint was at hand, so the threshold is the user's"
LOW_ESTIMATE = Rule(
    code="ACC620",
    name="low-comet",
    category=Category.MISTRANSLATION,
    severity=Severity.MINOR,
    summary="A COMET checkpoint rates the sentence below the configured threshold.",
    rationale="Over many sentences such estimates go with human ratings; of a single one they are a suspicion.",
    examples=(
        Example("He left early.", "Il a laissé tôt la gauche.", "Il a laissé tôt la gauche."),
        Example("He left early.", "Il est parti tôt."),
        Example("He left.", "Le voilà parti.", note="free, and rated well"),
    ),
    confidence=0.5,
    needs=("comet",),
    sources=(f"unbabel-comet; {_NOT_MEASURED}",),
)
LOW_SIMILARITY = Rule(
    code="ACC621",
    name="low-similarity",
    category=Category.MISTRANSLATION,
    severity=Severity.MINOR,
    summary="Embeddings of the two sentences are less alike than the configured threshold.",
    rationale="Sentences that translate each other lie near each other; a lost clause or another sentence does not.",
    examples=(
        Example("He left early.", "La mer est bleue.", "La mer est bleue."),
        Example("He left early.", "Il est parti tôt."),
        Example("He left.", "Le voilà parti.", note="free, and near"),
    ),
    confidence=0.5,
    needs=("similarity",),
    sources=(f"sentence-transformers; {_NOT_MEASURED}",),
)


@dataclass(frozen=True, slots=True)
class QualityEstimate:
    """ACC620. `below`: scores under it are reported; at the default of 0 next to none is."""

    below: float = 0.0
    rules: ClassVar[tuple[Rule, ...]] = (LOW_ESTIMATE,)
    directions: ClassVar[tuple[str, ...]] = BOTH

    def find(self, bead: Bead, signals: Signals) -> Iterator[Finding]:
        """At most one finding, on the whole sentence."""
        if isinstance(signals.comet, float) and signals.comet < self.below:
            yield _low(LOW_ESTIMATE, bead, signals.comet, self.below, "COMET rates this translation")


@dataclass(frozen=True, slots=True)
class Similarity:
    """ACC621. `below`: cosines under it are reported; at the default of 0 next to none is."""

    below: float = 0.0
    rules: ClassVar[tuple[Rule, ...]] = (LOW_SIMILARITY,)
    directions: ClassVar[tuple[str, ...]] = BOTH

    def find(self, bead: Bead, signals: Signals) -> Iterator[Finding]:
        """At most one finding, on the whole sentence."""
        if isinstance(signals.similarity, float) and signals.similarity < self.below:
            yield _low(LOW_SIMILARITY, bead, signals.similarity, self.below, "The sentences are alike to a cosine of")


def _low(rule: Rule, bead: Bead, value: float, below: float, says: str) -> Finding:
    return rule.finding(
        bead.target_at(0, len(bead.target_text)),
        f"{says} {value:.2f}, below {below:g}: perhaps it says something else (a suspicion).",
        source=bead.source_at(0, len(bead.source_text)),
        evidence=(Evidence(rule.needs[0], round(value, 4), "", "heavy signal"),),
    )
