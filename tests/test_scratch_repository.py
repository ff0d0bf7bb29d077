"""The whole way of a repository's articles, by the steps of tests/scratch_repository.py."""

from __future__ import annotations

import json
import warnings
from pathlib import Path

import pytest
import scratch_repository as scratch

SCHEMA = Path(__file__).resolve().parents[2] / "shared" / "schemas" / "sarif-schema-2.1.0.json"
pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def repository(tmp_path_factory):
    return scratch.create(tmp_path_factory.mktemp("scratch") / "repository")


def test_gate_baseline_new_error_review_and_a_passing_gate(repository):
    assert len(list((repository.folder / "articles").glob("*.fr.txt"))) == 20
    scratch.gate_and_baseline(repository)
    sarif = scratch.new_error(repository)
    results = sarif["runs"][0]["results"]
    assert {r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in results} == {
        "articles/culture.fr.txt"
    }
    assert len(results) == len(scratch.found(repository.report("new.json")))
    if SCHEMA.is_file():
        from jsonschema import validators

        schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
        validators.validator_for(schema)(schema).validate(sarif)
    else:
        warnings.warn(f"SARIF was not validated: {SCHEMA} is not here", stacklevel=1)
    reviewer = scratch.review(repository)
    assert sum(reviewer.done.values()) < len(reviewer.settled), "one decision settles a name or term everywhere"
    scratch.passing_gate(repository)
