"""What a review has come to: of each finding what was decided, of each corrected sentence its wording."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from mtqc.model import CorpusReport, SentenceReport
from mtqc.placing import homes
from mtqc.review.events import Event
from mtqc.review.index import Index, Place
from mtqc.review.state import Judgement, fold, live

LONGEST_NAME = 80
"""Characters of a file's name; of four bytes each, with its ending, they stay under the 255 that file systems take."""
_UNSAFE = re.compile(r"[^\w.]+")
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)")


class Outcome:
    """A report under review, as the events so far leave it."""

    def __init__(self, report: CorpusReport, events: Sequence[Event]) -> None:
        self.report = report
        self.index = Index(report)
        self.state = fold(report, tuple(events))
        self.standing = live(tuple(events))

    def judgement(self, place: Place) -> Judgement:
        """What was decided on a finding."""
        name = self.report.articles[place.article].pair.id
        return self.state.judgement(name, place.finding.fingerprint, place.ordinal)

    def edits(self, number: int) -> dict[str, str]:
        """The corrected sentences of an article, those that read as before left out: `s12` → its wording, trimmed."""
        article = self.report.articles[number]
        found = ((s, self.state.edits.get((article.pair.id, s.id))) for s in article.sentences)
        return {
            s.id: e.text.strip() for s, e in found if e is not None and e.text.strip() != s.bead.target_text.strip()
        }

    def judged(self, number: int) -> Iterator[tuple[SentenceReport, list[tuple[Place, Judgement]]]]:
        """Each sentence of an article with its findings; one of the whole article goes with its first place."""
        article = self.report.articles[number]
        home = homes([s.bead for s in article.sentences])
        found: dict[int, list[tuple[Place, Judgement]]] = {}
        for place in self.index.by_article[number]:
            n = place.sentence.bead.index if place.sentence else home(place.finding)
            found.setdefault(n, []).append((place, self.judgement(place)))
        for n, sentence in enumerate(article.sentences):
            yield sentence, found.get(n, [])


def safe_names(wanted: Iterable[str]) -> tuple[str, ...]:
    """A file name for each name, without its ending: no two alike, nothing in them that leads elsewhere."""
    taken: set[str] = set()
    names = []
    for given in wanted:
        plain = _UNSAFE.sub("-", given)[:LONGEST_NAME].strip("-.") or "article"
        plain = f"article-{plain}" if _RESERVED.match(plain) else plain
        name, n = plain, 2
        while name.casefold() in taken:
            name, n = f"{plain}-{n}", n + 1
        taken.add(name.casefold())
        names.append(name)
    return tuple(names)


def milliseconds(at: str) -> int | None:
    """An event's time in milliseconds since 1970; None where it is none."""
    try:
        return round(datetime.fromisoformat(at).timestamp() * 1000)
    except ValueError:
        return None
