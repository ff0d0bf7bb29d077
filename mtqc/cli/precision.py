"""`mtqc precision`: which share of each rule's findings editors found right."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mtqc.cli.common import ConfigOption, Options, settings, write
from mtqc.errors import InputError, UsageError

if TYPE_CHECKING:
    from mtqc.review.decided import Decision


def precision(
    runs: Annotated[
        list[Path],
        typer.Argument(
            metavar="WHAT...", help="Runs that were reviewed (a JSON report, its folder) or decisions files."
        ),
    ],
    form: Annotated[str, typer.Option("--format", "-f", help="text (default) or json.")] = "text",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File for the configuration key `precision`.")
    ] = None,
    config: ConfigOption = None,
) -> None:
    """Measure each rule from editors' decisions: accepted or dismissed, with n and interval."""
    from mtqc.review import precision as measuring

    if form not in {"text", "json"}:
        raise UsageError(f"--format {form}: no such format.", hint="Known: text, json.")
    chosen = settings(Options(config=config), without=("precision",))  # the file may have to be written first
    names = {r.code: r.name for c in chosen.checks + chosen.optional for r in c.rules}
    lines = measuring.measured(d for run in runs for d in _decisions(run))
    if not lines:
        asked = ", ".join(map(str, runs))
        raise InputError(f"{asked}: nothing was accepted or dismissed.", hint="Review the run first: mtqc review RUN.")
    data = measuring.render_json(lines, names, map(str, runs))
    if output is not None and str(output) != "-":
        write(output, data)
    to_screen = form == "json" or str(output) == "-"
    typer.echo(data if to_screen else measuring.render_table(lines, names), nl=False)


def _decisions(what: Path) -> tuple[Decision, ...]:
    """The decisions of a file of them, or of a run's review. Raises InputError."""
    from mtqc.report.json_reader import load
    from mtqc.review import store
    from mtqc.review.carried import reviewed
    from mtqc.review.decided import decisions
    from mtqc.review.outcome import Outcome
    from mtqc.review.precision import is_decisions, read_decisions

    if not what.is_dir() and is_decisions(what):
        return read_decisions(what)
    report, events = load(what), store.read(store.beside(what))
    return decisions(Outcome(reviewed(report, events), events))
