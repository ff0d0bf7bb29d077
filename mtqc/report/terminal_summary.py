"""The end of the terminal report: what stays on the screen. Articles, what to look at first, how the run stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from mtqc.model import ArticleReport, CorpusReport, NotMeasured, Severity
from mtqc.report import phrases, standing
from mtqc.report.columns import flat
from mtqc.report.places import Places
from mtqc.report.sheet import STYLES, Sheet
from mtqc.report.view import View

ARTICLES = 30
"""Rows of the table of articles at most: one screen. They are the worst; how many are left out is said."""
FIRST = 8
"""Findings that are listed to look at first."""
RULES = 6
"""Rules that are named as the most frequent ones."""
FAILURES = 10
"""Things that could not be judged, one a line, where the articles themselves are not shown."""
NARROW = 60
"""Cells. Below this the table has one line for the name and one for the figures."""


@dataclass(frozen=True, eq=False)
class Summary:
    """What is said of a whole report, on one sheet. `alone`: the articles themselves are not shown above it."""

    report: CorpusReport
    view: View
    sheet: Sheet
    alone: bool = False

    def lines(self) -> Iterator[Text | Table]:
        """Everything, the verdict last: that is what stays on the screen."""
        report, say = self.report, self.sheet.words.say
        yield self.sheet.rule(say.say("Summary"))
        yield from self.unread()
        if len(report.articles) > 1:
            yield from self.articles()
            yield Text()
            yield from self.first()
        yield from self.rules()
        for note in report.notes:
            yield from self.sheet.paragraph(say.say("Note: %(note)s", note=note), hang=2)
        for entry in report.unused:
            yield from self.sheet.paragraph(say.say("To tidy up: %(entry)s", entry=entry), hang=2)
        yield from self.sheet.paragraph(f"mtqc {report.version}, {report.signature}", hang=2, style="dim")
        yield Text()
        yield from self.counts()
        yield from self.verdict()

    def unread(self) -> Iterator[Text]:
        """What could not be read."""
        for name, why in self.report.unread:
            said = self.sheet.words.say.say("NOT READ  %(name)s: %(reason)s", name=name, reason=why)
            yield from self.sheet.paragraph(said, style=STYLES[Severity.CRITICAL])
        if self.alone:
            yield from self.failures()
            yield from self.skipped()

    def failures(self) -> Iterator[Text]:
        """What could not be judged in articles that are not shown."""
        say = self.sheet.words.say
        failed = [(a.pair.id, f) for a in self.report.articles for f in a.failures]
        for name, failure in failed[:FAILURES]:
            said = say.say("NOT JUDGED  %(what)s", what=f"{name}: {failure}")
            yield from self.sheet.paragraph(said, 0, 2, STYLES[Severity.CRITICAL])
        left = len(failed) - FAILURES
        if left > 0:
            more = say.count("and %(n)s more thing not judged", "and %(n)s more things not judged", left)
            yield from self.sheet.paragraph(more, style=STYLES[Severity.CRITICAL])

    def skipped(self) -> Iterator[Text]:
        """The rules that did not run in articles that are not shown, those with the same reason together."""
        words = self.sheet.words
        told = Counter(line for a in self.report.articles for line in words.skipped(a))
        for (codes, reason), number in told.items():
            said = words.say.say("skipped %(codes)s: %(reason)s", codes=codes, reason=reason)
            yield from self.sheet.paragraph(f"{said} ({words.articles(number)})", 0, 2)

    def articles(self) -> Iterator[Text | Table]:
        """A table, the worst first where it cannot hold all of them."""
        every = self.report.articles
        many = len(every) > ARTICLES
        shown = [every[n] for n in standing.by_badness(every)[:ARTICLES]] if many else list(every)
        if self.sheet.width < NARROW:
            for article in shown:
                yield from self.narrow(article)
        else:
            yield self.table(shown)
        if many:
            left = len(every) - len(shown)
            more = self.sheet.words.say.count(
                "and %(n)s more article, not worse than these", "and %(n)s more articles, none worse than these", left
            )
            yield from self.sheet.paragraph(more, style="dim")

    def narrow(self, article: ArticleReport) -> Iterator[Text]:
        """Two lines."""
        words = self.sheet.words
        yield from self.sheet.paragraph(self.name(article), hang=2, style="bold")
        said = words.say.say("quality %(n)s", n=_quality(article, self.sheet))
        counted = words.counted(phrases.count(article.all_findings))
        yield from self.sheet.paragraph(words.say.say("%(place)s: %(text)s", place=said, text=counted), 2)

    def name(self, article: ArticleReport) -> str:
        """The article's name, and whether it could be judged."""
        name = flat(article.pair.id)
        return name if article.complete else self.sheet.words.say.say("%(name)s (incomplete)", name=name)

    def table(self, articles: list[ArticleReport]) -> Table:
        """One line an article."""
        words = self.sheet.words
        table = Table(box=None, pad_edge=False, header_style="bold")
        table.add_column(words.say.say("article"), overflow="fold")
        for name in (words.say.say("quality"), *(words.severity(s, 2) for s in words.severities)):
            table.add_column(name, justify="right", min_width=cell_len(name))
        for article in articles:
            counts = phrases.count(article.all_findings).values()
            table.add_row(
                Text(self.name(article)),
                _quality(article, self.sheet),
                *(words.number(n, 0) if n else "-" for n in counts),
            )
        return table

    def first(self) -> Iterator[Text]:
        """The findings to look at first, with their articles."""
        words = self.sheet.words
        worst = standing.worst(self.report, FIRST)
        if not worst:
            return
        yield Text(words.say.say("Look at these first"), style="bold")
        for article, finding in worst:
            line = Places(article.pair).at("target", finding.target.span).line
            where = words.say.say("%(article)s, line %(line)s", article=flat(article.pair.id), line=line)
            marked = words.spelled(finding.target.text) or words.say.say("(missing)")
            read = words.suggestion(finding)
            yield from self.sheet.paragraph(
                words.say.say("%(place)s: %(text)s", place=where, text=f"{marked}{f' → {read}' if read else ''}")
                + f" ({words.severity(finding.severity)}, {words.kind(finding)})",
                2,
                2,
                STYLES[finding.severity],
            )
        yield Text()

    def rules(self) -> Iterator[Text]:
        """The rules that found most."""
        words = self.sheet.words
        counted = standing.rules(self.report)
        if len(counted) < 2:
            return
        named = [f"{words.say.rule(r.name)} ({words.number(r.number, 0)})" for r in counted[:RULES]]
        left = len(counted) - len(named)
        more = [words.say.count("%(n)s more rule", "%(n)s more rules", left)] if left > 0 else []
        yield from self.sheet.paragraph(words.say.say("Most often: %(rules)s", rules=", ".join(named + more)), hang=2)

    def counts(self) -> Iterator[Text]:
        """Findings in how much text, the score of all of it, what was set aside, what happened since the last run."""
        report, words = self.report, self.sheet.words
        counts = phrases.count(f for a in report.articles for f in a.all_findings)
        sentences = words.sentences(sum(len(a.sentences) for a in report.articles))
        said = words.say.say(
            "%(counts)s in %(sentences)s of %(articles)s",
            counts=words.counted(counts),
            sentences=sentences,
            articles=words.articles(len(report.articles)),
        )
        yield from self.sheet.paragraph(said, style="bold")
        score = standing.overall(report)
        if score and len(report.articles) > 1:
            yield from self.sheet.paragraph(words.score(score), hang=2)
        if report.suppressed:
            yield from self.sheet.paragraph(words.suppressed(s.by for s in report.suppressed) + ".")
        trend = standing.trend(report, self.view.previous)
        if trend:
            since = words.say.say("Since the last run: %(what)s", what=". ".join(words.trend(trend)))
            yield from self.sheet.paragraph(since, hang=2)

    def verdict(self) -> Iterator[Text]:
        """Whether everything could be judged, and what the gate says where it ran."""
        report, say = self.report, self.sheet.words.say
        if not report.complete:
            broken = len(report.unread) + sum(not a.complete for a in report.articles)
            incomplete = say.count(
                "Incomplete: %(n)s article could not be read or fully judged.",
                "Incomplete: %(n)s articles could not be read or fully judged.",
                broken,
            )
            nothing = say.say("Incomplete: there was no article to judge.")
            yield from self.sheet.paragraph(incomplete if broken else nothing, style=STYLES[Severity.CRITICAL])
        said = self.sheet.words.verdict(report.verdict)
        if not said:
            return
        style = "bold green" if report.verdict.verdict == "passed" else STYLES[Severity.CRITICAL]
        yield from self.sheet.paragraph(say.say("Gate: %(verdict)s", verdict=said.upper()), style=style)
        for reason in (*report.verdict.reasons, *report.verdict.notes):
            yield from self.sheet.paragraph(f"- {reason}", 2, 2)


def _quality(article: ArticleReport, sheet: Sheet) -> str:
    return "-" if isinstance(article.score, NotMeasured) else sheet.words.number(article.score.quality)
