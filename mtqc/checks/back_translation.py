"""Sentences whose back-translation has next to nothing of the original."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from mtqc.checks.base import BOTH
from mtqc.model import BackTranslation, Bead, Category, Evidence, Finding, ForcedScore, Severity, Signals
from mtqc.rules import Example, Rule
from mtqc.text.tokens import words

DISAGREES = Rule(
    code="ACC601",
    name="back-translation-disagrees",
    category=Category.MISTRANSLATION,
    severity=Severity.MINOR,
    summary="Translated back, the sentence has next to nothing of the original: a suspicion.",
    rationale="A sentence that says something else back-translates to something else. A free translation does too, and"
    " the shipped model is weak: so only the lowest scores count, and they are a suspicion, never more.",
    needs=("back_translation", "forced_source"),
    confidence=0.5,
    sources=("chrF++: Popović 2017", "thresholds: reports/back-translation.md"),
    examples=(
        Example(
            "The storm cut power to thousands of homes along the coast.",
            "Le ministre a refusé de commenter les résultats du vote.",
            marks="Le ministre a refusé de commenter les résultats du vote.",
            back_translations=("The minister declined to comment on the results of the vote.",),
            logprobs=(-7.0,),
        ),
        Example(
            "The storm cut power to thousands of homes along the coast.",
            "La tempête a privé d’électricité des milliers de foyers sur la côte.",
            back_translations=("The storm deprived thousands of homes on the coast of electricity.",),
            logprobs=(-2.0,),
        ),
        Example(
            "It was, he said, a piece of cake from start to finish.",
            "Selon lui, ce fut un jeu d’enfant d’un bout à l’autre.",
            back_translations=("According to him, it was a child’s game throughout.",),
            logprobs=(-4.2,),
            note="an idiom well translated: chrF++ is low, but the model still finds the original likely",
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Sentences below both thresholds: chrF++ of the back-translation, and nats a piece of the forced original."""

    chrf_below: float = 30.0
    logprob_below: float = -5.0
    least_words: int = 5
    rules: ClassVar[tuple[Rule, ...]] = (DISAGREES,)
    directions: ClassVar[tuple[str, ...]] = BOTH

    def find(self, bead: Bead, signals: Signals) -> Iterator[Finding]:
        """At most one finding, on the whole of the translation."""
        back, forced = signals.back_translation, signals.forced_source
        if not isinstance(back, BackTranslation) or not isinstance(forced, ForcedScore):
            return
        low = back.chrf < self.chrf_below and forced.per_piece < self.logprob_below
        if low and len(words(bead.source_text)) >= self.least_words:
            yield DISAGREES.finding(
                bead.target_at(0, len(bead.target_text)),
                f"Translated back, this reads “{back.text}”: a suspicion that it says something else.",
                source=bead.source_at(0, len(bead.source_text)),
                evidence=(
                    Evidence("chrF++ of the back-translation", round(back.chrf, 1), "of 100", "sacrebleu"),
                    Evidence("forced decoding of the original", round(forced.per_piece, 2), "nats a piece", "Marian"),
                ),
            )
