"""What `make quality` measured of each rule on texts that nothing was tuned on: mtqc/checks/data/measured.json."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

FILE = "measured.json"


@dataclass(frozen=True, slots=True)
class Measured:
    """Of one rule, findings of minor severity or worse.

    `right` of `fired` findings on annotated machine translations overlap a marked error; both 0 where none fired or
    its errors are not marked there (locale, punctuation). `clean_per_1000`: findings in 1,000 sentences of good human
    translations. `planted`: by kind of planted error, (found by this rule, planted).
    """

    right: int = 0
    fired: int = 0
    clean_per_1000: float = 0.0
    planted: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def precision(self) -> float | None:
        """Share right; None where nothing fired."""
        return self.right / self.fired if self.fired else None


@cache
def _data() -> dict[str, object]:
    path = files("mtqc.checks") / "data" / FILE
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else {}


def measured_day() -> str:
    """The day on which it was measured, as YYYY-MM-DD; "" where nothing was."""
    return str(_data().get("day", ""))


@cache
def measured_rules() -> Mapping[str, Measured]:
    """By code; a rule that is not there was not measured."""
    rules = _data().get("rules", {})
    assert isinstance(rules, dict)
    return {
        code: Measured(
            right=r["annotated"][0],
            fired=r["annotated"][1],
            clean_per_1000=r["clean_per_1000"],
            planted={kind: (hits, total) for kind, (hits, total) in r["planted"].items()},
        )
        for code, r in rules.items()
    }
