"""Worker processes: each has a Judge of its own, gets a chunk, gives its results, and gets the next one."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection

from mtqc.batch import memory
from mtqc.batch.judging import Job, Judge
from mtqc.batch.model import Judged, Task
from mtqc.errors import MtqcError

MakeJudge = Callable[[Job], Judge]
"""Something that spawned processes can import; tests give their own."""
_PATIENCE = 5.0
"""Seconds that a worker gets to end when it is told to."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker says of a chunk. `resident`: bytes of memory that it holds then."""

    judged: Sequence[Judged]
    warnings: tuple[str, ...]
    resident: int


class Died(Exception):  # noqa: N818 -- what happened, not what went wrong here
    """A worker ended without an answer; the message says how."""


def work(connection: Connection, job: Job, most: int | None, make: MakeJudge) -> None:
    """The worker's life: until the connection ends. What concerns every article is sent as an error."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the run decides what ends when
    memory.guard(most)
    judge = make(job)
    tasks: Sequence[Task] = ()  # the first answer, to nothing, says that it is ready
    with suppress(EOFError, OSError):
        while True:
            connection.send(_answer(judge, tasks))
            tasks = connection.recv()


def _answer(judge: Judge, tasks: Sequence[Task]) -> Answer | MtqcError:
    try:
        return Answer(judge(tasks), judge.warnings, memory.resident())
    except MtqcError as error:
        return error
    except MemoryError:
        os._exit(memory.TOO_LARGE)


class Worker:
    """The run's end of a worker process. `ready`: its first answer, to nothing, has come; `tasks`: what it is at;
    `again`: it is at an article that ended a worker before.
    """

    def __init__(self, job: Job, most: int | None, make: MakeJudge = Judge) -> None:
        context = get_context("spawn")  # a fork would copy locks that a thread of the models holds
        self.tasks: Sequence[Task] = ()
        self.ready = self.again = False
        self.connection, theirs = context.Pipe()
        self._process = context.Process(target=work, args=(theirs, job, most, make), daemon=True)
        with _deaf(), _single():
            self._process.start()
        theirs.close()

    def give(self, tasks: Sequence[Task], again: bool = False) -> None:
        """Send it a chunk. Raises Died."""
        self.tasks, self.again = tasks, again
        try:
            self.connection.send(tasks)
        except OSError:
            raise Died(self._how()) from None

    def take(self) -> Answer:
        """Its answer; waits for it. Raises Died, and the MtqcError that concerns every article."""
        try:
            answer = self.connection.recv()
        except (EOFError, OSError):
            raise Died(self._how()) from None
        if isinstance(answer, MtqcError):
            raise answer
        self.ready, self.tasks = True, ()
        found: Answer = answer
        return found

    @property
    def busy(self) -> bool:
        """True while an answer is due."""
        return bool(self.tasks)

    def end(self) -> None:
        """Let it go; where it is at a chunk, that is lost."""
        self.connection.close()
        if self.busy:
            self._process.kill()
        self._process.join(_PATIENCE)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()

    def _how(self) -> str:
        self._process.join(_PATIENCE)
        code = self._process.exitcode
        if code == memory.TOO_LARGE:
            return "it takes more memory than there is for one worker process"
        if code is None or code >= 0:
            return f"the worker process ended with code {code}"
        name = signal.Signals(-code).name if -code in set(signal.Signals) else f"signal {-code}"
        return f"the worker process was ended by {name}" + (", as when memory runs out" if name == "SIGKILL" else "")


@contextmanager
def _deaf() -> Iterator[None]:
    """What is started meanwhile does not hear Ctrl-C, not even before its first line runs."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _single() -> Iterator[None]:
    """What is started meanwhile computes in one thread, unless the environment says otherwise.

    A worker's share of the cores goes to the models; numpy's own threads would only wait for each other, spinning.
    """
    absent = [name for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS") if name not in os.environ]
    os.environ.update(dict.fromkeys(absent, "1"))
    try:
        yield
    finally:
        for name in absent:
            os.environ.pop(name, None)
