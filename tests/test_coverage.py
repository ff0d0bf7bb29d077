"""Contrastive coverage: what is asked of the models, and what comes of their answers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest

from mtqc.coverage import MOST, WEIGHTS, Facts, cover
from mtqc.model import (
    BeadLinks,
    Coverage,
    ForcedScore,
    NotMeasured,
    Signals,
    Span,
    WordPair,
    WordScore,
)
from mtqc.testing import make_pair
from mtqc.text.tokens import words

ENGLISH = "The mayor, who took office in May, resigned on Monday after the talks with the unions."
FRENCH = "Le maire a démissionné lundi après les négociations avec les syndicats."
PART = "who took office in May"
JOINED = (
    ("mayor", "maire"),
    ("resigned", "démissionné"),
    ("Monday", "lundi"),
    ("talks", "négociations"),
    ("unions", "syndicats"),
)


@dataclass
class Scorer:
    """Answers with `gain` nats more than -60 to every question, and remembers it."""

    gain: float = 0.0
    signature: str = "fake"
    asked: list[tuple[str, str]] = field(default_factory=list)
    calls: int = 0

    def score(self, pairs: Sequence[tuple[str, str]], progress: object = None) -> list[ForcedScore | NotMeasured]:
        self.asked += pairs
        self.calls += 1
        return [ForcedScore((), -60.0 + self.gain, 20) for _ in pairs]


def forced(text: str, rare: str = "", logprob: float = -60.0) -> ForcedScore:
    """Words inside `rare` are improbable."""
    at = text.find(rare) if rare else len(text)
    scored = tuple(
        WordScore(Span(w.start, w.end), w.text, -9.0 if at <= w.start < at + len(rare) else -0.5) for w in words(text)
    )
    return ForcedScore(scored, logprob, len(scored))


def signals(english: str = ENGLISH, french: str = FRENCH, joined: tuple = JOINED) -> Signals:
    def span(text: str, word: str) -> Span:
        return Span(text.index(word), text.index(word) + len(word))

    links = BeadLinks(tuple(WordPair(span(english, a), span(french, b), 0.9) for a, b in joined), "test")
    return Signals(forced_source=forced(english, PART), forced_target=forced(french), links=links)


def covered(gain: float, measured: Signals | None = None) -> tuple[Coverage, Scorer, Scorer]:
    bead = make_pair(ENGLISH, FRENCH).beads[0]
    forward, backward = Scorer(gain), Scorer(gain)
    (found,) = cover([bead], [measured or signals()], "en", forward, backward)
    assert isinstance(found, Coverage)
    return found, forward, backward


def test_a_part_without_counterpart_is_omitted_and_has_its_place():
    found, forward, _ = covered(15.0)
    (part,) = found.omitted
    assert ENGLISH[part.span.start : part.span.end] == PART
    assert part.gain == 15.0
    assert part.odds > 3.0
    assert part.place == Span(len("Le maire"), len("Le maire"))
    assert (ENGLISH.replace(", who took office in May", ""), FRENCH) in forward.asked
    assert found.added == ()


def test_the_models_have_a_say():
    gained, lost = covered(20.0)[0], covered(-14.0)[0]
    assert gained.omitted[0].odds - (lost.omitted[0].odds if lost.omitted else 0.0) > 1.0


def test_nothing_is_asked_where_every_word_is_covered():
    bead = make_pair("The mayor resigned on Monday.", "Le maire a démissionné lundi.").beads[0]
    measured = signals(bead.source_text, bead.target_text, JOINED[:3])
    forward, backward = Scorer(), Scorer()
    assert cover([bead], [measured], "en", forward, backward) == [Coverage((), ())]
    assert forward.asked == backward.asked == []


def test_all_beads_are_asked_in_one_call_and_each_few_questions():
    article = make_pair(f"{ENGLISH}\n{ENGLISH}", f"{FRENCH}\n{FRENCH}")
    forward, backward = Scorer(15.0), Scorer()
    first, second = cover(article.beads, [signals(), signals()], "en", forward, backward)
    assert first == second
    assert forward.calls == 1
    assert len(forward.asked) <= 2 * MOST


def test_the_other_way_round_it_is_an_addition():
    swapped = make_pair(FRENCH, ENGLISH).beads[0]
    there = signals()
    links = there.links
    assert isinstance(links, BeadLinks)
    turned = BeadLinks(tuple(sorted(WordPair(p.target, p.source, p.score) for p in links.pairs)), "test")
    measured = Signals(forced_source=there.forced_target, forced_target=there.forced_source, links=turned)
    (found,) = cover([swapped], [measured], "fr", Scorer(15.0), Scorer(15.0))
    assert isinstance(found, Coverage)
    assert found.added == covered(15.0)[0].omitted
    assert found.omitted == ()


def test_what_is_missing_is_said():
    bead = make_pair(ENGLISH, FRENCH).beads[0]
    why = NotMeasured("no such model")
    assert cover([bead], [signals()], "en", why, Scorer()) == [why]
    assert cover([bead], [replace(signals(), forced_target=why)], "en", Scorer(), Scorer()) == [why]
    assert cover([], [], "en", Scorer(), Scorer()) == []


def test_log_odds_are_the_weighted_sum():
    facts = Facts(1.0, 2.0, 0.0, 3.0, 0.0, 0.0, 0.0, math.log(0.5), 1.5)
    weights = Facts(-1.0, 0.5, -1.0, 0.25, -1.0, -1.0, 0.0, -4.0, 2.0)
    assert facts.odds(weights) == pytest.approx(-1 + 1 + 0.75 + 4 * math.log(2) + 3)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_weights_point_the_right_way(lang):
    """What is covered, and leftovers on the other side, speak against; improbability and the gain speak for."""
    weights = WEIGHTS[lang]
    assert weights.surprise > 0 < weights.gain
    assert weights.covered < 0 > weights.near
    assert weights.ratio < 0 > weights.far
