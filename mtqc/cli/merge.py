"""`mtqc merge`: the run folders of all shards, made one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mtqc.cli import batch_screen
from mtqc.cli.common import ConfigOption, Options, settings
from mtqc.cli.options import LangOption
from mtqc.cli.showing import language
from mtqc.errors import NOT_JUDGED


def merge(
    runs: Annotated[list[Path], typer.Argument(help="The run folders of mtqc batch --shard 1/n to n/n.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The run folder of all, new.", show_default=False)],
    lang: LangOption = None,
    config: ConfigOption = None,
) -> None:
    """Join the runs over all shards of a corpus into one run folder, equal to that of a run over the whole."""
    batch_screen.need_pyarrow("mtqc merge")
    from mtqc.batch.merge import merge as merged

    summary = merged(runs, output, language(lang or settings(Options(config=config)).interface))
    batch_screen.show(summary)
    if not summary.complete:
        raise typer.Exit(NOT_JUDGED)
