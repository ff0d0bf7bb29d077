"""`mtqc baseline`: what is found now is accepted; the gate then fails on new findings only."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mtqc.cli import gating as steps
from mtqc.cli.common import warn, write
from mtqc.cli.options import Accepting, Measuring, TargetArgument, WhatArgument, expanded
from mtqc.errors import NOT_JUDGED, InputError, UsageError

FILE = Path("mtqc-baseline.json")


@expanded
def baseline(
    source: WhatArgument,
    measuring: Measuring,
    accepting: Accepting,
    target: TargetArgument = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="The baseline's file.")] = FILE,
) -> None:
    """Write down what is found now as accepted, so that `mtqc gate --baseline` fails on new findings only."""
    from mtqc.accepted import baseline as written

    _may_be_written(output)
    chosen = measuring.settings()
    files = steps.accepted(chosen, accepting, None)
    report = steps.without(steps.report_of(source, target, measuring, chosen), files, chosen, None, "")
    write(output, written(report, chosen.gate.low_quality))
    counts = {"finding": sum(len(a.all_findings) for a in report.articles), "article": len(report.articles)}
    findings, articles = (f"{n:,} {noun}{'s' * (n != 1)}" for noun, n in counts.items())
    typer.echo(f"{output}: {findings} in {articles} accepted from now on.")
    if not report.complete:
        warn("not everything could be judged: what is found there later is new.")
        raise typer.Exit(NOT_JUDGED)


def _may_be_written(path: Path) -> None:
    """A slip must not cost an article. Raises UsageError where something else than a baseline is there."""
    from mtqc.accepted import load

    if not path.exists():
        return
    try:
        kind = load(path).kind
    except InputError:
        kind = None
    if kind != "baseline":
        hint = "Give it another name, or remove that file."
        raise UsageError(f"--output {path}: something else than a baseline is there.", hint=hint)
