"""What check, gate and baseline share: reports that are there already, what was accepted, and the verdict."""

from __future__ import annotations

import shlex
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from mtqc.cli.options import Accepting, Gating, Measuring, flags, given
from mtqc.cli.showing import read_run
from mtqc.errors import PASSED, InputError, UsageError

if TYPE_CHECKING:
    from mtqc.accepted import Accepted
    from mtqc.accepted.entries import Kind
    from mtqc.config import Settings
    from mtqc.model import CorpusReport
    from mtqc.report.view import View


def is_run(what: Path, target: Path | None) -> bool:
    """True of a JSON report, a folder that holds one, and the folder of a batch run.

    Raises UsageError where a folder could be meant either way.
    """
    from mtqc.report.json_reader import NAME, RUN_STATE
    from mtqc.source.folders import SUFFIXES

    if target is not None:
        return False
    if not what.is_dir():
        return what.suffix.lower() == ".json"
    if (what / RUN_STATE).is_file():
        return True
    if not (what / NAME).is_file():
        return False
    if any(p.suffix.lower() in SUFFIXES and not p.name.startswith("mtqc-") for p in what.rglob("*")):
        hint = f"Name the report, {what / NAME}, or move it out of the folder to have the texts checked."
        raise UsageError(f"{what} holds texts and a report: it is not clear which is meant.", hint=hint)
    return True


def report_of(
    what: Path, target: Path | None, measuring: Measuring, chosen: Settings, *, texts: bool = False
) -> CorpusReport:
    """The report of a run that was made before, or a new one. `texts`: those of a run are wanted. Raises MtqcError."""
    from mtqc.cli.check import checked
    from mtqc.report.json_reader import load

    if not is_run(what, target):
        return checked(what, target, chosen, no_model=measuring.no_model)
    useless = flags(replace(measuring, config=None))
    if useless:
        raise UsageError(
            f"{useless[0]} does nothing here: {what} is a report, and nothing is measured again.",
            hint="Leave it out, or give the texts.",
        )
    return read_run(what) if texts else load(what)


def thresholds(chosen: Settings, gating: Gating) -> Settings:
    """The settings with the thresholds that the command line gives. Raises UsageError."""
    from mtqc.gate import KEYS

    values = {key: value for key, value in given(gating).items() if key in KEYS}
    try:
        return replace(chosen, gate=replace(chosen.gate, **values))
    except ValueError as error:
        raise UsageError(f"{error}.", hint="docs/gate.md explains the thresholds.") from error


def accepted(chosen: Settings, accepting: Accepting, baseline: Path | None) -> Accepted:
    """What all files together accept; those given as options go before the configuration's. Raises MtqcError."""
    from mtqc.accepted import load, merged
    from mtqc.config import selectors

    paths: dict[Kind, Path | None] = {
        "decision": accepting.decisions or _path(chosen.decisions),
        "suppression": accepting.suppressions or _path(chosen.suppressions),
        "baseline": baseline,
    }
    files = {kind: load(path) for kind, path in paths.items() if path}
    for kind, found in files.items():
        if found.kind and found.kind != kind:
            hint = f"Give it as {_OPTIONS[found.kind]}."
            raise InputError(f"{paths[kind]} is no file for {_OPTIONS[kind]}.", hint=hint)
    rules = [e.rule for e in files["suppression"].entries if e.rule] if "suppression" in files else []
    selectors(rules, str(paths["suppression"]), chosen.checks + chosen.optional)
    return merged(files.values())


_OPTIONS: dict[Kind, str] = {
    "baseline": "--baseline",
    "suppression": "--suppressions",
    "decision": "--decisions",
}


def baseline_path(chosen: Settings, gating: Gating) -> Path | None:
    """Where the baseline is; None: there is none."""
    return gating.baseline or _path(chosen.baseline)


def _path(name: str) -> Path | None:
    return Path(name) if name else None


def renewal(what: Path, target: Path | None, measuring: Measuring, accepting: Accepting, baseline: Path | None) -> str:
    """The command that makes a baseline anew; "" where there is none."""
    if baseline is None:
        return ""
    paths = [shlex.quote(str(p)) for p in (what, target) if p is not None]
    given = [*flags(measuring), *flags(accepting)]
    return " ".join(["mtqc baseline", *paths, *given, "--output", shlex.quote(str(baseline))])


def without(report: CorpusReport, files: Accepted, chosen: Settings, baseline: Path | None, renew: str) -> CorpusReport:
    """The report without what was accepted. Raises InputError where the baseline is another signature's."""
    from mtqc.accepted import apply, require_signature

    require_signature(files, report.signature, str(baseline), renew)
    return apply(report, files, chosen.weights)


def judged(report: CorpusReport, files: Accepted, chosen: Settings) -> CorpusReport:
    """The report with the gate's verdict."""
    from mtqc.gate import judge

    return replace(report, verdict=judge(report, chosen.gate, files.known))


def say_verdict(report: CorpusReport, chosen: Settings, view: View, *, err: bool) -> None:
    """Print the verdict and why; on standard error where a report has the screen."""
    from mtqc.report import gate_summary

    typer.echo(gate_summary.render(report, chosen.gate, view), nl=False, err=err)


def leave(report: CorpusReport, gating: Gating) -> None:
    """Exit with the verdict's code."""
    from mtqc.gate import exit_code

    spared = gating.exit_zero and report.verdict.verdict == "failed"
    raise typer.Exit(PASSED if spared else exit_code(report.verdict))
