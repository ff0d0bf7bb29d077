"""Corrected sentences: where the old words stand in the new wording, what changed, a suggestion taken in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from mtqc.model import Fix, SentenceReport, Span
from mtqc.report.differences import Run

COMPARED = 600
"""Words of a changed stretch up to which it is compared word by word: that takes the square of their number."""
_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")


def carried(old: str, new: str, span: Span) -> Span | None:
    """Where the stretch `span` of `old` stands in `new`; None where it was reworded: a letter more makes another word.

    What stands before the first change or behind the last one has only moved. Between them, the same words are looked
    for, the nearest ones taken. Linear, since a line may be as long as it likes.
    """
    at = _moved(old, new, span)
    return at if at is None or _ends(new, at) <= _ends(old, span) else None


def _moved(old: str, new: str, span: Span) -> Span | None:
    before, after = _kept(old, new)
    if span.end <= before:
        return span
    if span.start >= len(old) - after:
        return span.shift(len(new) - len(old))
    return _nearest(new, old[span.start : span.end], span.start, Span(before, len(new) - after))


def is_reworded(old: str, new: str, span: Span) -> bool:
    """Whether the stretch `span` of `old` no longer stands in `new`; of an empty one: whether something came there."""
    if len(span):
        return carried(old, new, span) is None
    before, after = _kept(old, new)
    return old != new and before <= span.start <= len(old) - after


def changes(old: str, new: str) -> tuple[Run, ...]:
    """The new wording: what stayed (`same`), what is new (`other`), and before it the old words (`missing`)."""
    was, now = _TOKEN.findall(old), _TOKEN.findall(new)
    before, after = _kept(was, now)
    last, end = len(was) - after, len(now) - after
    runs = [Run("".join(now[:before]), "same")]
    if max(last, end) - before > COMPARED:
        runs += [Run("".join(was[before:last]), "missing"), Run("".join(now[before:end]), "other")]
    else:
        runs += _compared(was[before:last], now[before:end])
    return tuple(run for run in (*runs, Run("".join(now[end:]), "same")) if run.text)


def with_fix(sentence: SentenceReport, current: str, fix: Fix) -> str | None:
    """The sentence's current wording with the suggestion in it; None where its place was reworded or lies elsewhere."""
    bead = sentence.bead
    if not holds(sentence, fix.location.span):
        return None
    at = carried(bead.target_text, current, fix.location.span.shift(-bead.target_start))
    return None if at is None else current[: at.start] + fix.text + current[at.end :]


def holds(sentence: SentenceReport, span: Span) -> bool:
    """Whether a stretch of the translation lies in the sentence."""
    bead = sentence.bead
    return Span(bead.target_start, bead.target_start + len(bead.target_text)).contains(span)


def _ends(text: str, span: Span) -> set[str]:
    """At which ends a stretch cuts a word in two."""
    if not len(span):
        return set()
    start, end = span.start, span.end
    cuts = {
        "start": text[start - 1 : start].isalnum() and text[start].isalnum(),
        "end": text[end : end + 1].isalnum() and text[end - 1].isalnum(),
    }
    return {name for name, cut in cuts.items() if cut}


def _kept(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """How much both have in common at the start, and of the rest at the end."""
    before = _shared(old, new)
    return before, min(_shared(old[::-1], new[::-1]), len(old) - before, len(new) - before)


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _nearest(new: str, text: str, wanted: int, changed: Span) -> Span | None:
    if not text:
        return None
    first, last = max(0, changed.start - len(text)), min(len(new), changed.end + len(text))
    right = new.find(text, min(max(wanted, first), last), last)
    left = new.rfind(text, first, min(last, wanted + len(text)))
    at = min((at for at in (left, right) if at >= 0), key=lambda at: abs(at - wanted), default=None)
    return None if at is None else Span(at, at + len(text))


def _compared(was: Sequence[str], now: Sequence[str]) -> list[Run]:
    runs: list[Run] = []
    for tag, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if tag != "equal":
            runs.append(Run("".join(was[a:b]), "missing"))
        runs.append(Run("".join(now[c:d]), "same" if tag == "equal" else "other"))
    return runs
