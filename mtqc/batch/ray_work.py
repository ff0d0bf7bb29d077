"""What runs on the machines of a Ray cluster: one reader, and the judges. Nothing here needs Ray itself.

What goes from the reader to a worker, and from there to the run, is a parcel; results themselves go by way of shards.
"""

from __future__ import annotations

import os
import pickle
import socket
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from mtqc.batch import feeding
from mtqc.batch.feeding import CHUNK, Files, Input, Numbered, Queue, Seen
from mtqc.batch.judging import Job, unread
from mtqc.batch.model import Judged, Task
from mtqc.batch.results import Results
from mtqc.batch.runner import AHEAD, FINER, LEAST, Origin
from mtqc.batch.shards import TRIED, Shards, name_of
from mtqc.batch.workers import MakeJudge
from mtqc.errors import InputError, ModelError, MtqcError

COLUMN = "parcel"
ALONE = 2
"""Times that an article is tried alone after its chunk ended a worker: machines of a cluster go away for other reasons
too, and taking one away twice should not cost an article."""
_DIGEST = 16
READING = "reading"
"""File to which the reader adds a line each time it begins: more than one, and the run looks whether all is there."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """Tasks to be judged, or the shard where their results are, and what else the run must hear.

    `seen`: files that were read; `passed`: articles that were done before; `end`: in the last parcel, the number after
    that of the last article; `broken`: why the input ends there too early; `fatal`: why no article can be judged;
    `given_up`: how many ended their worker each time.
    """

    tasks: tuple[Task, ...] = ()
    shard: str = ""
    origin: Origin = "judged"
    seen: tuple[Seen, ...] = ()
    passed: int = 0
    end: int | None = None
    broken: MtqcError | None = None
    fatal: MtqcError | None = None
    given_up: int = 0
    warnings: tuple[str, ...] = ()


def table(parcels: Iterable[Parcel]) -> pa.Table:
    """As Ray passes them on."""
    return pa.table({COLUMN: pa.array([pickle.dumps(p) for p in parcels], pa.binary())})


def opened(data: bytes) -> Parcel:
    """The parcel that was packed."""
    parcel: Parcel = pickle.loads(data)
    return parcel


@dataclass(frozen=True, slots=True)
class Held:
    """What was done when the run began: 16 bytes an article, whatever its number, in order of number."""

    digests: bytes

    @classmethod
    def of(cls, keys: Iterable[tuple[int, str]]) -> Held:
        """Of the numbers and keys of what is done."""
        data = bytearray()
        for number, key in keys:
            data.extend(bytes(max(0, _DIGEST * (number + 1) - len(data))))
            data[_DIGEST * number : _DIGEST * (number + 1)] = bytes.fromhex(key)[:_DIGEST]
        return cls(bytes(data))

    def __call__(self, number: int, key: str, id: str) -> bool:  # noqa: ARG002 -- the key is of the id too
        """Whether this article is done."""
        return self.digests[_DIGEST * number : _DIGEST * (number + 1)] == bytes.fromhex(key)[:_DIGEST]


@dataclass
class Reader:
    """Reads the input, from its first article to its last, and packs what is not done. It can be pickled.

    Ray begins a reader anew where its process was killed, and passes over as many parcels as had come before: the same
    input gives the same parcels, unless `results` has changed, and for that there is the file READING.
    """

    given: Input
    salt: str
    held: Held
    shards: Shards
    jobs: int
    results: Path | None = None
    chunk: int = CHUNK
    _files: Files = field(default_factory=Files, init=False)
    _seen: list[Seen] = field(default_factory=list, init=False)
    _passed: int = field(default=0, init=False)
    _end: int = field(default=0, init=False)
    _read_all: bool = field(default=False, init=False)
    _broken: MtqcError | None = field(default=None, init=False)

    def parcels(self) -> Iterator[Parcel]:
        """All of them, the last one with what came after the last task."""
        note(self.shards.folder / READING, "begun")
        cache = Results.at(self.results) if self.results else None
        queue = Queue()
        tasks = feeding.tasks(self._entries(), self.salt, self._done)
        while not self._read_all:
            yield from self._read(tasks, queue, cache)
            while queue.weight > AHEAD * self.chunk * self.jobs:
                yield self._parcel(tasks=queue.take(self.chunk))
        while queue.tasks:
            size = min(self.chunk, max(LEAST, queue.weight // (FINER * self.jobs)))
            yield self._parcel(tasks=queue.take(size))
        yield self._parcel(end=self._end, broken=self._broken, warnings=cache.warnings if cache else ())

    def _read(self, tasks: Iterator[Task | Judged], queue: Queue, cache: Results | None) -> Iterator[Parcel]:
        """About a chunk more; parcels of what needs no worker."""
        some = list(self._some(tasks))
        found = [t for t in some if isinstance(t, Task)]
        known = cache.get(found) if cache else [None] * len(found)
        for task, result in zip(found, known, strict=True):
            if result is None:
                queue.put(task)
        yield from self._written([j for j in some if isinstance(j, Judged)], "judged")
        yield from self._written([j for j in known if j], "cache")

    def _written(self, judged: list[Judged], origin: Origin) -> Iterator[Parcel]:
        if judged:
            name = name_of(judged)
            self.shards.write(name, judged)
            yield self._parcel(shard=name, origin=origin)

    def _some(self, tasks: Iterator[Task | Judged]) -> Iterator[Task | Judged]:
        left = self.chunk
        while left > 0:
            try:
                item = next(tasks)
            except StopIteration:
                self._read_all = True
                return
            except MtqcError as error:
                self._read_all, self._broken = True, error
                return
            yield item
            left -= feeding.weight(item) if isinstance(item, Task) else feeding.EACH

    def _entries(self) -> Iterator[Numbered]:
        for number, read in self.given.entries():
            self._end = number + 1
            if not isinstance(read, tuple):
                self._seen.extend(self._files.of(read))
            yield number, read

    def _done(self, number: int, key: str, id: str) -> bool:
        done = self.held(number, key, id)
        self._passed += done
        return done

    def _parcel(self, **told: Any) -> Parcel:
        parcel = Parcel(seen=tuple(self._seen), passed=self._passed, **told)
        self._seen, self._passed = [], 0
        return parcel


class Actor:
    """The worker: one judge, with its models, for as long as the run lasts. Ray Data calls it with parcels.

    It raises nothing: what goes wrong goes back in the parcel, in one sentence.
    """

    def __init__(self, place: str, job: Job, salt: str, shards: Shards, make: MakeJudge) -> None:
        """`place`: the folder that relative paths of the job count from, where it is here too."""
        if Path(place).is_dir():
            os.chdir(place)
        self.judge = make(job)
        self.salt = salt
        self.shards = shards

    def __call__(self, parcels: pa.Table) -> pa.Table:
        """Each parcel with the name of the shard in place of the tasks."""
        return table(self._answer(opened(data)) for data in parcels[COLUMN].to_pylist())

    def _answer(self, parcel: Parcel) -> Parcel:
        if not parcel.tasks:
            return parcel
        try:
            return replace(self._judged(parcel.tasks), seen=parcel.seen, passed=parcel.passed)
        except MtqcError as error:
            return replace(parcel, tasks=(), fatal=error)
        except OSError as error:
            message = f"{socket.gethostname()} cannot write into {self.shards.folder} ({error.strerror or error})."
            hint = "Make room, or mend the share; then go on with --resume."
            return replace(parcel, tasks=(), fatal=InputError(message, hint=hint))
        except MemoryError:
            os._exit(1)  # as if it had been killed: Ray starts another, and that one tries each article alone

    def _judged(self, tasks: tuple[Task, ...]) -> Parcel:
        """The shard, which may be there already: Ray calls again where an answer was lost on its way."""
        name = name_of(tasks)
        if name in self.shards:
            return Parcel(shard=name)
        self._agree()
        trial = Trial(self.shards.folder / f"{name}{TRIED}")
        judged = self._alone(tasks, trial) if trial.before else self._together(tasks, trial)
        self.shards.write(name, judged)
        trial.end()
        given_up = sum(trial.ended(t) >= ALONE for t in tasks)
        return Parcel(shard=name, given_up=given_up, warnings=(*self.judge.warnings, *trial.told(tasks)))

    def _agree(self) -> None:
        if self.judge.salt != self.salt:
            raise ModelError(
                f"{socket.gethostname()} would judge in another way than this machine: its mtqc or its models differ.",
                hint="Install the same mtqc with the same extras on all machines, and the same models.",
            )

    def _together(self, tasks: tuple[Task, ...], trial: Trial) -> list[Judged]:
        trial.note("together")
        return self.judge(tasks)

    def _alone(self, tasks: tuple[Task, ...], trial: Trial) -> list[Judged]:
        """After a worker has ended over them: one by one, without those that ended one each time."""
        judged = []
        for task in tasks:
            ended = trial.ended(task)
            if ended < ALONE:
                trial.note(f"begin {task.number}")
                judged += self.judge([task])
                trial.note(f"end {task.number}")
            else:
                why = (
                    f"Not judged: its worker process ended {ended + 1} times, {ended} of them with this article alone."
                )
                judged.append(unread(task, why))
        return judged


class Trial:
    """What was tried with a chunk, in a file beside its shard: the next worker finds there over what this one ended."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.before = path.read_text().splitlines() if path.exists() else []

    def note(self, line: str) -> None:
        """Add a line, for good when this returns."""
        note(self.path, line)

    def ended(self, task: Task) -> int:
        """How many workers ended while they were at this article alone."""
        return self.before.count(f"begin {task.number}") - self.before.count(f"end {task.number}")

    def told(self, tasks: tuple[Task, ...]) -> Iterator[str]:
        """What the user hears of it."""
        if self.before:
            some = f"{len(tasks)} articles" if len(tasks) > 1 else tasks[0].pair.id
            yield f"A worker process ended while it judged {some}: tried again one by one."

    def end(self) -> None:
        """The chunk is judged."""
        self.path.unlink(missing_ok=True)


def note(path: Path, line: str) -> None:
    """Add a line to a file, for good when this returns."""
    with path.open("a") as file:
        file.write(f"{line}\n")
        file.flush()
        os.fsync(file.fileno())
