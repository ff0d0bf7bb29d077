"""What `mtqc diff` prints: as text, or as JSON in the layout mtqc-diff/1."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from mtqc.compare import GROUPS, Change, Difference, Group, by_article, by_rule
from mtqc.model import CorpusReport, Finding
from mtqc.report.phrases import harmless
from mtqc.text.offsets import LineIndex

SCHEMA = "mtqc-diff/1"
LISTED = 50
"""Findings of one kind that the text lists; JSON has them all."""


class DifferenceWriter:
    """Writes the difference of two runs; they are needed for line numbers."""

    def __init__(self, difference: Difference, before: CorpusReport, after: CorpusReport) -> None:
        self.difference = difference
        self.signatures = (before.signature, after.signature)
        self._lines = [{a.pair.id: LineIndex(a.pair.target.text) for a in run.articles} for run in (before, after)]

    def text(self) -> str:
        """Totals first, then new, changed, fixed and accepted findings, then the numbers by rule and by article."""
        d = self.difference
        lines = [", ".join(f"{len(d.group(g)):,} {g}" for g in GROUPS)]
        if not d.same_signature:
            lines += ["The runs have different signatures: what changed may be mtqc and not the texts."]
        for title, names in (("Only in the first run", d.gone), ("Only in the second run", d.added)):
            lines += [f"{title}: {', '.join(names)}"] if names else []
        lines += [f"Not judged to the end, so that “fixed” may be wrong: {', '.join(d.incomplete)}"] * bool(
            d.incomplete
        )
        for group in GROUPS:
            lines += self._section(group)
        lines += [*_table("rule", d.counts(by_rule)), *_table("article", d.counts(by_article))]
        return harmless("\n".join(lines)) + "\n"

    def _section(self, group: Group) -> Iterator[str]:
        changes = self.difference.group(group)
        if changes:
            yield ""
            yield group.capitalize()
        for change in changes[:LISTED]:
            f = change.finding
            what = f" [{', '.join(change.what)}]" if change.what else ""
            yield f"  {change.article}:{self._line(change)}: {f.severity.label} {f.code} {f.name}: {f.message}{what}"
        if len(changes) > LISTED:
            yield f"  … and {len(changes) - LISTED:,} more"

    def _line(self, change: Change) -> int:
        return self._lines[change.after is not None][change.article].line(change.finding.target.span.start)

    def json(self) -> str:
        """Everything, for programs."""
        d = self.difference
        data: dict[str, Any] = {
            "schema": SCHEMA,
            "before": {"signature": self.signatures[0]},
            "after": {"signature": self.signatures[1]},
            "same_signature": d.same_signature,
            "summary": {g: len(d.group(g)) for g in GROUPS},
            "by_rule": d.counts(by_rule),
            "by_article": d.counts(by_article),
            "only_before": list(d.gone),
            "only_after": list(d.added),
            "incomplete": list(d.incomplete),
            **{g: [self._object(c) for c in d.group(g)] for g in GROUPS},
        }
        return json.dumps(data, ensure_ascii=True, indent=1) + "\n"

    def _object(self, change: Change) -> dict[str, Any]:
        said = {"article": change.article, "line": self._line(change), **_finding(change.finding)}
        if change.before is None or change.after is None:
            return said
        return {**said, "what": list(change.what), "before": _finding(change.before)}


def _finding(f: Finding) -> dict[str, Any]:
    return {
        "code": f.code,
        "name": f.name,
        "severity": f.severity.label,
        "fingerprint": f.fingerprint,
        "text": f.target.text,
        "source_text": f.source.text if f.source else "",
        "message": f.message,
        "suggestion": f.fix.text if f.fix else None,
    }


def _table(title: str, counts: dict[str, dict[Group, int]]) -> Iterator[str]:
    if not counts:
        return
    width = max(len(title), *(len(name) for name in counts))
    yield ""
    yield "  ".join([f"{title:{width}}", *(f"{g:>8}" for g in GROUPS)])
    for name, row in counts.items():
        yield "  ".join([f"{name:{width}}", *(f"{row[g]:>8}" for g in GROUPS)])
