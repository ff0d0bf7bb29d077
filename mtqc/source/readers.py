"""The kinds of input, one reader each, in the order in which they are asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BufferedReader
from pathlib import Path, PurePosixPath
from typing import Protocol

from mtqc.errors import InputError, MtqcError
from mtqc.model import ArticlePair
from mtqc.source import rows, tables
from mtqc.source.documents import Reading, read_document, require_path
from mtqc.source.folders import ENGLISH_TO_FRENCH, Langs, article_id, match_one, match_two
from mtqc.source.html import SUFFIXES as PAGES
from mtqc.source.html import read_page
from mtqc.source.packed import members
from mtqc.source.tables import Loader
from mtqc.source.verdict import check_languages

Read = ArticlePair | tuple[str, MtqcError]
"""An article, or its id and why it could not be read."""

_WHAT = (
    "mtqc reads two text files or web pages, two folders, one folder with both sides, or one .tsv, .jsonl, .tmx, .xlf"
    " or .xliff file, with .gz or in a .zip."
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

    def read(self, source: Path, target: Path | None, langs: Langs) -> Iterator[Read]:
        """The articles, whose original and translation are in `langs`, one bad one never keeping back the others.

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

    def read(self, source: Path, target: Path | None, langs: Langs) -> Iterator[Read]:
        """As Reader.read; files without counterpart are error entries."""
        matches = match_one(source, langs) if target is None else match_two(source, target, langs)
        for match in matches:
            yield _attempt(match[0], match[1], match[2], langs) if len(match) == 3 else match


@dataclass(frozen=True, slots=True)
class TableReader:
    """A file of corresponding texts; see mtqc.source.rows."""

    name: str
    suffixes: frozenset[str]
    load: Loader

    def accepts(self, source: Path, target: Path | None) -> bool:
        """True for one file with one of the suffixes."""
        return target is None and tables.suffix(source) in self.suffixes and not source.is_dir()

    def read(self, source: Path, target: Path | None, langs: Langs) -> Iterator[Read]:
        """As Reader.read; rows that cannot be used are error entries, `FILE:LINE`, after the articles."""
        assert target is None, target
        yield from _articles(self.load(source, langs))


@dataclass(frozen=True, slots=True)
class ZipReader:
    """A zip archive of tables and translation units; see mtqc.source.packed for what is refused."""

    name: str = "zip archives"

    def accepts(self, source: Path, target: Path | None) -> bool:
        """True for one .zip file."""
        return target is None and source.suffix.lower() == ".zip" and not source.is_dir()

    def read(self, source: Path, target: Path | None, langs: Langs) -> Iterator[Read]:
        """As Reader.read; a file in it that cannot be read is an error entry."""
        assert target is None, target
        known, empty = set[str](), True
        for member, stream in members(source):
            empty = False
            for found in _of_member(source, member, stream, langs):
                yield _unlike(known, found, str(member))
        if empty:
            raise InputError(f"{source} holds no file.", hint="Pack .tsv, .jsonl, .tmx or .xlf files.")


@dataclass(frozen=True, slots=True)
class TextReader:
    """Two text files or web pages, or one of each."""

    name: str = "two text files or web pages"

    def accepts(self, source: Path, target: Path | None) -> bool:
        """True for two files."""
        return target is not None and not source.is_dir() and not target.is_dir()

    def read(self, source: Path, target: Path | None, langs: Langs) -> Iterator[Read]:
        """One article."""
        if target is not None:
            yield _attempt(article_id(source), source, target, langs)


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
    for path in (source, target):
        if path is not None:
            require_path(path)
    for reader in READERS:
        if reader.accepts(source, target):
            return reader.read(source, target, langs)
    raise _mismatch(source, target)


def _mismatch(source: Path, target: Path | None) -> InputError:
    if target is None:
        return InputError(f"{source} has no translation beside it.", hint=f"Name it as the second file: {_WHAT}")
    folder, file = (source, target) if source.is_dir() else (target, source)
    return InputError(f"{folder} is a folder, but {file} is a file.", hint="Give two files, or two folders.")


def _articles(table: rows.Table) -> Iterator[Read]:
    for name, group in rows.articles(table):
        try:
            yield _judged(rows.pair(name, group, table))
        except MtqcError as error:
            yield name, error
    for bad in table.bad:
        yield f"{table.path.name}:{bad.line}", bad.error


def _of_member(
    archive: Path, member: PurePosixPath, stream: BufferedReader | InputError, langs: Langs
) -> Iterator[Read]:
    load = tables.loader(Path(member))
    if isinstance(stream, InputError):
        yield str(member), stream
    elif load is None:
        message = f"{member} in {archive} is not of a kind that is read from an archive."
        yield str(member), InputError(message, hint="Pack .tsv, .jsonl, .tmx or .xlf files, or unpack it.")
    else:
        try:
            yield from _articles(load(archive / member, langs, stream))
        except MtqcError as error:
            yield str(member), error


def _unlike(known: set[str], found: Read, member: str) -> Read:
    """The entry with an id that none before it has."""
    name = found[0] if isinstance(found, tuple) else found.id
    own = name if name not in known else f"{member}:{name}"
    known.add(own)
    return (own, found[1]) if isinstance(found, tuple) else replace(found, id=own)


def _attempt(name: str, source: Path, target: Path, langs: Langs) -> Read:
    try:
        original, translation = _read(source, langs[0]), _read(target, langs[1])
        warnings = original.warnings + translation.warnings
        return _judged(ArticlePair(name, original.document, translation.document, warnings=warnings))
    except MtqcError as error:
        return name, error


def _read(path: Path, lang: str) -> Reading:
    return (read_page if path.suffix.lower() in PAGES else read_document)(path, lang)


def _judged(pair: ArticlePair) -> ArticlePair:
    return replace(pair, warnings=pair.warnings + check_languages(pair.source, pair.target))
