"""The report, the decisions on disk, and what both come to: what all requests share."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping
from dataclasses import dataclass

from mtqc.model import CorpusReport, Severity
from mtqc.report import phrases
from mtqc.review.decisions import NOTHING, Refused, Wish, event, subject
from mtqc.review.events import Event, says_same
from mtqc.review.index import Index
from mtqc.review.sheets import LABELS, Sheets
from mtqc.review.state import Folder, Judgement, State
from mtqc.review.store import Conflict, Store


@dataclass(frozen=True, slots=True)
class Tally:
    """How far an article is, or the whole report. `counts`: open findings by severity, worst first."""

    counts: Mapping[Severity, int]
    total: int

    @property
    def open(self) -> int:
        """Findings without a decision."""
        return sum(self.counts.values())

    @property
    def done(self) -> int:
        """Findings with one."""
        return self.total - self.open


@dataclass(frozen=True, slots=True)
class Now:
    """What stands at one moment. `judged`: of each finding, by key; `tallies`: of each article."""

    state: State
    events: tuple[Event, ...]
    judged: Mapping[str, Judgement]
    tallies: tuple[Tally, ...]

    @property
    def last(self) -> int:
        """The id of the last event; 0: there is none."""
        return self.events[-1].id if self.events else 0

    @property
    def total(self) -> Tally:
        """Of the whole report."""
        counts = {s: sum(t.counts[s] for t in self.tallies) for s in phrases.SEVERITIES}
        return Tally(counts, sum(t.total for t in self.tallies))


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a decision: the event on disk, or (`newer`) what somebody else did before it.

    `settled`: keys of the findings whose state it changed; `wished`: what was asked for.
    """

    article: int
    wished: Event
    event: Event | None
    settled: tuple[str, ...] = ()
    newer: tuple[Event, ...] = ()


def worst_first(now: Now) -> list[int]:
    """Numbers of the articles: those with open findings first, the worst of them on top."""
    return sorted(range(len(now.tallies)), key=lambda n: [-count for count in now.tallies[n].counts.values()])


class Desk:
    """One report under review. Several threads may use it at once, and other processes the same store."""

    def __init__(self, report: CorpusReport, store: Store) -> None:
        self.report = report
        self.store = store
        self.index = Index(report)
        self.sheets = Sheets(self.index)
        self._fold = Folder(report)
        self._lock = threading.RLock()
        self._now = self._made(())

    @property
    def run(self) -> str:
        """A name of this report for what browsers keep."""
        parts = [self.report.signature, *(f"{a.pair.id} {a.pair.target.sha256}" for a in self.report.articles)]
        return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:16]

    def look(self) -> Now:
        """What stands now, with what other processes wrote."""
        with self._lock:
            new = self.store.events(after=self._now.last)
            if new:
                self._now = self._made((*self._now.events, *new))
            return self._now

    def decide(self, wish: Wish, editor: str, own: frozenset[int]) -> Taken:
        """Put a decision on disk. `own`: events that the asking tab made itself. Raises Refused, and MtqcError."""
        with self._lock:
            before = self.look()
            number, _ = subject(wish, self.index)
            wished = event(wish, self.index, editor, self.french(before, number, wish))
            if wish.act == "undo" and not any(e.id == wish.undoes and e.editor == editor for e in before.events):
                raise Refused(NOTHING)
            try:
                done = _standing(before, wished) or self._append(wished, wish.seen, own)
            except Conflict as conflict:
                return Taken(number, wished, None, newer=conflict.newer)
            after = self.look()
        changed = tuple(k for k, j in after.judged.items() if j.status != before.judged[k].status)
        return Taken(number, wished, done, changed)

    def french(self, now: Now, number: int, wish: Wish) -> str:
        """The French, as it stands, of the sentence that a wish is about; "" where it is about none."""
        place = self.index.place(wish.finding)
        sentence = place.sentence if place else self.index.sentence(number, wish.sentence)
        if sentence is None:
            return ""
        edit = now.state.edits.get((self.report.articles[number].pair.id, sentence.id))
        return sentence.bead.target_text if edit is None else edit.text

    def _append(self, wished: Event, seen: int, own: frozenset[int]) -> Event:
        """Once more, where only what the tab did itself stands in the way."""
        try:
            return self.store.append(wished, seen)
        except Conflict as conflict:
            same = [e for e in conflict.newer if says_same(e, wished)]
            if same and len(same) == len(conflict.newer):
                return same[-1]
            if any(e.id not in own for e in conflict.newer):
                raise
            return self._append(wished, max(e.id for e in conflict.newer), own)

    def _made(self, events: tuple[Event, ...]) -> Now:
        state = self._fold(events)
        judged, tallies = {}, []
        for number, places in enumerate(self.index.by_article):
            name = self.report.articles[number].pair.id
            mine = {p.key: state.judgement(name, p.finding.fingerprint, p.ordinal) for p in places}
            open_ones = [_severity(mine[p.key], p.finding.severity) for p in places if mine[p.key].status == "open"]
            tallies.append(Tally({s: open_ones.count(s) for s in phrases.SEVERITIES}, len(places)))
            judged.update(mine)
        return Now(state, events, judged, tuple(tallies))


def _standing(now: Now, wished: Event) -> Event | None:
    """The same decision on that one finding by the same editor, where it stands already: written once more, it would
    change nothing but what an undo takes back.
    """
    if wished.action not in {"accept", "dismiss"} or wished.scope != "finding":
        return None
    stands = now.state.judgement(wished.article, wished.fingerprint, wished.ordinal).event
    return next((e for e in now.events if e.id == stands and says_same(e, wished)), None)


def _severity(judgement: Judgement, own: Severity) -> Severity:
    return LABELS.get(judgement.severity, own)
