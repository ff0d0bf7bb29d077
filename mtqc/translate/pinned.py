"""What a model said of some sentences when it was shipped or added, and whether it still does."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from mtqc.errors import ModelError
from mtqc.model import NotMeasured
from mtqc.translate.engine import Engine, load_engine
from mtqc.translate.pinned_sentences import PAIRS

FILE = "pinned.jsonl"
TOLERANCE = 0.075
"""Nats a piece, the sentence that differs most. Measured on mtqc-fr-en-2026.11, its predecessor and a barely trained
en-fr model: other instruction sets (AVX, AVX-512, none) 0.022 at most, transformers in float32 0.031, 0.037 and 0.050;
the first with 3 % of noise on its weights 0.113, another activation 0.215, the predecessor in its place 0.799."""
LEAST_CHRF = 94.0
"""chrF++ against the pinned hypotheses. The same measurement: other instruction sets 98.8, 99.8 and 96.0 or more,
transformers 99.2, 95.1 and, barely trained, 89.0; 1 % of noise 92.7, another activation 88.6, the predecessor 73.6.
Too little damage to see: one row of one matrix zeroed (96.5, 0.010 nats), no output bias (95.9, 0.000 nats)."""


@dataclass(frozen=True, slots=True)
class Row:
    """One pinned sentence. `hypothesis`: None where the model gave up. `logprob`: nats of `target` given `source`, None
    where it cannot be scored; `tolerance`: how far from it, in nats, another run may be. `revision`: of the model.
    """

    source: str
    hypothesis: str | None
    target: str
    logprob: float | None
    tolerance: float
    revision: str
    signature: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """A model now beside what was pinned. `chrf`: chrF++ 0 to 100 against the pinned hypotheses, None where there are
    none; `farthest`: the largest difference of a forced score, in its tolerance.
    """

    pinned: tuple[Row, ...]
    now: tuple[Row, ...]
    chrf: float | None
    farthest: float

    @property
    def differing(self) -> tuple[tuple[Row, Row], ...]:
        """(pinned, now) where the hypotheses differ."""
        pairs = zip(self.pinned, self.now, strict=True)
        return tuple((p, n) for p, n in pairs if p.hypothesis != n.hypothesis)

    @property
    def faults(self) -> tuple[str, ...]:
        """Why the model does not pass, a clause each; empty where it does."""
        found = []
        if self.pinned[0].revision != self.now[0].revision:
            found.append(f"pinned was revision {self.pinned[0].revision[:12]}, this is {self.now[0].revision[:12]}")
        if self.chrf is not None and self.chrf < LEAST_CHRF:
            found.append(f"chrF++ {self.chrf:.1f} is under {LEAST_CHRF:.1f}")
        if self.chrf is None and self.differing:
            found.append("sentences are translated that were given up")
        if self.farthest > 1:
            found.append(f"a forced score is {self.farthest:.1f} times its tolerance off")
        return tuple(found)


def measure(engine: Engine) -> tuple[Row, ...]:
    """Hypothesis and forced score of every sentence by the engine. Raises ModelError."""
    sides = ("fr", "en") if engine.checkpoint.direction == "fr-en" else ("en", "fr")
    texts = [dict(zip(("en", "fr"), pair, strict=True)) for pair in PAIRS]
    pairs = [(t[sides[0]], t[sides[1]]) for t in texts]
    hypotheses = engine.translator.translate([source for source, _ in pairs])
    scores = engine.scorer.score(pairs)
    return tuple(
        Row(
            source,
            None if isinstance(hypothesis, NotMeasured) else hypothesis,
            target,
            None if isinstance(score, NotMeasured) else round(score.logprob, 4),
            0.0 if isinstance(score, NotMeasured) else round(TOLERANCE * score.pieces, 4),
            engine.checkpoint.revision,
            engine.signature,
        )
        for (source, target), hypothesis, score in zip(pairs, hypotheses, scores, strict=True)
    )


def pin(folder: Path, direction: str) -> tuple[Row, ...]:
    """Measure the model in `folder` with CTranslate2 on the CPU, and write pinned.jsonl there, whole or not at all.

    Raises ModelError where the model cannot be run, OSError where the file cannot be written.
    """
    rows = measure(load_engine(str(folder), cache=False, device="cpu", direction=direction))
    text = "".join(json.dumps(asdict(row), ensure_ascii=False) + "\n" for row in rows)
    handle, temporary = tempfile.mkstemp(prefix=".pinned-", dir=folder)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(folder / FILE)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise
    return rows


def read(folder: Path) -> tuple[Row, ...]:
    """What pinned.jsonl of a model folder holds; () where there is none. Raises ModelError where it is broken."""
    path = folder / FILE
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        rows = tuple(Row(**json.loads(line)) for line in lines)
    except FileNotFoundError:
        return ()
    except (OSError, TypeError, ValueError) as error:
        raise ModelError(f"{path}: cannot be read ({error}).", hint="`mtqc model test --write` pins anew.") from error
    if not rows:
        raise ModelError(f"{path}: there is nothing in it.", hint="`mtqc model test --write` pins anew.")
    return rows


def compare(rows: Sequence[Row], engine: Engine) -> Comparison:
    """The engine's output now beside the pinned rows. Raises ModelError where the engine fails, or the rows hold other
    sentences than this version of mtqc has.
    """
    from mtqc.signals import score_corpus

    now = measure(engine)
    if [(r.source, r.target) for r in rows] != [(r.source, r.target) for r in now]:
        raise ModelError(
            f"{engine.checkpoint.name}: other sentences were pinned than this version of mtqc has.",
            hint="`mtqc model test --write` pins anew.",
        )
    texts = [(n.hypothesis or "", p.hypothesis) for p, n in zip(rows, now, strict=True) if p.hypothesis is not None]
    chrf = score_corpus([t for t, _ in texts], [p for _, p in texts])[1] if texts else None
    farthest = max(_distance(p, n) for p, n in zip(rows, now, strict=True))
    return Comparison(tuple(rows), now, chrf, farthest)


def _distance(pinned: Row, now: Row) -> float:
    """Difference of the two forced scores in the pinned one's tolerance; infinite where only one could be scored."""
    if pinned.logprob is None or now.logprob is None:
        return 0.0 if pinned.logprob == now.logprob else float("inf")
    return abs(pinned.logprob - now.logprob) / pinned.tolerance
