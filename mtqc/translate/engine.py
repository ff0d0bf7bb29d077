"""The one way to a model: `load_engine`. Nothing heavy is imported or loaded before the first text is measured."""

from __future__ import annotations

import ctypes
import importlib.util
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from mtqc.errors import ModelError, UsageError
from mtqc.translate.attention import AttentionLinker, shift_of
from mtqc.translate.base import ForcedScorer, Linker, Translator
from mtqc.translate.cache import FILE, CachedLinker, CachedScorer, CachedTranslator, Store
from mtqc.translate.checkpoint import Checkpoint, read_json
from mtqc.translate.ct2 import CTranslate2Decoder
from mtqc.translate.find import converted, find
from mtqc.translate.library import cache_dir
from mtqc.translate.marian import Decoder, Marian, Scorer, Search

EngineName = Literal["ctranslate2", "transformers"]
DEFAULT_BEAM = 2
"""Measured, see docs/models.md: what beam 4 gains is not worth its time."""
GPU_ARITHMETIC = ("int8_float16", "float16", "int8_float32", "float32")
"""The first that the GPU can; the first is nearest to the CPU's int8."""


@dataclass(frozen=True)
class Engine:
    """One model in one direction: what translates, scores and links, behind the cache where there is one."""

    checkpoint: Checkpoint
    translator: Translator
    scorer: ForcedScorer
    linker: Linker
    store: Store | None = None

    @property
    def signature(self) -> str:
        """Of the translator: model and revision, engine, arithmetic, beam, limits."""
        return self.translator.signature

    @property
    def warnings(self) -> tuple[str, ...]:
        """What went wrong with the cache so far."""
        return tuple(self.store.warnings) if self.store else ()


def load_engine(
    model: str | None = None,
    engine: EngineName = "ctranslate2",
    *,
    beam: int = 0,
    threads: int = 0,
    device: str = "auto",
    cache: bool | Path = True,
    direction: str = "fr-en",
) -> Engine:
    """Translator and forced scorer of a model.

    `model`: None or "" the shipped one, a folder, or a hub name; found, downloaded and converted now, loaded at the
    first use. `beam` 0: DEFAULT_BEAM. `threads` 0: MTQC_THREADS, or every core. `device`: auto (a CUDA GPU where the
    engine can use one), cpu, cuda or cuda:N. `cache`: whether measured texts are kept on disk, or the file for it;
    True is `measured-1.sqlite` in the cache folder (MTQC_CACHE_DIR, or the user's).

    Raises UsageError for an unknown engine, ModelError where the model or the engine cannot be had.
    """
    if engine not in get_args(EngineName):
        raise UsageError(f"There is no engine “{engine}”.", hint=f"Engines: {', '.join(get_args(EngineName))}.")
    checkpoint = find(model, direction, weights=engine == "transformers")
    decoder = _ctranslate2(checkpoint, threads, device) if engine == "ctranslate2" else None
    decoder = decoder or _transformers(checkpoint, threads, device)
    marian = Marian(checkpoint, decoder, Search(beam or DEFAULT_BEAM, checkpoint.positions))
    linker = AttentionLinker(marian, shift_of(checkpoint))
    if cache is False:
        return Engine(checkpoint, marian, Scorer(marian), linker)
    store = Store(cache_dir() / FILE if cache is True else cache)
    cached = CachedTranslator(marian, store), CachedScorer(Scorer(marian), store), CachedLinker(linker, store)
    return Engine(checkpoint, *cached, store)


def _ctranslate2(checkpoint: Checkpoint, threads: int, device: str) -> Decoder:
    folder = converted(checkpoint)
    eos = bool(read_json(folder / "config.json").get("add_source_eos", False))
    where, arithmetic = _device(device)
    return CTranslate2Decoder(folder, threads, where, arithmetic, eos)


def _device(asked: str) -> tuple[str, str]:
    """Where CTranslate2 is to run, and its arithmetic: int8 on the CPU, int8 with half floats on a GPU that can.

    Raises ModelError where a GPU was asked for and cannot be used, or the device is none.
    """
    if asked == "cpu" or (asked == "auto" and not _cublas()):
        return "cpu", "int8"
    if asked != "auto" and not re.fullmatch(r"cuda(:\d+)?", asked):
        raise ModelError(f"There is no device “{asked}”.", hint="Devices: auto, cpu, cuda, cuda:N.")
    import ctranslate2

    index = int(asked.partition(":")[2] or 0)
    if ctranslate2.get_cuda_device_count() > index:  # type: ignore[attr-defined]
        able = ctranslate2.get_supported_compute_types("cuda", index)  # type: ignore[attr-defined]
        return ("cuda" if asked == "auto" else asked), next(t for t in GPU_ARITHMETIC if t in able)
    if asked == "auto":
        return "cpu", "int8"
    raise ModelError("CTranslate2 sees no such CUDA GPU here.", hint="Use --device cpu or auto.")


def _cublas() -> bool:
    # CTranslate2 sees a GPU without it and then fails at the first text. Asked first, since it is quick to say no
    # and importing ctranslate2 is not.
    try:
        ctypes.CDLL("cublas64_12.dll" if sys.platform == "win32" else "libcublas.so.12")
    except OSError:
        return False
    return True


def _transformers(checkpoint: Checkpoint, threads: int, device: str) -> Decoder:
    if checkpoint.weights is None:
        raise ModelError(
            f"{checkpoint.folder}: this model was converted for CTranslate2 and has no weights for transformers.",
            hint="Use --engine ctranslate2, or give the checkpoint it was converted from.",
        )
    if not all(importlib.util.find_spec(m) for m in ("torch", "transformers")):
        raise ModelError(
            "The engine transformers is not installed.", hint="Install mtqc[torch], or leave --engine out."
        )
    from mtqc.translate.torch_marian import TransformersDecoder

    source, target = checkpoint.vocabulary("source"), checkpoint.vocabulary("target")
    return TransformersDecoder(checkpoint.folder, source, target, device, threads)
