"""How a run stands as a whole, for the writers that people read: one score, rules by count, the last run beside it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from mtqc import compare, scoring
from mtqc.model import ArticleReport, CorpusReport, Finding, NotMeasured, Score, Severity


@dataclass(frozen=True, slots=True)
class RuleCount:
    """A rule that found something: how often, and how bad the worst was. `share`: of the most frequent one, in %."""

    code: str
    name: str
    number: int
    severity: Severity
    share: int


@dataclass(frozen=True, slots=True)
class Trend:
    """A run against an earlier one. `quality`: then and now, None where either was not measured.

    `missing`: articles of the earlier run that the later one does not hold; `added`: the other way round.
    """

    new: int
    fixed: int
    changed: int
    accepted: int
    quality: tuple[float, float] | None
    same_signature: bool
    missing: int
    added: int


def rules(report: CorpusReport) -> list[RuleCount]:
    """Every rule that found something, the most frequent first, those that only remark (neutral) last."""
    found: dict[str, list[Finding]] = {}
    for finding in (f for a in report.articles for f in a.all_findings):
        found.setdefault(finding.code, []).append(finding)
    most = max(map(len, found.values()), default=1)
    counted = [
        RuleCount(
            code=code,
            name=own[0].name,
            number=len(own),
            severity=max(f.severity for f in own),
            share=round(100 * len(own) / most),
        )
        for code, own in found.items()
    ]
    return sorted(counted, key=lambda r: (r.severity is Severity.NEUTRAL, -r.number, -r.severity, r.code))


def worst(report: CorpusReport, limit: int) -> list[tuple[ArticleReport, Finding]]:
    """The few that matter most: critical before major, the surest first.

    Of several on one stretch, one; and one of the same rule on the same words, in however many articles.
    """
    severe = [(a, f) for a in report.articles for f in a.all_findings if f.severity >= Severity.MAJOR]
    told: list[tuple[ArticleReport, Finding]] = []
    seen: set[object] = set()
    for article, finding in sorted(severe, key=lambda af: (-af[1].severity, -af[1].confidence)):
        stretch = (article.pair.id, finding.target.span)
        likeness = (finding.code, finding.target.text, finding.source.text if finding.source else "")
        if len(told) < limit and not {stretch, likeness} & seen:
            told.append((article, finding))
        seen |= {stretch, likeness}
    return told


def overall(report: CorpusReport) -> Score | None:
    """The articles' scores folded into one, by their words; None where no article has one."""
    scores = [a.score for a in report.articles if not isinstance(a.score, NotMeasured)]
    if not scores:
        return None
    words = sum(s.words for s in scores)
    points = sum(s.mqm_per_1000_words * s.words / 1000 for s in scores)
    unsaid = NotMeasured("it is measured for each article")
    return Score(
        words=words,
        mqm_per_1000_words=scoring.per_1000_words(points, words),
        quality=scoring.quality(points, words),
        bleu=unsaid,
        chrf=unsaid,
        ter=unsaid,
        enough_text=words >= scoring.ENOUGH_WORDS,
    )


def trend(report: CorpusReport, previous: CorpusReport | None) -> Trend | None:
    """What happened since the earlier run; None without one."""
    if previous is None:
        return None
    difference = compare.diff(previous, report)
    then, now = overall(previous), overall(report)
    return Trend(
        new=len(difference.new),
        fixed=len(difference.fixed),
        changed=len(difference.changed),
        accepted=len(difference.accepted),
        quality=(then.quality, now.quality) if then and now else None,
        same_signature=difference.same_signature,
        missing=len(difference.gone),
        added=len(difference.added),
    )


def by_badness(articles: tuple[ArticleReport, ...]) -> list[int]:
    """Their places, worst first: those that could not be judged, then by critical and further findings, by quality."""

    def badness(n: int) -> tuple[object, ...]:
        article = articles[n]
        found = Counter(f.severity for f in article.all_findings)
        quality = 0.0 if isinstance(article.score, NotMeasured) else article.score.quality
        return (article.complete, *(-found[s] for s in sorted(Severity, reverse=True)), quality, n)

    return sorted(range(len(articles)), key=badness)
