"""The kinds of file that hold both sides of many texts, by the ending of their names."""

from __future__ import annotations

from io import BufferedReader
from pathlib import Path
from typing import Protocol

from mtqc.source.folders import ENGLISH_TO_FRENCH, Langs
from mtqc.source.jsonl import read_json_lines
from mtqc.source.packed import bare
from mtqc.source.rows import KNOWN, Columns, Rows
from mtqc.source.tsv import read_tsv


class Loader(Protocol):
    """Reads one kind."""

    def __call__(
        self,
        path: Path,
        langs: Langs = ENGLISH_TO_FRENCH,
        stream: BufferedReader | None = None,
        columns: Columns = KNOWN,
    ) -> Rows:
        """The file at `path`, or what `stream` holds, `path` then standing in messages. Raises InputError."""
        ...


def _tmx(
    path: Path, langs: Langs = ENGLISH_TO_FRENCH, stream: BufferedReader | None = None, columns: Columns = KNOWN
) -> Rows:
    from mtqc.source.units import read_tmx

    return read_tmx(path, langs, stream, columns)


def _xliff(
    path: Path, langs: Langs = ENGLISH_TO_FRENCH, stream: BufferedReader | None = None, columns: Columns = KNOWN
) -> Rows:
    from mtqc.source.units import read_xliff

    return read_xliff(path, langs, stream, columns)


def _parquet(
    path: Path, langs: Langs = ENGLISH_TO_FRENCH, stream: BufferedReader | None = None, columns: Columns = KNOWN
) -> Rows:
    from mtqc.source.parquet import read_parquet

    return read_parquet(path, langs, stream, columns)


def _po(
    path: Path, langs: Langs = ENGLISH_TO_FRENCH, stream: BufferedReader | None = None, columns: Columns = KNOWN
) -> Rows:
    from mtqc.source.po import read_po

    return read_po(path, langs, stream, columns)


TSV, JSON_LINES = frozenset({".tsv", ".tab"}), frozenset({".jsonl", ".ndjson"})
TMX, XLIFF = frozenset({".tmx"}), frozenset({".xlf", ".xliff"})
PARQUET, PO = frozenset({".parquet", ".pq"}), frozenset({".po"})
KINDS = ".tsv, .jsonl, .parquet, .tmx, .xlf and .po files"
"""What the loaders read, in words."""
LOADERS: dict[str, Loader] = {
    **dict.fromkeys(sorted(TSV), read_tsv),
    **dict.fromkeys(sorted(JSON_LINES), read_json_lines),
    **dict.fromkeys(sorted(TMX), _tmx),
    **dict.fromkeys(sorted(XLIFF), _xliff),
    **dict.fromkeys(sorted(PARQUET), _parquet),
    **dict.fromkeys(sorted(PO), _po),
}


def suffix(path: Path) -> str:
    """The ending in small letters, that of what is packed where it ends in .gz."""
    return bare(path).suffix.lower()


def loader(path: Path) -> Loader | None:
    """The one for this file, None where it is no such file."""
    return LOADERS.get(suffix(path))
