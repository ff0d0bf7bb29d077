"""Where a finding belongs: its sentence, and its place among the sentence's findings."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence

from mtqc.model import Bead, Finding


def order(f: Finding) -> tuple[int, int, str]:
    """In the order of the text; at one place, worst first."""
    return f.target.span.start, -int(f.severity), f.code


def homes(beads: Sequence[Bead]) -> Callable[[Finding], int]:
    """Which bead a finding belongs to: the last one that starts at or before the marked place; where the place is
    empty, the last that holds the words of the original. `beads` are in document order on both sides.
    """
    starts = [b.target_start for b in beads]
    with_source = [b for b in beads if b.source]
    source_starts = [b.source_start for b in with_source]

    def home(f: Finding) -> int:
        if f.source is not None and not len(f.target.span):
            at = f.source.span.start
            number = bisect_right(source_starts, at)
            before = with_source[number - 1 : number] if number else []
            if before and at <= before[0].source_start + len(before[0].source_text):
                return before[0].index
        found = bisect_right(starts, f.target.span.start) - 1
        return beads[found].index if found >= 0 else 0

    return home
