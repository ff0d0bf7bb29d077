"""From log-probabilities of pieces to log-probabilities of words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mtqc.model import ForcedScore, Span, WordScore
from mtqc.text.tokens import Word, words


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentencepiece at [start, end) of the original text. Unknown: the vocabulary has no such piece."""

    text: str
    start: int
    end: int
    unknown: bool = False


def forced_score(target: str, pieces: Sequence[Piece], logprobs: Sequence[float]) -> ForcedScore:
    """The score of a target from its pieces' log-probabilities (nats), the last one being that of </s>.

    A word's is the sum over its pieces; one that spans two words counts for the first. The total holds punctuation
    and </s> too. What the vocabulary cannot spell is left out, word and piece: the probability of <unk> says nothing
    of what stands there.
    """
    if len(logprobs) != len(pieces) + 1:
        raise ValueError(f"{len(pieces)} pieces and </s>, but {len(logprobs)} log-probabilities")
    found = words(target)
    sums = [0.0] * len(found)
    spelt = [False] * len(found)
    lost = [False] * len(found)
    at = 0
    for piece, logprob in zip(pieces, logprobs, strict=False):
        while at < len(found) and found[at].end <= _visible(target, piece):
            at += 1
        if at < len(found) and _belongs(target, piece, found[at]):
            sums[at] += logprob
            spelt[at] = True
            lost[at] |= piece.unknown
    scored = tuple(
        WordScore(Span(w.start, w.end), w.text, total)
        for w, total, has, bad in zip(found, sums, spelt, lost, strict=True)
        if has and not bad
    )
    known = [p for piece, p in zip(pieces, logprobs, strict=False) if not piece.unknown] + [logprobs[-1]]
    return ForcedScore(scored, sum(known), len(known))


def _visible(target: str, piece: Piece) -> int:
    """Where the piece's first visible character stands; its end where it is only white space."""
    blank = len(target[piece.start : piece.end]) - len(target[piece.start : piece.end].lstrip())
    return piece.start + blank


def _belongs(target: str, piece: Piece, word: Word) -> bool:
    # A lone "▁" is the beginning of the next word: the model's choice to spell it in small pieces.
    first = _visible(target, piece)
    lone = piece.start < first == piece.end == word.start
    return lone or (first < word.end and word.start < piece.end)
