"""A run folder and its state: one SQLite file. Everything else in the folder is made from it and can be made again.

Results come in as transactions: after a kill, a full disk or a reboot a result is there whole or not at all. Nothing
depends on the clock: what is in the state is ordered by the articles' numbers.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from types import TracebackType
from typing import Any, Self, cast, get_args

from mtqc.batch.model import Judged, PartName, State, Tally
from mtqc.errors import InputError
from mtqc.model import Severity
from mtqc.report.json_reader import RUN_STATE

if sys.platform != "win32":
    import fcntl

STATE = RUN_STATE
LOCK = "state.lock"
LAYOUT = "mtqc-run/1"
ENDED = "ended"
PARTS: tuple[PartName, ...] = get_args(PartName)
SEVERITIES = tuple(sorted(Severity, reverse=True))
_RESULT = ("number", "key", "id", "state", "reason", "date", "sentences", "words", "quality", "mqm_per_1000_words")
_COLUMNS = (*_RESULT, *(s.label for s in SEVERITIES))
_SCHEMA = f"""
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE articles (number INTEGER PRIMARY KEY, key TEXT NOT NULL, id BLOB NOT NULL, state TEXT NOT NULL,
  reason BLOB NOT NULL, date TEXT NOT NULL, sentences INTEGER, words INTEGER, quality REAL, mqm_per_1000_words REAL,
  {", ".join(f"{s.label} INTEGER" for s in SEVERITIES)});
CREATE TABLE parts (number INTEGER PRIMARY KEY, {", ".join(f'"{p}" BLOB' for p in PARTS)});
CREATE TABLE files (path BLOB PRIMARY KEY, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL);
CREATE TABLE log (n INTEGER PRIMARY KEY, at TEXT NOT NULL, text TEXT NOT NULL);
"""
_SAID = {
    "layout": "was made by another version of mtqc",
    "version": "was made by mtqc {was}, not {now}",
    "signature": "was measured with other models, thresholds or versions ({was})",
    "salt": "was judged with other settings, or another build of mtqc",
    "inputs": "has other inputs ({was})",
    "langs": "has other languages ({was})",
    "shard": "is shard {was}, not {now}",
}


@dataclass(frozen=True, slots=True)
class About:
    """What a run is of: it goes on only with the same. `started` (ISO 8601) is told, and not compared."""

    signature: str
    salt: str
    version: str
    inputs: tuple[str, ...]
    langs: tuple[str, str]
    shard: tuple[int, int]
    started: str


class RunFolder:
    """The folder of a run, held by this process until `close`. Use it as a context manager.

    Every method raises InputError where the disk is full or the folder can no longer be written; what was kept stays.
    """

    def __init__(self, path: Path, about: About, connection: sqlite3.Connection, lock: int) -> None:
        self.path = path
        self.about = about
        self._connection = connection
        self._lock = lock
        self._seen: list[tuple[bytes, int, int]] = []

    @classmethod
    def create(cls, path: Path, about: About) -> Self:
        """A new run. Raises InputError where the folder holds anything, or cannot be made or written."""
        _make(path)
        if (path / STATE).exists():
            hint = "Go on with it by --resume, or give --output another folder."
            raise InputError(f"{path} holds a run already.", hint=hint)
        if any(p.name != LOCK for p in path.iterdir()):
            raise InputError(f"{path} is not empty, and holds no run.", hint="Give --output a new folder.")
        return cls._held(path, about)

    @classmethod
    def resume(cls, path: Path, about: About) -> Self:
        """The run in the folder, or a new one where there is none yet.

        Raises InputError where that run is of something else, is damaged, or is being carried on by another process.
        """
        _make(path)
        if not (path / STATE).exists():
            return cls.create(path, about)
        return cls._held(path, about)

    @classmethod
    def opened(cls, path: Path) -> Self:
        """The run in the folder, whatever it is of. Raises InputError where there is none, or it is damaged."""
        if not (path / STATE).is_file():
            raise InputError(f"{path} holds no run.", hint="Give the --output of mtqc batch.")
        return cls._held(path, None)

    @classmethod
    def _held(cls, path: Path, about: About | None) -> Self:
        lock = _locked(path)
        try:
            connection = _connected(path)
            found = _begun(path, connection, about)
        except BaseException:
            _unlock(lock)
            raise
        return cls(path, found, connection, lock)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _type: type | None, _error: BaseException | None, _trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let the folder go."""
        with suppress(sqlite3.Error):
            self._connection.execute("PRAGMA journal_mode=DELETE")  # no empty journal stays behind
        self._connection.close()
        _unlock(self._lock)

    def done(self, number: int, key: str, id: str) -> bool:
        """Whether the result of this article, made from the same texts, is here."""
        row = self._one("SELECT key, id FROM articles WHERE number = ?", number)
        return bool(key) and row is not None and (row[0], row[1]) == (key, _bytes(id))

    def keys(self) -> Iterator[tuple[int, str]]:
        """Number and key of everything that is done."""
        yield from self.query("SELECT number, key FROM articles WHERE key != '' ORDER BY number")

    def keep(self, judged: Sequence[Judged]) -> None:
        """All these results, or none; for good when this returns. One of a number that is here takes its place."""
        with self._writing() as connection:
            marks = ",".join("?" * len(_COLUMNS))
            rows = [_row(j) for j in judged]
            connection.executemany(f"INSERT OR REPLACE INTO articles ({','.join(_COLUMNS)}) VALUES ({marks})", rows)
            parts = [(j.number, *(j.parts.get(p) for p in PARTS)) for j in judged]
            connection.executemany(f"INSERT OR REPLACE INTO parts VALUES (?{',?' * len(PARTS)})", parts)
            self._write_seen(connection)

    def _write_seen(self, connection: sqlite3.Connection) -> None:
        connection.executemany("INSERT OR REPLACE INTO files VALUES (?, ?, ?)", self._seen)
        self._seen.clear()

    def trim(self, articles: int) -> int:
        """The input was read to its end, and has so many articles: results of later numbers go. How many those were."""
        with self._writing() as connection:
            self._write_seen(connection)
            _remember(connection, ENDED, True)
            gone = connection.execute("DELETE FROM articles WHERE number >= ?", (articles,)).rowcount
            connection.execute("DELETE FROM parts WHERE number >= ?", (articles,))
        return gone

    @property
    def ended(self) -> bool:
        """Whether the input was read to its end since the run began, or was last gone on with."""
        return bool(self.recalled(ENDED))

    def remember(self, name: str, value: object) -> None:
        """Something about the run that JSON can hold."""
        with self._writing() as connection:
            _remember(connection, name, value)

    def recalled(self, name: str) -> Any:  # noqa: ANN401 -- what JSON holds
        """The same; None where it was never told."""
        row = self._one("SELECT value FROM about WHERE name = ?", name)
        return json.loads(row[0]) if row else None

    def saw(self, path: str, size: int, mtime_ns: int) -> None:
        """Remember a file as it was when it was read; written with the next results."""
        self._seen.append((_bytes(path), size, mtime_ns))

    def forget_files(self) -> None:
        """Before the input is read anew: what was seen of it in an earlier run is of no account."""
        with self._writing() as connection:
            connection.execute("DELETE FROM files")

    def seen(self) -> Iterator[tuple[str, int, int]]:
        """The files that were read."""
        if self._seen:
            with self._writing() as connection:
                self._write_seen(connection)
        for path, size, mtime_ns in self.query("SELECT path, size, mtime_ns FROM files ORDER BY path"):
            yield _text(path), size, mtime_ns

    def note(self, at: str, text: str) -> None:
        """A line for the log; `at` in ISO 8601."""
        with self._writing() as connection:
            connection.execute("INSERT INTO log (at, text) VALUES (?, ?)", (at, text))

    def notes(self) -> Iterator[tuple[str, str]]:
        """What was noted, in that order: when and what."""
        yield from self.query("SELECT at, text FROM log ORDER BY n")

    @property
    def end(self) -> int:
        """The number after the last result's."""
        row = self._one("SELECT coalesce(max(number) + 1, 0) FROM articles")
        return int(row[0]) if row else 0

    def scratch(self, sql: str, rows: Sequence[tuple[object, ...]] | None = None) -> None:
        """Work on a TEMP table, which goes with this process and is no part of the state."""
        try:
            if rows is None:
                self._connection.execute(sql)
            else:
                self._connection.executemany(sql, rows)
        except sqlite3.DatabaseError as error:
            raise _unusable(self.path, error) from error

    def judged(self, *parts: PartName) -> Iterator[Judged]:
        """Every result in the order of its number, with these of its parts."""
        columns = "".join(f', parts."{p}"' for p in parts)
        told = ",".join(f"articles.{c}" for c in _COLUMNS)
        sql = f"SELECT {told}{columns} FROM articles LEFT JOIN parts USING (number) ORDER BY articles.number"
        for row in self.query(sql):
            yield _judged(row, parts)

    def query(self, sql: str, *values: object) -> Iterator[tuple[Any, ...]]:
        """Rows of a SELECT, streamed."""
        try:
            for row in self._connection.execute(sql, values):  # noqa: UP028 -- its close() fails after the database's
                yield row
        except sqlite3.DatabaseError as error:
            raise _unusable(self.path, error) from error

    def _one(self, sql: str, *values: object) -> tuple[Any, ...] | None:
        return next(self.query(sql, *values), None)

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with _guarded(self.path), self._connection:
            yield self._connection


@contextmanager
def _guarded(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise _unusable(path, error) from error


def _remember(connection: sqlite3.Connection, name: str, value: object) -> None:
    connection.execute("INSERT OR REPLACE INTO about VALUES (?, ?)", (name, json.dumps(value)))


def _make(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
        list(path.iterdir())
    except (FileExistsError, NotADirectoryError):
        raise InputError(f"{path} is not a folder.", hint="Give --output a new folder.") from None
    except OSError as error:
        why = error.strerror or str(error)
        raise InputError(f"{path} cannot be made or read ({why}).", hint="Give --output a folder that can.") from error


def _locked(path: Path) -> int:
    """The descriptor that holds the folder; the lock goes with the process, however that ends."""
    try:
        descriptor = os.open(path / LOCK, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        why = error.strerror or str(error)
        hint = "Give --output a folder that can, or see to its permissions."
        raise InputError(f"{path} cannot be written ({why}).", hint=hint) from error
    if sys.platform != "win32":
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            hint = "Wait until it is done or stop it, or give --output another folder."
            raise InputError(f"Another run is at work in {path}.", hint=hint) from None
        except OSError:  # a file system without locks: SQLite's own must do
            pass
    return descriptor


def _unlock(lock: int) -> None:
    os.close(lock)


def _connected(path: Path) -> sqlite3.Connection:
    try:
        connection = sqlite3.connect(path / STATE, timeout=0)
        # Not WAL, which needs memory that machines sharing a disk do not share.
        connection.execute("PRAGMA journal_mode=TRUNCATE")
        connection.execute("PRAGMA synchronous=FULL")
        found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise _unusable(path, error) from error
    if found != "ok":
        raise _damaged(path, found.splitlines()[-1])
    return connection


def _begun(path: Path, connection: sqlite3.Connection, about: About | None) -> About:
    """What the run is of: as it stands there, or `about`, which is written where nothing stands there yet."""
    try:
        told = _told(connection)
        if told is None:
            if about is None:
                raise InputError(
                    f"{path} holds a run that has not begun.", hint="Go on with it: mtqc batch … --resume."
                )
            _write_about(connection, about)
            return about
    except sqlite3.DatabaseError as error:
        raise _unusable(path, error) from error
    if about is not None:
        _require_same(path, told, {"layout": LAYOUT, **asdict(about)})
        with _guarded(path), connection:
            _remember(connection, ENDED, False)
    return About(**{f.name: _tupled(told[f.name]) for f in fields(About)})


def _told(connection: sqlite3.Connection) -> dict[str, Any] | None:
    if not connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'about'").fetchone()[0]:
        return None
    return {name: json.loads(value) for name, value in connection.execute("SELECT name, value FROM about")}


def _write_about(connection: sqlite3.Connection, about: About) -> None:
    told = {"layout": LAYOUT, **asdict(about)}
    with connection:
        connection.execute("BEGIN IMMEDIATE")  # tables and what they are of, together or not at all
        for statement in filter(str.strip, _SCHEMA.split(";")):
            connection.execute(statement)
        rows = [(name, json.dumps(value)) for name, value in told.items()]
        connection.executemany("INSERT INTO about VALUES (?, ?)", rows)


def _require_same(path: Path, was: dict[str, Any], now: dict[str, Any]) -> None:
    for name, said in _SAID.items():
        if _tupled(was.get(name)) != _tupled(now[name]):
            what = said.format(was=_shown(name, was.get(name)), now=_shown(name, now[name]))
            hint = "Give --output a new folder; what is unchanged comes from the cache."
            raise InputError(f"The run in {path} {what}.", hint=hint)


def _shown(name: str, value: object) -> str:
    if isinstance(value, list | tuple):
        return ("/" if name == "shard" else ", ").join(map(str, value))
    return str(value)


def _tupled(value: object) -> Any:  # noqa: ANN401 -- what JSON holds
    return tuple(value) if isinstance(value, list) else value


def _unusable(path: Path, error: sqlite3.DatabaseError) -> InputError:
    """What to tell: no room, no right to write, or damage."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        hint = "What was judged is kept. Make room, and go on with --resume."
        return InputError(f"There is no room left for {path}.", hint=hint)
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return _damaged(path, str(error))
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return InputError(f"Another run is at work in {path}.", hint="Wait until it is done.")
    hint = "What was judged is kept. See to the folder and its disk, and go on with --resume."
    return InputError(f"The state of the run in {path} cannot be written ({error}).", hint=hint)


def _damaged(path: Path, why: str) -> InputError:
    hint = "Begin anew in another folder: what was judged comes from the cache."
    return InputError(f"The state of the run in {path} is damaged ({why}).", hint=hint)


def _row(judged: Judged) -> tuple[object, ...]:
    tally = judged.tally
    own = (judged.number, judged.key, _bytes(judged.id), judged.state, _bytes(judged.reason), judged.date)
    if tally is None:
        return (*own, *[None] * (4 + len(SEVERITIES)))
    counts = (tally.findings.get(s, 0) for s in SEVERITIES)
    return (*own, tally.sentences, tally.words, tally.quality, tally.mqm_per_1000_words, *counts)


def _judged(row: tuple[Any, ...], parts: Sequence[PartName]) -> Judged:
    number, key, name, state, reason, date, sentences, words, quality, mqm = row[: len(_RESULT)]
    counts = row[len(_RESULT) : len(_COLUMNS)]
    found = {s: n for s, n in zip(SEVERITIES, counts, strict=True) if n}
    tally = None if sentences is None else Tally(sentences, words, found, quality, mqm)
    held = {p: d for p, d in zip(parts, row[len(_COLUMNS) :], strict=True) if d is not None}
    return Judged(number, key, _text(name), cast(State, state), _text(reason), date, tally, held)


def _bytes(text: str) -> bytes:
    # Names of files may hold bytes that are no UTF-8; SQLite's own text may not.
    return text.encode("utf-8", "surrogatepass")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")
