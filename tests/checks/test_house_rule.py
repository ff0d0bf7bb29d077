"""A house rule at work: sides, scopes, templates, typography, and patterns that would hang."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from mtqc.checks.house_rule import HouseRule, Patterns, filled, slots_of
from mtqc.config import Settings
from mtqc.errors import CheckCrashed
from mtqc.model import Block, Category, Severity, Span
from mtqc.pipeline import check_article
from mtqc.rules import Rule
from mtqc.testing import make_pair, run_check

RULE = Rule("STY901", "house", Category.AWKWARD, Severity.MINOR, "A rule.", "Because.", (), 1.0)


def rule(message: str = "m", fix: str | None = None, scope="sentence", **patterns) -> HouseRule:
    return HouseRule(RULE, Patterns(**patterns), message, fix, scope, "house.yaml")


def marks(check: HouseRule, english: str, french: str) -> list[str]:
    return [f.target.text for f in run_check(check, make_pair(english, french))]


@pytest.mark.parametrize(
    ("patterns", "expected"),
    [
        ({"target": "chat"}, ["chat", "chat"]),
        ({"source": "cat", "target": "chat"}, ["chat", "chat"]),
        ({"source": "dog", "target": "chat"}, []),
        ({"source_not": "cat", "target": "chat"}, []),
        ({"target": "chat", "target_not": "noir"}, []),
        ({"source": "cat", "target_not": "chien"}, [""]),
        ({"source": "cat", "target_not": "chat"}, []),
        ({"target": "CHAT"}, []),
        ({"target": "CHAT", "ignore_case": True}, ["chat", "chat"]),
        ({"target": "x*"}, []),
    ],
)
def test_sides(patterns, expected):
    assert marks(rule(**patterns), "A cat, a black cat.", "Un chat, un chat noir.") == expected


def test_typography_is_plain_unless_exact():
    english, french = "It is 5%.", "C’est 5\u00a0%."
    assert marks(rule(target="C'est 5 %"), english, french) == ["C’est 5\u00a0%"]
    assert marks(rule(target="C'est", exact=True), english, french) == []
    assert marks(rule(target="\u00a0%", exact=True), english, french) == ["\u00a0%"]


def test_message_and_fix_are_filled():
    check = rule(
        "{source} {source.1} {source.n} {target} {1} {who} {unknown}",
        "{who}!",
        source="(?P<n>[0-9]+) cats",
        target="(?P<who>chats?)( gris)?",
    )
    (finding,) = run_check(check, make_pair("12 cats.", "12 chats."))
    assert finding.message == "12 cats 12 12 chats chats chats {unknown}"
    assert finding.fix.text == "chats!"
    assert finding.source.text == "12 cats"


def test_a_template_reaches_nothing_but_its_slots():
    assert filled("{target.__class__} {0.x}", {"target": "a"}) == "{target.__class__} {0.x}"
    assert slots_of("{a} {source.b} {{c}} {}") == ("a", "source.b", "c")


def test_the_scope_of_a_headline():
    check = rule(scope="headline", target="chat")
    article = make_pair("Cats\nA cat.\nMore cats", "Le chat\nUn chat.\nDes chats")
    assert [f.target.span.start for f in run_check(check, article)] == [3]
    blocks = (Block(Span(0, 7), "headline"), Block(Span(8, 16), "paragraph"), Block(Span(17, 26), "heading"))
    page = replace(article, pair=replace(article.pair, target=replace(article.pair.target, blocks=blocks)))
    assert [f.target.span.start for f in run_check(check, page)] == [3, 21]


def test_the_scope_of_an_article():
    check = rule(scope="article", source="dog", target_not="chien")
    assert marks(check, "A cat.\nA dog.", "Un chat.\nUn chien.") == []
    assert marks(check, "A cat.\nA dog.", "Un chat.\nUn fauve.") == [""]
    assert marks(rule(scope="article", target="chat"), "A cat.\nA dog.", "Un fauve.\nUn chat.") == ["chat"]


def test_an_unsure_sentence_is_not_judged():
    assert run_check(rule(target="chat"), make_pair("A cat.", "Un chat.", confidences=(0.2,))) == []


SLOW = rule(target="(a|a)+$")


def test_a_pattern_that_would_hang_is_given_up():
    began = time.monotonic()
    with pytest.raises(CheckCrashed, match=r"STY901 house \(house.yaml\) took more than 0.5 s"):
        run_check(SLOW, make_pair("x", "a" * 60 + "!"))
    assert time.monotonic() - began < 10


def test_it_makes_the_report_incomplete_and_the_other_rules_go_on():
    other = replace(rule(target="maire"), rule=replace(RULE, code="STY902", name="other"))
    pair = make_pair("The mayor resigned on Monday.", "Le maire a démissionné lundi " + "a" * 60 + "!").pair
    report = check_article(pair, Settings(checks=(SLOW, other)), None)
    assert not report.complete
    assert [f.code for f in report.all_findings] == ["STY902"]
    (failure,) = report.failures
    assert failure.startswith("The house rule STY901 house (house.yaml) took more than 0.5 s on one text")
    assert "crashed" not in failure
