"""The measuring script's own parts: halves, errors of several parts, packing, tables and plots."""

from __future__ import annotations

import os
import xml.etree.ElementTree as ET
from itertools import pairwise
from pathlib import Path

import pytest
from annotated import SETS, _errors
from contrasts import packed
from data import every_other, flat
from plots import Bar, bars, curves
from quality_contrasts import Outcome, row
from quality_job import Job, of, percent, table
from quality_planted import aim
from quality_plots import _roc
from quality_rules import annotated as by_rule
from winomt import GENDERS

from mtqc.config import Settings
from mtqc.evaluate import JudgedFinding, JudgedLine, Mark, Rate
from mtqc.evaluate.figures import auc
from mtqc.model import Severity
from mtqc.plant import KINDS

SHARED = Path(os.environ.get("MTQC_SHARED", Path(__file__).parents[2] / "shared"))
SVG = "{http://www.w3.org/2000/svg}"


def span(start, length, parts=1, severity="major"):
    return {"start": start, "length": length, "severity": severity, "category": "Word Order", "parts": parts}


def test_spans_of_one_error_are_one_error():
    found = list(_errors(3, [span(0, 4), span(6, 1, 2), span(9, 2, 2), span(20, 1, severity="neutral"), span(30, 1)]))
    assert [e.spans for e in found] == [((0, 4),), ((6, 7), (9, 11)), ((30, 31),)]
    assert {(e.line, e.severity, e.category) for e in found} == {(3, Severity.MAJOR, "word order")}


def test_halves_share_nothing_and_lose_nothing():
    items = list(range(7))
    tune, report = every_other(items, "tune"), every_other(items, "report")
    assert sorted(tune + report) == items
    assert not set(tune) & set(report)


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason=f"there is no {SHARED}")
@pytest.mark.parametrize("name", ["gold", "qe", "biomqm"])
def test_no_sentence_of_the_reporting_half_is_in_the_tuning_half(name):
    halves = [
        {t for a in SETS[name][1](h) for t in a.pair.source.text.split("\n") if t.strip()} for h in ("tune", "report")
    ]
    assert all(halves)
    assert not halves[0] & halves[1]


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason=f"there is no {SHARED}")
@pytest.mark.parametrize("name", SETS)
def test_marked_errors_lie_inside_their_lines(name):
    for a in SETS[name][1]("tune"):
        lines = a.pair.target.text.split("\n")
        for e in a.gold:
            placed = e.placed(lines[e.line - 1])
            assert all(0 <= start <= end <= len(lines[e.line - 1]) + 1 for start, end in placed.spans)


def test_packing_never_splits_an_item_and_keeps_lines_together():
    given = [((f"a{i}", f"b\n{i}"), (f"x{i}", f"y{i}")) for i in range(30)]
    articles = list(packed("p", given, ("en", "fr")))
    assert [len(a.segments) for a in articles] == [26, 26, 8]
    first = articles[0]
    assert [first.source.text[s.start : s.end] for s, _ in first.segments[:2]] == ["a0", "b 0"]
    assert first.target.lang == "fr"
    assert len(flat("a\r\nb")) == 4


def test_articles_are_spread_over_a_set():
    (pair,) = packed("p", [(("a",), ("b",))] * 25, ("en", "fr"))
    job = Job("tune", Settings(checks=()), None, limit=100)
    assert len(job.some("x", [pair] * 10, lambda p: p)) == 4
    assert len(job.some("x", [pair] * 3, lambda p: p)) == 3


def test_numbers_in_tables():
    assert table(["a", "b"], [[1, "x"]]) == ["| a | b |", "| --- | --- |", "| 1 | x |"]
    assert (of(Rate(1, 4)), of(Rate(0, 0)), percent(Rate(1, 8))) == ("1 of 4 (25 %)", "–", "12.5 %")
    outcomes = [
        Outcome("g", True, False),
        Outcome("g", False, True),
        Outcome("g", False, False),
        Outcome("g", True, False),
    ]
    assert row("g", outcomes)[1:3] == ["4", "50.0 %"]
    assert row("g", outcomes)[4:] == ["25.0 %", "25.0 %"]


def line(quality, bad, *findings):
    return JudgedLine("a", 1, 0, 0, 0, (), findings, quality, bad)


def test_the_curve_encloses_the_auc():
    lines = [line(10, True), line(20, False), line(20, True), line(90, False), line(100, True), line(100, False)]
    points = _roc(lines)
    area = sum((x2 - x1) * (y1 + y2) / 2 for (x1, y1), (x2, y2) in pairwise(points))
    assert (points[0], points[-1]) == ((0, 0), (1, 1))
    assert area == pytest.approx(auc([(x.quality, x.bad) for x in lines]))


def test_rules_are_counted_without_typography_and_neutral_ones():
    def finding(right, severity=Severity.MINOR):
        return JudgedFinding(Mark("ACC601", "n", severity, "accuracy", 1, 0, 1, 1), right)

    judged = [line(1, True, finding(True), finding(False), finding(None), finding(False, Severity.NEUTRAL))]
    assert by_rule({"gold": judged}) == {"ACC601": Rate(1, 2)}
    assert by_rule({"gold": judged}, "qe") == {}


def test_every_aim_is_about_a_kind_that_exists():
    from quality_planted import AIMS

    for starts in AIMS.values():
        for start in starts:
            assert any(k.name.startswith(start) for k in KINDS), start
    assert aim("figure-digit") == 0.95
    assert aim("no-such-kind") == 0


def test_plots_are_valid_and_show_every_row():
    svg = bars("Title & more", [Bar("one", 0.5, 0.4, 0.6, "5 of 10", aim=0.8), Bar("two", 1, 0.9, 1)])
    root = ET.fromstring(svg)
    assert {t.text for t in root.iter(f"{SVG}text")} >= {"Title & more", "one", "two", "5 of 10", "100 %"}
    assert len([r for r in root.iter(f"{SVG}line") if r.get("class") == "aim"]) == 1
    assert "prefers-color-scheme: dark" in svg
    drawn = ET.fromstring(curves("T", ("x", "y"), [("a", [(0, 0), (1, 1)])]))
    assert next(drawn.iter(f"{SVG}polyline")).get("points") == "60.0,360.0 380.0,40.0"


def test_determiners_tell_the_gender():
    assert GENDERS["female"].search("Hier, la ")
    assert GENDERS["male"].search("Le ")
    assert not GENDERS["male"].search("parle ")
    assert not any(p.search("l’") for p in GENDERS.values())
