"""What turns the sense round: a negation lost or added, an opposite, hearsay told as a fact."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar, TypedDict

from mtqc.checks.base import BOTH
from mtqc.checks.mirror import mirrored, mirrored_signals
from mtqc.checks.polarity_negation import Candidate, Texts, added, french_negations, lost, negated
from mtqc.checks.polarity_place import verb_group
from mtqc.checks.polarity_reversal import reversal
from mtqc.checks.polarity_rules import ANTONYM_FLIPPED, HEDGE_LOST, POLARITY_FLIPPED
from mtqc.checks.polarity_words import FRENCH_HEDGE, HEDGES
from mtqc.model import Bead, Evidence, Finding, Location, Severity, Signals

__all__ = ["Polarity", "french_negations"]

_ALL = re.compile(r"(?<!\w)(?:tous|toutes|tout le monde|chacune?|les deux|quelqu'un)(?!\w)", re.IGNORECASE)
_JOINED = 45
"""Characters between « tous » and the verb it is the subject of."""
_NEAR = 60
"""Characters within which a French word of hearsay answers an English one; further off, it may be another's."""
_SUSPECTED = 0.5
"""Share of suspected reversals that are right, on machine translations with errors planted."""


@dataclass(frozen=True, slots=True)
class Polarity:
    """Negations (ACC701), opposites (ACC702) and hearsay (ACC703) that differ between the two sides.

    `suspected_*`: log-odds (`polarity_negation`) from which a negation is reported as a suspicion: of 100 planted
    reversals 78 and 80 are found, on 0.5 % and 0.4 % of clean sentences. `sure_*`: log-odds from which it is called a
    fault, 30 and 47 of 100, on 0.03 % and 0.08 %. An opposite may stand `reach` characters from
    where the English word falls: of 100 planted opposites 64 are
    found, on 0.5 % of clean sentences.
    """

    suspected_lost: float = -0.5
    sure_lost: float = 2.5
    suspected_added: float = 1.1
    sure_added: float = 3.2
    reach: int = 60
    rules: ClassVar = (POLARITY_FLIPPED, ANTONYM_FLIPPED, HEDGE_LOST)
    directions: ClassVar = BOTH

    def find(self, bead: Bead, signals: Signals) -> Iterator[Finding]:
        """At most one finding a rule. Of English translations, negations and opposites, seen from the other side."""
        if bead.is_reversed:
            yield from self._reversed(Texts(mirrored(bead), mirrored_signals(signals)))
            return
        texts = Texts(bead, signals)
        yield from (f for f in (self._negation(texts), reversal(texts, self.reach), _hedge(texts)) if f)

    def _reversed(self, texts: Texts) -> Iterator[Finding]:
        """What the French lacks, seen from the English, the English has too much; and the reverse."""
        new, gone = lost(texts), added(texts)
        if gone and gone.odds >= self.suspected_added:
            yield _told(_lost_in_english(texts, gone, sure=gone.odds >= self.sure_added and not gone.positive))
        elif new and new.odds >= self.suspected_lost:
            yield _told(_added_in_english(texts, new, sure=new.odds >= self.sure_lost))
        opposite = reversal(texts, self.reach)
        if opposite is not None:
            yield _told(_turned(opposite))

    def _negation(self, texts: Texts) -> Finding | None:
        gone, new = lost(texts), added(texts)
        if gone and gone.odds >= self.suspected_lost:
            return _lost_finding(texts, gone, sure=gone.odds >= self.sure_lost)
        if new and new.odds >= self.suspected_added:
            return _added_finding(texts, new, sure=new.odds >= self.sure_added and not new.positive)
        return None


def _lost_finding(texts: Texts, negation: Candidate, *, sure: bool) -> Finding:
    said = texts.source[negation.start : negation.end]
    word = negated(texts, negation)
    span = _universal(texts.target, negation.at, said) or verb_group(texts.target, negation.at, word)
    marked = texts.bead.target_text[slice(*span)]
    doubt = "the negation is lost." if sure else "perhaps the negation is lost."
    return POLARITY_FLIPPED.finding(
        texts.bead.target_at(*span),
        f"“{said}” has no counterpart in the French near « {marked} »: {doubt}",
        source=texts.bead.source_at(negation.start, negation.end),
        **_strength(texts, negation, sure=sure),
    )


def _added_finding(texts: Texts, negation: Candidate, *, sure: bool) -> Finding:
    marked = texts.bead.target_at(negation.start, negation.end)
    doubt = "the English has no negation." if sure else "perhaps nothing in the English does."
    return POLARITY_FLIPPED.finding(
        marked, f"« {marked.text} » denies something: {doubt}", **_strength(texts, negation, sure=sure)
    )


def _added_in_english(texts: Texts, negation: Candidate, *, sure: bool) -> Finding:
    marked = _changed_side(texts.bead.source_at(negation.start, negation.end))
    doubt = "the French has no negation." if sure else "perhaps nothing in the French does."
    message = f"“{marked.text}” denies something: {doubt}"
    return POLARITY_FLIPPED.finding(marked, message, **_strength(texts, negation, sure=sure))


def _lost_in_english(texts: Texts, negation: Candidate, *, sure: bool) -> Finding:
    """An omission has only a place: where the English of that share of the sentence stands."""
    said = _changed_side(texts.bead.target_at(negation.start, negation.end))
    at = round(len(texts.source) * negation.start / max(1, len(texts.target)))
    at = max(0, texts.source.rfind(" ", 0, at))
    doubt = "the negation is lost." if sure else "perhaps the negation is lost."
    return POLARITY_FLIPPED.finding(
        _changed_side(texts.bead.source_at(at, at)),
        f"« {said.text} » has no counterpart in the English: {doubt}",
        source=said,
        **_strength(texts, negation, sure=sure),
    )


def _turned(finding: Finding) -> Finding:
    """The finding on a mirrored bead as one on the bead itself."""
    assert finding.source is not None
    target, source = _changed_side(finding.source), _changed_side(finding.target)
    became = "became its opposite" if finding.severity > Severity.MINOR else "seems to have become its opposite"
    message = f"« {source.text} » {became}, “{target.text}”."
    return replace(finding, target=target, source=source, message=message)


def _told(finding: Finding) -> Finding:
    """What is a back-translation from the other side is the model's own translation of the original."""
    own = (
        replace(e, name="the model’s own translation") if e.name == "back-translation" else e for e in finding.evidence
    )
    return replace(finding, evidence=tuple(own))


def _changed_side(place: Location) -> Location:
    return replace(place, side="source" if place.side == "target" else "target")


class _Strength(TypedDict):
    severity: Severity
    confidence: float
    evidence: tuple[Evidence, ...]


def _strength(texts: Texts, negation: Candidate, *, sure: bool) -> _Strength:
    odds = Evidence("log-odds of a reversal", negation.odds, "", "words of both sides")
    severity = Severity.MAJOR if sure else Severity.MINOR
    confidence = POLARITY_FLIPPED.confidence if sure else _SUSPECTED
    return {"severity": severity, "confidence": confidence, "evidence": (odds, *texts.evidence())}


def _universal(target: str, at: int, negation: str) -> tuple[int, int] | None:
    """Of “none”, “nobody” or “neither”: « tous », « les deux » in its place, up to the verb it is the subject of."""
    near = [m.span() for m in _ALL.finditer(target) if abs(m.start() - at) < _JOINED]
    if negation.lower() not in {"none", "nobody", "neither"} or not near:
        return None
    start, end = min(near, key=lambda s: abs(s[0] - at))
    verb = verb_group(target, end, None)
    return (start, verb[1] if end <= verb[0] <= end + _JOINED else end)


def _hedge(texts: Texts) -> Finding | None:
    hedge = HEDGES.search(texts.source)
    if not hedge or (texts.back and HEDGES.search(texts.back)):
        return None
    at = texts.places.project(hedge.start())
    if FRENCH_HEDGE.search(texts.target[max(0, at - _NEAR) : at + _NEAR]):
        return None
    doubtful = bool(hedge["weak"]) or FRENCH_HEDGE.search(texts.target) is not None
    span = verb_group(texts.target, at, texts.places.translated(hedge.end(), 1))
    marked, gone = texts.bead.target_text[slice(*span)], "seems to be gone" if doubtful else "is gone"
    return HEDGE_LOST.finding(
        texts.bead.target_at(*span),
        f"“{hedge.group()}” {gone}: « {marked} » tells as a fact what was hearsay.",
        source=texts.bead.source_at(*hedge.span()),
        severity=Severity.MINOR if doubtful else Severity.MAJOR,
        confidence=_SUSPECTED if doubtful else None,
        evidence=texts.evidence(),
    )
