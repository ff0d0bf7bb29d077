"""Taking what was accepted out of a report, and putting it back."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from mtqc.accepted.entries import EVERYWHERE, Accepted, Entry
from mtqc.model import ArticlePair, ArticleReport, CorpusReport, Finding, NotMeasured, Score, Severity, Suppressed
from mtqc.placing import homes, order
from mtqc.scoring import WEIGHTS, penalty, per_1000_words, quality


def apply(
    report: CorpusReport,
    accepted: Accepted,
    weights: Mapping[Severity, float] = WEIGHTS,
    today: datetime.date | None = None,
) -> CorpusReport:
    """The report without what was accepted, scores folded again. What an earlier run took out is put back first, so
    that only these entries count. The quality of a sentence stays as it was measured.
    """
    report = restored(report)
    ledger = _Ledger(accepted, today or datetime.date.today(), frozenset(a.pair.id for a in report.articles))
    fates = [[ledger.fate(a.pair, f) for f in a.all_findings] for a in report.articles]
    # only now is it known which entries of a baseline found nothing in their own article
    fates = [[ledger.moved(fate) for fate in of_article] for of_article in fates]
    pairs = list(zip(report.articles, fates, strict=True))
    return replace(
        report,
        articles=tuple(_without(a, of_article, weights) for a, of_article in pairs),
        suppressed=tuple(
            Suppressed(a.pair.id, fate.finding, fate.entry.by, fate.entry.reason, fate.entry.date)
            for a, of_article in pairs
            for fate in of_article
            if fate.entry
        ),
        unused=tuple(ledger.unused({a.pair.id for a in report.articles})),
    )


def restored(report: CorpusReport) -> CorpusReport:
    """The report as it would be had nothing been accepted; scores are left to `apply`."""
    if not report.suppressed:
        return replace(report, unused=())
    back: dict[str, list[Finding]] = {}
    for s in report.suppressed:
        back.setdefault(s.article, []).append(s.finding)
    articles = tuple(_with(a, back.get(a.pair.id, [])) for a in report.articles)
    return replace(report, articles=articles, suppressed=(), unused=())


def _with(article: ArticleReport, findings: list[Finding]) -> ArticleReport:
    home = homes([s.bead for s in article.sentences])
    placed: dict[int, list[Finding]] = {}
    for f in findings:
        placed.setdefault(-1 if f.article_wide else home(f), []).append(f)
    sentences = tuple(
        replace(s, findings=tuple(sorted([*s.findings, *placed[i]], key=order))) if i in placed else s
        for i, s in enumerate(article.sentences)
    )
    wide = tuple(sorted([*article.findings, *placed.get(-1, [])], key=order))
    return replace(article, sentences=sentences, findings=wide)


@dataclass(frozen=True, slots=True)
class _Fate:
    """What becomes of a finding: `entry` accepts it; None: it stays, with whatever severity it has now."""

    finding: Finding
    entry: Entry | None = None


class _Ledger:
    """The entries, and how often each was used."""

    def __init__(self, accepted: Accepted, today: datetime.date, articles: frozenset[str]) -> None:
        self._entries = accepted.entries
        self._articles = articles
        self._today = today
        self._used: Counter[int] = Counter()
        self._numbers = [i for i, e in enumerate(self._entries) if e.holds(today)]
        self._by_print: dict[str, list[int]] = {}
        for i in self._numbers:
            self._by_print.setdefault(self._entries[i].fingerprint, []).append(i)

    def fate(self, pair: ArticlePair, f: Finding) -> _Fate:
        """What decisions, then suppressions, then a baseline's entries of the same article say."""
        matching = [i for i in self._candidates(f) if self._entries[i].matches(pair, f)]
        decided = [i for i in matching if self._entries[i].by == "decision" and self._is_here(i, pair.id)]
        if decided:
            best = min(decided, key=lambda i: (self._entries[i].rank, -i))  # of equals, what stands later in the file
            self._used.update(decided)
            entry = self._entries[best]
            if not entry.keeps:
                return _Fate(f, entry)
            f = f if entry.changes is None else replace(f, severity=entry.changes)
        others = (i for i in matching if self._entries[i].by != "decision" and f.severity <= self._entries[i].worst)
        for i in sorted(others, key=lambda i: self._entries[i].by == "baseline"):
            at_home = self._entries[i].by == "suppression" or self._entries[i].article == pair.id
            if at_home and self._take(i):
                return _Fate(f, self._entries[i])
        return _Fate(f)

    def moved(self, fate: _Fate) -> _Fate:
        """An article may have another name now: entries of a baseline that are left over accept the same sentences."""
        if fate.entry is not None:
            return fate
        for i in self._by_print.get(fate.finding.fingerprint, []):
            entry = self._entries[i]
            if entry.by == "baseline" and fate.finding.severity <= entry.worst and self._take(i):
                return _Fate(fate.finding, entry)
        return fate

    def unused(self, articles: set[str]) -> Iterator[str]:
        """In words: entries that expired, or that nothing matched, or not often enough."""
        elsewhere = 0
        for i, entry in enumerate(self._entries):
            if not entry.holds(self._today):
                yield f"{entry} held until {entry.until}: it is not applied any more."
            elif not self._is_missed(i):
                continue
            elif entry.article and entry.article not in articles:
                elsewhere += 1
            else:
                where = f" in {entry.article}" if entry.article else ""
                times = f"only {self._used[i]} of {entry.count} findings" if self._used[i] else "nothing"
                yield f"{entry} matched {times}{where}."
        if elsewhere == 1:
            yield "1 entry is about an article that was not checked."
        elif elsewhere:
            yield f"{elsewhere:,} entries are about articles that were not checked."

    def _is_missed(self, i: int) -> bool:
        """Nobody misses what a decision leaves as it is, nor what is dismissed everywhere, should it come."""
        entry = self._entries[i]
        lasting = entry.by == "decision" and entry.changes is None and (entry.keeps or entry.rank == EVERYWHERE)
        return self._used[i] < max(1, entry.count) and not lasting

    def _candidates(self, f: Finding) -> list[int]:
        return [*self._by_print.get("", []), *(self._by_print.get(f.fingerprint, []) if f.fingerprint else [])]

    def _is_here(self, i: int, article: str) -> bool:
        """What was decided on a finding is about its own article, unless that has another name now."""
        entry = self._entries[i]
        return entry.rank > 0 or entry.article == article or entry.article not in self._articles

    def _take(self, i: int) -> bool:
        entry = self._entries[i]
        if entry.count and self._used[i] >= entry.count:
            return False
        self._used[i] += 1
        return True


def _without(article: ArticleReport, fates: list[_Fate], weights: Mapping[Severity, float]) -> ArticleReport:
    """`fates`: one for each of `all_findings`, in that order."""
    coming = iter(fates)
    sentences = tuple(replace(s, findings=_left(coming, len(s.findings))) for s in article.sentences)
    kept = replace(article, sentences=sentences, findings=_left(coming, len(article.findings)))
    return replace(kept, score=_refolded(kept, weights))


def _left(coming: Iterator[_Fate], number: int) -> tuple[Finding, ...]:
    fates = [next(coming) for _ in range(number)]
    return tuple(fate.finding for fate in fates if fate.entry is None)


def _refolded(article: ArticleReport, weights: Mapping[Severity, float]) -> Score | NotMeasured:
    if isinstance(article.score, NotMeasured):
        return article.score
    points = penalty(article.all_findings, weights)
    words = article.score.words
    return replace(article.score, mqm_per_1000_words=per_1000_words(points, words), quality=quality(points, words))
