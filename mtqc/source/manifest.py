"""A manifest: a list of articles in CSV, TSV or JSON Lines, each with the files of its original and its translation.

Columns `source` and `target`, paths relative to the manifest's own folder, and if you like `id` and `date`. A row with
one path only is an article that cannot be judged, for the reason in the column `reason`, if there is one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from mtqc.errors import InputError
from mtqc.source import jsonl, tsv
from mtqc.source.articles import Read
from mtqc.source.folders import article_id
from mtqc.source.lines import Text, read_lines
from mtqc.source.manner import Manner
from mtqc.source.packed import bare, begun, watched
from mtqc.source.rows import BadRow, Origin, Row, Rows, Wanted, bad, lacking, useful, wanted
from mtqc.source.single import read_regular, told

CSV, TSV, JSON_LINES = ".csv", frozenset({".tsv", ".tab"}), frozenset({".jsonl", ".ndjson"})
_HINT = "A manifest has the columns source and target, with paths, and if you like id and date."
Entry = tuple[int, Mapping[str, object]]
"""A line and what stands on it, by column."""


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
        found = jsonl.objects(text.lines, path) if ending in JSON_LINES else _cells(text, path, keys, ending == CSV)
        rows = Rows(
            Origin(path, manner.langs), watched(data, path, _rows(found, path, keys)), "lists no article", _HINT
        )
        return map(told, _articles(rows, manner))


def _articles(rows: Rows, manner: Manner) -> Iterator[Read]:
    path = rows.origin.path
    for row in useful(rows):
        if isinstance(row, BadRow):
            yield manner.names.own(f"{path.name}:{row.line}"), row.error
            continue
        name = row.article or article_id(Path(row.source or row.target))
        own = manner.names.own(name, f"{name}:{row.line}")
        if row.source and row.target:
            source, target = path.parent / row.source, path.parent / row.target
            yield read_regular(own, source, target, manner.langs, date=row.date, last=manner.last)
        else:
            yield own, InputError(row.note)


def _rows(found: Iterator[Entry | BadRow], path: Path, keys: Wanted) -> Iterator[Row | BadRow]:
    """Rows of paths. One that lacks a path has a note in its place: the reason that the manifest gives, if any."""
    for item in found:
        row = item if isinstance(item, BadRow) else jsonl.row(*item, path, keys)
        if isinstance(item, BadRow) or isinstance(row, BadRow):
            yield row
            continue
        row = replace(row, source=row.source.strip(), target=row.target.strip())
        if not (row.source and row.target):
            reason = str(item[1].get("reason") or "").strip()
            side = "translation" if row.source else "original"
            note = reason or f"Line {row.line} of {path} names no file of the {side}."
            row = replace(row, note=note)
        yield row


def _cells(text: Text, path: Path, keys: Wanted, is_csv: bool) -> Iterator[Entry | BadRow]:
    """The rows of a table by the names of its columns, which stand in its first row, in small letters or capitals."""
    first = next(iter(text.head.splitlines()), "")
    found = tsv.cells(text, max(",;\t", key=first.count) if is_csv else "\t")
    names = next(([c.strip() for c in row] for _, row in found if isinstance(row, list)), [])
    columns = [next((k for k in keys.known if k.lower() == name.lower()), name.lower()) for name in names]
    for options in (keys.source, keys.target):
        if not set(options) & set(columns):
            raise lacking(f"The first row of {path}", options, names)
    for line, row in found:
        if isinstance(row, str) or len(row) > len(columns):
            what = f"is no row of a table: {row}" if isinstance(row, str) else f"has {len(row)} columns, too many"
            yield bad(line, path, what, "Quotation marks keep commas in a cell together.")
        else:
            yield line, dict.fromkeys(columns, "") | dict(zip(columns, row, strict=False))
