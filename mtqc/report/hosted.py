"""Findings for code hosts and CI servers: worst first, with unique keys, and where they stand in the file itself.

A code host counts lines of the file and cuts them at line feeds; its columns may be UTF-16 units or UTF-8 bytes. Of a
web page or a table only the line is known: the text that was judged is not the file's own.
"""

from __future__ import annotations

import hashlib
import os
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Literal
from urllib.parse import quote

from mtqc.model import (
    ArticlePair,
    ArticleReport,
    CorpusReport,
    Document,
    Finding,
    Location,
    NotMeasured,
    SentenceReport,
    Severity,
    Side,
    Span,
)
from mtqc.report import phrases
from mtqc.report.marks import bead_text
from mtqc.text.offsets import LineIndex

Unit = Literal["characters", "utf-16", "utf-8"]
Level = Literal["error", "warning", "notice"]
_PAGES = (".html", ".htm", ".xhtml")
_TABLES = (".tsv", ".tab", ".jsonl", ".ndjson")

LEVELS: dict[Severity, Level] = {
    Severity.CRITICAL: "error",
    Severity.MAJOR: "error",
    Severity.MINOR: "warning",
    Severity.NEUTRAL: "notice",
}
"""MQM severities as code hosts know them."""


@dataclass(frozen=True, slots=True)
class Point:
    """A place in a file: its line, from 1, and the text that stands before it in that line; None: not known."""

    line: int
    before: str | None = None

    def column(self, unit: Unit) -> int | None:
        """From 1; None where only the line is known."""
        if self.before is None:
            return None
        if unit == "characters":
            return len(self.before) + 1
        if unit == "utf-8":
            return len(self.before.encode("utf-8", "surrogatepass")) + 1
        return len(self.before.encode("utf-16-le", "surrogatepass")) // 2 + 1


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of a file, as its path stands in the report; `end` is the place behind its last character."""

    path: str
    start: Point
    end: Point

    @property
    def is_exact(self) -> bool:
        """True where columns are known."""
        return self.start.before is not None and self.end.before is not None


@dataclass(frozen=True, slots=True)
class Found:
    """A finding, whose sentence it is in (None: the article's), and a key that no other finding of the report has.

    The key stays the same from run to run, wherever in the article the finding moves.
    """

    article: ArticleReport
    sentence: SentenceReport | None
    finding: Finding
    key: str

    @property
    def level(self) -> Level:
        """error, warning or notice."""
        return LEVELS[self.finding.severity]


def worst_first(report: CorpusReport) -> list[Found]:
    """Every finding: by severity, then by confidence, then in the order of the report."""
    seen: Counter[str] = Counter()
    found = []
    for article in report.articles:
        for sentence, finding in _in_order(article):
            digest = _digest(article, finding)
            seen[digest] += 1
            found.append(Found(article, sentence, finding, f"{digest}:{seen[digest]}"))
    return sorted(found, key=lambda f: (-f.finding.severity, -round(f.finding.confidence, 4)))


def _in_order(article: ArticleReport) -> Iterator[tuple[SentenceReport | None, Finding]]:
    yield from ((sentence, finding) for sentence in article.sentences for finding in sentence.findings)
    yield from ((None, finding) for finding in article.findings)


def _digest(article: ArticleReport, finding: Finding) -> str:
    mark = finding.fingerprint or f"{finding.code}\0{finding.target.text}\0{finding.message}"
    return hashlib.sha256(f"{article.pair.id}\0{mark}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


class Hosted:
    """Places in one article's two files."""

    def __init__(self, article: ArticleReport) -> None:
        self.article = article
        self._files = {"source": _File(article.pair, "source"), "target": _File(article.pair, "target")}
        self._spans = sorted(_target_span(s) for s in article.sentences if s.bead.target_text)

    def at(self, location: Location) -> Region:
        """Where a location stands in its file."""
        return self._files[location.side].region(location.span)

    def marked(self, found: Found) -> Region:
        """Where to show a finding: its marked text or, where something is missing, the sentence nearest to the gap."""
        target = found.finding.target
        return self.at(target if len(target.span) else self._nearest(found, target))

    def _nearest(self, found: Found, gap: Location) -> Location:
        own = [_target_span(found.sentence)] if found.sentence and found.sentence.bead.target_text else []
        at = bisect_right(self._spans, gap.span)
        spans = own or self._spans[max(at - 1, 0) : at + 1]
        if not spans:
            return gap
        nearest = min(spans, key=lambda s: max(s.start - gap.span.start, gap.span.start - s.end, 0))
        return Location("target", self._files["target"].clipped(nearest, gap.span.start), "")

    def original(self, found: Found) -> tuple[SentenceReport, Region, Region] | None:
        """The original sentence of a finding, where the finding's counterpart stands in it, and where the whole.

        None where there is none: the translation says more than the original.
        """
        sentence = found.sentence or self._holding(found.finding)
        if sentence is None or not sentence.bead.source_text:
            return None
        start, text = bead_text(sentence.bead, "source")
        whole = Span(start, start + len(text))
        named = found.finding.source
        inside = named.span if named and len(named.span) and whole.contains(named.span) else whole
        file = self._files["source"]
        return sentence, file.region(inside), file.region(whole)

    def _holding(self, finding: Finding) -> SentenceReport | None:
        place = finding.source or finding.target
        for sentence in self.article.sentences:
            start, text = bead_text(sentence.bead, place.side)
            if text and Span(start, start + len(text)).contains(place.span):
                return sentence
        return None


def _target_span(sentence: SentenceReport) -> Span:
    start, text = bead_text(sentence.bead, "target")
    return Span(start, start + len(text))


class _File:
    """One side's file."""

    def __init__(self, pair: ArticlePair, side: Side) -> None:
        self._document: Document = pair.source if side == "source" else pair.target
        self.path = self._document.path or pair.id
        text = self._document.text
        self._starts = [0, *(m.end() for m in re.finditer("\n", text))]
        self._is_other = bool(self._document.file_lines) or self.path.lower().endswith(_PAGES + _TABLES)
        self._lines = [start for start, _ in LineIndex(text).lines()] if self._document.file_lines else []

    def region(self, span: Span) -> Region:
        return Region(self.path, self._point(span.start), self._point(span.end, after=span.start < span.end))

    def clipped(self, span: Span, place: int) -> Span:
        """The part of a stretch that stands on the line of `place`, without blanks around; all where there is none."""
        place = min(max(place, span.start), span.end)
        line = self._document.text[span.start : span.end]
        start = line.rfind("\n", 0, place - span.start) + 1
        end = line.find("\n", place - span.start)
        piece = line[start : end if end >= 0 else len(line)]
        if not piece.strip():
            return span
        left = span.start + start + len(piece) - len(piece.lstrip())
        return Span(left, left + len(piece.strip()))

    def _point(self, offset: int, *, after: bool = False) -> Point:
        if self._is_other:
            return Point(self._file_line(offset - after))
        line = bisect_right(self._starts, offset)
        return Point(line, self._document.text[self._starts[line - 1] : offset])

    def _file_line(self, offset: int) -> int:
        """The file's line of a character. An element that begins before it in the same block may be further down."""
        if not self._lines:
            return 1
        number = bisect_right(self._lines, offset) - 1
        lines = self._document.file_lines
        own = lines[number] if number < len(lines) else 0
        inner = [m.page_line for m in self._document.markup if self._lines[number] <= m.span.start <= offset]
        return max([own, *inner, 1])


def uri(path: str, root: Path) -> str:
    """The path as a URI reference from `root`, percent-encoded; of a file elsewhere, a file: URI."""
    plain = relative(path, root)
    encoded = quote(plain.encode("utf-8", "surrogateescape" if _is_escaped(plain) else "replace"), safe="/")
    return f"file://{encoded}" if plain.startswith("/") else encoded


def relative(path: str, root: Path) -> str:
    """The path from `root`, with slashes and without `.` and `..` where they can be done without."""
    pure = PurePath(os.path.normpath(path) if path else path)
    base = PurePath(os.path.normpath(root))
    if pure.is_absolute() and base.is_absolute() and pure.is_relative_to(base):
        pure = pure.relative_to(base)
    return pure.as_posix()


def _is_escaped(text: str) -> bool:
    return all(not "\ud800" <= c <= "\udfff" or "\udc80" <= c <= "\udcff" for c in text)


def unjudged(report: CorpusReport) -> list[tuple[ArticleReport | None, str]]:
    """What could not be judged, in sentences, with the article where that was read."""
    told: list[tuple[ArticleReport | None, str]] = [
        (None, f"{phrases.harmless(name)} could not be read: {phrases.harmless(why)}") for name, why in report.unread
    ]
    for article in report.articles:
        told += [
            (article, f"{phrases.harmless(article.pair.id)}: {phrases.harmless(failure)}")
            for failure in article.failures
        ]
    return told if told or report.articles else [(None, "There was no article to judge.")]


def skipped(report: CorpusReport) -> list[str]:
    """What did not run and why, a sentence a reason, with the number of articles that it concerns."""
    by_reason: dict[str, dict[str, set[str]]] = {}
    for article in report.articles:
        for item in article.skipped:
            by_reason.setdefault(item.reason, {}).setdefault(item.code, set()).add(article.pair.id)
    return [
        f"{', '.join(codes)} did not run on {phrases.ENGLISH.articles(len(set().union(*codes.values())))}:"
        f" {phrases.harmless(reason)}."
        for reason, codes in by_reason.items()
    ]


def not_measured(sentence: SentenceReport) -> str:
    """Why a sentence was not judged; "" where it was."""
    return sentence.quality.reason if isinstance(sentence.quality, NotMeasured) else ""
