"""The kinds of input, one reader each, in the order in which they are asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from mtqc.errors import InputError
from mtqc.source import tables
from mtqc.source.articles import Read
from mtqc.source.documents import require_path
from mtqc.source.folders import ENGLISH_TO_FRENCH, Langs, article_id, match_one, match_two
from mtqc.source.manner import Manner, from_rows, own
from mtqc.source.single import read_files, read_match, told
from mtqc.source.tables import Loader
from mtqc.source.zipped import read_archives

_WHAT = (
    "mtqc reads two text files or web pages, two folders, one folder with both sides, or one file of pairs:"
    f" {tables.KINDS}, each also with .gz or in a .zip."
)


class Reader(Protocol):
    """One kind of input."""

    @property
    def name(self) -> str:
        """What it reads, in words."""
        ...

    def accepts(self, source: Path, target: Path | None) -> bool:
        """True where this reader is the one for these paths."""
        ...

    def read(self, source: Path, target: Path | None, manner: Manner) -> Iterator[Read]:
        """The articles, one bad one never keeping back the others, each with an id that no other has.

        Raises InputError, when the first is asked for, where there is nothing to go on with.
        """
        ...


@dataclass(frozen=True, slots=True)
class FolderReader:
    """Two folders, or one that holds both sides; see mtqc.source.folders for the names."""

    name: str = "folders of text files and web pages"

    def accepts(self, source: Path, target: Path | None) -> bool:
        """True for folders."""
        return source.is_dir() and (target is None or target.is_dir())

    def read(self, source: Path, target: Path | None, manner: Manner) -> Iterator[Read]:
        """As Reader.read; files without counterpart are error entries."""
        matches = match_one(source, manner.langs) if target is None else match_two(source, target, manner.langs)
        for match in matches:
            yield own(read_match(match, manner.langs, manner.last), manner.names)


@dataclass(frozen=True, slots=True)
class TableReader:
    """A file of corresponding texts; see mtqc.source.rows."""

    name: str
    suffixes: frozenset[str]
    load: Loader

    def accepts(self, source: Path, target: Path | None) -> bool:
        """True for one file with one of the suffixes."""
        return target is None and tables.suffix(source) in self.suffixes and not source.is_dir()

    def read(self, source: Path, target: Path | None, manner: Manner) -> Iterator[Read]:
        """As Reader.read; rows that cannot be used are error entries, `FILE:LINE`."""
        assert target is None, target
        yield from from_rows(self.load(source, manner.langs, None, manner.columns), manner)


@dataclass(frozen=True, slots=True)
class ZipReader:
    """Zip archives; see mtqc.source.zipped."""

    name: str = "zip archives"

    def accepts(self, source: Path, target: Path | None) -> bool:
        """True for one .zip file, or two."""
        return all(p is None or (p.suffix.lower() == ".zip" and not p.is_dir()) for p in (source, target))

    def read(self, source: Path, target: Path | None, manner: Manner) -> Iterator[Read]:
        """As Reader.read; a file in it that cannot be read is an error entry."""
        yield from read_archives([source] if target is None else [source, target], manner)


@dataclass(frozen=True, slots=True)
class TextReader:
    """Two text files or web pages, or one of each."""

    name: str = "two text files or web pages"

    def accepts(self, source: Path, target: Path | None) -> bool:
        """True for two files."""
        return target is not None and not source.is_dir() and not target.is_dir()

    def read(self, source: Path, target: Path | None, manner: Manner) -> Iterator[Read]:
        """One article."""
        if target is not None:
            yield own(read_files(article_id(source), source, target, manner.langs, last=manner.last), manner.names)


READERS: tuple[Reader, ...] = (
    FolderReader(),
    *(
        TableReader(name, suffixes, tables.LOADERS[min(suffixes)])
        for name, suffixes in (
            ("TSV", tables.TSV),
            ("JSON Lines", tables.JSON_LINES),
            ("TMX", tables.TMX),
            ("XLIFF", tables.XLIFF),
            ("Parquet", tables.PARQUET),
            ("PO", tables.PO),
        )
    ),
    ZipReader(),
    TextReader(),
)
"""The first that accepts the paths reads them."""


def read_pairs(source: Path, target: Path | None = None, langs: Langs = ENGLISH_TO_FRENCH) -> Iterator[Read]:
    """Articles of two text files or web pages, two folders, one folder with both sides, or one file that holds both
    sides of many: TSV, JSON Lines, Parquet, TMX, XLIFF, PO, each as it is, with .gz, or in a .zip.

    `langs`: of the originals and of the translations.

    Each item is an ArticlePair, its languages checked, or (id, error) of one that cannot be judged. Raises InputError
    where a path is missing or the two do not go together; when the first item is asked for, where a folder or a table
    holds nothing that can be used.
    """
    return read(source, target, Manner(langs))


def read(source: Path, target: Path | None, manner: Manner) -> Iterator[Read]:
    """As read_pairs, in the manner asked for."""
    for path in (source, target):
        if path is not None:
            require_path(path)
    for reader in READERS:
        if reader.accepts(source, target):
            return map(told, reader.read(source, target, manner))
    raise _mismatch(source, target)


def _mismatch(source: Path, target: Path | None) -> InputError:
    if target is None:
        return InputError(f"{source} has no translation beside it.", hint=f"Name it as the second file: {_WHAT}")
    folder, file = (source, target) if source.is_dir() else (target, source)
    return InputError(f"{folder} is a folder, but {file} is a file.", hint="Give two files, or two folders.")


__all__ = ["READERS", "Manner", "Read", "Reader", "read", "read_pairs"]
