"""Reading the three files. Whatever is wrong in one is an InputError that names the file and the entry."""

from __future__ import annotations

import datetime
import difflib
import json
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from mtqc.accepted.baselines import SCHEMA as BASELINE
from mtqc.accepted.entries import EVERYWHERE, RANKS, Accepted, Entry
from mtqc.errors import InputError
from mtqc.model import Severity
from mtqc.text.tokens import fold

DECISIONS = "mtqc-decisions/1"
SUPPRESS_KEYS = ("rule", "path", "fingerprint", "text", "reason", "date", "until")
_LABELS = {s.label: s for s in Severity}


def load(path: Path) -> Accepted:
    """A baseline or decisions (JSON), or suppressions (TOML). Raises InputError."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise InputError(f"{path}: no such file.", hint=_how_to_make(path)) from None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read ({error}).", hint="Give a UTF-8 text file.") from error
    return _suppressions(text, path) if path.suffix.lower() == ".toml" else _json(text, path)


def _how_to_make(path: Path) -> str:
    if path.suffix.lower() == ".toml":
        return "docs/gate.md shows what a file of suppressions looks like."
    return f"A baseline is written by: mtqc baseline SOURCE TARGET --output {path}; decisions by mtqc review."


def _json(text: str, path: Path) -> Accepted:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: not valid JSON ({error}).", hint=_how_to_make(path)) from error
    schema = data.get("schema") if isinstance(data, dict) else None
    if schema not in (BASELINE, DECISIONS):
        found = f"it says {schema!r}" if schema else "it names none"
        raise InputError(f"{path}: not in the layout {BASELINE} or {DECISIONS}: {found}.", hint=_how_to_make(path))
    read: Callable[[Mapping[str, Any], str], Entry] = _baselined if schema == BASELINE else _decided
    entries = _entries(_list(data, "entries", path), path, read)
    if schema == DECISIONS:
        return Accepted("decision", tuple(entries))
    known = data.get("low_quality", {}).get("sentences", []) if isinstance(data.get("low_quality", {}), dict) else None
    if not isinstance(data.get("signature"), str) or not isinstance(known, list):
        raise InputError(f"{path}: damaged: it has no signature.", hint=_how_to_make(path))
    return Accepted("baseline", tuple(entries), data["signature"], frozenset(map(str, known)))


def _list(data: Mapping[str, Any], key: str, path: Path) -> list[Any]:
    value = data.get(key)
    if not isinstance(value, list):
        raise InputError(f"{path}: damaged: “{key}” is not a list.", hint=_how_to_make(path))
    return value


def _entries(items: list[Any], path: Path, read: Callable[[Mapping[str, Any], str], Entry]) -> list[Entry]:
    found = []
    for number, item in enumerate(items, 1):
        where = f"{path.name}, entry {number}"
        try:
            if not isinstance(item, dict):
                raise TypeError("it is no object")
            found.append(read(item, where))
        except KeyError as error:
            raise InputError(f"{path}: entry {number}: {error} is missing.", hint=_how_to_make(path)) from error
        except (TypeError, ValueError) as error:
            raise InputError(f"{path}: entry {number}: {error}.", hint=_how_to_make(path)) from error
    return found


def _baselined(item: Mapping[str, Any], where: str) -> Entry:
    count = item.get("count", 1)
    if type(count) is not int or count < 1:
        raise ValueError(f"count = {count!r} is not a whole number, 1 or more")
    return Entry(
        by="baseline",
        where=where,
        rule=_string(item, "code"),
        article=_string(item, "article"),
        fingerprint=_string(item, "fingerprint"),
        reason="it stood in the baseline",
        count=count,
        worst=_severity(_string(item, "severity")),
        shown=_string(item, "text", empty=True),
    )


def _decided(item: Mapping[str, Any], where: str) -> Entry:
    scope, decision = _string(item, "scope"), _string(item, "decision")
    if scope not in RANKS:
        raise ValueError(f"scope = {scope!r} is none of {', '.join(RANKS)}")
    if decision not in {"accepted", "dismissed"}:
        raise ValueError(f"decision = {decision!r} is neither “accepted” nor “dismissed”")
    severity = _string(item, "severity", empty=True)
    said = [_string(item, "comment", empty=True), _string(item, "editor", empty=True)]
    wide = RANKS[scope] == EVERYWHERE
    return Entry(
        by="decision",
        where=where,
        rule=_string(item, "code"),
        article=_string(item, "article", empty=wide),
        fingerprint=_string(item, "fingerprint") if scope == "finding" else "",
        text=fold(_string(item, "text", empty=True)) if wide else None,
        source_text=fold(_string(item, "source_text", empty=True)) if wide else None,
        reason=" – ".join(x for x in said if x),
        date=_string(item, "at", empty=True)[:10],
        rank=RANKS[scope],
        changes=_severity(severity) if severity and decision == "accepted" else None,
        keeps=decision == "accepted",
        shown=_string(item, "text", empty=True),
    )


def _string(item: Mapping[str, Any], key: str, *, empty: bool = False) -> str:
    value = item.get(key, "") if empty else item[key]
    if not isinstance(value, str) or not (value or empty):
        raise TypeError(f"{key} = {value!r} is not a string")
    return value


def _severity(label: str) -> Severity:
    if label not in _LABELS:
        raise ValueError(f"severity = {label!r} is none of {', '.join(_LABELS)}")
    return _LABELS[label]


def _suppressions(text: str, path: Path) -> Accepted:
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # TOMLDecodeError, or a number of more digits than Python reads
        raise InputError(f"{path}: not valid TOML: {error}.", hint="Mend that line.") from error
    _known(data, ("suppress",), path, "")
    items = _list({"suppress": [], **data}, "suppress", path)
    return Accepted("suppression", tuple(_suppressed(item, number, path) for number, item in enumerate(items, 1)))


def _suppressed(item: Any, number: int, path: Path) -> Entry:  # noqa: ANN401 -- whatever stands in the file
    where = f"entry {number}: "
    if not isinstance(item, dict):
        raise InputError(f"{path}: {where}not a table.", hint="Begin it with [[suppress]].")
    _known(item, SUPPRESS_KEYS, path, where)
    for key in set(item) - {"date", "until"}:
        if not isinstance(item[key], str) or not item[key].strip():
            raise InputError(f"{path}: {where}{key} = {item[key]!r} is not a text.", hint=f'For example {key} = "…".')
    if not {"rule", "path", "fingerprint", "text"} & set(item):
        hint = "Give one of rule, path, fingerprint and text."
        raise InputError(f"{path}: {where}it does not say what it suppresses.", hint=hint)
    if "reason" not in item:
        raise InputError(f"{path}: {where}it has no reason.", hint='Say why: reason = "…".')
    date, until = _date(item, "date", path, where), _date(item, "until", path, where) if "until" in item else None
    if until and until < date:
        raise InputError(f"{path}: {where}until lies before date.", hint="Mend one of the two.")
    return Entry(
        by="suppression",
        where=f"{path.name}, entry {number}",
        **{key: item.get(key, "") for key in ("rule", "path", "fingerprint", "reason")},
        text=fold(item["text"]) if "text" in item else None,
        date=date.isoformat(),
        until=until,
    )


def _known(table: Mapping[str, Any], keys: tuple[str, ...], path: Path, where: str) -> None:
    for key in table:
        if key not in keys:
            near = difflib.get_close_matches(key, keys, n=1)
            hint = f"Did you mean “{near[0]}”?" if near else f"Known: {', '.join(keys)}."
            raise InputError(f"{path}: {where}unknown key “{key}”.", hint=hint)


def _date(item: Mapping[str, Any], key: str, path: Path, where: str) -> datetime.date:
    value = item.get(key)
    if not isinstance(value, datetime.date) or isinstance(value, datetime.datetime):
        said = "it has no date" if value is None else f"{key} = {value!r} is not a date"
        raise InputError(f"{path}: {where}{said}.", hint=f"For example {key} = 2026-11-28, without quotation marks.")
    return value
