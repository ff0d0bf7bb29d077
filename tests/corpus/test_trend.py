"""Quality over time, and the section of the index that shows it."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from articles import registers, visit

from mtqc.corpus import section
from mtqc.corpus.findings import merged
from mtqc.corpus.trend import MOST, Trend, day_of, over_time
from mtqc.interface import LANGUAGES
from mtqc.model import Severity


def rows(*days, words=1000, points=10.0):
    return [(d, words, points, {Severity.MAJOR: 2}) for d in days]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-28", date(2026, 11, 28)),
        ("2026-11-28T07:00:00Z", date(2026, 11, 28)),
        ("2026-11", date(2026, 11, 1)),
        ("2026", date(2026, 1, 1)),
        ("", None),
        ("yesterday", None),
        ("28/11/2026", None),
        ("2026-13-01", None),
    ],
)
def test_dates(text, day):
    assert day_of(text) == day


@pytest.mark.parametrize(
    ("days", "unit", "names"),
    [
        (("2026-11-28", "2026-11-27", "2026-11-28"), "day", ["2026-11-27", "2026-11-28"]),
        (("2026-12-28", "2027-01-03", "2026-11-20"), "week", ["2026-W47", "2026-W53"]),
        (("2026-11-28", "2026-01-01"), "month", ["2026-01", "2026-11"]),
        (("2026-11-28", "2010-01-01"), "year", ["2010", "2026"]),
    ],
)
def test_periods(days, unit, names):
    found = over_time(rows(*days))
    assert found.unit == unit
    assert [p.name for p in found.periods] == names


def test_never_too_many_periods():
    for length in (1, 20, 22, 119, 121, 1000, 30 * MOST, 30 * MOST + 1, 9000):
        days = [(date(2000, 1, 1) + timedelta(n)).isoformat() for n in range(length)]
        assert len(over_time(rows(*days)).periods) <= MOST


def test_figures_of_a_period_are_of_its_words():
    found = over_time([("2026-01-01", 100, 10, {Severity.MINOR: 1}), ("2026-01-01", 900, 0, {Severity.MINOR: 2})])
    (period,) = found.periods
    assert (period.articles, period.words, period.findings) == (2, 1000, {Severity.MINOR: 3})
    assert period.mqm_per_1000_words == pytest.approx(10)
    assert period.quality == pytest.approx(99)
    assert period.enough


def test_undated_articles_are_counted():
    assert over_time(rows("2026-01-01", "", "soon")).undated == 2
    assert over_time([]) == Trend("day", ())


def test_little_text_is_called_so():
    assert not over_time(rows("2026-01-01", words=20)).periods[0].enough


FOUND = merged(registers(*[visit(f"a{n}", "Marchenko", "Marchenko" if n else "Martchenko") for n in range(8)]))
NOTHING = merged(registers(visit("a", "Hooper", "Hooper")))


def test_nothing_to_say_is_nothing():
    assert section.render(NOTHING, over_time([]), lambda *_: "", "en") == ""
    assert section.render(NOTHING, over_time(rows("2026-01-01")), lambda *_: "", "en") == "", "one day is no trend"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_section(lang):
    trend = over_time(rows("2026-01-01", "2026-01-02", ""))
    html = section.render(FOUND, trend, lambda article, sentence: f"articles/{article}.html#{sentence}", lang)
    assert '<a href="articles/a0.html#s1">a0</a>' in html
    assert "Martchenko" in html
    assert "2026-01-02" in html
    assert ("Over time" in html) == (lang == "en")


def test_markup_in_texts_is_shown_and_not_run():
    data = [json.dumps({"sentences": [[1, "a", str(n), "<b>x</b>", "<i>y</i>"]]}) for n in range(2)]
    bad = merged([(f"<script>{n}", "", text) for n, text in enumerate(data)])
    html = section.render(bad, over_time([]), lambda *_: "", "en")
    assert "<script>" not in html
    assert "<i>" not in html
    assert "&lt;i&gt;y" in html


def test_everything_stands_in_the_summary():
    data = section.as_dict(FOUND, over_time(rows("2026-01-01")))
    (finding,) = data["findings"]
    assert finding["forms"][1]["places"] == [{"article": "a0", "sentence": "s1"}]
    assert finding["severity"] == "minor"
    assert data["trend"]["periods"][0]["findings"] == {"critical": 0, "major": 2, "minor": 0, "neutral": 0}
