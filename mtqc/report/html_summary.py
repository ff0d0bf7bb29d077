"""What the HTML page says to a desk before any text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mtqc.model import CorpusReport, Suppressed
from mtqc.report import phrases, standing
from mtqc.report.html_rows import Note, Page
from mtqc.report.phrases import Phrases

WORST = 8
"""Length of the list at the top: critical and major findings, worst first."""
PART = 50
"""Sentences that the browser lays out together, or leaves alone together while they are not on screen."""
INDEX = 30
"""Articles of the index that are shown at first, where the page's script runs; report.css hides the others."""
RULES = 10
"""Rules that are listed by how often they found something; the filter has them all."""


def worst(report: CorpusReport, pages: Sequence[Page]) -> list[Note]:
    """The notes of the few findings that matter most."""
    notes = {(id(page.article), id(note.finding)): note for page in pages for note in page.notes}
    return [notes[id(article), id(finding)] for article, finding in standing.worst(report, WORST)]


def categories(notes: Iterable[Note], words: Phrases) -> list[tuple[str, str]]:
    """(value, what to show) of every category that occurs, after its dimension as a whole."""
    paths = sorted({str(n.finding.category) for n in notes})
    options = []
    for dimension in sorted({p.split("/")[0] for p in paths}):
        whole = words.say.say("all of %(category)s", category=words.say.category(dimension))
        options.append((dimension, whole))
        options += [(p, words.say.category(p)) for p in paths if p.startswith(dimension + "/")]
    return options


def ranked(report: CorpusReport, pages: Sequence[Page]) -> list[Page]:
    """Articles for the index, worst first."""
    return [pages[n] for n in standing.by_badness(report.articles)]


def set_aside(suppressed: Iterable[Suppressed], words: Phrases) -> str:
    """How many findings were set aside, and by what; "" without any."""
    return words.suppressed(s.by for s in suppressed)


def marked(entry: Suppressed, words: Phrases) -> str:
    """The text that a finding which was set aside had marked."""
    return words.spelled(phrases.harmless(entry.finding.target.text))
