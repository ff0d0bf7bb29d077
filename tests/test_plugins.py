"""Checks of installed packages, through the entry-point group `mtqc.checks`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

import pytest

from mtqc import checks
from mtqc.checks.structure import NOTICE
from mtqc.errors import ConfigError

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
