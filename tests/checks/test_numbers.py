"""Quantity rules: their examples, and what an editor sees."""

from __future__ import annotations

import pytest

from mtqc.checks.numbers import Numbers
from mtqc.testing import make_pair, run_check, run_example

EXAMPLES = [(r, e) for r in Numbers.rules for e in r.examples]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=lambda v: getattr(v, "code", getattr(v, "target", "")))
def test_examples(rule, example):
    found = run_example(Numbers(), rule, example)
    assert [f.target.text for f in found] == ([example.marks] if example.fires else [])


@pytest.mark.parametrize(
    "example", [e for r in Numbers.rules for e in r.examples if not e.fires], ids=lambda e: e.target
)
def test_silent_examples_wake_no_other_number_rule(example):
    assert run_check(Numbers(), make_pair(example.source, example.target)) == []
