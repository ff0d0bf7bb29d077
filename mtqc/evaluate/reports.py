"""What a report says, as far as it can be judged: read from the JSON report (`mtqc-report/1`) of a file or a run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mtqc.errors import InputError
from mtqc.evaluate.gold import is_typography
from mtqc.model import Severity

SCHEMA = "mtqc-report/1"
_HINT = "Write one with `mtqc check --format json`."
_SEVERITIES = {s.label: s for s in Severity}


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding, by its place: line of the translation from 1, [start, end) in code points of that line.

    `sentence_line`: the line on which the sentence begins that the finding belongs to.
    """

    code: str
    name: str
    severity: Severity
    category: str
    line: int
    start: int
    end: int
    sentence_line: int
    text: str = ""
    message: str = ""
    confidence: float = 1.0

    @property
    def is_typography(self) -> bool:
        """Locale conventions and punctuation."""
        return is_typography(self.category)

    @property
    def is_omission(self) -> bool:
        """True where what it reports is not in the translation."""
        return self.category.startswith("accuracy/omission")


@dataclass(frozen=True)
class Output:
    """One article's findings; `lines` its text and `quality` (0 to 100, the lowest sentence's) by line number."""

    id: str
    target_path: str
    marks: tuple[Mark, ...]
    lines: Mapping[int, str] = field(repr=False)
    quality: Mapping[int, float] = field(repr=False)


def read_report(path: Path) -> tuple[list[Output], str]:
    """The articles of a JSON report and its signature. Raises InputError where it is none."""
    try:
        report = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(
            f"{path}: not a JSON report ({error}).", hint="Write one with `mtqc check -f json`."
        ) from error
    if not isinstance(report, dict) or report.get("schema") != SCHEMA:
        raise InputError(f"{path}: not a report of schema {SCHEMA}.", hint="Write one with `mtqc check -f json`.")
    return [output(a) for a in report["articles"]], report["tool"]["signature"]


def output(article: Mapping[str, Any]) -> Output:
    """One item of the report's `articles`."""
    marks, lines, quality = [], dict[int, str](), dict[int, float]()
    for s in article["sentences"]:
        target = s["target"]
        _lay(lines, target)
        if s["quality"] is not None:
            quality[target["line"]] = min(s["quality"], quality.get(target["line"], 1e9))
        marks += [_mark(f, target["line"]) for f in s["findings"]]
    marks += [_mark(f, f["target"]["line"]) for f in article["findings"]]
    return Output(article["id"], article["target"]["path"], tuple(marks), lines, quality)


def _mark(finding: Mapping[str, Any], sentence_line: int) -> Mark:
    place = finding["target"]
    return Mark(
        finding["code"],
        finding["name"],
        _SEVERITIES[finding["severity"]],
        finding["category"],
        place["line"],
        place["start"],
        place["end"],
        sentence_line,
        place["text"],
        finding["message"],
        finding["confidence"],
    )


def _lay(lines: dict[int, str], sentence: Mapping[str, Any]) -> None:
    """Put a sentence at its place in its line; what lies between two sentences is white space."""
    for offset, text in enumerate(sentence["text"].splitlines()):
        number = sentence["line"] + offset
        start = 0 if offset else sentence["start"]
        before = lines.get(number, "")
        lines[number] = before.ljust(start)[:start] + text + before[start + len(text) :]
