"""GitHub workflow commands: annotations in the file view of a pull request, without any upload.

GitHub shows ten errors, ten warnings and ten notices a step, so the worst are printed, and a last line says how many
more there are. Columns are characters: GitHub names no unit.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from mtqc.model import CorpusReport
from mtqc.report.hosted import Found, Hosted, Level, Region, relative, skipped, unjudged, worst_first
from mtqc.report.phrases import ENGLISH, harmless
from mtqc.report.view import PLAIN, View

MOST = 10
"""Of each level that GitHub shows from one step."""
_PROPERTY = {"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"}
_LINE_ENDS = re.compile("[\u2028\u2029]")


def render(report: CorpusReport, view: View = PLAIN) -> str:
    """One command a line. What could not be judged and what the gate says come first."""
    first = [*_incomplete(report), *_verdict(report)]
    last = [*_closing(report)]
    room: dict[Level, int] = {"error": MOST - len(first), "warning": MOST, "notice": MOST - len(last)}
    places = {id(a): Hosted(a) for a in report.articles}
    shown: list[str] = []
    more: Counter[str] = Counter()
    for found in worst_first(report):
        if room[found.level]:
            room[found.level] -= 1
            shown.append(_annotation(found, places[id(found.article)], view))
        else:
            more[found.finding.severity.label] += 1
    closing = f"{', '.join(f'{n:,} {label}' for label, n in more.items())}: {more.total():,} more in the report"
    lines = [*first, *shown, *last, f"mtqc: {closing if more else 'no more in the report'}."]
    return "\n".join(lines) + "\n"


def command(level: Level, message: str, **properties: str | int) -> str:
    """One workflow command, escaped as the runner reads it."""
    given = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::{level} {given}::{_data(message)}"


def _data(text: str) -> str:
    text = _LINE_ENDS.sub(" ", harmless(text))
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    text = _LINE_ENDS.sub(" ", harmless(text))
    return "".join(_PROPERTY.get(c, c) for c in text)


def _annotation(found: Found, places: Hosted, view: View) -> str:
    finding = found.finding
    region = places.marked(found)
    message = finding.message
    if advice := ENGLISH.suggestion(finding):
        message += f"\nSuggestion: {advice}"
    if (original := places.original(found)) is not None:
        message += f"\nOriginal: {original[0].bead.source_text}"
    title = f"{finding.severity.label} {ENGLISH.kind(finding)} ({finding.code})"
    return command(found.level, message, **_where(region, view), title=title)


def _where(region: Region, view: View) -> dict[str, str | int]:
    lines: dict[str, str | int] = {"line": region.start.line, "endLine": region.end.line}
    start, end = region.start.column("characters"), region.end.column("characters")
    # GitHub takes columns only where the annotation stays on one line
    columns = {"col": start, "endColumn": end} if start and end and region.start.line == region.end.line else {}
    return {"file": relative(region.path, view.root), **lines, **columns}


def _incomplete(report: CorpusReport) -> Iterator[str]:
    told = [text for _, text in unjudged(report)]
    if told:
        yield command("error", "\n".join(told), title="mtqc: not everything was judged")


def _verdict(report: CorpusReport) -> Iterator[str]:
    verdict = report.verdict
    if verdict.verdict in {"failed", "not judged"}:
        yield command("error", "\n".join(verdict.reasons), title=f"mtqc gate: {verdict.verdict}")


def _closing(report: CorpusReport) -> Iterator[str]:
    told = [*skipped(report), *report.verdict.notes, *report.notes, *report.unused]
    if report.suppressed:
        told.append(f"{ENGLISH.findings(len(report.suppressed))} accepted beforehand.")
    before = {text for _, text in unjudged(report)}
    if told := [text for text in told if text not in before]:
        yield command("notice", "\n".join(told), title="mtqc")
