"""Marot's table of MQM ratings, as WMT exchanges them: ten columns, a row an error, a row "no-error" a clean segment.

The marked text stands inside <v>…</v>; of an omission that is the original's. Tabs and line ends in a text become
spaces. Marot's documentation: google-research/marot, README.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from mtqc.model import ArticleReport, Category, CorpusReport, Finding, SentenceReport, Severity, Side, Span
from mtqc.report.hosted import not_measured, skipped, unjudged
from mtqc.report.marks import bead_text, marks_by_bead
from mtqc.report.phrases import ENGLISH, harmless
from mtqc.report.sarif import dumps
from mtqc.report.view import PLAIN, View

COLUMNS = (
    "system",
    "doc",
    "docSegId",
    "globalSegId",
    "rater",
    "source",
    "target",
    "category",
    "severity",
    "metadata",
)
SYSTEM = "translation"
"""mtqc does not know which system translated."""
NO_ERROR = "no-error"
Row = tuple[str, ...]

_DIMENSIONS = {
    "accuracy": "Accuracy",
    "fluency": "Fluency",
    "terminology": "Terminology",
    "locale": "Locale convention",
    "style": "Style",
    "alignment": "Other",
}
_WMT = {"untranslated": "Untranslated text", "inconsistent": "Inconsistent", "wrong-term": "Inappropriate for context"}
_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")


def render(report: CorpusReport, _view: View = PLAIN) -> str:
    """Every judged sentence of every article, mtqc being the rater."""
    rater, first = f"mtqc {report.version}", 1
    rows: list[Row] = []
    for article in report.articles:
        rows += _article(article, rater, first)
        first += len(article.sentences)
    if rows:
        rows[0] = (*rows[0][:-1], dumps({**json.loads(rows[0][-1]), "evaluation": _evaluation(report)}))
    return table(rows)


def _evaluation(report: CorpusReport) -> dict[str, Any]:
    """How it was judged, and what was not: Marot expects that in the first row only."""
    pair = report.articles[0].pair
    config = {
        "signature": report.signature,
        "complete": report.complete,
        "not_judged": [why for _, why in unjudged(report)],
        "skipped": skipped(report),
        "suppressed": len(report.suppressed),
    }
    langs = {"source_language": pair.source.lang, "target_language": pair.target.lang}
    return {"template": "mtqc", "config": config, **langs}


def table(rows: Iterable[Row]) -> str:
    """The rows below the header, which Marot passes over, each line ending in LF."""
    return "".join("\t".join(row) + "\n" for row in (COLUMNS, *rows))


def row(
    article: ArticleReport,
    sentence: SentenceReport,
    finding: Finding | None,
    *,
    rater: str,
    severity: Severity | None = None,
    note: str = "",
    corrected: str = "",
    timestamp: int | None = None,
    global_id: int = 0,
    system: str = SYSTEM,
) -> Row:
    """One rating; without a finding: that the sentence has no error.

    `severity`: the rater's, where it is not the finding's. `corrected`: the whole sentence as it should read.
    `timestamp`: milliseconds since 1970. `global_id`: number of the segment in the whole corpus; 0: none.
    """
    marked = _marked(sentence, finding)
    texts = {side: _clean(bead_text(sentence.bead, side)[1]) for side in _SIDES}
    metadata: dict[str, Any] = {} if timestamp is None else {"timestamp": timestamp}
    metadata |= {"note": note} if note else {}
    metadata |= {"corrected_translation": corrected} if corrected else {}
    edges = _edges(article, sentence, finding)
    tokens = {side: _tokens(text, [span for k, span in edges if k == side]) for side, text in texts.items()}
    if marked is not None:
        side, span = marked
        metadata[f"{side}_spans"] = [_covered(tokens[side], span)]
    metadata["marked_text"] = texts[marked[0]][marked[1].start : marked[1].end] if marked else ""
    if finding is not None:
        metadata["mtqc"] = _facts(finding)
    metadata["segment"] = {f"{side}_tokens": tokens[side] for side in _SIDES}
    grade = finding.severity if finding and severity is None else severity
    return (
        system,
        _clean(_doc(article)),
        str(sentence.bead.index + 1),
        str(global_id),
        _clean(rater),
        *(_tagged(texts[side], marked[1] if marked and marked[0] == side else None) for side in _SIDES),
        category(finding.category) if finding else NO_ERROR,
        grade.label.capitalize() if finding and grade is not None else NO_ERROR,
        dumps(metadata),
    )


_SIDES: tuple[Side, Side] = ("source", "target")


def category(path: Category) -> str:
    """The MQM path as WMT's ratings name it: `Accuracy/Mistranslation`. What lies deeper stands in the metadata."""
    dimension, *rest = str(path).split("/")
    kind = [_WMT.get(name, name.replace("-", " ").capitalize()) for name in rest[:1]]
    return "/".join([_DIMENSIONS[dimension], *kind])


def _article(article: ArticleReport, rater: str, first: int) -> Iterator[Row]:
    wide = _wide(article)
    for n, sentence in enumerate(article.sentences):
        findings: list[Finding | None] = [*sentence.findings, *wide.get(n, ())]
        if not findings and not not_measured(sentence):
            findings = [None]
        for finding in findings:
            note = finding.message if finding else ""
            yield row(article, sentence, finding, rater=rater, note=note, global_id=first + n)


def _wide(article: ArticleReport) -> dict[int, list[Finding]]:
    """The article's own findings by the sentence that holds their first place."""
    held: dict[int, list[Finding]] = {}
    before = len(article.all_findings) - len(article.findings)
    for n, marks in enumerate(marks_by_bead(article) if article.findings else ()):
        for number in sorted({m.number for m in marks.target if m.role == "found" and m.number > before}):
            held.setdefault(n, []).append(article.findings[number - before - 1])
    return held


def _doc(article: ArticleReport) -> str:
    return f"{article.pair.id}:{'-'.join(ENGLISH.language(article.pair, side) for side in _SIDES)}"


def _marked(sentence: SentenceReport, finding: Finding | None) -> tuple[Side, Span] | None:
    """What a finding marks: of an omission, or where the translation has nothing to mark, words of the original."""
    if finding is None:
        return None
    places = {"target": finding.target, "source": finding.source}
    order: tuple[Side, ...] = ("source",) if finding.category is Category.OMISSION else ("target", "source")
    for side in order:
        place, (start, text) = places[side], bead_text(sentence.bead, side)
        if place and len(place.span) and Span(start, start + len(text)).contains(place.span):
            return side, place.span.shift(-start)
    return None


def _edges(article: ArticleReport, sentence: SentenceReport, finding: Finding | None) -> list[tuple[Side, Span]]:
    """All marks in the sentence: Marot takes the tokens of a segment's first row for all its rows."""
    findings = [*sentence.findings, *article.findings, *([finding] if finding else [])]
    return [marked for f in findings if (marked := _marked(sentence, f)) is not None]


def _tokens(text: str, marked: Iterable[Span]) -> list[str]:
    """Words, blanks and signs that together are the text, cut where a mark begins or ends."""
    cuts = {0, len(text)} | {m.end() for m in _TOKEN.finditer(text)} | {p for s in marked for p in (s.start, s.end)}
    ordered = sorted(cuts)
    return [text[a:b] for a, b in pairwise(ordered)]


def _covered(tokens: list[str], span: Span) -> list[int]:
    """First and last token of a mark."""
    starts, at = [], 0
    for token in tokens:
        starts.append(at)
        at += len(token)
    return [starts.index(span.start), next(n for n, s in enumerate(starts) if s + len(tokens[n]) == span.end)]


def _facts(finding: Finding) -> dict[str, Any]:
    facts = {
        "code": finding.code,
        "category": str(finding.category),
        "confidence": round(finding.confidence, 4),
        "fingerprint": finding.fingerprint,
    }
    return facts | ({"suggestion": finding.fix.text} if finding.fix and finding.fix.location == finding.target else {})


def _tagged(text: str, span: Span | None) -> str:
    if span is None:
        return text
    return f"{text[: span.start]}<v>{text[span.start : span.end]}</v>{text[span.end :]}"


def _clean(text: str) -> str:
    """The text, character for character, without what would end a cell or be taken for a mark."""
    flat = re.sub(r"[\t\n\r\v\f\x1c-\x1e\x85\u2028\u2029]", " ", text)
    return harmless(re.sub(r"<(/?)v>", r"‹\1v›", flat))
