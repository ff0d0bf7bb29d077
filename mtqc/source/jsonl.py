"""JSON Lines: one object a line, with "source" and "target", or named by their languages ("en", "fr"), both strings.

"article" names the article it belongs to; without it "id" does.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from io import BufferedReader
from pathlib import Path

from mtqc.source.folders import ENGLISH_TO_FRENCH, Langs
from mtqc.source.lines import MAX_ROW, read_lines
from mtqc.source.packed import begun, watched
from mtqc.source.rows import (
    KNOWN,
    BadRow,
    Columns,
    Origin,
    Row,
    Rows,
    Wanted,
    bad,
    dated,
    lacking,
    name_of,
    usable,
    wanted,
)

MISSING = object()


def read_json_lines(
    path: Path, langs: Langs = ENGLISH_TO_FRENCH, stream: BufferedReader | None = None, columns: Columns = KNOWN
) -> Rows:
    """The rows of the file at `path`, or of what `stream` holds. Raises InputError."""
    keys = wanted(columns, langs)
    with begun(path, stream) as data:
        text = read_lines(data, str(path))
        origin = Origin(path, langs, text.encoding, text.warnings)
        return Rows(origin, watched(data, path, _rows(objects(text.lines, path), path, keys)))


def objects(lines: Iterator[str], path: Path) -> Iterator[tuple[int, Mapping[str, object]] | BadRow]:
    """(line, object) of every line that is not blank."""
    for number, line in enumerate(_joined(lines), 1):
        if not line.isspace():
            value = _object(line, number, path)
            yield value if isinstance(value, BadRow) else (number, value)


def picked(value: Mapping[str, object], keys: tuple[str, ...]) -> object:
    """What the first of these names that is there stands for, `a.b` being b in a; `MISSING` where none is."""
    return next((found for key in keys if (found := _inside(value, key)) is not MISSING), MISSING)


def names(value: Mapping[str, object], before: str = "") -> Iterator[str]:
    """The names of all fields, with those of the objects in them."""
    for key, inner in value.items():
        if isinstance(inner, Mapping) and inner:
            yield from names(inner, f"{before}{key}.")
        else:
            yield f"{before}{key}"


def row(line: int, value: Mapping[str, object], path: Path, keys: Wanted) -> Row | BadRow:
    """The row that an object is."""
    texts: list[str] = []
    for options in (keys.source, keys.target):
        found = picked(value, options)
        if found is MISSING:
            return BadRow(line, lacking(f"Line {line} of {path}", options, names(value)))
        if not isinstance(found, str):
            key = next(k for k in options if _inside(value, k) is not MISSING)
            return bad(line, path, f"has no text in “{key}”", 'Both texts are strings; an empty one is "".')
        texts.append(found)
    if len(keys.article) == 1 and picked(value, keys.article) is MISSING:
        return BadRow(line, lacking(f"Line {line} of {path}", keys.article, names(value)))
    article = next((v for k in keys.article if (v := _inside(value, k)) not in (MISSING, None, "")), "")
    day, note = dated(next((v for k in keys.date if (v := _inside(value, k)) not in (MISSING, None, "")), ""))
    if len(keys.date) == 1 and picked(value, keys.date) is MISSING:  # costs the date, not the article
        note = f"has no “{keys.date[0]}”"
    return usable(path, Row(line, name_of(article), texts[0], texts[1], day, note=note))


def _rows(
    found: Iterator[tuple[int, Mapping[str, object]] | BadRow], path: Path, keys: Wanted
) -> Iterator[Row | BadRow]:
    for item in found:
        yield item if isinstance(item, BadRow) else row(*item, path, keys)


def _joined(lines: Iterator[str]) -> Iterator[str]:
    """Lines that end with LF; a CR is white space in JSON."""
    kept = ""
    for line in lines:
        if line.endswith("\n") or len(line) + len(kept) >= MAX_ROW:
            yield kept + line
            kept = ""
        else:
            kept += line
    if kept:
        yield kept


def _object(line: str, number: int, path: Path) -> Mapping[str, object] | BadRow:
    if len(line) >= MAX_ROW:
        return bad(
            number, path, f"is longer than {MAX_ROW / 1e6:.0f} million characters", "One article a line at most."
        )
    try:
        line.encode()
        value = json.loads(line)
    except UnicodeEncodeError as error:
        what = f"holds byte 0x{ord(line[error.start]) & 0xFF:02x}, which is not UTF-8"
        return bad(number, path, what, "Mend that character and save the file as UTF-8.")
    except json.JSONDecodeError as error:
        what = f"is not JSON: {error.msg.lower()} at column {error.colno}"
        return bad(number, path, what, "One object a line, each on one line.")
    except (ValueError, RecursionError) as error:
        what = "too deep" if isinstance(error, RecursionError) else "a number is too long"
        return bad(number, path, f"is not JSON that can be read: {what}", "One object a line, each on one line.")
    if not isinstance(value, dict):
        return bad(number, path, "is not a JSON object", 'Write {"source": "…", "target": "…"}.')
    return value


def _inside(value: Mapping[str, object], key: str) -> object:
    if key in value:
        return value[key]
    at = key.find(".")
    while at > 0:
        inner = value.get(key[:at])
        if isinstance(inner, Mapping) and (found := _inside(inner, key[at + 1 :])) is not MISSING:
            return found
        at = key.find(".", at + 1)
    return MISSING
