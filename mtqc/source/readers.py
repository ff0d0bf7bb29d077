"""The kinds of input, one reader each, in the order in which they are asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from io import BufferedReader
from pathlib import Path, PurePosixPath
from typing import Protocol

from mtqc.errors import InputError, MtqcError
from mtqc.source import tables
from mtqc.source.articles import Read, consecutive, whole
from mtqc.source.documents import require_path
from mtqc.source.folders import ENGLISH_TO_FRENCH, Langs, article_id, match_one, match_two
from mtqc.source.names import Names
from mtqc.source.packed import members
from mtqc.source.rows import KNOWN, Columns, Rows, table
from mtqc.source.single import read_files, read_regular, told
from mtqc.source.tables import Loader

_WHAT = (
    "mtqc reads two text files or web pages, two folders, one folder with both sides, or one .tsv, .jsonl, .tmx, .xlf"
    " or .xliff file, with .gz or in a .zip."
)


@dataclass(frozen=True, slots=True)
class Manner:
    """How to read. `streams`: articles as they come, in constant memory; else each file of pairs whole, so that rows of
    an article may stand apart, and rows that name none are one article.

    `names`: those given out so far.
    """

    langs: Langs = ENGLISH_TO_FRENCH
    columns: Columns = KNOWN
    streams: bool = False
    names: Names = field(default_factory=Names)


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
            yield _own(read_regular(*match, manner.langs) if len(match) == 3 else match, manner.names)


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
        yield from _articles(self.load(source, manner.langs, None, manner.columns), manner)


@dataclass(frozen=True, slots=True)
class ZipReader:
    """A zip archive of tables and translation units; see mtqc.source.packed for what is refused."""

    name: str = "zip archives"

    def accepts(self, source: Path, target: Path | None) -> bool:
        """True for one .zip file."""
        return target is None and source.suffix.lower() == ".zip" and not source.is_dir()

    def read(self, source: Path, target: Path | None, manner: Manner) -> Iterator[Read]:
        """As Reader.read; a file in it that cannot be read is an error entry."""
        assert target is None, target
        empty = True
        for member, stream in members(source):
            empty = False
            yield from _of_member(source, member, stream, manner)
        if empty:
            raise InputError(f"{source} holds no file.", hint="Pack .tsv, .jsonl, .tmx or .xlf files.")


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
            yield _own(read_files(article_id(source), source, target, manner.langs), manner.names)


READERS: tuple[Reader, ...] = (
    FolderReader(),
    *(
        TableReader(name, suffixes, tables.LOADERS[min(suffixes)])
        for name, suffixes in (
            ("TSV", tables.TSV),
            ("JSON Lines", tables.JSON_LINES),
            ("TMX", tables.TMX),
            ("XLIFF", tables.XLIFF),
        )
    ),
    ZipReader(),
    TextReader(),
)
"""The first that accepts the paths reads them."""


def read_pairs(source: Path, target: Path | None = None, langs: Langs = ENGLISH_TO_FRENCH) -> Iterator[Read]:
    """Articles of two text files or web pages, two folders, one folder with both sides, or one file that holds both
    sides of many: TSV, JSON Lines, TMX, XLIFF, each as it is, with .gz, or in a .zip.

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


def _articles(rows: Rows, manner: Manner, within: str = "") -> Iterator[Read]:
    if manner.streams:
        return consecutive(rows, manner.names, within)
    return (_own(found, manner.names, within) for found in whole(table(rows)))


def _of_member(
    archive: Path, member: PurePosixPath, stream: BufferedReader | InputError, manner: Manner
) -> Iterator[Read]:
    load = tables.loader(Path(member))
    if isinstance(stream, InputError):
        yield _own((str(member), stream), manner.names)
    elif load is None:
        message = f"{member} in {archive} is not of a kind that is read from an archive."
        error = InputError(message, hint="Pack .tsv, .jsonl, .tmx or .xlf files, or unpack it.")
        yield _own((str(member), error), manner.names)
    else:
        try:
            yield from _articles(load(archive / member, manner.langs, stream, manner.columns), manner, str(member))
        except MtqcError as error:
            yield _own((str(member), error), manner.names)


def _own(found: Read, names: Names, within: str = "") -> Read:
    """The entry with an id that none before it has."""
    wanted = found[0] if isinstance(found, tuple) else found.id
    own = names.own(wanted, *([f"{within}:{wanted}"] if within else []))
    if own == wanted:
        return found
    return (own, found[1]) if isinstance(found, tuple) else replace(found, id=own)


__all__ = ["READERS", "Manner", "Read", "Reader", "read", "read_pairs"]
