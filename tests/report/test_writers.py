"""What holds for every writer: golden files, purity, hostile text, size."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
import sample

from mtqc.errors import UsageError
from mtqc.model import CorpusReport, NotMeasured
from mtqc.report import WRITERS, writer
from mtqc.testing import make_pair

EMPTY = CorpusReport((), "none", "0.1.0")


@pytest.mark.parametrize("form", WRITERS, ids=lambda w: w.name)
def test_golden(form, golden):
    golden(f"report{form.suffix}", form.render(sample.corpus()))


@pytest.mark.parametrize("form", WRITERS, ids=lambda w: w.name)
def test_rendering_is_pure(form, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "37")
    monkeypatch.setenv("FORCE_COLOR", "1")
    report = sample.corpus()
    assert form.render(report) == form.render(sample.corpus())
    assert report == sample.corpus()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("form", WRITERS, ids=lambda w: w.name)
def test_an_empty_report_is_a_report(form):
    text = form.render(EMPTY)
    assert text == "" if form.name == "jsonl" else text
    if form.name in {"terminal", "html", "markdown"}:
        assert re.search("incomplete|no article to judge", text, re.IGNORECASE), "incomplete must not read as passed"


@pytest.mark.parametrize("form", WRITERS, ids=lambda w: w.name)
def test_failures_skips_and_unread_articles_are_told(form):
    text = form.render(sample.corpus())
    if form.name == "jsonl":
        assert '"article_complete": false' in text
        return
    for told in ("FLU301 crashed on sentence s5", "ACC601", "no translation model was run", "is empty"):
        assert told in text


@pytest.mark.parametrize("form", WRITERS, ids=lambda w: w.name)
def test_control_characters_and_surrogates_can_be_written_anywhere(form):
    article = make_pair("A \x1b[31mred\x07 line\u2028end \ud83d", "Une ligne \x1b]0;title\x07 rouge\u202e \x9b31m")
    report = sample.harvest()
    bead = article.beads[0]
    sentence = replace(report.sentences[0], bead=bead, quality=NotMeasured("so"))
    finding = sample.ferry().sentences[0].findings[0]
    marked = bead.target_at(0, len(bead.target_text))
    sentence = replace(sentence, findings=(replace(finding, target=marked, source=None, fix=None),))
    text = form.render(CorpusReport((replace(report, pair=article.pair, sentences=(sentence,)),), "s", "1"))
    if form.name == "csv":
        return  # data: kept as it was read
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", text)
    if form.name not in {"json", "jsonl"}:
        assert "\u202e" not in text
    text.encode()
    assert form.name != "jsonl" or len(text.splitlines()) == 1


@pytest.mark.parametrize("form", WRITERS, ids=lambda w: w.name)
def test_ten_thousand_sentences(form):
    report = sample.large(10_000)
    assert sum(len(a.sentences) for a in report.articles) >= 10_000
    text = form.render(report)
    if form.name not in {"markdown", "github"}:  # these show the worst
        assert text.count("supprimer") >= 1000


def test_the_registry_is_explicit():
    assert len({w.name for w in WRITERS}) == len({w.suffix for w in WRITERS}) == len(WRITERS)
    assert writer("html").suffix == ".html"
    with pytest.raises(UsageError, match="Did you mean markdown"):
        writer("markdwn")
    with pytest.raises(UsageError, match="Formats are terminal, html"):
        writer("x")
