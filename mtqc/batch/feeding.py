"""From the input to tasks, one at a time: numbered, without those that are done, gathered into chunks."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from itertools import chain, islice
from pathlib import Path

from mtqc.batch import matching
from mtqc.batch.judging import key
from mtqc.batch.matching import Back, Pairing
from mtqc.batch.model import Judged, Task
from mtqc.errors import InputError
from mtqc.model import ArticlePair
from mtqc.source import Read
from mtqc.source.articles import unjudged
from mtqc.source.folders import ENGLISH_TO_FRENCH, Langs
from mtqc.source.stream import Reading, stream

Numbered = tuple[int, Read]
Done = Callable[[int, str, str], bool]
"""Whether the article of this number, key and id is in the run folder already."""
CHUNK = 100_000
"""Characters, of both sides, that a worker gets at once: about 400 pairs of sentences of news. Measured: translating
1,000 sentences takes 10.0 s of processor time in chunks of 120 pairs and 7.8 s in one of all; what is lost when a run
is stopped is the chunks at work, half a minute each.
"""
EACH = 300
"""Characters that an article counts for beside its own: it has a page and rows, however short it is."""


@dataclass(frozen=True, slots=True)
class Input:
    """What is read, and how. `shard` (i, n), i from 1: only every n-th article, from the i-th on.

    Numbers are those of the whole input, so that the shards' results go together by number.
    """

    source: Path | None
    target: Path | None = None
    langs: Langs = ENGLISH_TO_FRENCH
    reading: Reading = field(default_factory=Reading)
    shard: tuple[int, int] = (1, 1)
    pairs: tuple[Pairing, ...] | None = None
    """Which files belong together, where that was found out by content."""

    @property
    def told(self) -> tuple[str, ...]:
        """The paths and how they are read, as a run folder remembers them: it goes on with the same only."""
        paths = [self.source, self.target, self.reading.manifest]
        named = [str(p) for p in paths if p is not None]
        columns = [f"{name}={value}" for name, value in asdict(self.reading.columns).items() if value]
        return (*named, *columns, *(["match=content"] if self.reading.match == "content" else []))

    def paired(self, back: Back | None = None) -> Input:
        """The same, with its pairs where they are to be found by content; see mtqc.batch.matching.

        Raises InputError where there are no two folders.
        """
        if self.reading.match == "name" or self.pairs is not None:
            return self
        if self.reading.manifest is not None or self.source is None:
            raise InputError("A manifest says what belongs together.", hint="Leave out --match content.")
        return replace(self, pairs=matching.pairings(self.source, self.target, self.langs, back))

    def entries(self) -> Iterator[Numbered]:
        """The articles, or why one cannot be read, by number. Raises InputError as mtqc.source.stream says.

        Their languages are left to whoever judges them: that takes longer than all the rest of reading.
        """
        part, parts = self.shard
        given = self.paired()
        if given.pairs is None:
            read = stream(self.source, self.target, self.langs, replace(self.reading, languages=False))
        else:
            read = matching.read(given.pairs, self.langs, unjudged)
        return (entry for entry in enumerate(read) if entry[0] % parts == part - 1)


def begun(entries: Iterator[Numbered]) -> Iterator[Numbered]:
    """The same entries, the first one read by now: what is wrong with the input as a whole is raised here."""
    return chain(list(islice(entries, 1)), entries)


def tasks(entries: Iterable[Numbered], salt: str, done: Done) -> Iterator[Task | Judged]:
    """A task for each article that is not done; of what could not be read, the result that says so."""
    for number, read in entries:
        if isinstance(read, tuple):
            yield Judged(number, "", read[0], "unread", str(read[1]))
        elif not done(number, digest := key(read, salt), read.id):
            yield Task(number, digest, read)


def weight(task: Task) -> int:
    """Its characters, of both sides, and what an article costs that has none."""
    return EACH + len(task.pair.source.text) + len(task.pair.target.text)


def chunks(of: Iterable[Task], most: int = CHUNK) -> Iterator[tuple[Task, ...]]:
    """The tasks in order, in chunks of at most so many characters, or of one article that has more."""
    queue = Queue()
    for task in of:
        if queue.tasks and queue.weight + weight(task) > most:
            yield queue.take(most)
        queue.put(task)
    if queue.tasks:
        yield queue.take(most)


@dataclass
class Queue:
    """Tasks that wait, and their characters."""

    tasks: deque[Task] = field(default_factory=deque)
    weight: int = 0

    def put(self, task: Task) -> None:
        """At the end."""
        self.tasks.append(task)
        self.weight += weight(task)

    def take(self, most: int) -> tuple[Task, ...]:
        """The first ones: as many as have `most` characters together, one at least."""
        taken: list[Task] = []
        left = most
        while self.tasks and (not taken or weight(self.tasks[0]) <= left):
            taken.append(self.tasks.popleft())
            left -= weight(taken[-1])
        self.weight -= most - left
        return tuple(taken)


Seen = tuple[str, int, int]
"""A file as it was when it was read: path, bytes, time of its last change in nanoseconds."""


@dataclass
class Files:
    """Which files articles came from. The last few are remembered: those of a table come from the same one."""

    most: int = 64
    _known: OrderedDict[str, None] = field(default_factory=OrderedDict)

    def of(self, pair: ArticlePair) -> Iterator[Seen]:
        """Those of this article that were not told just before."""
        for path in (pair.source.path, pair.target.path):
            if path and path not in self._known and (found := _stat(Path(path))):
                yield found
            self._known[path] = None
            if len(self._known) > self.most:
                self._known.popitem(last=False)


def _stat(path: Path) -> Seen | None:
    """Of the file, or of the archive that it lies in."""
    for place in (path, *path.parents):
        try:
            if place.is_file():
                told = place.stat()
                return str(place), told.st_size, told.st_mtime_ns
        except (OSError, ValueError):
            return None
    return None


def changed(seen: Iterable[Seen]) -> Iterator[str]:
    """Paths of the files that are no longer as they were."""
    for was in seen:
        if _stat(Path(was[0])) != was:
            yield was[0]
