"""Quotation marks, brackets, final marks."""

from __future__ import annotations

import pytest

from mtqc.checks.marks import Marks
from mtqc.testing import run_example

EXAMPLES = [(r, e) for r in Marks.rules for e in r.examples]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=lambda v: getattr(v, "code", getattr(v, "target", "")))
def test_examples(rule, example):
    found = run_example(Marks(), rule, example)
    assert [f.target.text for f in found] == ([example.marks] if example.fires else [])
