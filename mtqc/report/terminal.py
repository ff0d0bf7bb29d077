"""The terminal report: both texts side by side with their marks, the findings below, and what was not judged.

Everything can be read without colour: marks are rows of carets that start with the letter of their finding.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from string import ascii_letters

from rich.console import Console
from rich.table import Table
from rich.text import Text

from mtqc.model import ArticleReport, BackTranslation, CorpusReport, Finding, NotMeasured, SentenceReport, Severity
from mtqc.report import phrases
from mtqc.report.columns import Label, marked_lines, side_by_side
from mtqc.report.marks import BeadMarks, Mark, marks_by_bead
from mtqc.report.places import Places
from mtqc.report.sheet import STYLES, Sheet
from mtqc.report.terminal_summary import Summary
from mtqc.report.view import PLAIN, View

WIDE = 100
"""Cells. Below this the two texts stand one above the other."""
MIN_WIDTH = 40
MANY = 20
"""Articles. The sentences of more would flood the screen: a summary is shown, and how to see them."""
PLACES_SHOWN = 3
"""Of a finding with many places, those that are listed; every report format that programs read has them all."""
_CARETS = {Severity.CRITICAL: "^", Severity.MAJOR: "^", Severity.MINOR: "~", Severity.NEUTRAL: "."}


def render(report: CorpusReport, view: View = PLAIN) -> str:
    """The report as text of at most `view.width` cells a line (no less than 40), with ANSI codes where `view.color`.

    Sentences without findings are counted; with `view.all_sentences` they are shown.
    """
    sheet = Sheet(max(view.width, MIN_WIDTH), phrases.phrases(view.lang))
    console = Console(
        file=io.StringIO(),
        width=sheet.width,
        force_terminal=view.color,
        color_system="standard" if view.color else None,
        no_color=not view.color,
        highlight=False,
        markup=False,
        emoji=False,
        soft_wrap=True,
        legacy_windows=False,
        _environ={},
    )
    with console.capture() as capture:
        for line in _lines(report, view, sheet):
            console.print(line)
    return capture.get()


def _lines(report: CorpusReport, view: View, sheet: Sheet) -> Iterator[Text | Table]:
    if len(report.articles) > MANY and not view.all_sentences:
        yield from sheet.paragraph(
            sheet.words.say.count(
                "The sentences of %(n)s article are not shown: --all shows them, --format html puts them on a page.",
                "The sentences of %(n)s articles are not shown: --all shows them, --format html puts them on a page.",
                len(report.articles),
            )
        )
        yield Text()
    else:
        page = _Page(sheet, view.all_sentences)
        for article in report.articles:
            yield from page.article(article)
    yield from Summary(report, view, sheet, alone=len(report.articles) > MANY and not view.all_sentences).lines()


class _Page:
    """Rows of articles, as rich Text."""

    def __init__(self, sheet: Sheet, all_sentences: bool) -> None:
        self.sheet = sheet
        self.words = sheet.words
        self.say = sheet.words.say.say
        self.paragraph = sheet.paragraph
        self.all_sentences = all_sentences
        self.column = (sheet.width - 3) // 2 if sheet.width >= WIDE else 0

    def article(self, article: ArticleReport) -> Iterator[Text]:
        yield self.sheet.rule(article.pair.id)
        yield from self.score(article)
        for warning in article.pair.warnings:
            yield from self.paragraph(self.say("Warning: %(warning)s", warning=warning), hang=2)
        yield Text()
        yield from self.sentences(article)
        if article.findings:
            yield Text(self.say("Whole article"), style="bold")
            yield from self.article_findings(article)
        yield from self.not_judged(article)

    def score(self, article: ArticleReport) -> Iterator[Text]:
        score = article.score
        if isinstance(score, NotMeasured):
            said = self.say("Quality was not measured: %(reason)s", reason=score.reason)
            yield from self.paragraph(said, hang=2)
            return
        yield from self.paragraph(self.words.score(score), hang=2)
        back = self.words.back_translation_scores(score)
        yield from self.paragraph(self.say("Back-translation: %(text)s", text=back), hang=2)

    def sentences(self, article: ArticleReport) -> Iterator[Text]:
        places = Places(article.pair)
        first = 1
        for sentence, marks in zip(article.sentences, marks_by_bead(article), strict=True):
            if sentence.findings or self.all_sentences:
                yield from self.sentence(sentence, marks, first, places)
            first += len(sentence.findings)
        quiet = sum(not s.findings for s in article.sentences)
        if quiet and not self.all_sentences:
            yield from self.paragraph(self.quiet(article, quiet), style="dim")
            yield Text()

    def quiet(self, article: ArticleReport, number: int) -> str:
        count = self.words.say.count
        said = count("%(n)s sentence without findings", "%(n)s sentences without findings", number)
        notices = sum(s.bead.is_boilerplate and not s.findings for s in article.sentences)
        among = count("%(n)s is a publisher’s notice", "%(n)s are publisher’s notices", notices)
        return f"{said} ({among})." if notices else f"{said}."

    def sentence(self, sentence: SentenceReport, marks: BeadMarks, first: int, places: Places) -> Iterator[Text]:
        yield from self.paragraph(self.sentence_head(sentence, places), hang=2, style="bold")
        own = {first + i: f for i, f in enumerate(sentence.findings)}
        letters = {n: ascii_letters[i % len(ascii_letters)] for i, n in enumerate(own)}
        bead = sentence.bead
        source, target = places.pair.source.lang.upper(), places.pair.target.lang.upper()
        yield from self.texts(
            (source, bead.source_text, _labels(marks.source, own, letters)),
            (target, bead.target_text, _labels(marks.target, own, letters)),
        )
        for number, finding in own.items():
            yield from self.finding(letters[number], finding)
        back = sentence.signals.back_translation
        if isinstance(back, BackTranslation):
            said = f"{back.text} (chrF++ {self.words.number(back.chrf)})"
            yield from self.paragraph(self.say("Back-translation: %(text)s", text=said), 2, 2, "dim")
        elif bead.is_pair and not bead.is_boilerplate:
            said = self.say("No back-translation: %(reason)s", reason=back.reason)
            yield from self.paragraph(said, 2, 2, "dim")
        yield Text()

    def sentence_head(self, sentence: SentenceReport, places: Places) -> str:
        line = places.at("target", sentence.bead.target[0].span).line if sentence.bead.target else 0
        parts = [self.say("line %(n)s", n=line) if line else self.say("missing in the translation"), sentence.id]
        if sentence.bead.kind != "1-1":
            parts.append(self.say("aligned %(kind)s", kind=sentence.bead.kind))
        if sentence.bead.is_boilerplate:
            parts.append(self.say("publisher’s notice, not judged"))
        elif not isinstance(sentence.quality, NotMeasured):
            parts.append(self.say("quality %(n)s", n=self.words.number(sentence.quality)))
        return ", ".join(parts)

    def texts(self, *sides: tuple[str, str, list[Label]]) -> Iterator[Text]:
        missing = Text(self.say("(nothing)"), style="dim")
        if self.column:
            left, right = (marked_lines(*side[1:], self.column) if side[1] else [missing] for side in sides)
            yield from side_by_side(left, right, self.column)
            return
        for name, text, labels in sides:
            rows = marked_lines(text, labels, self.sheet.width - 4) if text else [missing]
            for n, row in enumerate(rows):
                yield Text(f"{'' if n else name:4}", style="dim") + row

    def finding(self, letter: str, finding: Finding) -> Iterator[Text]:
        what = f"{self.words.severity(finding.severity).upper()}  {finding.code} {self.words.kind(finding)}"
        yield from self.paragraph(f"{letter} {what}" if letter else what, 2, 2, STYLES[finding.severity])
        yield from self.paragraph(finding.message, 4)
        if finding.fix is not None:
            yield from self.paragraph(self.say("read: %(text)s", text=self.words.suggestion(finding)), 4, 2, "green")
        if finding.evidence:
            yield from self.paragraph("; ".join(map(phrases.evidence, finding.evidence)), 4, 0, "dim")

    def article_findings(self, article: ArticleReport) -> Iterator[Text]:
        places = Places(article.pair)
        for finding in article.findings:
            yield from self.finding("", finding)
            found = (finding.target, *finding.related)
            for location in found[:PLACES_SHOWN]:
                where = self.words.place(article.pair, location.side, places.at(location.side, location.span).line)
                said = self.say("%(place)s: %(text)s", place=where, text=self.words.spelled(location.text))
                yield from self.paragraph(said, 4, 2)
            left = len(found) - PLACES_SHOWN
            if left > 0:
                yield from self.paragraph(self.words.say.count("%(n)s more place", "%(n)s more places", left), 4, 2)
        yield Text()

    def not_judged(self, article: ArticleReport) -> Iterator[Text]:
        for failure in article.failures:
            said = self.say("NOT JUDGED  %(what)s", what=failure)
            yield from self.paragraph(said, 0, 2, STYLES[Severity.CRITICAL])
        for codes, reason in self.words.skipped(article):
            yield from self.paragraph(self.say("skipped %(codes)s: %(reason)s", codes=codes, reason=reason), 0, 2)
        if article.failures or article.skipped:
            yield Text()


def _labels(marks: Iterable[Mark], own: dict[int, Finding], letters: dict[int, str]) -> list[Label]:
    mine = [(m, own[m.number].severity) for m in marks if m.number in own]
    return [Label(m.span, letters[m.number], _CARETS[s], f"{STYLES[s]} underline") for m, s in mine]
