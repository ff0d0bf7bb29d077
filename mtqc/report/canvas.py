"""A text laid out again from stretches of which only line and offset in the line are known."""

from __future__ import annotations

import re

_PIECE = re.compile(r"([^\r\n]*)(\r\n|\n|\r|$)")


class Canvas:
    """Lines count from 1, offsets in them from 0, in code points. What nothing was painted on is spaces."""

    def __init__(self) -> None:
        self._rows: list[list[str]] = [[]]
        self._ends: dict[int, str] = {}

    def paint(self, line: int, start: int, text: str) -> None:
        """Put `text` there, over what stood there; a line end in it goes on in the next line."""
        for body, end in _PIECE.findall(text):
            self._rows += [[] for _ in range(line - len(self._rows))]
            row = self._rows[line - 1]
            row += " " * (start - len(row))
            row[start : start + len(body)] = body
            if not end:
                return
            self._ends[line] = end
            line, start = line + 1, 0

    def text(self) -> str:
        """All lines with their ends: LF where none was painted."""
        last = len(self._rows)
        rows = ("".join(row) for row in self._rows)
        return "".join(row + (self._ends.get(n, "\n") if n < last else "") for n, row in enumerate(rows, 1))
