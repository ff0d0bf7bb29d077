"""One machine: this process reads and keeps, worker processes judge, and never more waits than they need.

Reading, judging and keeping overlap: while the workers judge, the next chunks are read and the last results written.
"""

from __future__ import annotations

import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection, wait
from types import FrameType
from typing import Literal, Protocol, cast

from mtqc.batch import feeding
from mtqc.batch.feeding import CHUNK, Files, Numbered, Queue
from mtqc.batch.judging import Job, Judge, unread
from mtqc.batch.memory import Share, share
from mtqc.batch.model import Judged, Task
from mtqc.batch.results import Results
from mtqc.batch.workers import Answer, Died, MakeJudge, Worker
from mtqc.errors import ModelError, MtqcError
from mtqc.translate.batching import cores

AHEAD = 2
"""Chunks a worker that are read before they are asked for."""
FINER = 4
"""Chunks a worker into which what is left at the end of the input is cut, so that none waits long for the last."""
LEAST = 4_000
"""But no chunk is made smaller, in characters: it is one article."""
HOPELESS = 3
"""Articles given up, before any was judged, that end the run: it is not the articles."""
_SECONDS = 0.2
"""Until a wait looks whether somebody pressed Ctrl-C."""
Origin = Literal["judged", "cache"]


class Folder(Protocol):
    """What a run needs of its folder; see mtqc.batch.folder."""

    def done(self, number: int, key: str, id: str) -> bool:
        """Whether that article's result is in it, made from the same."""
        ...

    def keep(self, judged: Sequence[Judged]) -> None:
        """Keep results, for good when this returns."""
        ...

    def saw(self, path: str, size: int, mtime_ns: int) -> None:
        """Remember a file as it was when it was read."""
        ...


class Progress(Protocol):
    """Whoever watches."""

    def kept(self, judged: Sequence[Judged], origin: Origin) -> None:
        """These results are in the folder now."""
        ...

    def passed(self, number: int) -> None:
        """So many articles more are in the folder from an earlier run."""
        ...

    def warn(self, text: str) -> None:
        """Something that the user should hear of, once."""
        ...


class Interrupted(Exception):  # noqa: N818 -- no error
    """Somebody asked the run to stop; what is kept is kept."""


def run(
    entries: Iterator[Numbered],
    folder: Folder,
    job: Job,
    progress: Progress,
    *,
    jobs: int = 0,
    max_memory: int | None = None,
    results: Results | None = None,
    make: MakeJudge = Judge,
) -> None:
    """Judge what is not in the folder yet, and keep it there. `jobs` 0: one worker process a core.

    `results`: where finished articles are looked up first; None: nowhere. `make`: what judges in a worker.

    Raises Interrupted after Ctrl-C or SIGTERM, ModelError where a model cannot be had, UsageError where the memory is
    too little, and what the folder raises where it cannot be written. What was kept until then stays.
    """
    salt = make(job).salt
    asked = jobs or cores(job.settings.threads)
    given = share(max_memory, asked)
    if given.jobs < asked:
        progress.warn(f"--max-memory leaves room for {given.jobs} of {asked} worker processes.")
    threads = max(1, cores(job.settings.threads) // given.jobs)
    own = replace(job, settings=replace(job.settings, threads=threads))
    with _stoppable() as stop:
        loop = _Loop(folder, progress, results, given, lambda: Worker(own, given.most, make), stop)
        try:
            loop.run(entries, salt)
        finally:
            loop.end()


@dataclass
class _Loop:
    folder: Folder
    progress: Progress
    results: Results | None
    share: Share
    start: Callable[[], Worker]
    stop: threading.Event
    queue: Queue = field(default_factory=Queue)
    again: deque[Task] = field(default_factory=deque)
    crew: list[Worker] = field(default_factory=list)
    files: Files = field(default_factory=Files)
    judged: int = 0
    given_up: int = 0
    read_all: bool = False
    broken: MtqcError | None = None

    def run(self, entries: Iterator[Numbered], salt: str) -> None:
        """Until everything is judged and kept. An input that breaks off is judged so far, then its error raised."""
        tasks = feeding.tasks(self._noted(entries), salt, self._done)
        while not self.stop.is_set():
            reading = not self.read_all and self.queue.weight < AHEAD * CHUNK * self.share.jobs
            if reading:
                self._read(tasks)
            if self.crew or not reading:
                self._hand_out()
            if not reading and not self._at_work:
                break
            self._collect(0 if reading else _SECONDS)
        if self.stop.is_set():
            raise Interrupted
        if self.broken:
            raise self.broken

    def end(self) -> None:
        """Let the workers go."""
        for worker in self.crew:
            worker.end()

    def _noted(self, entries: Iterator[Numbered]) -> Iterator[Numbered]:
        for number, read in entries:
            if not isinstance(read, tuple):
                for seen in self.files.of(read):
                    self.folder.saw(*seen)
            yield number, read

    def _done(self, number: int, key: str, id: str) -> bool:
        if self.stop.is_set():  # a run that goes on may pass over a million articles before it finds one to judge
            raise Interrupted
        done = self.folder.done(number, key, id)
        if done:
            self.progress.passed(1)
        return done

    def _read(self, tasks: Iterator[Task | Judged]) -> None:
        """About a chunk more of the input."""
        found: list[Task] = []
        bad: list[Judged] = []
        for item in self._some(tasks):
            (found if isinstance(item, Task) else bad).append(item)  # type: ignore[arg-type]
        self._keep(bad, "judged")
        held = self.results.get(found) if self.results else [None] * len(found)
        self._keep([j for j in held if j], "cache")
        for task, known in zip(found, held, strict=True):
            if known is None:
                self.queue.put(task)

    def _some(self, tasks: Iterator[Task | Judged]) -> Iterator[Task | Judged]:
        left = CHUNK
        while left > 0:
            try:
                item = next(tasks)
            except StopIteration:
                self.read_all = True
                return
            except MtqcError as error:
                self.read_all, self.broken = True, error
                return
            yield item
            left -= feeding.weight(item) if isinstance(item, Task) else feeding.EACH

    @property
    def _at_work(self) -> bool:
        return bool(self.queue.tasks or self.again or any(w.busy for w in self.crew))

    def _hand_out(self) -> None:
        """A chunk for each worker that has none; as many workers as there are chunks."""
        idle = [w for w in self.crew if w.ready and not w.busy]
        while idle and (self.again or self.queue.tasks):
            worker = idle.pop()
            again = bool(self.again)
            tasks = (self.again.popleft(),) if again else self.queue.take(self._size())
            try:
                worker.give(tasks, again)
            except Died as error:
                self._lost(worker, error)
        coming = sum(not w.ready for w in self.crew)
        while coming * self._size() < self.queue.weight + len(self.again) and len(self.crew) < self.share.jobs:
            self.crew.append(self.start())
            coming += 1

    def _size(self) -> int:
        if not self.read_all:
            return CHUNK
        return max(LEAST, min(CHUNK, self.queue.weight // (FINER * self.share.jobs)))

    def _collect(self, seconds: float) -> None:
        """Take the answers that are there; where there is none, wait so long for one."""
        due = {w.connection: w for w in self.crew if w.busy or not w.ready}
        for connection in wait(list(due), seconds) if due else []:
            worker = due[cast(Connection, connection)]
            if worker not in self.crew:  # it ended while another one's answer was taken
                continue
            try:
                answer = worker.take()
            except Died as error:
                self._lost(worker, error)
            else:
                self._took(worker, answer)

    def _took(self, worker: Worker, answer: Answer) -> None:
        self.judged += len(answer.judged)
        if self.share.enough is not None and answer.judged and answer.resident > self.share.enough:
            self.crew.remove(worker)
            worker.end()
        self._hand_out()  # before the results are written: nobody waits for the disk
        for text in answer.warnings:
            self.progress.warn(text)
        self._keep(answer.judged, "judged")

    def _lost(self, worker: Worker, error: Died) -> None:
        """A worker ended: its articles are tried once more, each alone, and given up then."""
        self.crew.remove(worker)
        worker.end()
        if not worker.ready:
            raise ModelError(
                f"A worker process ended before it began: {error}.",
                hint="Its own message, if it left one, stands above.",
            )
        if worker.again:
            self.given_up += 1
            if self.given_up >= HOPELESS and not self.judged:
                raise ModelError(
                    f"Each of the first {HOPELESS} articles ended its worker process: {error}.",
                    hint="Give more --max-memory or fewer --jobs; or a smaller model.",
                )
            why = f"Not judged: {error}, twice, and the second time with this article alone."
            self._keep([unread(t, why) for t in worker.tasks], "judged")
        else:
            self.again.extend(worker.tasks)

    def _keep(self, judged: Sequence[Judged], origin: Origin) -> None:
        if not judged:
            return
        self.folder.keep(judged)
        if self.results and origin == "judged":
            self.results.put(judged)
        self.progress.kept(judged, origin)


@contextmanager
def _stoppable() -> Iterator[threading.Event]:
    """An event that the first Ctrl-C or SIGTERM sets; the second is no longer caught."""
    stop = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def restore() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    def stopping(_number: int, _frame: FrameType | None) -> None:
        stop.set()
        restore()

    for number in before:
        signal.signal(number, stopping)
    try:
        yield stop
    finally:
        restore()
