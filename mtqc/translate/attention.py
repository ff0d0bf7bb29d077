"""Word links from attention: which source words the model looks at when it has just been given a target word.

Only a head that was trained on word alignments says that (Garg et al. 2019); `card.json` tells of it with
`"alignment": {"shift": 1}`. The head is read at the step whose input is the target piece (Chen et al. 2020, Shift-Att).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mtqc.model import LinkTable, NotMeasured, Span, Tokens
from mtqc.translate.base import Progress
from mtqc.translate.checkpoint import CARD, Checkpoint, read_json
from mtqc.translate.forced import Piece
from mtqc.translate.marian import EMPTY, WAY, Marian

DIGITS = 3
"""Probabilities are rounded to so many decimals, so that a cached table is the measured one."""
UNTRAINED = NotMeasured("the model's card tells of no attention head that was trained on word alignments")


def shift_of(checkpoint: Checkpoint) -> int | None:
    """How many steps after a piece was predicted its alignment is read; None where no head was trained for it."""
    path = checkpoint.folder / CARD
    told = read_json(path).get("alignment") if path.is_file() else None
    return int(told["shift"]) if isinstance(told, dict) and "shift" in told else None


@dataclass(frozen=True)
class AttentionLinker:
    """The Linker of a Marian. `shift` None: every pair is NotMeasured, for the attention of an untrained head says
    little (measured in reports/word-alignment.md).
    """

    marian: Marian
    shift: int | None

    @property
    def signature(self) -> str:
        """Model and revision, engine, arithmetic, shift."""
        return "/".join(
            (self.marian.checkpoint.label, self.marian.decoder.signature, f"attention-shift{self.shift}", f"way{WAY}")
        )

    def links(
        self, pairs: Sequence[tuple[Tokens, Tokens]], progress: Progress | None = None
    ) -> list[LinkTable | NotMeasured]:
        """For each pair: a row a word of the target, a column a word of the source. Raises ModelError."""
        pieces = [(self.marian.pieces.placed_source(s.text), self.marian.pieces.target(t.text)) for s, t in pairs]
        tables: list[LinkTable | NotMeasured] = [self._refused(*p) or EMPTY for p in pieces]
        jobs = [i for i, p in enumerate(pieces) if self._refused(*p) is None]
        for i, table in zip(jobs, self._measured([pairs[i] for i in jobs], [pieces[i] for i in jobs]), strict=True):
            tables[i] = table
        if progress and pairs:
            progress(len(pairs))
        return tables

    def _refused(self, source: Sequence[Piece], target: Sequence[Piece]) -> NotMeasured | None:
        if self.shift is None:
            return UNTRAINED
        if not source or not target:
            return EMPTY
        most = self.marian.checkpoint.positions
        return NotMeasured(f"longer than the model's {most} pieces") if max(len(source), len(target)) > most else None

    def _measured(
        self, pairs: Sequence[tuple[Tokens, Tokens]], pieces: Sequence[tuple[list[Piece], list[Piece]]]
    ) -> list[LinkTable]:
        if not pairs:
            return []
        sources = [self.marian.pieces.framed([p.text for p in s]) for s, _ in pieces]
        targets = [[p.text for p in t] for _, t in pieces]
        before, shift = bool(self.marian.checkpoint.prefix), self.shift or 0
        tables = []
        for (source, target), (s, t), rows in zip(
            pairs, pieces, self.marian.decoder.attend(sources, targets, lambda _: None), strict=True
        ):
            read = rows[shift : shift + len(t), before : before + len(s)]
            tables.append(link_table(read, (s, source.spans), (t, target.spans)))
        return tables


Side = tuple[Sequence[Piece], Sequence[Span]]


def link_table(attention: NDArray[np.float32], source: Side, target: Side) -> LinkTable:
    """From pieces to words. `attention`: (pieces of the target, pieces of the source).

    What a target word's pieces give is averaged; what source pieces receive is added up to words. A piece that
    stands in two words counts for both, by its characters; what lies in no word, for none.
    """
    receiving, giving = shares(*source), shares(*target)
    mean = giving / np.maximum(giving.sum(1, keepdims=True), 1e-9)
    table = mean @ attention @ receiving.T
    return LinkTable(tuple(map(tuple, np.round(table, DIGITS).tolist())))


def shares(pieces: Sequence[Piece], spans: Sequence[Span]) -> NDArray[np.float64]:
    """(words, pieces): how much of a piece's part that lies in words at all lies in each; columns add up to 1 or 0."""
    starts, ends = (np.array([getattr(x, side) for x in pieces]) for side in ("start", "end"))
    firsts, lasts = np.array([s.start for s in spans]), np.array([s.end for s in spans])
    inside = np.minimum(lasts[:, None], ends) - np.maximum(firsts[:, None], starts)
    inside = np.maximum(inside, 0).astype(np.float64)
    return np.asarray(inside / np.maximum(inside.sum(0), 1), dtype=np.float64)
