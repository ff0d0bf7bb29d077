"""The signals of an article's beads: what is asked of the models, in the order in which it is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

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
from mtqc.translate.base import ForcedScorer, Linker, Progress, Translator
from mtqc.translate.cache import Store, numbers

ONE_SIDE = NotMeasured("only one side has text")
TEXTS, PAIRS = 8192, 1024
"""Sentences that are translated at once, and pairs that are measured: so much of what only measuring needs (pieces,
tables of links) is in memory. A model takes far less at a time.
"""
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Direction:
    """A model of one direction: what translates, scores and links."""

    translator: Translator
    scorer: ForcedScorer
    linker: Linker | NotMeasured = NO_MODEL


@dataclass(frozen=True, slots=True)
class Models:
    """`backward`: from the translation's language into the original's; `forward`: the other way, or why there is none.

    `warnings()`: what the user should hear of afterwards (a cache that had to be set aside, say). `store`: where the
    scores of what they make are kept.
    """

    backward: Direction
    forward: Direction | NotMeasured = NO_MODEL
    warnings: Callable[[], tuple[str, ...]] = tuple
    store: Store | None = None

    @property
    def signature(self) -> str:
        """Of both directions."""
        forward = "none" if isinstance(self.forward, NotMeasured) else self.forward.translator.signature
        return f"{self.backward.translator.signature}|forward:{forward}"


def back_translate(texts: Sequence[str], models: Models, progress: Progress | None = None) -> list[str | NotMeasured]:
    """One hypothesis a text, in order. Raises ModelError where the model itself fails."""
    translate = models.backward.translator.translate
    return [h for part in _slices(texts, TEXTS) for h in translate(part, progress)]


def measure(
    beads: Sequence[Bead], hypotheses: Sequence[Sequence[str | NotMeasured]], models: Models | None
) -> list[Signals]:
    """The signals of each bead, which may be of many articles; `hypotheses`: of each one's translation, by sentence.

    Raises ModelError where a model itself fails.
    """
    both = [(b, h) for b, h in zip(beads, hypotheses, strict=True) if _is_judged(b)]
    slices = _slices(both, PAIRS)
    found = iter([s for part in slices for s in ([Signals()] * len(part) if models is None else _asked(part, models))])
    return [next(found) if _is_judged(b) else _one_sided() for b in beads]


def _slices(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    return (items[start : start + size] for start in range(0, len(items), size))


def _is_judged(bead: Bead) -> bool:
    return bead.is_pair and not bead.is_boilerplate


def _asked(part: Sequence[tuple[Bead, Sequence[str | NotMeasured]]], models: Models) -> list[Signals]:
    beads = [b for b, _ in part]
    source_lang = beads[0].langs[0]
    measured = zip(
        _back_translations(part, models.store),
        models.backward.scorer.score([(b.target_text, b.source_text) for b in beads]),
        _forced_target(beads, models.forward),
        _pseudo_references(beads, models),
        _links(beads, models, source_lang),
        strict=True,
    )
    return _covered(beads, [Signals(*values) for values in measured], models, source_lang)


def _covered(beads: Sequence[Bead], made: Sequence[Signals], models: Models, source_lang: str) -> list[Signals]:
    forward = models.forward if isinstance(models.forward, NotMeasured) else models.forward.scorer
    lang: Lang = "fr" if source_lang == "fr" else "en"
    covered = cover(beads, made, lang, forward, models.backward.scorer)
    return [replace(s, coverage=c) for s, c in zip(made, covered, strict=True)]


def _one_sided() -> Signals:
    return Signals(*[ONE_SIDE] * 6)


def _back_translations(
    part: Sequence[tuple[Bead, Sequence[str | NotMeasured]]], store: Store | None
) -> list[BackTranslation | NotMeasured]:
    joined = [_joined(parts) for _, parts in part]
    pairs = [(text, b.source_text) for text, (b, _) in zip(joined, part, strict=True) if isinstance(text, str)]
    found = iter(numbers(store, f"counts {signals.signatures()}", pairs, signals.counts))
    return [signals.scored(text, next(found)) if isinstance(text, str) else text for text in joined]


def _joined(parts: Sequence[str | NotMeasured]) -> str | NotMeasured:
    void = next((p for p in parts if isinstance(p, NotMeasured)), None)
    return void or " ".join(p for p in parts if isinstance(p, str))


def _forced_target(beads: Sequence[Bead], forward: Direction | NotMeasured) -> Sequence[ForcedScore | NotMeasured]:
    if isinstance(forward, NotMeasured):
        return [forward] * len(beads)
    return forward.scorer.score([(b.source_text, b.target_text) for b in beads])


def _pseudo_references(beads: Sequence[Bead], models: Models) -> list[PseudoReference | NotMeasured]:
    if isinstance(models.forward, NotMeasured):
        return [models.forward] * len(beads)
    made = models.forward.translator.translate([b.source_text for b in beads])
    pairs = [(b.target_text, text) for b, text in zip(beads, made, strict=True) if isinstance(text, str)]
    scores = iter(numbers(models.store, f"chrf {signals.signatures()}", pairs, signals.chrf))
    return [PseudoReference(text, next(scores)) if isinstance(text, str) else text for text in made]


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
