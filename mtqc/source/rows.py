"""Tables of corresponding texts: TSV and JSON Lines.

Rows of one article become one document a side, joined with a line feed; `ArticlePair.segments` holds the rows' spans.
Line numbers in a report count in that document. A row that cannot be used is an error entry of its own, named by its
line, and the article is judged without it. A row with one side empty stays: its text was left out, or added.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import Literal

from mtqc.errors import InputError
from mtqc.model import ArticlePair, Document, Span
from mtqc.source.documents import read_bytes, require_lines, require_text
from mtqc.source.encoding import decode
from mtqc.source.folders import ENGLISH_TO_FRENCH, Langs
from mtqc.source.packed import bare, open_bytes
from mtqc.text.offsets import LineIndex

LANG_KEYS = {"en": ("en", "english"), "fr": ("fr", "french")}
SOURCE_KEYS = ("source", "src", "original")
TARGET_KEYS = ("target", "tgt", "translation")
ARTICLE_KEYS = ("article", "article_id", "doc", "document")
ID_KEY = "id"


@dataclass(frozen=True, slots=True)
class Row:
    """One usable row: line of the file, article it belongs to ("" if it names none), original, translation."""

    line: int
    article: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be used, and why."""

    line: int
    error: InputError


@dataclass(frozen=True, slots=True)
class Table:
    """A file of rows, read."""

    path: Path
    encoding: str
    warnings: tuple[str, ...]
    rows: tuple[Row, ...]
    bad: tuple[BadRow, ...]
    langs: Langs


def read_tsv(path: Path, langs: Langs = ENGLISH_TO_FRENCH, stream: BufferedReader | None = None) -> Table:
    """Columns original, translation and, if there is a third, the article's id; or in any order, named by a first row.

    Quotation marks are text, unless the file only makes sense as one that a spreadsheet has quoted.
    """
    decoded = decode(_bytes(path, stream), str(path))
    require_text(decoded.text, str(path))
    rows = list(_tsv_rows(_cells(decoded.text, path), path, langs))
    return _table(path, decoded.encoding, decoded.warnings, rows, langs)


def read_json_lines(path: Path, langs: Langs = ENGLISH_TO_FRENCH, stream: BufferedReader | None = None) -> Table:
    """One object a line, with "source" and "target", or named by their languages ("en", "fr"), both strings.

    "article" names the article it belongs to; without it "id" does; without both, the file is one article.
    """
    decoded = decode(_bytes(path, stream), str(path))
    require_text(decoded.text, str(path))
    lines = enumerate(decoded.text.split("\n"), 1)
    rows = [_json_row(line, number, path, langs) for number, line in lines if line.strip()]
    return _table(path, decoded.encoding, decoded.warnings, rows, langs)


def articles(table: Table) -> Iterator[tuple[str, list[Row]]]:
    """Rows by article, in order of first appearance; the file's name where they name none."""
    grouped: dict[str, list[Row]] = {}
    for row in table.rows:
        grouped.setdefault(row.article or bare(table.path).stem, []).append(row)
    yield from grouped.items()


def pair(name: str, rows: Iterable[Row], table: Table) -> ArticlePair:
    """The article made of these rows. Raises InputError where a side holds no text or an overlong line."""
    rows = list(rows)
    originals, translations = [(r.line, r.source) for r in rows], [(r.line, r.target) for r in rows]
    source, source_spans = _document(originals, table.langs[0], f"The original of {name}", table)
    target, target_spans = _document(translations, table.langs[1], f"The translation of {name}", table)
    return ArticlePair(name, source, target, tuple(zip(source_spans, target_spans, strict=True)), table.warnings)


def _document(cells: list[tuple[int, str]], lang: str, name: str, table: Table) -> tuple[Document, list[Span]]:
    """The cells, each with the line of the file it stands on, as one text; and where in it they stand."""
    text, spans, start = "\n".join(cell for _, cell in cells), [], 0
    for _, cell in cells:
        spans.append(Span(start, start + len(cell)))
        start += len(cell) + 1
    require_text(text, f"{name} in {table.path}")
    require_lines(text, f"{name} in {table.path}")
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    lines = tuple(line for line, cell in cells for _ in LineIndex(cell).lines())
    return Document(text, lang, str(table.path), digest, table.encoding, file_lines=lines), spans


def _bytes(path: Path, stream: BufferedReader | None) -> bytes:
    if stream is None and bare(path) == path:
        return read_bytes(path)
    with stream or open_bytes(path) as data:
        return data.read()


def _table(path: Path, encoding: str, warnings: tuple[str, ...], found: list[Row | BadRow], langs: Langs) -> Table:
    rows = tuple(r for r in found if isinstance(r, Row))
    bad = tuple(r for r in found if isinstance(r, BadRow))
    if not rows:
        if bad:
            raise InputError(f"{path} has no row that can be used. {bad[0].error.message}", hint=bad[0].error.hint)
        raise InputError(f"{path} holds no row.", hint="A row holds the original and its translation.")
    return Table(path, encoding, warnings, rows, bad, langs)


def _cells(text: str, path: Path) -> list[tuple[int, list[str]]]:
    """(line it begins on, cells) of every row that is not blank."""
    plain = list(_parse(text, csv.QUOTE_NONE, path))
    ragged = len({len(cells) for _, cells in plain}) > 1
    doubled = any(len(c) > 2 and c[0] == c[-1] == '"' and '""' in c[1:-1] for _, cells in plain for c in cells)
    if not (ragged or doubled):
        return plain
    try:
        quoted = list(_parse(text, csv.QUOTE_MINIMAL, path))
    except csv.Error:
        return plain
    return quoted if len({len(cells) for _, cells in quoted}) == 1 else plain


def _parse(text: str, quoting: Literal[0, 3], path: Path) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t", quoting=quoting, strict=True)
    line = 1
    try:
        for cells in reader:
            if any(c.strip() for c in cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        if quoting != csv.QUOTE_NONE:
            raise
        message = f"Line {line} of {path} is no row of a table: {error}."
        raise InputError(message, hint="A cell holds one paragraph or article at most.") from None


def _tsv_rows(cells: list[tuple[int, list[str]]], path: Path, langs: Langs) -> Iterator[Row | BadRow]:
    columns = _header(cells[0][1], langs) if cells else None
    for line, row in cells[1:] if columns else cells:
        if not columns and len(row) not in {2, 3}:
            hint = "A row holds the original, a tab, its translation and, if you like, a tab and the article's id."
            yield _bad(line, path, f"has {len(row)} column{'s' * (len(row) > 1)} instead of 2 or 3", hint)
        elif columns and len(row) <= max(columns):
            yield _bad(line, path, f"has {len(row)} columns, too few for the header", "Fill it up, or remove it.")
        else:
            own, other, article = columns or (0, 1, 2)
            yield Row(line, row[article].strip() if 0 <= article < len(row) else "", row[own], row[other])


def _header(cells: list[str], langs: Langs) -> tuple[int, int, int] | None:
    """Columns of original, translation and article id (-1: none), where the first row names them."""
    names = [c.strip().lower() for c in cells]

    def column(*known: str) -> int:
        return next((names.index(k) for k in known if k in names), -1)

    own, other = (column(*keys) for keys in _keys(langs))
    return (own, other, column(*ARTICLE_KEYS, ID_KEY)) if own >= 0 and other >= 0 else None


def _keys(langs: Langs) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names of the original's and of the translation's column, the first one that is there counting."""
    return (*LANG_KEYS[langs[0]][:1], *SOURCE_KEYS, *LANG_KEYS[langs[0]][1:]), (
        *LANG_KEYS[langs[1]][:1],
        *TARGET_KEYS,
        *LANG_KEYS[langs[1]][1:],
    )


def _json_row(line: str, number: int, path: Path, langs: Langs) -> Row | BadRow:
    try:
        value = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        what = f"{error.msg.lower()} at column {error.colno}" if isinstance(error, json.JSONDecodeError) else "too deep"
        return _bad(number, path, f"is not JSON: {what}", "One object a line, each on one line.")
    if not isinstance(value, dict):
        return _bad(number, path, "is not a JSON object", 'Write {"source": "…", "target": "…"}.')
    texts = []
    for keys in _keys(langs):
        key = next((k for k in keys if k in value), "")
        if not key:
            have = ", ".join(f"“{k}”" for k in list(value)[:6]) or "nothing"
            return _bad(number, path, f"has no “{keys[1]}” or “{keys[0]}” but {have}", "Name the texts so.")
        if not isinstance(value[key], str):
            return _bad(number, path, f"has no text in “{key}”", 'Both texts are strings; an empty one is "".')
        texts.append(value[key])
    if any("\ud800" <= c <= "\udfff" for t in texts for c in t):
        return _bad(number, path, "holds half of a surrogate pair", "Export it again: \\ud83d needs its other half.")
    return Row(number, _article(value), texts[0], texts[1])


def _article(value: dict[str, object]) -> str:
    key = next((k for k in (*ARTICLE_KEYS, ID_KEY) if value.get(k) not in {None, ""}), "")
    return str(value[key]) if key else ""


def _bad(line: int, path: Path, what: str, hint: str) -> BadRow:
    return BadRow(line, InputError(f"Line {line} of {path} {what}.", hint=hint))
