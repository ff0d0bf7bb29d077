"""Files of a run folder that are written as the results come by: tables, the JSON report, JSON Lines, pages.

Each is there whole or as it was before: it is written under another name, and renamed. None holds a time or anything
else that differs between two runs over the same articles.
"""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

from mtqc.batch.model import Judged, PartName, unpacked
from mtqc.errors import InputError
from mtqc.report import records
from mtqc.report.json_writer import SCHEMA, dumps
from mtqc.tables import ARROW, COLUMNS, RowsOf, plain

GROUP = 5_000
"""Rows of a Parquet row group."""
UNFINISHED = ".unfinished"
_ITEM = "\n  "
"""What an item of a list in the JSON report is indented by."""


@contextmanager
def whole(path: Path, sync: bool = True) -> Iterator[IO[bytes]]:
    """A file to fill, which becomes `path` when the block ends well. Raises InputError where it cannot be written.

    Without `sync` it may be empty after the power fails soon: for what there are thousands of.
    """
    half = path.with_name(path.name + UNFINISHED)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with half.open("wb") as file:
            yield file
            file.flush()
            if sync:
                os.fsync(file.fileno())
        half.replace(path)
    except OSError as error:
        half.unlink(missing_ok=True)
        raise unwritable(path, error) from error
    except BaseException:
        half.unlink(missing_ok=True)
        raise


def unwritable(path: Path, error: OSError) -> InputError:
    """What to tell of a file in the run folder that could not be written."""
    hint = "What was judged is kept. Go on with --resume when that is mended."
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return InputError(f"There is no room left for {path}.", hint=hint)
    return InputError(f"{path} cannot be written ({error.strerror or error}).", hint=hint)


def text_of(folder: Path, judged: Judged, part: PartName) -> str:
    """A part of a result; "" where it has none. Raises InputError where it is damaged."""
    try:
        return unpacked(judged.parts[part]) if part in judged.parts else ""
    except ValueError as error:
        hint = "Begin anew in another folder: what was judged comes from the cache."
        raise InputError(f"The state of the run in {folder} is damaged ({judged.id}: {error}).", hint=hint) from error


def put(path: Path, data: bytes, sync: bool = True) -> bool:
    """A small file, left alone where it holds that already; whether it was written."""
    try:
        same = path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        same = False
    if not same:
        with whole(path, sync) as file:
            file.write(data)
    return not same


def settle() -> None:
    """All that was written reaches the disk: a thousand files at once, in place of each by itself."""
    if sys.platform != "win32":
        os.sync()


class Table:
    """A Parquet file of rows of one kind; the schema is that of mtqc.to_arrow."""

    def __init__(self, file: IO[bytes], rows: RowsOf, origin: dict[str, str]) -> None:
        kinds = COLUMNS[rows]
        self._schema = pa.schema([(name, pa.type_for_alias(ARROW[kind])) for name, kind in kinds.items()], origin)
        self._writer = pq.ParquetWriter(file, self._schema)
        self._cells: dict[str, list[records.Value]] = {name: [] for name in kinds}
        self._waiting = 0

    def add(self, rows: Sequence[records.Row]) -> None:
        """Rows in their order."""
        for row in rows:
            for name, cells in self._cells.items():
                cells.append(plain(row.get(name)))
            self._waiting += 1
            if self._waiting == GROUP:
                self._write()

    def close(self) -> None:
        """The last rows, and the end of the file."""
        if self._waiting:
            self._write()
        self._writer.close()

    def _write(self) -> None:
        self._writer.write_table(pa.table(self._cells, schema=self._schema), row_group_size=GROUP)
        for cells in self._cells.values():
            cells.clear()
        self._waiting = 0


class Report:
    """The JSON report of all articles, byte for byte that of mtqc.report.json_writer."""

    def __init__(self, file: IO[bytes], version: str, signature: str) -> None:
        self._file = file
        self._articles = 0
        tool = {"name": "mtqc", "version": version, "signature": signature}
        head = dumps({"schema": SCHEMA, "tool": tool}, indent=1).removesuffix("\n}")
        self._write(f'{head},\n "articles": [')

    def add(self, article: str) -> None:
        """One item of `articles[]`, indented as if it stood alone."""
        self._write(("," if self._articles else "") + _ITEM + article.replace("\n", _ITEM))
        self._articles += 1

    def close(self, unread: Iterator[tuple[str, str]], summary: dict[str, Any]) -> None:
        """What could not be read, as (id, reason), and the rest of the report."""
        self._write(("\n ]" if self._articles else "]") + ',\n "unread": [')
        number = 0
        for name, why in unread:
            self._write(
                ("," if number else "") + _ITEM + dumps({"id": name, "reason": why}, indent=1).replace("\n", _ITEM)
            )
            number += 1
        tail = dumps({"notes": [], "suppressed": [], "unused": [], "summary": summary}, indent=1)
        self._write(("\n ]" if number else "]") + "," + tail.removeprefix("{") + "\n")

    def _write(self, text: str) -> None:
        self._file.write(text.encode("utf-8"))


def rows_of(text: str) -> list[records.Row]:
    """The rows that a part holds."""
    found = json.loads(text) if text else []
    return found if isinstance(found, list) else [found]
