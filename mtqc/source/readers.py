"""The kinds of input, one reader each, in the order in which they are asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from mtqc.errors import InputError, MtqcError
from mtqc.model import ArticlePair
from mtqc.source import rows
from mtqc.source.documents import Reading, read_document, require_path
from mtqc.source.folders import ENGLISH_TO_FRENCH, Langs, article_id, match_one, match_two
from mtqc.source.html import SUFFIXES as PAGES
from mtqc.source.html import read_page
from mtqc.source.verdict import check_languages

Read = ArticlePair | tuple[str, MtqcError]
"""An article, or its id and why it could not be read."""

_WHAT = "mtqc reads two text files or web pages, two folders, one folder with both sides, a .tsv file or a .jsonl file."


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
    load: Callable[[Path, Langs], rows.Table]

    def accepts(self, source: Path, target: Path | None) -> bool:
        """True for one file with one of the suffixes."""
        return target is None and source.suffix.lower() in self.suffixes and not source.is_dir()

    def read(self, source: Path, target: Path | None, langs: Langs) -> Iterator[Read]:
        """As Reader.read; rows that cannot be used are error entries, `FILE:LINE`, after the articles."""
        assert target is None, target
        table = self.load(source, langs)
        for name, group in rows.articles(table):
            try:
                yield _judged(rows.pair(name, group, table))
            except MtqcError as error:
                yield name, error
        for bad in table.bad:
            yield f"{source.name}:{bad.line}", bad.error


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
    TableReader("TSV", frozenset({".tsv", ".tab"}), rows.read_tsv),
    TableReader("JSON Lines", frozenset({".jsonl", ".ndjson"}), rows.read_json_lines),
    TextReader(),
)
"""The first that accepts the paths reads them."""


def read_pairs(source: Path, target: Path | None = None, langs: Langs = ENGLISH_TO_FRENCH) -> Iterator[Read]:
    """Articles of two text files or web pages, two folders, one folder with both sides, a TSV or a JSON Lines file.

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
