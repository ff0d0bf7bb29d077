"""Reports as rows of plain values, for tables and CSV: of findings, of sentences, of articles. None: there is none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from mtqc.model import (
    ArticleReport,
    BackTranslation,
    Finding,
    Location,
    NotMeasured,
    Score,
    SentenceReport,
    Severity,
)
from mtqc.report.phrases import evidence
from mtqc.report.places import Places

Kind = Literal["string", "float", "integer", "boolean"]
Value = str | float | int | bool | None
Row = dict[str, Value]
Columns = dict[str, Kind]

FINDINGS: Columns = {
    "article": "string",
    "sentence": "string",
    "severity": "string",
    "code": "string",
    "name": "string",
    "category": "string",
    "confidence": "float",
    "message": "string",
    "target_text": "string",
    "source_text": "string",
    "fix_text": "string",
    "fix_safe": "boolean",
    "target_path": "string",
    "target_line": "integer",
    "target_column": "integer",
    "target_start": "integer",
    "target_end": "integer",
    "source_path": "string",
    "source_line": "integer",
    "source_column": "integer",
    "related": "string",
    "evidence": "string",
    "sentence_source": "string",
    "sentence_target": "string",
    "fingerprint": "string",
}
"""Names, order and meaning are the CSV report's."""

SENTENCES: Columns = {
    "article": "string",
    "sentence": "string",
    "alignment": "string",
    "alignment_confidence": "float",
    "boilerplate": "boolean",
    "quality": "float",
    "severity": "string",
    "findings": "integer",
    "back_translation": "string",
    "bleu": "float",
    "chrf": "float",
    "ter": "float",
    "not_measured": "string",
    "target_path": "string",
    "target_line": "integer",
    "source_path": "string",
    "source_line": "integer",
    "sentence_source": "string",
    "sentence_target": "string",
}

ARTICLES: Columns = {
    "article": "string",
    "complete": "boolean",
    "failures": "string",
    "skipped": "string",
    "words": "integer",
    "enough_text": "boolean",
    "quality": "float",
    "mqm_per_1000_words": "float",
    "bleu": "float",
    "chrf": "float",
    "ter": "float",
    "not_measured": "string",
    **{s.label: "integer" for s in reversed(Severity)},
    "target_path": "string",
    "source_path": "string",
}


def findings(article: ArticleReport) -> Iterator[Row]:
    """A row a finding, those of the sentences first, then those of the whole article."""
    places = Places(article.pair)
    for sentence in article.sentences:
        for finding in sentence.findings:
            yield _finding(article, finding, places, sentence)
    for finding in article.findings:
        yield _finding(article, finding, places, None)


def _finding(article: ArticleReport, finding: Finding, places: Places, sentence: SentenceReport | None) -> Row:
    fix = finding.fix
    row: Row = {
        "article": article.pair.id,
        "sentence": sentence.id if sentence else None,
        "severity": finding.severity.label,
        "code": finding.code,
        "name": finding.name,
        "category": str(finding.category),
        "confidence": float(finding.confidence),
        "message": finding.message,
        "fix_text": fix.text if fix else None,
        "fix_safe": fix.safe if fix else None,
        "related": "; ".join(_where(r, places) for r in finding.related),
        "evidence": "; ".join(evidence(e) + (f" ({e.origin})" if e.origin else "") for e in finding.evidence),
        "sentence_source": sentence.bead.source_text if sentence else None,
        "sentence_target": sentence.bead.target_text if sentence else None,
        "fingerprint": finding.fingerprint,
    }
    return row | _target(article, finding, places) | _source(article, finding, places)


def _target(article: ArticleReport, finding: Finding, places: Places) -> Row:
    place = places.at("target", finding.target.span)
    numbers = {"line": place.line, "column": place.column, "start": place.start, "end": place.end}
    texts: Row = {"target_text": finding.target.text, "target_path": article.pair.target.path}
    return texts | {f"target_{name}": value for name, value in numbers.items()}


def _source(article: ArticleReport, finding: Finding, places: Places) -> Row:
    if finding.source is None:
        return dict.fromkeys(("source_text", "source_path", "source_line", "source_column"))
    place = places.at("source", finding.source.span)
    return {
        "source_text": finding.source.text,
        "source_path": article.pair.source.path,
        "source_line": place.line,
        "source_column": place.column,
    }


def _where(location: Location, places: Places) -> str:
    place = places.at(location.side, location.span)
    return f"{location.side} {place.line}:{place.column} {location.text}".rstrip()


def sentences(article: ArticleReport) -> Iterator[Row]:
    """A row an aligned pair of sentences, in the order of the text."""
    places = Places(article.pair)
    for sentence in article.sentences:
        yield _sentence(article, sentence, places)


def _sentence(article: ArticleReport, sentence: SentenceReport, places: Places) -> Row:
    bead, back = sentence.bead, sentence.signals.back_translation
    worst = max((f.severity for f in sentence.findings), default=None)
    scores = back if isinstance(back, BackTranslation) else None
    return {
        "article": article.pair.id,
        "sentence": sentence.id,
        "alignment": bead.kind,
        "alignment_confidence": _rounded(bead.confidence),
        "boilerplate": bead.is_boilerplate,
        "quality": _number(sentence.quality),
        "severity": worst.label if worst is not None else None,
        "findings": len(sentence.findings),
        "back_translation": scores.text if scores else None,
        "bleu": scores.bleu if scores else None,
        "chrf": scores.chrf if scores else None,
        "ter": scores.ter if scores else None,
        "not_measured": _reasons(alignment_confidence=bead.confidence, quality=sentence.quality, back_translation=back),
        "target_path": article.pair.target.path,
        "target_line": places.at("target", bead.target[0].span).line if bead.target else None,
        "source_path": article.pair.source.path,
        "source_line": places.at("source", bead.source[0].span).line if bead.source else None,
        "sentence_source": bead.source_text,
        "sentence_target": bead.target_text,
    }


def article(report: ArticleReport) -> Row:
    """The row of an article. `complete` false: something that was asked for could not be judged."""
    found = report.all_findings
    row: Row = {
        "article": report.pair.id,
        "complete": report.complete,
        "failures": "; ".join(report.failures) or None,
        "skipped": "; ".join(f"{s.code}: {s.reason}" for s in report.skipped) or None,
        **{s.label: sum(f.severity is s for f in found) for s in Severity},
        "target_path": report.pair.target.path,
        "source_path": report.pair.source.path,
    }
    return row | _scores(report.score)


def _scores(score: Score | NotMeasured) -> Row:
    if isinstance(score, NotMeasured):
        return dict.fromkeys(("words", "enough_text", "quality", "mqm_per_1000_words", "bleu", "chrf", "ter")) | {
            "not_measured": _reasons(score=score)
        }
    return {
        "words": score.words,
        "enough_text": score.enough_text,
        "quality": score.quality,
        "mqm_per_1000_words": score.mqm_per_1000_words,
        "bleu": _number(score.bleu),
        "chrf": _number(score.chrf),
        "ter": _number(score.ter),
        "not_measured": _reasons(bleu=score.bleu, chrf=score.chrf, ter=score.ter),
    }


def unchecked(name: str, why: str) -> Row:
    """The row of an article that could not be read or checked: not complete, and nothing measured."""
    return dict.fromkeys(ARTICLES) | {"article": name, "complete": False, "failures": why}


def _number(value: float | NotMeasured) -> float | None:
    return None if isinstance(value, NotMeasured) else float(value)


def _rounded(value: float | NotMeasured) -> float | None:
    # What BLAS makes of it differs in the twelfth decimal with the number of its threads.
    return None if isinstance(value, NotMeasured) else round(float(value), 6)


def _reasons(**values: object) -> str | None:
    void = [f"{name}: {v.reason}" for name, v in values.items() if isinstance(v, NotMeasured)]
    return "; ".join(void) or None
