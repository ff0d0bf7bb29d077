"""Events on disk: SQLite, append-only, each on the medium before `append` returns.

Any number of threads, tabs and processes may use one file at once. A process that dies at any moment leaves the events
that it had acknowledged, and a sound file: SQLite's write-ahead log sees to that (`journal_mode=WAL`, and
`synchronous=FULL` syncs it at every commit).
"""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from mtqc.errors import InputError
from mtqc.report.json_reader import NAME as REPORT_FILE
from mtqc.review.events import Event, is_own, live, says_same

LAYOUT = 1
"""Goes up when an earlier mtqc could no longer read the file."""
APPLICATION = 0x6D747143
"""SQLite's mark of whose file it is: `mtqC`."""
PATIENCE = 10.0
"""Seconds to wait while another process writes. Writing one event takes some milliseconds."""
FILE = "mtqc-review.sqlite"
"""In the folder of a run."""
_AWAY = "Move it away, and start mtqc review again."
_TABLES = f"""
CREATE TABLE events (id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, event TEXT NOT NULL);
CREATE TRIGGER events_stay BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
CREATE TRIGGER events_are_kept BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;
CREATE TABLE reports (sha256 TEXT NOT NULL, signature TEXT NOT NULL, at TEXT NOT NULL, last INTEGER NOT NULL);
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
PRAGMA application_id = {APPLICATION};
PRAGMA user_version = {LAYOUT};
"""
T = TypeVar("T")


class Conflict(Exception):  # noqa: N818 -- it is an answer rather than a fault
    """Events that the asking page had not seen are about the same finding or sentence; nothing was written."""

    def __init__(self, newer: tuple[Event, ...]) -> None:
        super().__init__(f"{len(newer)} newer")
        self.newer = newer


@dataclass(frozen=True, slots=True)
class Belonging:
    """A report that was reviewed with this file: hash of its JSON, signature, since when."""

    sha256: str
    signature: str
    at: str


def beside(run: Path) -> Path:
    """Where the decisions on a run lie; the file need not exist yet."""
    if run.is_dir():
        return run / FILE
    return run.with_name(FILE if run.name == REPORT_FILE else run.name + ".review.sqlite")


def read(path: Path) -> tuple[Event, ...]:
    """The events in a file, without touching it; none where there is no file. Raises InputError."""
    if not path.exists():
        return ()
    store = Store(path, write=False)
    try:
        return store.events()
    finally:
        store.close()


class Store:
    """One file of events. Raises InputError wherever the file or its disk does not let it work."""

    def __init__(self, path: Path, *, write: bool = True) -> None:
        self.path = path
        self._lock = threading.RLock()
        with self._explained():
            self._connection = self._connect(write)
        try:
            with self._explained():
                self._check()
                if write:
                    self._prepare()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the file. Nothing is lost where this is never called."""
        with self._lock:
            self._connection.close()

    def events(self, after: int = 0) -> tuple[Event, ...]:
        """All events with a higher id, in order."""
        with self._explained():
            return self._read("WHERE id > ?", after)

    def append(self, event: Event, seen: int) -> Event:
        """Write an event; it is on disk when this returns, with its id and time.

        `seen`: the last event that the editor's page knew. Raises Conflict where a newer one is about the same subject;
        one that says the same by the same editor is returned instead, for it is this one, sent again.
        """
        with self._explained(), self._writing():
            earlier = self._in_the_way(event, seen)
            if earlier and all(says_same(e, event) for e in earlier):
                return earlier[-1]
            if earlier:
                raise Conflict(earlier)
            return self._write(event)

    def belong(self, sha256: str, signature: str) -> Belonging | None:
        """Note down which report is reviewed now. Gives the one before where that was another, else None."""
        with self._explained(), self._writing():
            rows = self._connection.execute("SELECT sha256, signature, at FROM reports ORDER BY rowid DESC LIMIT 1")
            last = next((Belonging(*row) for row in rows), None)
            if last is not None and (last.sha256, last.signature) == (sha256, signature):
                return None
            newest = self._number("SELECT coalesce(max(id), 0) FROM events")
            self._connection.execute("INSERT INTO reports VALUES (?, ?, ?, ?)", (sha256, signature, _now(), newest))
            return last

    def remember(self, name: str, value: str) -> None:
        """Keep a setting of the page: its port, say."""
        with self._explained(), self._writing():
            self._connection.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (name, value))

    def remembered(self, name: str) -> str:
        """A setting that was kept; "" where none was."""
        with self._explained():
            row = self._connection.execute("SELECT value FROM settings WHERE name = ?", (name,)).fetchone()
            return str(row[0]) if row else ""

    # --- opening

    def _connect(self, write: bool) -> sqlite3.Connection:
        mode = "rwc" if write else "ro"
        if not write and not _has_log(self.path):
            mode = "ro&immutable=1"  # else SQLite wants to create its log beside it, and the folder may be read-only
        connection = sqlite3.connect(
            f"{self.path.absolute().as_uri()}?mode={mode}",
            uri=True,
            timeout=PATIENCE,
            isolation_level=None,
            check_same_thread=False,
        )
        connection.execute("PRAGMA trusted_schema = OFF")
        return connection

    def _check(self) -> None:
        """Whether it is such a file, sound, and not of a later mtqc."""
        [whose], [layout] = (
            self._connection.execute(f"PRAGMA {p}").fetchone() for p in ("application_id", "user_version")
        )
        if (whose, layout) == (0, 0) and not self._tables():
            return
        if whose != APPLICATION:
            raise InputError(
                f"{self.path}: not a file of decisions.", hint="Move it away, and start mtqc review again."
            )
        if layout > LAYOUT:
            why = f"{self.path}: written by a later mtqc (layout {layout}; this one knows {LAYOUT})."
            raise InputError(why, hint="Update mtqc.")
        [health] = self._connection.execute("PRAGMA quick_check(1)").fetchone()
        if health != "ok":
            raise self._damaged(health)

    def _prepare(self) -> None:
        """What holds for the connection; the tables, where the file is new."""
        _patiently(lambda: self._connection.execute("PRAGMA journal_mode = WAL").fetchone())
        [mode] = self._connection.execute("PRAGMA journal_mode").fetchone()
        if mode != "wal":
            why = f"{self.path}: this file system does not let several programs share a file of decisions."
            raise InputError(why, hint="Copy the run to a local disk.")
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.execute("PRAGMA fullfsync = ON")  # macOS: past the drive's own cache
        with self._writing():
            if not self._tables():
                for statement in _statements(_TABLES):
                    self._connection.execute(statement)

    def _tables(self) -> bool:
        return self._number("SELECT count(*) FROM sqlite_schema") > 0

    def _number(self, query: str) -> int:
        [found] = self._connection.execute(query).fetchone()
        return int(found)

    # --- reading and writing

    def _read(self, where: str = "", *values: int) -> tuple[Event, ...]:
        with self._lock:
            rows = self._connection.execute(f"SELECT id, at, event FROM events {where} ORDER BY id", values).fetchall()
        return tuple(self._event(*row) for row in rows)

    def _event(self, number: int, at: str, text: str) -> Event:
        try:
            return Event(**{**json.loads(text), "id": number, "at": at})
        except (ValueError, TypeError) as error:
            raise self._damaged(f"event {number}: {error}") from error

    def _in_the_way(self, event: Event, seen: int) -> tuple[Event, ...]:
        """Events after `seen` about the same subject; and those that take back one that is."""
        if event.action == "undo":
            return self._undone(event)
        newer = self._read("WHERE id > ?", seen)
        undone = {e.undoes for e in newer if e.action == "undo"}
        taken_back = {i for i in undone for e in self._read("WHERE id = ?", i) if e.subjects & event.subjects}
        return tuple(e for e in newer if e.subjects & event.subjects or e.undoes in taken_back)

    def _undone(self, undo: Event) -> tuple[Event, ...]:
        """What stands against an undo: that it was done already, or that it is not this editor's."""
        known = self._read("WHERE id >= ?", undo.undoes)
        if known and known[0].id == undo.undoes and not is_own(known[0], undo):
            raise InputError("That decision is somebody else's.", hint="Everyone takes back only their own.")
        if any(e.id == undo.undoes for e in live(known)):
            return ()
        return tuple(e for e in known if e.undoes == undo.undoes)

    def _write(self, event: Event) -> Event:
        at = _now()
        text = json.dumps({name: value for name, value in asdict(event).items() if name not in {"id", "at"}})
        cursor = self._connection.execute("INSERT INTO events (at, event) VALUES (?, ?)", (at, text))
        assert cursor.lastrowid
        return replace(event, id=cursor.lastrowid, at=at)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """A transaction: nobody else writes meanwhile; at its end everything is on disk, or nothing was done."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    # --- what goes wrong

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """What SQLite says, in one sentence for the user."""
        try:
            yield
        except sqlite3.Error as error:
            raise self._told(error) from error

    def _told(self, error: sqlite3.Error) -> InputError:
        name = str(getattr(error, "sqlite_errorname", ""))
        for start, (what, hint) in _FAULTS.items():
            if name.startswith(start):
                return InputError(f"{self.path}: {what}.", hint=hint)
        return self._damaged(str(error))

    def _damaged(self, how: str) -> InputError:
        hint = "Put back a copy of it, or move it away to begin anew; nothing was written to it."
        return InputError(f"{self.path}: the file of decisions is damaged ({how}).", hint=hint)


_FAULTS = {
    "SQLITE_FULL": ("the disk is full; the decision was not saved", "Make room, and decide again."),
    "SQLITE_BUSY": (f"another program has kept it locked for {PATIENCE:g} s", "End that program, or try again."),
    "SQLITE_LOCKED": ("another program has locked it", "End that program, or try again."),
    "SQLITE_READONLY": ("it cannot be written to", "Give yourself the right to write it and its folder."),
    "SQLITE_CANTOPEN": ("it cannot be opened or created", "Check that its folder exists and can be written to."),
    "SQLITE_PERM": ("it cannot be opened or created", "Check the rights on it and its folder."),
    "SQLITE_IOERR": ("the disk does not take it; the decision was not saved", "Check the disk and its free space."),
    "SQLITE_NOTADB": ("not a file of decisions", _AWAY),
}
"""By the start of SQLite's own names (https://sqlite.org/rescode.html): what it means, what to do."""


def _patiently(act: Callable[[], T]) -> T:
    """Again and again for PATIENCE seconds: SQLite does not wait by itself where two processes open a new file."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return act()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname != "SQLITE_BUSY" or time.monotonic() > end:
                raise
            time.sleep(0.02)


def _statements(script: str) -> Iterator[str]:
    """`executescript` would commit: here the whole layout comes into being at once or not at all."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _has_log(path: Path) -> bool:
    return any(path.with_name(path.name + end).exists() for end in ("-wal", "-shm"))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
