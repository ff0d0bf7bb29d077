"""The seam to the models: three protocols."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from mtqc.model import ForcedScore, LinkTable, NotMeasured, Tokens

Progress = Callable[[int], None]
"""Called with the number of texts done since the last call."""


class Translator(Protocol):
    """One direction, fixed at construction."""

    @property
    def signature(self) -> str:
        """Model, revision, engine, quantisation, beam: everything that can change a translation."""
        ...

    def translate(self, texts: Sequence[str], progress: Progress | None = None) -> list[str | NotMeasured]:
        """One hypothesis a text, in order. A looping, truncated or empty hypothesis is NotMeasured, never returned.

        Raises ModelError where the model itself fails.
        """
        ...


class ForcedScorer(Protocol):
    """Forced decoding: how probable the model finds a given target of a given source."""

    @property
    def signature(self) -> str:
        """As Translator.signature."""
        ...

    def score(
        self, pairs: Sequence[tuple[str, str]], progress: Progress | None = None
    ) -> list[ForcedScore | NotMeasured]:
        """For each (model source, model target): log-probabilities in nats, per word of the model target."""
        ...


class Linker(Protocol):
    """Word links from the attention of forced decoding."""

    @property
    def signature(self) -> str:
        """As Translator.signature."""
        ...

    def links(
        self, pairs: Sequence[tuple[Tokens, Tokens]], progress: Progress | None = None
    ) -> list[LinkTable | NotMeasured]:
        """For each (model source, model target): a row a word of the target, a column a word of the source.

        Raises ModelError where the model itself fails.
        """
        ...
