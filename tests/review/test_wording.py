"""Corrected sentences: marks carried over, changes shown, suggestions taken in."""

from __future__ import annotations

import time

import pytest
import sample
from hypothesis import given
from hypothesis import strategies as st

from mtqc.model import Fix, Location, Span
from mtqc.review.wording import carried, changes, is_reworded, with_fix

texts = st.text(alphabet="ab é\u202f🚢", max_size=30)


def stretch(text, part, nth=0):
    at = -1
    for _ in range(nth + 1):
        at = text.index(part, at + 1)
    return Span(at, at + len(part))


@pytest.mark.parametrize(
    ("old", "new", "part", "nth", "expected"),
    [
        ("le chat dort", "le chat dort", "chat", 0, 3),
        ("le chat dort", "le gros chat dort", "chat", 0, 8),  # moved by what came before
        ("le chat dort", "le chat ronfle", "chat", 0, 3),
        ("le chat dort", "le chien dort", "chat", 0, None),  # reworded
        ("Musc voit Musc", "Musk voit Musc", "Musc", 1, 10),
        ("Musc voit Musc", "Musc voit Musk", "Musc", 0, 0),
        ("Ils ont cédé hier", "Ils ont cédés hier", "cédé", 0, None),  # a letter more is another word
        ("la face éclairé", "la face éclairée", "face éclairé", 0, None),
        ("il chante", "il déchante", "chante", 0, None),
        ("l'inquiétude causé", "l'inquiétude causée.", "causé", 0, None),
        ("il a fini", "il a fini.", "fini", 0, 5),
        ("un chat, deux chiens, trois", "2 chats, deux chiens, 3", "deux", 0, 9),  # between two changes
    ],
)
def test_a_stretch_is_found_again(old, new, part, nth, expected):
    at = carried(old, new, stretch(old, part, nth))
    assert (at and at.start) == expected
    if at:
        assert new[at.start : at.end] == part


@given(texts, texts, st.data())
def test_what_is_found_again_is_the_same_text(old, new, data):
    start = data.draw(st.integers(0, len(old)))
    end = data.draw(st.integers(start, len(old)))
    at = carried(old, new, Span(start, end))
    if at is not None:
        assert new[at.start : at.end] == old[start:end]


@given(texts, texts)
def test_changes_hold_both_wordings(old, new):
    runs = changes(old, new)
    assert "".join(r.text for r in runs if r.kind != "missing") == new
    assert "".join(r.text for r in runs if r.kind != "other") == old


def test_changes_name_the_words():
    runs = changes("Il a couper 1\u202f200 emplois.", "Il va supprimer 1\u202f200 emplois.")
    assert [(r.text, r.kind) for r in runs if r.kind != "same"] == [
        ("a", "missing"), ("va", "other"), ("couper", "missing"), ("supprimer", "other"),
    ]  # fmt: skip


def test_an_omission_is_mended_by_what_is_put_there():
    old = "Le syndicat a qualifié le plan."
    place = Span(11, 11)
    assert is_reworded(old, "Le syndicat, qui représente 900 marins, a qualifié le plan.", place)
    assert not is_reworded(old, "Le syndicat a qualifié le projet.", place)
    assert not is_reworded(old, old, place)


def test_a_very_long_line_takes_no_time():
    old, new = "mot " * 50_000, "mot " * 25_000 + "autre chose " + "mot " * 25_000
    start = time.perf_counter()
    changes(old, new)
    changes("ab " * 50_000, "ba " * 50_000)
    carried(old, new, Span(100_003, 100_006))
    assert time.perf_counter() - start < 2


def test_suggestions_go_where_the_words_stand_now():
    second = sample.ferry().sentences[1]
    name, _, year = second.findings
    once = with_fix(second, second.bead.target_text, name.fix)
    assert "Ingrid Musgrave" in once
    twice = with_fix(second, once, year.fix)
    assert "Ingrid Musgrave" in twice
    assert twice.endswith("avant 2026.")
    assert with_fix(second, twice, name.fix) is None  # it is taken in already


def test_a_suggestion_for_another_sentence_is_not_taken():
    first, second = sample.ferry().sentences[:2]
    assert with_fix(first, first.bead.target_text, second.findings[0].fix) is None
    nowhere = Fix(Location("target", Span(9_999, 9_999), ""), "x")
    assert with_fix(first, first.bead.target_text, nowhere) is None
