"""Quotation marks, brackets, final marks."""

from __future__ import annotations

import pytest

from mtqc.checks.marks import Marks
from mtqc.testing import make_pair, run_check, run_example

EXAMPLES = [(r, e) for r in Marks.rules for e in r.examples]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=lambda v: getattr(v, "code", getattr(v, "target", "")))
def test_examples(rule, example):
    found = run_example(Marks(), rule, example)
    assert [f.target.text for f in found] == ([example.marks] if example.fires else [])


def find(source, target):
    return run_check(Marks(), make_pair(source, target))


def test_a_quotation_may_close_sentences_later_but_not_never():
    source = '"We came.\nWe saw.\nWe won."'
    assert find(source, "« Nous sommes venus.\nNous avons vu.\nNous avons gagné. »") == []
    (found,) = find(source, "« Nous sommes venus.\nNous avons vu.\nNous avons gagné.")
    assert (found.code, found.target.text, found.target.span.start) == ("FLU301", "«", 0)


def test_reach_is_a_threshold():
    source = '"A."\n' + "B.\n" * 3 + '"C."'
    target = "« A.\n" + "B.\n" * 3 + "C. »"
    assert run_check(Marks(reach=4), make_pair(source, target)) == []
    assert [f.code for f in run_check(Marks(reach=2), make_pair(source, target))] == ["FLU301", "FLU301"]


def test_a_lost_quotation_shows_the_english():
    (found,) = find('He said "this is the very end".', "Il a dit que c'était fini.")
    assert found.source.text == '"this is the very end"'
