"""`mtqc check`: the main job."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from mtqc.cli import showing as screen
from mtqc.cli.common import models, progress, warn
from mtqc.cli.options import Measuring, Showing, SourceArgument, TargetArgument, expanded
from mtqc.errors import NOT_JUDGED, MtqcError

if TYPE_CHECKING:
    from mtqc.config import Settings
    from mtqc.model import ArticleReport, CorpusReport
    from mtqc.pipeline import Models


@expanded
def check(source: SourceArgument, measuring: Measuring, showing: Showing, target: TargetArgument = None) -> None:
    """Check translations against their originals and report what is wrong, sentence by sentence."""
    places = screen.plan(showing)
    chosen = measuring.settings()
    view = screen.view(chosen, showing)
    report = checked(source, target, chosen, no_model=measuring.no_model)
    screen.deliver(report, places, view)
    if not report.complete:
        raise typer.Exit(NOT_JUDGED)


def checked(source: Path, target: Path | None, chosen: Settings, *, no_model: bool) -> CorpusReport:
    """Load the models and check everything; what the models warn of is said last. Raises MtqcError."""
    using = None if no_model else models(chosen)
    report = run(source, target, chosen, using)
    for text in using.warnings() if using else ():
        warn(text)
    return report


def run(source: Path, target: Path | None, chosen: Settings, using: Models | None) -> CorpusReport:
    """Check everything that can be read, with a progress bar. Raises MtqcError where that is nothing."""
    from mtqc.pipeline import check_article, corpus_report
    from mtqc.source import read_pairs

    done: list[ArticleReport] = []
    unread: list[tuple[str, MtqcError]] = []
    with progress("sentences") as step:
        for entry in read_pairs(source, target, chosen.langs):
            if isinstance(entry, tuple):
                unread.append(entry)
                continue
            for text in entry.warnings:
                warn(text)
            done.append(check_article(entry, chosen, using, step))
    if unread and not done:
        raise unread[0][1]
    for name, error in unread:
        warn(f"{name}: {error}")
    return corpus_report(done, chosen, using, [(name, str(error)) for name, error in unread])
