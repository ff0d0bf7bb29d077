"""`mtqc check`: the main job."""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mtqc.cli.common import (
    BeamOption,
    ConfigOption,
    DeviceOption,
    EngineOption,
    ForwardModelOption,
    ModelOption,
    NoCacheOption,
    Options,
    SourceLangOption,
    TargetLangOption,
    ThreadsOption,
    models,
    progress,
    settings,
    warn,
    write,
)
from mtqc.errors import NOT_JUDGED, MtqcError, UsageError

if TYPE_CHECKING:
    from mtqc.config import Settings
    from mtqc.model import ArticleReport, CorpusReport
    from mtqc.pipeline import Models
    from mtqc.report import Writer
    from mtqc.report.view import View


def check(
    source: Annotated[Path, typer.Argument(help="Original: a file, a folder, or a TSV or JSON Lines of pairs.")],
    target: Annotated[Path | None, typer.Argument(help="Its translation: a file or a folder.")] = None,
    formats: Annotated[
        list[str] | None,
        typer.Option("--format", "-f", help="terminal, json, jsonl, html, markdown or csv; may be repeated."),
    ] = None,
    output: Annotated[
        list[Path] | None,
        typer.Option(
            "--output", "-o", help="File for each --format, in order, or one folder for all; - is standard output."
        ),
    ] = None,
    select: Annotated[
        list[str] | None, typer.Option("--select", help="Only rules with this code prefix or name.")
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option("--ignore", help="No rules with this code prefix or name.")
    ] = None,
    glossary: Annotated[
        list[Path] | None,
        typer.Option("--glossary", help="Terms the French must use: CSV (en, fr) or TBX; may be repeated."),
    ] = None,
    no_model: Annotated[
        bool,
        typer.Option(
            "--no-model",
            "--fast",
            help="Run only the checks that need no model; the others are reported as skipped.",
        ),
    ] = False,
    all_sentences: Annotated[
        bool, typer.Option("--all", help="Show sentences without findings in the terminal report too.")
    ] = False,
    source_lang: SourceLangOption = None,
    target_lang: TargetLangOption = None,
    config: ConfigOption = None,
    engine: EngineOption = None,
    model: ModelOption = None,
    forward_model: ForwardModelOption = None,
    beam: BeamOption = None,
    threads: ThreadsOption = None,
    device: DeviceOption = None,
    no_cache: NoCacheOption = False,
) -> None:
    """Check translations against their originals and report what is wrong, sentence by sentence."""
    plan = _plan(formats or [], output or [])
    rules = tuple(select or ()), tuple(ignore or ()), tuple(glossary or ())
    options = Options(config, engine, model, forward_model, beam, threads, device, no_cache, *rules)
    chosen = settings(replace(options, source_lang=source_lang, target_lang=target_lang))
    using = None if no_model else models(chosen)
    report = run(source, target, chosen, using)
    for writer, path in plan:
        _deliver(report, writer, path, all_sentences)
    for text in using.warnings() if using else ():
        warn(text)
    if not report.complete:
        raise typer.Exit(NOT_JUDGED)


def run(source: Path, target: Path | None, chosen: Settings, using: Models | None) -> CorpusReport:
    """Check everything that can be read, with a progress bar. Raises MtqcError where that is nothing."""
    from mtqc.pipeline import check_article, corpus_report
    from mtqc.source import read_pairs

    done: list[ArticleReport] = []
    unread: list[tuple[str, MtqcError]] = []
    with progress("sentences") as step:
        for entry in read_pairs(source, target, chosen.langs):
            if isinstance(entry, tuple):
                unread.append(entry)
                continue
            for text in entry.warnings:
                warn(text)
            done.append(check_article(entry, chosen, using, step))
    if unread and not done:
        raise unread[0][1]
    for name, error in unread:
        warn(f"{name}: {error}")
    return corpus_report(done, chosen, using, [(name, str(error)) for name, error in unread])


def _plan(formats: list[str], outputs: list[Path]) -> list[tuple[Writer, Path | None]]:
    """Which writer writes where; None is standard output. Raises UsageError."""
    from mtqc.report import WRITERS

    by_name = {w.name: w for w in WRITERS}
    by_suffix = {w.suffix: w for w in WRITERS}
    if outputs and not formats:
        return [(_by_suffix(p, by_suffix), p) for p in outputs]
    for name in formats:
        if name not in by_name:
            raise UsageError(f"--format {name}: no such format.", hint=f"Known: {', '.join(by_name)}.")
    writers = [by_name[n] for n in formats or ["terminal"]]
    return list(zip(writers, _places(writers, outputs), strict=True))


def _by_suffix(path: Path, writers: dict[str, Writer]) -> Writer:
    if path.suffix not in writers:
        raise UsageError(
            f"--output {path}: which format?", hint="Give --format, or a name that ends in .html or .json."
        )
    return writers[path.suffix]


def _places(writers: list[Writer], outputs: list[Path]) -> list[Path | None]:
    if len(outputs) == 1 and (outputs[0].is_dir() or (len(writers) > 1 and not outputs[0].suffix)):
        return [None if w.name == "terminal" else outputs[0] / f"mtqc-report{w.suffix}" for w in writers]
    places: list[Path | None] = [None if str(p) == "-" else p for p in outputs]
    if len(places) == len(writers) - 1 and "terminal" in (names := [w.name for w in writers]):
        places.insert(names.index("terminal"), None)
    if not places and len(writers) == 1:
        places = [None]
    if len(places) != len(writers):
        raise UsageError(
            f"{len(writers)} formats, but {len(outputs)} outputs.",
            hint="Give one --output for each --format, in the same order, or one folder for all.",
        )
    return places


def _deliver(report: CorpusReport, writer: Writer, path: Path | None, all_sentences: bool) -> None:
    if path is not None:
        write(path, writer.render(report))
        return
    text = writer.render(report, _view(all_sentences))
    typer.echo(text, nl=not text.endswith("\n"))


def _view(all_sentences: bool) -> View:
    from mtqc.report.view import View

    width = shutil.get_terminal_size((100, 24)).columns
    return View(width=width, color=sys.stdout.isatty(), all_sentences=all_sentences)
