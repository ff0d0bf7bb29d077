"""Texts to sentencepieces and back, with offsets, as the checkpoint's own tokenizer does it.

Plain sentencepiece gives MarianTokenizer's pieces; importing transformers, and with it torch, is not needed.
"""

from __future__ import annotations

import re
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
        prefix = [self._checkpoint.prefix] if self._checkpoint.prefix else []
        return [*prefix, *self._source.encode(text, return_type=str), END]

    def target(self, text: str) -> list[Piece]:
        """Pieces of a target, without </s>, at their places in the original text."""
        normal = normalise(text)
        mapped = self._target.encode(normal.text, return_type="offset_mapping")
        spans = (_original(normal, start, end) for start, end in mapped["offsets"])
        return [Piece(p, *span, p not in self._known) for p, span in zip(mapped["pieces"], spans, strict=True)]

    def text(self, pieces: list[str]) -> str:
        """The target text that the pieces spell; </s> and <pad> leave nothing."""
        return str(self._target.decode([p for p in pieces if p not in {END, "<pad>"}])).strip()

    def cut(self, text: str) -> list[str]:
        """The normalised text whole, or in parts no longer than the model takes, cut between clauses.

        A part that is too long all the same, having no inner boundary, is returned as it is: ask `too_long`.
        """
        if not self.too_long(text):
            return [text]
        parts: list[str] = []
        for clause in _clauses(text):
            joined = f"{parts[-1]} {clause}" if parts else clause
            if parts and not self.too_long(joined):
                parts[-1] = joined
            else:
                parts.append(clause)
        return parts

    def too_long(self, text: str) -> bool:
        """True where the model would have to cut the source: its positions, or training, end before it does."""
        # A piece holds at least one character, so most texts need no count.
        most = self._checkpoint.max_pieces
        return len(text) >= most and len(self._source.encode(text, return_type=str)) > most


def _clauses(text: str) -> list[str]:
    cuts = [0, *(m.end() for m in _CLAUSE_END.finditer(text)), len(text)]
    return [text[a:b].strip() for a, b in pairwise(cuts) if text[a:b].strip()]


def _original(normal: Normal, start: int, end: int) -> tuple[int, int]:
    """An empty stretch (half of a character that NFKC took apart, ½) stays empty, at its place."""
    if start < end:
        return normal.original(start, end)
    place = normal.starts[start] if start < len(normal.starts) else (normal.ends[-1] if normal.ends else 0)
    return place, place
