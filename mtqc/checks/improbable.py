"""Words that both models find improbable: ACC602, off unless selected, since it is right less than half the time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from mtqc.checks.base import BOTH
from mtqc.model import (
    Bead,
    Category,
    Doubt,
    Evidence,
    Finding,
    Location,
    NotMeasured,
    PseudoReference,
    Severity,
    Signals,
)
from mtqc.rules import Example, Rule

IMPROBABLE = Rule(
    code="ACC602",
    name="improbable-words",
    category=Category.MISTRANSLATION,
    severity=Severity.MINOR,
    summary="The models would not have put these words here: a suspicion, off by default.",
    rationale="A wrong sense, a false friend, or a word that means nothing surprises the model that knows the original;"
    " often the original's word surprises the other model too. But a free translation surprises them as well: on good"
    " human translations it marks words in half of the sentences and more. It is for a reader who wants to see"
    " where to look.",
    confidence=0.35,
    needs=("doubts",),
    sources=("reports/judgement.md",),
    examples=(
        Example(
            "The traders met in the old town hall.",
            "Les commerçants se sont réunis dans la vieille salle de ville.",
            marks="salle de ville",
            doubts=(("salle", 0.4), ("de", 0.3), ("ville", 0.5)),
        ),
        Example(
            "The traders met in the old town hall.",
            "Les commerçants se sont réunis dans l’ancien hôtel de ville.",
            doubts=(("commerçants", 0.15), ("ville", 0.05)),
            note="what is merely rare is not doubted enough",
        ),
        Example("The meeting was short.", "La réunion fut brève.", note="nothing was doubted"),
    ),
)


@dataclass(frozen=True, slots=True)
class Improbable:
    """Runs of words whose probability of standing in a serious error is `least` or more; reports/judgement.md says how
    often they do.
    """

    least: float = 0.25
    rules: ClassVar[tuple[Rule, ...]] = (IMPROBABLE,)
    directions: ClassVar[tuple[str, ...]] = BOTH

    def find(self, bead: Bead, signals: Signals) -> Iterator[Finding]:
        """One finding a run of neighbouring words."""
        if isinstance(signals.doubts, NotMeasured):
            return
        run: list[Doubt] = []
        for doubt in (*signals.doubts, None):
            if doubt is not None and doubt.probability >= self.least:
                run.append(doubt)
            elif run:
                yield _finding(bead, signals, run)
                run = []


def _finding(bead: Bead, signals: Signals, run: list[Doubt]) -> Finding:
    start, end = run[0].span.start, run[-1].span.end
    worst = max(run, key=lambda d: d.probability)
    text = bead.target_text[start:end]
    evidence = [Evidence("probability of a serious error", round(worst.probability, 2), "0 to 1", "mtqc/weights.json")]
    if isinstance(signals.pseudo_reference, PseudoReference):
        evidence.append(Evidence("the model’s own translation", signals.pseudo_reference.text, "", "Marian"))
    return IMPROBABLE.finding(
        bead.target_at(start, end),
        f"The models would not have put “{text}” here: a suspicion.",
        source=_counterpart(bead, signals, run),
        evidence=tuple(evidence),
        confidence=worst.probability,
    )


def _counterpart(bead: Bead, signals: Signals, run: list[Doubt]) -> Location | None:
    if isinstance(signals.links, NotMeasured):
        return None
    linked = sorted({s for d in run for s in signals.links.from_target(d.span)})
    return bead.source_at(linked[0].start, linked[-1].end) if linked else None
