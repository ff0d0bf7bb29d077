"""What the corpus index and summary.json say of the articles together: renderings that differ, and the trend."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mtqc.corpus.findings import CorpusFinding, CorpusFindings, Subject
from mtqc.corpus.names_file import NAME
from mtqc.corpus.trend import Period, Trend
from mtqc.model import Severity
from mtqc.report import html_writer

LISTED = 10
"""Findings of a subject that the page shows; summary.json has them all."""
_SUBJECTS: tuple[Subject, ...] = ("name", "term", "sentence")


def render(found: CorpusFindings, trend: Trend, href: Callable[[str, str], str], lang: str) -> str:
    """HTML of the section, "" where there is nothing to say. `href`: from an article and a sentence to its place."""
    listed = {s: found.of(s)[:LISTED] for s in _SUBJECTS}
    more = {s: len(found.of(s)) - len(listed[s]) for s in _SUBJECTS}
    shown = trend if len(trend.periods) > 1 else None
    if not (any(listed.values()) or shown):
        return ""
    return (
        html_writer.environment(lang)
        .get_template("corpus_findings.html.j2")
        .render(found=found, listed=listed, more=more, trend=shown, href=href, register=NAME, worst=_worst(trend))
        .strip()
    )


def _worst(trend: Trend) -> float:
    return max((p.mqm_per_1000_words for p in trend.periods), default=0.0) or 1.0


def as_dict(found: CorpusFindings, trend: Trend) -> dict[str, Any]:
    """Everything, for summary.json."""
    return {
        "articles_compared": found.articles,
        "articles_without_word_links": found.unlinked,
        "findings_left_out": found.omitted,
        "findings": [_finding(f) for f in found.findings],
        "trend": {
            "unit": trend.unit,
            "undated_articles": trend.undated,
            "periods": [_period(p) for p in trend.periods],
        },
    }


def _finding(f: CorpusFinding) -> dict[str, Any]:
    return {
        "subject": f.subject,
        "severity": f.severity.label,
        "confidence": f.confidence,
        "english": f.english,
        "message": f.message,
        "forms": [
            {
                "french": form.text,
                "articles": form.articles,
                "sentences": form.sentences,
                "places": [{"article": p.article, "sentence": p.sentence} for p in form.places],
            }
            for form in f.forms
        ],
    }


def _period(p: Period) -> dict[str, Any]:
    return {
        "period": p.name,
        "articles": p.articles,
        "words": p.words,
        "enough_text": p.enough,
        "quality": round(p.quality, 2),
        "mqm_per_1000_words": round(p.mqm_per_1000_words, 2),
        "findings": {s.label: p.findings.get(s, 0) for s in sorted(Severity, reverse=True)},
    }
