"""Sentence alignment end to end: beads, their texts and places, confidence, boilerplate, segments, long texts."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtqc.align.band import anchors, find_band, full_band
from mtqc.align.features import NAMES, clues, features
from mtqc.align.lattice import SHAPES
from mtqc.align.scoring import Weights
from mtqc.align.sentences import ABSTAIN_BELOW, align, article_confidence, calibrated, make_bead
from mtqc.model import ArticlePair, Bead, Document, NotMeasured, Sentence, Span

NONE = NotMeasured("no model")
ENGLISH = [
    "The mayor of Rotterdam opened a new tram line on Monday.",
    "It cost 340 million euros.",
    "Why did the works take eleven years?",
    "Engineers blamed the soft ground under the harbour.",
    "Residents of the southern districts had protested against the noise.",
    "The first trams were full before breakfast.",
    "Marjolein de Wit, a nurse, said she would now get home forty minutes earlier.",
]
FRENCH = [
    "La maire de Rotterdam a inauguré lundi une nouvelle ligne de tramway.",
    "Elle a coûté 340 millions d’euros.",
    "Pourquoi les travaux ont-ils duré onze ans ?",
    "Les ingénieurs ont accusé le sol meuble sous le port.",
    "Les habitants des quartiers sud avaient protesté contre le bruit.",
    "Les premiers trams étaient pleins avant le petit-déjeuner.",
    "Marjolein de Wit, infirmière, dit qu’elle rentrera désormais quarante minutes plus tôt.",
]
BACK = [
    "The mayor of Rotterdam inaugurated a new tram line on Monday.",
    "It cost 340 million euros.",
    "Why did the work last eleven years?",
    "The engineers accused the soft soil under the harbour.",
    "The inhabitants of the southern districts had protested against the noise.",
    "The first trams were full before breakfast.",
    "Marjolein de Wit, a nurse, says she will now return forty minutes earlier.",
]


def side(name, texts, joiner=" ", notices=()):
    """The document of these texts and its sentences; `notices`: indices of boilerplate."""
    sentences, start, line = [], 0, 1
    for i, text in enumerate(texts):
        role = "boilerplate" if i in notices else "body"
        sentences.append(Sentence(name, i, Span(start, start + len(text)), text, line, role))
        start += len(text) + len(joiner)
        line += joiner.count("\n")
    return joiner.join(texts), sentences


def run(english, french, back=None, segments=(), notices=((), ()), joiner=" "):
    (en, source), (fr, target) = side("source", english, joiner, notices[0]), side("target", french, joiner, notices[1])
    pair = ArticlePair("a", Document(en, "en"), Document(fr, "fr"), segments)
    beads = align(source, target, back if back is not None else [NONE] * len(french), pair)
    check(beads, pair, source, target)
    return beads


def check(beads, pair, source, target):
    """What holds for every alignment."""
    assert [b.index for b in beads] == list(range(len(beads)))
    assert [s for b in beads for s in b.source] == source
    assert [s for b in beads for s in b.target] == target
    for b in beads:
        assert b.kind in {"1-1", "1-2", "2-1", "2-2", "1-0", "0-1"}
        assert pair.source.text[b.source_start :].startswith(b.source_text)
        assert pair.target.text[b.target_start :].startswith(b.target_text)
        assert bool(b.source_text) == bool("".join(s.text for s in b.source))
        assert isinstance(b.confidence, NotMeasured) or 0 <= b.confidence <= 1
    for a, b in pairwise(beads):
        assert a.source_start + len(a.source_text) <= b.source_start
        assert a.target_start + len(a.target_text) <= b.target_start


def kinds(beads) -> list[str]:
    return [b.kind for b in beads]


def test_a_parallel_article_is_aligned_line_by_line_with_confidence():
    beads = run(ENGLISH, FRENCH, BACK)
    assert kinds(beads) == ["1-1"] * 7
    assert min(b.confidence for b in beads) > 0.9
    assert article_confidence(beads) > 0.9


def test_surface_evidence_is_enough_for_a_parallel_article():
    assert kinds(run(ENGLISH, FRENCH)) == ["1-1"] * 7


def test_a_missing_sentence_becomes_a_bead_with_its_place():
    beads = run(ENGLISH, FRENCH[:3] + FRENCH[4:], BACK[:3] + BACK[4:])
    assert kinds(beads) == ["1-1"] * 3 + ["1-0"] + ["1-1"] * 3
    assert beads[3].target_text == ""
    assert beads[3].target_start == beads[2].target_start + len(beads[2].target_text)


def test_an_added_sentence_becomes_a_bead():
    added = "Le conseil municipal se réunira de nouveau en septembre prochain."
    beads = run(
        ENGLISH,
        [*FRENCH[:5], added, *FRENCH[5:]],
        [*BACK[:5], "The city council will meet again next September.", *BACK[5:]],
    )
    assert kinds(beads) == ["1-1"] * 5 + ["0-1"] + ["1-1"] * 2


def test_merged_sentences_are_one_bead_whose_text_is_the_documents_stretch():
    english = [ENGLISH[0], f"{ENGLISH[1]} {ENGLISH[2]}", *ENGLISH[3:]]
    beads = run(english, FRENCH, BACK)
    assert kinds(beads)[:3] == ["1-1", "1-2", "1-1"]
    assert beads[1].target_text == f"{FRENCH[1]} {FRENCH[2]}"
    french, back = [FRENCH[0], f"{FRENCH[1]} {FRENCH[2]}", *FRENCH[3:]], [BACK[0], f"{BACK[1]} {BACK[2]}", *BACK[3:]]
    assert kinds(run(ENGLISH, french, back))[:3] == ["1-1", "2-1", "1-1"]


def test_half_a_translation_leaves_the_rest_out_instead_of_stretching_it():
    beads = run(ENGLISH, FRENCH[:4], BACK[:4])
    assert kinds(beads) == ["1-1"] * 4 + ["1-0"] * 3
    assert article_confidence(beads) > ABSTAIN_BELOW


def test_texts_of_different_articles_are_told_apart():
    other = [
        "Le prix du blé a encore reculé à la Bourse de Chicago.",
        "Les exportations ukrainiennes ont repris malgré l’hiver.",
        "« Nous vendons à perte », regrette un céréalier de la Beauce.",
        "Bruxelles examine une aide d’urgence.",
    ]
    back = [
        "The price of wheat fell again on the Chicago exchange.",
        "Ukrainian exports resumed despite the winter.",
        "“We sell at a loss,” regrets a grain farmer.",
        "Brussels is examining emergency aid.",
    ]
    assert article_confidence(run(ENGLISH, other, back)) < ABSTAIN_BELOW


@pytest.mark.parametrize(
    ("english", "french", "expected"), [([], [], []), (["One."], [], ["1-0"]), ([], ["Un.", "Deux."], ["0-1"] * 2)]
)
def test_empty_sides(english, french, expected):
    beads = run(english, french)
    assert kinds(beads) == expected
    assert isinstance(article_confidence(beads), NotMeasured) or article_confidence(beads) == 0


def test_boilerplate_stays_out_and_keeps_its_place():
    french = [
        "Cet article a été traduit automatiquement.",
        *FRENCH[:3],
        "Lire aussi : le métro.",
        *FRENCH[3:],
        "Tous droits réservés.",
    ]
    back = [NONE, *BACK[:3], NONE, *BACK[3:], NONE]
    beads = run(ENGLISH, french, back, notices=((), (0, 4, 9)))
    assert kinds(beads) == ["0-1"] + ["1-1"] * 3 + ["0-1"] + ["1-1"] * 4 + ["0-1"]
    assert [b.is_boilerplate for b in beads] == [True] + [False] * 3 + [True] + [False] * 4 + [True]


def test_only_boilerplate():
    beads = run(["All rights reserved."], ["Tous droits réservés.", "Partager"], notices=((0,), (0, 1)))
    assert kinds(beads) == ["1-0", "0-1", "0-1"]


def test_sentences_around_boilerplate_are_never_merged():
    french = [FRENCH[0], "Les ingénieurs ont accusé le sol meuble", "Publicité", "sous le port."]
    beads = run([ENGLISH[0], ENGLISH[3]], french, notices=((), (2,)))
    assert all(not b.is_boilerplate or b.kind == "0-1" for b in beads)


def test_segments_are_not_crossed_and_a_pair_of_single_sentences_is_given():
    en, fr = "\n".join(ENGLISH), "\n".join(reversed(FRENCH))
    source, target = side("source", ENGLISH, "\n")[1], side("target", FRENCH[::-1], "\n")[1]
    segments = tuple((s.span, t.span) for s, t in zip(source, target, strict=True))
    beads = align(source, target, [NONE] * 7, ArticlePair("a", Document(en, "en"), Document(fr, "fr"), segments))
    assert kinds(beads) == ["1-1"] * 7
    assert isinstance(beads[0].confidence, NotMeasured)
    assert isinstance(article_confidence(beads), NotMeasured)


def test_inside_a_segment_of_several_sentences_the_aligner_decides():
    (en, source), (fr, target) = side("source", ENGLISH[:4]), side("target", FRENCH[:4])
    cut = source[3].span.start, target[3].span.start
    segments = ((Span(0, cut[0]), Span(0, cut[1])), (Span(cut[0], len(en)), Span(cut[1], len(fr))))
    beads = align(source, target, BACK[:4], ArticlePair("a", Document(en, "en"), Document(fr, "fr"), segments))
    assert kinds(beads) == ["1-1"] * 4
    assert isinstance(beads[0].confidence, float)
    assert isinstance(beads[3].confidence, NotMeasured)


def test_a_segment_without_translation_is_a_bead_of_one_side():
    (en, source), (fr, target) = side("source", ENGLISH[:2], "\n"), side("target", ["", FRENCH[1]], "\n")
    segments = tuple((s.span, t.span) for s, t in zip(source, target, strict=True))
    beads = align(source, target[1:], [NONE], ArticlePair("a", Document(en, "en"), Document(fr, "fr"), segments))
    assert kinds(beads) == ["1-0", "1-1"]


def test_as_many_back_translations_as_sentences_are_needed():
    (en, source), (fr, target) = side("source", ENGLISH), side("target", FRENCH)
    with pytest.raises(ValueError, match="7 target sentences, 0 back-translations"):
        align(source, target, [], ArticlePair("a", Document(en, "en"), Document(fr, "fr")))


@given(
    st.lists(st.sampled_from([*ENGLISH, "12", "?", "…", " "]), max_size=9),
    st.lists(st.sampled_from([*FRENCH, "3 %", "—"]), max_size=9),
    st.booleans(),
)
@settings(max_examples=80, deadline=None)
def test_every_sentence_is_in_exactly_one_bead_in_order(english, french, lines):
    run(english, french, joiner="\n" if lines else " ")


@given(st.permutations(range(7)))
@settings(max_examples=20, deadline=None)
def test_a_text_is_aligned_with_itself(order):
    texts = [ENGLISH[i] for i in order]
    assert kinds(run(texts, texts, texts)) == ["1-1"] * 7


def long_article(sentences: int):
    """English with invented words in it, and as its back-translation the same with every fifth word lost."""
    draw = random.Random(7)
    known = ["".join(draw.choices("abcdefghilmnoprstu", k=draw.randint(3, 9))) for _ in range(4 * sentences)]
    english = [" ".join(draw.choices(known, k=draw.randint(4, 18))) + "." for _ in range(sentences)]
    back = [" ".join(w for k, w in enumerate(t.split()) if k % 5) for t in english]
    return english, back


def test_a_long_text_is_searched_around_anchors_and_finds_a_long_gap():
    english, back = long_article(900)
    del back[300:420]
    (_, source), (_, target) = side("source", english), side("target", back)
    known = clues(source, target, back)
    band = find_band(known)
    assert band.cells < full_band(900, 780).cells / 10
    assert {(i, i if i < 300 else i - 120) for i, _ in anchors(known)} == set(anchors(known))
    found = run(english, back, back)
    assert [b.kind for b in found[300:420]] == ["1-0"] * 120
    assert sum(b.kind == "1-1" for b in found) == 780


def test_without_anchors_the_band_still_joins_both_ends():
    english, french = [f"{'x' * (k % 7)} and" for k in range(500)], [f"{'y' * (k % 5)} et" for k in range(300)]
    beads = run(english, french)
    assert article_confidence(beads) < 1


def test_features_have_a_name_each_and_do_not_depend_on_the_block_they_are_asked_in():
    (_, source), (_, target) = side("source", ENGLISH), side("target", FRENCH)
    known = clues(source, target, BACK)
    whole, part = features(known, (1, 8), (1, 8)), features(known, (3, 5), (2, 6))
    for shape in SHAPES:
        assert len(whole[shape]) == len(NAMES)
        assert whole[shape][:, 2:4, 1:5] == pytest.approx(part[shape], abs=1e-5)


def test_paragraphs_are_compared_only_where_the_texts_have_about_as_many_lines():
    (_, source), (_, target) = side("source", ENGLISH, "\n"), side("target", FRENCH, " ")
    assert clues(source, target, BACK).left.opens.sum() == 0
    assert clues(source, side("target", FRENCH, "\n")[1], BACK).left.opens.sum() == 7


def test_calibration_is_a_rising_line_through_the_odds():
    assert calibrated(0.5, (0.0, 1.0)) == pytest.approx(0.5)
    assert calibrated(0.9, (-0.5, 1.0)) < 0.9
    assert 0 < calibrated(0.0, (0.0, 1.0)) < calibrated(1.0, (0.0, 1.0)) < 1


def test_weights_of_another_length_are_refused():
    with pytest.raises(ValueError, match="1 weights of features"):
        Weights((1.0,), (0.0,) * 4, (0.0, 0.0), (0.0, 0.0), 0.0)


def test_make_bead_takes_the_documents_own_text():
    (en, source), (fr, _) = side("source", ENGLISH[:2], "\n"), side("target", FRENCH[:1])
    pair = ArticlePair("a", Document(en, "en"), Document(fr, "fr"))
    bead = make_bead(pair, 4, (source, ()), (0, len(fr)))
    assert bead == replace(
        bead, index=4, source_text=f"{ENGLISH[0]}\n{ENGLISH[1]}", target_text="", target_start=len(fr)
    )
    assert isinstance(bead, Bead)
