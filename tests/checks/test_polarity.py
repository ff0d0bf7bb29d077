from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtqc.checks.polarity import Polarity, french_negations
from mtqc.checks.polarity_opposites import opposites
from mtqc.checks.polarity_place import Places, clause, verb_group
from mtqc.model import Severity
from mtqc.testing import make_pair, run_check, run_example

CHECK = Polarity()
EXAMPLES = [(rule, example) for rule in CHECK.rules for example in rule.examples]


def codes(english: str, french: str, back: str = "") -> list[tuple[str, str]]:
    return [(f.code, f.target.text) for f in run_check(CHECK, make_pair(english, french, [back]))]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=lambda x: getattr(x, "code", None) or x.target[:40])
def test_examples(rule, example):
    found = run_example(CHECK, rule, example)
    assert [f.target.text for f in found] == ([example.marks] if example.fires else [])


@pytest.mark.parametrize(
    ("english", "french", "code", "marked"),
    [
        ("The pipeline has never been inspected.", "Le gazoduc a été inspecté.", "ACC701", "a été inspecté"),
        ("Neither bank has published its accounts.", "Les deux banques ont publié leurs comptes.", "ACC701", "publié"),
        ("Nobody warned the villagers.", "On a averti les villageois.", "ACC701", "averti"),
        ("Farmers cannot water their fields.", "Les agriculteurs peuvent arroser leurs champs.", "ACC701", "peuvent"),
        ("The board met on Monday.", "Le conseil ne s’est jamais réuni lundi.", "ACC701", "jamais"),
        ("The league bought the stadium.", "La ligue a vendu le stade.", "ACC702", "vendu"),
        ("The party lost its majority.", "Le parti a gagné sa majorité.", "ACC702", "gagné"),
        ("The jury acquitted the driver.", "Le jury a condamné le chauffeur.", "ACC702", "condamné"),
        ("The union voted against the deal.", "Le syndicat a voté en faveur de l’accord.", "ACC702", "en faveur"),
        ("The mayor is believed to own the land.", "Le maire possède le terrain.", "ACC703", "possède"),
    ],
)
def test_a_reversal_is_marked(english, french, code, marked):
    found = codes(english, french)
    assert [c for c, _ in found] == [code]
    assert marked in found[0][1]


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("There is no doubt that the dam will hold.", "Le barrage tiendra, c’est certain."),
        ("It was nothing but a rumour.", "C’était une simple rumeur."),
        ("Why not sell the boat?", "Et si on vendait le bateau ?"),
        ("The reporter could not help smiling.", "Le journaliste a souri malgré lui."),
        ("Whether or not it rains, they will march.", "Qu’il pleuve ou qu’il vente, ils défileront."),
        ("Six of the seven bridges are not safe.", "Six des sept ponts sont dangereux, aucun doute."),
        ("The mayor is unable to attend.", "Le maire est empêché."),
        ("The vaccine is not available without a prescription.", "Le vaccin est délivré sur ordonnance."),
        ("She fears the wall will fall.", "Elle craint que le mur ne tombe."),
        ("He speaks better than he writes.", "Il parle mieux qu’il n’écrit."),
        ("Only two ferries sailed.", "Deux ferries n’ont pas été annulés."),
        ("Prices did not fall.", "Les prix ont augmenté, et non baissé."),
        ("After the vote, and before the speech, he left.", "Il est parti avant le discours."),
        ("The alleged ringleader was arrested.", "L’homme soupçonné d’être le meneur a été arrêté."),
    ],
)
def test_a_free_but_faithful_translation_stays_silent(english, french):
    assert codes(english, french) == []


@pytest.mark.parametrize(
    ("back", "severities"),
    [
        ("", [Severity.MAJOR]),
        ("The agency has approved the vaccine.", [Severity.MAJOR]),
        ("The agency has not approved the vaccine.", []),
    ],
)
def test_the_back_translation_corroborates_or_clears(back, severities):
    article = make_pair("The agency has not approved the vaccine.", "L’agence a approuvé le vaccin.", [back])
    assert [f.severity for f in run_check(CHECK, article)] == severities


def test_one_negation_of_two_lost_is_a_suspicion():
    english = "The mayor did not resign on Monday, although the council in Bruges had not approved the budget."
    french = "Le maire n’a pas démissionné lundi, bien que le conseil communal de Bruges ait approuvé le budget."
    (finding,) = run_check(CHECK, make_pair(english, french))
    assert finding.severity is Severity.MINOR
    assert "approuvé" in finding.target.text


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("The line was not only slow but also costly.", "La ligne était lente et, de plus, coûteuse."),
        ("The dam is not uncommon in its design.", "Le barrage est courant par sa conception."),
        ("She is still not sure.", "Elle demeure incertaine."),
    ],
)
def test_a_negation_said_otherwise_stays_silent(english, french):
    assert codes(english, french) == []


def test_an_opposite_in_the_back_translation_makes_it_critical():
    article = make_pair("Its shares rose 6%.", "Son action a chuté de 6 %.", ["Its shares fell 6%."])
    assert [f.severity for f in run_check(CHECK, article)] == [Severity.CRITICAL]


def test_the_english_counterpart_is_located():
    (finding,) = run_check(CHECK, make_pair("The agency has not approved it.", "L’agence l’a approuvé."))
    assert finding.source.text == "not"


@pytest.mark.parametrize("quote", ["'", "’"])
@pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f"])
def test_apostrophes_and_spaces_make_no_difference(quote, space):
    english = f"The court hasn{quote}t ruled."
    assert codes(english, f"Le tribunal n{quote}a{space}pas statué.") == []
    assert codes(english, f"Le tribunal a{space}statué.") != []


@pytest.mark.parametrize(
    ("french", "number"),
    [
        ("Il n'a pas plu.", 1),
        ("Aucun navire n'a coulé.", 1),
        ("Personne n'a rien vu.", 1),
        ("Ni sucre, ni sel.", 2),
        ("Pas de tramway, pas de taxi.", 2),
        ("Sans eux, il ne viendra pas.", 2),
        ("Il pleut.", 0),
    ],
)
def test_french_negations_are_counted(french, number):
    assert len(french_negations(french)) == number


def test_every_word_of_the_table_leads_to_its_pairs():
    for word, pairs in opposites().items():
        assert word.isalpha()
        for said, opposite in pairs:
            assert word in said.english.pattern
            assert said is not opposite


TEXT = st.text(alphabet="aé n'tes pas.,0«»\u00a0", max_size=60)


@given(TEXT, TEXT)
def test_marks_lie_inside_the_text_and_nothing_raises(english, french):
    for finding in run_check(CHECK, make_pair(f"It is not {english}".replace("\n", " "), f"C {french}")):
        assert finding.target.text


@given(TEXT, TEXT, st.integers(0, 60))
def test_projected_places_and_groups_lie_inside(english, french, at):
    place = Places(english, french).project(min(at, len(english)))
    start, end = verb_group(french, place, None)
    assert 0 <= start <= end <= len(french)
    assert clause(french, place)[1] <= len(french)


def test_it_is_fast():
    """5,000 pairs a second on a quiet machine; a tenth of that here, so that a busy one passes."""
    article = make_pair(
        "\n".join(f"The company {n} sold its shares in the port before the summer." for n in range(500)),
        "\n".join(f"L’entreprise {n} a vendu ses parts dans le port avant l’été." for n in range(500)),
    )
    start = time.perf_counter()
    assert run_check(CHECK, article) == []
    assert time.perf_counter() - start < 1.0
