"""What a notebook shows: small, escaped, nothing requested, readable on light and dark."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import html
from sample import corpus

import mtqc
from mtqc.model import CorpusReport, NotMeasured, Severity
from mtqc.report import notebook

SAMPLE = corpus()
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'>{{ 7*7 }}</td></table>\u202e\x1b[31m"
TAGS = {"div", "p", "b", "br", "ul", "li", "table", "thead", "tbody", "tr", "th", "td", "q", "i", "small", "code"}
MOST = 30_000
"""Characters: 20 findings with every text at its longest."""


def parts(report):
    return html.fragment_fromstring(report._repr_html_())


def article(**changes):
    return replace(SAMPLE.articles[0], **changes)


def hostile():
    """The sample's article with a hostile text in every place that the page shows."""
    one = SAMPLE.articles[0]
    sentences = tuple(replace(s, findings=tuple(_hostile(f) for f in s.findings)) for s in one.sentences)
    pair = replace(one.pair, id=HOSTILE)
    return article(pair=pair, sentences=sentences, failures=(HOSTILE,), score=NotMeasured(HOSTILE))


def _hostile(f):
    fix = replace(f.fix, text=HOSTILE) if f.fix else None
    return replace(f, message=HOSTILE, target=replace(f.target, text=HOSTILE), fix=fix)


def test_a_report_shows_itself():
    shown = parts(SAMPLE.articles[0]).text_content()
    worst = max(SAMPLE.articles[0].all_findings, key=lambda f: f.severity)
    assert worst.message in shown
    assert worst.code in shown
    assert shown.index("critical") < shown.rindex("minor")
    assert SAMPLE.articles[0].pair.id in shown


@pytest.mark.parametrize(
    "report", [hostile(), replace(SAMPLE, articles=(hostile(),) * 2, unread=((HOSTILE, HOSTILE),))]
)
def test_hostile_text_is_text(report):
    page = report._repr_html_()
    tree = parts(report)
    for element in tree.iter():
        assert element.tag in TAGS
        assert set(element.attrib) <= {"style", "lang", "scope"}
        assert "url(" not in element.get("style", "")
    assert "<script>alert(1)</script>" in tree.text_content()
    assert "{{ 7*7 }}" in tree.text_content()
    assert not set(page) & {"\u202e", "\x1b"}


@pytest.mark.parametrize("report", [*SAMPLE.articles, SAMPLE])
def test_nothing_is_requested_and_nothing_runs(report):
    for element in parts(report).iter():
        assert element.tag in TAGS
        assert set(element.attrib) <= {"style", "lang", "scope"}
        assert "url(" not in element.get("style", "")


def test_it_stays_small():
    one = SAMPLE.articles[0]
    finding = replace(one.all_findings[0], message="m" * 100_000)
    many = article(findings=(finding,) * 10_000, failures=("f" * 1000,) * 500)
    page = many._repr_html_()
    assert len(page) < MOST
    assert f"{len(many.all_findings) - notebook.SHOWN:,} findings not shown here" in page
    assert "and 480 more" in page
    corpus = CorpusReport((many,) * 1000, "s", "v", tuple((str(n), "why") for n in range(1000)))
    assert len(corpus._repr_html_()) < MOST
    assert "980 articles not shown here" in corpus._repr_html_()


def test_what_was_not_judged_is_said_before_the_findings():
    shown = parts(article(failures=("COMET did not answer.",))).text_content()
    assert (
        shown.index("Not everything could be judged") < shown.index("COMET did not answer.") < shown.index("Severity")
    )
    shown = parts(replace(SAMPLE, unread=(("gone", "gone does not exist."),))).text_content()
    assert "gone could not be read: gone does not exist." in shown
    assert "There was no article to judge." in parts(CorpusReport((), "s", "v")).text_content()


def test_a_corpus_of_one_article_shows_its_findings():
    one = SAMPLE.articles[0]
    assert CorpusReport((one,), "s", "v")._repr_html_() == one._repr_html_()


def test_checking_is_enough_for_reports_to_show_themselves():
    report = mtqc.check("He left in 2019.", "Il est parti en 2018.", no_model=True)
    assert "ACC302" in report._repr_html_()


def _light(colour: str) -> float:
    values = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in values]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("ground", ["#ffffff", "#111111"])
@pytest.mark.parametrize("severity", Severity)
def test_stripes_stand_out_on_light_and_dark(severity, ground):
    """WCAG 2.2, 1.4.11: 3 : 1. All words are in the notebook's own colour."""
    lighter, darker = sorted((_light(notebook.STRIPES[severity]), _light(ground)), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 3


def test_words_have_the_notebook_s_own_colour():
    for element in parts(SAMPLE.articles[0]).iter():
        style = element.get("style", "")
        assert all(rule in {"color:inherit", ""} for rule in style.split(";") if rule.startswith("color"))
        assert all(rule == "background:none" for rule in style.split(";") if rule.startswith("background"))
