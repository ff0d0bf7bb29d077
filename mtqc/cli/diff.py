"""`mtqc diff`: what was fixed from one run to the next, what is new, what changed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mtqc.cli.common import warn, write
from mtqc.errors import GATE_FAILED, NOT_JUDGED, UsageError


def diff(
    before: Annotated[Path, typer.Argument(help="The earlier run: its JSON report, or the folder that holds it.")],
    after: Annotated[Path, typer.Argument(help="The later run.")],
    form: Annotated[str, typer.Option("--format", "-f", help="text or json.")] = "text",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write instead of printing.")] = None,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Exit 1 where findings are new.")] = False,
) -> None:
    """Compare two runs: which findings were fixed, which are new, which changed, by rule and by article."""
    from mtqc import compare
    from mtqc.report.difference_writer import DifferenceWriter
    from mtqc.report.json_reader import load

    if form not in {"text", "json"}:
        raise UsageError(f"--format {form}: no such format.", hint="Known: text, json.")
    runs = load(before), load(after)
    found = compare.diff(*runs)
    writer = DifferenceWriter(found, *runs)
    text = writer.json() if form == "json" else writer.text()
    if output is None or str(output) == "-":
        typer.echo(text, nl=False)
    else:
        write(output, text)
    if not found.same_signature:
        warn("the runs have different signatures: what changed may be mtqc and not the texts.")
    if exit_code and found.new:
        raise typer.Exit(GATE_FAILED)
    if found.incomplete:
        raise typer.Exit(NOT_JUDGED)
