"""Markdown for a comment on a pull request: a summary table, then the findings of each article, worst kept first
where the whole would not fit.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mtqc.model import ArticleReport, CorpusReport, Finding, NotMeasured, Severity
from mtqc.report import phrases, standing
from mtqc.report.phrases import Phrases
from mtqc.report.places import Places
from mtqc.report.view import PLAIN, View

LIMIT = 60_000
"""Characters. GitHub refuses a comment of more than 65,536; the rest is for whoever puts a line above it."""
TABLE_LIMIT = 100
"""Rows of the summary table, and of the list of unread articles."""
LINES_SHOWN = 5
"""Further lines that are named of a finding with many places."""
_ESCAPED = {c: f"\\{c}" for c in "\\`*_[]|~"} | {"<": "&lt;", ">": "&gt;", "&": "&amp;", "$": "<span>$</span>"}
_ESCAPES = str.maketrans(_ESCAPED | {"@": "@&#8203;", "#": "#&#8203;"} | dict.fromkeys("\r\n\t", " "))


def escaped(text: str) -> str:
    """Text that stays text: no markup, no table cell end, no mention or reference that would notify somebody.

    A zero-width space after @ and #, and GitHub's own <span>$</span>, which keeps prices from becoming mathematics.
    """
    return phrases.harmless(text).translate(_ESCAPES)


def render(report: CorpusReport, view: View = PLAIN, *, limit: int = LIMIT) -> str:
    """The comment, about `limit` characters at most; what does not fit is counted, the least severe going first."""
    return _Comment(report, view, phrases.phrases(view.lang)).text(limit)


@dataclass(frozen=True, slots=True)
class _Row:
    article: int
    severity: Severity
    line: str


@dataclass(frozen=True, eq=False)
class _Comment:
    report: CorpusReport
    view: View
    words: Phrases

    def text(self, limit: int) -> str:
        frame = [self.heading(), *self.verdict(), *self.standing(), *self.summary(), *self.unread()]
        notes = [f"- {escaped(note)}" for note in self.report.notes]
        tail = [*(["", *notes] if notes else []), "", self.footer(), ""]
        told, room = self.articles(limit - _size(frame + tail))
        rows = [row for n in told for row in self.rows(n)]
        kept = _fitting(rows, room)
        for n, (head, foot) in told.items():
            lines = [row.line for row in kept if row.article == n]
            frame += [*head, *(["", *self.columns(), *lines] if lines else []), *foot]
        return "\n".join([*frame, *self.left_out(told, len(kept)), *tail])

    def heading(self) -> str:
        say = self.words.say.say
        counts = phrases.count(f for a in self.report.articles for f in a.all_findings)
        said = say("Translation check: %(counts)s", counts=self.words.counted(counts))
        state = "" if self.report.complete else " " + say("(incomplete: not everything could be judged)")
        return f"## {said}{state}"

    def verdict(self) -> list[str]:
        verdict = self.report.verdict
        said = self.words.verdict(verdict)
        if not said:
            return []
        lines = [f"- {escaped(reason)}" for reason in (*verdict.reasons, *verdict.notes)]
        return ["", f"**{self.words.say.say('Gate: %(verdict)s', verdict=said)}**", *(["", *lines] if lines else [])]

    def standing(self) -> list[str]:
        lines = []
        score = standing.overall(self.report)
        if score and len(self.report.articles) > 1:
            lines.append(self.words.score(score))
        trend = standing.trend(self.report, self.view.previous)
        if trend:
            lines.append(self.words.say.say("Since the last run: %(what)s", what=". ".join(self.words.trend(trend))))
        if self.report.suppressed:
            lines.append(self.words.suppressed(s.by for s in self.report.suppressed))
        lines += [self.words.say.say("To tidy up: %(entry)s", entry=escaped(e)) for e in self.report.unused]
        return ["", *(f"- {line}" for line in lines)] if lines else []

    def summary(self) -> Iterable[str]:
        told = [a for a in self.report.articles if a.all_findings or not a.complete] or list(self.report.articles)
        ranked = sorted(told, key=lambda a: tuple(-n for n in phrases.count(a.all_findings).values()))[:TABLE_LIMIT]
        names = [self.words.say.say("article"), self.words.say.say("quality")]
        names += [self.words.severity(s, 2) for s in self.words.severities]
        head = ["", f"| {' | '.join(names)} |", "|---|--:|--:|--:|--:|--:|"]
        count, more = self.words.say.count, []
        if len(told) > len(ranked):
            left = count(
                "%(n)s more article with findings, fewer or less severe.",
                "%(n)s more articles with findings, fewer or less severe.",
                len(told) - len(ranked),
            )
            more.append(f"_{left}_")
        if len(self.report.articles) > len(told):
            quiet = len(self.report.articles) - len(told)
            more.append(f"_{count('%(n)s article without findings.', '%(n)s articles without findings.', quiet)}_")
        return [*head, *map(self.summary_row, ranked), *(["", *more] if more else [])]

    def summary_row(self, article: ArticleReport) -> str:
        counts = " | ".join(self.words.number(n, 0) for n in phrases.count(article.all_findings).values())
        name = escaped(article.pair.id)
        named = name if article.complete else self.words.say.say("%(name)s (incomplete)", name=name)
        return f"| {named} | {self.quality(article)} | {counts} |"

    def quality(self, article: ArticleReport) -> str:
        score = article.score
        if isinstance(score, NotMeasured):
            return self.words.say.say("not measured")
        number = self.words.number(score.quality)
        return number if score.enough_text else self.words.say.say("%(number)s (little text)", number=number)

    def unread(self) -> list[str]:
        say = self.words.say
        rows = [
            "- " + say.say("**%(name)s** could not be read: %(reason)s", name=escaped(name), reason=escaped(why))
            for name, why in self.report.unread[:TABLE_LIMIT]
        ]
        left = len(self.report.unread) - TABLE_LIMIT
        if left > 0:
            more = say.count("%(n)s more article could not be read.", "%(n)s more articles could not be read.", left)
            rows.append(f"- {more}")
        return ["", *rows] if rows else []

    def columns(self) -> tuple[str, str]:
        say = self.words.say.say
        names = (say("line"), say("severity"), say("translation"), say("should read"), say("what"))
        return f"| {' | '.join(names)} |", "|--:|---|---|---|---|"

    def articles(self, room: int) -> tuple[dict[int, tuple[list[str], list[str]]], int]:
        """Number → (head, foot) of the articles to tell about, worst first while half the room lasts; the room left."""
        every = self.report.articles
        counts = [tuple(-n for n in phrases.count(a.all_findings).values()) for a in every]
        said = [n for n, a in enumerate(every) if a.all_findings or a.skipped or not a.complete or a.pair.warnings]
        told, spare = {}, room // 2
        for n in sorted(said, key=lambda n: (every[n].complete, counts[n], n)):
            edges = self.article_head(every[n]), self.article_foot(every[n])
            cost = _size([*edges[0], *edges[1], *self.columns()])
            if cost > spare:
                break
            told[n] = edges
            spare -= cost
            room -= cost
        return dict(sorted(told.items())), room

    def article_head(self, article: ArticleReport) -> list[str]:
        say, score = self.words.say.say, article.score
        if isinstance(score, NotMeasured):
            said = say("Quality was not measured: %(reason)s", reason=escaped(score.reason))
        else:
            back = escaped(self.words.back_translation_scores(score))
            said = f"{self.words.score(score)}. {say('Back-translation: %(text)s', text=back)}."
        return ["", f"### {escaped(article.pair.id)}", "", said]

    def article_foot(self, article: ArticleReport) -> list[str]:
        say = self.words.say.say
        lines = [say("**Not judged:** %(what)s", what=escaped(failure)) for failure in article.failures]
        lines += [
            say("skipped %(codes)s: %(reason)s", codes=escaped(codes), reason=escaped(reason))
            for codes, reason in self.words.skipped(article)
        ]
        lines += [say("Warning: %(warning)s", warning=escaped(w)) for w in article.pair.warnings]
        return ["", *(f"- {line}" for line in lines)] if lines else []

    def rows(self, number: int) -> Iterable[_Row]:
        article = self.report.articles[number]
        places = Places(article.pair)
        for finding in article.all_findings:
            yield _Row(number, finding.severity, self.finding(finding, places))

    def finding(self, finding: Finding, places: Places) -> str:
        line = places.at("target", finding.target.span).line
        others = sorted({places.at("target", r.span).line for r in finding.related if r.side == "target"} - {line})
        label = self.words.severity(finding.severity)
        label = f"**{label}**" if finding.severity >= Severity.MAJOR else label
        marked = escaped(self.words.spelled(finding.target.text)) or f"_{self.words.say.say('(missing)')}_"
        left = len(others) - LINES_SHOWN
        more = [self.words.say.count("and %(n)s more", "and %(n)s more", left)] if left > 0 else []
        lines = ", ".join([*map(str, [line, *others[:LINES_SHOWN]]), *more])
        what = f"{escaped(finding.message)} ({finding.code})"
        return f"| {lines} | {label} | {marked} | {escaped(self.words.suggestion(finding))} | {what} |"

    def left_out(self, told: Iterable[int], kept: int) -> list[str]:
        every = self.report.articles
        findings = sum(len(a.all_findings) for a in every) - kept
        silent = set(range(len(every))) - set(told)
        broken = sum(not every[n].complete or bool(every[n].skipped) for n in silent)
        say = self.words.say
        left = [say.count("%(n)s finding, the least severe", "%(n)s findings, the least severe", findings)]
        left = left if findings else []
        if broken:
            left.append(
                say.count(
                    "what was not judged in %(n)s more article", "what was not judged in %(n)s more articles", broken
                )
            )
        what = "; ".join(left)
        said = say.say("Left out for want of room: %(what)s. The other reports have everything.", what=what)
        return ["", f"_{said}_"] if left else []

    def footer(self) -> str:
        return f"<sub>mtqc {escaped(self.report.version)}, {escaped(self.report.signature)}</sub>"


def _size(lines: Iterable[str]) -> int:
    return sum(len(line) + 1 for line in lines)


def _fitting(rows: list[_Row], room: int) -> list[_Row]:
    ranked = sorted(range(len(rows)), key=lambda i: (-rows[i].severity, i))
    kept = []
    for i in ranked:
        room -= len(rows[i].line) + 1
        if room < 0:
            break
        kept.append(i)
    return [rows[i] for i in sorted(kept)]
