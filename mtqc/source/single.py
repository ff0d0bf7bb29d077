"""One article from two files, each a text or a web page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from mtqc.errors import InputError, MtqcError
from mtqc.model import ArticlePair
from mtqc.source.articles import Last, Read, judged
from mtqc.source.documents import Reading, read_document
from mtqc.source.folders import Langs, Match
from mtqc.source.html import SUFFIXES as PAGES
from mtqc.source.html import read_page
from mtqc.source.rows import CONTROL

Load = Callable[[Path, str], Reading]
"""From a path and the language to what is there."""


def read_document_or_page(path: Path, lang: str) -> Reading:
    """The text or the web page at `path`. Raises InputError."""
    return (read_page if path.suffix.lower() in PAGES else read_document)(path, lang)


def read_files(
    name: str,
    source: Path,
    target: Path,
    langs: Langs,
    *,
    date: str = "",
    load: Load = read_document_or_page,
    last: Last = judged,
) -> Read:
    """The article of two files, or (name, why it cannot be judged). `last` is done to it last."""
    try:
        original, translation = load(source, langs[0]), load(target, langs[1])
        warnings = original.warnings + translation.warnings
        return last(ArticlePair(name, original.document, translation.document, warnings=warnings, date=date))
    except MtqcError as error:
        return name, error


def read_regular(name: str, source: Path, target: Path, langs: Langs, *, date: str = "", last: Last = judged) -> Read:
    """The same of files that were found in a folder or are named in a list: no pipes, no names that are no text."""
    try:
        for path in (source, target):
            require_regular(path)
    except InputError as error:
        return name, error
    return read_files(name, source, target, langs, date=date, last=last)


def require_regular(path: Path) -> None:
    """Raises InputError where the path is no text itself, or what is there is no file."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        shown = str(path).encode("utf-8", "backslashreplace").decode()
        raise InputError(f"{shown} has a name that is not UTF-8.", hint="Rename it.") from None
    if path.exists() and not path.is_file():
        raise InputError(f"{path} is no file with a text in it.", hint="Give regular files.")


def read_match(match: Match, langs: Langs, last: Last = judged) -> Read:
    """The article of a match of two files, the error of one that has no counterpart."""
    return told(read_regular(*match, langs, last=last) if len(match) == 3 else match)


def told(found: Read) -> Read:
    """The same, its name and what is said of it on one line and printable, whatever a file is called."""
    if isinstance(found, ArticlePair):
        name = _line(found.id)
        return found if name == found.id else replace(found, id=name)
    name, error = found
    if _line(error.message) != error.message:
        error = type(error)(_line(error.message), hint=_line(error.hint))
    return _line(name), error


def _line(text: str) -> str:
    return CONTROL.sub(" ", text.encode("utf-8", "backslashreplace").decode())
