"""Two systems on the same originals: which is better, by how much, and whether that can be told.

Articles are paired by id and by the original's text, sentences by their place in it. Differences are tested by paired
bootstrap over articles, since the sentences of an article are not independent of each other.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from mtqc import scoring, signals
from mtqc.errors import InputError
from mtqc.model import ArticleReport, BackTranslation, CorpusReport, NotMeasured, Severity, Span
from mtqc.signals import Paired, Statistics
from mtqc.text.tokens import fold

FEW = 10
"""Articles under which a difference is not tested: with 5, systems that do not differ came out as different in 16 of
100 comparisons, with 10 and more in 4 to 10 (reports/corpus-findings.md)."""
LIKELY = 0.05
"""p under which a difference may be called one."""


def differs(paired: Paired) -> bool:
    """Whether a difference may be called one: p says so, and the interval does not hold 0.

    Sacrebleu's p alone is too sure: of systems that do not differ, 8 to 14 in 100 come out at p < .05.
    """
    low, high = paired.interval
    return paired.p < LIKELY and not low <= 0 <= high


@dataclass(frozen=True, slots=True)
class Sums:
    """What is kept of an article for comparing it. `original`: hash of its text; `chrf`: n-gram counts of its
    back-translations, empty where none was measured; `rules`: findings by code.
    """

    id: str
    original: str
    complete: bool
    words: int
    points: float
    sentences: frozenset[Span]
    severities: Mapping[Severity, int]
    rules: Mapping[str, int]
    chrf: Statistics = ()


@dataclass(frozen=True, slots=True)
class System:
    """A run, reduced to what is compared. `names`: of its rules, by code."""

    name: str
    signature: str
    articles: tuple[Sums, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unpaired:
    """Articles that were left out: only in the first run, only in the second, with another original, not judged to
    the end in one of them, without words.
    """

    only_first: tuple[str, ...] = ()
    only_second: tuple[str, ...] = ()
    other_original: tuple[str, ...] = ()
    incomplete: tuple[str, ...] = ()
    wordless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleDifference:
    """A rule's findings in both runs."""

    code: str
    name: str
    first: int
    second: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """What came of it. `sentences`: paired, and those of either run that have no partner.

    `penalty` and `chrf`: the tests, or why there are none; `mqm`: penalty per 1,000 words of both; `articles`: their
    ids with the difference of the penalty per 1,000 words, from the first system's worst to the second's.
    """

    names: tuple[str, str]
    signature: str
    articles: int
    words: int
    sentences: tuple[int, int, int]
    unpaired: Unpaired
    mqm: tuple[float, float]
    severities: Mapping[Severity, tuple[int, int]]
    penalty: Paired | NotMeasured
    chrf: Paired | NotMeasured
    chrf_articles: int
    rules: tuple[RuleDifference, ...]
    by_article: tuple[tuple[str, float], ...]

    @property
    def quality(self) -> tuple[float, float]:
        """Of both, 0 to 100."""
        first, second = (max(0.0, 100 - m / 10) for m in self.mqm)
        return first, second

    @property
    def complete(self) -> bool:
        """True where everything in both runs was judged."""
        return not self.unpaired.incomplete


def system(name: str, report: CorpusReport) -> System:
    """A run reduced: its texts are no longer needed."""
    names = {f.code: f.name for a in report.articles for f in a.all_findings}
    return System(
        name, report.signature, tuple(map(sums, report.articles)), names, tuple(article for article, _ in report.unread)
    )


def sums(article: ArticleReport) -> Sums:
    """An article reduced."""
    found, score = article.all_findings, article.score
    words, mqm = (0, 0.0) if isinstance(score, NotMeasured) else (score.words, score.mqm_per_1000_words)
    return Sums(
        id=article.pair.id,
        original=_original(article),
        complete=article.complete,
        words=words,
        points=mqm * words / 1000,
        sentences=frozenset(s.span for r in article.sentences for s in r.bead.source),
        severities=Counter(f.severity for f in found),
        rules=Counter(f.code for f in found),
        chrf=_chrf(article),
    )


def _original(article: ArticleReport) -> str:
    """Hash of the original's words: how its file was named, ended its lines or was laid out makes no difference."""
    text = " ".join(s.text for r in article.sentences for s in r.bead.source)
    return hashlib.sha256(" ".join(fold(text).split()).encode("utf-8", "surrogatepass")).hexdigest()


def _chrf(article: ArticleReport) -> Statistics:
    measured = ((s.signals.back_translation, s.bead.source_text) for s in article.sentences)
    texts = [(b.text, source) for b, source in measured if isinstance(b, BackTranslation)]
    return signals.chrf_statistics(*zip(*texts, strict=True)) if texts else ()


def compare(first: System, second: System) -> Comparison:
    """Raises InputError where the two were not measured in the same way, or have no article in common."""
    _require_same_way(first, second)
    pairs, unpaired = _paired(first, second)
    if not pairs:
        raise InputError(
            f"{first.name} and {second.name} have no article in common that both judged"
            f" ({len(unpaired.other_original)} with the same id have another original).",
            hint="Compare runs over the same originals, with the same ids.",
        )
    left, right = [a for a, _ in pairs], [b for _, b in pairs]
    measured = [(a.chrf, b.chrf) for a, b in pairs if a.chrf and b.chrf]
    return Comparison(
        names=(first.name, second.name),
        signature=first.signature,
        articles=len(pairs),
        words=sum(a.words for a in left),
        sentences=_sentences(pairs),
        unpaired=unpaired,
        mqm=(_mqm(left), _mqm(right)),
        severities={s: (_count(left, s), _count(right, s)) for s in sorted(Severity, reverse=True)},
        penalty=_tested([((a.points, a.words), (b.points, b.words)) for a, b in pairs], signals.paired_penalty),
        chrf=_tested(measured, signals.paired_chrf) if measured else NotMeasured("no back-translations"),
        chrf_articles=len(measured),
        rules=tuple(_rules(left, right, {**second.names, **first.names})),
        by_article=tuple(sorted(((a.id, _mqm([b]) - _mqm([a])) for a, b in pairs), key=lambda p: (p[1], p[0]))),
    )


def _require_same_way(first: System, second: System) -> None:
    if first.signature != second.signature:
        raise InputError(
            f"{first.name} and {second.name} were measured with different models, thresholds or versions of mtqc"
            f" ({first.signature} and {second.signature}): a difference could come from that.",
            hint="Check both with the same mtqc and the same settings, then compare.",
        )


def _paired(first: System, second: System) -> tuple[list[tuple[Sums, Sums]], Unpaired]:
    theirs = {a.id: a for a in second.articles}
    pairs = [(a, theirs[a.id]) for a in first.articles if a.id in theirs]
    same = [(a, b) for a, b in pairs if a.original == b.original]
    judged = [(a, b) for a, b in same if a.complete and b.complete]
    ours = {a.id for a in first.articles}
    unread = {*first.unread, *second.unread}
    incomplete = [a.id for a, b in same if not (a.complete and b.complete)] + sorted(unread)
    return [(a, b) for a, b in judged if a.words and b.words], Unpaired(
        only_first=tuple(a.id for a in first.articles if a.id not in theirs and a.id not in unread),
        only_second=tuple(a.id for a in second.articles if a.id not in ours and a.id not in unread),
        other_original=tuple(a.id for a, b in pairs if a.original != b.original),
        incomplete=tuple(incomplete),
        wordless=tuple(a.id for a, b in judged if not (a.words and b.words)),
    )


def _sentences(pairs: Iterable[tuple[Sums, Sums]]) -> tuple[int, int, int]:
    """Paired by their place, only in the first, only in the second."""
    both = first = second = 0
    for a, b in pairs:
        both += len(a.sentences & b.sentences)
        first += len(a.sentences - b.sentences)
        second += len(b.sentences - a.sentences)
    return both, first, second


def _mqm(articles: Iterable[Sums]) -> float:
    every = list(articles)
    return scoring.per_1000_words(sum(a.points for a in every), sum(a.words for a in every))


def _count(articles: Iterable[Sums], severity: Severity) -> int:
    return sum(a.severities.get(severity, 0) for a in articles)


def _tested(
    pairs: Sequence[tuple[Statistics, Statistics]],
    test: Callable[[Sequence[Statistics], Sequence[Statistics]], Paired],
) -> Paired | NotMeasured:
    if len(pairs) < FEW:
        return NotMeasured(f"too few articles to tell: {len(pairs)} of {FEW}")
    return test([a for a, _ in pairs], [b for _, b in pairs])


def _rules(left: Iterable[Sums], right: Iterable[Sums], names: Mapping[str, str]) -> Iterator[RuleDifference]:
    """The greatest differences first."""
    one, two = (_added(side) for side in (left, right))
    found = [RuleDifference(code, names[code], one[code], two[code]) for code in sorted({*one, *two})]
    yield from sorted(found, key=lambda r: (-abs(r.second - r.first), -(r.first + r.second), r.code))


def _added(articles: Iterable[Sums]) -> Counter[str]:
    total: Counter[str] = Counter()
    for a in articles:
        total.update(a.rules)
    return total
