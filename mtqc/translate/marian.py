"""Marian as translator and forced scorer: what both engines share. The engine itself is a Decoder.

A text is normalised, cut between clauses where the model cannot take it whole, translated, and judged. A hypothesis
that loops, is cut or is empty is sought once more with a wider beam that may not repeat itself, and given up then.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from mtqc.model import ForcedScore, NotMeasured
from mtqc.translate.base import Progress
from mtqc.translate.checkpoint import Checkpoint
from mtqc.translate.forced import Piece, forced_score
from mtqc.translate.normalise import normalise
from mtqc.translate.pieces import Pieces
from mtqc.translate.validity import Validity

WAY = 3
"""Part of every signature: raise it when the way from text to hypothesis or score changes (see docs/models.md)."""
EMPTY = NotMeasured("there is no text")


@dataclass(frozen=True, slots=True)
class Search:
    """How hypotheses are sought, `most` being the pieces that the model has positions for.

    `no_repeat`: no n-gram of that many pieces stands twice (0: it may).
    """

    beam: int
    most: int
    no_repeat: int = 0
    repetition_penalty: float = 1.0

    def again(self) -> Search:
        """The wider search for what failed."""
        return Search(max(4, 2 * self.beam), self.most, no_repeat=4, repetition_penalty=1.2)

    def longest(self, source: Sequence[str]) -> int:
        """How many pieces a translation may have before it counts as truncated."""
        # Of 4,000 human translations (wmt12 and FLORES-dev, both directions) none has more than 1.8 times + 12.
        return min(2 * len(source) + 12, self.most)


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """Target pieces without </s>. Truncated: the search ended at its longest, not at </s>."""

    pieces: list[str]
    truncated: bool


Done = Callable[[int], None]
"""Called with the index of every item that is finished."""


class Decoder(Protocol):
    """An engine holding one checkpoint: pieces in, pieces and log-probabilities out, batching its own affair."""

    @property
    def signature(self) -> str:
        """Engine, version, arithmetic: `ctranslate2-4.8.5/int8`."""
        ...

    def decode(self, sources: Sequence[list[str]], search: Search, done: Done) -> list[Hypothesis]:
        """A hypothesis for each source, in order. Raises ModelError."""
        ...

    def force(self, sources: Sequence[list[str]], targets: Sequence[list[str]], done: Done) -> list[list[float]]:
        """For each pair the log-probabilities (nats) of the target's pieces and of </s> after them."""
        ...

    def attend(
        self, sources: Sequence[list[str]], targets: Sequence[list[str]], done: Done
    ) -> list[NDArray[np.float32]]:
        """For each pair the cross-attention of the last decoder layer's first head, in forced decoding.

        (pieces of the target + 1, pieces of the source): row k is that of the step which predicts piece k, the last
        row that of the step which predicts </s>.
        """
        ...


@dataclass(frozen=True)
class Marian:
    """Translator and ForcedScorer in one: both use the model that `decoder` loads at the first call."""

    checkpoint: Checkpoint
    decoder: Decoder
    search: Search
    validity: Validity = field(default_factory=Validity)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_pieces", Pieces(self.checkpoint))

    @property
    def pieces(self) -> Pieces:
        """The checkpoint's sentencepiece models."""
        found: Pieces = self.__dict__["_pieces"]
        return found

    @property
    def signature(self) -> str:
        """Model and revision, engine, arithmetic, beam, where texts are cut, validity thresholds."""
        most = self.checkpoint.cut_at
        parts = (self.checkpoint.label, self.decoder.signature, f"beam{self.search.beam}", f"cut{most}")
        return "/".join((*parts, f"valid-{self.validity.signature}", f"way{WAY}"))

    @property
    def forced_signature(self) -> str:
        """As `signature`, of forced decoding, which has no beam."""
        return "/".join((self.checkpoint.label, self.decoder.signature, "forced", f"way{WAY}"))

    def translate(self, texts: Sequence[str], progress: Progress | None = None) -> list[str | NotMeasured]:
        """One hypothesis a text, in order, or why there is none. Raises ModelError where the model cannot run."""
        parts = [self.pieces.cut(normalise(t).text) for t in texts]
        void = [self._refused(p) for p in parts]
        jobs = [(i, part) for i, (ps, v) in enumerate(zip(parts, void, strict=True)) if v is None for part in ps]
        count = _Countdown([i for i, _ in jobs], progress)
        count.report(sum(v is not None for v in void))
        made: list[list[str | NotMeasured]] = [[] for _ in texts]
        for (i, _), hypothesis in zip(jobs, self._hypotheses([p for _, p in jobs], count), strict=True):
            made[i].append(hypothesis)
        return [v or _joined(m) for v, m in zip(void, made, strict=True)]

    def _refused(self, parts: Sequence[str]) -> NotMeasured | None:
        if not any(parts):
            return EMPTY
        if any(self.pieces.too_long(p) for p in parts):
            return NotMeasured(f"longer than the model's {self.checkpoint.positions} pieces, without a clause boundary")
        return None

    def _hypotheses(self, sources: Sequence[str], done: Done) -> list[str | NotMeasured]:
        made = self._judged(sources, self.search, done)
        failed = [i for i, m in enumerate(made) if isinstance(m, NotMeasured)]
        again = self._judged([sources[i] for i in failed], self.search.again(), lambda _: None)
        for i, hypothesis in zip(failed, again, strict=True):
            made[i] = hypothesis if isinstance(hypothesis, str) else made[i]
        return made

    def _judged(self, sources: Sequence[str], search: Search, done: Done) -> list[str | NotMeasured]:
        encoded = [self.pieces.source(s) for s in sources]
        if not encoded:
            return []
        judged: list[str | NotMeasured] = []
        for text, found in zip(sources, self.decoder.decode(encoded, search, done), strict=True):
            hypothesis = self.pieces.text(found.pieces)
            fault = self.validity.fault(text, hypothesis, found.truncated)
            judged.append(NotMeasured(fault) if fault else hypothesis)
        return judged

    def score(
        self, pairs: Sequence[tuple[str, str]], progress: Progress | None = None
    ) -> list[ForcedScore | NotMeasured]:
        """Log-probabilities (nats) of each pair's target given its source. Raises ModelError."""
        sources = [self.pieces.source(normalise(s).text) for s, _ in pairs]
        targets = [self.pieces.target(t) for _, t in pairs]
        void = [self._unscored(s, t) for s, t in zip(sources, targets, strict=True)]
        jobs = [i for i, v in enumerate(void) if v is None]
        count = _Countdown(jobs, progress)
        count.report(len(pairs) - len(jobs))
        if not jobs:
            return [v or EMPTY for v in void]
        forced = [[p.text for p in targets[i]] for i in jobs]
        logprobs = dict(zip(jobs, self.decoder.force([sources[i] for i in jobs], forced, count), strict=True))
        return [v or forced_score(pairs[i][1], targets[i], logprobs[i]) for i, v in enumerate(void)]

    def _unscored(self, source: Sequence[str], target: Sequence[Piece]) -> NotMeasured | None:
        if not target or len(source) <= 1 + bool(self.checkpoint.prefix):
            return EMPTY
        most = self.checkpoint.positions
        if max(len(source) - 1, len(target)) > most:
            return NotMeasured(f"longer than the model's {most} pieces")
        return None


@dataclass(frozen=True)
class Scorer:
    """The forced scorer of a Marian, with the signature of its own: its numbers do not depend on the beam."""

    marian: Marian

    @property
    def signature(self) -> str:
        """Model and revision, engine, arithmetic."""
        return self.marian.forced_signature

    def score(
        self, pairs: Sequence[tuple[str, str]], progress: Progress | None = None
    ) -> list[ForcedScore | NotMeasured]:
        """As Marian.score."""
        return self.marian.score(pairs, progress)


class _Countdown:
    """Tells `progress` of each text whose last part is done; called with the index of a part."""

    def __init__(self, texts: Sequence[int], progress: Progress | None) -> None:
        self._texts = texts
        self._left = Counter(texts)
        self._progress = progress

    def __call__(self, part: int) -> None:
        text = self._texts[part]
        self._left[text] -= 1
        if not self._left[text]:
            self.report(1)

    def report(self, texts: int) -> None:
        if self._progress and texts:
            self._progress(texts)


def _joined(parts: Sequence[str | NotMeasured]) -> str | NotMeasured:
    void = next((p for p in parts if isinstance(p, NotMeasured)), None)
    return void or " ".join(str(p) for p in parts)
