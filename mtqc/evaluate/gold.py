"""Errors that somebody marked: gold.jsonl, one object a line (corpora/README.md says what the keys mean)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from mtqc.errors import InputError
from mtqc.model import Severity

FILE = "gold.jsonl"
MUST_NOT = "must-not-flag"
_SEVERITIES = {s.label: s for s in Severity} | {"none": Severity.NEUTRAL}


@dataclass(frozen=True, slots=True)
class GoldError:
    """One marked error. `line`: of the translation, from 1. `spans`: half-open, code points inside that line; several
    where one error has several parts, none where only its text is known (see `placed`) or it has no place.

    `required`: must, should, may, must-not-flag, or "". `kind`: what was planted, "" where nothing was. `gap`: line
    of the place where something was left out, 0 where nothing was; the span is then only the word beside.
    """

    line: int
    spans: tuple[tuple[int, int], ...]
    severity: Severity
    category: str
    text: str = ""
    occurrence: int = 1
    source_text: str = ""
    required: str = ""
    kind: str = ""
    gap: int = 0

    @property
    def is_typography(self) -> bool:
        """Locale conventions and punctuation, which are measured apart."""
        return is_typography(self.category)

    @property
    def is_serious(self) -> bool:
        """Critical or major."""
        return self.severity >= Severity.MAJOR

    def placed(self, line_text: str) -> GoldError:
        """With the span of `text` in its line; unchanged where that is not there. White space may differ in kind."""
        if self.spans or not self.text:
            return self
        pattern = r"\s+".join(map(re.escape, self.text.split())) or re.escape(self.text)
        starts = list(re.finditer(f"(?=({pattern}))", line_text))
        if len(starts) < self.occurrence:
            return self
        return replace(self, spans=(starts[self.occurrence - 1].span(1),))


def is_typography(category: str) -> bool:
    """True for locale conventions and punctuation, by the category's name."""
    return category.startswith("locale") or "punctuation" in category


def find_gold(target_path: str) -> Path | None:
    """gold.jsonl, or NAME.gold.jsonl of NAME.fr.txt (or NAME.en.txt), beside a translation."""
    path = Path(target_path)
    stem = re.sub(r"[._-](?:fr|en)$", "", path.stem)
    places = (path.with_name(f"{stem}.{FILE}"), path.with_name(FILE))
    return next((p for p in places if p.is_file()), None)


def read_gold(path: Path) -> tuple[GoldError, ...]:
    """The errors of a gold file. Raises InputError that names the line which is wrong."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read ({error}).", hint="Give a gold file in UTF-8.") from error
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                found.append(parse_gold(json.loads(line)))
            except (ValueError, TypeError, KeyError, AttributeError) as error:
                raise InputError(
                    f"{path}, line {number}: not a gold error ({_why(error)}).",
                    hint="Each line is an object with target_line, severity, category and target_span or target_text.",
                ) from error
    return tuple(found)


def _why(error: Exception) -> str:
    return f"{error} is missing" if isinstance(error, KeyError) else str(error)


def parse_gold(row: Mapping[str, Any]) -> GoldError:
    """One error from its object. Raises KeyError, TypeError or ValueError where it is not one."""
    line, severity, span = row["target_line"], row["severity"], row.get("target_span")
    if not isinstance(line, int) or line < 1:
        raise ValueError(f"target_line {line!r} is not a number from 1")
    if severity not in _SEVERITIES:
        raise ValueError(f"severity {severity!r} is none of {', '.join(_SEVERITIES)}")
    return GoldError(
        line=line,
        spans=(_span(span),) if span else (),
        severity=_SEVERITIES[severity],
        category=str(row["category"]),
        text=row.get("target_text") or "",
        occurrence=int(row.get("occurrence") or 1),
        source_text=row.get("source_text") or "",
        required=row.get("required") or "",
        kind=row.get("kind") or "",
        gap=int(row["place"][0]) if "place" in row else 0,
    )


def _span(value: Any) -> tuple[int, int]:  # noqa: ANN401 -- whatever a user's file holds
    start, end = value
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start <= end):
        raise ValueError(f"target_span {value!r} is not [start, end]")
    return start, end
