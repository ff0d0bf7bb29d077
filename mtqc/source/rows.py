"""Rows of corresponding texts, and which columns they come from, whatever kind of file holds them.

A row that cannot be used is an error entry of its own, named by its line, and the others are judged without it. A row
with one side empty stays: its text was left out, or added.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from mtqc.errors import InputError
from mtqc.source.documents import MAX_LINE
from mtqc.source.folders import Langs
from mtqc.text.offsets import LineIndex

LANG_KEYS = {"en": ("en", "english"), "fr": ("fr", "french")}
SOURCE_KEYS = ("source", "src", "original")
TARGET_KEYS = ("target", "tgt", "translation")
ARTICLE_KEYS = ("article", "article_id", "doc", "document", "id")
DATE_KEYS = ("date", "published")
NO_COLUMN = "-"
"""As the name of the articles' column: there is none, whatever the columns are called."""
MAX_HELD = 1_000
"""Rows that cannot be used, before the first that can: a file with more is not the file that was meant."""
MAX_NAME = 200
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Columns:
    """Names of columns, of fields in JSON (`mt.google`: one inside another); "": the known ones."""

    source: str = ""
    target: str = ""
    article: str = ""
    date: str = ""


KNOWN = Columns()


@dataclass(frozen=True, slots=True)
class Wanted:
    """The names under which each part of a row may stand, the first that is there counting."""

    source: tuple[str, ...]
    target: tuple[str, ...]
    article: tuple[str, ...]
    date: tuple[str, ...]
    langs: Langs

    @property
    def known(self) -> tuple[str, ...]:
        """All of them."""
        return self.source + self.target + self.article + self.date


@dataclass(frozen=True, slots=True)
class Row:
    """One usable row: line of the file, article it belongs to ("" if it names none), original, translation.

    `date`: ISO 8601, "" unknown. `doubled`: how many further variants of one of its texts the file holds. `note`: what
    a person should know of it.
    """

    line: int
    article: str
    source: str
    target: str
    date: str = ""
    doubled: int = 0
    note: str = ""


class NoColumnError(InputError):
    """A row lacks a column that holds one of the texts, or that the user has named."""


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be used, and why."""

    line: int
    error: InputError


@dataclass(slots=True)
class LeftOut:
    """Rows of one sort that were left out: how many so far, and the line of the first."""

    count: int = 0
    first: int = 0

    def add(self, line: int) -> None:
        """One more."""
        self.count += 1
        self.first = self.first or line


@dataclass(frozen=True, slots=True)
class Origin:
    """The file that rows come from."""

    path: Path
    langs: Langs
    encoding: str = "utf-8"
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rows:
    """A file of rows that is being read, one row in memory at a time. `found` raises InputError where it breaks off.

    `nothing` and `hint`: what is said where no row can be used.
    """

    origin: Origin
    found: Iterator[Row | BadRow]
    nothing: str = "has no row that can be used"
    hint: str = "A row holds the original and its translation."


@dataclass(frozen=True, slots=True)
class Table:
    """A file of rows, read."""

    origin: Origin
    rows: tuple[Row, ...]
    bad: tuple[BadRow, ...]


def wanted(columns: Columns, langs: Langs) -> Wanted:
    """What to look for. Raises InputError where the same column is to hold both texts."""
    if columns.source and columns.source == columns.target:
        message = f"“{columns.source}” is to hold the original and the translation as well."
        raise InputError(message, hint="Name two columns.")
    own, other = LANG_KEYS[langs[0]], LANG_KEYS[langs[1]]
    return Wanted(
        source=(columns.source,) if columns.source else (own[0], *SOURCE_KEYS, *own[1:]),
        target=(columns.target,) if columns.target else (other[0], *TARGET_KEYS, *other[1:]),
        article=() if columns.article == NO_COLUMN else (columns.article,) if columns.article else ARTICLE_KEYS,
        date=(columns.date,) if columns.date else DATE_KEYS,
        langs=langs,
    )


def refuse_columns(columns: Columns, path: Path) -> None:
    """Raises InputError where columns are named of a kind of file that has none."""
    named = [name for name in (columns.source, columns.target, columns.article, columns.date) if name]
    if named:
        message = f"{path} has no columns, and so no “{named[0]}”."
        raise InputError(message, hint="Columns are those of TSV, JSON Lines, Parquet and manifests.")


def lacking(where: str, keys: tuple[str, ...], have: Iterable[str]) -> NoColumnError:
    """The error where no column has one of these names."""
    names = list(have)
    shown = ", ".join(f"“{name}”" for name in names[:_SHOWN]) + (" and more" if len(names) > _SHOWN else "")
    missing = f"“{keys[0]}”" if len(keys) == 1 else f"“{keys[1]}” or “{keys[0]}”"
    hint = "Name one of these." if len(keys) == 1 else "Name the texts so, or say which column holds them (mtqc batch)."
    return NoColumnError(f"{where} has no {missing} but {shown or 'nothing'}.", hint=hint)


def usable(path: Path, row: Row) -> Row | BadRow:
    """The row, its article's name fit for a report; or why it cannot be used."""
    texts = row.source, row.target
    if any("\0" in text for text in texts):
        return bad(row.line, path, "holds a NUL character", "Export it again as text.")
    try:
        for text in (*texts, row.article):
            text.encode()
    except UnicodeEncodeError:
        return bad(row.line, path, "holds half of a surrogate pair", "Export it again: \\ud83d needs its other half.")
    for text in texts:
        if (length := _longest(text)) > MAX_LINE:
            what = f"has a paragraph of {length} characters; there are at most {MAX_LINE}"
            return bad(row.line, path, what, "Is it text at all? If so, break it into paragraphs.")
    return row


def _longest(text: str) -> int:
    """Length of the longest line, 0 where none can be too long."""
    return max(b - a for a, b in LineIndex(text).lines()) if len(text) > MAX_LINE else 0


def name_of(value: object) -> str:
    """An article's name by what stands in its column: one line, not too long."""
    text = "" if value is None else str(value)
    return CONTROL.sub(" ", text).strip()[:MAX_NAME]


def dated(value: object) -> tuple[str, str]:
    """(ISO 8601 as it stands in the column of dates, a note where that is no date)."""
    if isinstance(value, date):
        return value.isoformat(), ""
    text = "" if value is None else str(value).strip()
    try:
        datetime.fromisoformat(f"{text}-01" if re.fullmatch(r"\d{4}-\d{2}", text) else text)
    except ValueError:
        if text and not re.fullmatch(r"\d{4}", text):
            return "", f"“{CONTROL.sub(' ', text[:_SHOWN])}” is no date as ISO 8601 writes it and was left out"
    else:
        return text, ""
    return text, ""


def bad(line: int, path: Path, what: str, hint: str) -> BadRow:
    """A row that cannot be used."""
    return BadRow(line, InputError(f"Line {line} of {path} {what}.", hint=hint))


def useful(rows: Rows) -> Iterator[Row | BadRow]:
    """All rows. Raises InputError where none can be used, or the first thousand cannot."""
    held: list[BadRow] = []
    for row in rows.found:
        if isinstance(row, Row):
            yield from held
            yield row
            yield from rows.found
            return
        held.append(row)
        if len(held) == MAX_HELD:
            break
    if held and isinstance(held[0].error, NoColumnError):
        raise held[0].error
    why = f" {held[0].error.message}" if held else ""
    which = f"{rows.nothing} among its first {MAX_HELD}" if len(held) == MAX_HELD else rows.nothing
    raise InputError(f"{rows.origin.path} {which}.{why}", hint=held[0].error.hint if held else rows.hint)


def table(rows: Rows) -> Table:
    """All rows in memory. Raises InputError where there is none, or the file breaks off."""
    found = list(useful(rows))
    usable_ones = tuple(r for r in found if isinstance(r, Row))
    return Table(rows.origin, usable_ones, tuple(r for r in found if isinstance(r, BadRow)))
