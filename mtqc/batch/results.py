"""Finished articles on disk by key: an article that did not change is not judged again, in whatever run it comes.

One SQLite file beside that of what the models measured. What is damaged in it counts as not there.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

from mtqc.batch.model import Judged, Tally, Task
from mtqc.model import Severity
from mtqc.translate.cache import Store
from mtqc.translate.library import cache_dir

FILE = "judged-1.sqlite"
LARGEST = 64 << 20
"""Bytes of an article that is not kept: one of some 30,000 pairs of sentences."""
_DIGEST = 16
"""Bytes before an entry by which damage is noticed."""


@dataclass
class Results:
    """The cache. It never raises: one that cannot be used costs time, and `warnings` says so."""

    store: Store

    @classmethod
    def usual(cls) -> Results:
        """That of the cache folder (MTQC_CACHE_DIR, or the user's)."""
        return cls.at(cache_dir() / FILE)

    @classmethod
    def at(cls, path: Path) -> Results:
        """One in a file of its own."""
        return cls(Store(path))

    @property
    def warnings(self) -> tuple[str, ...]:
        """What went wrong so far."""
        return tuple(self.store.warnings)

    def get(self, tasks: Sequence[Task]) -> list[Judged | None]:
        """The result of each task where it is held, with the number that it has in this run."""
        held = cast(Mapping[bytes, bytes], self.store.get([bytes.fromhex(t.key) for t in tasks]))
        return [self._unpacked(held.get(bytes.fromhex(t.key)), t) for t in tasks]

    def put(self, judged: Sequence[Judged]) -> None:
        """Keep those that were judged whole: what could not be judged now may be next time."""
        whole = {bytes.fromhex(j.key): _packed(j) for j in judged if j.state == "judged" and j.key}
        small = {key: entry for key, entry in whole.items() if len(entry) <= LARGEST}
        if small:
            self.store.put(cast(dict[bytes, str], small))

    def close(self) -> None:
        """Close the file."""
        self.store.close()

    def _unpacked(self, entry: bytes | None, task: Task) -> Judged | None:
        if entry is None:
            return None
        try:
            return replace(_judged(entry), number=task.number, key=task.key)
        except (ValueError, KeyError, TypeError, IndexError) as error:
            self.store.warn(f"A result in the cache {self.store.path} is damaged ({error}); it was judged again.")
            return None


def _packed(judged: Judged) -> bytes:
    """Digest, a line of JSON, the parts one after the other."""
    head: dict[str, Any] = {
        "id": judged.id,
        "date": judged.date,
        "tally": _told(judged.tally),
        "parts": [[name, len(data)] for name, data in judged.parts.items()],
    }
    body = json.dumps(head).encode() + b"\n" + b"".join(judged.parts.values())
    return _digest(body) + body


def _judged(entry: bytes) -> Judged:
    """Raises ValueError and others where the entry is not as it was written."""
    body = entry[_DIGEST:]
    if _digest(body) != entry[:_DIGEST]:
        raise ValueError("its checksum is wrong")
    line, _, data = body.partition(b"\n")
    head = json.loads(line)
    parts, start = {}, 0
    for name, length in head["parts"]:
        parts[name] = data[start : start + length]
        start += length
    return Judged(0, "", head["id"], "judged", "", head["date"], _tally(head["tally"]), parts)


def _told(tally: Tally | None) -> dict[str, Any] | None:
    if tally is None:
        return None
    return {
        "sentences": tally.sentences,
        "words": tally.words,
        "findings": {severity.label: n for severity, n in sorted(tally.findings.items())},
        "quality": tally.quality,
        "mqm_per_1000_words": tally.mqm_per_1000_words,
    }


def _tally(told: Mapping[str, Any] | None) -> Tally | None:
    if told is None:
        return None
    return Tally(**{**told, "findings": {Severity[s.upper()]: n for s, n in told["findings"].items()}})


def _digest(body: bytes) -> bytes:
    return hashlib.blake2b(body, digest_size=_DIGEST).digest()
