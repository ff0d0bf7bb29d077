"""Judges that meet with accidents, and a run folder in memory: for tests of what carries them."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from mtqc.batch.judging import Judge
from mtqc.model import ArticlePair, Document

EN = "The mayor of {0} resigned on Monday.\nIt will cost 1,500 dollars.\n"
FR = "Le maire de {0} a démissionné lundi.\nCela coûtera 1 500 dollars.\n"


def pair(name: str, extra: str = "") -> ArticlePair:
    return ArticlePair(
        name,
        Document(EN.format(name) + extra, "en", f"{name}.en.txt"),
        Document(FR.format(name), "fr", f"{name}.fr.txt"),
    )


def numbered(count: int, **extra: str):
    """So many articles `a0`, `a1`, …; `extra`: text added to the original of one, by its id."""
    return [(n, pair(f"a{n}", extra.get(f"a{n}", ""))) for n in range(count)]


class Accident(Judge):
    """Does what an article's text says: KILL, GROW or WAIT."""

    def __call__(self, tasks):
        for task in tasks:
            text = task.pair.source.text
            if "KILL" in text:
                os.kill(os.getpid(), signal.SIGKILL)
            if "GROW" in text:
                held = []
                while True:
                    held.append(bytearray(b"x" * (16 << 20)))
            if "WAIT" in text:
                time.sleep(3600)
        return super().__call__(tasks)


class KilledOnce(Judge):
    """The article OMEN ends the first worker that meets it, and is judged by the second."""

    def __call__(self, tasks):
        for task in tasks:
            if "OMEN" in task.pair.source.text and not Path(task.pair.target.path).exists():
                Path(task.pair.target.path).touch()
                os.kill(os.getpid(), signal.SIGKILL)
        return super().__call__(tasks)


class Large(Judge):
    """Holds more than there is room for after every chunk, and says in which process it was."""

    def __call__(self, tasks):
        self.held = b"x" * (860 << 20)
        return super().__call__(tasks)


class Unborn(Judge):
    """Ends before its first word."""

    def __init__(self, job):
        if os.environ.get("MTQC_TEST_UNBORN") != str(os.getpid()):
            os._exit(5)
        super().__init__(job)


class Folder:
    """A run folder in memory."""

    def __init__(self, kept=()):
        self.kept = {j.number: j for j in kept}
        self.times = dict.fromkeys(self.kept, 1)
        self.files = []

    def done(self, number, key, id):
        found = self.kept.get(number)
        return bool(found and found.key and (found.key, found.id) == (key, id))

    def keep(self, judged):
        for j in judged:
            self.kept[j.number] = j
            self.times[j.number] = self.times.get(j.number, 0) + 1

    def saw(self, path, size, mtime_ns):
        self.files.append((path, size, mtime_ns))


class Watching:
    """Progress that remembers."""

    def __init__(self, when_kept=None):
        self.origins, self.earlier, self.warnings = {}, 0, []
        self.when_kept = when_kept

    def kept(self, judged, origin):
        self.origins |= {j.id: origin for j in judged}
        if self.when_kept:
            self.when_kept(judged)

    def passed(self, number):
        self.earlier += number

    def warn(self, text):
        self.warnings.append(text)
