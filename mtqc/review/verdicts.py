"""What is said about decisions: on a card, after one was saved, about others' work, where two compete."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from mtqc.interface import Interface
from mtqc.model import Finding
from mtqc.report import phrases
from mtqc.review.decisions import Wish
from mtqc.review.desk import Taken
from mtqc.review.events import Event
from mtqc.review.sheets import Judged
from mtqc.review.state import Edited, Judgement


def judged(judgement: Judgement, finding: Finding, say: Interface) -> Judged:
    """What stands of a finding, in words."""
    severity = judgement.severity or finding.severity.label
    return Judged(judgement.status, severity, judgement.comment, _verdict(judgement, say))


def _verdict(judgement: Judgement, say: Interface) -> str:
    if judgement.status == "open":
        return ""
    accepted = judgement.status == "accepted"
    verdict = say.say("Accepted") if accepted else say.say("Dismissed")
    if judgement.settled_by == "everywhere":
        verdict = say.say("Accepted everywhere") if accepted else say.say("Dismissed everywhere")
    elif judgement.settled_by == "rule-in-article":
        verdict = say.say("Dismissed with its rule in this article")
    return f"{verdict} · {_name(judgement.editor, say)}"


def _name(editor: str, say: Interface) -> str:
    return phrases.harmless(editor) or say.say("without a name")


def corrected(edit: Edited, say: Interface) -> str:
    """Who corrected a sentence."""
    return say.say("Corrected · %(who)s", who=_name(edit.editor, say))


def progress(open_: int, total: int, say: Interface) -> str:
    """`3 open of 14`."""
    return say.count("%(n)s open of %(total)s", "%(n)s open of %(total)s", open_, total=say.number(total))


def done(wish: Wish, settled: int, say: Interface) -> str:
    """What was saved, and what it settled besides."""
    others = settled - 1
    texts = {
        "accept": say.say("Accepted."),
        "accept-everywhere": say.say("Accepted everywhere."),
        "dismiss": say.say("Dismissed."),
        "dismiss-rule": say.say("Rule dismissed in this article."),
        "dismiss-everywhere": say.say("Dismissed everywhere."),
        "severity": say.say("Severity changed."),
        "comment": say.say("Comment saved."),
        "take": say.say("Suggestion taken."),
        "edit": say.say("Sentence saved."),
        "undo": say.say("Undone."),
    }
    if others < 1:
        return texts[wish.act]
    many = say.count("%(n)s other finding is settled too.", "%(n)s other findings are settled too.", others)
    if wish.act == "undo":
        many = say.count("%(n)s finding is as it was.", "%(n)s findings are as they were.", settled)
    return f"{texts[wish.act]} {many}"


def news(events: Sequence[Event], say: Interface) -> str:
    """What others did meanwhile."""
    by_editor = Counter(_name(e.editor, say) for e in events)
    return " ".join(
        say.count("%(who)s made %(n)s change.", "%(who)s made %(n)s changes.", n, who=who)
        for who, n in by_editor.items()
    )


def clash(taken: Taken, current: str, say: Interface) -> dict[str, str]:
    """Both sides of a conflict. `current`: the sentence's French as it stands."""
    newest = taken.newer[-1]
    who, wished = _name(newest.editor, say), taken.wished
    if wished.action == "edit":
        what = say.say("%(who)s changed the same sentence. Both texts are here; nothing is lost.", who=who)
        return {
            "what": what,
            "who": who,
            "theirs": phrases.harmless(current),
            "mine": phrases.harmless(wished.text),
        }
    what = say.say("%(who)s decided on the same finding before your decision arrived.", who=who)
    return {"what": what, "who": who, "theirs": _told(newest, say), "mine": _told(wished, say)}


def _told(event: Event, say: Interface) -> str:
    acts = {
        ("accept", "finding"): say.say("Accepted"),
        ("accept", "everywhere"): say.say("Accepted everywhere"),
        ("dismiss", "finding"): say.say("Dismissed"),
        ("dismiss", "rule-in-article"): say.say("Dismissed with its rule in this article"),
        ("dismiss", "everywhere"): say.say("Dismissed everywhere"),
    }
    if event.action == "severity":
        return say.say("Severity: %(severity)s", severity=say.severity(event.severity))
    if event.action == "comment":
        return say.say("Comment: %(comment)s", comment=phrases.harmless(event.comment))
    if event.action == "edit":
        return say.say("Corrected: %(text)s", text=phrases.harmless(event.text))
    if event.action == "undo":
        return say.say("A decision taken back")
    return acts[event.action, event.scope]


def script(say: Interface) -> dict[str, object]:
    """The words that the page's script needs; their slots are filled there."""
    slots = {name: f"%({name})s" for name in ("n", "total", "why")}
    return {
        "saved": say.say("saved"),
        "saving": say.say("saving…"),
        "unsaved": say.say("not saved yet"),
        "waiting": say.say("%(n)s not saved", **slots),
        "offline": say.say(
            "The server does not answer. What you decided is kept in this browser and is sent again by itself; "
            "leave this page open, and start mtqc review again."
        ),
        "locked": say.say(
            "mtqc review was started anew. Open the address that it printed, in this browser; "
            "what is not saved yet is sent from there if the port is the same. Until then leave this page open."
        ),
        "broken": say.say("The server could not save it. It is kept in this browser and is sent again by itself."),
        "refused": say.say("Not saved: %(why)s", **slots),
        "restored": say.say("A text that was not saved yet is open again."),
        "meanwhile": say.say("Somebody else changed this sentence meanwhile; yours stays as you write it."),
        "no_suggestion": say.say("This finding has no suggestion that fits into its sentence."),
        "nothing_to_edit": say.say("There is no translated sentence to edit here."),
        "place": say.say("%(n)s of %(total)s", **slots),
        "save": say.say("Save"),
        "cancel": say.say("Cancel"),
        "insert": say.say("Suggestion"),
        "french": say.say("Translated sentence"),
        "comment": say.say("Comment"),
        "severities": {s.label: say.severity(s) for s in phrases.SEVERITIES},
    }
