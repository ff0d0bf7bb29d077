"""Spaces and quotation marks with their places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtqc.text.typography import pairs, quotes, single_quoted, spaces


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Quoi?", [("?", "none")]),
        ("Quoi ?", [("?", "plain")]),
        (
            "Quoi\u202f? Oui\u00a0: non\u00a0; 5\u202f%",
            [("?", "fixed"), (":", "fixed"), (";", "fixed"), ("%", "fixed")],
        ),
        ("« mot »", [("«", "plain"), ("»", "plain")]),
        ("«mot»", [("«", "none"), ("»", "none")]),
        ("à 10:30, 3:1, https://a.b/?c=d;e C:\\x &amp; :-)", []),
        ("Non?! Si!!", [("?", "none"), ("!", "none")]),
    ],
)
def test_spaces(text, expected):
    assert [(s.mark, s.state) for s in spaces(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('Il dit "oui" et "non".', ['"oui"', '"non"']),
        ("« Il dit “oui” », dit-il.", ["« Il dit “oui” »"]),
        ("“Yes,” he said.", ["“Yes,”"]),
        ("Il mesure 6'2\".", []),
        ("« jamais fermé", []),
    ],
)
def test_pairs(text, expected):
    assert [text[a.start : b.end] for a, b in pairs(text)] == expected


def test_single_quotation_marks_are_no_apostrophes():
    text = "L'argent 'malin' d'aujourd'hui, ‘non’, les années '90"
    assert [text[a:b] for a, b in single_quoted(text)] == ["'malin'", "‘non’"]


@given(st.text(alphabet=" a1«»“”\"'’:;?!%\u00a0\u202f.", max_size=40))
def test_places_lie_in_the_text(text):
    assert all(text[s.end : s.end + 1] == s.mark for s in spaces(text) if s.mark != "«")
    assert all(text[q.start : q.end] == q.text for q in quotes(text))
