"""The default engine: CTranslate2, int8 on the CPU, every core on its own batches; or one CUDA GPU."""

from __future__ import annotations

import importlib.metadata
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mtqc.errors import ModelError
from mtqc.translate.batching import alike, cores, plan
from mtqc.translate.marian import Done, Hypothesis, Search
from mtqc.translate.tune import PAYS, Setting, cpu_settings, fastest, gpu_settings

GPU_SCORE_TOKENS = 8192
"""Tokens a batch of forced scoring on a GPU, padding included; not measured."""
ATTENTION_TOKENS = 1024
"""Tokens a batch of forced attention. CPU time for 600 pairs, mean of two: 6.0 s at 128, 5.3 at 256, 4.9 at 512, 4.2 at
1,024, 4.7 at 2,048, 5.6 at 4,096."""


@dataclass(frozen=True)
class CTranslate2Decoder:
    """A converted model folder, loaded at the first call and shared between translating and scoring.

    `threads`: so many cores are used (0: MTQC_THREADS or all cores). `device`: cpu, cuda or cuda:N. `source_eos`: the
    model's own config adds </s> to a source, so it must not be given.
    """

    folder: Path
    threads: int = 0
    device: str = "cpu"
    compute_type: str = "int8"
    source_eos: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)
    _loaded: dict[tuple[int, int], Any] = field(default_factory=dict, repr=False, compare=False)
    _tuned: list[Setting] = field(default_factory=list, repr=False, compare=False)

    @property
    def signature(self) -> str:
        """Engine, version, arithmetic."""
        return f"ctranslate2-{importlib.metadata.version('ctranslate2')}/{self.compute_type}"

    @property
    def model(self) -> Any:
        """The ctranslate2.Translator. Raises ModelError where it cannot be loaded."""
        return self._model(self.setting)

    @property
    def setting(self) -> Setting:
        """What the last large job found to be fastest here, else the default."""
        return (self._tuned or self._settings())[-1 if self._tuned else 0]

    def _settings(self) -> list[Setting]:
        return gpu_settings() if self.device != "cpu" else cpu_settings(cores(self.threads))

    def _model(self, setting: Setting) -> Any:
        threads = setting.workers, setting.each
        with self._lock:
            if threads not in self._loaded:
                self._loaded.clear()  # one at a time: a large model takes its memory once
                self._loaded[threads] = self._load(*threads)
            return self._loaded[threads]

    def _load(self, workers: int, each: int) -> Any:
        import ctranslate2

        name, _, index = self.device.partition(":")
        try:
            return ctranslate2.Translator(  # type: ignore[attr-defined]
                str(self.folder),
                device=name,
                device_index=int(index or 0),
                compute_type=self.compute_type,
                inter_threads=workers,
                intra_threads=each,
            )
        except (RuntimeError, ValueError) as error:
            raise ModelError(
                f"{self.folder}: CTranslate2 cannot load this model ({error}).",
                hint="Delete the folder if it lies in a cache; it is made again. Otherwise copy the model again.",
            ) from error

    def decode(self, sources: Sequence[list[str]], search: Search, done: Done) -> list[Hypothesis]:
        """A hypothesis for each source, in order. A large job finds its fastest setting. Raises ModelError."""
        found: dict[int, Hypothesis] = {}
        left = list(range(len(sources)))

        def work(setting: Setting, indexes: Sequence[int]) -> float:
            model, start = self._model(setting), time.perf_counter()
            for i, hypothesis in self._search(model, setting, sources, indexes, search):
                found[i] = hypothesis
                done(i)
            return time.perf_counter() - start

        if len(left) >= PAYS and not self._tuned:
            best, left = fastest(self._settings(), [len(s) for s in sources], work)
            self._tuned.append(best)
        work(self.setting, left)
        return [found[i] for i in range(len(sources))]

    def _search(
        self, model: Any, setting: Setting, sources: Sequence[list[str]], indexes: Sequence[int], search: Search
    ) -> Iterator[tuple[int, Hypothesis]]:
        lengths = [len(sources[i]) for i in indexes]
        cpu = self.device == "cpu"
        planned = alike(lengths, setting.tokens) if cpu else plan(lengths, setting.tokens, setting.workers)
        batches = [[indexes[k] for k in batch] for batch in planned]
        queued = [
            model.translate_batch(
                [self._ended(sources[i]) for i in batch],
                asynchronous=True,
                max_input_length=0,
                max_decoding_length=search.longest(sources[batch[0]]),
                beam_size=search.beam,
                no_repeat_ngram_size=search.no_repeat,
                repetition_penalty=search.repetition_penalty,
            )
            for batch in batches
        ]
        for batch, results in zip(batches, queued, strict=True):
            for i, result in zip(batch, results, strict=True):
                pieces = list(_result(result).hypotheses[0])
                yield i, Hypothesis(pieces, len(pieces) >= search.longest(sources[i]))

    def force(self, sources: Sequence[list[str]], targets: Sequence[list[str]], done: Done) -> list[list[float]]:
        """For each pair the log-probabilities (nats) of the target's pieces and of </s> after them."""
        lengths = [max(len(s), len(t) + 1) for s, t in zip(sources, targets, strict=True)]
        # On the CPU each pair is a batch: in a larger one the padding moves scores by up to 0.4 nat a sentence, through
        # int8's rounding, so that they depend on the neighbours; and for the shipped model it is no faster.
        batches = [[i] for i in range(len(sources))] if self.device == "cpu" else plan(lengths, GPU_SCORE_TOKENS)
        queued = [
            self.model.score_batch(
                [self._ended(sources[i]) for i in batch],
                [targets[i] for i in batch],
                asynchronous=True,
                max_input_length=0,
            )
            for batch in batches
        ]
        scores: list[list[float]] = [[] for _ in sources]
        for batch, results in zip(batches, queued, strict=True):
            for i, result in zip(batch, results, strict=True):
                scores[i] = list(_result(result).log_probs)
                done(i)
        return scores

    def attend(
        self, sources: Sequence[list[str]], targets: Sequence[list[str]], done: Done
    ) -> list[NDArray[np.float32]]:
        """Attention of the last decoder layer's first head, (pieces of the target + 1, pieces of the source)."""
        if self.device == "cpu":  # targets are not padded: their pieces are given one by one
            batches = alike([len(s) for s in sources], ATTENTION_TOKENS)
        else:
            batches = plan([max(len(s), len(t) + 1) for s, t in zip(sources, targets, strict=True)], ATTENTION_TOKENS)
        queued = [self._attending([sources[i] for i in b], [targets[i] for i in b]) for b in batches]
        found: dict[int, NDArray[np.float32]] = {}
        for batch, results in zip(batches, queued, strict=True):
            for i, result in zip(batch, results, strict=True):
                rows = np.array(_result(result).attention[0], dtype=np.float32)
                found[i] = rows[: len(targets[i]) + 1, : len(sources[i])]
                done(i)
        return [found[i] for i in range(len(sources))]

    def _attending(self, sources: Sequence[list[str]], targets: Sequence[list[str]]) -> Any:
        # CTranslate2 has no call for it: the whole target is the prefix of a greedy search. Where the model does not
        # end there of itself, the search goes on to the length of the batch's longest target; those rows are cut off.
        return self.model.translate_batch(
            [self._ended(s) for s in sources],
            target_prefix=list(targets),
            asynchronous=True,
            max_input_length=0,
            max_decoding_length=max(map(len, targets)) + 1,
            beam_size=1,
            return_attention=True,
            return_end_token=True,
        )

    def _ended(self, pieces: list[str]) -> list[str]:
        return pieces[:-1] if self.source_eos else pieces


def _result(pending: Any) -> Any:
    try:
        return pending.result()
    except RuntimeError as error:
        raise ModelError(f"CTranslate2 failed: {error}.", hint="Try --engine transformers, or report this.") from error
