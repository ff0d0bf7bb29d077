"""The helpers every other test stands on."""

from __future__ import annotations

import pytest

from mtqc.model import Severity, Span
from mtqc.testing import back_translation, make_pair
from mtqc.text.offsets import LineIndex
from mtqc.text.tokens import plain, words


def test_make_pair_aligns_line_by_line_and_scores_the_back_translation():
    article = make_pair("Hello there.\nBye.", "Bonjour.\nSalut.", ("Hello there.", ""))
    assert [b.kind for b in article.beads] == ["1-1", "1-1"]
    assert back_translation(article, 0).chrf == pytest.approx(100)
    location = article.beads[1].target_at(0, 5)
    assert (location.text, location.span) == ("Salut", Span(9, 14))


def test_an_empty_line_is_a_missing_side():
    article = make_pair("One.\nTwo.", "Un.\n")
    assert [b.kind for b in article.beads] == ["1-1", "1-0"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L’offre d’OpenAI aujourd’hui", ["L’", "offre", "d’", "OpenAI", "aujourd’hui"]),
        ("Musk’s $97.4 billion", ["Musk", "97.4", "billion"]),
        ("1 500 pages en 2023 15 mai", ["1 500", "pages", "en", "2023", "15", "mai"]),
        ("GPT-4o 8VC xAI O’Neill don't", ["GPT-4o", "8VC", "xAI", "O’Neill", "don't"]),
    ],
)
def test_words(text, expected):
    found = words(text)
    assert [w.text for w in found] == expected
    assert all(text[w.start : w.end] == w.text for w in found)


def test_plain_keeps_length():
    text = "« l’été »\u202f!"
    assert len(plain(text)) == len(text)


def test_lines_and_columns():
    index = LineIndex("a\r\nbc\rd\n")
    assert [index.place(i) for i in (0, 3, 4, 6)] == [(1, 0), (2, 0), (2, 1), (3, 0)]


def test_severity_is_ordered():
    assert Severity.CRITICAL > Severity.MAJOR > Severity.MINOR > Severity.NEUTRAL
