"""Events on disk: SQLite, append-only, each on the medium before `append` returns.

Any number of threads, tabs and processes may use one file at once. A process that dies at any moment leaves the events
that it had acknowledged, and a sound file: SQLite's write-ahead log sees to that (`journal_mode=WAL`, and
`synchronous=FULL` syncs it at every commit).
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from mtqc.errors import InputError
from mtqc.report.json_reader import NAME as REPORT_FILE
from mtqc.review import database
from mtqc.review.events import Event, is_own, says_same

FILE = "mtqc-review.sqlite"
"""In the folder of a run."""


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
    """The events in a file, none where there is no file. The folder need not be writable. Raises InputError."""
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
        with database.explained(path):
            self._connection = (database.for_writing if write else database.for_reading)(path)
            self._is_empty = not database.is_laid_out(self._connection)
        self._file = _identity(path)

    def close(self) -> None:
        """Let go of the file. Nothing is lost where this is never called."""
        with self._lock:
            self._connection.close()

    def events(self, after: int = 0) -> tuple[Event, ...]:
        """All events with a higher id, in order."""
        with database.explained(self.path):
            return () if self._is_empty else self._read("WHERE id > ?", after)

    def append(self, event: Event, seen: int) -> Event:
        """Write an event; it is on disk when this returns, with its id and time.

        `seen`: the last event that the editor's page knew. Raises Conflict where a newer one is about the same subject;
        one that says the same by the same editor is returned instead, for it is this one, sent again. So is the undo of
        an event that is taken back already.
        """
        with self._writing():
            if event.action == "undo":
                return self._undo_of(event) or self._write(event)
            earlier = self._in_the_way(event, seen)
            if earlier and all(says_same(e, event) for e in earlier):
                return earlier[-1]
            if earlier:
                raise Conflict(earlier)
            return self._write(event)

    def belong(self, sha256: str, signature: str) -> Belonging | None:
        """Note down which report is reviewed now. Gives the one before where that was another, else None."""
        with self._writing():
            rows = self._connection.execute("SELECT sha256, signature, at FROM reports ORDER BY rowid DESC LIMIT 1")
            last = next((Belonging(*row) for row in rows), None)
            if last is not None and (last.sha256, last.signature) == (sha256, signature):
                return None
            newest = database.number(self._connection, "SELECT coalesce(max(id), 0) FROM events")
            self._connection.execute("INSERT INTO reports VALUES (?, ?, ?, ?)", (sha256, signature, _now(), newest))
            return last

    def remember(self, name: str, value: str) -> None:
        """Keep a setting of the page: its port, say."""
        with self._writing():
            self._connection.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (name, value))

    def remembered(self, name: str) -> str:
        """A setting that was kept; "" where none was."""
        with database.explained(self.path), self._lock:
            row = self._connection.execute("SELECT value FROM settings WHERE name = ?", (name,)).fetchone()
            return str(row[0]) if row else ""

    @contextmanager
    def _writing(self) -> Iterator[None]:
        if _identity(self.path) != self._file:  # what is written now would be gone with the last one who has it open
            what = f"{self.path}: it was moved, deleted or replaced while it was in use; the decision was not saved."
            raise InputError(what, hint="Put it back, or start mtqc review again.")
        with database.explained(self.path), self._lock, database.transaction(self._connection):
            yield

    def _read(self, where: str, value: int) -> tuple[Event, ...]:
        with self._lock:
            query = f"SELECT id, at, event FROM events {where} ORDER BY id"
            rows = self._connection.execute(query, (value,)).fetchall()
        return tuple(self._event(*row) for row in rows)

    def _event(self, number: int, at: str, text: str) -> Event:
        try:
            return Event(**{**json.loads(text), "id": number, "at": at})
        except (ValueError, TypeError) as error:
            raise database.damaged(self.path, f"event {number}: {error}") from error

    def _in_the_way(self, event: Event, seen: int) -> tuple[Event, ...]:
        """Events after `seen` about the same subject; and those that take back one that is."""
        newer = self._read("WHERE id > ?", seen)
        undone = {e.undoes for e in newer if e.action == "undo"}
        taken_back = {i for i in undone for e in self._read("WHERE id = ?", i) if e.subjects & event.subjects}
        return tuple(e for e in newer if e.subjects & event.subjects or e.undoes in taken_back)

    def _undo_of(self, undo: Event) -> Event | None:
        """The undo that took that event back before. Raises InputError where it is not the editor's to take back."""
        since = self._read("WHERE id >= ?", undo.undoes)
        undone = since[0] if since and since[0].id == undo.undoes else None
        if undone is None or undone.action == "undo" or not is_own(undone, undo):
            what = f"There is no decision {undo.undoes} by “{undo.editor}”."
            raise InputError(what, hint="Only one’s own can be undone.")
        return next((e for e in since if e.undoes == undo.undoes and is_own(undone, e)), None)

    def _write(self, event: Event) -> Event:
        at = _now()
        text = json.dumps({name: value for name, value in asdict(event).items() if name not in {"id", "at"}})
        cursor = self._connection.execute("INSERT INTO events (at, event) VALUES (?, ?)", (at, text))
        assert cursor.lastrowid
        return replace(event, id=cursor.lastrowid, at=at)


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file it is that has this name; None: there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
