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
from mtqc.report.columns import Label, flat, marked_lines, side_by_side, wrap
from mtqc.report.marks import BeadMarks, Mark, marks_by_bead
from mtqc.report.places import Places
from mtqc.report.view import PLAIN, View

WIDE = 100
"""Cells. Below this the two texts stand one above the other."""
MIN_WIDTH = 40
PLACES_SHOWN = 3
"""Of a finding with many places, those that are listed; every report format that programs read has them all."""
STYLES = {
    Severity.CRITICAL: "bold red",
    Severity.MAJOR: "bold yellow",
    Severity.MINOR: "cyan",
    Severity.NEUTRAL: "blue",
}
_CARETS = {Severity.CRITICAL: "^", Severity.MAJOR: "^", Severity.MINOR: "~", Severity.NEUTRAL: "."}


def render(report: CorpusReport, view: View = PLAIN) -> str:
    """The report as text of at most `view.width` cells a line (no less than 40), with ANSI codes where `view.color`.

    Sentences without findings are counted; with `view.all_sentences` they are shown.
    """
    page = _Page(max(view.width, MIN_WIDTH), view.all_sentences)
    console = Console(
        file=io.StringIO(),
        width=page.width,
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
        for line in page.corpus(report):
            console.print(line)
    return capture.get()


class _Page:
    """Rows of the report, as rich Text (or a table), for one width."""

    def __init__(self, width: int, all_sentences: bool) -> None:
        self.width = width
        self.all_sentences = all_sentences
        self.column = (width - 3) // 2 if width >= WIDE else 0

    def corpus(self, report: CorpusReport) -> Iterator[Text | Table]:
        for article in report.articles:
            yield from self.article(article)
        for name, why in report.unread:
            yield from self.paragraph(f"NOT READ  {name}: {why}", style=STYLES[Severity.CRITICAL])
        yield self.rule("Summary")
        if len(report.articles) > 1:
            yield _table(report)
        yield from self.summary(report)

    def rule(self, title: str) -> Text:
        shown = flat(title)
        return Text.assemble(("── ", "dim"), (shown, "bold"), (" " + "─" * max(3, self.width - 4 - len(shown)), "dim"))

    def paragraph(self, text: str, indent: int = 0, hang: int = 0, style: str = "") -> Iterator[Text]:
        """The text, wrapped; its later lines are set in by `hang` more cells."""
        shown = flat(text)
        for n, line in enumerate(wrap(shown, self.width - indent - hang)):
            yield Text(" " * (indent + (hang if n else 0)) + shown[line.start : line.end], style=style)

    def article(self, article: ArticleReport) -> Iterator[Text]:
        yield self.rule(article.pair.id)
        yield from self.score(article)
        for warning in article.pair.warnings:
            yield from self.paragraph(f"Warning: {warning}", hang=2)
        yield Text()
        yield from self.sentences(article)
        if article.findings:
            yield Text("Whole article", style="bold")
            yield from self.article_findings(article)
        yield from self.not_judged(article)

    def score(self, article: ArticleReport) -> Iterator[Text]:
        score = article.score
        if isinstance(score, NotMeasured):
            yield from self.paragraph(f"Quality not measured, because {score.reason}", hang=2)
            return
        mqm = f"MQM penalty {phrases.number(score.mqm_per_1000_words)} per 1,000 words"
        yield from self.paragraph(
            f"Quality {phrases.number(score.quality)} of 100, {mqm} ({phrases.reliability(score)})", hang=2
        )
        yield from self.paragraph(f"Back-translation: {phrases.back_translation_scores(score)}", hang=2)

    def sentences(self, article: ArticleReport) -> Iterator[Text]:
        places = Places(article.pair)
        first = 1
        for sentence, marks in zip(article.sentences, marks_by_bead(article), strict=True):
            if sentence.findings or self.all_sentences:
                yield from self.sentence(sentence, marks, first, places)
            first += len(sentence.findings)
        quiet = sum(not s.findings for s in article.sentences)
        if quiet and not self.all_sentences:
            notices = sum(s.bead.is_boilerplate and not s.findings for s in article.sentences)
            said = f" ({phrases.plural(notices, 'is a publisher notice', 'are publisher notices')})" if notices else ""
            yield from self.paragraph(f"{phrases.plural(quiet, 'sentence')} without findings{said}.", style="dim")
            yield Text()

    def sentence(self, sentence: SentenceReport, marks: BeadMarks, first: int, places: Places) -> Iterator[Text]:
        yield from self.paragraph(self.sentence_head(sentence, places), hang=2, style="bold")
        own = {first + i: f for i, f in enumerate(sentence.findings)}
        letters = {n: ascii_letters[i % len(ascii_letters)] for i, n in enumerate(own)}
        bead = sentence.bead
        yield from self.texts(
            (bead.source_text, _labels(marks.source, own, letters)),
            (bead.target_text, _labels(marks.target, own, letters)),
        )
        for number, finding in own.items():
            yield from self.finding(letters[number], finding)
        back = sentence.signals.back_translation
        if isinstance(back, BackTranslation):
            yield from self.paragraph(f"Back-translation: {back.text} (chrF++ {back.chrf:.1f})", 2, 2, "dim")
        elif bead.is_pair and not bead.is_boilerplate:
            yield from self.paragraph(f"No back-translation: {back.reason}", 2, 2, "dim")
        yield Text()

    def sentence_head(self, sentence: SentenceReport, places: Places) -> str:
        line = places.at("target", sentence.bead.target[0].span).line if sentence.bead.target else 0
        parts = [f"line {line}" if line else "missing in the translation", sentence.id]
        if sentence.bead.kind != "1-1":
            parts.append(f"aligned {sentence.bead.kind}")
        if sentence.bead.is_boilerplate:
            parts.append("publisher's notice, not judged")
        elif not isinstance(sentence.quality, NotMeasured):
            parts.append(f"quality {sentence.quality:.1f}")
        return ", ".join(parts)

    def texts(self, source: tuple[str, list[Label]], target: tuple[str, list[Label]]) -> Iterator[Text]:
        missing = Text("(nothing)", style="dim")
        if self.column:
            sides = [marked_lines(*side, self.column) if side[0] else [missing] for side in (source, target)]
            yield from side_by_side(sides[0], sides[1], self.column)
            return
        for name, side in (("EN", source), ("FR", target)):
            rows = marked_lines(*side, self.width - 4) if side[0] else [missing]
            for n, row in enumerate(rows):
                yield Text(f"{'' if n else name:4}", style="dim") + row

    def finding(self, letter: str, finding: Finding) -> Iterator[Text]:
        style = STYLES[finding.severity]
        what = f"{finding.severity.label.upper()}  {finding.code} {phrases.kind(finding)}"
        yield from self.paragraph(f"{letter} {what}" if letter else what, 2, 2, style)
        yield from self.paragraph(finding.message, 4)
        if finding.fix is not None:
            yield from self.paragraph(f"read: {phrases.suggestion(finding)}", 4, 2, "green")
        if finding.evidence:
            yield from self.paragraph("; ".join(map(phrases.evidence, finding.evidence)), 4, 0, "dim")

    def article_findings(self, article: ArticleReport) -> Iterator[Text]:
        places = Places(article.pair)
        for finding in article.findings:
            yield from self.finding("", finding)
            found = (finding.target, *finding.related)
            for location in found[:PLACES_SHOWN]:
                name = phrases.language(article.pair, location.side)
                line = places.at(location.side, location.span).line
                yield from self.paragraph(f"{name} line {line}: {phrases.spelled(location.text)}", 4, 2)
            if len(found) > PLACES_SHOWN:
                yield from self.paragraph(f"and {phrases.plural(len(found) - PLACES_SHOWN, 'more place')}", 4, 2)
        yield Text()

    def not_judged(self, article: ArticleReport) -> Iterator[Text]:
        for failure in article.failures:
            yield from self.paragraph(f"NOT JUDGED  {failure}", 0, 2, STYLES[Severity.CRITICAL])
        for codes, reason in phrases.skipped(article):
            yield from self.paragraph(f"skipped {codes}: {reason}", 0, 2)
        if article.failures or article.skipped:
            yield Text()

    def summary(self, report: CorpusReport) -> Iterator[Text]:
        counts = phrases.count(f for a in report.articles for f in a.all_findings)
        sentences = sum(len(a.sentences) for a in report.articles)
        where = f"{phrases.plural(sentences, 'sentence')} of {phrases.plural(len(report.articles), 'article')}"
        yield from self.paragraph(f"{phrases.counted(counts)} in {where}", style="bold")
        if not report.complete:
            broken = len(report.unread) + sum(not a.complete for a in report.articles)
            said = f"Incomplete: {phrases.plural(broken, 'article')} could not be read or fully judged."
            yield from self.paragraph(said if broken else "Incomplete: there was no article to judge.")
        for note in report.notes:
            yield from self.paragraph(f"Note: {note}", hang=2)
        yield from self.paragraph(f"mtqc {report.version}, {report.signature}", hang=2, style="dim")


def _labels(marks: Iterable[Mark], own: dict[int, Finding], letters: dict[int, str]) -> list[Label]:
    mine = [(m, own[m.number].severity) for m in marks if m.number in own]
    return [Label(m.span, letters[m.number], _CARETS[s], f"{STYLES[s]} underline") for m, s in mine]


def _table(report: CorpusReport) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("article", overflow="fold")
    for name in ("quality", *(s.label for s in phrases.SEVERITIES)):
        table.add_column(name, justify="right")
    for article in report.articles:
        score = article.score
        quality = "-" if isinstance(score, NotMeasured) else phrases.number(score.quality)
        counts = phrases.count(article.all_findings).values()
        name = flat(article.pair.id) + ("" if article.complete else " (incomplete)")
        table.add_row(Text(name), quality, *(str(n or "-") for n in counts))
    return table
