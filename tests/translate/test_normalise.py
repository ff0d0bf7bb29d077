import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtqc.translate.normalise import normalise

TEXTS = st.text(alphabet=st.sampled_from("abé e\u0301\u0302\u00a0\u202f\n\t\u200b\u00adÉ«»’'œŁ😀"), max_size=40)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Elle a dit\u00a0: «\u202foui\u202f».", "Elle a dit : « oui »."),
        ("e\u0301te\u0301", "été"),
        ("une\nligne\r\nde plus ", "une ligne de plus"),
        ("co\u00adopé\u200bration", "coopération"),
        ("l’été", "l’été"),
        (" \n ", ""),
    ],
)
def test_what_a_model_sees(text, wanted):
    assert normalise(text).text == wanted


@given(TEXTS)
def test_every_character_knows_where_it_came_from(text):
    normal = normalise(text)
    assert len(normal.text) == len(normal.starts) == len(normal.ends)
    for i, character in enumerate(normal.text):
        start, end = normal.original(i, i + 1)
        assert 0 <= start < end <= len(text)
        came_from = re.sub("[\u200b\u00ad]", "", text[start:end])
        assert character in unicodedata.normalize("NFC", came_from) or (character == " " and text[start].isspace())


@given(TEXTS)
def test_offsets_never_go_back_and_normalising_twice_changes_nothing(text):
    normal = normalise(text)
    assert list(normal.starts) == sorted(normal.starts)
    assert normalise(normal.text).text == normal.text
