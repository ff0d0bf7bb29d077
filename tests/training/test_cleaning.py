"""Light checks, normalisation and the overlap with test text."""

import gzip
import json

import overlap
import pytest
from cleaning import fault, normal
from hypothesis import given
from hypothesis import strategies as st

from mtqc.translate.normalise import normalise


@pytest.mark.parametrize(
    ("en", "fr", "why"),
    [
        ("The price of bread is rising again.", "Le prix du pain augmente encore.", None),
        ("", "Oui.", "empty side"),
        ("See https://example.org now.", "Voir https://example.org maintenant.", "code or address"),
        ("word " * 201, "mot " * 201, "too long"),
        ("The government will not raise taxes this year, it said.", "Pas d’impôts.", "length ratio"),
        ("12 / 34 / 56 / 78 =", "12 / 34 / 56 / 78 =", "code or address"),
        ("12 - 34 - 56 - 78", "12 - 34 - 56 - 78", "few letters"),
        ("Paris Match", "Paris match", "same on both sides"),
        ("Les élus sont dans la salle du conseil.", "Les élus sont dans la salle.", "wrong language"),
        ("It lost 1,250 jobs.", "Il a perdu 1 250 emplois.", None),
        ("It lost 1,250 jobs.", "Il a perdu 1 520 emplois.", "numbers differ"),
        ("It fell by 2.5%.", "Il a baissé de 2,5 %.", None),
    ],
)
def test_faults(en, fr, why):
    assert fault(en.strip(), fr.strip()) == why


def test_trusted_text_only_has_to_be_text():
    assert fault("At 3pm", "À 15 heures", trusted=True) is None
    assert fault("", "À 15 heures", trusted=True) == "empty side"


@given(st.text(alphabet="ae’\u0301\u00e9 \u00a0\u202f\u200b\u00ad.\n«», 12", max_size=30))
def test_the_quick_way_gives_what_inference_gives(text):
    assert normal(text) == normalise(text).text


LINE = "The minister told reporters on Tuesday that nothing had been decided."


def test_overlap_is_found_whatever_the_case_and_punctuation():
    tests = overlap.index([("wmt", LINE)])
    assert overlap.hit("“the minister told reporters, on tuesday, that NOTHING” changed", "x", tests) == "wmt"
    assert overlap.hit("x", LINE, tests) == "wmt"
    assert overlap.hit("The minister told reporters on Tuesday that", "x", tests) is None  # seven words of a longer one


def test_short_test_texts_count_whole():
    tests = overlap.index([("a", "It is what it is."), ("b", "Yes, of course.")])
    assert overlap.hit("It is what it is!", "x", tests) == "a"
    assert overlap.hit("Yes, of course.", "x", tests) is None  # too short to mean anything


def test_every_text_of_the_test_folder_is_read(tmp_path):
    for name in ("eval", "gold/block", "articles/one"):
        (tmp_path / name).mkdir(parents=True)
    row = {"id": "not a text", "set": "wmt12", "en": "one two", "mt": {"a": "un deux"}, "fr": ["je", "vais"], "n": 3}
    with gzip.open(tmp_path / "eval/mt.jsonl.gz", "wt") as out:
        out.write(json.dumps(row) + "\n")
    (tmp_path / "gold/block/source.en.txt").write_text("three\n")
    (tmp_path / "articles/one/target.fr.txt").write_text("quatre\n")
    assert list(overlap.test_texts(tmp_path)) == [
        ("wmt12", "one two"), ("wmt12", "un deux"), ("wmt12", "je vais"), ("articles", "quatre"), ("gold", "three"),
    ]  # fmt: skip
