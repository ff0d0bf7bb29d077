"""Texts to sentencepieces and back, with offsets, as the checkpoint's own tokenizer does it.

Plain sentencepiece gives MarianTokenizer's pieces; importing transformers, and with it torch, is not needed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any

from mtqc.errors import ModelError
from mtqc.translate.checkpoint import Checkpoint
from mtqc.translate.forced import Piece
from mtqc.translate.normalise import Normal, normalise

END, UNKNOWN = "</s>", "<unk>"
_CLAUSE_END = re.compile(r"(?<=[.!?…;:,])[»”\"')\]]*\s+|\s+(?=[–—(«“])")


class Pieces:
    """The two sentencepiece models of a checkpoint, loaded at first use."""

    def __init__(self, checkpoint: Checkpoint) -> None:
        self._checkpoint = checkpoint

    @cached_property
    def _source(self) -> Any:
        return self._load("source.spm")

    @cached_property
    def _target(self) -> Any:
        return self._load("target.spm")

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self._checkpoint.vocabulary("target"))

    def _load(self, name: str) -> Any:
        from sentencepiece import SentencePieceProcessor

        path = self._checkpoint.folder / name
        try:
            return SentencePieceProcessor(model_file=str(path))
        except (OSError, RuntimeError) as error:
            raise ModelError(f"{path}: cannot be read ({error}).", hint="Copy the model again.") from error

    def source(self, text: str) -> list[str]:
        """Pieces of a normalised source, as the model wants it: after the prefix it may need, and with </s>."""
        return self.framed(self._source.encode(text, return_type=str))

    def framed(self, pieces: Sequence[str]) -> list[str]:
        """Source pieces with the prefix that the model may need, and </s>."""
        return [*([self._checkpoint.prefix] if self._checkpoint.prefix else []), *pieces, END]

    def target(self, text: str) -> list[Piece]:
        """Pieces of a target, without </s>, at their places in the original text."""
        return [Piece(p.text, p.start, p.end, p.text not in self._known) for p in _placed(self._target, text)]

    def placed_source(self, text: str) -> list[Piece]:
        """Pieces of a source, without prefix and </s>, at their places in the original text."""
        return list(_placed(self._source, text))

    def text(self, pieces: list[str]) -> str:
        """The target text that the pieces spell; </s> and <pad> leave nothing."""
        return str(self._target.decode([p for p in pieces if p not in {END, "<pad>"}])).strip()

    def cut(self, text: str) -> list[str]:
        """The normalised text whole, or where it is longer than `cut_at` in parts of like length, cut between clauses.

        A part can be too long all the same, where the text has no inner boundary: ask `too_long`.
        """
        most = self._checkpoint.cut_at
        if not self._longer(text, most):
            return [text]
        clauses = _clauses(text)
        lengths = [self._count(c) for c in clauses]
        share = sum(lengths) / math.ceil(sum(lengths) / most)
        parts: list[list[str]] = [[]]
        done = 0
        for clause, length in zip(clauses, lengths, strict=True):
            if parts[-1] and done + length / 2 > share * len(parts):
                parts.append([])
            parts[-1].append(clause)
            done += length
        return [" ".join(p) for p in parts]

    def too_long(self, text: str) -> bool:
        """True where the model would have to cut the source: its positions, or its training, end before it does."""
        return self._longer(text, self._checkpoint.positions)

    def _longer(self, text: str, most: int) -> bool:
        # A piece holds at least one character, so most texts need no count.
        return len(text) >= most and self._count(text) > most

    def _count(self, text: str) -> int:
        return len(self._source.encode(text, return_type=str))


def _placed(model: Any, text: str) -> Iterator[Piece]:
    normal = normalise(text)
    mapped = model.encode(normal.text, return_type="offset_mapping")
    for piece, (start, end) in zip(mapped["pieces"], mapped["offsets"], strict=True):
        yield Piece(piece, *_original(normal, start, end))


def _clauses(text: str) -> list[str]:
    cuts = [0, *(m.end() for m in _CLAUSE_END.finditer(text)), len(text)]
    return [text[a:b].strip() for a, b in pairwise(cuts) if text[a:b].strip()]


def _original(normal: Normal, start: int, end: int) -> tuple[int, int]:
    """An empty stretch (half of a character that NFKC took apart, ½) stays empty, at its place."""
    if start < end:
        return normal.original(start, end)
    place = normal.starts[start] if start < len(normal.starts) else (normal.ends[-1] if normal.ends else 0)
    return place, place
