from __future__ import annotations

import pytest

from mtqc.checks.numbers import Numbers
from mtqc.checks.numbers_order import Order
from mtqc.testing import make_pair, run_check, run_example

CHECK = Order()
EXAMPLES = [(rule, example) for rule in CHECK.rules for example in rule.examples]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=lambda x: getattr(x, "code", None) or x.target[:40])
def test_examples(rule, example):
    found = run_example(CHECK, rule, example)
    assert [f.target.text for f in found] == ([example.marks] if example.fires else [])


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("In the second half she scored.", "En seconde période, elle a marqué."),
        ("The 4th floor.", "Le quatrième étage."),
        ("The third time it rained.", "Les deux autres fois, il faisait beau ; la troisième, il a plu."),
        ("Two of three: the third was ill.", "Deux sur trois : le troisième, ou le second, était malade."),
    ],
)
def test_an_order_said_otherwise_stays_silent(english, french):
    assert run_check(CHECK, make_pair(english, french)) == []


@pytest.mark.parametrize(
    ("english", "french", "codes"),
    [
        ("It lasted 18 months.", "Cela a duré dix-huit mois.", []),
        ("The 17th year in a row.", "La dix-septième année d’affilée.", []),
        ("The bus leaves at 6.40 each day.", "Le bus part à 6 h 40 chaque jour.", []),
        ("Rain fell between 2 and 5 p.m. today.", "Il a plu entre 14 heures et 17 heures aujourd’hui.", []),
        ("Of the 40% who voted, 20% regret it.", "Sur les 40 % qui ont voté, 20 le regrettent.", ["ACC306"]),
        ("For four euros they climb.", "Pour quatre dollars, ils montent.", ["ACC305"]),
        ("He died at the age of 93.", "Il est mort à l’âge de 93 mois.", ["ACC307"]),
        ("A kilo cost 18 lira.", "Le kilo coûtait 18 livres turques.", []),
    ],
)
def test_figures_spelt_out_and_their_units(english, french, codes):
    assert [f.code for f in run_check(Numbers(), make_pair(english, french))] == codes
