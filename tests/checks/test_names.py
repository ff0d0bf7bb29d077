from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtqc.checks.name_register import is_headline, register
from mtqc.checks.names import NamesCheck
from mtqc.checks.names_rules import RULES
from mtqc.model import Finding, Severity
from mtqc.rules import Example, Rule
from mtqc.testing import assert_finding, make_pair, run_check, run_example

CHECK = NamesCheck()
CASES = [(rule, example) for rule in RULES for example in rule.examples]


def find(source: str, target: str) -> list[Finding]:
    return run_check(CHECK, make_pair(source, target))


@pytest.mark.parametrize(("rule", "example"), CASES, ids=[f"{r.code}-{e.target[:25]}" for r, e in CASES])
def test_examples(rule: Rule, example: Example) -> None:
    found = [f.target.text for f in run_example(CHECK, rule, example)]
    assert found == ([example.marks] if example.fires else [])


def test_a_near_miss_names_both_sides_and_the_fix():
    found = find(
        "Analysts trust Brisk.\nBrisk replied to critics.", "Les analystes font confiance à Brisk.\nBrisc a répondu."
    )
    finding = assert_finding(found, "ACC201", "Brisc")
    assert finding.severity is Severity.CRITICAL
    assert finding.fix is not None
    assert finding.fix.text == "Brisk"
    assert finding.source is not None
    assert finding.source.text == "Brisk"
    assert "“Brisk” became “Brisc”" in finding.message


def test_one_wrong_name_beside_the_right_one():
    found = find(
        "When Holt met Dana Holt, Holt laughed.\nThen Holt left.",
        "Quand Holt a vu Dana Holt, Holt a ri.\nHolt est parti.",
    )
    assert found == []
    found = find(
        "When Holt met Dana Holt, Holt laughed.\nThen Holt left.",
        "Quand Holt a vu Dana Hoft, Holt a ri.\nHolt est parti.",
    )
    assert_finding(found, "ACC201", "Hoft")


@pytest.mark.parametrize("apostrophe", ["'", "’"])
def test_elision_possessive_and_accents_decomposed(apostrophe: str) -> None:
    found = find(
        f"Leïla Amrani{apostrophe}s plan works.\nVoters like Amrani.",
        f"Le plan d{apostrophe}Amrani, Leïla de son prénom, marche.\nLes électeurs aiment l{apostrophe}Amrani.",
    )
    assert found == []
    assert find("Voters like Rene Amrani.", "Les électeurs aiment René Amrani.") == []


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("The minister flew from Moscow to Athens.", "Le ministre s’est rendu de Moscou à Athènes."),
        ("Critics of Plato and Pope Francis met.", "Des critiques de Platon et du pape François se sont réunis."),
        ("He told the Supreme Court on Monday in March.", "Il l’a dit à la Cour suprême un lundi de mars."),
        ("The talks with Zelenskyy and Netanyahu failed.", "Les discussions avec Zelensky et Netanyahou ont échoué."),
        ("A law of the British and the Dutch.", "Une loi des Britanniques et des Néerlandais."),
        ("The shop on Elm Street near Lake Victoria.", "Le magasin d’Elm Street près du lac Victoria."),
        ("The Browns met the Taliban in Kabul.", "Les Brown ont rencontré les talibans à Kaboul."),
        ("Holland and Britain signed.", "Les Pays-Bas et le Royaume-Uni ont signé."),
        ("Women In Power Win Big Prizes In Paris", "Des femmes de pouvoir remportent de grands prix à Paris"),
        ("An official of the Fed spoke of Al Qaeda.", "Un responsable de la Fed a parlé d’Al-Qaïda."),
    ],
)
def test_what_french_calls_otherwise_is_fine(source: str, target: str) -> None:
    assert find(source, target) == []


def test_another_country():
    found = find("Exports from Austria rose again.", "Les exportations de l’Australie ont encore augmenté.")
    assert [(f.code, f.target.text) for f in found] == [("ACC201", "Australie")]
    assert find("German exports rose.", "Les exportations de l’Allemagne ont augmenté.") == []
    assert find("Exports from Britain rose.", "Les exportations de l’Angleterre ont augmenté.") == []


def test_a_title_before_a_surname_that_is_a_word():
    found = find(
        "The court heard Anna Wood.\nJudge Wood adjourned.", "Le tribunal a entendu Anna Wood.\nLe juge Bois a ajourné."
    )
    assert_finding(found, "ACC201", "Bois")


def test_the_common_noun_in_the_same_sentence_explains_the_french():
    assert find("Wood sold wood to Anna Wood.\nAsk Wood.", "Wood a vendu du bois à Anna Wood.\nElle a dit oui.") == []


@pytest.mark.parametrize(
    ("english", "french"), [("GPT-4o", "GPT-4"), ("A380", "A830"), ("OpenAI", "OpenIA"), ("NASDAQ", "NASDAK")]
)
def test_codes_must_keep_letters_and_digits(english: str, french: str) -> None:
    found = find(f"Engineers tested the {english} today.", f"Les ingénieurs ont testé le {french} aujourd’hui.")
    assert_finding(found, "ACC204", french)


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("GPT-4o", "GPT 4o"),
        ("UNICEF", "Unicef"),
        ("GDP", "PIB"),
        ("NGOs", "ONG"),
        ("YouTube", "Youtube"),
        ("BBC", "BBC"),
    ],
)
def test_codes_that_french_writes_otherwise(english: str, french: str) -> None:
    assert find(f"Engineers tested the {english} today.", f"Les ingénieurs ont testé le {french} aujourd’hui.") == []


def test_headlines():
    assert is_headline("Women In Power Win Big Prizes In Paris")
    assert is_headline("MARKETS FALL")
    assert not is_headline("The minister met Oliver Zuckermann on Friday")


def test_register_counts_beads_that_keep_the_name():
    found = register(make_pair("Ask Holt.\nSay Holt did.\nHe met Holt.", "Demandez à Holt.\nDites-le.\nIl a vu Holt."))
    assert found.names["Holt"].kept == 2
    assert "He" not in found.names


@given(st.text(max_size=60), st.text(max_size=60))
def test_marks_what_stands_there(source: str, target: str) -> None:
    source, target = (" ".join(t.split()) or "A" for t in (source, target))
    for finding in find(f"Ask Holt.\n{source}", f"Demandez à Holt.\n{target}"):
        whole = f"Demandez à Holt.\n{target}"
        assert finding.target.text == whole[finding.target.span.start : finding.target.span.end]


def test_a_change_in_the_ending_alone_is_a_mere_suspicion():
    (finding,) = find("The 11th Hussars took the fort.", "Le 11e Hussards a pris le fort.")
    assert (finding.code, finding.severity) == ("ACC202", Severity.MINOR)
    assert "perhaps" in finding.message
