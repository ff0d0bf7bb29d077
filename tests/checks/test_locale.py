"""French formats, spacing and quotation marks."""

from __future__ import annotations

import pytest

from mtqc.checks.locale import NumberFormats, Typography
from mtqc.testing import run_example

CASES = [(c, r, e) for c in (NumberFormats(), Typography()) for r in c.rules for e in r.examples]


@pytest.mark.parametrize(
    ("check", "rule", "example"), CASES, ids=lambda v: getattr(v, "code", getattr(v, "target", ""))
)
def test_examples(check, rule, example):
    found = run_example(check, rule, example)
    assert [f.target.text for f in found] == ([example.marks] if example.fires else [])
