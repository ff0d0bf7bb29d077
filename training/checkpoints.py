"""Checkpoints: the trainer's model as transformers lays a Marian model out, and a model started from one.

    python training/checkpoints.py OUT MODEL MODEL …

writes a model whose weights are the mean of the others'.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from corpus import DIRECTIONS
from net import POSITIONS, Marian, Shape
from safetensors.torch import load_file, save_file
from sentencepiece import SentencePieceProcessor


@torch.no_grad()
def start_from(model: Marian, folder: Path) -> None:
    """Copy a checkpoint's weights; a layer that it lacks copies its last one. ValueError where it differs."""
    found = load_file(folder / "model.safetensors")
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    for name, own in model.named_parameters():
        parts = name.split(".")
        if parts[1] in {"encoder", "decoder"}:
            parts[3] = str(min(int(parts[3]), config[f"{parts[1]}_layers"] - 1))
        given = found.get(".".join(parts))
        if given is None or given.shape != own.shape:
            raise ValueError(f"{folder}: {name} is missing or of another shape")
        own.copy_(given.float())
    model.model.shared.weight[model.pad].zero_()


def write_model(model: Marian, pieces: Path, folder: Path, direction: str) -> None:
    """The checkpoint as transformers' MarianMTModel and MarianTokenizer load it; there whole or not at all."""
    half = folder.with_suffix(".half")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(parents=True)
    weights = {name: p.detach().float().cpu().contiguous() for name, p in model.named_parameters()}
    weights["final_logits_bias"] = torch.zeros(1, model.pad + 1)
    save_file(weights, half / "model.safetensors", metadata={"format": "pt"})
    processor = SentencePieceProcessor(model_file=str(pieces))
    table = {processor.id_to_piece(i): i for i in range(len(processor))} | {"<pad>": model.pad}
    search = {"num_beams": 2, "max_length": 256, "bad_words_ids": [[model.pad]]}
    for name, value in (
        ("config.json", config(model.shape, model.pad + 1)),
        (
            "generation_config.json",
            _ends(model.pad) | search,
        ),
        ("tokenizer_config.json", _tokenizer(direction)),
        ("vocab.json", table),
    ):
        (half / name).write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for name in ("source.spm", "target.spm"):
        shutil.copyfile(pieces, half / name)
    shutil.rmtree(folder, ignore_errors=True)
    half.rename(folder)


def _tokenizer(direction: str) -> dict[str, Any]:
    source, target = ("mul", "mul") if direction == "both" else DIRECTIONS[direction][0]
    special = {"eos_token": "</s>", "unk_token": "<unk>", "pad_token": "<pad>"}
    sides = {"source_lang": source, "target_lang": target, "separate_vocabs": False}
    return {"tokenizer_class": "MarianTokenizer", **sides, "model_max_length": POSITIONS, **special}


def _ends(pad: int) -> dict[str, int]:
    return {"pad_token_id": pad, "decoder_start_token_id": pad, "eos_token_id": 0, "forced_eos_token_id": 0}


def config(shape: Shape, vocabulary: int) -> dict[str, Any]:
    """config.json of a MarianMTModel."""
    sides = {"encoder": shape.encoder, "decoder": shape.decoder}
    return {
        "architectures": ["MarianMTModel"],
        "model_type": "marian",
        "vocab_size": vocabulary,
        "decoder_vocab_size": vocabulary,
        "d_model": shape.width,
        **{f"{side}_layers": layers for side, layers in sides.items()},
        **{f"{side}_attention_heads": shape.heads for side in sides},
        **{f"{side}_ffn_dim": shape.inner for side in sides},
        "num_hidden_layers": shape.encoder,
        "activation_function": "relu",
        "dropout": 0.0,
        "attention_dropout": 0.0,
        "activation_dropout": 0.0,
        "scale_embedding": True,
        "share_encoder_decoder_embeddings": True,
        "tie_word_embeddings": True,
        "static_position_embeddings": True,
        "is_encoder_decoder": True,
        "max_position_embeddings": POSITIONS,
        **_ends(vocabulary - 1),
        "dtype": "float32",
    }


def average(out: Path, models: Sequence[Path]) -> None:
    """Write `out` anew: the first model with the mean of all their weights. ValueError where their shapes differ."""
    weights = [load_file(m / "model.safetensors") for m in models]
    shapes = [{name: w.shape for name, w in found.items()} for found in weights]
    if any(found != shapes[0] for found in shapes):
        raise ValueError(f"{', '.join(map(str, models))}: models of different shapes")
    mean = {name: torch.stack([found[name] for found in weights]).mean(0) for name in shapes[0]}
    half = out.with_suffix(".half")
    shutil.rmtree(half, ignore_errors=True)
    shutil.copytree(models[0], half, ignore=shutil.ignore_patterns("model.safetensors", "ct2"))
    save_file(mean, half / "model.safetensors", metadata={"format": "pt"})
    shutil.rmtree(out, ignore_errors=True)
    half.rename(out)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        raise SystemExit("usage: checkpoints.py OUT MODEL MODEL …")
    average(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]])
