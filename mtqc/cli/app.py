"""The commands, in the order of `mtqc --help`."""

from __future__ import annotations

from typing import Annotated

import typer

from mtqc.cli.align import align
from mtqc.cli.back_translate import back_translate
from mtqc.cli.baseline import baseline
from mtqc.cli.batch import batch
from mtqc.cli.check import check
from mtqc.cli.compare import compare
from mtqc.cli.diff import diff
from mtqc.cli.eval import evaluate
from mtqc.cli.gate import gate
from mtqc.cli.merge import merge
from mtqc.cli.model import model
from mtqc.cli.plant import plant
from mtqc.cli.precision import precision
from mtqc.cli.report import report
from mtqc.cli.review import review
from mtqc.cli.rules import rules

app = typer.Typer(
    name="mtqc",
    help="Check machine-translated articles, English to French, against their originals.",
    epilog="Exit codes: 0 passed, 1 the gate failed, 2 wrong input or options, 3 something could not be judged.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _version(wanted: bool) -> None:
    if not wanted:
        return
    from mtqc import __version__
    from mtqc.cli.common import Options, models, settings
    from mtqc.pipeline import signature

    chosen = settings(Options())
    typer.echo(f"mtqc {__version__}")
    typer.echo(f"signature {signature(chosen, models(chosen))}")
    raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print version and signature.")
    ] = False,
) -> None:
    """Check machine-translated articles, English to French, against their originals."""


app.command("check")(check)
app.command("batch")(batch)
app.command("merge")(merge)
app.command("gate")(gate)
app.command("baseline")(baseline)
app.command("report")(report)
app.command("review")(review)
app.command("diff")(diff)
app.command("compare")(compare)
app.command("precision")(precision)
app.command("align")(align)
app.command("back-translate")(back_translate)
app.command("rules")(rules)
app.command("plant")(plant)
app.command("eval")(evaluate)
app.add_typer(model, name="model")
