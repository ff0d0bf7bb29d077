"""The signals of an article's beads: what is asked of the models, in the order in which it is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from mtqc import signals
from mtqc.align.constituents import Lang
from mtqc.align.links import Linkers, WordLinks, link_words, tokens_of
from mtqc.coverage import cover
from mtqc.model import (
    NO_MODEL,
    BackTranslation,
    Bead,
    BeadLinks,
    ForcedScore,
    NotMeasured,
    PseudoReference,
    Signals,
    WordPair,
)
from mtqc.translate.base import ForcedScorer, Linker, Translator

ONE_SIDE = NotMeasured("only one side has text")


@dataclass(frozen=True, slots=True)
class Direction:
    """A model of one direction: what translates, scores and links."""

    translator: Translator
    scorer: ForcedScorer
    linker: Linker | NotMeasured = NO_MODEL


@dataclass(frozen=True, slots=True)
class Models:
    """`backward`: from the translation's language into the original's; `forward`: the other way, or why there is none.

    `warnings()`: what the user should hear of afterwards (a cache that had to be set aside, say).
    """

    backward: Direction
    forward: Direction | NotMeasured = NO_MODEL
    warnings: Callable[[], tuple[str, ...]] = tuple

    @property
    def signature(self) -> str:
        """Of both directions."""
        forward = "none" if isinstance(self.forward, NotMeasured) else self.forward.translator.signature
        return f"{self.backward.translator.signature}|forward:{forward}"


def measure(
    beads: Sequence[Bead], hypotheses: Mapping[int, str | NotMeasured], models: Models | None, source_lang: str
) -> tuple[Signals, ...]:
    """The signals of each bead. `hypotheses`: back-translations by the index of the translation's sentence.

    Raises ModelError where a model itself fails.
    """
    pairs = [b for b in beads if b.is_pair and not b.is_boilerplate]
    if models is None:
        return tuple(Signals() if b in pairs else _one_sided() for b in beads)
    measured = zip(
        [_back_translation(b, hypotheses) for b in pairs],
        models.backward.scorer.score([(b.target_text, b.source_text) for b in pairs]),
        _forced_target(pairs, models.forward),
        _pseudo_references(pairs, models.forward),
        _links(pairs, models, source_lang),
        strict=True,
    )
    made = _covered(pairs, [Signals(*values) for values in measured], models, source_lang)
    found = {b.index: s for b, s in zip(pairs, made, strict=True)}
    return tuple(found.get(b.index) or _one_sided() for b in beads)


def _covered(beads: Sequence[Bead], made: Sequence[Signals], models: Models, source_lang: str) -> list[Signals]:
    forward = models.forward if isinstance(models.forward, NotMeasured) else models.forward.scorer
    lang: Lang = "fr" if source_lang == "fr" else "en"
    covered = cover(beads, made, lang, forward, models.backward.scorer)
    return [replace(s, coverage=c) for s, c in zip(made, covered, strict=True)]


def _one_sided() -> Signals:
    return Signals(*[ONE_SIDE] * 6)


def _back_translation(bead: Bead, hypotheses: Mapping[int, str | NotMeasured]) -> BackTranslation | NotMeasured:
    parts = [hypotheses[s.index] for s in bead.target]
    void = next((p for p in parts if isinstance(p, NotMeasured)), None)
    if void is not None:
        return void
    return signals.score_sentence(" ".join(p for p in parts if isinstance(p, str)), bead.source_text)


def _forced_target(beads: Sequence[Bead], forward: Direction | NotMeasured) -> Sequence[ForcedScore | NotMeasured]:
    if isinstance(forward, NotMeasured):
        return [forward] * len(beads)
    return forward.scorer.score([(b.source_text, b.target_text) for b in beads])


def _pseudo_references(
    beads: Sequence[Bead], forward: Direction | NotMeasured
) -> Iterator[PseudoReference | NotMeasured]:
    if isinstance(forward, NotMeasured):
        yield from [forward] * len(beads)
        return
    made = forward.translator.translate([b.source_text for b in beads])
    for bead, text in zip(beads, made, strict=True):
        if isinstance(text, NotMeasured):
            yield text
        else:
            yield PseudoReference(text, signals.chrf(bead.target_text, text))


def _links(beads: Sequence[Bead], models: Models, source_lang: str) -> Iterator[BeadLinks]:
    backward = models.backward.linker
    forward = models.forward if isinstance(models.forward, NotMeasured) else models.forward.linker
    linkers = Linkers(backward, forward) if source_lang == "en" else Linkers(forward, backward)
    sides = [(tokens_of(b.source_text), tokens_of(b.target_text)) for b in beads]
    found = link_words(sides if source_lang == "en" else [s[::-1] for s in sides], linkers)
    return (_bead_links(words, source_lang) for words in found)


def _bead_links(words: WordLinks, source_lang: str) -> BeadLinks:
    spans = ((words.english.spans[k.source], words.french.spans[k.target], k.score) for k in words.links)
    pairs = (WordPair(en, fr, score) if source_lang == "en" else WordPair(fr, en, score) for en, fr, score in spans)
    return BeadLinks(tuple(sorted(pairs)), words.origin)
