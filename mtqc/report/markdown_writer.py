"""Markdown for a comment on a pull request: a summary table, then the findings of each article, worst kept first
where the whole would not fit.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mtqc.model import ArticleReport, CorpusReport, Finding, NotMeasured, Severity
from mtqc.report import phrases
from mtqc.report.places import Places
from mtqc.report.view import PLAIN, View

LIMIT = 60_000
"""Characters. GitHub refuses a comment of more than 65,536; the rest is for whoever puts a line above it."""
TABLE_LIMIT = 100
"""Rows of the summary table, and of the list of unread articles."""
LINES_SHOWN = 5
"""Further lines that are named of a finding with many places."""
_TABLE = ("| line | severity | translation | should read | what |", "|--:|---|---|---|---|")

_ESCAPED = {c: f"\\{c}" for c in "\\`*_[]|~"} | {"<": "&lt;", ">": "&gt;", "&": "&amp;", "$": "<span>$</span>"}
_ESCAPES = str.maketrans(_ESCAPED | {"@": "@&#8203;", "#": "#&#8203;"} | dict.fromkeys("\r\n\t", " "))


def escaped(text: str) -> str:
    """Text that stays text: no markup, no table cell end, no mention or reference that would notify somebody.

    A zero-width space after @ and #, and GitHub's own <span>$</span>, which keeps prices from becoming mathematics.
    """
    return phrases.harmless(text).translate(_ESCAPES)


def render(report: CorpusReport, _view: View = PLAIN, *, limit: int = LIMIT) -> str:
    """The comment, about `limit` characters at most; what does not fit is counted, the least severe going first."""
    frame = [_heading(report), *_summary_table(report), *_unread(report)]
    notes = [f"- {escaped(note)}" for note in report.notes]
    tail = [*(["", *notes] if notes else []), "", _footer(report), ""]
    told, room = _articles(report, limit - _size(frame + tail))
    rows = [row for n in told for row in _rows(n, report.articles[n])]
    kept = _fitting(rows, room)
    for n, (head, foot) in told.items():
        lines = [row.line for row in kept if row.article == n]
        frame += [*head, *(["", *_TABLE, *lines] if lines else []), *foot]
    return "\n".join([*frame, *_left_out(report, told, len(kept)), *tail])


def _articles(report: CorpusReport, room: int) -> tuple[dict[int, tuple[list[str], list[str]]], int]:
    """Number → (head, foot) of the articles to tell about, worst first while half the room lasts; the room left."""
    counts = [tuple(-n for n in phrases.count(a.all_findings).values()) for a in report.articles]
    said = [
        n for n, a in enumerate(report.articles) if a.all_findings or a.skipped or not a.complete or a.pair.warnings
    ]
    told, spare = {}, room // 2
    for n in sorted(said, key=lambda n: (report.articles[n].complete, counts[n], n)):
        edges = _article_head(report.articles[n]), _article_foot(report.articles[n])
        cost = _size([*edges[0], *edges[1], *_TABLE])
        if cost > spare:
            break
        told[n] = edges
        spare -= cost
        room -= cost
    return dict(sorted(told.items())), room


def _left_out(report: CorpusReport, told: Iterable[int], kept: int) -> list[str]:
    findings = sum(len(a.all_findings) for a in report.articles) - kept
    silent = set(range(len(report.articles))) - set(told)
    broken = sum(not report.articles[n].complete or bool(report.articles[n].skipped) for n in silent)
    left = [phrases.plural(findings, "finding")] if findings else []
    left += [f"what was not judged in {phrases.plural(broken, 'more article')}"] if broken else []
    said = f"_Left out for want of room: {' and '.join(left)}, the least severe. The other reports have everything._"
    return ["", said] if left else []


def _size(lines: Iterable[str]) -> int:
    return sum(len(line) + 1 for line in lines)


@dataclass(frozen=True, slots=True)
class _Row:
    article: int
    severity: Severity
    line: str


def _fitting(rows: list[_Row], room: int) -> list[_Row]:
    ranked = sorted(range(len(rows)), key=lambda i: (-rows[i].severity, i))
    kept = []
    for i in ranked:
        room -= len(rows[i].line) + 1
        if room < 0:
            break
        kept.append(i)
    return [rows[i] for i in sorted(kept)]


def _heading(report: CorpusReport) -> str:
    counts = phrases.count(f for a in report.articles for f in a.all_findings)
    state = "" if report.complete else " (incomplete: not everything could be judged)"
    return f"## Translation check: {phrases.counted(counts)}{state}"


def _summary_table(report: CorpusReport) -> Iterable[str]:
    told = [a for a in report.articles if a.all_findings or not a.complete] or list(report.articles)
    ranked = sorted(told, key=lambda a: tuple(-n for n in phrases.count(a.all_findings).values()))[:TABLE_LIMIT]
    head = ["", "| article | quality | critical | major | minor | neutral |", "|---|--:|--:|--:|--:|--:|"]
    more = []
    if len(told) > len(ranked):
        more.append(f"_{phrases.plural(len(told) - len(ranked), 'more article')} with findings, fewer or less severe._")
    if len(report.articles) > len(told):
        more.append(f"_{phrases.plural(len(report.articles) - len(told), 'article')} without findings._")
    return [*head, *map(_summary_row, ranked), *(["", *more] if more else [])]


def _summary_row(article: ArticleReport) -> str:
    counts = " | ".join(str(n) for n in phrases.count(article.all_findings).values())
    state = "" if article.complete else " (incomplete)"
    return f"| {escaped(article.pair.id)}{state} | {_quality(article)} | {counts} |"


def _quality(article: ArticleReport) -> str:
    score = article.score
    if isinstance(score, NotMeasured):
        return "not measured"
    return phrases.number(score.quality) + ("" if score.enough_text else " (little text)")


def _unread(report: CorpusReport) -> list[str]:
    rows = [f"- **{escaped(name)}** could not be read: {escaped(why)}" for name, why in report.unread[:TABLE_LIMIT]]
    if len(report.unread) > TABLE_LIMIT:
        rows.append(f"- {phrases.plural(len(report.unread) - TABLE_LIMIT, 'more article')} could not be read.")
    return ["", *rows] if rows else []


def _article_head(article: ArticleReport) -> list[str]:
    score = article.score
    if isinstance(score, NotMeasured):
        said = f"Score not measured: {escaped(score.reason)}"
    else:
        mqm = f"Quality {phrases.number(score.quality)} of 100, MQM {phrases.number(score.mqm_per_1000_words)}"
        said = f"{mqm} per 1,000 words ({phrases.reliability(score)})."
        said += f" Back-translation: {escaped(phrases.back_translation_scores(score))}."
    return ["", f"### {escaped(article.pair.id)}", "", said]


def _article_foot(article: ArticleReport) -> list[str]:
    lines = [f"- **Not judged:** {escaped(failure)}" for failure in article.failures]
    lines += [f"- Skipped: {escaped(codes)}, because {escaped(reason)}" for codes, reason in phrases.skipped(article)]
    lines += [f"- Warning: {escaped(w)}" for w in article.pair.warnings]
    return ["", *lines] if lines else []


def _rows(number: int, article: ArticleReport) -> Iterable[_Row]:
    places = Places(article.pair)
    for finding in article.all_findings:
        yield _Row(number, finding.severity, _finding_row(finding, places))


def _finding_row(finding: Finding, places: Places) -> str:
    line = str(places.at("target", finding.target.span).line)
    others = sorted({places.at("target", r.span).line for r in finding.related if r.side == "target"} - {int(line)})
    label = f"**{finding.severity.label}**" if finding.severity >= Severity.MAJOR else finding.severity.label
    marked = escaped(phrases.spelled(finding.target.text)) or "_(missing)_"
    more = [f"and {len(others) - LINES_SHOWN} more"] if len(others) > LINES_SHOWN else []
    lines = ", ".join([line, *map(str, others[:LINES_SHOWN]), *more])
    what = f"{escaped(finding.message)} ({finding.code})"
    return f"| {lines} | {label} | {marked} | {escaped(phrases.suggestion(finding))} | {what} |"


def _footer(report: CorpusReport) -> str:
    return f"<sub>mtqc {escaped(report.version)}, {escaped(report.signature)}</sub>"
