"""What was measured of the rules and is shown with them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mtqc.checks import measured
from mtqc.cli import rules as command
from mtqc.plant import KINDS

CODES = (Path(__file__).parents[1] / "golden" / "codes.txt").read_text(encoding="utf-8").split()


@pytest.fixture
def data(tmp_path, monkeypatch):
    folder = tmp_path / "data"
    folder.mkdir()
    row = {"annotated": [6, 8], "clean_per_1000": 1.25, "planted": {"figure-digit": [9, 10]}}
    text = json.dumps({"day": "2026-11-28", "signature": "s", "rules": {"ACC302": row}})
    (folder / "measured.json").write_text(text, encoding="utf-8")
    monkeypatch.setattr(measured, "files", lambda package: tmp_path)
    for cached in (measured._data, measured.measured_rules):
        cached.cache_clear()
    yield
    for cached in (measured._data, measured.measured_rules):
        cached.cache_clear()


def test_a_rule_says_what_was_measured(data):
    assert measured.measured_rules()["ACC302"].precision == 0.75
    (line,) = command._measured("ACC302")
    assert line == (
        "Measured: 6 of 8 findings right (75 %, 95 %: 41–93); 1.2 findings on 1,000 good sentences;"
        " 9 of 10 planted errors of kind figure-digit found."
    )
    assert not list(command._measured("ACC101"))


def test_the_table_shows_it_and_the_day(data):
    page = command.document(command._all(None))
    assert "measured by `make quality` on 2026-11-28" in page
    assert "| ACC302 | number-changed | " in page
    assert next(x for x in page.split("\n") if x.startswith("| ACC302")).endswith("| 6 of 8 | 1.2 |")
    assert next(x for x in page.split("\n") if x.startswith("| ACC101")).endswith("| – | – |")


def test_the_committed_figures_are_of_rules_and_kinds_that_exist():
    """`make quality` renews them."""
    kinds = {k.name for k in KINDS}
    for code, figures in measured.measured_rules().items():
        assert code in CODES
        assert set(figures.planted) <= kinds, code
        assert 0 <= figures.right <= figures.fired
