"""The share of each rule's findings that editors found right, from their decisions.

What is counted is distinct things that somebody decided on, as the MQM penalty counts an error repeated once:

- a decision on one finding counts once; whatever settles a finding last has it, in whichever scope;
- one on a name or term everywhere counts once, however often it stands there, and takes in what was decided in the
  same way on single findings of it;
- a rule dismissed in an article counts once for each distinct name or term in its findings there, and for each finding
  that marks no letter or digit (a space, say);
- a severity alone says that the finding is right, but for neutral, which says neither.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from mtqc.errors import InputError
from mtqc.evaluate.figures import Interval, Rate, wilson
from mtqc.model import Severity
from mtqc.precision import LEAST, SCHEMA, Decided
from mtqc.review.decided import SCHEMA as DECISIONS
from mtqc.review.decided import Decision
from mtqc.text.tokens import fold

FIELDS = tuple(f.name for f in fields(Decision) if f.name != "cases")


@dataclass(frozen=True, slots=True)
class Line:
    """One rule. `interval`: Wilson's, 95 %; `is_used`: often enough decided on to change confidences."""

    code: str
    decided: Decided
    interval: Interval

    @property
    def is_used(self) -> bool:
        """Whether the key `precision` takes it."""
        return self.decided.total >= LEAST


def measured(decisions: Iterable[Decision]) -> tuple[Line, ...]:
    """The rules that were decided on, by code."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for d in _counted(decisions):
        total[d.code] += d.cases
        right[d.code] += d.cases if d.decision == "accepted" else 0
    return tuple(_line(code, Decided(right[code], total[code])) for code in sorted(total))


def _line(code: str, decided: Decided) -> Line:
    interval = wilson(Rate(decided.right, decided.total))
    assert interval is not None
    return Line(code, decided, interval)


def _counted(decisions: Iterable[Decision]) -> list[Decision]:
    """Each thing once, as it was decided last."""
    last: dict[tuple[str, ...], Decision] = {}
    for d in sorted(decisions, key=lambda d: d.at):
        last[_subject(d)] = d
    counting = [d for d in last.values() if d.cases]
    everywhere = {(d.code, d.text, d.source_text): d.decision for d in counting if d.scope == "everywhere"}
    return [
        d
        for d in counting
        if d.severity != Severity.NEUTRAL.label
        and (d.scope != "finding" or everywhere.get((d.code, d.text, d.source_text)) != d.decision)
    ]


def _subject(d: Decision) -> tuple[str, ...]:
    if d.scope == "everywhere":
        return d.scope, d.code, d.text, d.source_text
    return d.scope, d.code, d.article, d.fingerprint if d.scope == "finding" else ""


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """The entries of a decisions file. Raises InputError."""
    from mtqc.accepted import load

    if load(path).kind != "decision":  # which also reads every entry strictly
        raise InputError(f"{path} holds no decisions.", hint="Give mtqc-decisions.json, or a run that was reviewed.")
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return tuple(_decision(item, path, number) for number, item in enumerate(data["entries"], 1))


def _decision(item: Mapping[str, Any], path: Path, number: int) -> Decision:
    cases = item.get("cases", 1)
    if type(cases) is not int or cases < 0:
        what = f"entry {number}: cases = {cases!r} is not a whole number, 0 or more"
        raise InputError(f"{path}: {what}.", hint="Download the decisions again.")
    values = {name: str(item.get(name, "")) for name in FIELDS}
    values |= {name: fold(values[name]) for name in ("text", "source_text")}
    return Decision(**values, cases=cases)


def is_decisions(path: Path) -> bool:
    """Whether a JSON file says that it holds decisions. Anything else is left to whoever reads runs."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(data, dict) and data.get("schema") == DECISIONS


def render_json(lines: Iterable[Line], names: Mapping[str, str], origins: Iterable[str]) -> str:
    """What the key `precision` reads. `names`: of the rules, by code; `origins`: where the decisions come from."""
    rules = [
        {
            "code": line.code,
            "name": names.get(line.code, ""),
            "right": line.decided.right,
            "decided": line.decided.total,
            "share": round(line.decided.share, 4),
            "low": round(line.interval.low, 4),
            "high": round(line.interval.high, 4),
            "used": line.is_used,
        }
        for line in lines
    ]
    data = {"schema": SCHEMA, "least": LEAST, "from": list(origins), "rules": rules}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def render_table(lines: Iterable[Line], names: Mapping[str, str]) -> str:
    """One line a rule, for a person."""
    lines = tuple(lines)
    width = max([len(names.get(line.code, "")) for line in lines] + [4])
    rows = [f"{'rule':6}  {'name':{width}}  right  of  share  95 % interval"]
    for line in lines:
        d, i = line.decided, line.interval
        low = "" if line.is_used else f"  fewer than {LEAST}: not used"
        rows.append(
            f"{line.code:6}  {names.get(line.code, ''):{width}}  {d.right:5}  {d.total:2}  {d.share:5.0%}"
            f"  {i.low:.0%} to {i.high:.0%}{low}"
        )
    return "\n".join(rows) + "\n"
