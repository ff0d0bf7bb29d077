"""Runs over the shards of one input, made one: equal to the run that did it all by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from heapq import merge as merged_in_order
from itertools import islice
from pathlib import Path
from typing import get_args

from mtqc.batch.finish import CHANGED, Summary, finish
from mtqc.batch.folder import STATE, About, RunFolder
from mtqc.batch.model import Judged, PartName
from mtqc.errors import InputError

CHUNK = 100
"""Articles that are kept at once."""
_SAME = {
    "version": "another version of mtqc",
    "signature": "other models, thresholds or versions",
    "salt": "other settings, or another build of mtqc",
    "inputs": "other inputs",
    "langs": "other languages",
}


def merge(runs: Sequence[Path], output: Path, lang: str = "en") -> Summary:
    """One run folder at `output` of the runs over all shards, in any order; these stay as they are.

    Raises InputError where a shard is missing, there twice, not finished or of another run, and where the folder
    cannot be written.
    """
    if (output / STATE).exists():
        raise InputError(f"{output} holds a run already.", hint="Give --output a new folder, or remove that one.")
    with ExitStack() as stack:
        shards = [stack.enter_context(RunFolder.opened(run)) for run in _distinct(runs)]
        about = _about(shards)
        folder = stack.enter_context(RunFolder.create(output, about))
        every = merged_in_order(*map(_own, shards), key=lambda j: j.number)
        for chunk in iter(lambda: list(islice(every, CHUNK)), []):
            folder.keep(chunk)
        _take_over(shards, folder)
        changed = {path for shard in shards for path in shard.recalled(CHANGED) or ()}
        return finish(folder, changed=sorted(changed), lang=lang)


def _distinct(runs: Sequence[Path]) -> Sequence[Path]:
    known: set[Path] = set()
    for run in runs:
        if run.resolve() in known:
            raise InputError(f"{run} is given twice.", hint="Give each shard's folder once.")
        known.add(run.resolve())
    return runs


def _about(shards: Sequence[RunFolder]) -> About:
    """What the whole run is of."""
    first = shards[0]
    for other in shards[1:]:
        for name, said in _SAME.items():
            if getattr(first.about, name) != getattr(other.about, name):
                hint = "Merge runs over shards of the same input, made with the same command."
                raise InputError(f"{other.path} and {first.path} do not belong together: {said}.", hint=hint)
    _require_all(shards)
    return replace(first.about, shard=(1, 1), started=min(s.about.started for s in shards))


def _require_all(shards: Sequence[RunFolder]) -> None:
    """Each shard once, and each finished. Raises InputError."""
    parts = shards[0].about.shard[1]
    known: dict[int, RunFolder] = {}
    for shard in shards:
        part, of = shard.about.shard
        if of != parts:
            told = f"{shard.path} is one of {of} shards, {shards[0].path} one of {parts}."
            raise InputError(told, hint="Give all shards of one run.")
        if part in known:
            told = f"{known[part].path} and {shard.path} are both shard {part}/{parts}."
            raise InputError(told, hint="Give one of them.")
        if not shard.ended:
            told = f"The run in {shard.path} is not finished."
            raise InputError(told, hint="Go on with it: mtqc batch … --resume.")
        known[part] = shard
    missing = [f"{n}/{parts}" for n in range(1, parts + 1) if n not in known]
    if missing:
        raise InputError(f"Missing: shard {', '.join(missing)}.", hint="Give the folders of all shards.")


def _own(shard: RunFolder) -> Iterator[Judged]:
    part, parts = shard.about.shard
    for judged in shard.judged(*get_args(PartName)):
        if judged.number % parts != part - 1:
            told = f"{shard.path} holds an article that is not of its shard ({judged.id})."
            raise InputError(told, hint="Make that run anew.")
        yield judged


def _take_over(shards: Sequence[RunFolder], folder: RunFolder) -> None:
    """What the state holds beside results: files that were read, and the log."""
    for shard in shards:
        for seen in shard.seen():
            folder.saw(*seen)
        part, parts = shard.about.shard
        for at, text in shard.notes():
            folder.note(at, f"shard {part}/{parts}: {text}")
    folder.trim(folder.end)
