"""Quality estimation with a checkpoint of the COMET family (the package unbabel-comet; docs/optional.md).

The code is Apache-2.0, most checkpoints (CometKiwi, xCOMET) are CC BY-NC-SA 4.0: not for commercial use. Run with
unbabel-comet 2.2.7 on a tiny checkpoint with random weights; no published checkpoint was at hand.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from mtqc.model import NotMeasured

NOT_INSTALLED = NotMeasured("unbabel-comet is not installed (docs/optional.md says how)")


@dataclass(frozen=True, slots=True)
class Comet:
    """Asks a reference-free checkpoint. `name`: path of a .ckpt file, or a name on the hub; `device`: as elsewhere."""

    name: str
    device: str = "auto"
    batch: int = 16

    def scores(self, pairs: Sequence[tuple[str, str]]) -> list[float] | NotMeasured:
        """As PairScorer: the checkpoint's score, mostly 0 to 1, higher is better."""
        model = _load(self.name)
        if isinstance(model, NotMeasured):
            return model
        rows = [{"src": source, "mt": target} for source, target in pairs]
        gpus = int(self.device.startswith("cuda"))
        try:
            said = model.predict(rows, batch_size=self.batch, gpus=gpus, progress_bar=False)
            scores = [float(score) for score in said.scores]
        except Exception as error:  # of torch, lightning or the checkpoint's own code
            return NotMeasured(f"COMET failed ({type(error).__name__}: {first_line(error)})")
        if len(scores) != len(pairs) or not all(map(math.isfinite, scores)):
            return NotMeasured(f"COMET gave {len(scores)} usable scores for {len(pairs)} sentences")
        return scores


@cache
def _load(name: str) -> Any | NotMeasured:  # noqa: ANN401 -- untyped library
    """The checkpoint, once a process, or why it cannot be had."""
    try:
        import comet
    except ImportError:
        return NOT_INSTALLED
    try:
        path = name if Path(name).exists() else comet.download_model(name)
        model = comet.load_from_checkpoint(path)
    except Exception as error:  # a missing file, the hub, a licence that was not accepted, a broken checkpoint
        return NotMeasured(
            f"the COMET checkpoint {name} cannot be loaded ({type(error).__name__}: {first_line(error)})"
        )
    if model.requires_references():
        return NotMeasured(f"the COMET checkpoint {name} needs references: name a reference-free one, a CometKiwi")
    return model


def first_line(error: BaseException) -> str:
    """The beginning of what an error says: enough to know what to do."""
    return (str(error).strip().splitlines() or ["it said nothing"])[0][:200]
