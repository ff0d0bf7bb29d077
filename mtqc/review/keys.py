"""The keys of the review page: one list for the script, the help on the page, and docs/review.md."""

from __future__ import annotations

from dataclasses import dataclass

from mtqc.review.words import N_


@dataclass(frozen=True, slots=True)
class Key:
    """`keys`: as `KeyboardEvent.key`, the first one is shown on the button; `act`: what the script does; `where`:
    "" while reading, "writing" in a text field.
    """

    keys: tuple[str, ...]
    act: str
    says: str
    where: str = ""


KEYS = (
    Key(("n", "j"), "next", N_("next open finding")),
    Key(("p", "k"), "previous", N_("previous finding")),
    Key(("a",), "accept", N_("accept: the finding is right")),
    Key(("A",), "accept-everywhere", N_("accept the same name or term everywhere")),
    Key(("d",), "dismiss", N_("dismiss: the text may stay as it is")),
    Key(("D",), "dismiss-everywhere", N_("dismiss the same name or term everywhere")),
    Key(("R",), "dismiss-rule", N_("dismiss this rule in this article")),
    Key(("s",), "take", N_("take the suggestion into the sentence")),
    Key(("e",), "edit", N_("edit the sentence")),
    Key(("c",), "comment", N_("comment")),
    Key(("1",), "critical", N_("severity: critical")),
    Key(("2",), "major", N_("severity: major")),
    Key(("3",), "minor", N_("severity: minor")),
    Key(("4",), "neutral", N_("severity: neutral")),
    Key(("u",), "undo", N_("undo your last decision")),
    Key(("b",), "back", N_("show or hide the back-translation")),
    Key(("i",), "overview", N_("back to the list of articles")),
    Key(("/",), "search", N_("search")),
    Key(("?",), "help", N_("this list")),
    Key(("Escape",), "close", N_("close, or leave a text field without saving")),
    Key(("Ctrl+Enter",), "save", N_("save what was written"), "writing"),
    Key(("Alt+s",), "insert", N_("put the suggestion into the text"), "writing"),
)
"""Letters are what the keyboard types, so they lie where each layout has them; digits count with and without Shift."""


def shown(key: str) -> str:
    """How a key is printed: `Shift+D` of "D", `Esc` of "Escape"."""
    if len(key) == 1 and key.isupper():
        return f"Shift+{key}"
    return {"Escape": "Esc"}.get(key, key)


def of(act: str) -> str:
    """The key that is printed on the button of an act."""
    return next(shown(k.keys[0]) for k in KEYS if k.act == act).replace("Shift+", "⇧")
