"""The table of French forms: what is counted, and what a builder makes of it."""

from __future__ import annotations

import pytest
from french_forms import Builder, count, feminine_of

SENTENCES = (
    ["Il voit la décision importante.", "Dans une décision importante, un projet important."] * 3
    + ["Avec les projets importants et des décisions importantes."]
    + ["Ils montrent la maison.", "Elle montre le toit.", "Un toit, des toits, ces toits, les toits."]
    + [f"Pour une maison, la maison numéro {i}, des maisons." for i in range(4)]
)
LEMMAS = {f"important{e}": "important" for e in ("", "e", "s", "es")} | {"maison": "maison", "toit": "toit"}


def test_what_follows_a_determiner_and_a_pronoun_is_counted_once_a_sentence():
    counts = count(["Une maison rouge.", "Une maison rouge.", "Ils la montrent."])
    assert counts["maison"]["f"] == 1
    assert counts["rouge"]["3f"] == 1
    assert counts["montrent"]["vp"] == 1


def test_nouns_have_the_gender_of_their_determiners_and_adjectives_a_paradigm():
    builder = Builder(count(SENTENCES), LEMMAS)
    builder.nouns()
    builder.adjectives()
    codes = {form: "".join(sorted(found)) for form, found in builder.codes.items()}
    assert codes["maison"] == "f"
    assert codes["toits"] == "X"
    assert codes["importantes"] == "d"


@pytest.mark.parametrize(
    ("masculine", "feminine"),
    [("actif", "active"), ("heureux", "heureuse"), ("cruel", "cruelle"), ("fier", "fière"), ("petit", "petite")],
)
def test_feminines_by_rule(masculine, feminine):
    assert feminine in feminine_of(masculine)
