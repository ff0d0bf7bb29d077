"""The texts of an earlier run read again, where their files are still at hand and hold what they held then."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import chain, product
from pathlib import Path

from mtqc.errors import MtqcError
from mtqc.model import Document
from mtqc.source import articles, rows
from mtqc.source.documents import Reading
from mtqc.source.folders import Langs
from mtqc.source.packed import Archive
from mtqc.source.rows import KNOWN, Columns
from mtqc.source.single import read_document_or_page
from mtqc.source.tables import loader
from mtqc.source.zipped import member_document, member_rows

_DIRECTIONS: tuple[Langs, ...] = (("en", "fr"), ("fr", "en"))


class TextsAtHand:
    """From a document without text, as a report keeps it, to the same with its text; None where that is not at hand.

    `columns`: those that were read, of a file that has columns. `missing`: the paths that were asked for in vain, each
    once, in order.
    """

    def __init__(self, columns: Columns = KNOWN) -> None:
        self._columns = columns
        self._missing: dict[str, None] = {}
        self._archives = cache(Archive)
        self._tables = cache(self._table)

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
        if not document.path:
            return None
        try:
            if loader(path):
                return self._tables(path).get((document.sha256, document.lang))
            if path.is_file():
                found: Reading | None = read_document_or_page(path, document.lang)
            else:
                found = member_document(path, document.lang, self._archives)
        except MtqcError:
            return None
        return found.document if found and found.document.sha256 == document.sha256 else None

    def _table(self, path: Path) -> dict[tuple[str, str], Document]:
        """Both sides of every article of a file of pairs, by hash and language, however its rows make articles."""
        found: dict[tuple[str, str], Document] = {}
        for langs, columns in product(_DIRECTIONS, dict.fromkeys((KNOWN, self._columns))):
            load = loader(path)
            try:
                table = rows.table(load(path, langs, None, columns)) if load and path.is_file() else None
                table = table or member_rows(path, langs, columns, self._archives)
            except MtqcError:
                continue
            found |= {(d.sha256, d.lang): d for d in _documents(table)} if table else {}
        return found


def _documents(table: rows.Table) -> Iterator[Document]:
    streamed = (group for group in articles.cut(table.rows) if isinstance(group, list))
    for own in chain((own for _, own in articles.grouped(table)), streamed):
        try:
            pair = articles.pair("", own, table.origin)
        except MtqcError:
            continue
        yield from (pair.source, pair.target)
