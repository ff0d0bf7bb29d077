"""`mtqc batch`: a whole corpus, into a run folder."""

from __future__ import annotations

import shlex
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, cast

import typer

from mtqc.cli import batch_screen as screen
from mtqc.cli.options import Judging, LangOption, TargetArgument, expanded
from mtqc.cli.showing import language
from mtqc.errors import NOT_JUDGED, UsageError

if TYPE_CHECKING:
    from mtqc.batch.conduct import Means
    from mtqc.batch.feeding import Input
    from mtqc.batch.finish import Summary
    from mtqc.batch.judging import Job
    from mtqc.config import Settings

ENGINES = ("local", "ray")
MATCHES = ("name", "content")


@dataclass(frozen=True, slots=True)
class Corpus:
    """How the corpus is read."""

    manifest: Annotated[
        Path | None,
        typer.Option(
            "--manifest",
            help="In place of SOURCE and TARGET: CSV, TSV or JSON Lines that names the files of each pair.",
        ),
    ] = None
    source_column: Annotated[
        str, typer.Option("--source-column", help="Column of the originals, nested as a.b (default: the usual names).")
    ] = ""
    target_column: Annotated[str, typer.Option("--target-column", help="Column of the translations.")] = ""
    article_column: Annotated[
        str, typer.Option("--article-column", help="Column that says which rows make an article; - for none.")
    ] = ""
    date_column: Annotated[str, typer.Option("--date-column", help="Column of the articles' dates.")] = ""
    match: Annotated[
        str, typer.Option("--match", help="What belongs together in two folders: by name (default) or by content.")
    ] = "name"
    shard: Annotated[
        str, typer.Option("--shard", help="i/n: only every n-th article, from the i-th on; mtqc merge joins the runs.")
    ] = "1/1"


@dataclass(frozen=True, slots=True)
class Machine:
    """Where and on how much of it the work is done."""

    jobs: Annotated[int, typer.Option("--jobs", "-j", min=0, help="Worker processes; 0: one a core.")] = 0
    max_memory: Annotated[
        str, typer.Option("--max-memory", help="Memory that the run may take in all: 4G, 800M (default: no limit).")
    ] = ""
    engine: Annotated[str, typer.Option("--engine", help="local (this machine) or ray (a Ray cluster).")] = "local"
    address: Annotated[str, typer.Option("--address", help="The Ray cluster's address (default: RAY_ADDRESS).")] = ""


@expanded
def batch(
    corpus: Corpus,
    judging: Judging,
    machine: Machine,
    output: Annotated[Path, typer.Option("--output", "-o", help="The run folder.", show_default=False)],
    source: Annotated[
        Path | None, typer.Argument(help="Originals: a folder, or a file or archive of pairs.", show_default=False)
    ] = None,
    target: TargetArgument = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with a run that did not come to its end.")] = False,
    lang: LangOption = None,
) -> None:
    """Check a whole corpus: in parallel, in constant memory, into a folder that survives whatever happens."""
    screen.need_pyarrow("mtqc batch")
    chosen = judging.settings()
    given, means = _input(corpus, source, target, chosen), _means(machine)
    job = _job(chosen, no_model=judging.no_model, lang=lang)
    with screen.Watch(given) as watch:
        summary = _run(given, output, job, means, watch, resume=resume)
    if summary is None:
        typer.echo(f"mtqc: stopped. {_kept(watch.articles)} Go on with:\n  {_again()}", err=True)
    else:
        screen.show(summary, watch)
    if summary is None or not summary.complete:
        raise typer.Exit(NOT_JUDGED)


def _input(corpus: Corpus, source: Path | None, target: Path | None, chosen: Settings) -> Input:
    from mtqc.batch.feeding import Input
    from mtqc.source.stream import Reading

    if corpus.match not in MATCHES:
        raise UsageError(f"--match {corpus.match}: not known.", hint=f"Known: {', '.join(MATCHES)}.")
    columns = corpus.source_column, corpus.target_column, corpus.article_column, corpus.date_column
    reading = Reading(corpus.manifest, *columns, match=cast(Literal["name", "content"], corpus.match))
    return Input(source, target, chosen.langs, reading, _shard(corpus.shard))


def _shard(text: str) -> tuple[int, int]:
    part, slash, parts = text.partition("/")
    if slash and part.isdecimal() and parts.isdecimal() and 1 <= int(part) <= int(parts):
        return int(part), int(parts)
    raise UsageError(f"--shard {text}: that is no part of a whole.", hint="The first of four is 1/4, the last 4/4.")


def _means(machine: Machine) -> Means:
    from mtqc.batch.conduct import Means
    from mtqc.batch.memory import parsed

    if machine.engine not in ENGINES:
        hint = f"Known: {', '.join(ENGINES)}. The Marian engine is a key of the configuration: engine."
        raise UsageError(f"--engine {machine.engine}: not known.", hint=hint)
    if machine.address and machine.engine != "ray":
        raise UsageError("--address does nothing without --engine ray.", hint="Add --engine ray, or leave it out.")
    if machine.max_memory and machine.engine == "ray":
        raise UsageError("--max-memory does nothing with --engine ray.", hint="Ray has limits of its own.")
    most = parsed(machine.max_memory) if machine.max_memory else None
    return Means(machine.jobs, most, cast(Literal["local", "ray"], machine.engine), machine.address)


def _job(chosen: Settings, *, no_model: bool, lang: str | None) -> Job:
    from mtqc.batch.judging import Job

    return Job(chosen, no_model, language(lang or chosen.interface))


def _run(given: Input, output: Path, job: Job, means: Means, watch: screen.Watch, *, resume: bool) -> Summary | None:
    """What came of the run; None where somebody stopped it."""
    from mtqc.batch.conduct import conduct
    from mtqc.batch.runner import Interrupted

    try:
        return conduct(given, output, job, means, watch, resume=resume)
    except (Interrupted, KeyboardInterrupt):
        return None


def _kept(articles: int) -> str:
    return f"What was judged is kept ({articles:,} article{'s' * (articles != 1)})."


def _again() -> str:
    """The command that goes on."""
    words = ["mtqc", *sys.argv[1:]]
    return shlex.join(words if "--resume" in words else [*words, "--resume"])
