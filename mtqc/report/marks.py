"""Which findings mark which stretches of which sentence, and the cutting of a text along overlapping marks."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from mtqc.model import ArticleReport, Bead, Finding, Location, Side, Span

MarkRole = Literal["found", "counterpart", "related"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of one side of a bead that finding `number` (from 1, order of `all_findings`) points at.

    `span` counts from the start of the bead's text on that side, clipped to it. Empty: only a place.
    """

    span: Span
    number: int
    role: MarkRole


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text, and the marks that all of it lies under. No text: the place of an empty mark."""

    text: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class BeadMarks:
    """All marks on a bead's two texts, in order of their start."""

    source: tuple[Mark, ...]
    target: tuple[Mark, ...]


def segments(text: str, marks: Sequence[Mark]) -> list[Segment]:
    """Cut `text` at every start and end of a mark. The pieces' texts, joined, are `text` again."""
    cuts = sorted({0, len(text)} | {p for m in marks for p in (m.span.start, m.span.end)})
    places: dict[int, list[Mark]] = {}
    for mark in marks:
        if not len(mark.span):
            places.setdefault(mark.span.start, []).append(mark)
    cut: list[Segment] = [Segment("", (m,)) for m in places.get(0, ())]
    for start, end in pairwise(cuts):
        over = tuple(m for m in marks if m.span.start <= start and end <= m.span.end and len(m.span))
        cut.append(Segment(text[start:end], over))
        cut += [Segment("", (m,)) for m in places.get(end, ())]
    return cut


class _Side:
    """The beads that have text on one side, searchable by document offset."""

    def __init__(self, beads: Iterable[Bead], side: Side) -> None:
        self._spans = sorted(
            (start, start + len(text), n)
            for n, bead in enumerate(beads)
            for start, text in [bead_text(bead, side)]
            if text
        )
        self._starts = [start for start, _, _ in self._spans]

    def holding(self, span: Span) -> list[tuple[int, Span]]:
        """(bead number, stretch inside the bead) of every bead that `span` touches; of an empty span the first."""
        if not len(span):
            at = bisect_right(self._starts, span.start) - 1
            held = [self._spans[i] for i in (at - 1, at) if i >= 0]
            return [(n, Span(span.start - a, span.start - a)) for a, b, n in held if a <= span.start <= b][:1]
        first = max(0, bisect_right(self._starts, span.start) - 1)
        last = bisect_left(self._starts, span.end)
        clipped = ((n, a, max(a, span.start), min(b, span.end)) for a, b, n in self._spans[first:last])
        return [(n, Span(start - a, end - a)) for n, a, start, end in clipped if start < end]


def bead_text(bead: Bead, side: Side) -> tuple[int, str]:
    """(document offset, text) of one side of a bead."""
    return (bead.source_start, bead.source_text) if side == "source" else (bead.target_start, bead.target_text)


def _inside(bead: Bead, location: Location) -> Span | None:
    start, text = bead_text(bead, location.side)
    if not Span(start, start + len(text)).contains(location.span):
        return None
    return location.span.shift(-start)


def _pointed(finding: Finding) -> list[tuple[MarkRole, Location]]:
    pointed: list[tuple[MarkRole, Location]] = [("found", finding.target)]
    if finding.source is not None:
        pointed.append(("counterpart", finding.source))
    return pointed + [("related", place) for place in finding.related]


def marks_by_bead(article: ArticleReport) -> list[BeadMarks]:
    """Marks of every finding, those of the whole article too, on the sentence reports of `article`, in their order.

    A place that lies in the finding's own bead is marked there; any other in whichever beads hold it.
    """
    beads = [s.bead for s in article.sentences]
    sides: dict[Side, _Side] = {"source": _Side(beads, "source"), "target": _Side(beads, "target")}
    marked: dict[tuple[int, Side], list[Mark]] = {}
    owners = [n for n, s in enumerate(article.sentences) for _ in s.findings] + [None] * len(article.findings)
    for number, (finding, owner) in enumerate(zip(article.all_findings, owners, strict=True), 1):
        for role, location in _pointed(finding):
            own = _inside(beads[owner], location) if owner is not None else None
            held = (
                [(owner, own)] if owner is not None and own is not None else sides[location.side].holding(location.span)
            )
            for n, span in held:
                marked.setdefault((n, location.side), []).append(Mark(span, number, role))
    ordered = {key: tuple(sorted(marks, key=lambda m: (m.span, m.number))) for key, marks in marked.items()}
    return [BeadMarks(ordered.get((n, "source"), ()), ordered.get((n, "target"), ())) for n in range(len(beads))]
