"""Measures sentence splitting on joined news sentences; writes reports/sentences.md.

Run: python tests/measure/sentences.py (needs ../shared, or MTQC_SHARED).

Five consecutive sentences of a document, those that end in a terminator on both sides, are joined with a space. A
*join* found again is right, one not found is *missed*. A boundary inside one of the lines is *inner*; many of these
are right (the line holds two sentences), so those that the same line's translation has too are left out of
*one-sided*: the upper bound of what was split wrongly. F1 is strict: every inner boundary counts as wrong.
"""

from __future__ import annotations

import gzip
import json
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import sentencex

from mtqc.text.sentences import Lang, spans

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("MTQC_SHARED", ROOT.parent / "shared"))
REPORT = ROOT / "reports" / "sentences.md"
PARAGRAPH = 5
COMPLETE = re.compile(r"[.!?…][\s\"'»”’)\]]*$")

Pair = tuple[str, str]
Splitter = Callable[[str, Lang], set[int]]


@dataclass
class Counts:
    joins: int = 0
    missed: int = 0
    inner: int = 0
    one_sided: int = 0

    @property
    def f1(self) -> float:
        found = self.joins - self.missed
        return 2 * found / (2 * found + self.missed + self.inner)


def ours(text: str, lang: Lang) -> set[int]:
    """Offsets at which a sentence other than the first begins."""
    return {start for start, _ in spans(text, lang)} - {0}


def library(text: str, lang: Lang) -> set[int]:
    """The same by sentencex, as it comes."""
    return {b["start_index"] for b in sentencex.get_sentence_boundaries(lang, text)} - {0}


def ntrex(half: Literal[0, 1]) -> list[list[Pair]]:
    documents: dict[str, list[Pair]] = {}
    for row in rows("ntrex_enfr"):
        documents.setdefault(row["doc"], []).append((row["en"].strip(), row["ref_fr"].strip()))
    return [d for i, d in enumerate(documents.values()) if i % 2 == half]


def mt_set(name: str) -> list[list[Pair]]:
    return [[(r["en"].strip(), r["ref_fr"].strip()) for r in rows("mt_enfr") if r["set"] == name]]


def rows(name: str) -> Iterator[dict[str, str]]:
    with gzip.open(SHARED / "eval" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def paragraphs(document: list[Pair]) -> Iterator[list[Pair]]:
    current: list[Pair] = []
    for pair in document:
        complete = all(COMPLETE.search(text) for text in pair)
        if complete:
            current.append(pair)
        if current and (not complete or len(current) == PARAGRAPH):
            yield current
            current = []
    if current:
        yield current


def per_line(lines: list[str], lang: Lang, splitter: Splitter) -> tuple[int, list[int]]:
    """Joins that were not found, and for each line the number of boundaries inside it."""
    found, offset, missed, inner = splitter(" ".join(lines), lang), 0, 0, []
    for i, line in enumerate(lines):
        missed += bool(i) and offset not in found
        inner.append(sum(offset < f < offset + len(line) + 1 for f in found))
        offset += len(line) + 1
    return missed, inner


def measure(documents: list[list[Pair]], splitter: Splitter) -> dict[Lang, Counts]:
    counts: dict[Lang, Counts] = {"en": Counts(), "fr": Counts()}
    for paragraph in (p for d in documents for p in paragraphs(d)):
        inner: dict[Lang, list[int]] = {}
        for side, (lang, total) in enumerate(counts.items()):
            missed, inner[lang] = per_line([pair[side] for pair in paragraph], lang, splitter)
            total.joins += len(paragraph) - 1
            total.missed += missed
            total.inner += sum(inner[lang])
        for english, french in zip(inner["en"], inner["fr"], strict=True):
            counts["en"].one_sided += max(0, english - french)
            counts["fr"].one_sided += max(0, french - english)
    return counts


def table() -> Iterator[str]:
    data = {
        "NTREX, even documents (tuned on)": ntrex(0),
        "newstest2012 (tuned on)": mt_set("wmt12"),
        "newstest2013 (tuned on)": mt_set("wmt13"),
        "FLORES dev (tuned on)": mt_set("flores-dev"),
        "**NTREX, odd documents (held out)**": ntrex(1),
    }
    yield "| data | language | splitter | joins | missed | inner | one-sided | F1, strict |"
    yield "|---|---|---|--:|--:|--:|--:|--:|"
    for name, documents in data.items():
        results = {"sentencex": measure(documents, library), "mtqc": measure(documents, ours)}
        for lang in ("en", "fr"):
            for splitter, counts in results.items():
                c = counts[lang]
                numbers = f"{c.joins} | {c.missed} | {c.inner} | {c.one_sided} | {c.f1:.4f}"
                yield f"| {name} | {lang} | {splitter} | {numbers} |"


def main() -> None:
    about = (__doc__ or "").split("\n\n", 2)[2]
    REPORT.write_text("\n".join(["# Sentence splitting", "", about, *table(), ""]), encoding="utf-8")
    print(REPORT.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
