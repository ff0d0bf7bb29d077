"""French formats, spacing and quotation marks."""

from __future__ import annotations

import pytest

from mtqc.checks.locale import NumberFormats
from mtqc.checks.locale_typography import Typography
from mtqc.config import from_table
from mtqc.errors import ConfigError
from mtqc.model import Severity
from mtqc.testing import assert_finding, make_pair, run_check, run_example

CASES = [(c, r, e) for c in (NumberFormats(), Typography()) for r in c.rules for e in r.examples]


@pytest.mark.parametrize(
    ("check", "rule", "example"), CASES, ids=lambda v: getattr(v, "code", getattr(v, "target", ""))
)
def test_examples(check, rule, example):
    found = run_example(check, rule, example)
    assert [f.target.text for f in found] == ([example.marks] if example.fires else [])


def find(check, source, target):
    return run_check(check, make_pair(source, target))


def test_the_fixes_are_good_french():
    check = NumberFormats()
    fixes = {
        ("It fell 7.16%.", "Il a perdu 7.16%."): "7,16\u202f%",
        ("It cost $1,500.", "Il a coûté $1,500."): "1\u202f500\u00a0dollars",
        ("It cost $2.4 billion.", "Il a coûté $2.4 milliards."): "2,4\u00a0milliards de dollars",
        ("At 3 p.m. sharp.", "À 3 p.m. précises."): "15\u00a0h",
        ("On June 1 he left.", "Le June 1 il est parti."): "1er\u00a0juin",
    }
    for (source, target), fix in fixes.items():
        (found,) = find(check, source, target)
        assert found.fix.text == fix


def test_forty_missing_spaces_are_one_remark():
    lines = 8
    found = find(Typography(), "\n".join(["Why?"] * lines), "\n".join(["Pourquoi?"] * lines))
    (remark,) = [f for f in found if f.code == "LOC110"]
    assert remark.article_wide
    assert (remark.severity, len(remark.related)) == (Severity.NEUTRAL, lines - 1)


def test_straight_quotes_throughout_are_a_house_choice():
    (found,) = find(Typography(), 'A "b".\nC "d".', 'A "b".\nC "d".')
    assert found.article_wide
    assert found.severity is Severity.NEUTRAL


def test_a_safe_fix_inserts_the_space():
    found = find(Typography(), "Why?\nWho? Me.", "Pourquoi ?\nQui? Moi.")
    fix = assert_finding(found, "LOC110", "Qui?").fix
    assert (fix.text, fix.safe) == ("Qui\u202f?", True)


HOUSE_TEXT = 'Quoi ?\nIl dit « non » : 5 % ; « il m\'a dit « oui » ».\n"Si", dit-elle. "Oui".'


@pytest.mark.parametrize(
    ("house", "codes"),
    [
        ("imprimerie-nationale", {"LOC111", "LOC112"}),
        ("web", {"LOC112"}),
        ("canada", {"LOC111", "LOC112", "LOC121", "LOC122"}),
        ("off", set()),
    ],
)
def test_houses_differ(house, codes):
    source = "What?\nHe says “no”: 5%; “he told me ‘yes’”.\n“Yes,” she said. “Yes.”"
    assert {f.code for f in find(Typography(house=house), source, HOUSE_TEXT)} == codes


def test_canada_wants_no_space_and_web_takes_any_quotation_marks():
    assert find(Typography(house="canada"), "What? Yes!", "Quoi? Oui!") == []
    assert find(Typography(house="web"), 'He said "no".', 'Il a dit "non".') == []
    (remark,) = find(Typography(house="canada"), "What? Yes!", "Quoi ? Oui !")
    assert (remark.code, len(remark.related), remark.severity) == ("LOC121", 1, Severity.NEUTRAL)


def test_a_house_that_does_not_exist_is_an_error():
    for table in ({"typography": "canda"}, {"checks": {"typography": {"house": "canda"}}}):
        with pytest.raises(ConfigError, match="unknown house “canda”") as error:
            from_table(table)
        assert error.value.hint == "Did you mean “canada”?"
    with pytest.raises(ConfigError, match="wrong kind"):
        from_table({"typography": 3})


def test_the_key_sets_the_house():
    (check,) = [c for c in from_table({"typography": "web"}).checks if isinstance(c, Typography)]
    assert check.house == "web"


def test_a_stray_space_is_taken_out():
    for text, fixed in {
        "L' entreprise": "L'entreprise", "venu ,": "venu,", "( à": "(à", "Lyon )": "Lyon)",
    }.items():  # fmt: skip
        found = find(Typography(house="web"), "The firm (in Lyon) came, then left.", f"Oui {text} puis reparti.")
        assert next(f.fix.text for f in found if f.code == "LOC121") == fixed
