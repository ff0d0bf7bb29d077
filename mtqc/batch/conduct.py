"""A run from its input to its folder, whichever engine judges."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, Protocol

from mtqc import __version__
from mtqc.batch import feeding, memory, runner
from mtqc.batch.feeding import Input, Numbered
from mtqc.batch.finish import Summary, finish
from mtqc.batch.folder import About, RunFolder
from mtqc.batch.judging import Job, Judge
from mtqc.batch.matching import Back, write_manifest
from mtqc.batch.model import Judged
from mtqc.batch.results import Results
from mtqc.loading import load_models
from mtqc.model import NotMeasured
from mtqc.translate.batching import cores

Engine = Literal["local", "ray"]
PAIRS = "pairs.csv"
"""In the run folder: what was found to belong together, and what has no counterpart."""


@dataclass(frozen=True, slots=True)
class Means:
    """What the run may use. `jobs` 0: a worker a core; `max_memory` in bytes, None: no limit; `address`: of Ray."""

    jobs: int = 0
    max_memory: int | None = None
    engine: Engine = "local"
    address: str = ""


class Screen(runner.Progress, Protocol):
    """Whoever watches a whole run."""

    def stage(self, name: str) -> None:
        """What is done from now on, in a word."""
        ...


def conduct(given: Input, output: Path, job: Job, means: Means, progress: Screen, *, resume: bool) -> Summary:
    """Judge what is given, into the folder `output`; `resume`: go on with the run that is in it.

    Raises MtqcError where the input as a whole, the models or the folder cannot be used, and Interrupted.
    """
    memory.share(means.max_memory, means.jobs or cores(job.settings.threads))  # what is wrong is said before it begins
    given = _paired(given, job, progress)
    entries = feeding.begun(given.entries())
    about = _about(given, job)
    with (RunFolder.resume if resume else RunFolder.create)(output, about) as folder:
        folder.forget_files()
        if given.pairs is not None:
            write_manifest(given.pairs, output / PAIRS)
        logged = _Logged(progress, folder)
        folder.note(_now(), f"mtqc {__version__}: {'goes on' if resume else 'begins'} with {', '.join(given.told)}")
        _judge(entries, given, folder, job, logged, means=means)
        progress.stage("writing")
        changed = list(feeding.changed(folder.seen()))
        for path in changed:
            logged.warn(f"{path} changed during the run: what is reported of it may be out of date.")
        return finish(folder, changed=changed, lang=job.lang)


def _paired(given: Input, job: Job, progress: Screen) -> Input:
    """The input, its files paired if that is to be done by content."""
    if given.reading.match == "name":
        return given
    progress.stage("matching")
    paired = given.paired(_back(job))
    progress.stage("articles")
    return paired


def _back(job: Job) -> Back | None:
    """From French into English, by the models of the run."""

    def back(sentences: Sequence[str]) -> Sequence[str | NotMeasured]:
        models = load_models(job.settings)
        direction = models.backward if job.settings.target_lang == "fr" else models.forward
        if isinstance(direction, NotMeasured):
            return [direction] * len(sentences)
        return direction.translator.translate(sentences)

    return None if job.no_model else back


def _judge(
    entries: Iterator[Numbered], given: Input, folder: RunFolder, job: Job, progress: runner.Progress, *, means: Means
) -> None:
    results = Results.usual() if job.settings.cache else None
    if means.engine == "ray":
        from mtqc.batch import ray_engine

        ray_engine.run(given, folder, job, progress, jobs=means.jobs, address=means.address, results=results)
    else:
        read = _Counted(entries)
        runner.run(read, folder, job, progress, jobs=means.jobs, max_memory=means.max_memory, results=results)
        folder.trim(read.end)
    for text in results.warnings if results else ():
        progress.warn(text)


@dataclass
class _Counted(Iterator[Numbered]):
    """The entries, and the number after the last one."""

    entries: Iterator[Numbered]
    end: int = 0

    def __next__(self) -> Numbered:
        entry = next(self.entries)
        self.end = entry[0] + 1
        return entry


@dataclass
class _Logged:
    """Progress whose warnings stand in the folder's log too, each once."""

    progress: runner.Progress
    folder: RunFolder
    told: set[str] = field(default_factory=set)

    def kept(self, judged: Sequence[Judged], origin: runner.Origin) -> None:
        """As Progress.kept."""
        self.progress.kept(judged, origin)

    def passed(self, number: int) -> None:
        """As Progress.passed."""
        self.progress.passed(number)

    def warn(self, text: str) -> None:
        """As Progress.warn."""
        if text not in self.told:
            self.told.add(text)
            self.folder.note(_now(), text)
            self.progress.warn(text)


def _about(given: Input, job: Job) -> About:
    judge = Judge(job)
    return About(judge.signature, judge.salt, __version__, given.told, given.langs, given.shard, _now())


def _now() -> str:
    return datetime.now(tz=UTC).isoformat(timespec="seconds")
