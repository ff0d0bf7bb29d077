"""Options that several commands share, in groups.

A command takes a group as one parameter (`measuring: Measuring`); its user sees the options in it.
"""

from __future__ import annotations

import inspect
import shlex
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

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
    settings,
)

if TYPE_CHECKING:
    from mtqc.config import Settings

PAIRS = "a file of pairs (TSV, JSON Lines, Parquet, TMX, XLIFF, PO; .gz, .zip)"
SourceArgument = Annotated[Path, typer.Argument(help=f"Original: a file, a folder, or {PAIRS}.")]
TargetArgument = Annotated[Path | None, typer.Argument(help="Its translation: a file or a folder.")]
LangOption = Annotated[str | None, typer.Option("--lang", help="Language of the report itself: en (default) or fr.")]
WhatArgument = Annotated[Path, typer.Argument(help=f"Original: a file, a folder, or {PAIRS}; or a run: a JSON report.")]
PreviousOption = Annotated[
    Path | None, typer.Option("--previous", help="An earlier run to compare with: its JSON report, or its folder.")
]


@dataclass(frozen=True, slots=True)
class Judging:
    """What is judged, and with which model; the engine is the configuration's."""

    select: Annotated[list[str] | None, typer.Option("--select", help="Only rules with this code prefix or name.")] = (
        None
    )
    ignore: Annotated[list[str] | None, typer.Option("--ignore", help="No rules with this code prefix or name.")] = None
    glossary: Annotated[
        list[Path] | None,
        typer.Option("--glossary", help="Terms the French must use: CSV (en, fr) or TBX; may be repeated."),
    ] = None
    no_model: Annotated[
        bool,
        typer.Option(
            "--no-model", "--fast", help="Run only the checks that need no model; the others are reported as skipped."
        ),
    ] = False
    source_lang: SourceLangOption = None
    target_lang: TargetLangOption = None
    config: ConfigOption = None
    model: ModelOption = None
    forward_model: ForwardModelOption = None
    beam: BeamOption = None
    threads: ThreadsOption = None
    device: DeviceOption = None
    no_cache: NoCacheOption = False

    def settings(self) -> Settings:
        """The configuration, overridden. Raises ConfigError, InputError or UsageError."""
        same: dict[str, Any] = {f.name: getattr(self, f.name) for f in fields(self) if f.name in _PLAIN}
        lists: dict[str, Any] = {name: tuple(getattr(self, name) or ()) for name in ("select", "ignore", "glossary")}
        return settings(replace(Options(), **same, **lists))


_PLAIN = {f.name for f in fields(Options)} - {"select", "ignore", "glossary"}


@dataclass(frozen=True, slots=True)
class Measuring(Judging):
    """What is measured, and with what."""

    engine: EngineOption = None


@dataclass(frozen=True, slots=True)
class Showing:
    """What is written, where, and how it looks."""

    format: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            "-f",
            help="terminal (default), html, json, jsonl, markdown, csv, sarif, github, gitlab, junit, rdjsonl or marot;"
            " repeatable.",
        ),
    ] = None
    output: Annotated[
        list[Path] | None,
        typer.Option(
            "--output", "-o", help="File for each --format, in order, or one folder for all; - is standard output."
        ),
    ] = None
    all: Annotated[bool, typer.Option("--all", help="Show sentences without findings in the terminal report too.")] = (
        False
    )
    lang: LangOption = None
    previous: PreviousOption = None


@dataclass(frozen=True, slots=True)
class Accepting:
    """Files that say what was accepted beforehand."""

    suppressions: Annotated[
        Path | None, typer.Option("--suppressions", help="What is to be passed over, with reason and date: TOML.")
    ] = None
    decisions: Annotated[
        Path | None, typer.Option("--decisions", help="An editor's decisions, as mtqc review writes them.")
    ] = None


@dataclass(frozen=True, slots=True)
class Gating:
    """What the gate lets pass; what is not given is the configuration's."""

    baseline: Annotated[
        Path | None, typer.Option("--baseline", help="Findings that were there before: mtqc baseline writes them.")
    ] = None
    max_critical: Annotated[
        int | None, typer.Option("--max-critical", help="Critical findings that an article may have.")
    ] = None
    max_majors: Annotated[
        float | None, typer.Option("--max-majors", help="Major findings that 1,000 words may have.")
    ] = None
    pass_mark: Annotated[
        float | None, typer.Option("--pass-mark", help="The calibrated MQM score that passes (PT).")
    ] = None
    acceptable_points: Annotated[
        float | None, typer.Option("--acceptable-points", help="Penalty points that 1,000 words may have (APP).")
    ] = None
    low_quality: Annotated[
        float | None, typer.Option("--low-quality", help="A sentence of less quality is of low quality.")
    ] = None
    max_low_quality: Annotated[
        float | None, typer.Option("--max-low-quality", help="Share of sentences that may be of low quality.")
    ] = None
    max_unjudged: Annotated[
        float | None, typer.Option("--max-unjudged", help="Share of sentences that may stay unjudged.")
    ] = None
    min_confidence: Annotated[
        float | None, typer.Option("--min-confidence", help="Findings of less confidence do not count.")
    ] = None
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="Exit 0 where the gate fails, too.")] = False


def given(group: Any) -> dict[str, Any]:  # noqa: ANN401 -- any group
    """The options of a group that were given, by field."""
    return {f.name: v for f in fields(group) if (v := getattr(group, f.name)) != f.default}


def flags(group: Any) -> list[str]:  # noqa: ANN401 -- any group
    """The group's options that were given, as one would type them."""
    hints = get_type_hints(type(group), include_extras=True)
    found: list[str] = []
    for name, value in given(group).items():
        option = hints[name].__metadata__[0]
        flag = next(d for d in (option.default, *(option.param_decls or ())) if str(d).startswith("--"))
        values = value if isinstance(value, list) else [value]
        found += [part for v in values for part in ([flag] if v is True else [flag, shlex.quote(str(v))])]
    return found


def expanded(command: Callable[..., None]) -> Callable[..., None]:
    """The command as typer is to see it: each parameter that is a group of options gives way to the options in it."""
    hints = get_type_hints(command, include_extras=True)
    groups = {name: hint for name, hint in hints.items() if is_dataclass(hint)}

    @wraps(command)
    def run(**values: Any) -> None:  # noqa: ANN401 -- whatever typer read
        taken = {
            name: group(**{f.name: values.pop(f.name) for f in fields(group)})  # type: ignore[operator]
            for name, group in groups.items()
        }
        command(**values, **taken)

    parameters = [p for own in inspect.signature(command).parameters.values() for p in _parameters(own, hints)]
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {p.name: p.annotation for p in parameters}
    return run


def _parameters(own: inspect.Parameter, hints: dict[str, Any]) -> list[inspect.Parameter]:
    group = hints[own.name]
    if not is_dataclass(group):
        return [own.replace(annotation=group, kind=inspect.Parameter.KEYWORD_ONLY)]
    inner = get_type_hints(group, include_extras=True)
    return [
        inspect.Parameter(f.name, inspect.Parameter.KEYWORD_ONLY, default=f.default, annotation=inner[f.name])
        for f in fields(group)
    ]
