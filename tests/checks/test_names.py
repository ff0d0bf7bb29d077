from __future__ import annotations

import pytest

from mtqc.checks.names import NamesCheck
from mtqc.checks.names_rules import RULES
from mtqc.rules import Example, Rule
from mtqc.testing import run_example

CHECK = NamesCheck()
CASES = [(rule, example) for rule in RULES for example in rule.examples]


@pytest.mark.parametrize(("rule", "example"), CASES, ids=[f"{r.code}-{e.target[:25]}" for r, e in CASES])
def test_examples(rule: Rule, example: Example) -> None:
    found = [f.target.text for f in run_example(CHECK, rule, example)]
    assert found == ([example.marks] if example.fires else [])
