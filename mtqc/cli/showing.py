"""Reports onto the screen and into files: which format goes where, and how it looks there."""

from __future__ import annotations

import json
import os
import shutil
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from mtqc.cli.common import warn, write
from mtqc.errors import UsageError

if TYPE_CHECKING:
    from mtqc.cli.options import Showing
    from mtqc.config import Settings
    from mtqc.model import CorpusReport
    from mtqc.report import Writer
    from mtqc.report.view import View
    from mtqc.source.rows import Columns

Plan = list[tuple["Writer", Path | None]]
"""Which writer writes where; None is standard output."""
_SHOWN = 3
FEWEST = 10
"""Findings of a rule, below which the share that is right says little: of ten, 5 right may be 24 to 76 % (Wilson)."""


def plan(showing: Showing, default: str = "terminal") -> Plan:
    """Which writer writes where; `default`: the format where none is asked for ("": none). Raises UsageError."""
    from mtqc.report import WRITERS, writer

    outputs, formats = showing.output or [], showing.format or []
    if outputs and not formats:
        by_suffix = {w.suffix: w for w in reversed(WRITERS)}
        return [(_by_suffix(p, by_suffix), p) for p in outputs]
    writers = [writer(name) for name in formats or ([default] if default else [])]
    return list(zip(writers, _places(writers, outputs), strict=True))


def _by_suffix(path: Path, writers: dict[str, Writer]) -> Writer:
    """The writer whose suffix the name ends in; the longest counts: report.gitlab.json is GitLab's."""
    fitting = [suffix for suffix in writers if path.name.endswith(suffix)]
    if not fitting:
        raise UsageError(
            f"--output {path}: which format?", hint="Give --format, or a name that ends in .html or .json."
        )
    return writers[max(fitting, key=len)]


def _places(writers: list[Writer], outputs: list[Path]) -> list[Path | None]:
    if len(outputs) == 1 and (outputs[0].is_dir() or (len(writers) > 1 and not outputs[0].suffix)):
        return [None if w.name == "terminal" else outputs[0] / f"mtqc-report{w.suffix}" for w in writers]
    places: list[Path | None] = [None if str(p) == "-" else p for p in outputs]
    if len(places) == len(writers) - 1 and "terminal" in (names := [w.name for w in writers]):
        places.insert(names.index("terminal"), None)
    if not places and len(writers) == 1:
        places = [None]
    if len(places) != len(writers):
        raise UsageError(
            f"{len(writers)} formats, but {len(outputs)} outputs.",
            hint="Give one --output for each --format, in the same order, or one folder for all.",
        )
    return places


def read_run(run: Path) -> CorpusReport:
    """An earlier run, with its texts where they are still at hand and as they were. Raises InputError."""
    from mtqc.report.json_reader import load
    from mtqc.source.again import TextsAtHand

    texts = TextsAtHand(_columns(run))
    found = load(run, texts)
    if texts.missing:
        warn(_changed(texts.missing))
    return found


def _columns(run: Path) -> Columns:
    """The columns that mtqc batch was told to read, as the run folder's summary has them; else the known ones."""
    from mtqc.source.rows import Columns

    try:
        inputs = json.loads((run / "summary.json").read_text(encoding="utf-8"))["inputs"]
        named = [text.partition("=") for text in inputs]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        named = []
    return Columns(**{name: value for name, is_column, value in named if is_column and name in Columns.__slots__})


def _changed(paths: tuple[str, ...]) -> str:
    names = ", ".join(paths[:_SHOWN]) + (f" and {len(paths) - _SHOWN} more" if len(paths) > _SHOWN else "")
    return (
        f"{names}: not there, or not as it was when it was checked; its text is laid out from the report’s sentences,"
        " and of web pages and tables the line in the file is not known."
    )


def deliver(report: CorpusReport, places: Plan, view: View) -> None:
    """Write the report everywhere it is to go. Raises InputError where a file cannot be written."""
    screen = on_screen(view)
    for writer, path in places:
        if path is not None:
            write(path, writer.render(report, view))
            continue
        text = writer.render(report, screen)
        typer.echo(text, nl=not text.endswith("\n"))


def on_screen(view: View) -> View:
    """The view, as wide as the terminal, in colour where it is one and NO_COLOR (no-color.org) is not set."""
    width = shutil.get_terminal_size((view.width, 24)).columns
    return replace(view, width=width, color=sys.stdout.isatty() and not os.environ.get("NO_COLOR"))


def view(chosen: Settings, showing: Showing) -> View:
    """How the report is looked at: language, earlier run, rules and what was measured of them. Raises MtqcError."""
    from mtqc.checks.measured import measured_rules
    from mtqc.report.json_reader import load
    from mtqc.report.view import View

    measured = {code: m.right / m.fired for code, m in measured_rules().items() if m.fired >= FEWEST}
    return View(
        lang=language(showing.lang or chosen.interface),
        all_sentences=showing.all,
        previous=load(showing.previous) if showing.previous else None,
        rules={r.code: r for c in chosen.checks + chosen.optional for r in c.rules},
        precision=measured | {code: decided.share for code, decided in chosen.desk.items()},
        root=Path.cwd(),
    )


def language(lang: str) -> str:
    """The interface language. Raises UsageError where mtqc does not speak it."""
    from mtqc.config import INTERFACES

    if lang not in INTERFACES:
        raise UsageError(f"--lang {lang}: mtqc’s reports do not speak it.", hint=f"Known: {', '.join(INTERFACES)}.")
    return lang
