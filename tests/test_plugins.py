"""Checks of installed packages, through the entry-point group `mtqc.checks`."""

from __future__ import annotations

import importlib
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar

import pytest

from mtqc import checks
from mtqc.checks.structure import NOTICE
from mtqc.config import check_key, thresholds
from mtqc.errors import ConfigError
from mtqc.testing import run_example

HOUSE = replace(NOTICE, code="STY901", name="house-rule")


@dataclass(frozen=True)
class HouseCheck:
    rules: ClassVar = (HOUSE,)

    def find(self, bead, signals):
        return []


@dataclass
class Point:
    offered: object
    name: str = "house"

    def load(self):
        if isinstance(self.offered, Exception):
            raise self.offered
        return self.offered


def registered(monkeypatch, *offered):
    monkeypatch.setattr(checks, "entry_points", lambda group: [Point(o) for o in offered])
    return checks.registered.__wrapped__()


def test_a_package_s_checks_come_after_ours(monkeypatch):
    check = HouseCheck()
    assert registered(monkeypatch, check) == (*checks.CHECKS, check)
    assert registered(monkeypatch, (check,)) == (*checks.CHECKS, check)


@pytest.mark.parametrize(
    ("offered", "said"),
    [
        (ImportError("no such thing"), "cannot be loaded"),
        (42, "is no check"),
        (type("Clash", (HouseCheck,), {"rules": (NOTICE,)})(), "takes the code"),
    ],
)
def test_a_bad_package_is_named(monkeypatch, offered, said):
    with pytest.raises(ConfigError, match=said):
        registered(monkeypatch, offered)


def test_the_documented_package_works(monkeypatch, tmp_path):
    text = (Path(__file__).parents[1] / "docs" / "house-rules.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    (tmp_path / "our_rules.py").write_text(code, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    check = importlib.import_module("our_rules").CHECK
    assert registered(monkeypatch, check) == (*checks.CHECKS, check)
    assert (check_key(check), thresholds(check)) == ("long-sentences", {"most": 4})
    for example in check.rules[0].examples:
        found = [f.target.text for f in run_example(check, check.rules[0], example)]
        assert found == ([example.marks] if example.fires else [])
