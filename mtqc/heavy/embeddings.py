"""How near the two sentences are in a multilingual embedding space (sentence-transformers, extra `embeddings`).

Run with sentence-transformers 6.2 on a tiny model with random weights; no published model was at hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from mtqc.heavy.comet import first_line
from mtqc.model import NotMeasured

NOT_INSTALLED = NotMeasured("sentence-transformers is not installed (pip install 'mtqc[embeddings]')")


@dataclass(frozen=True, slots=True)
class Embeddings:
    """Asks a multilingual model. `name`: a folder, or a name on the hub such as sentence-transformers/LaBSE."""

    name: str
    device: str = "auto"
    batch: int = 32

    def scores(self, pairs: Sequence[tuple[str, str]]) -> list[float] | NotMeasured:
        """As PairScorer: the cosine of the two sentences' vectors, -1 to 1."""
        model = _load(self.name, self.device)
        if isinstance(model, NotMeasured):
            return model
        texts = [text for pair in pairs for text in pair]
        try:
            vectors = np.asarray(model.encode(texts, batch_size=self.batch, show_progress_bar=False), dtype=float)
        except Exception as error:  # of torch or the model's own code
            return NotMeasured(f"the embeddings failed ({type(error).__name__}: {first_line(error)})")
        if vectors.ndim != 2 or len(vectors) != len(texts) or not np.isfinite(vectors).all():
            return NotMeasured(f"the embeddings {self.name} gave no usable vectors")
        return [_cosine(a, b) for a, b in zip(vectors[::2], vectors[1::2], strict=True)]


def _cosine(one: np.ndarray, other: np.ndarray) -> float:
    length = float(np.linalg.norm(one) * np.linalg.norm(other))
    return float(one @ other) / length if length else 0.0


@cache
def _load(name: str, device: str) -> Any | NotMeasured:  # noqa: ANN401 -- untyped library
    """The model, once a process, or why it cannot be had."""
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError:
        return NOT_INSTALLED
    try:
        return SentenceTransformer(name, device=None if device == "auto" else device)
    except Exception as error:  # a missing folder, the hub, a model of another kind
        return NotMeasured(f"the embeddings {name} cannot be loaded ({type(error).__name__}: {first_line(error)})")
