"""Measures what `mtqc.check_many` gains by measuring several articles together; writes reports/python.md.

Run: python tests/measure/at_once.py (needs ../shared, or MTQC_SHARED)

NTREX's documents, English with the French reference; all default signals, cold: nothing comes from the cache. The
models are loaded before. *CPU*: processor time of the process, which other processes on the machine disturb less than
the clock. *Memory*: the most that the process held until then. The findings are the same in every row, or it says so.
"""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Iterator

from sentences import ROOT, ntrex

import mtqc

REPORT = ROOT / "reports" / "python.md"
AT_ONCE = (1, 16, 64)
Items = list[tuple[str, str, str]]


def short() -> Items:
    """Teasers and agency lines: two sentences each."""
    found = [(d[i : i + 2]) for d in ntrex(0)[:30] for i in range(0, len(d) - 1, 2)]
    return [(str(n), " ".join(p[0] for p in two), " ".join(p[1] for p in two)) for n, two in enumerate(found[:48])]


def whole() -> Items:
    """News articles, a sentence a line."""
    return [(str(n), "\n".join(p[0] for p in d), "\n".join(p[1] for p in d)) for n, d in enumerate(ntrex(0)[:12])]


def rows(name: str, items: Items) -> Iterator[str]:
    settings = mtqc.load_settings(cache=False)
    next(mtqc.check_many(items[:1], settings=settings))
    first: list[str] | None = None
    for at_once in AT_ONCE:
        start, cpu = time.perf_counter(), time.process_time()
        found = [f.fingerprint for r in mtqc.check_many(items, settings=settings, at_once=at_once) for f in said(r)]
        wall, cpu = time.perf_counter() - start, time.process_time() - cpu
        first = first or found
        same = "" if found == first else " (NOT the same findings)"
        held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        yield f"| {name} | {at_once}{same} | {cpu:.1f} | {wall:.1f} | {held:.0f} |"


def said(result: mtqc.ArticleReport | mtqc.Unchecked) -> tuple[mtqc.Finding, ...]:
    assert isinstance(result, mtqc.ArticleReport), result.error
    return tuple(result.all_findings)


def main() -> None:
    about = (__doc__ or "").split("\n\n", 2)[2]
    head = ["| items | at once | CPU, s | clock, s | memory, MB |", "|---|--:|--:|--:|--:|"]
    given = {"48 items of two sentences": short(), "12 news articles": whole()}
    lines = [line for name, items in given.items() for line in rows(name, items)]
    note = f"On {os.cpu_count()} cores, load at the end {os.getloadavg()[1]:.1f} (five minutes)."
    REPORT.write_text("\n".join(["# From Python", "", about, *head, *lines, "", note, ""]), encoding="utf-8")
    print(REPORT.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
