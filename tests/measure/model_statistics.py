"""Bounds, ranks and the report's upkeep. Pure."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np


def wilson(count: int, total: int, z: float = 1.96) -> tuple[float, float]:
    """Bounds of a share (95 % at z 1.96), each 0 to 1, also where the count is 0 (Wilson 1927)."""
    if not total:
        return 0.0, 1.0
    share = count / total
    middle = share + z * z / (2 * total)
    half = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    low, high = ((middle + sign * half) / (1 + z * z / total) for sign in (-1, 1))
    return max(0.0, low), min(1.0, high)


def per_10000(count: int, total: int) -> str:
    """`12.3 (4.2–35.9)`: how many in 10,000, with the 95 % bounds."""
    low, high = wilson(count, total)
    return f"{10_000 * count / max(1, total):.1f} ({10_000 * low:.1f}–{10_000 * high:.1f})"


def auc(good: Sequence[float], bad: Sequence[float]) -> tuple[float, float]:
    """How often a good score beats a bad one (ties count half), 0 to 1, and its standard error.

    The error is Hanley and McNeil's (1982) for independent scores; ours come in pairs, so it is rather too large.
    """
    ordered = np.sort(np.asarray(bad, dtype=float))
    good_scores = np.asarray(good, dtype=float)
    below = np.searchsorted(ordered, good_scores, "left")
    up_to = np.searchsorted(ordered, good_scores, "right")
    n, m = len(good_scores), len(ordered)
    area = float((below + up_to).sum()) / (2 * n * m)
    one, two = area / (2 - area), 2 * area**2 / (1 + area)
    variance = area * (1 - area) + (n - 1) * (one - area**2) + (m - 1) * (two - area**2)
    return area, math.sqrt(max(0.0, variance) / (n * m))


def in_order(good: Sequence[float], bad: Sequence[float]) -> float:
    """Share of pairs, 0 to 1, in which the good one scores higher; ties count half."""
    pairs = list(zip(good, bad, strict=True))
    return sum((g > b) + (g == b) / 2 for g, b in pairs) / len(pairs)


def table(head: Sequence[str], body: Sequence[Sequence[str]]) -> list[str]:
    """Lines of a Markdown table."""
    return [f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *body)]


def read_progress(path: Path, direction: str) -> list[Mapping[str, Any]]:
    """Entries of a trainer's progress.jsonl in this direction, in order of time.

    Raises ValueError naming the line that is no JSON object with "minutes".
    """
    found: list[Mapping[str, Any]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
        except json.JSONDecodeError:
            entry = None
        if not isinstance(entry, dict) or "minutes" not in entry:
            raise ValueError(f'{path}, line {number}: a JSON object with "minutes" is expected.')
        if entry.get("direction", direction) == direction:
            found.append(entry)
    return sorted(found, key=lambda e: float(e["minutes"]))


CURVE = ("minutes", "step", "tokens", "ppl", "dev_ppl", "dev_bleu", "dev_chrf")


def curve(entries: Sequence[Mapping[str, Any]], most: int = 12) -> list[str]:
    """A table of at most `most` entries, evenly chosen, the last among them; and how the end was still rising.

    Entries with a dev_bleu are preferred: where there are two of them, the others are left out.
    """
    measured = [e for e in entries if e.get("dev_bleu") is not None]
    chosen = measured if len(measured) > 1 else list(entries)
    if not chosen:
        return ["The progress file has no entry of this direction."]
    every = np.unique(np.linspace(0, len(chosen) - 1, min(most, len(chosen))).round().astype(int))
    head = ("minutes", "step", "million pieces", "perplexity", "on validation text", "BLEU", "chrF++")
    return [*table(head, [_entry(chosen[i]) for i in every]), *_rising(measured)]


def _entry(entry: Mapping[str, Any]) -> list[str]:
    scale = {"tokens": 1e-6}
    digits = {"step": 0, "minutes": 0, "ppl": 2, "dev_ppl": 2}
    values = ((k, entry.get(k)) for k in CURVE)
    return ["–" if v is None else f"{float(v) * scale.get(k, 1):.{digits.get(k, 1)}f}" for k, v in values]


def _rising(measured: Sequence[Mapping[str, Any]]) -> list[str]:
    if len(measured) < 3:
        return []
    last = measured[-1]
    before = [e for e in measured[:-1] if float(e["minutes"]) <= 0.75 * float(last["minutes"])]
    start = before[-1] if before else measured[-2]
    gained, minutes = (float(last[k]) - float(start[k]) for k in ("dev_bleu", "minutes"))
    return ["", f"Over the last {minutes:.0f} minutes: {gained:+.1f} BLEU."]


_BLOCK = re.compile(r"<!-- (?P<id>[a-z-]+ [a-z-]+) (?P<label>\S+) -->\n(?P<body>.*?)\n<!-- end -->", re.DOTALL)


def blocks(report: str) -> dict[str, tuple[str, str]]:
    """The parts of a written report: `PART DIRECTION` to the model's label and the text."""
    return {m["id"]: (m["label"], m["body"]) for m in _BLOCK.finditer(report)}


def block(part: str, direction: str, label: str, body: str) -> str:
    """A part of the report between the marks by which `blocks` finds it again."""
    return f"<!-- {part} {direction} {label} -->\n{body}\n<!-- end -->"
