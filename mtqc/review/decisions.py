"""What a browser asks for, read strictly: an act, on a finding or a sentence that the report holds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from mtqc.model import SentenceReport, Severity
from mtqc.policy import pair_fingerprint
from mtqc.review.events import Action, Event, Scope
from mtqc.review.index import Index, Place
from mtqc.review.wording import holds, is_reworded, with_fix
from mtqc.review.words import N_

MAX_TEXT = 200_000
"""Characters of a sentence; a body of MAX_BODY bytes holds at least as many."""
MAX_COMMENT = 4_000
MAX_NAME = 60

ACTS: dict[str, tuple[Action, Scope]] = {
    "accept": ("accept", "finding"),
    "accept-everywhere": ("accept", "everywhere"),
    "dismiss": ("dismiss", "finding"),
    "dismiss-rule": ("dismiss", "rule-in-article"),
    "dismiss-everywhere": ("dismiss", "everywhere"),
    "severity": ("severity", "finding"),
    "comment": ("comment", "finding"),
    "take": ("edit", "finding"),
    "edit": ("edit", "finding"),
    "undo": ("undo", "finding"),
}
"""What the page's buttons are called, and what they mean."""

UNKNOWN_ACT = N_("There is no such action.")
UNKNOWN_FINDING = N_("The report holds no such finding.")
UNKNOWN_SENTENCE = N_("The report holds no such sentence.")
NOT_TEXT = N_("The request is not what this page sends.")
TOO_LONG = N_("The text is too long to be saved.")
CONTROLS = N_("The text holds control characters, which no article can hold: take them out, and save again.")
NO_FIX = N_("The suggestion no longer fits: its place in the sentence was reworded.")
NO_TERM = N_("This finding marks no name or term that could stand elsewhere.")
NO_SEVERITY = N_("There is no such severity.")
NOTHING = N_("There is nothing of yours to undo.")
_UNSOUND = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
"""Control characters make a text a binary file; lone surrogates fit into no file. No keyboard types either."""


class Refused(Exception):  # noqa: N818 -- it is an answer rather than a fault
    """What was asked for cannot be done; `message` says why, `status` is HTTP's."""

    def __init__(self, message: str, status: int = 422) -> None:
        super().__init__(message)
        self.message = message
        self.status = status


@dataclass(frozen=True, slots=True)
class Wish:
    """One act, as it was sent. `seen`: the last event that the page had seen."""

    act: str
    finding: str = ""
    article: int = -1
    sentence: str = ""
    text: str = ""
    severity: str = ""
    comment: str = ""
    seen: int = 0
    undoes: int = 0
    page: int = 1


def read(data: Mapping[str, Any]) -> Wish:
    """The act that a form or a JSON object asks for. Raises Refused."""
    wish = Wish(
        act=_text(data, "do"),
        finding=_text(data, "finding"),
        article=_number(data, "article") - 1,
        sentence=_text(data, "sentence"),
        text=_text(data, "text", MAX_TEXT),
        severity=_text(data, "severity"),
        comment=_text(data, "comment", MAX_COMMENT),
        seen=_number(data, "seen"),
        undoes=_number(data, "undoes"),
        page=max(1, _number(data, "page")),
    )
    if wish.act not in ACTS:
        raise Refused(UNKNOWN_ACT)
    return wish


def _text(data: Mapping[str, Any], name: str, limit: int = 100) -> str:
    value = data.get(name, "")
    if not isinstance(value, str):
        raise Refused(NOT_TEXT, 400)
    if len(value) > limit:
        raise Refused(TOO_LONG, 413)
    return _sound(value)


def _sound(text: str) -> str:
    if _UNSOUND.search(text):
        raise Refused(CONTROLS, 400)
    return text


def _number(data: Mapping[str, Any], name: str) -> int:
    value = data.get(name, 0)
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 16:
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**53:
        raise Refused(NOT_TEXT, 400)
    return value


def subject(wish: Wish, index: Index) -> tuple[int, Place | None]:
    """(article, finding) that the act is about; an edit and an undo need no finding. Raises Refused."""
    place = index.place(wish.finding)
    if place is not None:
        return place.article, _of_sentence(place, wish)
    if wish.finding or wish.act not in {"edit", "undo"}:
        raise Refused(UNKNOWN_FINDING, 404)
    if index.article(wish.article) is None or (wish.act == "edit" and not index.sentence(wish.article, wish.sentence)):
        raise Refused(UNKNOWN_SENTENCE, 404)
    return wish.article, None


def _of_sentence(place: Place, wish: Wish) -> Place:
    if wish.act == "edit" and (place.sentence is None or place.sentence.id != wish.sentence):
        raise Refused(UNKNOWN_SENTENCE, 404)
    return place


def event(wish: Wish, index: Index, editor: str, current: str) -> Event:
    """The event that the act adds. `current`: the sentence's French as it stands. Raises Refused."""
    number, place = subject(wish, index)
    article = cast("Any", index.article(number)).pair.id
    if wish.act == "edit":
        text, settles = _written(wish, index, number), place if place and _settles(place, wish) else None
        done = _event(wish, editor, article, place=settles, sentence=wish.sentence, text=text)
        return _based(done, index.sentence(number, wish.sentence))
    if wish.act == "undo":
        if not wish.undoes:
            raise Refused(NOTHING)
        return _event(wish, editor, article, undoes=wish.undoes)
    assert place is not None
    if wish.act == "take":
        return _based(_event(wish, editor, article, place=place, text=_taken(place, current)), place.sentence)
    if wish.act == "severity" and wish.severity.upper() not in Severity.__members__:
        raise Refused(NO_SEVERITY)
    if ACTS[wish.act][1] == "everywhere" and not place.is_term:
        raise Refused(NO_TERM)
    return _event(wish, editor, article, place=place, text=place.marked)


def _settles(place: Place, wish: Wish) -> bool:
    """Whether the new wording does away with what the finding marks: so it was right, and is mended."""
    sentence, span = place.sentence, place.finding.target.span
    if sentence is None or not holds(sentence, span):
        return False
    return is_reworded(sentence.bead.target_text, wish.text, span.shift(-sentence.bead.target_start))


def _written(wish: Wish, index: Index, number: int) -> str:
    """The new wording, with the line ends of the old one: a browser knows only one kind. "": the sentence goes."""
    sentence = index.sentence(number, wish.sentence)
    if not wish.text.strip():
        return ""
    lines = wish.text.replace("\r\n", "\n")
    return lines.replace("\n", "\r\n") if sentence and "\r\n" in sentence.bead.target_text else lines


def _taken(place: Place, current: str) -> str:
    fix, sentence = place.finding.fix, place.sentence
    text = with_fix(sentence, current, fix) if fix and sentence else None
    if text is None:
        raise Refused(NO_FIX)
    return _sound(text)


def _event(
    wish: Wish,
    editor: str,
    article: str,
    *,
    place: Place | None = None,
    sentence: str = "",
    text: str = "",
    undoes: int = 0,
) -> Event:
    action, scope = ACTS[wish.act]
    return Event(
        id=0,
        at="",
        editor=editor,
        action=action,
        scope=scope,
        article=article,
        sentence=place.sentence.id if place and place.sentence else sentence,
        fingerprint=place.finding.fingerprint if place else "",
        code=place.finding.code if place else "",
        text=text,
        source_text=place.original if place else "",
        severity=wish.severity if wish.act == "severity" else "",
        comment=wish.comment,
        undoes=undoes,
        ordinal=place.ordinal if place else 0,
    )


def _based(edit: Event, sentence: SentenceReport | None) -> Event:
    """The edit with what it was made on, so that it never lands on another sentence."""
    assert sentence is not None
    return replace(edit, base=pair_fingerprint(sentence.bead.source_text, sentence.bead.target_text))
