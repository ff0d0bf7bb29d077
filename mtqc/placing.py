"""Where a finding belongs: its sentence, and its place among the sentence's findings."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mtqc.model import Bead, Finding


def order(f: Finding) -> tuple[int, int, str]:
    """In the order of the text; at one place, worst first."""
    return f.target.span.start, -int(f.severity), f.code


def homes(beads: Sequence[Bead]) -> Callable[[Finding], int]:
    """Which bead a finding belongs to: the last one that starts at or before the marked place; where the place is
    empty, the last that holds the words of the original.
    """
    starts = [(b.target_start, b.index) for b in beads]

    def home(f: Finding) -> int:
        before = [i for start, i in starts if start <= f.target.span.start]
        if f.source is not None and not len(f.target.span):
            inside = [
                b.index
                for b in beads
                if b.source and b.source_start <= f.source.span.start <= b.source_start + len(b.source_text)
            ]
            before = inside or before
        return before[-1] if before else 0

    return home
