"""What a writer may need beside the report: how wide, in which language, compared with what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from mtqc.model import CorpusReport
from mtqc.rules import Rule


@dataclass(frozen=True, slots=True)
class View:
    """Everything has a default: a report can be written without any of it.

    `lang`: of the words around the findings, "en" or "fr". `width` (cells), `color` and `all_sentences` are the
    terminal's. `previous`: an earlier run to compare with. `rules`: by code, for formats that explain them; writers
    look nothing up themselves. `precision`: measured, 0 to 1, by code; absent: not measured. `root`: the folder from
    which the paths in formats for code hosts are counted.
    """

    lang: str = "en"
    width: int = 100
    color: bool = False
    all_sentences: bool = False
    previous: CorpusReport | None = None
    rules: Mapping[str, Rule] = field(default_factory=dict)
    precision: Mapping[str, float] = field(default_factory=dict)
    root: Path = Path()


PLAIN = View()
