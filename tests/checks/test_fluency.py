from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtqc.checks.fluency import Fluency
from mtqc.testing import make_pair, run_check, run_example

CHECK = Fluency()
EXAMPLES = [(rule, example) for rule in CHECK.rules for example in rule.examples]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=lambda x: getattr(x, "code", None) or x.target[:40])
def test_examples(rule, example):
    found = run_example(CHECK, rule, example)
    assert [f.target.text for f in found] == ([example.marks] if example.fires else [])


def findings(source: str, target: str):
    return [
        (f.code, f.severity.label, f.target.text, f.fix and f.fix.text)
        for f in run_check(CHECK, make_pair(source, target))
    ]


def test_two_noun_phrases_are_joined_with_de():
    assert findings("They met the group’s chair in Rome.", "Ils ont vu le groupe Le président à Rome.") == [
        ("FLU201", "major", "le groupe Le président", "le président du groupe")
    ]
    assert findings("She said Ikea’s staff would strike.", "Elle dit que Ikea L’équipe de vente fera grève.") == [
        ("FLU201", "major", "Ikea L’équipe de vente", "l’équipe de vente d’Ikea")
    ]


def test_a_mere_capital_is_minor():
    assert findings("On Tuesday the group sold it.", "Le patron a dit que Dans ce cas il vend.") == [
        ("FLU201", "minor", "Dans", "dans")
    ]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("He lives near Des Moines.", "Il vit près de Des Moines en été."),
        ("She sang in the musical We will rock you.", "Elle a chanté dans Nous allons vous secouer."),
        ("Kim Jong Un left.", "Kim Jong Un est parti."),
        ("The film drew a crowd.", "Le film La nuit tombe a attiré du monde."),
        ("In 2019 the group left.", "En 2019, le groupe est parti ; Le Monde l’a écrit."),
        ("Books, books, books.", "Des livres, des livres, des livres."),
        ("He swears by it.", "Qui jure par lui, jure par lui seul."),
        ("It rose from 5,000,000 to 6,000,000.", "De 5 000 000 à 6 000 000."),
        ("The yen, the yacht and eleven.", "Le yen, le yacht et le onze de France."),
        ("Bora Bora is far.", "Bora Bora est loin."),
    ],
)
def test_silent(source, target):
    assert findings(source, target) == []


def test_loop_suggestions():
    assert findings("It snows in the south.", "La neige neige neige au sud.") == [
        ("FLU502", "major", "neige neige neige", "neige")
    ]


@given(
    st.lists(
        st.sampled_from("le chat dort sur un toit rouge près du port".split()), min_size=3, max_size=8, unique=True
    )
)
def test_any_phrase_said_twice_in_a_row_is_found(phrase):
    text = " ".join(["Hier", *phrase, *phrase, "encore."])
    found = [f for f in run_check(CHECK, make_pair("Yesterday it happened again.", text)) if f.code == "FLU502"]
    assert [f.target.text for f in found] == [" ".join(phrase * 2)]


@given(st.text(alphabet="leLa d'’ Udesni.,é\u00a0\u202f", max_size=60))
def test_never_raises_and_marks_what_stands_there(text):
    article = make_pair("The board’s chair said so.", text)
    for finding in run_check(CHECK, article):
        assert article.pair.target.text[finding.target.span.start : finding.target.span.end] == finding.target.text
