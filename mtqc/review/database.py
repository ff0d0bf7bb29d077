"""The SQLite file of decisions: opened, laid out, checked; and what SQLite's faults mean, in a sentence."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mtqc.errors import InputError

LAYOUT = 1
"""Goes up when an earlier mtqc could no longer read the file."""
APPLICATION = 0x6D747143
"""SQLite's mark of whose file it is: `mtqC`."""
PATIENCE = 10.0
"""Seconds to wait while another process writes. Writing one event takes some milliseconds."""
_AWAY = "Move it away, and start mtqc review again."
_TABLES = (
    "CREATE TABLE events (id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, event TEXT NOT NULL)",
    "CREATE TRIGGER events_stay BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'an event never changes'); END",
    "CREATE TRIGGER events_are_kept BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'an event is never lost'); END",
    "CREATE TABLE reports (sha256 TEXT NOT NULL, signature TEXT NOT NULL, at TEXT NOT NULL, last INTEGER NOT NULL)",
    "CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    f"PRAGMA application_id = {APPLICATION}",
    f"PRAGMA user_version = {LAYOUT}",
)


def for_writing(path: Path) -> sqlite3.Connection:
    """A connection to the file, which is made where it is missing. Raises InputError, sqlite3.Error."""
    connection = _checked(path, "rwc")
    try:
        _prepare(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def for_reading(path: Path) -> sqlite3.Connection:
    """A connection to a file that is there. Raises InputError, sqlite3.Error.

    SQLite wants its log beside the file. Where the folder cannot be written to, and there is no log with something in
    it, the file is read as one that nobody changes.
    """
    try:
        return _checked(path, "rw")
    except sqlite3.OperationalError as error:
        log = path.with_name(path.name + "-wal")
        shut = error.sqlite_errorname.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN"))
        if not shut or (log.exists() and log.stat().st_size):
            raise
        return _checked(path, "ro&immutable=1")


def is_laid_out(connection: sqlite3.Connection) -> bool:
    """Whether the file has its tables: one that was never written to is empty."""
    return number(connection, "SELECT count(*) FROM sqlite_schema") > 0


def number(connection: sqlite3.Connection, query: str) -> int:
    """The one number that a query gives."""
    [found] = connection.execute(query).fetchone()
    return int(found)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Nobody else writes meanwhile; at its end everything is on disk, or nothing was done."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _checked(path: Path, mode: str) -> sqlite3.Connection:
    address = f"{path.absolute().as_uri()}?mode={mode}"
    connection = sqlite3.connect(address, PATIENCE, isolation_level=None, check_same_thread=False, uri=True)
    try:
        _check(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _check(connection: sqlite3.Connection, path: Path) -> None:
    """Whether it is such a file, sound, and not of a later mtqc; all seen at one moment."""
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("BEGIN")
    whose, layout = (number(connection, f"PRAGMA {name}") for name in ("application_id", "user_version"))
    is_new = not is_laid_out(connection)
    [health] = connection.execute("PRAGMA quick_check(1)").fetchone()
    connection.execute("COMMIT")
    if (whose, layout) == (0, 0) and is_new:
        return
    if whose != APPLICATION:
        raise InputError(f"{path}: not a file of decisions.", hint=_AWAY)
    if layout > LAYOUT:
        why = f"{path}: written by a later mtqc (layout {layout}; this one knows {LAYOUT})."
        raise InputError(why, hint="Update mtqc.")
    if health != "ok":
        raise damaged(path, health)


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    """What holds for the connection; the tables, where the file is new."""
    if _log_mode(connection) != "wal":
        why = f"{path}: this file system does not let several programs share a file of decisions."
        raise InputError(why, hint="Copy the run to a local disk.")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA fullfsync = ON")  # macOS: past the drive's own cache
    if is_laid_out(connection):
        return
    with transaction(connection):
        if not is_laid_out(connection):  # nobody else was quicker
            for statement in _TABLES:
                connection.execute(statement)


def _log_mode(connection: sqlite3.Connection) -> str:
    """Turn the write-ahead log on. SQLite does not wait by itself where another process is about to do the same."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            [mode] = connection.execute("PRAGMA journal_mode = WAL").fetchone()
            return str(mode)
        except sqlite3.OperationalError as error:
            if not error.sqlite_errorname.startswith("SQLITE_BUSY") or time.monotonic() > end:
                raise
            time.sleep(0.02)


# --- what goes wrong


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """What SQLite says, as an InputError."""
    try:
        yield
    except sqlite3.Error as error:
        raise _told(path, error) from error


def damaged(path: Path, how: str) -> InputError:
    """The error of a file that is not sound."""
    how = " ".join(how.split())
    hint = "Put back a copy of it, or move it away to begin anew; nothing was written to it."
    return InputError(f"{path}: the file of decisions is damaged ({how}).", hint=hint)


def _told(path: Path, error: sqlite3.Error) -> InputError:
    name = getattr(error, "sqlite_errorname", "")
    for start, (what, hint) in _FAULTS.items():
        if name.startswith(start):
            return InputError(f"{path}: {what}.", hint=hint)
    return damaged(path, str(error))


_FAULTS = {
    "SQLITE_FULL": ("the disk is full; the decision was not saved", "Make room, and decide again."),
    "SQLITE_BUSY": (f"another program has kept it locked for {PATIENCE:g} s", "End that program, or try again."),
    "SQLITE_LOCKED": ("another program has locked it", "End that program, or try again."),
    "SQLITE_READONLY": ("it cannot be written to", "Give yourself the right to write it and its folder."),
    "SQLITE_CANTOPEN": ("it cannot be opened or made", "Check that its folder exists and can be written to."),
    "SQLITE_PERM": ("it cannot be opened or made", "Check the rights on it and its folder."),
    "SQLITE_IOERR": ("the disk does not take it; the decision was not saved", "Check the disk and its free space."),
    "SQLITE_NOTADB": ("not a file of decisions", _AWAY),
}
"""By the start of SQLite's own names (https://sqlite.org/rescode.html): what it means, what to do."""
