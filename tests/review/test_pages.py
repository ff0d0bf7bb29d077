"""What the pages show: order, search, filters, pages of pages, and how long ten thousand sentences take."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from pathlib import Path

import pytest
import sample
from browsing import TOKEN, Browser

from mtqc.model import NotMeasured
from mtqc.review import app, keys
from mtqc.review.sheets import ROWS
from mtqc.review.store import Store

ROOT = Path(__file__).parent.parent.parent


def browser(report, tmp_path, name="x"):
    return Browser(app.create(report, Store(tmp_path / f"{name}.sqlite"), token=TOKEN, editor="Anna"))


def listed(page):
    return re.findall(r'data-article="(\d+)" data-open="(\d+)"', page)


def rows(page):
    return re.findall(r'data-sentence="(s\d+)"', page)


def cards(page):
    return re.findall(r'class="note (\w+)" id="f([\d-]+)"', page)


def test_the_overview_begins_with_the_worst(anna, report):
    page = anna.get("/").text
    assert listed(page) == [("1", "12"), ("2", "0")]
    assert "12 open of 12" in page
    assert "Begin with ferry" in page
    assert "tariffs/target.fr.txt is empty" in page  # what could not be read is no pass
    anna.decide("dismiss", "0-1")
    assert "11 open of 12" in anna.get("/").text


def test_the_overview_is_searched(anna):
    assert listed(anna.get("/?q=harv").text) == [("2", "0")]
    assert listed(anna.get("/?q=Norsand").text) == [("1", "12")]  # by its headline too
    assert listed(anna.get("/?open=1").text) == [("1", "12")]
    assert "No article matches." in anna.get("/?q=nothing").text


def test_an_article_shows_both_texts_and_all_findings(anna, report):
    page = anna.get("/article/1").text
    assert rows(page) == [s.id for s in report.articles[0].sentences]
    assert len(cards(page)) == len(report.articles[0].all_findings)
    assert "not in the translation" in page
    assert "Publisher’s notice, not judged" in page
    assert re.search(r'<mark class="hl critical[^"]*" data-f="0-2" data-n="2">Musgrève</mark>', page)
    assert '<p class="msg" lang="en">' in page


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("severity=critical", ["s2", "s8"]),
        ("rule=ACC201", ["s2"]),
        ("q=NORSAND", ["s1"]),
        ("q=1 200", ["s1"]),  # spaces of any kind
        ("status=dismissed", ["s1"]),
        ("status=dismissed&severity=critical", []),
        ("severity=nonsense&status=nonsense&page=nonsense", [f"s{n}" for n in range(1, 11)]),
        ("q=%00%FF", []),
    ],
)
def test_filters(anna, query, kept):
    anna.decide("dismiss", "0-1")
    page = anna.get(f"/article/1?{query}").text
    assert rows(page) == kept
    if not kept:
        assert "Nothing matches the filter." in page


def test_a_filter_follows_the_editors_severity(anna):
    anna.decide("severity", "0-1", severity="critical")
    assert "s1" in rows(anna.get("/article/1?severity=critical").text)


def test_findings_that_the_filter_hides_are_spoken_of(anna):
    page = anna.get("/article/1?rule=STY201").text
    assert "11 more open findings in this article." in page
    assert 'href="/article/1?page=1#f0-2"' in page


def test_the_way_on(anna, report):
    for number in range(1, 13):
        answer = anna.decide("accept", f"0-{number}").json()
    assert answer["onward"] == {"href": "/export", "label": "Downloads", "text": "Everything is decided."}
    assert answer["open"] == 0


def test_the_way_on_to_the_next_article(tmp_path):
    report = sample.corpus()
    again = replace(report.articles[0], pair=replace(report.articles[0].pair, id="ferry again"))
    anna = browser(replace(report, articles=(*report.articles, again)), tmp_path)
    onward = anna.state(1)["onward"] if anna.state(1).get("onward") else anna.decide("accept", "0-1").json()["onward"]
    assert onward == {"href": "/article/3", "label": "Next: ferry again", "text": "This article is done."}


def test_what_was_not_judged_is_said_in_its_article(anna, report):
    failed = next(n for n, a in enumerate(report.articles, 1) if a.failures)
    assert "Not everything could be judged" in anna.get(f"/article/{failed}").text


def test_an_article_without_score_has_none_in_the_overview(tmp_path):
    report = sample.corpus()
    first = replace(report.articles[0], score=NotMeasured("no model"))
    assert "–" in browser(replace(report, articles=(first,)), tmp_path).get("/").text


def test_decisions_that_no_longer_reach_anything_are_spoken_of(anna, tmp_path):
    anna.decide("dismiss", "0-1")
    store = Store(tmp_path / "review.sqlite")
    renewed = Browser(app.create(replace(sample.corpus(), articles=sample.corpus().articles[1:]), store, token=TOKEN))
    assert "1 earlier decision reaches nothing in this report" in renewed.get("/").text
    assert "reaches nothing" not in anna.get("/").text


def test_an_empty_report_has_a_page(tmp_path):
    page = browser(replace(sample.corpus(), articles=()), tmp_path).get("/")
    assert page.status_code == 200
    assert "No article matches." in page.text


def test_ten_thousand_sentences_in_one_article(tmp_path):
    report = sample.large(10_000)
    anna = browser(report, tmp_path)
    anna.get("/article/1")
    start = time.perf_counter()
    page = anna.get("/article/1").text
    assert time.perf_counter() - start < 2  # measured: 0.3 s on two cores
    assert len(rows(page)) == ROWS
    last = len(report.articles[0].sentences) // ROWS + 1
    assert rows(anna.get(f"/article/1?page={last}").text)[-1] == f"s{len(report.articles[0].sentences)}"
    assert rows(anna.get("/article/1?page=99999").text)[-1] == f"s{len(report.articles[0].sentences)}"
    start = time.perf_counter()
    answer = anna.decide("dismiss", "0-1", seen=0)
    assert answer.status_code == 200
    assert time.perf_counter() - start < 2
    assert len(answer.content) < 200_000


def test_ten_thousand_sentences_in_a_thousand_articles(tmp_path):
    report = sample.corpus()
    ferry = report.articles[0]
    many = tuple(replace(ferry, pair=replace(ferry.pair, id=f"ferry {n}")) for n in range(1000))
    anna = browser(replace(report, articles=many), tmp_path)
    for path in ("/", "/article/500"):
        start = time.perf_counter()
        page = anna.get(path)
        assert time.perf_counter() - start < 2
        assert len(page.content) < 300_000
    start = time.perf_counter()
    answer = anna.decide("dismiss-everywhere", "499-2", seen=0).json()
    assert time.perf_counter() - start < 3
    assert answer["settled"] == 1000


def test_the_help_lists_every_key(anna):
    page = anna.get("/article/1").text
    assert re.findall(r'<tr data-key="([\w-]+)">', page) == [k.act for k in keys.KEYS]


def test_no_key_means_two_things():
    pressed = [key for k in keys.KEYS for key in k.keys]
    assert len(pressed) == len(set(pressed))


def test_the_script_knows_every_act():
    script = (ROOT / "mtqc/review/templates/review.js").read_text(encoding="utf-8")
    table = script[script.index("const acts = {") : script.index("document.addEventListener")]
    for key in keys.KEYS:
        if not key.where and key.act not in {"critical", "major", "minor", "neutral"}:
            assert re.search(rf'(?<![\w-])"?{key.act}"?(?![\w-])', table), key.act


def test_the_docs_have_the_same_keys():
    text = (ROOT / "docs/review.md").read_text(encoding="utf-8")
    table = re.findall(r"^\| ((?:`[^`]+`(?:, )?)+) \| (.+) \|$", text, re.MULTILINE)
    documented = [(re.findall(r"`([^`]+)`", named), says) for named, says in table]
    assert documented == [([keys.shown(key) for key in k.keys], k.says) for k in keys.KEYS]
