"""Planted errors as a gold file, in the format of the annotated articles (corpora/README.md)."""

from __future__ import annotations

import json
import re
from typing import Any

from mtqc.model import Span
from mtqc.plant.model import Planted, PlantedError
from mtqc.text.offsets import LineIndex

_WORD = re.compile(r"[\w’'-]+")


def gold_rows(planted: Planted) -> list[dict[str, Any]]:
    """One row an error, in the order of the text.

    `target_line` counts from 1, `target_span` in code points of that line. Of an omission they give the word beside
    the place, as in the annotated articles, and `place` the line and the exact offset in it. `codes`: prefixes of the
    rules that should find it.
    """
    return [_row(e, planted) for e in planted.errors]


def gold_lines(planted: Planted) -> str:
    """The rows as JSON Lines."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in gold_rows(planted))


def _row(error: PlantedError, planted: Planted) -> dict[str, Any]:
    text = planted.pair.target.text
    shown = error.span if error.span else _beside(text, error.span.start)
    index = LineIndex(text)
    line, start = index.place(shown.start)
    begin, stop = index.lines()[line - 1]
    end = min(shown.end, stop) - begin
    marked = text[begin + start : begin + end]
    row = {
        "target_line": line,
        "target_span": [start, end],
        "target_text": marked,
        "occurrence": _occurrence(text[begin:stop], marked, start),
        "source_text": error.source_text,
        "category": error.kind.category.value,
        "severity": error.severity.label,
        "suggestion": error.original.strip() or None,
        "note": error.note,
        "kind": error.kind.name,
        "codes": list(error.kind.codes),
    }
    if not error.span:
        row["place"] = list(index.place(error.span.start))
    return row


def _occurrence(line: str, marked: str, start: int) -> int:
    if not marked:
        return 1
    return sum(line.startswith(marked, at) for at in range(start + 1))


def _beside(text: str, place: int) -> Span:
    """The word before the place, on its line; else the one after it; an empty span where there is none."""
    line_start = max(text.rfind("\n", 0, place), text.rfind("\r", 0, place)) + 1
    before = list(_WORD.finditer(text, line_start, place))
    match = before[-1] if before else _WORD.search(text, place)
    return Span(*match.span()) if match else Span(place, place)
