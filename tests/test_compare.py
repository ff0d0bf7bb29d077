"""Two runs compared: fixed, new, changed, accepted."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
import sample
from gated import CRITICAL, MAJOR, MINOR, WORDS, article, corpus
from hypothesis import given, settings
from hypothesis import strategies as st

from mtqc.compare import GROUPS, by_article, by_rule, diff
from mtqc.model import Suppressed
from mtqc.policy import fingerprint
from mtqc.report import json_reader, json_writer
from mtqc.report.difference_writer import DifferenceWriter


def sizes(difference) -> dict[str, int]:
    return {g: len(difference.group(g)) for g in GROUPS if difference.group(g)}


def test_a_run_and_itself():
    for report in (corpus(article("a", [(1, MAJOR)])), sample.corpus()):
        again = json_reader.parse(json_writer.as_dict(report))
        assert sizes(diff(report, report)) == sizes(diff(report, again)) == {}


def test_fixed_and_new():
    found = diff(corpus(article("a", [(1, MAJOR), (2, MINOR)])), corpus(article("a", [(2, MINOR), (3, CRITICAL)])))
    assert sizes(found) == {"new": 1, "fixed": 1}
    assert found.fixed[0].finding.target.text == WORDS[0]
    assert found.new[0].finding.target.text == WORDS[2]


def test_another_severity_or_message_is_a_change():
    one = article("a", [(1, MAJOR)])
    (f,) = one.sentences[0].findings
    other = replace(f, severity=CRITICAL, message="Otherwise.")
    later = replace(one, sentences=(replace(one.sentences[0], findings=(other,)), *one.sentences[1:]))
    found = diff(corpus(one), corpus(later))
    assert sizes(found) == {"changed": 1}
    assert found.changed[0].what == ("severity", "message")


def test_a_finding_in_a_sentence_that_was_edited_has_changed():
    one = article("a", [(1, MAJOR)])
    (f,) = one.sentences[0].findings
    moved = replace(f, fingerprint=fingerprint(f, "another sentence", "une autre phrase"))
    later = replace(one, sentences=(replace(one.sentences[0], findings=(moved,)), *one.sentences[1:]))
    assert [c.what for c in diff(corpus(one), corpus(later)).changed] == [("sentence",)]


def test_what_is_accepted_now_is_not_fixed():
    one = article("a", [(1, MAJOR)])
    bare = corpus(article("a"), suppressed=(Suppressed("a", one.all_findings[0], "decision"),))
    assert sizes(diff(corpus(one), bare)) == {"accepted": 1}


def test_articles_of_one_run_only():
    found = diff(corpus(article("a", [(1, MAJOR)])), corpus(article("b", [(2, MINOR)])))
    assert (found.gone, found.added) == (("a",), ("b",))
    assert sizes(found) == {"new": 1}


def test_incomplete_runs_are_named():
    broken = replace(article("a"), failures=("A check crashed.",))
    found = diff(corpus(broken), corpus(article("a"), unread=(("b", "empty"),)))
    assert found.incomplete == ("a", "b")


def test_counts_by_rule_and_article():
    before = corpus(article("a", [(1, MAJOR), (2, MINOR, "FLU101")]))
    found = diff(before, corpus(article("a", [(2, MINOR, "FLU101"), (3, MINOR, "FLU101")])))
    assert found.counts(by_rule) == {
        "ACC301": {"new": 0, "changed": 0, "fixed": 1, "accepted": 0},
        "FLU101": {"new": 1, "changed": 0, "fixed": 0, "accepted": 0},
    }
    assert found.counts(by_article) == {"a": {"new": 1, "changed": 0, "fixed": 1, "accepted": 0}}


FOUND = st.lists(
    st.tuples(
        st.integers(1, 10), st.sampled_from([MAJOR, MINOR]), st.sampled_from(["ACC1", "FLU2"]), st.integers(0, 3)
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(FOUND, FOUND)
def test_the_other_way_round_new_is_fixed(one, other):
    a, b = corpus(article("a", one)), corpus(article("a", other))
    there, back = diff(a, b), diff(b, a)
    assert len(there.new) == len(back.fixed)
    assert len(there.changed) == len(back.changed)
    assert len(one) - len(there.fixed) == len(other) - len(there.new)


@pytest.fixture
def runs():
    before = corpus(article("a", [(1, MAJOR), (2, MINOR, "FLU101")]), article("gone"))
    after = replace(corpus(article("a", [(2, MINOR, "FLU101"), (3, CRITICAL)]), article("b")), signature="other")
    return before, after


def test_as_text(runs):
    text = DifferenceWriter(diff(*runs), *runs).text()
    assert text.startswith("1 new, 0 changed, 1 fixed, 0 accepted\n")
    assert "different signatures" in text
    assert "Only in the first run: gone" in text
    assert "Only in the second run: b" in text
    assert f"New\n  a:3: critical ACC301 rule-acc301: “{WORDS[2]}” is wrong." in text
    assert "rule" in text


def test_as_json(runs):
    data = json.loads(DifferenceWriter(diff(*runs), *runs).json())
    assert data["schema"] == "mtqc-diff/1"
    assert data["summary"] == {"new": 1, "changed": 0, "fixed": 1, "accepted": 0}
    assert data["new"][0]["line"] == 3
    assert data["fixed"][0]["code"] == "ACC301"
    assert data["same_signature"] is False
    assert (data["only_before"], data["only_after"]) == (["gone"], ["b"])


def test_text_that_could_do_harm_is_shown_harmless():
    one = article("\x1b[2Ja", [(1, MAJOR)])
    text = DifferenceWriter(diff(corpus(), corpus(one)), corpus(), corpus(one)).text()
    assert "\x1b" not in text
    assert "a:1: major" in text


def test_a_changed_finding_in_json_says_what():
    one = article("a", [(1, MAJOR)])
    (f,) = one.sentences[0].findings
    later = replace(one.sentences[0], findings=(replace(f, severity=MINOR),))
    runs = corpus(one), corpus(replace(one, sentences=(later, *one.sentences[1:])))
    (change,) = json.loads(DifferenceWriter(diff(*runs), *runs).json())["changed"]
    assert (change["what"], change["severity"], change["before"]["severity"]) == (["severity"], "minor", "major")
