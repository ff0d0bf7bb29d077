"""`mtqc gate`: does the translation pass?"""

from __future__ import annotations

from dataclasses import replace

from mtqc.cli import gating as steps
from mtqc.cli import showing as screen
from mtqc.cli.options import Accepting, Gating, Measuring, Showing, TargetArgument, WhatArgument, expanded, flags
from mtqc.errors import UsageError


@expanded
def gate(
    source: WhatArgument,
    measuring: Measuring,
    accepting: Accepting,
    gating: Gating,
    showing: Showing,
    target: TargetArgument = None,
) -> None:
    """Say whether translations pass: exit code 0 passed, 1 failed, 3 something could not be judged."""
    places = screen.plan(showing, default="")
    _need_format(showing, bool(places))
    chosen = steps.thresholds(measuring.settings(), gating)
    view = screen.view(chosen, showing)
    baseline = steps.baseline_path(chosen, gating)
    files = steps.accepted(chosen, accepting, baseline)
    report = steps.report_of(source, target, measuring, chosen, texts=bool(places))
    renew = steps.renewal(source, target, measuring, accepting, baseline)
    report = steps.judged(steps.without(report, files, chosen, baseline, renew), files, chosen)
    screen.deliver(report, places, view)
    steps.say_verdict(report, chosen, screen.on_screen(view), err=any(path is None for _, path in places))
    steps.leave(report, gating)


def _need_format(showing: Showing, has_format: bool) -> None:
    useless = [] if has_format else flags(replace(showing, format=None, output=None))
    if useless:
        raise UsageError(f"{useless[0]} does nothing without --format.", hint="Add --format, or leave it out.")
