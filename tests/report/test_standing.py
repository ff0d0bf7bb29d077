"""How a run stands as a whole, and the plot of an article."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
import sample

from mtqc.model import CorpusReport, NotMeasured, Severity
from mtqc.report import standing
from mtqc.report.phrases import ENGLISH, phrases
from mtqc.report.plots import BARS, HEIGHT, LEAST, along_the_text


def without(report: CorpusReport, *codes: str) -> CorpusReport:
    """The report as if these rules had found nothing."""
    articles = []
    for article in report.articles:
        sentences = [
            replace(s, findings=tuple(f for f in s.findings if f.code not in codes)) for s in article.sentences
        ]
        articles.append(replace(article, sentences=tuple(sentences)))
    return replace(report, articles=tuple(articles))


def test_rules_are_counted_most_frequent_first_and_remarks_last():
    counted = standing.rules(sample.large(40))
    assert [r.severity is Severity.NEUTRAL for r in counted] == [False] * (len(counted) - 1) + [True]
    numbers = [r.number for r in counted[:-1]]
    assert numbers == sorted(numbers, reverse=True)
    assert counted[0].share == 100
    assert sum(r.number for r in counted) == len(sample.large(40).articles[0].all_findings)


def test_worst_is_severe_sure_and_one_a_stretch():
    report = sample.corpus()
    found = [f for _, f in standing.worst(report, 5)]
    assert [f.severity for f in found] == [Severity.CRITICAL] * 4 + [Severity.MAJOR]
    assert found[0].confidence >= found[1].confidence
    ferry = report.articles[0]
    first = ferry.sentences[0].findings[0]
    again = replace(first, code="FLU999", confidence=first.confidence / 2)
    doubled = replace(ferry.sentences[0], findings=(first, again))
    twice = replace(report, articles=(replace(ferry, sentences=(doubled,), findings=()),))
    assert [f.code for _, f in standing.worst(twice, 5)] == [first.code]


def test_the_same_in_many_articles_is_told_once():
    report = sample.corpus()
    ferry = report.articles[0]
    fleet = tuple(replace(ferry, pair=replace(ferry.pair, id=f"ferry-{n}")) for n in range(5))
    found = [f for _, f in standing.worst(replace(report, articles=fleet), 20)]
    assert len(found) == len(standing.worst(report, 20)) == 7


def test_the_score_of_all_is_weighted_by_words():
    score = standing.overall(sample.corpus())
    assert score.words == 91
    assert score.mqm_per_1000_words == pytest.approx(1777.8 * 81 / 91)
    assert not score.enough_text
    silent = [replace(a, score=NotMeasured("so")) for a in sample.corpus().articles]
    assert standing.overall(replace(sample.corpus(), articles=tuple(silent))) is None


def test_trend():
    report = sample.corpus()
    assert standing.trend(report, None) is None
    same = standing.trend(report, report)
    assert (same.new, same.fixed, same.changed) == (0, 0, 0)
    assert ENGLISH.trend(same) == ["0 new findings, 0 fixed, 0 changed", "Quality 0.0, now 0.0"]
    before = replace(without(report, "ACC201"), signature="another")
    worse = standing.trend(report, before)
    assert (worse.new, worse.fixed, worse.same_signature) == (1, 0, False)
    better = standing.trend(before, report)
    assert (better.new, better.fixed) == (0, 1)
    assert "another signature" in ENGLISH.trend(better)[-1]
    gone = standing.trend(replace(report, articles=report.articles[:1]), report)
    assert gone.missing == 1
    assert "1 article en moins" in phrases("fr").trend(gone)


def test_bad_articles_come_first_and_broken_ones_before_them():
    harvest, ferry = sample.harvest(), sample.ferry()
    whole = replace(ferry, failures=())
    assert standing.by_badness((harvest, whole, ferry)) == [2, 1, 0]


def bars(plot, name):
    """(place, height) of the bars of a severity, read from the path."""
    path = dict(plot.paths).get(name, "")
    return [(int(x), int(h)) for x, h in re.findall(rf"M(\d+) {HEIGHT}v-(\d+)h", path)]


def test_a_bar_a_sentence_as_high_as_the_finding_asks():
    article = sample.ferry()
    plot = along_the_text(article)
    assert plot.width == len(article.sentences)
    assert [place for place, _ in bars(plot, "critical")] == [1, 7]
    assert all(height >= LEAST[Severity.CRITICAL] for _, height in bars(plot, "critical"))
    assert [place for place, _ in bars(plot, "minor")] == [2, 4], "sentences by their worst finding"
    assert bars(plot, "none") == [], "100 of 100 has no bar"


def test_long_texts_share_bars_and_none_is_lost():
    article = sample.large(5000).articles[0]
    plot = along_the_text(article)
    assert plot.width <= BARS
    assert len(bars(plot, "critical")) == plot.width, "each stretch of 32 sentences holds a critical one"


def test_a_plot_without_anything_is_empty():
    silent = replace(sample.harvest(), sentences=())
    assert along_the_text(silent).paths == ()
