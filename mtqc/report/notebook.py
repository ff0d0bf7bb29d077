"""A report as a notebook shows it: a small piece of HTML without style sheet, script, link or picture.

Colours are the notebook's own, light or dark, but for a stripe beside each severity; the severity stands in words too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mtqc.model import ArticleReport, CorpusReport, Finding, NotMeasured, Severity
from mtqc.report import html_writer, phrases, standing
from mtqc.report.phrases import ENGLISH
from mtqc.report.places import Places

SHOWN = 20
"""Findings of an article, articles of a corpus."""
LONGEST = 300
"""Characters of a text that is shown; a whole article can be the name of one."""
STRIPES = {
    Severity.CRITICAL: "#d63a3a",
    Severity.MAJOR: "#b87400",
    Severity.MINOR: "#3b82c4",
    Severity.NEUTRAL: "#808080",
}
"""At least 3 : 1 against white and against #111111 (WCAG 2.2, 1.4.11): tests/report/test_notebook.py measures it."""


@dataclass(frozen=True, slots=True)
class Line:
    """A finding in words."""

    severity: Severity
    rule: str
    line: int
    marked: str
    read: str
    message: str
    lang: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An article in words."""

    name: str
    counts: str
    quality: str
    complete: bool


def install() -> None:
    """Make notebooks show both kinds of reports so. Set from here, since the dataclasses know of no writer."""
    ArticleReport._repr_html_ = article_html  # type: ignore[attr-defined]
    CorpusReport._repr_html_ = corpus_html  # type: ignore[attr-defined]


def article_html(report: ArticleReport) -> str:
    """The worst findings of an article, what was not judged, and its score."""
    found = sorted(report.all_findings, key=lambda f: -f.severity)
    places = Places(report.pair)
    score = report.score
    return _rendered(
        title=_short(report.pair.id),
        counts=ENGLISH.counted(phrases.count(found)),
        score=f"Quality was not measured: {score.reason}" if isinstance(score, NotMeasured) else ENGLISH.score(score),
        failures=report.failures,
        skipped=len({s.code for s in report.skipped}),
        lines=[_line(f, places) for f in found[:SHOWN]],
        more=_more(ENGLISH.findings, len(found)),
    )


def _line(finding: Finding, places: Places) -> Line:
    return Line(
        finding.severity,
        f"{finding.code} {ENGLISH.kind(finding)}",
        places.at("target", finding.target.span).line,
        _short(ENGLISH.spelled(finding.target.text)),
        _short(ENGLISH.suggestion(finding)),
        _short(finding.message),
        places.pair.target.lang,
    )


def corpus_html(report: CorpusReport) -> str:
    """The worst articles of a corpus and what could not be judged; of a single article, its findings."""
    if len(report.articles) == 1 and not report.unread:
        return article_html(report.articles[0])
    ranked = [report.articles[n] for n in standing.by_badness(report.articles)]
    failures = [f"{name} could not be read: {why}" for name, why in report.unread]
    failures += [f"{a.pair.id}: {f}" for a in report.articles for f in a.failures]
    return _rendered(
        title=ENGLISH.articles(len(report.articles)),
        counts=ENGLISH.counted(phrases.count(f for a in report.articles for f in a.all_findings)),
        failures=failures if report.articles or failures else ["There was no article to judge."],
        entries=[_entry(a) for a in ranked[:SHOWN]],
        more=_more(ENGLISH.articles, len(ranked)),
    )


def _entry(article: ArticleReport) -> Entry:
    score = article.score
    quality = "not measured" if isinstance(score, NotMeasured) else ENGLISH.number(score.quality)
    counts = ENGLISH.counted(phrases.count(article.all_findings))
    return Entry(_short(article.pair.id), counts, quality, article.complete)


def _more(counted: Callable[[int], str], number: int) -> str:
    return counted(number - SHOWN) if number > SHOWN else ""


def _rendered(*, failures: Sequence[str], **shown: object) -> str:
    told = [_short(f) for f in failures[:SHOWN]]
    if len(failures) > SHOWN:
        told.append(f"and {len(failures) - SHOWN} more")
    template = html_writer.environment("en").get_template("notebook.html.j2")
    empty: dict[str, object] = dict.fromkeys(("score", "lines", "entries", "skipped", "more"))
    return template.render(empty | shown, failures=told, stripes=STRIPES).strip()


def _short(text: str) -> str:
    shown = phrases.harmless(text)
    return shown if len(shown) <= LONGEST else shown[:LONGEST] + "…"
