"""A small random Marian checkpoint, written without torch, and a decoder that answers from a table."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import save_file

import mtqc.translate
from mtqc.model import ForcedScore, LinkTable, NotMeasured, Span, WordScore
from mtqc.translate.checkpoint import Checkpoint, read_checkpoint, read_json
from mtqc.translate.marian import Hypothesis, Search

SHIPPED = Path(mtqc.translate.__file__).parent / "models" / "fr-en"
WIDTH, INNER = 16, 32


def write_checkpoint(
    folder: Path, *, dtype: Any = np.float32, separate: bool = False, start: int | None = None, **settings: Any
) -> Path:
    """A one-layer checkpoint with the shipped vocabulary. `separate`: no shared embeddings, and an untied softmax.

    `start`: the piece whose embedding <pad>, from which the decoder starts, has too; None: zero.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("vocab.json", "source.spm", "target.spm", "tokenizer_config.json"):
        shutil.copyfile(SHIPPED / name, folder / name)
    config = read_json(SHIPPED / "config.json")
    config |= {"d_model": WIDTH, "encoder_layers": 1, "decoder_layers": 1, "num_hidden_layers": 1, "dtype": "float32"}
    config |= {f"{s}_{k}": v for s in ("encoder", "decoder") for k, v in (("ffn_dim", INNER), ("attention_heads", 2))}
    config |= {"share_encoder_decoder_embeddings": not separate, "tie_word_embeddings": not separate}
    if separate:
        shutil.copyfile(SHIPPED / "vocab.json", folder / "target_vocab.json")
    config |= settings
    (folder / "config.json").write_text(json.dumps(config))
    weights = {k: v.astype(dtype) for k, v in _weights(config["vocab_size"], separate, start).items()}
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    return folder


def _weights(rows: int, separate: bool, start: int | None) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(7)
    made = {"final_logits_bias": rng.normal(size=(1, rows)).astype(np.float32)}
    tables = ["model.encoder.embed_tokens", "model.decoder.embed_tokens", "lm_head"] if separate else ["model.shared"]
    for table in tables:
        made[f"{table}.weight"] = rng.normal(size=(rows, WIDTH)).astype(np.float32)
        made[f"{table}.weight"][-1] = 0 if start is None else made[f"{table}.weight"][start]  # <pad>
    for at in ("model.encoder.layers.0", "model.decoder.layers.0"):
        attentions = ["self_attn"] + ["encoder_attn"] * ("decoder" in at)
        for attention in attentions:
            for part in "qkv":
                made |= _linear(rng, f"{at}.{attention}.{part}_proj", WIDTH, WIDTH)
            made |= _linear(rng, f"{at}.{attention}.out_proj", WIDTH, WIDTH)
            made |= _norm(f"{at}.{attention}_layer_norm")
        made |= _linear(rng, f"{at}.fc1", INNER, WIDTH) | _linear(rng, f"{at}.fc2", WIDTH, INNER)
        made |= _norm(f"{at}.final_layer_norm")
    return made


def _linear(rng: np.random.Generator, name: str, rows: int, columns: int) -> dict[str, np.ndarray]:
    return {
        f"{name}.weight": (rng.normal(size=(rows, columns)) / 4).astype(np.float32),
        f"{name}.bias": rng.normal(size=rows).astype(np.float32) / 10,
    }


def _norm(name: str) -> dict[str, np.ndarray]:
    return {f"{name}.weight": np.ones(WIDTH, np.float32), f"{name}.bias": np.zeros(WIDTH, np.float32)}


def shipped() -> Checkpoint:
    return read_checkpoint(SHIPPED, "fr-en")


@dataclass
class TableDecoder:
    """Translates by `answer`, from source text and search to target text and whether it was cut."""

    checkpoint: Checkpoint
    answer: Callable[[str, Search], tuple[str, bool]]
    calls: list[Any] = field(default_factory=list)
    signature: str = "table-1"

    def decode(self, sources: Sequence[list[str]], search: Search, done: Callable[[int], None]) -> list[Hypothesis]:
        from mtqc.translate.pieces import Pieces

        pieces = Pieces(self.checkpoint)
        found = []
        for i, source in enumerate(sources):
            text = pieces.text(source)
            self.calls.append((text, search))
            made, cut = self.answer(text, search)
            found.append(Hypothesis([p.text for p in pieces.target(made)], cut))
            done(i)
        return found

    def force(self, sources: Sequence[list[str]], targets: Sequence[list[str]], done: Callable[[int], None]) -> Any:
        for i in range(len(sources)):
            done(i)
        return [[-1.0] * (len(t) + 1) for t in targets]

    def attend(self, sources: Sequence[list[str]], targets: Sequence[list[str]], done: Callable[[int], None]) -> Any:
        """Row k + 1, whose input is target piece k, looks at source piece k; row 0 at </s>."""
        self.calls += [(" ".join(s), " ".join(t)) for s, t in zip(sources, targets, strict=True)]
        found = []
        for source, target in zip(sources, targets, strict=True):
            rows = np.zeros((len(target) + 1, len(source)), np.float32)
            first = source[0].startswith(">>")
            for k in range(len(target) + 1):
                rows[k, min(k - 1 + first, len(source) - 1) if k else -1] = 1
            found.append(rows)
        return found


@dataclass
class Counting:
    """Translates to capitals and counts; what starts with “x” cannot be."""

    signature: str = "counting"
    asked: list = field(default_factory=list)

    def translate(self, texts, progress=None):
        self.asked.append(list(texts))
        if progress:
            progress(len(texts))
        return [NotMeasured("no x") if t.startswith("x") else t.upper() for t in texts]

    def score(self, pairs, progress=None):
        self.asked.append(list(pairs))
        return [
            NotMeasured("empty") if not t else ForcedScore((WordScore(Span(0, 2), t[:2], -1.25),), -3.5, 4)
            for _, t in pairs
        ]

    def links(self, pairs, progress=None):
        self.asked.append(list(pairs))
        return [
            LinkTable(tuple(tuple(0.25 if i == j else 0.0 for j in range(len(s.spans))) for i in range(len(t.spans))))
            if t.text
            else NotMeasured("empty")
            for s, t in pairs
        ]


def fill(path, start):
    from mtqc.translate.cache import CachedTranslator, Store

    store = Store(path)
    for i in range(start, start + 60):
        CachedTranslator(Counting(), store).translate([f"text {i}", f"text {i + 1}"])
    if store.warnings:
        raise SystemExit(1)
