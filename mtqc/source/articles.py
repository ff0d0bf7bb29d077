"""From rows to articles: all rows of an article together where a file is read whole, as they come where it streams.

The rows of an article become one document a side, joined with a line feed; `ArticlePair.segments` holds the rows'
spans. Line numbers in a report count in that document, `file_lines` say where in the file its lines stand.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from mtqc.errors import MtqcError
from mtqc.model import ArticlePair, Document, Span
from mtqc.source.documents import MAX_BYTES, require_text
from mtqc.source.encoding import damage
from mtqc.source.names import Names
from mtqc.source.packed import bare
from mtqc.source.rows import BadRow, Origin, Row, Rows, Table, useful
from mtqc.source.verdict import check_languages
from mtqc.text.offsets import LineIndex

Read = ArticlePair | tuple[str, MtqcError]
"""An article, or its id and why it could not be read."""
MAX_SIZE = 2 * MAX_BYTES
"""Characters of both sides of an article."""
Last = Callable[[ArticlePair], ArticlePair]
PIECE = 100
"""Rows of an article where rows name none: a few pages of text, as a long article has."""


def judged(pair: ArticlePair) -> ArticlePair:
    """The article, its languages checked. Raises InputError."""
    return replace(pair, warnings=pair.warnings + check_languages(pair.source, pair.target))


def unjudged(pair: ArticlePair) -> ArticlePair:
    """The article as it is: in place of `judged`, which is called later, elsewhere."""
    return pair


def grouped(table: Table) -> Iterator[tuple[str, list[Row]]]:
    """Rows by article, in order of first appearance; the file's name where they name none."""
    found: dict[str, list[Row]] = {}
    for row in table.rows:
        found.setdefault(row.article or bare(table.origin.path).stem, []).append(row)
    yield from found.items()


def whole(table: Table, last: Last = judged) -> Iterator[Read]:
    """The articles of a table in memory, then the rows that cannot be used, as `FILE:LINE`."""
    for name, group in grouped(table):
        yield _read(name, group, table.origin, last)
    for bad in table.bad:
        yield _entry(bad, table.origin)


def consecutive(rows: Rows, names: Names, within: str = "", last: Last = judged) -> Iterator[Read]:
    """The articles of a file, as they come: rows that follow each other and name the same article.

    Rows that name none come in articles of `PIECE` rows, called FILE:FIRST-LAST by their lines. Rows of an article that
    has ended before are one of their own, with another name and a warning; so are those from where an article has more
    than `MAX_SIZE` characters on. A row that cannot be used is an entry, FILE:LINE; where the file breaks off, so is
    that. `within`: the file's name in an archive, which tells articles of the same name apart. `last` is done to each.

    Raises InputError where no row can be used.
    """
    origin, before = rows.origin, ""
    for group in _groups(rows):
        if isinstance(group, MtqcError):
            yield names.own(origin.path.name, *_in(within, origin.path.name)), group
        elif isinstance(group, BadRow):
            name, error = _entry(group, origin)
            yield names.own(name, *_in(within, name)), error
        else:
            name = group[0].article or _piece(group, origin)
            own = names.own(name, *_in(within, name), f"{name}:{group[0].line}")
            told = () if own in {name, *_in(within, name)} else (_apart(name, group, origin, going_on=name == before),)
            yield _read(own, group, replace(origin, warnings=origin.warnings + told), last)
            before = group[0].article


def pair(name: str, rows: Iterable[Row], origin: Origin) -> ArticlePair:
    """The article made of these rows. Raises InputError where a side holds no text."""
    rows = list(rows)
    originals, translations = [(r.line, r.source) for r in rows], [(r.line, r.target) for r in rows]
    source, source_spans = _document(originals, origin.langs[0], f"The original of {name}", origin)
    target, target_spans = _document(translations, origin.langs[1], f"The translation of {name}", origin)
    segments = tuple(zip(source_spans, target_spans, strict=True))
    warnings = origin.warnings + _warnings(rows, origin, source, target)
    return ArticlePair(name, source, target, segments, warnings, next((r.date for r in rows if r.date), ""))


def _groups(rows: Rows) -> Iterator[list[Row] | BadRow | MtqcError]:
    """As `cut`. Raises InputError where nothing comes before the error with which the file breaks off."""
    given = False
    for group in cut(_unbroken(rows)):
        if isinstance(group, MtqcError) and not given:
            raise group
        given = True
        yield group


def cut(rows: Iterable[Row | BadRow | MtqcError]) -> Iterator[list[Row] | BadRow | MtqcError]:
    """Rows that follow each other and are one article; all else comes through, at once where an article goes on."""
    group: list[Row] = []
    size = 0
    for row in rows:
        if isinstance(row, BadRow):
            yield row
            continue
        length = 0 if isinstance(row, MtqcError) else len(row.source) + len(row.target)
        if group and (isinstance(row, MtqcError) or _ends(group, row, size + length)):
            yield group
            group, size = [], 0
        if isinstance(row, MtqcError):
            yield row
        else:
            group.append(row)
            size += length
    if group:
        yield group


def _unbroken(rows: Rows) -> Iterator[Row | BadRow | MtqcError]:
    try:
        yield from useful(rows)
    except MtqcError as error:
        yield error


def _ends(group: list[Row], row: Row, size: int) -> bool:
    """True where the row is none of this article."""
    name = group[0].article
    return row.article != name or size > MAX_SIZE or (not name and len(group) >= PIECE)


def _in(within: str, name: str) -> tuple[str, ...]:
    """The name with that of its file in an archive before it, where there is one."""
    return (f"{within}:{name}",) if within else ()


def _piece(group: list[Row], origin: Origin) -> str:
    return f"{bare(origin.path).stem}:{group[0].line}-{group[-1].line}"


def _apart(name: str, group: list[Row], origin: Origin, *, going_on: bool) -> str:
    first = group[0].line
    if going_on:
        return f"“{name}” in {origin.path} is longer than an article can be: from line {first} on it is another."
    return f"Rows of “{name}” stand apart in {origin.path}: those from line {first} on are an article of their own."


def _read(name: str, group: list[Row], origin: Origin, last: Last) -> Read:
    try:
        return last(pair(name, group, origin))
    except MtqcError as error:
        return name, error


def _entry(bad: BadRow, origin: Origin) -> tuple[str, MtqcError]:
    return f"{origin.path.name}:{bad.line}", bad.error


def _document(cells: list[tuple[int, str]], lang: str, name: str, origin: Origin) -> tuple[Document, list[Span]]:
    """The cells, each with the line of the file it stands on, as one text; and where in it they stand."""
    text, spans, start = "\n".join(cell for _, cell in cells), [], 0
    for _, cell in cells:
        spans.append(Span(start, start + len(cell)))
        start += len(cell) + 1
    require_text(text, f"{name} in {origin.path}")
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    lines = tuple(line for line, cell in cells for _ in range(_lines(cell)))
    return Document(text, lang, str(origin.path), digest, origin.encoding, file_lines=lines), spans


def _lines(cell: str) -> int:
    return len(LineIndex(cell).lines()) if "\n" in cell or "\r" in cell else 1


def _warnings(rows: list[Row], origin: Origin, *documents: Document) -> tuple[str, ...]:
    found = [warning for d in documents for warning in damage(d.text, str(origin.path))]
    if count := sum(r.doubled for r in rows):
        what = f"{count} more variant{'s' * (count > 1)} of a language already read"
        found.append(f"{origin.path} has {what}; the first one counts.")
    noted = [r for r in rows if r.note]
    if noted:
        more = f", and {len(noted) - 1} more" if len(noted) > 1 else ""
        found.append(f"Line {noted[0].line} of {origin.path}: {noted[0].note}{more}.")
    return tuple(found)
