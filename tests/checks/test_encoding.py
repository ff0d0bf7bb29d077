"""Garbled characters and left-over markup."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtqc.checks.encoding import Encoding, repair
from mtqc.testing import make_pair, run_check, run_example

EXAMPLES = [(r, e) for r in Encoding.rules for e in r.examples]
FRENCH = "àâäçéèêëîïôöùûüœÀÂÇÉÈÊËÎÏÔÙÛŒ«»’“”–—…€°£"


def find(target, source="."):
    return run_check(Encoding(), make_pair(source, target))


def garble(text, codec="cp1252"):
    """UTF-8 bytes read as Windows-1252, bytes that it lacks as Latin-1 control characters."""
    return "".join(
        bytes([b]).decode(codec) if b not in {0x81, 0x8D, 0x8F, 0x90, 0x9D} else chr(b) for b in text.encode()
    )


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=lambda v: getattr(v, "code", getattr(v, "target", "")))
def test_examples(rule, example):
    found = run_example(Encoding(), rule, example)
    assert [f.target.text for f in found][:1] == ([example.marks] if example.fires else [])


@pytest.mark.parametrize("char", FRENCH)
def test_every_french_character_is_told_and_mended(char):
    garbled = garble(char)
    assert repair(garbled) == char
    (found,) = find(f"mot{garbled}s du texte")
    assert char in found.fix.text
    assert found.fix.safe


@given(st.text(st.sampled_from("abc " + FRENCH.translate({ord(c): None for c in "Ââ"})), max_size=40))
def test_good_french_is_left_alone(text):
    assert repair(text) == text


def test_words_garbled_twice_are_mended_at_once():
    assert repair(garble(garble("été"))) == "été"


def test_neighbouring_words_are_one_finding():
    (found,) = find("Il a Ã©tÃ© rÃ©Ã©lu hier.")
    assert (found.target.text, found.fix.text) == ("Ã©tÃ© rÃ©Ã©lu", "été réélu")


def test_a_lost_character_has_no_fix():
    (found,) = find("Un h\ufffdpital ferm\ufffd.".replace(" ferm\ufffd", ""))
    assert found.fix is None


def test_an_entity_is_mended():
    (found,) = find("Cinq&nbsp;euros")
    assert found.fix.text == "\u00a0"
