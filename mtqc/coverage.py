"""Contrastive coverage (Vamvas & Sennrich 2022): parts of one side that the other does not seem to hold.

A part is suspected where its content words have no counterpart (`align.uncovered`); then the models are asked whether
the other side becomes more probable without it. A logistic model weighs both: its log-odds are what a check reads.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter

from mtqc.align.constituents import Constituent, Lang, without
from mtqc.align.uncovered import COVERED, Sided, candidates, sides
from mtqc.model import Bead, BeadLinks, Coverage, ForcedScore, NotMeasured, Part, Signals, Span
from mtqc.translate.base import ForcedScorer

MOST = 3
"""Parts of one side whose loss is tried; on NTREX's tuning half 1.5 a sentence are, of both sides together."""
LEAST = 0.0
"""Log-odds from which a part is reported as a signal; the check asks for more."""
_RAREST = -12.0
"""Log-probability (nats) of a word below which it does not matter how improbable it is."""
_UNKNOWN = -3.0
"""Log-probability of a word that the model cannot spell."""
_GAIN = -15.0, 30.0
"""Nats below and above which a gain says no more."""
_HOPED = 10.0
"""Gain that a part may be hoped to have: with less than LEAST even then, the models are not asked about it."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What speaks for a part being lost; also the weights of each, and then `bias` is that of nothing.

    `uncovered`, `covered`: content words of the part. `surprise`: square root of how improbable its words are given the
    other side, in nats. `near`, `far`: uncovered words of the other side, at its place and elsewhere (square root).
    `besides`: uncovered words of the own side outside of it (square root). `ratio`: log of the lengths, other to own
    side. `gain`: by how many tens of nats the other side becomes more probable without it.
    """

    bias: float
    uncovered: float
    covered: float
    surprise: float
    near: float
    far: float
    besides: float
    ratio: float
    gain: float

    def odds(self, weights: Facts) -> float:
        """Log-odds (nats) that the part was left out."""
        return float(sum(a * b for a, b in zip(_VALUES(self), _VALUES(weights), strict=True)))


_VALUES = attrgetter(*(f.name for f in fields(Facts)))
WEIGHTS: dict[Lang, Facts] = {
    "en": Facts(
        bias=-0.784,
        uncovered=0.324,
        covered=-0.732,
        surprise=0.44,
        near=-0.656,
        far=-0.539,
        besides=0.421,
        ratio=-5.255,
        gain=0.87,
    ),
    "fr": Facts(
        bias=-3.403,
        uncovered=-0.002,
        covered=-1.07,
        surprise=0.527,
        near=-1.316,
        far=-0.591,
        besides=0.342,
        ratio=-6.751,
        gain=1.225,
    ),
}
"""By the language of the part. Fitted by tests/measure/coverage.py on parts taken out of human translations (NTREX's
tuning half, even blocks of wmt13 and flores-dev) against the same pairs as they are."""


@dataclass(frozen=True, slots=True)
class _Suspect:
    """A candidate of one side, and what is known before the models are asked again."""

    part: Constituent
    facts: Facts
    place: Span
    own: Sided
    other: Sided
    base: float


def cover(
    beads: Sequence[Bead],
    signals: Sequence[Signals],
    source_lang: Lang,
    forward: ForcedScorer | NotMeasured,
    backward: ForcedScorer,
) -> list[Coverage | NotMeasured]:
    """Coverage of each bead, whose other signals are measured. `forward` scores the translation given the original.

    Raises ModelError where a model fails. The partial sentences of all beads go to a model in one call.
    """
    if isinstance(forward, NotMeasured):
        return [forward] * len(beads)
    found = [_suspects(b, s, source_lang) for b, s in zip(beads, signals, strict=True)]
    omitted = _tried([f if isinstance(f, NotMeasured) else f[0] for f in found], forward)
    added = _tried([f if isinstance(f, NotMeasured) else f[1] for f in found], backward)
    return [f if isinstance(f, NotMeasured) else Coverage(o, a) for f, o, a in zip(found, omitted, added, strict=True)]


def _suspects(bead: Bead, signals: Signals, lang: Lang) -> tuple[list[_Suspect], list[_Suspect]] | NotMeasured:
    values = signals.forced_source, signals.forced_target, signals.links
    void = next((v for v in values if isinstance(v, NotMeasured)), None)
    if void is not None:
        return void
    there: Lang = "fr" if lang == "en" else "en"
    source_score, target_score, links = signals.forced_source, signals.forced_target, signals.links
    assert isinstance(source_score, ForcedScore)
    assert isinstance(target_score, ForcedScore)
    assert isinstance(links, BeadLinks)
    source, target = sides((bead.source_text, lang), (bead.target_text, there), links)
    return suspects(source, target, source_score, target_score), suspects(target, source, target_score, source_score)


def suspects(own: Sided, other: Sided, own_score: ForcedScore, other_score: ForcedScore) -> list[_Suspect]:
    """The parts of `own` that are worth asking about, most suspicious first."""
    logprobs = {w.span.start: w.logprob for w in own_score.words}
    weights = WEIGHTS[own.lang]
    best = [(s.facts.odds(weights), s) for s in _all(own, other, logprobs, other_score.logprob)]
    hopeful = [p for p in best if p[0] + weights.gain * _HOPED / 10 >= LEAST]
    return [s for _, s in sorted(hopeful, key=lambda p: (-p[0], p[1].part))[:MOST]]


def _all(own: Sided, other: Sided, logprobs: dict[int, float], base: float) -> Iterator[_Suspect]:
    for part in candidates(own):
        facts, place = weigh(own, other, part, logprobs)
        yield _Suspect(part, facts, place, own, other, base)


def weigh(own: Sided, other: Sided, part: Constituent, logprobs: dict[int, float]) -> tuple[Facts, Span]:
    """The facts without the gain, and the place on the other side where the part should stand, an empty span."""
    inside = own.inside(part.span)
    losses = [own.loss[i] for i in inside]
    uncovered = sum(x > 0 for x in losses)
    surprise = -sum(max(_RAREST, logprobs.get(own.words[i].start, _UNKNOWN)) for i in inside)
    low, high, place = _place(own, other, inside)
    near = sum(other.loss[j] > 0 for j in range(low + 1, high))
    facts = Facts(
        bias=1.0,
        uncovered=uncovered,
        covered=sum(x == COVERED for x in losses),
        surprise=math.sqrt(max(0.0, surprise)),
        near=near,
        far=math.sqrt(sum(x > 0 for x in other.loss) - near),
        besides=math.sqrt(sum(x > 0 for x in own.loss) - uncovered),
        ratio=math.log(len(other.text) / len(own.text)),
        gain=0.0,
    )
    return facts, place


def _place(own: Sided, other: Sided, inside: range) -> tuple[int, int, Span]:
    """Words of the other side that stand for the neighbours on both sides, and the place after the one before."""
    before = next((own.partners[i] for i in range(inside[0] - 1, -1, -1) if own.partners[i]), ())
    after = next((own.partners[i] for i in range(inside[-1] + 1, len(own.words)) if own.partners[i]), ())
    left, right = max(before, default=-1), min(after, default=len(other.words))
    at = other.words[left].end if before else other.words[right].start if after else 0
    return min(left, right), max(left, right), Span(at, at)


def _tried(found: Sequence[Sequence[_Suspect] | NotMeasured], scorer: ForcedScorer) -> list[tuple[Part, ...]]:
    """The parts that hold after the models were asked, bead by bead."""
    everything = [(n, s) for n, few in enumerate(found) if not isinstance(few, NotMeasured) for s in few]
    scores = scorer.score([(without(s.own.text, s.part), s.other.text) for _, s in everything])
    parts: list[list[Part]] = [[] for _ in found]
    for (n, suspect), score in zip(everything, scores, strict=True):
        part = _judged(suspect, score)
        if part.odds >= LEAST:
            parts[n].append(part)
    return [_disjoint(few) for few in parts]


def _judged(suspect: _Suspect, score: ForcedScore | NotMeasured) -> Part:
    gain = 0.0 if isinstance(score, NotMeasured) else score.logprob - suspect.base
    weights = WEIGHTS[suspect.own.lang]
    odds = suspect.facts.odds(weights) + weights.gain * min(_GAIN[1], max(_GAIN[0], gain)) / 10
    return Part(suspect.part.span, round(gain, 2), suspect.place, round(odds, 2))


def _disjoint(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Of parts that overlap, the one with the highest odds; in order."""
    kept: list[Part] = []
    for part in sorted(parts, key=lambda p: (-p.odds, p.span)):
        if not any(part.span.overlaps(k.span) for k in kept):
            kept.append(part)
    return tuple(sorted(kept, key=lambda p: p.span))
