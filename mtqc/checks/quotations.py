"""What somebody is quoted as saying: a word in the quotation that means something else (ACC403)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from mtqc.align.lexicon import english_stem, lexicon
from mtqc.model import (
    BackTranslation,
    Bead,
    BeadLinks,
    Category,
    Evidence,
    Finding,
    ForcedScore,
    Severity,
    Signals,
    Span,
    WordPair,
)
from mtqc.rules import Example, Rule
from mtqc.text.french import noun_forms
from mtqc.text.tokens import words
from mtqc.text.typography import pairs

ALTERED = Rule(
    "ACC403", "quotation-altered", Category.MISTRANSLATION, Severity.MINOR,
    "A word inside a quotation seems to say something else than the one it stands for.",
    "What stands in quotation marks is vouched for word by word.",
    (
        Example("He called it “a cultural treasure”.", "Il y voit « un marché culturel ».", "marché",
                back_translations=("He sees “a cultural market”.",), links=(("treasure", "marché", -18.0),)),
        Example("He called it “a cultural treasure”.", "Il y voit « un trésor culturel ».",
                back_translations=("He sees “a cultural treasure”.",), links=(("treasure", "trésor", -1.0),)),
        Example("He called it “a cultural treasure”.", "Il y voit « un joyau culturel ».",
                back_translations=("He sees “a cultural jewel”.",), links=(("treasure", "joyau", -6.0),),
                note="freer, but the models take it for a translation"),
        Example("He called a cultural treasure “fine”.", "Un marché culturel est « beau », dit-il.",
                back_translations=("A cultural market is “fine”, he said.",), links=(("treasure", "marché", -18.0),),
                note="outside the quotation"),
    ),
    0.6,
    needs=("back_translation", "links", "forced_source", "forced_target"),
)  # fmt: skip

_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Quotations:
    """Judges nouns of a quotation that are linked to one word of the original's quotation, and it to them alone.

    `link`: least share of the link. `forward`: log-probability in nats, at most, of the French word given the original;
    `backward`: of the English one given the translation. On the tuning halves of NTREX and flores-dev these find 16 of
    29 nouns that `mtqc plant` put into quotations; of 2,103 sentences of good translations, 243 with quotations, four
    get a finding.
    """

    link: float = 0.8
    forward: float = -11.0
    backward: float = -10.0

    rules: ClassVar[tuple[Rule, ...]] = (ALTERED,)

    def find(self, bead: Bead, signals: Signals) -> Iterator[Finding]:
        """ACC403 for each such word; nothing where the two sides have another number of quotations."""
        links = signals.links
        if not isinstance(links, BeadLinks) or ALTERED.unmet(signals):
            return
        there, here = _inside(bead.source_text), _inside(bead.target_text)
        if not here or len(there) != len(here):
            return
        back = _back_stems(signals)
        for pair in links.pairs:
            quoted = any(q.contains(pair.target) for q in here) and any(q.contains(pair.source) for q in there)
            if quoted and self._is_wrong(bead, pair, links, signals) and _word(bead, pair)[0] not in back:
                yield _finding(bead, pair, signals)

    def _is_wrong(self, bead: Bead, pair: WordPair, links: BeadLinks, signals: Signals) -> bool:
        english = bead.source_text[pair.source.start : pair.source.end]
        french = bead.target_text[pair.target.start : pair.target.end]
        if pair.score < self.link or french not in noun_forms() or min(len(english), len(french)) < _SHORTEST:
            return False
        if len(links.from_source(pair.source)) > 1 or len(links.from_target(pair.target)) > 1:
            return False
        table = lexicon()
        if not table.seen(english) or table.known(english, french):
            return False
        forward, backward = _nats(signals.forced_target, pair.target), _nats(signals.forced_source, pair.source)
        return forward <= self.forward and backward <= self.backward


def _inside(text: str) -> list[Span]:
    return [Span(left.end, right.start) for left, right in pairs(text) if left.end <= right.start]


def _word(bead: Bead, pair: WordPair) -> tuple[str, str]:
    """Stem and spelling of the English word."""
    english = bead.source_text[pair.source.start : pair.source.end]
    return english_stem(english.lower()), english


def _back_stems(signals: Signals) -> frozenset[str]:
    back = signals.back_translation
    text = back.text if isinstance(back, BackTranslation) else ""
    return frozenset(english_stem(w.norm.lower()) for w in words(text))


def _nats(forced: object, span: Span) -> float:
    """Log-probability of the words that share letters with the span, 0 where nothing was scored."""
    return sum(w.logprob for w in forced.words if w.span.overlaps(span)) if isinstance(forced, ForcedScore) else 0.0


def _finding(bead: Bead, pair: WordPair, signals: Signals) -> Finding:
    french = bead.target_text[pair.target.start : pair.target.end]
    given, back = _nats(signals.forced_target, pair.target), _nats(signals.forced_source, pair.source)
    return ALTERED.finding(
        bead.target_at(pair.target.start, pair.target.end),
        f"« {french} » stands for “{_word(bead, pair)[1]}” in the quotation, and seems to mean something else.",
        source=bead.source_at(pair.source.start, pair.source.end),
        evidence=(
            Evidence("log-probability of the French word", round(given, 1), "nats"),
            Evidence("log-probability of the English word", round(back, 1), "nats"),
        ),
    )
