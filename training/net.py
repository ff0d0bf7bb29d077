"""The Marian transformer in plain PyTorch: post-norm, tied embeddings, sinusoids (Vaswani et al. 2017).

Parameters have the names of transformers' MarianMTModel, so that a state dict is a checkpoint. transformers' own
module is not used for training: on two cores this one is about twice as fast, since all activations are bfloat16 and
attention is three plain products (PyTorch's fused attention for the CPU spends a third of a step in its backward
pass).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from mtqc.translate.convert import sinusoids

POSITIONS = 512


@dataclass(frozen=True, slots=True)
class Shape:
    """Width, width of the feed-forward layers, encoder and decoder layers, heads."""

    width: int
    inner: int
    encoder: int
    decoder: int
    heads: int


SHAPES = {
    "mini": Shape(192, 768, 4, 1, 6),
    "deep": Shape(192, 768, 6, 2, 6),
    "mid": Shape(320, 1280, 6, 2, 8),
    "tiny": Shape(256, 1536, 6, 2, 8),
    "small": Shape(384, 1536, 6, 2, 8),
    "base": Shape(512, 2048, 6, 3, 8),
}
"""mid is what ships, 23 minutes of a large GPU for both directions at once; deep is for two cores and an afternoon."""


class Attention(nn.Module):
    """Multi-head attention without dropout on its weights."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.k_proj, self.v_proj, self.q_proj, self.out_proj = (nn.Linear(width, width) for _ in range(4))

    def forward(self, queries: Tensor, memory: Tensor, mask: Tensor | None) -> tuple[Tensor, Tensor]:
        """(batch, targets, width) and (batch, sources, width) → the new states, and head 0's scores before the softmax.

        `mask`: added to the scores, broadcast to (batch, heads, targets, sources).
        """
        names = (self.q_proj, self.k_proj, self.v_proj)
        q, k, v = (self._split(_linear(x, p)) for x, p in zip((queries, memory, memory), names, strict=True))
        scores = (q * q.shape[-1] ** -0.5) @ k.transpose(-1, -2)
        if mask is not None:
            scores = scores + mask
        # bfloat16 softmax of short rows is three times slower on a CPU than by way of float32.
        mixed = scores.float().softmax(-1).to(v.dtype) @ v
        return _linear(mixed.transpose(1, 2).flatten(2), self.out_proj), scores[:, 0]

    def _split(self, x: Tensor) -> Tensor:
        return x.unflatten(-1, (self.heads, -1)).transpose(1, 2)


class Layer(nn.Module):
    """One layer of the encoder, or with `crossed` of the decoder."""

    def __init__(self, shape: Shape, crossed: bool) -> None:
        super().__init__()
        self.self_attn = Attention(shape.width, shape.heads)
        self.self_attn_layer_norm = nn.LayerNorm(shape.width)
        if crossed:
            self.encoder_attn = Attention(shape.width, shape.heads)
            self.encoder_attn_layer_norm = nn.LayerNorm(shape.width)
        self.fc1 = nn.Linear(shape.width, shape.inner)
        self.fc2 = nn.Linear(shape.inner, shape.width)
        self.final_layer_norm = nn.LayerNorm(shape.width)

    def forward(
        self, x: Tensor, mask: Tensor, drop: float, memory: Tensor | None = None, memory_mask: Tensor | None = None
    ) -> tuple[Tensor, Tensor | None]:
        """New states (batch, length, width), and in a decoder layer the scores of the first cross-attention head."""
        scores = None
        x = _norm(x + F.dropout(self.self_attn(x, x, mask)[0], drop), self.self_attn_layer_norm)
        if memory is not None:
            seen, scores = self.encoder_attn(x, memory, memory_mask)
            x = _norm(x + F.dropout(seen, drop), self.encoder_attn_layer_norm)
        inner = F.dropout(F.relu(_linear(x, self.fc1)), drop)
        return _norm(x + F.dropout(_linear(inner, self.fc2), drop), self.final_layer_norm), scores


class Stack(nn.Module):
    """The layers of one side."""

    def __init__(self, shape: Shape, layers: int, crossed: bool) -> None:
        super().__init__()
        self.layers = nn.ModuleList(Layer(shape, crossed) for _ in range(layers))


class Body(nn.Module):
    """Embeddings and both stacks, named as in transformers."""

    def __init__(self, shape: Shape, vocabulary: int) -> None:
        super().__init__()
        self.shared = nn.Embedding(vocabulary, shape.width)
        self.encoder = Stack(shape, shape.encoder, crossed=False)
        self.decoder = Stack(shape, shape.decoder, crossed=True)


class Marian(nn.Module):
    """`vocabulary` counts <pad>, the last piece: the decoder starts from its embedding, zero at first, then learnt."""

    def __init__(self, shape: Shape, vocabulary: int, dropout: float = 0.0, dtype: torch.dtype = torch.float32) -> None:
        super().__init__()
        self.shape, self.dropout, self.dtype = shape, dropout, dtype
        self.pad = vocabulary - 1
        self.model = Body(shape, vocabulary)
        table = torch.from_numpy(sinusoids(POSITIONS, shape.width))
        self.register_buffer("positions", table, persistent=False)
        self._initialise()

    @torch.no_grad()
    def _initialise(self) -> None:
        for name, weights in self.named_parameters():
            if "shared" in name:
                weights.normal_(0, self.shape.width**-0.5)
                weights[self.pad].zero_()
            elif weights.dim() == 2:
                nn.init.xavier_uniform_(weights)
            elif name.endswith("bias"):
                weights.zero_()

    def forward(self, source: Tensor, decoder_input: Tensor) -> tuple[Tensor, Tensor]:
        """(batch, sources) and (batch, targets) of piece ids → decoder states (batch, targets, width) and, before the
        softmax, the scores of the last layer's first cross-attention head, (batch, targets, sources).
        """
        drop = self.dropout if self.training else 0.0
        unseen = torch.finfo(self.dtype).min
        memory_mask = torch.zeros(source.shape, dtype=self.dtype, device=source.device)
        memory_mask = memory_mask.masked_fill(source == self.pad, unseen)[:, None, None]
        length = decoder_input.shape[1]
        future = torch.full((length, length), unseen, dtype=self.dtype, device=source.device).triu(1)
        memory = self._embed(source, drop)
        for layer in self.model.encoder.layers:
            memory, _ = layer(memory, memory_mask, drop)
        x = self._embed(decoder_input, drop)
        scores = x
        for layer in self.model.decoder.layers:
            x, scores = layer(x, future, drop, memory, memory_mask)
        return x, scores

    def _embed(self, ids: Tensor, drop: float) -> Tensor:
        embedded = F.embedding(ids, self.model.shared.weight) * self.shape.width**0.5
        return F.dropout((embedded + self.positions[: ids.shape[1]]).to(self.dtype), drop)


def _linear(x: Tensor, layer: nn.Linear) -> Tensor:
    return F.linear(x, layer.weight.to(x.dtype), layer.bias.to(x.dtype))


def _norm(x: Tensor, layer: nn.LayerNorm) -> Tensor:
    return F.layer_norm(x, layer.normalized_shape, layer.weight.to(x.dtype), layer.bias.to(x.dtype), layer.eps)


class SmoothedLoss(torch.autograd.Function):
    """Label-smoothed cross entropy (nats, summed) of `states @ embeddings.T`, in chunks, its gradient formed at once.

    The logits of all positions are never kept: chunk × vocabulary numbers at a time instead of positions × vocabulary.
    With q = (1 − ε) one-hot + ε / V the gradient is (softmax − q); the parts of q are subtracted as vectors.
    """

    @staticmethod
    def forward(ctx: Any, states: Tensor, embeddings: Tensor, gold: Tensor, smoothing: float, chunk: int) -> Tensor:
        """States (n, width), embeddings (V, width), gold (n,) → the sum of negative log-probabilities of gold."""
        rows = embeddings.to(states.dtype)
        mean = rows.float().mean(0)
        nll = torch.zeros((), device=states.device)
        to_rows = torch.zeros(rows.shape, device=states.device)
        to_states = torch.empty_like(states)
        for start in range(0, len(states), chunk):
            part, y = states[start : start + chunk], gold[start : start + chunk]
            found = (part @ rows.t()).softmax(1)
            nll -= found.gather(1, y[:, None]).float().clamp_min(1e-30).log().sum()
            to_states[start : start + chunk] = (
                found @ rows - (1 - smoothing) * rows[y] - smoothing * mean.to(rows.dtype)
            )
            to_rows += (found.t() @ part).float()
        to_rows -= smoothing / len(rows) * states.float().sum(0)
        to_rows.index_add_(0, gold, states.float(), alpha=smoothing - 1)
        ctx.save_for_backward(to_states, to_rows)
        return nll

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor | None, ...]:
        """Both gradients, scaled."""
        to_states, to_rows = ctx.saved_tensors
        return to_states * gradients[0].to(to_states.dtype), to_rows * gradients[0], None, None, None


def alignment_loss(scores: Tensor, source: Tensor, pad: int, links: Tensor) -> Tensor:
    """Cross entropy (nats, summed over pieces) between linked source pieces and attention (Garg et al. 2019).

    `links`: (batch, targets, sources), each row a distribution, or zeros where a piece has no link. A row belongs to
    the decoder step whose input is the piece (Chen et al. 2020), not the one that predicts it.
    """
    logs = scores.float().masked_fill((source == pad)[:, None], -1e9).log_softmax(-1)
    return -(links * logs).sum()
