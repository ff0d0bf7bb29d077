"""How much memory a run may take, and who watches it."""

from __future__ import annotations

import os
import re
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from mtqc.errors import UsageError

TOO_LARGE = 86
"""Exit code of a worker that took more than its share."""
ORPHANED = 87
"""Exit code of a worker whose run is gone."""
PARENT = 256 << 20
"""What the run's own process may take. Measured: 168 MiB on NTREX (1,053 pairs); writing the outputs comes after it."""
WORKER = 768 << 20
"""What a worker needs at least. Measured with the shipped models: 535 MiB after 671 pairs of NTREX, three times, in
pieces of 100,000 characters; without models 263 MiB after 125 pairs of news, 320 MiB after 8,125."""
_EVERY = 0.05
"""Seconds between two looks."""
_UNITS = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40}
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([KMGT]?)(?:i?B)?", re.IGNORECASE)
_STATM = Path("/proc/self/statm")


def parsed(size: str) -> int:
    """Bytes of `4G`, `500M`, `1.5 GiB`. Raises UsageError."""
    found = _SIZE.fullmatch(size.strip())
    if found is None or not float(found[1]):
        raise UsageError(f"--max-memory {size}: that is no size.", hint="For example 4G or 800M.")
    return int(float(found[1]) * _UNITS[found[2].upper()])


def shown(size: int) -> str:
    """`1.5 GiB`, `800 MiB`."""
    return f"{size / (1 << 30):.1f} GiB" if size >= 1 << 30 else f"{size / (1 << 20):.0f} MiB"


@dataclass(frozen=True, slots=True)
class Share:
    """Worker processes, and what each may take; None: no limit. One that holds more than `enough` is replaced."""

    jobs: int
    most: int | None = None

    @property
    def enough(self) -> int | None:
        """Bytes."""
        return None if self.most is None else self.most * 4 // 5


def share(limit: int | None, jobs: int) -> Share:
    """How `jobs` processes, or as many as there is room for, share the memory. Raises UsageError where it is none."""
    if limit is None:
        return Share(jobs)
    if not _STATM.exists():
        raise UsageError("--max-memory cannot be kept on this system: it has no /proc.", hint="Leave it out.")
    room = (limit - PARENT) // WORKER
    if room < 1:
        least = shown(PARENT + WORKER)
        raise UsageError(
            f"--max-memory {shown(limit)} is too little: a run takes {least} with one worker process.",
            hint=f"Give at least {least}, and {shown(WORKER)} for each process more.",
        )
    jobs = min(jobs, room)
    return Share(jobs, (limit - PARENT) // jobs)


def resident() -> int:
    """Bytes of memory that this process holds now; 0 where the system does not say."""
    try:
        return int(_STATM.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def guard(most: int | None) -> None:
    """End this process, from now on, as soon as it holds more than `most`, or the process that started it is gone."""
    threading.Thread(target=_watch, args=(most, os.getppid()), daemon=True).start()


def _watch(most: int | None, parent: int) -> None:
    while True:
        time.sleep(_EVERY)
        if os.getppid() != parent:
            os._exit(ORPHANED)
        if most is not None and resident() > most:
            os._exit(TOO_LARGE)
