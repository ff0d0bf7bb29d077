"""Results as small Parquet files in a shared folder: how they come back from other machines.

A shard is there whole or not at all: it is written under another name, and renamed. Its pages have checksums. It goes
away once its results are in the run folder's state; what stands in it after a run broke off is taken up by the next.
"""

from __future__ import annotations

import hashlib
import os
import socket
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pyarrow as pa
import pyarrow.parquet as pq

from mtqc.batch.model import Judged, Tally, Task
from mtqc.model import Severity

_SEVERITIES = tuple(Severity)
_SCHEMA = pa.schema(
    [
        pa.field("number", pa.int64(), nullable=False),
        pa.field("key", pa.string(), nullable=False),
        pa.field("id", pa.binary(), nullable=False),  # UTF-8, and what a file name holds that is none
        pa.field("state", pa.string(), nullable=False),
        pa.field("reason", pa.binary(), nullable=False),
        pa.field("date", pa.string(), nullable=False),
        pa.field("sentences", pa.int64()),
        pa.field("words", pa.int64()),
        *(pa.field(severity.label, pa.int64()) for severity in _SEVERITIES),
        pa.field("quality", pa.float64()),
        pa.field("mqm_per_1000_words", pa.float64()),
        pa.field("parts", pa.map_(pa.string(), pa.binary()), nullable=False),
    ]
)
_AS: dict[str, Any] = {
    "compression": "none",  # the parts are packed
    "use_dictionary": False,
    "write_statistics": False,  # no checksum covers them
    "write_page_checksum": True,
}
TRIED = ".tried"
"""Ending of what is noted of a shard while it is made."""
_UNFINISHED = ".unfinished"
_DAMAGED = "damaged"


class Damaged(Exception):  # noqa: N818 -- what the file is
    """A shard is not as it was written; the message says how that showed."""


def name_of(tasks: Sequence[Task | Judged]) -> str:
    """The name of the shard of these: the same for the same ones, however often they are judged."""
    told = "\n".join(f"{t.number} {t.key}" for t in tasks)
    return f"{tasks[0].number:010d}-{hashlib.sha256(told.encode()).hexdigest()[:16]}.parquet"


@dataclass(frozen=True, slots=True)
class Shards:
    """The shards of one run folder, in a folder that all machines see under the same path."""

    folder: Path

    def __contains__(self, name: str) -> bool:
        return (self.folder / name).exists()

    def __iter__(self) -> Iterator[str]:
        """Names of all that are there, in order."""
        yield from sorted(p.name for p in self.folder.glob("*.parquet"))

    def write(self, name: str, judged: Sequence[Judged]) -> None:
        """Write a shard, for good when this returns."""
        own = self.folder / f"{name}.{socket.gethostname()}-{os.getpid()}{_UNFINISHED}"
        table = pa.Table.from_pylist([_row(j) for j in judged], schema=_SCHEMA)
        with own.open("wb") as file:
            pq.write_table(table, file, **_AS)
            file.flush()
            os.fsync(file.fileno())
        own.replace(self.folder / name)

    def read(self, name: str) -> list[Judged]:
        """What is in a shard. Raises Damaged, and FileNotFoundError."""
        try:
            with (self.folder / name).open("rb") as file:
                table = pq.read_table(file, page_checksum_verification=True)
            return [_judged(row) for row in table.cast(_SCHEMA).to_pylist()]
        except FileNotFoundError:
            raise
        except (pa.ArrowException, OSError, ValueError, KeyError) as error:  # OSError: pyarrow's, of a wrong checksum
            raise Damaged(str(error).splitlines()[0]) from error

    def remove(self, name: str) -> None:
        """Take it away; its results are elsewhere now."""
        (self.folder / name).unlink(missing_ok=True)

    def set_aside(self, name: str) -> Path:
        """Keep a damaged one where nobody reads it, for whoever wants to know. Its new path."""
        (self.folder / _DAMAGED).mkdir(exist_ok=True)
        return (self.folder / name).replace(self.folder / _DAMAGED / name)

    def tidy(self) -> None:
        """While no worker is at it: remove what one that was killed did not finish, and the folder if it is empty."""
        for ending in (_UNFINISHED, TRIED):
            for path in self.folder.glob(f"*{ending}"):
                path.unlink(missing_ok=True)
        if self.folder.exists() and not any(self.folder.iterdir()):
            self.folder.rmdir()


def _row(judged: Judged) -> dict[str, Any]:
    tally = judged.tally
    row: dict[str, Any] = {
        "number": judged.number,
        "key": judged.key,
        "id": _bytes(judged.id),
        "state": judged.state,
        "reason": _bytes(judged.reason),
        "date": judged.date,
        "parts": list(judged.parts.items()),
    }
    if tally:
        row |= {name: getattr(tally, name) for name in ("sentences", "words", "quality", "mqm_per_1000_words")}
        row |= {severity.label: n for severity, n in tally.findings.items()}
    return row


def _judged(row: dict[str, Any]) -> Judged:
    return Judged(
        number=row["number"],
        key=row["key"],
        id=_text(row["id"]),
        state=row["state"],
        reason=_text(row["reason"]),
        date=row["date"],
        tally=_tally(row),
        parts=dict(cast(list[tuple[Any, bytes]], row["parts"])),
    )


def _tally(row: dict[str, Any]) -> Tally | None:
    if row["sentences"] is None:
        return None
    findings = {s: row[s.label] for s in _SEVERITIES if row[s.label] is not None}
    return Tally(row["sentences"], row["words"], findings, row["quality"], row["mqm_per_1000_words"])


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")
