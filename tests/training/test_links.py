"""Words and links: how they are counted, and how two directions become one."""

import links as module
import pytest
from links import error_rate, format_links, grow_diag, intersect, parse_links, word_spans, word_texts


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("L’homme a-t-il dit qu'il l’avait ?", ["L’", "homme", "a", "-t-il", "dit", "qu'", "il", "l’", "avait", "?"]),
        ("aujourd’hui, vingt-deux jours", ["aujourd’hui", ",", "vingt-deux", "jours"]),
        ("Musk's e-mail didn't say so.", ["Musk", "'s", "e-mail", "didn't", "say", "so", "."]),
        ("1 234 567,8 $ en 2020.", ["1 234 567,8", "$", "en", "2020", "."]),
        ("In 2020 300 people paid 1,234.5.", ["In", "2020", "300", "people", "paid", "1,234.5", "."]),
        ("« Non… »", ["«", "Non", "…", "»"]),
        ("", []),
    ],
)
def test_words(text, words):
    assert word_texts(text) == words
    assert [text[start:end] for start, end in word_spans(text)] == words


def test_every_visible_character_belongs_to_one_word():
    text = "“It’s 5%—or $3.2bn,” d'Estaing-Dupont a-t-elle dit : n° 4 (½) 🙂."
    covered = [i for start, end in word_spans(text) for i in range(start, end)]
    assert len(covered) == len(set(covered))
    assert {i for i, c in enumerate(text) if not c.isspace()} <= set(covered)


def test_column_there_and_back():
    assert parse_links("0-0 12-3") == [(0, 0), (12, 3)]
    assert format_links([(12, 3), (0, 0), (0, 0)]) == "0-0 12-3"
    assert parse_links("") == []
    with pytest.raises(ValueError, match="invalid literal"):
        parse_links("0-0 x")


def test_growing_takes_only_neighbours_that_reach_a_word_without_a_link():
    forward, backward = [(0, 0), (1, 1), (5, 5)], [(0, 0), (1, 0), (2, 2), (1, 1)]
    assert intersect(forward, backward) == {(0, 0), (1, 1)}
    assert grow_diag(forward, backward) == {(0, 0), (1, 1), (2, 2)}
    assert module.grow_diag_final(forward, backward) == {(0, 0), (1, 1), (2, 2), (5, 5)}


def test_error_rate():
    wrong, all_links = error_rate({(0, 0), (1, 1)}, {(1, 2)}, {(0, 0), (1, 2), (3, 3)})
    assert (wrong, all_links) == (2, 5)  # 3 links and 2 sure ones; 1 sure and 2 possible are right
