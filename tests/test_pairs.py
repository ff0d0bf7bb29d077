"""Cases kept apart: negative (a good translation: nothing serious may fire), synthetic and in the wild (something must
fire on the marked text), known failures (strict xfail: the day one passes, this test says so). Text checks only."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mtqc.checks import CHECKS
from mtqc.model import Severity
from mtqc.policy import without_duplicates
from mtqc.testing import make_pair, run_check

FOLDER = Path(__file__).parent / "pairs"


def cases(name: str) -> list[dict]:
    return [json.loads(x) for x in (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines() if x.strip()]


def findings(case: dict) -> list:
    article = make_pair(case["en"], case["fr"])
    return without_duplicates([f for check in CHECKS for f in run_check(check, article)])


def is_found(case: dict) -> bool:
    start = case["fr"].index(case["marks"]) if case["marks"] else 0
    end = start + max(1, len(case["marks"] or ""))
    return any(
        f.severity > Severity.NEUTRAL and f.target.span.start < end and start < max(f.target.span.end, start + 1)
        for f in findings(case)
    )


@pytest.mark.parametrize("case", cases("negative"), ids=lambda c: c["note"][:60])
def test_a_good_translation_raises_nothing_serious(case):
    assert not [f.message for f in findings(case) if f.severity >= Severity.MAJOR]


@pytest.mark.parametrize("case", cases("synthetic") + cases("in_the_wild"), ids=lambda c: c["note"][:60])
def test_an_error_is_found_where_it_is(case):
    assert is_found(case), [(f.code, f.target.text) for f in findings(case)]


@pytest.mark.parametrize("case", cases("known_failures"), ids=lambda c: c["note"][:60])
@pytest.mark.xfail(strict=True, reason="what mtqc is known to miss")
def test_a_known_failure_is_still_missed(case):
    assert is_found(case)
