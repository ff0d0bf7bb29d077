"""What `mtqc batch` shows: how far it is while it runs, and what came of it."""

from __future__ import annotations

import importlib.util
import os
import sys
import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import typer

from mtqc.cli.common import warn
from mtqc.errors import UsageError

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.table import Table
    from rich.text import Text

    from mtqc.batch.counting import Counter
    from mtqc.batch.feeding import Input
    from mtqc.batch.finish import Summary
    from mtqc.batch.model import Judged
    from mtqc.batch.runner import Origin

SHOWN = 5
"""Articles that could not be judged, named on the screen; the run folder has them all."""
REASON = 160
"""Characters of a reason that the screen shows."""
EVERY_SECONDS = 60
"""Between two lines of progress where standard error is no terminal."""


class Watch:
    """The run's Progress, on standard error: a bar on a terminal, else a line a minute."""

    def __init__(self, given: Input) -> None:
        self.articles = self.sentences = self.cached = self.earlier = 0
        self._given = given
        self._begun = self._spoke = time.monotonic()
        self._bar: Bar | None = None
        self._counter: Counter | None = None

    def __enter__(self) -> Watch:
        if sys.stderr.isatty():
            self._bar = _bar()
            self._bar.start()
            self._task = self._bar.add_task("articles", total=None, rate="")
            if self._given.reading.match == "name":  # by content, the matching itself would be done twice
                from mtqc.batch.counting import Counter

                self._counter = Counter(self._given)
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.stop()
        if self._counter:
            self._counter.end()

    def kept(self, judged: Sequence[Judged], origin: Origin) -> None:
        """These results are in the folder now."""
        self.articles += len(judged)
        if origin == "cache":
            self.cached += len(judged)
        else:
            self.sentences += sum(j.tally.sentences for j in judged if j.tally)
        self._show()

    def passed(self, number: int) -> None:
        """So many articles more are in the folder from an earlier run."""
        self.articles += number
        self.earlier += number
        if self.earlier % 100 == 0:
            self._show()

    def stage(self, name: str) -> None:
        """What is done now is called this."""
        if self._bar:
            self._bar.update(self._task, description=name)

    def warn(self, text: str) -> None:
        """On a line of its own."""
        warn(text)

    def _show(self) -> None:
        now = time.monotonic()
        rate = self.sentences / (now - self._begun)
        if self._bar:
            total = self._counter.total if self._counter else None
            self._bar.update(self._task, completed=self.articles, total=total, rate=f"{rate:,.1f} sentences/s")
        elif now - self._spoke > EVERY_SECONDS:
            self._spoke = now
            said = f"{self.articles:,} articles; {self.sentences:,} sentences judged, {rate:,.1f} a second"
            typer.echo(f"mtqc: {said}", err=True)


def _bar() -> Bar:
    from rich import progress
    from rich.console import Console

    return progress.Progress(
        progress.TextColumn("{task.description}"),
        progress.BarColumn(),
        progress.MofNCompleteColumn(),
        progress.TextColumn("{task.fields[rate]}"),
        progress.TimeElapsedColumn(),
        progress.TextColumn("left"),
        progress.TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )


def need_pyarrow(command: str) -> None:
    """Raises UsageError where what the run folder's tables are written with is not installed."""
    if importlib.util.find_spec("pyarrow") is None:
        raise UsageError(
            f"{command} writes Parquet tables, and pyarrow is not installed.",
            hint="Install the extra: pip install 'mtqc[batch]'.",
        )


def show(summary: Summary, watch: Watch | None = None) -> None:
    """What came of it, on standard output: figures, the worst articles, what could not be judged, where to look."""
    from rich.console import Console

    console = Console(highlight=False, soft_wrap=True, no_color=bool(os.environ.get("NO_COLOR")))
    for line in _lines(summary, watch):
        console.print(line)


def _lines(summary: Summary, watch: Watch | None) -> Iterator[Text | Table]:
    from rich.text import Text

    from mtqc.report.sheet import STYLES

    figures = [_number(summary.articles, "article"), _number(summary.sentences, "sentence pair")]
    yield Text(", ".join([*figures, _number(summary.words, "word")]) + (_origin(watch) if watch else ""))
    found = [(f"{n:,} {s.label}", STYLES[s] if n else "") for s, n in summary.findings.items() if n or s.value]
    yield Text.assemble("findings: ", *(part for f in found for part in (f, ", ")))[:-2]
    if summary.worst:
        yield Text()
        yield _worst(summary)
    for name, number, some in (
        ("NOT JUDGED", summary.unread, summary.first_unread),
        ("IN PART", summary.incomplete, summary.first_incomplete),
    ):
        yield from _reasons(name, number, some)
    yield from (Text(f"CHANGED DURING THE RUN  {path}", style="bold red") for path in summary.changed[:SHOWN])
    yield Text()
    yield Text(_end(summary))


def _number(count: int, what: str) -> str:
    return f"{count:,} {what}{'s' * (count != 1)}"


def _origin(watch: Watch) -> str:
    told = [(watch.earlier, "judged before"), (watch.cached, "unchanged, from the cache")]
    said = [f"{n:,} {what}" for n, what in told if n]
    return f" ({', '.join(said)})" if said else ""


def _worst(summary: Summary) -> Table:
    from rich.markup import escape
    from rich.table import Table

    from mtqc.model import Severity
    from mtqc.report.sheet import STYLES

    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("worst articles", overflow="fold")
    table.add_column("quality", justify="right")
    shown = [s for s in sorted(Severity, reverse=True) if s.value]
    for severity in shown:
        table.add_column(severity.label, justify="right", style=STYLES[severity])
    for name, tally, _ in summary.worst:
        quality = "–" if tally.quality is None else f"{tally.quality:.0f}"
        table.add_row(escape(name), quality, *(str(tally.findings.get(s, 0) or "") for s in shown))
    return table


def _reasons(what: str, number: int, some: Sequence[tuple[str, str]]) -> Iterator[Text]:
    from rich.text import Text

    from mtqc.report.columns import flat

    if number:
        yield Text()
    for name, why in some[:SHOWN]:
        yield Text(f"{what}  {flat(name)}: {_short(flat(why))}", style="bold red")
    if number > SHOWN:
        yield Text(f"and {number - SHOWN:,} more; mtqc.log in the run folder has them all", style="bold red")


def _short(why: str) -> str:
    return why if len(why) <= REASON else why[: REASON - 1].rstrip() + "…"


def _end(summary: Summary) -> str:
    whole = "Everything was judged." if summary.complete else "Not everything could be judged."
    return f"{whole} Open {summary.index}"
