"""Sentences and paragraphs lost, added and moved; likeness of sentences."""

from __future__ import annotations

import pytest

from mtqc.checks.structure import LostAndAdded, Reordered
from mtqc.model import ArticlePair, Document, Severity
from mtqc.pipeline import align_article
from mtqc.testing import make_pair, run_check
from mtqc.text.likeness import likeness

EN = [
    "Okafor resigned on Monday in Lagos after a long dispute.",
    "The parliament approved the national budget by 214 votes.",
    "Prices rose by 7% in March, the statistics office said.",
    "Two ferries collided near the old harbour on Thursday night.",
    "The hospital opened a new wing for children in September.",
]
FR = [
    "Okafor a démissionné lundi à Lagos après un long différend.",
    "Le parlement a approuvé le budget national par 214 voix.",
    "Les prix ont augmenté de 7 % en mars, selon l'office des statistiques.",
    "Deux ferries sont entrés en collision près du vieux port jeudi soir.",
    "L'hôpital a ouvert une nouvelle aile pour enfants en septembre.",
]


def found(source: str, target: str) -> list[tuple[str, str]]:
    article = align_article(ArticlePair("x", Document(source, "en"), Document(target, "fr")), None)
    checks = (LostAndAdded(), Reordered())
    return [(f.code, f.target.text) for c in checks for f in run_check(c, article)]


def test_a_moved_sentence_is_neither_lost_nor_added():
    assert found("\n".join(EN), "\n".join([*FR[1:], FR[0]])) == [("ALN103", FR[0])]


def test_neighbours_that_changed_places():
    (finding,) = found("\n".join(EN), "\n".join([FR[0], FR[2], FR[1], *FR[3:]]))
    assert finding[0] == "ALN103"


def test_from_french_into_english_too():
    article = align_article(
        ArticlePair("x", Document("\n".join(FR), "fr"), Document("\n".join([*EN[1:], EN[0]]), "en")), None
    )
    assert [f.target.text for f in run_check(Reordered(), article)] == [EN[0]]


def test_texts_as_they_are_give_nothing():
    assert found("\n".join(EN), "\n".join(FR)) == []


def test_a_lost_paragraph_of_two_sentences_is_one_finding():
    source = f"{EN[0]}\n{EN[1]} {EN[2]}\n{EN[3]}"
    assert found(source, "\n".join([FR[0], FR[3]])) == [("ACC120", "")]


def test_two_sentences_of_a_longer_paragraph_are_two_findings():
    source = f"{EN[0]}\n{EN[1]} {EN[2]} {EN[3]}\n{EN[4]}"
    assert found(source, "\n".join([FR[0], FR[3], FR[4]])) == [("ACC101", ""), ("ACC101", "")]


def test_what_a_lost_passage_says():
    article = make_pair("\n".join(EN), f"{FR[0]}\n\n\n\n{FR[4]}")
    (finding,) = run_check(LostAndAdded(), article)
    assert (finding.code, finding.severity) == ("ACC120", Severity.MAJOR)
    assert finding.source.text == "\n".join(EN[1:4])
    assert (finding.evidence[0].value, finding.message[:11]) == (3, "3 sentences")
    assert {f.code for f in run_check(LostAndAdded(passage=4), article)} == {"ACC101"}


def test_an_unsure_passage_is_a_suspicion():
    article = make_pair("\n".join(EN[:4]), f"{FR[0]}\n\n\n", confidences=(0.9, 0.6, 0.7, 0.8))
    (finding,) = run_check(LostAndAdded(), article)
    assert finding.severity is Severity.MINOR
    assert "a suspicion: the aligner is 70% sure" in finding.message


def test_an_added_paragraph():
    assert found("\n".join(EN[:2]), f"{FR[0]}\n{FR[1]}\n{FR[3]} {FR[4]}") == [("ACC121", f"{FR[3]} {FR[4]}")]


@pytest.mark.parametrize("i", range(len(EN)))
def test_likeness_tells_counterparts_from_others(i):
    assert likeness(EN[i], FR[i]) >= 0.4
    assert all(likeness(EN[i], f) < 0.4 for j, f in enumerate(FR) if j != i)


def test_likeness_without_content():
    assert likeness("And so it is.", "Et c'est ainsi.") == 0.0
    assert likeness("", "") == 0.0
