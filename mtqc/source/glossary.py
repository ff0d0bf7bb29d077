"""Glossaries as files: CSV and TBX (basic dialect, versions 2 and 3). Nothing outside the file is ever loaded."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from mtqc.errors import InputError
from mtqc.source.encoding import decode
from mtqc.source.tbx import Designation, read_tbx
from mtqc.text.terms import Kind, Term, has_own_capitals, term_words

COLUMNS = ("en", "fr", "note", "case", "status")
_NAMES = {
    "en": "en", "english": "en", "source": "en", "anglais": "en", "term": "en",
    "fr": "fr", "french": "fr", "target": "fr", "français": "fr", "translation": "fr",
    "note": "note", "notes": "note", "comment": "note", "definition": "note",
    "case": "case", "casse": "case", "status": "status", "statut": "status",
}  # fmt: skip
_STATUS = {
    "": "allowed", "preferred": "allowed", "approved": "allowed", "admitted": "allowed", "allowed": "allowed",
    "forbidden": "forbidden", "deprecated": "forbidden", "superseded": "forbidden", "obsolete": "forbidden",
    "do-not-translate": "do-not-translate", "must-translate": "must-translate",
}  # fmt: skip
_CASE = {"": None, "ignore": False, "no": False, "match": True, "yes": True}
MOST_BYTES = 50_000_000
"""A glossary larger than this is refused: the largest public one (IATE, EN-FR) has some 40 MB."""


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of a list: an English term and one or more French ones of the same status."""

    english: str
    french: tuple[str, ...]
    status: str
    match_case: bool | None
    note: str
    origin: str


def read_glossary(path: Path) -> tuple[Term, ...]:
    """The terms of a .csv, .tsv, .txt, .tbx or .xml file, in its order, rows of one English term joined.

    Raises InputError that names the file and the line where it is missing, unreadable, or not a glossary.
    """
    data = _bytes(path)
    if path.suffix.lower() in {".tbx", ".xml"}:
        return _named(_from_designations(read_tbx(data, str(path))), path)
    if path.suffix.lower() not in {".csv", ".tsv", ".txt"}:
        raise InputError(f"{path}: what kind of glossary is this?", hint="Give a .csv, .tsv or .tbx file.")
    return _named(parse_csv(decode(data, str(path)).text, str(path)), path)


def read_list(path: Path) -> tuple[str, ...]:
    """A list of terms, one a line; empty lines and lines that begin with # are left out."""
    lines = decode(_bytes(path), str(path)).text.splitlines()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise InputError(f"{path}: larger than {MOST_BYTES // 1_000_000} MB.", hint="Split it.")
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}).", hint="Give the path of a file.") from error


def _named(terms: tuple[Term, ...], path: Path) -> tuple[Term, ...]:
    if not terms:
        raise InputError(
            f"{path}: no English term with a French one in it.",
            hint="A CSV glossary has the columns en, fr and, where wanted, note, case, status.",
        )
    return terms


def parse_csv(text: str, name: str = "glossary") -> tuple[Term, ...]:
    """Terms of a CSV text: columns en, fr, note, case, status, by a header or in that order; `name` stands in errors.

    The delimiter is whichever of tab, semicolon and comma the first line has. Several translations in one cell are
    separated by |.
    """
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        cells = [(lines.line_num, [c.strip() for c in row]) for row in lines]
    except csv.Error as error:
        raise InputError(f"{name}, line {lines.line_num}: {error}.", hint="Mend that line.") from error
    cells = [(n, row) for n, row in cells if any(row) and not row[0].startswith("#")]
    if not cells:
        return ()
    header = [_NAMES.get(c.lower(), "") for c in cells[0][1]]
    named = {"en", "fr"} <= set(header)
    rows = [_row(row, header if named else COLUMNS, f"{name}, line {n}") for n, row in cells[named:]]
    return _joined(rows)


def _delimiter(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip() and not line.startswith("#")), "")
    return max("\t;,", key=first.count)


def _row(cells: Sequence[str], columns: Sequence[str], where: str) -> _Row:
    values = {c: v for c, v in zip(columns, cells, strict=False) if c}
    status = values.get("status", "").lower()
    case = values.get("case", "").lower()
    if status not in _STATUS:
        raise InputError(f"{where}: unknown status “{status}”.", hint=f"Known: {', '.join(filter(None, _STATUS))}.")
    if case not in _CASE:
        raise InputError(f"{where}: unknown case “{case}”.", hint="Known: ignore, match, or nothing.")
    row = _Row(
        values.get("en", ""),
        tuple(filter(None, (f.strip() for f in values.get("fr", "").split("|")))),
        _STATUS[status],
        _CASE[case],
        values.get("note", ""),
        where,
    )
    _complete(row)
    return row


def _complete(row: _Row) -> None:
    if row.status in {"allowed", "forbidden"} and not row.french:
        raise InputError(f"{row.origin}: no French term.", hint="Fill the column fr, or set a status that needs none.")
    if not row.english and row.status != "forbidden":
        raise InputError(f"{row.origin}: no English term.", hint="Fill the column en.")
    for term in filter(None, (row.english, *row.french)):
        if not term_words(term, "en"):
            raise InputError(f"{row.origin}: “{term}” has no word in it.", hint="Mend or delete that line.")


def _joined(rows: Iterable[_Row]) -> tuple[Term, ...]:
    return merged(map(_term, rows))


def _term(row: _Row) -> Term:
    kind: Kind = "glossary"
    if row.status in {"do-not-translate", "must-translate"}:
        kind = "do-not-translate" if row.status == "do-not-translate" else "must-translate"
    allowed, forbidden = ((), row.french) if row.status == "forbidden" else (row.french, ())
    match = has_own_capitals(row.english) if row.match_case is None else row.match_case
    return Term(row.english, allowed, forbidden, kind, match, row.note, row.origin)


def _from_designations(entries: Iterator[tuple[Designation, ...]]) -> tuple[Term, ...]:
    return _joined(row for entry in entries for row in _rows(entry))


def _rows(entry: tuple[Designation, ...]) -> Iterator[_Row]:
    """Every English designation with the French ones of its entry: the preferred, then the others, then forbidden."""
    english = [d for d in entry if d.lang == "en" and d.term]
    french = sorted((d for d in entry if d.lang == "fr" and d.term), key=lambda d: d.rank)
    for en in english:
        for fr in french:
            status = "forbidden" if fr.is_forbidden else "allowed"
            yield _Row(en.term, (fr.term,), status, None, fr.note, en.origin)


def merged(terms: Iterable[Term]) -> tuple[Term, ...]:
    """Terms of several lists, those of one English term, kind and case joined, in order of first mention."""
    found: dict[tuple[str, Kind, bool], Term] = {}
    for new in terms:
        key = (new.english if new.match_case else new.english.lower(), new.kind, new.match_case)
        old = found.get(key)
        found[key] = new if old is None else _with(old, new)
    return tuple(found.values())


def _with(old: Term, new: Term) -> Term:
    note = old.note if new.note in old.note else "; ".join(filter(None, (old.note, new.note)))
    french = tuple(dict.fromkeys(old.french + new.french))
    return replace(old, french=french, forbidden=tuple(dict.fromkeys(old.forbidden + new.forbidden)), note=note)


def listed(values: Iterable[str], kind: Kind, where: str) -> tuple[Term, ...]:
    """Terms of a do-not-translate or must-translate list. Raises InputError on one without a word in it."""
    for value in values:
        if not term_words(value, "en"):
            raise InputError(f"{where}: “{value}” has no word in it.", hint="Mend or delete it.")
    unique = dict.fromkeys(values)
    return tuple(
        Term(v, kind=kind, match_case=kind == "do-not-translate" or has_own_capitals(v), origin=where) for v in unique
    )
