"""The texts of an earlier run read again, where their files are still at hand and hold what they held then."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from mtqc.errors import MtqcError
from mtqc.model import Document
from mtqc.source import articles, rows
from mtqc.source.documents import read_document
from mtqc.source.folders import Langs
from mtqc.source.html import SUFFIXES as PAGES
from mtqc.source.html import read_page
from mtqc.source.tables import loader

_DIRECTIONS: tuple[Langs, ...] = (("en", "fr"), ("fr", "en"))


class TextsAtHand:
    """From a document without text, as a report keeps it, to the same with its text; None where that is not at hand.

    `missing`: the paths that were asked for in vain, each once, in order.
    """

    def __init__(self) -> None:
        self._missing: dict[str, None] = {}
        self._tables = cache(_table)

    def __call__(self, document: Document) -> Document | None:
        """The document, read again, where the hash of what is there is the report's."""
        path = Path(document.path)
        found = self._read(path, document)
        if found is None and document.path:
            self._missing[document.path] = None
        return found

    @property
    def missing(self) -> tuple[str, ...]:
        """Of files that are gone or have changed."""
        return tuple(self._missing)

    def _read(self, path: Path, document: Document) -> Document | None:
        if not document.path or not path.is_file():
            return None
        if loader(path):
            return self._tables(path).get((document.sha256, document.lang))
        read = read_page if path.suffix.lower() in PAGES else read_document
        try:
            found = read(path, document.lang).document
        except MtqcError:
            return None
        return found if found.sha256 == document.sha256 else None


def _table(path: Path) -> dict[tuple[str, str], Document]:
    """Both sides of every article of a table, by hash and language."""
    return {(d.sha256, d.lang): d for langs in _DIRECTIONS for d in _documents(path, langs)}


def _documents(path: Path, langs: Langs) -> Iterator[Document]:
    load = loader(path)
    if load is None:
        return
    try:
        table = rows.table(load(path, langs))
    except MtqcError:
        return
    for name, own in articles.grouped(table):
        try:
            pair = articles.pair(name, own, table.origin)
        except MtqcError:
            continue
        yield from (pair.source, pair.target)
