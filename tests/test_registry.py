"""The registry: codes pinned in a file, every rule complete, every example executed."""

from __future__ import annotations

import os
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from mtqc.checks import CHECKS, OPTIONAL, ArticleCheck, BeadCheck
from mtqc.model import Category
from mtqc.testing import run_example

PINNED = Path(__file__).parent / "golden" / "codes.txt"
RULES = [(check, rule) for check in CHECKS + OPTIONAL for rule in check.rules]
EXAMPLES = [(check, rule, example) for check in CHECKS for rule in check.rules for example in rule.examples]
"""Those of optional checks are run with a stand-in for what they ask: tests/heavy, test_grammalecte.py."""


def test_codes_are_pinned():
    """A renamed or vanished code is a visible diff: `make golden` renews the file."""
    text = "".join(f"{rule.code} {rule.name}\n" for _, rule in sorted(RULES, key=lambda p: p[1].code))
    if os.environ.get("MTQC_UPDATE_GOLDEN"):
        PINNED.parent.mkdir(exist_ok=True)
        PINNED.write_text(text, encoding="utf-8")
    assert text == PINNED.read_text(encoding="utf-8")


def test_codes_and_names_are_unique():
    codes, names = [r.code for _, r in RULES], [r.name for _, r in RULES]
    assert len(codes) == len(set(codes))
    assert len(names) == len(set(names))


@pytest.mark.parametrize("check", CHECKS + OPTIONAL, ids=lambda c: type(c).__name__)
def test_a_check_is_a_frozen_dataclass_of_one_kind(check):
    assert is_dataclass(check)
    assert type(check).__dataclass_params__.frozen
    assert isinstance(check, BeadCheck) != isinstance(check, ArticleCheck)
    thresholds = [f for f in fields(check) if not f.metadata.get("content")]
    assert all(f.type in {"float", "int", "str", "bool"} or "tuple" in str(f.type) for f in thresholds)


@pytest.mark.parametrize(("check", "rule"), RULES, ids=lambda v: getattr(v, "code", ""))
def test_a_rule_is_complete(check, rule):
    assert rule.category in set(Category)
    assert 0 < rule.confidence <= 1
    assert rule.summary.endswith(".")
    assert rule.rationale.endswith(".")
    assert sum(e.fires for e in rule.examples) >= 1
    assert sum(not e.fires for e in rule.examples) >= 2
    prefix = {"accuracy": "ACC", "fluency": "FLU", "terminology": "TRM", "locale": "LOC", "style": "STY"}
    assert rule.code[:3] == prefix.get(rule.category.split("/")[0], "ALN")


@pytest.mark.parametrize(("check", "rule", "example"), EXAMPLES, ids=lambda v: getattr(v, "code", ""))
def test_every_example_does_what_it_says(check, rule, example):
    found = run_example(check, rule, example)
    if example.marks is None:
        assert not found, [f.message for f in found]
    else:
        assert example.marks in [f.target.text for f in found], [f.target.text for f in found]
    for f in found:
        document = example.target if f.target.side == "target" else example.source
        assert document[f.target.span.start : f.target.span.end] == f.target.text
