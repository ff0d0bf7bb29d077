"""`mtqc report`: an earlier run in other formats, without measuring again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mtqc.cli import showing as screen
from mtqc.cli.common import ConfigOption, Options, settings
from mtqc.cli.options import Showing, expanded
from mtqc.errors import NOT_JUDGED

RunArgument = Annotated[Path, typer.Argument(help="A run: its JSON report, or the folder that holds it.")]


@expanded
def report(run: RunArgument, showing: Showing, config: ConfigOption = None) -> None:
    """Write the report of an earlier run in other formats; nothing is measured again."""
    places = screen.plan(showing)
    view = screen.view(settings(Options(config=config)), showing)
    found = screen.read_run(run)
    screen.deliver(found, places, view)
    if not found.complete:
        raise typer.Exit(NOT_JUDGED)
