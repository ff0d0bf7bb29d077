"""Writers: each takes a CorpusReport and returns the text of a report. Pure: nothing is printed, opened or fetched."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import Protocol

from mtqc.errors import UsageError
from mtqc.model import CorpusReport
from mtqc.report import (
    csv_writer,
    github,
    gitlab,
    html_writer,
    json_writer,
    junit,
    markdown_writer,
    marot,
    rdjson,
    sarif,
    terminal,
)
from mtqc.report.view import PLAIN, View


class Render(Protocol):
    """A report, seen in a certain way, as text."""

    def __call__(self, report: CorpusReport, view: View = PLAIN, /) -> str:
        """The text."""
        ...


@dataclass(frozen=True, slots=True)
class Writer:
    """A report format: its name on the command line, the suffix of its files, and the function that writes it."""

    name: str
    suffix: str
    render: Render
    description: str


WRITERS: tuple[Writer, ...] = (
    Writer("terminal", ".txt", terminal.render, "both texts side by side, findings below; for reading here and now"),
    Writer("html", ".html", html_writer.render, "one page without outside requests, for editors"),
    Writer("json", ".json", json_writer.render, "everything, in the layout mtqc-report/1"),
    Writer("jsonl", ".jsonl", json_writer.render_lines, "JSON Lines: one aligned pair of sentences a line"),
    Writer("markdown", ".md", markdown_writer.render, "tables for a comment on a pull request"),
    Writer("csv", ".csv", csv_writer.render, "one finding a row, for spreadsheets"),
    Writer("sarif", ".sarif", sarif.render, "SARIF 2.1.0, for GitHub code scanning"),
    Writer("github", ".github.txt", github.render, "workflow commands: annotations from a GitHub job"),
    Writer("gitlab", ".gitlab.json", gitlab.render, "GitLab code quality"),
    Writer("junit", ".xml", junit.render, "JUnit XML: an article a suite, a sentence a case"),
    Writer("rdjsonl", ".rdjsonl", rdjson.render, "diagnostics for reviewdog, with suggestions"),
    Writer("marot", ".tsv", marot.render, "MQM ratings as WMT exchanges them, for Marot"),
)


def writer(name: str) -> Writer:
    """The writer of this name. Raises UsageError where there is none."""
    names = [w.name for w in WRITERS]
    if name not in names:
        near = get_close_matches(name, names, 1)
        hint = f"Did you mean {near[0]}?" if near else f"Formats are {', '.join(names)}."
        raise UsageError(f"There is no report format {name!r}.", hint=hint)
    return WRITERS[names.index(name)]
