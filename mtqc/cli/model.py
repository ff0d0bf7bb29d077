"""`mtqc model`: which models are at hand; add, test and remove one."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from mtqc.cli.common import DeviceOption, EngineOption, warn
from mtqc.errors import GATE_FAILED, ModelError, UsageError

if TYPE_CHECKING:
    from mtqc.translate.engine import Engine, EngineName
    from mtqc.translate.library import Entry
    from mtqc.translate.pinned import Row

model = typer.Typer(help="List, add, test and remove models.", no_args_is_help=True)
FORMATS = ("text", "json")


@model.command("list")
def list_models(form: Annotated[str, typer.Option("--format", "-f", help="text or json.")] = "text") -> None:
    """List the models that ship, those that were added, and those converted by an earlier run."""
    from mtqc.cli import model_text
    from mtqc.translate import library

    _known("--format", form, FORMATS)
    found = library.entries()
    typer.echo(model_text.as_json(found) if form == "json" else model_text.as_text(found))


@model.command("add")
def add(
    source: Annotated[
        str, typer.Argument(metavar="NAME_OR_PATH", help="Hub name, org/name or org/name@revision, or a folder.")
    ],
    direction: Annotated[str, typer.Option("--direction", help="fr-en or en-fr.")] = "fr-en",
    name: Annotated[str, typer.Option("--name", help="What it is to be called (default: its own name).")] = "",
    replace: Annotated[bool, typer.Option("--replace", help="Replace another model of that name.")] = False,
) -> None:
    """Convert a Marian model into the cache folder; from then on its name is enough, without a network."""
    from mtqc.cli import model_text
    from mtqc.translate import find, pinned_sentences
    from mtqc.translate.add import add as take_in

    _known("--direction", direction, find.DIRECTIONS)
    done = take_in(source, direction, name=name, replace=replace)
    typer.echo(f"{'Already there' if done.already else 'Added'}: use it with --model {done.entry.name}")
    typer.echo(model_text.block(done.entry))
    if done.given_up:
        most = len(pinned_sentences.PAIRS)
        warn(f"{done.given_up} of {most} sentences have no usable translation: is it a good {direction} model?")


@model.command("test")
def check_pinned(
    source: Annotated[
        str, typer.Argument(metavar="NAME_OR_PATH", help="Default: the models that ship.", show_default=False)
    ] = "",
    direction: Annotated[
        str, typer.Option("--direction", help="fr-en or en-fr (default: what it was added for).", show_default=False)
    ] = "",
    write: Annotated[bool, typer.Option("--write", help="Pin what the model says now.")] = False,
    engine: EngineOption = None,
    device: DeviceOption = None,
) -> None:
    """Translate 20 sentences and compare with what is pinned; exit code 1 where the model says something else."""
    from mtqc.translate import find

    if direction:
        _known("--direction", direction, find.DIRECTIONS)
    if write and (engine or device):
        raise UsageError("--write pins with ctranslate2 on the CPU.", hint="Leave --engine and --device out.")
    chosen = _chosen(source, direction)
    if write:
        for one, way in chosen:
            _pin(one, way)
        return
    passed = [_test(one, way, engine, device) for one, way in chosen]
    if not all(passed):
        raise typer.Exit(GATE_FAILED)


@model.command("remove")
def remove(
    name: Annotated[str, typer.Argument(help="As `mtqc model list` shows it; or NAME@REVISION.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Remove what was added or converted under a name from the cache folder."""
    from mtqc.cli import model_text
    from mtqc.translate import library

    doomed = _removable(library.entries(), name)
    for entry in doomed:
        typer.echo(model_text.block(entry))
    if not yes:
        _confirm(len(doomed))
    for entry in doomed:
        library.remove(entry)
        typer.echo(f"Removed {entry.folder}")


def _known(option: str, value: str, known: Sequence[str]) -> None:
    if value not in known:
        raise UsageError(f"{option} {value}: not known.", hint=f"Known: {', '.join(known)}.")


def _chosen(source: str, direction: str) -> list[tuple[str, str]]:
    """(model, direction) of every model to test."""
    from mtqc.translate import library

    at_hand = [e for e in (*library.shipped(), *library.added()) if direction in ("", e.direction)]
    if not source:
        shipped = [(str(e.folder), e.direction) for e in at_hand if e.kind == "shipped"]
        return shipped or [("", direction or "fr-en")]
    named = [] if Path(source).expanduser().is_dir() else [e.direction for e in at_hand if e.answers(source)]
    return [(source, way) for way in dict.fromkeys(named)] or [(source, direction or "fr-en")]


def _pin(source: str, direction: str) -> None:
    from mtqc.errors import InputError
    from mtqc.translate import find, pinned

    checkpoint = find.find(source, direction)
    try:
        rows = pinned.pin(checkpoint.folder, direction)
    except OSError as error:
        raise InputError(
            f"{checkpoint.folder / pinned.FILE}: cannot be written ({error.strerror}).", hint="See who may write there."
        ) from error
    typer.echo(f"{checkpoint.label} ({direction}): {len(rows)} sentences pinned in {checkpoint.folder / pinned.FILE}")


def _test(source: str, direction: str, engine: str | None, device: str | None) -> bool:
    from mtqc.cli import model_text
    from mtqc.translate import load_engine, pinned

    name = cast("EngineName", engine or "ctranslate2")
    loaded = load_engine(source, name, device=device or "auto", direction=direction, cache=False)
    compared = pinned.compare(_pinned(loaded), loaded)
    typer.echo(model_text.comparison(loaded.checkpoint.label, direction, compared))
    return not compared.faults


def _pinned(loaded: Engine) -> tuple[Row, ...]:
    """What was pinned of the model: in its folder, else when the same model was added."""
    from mtqc.translate import library, pinned

    checkpoint = loaded.checkpoint
    same = [
        e.folder
        for e in (*library.shipped(), *library.added())
        if (e.revision, e.direction) == (checkpoint.revision, checkpoint.direction)
    ]
    for folder in (checkpoint.folder, *same):
        if rows := pinned.read(folder):
            return rows
    raise ModelError(
        f"{checkpoint.label} ({checkpoint.direction}): nothing of this model was pinned, so it cannot be judged.",
        hint="`mtqc model add` pins what a model says; so does `mtqc model test --write`.",
    )


def _removable(found: Sequence[Entry], name: str) -> list[Entry]:
    named = [e for e in found if e.answers(name)]
    doomed = [e for e in named if e.kind != "shipped"]
    if named and not doomed:
        raise UsageError(f"{name} ships with mtqc and stays.", hint="Only what was added or converted is removed.")
    if not doomed:
        import difflib

        near = difflib.get_close_matches(name, [e.name for e in found if e.kind != "shipped"], n=1)
        hint = f"Did you mean {near[0]}?" if near else "`mtqc model list` shows what there is."
        raise UsageError(f"There is no model “{name}” in the cache.", hint=hint)
    return doomed


def _confirm(models: int) -> None:
    """Ask; raises UsageError where the answer is no or nobody is there to answer."""
    refused = UsageError("Nothing was removed.", hint="Give --yes to remove without being asked.")
    if not sys.stdin.isatty():
        raise refused
    try:
        agreed = typer.confirm(f"Remove {'these' if models > 1 else 'this'}?")
    except typer.Abort as error:
        raise refused from error
    if not agreed:
        raise refused
