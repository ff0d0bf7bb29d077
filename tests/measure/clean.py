"""Good human translations: NTREX as whole articles, which the aligner has to align; the others in blocks of 25 lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from data import Half, every_other, mt, ntrex

from mtqc.model import ArticlePair


def news(half: Half) -> list[ArticlePair]:
    return [replace(p, segments=()) for p in ntrex(half)]


def references(name: str) -> Callable[[Half], list[ArticlePair]]:
    """The human references of a set of mt_enfr."""
    return lambda half: every_other(mt(name), half)


SETS: dict[str, tuple[str, Callable[[Half], list[ArticlePair]]]] = {
    "ntrex": ("news, professional (NTREX)", news),
    "flores-dev": ("encyclopedic, professional (flores-dev)", references("flores-dev")),
    "wmt12": ("news, freer (references of wmt12)", references("wmt12")),
    "wmt13": ("news, freer (references of wmt13)", references("wmt13")),
}
