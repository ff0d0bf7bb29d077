"""`mtqc check`: the main job."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mtqc.cli import gating as steps
from mtqc.cli import showing as screen
from mtqc.cli.common import models, progress, warn
from mtqc.cli.options import Accepting, Gating, Measuring, Showing, SourceArgument, TargetArgument, expanded, flags
from mtqc.errors import NOT_JUDGED, MtqcError, UsageError

if TYPE_CHECKING:
    from mtqc.config import Settings
    from mtqc.model import ArticleReport, CorpusReport
    from mtqc.pipeline import Models


@expanded
def check(
    source: SourceArgument,
    measuring: Measuring,
    accepting: Accepting,
    gating: Gating,
    showing: Showing,
    target: TargetArgument = None,
    gate: Annotated[bool, typer.Option("--gate", help="Exit as mtqc gate does: 1 where the gate fails.")] = False,
) -> None:
    """Check translations against their originals and report what is wrong, sentence by sentence."""
    _need_gate(gating, gate)
    places = screen.plan(showing)
    chosen = steps.thresholds(measuring.settings(), gating)
    view = screen.view(chosen, showing)
    baseline = steps.baseline_path(chosen, gating) if gate else None
    files = steps.accepted(chosen, accepting, baseline)
    report = checked(source, target, chosen, no_model=measuring.no_model)
    renew = steps.renewal(source, target, measuring, accepting, baseline)
    report = steps.without(report, files, chosen, baseline, renew)
    report = steps.judged(report, files, chosen) if gate else report
    screen.deliver(report, places, view)
    if gate:
        if not any(writer.name == "terminal" and path is None for writer, path in places):
            steps.say_verdict(report, chosen, screen.on_screen(view), err=True)
        steps.leave(report, gating)
    if not report.complete:
        raise typer.Exit(NOT_JUDGED)


def _need_gate(gating: Gating, gate: bool) -> None:
    if flags(gating) and not gate:
        raise UsageError(f"{flags(gating)[0]} does nothing without --gate.", hint="Add --gate, or leave it out.")


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
