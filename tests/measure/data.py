"""The measuring sets of ../shared as ArticlePairs, split once and for all into a tuning and a reporting half."""

from __future__ import annotations

import gzip
import json
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal, TypeVar

from mtqc.model import ArticlePair, Document, Span
from mtqc.text.offsets import LineIndex

Half = Literal["tune", "report"]
T = TypeVar("T")
ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("MTQC_SHARED", ROOT.parent / "shared"))
GOLD: dict[str, tuple[str, ...]] = {
    "tune": ("wmt13-100", "wmt13-1300", "wmt13-1900"),
    "report": ("wmt13-2500", "wmt13-2800", "wmt13-700"),
}


def rows(name: str) -> Iterator[dict[str, Any]]:
    """Objects of shared/eval/NAME.jsonl.gz."""
    with gzip.open(SHARED / "eval" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def parallel(name: str, english: list[str], french: list[str]) -> ArticlePair:
    """A line-parallel article: row i of one side is known to translate row i of the other."""
    en, fr = "\n".join(english), "\n".join(french)
    spans = [[Span(a, b) for a, b in LineIndex(t).lines()] for t in (en, fr)]
    return ArticlePair(
        name, Document(en, "en", f"{name}.en"), Document(fr, "fr", f"{name}.fr"), tuple(zip(*spans, strict=True))
    )


def ntrex(half: Half, field: str = "ref_fr") -> list[ArticlePair]:
    """Human translations of whole news documents; documents with even index tune, the others report."""
    documents: dict[str, tuple[list[str], list[str]]] = {}
    for row in rows("ntrex_enfr"):
        en, fr = documents.setdefault(row["doc"], ([], []))
        en.append(row["en"].strip())
        fr.append(row[field].strip())
    wanted = 0 if half == "tune" else 1
    return [parallel(f"ntrex-{k}", *v) for i, (k, v) in enumerate(documents.items()) if i % 2 == wanted]


def every_other(items: Sequence[T], half: Half) -> list[T]:
    """Those of even index tune, those of odd index report."""
    return list(items[0 if half == "tune" else 1 :: 2])


def flat(text: str) -> str:
    """The text with its line ends as spaces: offsets stay."""
    return re.sub("[\\r\\n]", " ", text)


def mt(name: str, system: str | None = None, size: int = 25) -> list[ArticlePair]:
    """Set NAME of mt_enfr in blocks of `size` lines: the human reference, or one system's output."""
    chosen = [r for r in rows("mt_enfr") if r["set"] == name and (system is None or system in r["mt"])]
    texts = [(r["en"].strip(), (r["ref_fr"] if system is None else r["mt"][system]).strip()) for r in chosen]
    blocks = [texts[i : i + size] for i in range(0, len(texts), size)]
    return [parallel(f"{name}-{i}", [e for e, _ in b], [f for _, f in b]) for i, b in enumerate(blocks)]


def gold_folders(half: Half) -> list[Path]:
    """Annotated machine translations."""
    return [SHARED / "gold" / name for name in GOLD[half]]
