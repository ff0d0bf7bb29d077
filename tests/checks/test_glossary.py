"""TRM201 to TRM204 on what the examples of the rules do not show."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtqc import config
from mtqc.checks.glossary import Glossary
from mtqc.errors import ConfigError, InputError
from mtqc.model import BeadLinks, Severity, Span, WordPair
from mtqc.pipeline import check_article, signature
from mtqc.source.glossary import parse_csv
from mtqc.testing import assert_finding, make_pair, run_check


def found(glossary: str, english: str, french: str):
    return run_check(Glossary(parse_csv(glossary)), make_pair(english, french))


def codes(glossary: str, english: str, french: str):
    return [f.code for f in found(glossary, english, french)]


RATES = "interest,intérêt\ninterest rate,taux d'intérêt\nrate,taux\ninterest rate swap,échange de taux"


@pytest.mark.parametrize(
    ("english", "french", "missing"),
    [
        ("Interest rates fell.", "Les taux d’intérêt ont baissé.", []),
        ("Interest rates fell.", "Les taux ont baissé.", ["Interest rates"]),
        ("It is an interest rate swap.", "C’est un échange de taux.", []),
        ("Her interest in rates fell.", "Son intérêt pour les taux a faibli.", []),
        ("Her interest, rates aside, fell.", "Sa curiosité a faibli.", ["interest", "rates"]),
    ],
)
def test_the_longest_term_wins(english, french, missing):
    assert [f.source.text for f in found(RATES, english, french)] == missing


@pytest.mark.parametrize(
    "french",
    [
        "Les empreintes\u00a0carbone baissent.",
        "L’empreinte de carbone baisse.",
        "L’<b>empreinte</b> carbone baisse.",
        "L'« empreinte » carbone baisse.",
        "L’EMPREINTE CARBONE BAISSE.",
        "L’empreinte écologique et carbone baisse.",
    ],
)
def test_what_may_stand_between_and_around(french):
    assert codes("carbon footprint,empreinte carbone", "The carbon <i>footprint</i> falls.", french) == []


@pytest.mark.parametrize(
    ("term", "french"),
    [
        ("to implement,mettre en œuvre", "Ils ont mis en oeuvre le plan."),
        ("to implement,mettre en œuvre", "Ils mettront le plan en œuvre."),
        ("to implement,prendre en charge", "Elle est prise en charge."),
    ],
)
def test_irregular_verbs(term, french):
    assert codes(term, "They implement the plan.", french) == []


@pytest.mark.parametrize(
    ("term", "english"),
    [
        ("apple,pomme", "Apple Daily closed."),
        ("apple,pomme", "He reads Apple Daily."),
        ("apple,pomme", "See www.apple.example for more."),
        ("rate,taux", "A second-rate show."),
        ("Apple,Pomme", "An apple a day."),
        ("Apple,Pomme", "Apple Valley is small."),
        ("AI,IA", "Ai Weiwei spoke."),
        ("C++,C++", "The letter C is round."),
    ],
)
def test_what_is_not_the_term(term, english):
    assert codes(term, english, "Rien de tel.") == []


@pytest.mark.parametrize(
    "english", ["APPLES FALL", "Apples fell.", "“Apples fell,” he said.", "Big Apple Growers Worry Again"]
)
def test_capitals_that_are_no_name(english):
    assert codes("apple,pomme", english, "Rien de tel.") == ["TRM201"]


def test_once_said_in_full_the_head_alone_is_a_minor_matter():
    term = "carbon footprint,empreinte carbone"
    english = "Its carbon footprint grew.\nThe carbon footprint is large."
    first, both = (
        "Son empreinte a grandi.\nL’empreinte est grande.",
        "Son empreinte carbone a grandi.\nL’empreinte est grande.",
    )
    assert [f.severity for f in found(term, english, first)] == [Severity.MAJOR, Severity.MAJOR]
    (late,) = found(term, english, both)
    assert (late.severity, late.target.text) == (Severity.MINOR, "empreinte")


def test_linked_words_are_marked():
    article = make_pair("Its footprint grew.", "Sa trace a grandi.")
    links = BeadLinks((WordPair(Span(4, 13), Span(3, 8), 0.9),), "both models")
    article = replace(article, signals=(replace(article.signals[0], links=links),))
    (finding,) = run_check(Glossary(parse_csv("footprint,empreinte")), article)
    assert (finding.target.text, finding.fix.text) == ("trace", "empreinte")


def test_another_spelling_is_minor_and_its_fix_is_that_spelling():
    (f,) = found("startup,jeune pousse|start-up", "Startups grew.", "Des startups ont grandi.")
    assert (f.severity, f.target.text, f.fix.text) == (Severity.MINOR, "startups", "start-up")


def test_a_forbidden_word_is_found_at_every_place_but_not_inside_an_allowed_term():
    term = "footprint,empreinte|trace carbone\nfootprint,trace,,,forbidden"
    places = [f.target.span.start for f in found(term, "The footprint.", "La trace, les traces.")]
    assert places == [3, 14]
    assert codes(term, "The footprint.", "La trace carbone.") == []


def test_a_forbidden_word_keeps_its_capital_in_the_fix():
    f = assert_finding(found("mail,courriel\nmail,mail,,,forbidden", "Mail works.", "Mail marche."), "TRM202", "Mail")
    assert f.fix.text == "Courriel"
    assert not f.fix.safe


@pytest.mark.parametrize(
    ("french", "marks"),
    [
        ("Le Monde l’écrit.", []),
        ("« Le\u00a0Monde » l’écrit.", []),
        ("Le monde l’écrit.", ["Le monde"]),
        ("Il l’écrit.", [""]),
    ],
)
def test_what_is_kept_is_kept_exactly(french, marks):
    glossary = "Le Monde,,,,do-not-translate"
    assert [f.target.text for f in found(glossary, "Le Monde writes so.", french)] == marks


def test_an_unsure_sentence_is_not_judged():
    article = make_pair("Apples fell.", "Rien de tel.", confidences=(0.2,))
    assert run_check(Glossary(parse_csv("apple,pomme")), article) == []


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_configuration_loads_files_beside_it_and_they_count_in_the_signature(tmp_path):
    write(tmp_path, "terms.csv", "apple,pomme")
    body = 'glossary = ["terms.csv"]\ndo-not-translate = ["iCloud"]\nmust-translate = ["newsletter"]\n'
    settings = config.load(write(tmp_path, "mtqc.toml", body))
    article = make_pair("Apples: iCloud, newsletter.", "Poires : nuage, newsletter.").pair
    report = check_article(article, settings, None)
    assert {f.code for f in report.all_findings} >= {"TRM201", "TRM203", "TRM204"}
    write(tmp_path, "terms.csv", "apple,poire")
    assert signature(config.load(tmp_path / "mtqc.toml"), None) != signature(settings, None)
    assert signature(config.Settings(), None) != signature(settings, None)


def test_a_command_s_glossary_adds_to_the_configuration_s(tmp_path):
    settings = config.from_table({"glossary": ["a.csv"]}, base=write(tmp_path, "a.csv", "apple,pomme").parent)
    more = config.with_glossaries(settings, [write(tmp_path, "b.csv", "pear,poire")])
    (check,) = [c for c in more.checks if isinstance(c, Glossary)]
    assert [t.english for t in check.terms] == ["apple", "pear"]


@pytest.mark.parametrize(
    ("table", "error", "said"),
    [
        ({"glossary": "terms.csv"}, ConfigError, "glossary = 'terms.csv' is not a list"),
        ({"must-translate": [3]}, ConfigError, "must-translate"),
        ({"glossary": ["none.csv"]}, InputError, "none.csv: cannot be read"),
        ({"checks": {"glossary": {"terms": []}}}, ConfigError, "unknown key “terms”"),
    ],
)
def test_what_is_wrong_is_said(table, error, said):
    with pytest.raises(error, match=said):
        config.from_table(table)


LINE = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=40)


@given(LINE, LINE, st.text("ab-' é,|\n", max_size=30))
def test_any_texts_are_judged_without_a_crash(english, french, rows):
    try:
        terms = parse_csv(rows)
    except InputError:
        return
    for f in run_check(Glossary(terms), make_pair(english, french)):
        assert f.target.text == french[f.target.span.start : f.target.span.end]
