"""Which sentences make a batch, and how many cores there are."""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from pathlib import Path

from mtqc.errors import UsageError


def cores(threads: int = 0) -> int:
    """Parallel translations: `threads`, else the environment's MTQC_THREADS, else the cores this process may use.

    Raises UsageError where MTQC_THREADS is not a number.
    """
    asked = os.environ.get("MTQC_THREADS", "")
    if threads > 0 or not asked:
        return threads if threads > 0 else _available()
    if not asked.isdigit() or not int(asked):
        raise UsageError(f"MTQC_THREADS={asked!r} is not a whole number from 1.", hint="Unset it to use every core.")
    return int(asked)


def _available() -> int:
    # os.cpu_count() counts the machine's cores, not those that taskset or a container leaves to this process.
    seen = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(seen, _quota(Path("/sys/fs/cgroup/cpu.max"))))


def _quota(file: Path) -> int:
    """Cores' worth of time that a container may use, rounded up, as cgroup 2 says; no limit: a large number."""
    try:
        quota, period = file.read_text(encoding="ascii").split()
        return math.ceil(int(quota) / int(period))
    except (OSError, ValueError):  # another system, or "max": no limit
        return 1 << 16


def plan(lengths: Sequence[int], most: int, workers: int = 1) -> list[list[int]]:
    """Indexes in batches of like length, longest first: a batch pads to at most `most` tokens.

    A small job is cut finer, so that every worker has two batches: an idle core costs more than a small batch.
    """
    budget = min(most, max(max(lengths, default=1), sum(lengths) // (2 * workers)))
    batches: list[list[int]] = []
    for index in sorted(range(len(lengths)), key=lambda i: (-lengths[i], i)):
        if batches and lengths[batches[-1][0]] * (len(batches[-1]) + 1) <= budget:
            batches[-1].append(index)
        else:
            batches.append([index])
    return batches


def alike(lengths: Sequence[int], most: int) -> list[list[int]]:
    """Indexes in batches of one length each, longest first, in which nothing is padded: at most `most` tokens a batch.

    What CTranslate2 makes of a sentence then does not depend on its neighbours: padding moves float32 sums in the
    last place, and through int8's rounding now and then a word.
    """
    batches: list[list[int]] = []
    for index in sorted(range(len(lengths)), key=lambda i: (-lengths[i], i)):
        length = lengths[index]
        if batches and lengths[batches[-1][0]] == length and length * (len(batches[-1]) + 1) <= most:
            batches[-1].append(index)
        else:
            batches.append([index])
    return batches
