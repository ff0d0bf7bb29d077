"""One self-contained HTML page: both texts side by side, spans marked, notes beside them. Nothing is fetched.

The page's own style and script are allowed by their hashes (Content-Security-Policy), so that nothing else can run.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from mtqc.model import (
    ArticleReport,
    BackTranslation,
    CorpusReport,
    Finding,
    NotMeasured,
    SentenceReport,
    Severity,
    Side,
)
from mtqc.report import phrases
from mtqc.report.differences import Run, compare
from mtqc.report.marks import Mark, marks_by_bead, segments
from mtqc.report.places import Places
from mtqc.report.view import PLAIN, View

if TYPE_CHECKING:
    from jinja2 import Template

WORST = 8
"""Length of the list at the top: critical and major findings, worst first."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text in the page: `ids` of the findings on it, `labels` the numbers to print after it.

    `found`: a finding marks it (else it is only a counterpart); `nested`: several do; `opens`: it can be tabbed to.
    """

    text: str
    ids: str = ""
    labels: str = ""
    severity: str = ""
    found: bool = False
    nested: bool = False
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A finding as the page shows it."""

    id: str
    number: int
    anchor: str
    finding: Finding
    line: int
    marked: str
    read: str
    lang: str
    places: tuple[tuple[str, str, str], ...] = ()

    @property
    def severity(self) -> str:
        """Its label."""
        return self.finding.severity.label


@dataclass(frozen=True, slots=True)
class Row:
    """An aligned pair of sentences as the page shows it. `line` 0: the translation has no such sentence."""

    id: str
    line: int
    sentence: SentenceReport
    source: tuple[Piece, ...]
    target: tuple[Piece, ...]
    notes: tuple[Note, ...]
    back: tuple[Run, ...]
    unmeasured: str

    @property
    def worst(self) -> str:
        """Label of the worst finding's severity; "" without findings."""
        return max(self.notes, key=lambda n: n.finding.severity).severity if self.notes else ""


@dataclass(frozen=True, slots=True)
class Page:
    """An article as the page shows it."""

    id: str
    article: ArticleReport
    counts: dict[Severity, int]
    wide: tuple[Note, ...]
    rows: tuple[Row, ...]
    unmeasured: str


def render(report: CorpusReport, _view: View = PLAIN) -> str:
    """The page."""
    style, script = _asset("report.css"), _asset("report.js")
    pages = [_page(n, article) for n, article in enumerate(report.articles)]
    notes = [note for page in pages for note in (*(n for row in page.rows for n in row.notes), *page.wide)]
    codes = sorted({(n.finding.code, phrases.kind(n.finding)) for n in notes})
    return (
        _template()
        .render(
            report=report,
            pages=pages,
            counts=phrases.count(n.finding for n in notes),
            worst=_worst(notes),
            codes=codes,
            categories=_categories(notes),
            single=len(pages) == 1,
            style=style,
            script=script,
            policy=f"default-src 'none'; img-src data:; style-src {_hash(style)}; script-src {_hash(script)}; "
            "base-uri 'none'; form-action 'none'",
            say=phrases,
        )
        .lstrip()
    )


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader("mtqc.report", "templates")
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["measured"] = lambda value: not isinstance(value, NotMeasured)
    environment.filters["harmless"] = phrases.harmless
    environment.filters["unbroken"] = phrases.unbroken
    return environment.get_template("report.html.j2")


@cache
def _asset(name: str) -> str:
    return (files("mtqc.report") / "templates" / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _worst(notes: Sequence[Note]) -> list[Note]:
    severe = [n for n in notes if n.finding.severity >= Severity.MAJOR]
    return sorted(severe, key=lambda n: (-n.finding.severity, -n.finding.confidence))[:WORST]


def _categories(notes: Iterable[Note]) -> list[tuple[str, str]]:
    """(value, what to show) of every category that occurs, after its dimension as a whole."""
    paths = sorted({str(n.finding.category) for n in notes})
    dimensions = sorted({p.split("/")[0] for p in paths})
    return [
        option
        for dimension in dimensions
        for option in (
            (dimension, f"all of {dimension}"),
            *((p, p.replace("/", " › ").replace("-", " ")) for p in paths if p.startswith(dimension + "/")),
        )
    ]


def _page(number: int, article: ArticleReport) -> Page:
    places = Places(article.pair)
    everything = article.all_findings
    anchors = [f"s{number}-{n}" for n, s in enumerate(article.sentences) for _ in s.findings]
    anchors += [f"a{number}" for _ in article.findings]
    notes = [
        _note(f"{number}-{n}", n, a, f, places) for n, (a, f) in enumerate(zip(anchors, everything, strict=True), 1)
    ]
    rows, first = [], 0
    shared = phrases.shared_reason(article)
    for n, (sentence, marks) in enumerate(zip(article.sentences, marks_by_bead(article), strict=True)):
        own = notes[first : first + len(sentence.findings)]
        first += len(own)
        sides: dict[Side, tuple[Piece, ...]] = {
            "source": tuple(_pieces(sentence.bead.source_text, _worth(marks.source, notes), notes, "source")),
            "target": tuple(_pieces(sentence.bead.target_text, _worth(marks.target, notes), notes, "target")),
        }
        rows.append(_row(f"s{number}-{n}", sentence, sides, own, places=places, shared=shared))
    return Page(f"a{number}", article, phrases.count(everything), tuple(notes[first:]), tuple(rows), shared)


def _worth(marks: Sequence[Mark], notes: Sequence[Note]) -> list[Mark]:
    """Without the places of a neutral remark on the whole article: forty of them would bury what matters."""
    found = ((m, notes[m.number - 1].finding) for m in marks)
    return [m for m, f in found if not (f.article_wide and f.severity is Severity.NEUTRAL)]


def _row(
    name: str,
    sentence: SentenceReport,
    sides: dict[Side, tuple[Piece, ...]],
    notes: Iterable[Note],
    *,
    places: Places,
    shared: str,
) -> Row:
    bead, back = sentence.bead, sentence.signals.back_translation
    line = places.at("target", bead.target[0].span).line if bead.target else 0
    if isinstance(back, BackTranslation):
        original = phrases.harmless(bead.source_text)
        runs, unmeasured = tuple(compare(phrases.harmless(back.text), original)), ""
    else:
        runs, unmeasured = (), back.reason if bead.is_pair and back.reason != shared else ""
    return Row(name, line, sentence, sides["source"], sides["target"], tuple(notes), runs, unmeasured)


def _note(name: str, number: int, anchor: str, finding: Finding, places: Places) -> Note:
    line = places.at("target", finding.target.span).line
    marked = phrases.spelled(finding.target.text)
    where = (finding.target, *finding.related) if finding.article_wide or finding.related else ()
    listed = tuple(
        (
            phrases.language(places.pair, place.side),
            str(places.at(place.side, place.span).line),
            phrases.spelled(place.text),
        )
        for place in where
    )
    return Note(
        name, number, anchor, finding, line, marked, phrases.suggestion(finding), places.pair.target.lang, listed
    )


def _pieces(text: str, marks: Sequence[Mark], notes: Sequence[Note], side: Side) -> Iterable[Piece]:
    met: set[int] = set()
    at = 0
    for segment in segments(phrases.harmless(text), marks):
        at += len(segment.text)
        if not segment.marks:
            yield Piece(segment.text)
            continue
        shown = [m for m in segment.marks if side == "target"]
        worst = max((notes[m.number - 1].finding.severity for m in shown), default=None)
        yield Piece(
            text=segment.text,
            ids=" ".join(notes[m.number - 1].id for m in segment.marks),
            labels=" ".join(str(m.number) for m in shown if m.span.end == at),
            severity="" if worst is None else worst.label,
            found=bool(shown),
            nested=len(shown) > 1,
            opens=any(m.number not in met for m in segment.marks),
        )
        met |= {m.number for m in segment.marks}
