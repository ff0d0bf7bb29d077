"""Corrected sentences: where a stretch of the old wording stands in the new one, and a suggestion taken into it."""

from __future__ import annotations

from mtqc.model import Fix, SentenceReport, Span


def carried(old: str, new: str, span: Span) -> Span | None:
    """Where the stretch `span` of `old` stands in `new`; None where it was reworded.

    What stands before the first change or behind the last one has only moved. Between them, the same words are looked
    for, the nearest ones taken. Linear, since a line may be as long as it likes.
    """
    before = _shared(old, new)
    after = min(_shared(old[::-1], new[::-1]), len(old) - before, len(new) - before)
    if span.end <= before:
        return span
    shift = len(new) - len(old)
    if span.start >= len(old) - after:
        return span.shift(shift) if span.start + shift >= 0 else None
    return _nearest(new, old[span.start : span.end], span.start, (before, len(new) - after))


def _shared(one: str, other: str) -> int:
    """How many characters both begin with."""
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _nearest(new: str, text: str, wanted: int, window: tuple[int, int]) -> Span | None:
    if not text:
        return None
    first, last = max(0, window[0] - len(text)), min(len(new), window[1] + len(text))
    right = new.find(text, min(max(wanted, first), last), last)
    left = new.rfind(text, first, min(last, wanted + len(text)))
    found = [at for at in (left, right) if at >= 0]
    if not found:
        return None
    at = min(found, key=lambda at: abs(at - wanted))
    return Span(at, at + len(text))


def with_fix(sentence: SentenceReport, current: str, fix: Fix) -> str | None:
    """The sentence's current French with the suggestion in it; None where its place was reworded or lies elsewhere."""
    bead = sentence.bead
    place = fix.location.span
    if not Span(bead.target_start, bead.target_start + len(bead.target_text)).contains(place):
        return None
    at = carried(bead.target_text, current, place.shift(-bead.target_start))
    return None if at is None else current[: at.start] + fix.text + current[at.end :]
