"""Many machines: Ray Data reads on this one and judges on all, one judge a worker; results come back as shards.

    one reader ── parcels of tasks ──▶ workers ── shards, in RUN/shards ──▶ this process ──▶ the run folder

Each shard is kept in the run folder's state as soon as its worker says that it is there, and then removed.
"""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, Protocol

from mtqc.batch import ray_cluster
from mtqc.batch.feeding import CHUNK, Input
from mtqc.batch.judging import Job, Judge
from mtqc.batch.model import Judged
from mtqc.batch.ray_cluster import Workers
from mtqc.batch.ray_work import COLUMN, READING, Actor, Held, Parcel, Reader, opened, table
from mtqc.batch.results import Results
from mtqc.batch.runner import HOPELESS, Folder, Interrupted, Origin, Progress
from mtqc.batch.shards import Damaged, Shards
from mtqc.batch.workers import MakeJudge
from mtqc.errors import ModelError

if TYPE_CHECKING:
    import pyarrow as pa

SHARDS = "shards"
ROUNDS = 3
"""Times that the input is gone through where shards were damaged or the reader was killed."""
_AHEAD = 2
"""Parcels that a worker has at once: the next one is there when it ends one."""
_APPEARS = 10.0
"""Seconds that a shard may take until it is seen here: a network file system may be late."""


class SharedFolder(Folder, Protocol):
    """What this engine needs of a run folder beside that."""

    @property
    def path(self) -> Path:
        """Where it is: all machines see it there."""
        ...

    def keys(self) -> Iterator[tuple[int, str]]:
        """Number and key of everything that is done."""
        ...

    def trim(self, articles: int) -> int:
        """Forget results of numbers from `articles` on: the input has no more."""
        ...


def run(
    given: Input,
    folder: SharedFolder,
    job: Job,
    progress: Progress,
    *,
    jobs: int = 0,
    address: str = "",
    results: Results | None = None,
    make: MakeJudge = Judge,
) -> None:
    """Judge what is not in the folder yet, as runner.run does, on the cluster at `address`.

    `address` "": that of RAY_ADDRESS, else Ray on this machine alone. `jobs` 0: one worker a CPU of the cluster.

    Raises Interrupted, ModelError and what the folder raises as there; UsageError where there is no such cluster, or
    one of its machines is not fit.
    """
    ray_cluster.require()
    salt = make(job).salt
    shards = Shards(folder.path.absolute() / SHARDS)
    fold = _Fold(folder, shards, results, progress)
    fold.rest()
    shards.tidy()
    shards.folder.mkdir(exist_ok=True)
    threads = job.settings.threads
    with _interruptible(), ray_cluster.connected(address, threads) as ray:
        workers = ray_cluster.look_over(ray, shards.folder, jobs, threads)
        own = replace(job, settings=replace(job.settings, threads=workers.cpus))
        actor = (os.getcwd(), own, salt, shards, make)  # noqa: PTH109
        try:
            for _ in range(ROUNDS):
                held = Held.of(folder.keys())
                reader = Reader(given, salt, held, shards, workers.count, _file(results), CHUNK)
                with closing(_rows(ray, reader, actor, workers)) as parcels:
                    if _round(parcels, fold):
                        break
            else:
                raise ModelError(
                    f"Results were lost on their way through {shards.folder}, {ROUNDS} times.",
                    hint="Look whether the share is sound; then go on with --resume.",
                )
        finally:
            fold.rest()
    shards.tidy()


def _file(results: Results | None) -> Path | None:
    return results.store.path if results else None


def _round(parcels: Iterator[Parcel], fold: _Fold) -> bool:
    """Go through the input once. True where all that was in it is kept now."""
    reading = fold.shards.folder / READING
    reading.unlink(missing_ok=True)
    fold.lost = False
    last = Parcel()
    for parcel in parcels:
        last = last if parcel.end is None else parcel
        fold.take(parcel)
    again = not reading.exists() or len(reading.read_text().splitlines()) > 1
    reading.unlink(missing_ok=True)
    if last.broken:
        raise last.broken
    if last.end is None or fold.lost or again:
        return False
    fold.folder.trim(last.end)
    return True


@dataclass
class _Fold:
    """Takes results from shards into the run folder."""

    folder: SharedFolder
    shards: Shards
    results: Results | None
    progress: Progress
    lost: bool = False
    judged: int = 0
    given_up: int = 0

    def take(self, parcel: Parcel) -> None:
        """What a worker or the reader has done. Raises what keeps all articles from being judged."""
        if parcel.fatal:
            raise parcel.fatal
        for seen in parcel.seen:
            self.folder.saw(*seen)
        if parcel.passed:
            self.progress.passed(parcel.passed)
        for text in parcel.warnings:
            self.progress.warn(text)
        if parcel.shard and not self._appears(parcel.shard):
            self.lost = True
            self.progress.warn(f"{self.shards.folder / parcel.shard} was written and is not there; judged again.")
        elif parcel.shard:
            self._keep(parcel.shard, parcel.origin)
        self._hope(parcel)

    def _hope(self, parcel: Parcel) -> None:
        self.given_up += parcel.given_up
        if self.given_up >= HOPELESS and self.judged <= self.given_up:
            raise ModelError(
                f"Each of the first {self.given_up} articles ended its worker process.",
                hint="Give the machines more memory, or Ray fewer --jobs.",
            )

    def rest(self) -> None:
        """Every shard that is there: of a run that broke off, or of the workers' last moments."""
        for name in self.shards:
            self._keep(name, "judged")

    def _appears(self, name: str) -> bool:
        until = time.monotonic() + _APPEARS
        while name not in self.shards:
            if time.monotonic() > until:
                return False
            time.sleep(0.1)
        return True

    def _keep(self, name: str, origin: Origin) -> None:
        try:
            judged = self.shards.read(name)
        except Damaged as error:
            self.lost = True
            place = self.shards.set_aside(name)
            self.progress.warn(f"A shard of results was damaged ({error}); it is now {place}, and is judged again.")
            return
        new = [j for j in judged if not self.folder.done(j.number, j.key, j.id)]
        self.folder.keep(new)
        self._cache(new, origin)
        self.shards.remove(name)
        self.progress.kept(new, origin)
        self.judged += len(new) if origin == "judged" else 0

    def _cache(self, judged: Sequence[Judged], origin: Origin) -> None:
        if self.results and origin == "judged":
            self.results.put(judged)


def _rows(ray: Any, reader: Reader, actor: tuple[Any, ...], workers: Workers) -> Generator[Parcel]:
    """What comes back from the workers, in whatever order. Raises ModelError where Ray gives up."""
    from ray.data import ActorPoolStrategy, DataContext, read_datasource

    logging.getLogger("ray.data").setLevel(logging.CRITICAL)
    context = DataContext.get_current()
    context.enable_progress_bars = False
    context.target_max_block_size = 1  # a parcel a block: parcels are what is handed out, retried and counted
    pool = ActorPoolStrategy(
        min_size=1, max_size=workers.count, initial_size=workers.count, max_tasks_in_flight_per_actor=_AHEAD
    )
    parcels = read_datasource(_source(ray, reader, actor[0]), num_cpus=0, override_num_blocks=1)
    judged = parcels.map_batches(
        Actor, batch_size=1, batch_format="pyarrow", compute=pool, num_cpus=workers.cpus, fn_constructor_args=actor
    )
    try:
        for row in judged.iter_rows():
            yield opened(row[COLUMN])
    except ray.exceptions.RayError as error:
        why = next(iter(str(error).splitlines()), type(error).__name__)
        raise ModelError(
            f"Ray broke off ({type(error).__name__}: {why}).", hint="What was judged is kept; go on with --resume."
        ) from error


def _source(ray: Any, reader: Reader, cwd: str) -> Any:
    """The reader as a source of Ray Data: one task, on this machine, that yields parcels as they are wanted."""
    from ray.data import Datasource, ReadTask
    from ray.data.block import BlockMetadata

    held = ray.put(reader)  # not in the task itself, which Ray keeps small

    class Reading(Datasource):
        supports_distributed_reads = False

        def estimate_inmemory_data_size(self) -> None:
            return None

        def get_read_tasks(self, *_parallelism: Any, **_more: Any) -> list[Any]:
            told = BlockMetadata(num_rows=None, size_bytes=None, input_files=None, exec_stats=None)
            return [ReadTask(partial(_read, held, cwd), told)]

    source: Any = Reading
    return source()


def _read(held: Any, cwd: str) -> Iterator[pa.Table]:
    import ray

    os.chdir(cwd)
    reader: Reader = ray.get(held)
    for parcel in reader.parcels():
        yield table([parcel])


@contextmanager
def _interruptible() -> Iterator[None]:
    """Ctrl-C and SIGTERM end what is done within, as Interrupted."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    main = threading.current_thread() is threading.main_thread()
    before = signal.signal(signal.SIGTERM, stop) if main else None
    try:
        yield
    except KeyboardInterrupt:
        raise Interrupted from None
    finally:
        if main:
            signal.signal(signal.SIGTERM, before)
