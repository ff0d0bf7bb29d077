"""What one pass over a run's parts finds out, for its index and its summary."""

from __future__ import annotations

from dataclasses import dataclass

from mtqc.model import Severity
from mtqc.report.standing import RuleCount


@dataclass(frozen=True, slots=True)
class Worst:
    """One of the findings that matter most over the whole run.

    `page`: the article's page, from the run folder; `order`: its place among the article's findings, from 1, those of
    the whole article last; `fix`: what it should read, "" without a suggestion; `lang`: of the marked text.
    """

    number: int
    id: str
    page: str
    order: int
    severity: Severity
    code: str
    name: str
    line: int
    marked: str
    fix: str
    message: str
    lang: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts about the run as a whole. `rules`: the most frequent first; `worst`: the worst first.

    `corpus`: HTML of what only the articles together show, "" without any; `changed`: files that changed while they
    were being read; `files`: further ones of the run folder that people look at.
    """

    rules: tuple[RuleCount, ...] = ()
    worst: tuple[Worst, ...] = ()
    corpus: str = ""
    changed: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
