"""The JSON report, version 1 (`mtqc-report/1`), and JSON Lines: one sentence a line. docs/report-schema.md says what
every key means; `json_schema` builds the schema.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable
from typing import Any

from mtqc.model import (
    ArticleReport,
    BackTranslation,
    Bead,
    CorpusReport,
    Document,
    Evidence,
    Finding,
    Fix,
    Location,
    NotMeasured,
    Score,
    SentenceReport,
    Side,
    Signals,
    Span,
    Suppressed,
)
from mtqc.report.marks import bead_text, marks_by_bead
from mtqc.report.phrases import count
from mtqc.report.places import Places
from mtqc.report.view import PLAIN, View

SCHEMA = "mtqc-report/1"
Json = dict[str, Any]

_UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""Controls (U+0085 is a line end to readers that split as str.splitlines does), and what UTF-8 cannot encode."""


def render(report: CorpusReport, _view: View = PLAIN) -> str:
    """The whole report as one indented JSON object, with a newline at the end."""
    return dumps(as_dict(report), indent=1) + "\n"


def render_lines(report: CorpusReport, _view: View = PLAIN) -> str:
    """JSON Lines: each item of `sentences[]` on one line, with its article. No sentences: the empty text."""
    return "".join(dumps(line) + "\n" for article in report.articles for line in _lines(article))


def render_article(article: ArticleReport) -> str:
    """One item of `articles[]`, indented as if it stood alone."""
    return dumps(_article(article), indent=1)


def as_dict(report: CorpusReport) -> Json:
    """The report as the JSON object's Python counterpart."""
    return {
        "schema": SCHEMA,
        "tool": {"name": "mtqc", "version": report.version, "signature": report.signature},
        "articles": [_article(a) for a in report.articles],
        "unread": [{"id": name, "reason": why} for name, why in report.unread],
        "notes": list(report.notes),
        "suppressed": [_suppressed(s, places) for s, places in _with_places(report)],
        "unused": list(report.unused),
        "summary": _summary(report),
    }


def dumps(value: Json, indent: int | None = None) -> str:
    """JSON text without anything that a reader of lines or of UTF-8 could stumble over."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent)
    return _UNSAFE.sub(lambda m: f"\\u{ord(m.group()):04x}", text)


def _lines(article: ArticleReport) -> Iterable[Json]:
    places = Places(article.pair)
    wide: dict[int, list[Json]] = {}
    first = len(article.all_findings) - len(article.findings) + 1
    for n, marks in enumerate(marks_by_bead(article) if article.findings else []):
        for number in sorted({m.number for m in marks.target if m.number >= first and m.role == "found"}):
            wide.setdefault(n, []).append(_finding(article.findings[number - first], places))
    for n, sentence in enumerate(article.sentences):
        extra = {"article_findings": wide.get(n, []), "article_complete": article.complete}
        yield {"article": article.pair.id, **_sentence(sentence, places), **extra}


def _article(article: ArticleReport) -> Json:
    places = Places(article.pair)
    score = None if isinstance(article.score, NotMeasured) else _score(article.score)
    return {
        "id": article.pair.id,
        "source": _document(article.pair.source),
        "target": _document(article.pair.target),
        "complete": article.complete,
        "failures": list(article.failures),
        "skipped": [{"code": s.code, "reason": s.reason} for s in article.skipped],
        "warnings": list(article.pair.warnings),
        "score": score,
        **_reasons(score=article.score),
        "findings": [_finding(f, places) for f in article.findings],
        "sentences": [_sentence(s, places) for s in article.sentences],
    }


def _document(document: Document) -> Json:
    return {"path": document.path, "lang": document.lang, "sha256": document.sha256}


def _score(score: Score) -> Json:
    return {
        "mqm_per_1000_words": round(score.mqm_per_1000_words, 2),
        "quality": round(score.quality, 2),
        "bleu": _rounded(score.bleu),
        "chrf": _rounded(score.chrf),
        "ter": _rounded(score.ter),
        "words": score.words,
        "enough_text": score.enough_text,
        **_reasons(bleu=score.bleu, chrf=score.chrf, ter=score.ter),
    }


def _sentence(sentence: SentenceReport, places: Places) -> Json:
    bead = sentence.bead
    return {
        "id": sentence.id,
        "role": "boilerplate" if bead.is_boilerplate else "body",
        "alignment": {"type": bead.kind, "confidence": _rounded(bead.confidence, 4)},
        "source": _stretch(bead, "source", places),
        "target": _stretch(bead, "target", places),
        "back_translation": _back_translation(sentence.signals.back_translation),
        "quality": _rounded(sentence.quality),
        **_reasons(
            alignment=bead.confidence, back_translation=sentence.signals.back_translation, quality=sentence.quality
        ),
        **_estimates(sentence.signals),
        "findings": [_finding(f, places) for f in sentence.findings],
    }


def _estimates(signals: Signals) -> Json:
    asked = {"comet": signals.comet, "similarity": signals.similarity}
    values = {name: round(v, 4) for name, v in asked.items() if not isinstance(v, NotMeasured)}
    return {"estimates": values} if values else {}


def _stretch(bead: Bead, side: Side, places: Places) -> Json:
    offset, text = bead_text(bead, side)
    place = places.at(side, Span(offset, offset + len(text)))
    spans = {"end_line": place.end_line} if place.end_line != place.line else {}
    return {"text": text, "line": place.line, **spans, "start": place.start, "end": place.end}


def _back_translation(value: BackTranslation | NotMeasured) -> Json | None:
    if isinstance(value, NotMeasured):
        return None
    return {"text": value.text, "chrf": round(value.chrf, 2), "bleu": round(value.bleu, 2), "ter": round(value.ter, 2)}


def _finding(finding: Finding, places: Places) -> Json:
    return {
        "code": finding.code,
        "name": finding.name,
        "category": str(finding.category),
        "severity": finding.severity.label,
        "confidence": round(finding.confidence, 4),
        "message": finding.message,
        "fingerprint": finding.fingerprint,
        "target": _location(finding.target, places),
        "source": _location(finding.source, places) if finding.source else None,
        "related": [{"side": r.side, **_location(r, places)} for r in finding.related],
        "fix": _fix(finding.fix, finding.target, places),
        "evidence": [_evidence(e) for e in finding.evidence],
    }


def _location(location: Location, places: Places) -> Json:
    place = places.at(location.side, location.span)
    spans = {"end_line": place.end_line} if place.end_line != place.line else {}
    where = {"line": place.line, "column": place.column, **spans, "start": place.start, "end": place.end}
    return {"text": location.text, **where}


def _fix(fix: Fix | None, marked: Location, places: Places) -> Json | None:
    if fix is None:
        return None
    elsewhere = {} if fix.location == marked else {"target": _location(fix.location, places)}
    return {"text": fix.text, "safe": fix.safe, **elsewhere}


def _evidence(item: Evidence) -> Json:
    finite = not isinstance(item.value, float) or math.isfinite(item.value)
    value = item.value if finite else str(item.value)  # JSON has no infinity
    return {"name": item.name, "value": value, "unit": item.unit, "origin": item.origin}


def _rounded(value: float | NotMeasured, digits: int = 2) -> float | None:
    return None if isinstance(value, NotMeasured) else round(value, digits)


def _reasons(**values: object) -> Json:
    reasons = {name: v.reason for name, v in values.items() if isinstance(v, NotMeasured)}
    return {"not_measured": reasons} if reasons else {}


def _summary(report: CorpusReport) -> Json:
    counts = count(f for a in report.articles for f in a.all_findings)
    return {
        "articles": len(report.articles),
        "sentences": sum(len(a.sentences) for a in report.articles),
        "findings": {severity.label: n for severity, n in counts.items()},
        "complete": report.complete,
        "suppressed": len(report.suppressed),
        "gate": {
            "verdict": report.verdict.verdict,
            "reasons": list(report.verdict.reasons),
            "notes": list(report.verdict.notes),
        },
    }


def _with_places(report: CorpusReport) -> Iterable[tuple[Suppressed, Places]]:
    pairs = {a.pair.id: a.pair for a in report.articles}
    made: dict[str, Places] = {}
    for s in report.suppressed:
        if s.article not in made:
            made[s.article] = Places(pairs[s.article])
        yield s, made[s.article]


def _suppressed(item: Suppressed, places: Places) -> Json:
    said = {"article": item.article, "by": item.by, "reason": item.reason, "date": item.date}
    return {**said, "finding": {**_finding(item.finding, places), "article_wide": item.finding.article_wide}}
