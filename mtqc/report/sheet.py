"""A page of a given width in terminal cells: rules, wrapped paragraphs, colours of the severities."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rich.text import Text

from mtqc.model import Severity
from mtqc.report.columns import flat, wrap
from mtqc.report.phrases import Phrases

STYLES = {
    Severity.CRITICAL: "bold red",
    Severity.MAJOR: "bold yellow",
    Severity.MINOR: "cyan",
    Severity.NEUTRAL: "blue",
}


@dataclass(frozen=True, eq=False)
class Sheet:
    """Where the terminal report is written: `width` cells, in the language of `words`."""

    width: int
    words: Phrases

    def rule(self, title: str) -> Text:
        """A line across the sheet, with a title."""
        shown = flat(title)
        return Text.assemble(("── ", "dim"), (shown, "bold"), (" " + "─" * max(3, self.width - 4 - len(shown)), "dim"))

    def paragraph(self, text: str, indent: int = 0, hang: int = 0, style: str = "") -> Iterator[Text]:
        """The text, wrapped; its later lines are set in by `hang` more cells."""
        shown = flat(text)
        for n, line in enumerate(wrap(shown, self.width - indent - hang)):
            yield Text(" " * (indent + (hang if n else 0)) + shown[line.start : line.end], style=style)
