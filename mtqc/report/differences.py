"""Which words of a back-translation are not the original's, in order: for a reader, not for a score."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from mtqc.text.tokens import words


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of the back-translation: `same` as in the original, or `other` words than there.

    `missing`: words of the original (not of the back-translation) that have no counterpart here.
    """

    text: str
    kind: Literal["same", "other", "missing"]


def compare(hypothesis: str, original: str) -> list[Run]:
    """The hypothesis cut into runs of words, the missing ones put in where they would stand. Case is ignored."""
    here, there = words(hypothesis), words(original)
    matcher = SequenceMatcher(None, [w.norm.lower() for w in here], [w.norm.lower() for w in there], autojunk=False)
    runs: list[Run] = []
    at = 0
    for tag, first, last, lost, regained in matcher.get_opcodes():
        if tag == "equal":
            continue
        start = here[first].start if tag != "insert" else here[first - 1].end if first else 0
        runs.append(Run(hypothesis[at:start], "same"))
        at = start
        if tag == "insert":
            runs.append(Run(original[there[lost].start : there[regained - 1].end], "missing"))
        else:
            at = here[last - 1].end
            runs.append(Run(hypothesis[start:at], "other"))
    return [run for run in (*runs, Run(hypothesis[at:], "same")) if run.text]
