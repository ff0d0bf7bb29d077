"""Does a forced score tell a true pair from a false one? Mismatched sentences, and DEMETR's damaged translations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from data import rows
from model_statistics import auc, in_order, table

from mtqc.model import ForcedScore
from mtqc.translate.base import ForcedScorer

Pair = tuple[str, str]


@dataclass(frozen=True)
class Contest:
    """True (English, French) pairs, and at the same index the false one of each."""

    name: str
    true: list[Pair]
    false: list[Pair]


def neighbours(lines: Sequence[dict[str, Any]]) -> tuple[list[Pair], list[Pair]]:
    """Pairs of NTREX, and each French with the English of the next sentence of its document instead."""
    true, false = [], []
    for one, other in pairwise(lines):
        if one["doc"] == other["doc"]:
            true.append((one["en"].strip(), one["ref_fr"].strip()))
            false.append((other["en"].strip(), one["ref_fr"].strip()))
    return true, false


def contests() -> Iterator[Contest]:
    """Mismatched sentences, all critical damages of DEMETR together, then each kind of them, in order of name."""
    yield Contest("mismatched: the next English sentence of the document", *neighbours(list(rows("ntrex_enfr"))))
    damaged = [r for r in rows("demetr_fr") if r["severity"] == "critical"]
    yield _damages("DEMETR, all critical", damaged)
    for kind in sorted({r["category"] for r in damaged}):
        yield _damages(f"DEMETR, {kind.replace('_', ' ')}", [r for r in damaged if r["category"] == kind])


def _damages(name: str, lines: Sequence[dict[str, Any]]) -> Contest:
    sides = [(r["mt_en"], r["pert_en"], r["src_fr"]) for r in lines]
    return Contest(name, [(good, fr) for good, _, fr in sides], [(bad, fr) for _, bad, fr in sides])


class Scores:
    """Mean log-probabilities (nats a piece) of pairs in one direction, each pair scored once."""

    def __init__(self, scorer: ForcedScorer, direction: str) -> None:
        self._scorer = scorer
        self._direction = direction
        self._known: dict[Pair, float] = {}

    def of(self, pairs: Sequence[Pair]) -> list[float]:
        """One score a pair; not a number where the scorer cannot take it."""
        new = [p for p in dict.fromkeys(pairs) if p not in self._known]
        given = [(fr, en) if self._direction == "fr-en" else (en, fr) for en, fr in new]
        for pair, score in zip(new, self._scorer.score(given) if given else [], strict=True):
            self._known[pair] = score.per_piece if isinstance(score, ForcedScore) else float("nan")
        return [self._known[p] for p in pairs]


def usefulness(every: Sequence[Scores]) -> list[str]:
    """The table; with two directions in `every` the scores of a pair are added up."""
    body = []
    for contest in contests():
        true, false = (np.sum([s.of(ps) for s in every], axis=0) for ps in (contest.true, contest.false))
        sound = ~(np.isnan(true) | np.isnan(false))
        true, false = list(true[sound]), list(false[sound])
        area, error = auc(true, false)
        body.append([contest.name, str(len(true)), f"{area:.3f} ± {1.96 * error:.3f}", f"{in_order(true, false):.1%}"])
    return table(["true pairs against", "pairs", "AUC", "true one higher"], body)
