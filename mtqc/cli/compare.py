"""`mtqc compare`: two systems' translations of the same originals."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mtqc.cli.common import write
from mtqc.errors import NOT_JUDGED, UsageError


def compare(
    first: Annotated[Path, typer.Argument(help="One system's run: its JSON report, or the folder that holds it.")],
    second: Annotated[Path, typer.Argument(help="The other system's run, over the same originals.")],
    names: Annotated[str, typer.Option("--names", help="What to call the two, as A,B; else after their files.")] = "",
    form: Annotated[str, typer.Option("--format", "-f", help="text, markdown or json.")] = "text",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write instead of printing.")] = None,
) -> None:
    """Compare two systems on one corpus: quality, penalty, findings, and whether the difference could be chance."""
    from mtqc.corpus import systems
    from mtqc.corpus.systems_writer import FORMATS
    from mtqc.report.json_reader import load

    if form not in FORMATS:
        raise UsageError(f"--format {form}: no such format.", hint=f"Known: {', '.join(FORMATS)}.")
    called = _names(first, second, names)
    one = systems.system(called[0], load(first))
    found = systems.compare(one, systems.system(called[1], load(second)))
    text = FORMATS[form](found)
    if output is None or str(output) == "-":
        typer.echo(text, nl=False)
    else:
        write(output, text)
    if not found.complete:
        raise typer.Exit(NOT_JUDGED)


def _names(first: Path, second: Path, names: str) -> tuple[str, str]:
    """The two that are given, or the files' own names, with their folders where these are the same."""
    if names:
        given = [n.strip() for n in names.split(",")]
        if len(given) != 2 or not all(given) or given[0] == given[1]:
            raise UsageError(f"--names {names}: two different names are needed.", hint="Write them as --names A,B.")
        return given[0], given[1]
    one, two = (p.resolve() if p.is_dir() else p.resolve().with_suffix("") for p in (first, second))
    if one.name != two.name:
        return one.name, two.name
    return (str(first), str(second)) if str(first) != str(second) else (f"{first} (first)", f"{second} (second)")
