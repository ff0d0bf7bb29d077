"""Pairs of translations of which one is worse, packed into articles of lines that are known to correspond."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from data import Half, every_other, flat, rows

from mtqc.model import ArticlePair, Document, Span
from mtqc.text.offsets import LineIndex

Row = dict[str, Any]
SIZE = 25
"""Lines an article: no document stands behind them, and one by one they would take longer."""


@dataclass(frozen=True)
class Contrast:
    """`lines` of source and translations, of which the last has something wrong in `bad`; `group`: what kind of thing."""

    group: str
    source: tuple[str, ...]
    good: tuple[str, ...]
    bad: tuple[str, ...]


def demetr(half: Half) -> list[Contrast]:
    """French originals, a machine's English, and the same with one error, of 35 kinds; halves of originals.

    Rows in which nothing was changed (one in nine; 40 of 47 of kind “gender”) are no pairs, and left out.
    """
    given = list(rows("demetr_fr"))
    chosen = set(every_other(list(dict.fromkeys(r["src_fr"] for r in given)), half))
    return [
        Contrast(f"{r['category']} ({r['severity']})", (r["src_fr"],), (r["mt_en"],), (r["pert_en"],))
        for r in given
        if r["src_fr"] in chosen and r["mt_en"].strip() != r["pert_en"].strip()
    ]


def disceval(half: Half) -> list[Contrast]:
    """Two sentences each: what the second has to say in French can only be known from the first."""
    items: dict[str, list[Row]] = {}
    for row in rows("disceval_enfr"):
        items.setdefault(row["id"].rsplit(":", 1)[0], []).append(row)
    return [
        Contrast(
            f"{r['phenomenon']} ({r['good_kind']})",
            (r["en_prev"], r["en"]),
            (r["fr_prev_good"], r["fr_good"]),
            (r["fr_prev_bad"], r["fr_bad"]),
        )
        for group in every_other(list(items.values()), half)
        for r in group
    ]


def mtgeneval(half: Half) -> list[Contrast]:
    """Sentences about a woman and the same about a man, each with its own French and the other's."""
    return [
        Contrast(
            f"about a {'woman' if good == 'f' else 'man'}", (r[f"en_{good}"],), (r[f"fr_{good}"],), (r[f"fr_{bad}"],)
        )
        for r in every_other(list(rows("mtgeneval_enfr")), half)
        for good, bad in (("f", "m"), ("m", "f"))
    ]


def mtgeneval_context(half: Half) -> list[Contrast]:
    """The gender is known from a sentence before, which has no French here: little can be decided."""
    chosen = every_other(list(rows("mtgeneval_context_enfr")), half)
    return [Contrast("known from context", (r["en"],), (r["fr_good"],), (r["fr_wrong_gender"],)) for r in chosen]


def packed(
    name: str, given: Sequence[tuple[Iterable[str], Iterable[str]]], langs: tuple[str, str]
) -> Iterator[ArticlePair]:
    """Articles of items of (source lines, target lines), about SIZE lines each; an item is never split."""
    source: list[str] = []
    target: list[str] = []
    for s, t in given:
        source += map(flat, s)
        target += map(flat, t)
        if len(source) >= SIZE:
            yield article(name, source, target, langs)
            source, target = [], []
    if source:
        yield article(name, source, target, langs)


def article(name: str, source: Sequence[str], target: Sequence[str], langs: tuple[str, str]) -> ArticlePair:
    """Lines that correspond, as an article."""
    texts = "\n".join(source), "\n".join(target)
    spans = [[Span(a, b) for a, b in LineIndex(t).lines()] for t in texts]
    documents = (Document(t, lang, f"{name}.{lang}") for t, lang in zip(texts, langs, strict=True))
    return ArticlePair(name, *documents, tuple(zip(*spans, strict=True)))
