"""Markdown for a comment on a pull request: a summary table, then the findings of each article, worst kept first
where the whole would not fit.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mtqc.model import ArticleReport, CorpusReport, Finding, NotMeasured, Severity
from mtqc.report import phrases
from mtqc.report.places import Places

LIMIT = 60_000
"""Characters. GitHub refuses a comment of more than 65,536; the rest is for whoever puts a line above it."""
TABLE_LIMIT = 100
"""Rows of the summary table."""

_ESCAPED = {c: f"\\{c}" for c in "\\`*_[]|~"} | {"<": "&lt;", ">": "&gt;", "&": "&amp;", "$": "<span>$</span>"}
_ESCAPES = str.maketrans(_ESCAPED | {"@": "@&#8203;", "#": "#&#8203;"} | dict.fromkeys("\r\n\t", " "))


def escaped(text: str) -> str:
    """Text that stays text: no markup, no table cell end, no mention or reference that would notify somebody.

    A zero-width space after @ and #, and GitHub's own <span>$</span>, which keeps prices from becoming mathematics.
    """
    return phrases.harmless(text).translate(_ESCAPES)


def render(report: CorpusReport, *, limit: int = LIMIT) -> str:
    """The comment, at most about `limit` characters of findings and tables; what is left out is counted in it."""
    frame = [_heading(report), *_summary_table(report), *_unread(report)]
    rows = [row for n, article in enumerate(report.articles) for row in _rows(n, article)]
    edges = [(_article_head(a), _article_foot(a)) for a in report.articles]
    room = limit - sum(map(len, frame)) - sum(len(line) for head, foot in edges for line in head + foot)
    kept = _fitting(rows, room)
    for n, (head, foot) in enumerate(edges):
        lines = [row.line for row in kept if row.article == n]
        table = ["", "| line | severity | translation | should read | what |", "|--:|---|---|---|---|", *lines]
        if lines or foot:
            frame += [*head, *(table if lines else []), *foot]
    if len(kept) < len(rows):
        left = phrases.plural(len(rows) - len(kept), "finding")
        frame += ["", f"_{left} left out for want of room, the least severe first; the other reports have them all._"]
    notes = [f"- {escaped(note)}" for note in report.notes]
    return "\n".join([*frame, *(["", *notes] if notes else []), "", _footer(report), ""])


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
    rows = [f"- **{escaped(name)}** could not be read: {escaped(why)}" for name, why in report.unread]
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
    lines += [f"- Skipped: {escaped(s.code)}, because {escaped(s.reason)}" for s in article.skipped]
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
    lines = ", ".join([line, *map(str, others)])
    what = f"{escaped(finding.message)} ({finding.code})"
    return f"| {lines} | {label} | {marked} | {escaped(phrases.suggestion(finding))} | {what} |"


def _footer(report: CorpusReport) -> str:
    return f"<sub>mtqc {escaped(report.version)}, {escaped(report.signature)}</sub>"
