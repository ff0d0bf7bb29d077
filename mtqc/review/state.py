"""What the decisions come to: a pure fold of a report and its events.

A decision settles every finding that it reaches: the finding itself, those of its rule in its article, or those that
mark the same name or term anywhere (same code, same marked text, same counterpart, both folded). Where several reach
one finding, the later one stands; except that a decision on many, made on some other finding, does not override what
somebody else decided on this very finding. Verdict, severity and comment are kept apart: each is settled by itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from mtqc.model import ArticleReport, CorpusReport, SentenceReport
from mtqc.policy import pair_fingerprint
from mtqc.review.events import Event, Scope, live
from mtqc.text.tokens import fold as folded

__all__ = ["Edited", "Folder", "Judgement", "State", "fold", "live"]

Status = Literal["open", "accepted", "dismissed"]
Key = tuple[str, str, int]
"""A finding: article, fingerprint, how many of the same fingerprint stand before it in the article."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What stands of a finding. `severity` and `comment`: "" where nobody changed them.

    `editor`, `at`, `event`, `settled_by`: of the verdict; of an open finding `settled_by` is "", and the others are of
    the latest change of its severity or comment.
    """

    status: Status = "open"
    severity: str = ""
    comment: str = ""
    editor: str = ""
    at: str = ""
    event: int = 0
    settled_by: Scope | Literal[""] = ""


@dataclass(frozen=True, slots=True)
class Edited:
    """A sentence's new wording, and who wrote it."""

    text: str
    editor: str
    at: str
    event: int


@dataclass(frozen=True, slots=True)
class State:
    """What stands after some events.

    `edits`: by article and sentence, without those that change nothing. `own`: of each editor, the ids of the events
    that stand. `unmatched`: events that stand and reach nothing in this report.
    """

    judged: Mapping[Key, Judgement] = field(default_factory=dict)
    edits: Mapping[tuple[str, str], Edited] = field(default_factory=dict)
    own: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    unmatched: tuple[Event, ...] = ()

    def judgement(self, article: str, fingerprint: str, ordinal: int = 0) -> Judgement:
        """What stands of a finding."""
        return self.judged.get((article, fingerprint, ordinal), _OPEN)

    def undoable(self, editor: str) -> int:
        """The event that an undo by that editor would take back; 0: there is none."""
        return max(self.own.get(editor, ()), default=0)


_OPEN = Judgement()


class Folder:
    """Folds events over one report, whose findings are looked up once."""

    def __init__(self, report: CorpusReport) -> None:
        self._report = report
        self._rules: dict[tuple[str, str], list[Key]] = {}
        self._terms: dict[tuple[str, str, str], list[Key]] = {}
        self._keys: set[Key] = set()
        for article in report.articles:
            self._enter(article)
        self._articles = {article.pair.id: article for article in reversed(report.articles)}
        self._sentences: dict[str, _Sentences] = {}

    def __call__(self, events: Iterable[Event]) -> State:
        """What stands after these events, which are in the order of their ids."""
        work = _Fold()
        for event in live(events):
            work.own.setdefault(event.editor, []).append(event.id)
            reached = self._reach(event)
            sentence = self._sentence(event) if event.action == "edit" else None
            if sentence is not None:
                work.edit(event, sentence)
            if not reached and sentence is None:
                work.unmatched.append(event)
            for key in reached:
                work.decide(event, key)
        return work.state()

    def _enter(self, article: ArticleReport) -> None:
        met: Counter[str] = Counter()
        name = article.pair.id
        for f in article.all_findings:
            key = (name, f.fingerprint, met[f.fingerprint])
            met[f.fingerprint] += 1
            self._keys.add(key)
            self._rules.setdefault((name, f.code), []).append(key)
            term = (f.code, folded(f.target.text), folded(f.source.text) if f.source else "")
            self._terms.setdefault(term, []).append(key)

    def _reach(self, event: Event) -> list[Key]:
        """The findings that an event is about."""
        if event.action == "edit" and not event.fingerprint:
            return []
        if event.scope == "everywhere":
            return self._terms.get((event.code, event.text, event.source_text), [])
        if event.scope == "rule-in-article":
            return self._rules.get((event.article, event.code), [])
        key = (event.article, event.fingerprint, event.ordinal)
        return [key] if key in self._keys else []

    def _sentence(self, event: Event) -> SentenceReport | None:
        article = self._articles.get(event.article)
        if article is None:
            return None
        if event.article not in self._sentences:
            self._sentences[event.article] = _Sentences(article)
        return self._sentences[event.article].find(event.sentence, event.base)


class _Sentences:
    """An article's sentences, found again where they moved."""

    def __init__(self, article: ArticleReport) -> None:
        self._by_id = {s.id: s for s in article.sentences}
        self._by_print: dict[str, list[SentenceReport]] = {}

    def find(self, name: str, base: str) -> SentenceReport | None:
        """The sentence of that name if it is still the same; or else the only one that is it."""
        named = self._by_id.get(name)
        if named is not None and (not base or _print(named) == base):
            return named
        if not self._by_print:
            for s in self._by_id.values():
                self._by_print.setdefault(_print(s), []).append(s)
        moved = self._by_print.get(base, [])
        return moved[0] if len(moved) == 1 else None


def _print(sentence: SentenceReport) -> str:
    return pair_fingerprint(sentence.bead.source_text, sentence.bead.target_text)


@dataclass(slots=True)
class _Settled:
    """The events that settle one finding."""

    verdict: Event | None = None
    severity: Event | None = None
    comment: Event | None = None

    def judgement(self) -> Judgement:
        verdict = self.verdict
        last = verdict or max((e for e in (self.severity, self.comment) if e), key=lambda e: e.id)
        return Judgement(
            status="open" if verdict is None else "dismissed" if verdict.action == "dismiss" else "accepted",
            severity=self.severity.severity if self.severity else "",
            comment=self.comment.comment if self.comment else "",
            editor=last.editor,
            at=last.at,
            event=last.id,
            settled_by=verdict.scope if verdict else "",
        )


class _Fold:
    """A fold under way."""

    def __init__(self) -> None:
        self.settled: dict[Key, _Settled] = {}
        self.edits: dict[tuple[str, str], Edited] = {}
        self.own: dict[str, list[int]] = {}
        self.unmatched: list[Event] = []

    def edit(self, event: Event, sentence: SentenceReport) -> None:
        """A sentence gets a wording; its own one is none."""
        place = event.article, sentence.id
        if event.text == sentence.bead.target_text:
            self.edits.pop(place, None)
        else:
            self.edits[place] = Edited(event.text, event.editor, event.at, event.id)

    def decide(self, event: Event, key: Key) -> None:
        """An event reaches a finding."""
        at = self.settled.setdefault(key, _Settled())
        if event.is_verdict:
            at.verdict = _stronger(at.verdict, event, key)
        elif event.action == "severity":
            at.severity = _stronger(at.severity, event, key)
        elif event.action == "comment":
            at.comment = _stronger(at.comment, event, key)

    def state(self) -> State:
        judged = {key: settled.judgement() for key, settled in self.settled.items()}
        own = {editor: tuple(ids) for editor, ids in self.own.items()}
        return State(judged, self.edits, own, tuple(self.unmatched))


def _stronger(before: Event | None, event: Event, key: Key) -> Event:
    """The later one; unless it was made on another finding, and somebody else decided on this very one."""
    made_here = (event.article, event.fingerprint, event.ordinal) == key
    if before is None or made_here or before.scope != "finding" or before.editor == event.editor:
        return event
    return before


def fold(report: CorpusReport, events: Iterable[Event]) -> State:
    """What stands after these events. Whoever folds more than once keeps a `Folder`."""
    return Folder(report)(events)
