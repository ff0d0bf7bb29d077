from __future__ import annotations

import pytest

from mtqc.checks.agreement import Agreement
from mtqc.testing import make_pair, run_check, run_example

CHECK = Agreement()
EXAMPLES = [(rule, example) for rule in CHECK.rules for example in rule.examples]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=lambda x: getattr(x, "code", None) or x.target[:40])
def test_examples(rule, example):
    found = run_example(CHECK, rule, example)
    assert [f.target.text for f in found] == ([example.marks] if example.fires else [])


@pytest.mark.parametrize(
    ("phrase", "fix"),
    [
        ("Il lit une fil.", "un fil"),
        ("Il cite un importante décision.", "une importante décision"),
        ("Il cite un grand maison.", "une grande maison"),
        ("Il parle au maison.", "à la maison"),
        ("Le prix du entreprise monte.", "de l’entreprise"),
        ("Cette accord est signé.", "Cet accord"),
        ("Elle perd sa travail.", "son travail"),
        ("Ce entreprise vend.", "Cette entreprise"),
        ("Il gagne une grand prix.", "un grand prix"),
        ("Les entreprise vendent.", "Les entreprises"),
        ("Il a vu une problème.", "un problème"),
    ],
)
def test_suggestions(phrase, fix):
    found = run_check(CHECK, make_pair("He said so.", phrase))
    assert [f.fix.text for f in found] == [fix]


@pytest.mark.parametrize(
    "phrase",
    [
        "Elle les balance quand elle gagne.",
        "Nous le pensions tous.",
        "Pour les avoir vus, il les connaît.",
        "Les utilisateur·rice·s et les employé(e)s attendent.",
        "Il a vingt et un jours de retard, une première depuis 2018.",
        "La spécialiste et la parlementaire se sont vues.",
        "C’est une autre question, un vrai problème, la même décision.",
        "L’un fils, l’autre père ; Une Maison à Paris.",
        "En la prenant, il la limite.",
        "C’est un mode de vie, une mode, un tour, une tour.",
        "Son entreprise et mon idée.",
    ],
)
def test_silent(phrase):
    assert run_check(CHECK, make_pair("He said so.", phrase)) == []
