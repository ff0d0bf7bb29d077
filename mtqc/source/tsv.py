"""TSV: columns original, translation and, if there is a third, the article's name; or in any order, named by a first
row, or by their numbers.

Quotation marks are text, unless the file only makes sense as one that a spreadsheet has quoted.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from io import BufferedReader
from pathlib import Path

from mtqc.source.folders import ENGLISH_TO_FRENCH, Langs
from mtqc.source.lines import MAX_ROW, Text, read_lines
from mtqc.source.packed import begun, watched
from mtqc.source.rows import (
    KNOWN,
    BadRow,
    Columns,
    Origin,
    Row,
    Rows,
    Wanted,
    bad,
    dated,
    lacking,
    name_of,
    usable,
    wanted,
)

Cells = tuple[int, list[str] | str]
"""The line that a row begins on, and its cells, or what is wrong with it."""
Places = tuple[int, int, int, int]
"""Of original, translation, article and date in a row, from 0; -1: none."""
_PLAIN: Places = (0, 1, 2, -1)
_NOT_UTF8, _MEND = "is not UTF-8", "Mend that character and save the file as UTF-8."


def read_tsv(
    path: Path, langs: Langs = ENGLISH_TO_FRENCH, stream: BufferedReader | None = None, columns: Columns = KNOWN
) -> Rows:
    """The rows of the file at `path`, or of what `stream` holds. Raises InputError."""
    keys = wanted(columns, langs)
    with begun(path, stream) as data:
        text = read_lines(data, str(path))
        origin = Origin(path, langs, text.encoding, text.warnings)
        return Rows(origin, watched(data, path, _rows(cells(text), path, keys)))


def cells(text: Text, delimiter: str = "\t") -> Iterator[Cells]:
    """Every row that is not blank."""
    found = _quoted(text.lines, delimiter) if delimiter != "\t" or _is_quoted(text) else _plain(text.lines)
    for line, row in found:
        if isinstance(row, str) or any(c.strip() for c in row):
            yield line, row


def places(names: list[str], keys: Wanted) -> Places:
    """Where the columns stand that a first row names, and all of them are known by; -1: nowhere."""
    known = [c.strip().lower() for c in names]

    def place(options: tuple[str, ...]) -> int:
        return next((known.index(k.lower()) for k in options if k.lower() in known), -1)

    return place(keys.source), place(keys.target), place(keys.article), place(keys.date)


def _rows(found: Iterator[Cells], path: Path, keys: Wanted) -> Iterator[Row | BadRow]:
    """The rows that these cells are. Raises InputError where a column that the user has named is not there."""
    first = next(found, None)
    if first is None:
        return
    numbers = _numbers(keys)
    columns = numbers or (places(first[1], keys) if isinstance(first[1], list) else (-1, -1, -1, -1))
    if not numbers:
        _require(first, path, keys, columns)
    named = not numbers and min(columns[:2]) >= 0
    if not named:
        columns = numbers or _PLAIN
        yield _row(first, path, columns, is_plain=not numbers)
    for row in found:
        yield _row(row, path, columns, is_plain=not (numbers or named))


def _row(found: Cells, path: Path, columns: Places, *, is_plain: bool) -> Row | BadRow:
    line, row = found
    if isinstance(row, str):
        hint = _MEND if row.endswith(_NOT_UTF8) else "A cell holds one paragraph or article at most."
        return bad(line, path, f"is no row of a table: {row}", hint)
    if is_plain and len(row) not in {2, 3}:
        hint = "A row holds the original, a tab, its translation and, if you like, a tab and the article's name."
        return bad(line, path, f"has {len(row)} column{'s' * (len(row) > 1)} instead of 2 or 3", hint)
    if len(row) <= max(columns[:2] if is_plain else columns):
        return bad(line, path, f"has {len(row)} columns, too few for the header", "Fill it up, or remove it.")
    own, other, article, date = (row[c] if 0 <= c < len(row) else "" for c in columns)
    day, note = dated(date)
    return usable(path, Row(line, name_of(article), own, other, day, note=note))


def _numbers(keys: Wanted) -> Places | None:
    """Columns that are given by their numbers, from 1, in a file without a first row that names them."""

    def number(options: tuple[str, ...]) -> int:
        return int(options[0]) - 1 if len(options) == 1 and options[0].isdecimal() else -1

    own, other = number(keys.source), number(keys.target)
    return (own, other, number(keys.article), number(keys.date)) if min(own, other) >= 0 else None


def _require(first: Cells, path: Path, keys: Wanted, columns: Places) -> None:
    have = first[1] if isinstance(first[1], list) else []
    for options, place in zip((keys.source, keys.target, keys.article, keys.date), columns, strict=True):
        if len(options) == 1 and place < 0:
            raise lacking(f"The first row of {path}", options, (c.strip()[:40] for c in have))


def _plain(lines: Iterable[str]) -> Iterator[Cells]:
    for number, line in enumerate(lines, 1):
        if len(line) >= MAX_ROW:
            yield number, f"it is longer than {MAX_ROW / 1e6:.0f} million characters"
        elif not line.isspace():
            yield number, _decoded(line.rstrip("\r\n").split("\t"))


def _quoted(lines: Iterable[str], delimiter: str) -> Iterator[Cells]:
    reader = csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_MINIMAL, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            yield line, _decoded(next(reader))
        except StopIteration:
            return
        except csv.Error as error:
            yield line, str(error)


def _decoded(row: list[str]) -> list[str] | str:
    """The cells; what is wrong where a byte of them could not be decoded."""
    for cell in row:
        try:
            cell.encode()
        except UnicodeEncodeError as error:
            if "\udc80" <= cell[error.start] <= "\udcff":
                return f"its byte 0x{ord(cell[error.start]) - 0xDC00:02x} {_NOT_UTF8}"
    return row


def _is_quoted(text: Text) -> bool:
    """True where the first rows are ragged or hold doubled quotation marks, and only quoting makes them a table."""
    plain = [row for _, row in _plain(io.StringIO(text.head, newline="")) if isinstance(row, list)]
    ragged = len({len(row) for row in plain}) > 1
    doubled = any(len(c) > 2 and c[0] == c[-1] == '"' and '""' in c[1:-1] for row in plain for c in row)
    if not (ragged or doubled):
        return False
    quoted = [row for _, row in _quoted(io.StringIO(text.head, newline=""), "\t")]
    quoted = [row for row in (quoted if text.whole else quoted[:-1]) if row]
    return len({len(row) if isinstance(row, list) else -1 for row in quoted} | {0}) == 2 and isinstance(quoted[0], list)
