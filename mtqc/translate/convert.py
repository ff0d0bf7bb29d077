"""A Marian checkpoint in transformers' layout made into a CTranslate2 model, without torch or transformers.

Facts of the format: transformers' MarianMTModel is post-norm, its positions are sinusoids (sines first, then
cosines), the decoder starts from the embedding of <pad>: CTranslate2 starts from zero instead and has no
<pad>. Where it is zero, as in Marian's own models, the result is that of CTranslate2's own TransformersConverter
(tests/translate/test_torch_engine.py).
"""

from __future__ import annotations

import math
import pickle
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mtqc.errors import ModelError
from mtqc.translate.checkpoint import Checkpoint, read_json

VERSION = 2
"""Part of the cache key: raise it whenever the same checkpoint would convert to something else."""
Weights = Mapping[str, NDArray[np.float32]]
_NUMPY = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "BF16": "<u2"}
_AGAIN = "Download or copy the model again."


def convert(checkpoint: Checkpoint, output: Path, quantization: str = "int8") -> None:
    """Write model.bin, config.json and the vocabulary into the existing folder `output`. Raises ModelError."""
    if checkpoint.weights is None:
        raise ModelError(f"{checkpoint.folder}: there are no weights to convert.", hint=_AGAIN)
    config = read_json(checkpoint.folder / "config.json")
    try:
        spec = _specification(config, read_weights(checkpoint.weights))
        source, target = (_without_pad(checkpoint.vocabulary(side)) for side in ("source", "target"))
        spec.register_source_vocabulary(source)
        spec.register_target_vocabulary(target)
        spec.config.unk_token, spec.config.eos_token = "<unk>", "</s>"
        spec.config.decoder_start_token = "</s>"
        spec.validate()
        spec.optimize(quantization=quantization)
        spec.save(str(output))
    except (KeyError, ValueError) as error:
        raise ModelError(f"{checkpoint.folder}: not a whole Marian checkpoint ({error}).", hint=_AGAIN) from error


def read_weights(path: Path) -> Weights:
    """Every tensor of model.safetensors or pytorch_model.bin, as float32. Raises ModelError."""
    return _safetensors(path) if path.suffix == ".safetensors" else _pickled(path)


def _safetensors(path: Path) -> Weights:
    from safetensors import SafetensorError, deserialize

    try:
        tensors = deserialize(path.read_bytes())  # type: ignore[no-untyped-call]
    except (OSError, SafetensorError) as error:
        raise ModelError(f"{path}: cannot be read ({error}).", hint=_AGAIN) from error
    return {name: _array(t["data"], t["dtype"], t["shape"]) for name, t in tensors if t["dtype"] in _NUMPY}


def _array(data: bytes, dtype: str, shape: list[int]) -> NDArray[np.float32]:
    # numpy has no bfloat16: it is the upper half of a float32.
    raw = np.frombuffer(data, dtype=_NUMPY[dtype])
    wide = (raw.astype(np.uint32) << 16).view(np.float32) if dtype == "BF16" else raw.astype(np.float32)
    return wide.reshape(shape)


def _pickled(path: Path) -> Weights:
    try:
        import torch
    except ImportError as error:
        raise ModelError(
            f"{path}: this checkpoint has no model.safetensors, and PyTorch is needed to read its weights.",
            hint="Install mtqc[torch], or take a checkpoint with model.safetensors.",
        ) from error
    try:
        # weights_only: a pickle from the network must not be able to run code.
        tensors = torch.load(path, map_location="cpu", weights_only=True)
    except (OSError, RuntimeError, EOFError, pickle.UnpicklingError) as error:
        raise ModelError(f"{path}: cannot be read ({error}).", hint=_AGAIN) from error
    return {name: tensor.float().numpy() for name, tensor in tensors.items()}


def sinusoids(positions: int, size: int) -> NDArray[np.float32]:
    """Marian's position embeddings, (positions, size): the sines in the first half, the cosines in the second."""
    half = size // 2 + size % 2
    column = np.arange(size)
    angles = np.arange(positions)[:, None] / np.power(10000, 2 * (column // 2) / size)[None, :]
    out = np.empty((positions, size), dtype=np.float32)
    out[:, :half] = np.sin(angles[:, 0::2])
    out[:, half:] = np.cos(angles[:, 1::2])
    return out


def _without_pad(pieces: list[str]) -> list[str]:
    return pieces[:-1] if pieces and pieces[-1] == "<pad>" else pieces


def _specification(config: Mapping[str, Any], weights: Weights) -> Any:
    from ctranslate2.specs import common_spec
    from ctranslate2.specs.transformer_spec import TransformerSpec

    activations = {
        "relu": common_spec.Activation.RELU,
        "swish": common_spec.Activation.SWISH,
        "silu": common_spec.Activation.SWISH,
        "gelu": common_spec.Activation.GELU,
    }
    spec = TransformerSpec.from_config(
        (config["encoder_layers"], config["decoder_layers"]),
        config["encoder_attention_heads"],
        pre_norm=False,
        activation=activations[config.get("activation_function", "swish")],
    )
    pad = config.get("pad_token_id")
    embeddings = {side: _first(weights, f"model.{side}.embed_tokens.weight") for side in ("encoder", "decoder")}
    for side, part in (("encoder", spec.encoder), ("decoder", spec.decoder)):
        part.scale_embeddings = math.sqrt(config["d_model"]) if config.get("scale_embedding") else 1.0
        part.position_encodings.encodings = sinusoids(config["max_position_embeddings"], config["d_model"])
        for number, layer in enumerate(part.layer):
            _layer(layer, weights, f"model.{side}.layers.{number}")
    spec.encoder.embeddings[0].weight = _unpadded(embeddings["encoder"], pad)
    spec.decoder.embeddings.weight = _unpadded(embeddings["decoder"], pad)
    # CTranslate2 starts from a zero vector. Where the checkpoint's start piece has learnt another one, it is added to
    # the first position, at which nothing else ever stands.
    spec.decoder.start_from_zero_embedding = True
    start = embeddings["decoder"][config.get("decoder_start_token_id", pad)]
    spec.decoder.position_encodings.encodings[0] += spec.decoder.scale_embeddings * start
    _projection(spec.decoder.projection, weights, embeddings["decoder"], pad)
    return spec


def _first(weights: Weights, name: str) -> NDArray[np.float32]:
    return weights[name] if name in weights else weights["model.shared.weight"]


def _unpadded(rows: NDArray[np.float32], pad: int | None) -> NDArray[np.float32]:
    return rows[:-1] if pad == len(rows) - 1 else rows


def _projection(spec: Any, weights: Weights, embeddings: NDArray[np.float32], pad: int | None) -> None:
    spec.weight = _unpadded(weights.get("lm_head.weight", embeddings), pad)
    bias = weights.get("final_logits_bias")
    if bias is not None and np.any(bias):
        spec.bias = _unpadded(bias.reshape(-1), pad)


def _layer(spec: Any, weights: Weights, at: str) -> None:
    _attention(spec.self_attention, weights, f"{at}.self_attn", fused=3)
    if hasattr(spec, "attention"):
        _attention(spec.attention, weights, f"{at}.encoder_attn", fused=1)
    _linear(spec.ffn.linear_0, weights, [f"{at}.fc1"])
    _linear(spec.ffn.linear_1, weights, [f"{at}.fc2"])
    _norm(spec.ffn.layer_norm, weights, f"{at}.final_layer_norm")


def _attention(spec: Any, weights: Weights, at: str, fused: int) -> None:
    """Queries, keys and values in one matrix (self-attention, fused = 3), or queries and keys with values (1)."""
    heads = [f"{at}.{part}_proj" for part in ("q", "k", "v")]
    _linear(spec.linear[0], weights, heads[:fused])
    if fused < len(heads):
        _linear(spec.linear[1], weights, heads[fused:])
    _linear(spec.linear[-1], weights, [f"{at}.out_proj"])
    _norm(spec.layer_norm, weights, f"{at}_layer_norm")


def _linear(spec: Any, weights: Weights, names: list[str]) -> None:
    spec.weight = np.concatenate([weights[f"{n}.weight"] for n in names])
    spec.bias = np.concatenate([weights[f"{n}.bias"] for n in names])


def _norm(spec: Any, weights: Weights, name: str) -> None:
    spec.gamma, spec.beta = weights[f"{name}.weight"], weights[f"{name}.bias"]
