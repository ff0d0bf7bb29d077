"""Where a stretch of a document stands: lines and columns for people, offsets inside the line for programs."""

from __future__ import annotations

from dataclasses import dataclass

from mtqc.model import ArticlePair, Side, Span
from mtqc.text.offsets import LineIndex


@dataclass(frozen=True, slots=True)
class Place:
    """`line` and `end_line` count from 1; `start` and `end` count code points from 0, both from the start of `line`.

    A place that runs over a line end goes on counting (the line break included), so `end - start` is always its length.
    """

    line: int
    start: int
    end: int
    end_line: int

    @property
    def column(self) -> int:
        """Column of the first code point in `line`, from 1."""
        return self.start + 1


class Places:
    """Line numbers of one article's two documents; indexes each text once."""

    def __init__(self, pair: ArticlePair) -> None:
        self.pair = pair
        self._index: dict[Side, LineIndex] = {
            "source": LineIndex(pair.source.text),
            "target": LineIndex(pair.target.text),
        }

    def at(self, side: Side, span: Span) -> Place:
        """The place of a document stretch. An end right after a line break still belongs to the line it breaks."""
        index = self._index[side]
        line, start = index.place(span.start)
        end_line = index.line(span.end - 1) if len(span) else line
        return Place(line, start, start + len(span), end_line)
