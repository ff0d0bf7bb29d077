"""Texts to measure the aligner on: books with gold beads, and news made uneven by dropping and merging lines.

Tuning: books and NTREX documents of even index; held out: those of odd index. Back-translations come from
`mtqc.translate.load_engine` with the model in MTQC_MODEL (default ../shared/model/fr-en-first), through its cache.
"""

from __future__ import annotations

import gzip
import json
import os
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mtqc.model import ArticlePair, Document, NotMeasured, Sentence, Side, Span
from mtqc.translate.engine import load_engine

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("MTQC_SHARED", ROOT.parent / "shared"))
DROPPED = MERGED = 0.04
"""Share of the news lines dropped on one side, and merged on one side (for each side)."""
BLOCKS = 0.02
"""Share of the news lines at which a block of 2 to 12 lines is dropped on one side."""
STRAY_BREAK = 0.05
"""Share of the news lines whose paragraph break does not agree."""

Gold = list[tuple[tuple[int, ...], tuple[int, ...]]]


@dataclass(frozen=True)
class Text:
    """Two documents, their sentences, the hypotheses of the French ones and the gold beads."""

    id: str
    pair: ArticlePair
    source: list[Sentence]
    target: list[Sentence]
    hypotheses: list[str]
    gold: Gold


class Builder:
    """Sentences joined into a document: a space, or a line break where a paragraph begins."""

    def __init__(self, side: Side) -> None:
        self.side, self.text, self.lines, self.sentences = side, "", 1, []

    def add(self, text: str, opens: bool = False) -> int:
        if self.text:
            self.text += "\n" if opens else " "
            self.lines += opens
        span = Span(len(self.text), len(self.text) + len(text))
        self.text += text
        self.sentences.append(Sentence(self.side, len(self.sentences), span, text, self.lines))
        return len(self.sentences) - 1


def rows(name: str) -> list[dict]:
    with gzip.open(SHARED / "eval" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def back_translate(texts: list[str]) -> list[str]:
    """Hypotheses; "" where there is none."""
    engine = load_engine(os.environ.get("MTQC_MODEL", str(SHARED / "model" / "fr-en-first")))
    return ["" if isinstance(h, NotMeasured) else h for h in engine.translator.translate(texts)]


def finish(name: str, source: Builder, target: Builder, gold: Gold) -> Text:
    documents = Document(source.text, "en"), Document(target.text, "fr")
    hypotheses = back_translate([s.text for s in target.sentences])
    return Text(name, ArticlePair(name, *documents), source.sentences, target.sentences, hypotheses, gold)


def books(parity: int) -> list[Text]:
    """TransRead's hand-aligned books (paragraphs unknown: each side is one)."""
    found = []
    for row in rows("transread_sentalign_enfr")[parity::2]:
        source, target = Builder("source"), Builder("target")
        for text in row["en"]:
            source.add(text)
        for text in row["fr"]:
            target.add(text)
        found.append(finish(row["id"], source, target, [(tuple(a), tuple(b)) for a, b in row["gold"]]))
    return found


def documents(parity: int) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """NTREX documents: (id, lines)."""
    found: dict[str, list[tuple[str, str]]] = {}
    for row in rows("ntrex_enfr"):
        found.setdefault(row["doc"], []).append((row["en"], row["ref_fr"]))
    yield from list(found.items())[parity::2]


def news(parity: int, seed: int = 1) -> list[Text]:
    """NTREX documents in paragraphs of 1 to 4 lines, some lines dropped or merged on one side."""
    draw = random.Random(seed)
    return [_uneven(name, lines, draw) for name, lines in documents(parity)]


def _uneven(name: str, lines: list[tuple[str, str]], draw: random.Random) -> Text:
    source, target = Builder("source"), Builder("target")
    gold: Gold = []
    i = left_in_paragraph = 0
    while i < len(lines):
        opens = not left_in_paragraph
        left_in_paragraph = (draw.randint(1, 4) if opens else left_in_paragraph) - 1
        opens_target = opens != (draw.random() < STRAY_BREAK)
        u, (en, fr), two = draw.random(), lines[i], i + 1 < len(lines)
        if draw.random() < BLOCKS:
            side, last = draw.random() < 0.5, min(i + draw.randint(2, 12), len(lines))
            for k in range(i, last):
                gold.append(((source.add(lines[k][0]),), ()) if side else ((), (target.add(lines[k][1]),)))
            i, left_in_paragraph = last, 0
            continue
        if u < DROPPED:
            gold.append(((source.add(en, opens),), ()))
        elif u < 2 * DROPPED:
            gold.append(((), (target.add(fr, opens_target),)))
        elif u < 2 * DROPPED + MERGED and two:
            en = f"{en} {lines[i + 1][0]}"
            gold.append(((source.add(en, opens),), (target.add(fr, opens_target), target.add(lines[i + 1][1]))))
            i += 1
        elif u < 2 * (DROPPED + MERGED) and two:
            fr = f"{fr} {lines[i + 1][1]}"
            gold.append(((source.add(en, opens), source.add(lines[i + 1][0])), (target.add(fr, opens_target),)))
            i += 1
        else:
            gold.append(((source.add(en, opens),), (target.add(fr, opens_target),)))
        i += 1
    return finish(name, source, target, gold)
