"""From code-point offsets to lines and columns. Lines end at LF, CRLF or CR, as in universal newlines, nowhere else."""

from __future__ import annotations

import re
from bisect import bisect_right

_LINE_END = re.compile(r"\r\n|\n|\r")


class LineIndex:
    """Lines of one text. Lines and columns count from 1, `start`/`end` from 0."""

    def __init__(self, text: str) -> None:
        ends = [(m.start(), m.end()) for m in _LINE_END.finditer(text)]
        self._starts = [0, *(end for _, end in ends)]
        self._stops = [*(start for start, _ in ends), len(text)]

    def line(self, offset: int) -> int:
        """1-based line that holds `offset`; the offset of a line end belongs to the line it ends."""
        return bisect_right(self._starts, offset)

    def place(self, offset: int) -> tuple[int, int]:
        """(line from 1, offset inside the line from 0)."""
        line = self.line(offset)
        return line, offset - self._starts[line - 1]

    def lines(self) -> list[tuple[int, int]]:
        """[start, stop) of every line, its line end left out."""
        return list(zip(self._starts, self._stops, strict=True))
