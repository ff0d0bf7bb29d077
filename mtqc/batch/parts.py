"""What is kept of a report: its parts, made where the report still lives, each in the form in which it is written."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from mtqc import __version__
from mtqc.batch.model import PartName, Tally, packed
from mtqc.config import Settings
from mtqc.corpus import register
from mtqc.model import ArticleReport, CorpusReport, NotMeasured
from mtqc.report import html_writer, json_writer, records
from mtqc.report.view import View

LAYOUT = 1
"""Raise it when a part changes its form: what an earlier version kept is then made anew."""


@dataclass(frozen=True)
class Printer:
    """Makes the parts. `lang`: of the page; `signature`: of the run."""

    settings: Settings
    lang: str
    signature: str

    @cached_property
    def _view(self) -> View:
        checks = self.settings.checks + self.settings.optional
        return View(lang=self.lang, rules={r.code: r for c in checks for r in c.rules})

    def parts(self, report: ArticleReport) -> Mapping[PartName, bytes]:
        """All of them, packed."""
        return {name: packed(text) for name, text in self._texts(report)}

    def _texts(self, report: ArticleReport) -> Iterator[tuple[PartName, str]]:
        alone = CorpusReport((report,), self.signature, __version__)
        yield "article", json_writer.render_article(report)
        yield "lines", json_writer.render_lines(alone)
        yield "findings", _rows(list(records.findings(report)))
        yield "sentences", _rows(list(records.sentences(report)))
        yield "row", _rows(records.article(report))
        yield "page", html_writer.render(alone, self._view)
        yield "register", register.of(report)


def _rows(value: records.Row | list[records.Row]) -> str:
    return json.dumps(value, ensure_ascii=False)


def tally(report: ArticleReport) -> Tally:
    """What the index shows of it."""
    found = dict(Counter(f.severity for f in report.all_findings))
    if isinstance(report.score, NotMeasured):
        return Tally(len(report.sentences), 0, found)
    score = report.score
    return Tally(len(report.sentences), score.words, found, score.quality, score.mqm_per_1000_words)
