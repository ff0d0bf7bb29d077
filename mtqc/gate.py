"""The gate: does the translation pass? Pure: a report and thresholds go in, a verdict and an exit code come out.

Each article is judged by itself, so that many good ones hide no bad one; several are then judged together as well,
since a score on more words is surer than one on few. docs/gate.md explains every threshold.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields

from mtqc.align.sentences import ABSTAIN_BELOW
from mtqc.errors import GATE_FAILED, NOT_JUDGED, PASSED
from mtqc.model import (
    NO_MODEL,
    ArticleReport,
    CorpusReport,
    Finding,
    NotMeasured,
    SentenceReport,
    Severity,
    Verdict,
)
from mtqc.placing import homes
from mtqc.policy import pair_fingerprint
from mtqc.scoring import ENOUGH_WORDS, WEIGHTS, calibrated, distinct, penalty, per_1000_words
from mtqc.text.offsets import LineIndex

NOTHING_RAN = "No rule was run: every selected one was left out."
"""Failure of an article on which nothing was checked at all."""
_SHOWN = 8
"""Lines that a reason names."""


@dataclass(frozen=True, slots=True)
class GateSettings:
    """The thresholds, [tool.mtqc.gate]. The defaults were chosen by tests/measure/gate.py; reports/gate.md.

    `max_critical`: critical findings that an article may have. `max_majors`: major ones in 1,000 words of the original;
    a text of fewer than 300 words may have as many as one of 300. `pass_mark` (PT) and `acceptable_points` (APP):
    of the calibrated MQM score. `max_low_quality`: share of sentences whose quality may be below `low_quality`.
    `max_unjudged`: share of sentences that may stay unjudged. `min_confidence`: findings below it count for nothing.
    `weights`: penalty points by severity.
    """

    max_critical: int = 0
    max_majors: float = 3.5
    pass_mark: float = 95.0
    acceptable_points: float = 17.5
    low_quality: float = 5.0
    max_low_quality: float = 0.25
    max_unjudged: float = 0.1
    min_confidence: float = 0.0
    weights: Mapping[Severity, float] = field(default_factory=lambda: dict(WEIGHTS))

    def __post_init__(self) -> None:
        for name in KEYS:
            if not getattr(self, name) >= 0:  # nor is NaN
                raise ValueError(f"{name.replace('_', '-')} = {getattr(self, name)} is not a number, 0 or more")
        if not self.pass_mark < 100 or not self.acceptable_points > 0:
            raise ValueError("pass-mark must be below 100 and acceptable-points above 0")
        for name in ("max_low_quality", "max_unjudged", "min_confidence"):
            if getattr(self, name) > 1:
                raise ValueError(f"{name.replace('_', '-')} = {getattr(self, name)} is a share: 0 to 1")


KEYS = tuple(f.name for f in fields(GateSettings) if f.name != "weights")
"""The thresholds' names."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A finding that counts: the line of the translation, and the rule's code."""

    line: int
    code: str


@dataclass(frozen=True, slots=True)
class Measures:
    """What one article, or several together, are judged by. An error repeated counts once, neutral findings never.

    `points`: MQM penalty points. `low`: lines of sentences of low quality, among `sentences` that have one.
    """

    name: str
    words: int
    critical: tuple[Spot, ...]
    majors: tuple[Spot, ...]
    points: float
    low: tuple[int, ...]
    sentences: int

    @property
    def npt(self) -> float:
        """Normed penalty total: points per 1,000 words of the original."""
        return per_1000_words(self.points, self.words)

    @property
    def enough_text(self) -> bool:
        """True where a score is statistically reliable."""
        return self.words >= ENOUGH_WORDS

    def score(self, settings: GateSettings) -> float:
        """Calibrated MQM score."""
        return calibrated(self.npt, settings.pass_mark, settings.acceptable_points)


def judge(report: CorpusReport, settings: GateSettings, known: Collection[str] = ()) -> Verdict:
    """The verdict. `known`: fingerprints of pairs of sentences whose quality was accepted with a baseline."""
    accepted = _accepted(report)
    each = [measured(a, settings, known, accepted.get(a.pair.id, ())) for a in report.articles]
    corpus = _rates(together(each), settings) if len(each) > 1 else ()
    failed = [*_nothing(report), *corpus, *(r for m in each for r in reasons(m, settings))]
    unjudged = [*_unread(report), *(r for a in report.articles for r in _unjudged(a, settings))]
    notes = tuple(_notes(report, each, settings))
    if failed:
        return Verdict("failed", tuple(failed), (*unjudged, *notes))
    return Verdict("not judged" if unjudged else "passed", tuple(unjudged), notes)


def exit_code(verdict: Verdict) -> int:
    """0 passed, 1 failed, 3 something could not be judged. Judging more does not mend what failed: 1 wins over 3."""
    return {"passed": PASSED, "failed": GATE_FAILED}.get(verdict.verdict, NOT_JUDGED)


def measured(
    article: ArticleReport, settings: GateSettings, known: Collection[str] = (), accepted: Sequence[Finding] = ()
) -> Measures:
    """What an article is judged by. `accepted`: critical and major findings that were looked at and accepted."""
    index = LineIndex(article.pair.target.text)
    counted = distinct(f for f in article.all_findings if _counts(f, settings))
    home = homes([s.bead for s in article.sentences])
    settled = {home(f) for f in accepted}
    rated = [s for s in article.sentences if not isinstance(s.quality, NotMeasured)]
    low = [s for s in rated if _is_low(s, settings) and s.bead.index not in settled and _pair(s) not in known]

    def spots(severity: Severity) -> tuple[Spot, ...]:
        found = (Spot(index.line(f.target.span.start), f.code) for f in counted if f.severity is severity)
        return tuple(sorted(found, key=lambda s: (s.line, s.code)))

    return Measures(
        name=article.pair.id,
        words=0 if isinstance(article.score, NotMeasured) else article.score.words,
        critical=spots(Severity.CRITICAL),
        majors=spots(Severity.MAJOR),
        points=penalty(counted, settings.weights),
        low=tuple(index.line(s.bead.target_start) for s in low),
        sentences=len(rated),
    )


def together(each: Sequence[Measures]) -> Measures:
    """Several articles as one text; an error in two articles counts twice."""
    return Measures(
        name=f"All {len(each)} articles together",
        words=sum(m.words for m in each),
        critical=tuple(s for m in each for s in m.critical),
        majors=tuple(s for m in each for s in m.majors),
        points=sum(m.points for m in each),
        low=tuple(line for m in each for line in m.low),
        sentences=sum(m.sentences for m in each),
    )


def unjudged(article: ArticleReport) -> list[SentenceReport]:
    """Pairs of sentences that could not be judged, notices left out: unsure alignment, or no back-translation though
    there was a model.
    """
    return [s for s in _pairs(article) if _is_unsure(s) or _is_unmeasured(s)]


def _counts(f: Finding, settings: GateSettings) -> bool:
    return f.severity > Severity.NEUTRAL and round(f.confidence, 4) >= settings.min_confidence


def _is_low(sentence: SentenceReport, settings: GateSettings) -> bool:
    """Rounded as in a JSON report: the verdict on a report read back is the same."""
    return not isinstance(sentence.quality, NotMeasured) and round(sentence.quality, 2) < settings.low_quality


def _pair(sentence: SentenceReport) -> str:
    return pair_fingerprint(sentence.bead.source_text, sentence.bead.target_text)


def _pairs(article: ArticleReport) -> list[SentenceReport]:
    return [s for s in article.sentences if s.bead.is_pair and not s.bead.is_boilerplate]


def _is_unsure(sentence: SentenceReport) -> bool:
    sure = sentence.bead.confidence
    return not isinstance(sure, NotMeasured) and round(sure, 4) < ABSTAIN_BELOW


def _is_unmeasured(sentence: SentenceReport) -> bool:
    back = sentence.signals.back_translation
    return isinstance(sentence.quality, NotMeasured) or (isinstance(back, NotMeasured) and back != NO_MODEL)


def _accepted(report: CorpusReport) -> dict[str, list[Finding]]:
    """By article: serious findings that somebody looked at. A baseline names the sentences that it accepts itself."""
    found: dict[str, list[Finding]] = {}
    for s in report.suppressed:
        if s.by != "baseline" and s.finding.severity >= Severity.MAJOR:
            found.setdefault(s.article, []).append(s.finding)
    return found


def _nothing(report: CorpusReport) -> Iterator[str]:
    if not report.articles:
        yield "There was nothing to check: no article was read."
    for a in report.articles:
        if NOTHING_RAN in a.failures:
            yield f"{a.pair.id}: there was nothing to check it with. {NOTHING_RAN}"
        elif not _pairs(a):
            yield f"{a.pair.id}: there was nothing to check: no sentence of it has a translation beside it."


def reasons(m: Measures, settings: GateSettings) -> Iterator[str]:
    """Why an article fails by its findings, score and sentences; nothing where it does not."""
    if len(m.critical) > settings.max_critical:
        allowed = f" (at most {settings.max_critical})" if settings.max_critical else ""
        yield f"{m.name}: {_many(len(m.critical), 'critical finding')}{allowed}: {_named(m.critical)}."
    yield from _rates(m, settings, lines=True)


def _rates(m: Measures, settings: GateSettings, *, lines: bool = False) -> Iterator[str]:
    where = f": {_named(m.majors)}" if lines else ""
    allowed = settings.max_majors * max(m.words, ENOUGH_WORDS) / 1000
    if len(m.majors) > allowed:
        most = f"at most {int(allowed)} ({settings.max_majors:g} per 1,000)"
        yield f"{m.name}: {_many(len(m.majors), 'major finding')} in {m.words:,} words, {most}{where}."
    if not m.enough_text:
        return
    score = m.score(settings)
    if score < settings.pass_mark:
        points = f"{m.npt:.1f} penalty points per 1,000 words, at most {settings.acceptable_points:g}"
        yield f"{m.name}: MQM score {score:.1f}, below the pass mark {settings.pass_mark:g} ({points})."
    if len(m.low) > settings.max_low_quality * m.sentences:
        where = f": {_lines(m.low)}" if lines else ""
        share = f"{len(m.low)} of {m.sentences} sentences have a quality below {settings.low_quality:g}"
        yield f"{m.name}: {share}, more than {100 * settings.max_low_quality:g} %{where}."


def _unread(report: CorpusReport) -> Iterator[str]:
    yield from (f"{name} could not be read: {why}" for name, why in report.unread)


def _unjudged(article: ArticleReport, settings: GateSettings) -> Iterator[str]:
    yield from (f"{article.pair.id}: {text}" for text in article.failures if text != NOTHING_RAN)
    lost, pairs = unjudged(article), len(_pairs(article))
    if len(lost) > settings.max_unjudged * pairs:
        lines = _lines(s.bead.target[0].line for s in lost)
        share = f"{len(lost)} of {pairs} sentences could not be judged"
        yield f"{article.pair.id}: {share}, more than {100 * settings.max_unjudged:g} %: {lines}."


def _notes(report: CorpusReport, each: Sequence[Measures], settings: GateSettings) -> Iterator[str]:
    yield from _short(each, settings)
    for a in report.articles:
        lost, pairs = unjudged(a), len(_pairs(a))
        if 0 < len(lost) <= settings.max_unjudged * pairs:
            lines = _lines(s.bead.target[0].line for s in lost)
            yield f"{a.pair.id}: {len(lost)} of {pairs} sentences could not be judged: {lines}."
    yield from _left_out(report, settings)
    yield from _skipped(report)


def _short(each: Sequence[Measures], settings: GateSettings) -> Iterator[str]:
    short = [m for m in each if m.words and not m.enough_text]
    if not short:
        return
    why = f"below {ENOUGH_WORDS} the MQM score is not statistically reliable, and only counts of findings decide"
    if len(short) == 1:
        m = short[0]
        yield f"{m.name} has {m.words} words: {why} (score {m.score(settings):.1f})."
    else:
        yield f"{len(short)} of {len(each)} articles have fewer than {ENOUGH_WORDS} words: {why}."


def _left_out(report: CorpusReport, settings: GateSettings) -> Iterator[str]:
    by = Counter(s.by for s in report.suppressed)
    if by:
        named = ", ".join(f"{n:,} by {kind}" for kind, n in sorted(by.items()))
        yield f"{_many(by.total(), 'finding')} accepted beforehand and not counted: {named}."
    found = [f for a in report.articles for f in a.all_findings if f.severity > Severity.NEUTRAL]
    unsure = sum(not _counts(f, settings) for f in found)
    if unsure:
        yield f"{_many(unsure, 'finding')} of less confidence than {settings.min_confidence:g} not counted."


def _skipped(report: CorpusReport) -> Iterator[str]:
    """Rules that ran nowhere or not everywhere, by reason."""
    codes: dict[str, set[str]] = {}
    for a in report.articles:
        for s in a.skipped:
            codes.setdefault(s.reason.split(" sentences: ", 1)[-1], set()).add(s.code)
    for reason, found in codes.items():
        yield f"{_many(len(found), 'rule')} did not run everywhere: {reason}."


def _many(n: int, noun: str) -> str:
    return f"{n:,} {noun}{'s' * (n != 1)}"


def _named(spots: Sequence[Spot]) -> str:
    """`line 3 (ACC301), line 9 (ACC201 ×2) and 4 more`."""
    found = list(Counter(spots).items())
    shown = [f"line {s.line} ({s.code}{f' ×{n}' if n > 1 else ''})" for s, n in found[:_SHOWN]]
    return _listed(shown, sum(n for _, n in found[_SHOWN:]))


def _lines(numbers: Iterable[int]) -> str:
    found = list(dict.fromkeys(numbers))
    word = "line " if len(found) == 1 else "lines "
    return word + _listed([str(n) for n in found[:_SHOWN]], len(found) - _SHOWN)


def _listed(shown: Sequence[str], left: int) -> str:
    return ", ".join(shown) + (f" and {left} more" if left > 0 else "")
