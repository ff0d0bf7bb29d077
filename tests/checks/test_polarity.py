from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtqc.checks.polarity import Polarity, french_negations
from mtqc.checks.polarity_opposites import opposites
from mtqc.checks.polarity_place import Places, clause, verb_group
from mtqc.model import Severity
from mtqc.testing import make_pair, run_check, run_example

CHECK = Polarity()
EXAMPLES = [(rule, example) for rule in CHECK.rules for example in rule.examples]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=lambda x: getattr(x, "code", None) or x.target[:40])
def test_examples(rule, example):
    found = run_example(CHECK, rule, example)
    assert [f.target.text for f in found] == ([example.marks] if example.fires else [])
