"""A manifest: a list of articles in CSV, TSV or JSON Lines, each with the files of its original and its translation.

Columns `source` and `target`, paths relative to the manifest's own folder, and if you like `id` and `date`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mtqc.errors import InputError
from mtqc.source import jsonl, tsv
from mtqc.source.articles import Read
from mtqc.source.folders import article_id
from mtqc.source.lines import Text, read_lines
from mtqc.source.manner import Manner
from mtqc.source.packed import bare, begun, watched
from mtqc.source.rows import BadRow, Origin, Row, Rows, Wanted, bad, useful, wanted
from mtqc.source.single import read_regular, told

CSV, TSV, JSON_LINES = ".csv", frozenset({".tsv", ".tab"}), frozenset({".jsonl", ".ndjson"})
_HINT = "A manifest has the columns source and target, with paths, and if you like id and date."


def read_manifest(path: Path, manner: Manner) -> Iterator[Read]:
    """The articles that the manifest lists, in its order; a missing file is an error entry.

    Raises InputError where this is no manifest; when the first item is asked for, where it lists nothing.
    """
    ending = bare(path).suffix.lower()
    if ending not in {CSV, *TSV, *JSON_LINES}:
        raise InputError(f"{path} is no manifest.", hint="Give a .csv, .tsv or .jsonl file with source and target.")
    keys = wanted(manner.columns, manner.langs)
    with begun(path, None) as data:
        text = read_lines(data, str(path))
        found = _objects(text, path, keys) if ending in JSON_LINES else _cells(text, path, keys, ending == CSV)
        rows = Rows(Origin(path, manner.langs), watched(data, path, found), "lists no article", _HINT)
        return map(told, _articles(rows, manner))


def _articles(rows: Rows, manner: Manner) -> Iterator[Read]:
    path = rows.origin.path
    for row in useful(rows):
        if isinstance(row, BadRow):
            yield manner.names.own(f"{path.name}:{row.line}"), row.error
            continue
        source, target = path.parent / row.source, path.parent / row.target
        name = row.article or article_id(source)
        yield read_regular(
            manner.names.own(name, f"{name}:{row.line}"), source, target, manner.langs, date=row.date, last=manner.last
        )


def _objects(text: Text, path: Path, keys: Wanted) -> Iterator[Row | BadRow]:
    for item in jsonl.objects(text.lines, path):
        yield item if isinstance(item, BadRow) else _named(jsonl.row(*item, path, keys), path)


def _cells(text: Text, path: Path, keys: Wanted, is_csv: bool) -> Iterator[Row | BadRow]:
    first = next(iter(text.head.splitlines()), "")
    delimiter = max(",;\t", key=first.count) if is_csv else "\t"
    for row in tsv.table_rows(tsv.cells(text, delimiter), path, keys, is_headed=True):
        yield _named(row, path)


def _named(row: Row | BadRow, path: Path) -> Row | BadRow:
    if isinstance(row, Row) and not (row.source.strip() and row.target.strip()):
        side = "translation" if row.source.strip() else "original"
        return bad(row.line, path, f"names no file of the {side}", "Fill it in, or take the line out.")
    return row
