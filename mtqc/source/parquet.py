"""Parquet: columns as in JSON Lines, read batch by batch. Lines are rows, counted from 1. Needs pyarrow."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from importlib import import_module
from io import BufferedReader
from pathlib import Path
from typing import IO, Any

from mtqc.errors import InputError
from mtqc.source import jsonl
from mtqc.source.folders import ENGLISH_TO_FRENCH, Langs
from mtqc.source.packed import bare, begun, watched
from mtqc.source.rows import KNOWN, BadRow, Columns, Origin, Row, Rows, Wanted, bad, lacking, wanted

BATCH = 1_000
"""Rows in memory at a time."""
_BUFFER = 1 << 20
_DAMAGED = "The file is damaged or cut off: write or fetch it again."


def read_parquet(
    path: Path, langs: Langs = ENGLISH_TO_FRENCH, stream: BufferedReader | None = None, columns: Columns = KNOWN
) -> Rows:
    """The rows of the file at `path`, or of what `stream` holds; one that is packed is unpacked to a temporary file.

    Raises InputError where pyarrow is missing, this is no Parquet file, or a column is not there.
    """
    keys = wanted(columns, langs)
    with begun(path, stream) as data:
        source = _seekable(data) if stream or bare(path) != path else data
        file = _opened(source, path)
        have = tuple(_names(file.schema_arrow))
        chosen = _chosen(keys, have, path)
        found = _rows(file, [name for name in dict.fromkeys(chosen) if name], path, keys)
        return Rows(Origin(path, langs), watched(source, path, found))


def _opened(data: IO[bytes], path: Path) -> Any:  # noqa: ANN401 -- a pyarrow.parquet.ParquetFile
    try:
        arrow, parquet = _arrow(), import_module("pyarrow.parquet")
    except ImportError:
        message = f"{path} is Parquet, which is read with pyarrow, and that is not installed."
        raise InputError(message, hint="Install it: pip install 'mtqc[tables]'.") from None
    try:
        return parquet.ParquetFile(data, buffer_size=_BUFFER, pre_buffer=False)
    except (arrow.ArrowException, OSError) as error:
        raise InputError(f"{path} is no Parquet file that can be read: {_line(error)}.", hint=_DAMAGED) from None


def _rows(file: Any, columns: list[str], path: Path, keys: Wanted) -> Iterator[Row | BadRow]:  # noqa: ANN401
    number = 0
    try:
        for batch in file.iter_batches(BATCH, columns=columns, use_threads=False):
            for value in _values(batch):
                number += 1
                if isinstance(value, str):
                    yield bad(number, path, f"cannot be read: {value}", "Write the file again, its texts as UTF-8.")
                else:
                    yield jsonl.row(number, value, path, keys)
    except (_arrow().ArrowException, OSError) as error:
        message = f"{path} cannot be read after row {number}: {_line(error)}."
        raise InputError(message, hint=_DAMAGED) from None


def _values(batch: Any) -> list[dict[str, object] | str]:  # noqa: ANN401
    """The rows; of one that holds what is no text or date, what is wrong with it."""
    try:
        return list(batch.to_pylist())
    except (ValueError, OverflowError) as error:
        if len(batch) == 1:
            return [_line(error)]
        return [value for at in range(len(batch)) for value in _values(batch.slice(at, 1))]


def _seekable(stream: BufferedReader) -> IO[bytes]:
    """A temporary file with all of it, in place of the stream: a Parquet file is read from its end."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 -- closed where the rows end
    with stream:
        shutil.copyfileobj(stream, file)
    file.seek(0)
    return file


def _names(schema: Any, before: str = "") -> Iterator[str]:  # noqa: ANN401 -- a schema or a struct
    """The names of all columns that hold values, those in structs as `a.b`."""
    for field in schema:
        if _arrow().types.is_struct(field.type):
            yield from _names(field.type, f"{before}{field.name}.")
        else:
            yield f"{before}{field.name}"


def _arrow() -> Any:  # noqa: ANN401
    return import_module("pyarrow")


def _chosen(keys: Wanted, have: tuple[str, ...], path: Path) -> list[str]:
    """The columns to read. Raises InputError where one that is needed isn't there."""
    chosen = []
    for options, is_needed in ((keys.source, True), (keys.target, True), (keys.article, False), (keys.date, False)):
        name = next((name for name in options if name in have), "")
        if not name and (is_needed or len(options) == 1):
            raise lacking(str(path), options, have)
        chosen.append(name)
    return chosen


def _line(error: BaseException) -> str:
    return " ".join(str(error).split()).rstrip(".")[:200]
