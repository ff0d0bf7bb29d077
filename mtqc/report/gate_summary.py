"""What `mtqc gate` prints: the verdict first, why, then the worst findings. Short: reports say the rest."""

from __future__ import annotations

from collections.abc import Iterator

from mtqc.gate import GateSettings
from mtqc.model import ArticleReport, CorpusReport, Finding, Severity
from mtqc.report.columns import wrap
from mtqc.report.phrases import harmless, unbroken
from mtqc.report.view import PLAIN, View
from mtqc.text.offsets import LineIndex

REASONS = 20
"""Reasons, notes and unused entries listed at most, of each; JSON has them all."""
WORST = 10
"""Findings listed at most."""
_STYLES = {"passed": "32", "failed": "31", "not judged": "33"}
_VERDICTS = {"passed": "passed", "failed": "FAILED", "not judged": "NOT JUDGED: something could not be judged"}


def render(report: CorpusReport, settings: GateSettings, view: View = PLAIN) -> str:
    """The verdict, its reasons, the worst findings that count, and what else should be known."""
    verdict = report.verdict
    lines = [_headline(report, view)]
    lines += _section("", verdict.reasons, view)
    lines += _section("Worst findings", _worst(report, settings), view, WORST)
    lines += _section("Notes", verdict.notes, view)
    lines += _section("Accepted beforehand, and no longer needed or not in full", report.unused, view)
    return "\n".join(lines) + "\n"


def _headline(report: CorpusReport, view: View) -> str:
    said = _VERDICTS.get(report.verdict.verdict, "not run")
    counts = [sum(s.bead.is_pair for a in report.articles for s in a.sentences), len(report.articles)]
    sentences, articles = (f"{n:,} {w}{'s' * (n != 1)}" for n, w in zip(counts, ("sentence", "article"), strict=True))
    shown = f"Gate: {said}"
    if view.color:
        shown = f"\x1b[1;{_STYLES.get(report.verdict.verdict, '0')}m{shown}\x1b[0m"
    return f"{shown} ({articles}, {sentences})"


def _section(title: str, items: tuple[str, ...] | list[str], view: View, most: int = REASONS) -> Iterator[str]:
    if not items:
        return
    if title:
        yield ""
        yield title
    for item in items[:most]:
        yield from _wrapped(item, view.width)
    if len(items) > most:
        yield f"  … and {len(items) - most:,} more"


def _wrapped(text: str, width: int) -> Iterator[str]:
    shown = unbroken(harmless(" ".join(text.split(" "))))
    for n, line in enumerate(wrap(shown, max(20, width - 4))):
        yield ("    " if n else "  ") + shown[line.start : line.end].rstrip()


def _worst(report: CorpusReport, settings: GateSettings) -> list[str]:
    """Critical and major findings that count, worst and surest first, `article:line`."""
    found = [(a, f) for a in report.articles for f in a.all_findings]
    serious = [(a, f) for a, f in found if f.severity >= Severity.MAJOR and f.confidence >= settings.min_confidence]
    serious.sort(key=lambda pair: (-pair[1].severity, -pair[1].confidence))
    return [_finding(a, f) for a, f in serious]


def _finding(article: ArticleReport, f: Finding) -> str:
    line = LineIndex(article.pair.target.text).line(f.target.span.start)
    return f"{article.pair.id}:{line}: {f.severity.label} {f.code} {f.name}: {f.message}"
