"""PO, the translations of gettext: entries are read one at a time, with translate-toolkit.

An entry is a row, on the line of its msgid. Of an entry with plural forms, the first goes with the singular, each other
with the plural. A context (msgctxt) is no text. Obsolete entries are no part of the translation any more; fuzzy ones
are guesses that gettext does not show, untranslated ones have nothing to judge: both are counted in an error entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from io import BufferedReader
from itertools import chain
from pathlib import Path
from typing import Any, TypeAlias

from mtqc.errors import InputError
from mtqc.source.folders import ENGLISH_TO_FRENCH, Langs
from mtqc.source.lines import read_lines
from mtqc.source.packed import HEAD, begun, watched
from mtqc.source.rows import KNOWN, BadRow, Columns, LeftOut, Origin, Row, Rows, bad, refuse_columns, usable

MAX_ENTRY = 1_000_000
"""Characters without an empty line: entries of whole paragraphs have a few thousand."""
_CHARSET = re.compile(rb"\"Content-Type:[^\"\n]*charset=([\w.:-]+)", re.IGNORECASE)
_NAMES = {"en": "English", "fr": "French"}
Store: TypeAlias = Any
Unit: TypeAlias = Any
"""translate-toolkit's pofile and pounit, which have no types."""
Block = tuple[int, list[str]]
"""Lines without an empty one among them, and the number of the first."""


def read_po(
    path: Path, langs: Langs = ENGLISH_TO_FRENCH, stream: BufferedReader | None = None, columns: Columns = KNOWN
) -> Rows:
    """The translated entries of the file at `path`, or of what `stream` holds. Raises InputError."""
    refuse_columns(columns, path)
    with begun(path, stream) as data:
        declared = _CHARSET.search(data.peek(HEAD))
        text = read_lines(data, str(path), declared[1].decode() if declared else "")
        return Rows(
            Origin(path, langs, text.encoding, text.warnings),
            watched(data, path, _rows(text.lines, path, langs)),
            "holds no entry that is translated",
            "A PO file has a msgid and a msgstr for every text.",
        )


def _rows(lines: Iterator[str], path: Path, langs: Langs) -> Iterator[Row | BadRow]:
    fuzzy, untranslated = LeftOut(), LeftOut()
    for first, block in _blocks(lines):
        if sum(map(len, block)) > MAX_ENTRY:
            yield bad(first, path, "begins an entry that is too long", "Is it PO? Entries have an empty line between.")
            continue
        store = _parsed(block)
        if isinstance(store, str):
            yield bad(first, path, f"begins no entry of a PO file: {store}", "Check it with msgfmt --check.")
            continue
        for line, unit in _units(first, block, store):
            if unit.isheader():
                _require_direction(store, path, langs)
            elif unit.isfuzzy():
                fuzzy.add(line)
            else:
                yield from _of_unit(line, unit, path, untranslated)
    yield from _told(fuzzy, path, "marked as fuzzy, and left out", "Confirm or correct them")
    yield from _told(untranslated, path, f"without {_NAMES[langs[1]]} text", "Translate what is missing")


def _blocks(lines: Iterator[str]) -> Iterator[Block]:
    """The entries of a file, more than one together where no empty line parts them; the end of an overlong one is
    left out.
    """
    block: list[str] = []
    first, size = 1, 0
    for number, line in enumerate(chain(lines, [""]), 1):
        if line.strip():
            first = first if block else number
            size += len(line)
            if size <= 2 * MAX_ENTRY:
                block.append(line)
        elif block:
            yield first, block
            block, size = [], 0


def _parsed(block: list[str]) -> Store:
    """The entries as translate-toolkit's pofile, or what is wrong with them."""
    pypo: Any = import_module("translate.storage.pypo")
    text = "".join(block)
    if 'msgid ""' in text:
        text = re.sub(r"(?i)(\"Content-Type:[^\"\n]*charset=)[\w.:-]+", r"\1UTF-8", text)
    try:
        return pypo.pofile.parsestring(text.encode())
    except UnicodeEncodeError as error:
        return f"byte 0x{ord(text[error.start]) & 0xFF:02x} cannot be decoded"
    except ValueError as error:
        return re.sub(r" on line \d+:.*", "", " ".join(str(error).split()))[:100]
    except Exception as error:  # translate-toolkit raises all kinds on entries that are no such
        return f"translate-toolkit cannot parse it ({type(error).__name__})"


def _units(first: int, block: list[str], store: Store) -> Iterator[tuple[int, Unit]]:
    """Each unit that is in use, with the line of its msgid."""
    starts = [first + at for at, line in enumerate(block) if re.match(r"\s*msgid\s", line)]
    units = [unit for unit in store.units if not unit.isobsolete() and not unit.isblank()]
    for at, unit in enumerate(units):
        yield starts[at] if at < len(starts) else first, unit


def _of_unit(line: int, unit: Unit, path: Path, untranslated: LeftOut) -> Iterator[Row | BadRow]:
    sources = [str(s) for s in getattr(unit.source, "strings", [unit.source])]
    targets = [str(t) for t in getattr(unit.target, "strings", [unit.target])]
    if not all(t.strip() for t in targets):
        untranslated.add(line)
        return
    texts = [(sources[min(at, len(sources) - 1)], target) for at, target in enumerate(targets)]
    for source, target in dict.fromkeys(texts):
        yield usable(path, Row(line, "", source, target))


def _require_direction(store: Store, path: Path, langs: Langs) -> None:
    declared = str(store.parseheader().get("Language", ""))
    lang = re.split(r"[_@.-]", declared.lower())[0]
    if lang and lang != langs[1]:
        name = _NAMES.get(lang, f"“{declared}”")
        reverse = f": give --source-lang {langs[1]} --target-lang {langs[0]}" if lang == langs[0] else ""
        message = f"{path} says that its translations are in {name}, not in {_NAMES[langs[1]]}."
        raise InputError(message, hint=f"Give the file of the other language{reverse}.")


def _told(left_out: LeftOut, path: Path, what: str, remedy: str) -> Iterator[BadRow]:
    if left_out.count:
        which = f"{left_out.count} entries of {path} are" if left_out.count > 1 else f"An entry of {path} is"
        error = InputError(
            f"{which} {what}, the first on line {left_out.first}.", hint=f"{remedy}; the others are judged."
        )
        yield BadRow(left_out.first, error)
