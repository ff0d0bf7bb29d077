"""What an editor did: one event each, never changed and never taken away. To take one back is an event too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Literal

Action = Literal["accept", "dismiss", "severity", "edit", "comment", "undo"]
Scope = Literal["finding", "rule-in-article", "everywhere"]


@dataclass(frozen=True, slots=True)
class Event:
    """One act. `id` and `at` (UTC, ISO 8601) come from the store: 0 and "" before it is there.

    `fingerprint` and `ordinal`: the finding that it was made on (the ordinal counts findings of the same fingerprint in
    the article, from 0). An edit with a fingerprint accepts that finding too. `text`: the marked text, folded
    (`mtqc.text.tokens.fold`), of an edit the sentence's new wording. `source_text`: the counterpart, folded.
    `severity`: what it is changed to. `undoes`: the event that an undo takes back. `base`: of an edit,
    `mtqc.policy.pair_fingerprint` of the sentence and its original as they were checked, so that it never lands on
    another sentence.
    """

    id: int
    at: str
    editor: str
    action: Action
    scope: Scope
    article: str
    sentence: str
    fingerprint: str
    code: str
    text: str
    source_text: str
    severity: str
    comment: str
    undoes: int
    ordinal: int = 0
    base: str = ""

    @property
    def is_verdict(self) -> bool:
        """Whether it says of a finding that it is right or wrong."""
        return self.action in {"accept", "dismiss"} or (self.action == "edit" and bool(self.fingerprint))

    @property
    def subjects(self) -> frozenset[tuple[str | int, ...]]:
        """What it is about: two events that share a subject compete. An undo's is the event that it takes back."""
        found: set[tuple[str | int, ...]] = set()
        if self.action == "undo":
            return frozenset({("undo", self.undoes)})
        if self.action == "edit":
            found.add(("text", self.article, self.sentence))
        kind = "verdict" if self.is_verdict else self.action
        if self.fingerprint:
            found.add((kind, self.article, self.fingerprint, self.ordinal))
        if self.scope == "rule-in-article":
            found.add((kind, self.article, self.code))
        if self.scope == "everywhere":
            found.add((kind, "", self.code, self.text, self.source_text))
        return frozenset(found)


NAMES = tuple(f.name for f in fields(Event))


def says_same(one: Event, other: Event) -> bool:
    """Whether both are the same act by the same editor: one may be the other, sent again after a lost answer."""
    return all(getattr(one, name) == getattr(other, name) for name in NAMES if name not in {"id", "at", "base"})


def live(events: Iterable[Event]) -> tuple[Event, ...]:
    """The events that stand, in order. An undo takes back one earlier event of its own editor, and no undo."""
    standing: dict[int, Event] = {}
    for event in events:
        if event.action != "undo":
            standing[event.id] = event
        elif is_own(standing.get(event.undoes), event):
            del standing[event.undoes]
    return tuple(standing.values())


def is_own(undone: Event | None, undo: Event) -> bool:
    """Whether an event may be taken back by that undo: nobody takes back what somebody else did."""
    return undone is not None and undone.editor == undo.editor
