"""Parts of the original that the translation left out, and parts of the translation that nothing stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from mtqc.align.constituents import Lang, word_class
from mtqc.align.sentences import is_sure
from mtqc.checks.base import BOTH, cited
from mtqc.model import AlignedArticle, Bead, Category, Coverage, Evidence, Finding, Part, Severity
from mtqc.rules import Example, Rule
from mtqc.text.tokens import words

_PAPER = "Vamvas & Sennrich 2022, As Little as Possible, as Much as Necessary (contrastive conditioning)"
LEFT_OUT = Rule(
    code="ACC110",
    name="part-left-out",
    category=Category.OMISSION,
    severity=Severity.MINOR,
    summary="A clause or a group of words of the original seems to be missing in the translation.",
    rationale="Engines drop parts of long sentences, and what is left reads well: only the original shows the loss."
    " The words have no counterpart, and both models together find the translation more probable without them.",
    confidence=0.6,
    needs=("coverage",),
    sources=("MQM core: accuracy/omission", _PAPER),
    examples=(
        Example(
            "The mayor, who took office in May, resigned on Monday after the talks failed.",
            "La maire a démissionné lundi après l’échec des négociations.",
            marks="",
            note="an omission has only a place in the French",
            omitted=(("who took office in May", "La maire", 6.1),),
        ),
        Example(
            "The mayor, who took office in May, resigned on Monday.",
            "La maire, entrée en fonction en mai, a démissionné lundi.",
            note="nothing was left out",
        ),
        Example(
            "The minister has a lot of things to get through on a weekly basis.",
            "La ministre a beaucoup de choses à régler chaque semaine.",
            note="free, but nothing is lost: the models are not sure enough",
            omitted=(("basis", "chaque semaine", 2.6),),
        ),
        Example(
            "La maire, entrée en fonction en mai, a démissionné lundi après l’échec des négociations.",
            "The mayor resigned on Monday after the talks failed.",
            marks="",
            omitted=(("entrée en fonction en mai", "The mayor", 5.2),),
            langs=("fr", "en"),
        ),
        Example(
            "The European Union will vote on Tuesday.",
            "L’UE votera mardi.",
            note="an acronym may stand for it",
            omitted=(("European Union", "L’", 4.0),),
        ),
    ),
)
PUT_IN = Rule(
    code="ACC111",
    name="part-put-in",
    category=Category.ADDITION,
    severity=Severity.MINOR,
    summary="A clause or a group of words of the translation seems to stand for nothing in the original.",
    rationale="Engines go on where the original stops, or repeat what stood elsewhere; readers take it for his."
    " Translators explain, too: whether an explanation is welcome, an editor decides.",
    confidence=0.5,
    needs=("coverage",),
    sources=("MQM core: accuracy/addition", _PAPER),
    examples=(
        Example(
            "The mayor resigned on Monday after the talks failed.",
            "La maire, entrée en fonction en mai, a démissionné lundi après l’échec des négociations.",
            marks="entrée en fonction en mai",
            added=(("entrée en fonction en mai", "The mayor", 5.2),),
        ),
        Example("The mayor resigned on Monday.", "La maire a démissionné lundi."),
        Example(
            "AU trade commissioner Albert Muchanga announced that Benin was to join.",
            "Le commissaire au commerce de l'Union africaine, Albert Muchanga, a annoncé l'adhésion du Bénin.",
            note="an acronym written out",
            added=(("de l'Union africaine", "AU trade commissioner", 4.9),),
        ),
        Example(
            "Chris Leslie is MP for Nottingham East.",
            "Chris Leslie est député de la circonscription de Nottingham East.",
            note="explained, and not surely added",
            added=(("la circonscription", "MP for", 3.1),),
        ),
    ),
)
_ACRONYM = re.compile(r"(?<![\w.])(?:[A-ZÉÀ]{2,}s?|(?:[A-Z]\.){2,})(?!\w)")
_NEAR = 60
"""Characters on both sides of a place in which an acronym may be what the part stands for."""
_LONGEST_NAME = 6
"""Content words that an acronym stands for, at most."""


@dataclass(frozen=True, slots=True)
class LostParts:
    """Log-odds from which a part is reported, and from which it is major.

    Measured with tests/measure/coverage.py on the tuning half: at `omitted` 83 % of planted lost clauses are found, and
    1.0 % of 1,147 clean pairs have a finding, of which on reading 7 of 11 were really left out; at `added` 75 % and
    0.2 %, one of two really added. Below, what is found in clean pairs are mostly explanations that translators give.
    From 5.5 on, one clean pair has an omission (a name with its title, really left out).
    """

    omitted: float = 3.0
    added: float = 4.3
    omitted_for_sure: float = 5.5
    added_for_sure: float = 6.0
    rules: ClassVar[tuple[Rule, ...]] = (LEFT_OUT, PUT_IN)
    directions: ClassVar[tuple[str, ...]] = BOTH

    def find_in_article(self, article: AlignedArticle) -> Iterator[Finding]:
        """Parts without counterpart that are neither names or figures alone nor written out as an acronym.

        None beside a sentence that was left without partner: what seems to be missing may well stand there.
        """
        sides = [(bool(b.source), bool(b.target)) for b in article.beads]
        for i, (bead, signals) in enumerate(zip(article.beads, article.signals, strict=True)):
            if isinstance(signals.coverage, Coverage) and not bead.is_boilerplate and is_sure(bead):
                beside = sides[max(0, i - 1) : i] + sides[i + 1 : i + 2]
                yield from self._found(bead, signals.coverage, (False, True) in beside, (True, False) in beside)

    def _found(self, bead: Bead, coverage: Coverage, more_target: bool, more_source: bool) -> Iterator[Finding]:
        source, target = bead.source_text, bead.target_text
        for part in () if more_target else coverage.omitted:
            if part.odds >= self.omitted and not _is_named(source, part) and not _is_short_for(target, source, part):
                yield self._omission(bead, part)
        for part in () if more_source else coverage.added:
            if part.odds >= self.added and not _is_named(target, part) and not _is_short_for(source, target, part):
                yield self._addition(bead, part)

    def _omission(self, bead: Bead, part: Part) -> Finding:
        place = bead.source_at(part.span.start, part.span.end)
        sure = part.odds >= self.omitted_for_sure
        verb = "is missing" if sure else "seems to be missing"
        return LEFT_OUT.finding(
            bead.target_at(part.place.start, part.place.end),
            f"{cited(place.text, bead.langs[0])} {verb} in the translation.",
            source=place,
            evidence=_evidence(part, "translation"),
            severity=Severity.MAJOR if sure else None,
            confidence=0.85 if sure else None,
        )

    def _addition(self, bead: Bead, part: Part) -> Finding:
        marked = bead.target_at(part.span.start, part.span.end)
        sure = part.odds >= self.added_for_sure
        verb = "stands" if sure else "seems to stand"
        return PUT_IN.finding(
            marked,
            f"{cited(marked.text, bead.langs[1])} {verb} for nothing in the original.",
            source=bead.source_at(part.place.start, part.place.end),
            evidence=_evidence(part, "original"),
            severity=Severity.MAJOR if sure else None,
            confidence=0.8 if sure else None,
        )


def _evidence(part: Part, other: str) -> tuple[Evidence, ...]:
    gain = Evidence(f"how much more probable the {other} is without it", part.gain, "nats", "forced decoding")
    return gain, Evidence("log-odds that it has no counterpart", part.odds, "nats", "contrastive coverage")


def _is_named(text: str, part: Part) -> bool:
    """True of one or two words that are names or numbers: other rules know more of those."""
    inside = [w for w in words(text) if part.span.start <= w.start and w.end <= part.span.end]
    own = [w for w in inside if _is_content(w.norm)]
    return len(own) <= 2 and all(w.is_number or (w.is_capital and w.start > 0) for w in own)


def _is_content(word: str) -> bool:
    langs: tuple[Lang, ...] = ("en", "fr")
    return all(word_class(word, lang) in {"content", "adv"} for lang in langs)


def _is_short_for(other: str, own: str, part: Part) -> bool:
    """True where an acronym of the other side, near the place, may be what the part says in full."""
    span = part.span
    if sum(_is_content(w.norm) for w in words(own[span.start : span.end])) > _LONGEST_NAME:
        return False
    near = other[max(0, part.place.start - _NEAR) : part.place.start + _NEAR]
    return any(m.group() not in own for m in _ACRONYM.finditer(near))
