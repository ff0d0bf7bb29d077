"""What was measured once is read from disk: keyed by the signature of what measured it and by the text.

One SQLite file, safe under several processes at once. Why NotMeasured is kept too: with the same signature the same
text fails again, and failing takes longest of all, since it is tried twice.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar, cast

from mtqc.model import ForcedScore, LinkTable, NotMeasured, Span, Tokens, WordScore
from mtqc.translate.base import ForcedScorer, Linker, Progress, Translator

FILE = "measured-1.sqlite"
MOST_BYTES = 2 << 30
"""Above this size the older half is dropped. All signals of a pair of sentences of news take 9 KB, so that 200,000 fit;
the environment's MTQC_CACHE_MB sets another limit."""
WAIT_SECONDS = 30
_AT_ONCE = 500
_TABLE = "CREATE TABLE IF NOT EXISTS measured (key BLOB PRIMARY KEY, value TEXT NOT NULL, at INTEGER NOT NULL)"
_log = logging.getLogger(__name__)
Item = TypeVar("Item", str, tuple[str, str], tuple[Tokens, Tokens])
Value = TypeVar("Value")
Number = TypeVar("Number", float, tuple[tuple[float, ...], ...])


@dataclass
class Store:
    """A table of values by key on disk. A file that is broken is moved aside, one that cannot be used is done without.

    `warnings` says which of both happened, for the report; each is logged too. Nothing here raises: a cache that
    fails costs time, never a result. `most_bytes`: its limit, 0 for the usual one.
    """

    path: Path
    warnings: list[str] = field(default_factory=list)
    most_bytes: int = 0
    _written: int = field(default=0, repr=False)
    _lock: threading.RLock = field(default_factory=threading.RLock, repr=False)
    _connection: sqlite3.Connection | None = field(default=None, repr=False)
    _pid: int = field(default=0, repr=False)

    def get(self, keys: Sequence[bytes]) -> dict[bytes, str]:
        """The values that are there."""
        found: dict[bytes, str] = {}
        for start in range(0, len(keys), _AT_ONCE):
            some = keys[start : start + _AT_ONCE]
            marks = ",".join("?" * len(some))
            rows = self._run(f"SELECT key, value FROM measured WHERE key IN ({marks})", some)
            found.update(rows)
        return found

    def put(self, values: dict[bytes, str]) -> None:
        """Keep all values, or none where the file cannot be written."""
        now = int(time.time())
        rows = [(k, v, now) for k, v in values.items()]
        self._run("INSERT OR REPLACE INTO measured VALUES (?, ?, ?)", rows, many=True)
        self._written += sum(map(len, values.values()))
        if self._written > self._limit() // 8:  # a run over a large corpus keeps the file open for hours
            self._written = 0
            self._shrunk()

    def close(self) -> None:
        """Close the file; the next use opens it again."""
        with self._lock:
            if self._connection is not None and self._pid == os.getpid():
                self._connection.close()
            self._connection = None

    def _run(self, sql: str, values: Sequence[object], many: bool = False) -> list[tuple[bytes, str]]:
        for attempt in ("first", "second"):
            try:
                return self._execute(sql, values, many)
            except sqlite3.OperationalError as error:
                self.warn(f"The cache {self.path} cannot be used ({error}); going on without it.")
                return []
            except sqlite3.DatabaseError as error:
                if attempt == "first":
                    self._set_aside(error)
        return []

    def _execute(self, sql: str, values: Sequence[object], many: bool) -> list[tuple[bytes, str]]:
        with self._lock:
            connection = self._open()
            if not many:
                return connection.execute(sql, tuple(values)).fetchall()
            with connection:
                connection.executemany(sql, values)  # type: ignore[arg-type]
            return []

    def _open(self) -> sqlite3.Connection:
        # A connection must not cross a fork: the child opens its own.
        if self._connection is not None and self._pid == os.getpid():
            return self._connection
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise sqlite3.OperationalError(str(error)) from error
        connection = sqlite3.connect(self.path, timeout=WAIT_SECONDS, check_same_thread=False)
        connection.text_factory = _text
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute(_TABLE)
        self._connection, self._pid = connection, os.getpid()
        self._shrink(connection)
        return connection

    def _limit(self) -> int:
        asked = os.environ.get("MTQC_CACHE_MB", "")
        if asked and not asked.isdigit():
            self.warn(f"MTQC_CACHE_MB={asked!r} is not a whole number; the usual limit of the cache holds.")
        return self.most_bytes or (int(asked) << 20 if asked.isdigit() else MOST_BYTES)

    def _shrunk(self) -> None:
        try:
            with self._lock:
                self._shrink(self._open())
        except sqlite3.DatabaseError as error:
            self.warn(f"The cache {self.path} could not be made smaller ({error}).")

    def _shrink(self, connection: sqlite3.Connection) -> None:
        if _size(connection) <= self._limit():
            return
        with connection:
            connection.execute("BEGIN IMMEDIATE")
            if _size(connection) <= self._limit():  # another process was quicker
                return
            older = "SELECT rowid FROM measured ORDER BY at LIMIT (SELECT (count(*) + 1) / 2 FROM measured)"
            connection.execute(f"DELETE FROM measured WHERE rowid IN ({older})")
        with suppress(sqlite3.OperationalError):  # others are reading: what is free is used again
            connection.execute("VACUUM")

    def _set_aside(self, error: sqlite3.DatabaseError) -> None:
        self.close()
        aside = self.path.with_name(f"{self.path.name}.broken-{time.time_ns()}")
        self.warn(f"The cache {self.path} is broken ({error}); it was moved to {aside.name}, and a new one begun.")
        for suffix in ("", "-wal", "-shm"):
            try:
                self.path.with_name(self.path.name + suffix).rename(aside.with_name(aside.name + suffix))
            except FileNotFoundError:
                continue
            except OSError as failed:
                self.warn(f"The broken cache {self.path} cannot be moved aside ({failed}).")

    def warn(self, message: str) -> None:
        """Log the message, and keep it for the report; once."""
        if message not in self.warnings:
            self.warnings.append(message)
            _log.warning(message)


def _size(connection: sqlite3.Connection) -> int:
    """Bytes in use."""
    pages, free, size = (
        connection.execute(f"PRAGMA {p}").fetchone()[0] for p in ("page_count", "freelist_count", "page_size")
    )
    return int((pages - free) * size)


def _text(data: bytes) -> str | bytes:
    # sqlite3 would refuse the whole answer for one damaged value; as bytes it is no value, and is measured again.
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data


@dataclass(frozen=True)
class CachedTranslator:
    """A Translator that asks `inner` only for texts that `store` does not hold."""

    inner: Translator
    store: Store

    @property
    def signature(self) -> str:
        """That of `inner`: where a translation came from does not change it."""
        return self.inner.signature

    def translate(self, texts: Sequence[str], progress: Progress | None = None) -> list[str | NotMeasured]:
        """As the inner translator's."""
        signature = self.signature
        keys = [_key("translate", signature, t) for t in texts]
        return _through(self.store, keys, texts, self.inner.translate, progress, pack=_pack_text, unpack=_unpack_text)


@dataclass(frozen=True)
class CachedScorer:
    """A ForcedScorer that asks `inner` only for pairs that `store` does not hold."""

    inner: ForcedScorer
    store: Store

    @property
    def signature(self) -> str:
        """That of `inner`."""
        return self.inner.signature

    def score(
        self, pairs: Sequence[tuple[str, str]], progress: Progress | None = None
    ) -> list[ForcedScore | NotMeasured]:
        """As the inner scorer's."""
        signature = self.signature
        keys = [_key("score", signature, s, t) for s, t in pairs]
        return _through(self.store, keys, pairs, self.inner.score, progress, pack=_pack_score, unpack=_unpack_score)


@dataclass(frozen=True)
class CachedLinker:
    """A Linker that asks `inner` only for pairs that `store` does not hold."""

    inner: Linker
    store: Store

    @property
    def signature(self) -> str:
        """That of `inner`."""
        return self.inner.signature

    def links(
        self, pairs: Sequence[tuple[Tokens, Tokens]], progress: Progress | None = None
    ) -> list[LinkTable | NotMeasured]:
        """As the inner linker's."""
        signature = self.signature
        keys = [_key("links", signature, s.text, _spans(s), t.text, _spans(t)) for s, t in pairs]
        return _through(self.store, keys, pairs, self.inner.links, progress, pack=_pack_table, unpack=_unpack_table)


def numbers(
    store: Store | None, what: str, pairs: Sequence[tuple[str, str]], measure: Callable[[str, str], Number]
) -> list[Number]:
    """What `measure` says of each pair, a number or tuples of numbers; from the store where it is held as `what`."""
    if store is None:
        return [measure(*p) for p in pairs]
    keys = [_key(what, *p) for p in pairs]
    ask = lambda some, _: [measure(*p) for p in some]  # noqa: E731
    return cast(list[Number], _through(store, keys, pairs, ask, None, pack=json.dumps, unpack=_unpack_numbers))


def _unpack_numbers(packed: str, _: tuple[str, str]) -> float | tuple[tuple[float, ...], ...]:
    value = json.loads(packed)
    rows = [[value]] if isinstance(value, float) else [list(row) for row in value]
    if not all(isinstance(n, int | float) for row in rows for n in row):
        raise ValueError("not numbers")
    return value if isinstance(value, float) else tuple(map(tuple, rows))


def _spans(tokens: Tokens) -> str:
    return " ".join(f"{s.start}-{s.end}" for s in tokens.spans)


def _key(*parts: str) -> bytes:
    return hashlib.sha256(json.dumps(parts).encode()).digest()


def _through(
    store: Store,
    keys: Sequence[bytes],
    items: Sequence[Item],
    measure: Callable[[Sequence[Item], Progress | None], Sequence[Value | NotMeasured]],
    progress: Progress | None,
    *,
    pack: Callable[[Value | NotMeasured], str],
    unpack: Callable[[str, Item], Value | NotMeasured],
) -> list[Value | NotMeasured]:
    """Values from the store, the missing ones measured, each once, and kept."""
    held = store.get(list(dict.fromkeys(keys)))
    found: dict[bytes, Value | NotMeasured] = {}
    for key, item in zip(keys, items, strict=True):
        if key in held and key not in found:
            try:
                found[key] = unpack(held[key], item)
            except (KeyError, IndexError, TypeError, ValueError) as error:
                store.warn(f"A value in the cache {store.path} is not what it should be ({error!r}); measured again.")
    missing = {k: item for k, item in zip(keys, items, strict=True) if k not in found}
    if progress and len(items) > len(missing):
        progress(len(items) - len(missing))
    if missing:
        measured = dict(zip(missing, measure(list(missing.values()), progress), strict=True))
        store.put({k: pack(v) for k, v in measured.items()})
        found |= measured
    return [found[k] for k in keys]


def _pack_text(value: str | NotMeasured) -> str:
    return json.dumps({"void": value.reason} if isinstance(value, NotMeasured) else value, ensure_ascii=False)


def _unpack_text(packed: str, _: str) -> str | NotMeasured:
    value = json.loads(packed)
    if not isinstance(value, str | dict):
        raise TypeError("not a text")
    return NotMeasured(str(value["void"])) if isinstance(value, dict) else value


def _pack_score(value: ForcedScore | NotMeasured) -> str:
    if isinstance(value, NotMeasured):
        return json.dumps({"void": value.reason}, ensure_ascii=False)
    words = [[w.span.start, w.span.end, w.logprob] for w in value.words]
    return json.dumps([words, value.logprob, value.pieces])


def _pack_table(value: LinkTable | NotMeasured) -> str:
    """Most cells are 0: only the others are kept, row by row, as column and probability."""
    if isinstance(value, NotMeasured):
        return json.dumps({"void": value.reason}, ensure_ascii=False)
    return json.dumps([[[j, p] for j, p in enumerate(row) if p] for row in value.rows])


def _unpack_table(packed: str, pair: tuple[Tokens, Tokens]) -> LinkTable | NotMeasured:
    value = json.loads(packed)
    if isinstance(value, dict):
        return NotMeasured(str(value["void"]))
    rows = [[0.0] * len(pair[0].spans) for _ in pair[1].spans]
    for row, cells in zip(rows, value, strict=True):
        for j, p in cells:
            row[j] = float(p)
    return LinkTable(tuple(map(tuple, rows)))


def _unpack_score(packed: str, pair: tuple[str, str]) -> ForcedScore | NotMeasured:
    value = json.loads(packed)
    if isinstance(value, dict):
        return NotMeasured(str(value["void"]))
    words = tuple(WordScore(Span(a, b), pair[1][a:b], logprob) for a, b, logprob in value[0])
    return ForcedScore(words, float(value[1]), int(value[2]))
