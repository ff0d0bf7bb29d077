"""What the HTML page says to a desk before any text: what is wrong most, where, how good it is, and since when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mtqc import scoring
from mtqc.model import CorpusReport, NotMeasured, Score, Severity, Suppressed
from mtqc.report import phrases
from mtqc.report.html_rows import Note, Page
from mtqc.report.phrases import Phrases

WORST = 8
"""Length of the list at the top: critical and major findings, worst first."""
RULES = 10
"""Rules that are listed by how often they found something; the filter has them all."""


@dataclass(frozen=True, slots=True)
class RuleCount:
    """A rule that found something: how often, and how bad the worst was. `share`: of the most frequent one, in %."""

    code: str
    name: str
    number: int
    severity: Severity
    share: int


@dataclass(frozen=True, slots=True)
class Overall:
    """The score of all articles together, weighted by their words; `left_out`: articles without a score."""

    score: Score
    left_out: int


def worst(notes: Iterable[Note]) -> list[Note]:
    """The few that matter most: critical before major, the surest first; of several on one stretch, one."""
    severe = [n for n in notes if n.finding.severity >= Severity.MAJOR]
    stretches: dict[object, Note] = {}
    for note in sorted(severe, key=lambda n: (-n.finding.severity, -n.finding.confidence)):
        stretches.setdefault((note.article, note.finding.target.span), note)
    return list(stretches.values())[:WORST]


def rules(notes: Sequence[Note]) -> list[RuleCount]:
    """Every rule that found something, the most frequent first, those that only remark (neutral) last."""
    found: dict[str, list[Note]] = {}
    for note in notes:
        found.setdefault(note.finding.code, []).append(note)
    most = max(map(len, found.values()), default=1)
    counted = [
        RuleCount(
            code, own[0].finding.name, len(own), max(n.finding.severity for n in own), round(100 * len(own) / most)
        )
        for code, own in found.items()
    ]
    return sorted(counted, key=lambda r: (r.severity is Severity.NEUTRAL, -r.number, -r.severity, r.code))


def categories(notes: Iterable[Note], words: Phrases) -> list[tuple[str, str]]:
    """(value, what to show) of every category that occurs, after its dimension as a whole."""
    paths = sorted({str(n.finding.category) for n in notes})
    options = []
    for dimension in sorted({p.split("/")[0] for p in paths}):
        whole = words.say.say("all of %(category)s", category=words.say.category(dimension))
        options.append((dimension, whole))
        options += [(p, words.say.category(p)) for p in paths if p.startswith(dimension + "/")]
    return options


def overall(report: CorpusReport) -> Overall | None:
    """The articles' scores folded into one; None where no article has one."""
    scores = [a.score for a in report.articles if not isinstance(a.score, NotMeasured)]
    if not scores:
        return None
    total = sum(s.words for s in scores)
    points = sum(s.mqm_per_1000_words * s.words / 1000 for s in scores)
    unsaid = NotMeasured("it is measured an article")
    score = Score(
        words=total,
        mqm_per_1000_words=scoring.per_1000_words(points, total),
        quality=scoring.quality(points, total),
        bleu=unsaid,
        chrf=unsaid,
        ter=unsaid,
        enough_text=total >= scoring.ENOUGH_WORDS,
    )
    return Overall(score, len(report.articles) - len(scores))


def ranked(pages: Sequence[Page]) -> list[Page]:
    """Articles for the index, worst first: by critical, then major findings, then quality."""

    def badness(page: Page) -> tuple[object, ...]:
        score = page.article.score
        quality = 0.0 if isinstance(score, NotMeasured) else score.quality
        return (page.article.complete, *(-n for n in page.counts.values()), quality, page.name)

    return sorted(pages, key=badness)


def set_aside(suppressed: Iterable[Suppressed], words: Phrases) -> str:
    """How many findings were set aside, and by what; "" without any."""
    return words.suppressed(s.by for s in suppressed)


def marked(entry: Suppressed, words: Phrases) -> str:
    """The text that a finding which was set aside had marked."""
    return words.spelled(phrases.harmless(entry.finding.target.text))
