"""Texts set in columns of terminal cells: lines broken at spaces, marks as labelled rows of carets below the line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from rich.cells import cell_len
from rich.text import Text

from mtqc.model import Span
from mtqc.report.phrases import harmless

_WORD = re.compile(r"[^ \n]+")


@dataclass(frozen=True, slots=True)
class Label:
    """A mark on a text: one letter that names the finding, the caret that underlines it, and a rich style."""

    span: Span
    letter: str
    caret: str
    style: str


def wrap(text: str, width: int) -> list[Span]:
    """Lines of at most `width` cells, as stretches of `text`; broken at spaces and line breaks, which stand in none.

    No-break spaces do not break; a word that is wider than the column is cut.
    """
    lines: list[Span] = []
    start = end = 0
    used = 0
    for piece in _pieces(text, width):
        cells = cell_len(text[piece.start : piece.end])
        gap = cell_len(text[end : piece.start])
        if end > start and (used + gap + cells > width or "\n" in text[end : piece.start] or gap == 0):
            lines.append(Span(start, end))
            start, used, gap = piece.start, 0, 0
        elif end == start:
            start, gap = piece.start, 0
        used += gap + cells
        end = piece.end
    return [*lines, Span(start, end)]


def _pieces(text: str, width: int) -> list[Span]:
    words = [Span(*m.span()) for m in _WORD.finditer(text)]
    return [piece for word in words for piece in _cut(text, word, width)]


def _cut(text: str, word: Span, width: int) -> list[Span]:
    if cell_len(text[word.start : word.end]) <= width:
        return [word]
    pieces, start = [], word.start
    for i in range(word.start + 1, word.end):
        if cell_len(text[start : i + 1]) > width and cell_len(text[i]):
            pieces.append(Span(start, i))
            start = i
    return [*pieces, Span(start, word.end)]


def flat(text: str) -> str:
    """The text with control characters made harmless, tabs and carriage returns as spaces: same length."""
    return harmless(text).translate({0x09: " ", 0x0D: " "})


def marked_lines(text: str, labels: Sequence[Label], width: int) -> list[Text]:
    """The wrapped text with its marks styled, each line followed by as many rows of carets as overlaps need."""
    shown = flat(text)
    rows: list[Text] = []
    lines = wrap(shown, width)
    for n, line in enumerate(lines):
        last = n == len(lines) - 1
        since = line.start if n else 0
        until = len(shown) if last else lines[n + 1].start
        here = [x for x in labels if _touches(x.span, since, until, last)]
        rows.append(_styled(shown, line, here))
        rows += _carets(shown, line, here, since)
    return rows


def _touches(span: Span, start: int, end: int, last: bool) -> bool:
    if len(span):
        return span.start < end and start < span.end
    return start <= span.start < end or (last and span.start == end)


def _styled(text: str, line: Span, labels: Sequence[Label]) -> Text:
    row = Text(text[line.start : line.end])
    for label in reversed(labels):
        start, end = max(label.span.start, line.start), min(label.span.end, line.end)
        if start < end:
            row.stylize(label.style, start - line.start, end - line.start)
    return row


def _carets(text: str, line: Span, labels: Sequence[Label], since: int) -> list[Text]:
    cells = [0, *accumulate(_widths(text[line.start : line.end]))]
    rows: list[list[tuple[int, str, str]]] = []
    for label in sorted(labels, key=lambda x: (x.span.start, -len(x.span))):
        start = min(max(label.span.start - line.start, 0), len(line))
        end = min(max(label.span.end - line.start, start), len(line))
        begins = label.span.start >= since
        drawn = (label.letter if begins else label.caret) + label.caret * (cells[end] - cells[start] - 1)
        free = (row for row in rows if row[-1][0] + len(row[-1][1]) <= cells[start])
        row = next(free, None)
        if row is None:
            rows.append(row := [])
        row.append((cells[start], drawn, label.style))
    return [_drawn(row) for row in rows]


def _widths(line: str) -> list[int]:
    if line.isascii():
        return [1] * len(line)
    sums = [cell_len(line[:i]) for i in range(len(line) + 1)]
    return [max(0, b - a) for a, b in pairwise(sums)]


def _drawn(row: list[tuple[int, str, str]]) -> Text:
    drawn = Text()
    for at, carets, style in row:
        drawn.append(" " * (at - len(drawn.plain))).append(carets, style=style)
    return drawn


def side_by_side(left: Sequence[Text], right: Sequence[Text], width: int) -> list[Text]:
    """Two columns with a rule between them, the left one `width` cells wide; no space at line ends."""
    rows = []
    for i in range(max(len(left), len(right))):
        one = left[i] if i < len(left) else Text()
        two = right[i] if i < len(right) else Text()
        pad = " " * (width - cell_len(one.plain))
        row = one + Text(pad + " │", style="")
        rows.append(row + Text(" ") + two if two.plain else row)
    return rows
