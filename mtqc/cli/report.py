"""`mtqc report`: an earlier run in other formats, without measuring again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mtqc.cli import showing as screen
from mtqc.cli.common import ConfigOption, Options, settings, warn
from mtqc.cli.options import Showing, expanded
from mtqc.errors import NOT_JUDGED

RunArgument = Annotated[Path, typer.Argument(help="A run: its JSON report, or the folder that holds it.")]
_SHOWN = 3


@expanded
def report(run: RunArgument, showing: Showing, config: ConfigOption = None) -> None:
    """Write the report of an earlier run in other formats; nothing is measured again."""
    from mtqc.report.json_reader import load
    from mtqc.source.again import TextsAtHand

    places = screen.plan(showing)
    view = screen.view(settings(Options(config=config)), showing)
    texts = TextsAtHand()
    found = load(run, texts)
    if texts.missing:
        warn(_changed(texts.missing))
    screen.deliver(found, places, view)
    if not found.complete:
        raise typer.Exit(NOT_JUDGED)


def _changed(paths: tuple[str, ...]) -> str:
    names = ", ".join(paths[:_SHOWN]) + (f" and {len(paths) - _SHOWN} more" if len(paths) > _SHOWN else "")
    return (
        f"{names}: not there, or not as it was when it was checked; its text is laid out from the report’s sentences,"
        " and of web pages and tables the line in the file is not known."
    )
