"""Figures as text for people and as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from mtqc.evaluate.figures import Figures, Rate, wilson
from mtqc.evaluate.judging import JudgedLine
from mtqc.model import Severity

SCHEMA = "mtqc-eval/1"


def as_text(f: Figures, articles: int) -> str:
    """What `mtqc eval` prints."""
    everything = f" (marking everything: {f.everything_f1:.3f})" if f.everything_f1 else ""
    out = [
        f"{articles} article{'s' * (articles != 1)}, {f.lines} lines, {f.errors} marked errors",
        "",
        f"characters, severity-blind   P {f.precision:.3f}  R {f.recall:.3f}  F1 {f.f1:.3f}{everything}",
        f"critical and major findings right   {_rate(f.serious)}{_within(f.serious)}",
        f"AUC of quality for lines with a critical or major error   {_auc(f)}",
    ]
    if f.violations:
        out.append(f"findings on stretches that must not be flagged   {f.violations}")
    out += _table("errors found, by severity", ((s.label, r) for s, r in sorted(f.by_severity.items(), reverse=True)))
    out += _table("errors found, by requirement", f.by_requirement.items())
    out += _table("errors found, by category", f.by_category.items())
    if f.by_kind:
        rows = (
            (k, minor, f"   critical or major: {_rate(serious)}") for k, (minor, serious) in sorted(f.by_kind.items())
        )
        out += _table("planted errors found, by kind (minor findings or worse)", rows)
    out += _table("findings right, by rule (minor or worse)", sorted(f.rules.items()))
    return "\n".join(out) + "\n"


def _table(title: str, rows: Iterable[tuple[Any, ...]]) -> list[str]:
    made = [f"  {name:40} {_rate(rate)}{''.join(rest)}" for name, rate, *rest in rows]
    return ["", title, *made] if made else []


def _rate(rate: Rate) -> str:
    return "none" if rate.share is None else f"{rate.hits} of {rate.total} ({100 * rate.share:.0f} %)"


def _within(rate: Rate) -> str:
    interval = wilson(rate)
    return f"   95 %: {interval.low:.2f} to {interval.high:.2f}" if interval else ""


def _auc(f: Figures) -> str:
    return f"{f.auc:.3f} ({f.bad_lines} such lines)" if f.auc is not None else f"not defined ({f.bad_lines} such lines)"


def misses(lines: Sequence[JudgedLine]) -> Iterator[str]:
    """Errors that were not found, and critical and major findings that overlap no error, one a line, in text order."""
    for x in lines:
        for e in x.errors:
            if not e.found_minor:
                kind = f" {e.error.kind}" if e.error.kind else ""
                what = f"{e.error.severity.label} {e.error.category}{kind} “{e.error.text}” ← “{e.error.source_text}”"
                yield f"missed  {x.article}, line {x.line}: {what}"
        for f in x.findings:
            if f.right is False and f.mark.severity >= Severity.MAJOR:
                yield f"extra   {x.article}, line {x.line}: {f.mark.code} {f.mark.severity.label}: {f.mark.message}"


def as_dict(f: Figures, articles: int, signature: str) -> dict[str, Any]:
    """The same as a JSON object (`mtqc-eval/1`); rates are [hits, total]."""
    return {
        "schema": SCHEMA,
        "signature": signature,
        "articles": articles,
        "lines": f.lines,
        "errors": f.errors,
        "characters": {"precision": f.precision, "recall": f.recall, "f1": f.f1, "f1_of_everything": f.everything_f1},
        "serious_findings_right": _pair(f.serious),
        "critical_findings_right": _pair(f.critical),
        "auc": f.auc,
        "bad_lines": f.bad_lines,
        "violations": f.violations,
        "found_by_severity": {s.label: _pair(r) for s, r in f.by_severity.items()},
        "found_by_requirement": _pairs(f.by_requirement),
        "found_by_category": _pairs(f.by_category),
        "found_by_kind": {k: {"minor": _pair(m), "serious": _pair(s)} for k, (m, s) in f.by_kind.items()},
        "right_by_rule": _pairs(f.rules),
    }


def _pairs(rates: Mapping[str, Rate]) -> dict[str, list[int]]:
    return {name: _pair(rate) for name, rate in rates.items()}


def _pair(rate: Rate) -> list[int]:
    return [rate.hits, rate.total]
