"""What the commands share: options that override the configuration, the models, progress bars, writing files."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from mtqc.errors import InputError, UsageError

if TYPE_CHECKING:
    from mtqc.config import EngineName, Settings
    from mtqc.pipeline import Models
    from mtqc.translate.base import Progress

ConfigOption = Annotated[
    Path | None, typer.Option("--config", help="Configuration file (default: the nearest mtqc.toml or pyproject.toml).")
]
EngineOption = Annotated[str | None, typer.Option("--engine", help="ctranslate2 (default) or transformers.")]
ModelOption = Annotated[
    str | None,
    typer.Option(
        "--model",
        help="Marian checkpoint from the translation’s language into the original’s: a folder or a hub name"
        " (default: the shipped one).",
    ),
]
ForwardModelOption = Annotated[
    str | None,
    typer.Option("--forward-model", help="The same for the model of the other way (default: the shipped one)."),
]
SourceLangOption = Annotated[
    str | None, typer.Option("--source-lang", help="Language of the originals: en (default) or fr.")
]
TargetLangOption = Annotated[
    str | None, typer.Option("--target-lang", help="Language of the translations: fr (default) or en.")
]
BeamOption = Annotated[int | None, typer.Option("--beam", min=0, help="Beam size; 0: the model's own.")]
ThreadsOption = Annotated[int | None, typer.Option("--threads", min=0, help="Threads; 0: all cores.")]
DeviceOption = Annotated[str | None, typer.Option("--device", help="auto, cpu or cuda.")]
NoCacheOption = Annotated[bool, typer.Option("--no-cache", help="Neither read nor write the translation cache.")]


@dataclass(frozen=True, slots=True)
class Options:
    """Options given on the command line; None: not given, the configuration decides."""

    config: Path | None = None
    engine: str | None = None
    model: str | None = None
    forward_model: str | None = None
    beam: int | None = None
    threads: int | None = None
    device: str | None = None
    no_cache: bool = False
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    glossary: tuple[Path, ...] = ()
    source_lang: str | None = None
    target_lang: str | None = None


def settings(options: Options, without: Sequence[str] = ()) -> Settings:
    """The configuration file's settings, overridden by the options; its keys `without` are passed over.

    Raises ConfigError, InputError or UsageError.
    """
    from mtqc import config

    if options.config is not None and not options.config.is_file():
        raise InputError(f"{options.config}: no such file.", hint="Give --config a TOML file.")
    found = config.load(options.config or config.find_file(Path.cwd()), without)
    if options.engine not in (None, *config.ENGINES):
        raise UsageError(f"--engine {options.engine}: no such engine.", hint=f"Known: {', '.join(config.ENGINES)}.")
    found = config.with_glossaries(found, options.glossary) if options.glossary else found
    policy, checks = found.policy, found.checks + found.optional
    if options.select:
        policy = replace(policy, select=config.selectors(list(options.select), "--select", checks))
    if options.ignore:
        more = config.selectors(list(options.ignore), "--ignore", checks)
        policy = replace(policy, ignore=policy.ignore + more)
    langs = options.source_lang or found.source_lang, options.target_lang or found.target_lang
    config.check_direction(langs)
    return replace(
        found,
        source_lang=langs[0],
        target_lang=langs[1],
        engine=cast("EngineName", options.engine or found.engine),
        model=found.model if options.model is None else options.model,
        forward_model=found.forward_model if options.forward_model is None else options.forward_model,
        beam=found.beam if options.beam is None else options.beam,
        threads=found.threads if options.threads is None else options.threads,
        device=options.device or found.device,
        cache=found.cache and not options.no_cache,
        policy=policy,
    )


def models(chosen: Settings) -> Models:
    """The models of both ways that the settings name. Raises ModelError where the backward one cannot be had.

    Without the forward one, what needs it is reported as skipped; unless it was asked for by name.
    """
    from mtqc.loading import load_models

    return load_models(chosen)


@contextmanager
def progress(label: str, total: int | None = None) -> Iterator[Progress | None]:
    """A progress bar on standard error, silent (None) where that is not a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=total)
        yield lambda n: bar.advance(task, n)


def warn(text: str) -> None:
    """One line on standard error."""
    typer.echo(f"mtqc: warning: {text}", err=True)


def write(path: Path, text: str) -> None:
    """Write a file whole or not at all. Raises InputError with what to do where it cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".tmp")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
                file.write(text)
            Path(temporary).chmod(0o644)
            Path(temporary).replace(path)
        except OSError:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise InputError(
            f"{path}: cannot be written ({error.strerror}).", hint="Give --output a path that can."
        ) from error
