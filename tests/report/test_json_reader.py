"""A JSON report, read back and written again, is the same report."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import sample

from mtqc.errors import InputError
from mtqc.model import Document, Suppressed, Verdict
from mtqc.report import json_reader, json_writer
from mtqc.report.canvas import Canvas

DEMO = Path(__file__).parents[2] / "reports" / "demo" / "mtqc-report.json"


def written(report):
    return json.loads(json_writer.render(report))


def test_written_again_it_is_the_same(tmp_path):
    path = tmp_path / "mtqc-report.json"
    path.write_text(json_writer.render(sample.corpus()), encoding="utf-8")
    assert written(json_reader.load(tmp_path)) == written(sample.corpus())
    assert written(json_reader.load(path)) == written(sample.corpus())


def test_the_demo_report_too():
    assert written(json_reader.load(DEMO)) == json.loads(DEMO.read_text(encoding="utf-8"))


def test_what_was_suppressed_and_the_verdict_are_kept():
    report = sample.corpus()
    article = report.articles[0]
    finding = article.all_findings[0]
    gone = Suppressed(article.pair.id, finding, "baseline", "known", "2026-11-28")
    verdict = Verdict("failed", ("1 critical finding.",), ("Little text.",))
    full = replace(report, suppressed=(gone,), verdict=verdict, unused=("x",))
    again = json_reader.parse(written(full))
    assert again.verdict == verdict
    assert again.unused == ("x",)
    assert written(again) == written(full)


def test_spans_count_in_the_text_that_is_given():
    report = sample.corpus()
    texts = {a.pair.target.path: a.pair.target for a in report.articles}
    texts |= {a.pair.source.path: a.pair.source for a in report.articles}

    def at_hand(document: Document) -> Document | None:
        return texts.get(document.path)

    for one, two in zip(report.articles, json_reader.parse(written(report), at_hand).articles, strict=True):
        assert [f.target for f in one.all_findings] == [f.target for f in two.all_findings]
        assert [s.bead.target_start for s in one.sentences] == [s.bead.target_start for s in two.sentences]
        assert one.pair.target.text == two.pair.target.text


def test_laid_out_text_holds_what_the_spans_say():
    for article in json_reader.parse(written(sample.corpus())).articles:
        for s in article.sentences:
            start = s.bead.target_start
            assert article.pair.target.text[start : start + len(s.bead.target_text)] == s.bead.target_text
        for f in article.all_findings:
            assert article.pair.target.text[f.target.span.start : f.target.span.end] == f.target.text


@pytest.mark.parametrize(
    ("text", "said"),
    [("{", "not valid JSON"), ("[]", "not a report"), ('{"schema": "mtqc-report/1"}', "'articles' is missing")],
)
def test_a_damaged_report_is_one_clear_sentence(tmp_path, text, said):
    path = tmp_path / "x.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        json_reader.load(path)


def test_a_missing_report_says_how_to_write_one(tmp_path):
    with pytest.raises(InputError, match="--format json"):
        json_reader.load(tmp_path)


def test_canvas_lays_out_lines_and_gaps():
    canvas = Canvas()
    canvas.paint(3, 2, "é\U0001f600")
    canvas.paint(1, 0, "one\r\ntwo")
    assert canvas.text() == "one\r\ntwo\n  é\U0001f600"
