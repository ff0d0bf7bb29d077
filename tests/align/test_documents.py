"""Which texts are the same article: on articles written for this, in both languages, in any order."""

from __future__ import annotations

import itertools
import random

import numpy as np
import pytest
from document_articles import ARTICLES, ENGLISH, FRENCH
from hypothesis import given, settings
from hypothesis import strategies as st

from mtqc.align.document_candidates import CANDIDATES, Candidates, candidates, sides
from mtqc.align.document_terms import Features, Vocabulary, joined, terms
from mtqc.align.documents import CONFIDENT, Assignment, Evidence, _Table, assign


def assigned(english, french) -> Assignment:
    vocabulary = Vocabulary()
    return assign(
        vocabulary, [vocabulary.features(t, "en") for t in english], [vocabulary.features(t, "fr") for t in french]
    )


def sure(english, french) -> set[tuple[int, int]]:
    return {(p.english, p.french) for p in assigned(english, french).pairs if p.confidence >= CONFIDENT}


class TestTerms:
    def test_numbers_names_and_words_are_the_same_in_both_languages(self):
        english = terms("In Kharkiv, Tymoshenko paid 1,500 euros for the horse.", "en")
        french = terms("À Kharkiv, Timochenko a payé 1 500 euros pour le cheval.", "fr")
        shared = english.keys() & french.keys()
        assert {"#1500", *terms("cheval", "fr")} <= shared
        assert len([term for term in shared if term.startswith("@")]) == 2

    def test_an_english_word_stands_for_several_french_ones(self):
        assert len(terms("home", "en")) > 1
        assert terms("maison", "fr").keys() < terms("home", "en").keys()

    def test_a_word_that_the_lexicon_lacks_stands_for_itself(self):
        assert terms("zyxomma", "en").keys() == terms("zyxomma", "fr").keys()

    def test_repetition_counts_ever_less(self):
        (once,), (often,) = (terms(text, "fr").values() for text in ("cheval", "cheval " * 10))
        assert once < often < 4 * once

    def test_capitals_that_open_a_sentence_are_no_name(self):
        assert not [term for term in terms("Horses run. Dogs bark.", "en") if term.startswith("@")]

    def test_of_a_very_long_text_the_beginning_counts(self):
        vocabulary = Vocabulary()
        text = "cheval " * 9000 + "zyxomma"
        features = vocabulary.features(text, "fr")
        assert features.length == len(text)
        assert "zyxomma" not in vocabulary.numbers

    def test_two_readings_are_joined_by_their_mean(self):
        one, other = (
            Features(np.array(t, np.int32), np.array(c, np.float32), 9) for t, c in (([1, 4], [2, 1]), ([4], [3]))
        )
        both = joined(one, other)
        assert both.terms.tolist() == [1, 4]
        assert both.counts.tolist() == [1, 2]
        assert both.length == 9


class TestAssignment:
    @pytest.mark.parametrize("order", list(itertools.permutations(range(5)))[::17])
    def test_every_article_finds_its_translation_whatever_the_order(self, order):
        assert sure(ENGLISH, [FRENCH[k] for k in order]) == {(k, at) for at, k in enumerate(order)}

    @pytest.mark.parametrize("left", range(5))
    def test_an_article_without_counterpart_gets_none(self, left):
        french = [t for k, t in enumerate(FRENCH) if k != left]
        found = assigned(ENGLISH, french)
        assert left not in {p.english for p in found.pairs if p.confidence >= 0.5}
        assert len([p for p in found.pairs if p.confidence >= CONFIDENT]) == 4

    def test_orphans_on_both_sides(self):
        assert sure(ENGLISH[1:], FRENCH[:-1]) == {(0, 1), (1, 2), (2, 3)}

    def test_one_article_on_each_side(self):
        assert sure(ENGLISH[:1], FRENCH[:1]) == {(0, 0)}
        assert not sure(ENGLISH[:1], FRENCH[1:2])

    def test_a_figure_tells_two_versions_apart(self):
        english = [ENGLISH[0], ENGLISH[0].replace("40", "55").replace("March", "June")]
        french = [FRENCH[0].replace("40", "55").replace("mars", "juin"), FRENCH[0]]
        assert {(p.english, p.french) for p in assigned(english, french).pairs} == {(0, 1), (1, 0)}

    def test_of_two_versions_that_nothing_tells_apart_none_is_sure(self):
        assert not sure([ENGLISH[0]], [FRENCH[0], FRENCH[0]])
        assert not sure([ENGLISH[0]] * 2, [FRENCH[0]] * 2)

    def test_an_article_beside_its_half_keeps_its_translation(self):
        half = FRENCH[0].split("\n")[0]
        found = assigned(ENGLISH, [half, *FRENCH])
        assert (0, 1) in {(p.english, p.french) for p in found.pairs}

    def test_articles_of_one_topic(self):
        english = [f"Shares in {n} fell {p} percent in Paris on {d}." for n, p, d in REPORTS]
        french = [f"L'action de {n} a perdu {p} % à Paris {FRENCH_DAYS[d]}." for n, p, d in REPORTS]
        found = {(p.english, p.french) for p in assigned(english, french[::-1]).pairs}
        assert found == {(k, len(REPORTS) - 1 - k) for k in range(len(REPORTS))}

    def test_two_words_in_common_make_no_sure_pair(self):
        assert not sure(["No comment."], ["Sans commentaire, a dit Paul."])

    def test_texts_without_anything_in_common_have_no_pair(self):
        found = assigned(["1234"], ["zyxomma"])
        assert not found.pairs
        assert not found.nearest_french

    def test_nothing_on_a_side(self):
        assert assigned([], FRENCH) == Assignment([], {}, {})
        assert assigned(ENGLISH, []) == Assignment([], {}, {})

    def test_the_nearest_is_named_even_where_it_is_taken(self):
        found = assigned([*ENGLISH, ENGLISH[0].split("\n")[1]], FRENCH)
        assert found.nearest_french[5] == 0

    def test_the_same_again_gives_the_same(self):
        assert assigned(ENGLISH, FRENCH) == assigned(ENGLISH, FRENCH)

    def test_many_texts(self):
        """Three sentences out of many, so that every text shares words with hundreds of others."""
        rng = random.Random(3)
        lines = [(e, f) for en, fr in ARTICLES for e, f in zip(en.split("\n"), fr.split("\n"), strict=True)]
        made = []
        for number in range(600):
            chosen = rng.sample(lines, 2)
            made.append(
                (
                    f"{chosen[0][0]} {chosen[1][0]} {number + 2000} euros.",
                    f"{chosen[0][1]} {chosen[1][1]} {number + 2000} euros.",
                )
            )
        order = rng.sample(range(600), 600)
        found = assigned([en for en, _ in made], [made[k][1] for k in order])
        right = sum(order[p.french] == p.english for p in found.pairs)
        assert right >= 590


REPORTS = (("Danone", 4, "Monday"), ("Airbus", 7, "Monday"), ("Danone", 3, "Friday"), ("Renault", 4, "Friday"))
FRENCH_DAYS = {"Monday": "lundi", "Friday": "vendredi"}


class TestCandidates:
    def test_both_sides_see_the_same_likeness(self):
        vocabulary = Vocabulary()
        one, other = sides(
            vocabulary,
            [vocabulary.features(t, "en") for t in ENGLISH],
            [vocabulary.features(t, "fr") for t in FRENCH],
        )
        forward, back = (candidates(a, b, len(vocabulary.shares)) for a, b in ((one, other), (other, one)))
        for i in range(5):
            for j, score in forward.of(i):
                assert back.score(j, i) == pytest.approx(score, abs=1e-5)
            assert forward.scores[i] == sorted(forward.scores[i], reverse=True)

    def test_no_more_than_so_many(self):
        vocabulary = Vocabulary()
        french = [vocabulary.features(f"{FRENCH[0]} {n}", "fr") for n in range(30)]
        one, other = sides(vocabulary, [vocabulary.features(ENGLISH[0], "en")], french)
        assert len(candidates(one, other, len(vocabulary.shares)).places[0]) == CANDIDATES


@st.composite
def likeness(draw):
    """A table of likeness, English texts by French ones."""
    rows, columns = draw(st.integers(1, 5), (3, 2)), draw(st.integers(1, 5))
    return [[draw(st.integers(0, 100)) / 100 for _ in range(columns)] for _ in range(rows)]


def seen(table: list[list[float]]) -> Candidates:
    places = [sorted(range(len(row)), key=lambda j, row=row: (-row[j], j)) for row in table]
    return Candidates(places, [[row[j] for j in order] for row, order in zip(table, places, strict=True)])


@given(likeness())
@settings(max_examples=200, deadline=None)
def test_no_two_pairs_gain_by_changing_partners(table):
    found = _Table(seen(table), seen([list(column) for column in zip(*table, strict=True)]))
    found.assign()
    assert len(set(found.french.values())) == len(found.french)
    assert {j: i for i, j in found.french.items()} == found.english
    for (i, j), (k, m) in itertools.combinations(found.french.items(), 2):
        assert table[i][j] + table[k][m] >= table[i][m] + table[k][j] - 1e-5
    for i, j in found.french.items():
        margin, lead = found.margins(i, j)
        assert lead <= table[i][j]
        assert margin <= table[i][j] + 1e-9


class TestConfidence:
    EVIDENCE = Evidence(0.5, 0.3, 0.3, 600.0, 0.05, (4, 0), (3, 2))

    def test_what_speaks_for_a_pair_raises_it(self):
        stronger = (
            Evidence(0.6, 0.3, 0.3, 600.0, 0.05, (4, 0), (3, 2)),
            Evidence(0.5, 0.4, 0.3, 600.0, 0.05, (4, 0), (3, 2)),
            Evidence(0.5, 0.3, 0.4, 600.0, 0.05, (4, 0), (3, 2)),
            Evidence(0.5, 0.3, 0.3, 600.0, 0.0, (4, 0), (3, 2)),
            Evidence(0.5, 0.3, 0.3, 600.0, 0.05, (5, 0), (3, 2)),
            Evidence(0.5, 0.3, 0.3, 600.0, 0.05, (4, 0), (4, 1)),
        )
        for evidence in stronger:
            assert evidence.confidence > self.EVIDENCE.confidence

    def test_numbers_that_only_one_has_lower_it(self):
        assert Evidence(0.5, 0.3, 0.3, 600.0, 0.05, (4, 3), (3, 2)).confidence < self.EVIDENCE.confidence

    def test_of_short_texts_the_same_says_less(self):
        assert Evidence(0.6, 0.3, 0.3, 40.0, 0.05, (0, 0), (0, 0)).confidence < CONFIDENT
        assert Evidence(0.6, 0.3, 0.3, 600.0, 0.05, (0, 0), (0, 0)).confidence > CONFIDENT

    def test_without_a_margin_nothing_is_sure(self):
        assert Evidence(0.6, -0.2, -0.2, 600.0, 0.0, (2, 0), (3, 2)).confidence < CONFIDENT
