"""The articles of a run taken together: findings across them, the register of names, the trend over their dates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mtqc.batch.folder import SEVERITIES, RunFolder
from mtqc.batch.names import page_name
from mtqc.batch.outputs import put, text_of, unwritable
from mtqc.corpus import names_file, section
from mtqc.corpus.findings import CorpusFindings, merged
from mtqc.corpus.trend import Row, over_time
from mtqc.errors import InputError
from mtqc.tables import plain


@dataclass(frozen=True, slots=True)
class Across:
    """HTML for the index, what summary.json says, and the files of names that were written, by their names."""

    html: str
    told: Mapping[str, Any]
    files: tuple[str, ...]


def across(folder: RunFolder, lang: str) -> Across:
    """Compare the articles, and write the register of names, unless somebody edited it: then what it lacks.

    Raises InputError where the state is damaged, or a file cannot be read or written.
    """
    try:
        found = merged(_registers(folder))
    except (ValueError, TypeError, AttributeError) as error:
        hint = "Begin anew in another folder: what was judged comes from the cache."
        raise InputError(f"The state of the run in {folder.path} is damaged ({error}).", hint=hint) from error
    trend = over_time(_rows(folder))
    pages = _pages(folder, found)

    def href(article: str, sentence: str) -> str:
        return f"{pages[article]}#s0-{int(sentence[1:]) - 1}" if article in pages else ""

    html = section.render(found, trend, href, lang)
    return Across(html, section.as_dict(found, trend), _write_names(folder.path, found))


def _registers(folder: RunFolder) -> Iterator[tuple[str, str, str]]:
    for judged in folder.judged("register"):
        text = text_of(folder.path, judged, "register")
        if text:
            yield _plain(judged.id), judged.date, text


def _rows(folder: RunFolder) -> Iterator[Row]:
    sql = (
        "SELECT date, words, mqm_per_1000_words * words / 1000, "
        f"{', '.join(s.label for s in SEVERITIES)} FROM articles WHERE state != 'unread' AND words > 0 ORDER BY number"
    )
    for date, words, points, *counts in folder.query(sql):
        found = {s: n for s, n in zip(SEVERITIES, counts, strict=True) if n}
        yield date, words, points or 0.0, found


def _pages(folder: RunFolder, found: CorpusFindings) -> dict[str, str]:
    """The pages of the articles that findings name."""
    named = {p.article for f in found.findings for form in f.forms for p in form.places}
    rows = ((n, i.decode("utf-8", "surrogatepass")) for n, i in folder.query("SELECT number, id FROM articles"))
    return {_plain(article): page_name(number, article) for number, article in rows if _plain(article) in named}


def _plain(name: str) -> str:
    return str(plain(name))  # SQLite's text cannot hold a file name that is no UTF-8


def _write_names(path: Path, found: CorpusFindings) -> tuple[str, ...]:
    register, added = path / names_file.NAME, path / names_file.ADDED
    try:
        there = register.read_bytes().decode("utf-8-sig", "replace") if register.exists() else None
        files = names_file.files(found, there)
        if names_file.ADDED not in files:
            added.unlink(missing_ok=True)
    except OSError as error:
        raise unwritable(register, error) from error
    for name, text in files.items():
        put(path / name, text.encode("utf-8", "surrogatepass"))
    return tuple(files)
