"""CSV (RFC 4180): one finding a row, then a row for everything that was skipped, failed or could not be read."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

from mtqc.model import ArticleReport, CorpusReport
from mtqc.report import records
from mtqc.report.view import PLAIN, View

COLUMNS = {
    "kind": "`finding`, `skipped` (a check that did not run), `failure` (not judged), `unread` (an article)",
    "article": "`id` of the article",
    "sentence": "`s1`, `s2` …; empty for what concerns the whole article",
    "severity": "critical, major, minor, neutral",
    "code": "the rule's permanent code",
    "name": "the rule's name",
    "category": "MQM category, as a path",
    "confidence": "measured share of such findings that are right, 0 to 1",
    "message": "one sentence; of the other kinds the reason",
    "target_text": "the marked text; empty: something is missing there",
    "source_text": "its counterpart in the original",
    "fix_text": "what it should read",
    "fix_safe": "true, false; empty without a suggestion",
    "target_path": "file of the translation",
    "target_line": "line in it, from 1",
    "target_column": "column in the line, from 1",
    "target_start": "offset in the line, code points from 0",
    "target_end": "offset after the marked text, from the start of the same line",
    "source_path": "file of the original",
    "source_line": "line in it, from 1",
    "source_column": "column in the line, from 1",
    "related": "further places, `target 12:4 text`, joined by a semicolon",
    "evidence": "`name: value unit (origin)`, joined by a semicolon",
    "sentence_source": "the whole original side",
    "sentence_target": "the whole translation side",
    "fingerprint": "of code, marked text (of an omission the original’s) and sentences",
}
"""The header, in order, and what each column holds."""

_FORMULA = re.compile("'*(?:[=+@\t\r\n\0\uff1d\uff0b\uff0d\uff20]|-(?!\\s))")
Row = dict[str, str]


def render(report: CorpusReport, _view: View = PLAIN) -> str:
    """The whole table with its header, rows ending in CRLF, UTF-8 when encoded (no byte order mark)."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(COLUMNS), restval="", lineterminator="\r\n")
    writer.writeheader()
    for article in report.articles:
        writer.writerows({k: guarded(v) for k, v in row.items()} for row in _rows(article))
    writer.writerows(
        {"kind": "unread", "article": guarded(name), "message": guarded(why)} for name, why in report.unread
    )
    return out.getvalue()


def guarded(cell: str) -> str:
    """The cell, with an apostrophe before it where a spreadsheet would run it as a formula.

    That is where it starts with = + @ (also full-width), tab, CR, LF or NUL, or with "-" and no space after it: "- Oui"
    is a dialogue, "-1+1" is not. A cell that already starts with apostrophes before one of these gets one more, so that
    taking one away always gives the text back. The characters are those of OWASP's page on CSV injection.
    """
    return "'" + cell if _FORMULA.match(cell) else cell


def _rows(article: ArticleReport) -> Iterable[Row]:
    for finding in records.findings(article):
        yield {"kind": "finding"} | {name: _cell(value) for name, value in finding.items()}
    for skipped in article.skipped:
        yield {"kind": "skipped", "article": article.pair.id, "code": skipped.code, "message": skipped.reason}
    for failure in article.failures:
        yield {"kind": "failure", "article": article.pair.id, "message": failure}


def _cell(value: records.Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:.4g}" if isinstance(value, float) else str(value)
