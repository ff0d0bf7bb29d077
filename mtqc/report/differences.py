"""Which words of a back-translation are not in the original, in order: for a reader, not for a score."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

from mtqc.text.tokens import words


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of the back-translation; `differs` where the original has other words there."""

    text: str
    differs: bool


def compare(hypothesis: str, original: str) -> list[Run]:
    """The hypothesis cut into runs of words that are, and are not, the original's. Case is ignored."""
    here, there = words(hypothesis), words(original)
    matcher = SequenceMatcher(None, [w.norm.lower() for w in here], [w.norm.lower() for w in there], autojunk=False)
    runs: list[Run] = []
    at = 0
    for tag, first, last, _, _ in matcher.get_opcodes():
        if tag in {"equal", "insert"} or first == last:
            continue
        start, end = here[first].start, here[last - 1].end
        runs += [Run(hypothesis[at:start], False), Run(hypothesis[start:end], True)]
        at = end
    return [run for run in (*runs, Run(hypothesis[at:], False)) if run.text]
