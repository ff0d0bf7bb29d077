"""What a calibrated judgement rests on: numbers about each word of a translation, and about a sentence.

They come from signals of both directions and mean the same whichever language is translated. The weights that turn
them into probabilities are fitted by tests/measure/calibrate.py (`make calibrate`).
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, fields
from operator import attrgetter

from mtqc.align.constituents import Lang, word_class
from mtqc.align.lexicon import english_stem, french_stem, lexicon
from mtqc.model import (
    BackTranslation,
    Bead,
    BeadLinks,
    Coverage,
    ForcedScore,
    NotMeasured,
    PseudoReference,
    Signals,
    WordScore,
)
from mtqc.text.tokens import words

_FLOOR = -12.0
"""Log-probabilities (nats) below it count as this: how much rarer still a word is says nothing more."""
_RARE = 1e-5
_WORST = 3
_UNSEEN = math.log(0.02)
"""In place of log P(word | linked word) where the lexicon does not know the linked word."""


@dataclass(frozen=True, slots=True)
class WordFacts:
    """One word of the translation. Log-probabilities in nats, 0 to 1 for yes and no.

    `surprise`: minus its log-probability given the original; `per_letter`: the same a letter; `before`, `after`: of its
    neighbours. `elsewhere`, `form_elsewhere`: the model's own translation has not the word, has it in no form.
    `unlinked`; `link`: the best link's score. `back`: minus the least log-probability of a linked word of the original
    given the translation; `back_lost`: the back-translation has none of the linked words in any form. `unlikely`: minus
    log P(word | linked word) of the lexicon; `unknown`: the lexicon cannot say. `name`, `figure`, `content`,
    `copied` (the linked word is spelt alike).
    """

    surprise: float
    per_letter: float
    before: float
    after: float
    elsewhere: float
    form_elsewhere: float
    unlinked: float
    link: float
    back: float
    back_lost: float
    unlikely: float
    unknown: float
    name: float
    figure: float
    content: float
    copied: float


@dataclass(frozen=True, slots=True)
class SentenceFacts:
    """A bead. `forward`, `backward`: minus mean log-probability a piece (nats) of the translation given the original
    and the reverse; `worst`, `worst_back`: minus mean log-probability of the three least probable words.
    `unlike_back`, `unlike_forward`: 1 minus chrF++ of the back-translation against the original and of the translation
    against the model's own. `unlinked`: share of content words without link; `omitted`, `added`: parts without
    counterpart; `length`: log of the number of words; `ratio`: distance of the log ratio of lengths from its mean.
    """

    forward: float
    backward: float
    worst: float
    worst_back: float
    unlike_back: float
    unlike_forward: float
    unlinked: float
    omitted: float
    added: float
    length: float
    ratio: float


WORD_FACTS = tuple(f.name for f in fields(WordFacts))
SENTENCE_FACTS = tuple(f.name for f in fields(SentenceFacts))
_WORD_VALUES, _SENTENCE_VALUES = attrgetter(*WORD_FACTS), attrgetter(*SENTENCE_FACTS)
_MEAN_RATIO = {"fr": math.log(1.15), "en": math.log(1 / 1.15)}
"""Letters of the translation per letter of the original, by the language of the translation: CORPORA-wide mean of
NTREX's tuning half."""


@dataclass(frozen=True, slots=True)
class Complete:
    """The signals of a bead where all that the facts need could be measured."""

    forward: ForcedScore
    backward: ForcedScore
    reference: PseudoReference
    back: BackTranslation
    links: BeadLinks
    coverage: Coverage

    @staticmethod
    def of(signals: Signals) -> Complete | NotMeasured:
        """The signals, or why one is missing."""
        values = (
            signals.forced_target,
            signals.forced_source,
            signals.pseudo_reference,
            signals.back_translation,
            signals.links,
        )
        missing = next((v for v in values if isinstance(v, NotMeasured)), None)
        if missing is not None:
            return missing
        coverage = Coverage((), ()) if isinstance(signals.coverage, NotMeasured) else signals.coverage
        return Complete(*values, coverage)  # type: ignore[arg-type]


def word_facts(bead: Bead, found: Complete, target_lang: Lang) -> list[tuple[WordScore, WordFacts]]:
    """Facts of each word of the translation that the model could score, in order."""
    stem = french_stem if target_lang == "fr" else english_stem
    other = english_stem if target_lang == "fr" else french_stem
    own = {w.norm.lower() for w in words(found.reference.text)}
    context = _Context(
        found.links,
        {(w.span.start, w.span.end): max(w.logprob, _FLOOR) for w in found.backward.words},
        own,
        {stem(w) for w in own},
        {other(w.norm.lower()) for w in words(found.back.text)},
        target_lang,
        bead.source_text,
    )
    scored = found.forward.words
    costs = [min(-w.logprob, -_FLOOR) for w in scored]
    around = [0.0, *costs, 0.0]
    return [(w, context.facts(w, costs[i], around[i], around[i + 2])) for i, w in enumerate(scored)]


@dataclass(frozen=True, slots=True)
class _Context:
    links: BeadLinks
    backward: dict[tuple[int, int], float]
    own: set[str]
    own_stems: set[str]
    back_stems: set[str]
    target_lang: Lang
    source: str

    def facts(self, word: WordScore, cost: float, before: float, after: float) -> WordFacts:
        text = word.text.replace("’", "'").lower()
        stem, other = (french_stem, english_stem) if self.target_lang == "fr" else (english_stem, french_stem)
        start, end = word.span.start, word.span.end
        linked = [p for p in self.links.pairs if p.target.start < end and start < p.target.end]
        texts = [self.source[p.source.start : p.source.end].lower() for p in linked]
        places = ((p.source.start, p.source.end) for p in linked)
        backs = [self.backward[at] for at in places if at in self.backward]
        odds = [self._likely(text, t) for t in texts]
        known = [o for o in odds if o is not None]
        return WordFacts(
            surprise=cost,
            per_letter=cost / max(1, len(text)),
            before=before,
            after=after,
            elsewhere=float(text not in self.own),
            form_elsewhere=float(stem(text) not in self.own_stems),
            unlinked=float(not linked),
            link=max((p.score for p in linked), default=0.0),
            back=-min(backs, default=0.0),
            back_lost=float(bool(texts) and not any(other(t) in self.back_stems for t in texts)),
            unlikely=-max(known, default=_UNSEEN),
            unknown=float(not known),
            name=float(word.text[:1].isupper()),
            figure=float(any(c.isdigit() for c in text)),
            content=float(word_class(text, self.target_lang) in {"content", "adv"}),
            copied=float(text in texts),
        )

    def _likely(self, word: str, linked: str) -> float | None:
        table = lexicon()
        found = table.probability(linked, word) if self.target_lang == "fr" else table.inverse(linked, word)
        return None if isinstance(found, NotMeasured) else math.log(max(found, _RARE))


def sentence_facts(bead: Bead, found: Complete, target_lang: Lang) -> SentenceFacts:
    """Facts of the bead as a whole."""
    source, target = len(bead.source_text), len(bead.target_text)
    content = [w.span for w in found.forward.words if word_class(w.text.lower(), target_lang) in {"content", "adv"}]
    unlinked = sum(not found.links.from_target(s) for s in content)
    return SentenceFacts(
        forward=-found.forward.per_piece,
        backward=-found.backward.per_piece,
        worst=_worst(found.forward.words),
        worst_back=_worst(found.backward.words),
        unlike_back=1 - found.back.chrf / 100,
        unlike_forward=1 - found.reference.chrf / 100,
        unlinked=unlinked / max(1, len(content)),
        omitted=float(len(found.coverage.omitted)),
        added=float(len(found.coverage.added)),
        length=math.log(1 + len(found.forward.words)),
        ratio=abs(math.log((target + 10) / (source + 10)) - _MEAN_RATIO[target_lang]),
    )


def _worst(scored: Sequence[WordScore]) -> float:
    costs = sorted((min(-w.logprob, -_FLOOR) for w in scored), reverse=True)[:_WORST]
    return statistics.fmean(costs) if costs else 0.0


def values(facts: WordFacts | SentenceFacts) -> tuple[float, ...]:
    """The numbers in the order of WORD_FACTS or SENTENCE_FACTS."""
    return tuple(map(float, (_WORD_VALUES if isinstance(facts, WordFacts) else _SENTENCE_VALUES)(facts)))
