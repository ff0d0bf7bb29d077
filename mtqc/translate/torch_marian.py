"""The other engine: the same checkpoint through transformers' MarianMTModel, on the CPU or one GPU."""

from __future__ import annotations

import importlib.metadata
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mtqc.errors import ModelError
from mtqc.translate.batching import plan
from mtqc.translate.marian import Done, Hypothesis, Search

BATCH_TOKENS = 1024


@dataclass(frozen=True)
class TransformersDecoder:
    """A checkpoint folder in transformers' layout, loaded at the first call, in float32.

    `source` and `target`: pieces by id. `device`: auto (a GPU where there is one), cpu, cuda, cuda:1.
    """

    folder: Path
    source: Sequence[str]
    target: Sequence[str]
    device: str = "auto"
    threads: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)
    _loaded: list[Any] = field(default_factory=list, repr=False, compare=False)

    @property
    def signature(self) -> str:
        """Engine, version, arithmetic."""
        return f"transformers-{importlib.metadata.version('transformers')}/float32"

    @property
    def model(self) -> Any:
        """The MarianMTModel, on its device. Raises ModelError where it cannot be loaded."""
        with self._lock:
            if not self._loaded:
                self._loaded.append(self._load())
            return self._loaded[0]

    def _load(self) -> Any:
        import torch
        from transformers import MarianMTModel

        name = ("cuda" if torch.cuda.is_available() else "cpu") if self.device == "auto" else self.device
        if name.startswith("cuda") and not torch.cuda.is_available():
            raise ModelError("PyTorch sees no CUDA GPU here.", hint="Use --device cpu or auto.")
        if self.threads:
            torch.set_num_threads(self.threads)
        try:
            model = MarianMTModel.from_pretrained(self.folder, local_files_only=True, dtype=torch.float32)
            return model.to(name).eval()
        except (OSError, ValueError, RuntimeError) as error:
            said = str(error).strip().splitlines()[0]
            raise ModelError(
                f"{self.folder}: transformers cannot load this model ({said}).", hint="Copy the model again."
            ) from error

    def decode(self, sources: Sequence[list[str]], search: Search, done: Done) -> list[Hypothesis]:
        """A hypothesis for each source, in order. Raises ModelError."""
        found: dict[int, Hypothesis] = {}
        for batch, inputs in self._batches(sources):
            longest = search.longest(sources[batch[0]])
            rows = self.model.generate(
                **inputs,
                generation_config=self._generation(search, longest),
            )
            for i, row in zip(batch, rows.tolist(), strict=True):
                pieces = self._pieces(row[1:])
                found[i] = Hypothesis(pieces, len(pieces) >= search.longest(sources[i]))
                done(i)
        return [found[i] for i in range(len(sources))]

    def _generation(self, search: Search, longest: int) -> Any:
        from transformers import GenerationConfig

        config = self.model.config
        return GenerationConfig(
            num_beams=search.beam,
            max_length=longest + 2,
            no_repeat_ngram_size=search.no_repeat,
            repetition_penalty=search.repetition_penalty,
            do_sample=False,
            decoder_start_token_id=config.decoder_start_token_id,
            pad_token_id=config.pad_token_id,
            eos_token_id=config.eos_token_id,
            suppress_tokens=[config.pad_token_id],
        )

    def _pieces(self, ids: Sequence[int]) -> list[str]:
        end = self.model.config.eos_token_id
        kept = ids[: ids.index(end)] if end in ids else ids
        return [self.target[i] for i in kept if i != self.model.config.pad_token_id]

    def force(self, sources: Sequence[list[str]], targets: Sequence[list[str]], done: Done) -> list[list[float]]:
        """For each pair the log-probabilities (nats) of the target's pieces and of </s> after them."""
        scores: list[list[float]] = [[] for _ in sources]
        ids = {p: i for i, p in enumerate(self.target)}
        wanted = [[ids.get(p, ids["<unk>"]) for p in t] + [self.model.config.eos_token_id] for t in targets]
        for batch, inputs in self._batches(sources, targets):
            found = self._forced(inputs, [wanted[i] for i in batch])
            for i, row in zip(batch, found, strict=True):
                scores[i] = row
                done(i)
        return scores

    def _forced(self, inputs: Any, targets: Sequence[list[int]]) -> list[list[float]]:
        import torch

        pad = self.model.config.pad_token_id
        labels = self._padded(targets)
        starts = labels.new_full((len(targets), 1), self.model.config.decoder_start_token_id)
        with torch.inference_mode():
            given = torch.cat([starts, labels[:, :-1]], dim=1)
            logits = self.model(**inputs, decoder_input_ids=given, use_cache=False).logits
            # CTranslate2's models have no <pad>: it may not take probability here either.
            logits[..., pad] = float("-inf")
            chosen = logits.log_softmax(-1).gather(2, labels[..., None])[..., 0].tolist()
        return [row[: len(t)] for row, t in zip(chosen, targets, strict=True)]

    def attend(
        self, sources: Sequence[list[str]], targets: Sequence[list[str]], done: Done
    ) -> list[NDArray[np.float32]]:
        """Attention of the last decoder layer's first head, (pieces of the target + 1, pieces of the source)."""
        found: dict[int, NDArray[np.float32]] = {}
        ids = {p: i for i, p in enumerate(self.target)}
        given = [[self.model.config.decoder_start_token_id, *(ids.get(p, ids["<unk>"]) for p in t)] for t in targets]
        for batch, inputs in self._batches(sources, targets):
            rows = self._attended(inputs, [given[i] for i in batch])
            for i, row in zip(batch, rows, strict=True):
                found[i] = np.asarray(row[: len(given[i]), : len(sources[i])], dtype=np.float32)
                done(i)
        return [found[i] for i in range(len(sources))]

    def _attended(self, inputs: Any, given: Sequence[list[int]]) -> Any:
        import torch

        usual = self.model.config._attn_implementation
        try:
            # The default, sdpa, does not compute the weights that are wanted here.
            self.model.set_attn_implementation("eager")
            with torch.inference_mode():
                made = self.model(
                    **inputs, decoder_input_ids=self._padded(given), use_cache=False, output_attentions=True
                )
            return made.cross_attentions[-1][:, 0].cpu().numpy()
        finally:
            self.model.set_attn_implementation(usual)

    def _batches(
        self, sources: Sequence[list[str]], targets: Sequence[list[str]] = ()
    ) -> Iterator[tuple[list[int], dict[str, Any]]]:
        """Batches of like length: their indexes, and input_ids with attention_mask, (batch, longest)."""
        ids = {p: i for i, p in enumerate(self.source)}
        lengths = [max(len(s), len(targets[i]) if targets else 0) for i, s in enumerate(sources)]
        for batch in plan(lengths, BATCH_TOKENS):
            rows = self._padded([[ids.get(p, ids["<unk>"]) for p in sources[i]] for i in batch])
            yield batch, {"input_ids": rows, "attention_mask": (rows != self.model.config.pad_token_id).long()}

    def _padded(self, rows: Sequence[list[int]]) -> Any:
        import torch

        wide = torch.full((len(rows), max(map(len, rows))), self.model.config.pad_token_id)
        for row, ids in zip(wide, rows, strict=True):
            row[: len(ids)] = torch.tensor(ids)
        return wide.to(self.model.device)
