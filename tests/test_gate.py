"""The gate: verdict and exit code from a report and thresholds."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from pathlib import Path

import gated
import pytest
import sample
from gated import CRITICAL, MAJOR, MINOR, NEUTRAL, article, corpus
from hypothesis import given, settings
from hypothesis import strategies as st

from mtqc.gate import KEYS, NOTHING_RAN, GateSettings, exit_code, judge, measured, together
from mtqc.model import NotMeasured, Severity, Skipped, Span, Suppressed, Verdict
from mtqc.policy import pair_fingerprint
from mtqc.report import gate_summary, json_reader, json_writer
from mtqc.report.view import View
from mtqc.scoring import calibrated, per_1000_words

DOC = (Path(__file__).parents[1] / "docs" / "gate.md").read_text(encoding="utf-8")
DEFAULT = GateSettings()
OPEN = GateSettings(
    max_critical=10**6, max_majors=math.inf, acceptable_points=math.inf, max_low_quality=1.0, max_unjudged=1.0
)
"""Lets everything pass that was judged."""


def verdict(*articles, gate=DEFAULT, **fields) -> str:
    return judge(corpus(*articles, **fields), gate).verdict


# Score


@pytest.mark.parametrize(("acceptable", "score", "passes"), [(5, 85.0, False), (10, 92.5, False), (20, 96.25, True)])
def test_the_calibrated_score_of_known_cases(acceptable, score, passes):
    """600 words, 4 minor and 1 major finding: 9 points, 15 for 1,000 words."""
    found = article("a", [(1, MINOR), (2, MINOR), (3, MINOR), (4, MINOR), (5, MAJOR)])
    gate = replace(OPEN, pass_mark=95, acceptable_points=acceptable)
    m = measured(found, gate)
    assert (m.points, m.npt) == (9, 15)
    assert m.score(gate) == score
    assert (verdict(found, gate=gate) == "passed") is passes


def test_one_critical_finding_fails_whatever_the_score():
    found = article("a", [(1, MINOR), (2, MINOR), (3, MINOR), (4, MINOR), (5, MAJOR), (6, CRITICAL)])
    gate = replace(DEFAULT, acceptable_points=1000, max_majors=1000)
    m = measured(found, gate)
    assert m.points == 34
    assert round(m.npt, 2) == 56.67
    assert verdict(found, gate=gate) == "failed"
    assert verdict(found, gate=replace(gate, max_critical=1)) == "passed"


def test_the_worked_example_of_the_docs():
    (counts,) = re.findall(r"(\d+) words, (\d+) minor and (\d+) major finding", DOC)
    words, minor, major = map(int, counts)
    npt = per_1000_words(minor + 5 * major, words)
    rows = re.findall(r"^\| (\d+) \| 100 − \d+ × 5 ÷ \d+ = ([\d.]+) \| (\w+) \|$", DOC, re.MULTILINE)
    assert len(rows) == 3
    for acceptable, score, outcome in rows:
        assert calibrated(npt, 95, float(acceptable)) == float(score)
        assert (float(score) >= 95) is (outcome == "passes")


def test_the_defaults_in_the_docs():
    for key in KEYS:
        assert re.search(rf"^\| `{key.replace('_', '-')}` \| {getattr(DEFAULT, key):g} \|", DOC, re.MULTILINE), key


def test_the_defaults_are_those_that_were_measured():
    report = (Path(__file__).parents[1] / "reports" / "gate.md").read_text(encoding="utf-8")
    for key in set(KEYS) - {"pass_mark"}:
        assert f"| `{key.replace('_', '-')}` | {getattr(DEFAULT, key):g} | {getattr(DEFAULT, key):g} |" in report


def test_the_figures_in_the_docs_are_the_measured_ones():
    report = (Path(__file__).parents[1] / "reports" / "gate.md").read_text(encoding="utf-8")
    default = next(row for row in report.splitlines() if row.startswith(f"| {DEFAULT.max_majors:g} | "))
    said = re.findall(r"\d+ of \d+", DOC.split("### Where the defaults come from")[1])
    assert len(said) == 3
    assert [re.match(r"\d+ of \d+", cell.strip()).group() for cell in default.split("|")[3:6]] == said


@given(st.floats(0, 500), st.floats(0, 99), st.floats(0.5, 100))
def test_the_score_passes_just_where_the_points_are_acceptable(npt, mark, acceptable):
    if abs(npt - acceptable) > 1e-6:
        assert (calibrated(npt, mark, acceptable) >= mark) is (npt <= acceptable)


# Counts


def test_majors_are_counted_for_1000_words():
    four = article("a", [(n, MAJOR) for n in range(1, 5)], words=1000)
    gate = replace(OPEN, max_majors=3.5)
    assert verdict(four, gate=gate) == "failed"
    assert verdict(replace(four, score=replace(four.score, words=1200)), gate=gate) == "passed"
    (reason,) = judge(corpus(four), gate).reasons
    assert reason.startswith("a: 4 major findings in 1,000 words, at most 3 (3.5 per 1,000): line 1 (ACC301), line 2")


@pytest.mark.parametrize(("found", "outcome"), [(1, "passed"), (2, "failed")])
def test_a_short_text_may_have_as_many_majors_as_one_of_300_words(found, outcome):
    assert verdict(article("a", [(n, MAJOR) for n in range(1, found + 1)], words=100)) == outcome


def test_of_a_short_text_neither_score_nor_quality_decides_and_it_says_so():
    poor = article("a", [(n, MINOR) for n in range(1, 10)], words=120, quality=0.0)
    report = judge(corpus(poor), DEFAULT)
    assert report.verdict == "passed"
    (note,) = report.notes
    assert "a has 120 words: below 300 the MQM score is not statistically reliable" in note
    assert verdict(replace(poor, score=replace(poor.score, words=300))) == "failed"


def test_an_error_repeated_counts_once():
    same = [(1, CRITICAL, "ACC201")] * 3
    assert len(measured(article("a", same), DEFAULT).critical) == 1


def test_findings_of_little_confidence_do_not_count_where_so_set():
    found = article("a", [(1, CRITICAL)])
    report = judge(corpus(found), replace(DEFAULT, min_confidence=0.81))
    assert report.verdict == "passed"
    assert "1 finding of less confidence than 0.81 not counted." in report.notes
    assert verdict(found, gate=replace(DEFAULT, min_confidence=0.8)) == "failed"


def test_low_quality():
    half = article("a", quality=4.0)
    rest = tuple(replace(s, quality=90.0) if s.bead.index < 7 else s for s in half.sentences)
    gate = replace(OPEN, max_low_quality=0.25)
    (reason,) = judge(corpus(replace(half, sentences=rest)), gate).reasons
    assert reason == "a: 3 of 10 sentences have a quality below 5, more than 25 %: lines 8, 9, 10."
    known = {pair_fingerprint(s.bead.source_text, s.bead.target_text) for s in rest}
    assert judge(corpus(replace(half, sentences=rest)), gate, known).verdict == "passed"


def test_a_sentence_whose_serious_finding_was_accepted_is_not_of_low_quality():
    whole = article("a", [(n, MAJOR) for n in (1, 2, 3)], quality=90.0)
    low = tuple(replace(s, quality=0.0, findings=()) if s.findings else s for s in whole.sentences)
    accepted = tuple(Suppressed("a", f, "decision") for f in whole.all_findings)
    gate = replace(OPEN, max_low_quality=0.25)
    assert verdict(replace(whole, sentences=low), gate=gate, suppressed=accepted) == "passed"
    assert verdict(replace(whole, sentences=low), gate=gate) == "failed"
    slight = tuple(replace(s, finding=replace(s.finding, severity=MINOR)) for s in accepted)
    assert verdict(replace(whole, sentences=low), gate=gate, suppressed=slight) == "failed"


# The corpus


def test_a_thousand_good_articles_do_not_hide_a_bad_one():
    good = [replace(a, pair=replace(a.pair, id=str(n))) for n, a in enumerate([article("a", words=1000)] * 1000)]
    report = judge(corpus(*good, article("bad", [(3, CRITICAL)], words=3000)), DEFAULT)
    assert report.verdict == "failed"
    assert report.reasons == ("bad: 1 critical finding: line 3 (ACC301).",)


def test_many_short_articles_that_pass_each_may_fail_together():
    short = [article(f"a{n}", [(1, MAJOR)], words=100) for n in range(10)]
    assert verdict(short[0]) == "passed"
    report = judge(corpus(*short), DEFAULT)
    assert report.verdict == "failed"
    assert report.reasons[0] == "All 10 articles together: 10 major findings in 1,000 words, at most 3 (3.5 per 1,000)."
    assert "10 of 10 articles have fewer than 300 words" in report.notes[0]


def test_together_is_the_sum():
    each = [measured(article("a", [(1, MAJOR)]), DEFAULT), measured(article("b", [(1, CRITICAL), (2, MINOR)]), DEFAULT)]
    both = together(each)
    assert (both.words, both.points, len(both.critical), len(both.majors)) == (1200, 31, 1, 1)


# Nothing to check, and what could not be judged


def test_a_gate_that_had_nothing_to_check_fails():
    assert judge(corpus(), OPEN).reasons == ("There was nothing to check: no article was read.",)
    empty = replace(article(), sentences=())
    assert judge(corpus(empty), OPEN).reasons == (
        "a: there was nothing to check: no sentence of it has a translation beside it.",
    )
    idle = replace(article(), failures=(NOTHING_RAN,))
    report = judge(corpus(idle), OPEN)
    assert report.verdict == "failed"
    assert "nothing to check it with" in report.reasons[0]
    assert exit_code(report) == 1


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"unread": (("b", "b.fr.txt is empty."),)}, "b could not be read: b.fr.txt is empty."),
        ({"failures": ("ACC301 crashed.",)}, "a: ACC301 crashed."),
    ],
)
def test_what_could_not_be_judged_is_exit_3(parts, said):
    whole = replace(article(), failures=parts.pop("failures", ()))
    report = judge(corpus(whole, **parts), DEFAULT)
    assert (report.verdict, report.reasons) == ("not judged", (said,))
    assert exit_code(report) == 3


def test_failed_wins_over_not_judged_and_the_rest_is_in_the_notes():
    report = judge(corpus(article("a", [(1, CRITICAL)]), unread=(("b", "it is empty."),)), DEFAULT)
    assert (report.verdict, exit_code(report)) == ("failed", 1)
    assert "b could not be read: it is empty." in report.notes


@pytest.mark.parametrize(("unsure", "outcome"), [(1, "passed"), (2, "not judged")])
def test_a_share_of_sentences_may_stay_unjudged(unsure, outcome):
    whole = article()
    sentences = tuple(
        replace(s, bead=replace(s.bead, confidence=0.5 if s.bead.index < unsure else 0.9)) for s in whole.sentences
    )
    report = judge(corpus(replace(whole, sentences=sentences)), DEFAULT)
    assert report.verdict == outcome
    lines = "line 1" if unsure == 1 else "lines 1, 2"
    assert f"{unsure} of 10 sentences could not be judged" in (report.reasons + report.notes)[0]
    assert (report.reasons + report.notes)[0].endswith(f"{lines}.")


def test_a_sentence_that_could_not_be_translated_back_is_not_judged_but_without_a_model_it_is():
    whole = article()
    assert verdict(whole) == "passed"
    lost = NotMeasured("the hypothesis repeats itself")
    looped = tuple(replace(s, signals=replace(s.signals, back_translation=lost)) for s in whole.sentences)
    assert verdict(replace(whole, sentences=looped)) == "not judged"


def test_rules_that_did_not_run_are_in_the_notes():
    some = replace(article(), skipped=(Skipped("ACC601", "3 of 9 sentences: no model"), Skipped("ACC602", "no model")))
    assert "2 rules did not run everywhere: no model." in judge(corpus(some), DEFAULT).notes


# Properties

FOUND = st.lists(
    st.tuples(st.integers(1, 10), st.sampled_from(Severity), st.sampled_from(["ACC1", "FLU2"]), st.integers(0, 11)),
    max_size=12,
)
GATES = st.builds(
    GateSettings,
    max_critical=st.integers(0, 3),
    max_majors=st.floats(0, 10),
    pass_mark=st.floats(0, 99),
    acceptable_points=st.floats(1, 60),
    low_quality=st.floats(0, 100),
    max_low_quality=st.floats(0, 1),
    min_confidence=st.floats(0, 1),
)
WORDS = st.integers(1, 2000)


@settings(max_examples=60, deadline=None)
@given(FOUND, GATES, WORDS)
def test_neutral_findings_never_matter(found, gate, words):
    assert measured(article("a", [f for f in found if f[1] is NEUTRAL], words=words), gate).points == 0
    marked = article("a", found, words=words)
    bare = article("a", [f for f in found if f[1] is not NEUTRAL], words=words)
    assert judge(corpus(marked), gate).verdict == judge(corpus(bare), gate).verdict


@settings(max_examples=60, deadline=None)
@given(FOUND, FOUND, GATES, WORDS)
def test_more_findings_never_make_it_pass(found, more, gate, words):
    if judge(corpus(article("a", found, words=words)), gate).verdict == "failed":
        assert judge(corpus(article("a", found + more, words=words)), gate).verdict == "failed"


@settings(max_examples=30, deadline=None)
@given(FOUND, GATES, WORDS, st.floats(0, 100))
def test_the_verdict_on_a_report_read_back_is_the_same(found, gate, words, quality):
    report = corpus(article("a", found, words=words, quality=quality), article("b", found[:2]))
    again = json_reader.parse(json_writer.as_dict(report))
    assert judge(again, gate) == judge(report, gate)


def test_the_verdict_on_everything_nasty_is_the_same_read_back():
    report = sample.corpus()
    assert judge(json_reader.parse(json_writer.as_dict(report)), DEFAULT) == judge(report, DEFAULT)


# Settings


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"pass_mark": 100.0}, "below 100"),
        ({"acceptable_points": 0.0}, "above 0"),
        ({"max_majors": math.nan}, "max-majors"),
        ({"max_critical": -1}, "max-critical"),
        ({"max_unjudged": 1.5}, "max-unjudged"),
        ({"min_confidence": 70.0}, "min-confidence"),
    ],
)
def test_thresholds_that_make_no_sense(values, said):
    with pytest.raises(ValueError, match=said):
        GateSettings(**values)


def test_exit_codes():
    assert [exit_code(Verdict(v)) for v in ("passed", "failed", "not judged", "not run")] == [0, 1, 3, 3]


# What is printed


def test_the_summary_says_the_verdict_first_and_no_line_is_too_wide():
    report = sample.corpus()
    report = replace(report, verdict=judge(report, DEFAULT), unused=("mtqc-baseline.json, entry 1 matched nothing.",))
    text = gate_summary.render(report, DEFAULT, View(width=60))
    assert text.startswith("Gate: FAILED (2 articles, ")
    assert "tariffs could not be read" in text
    assert "Worst findings\n  ferry:" in text
    assert "mtqc-baseline.json, entry 1" in text
    assert max(map(len, text.splitlines())) <= 60


def test_the_summary_is_in_colour_only_where_asked():
    report = replace(corpus(article()), verdict=Verdict("passed"))
    assert gate_summary.render(report, DEFAULT).startswith("Gate: passed (1 article, 10 sentences)")
    assert gate_summary.render(report, DEFAULT, View(color=True)).startswith("\x1b[1;32mGate: passed\x1b[0m")


def test_the_summary_is_short_and_harmless():
    many = [article(f"a{n}", [(1, CRITICAL)]) for n in range(60)]
    evil = article("\x1b[2Jevil", [(1, CRITICAL)])
    report = corpus(evil, *many)
    text = gate_summary.render(replace(report, verdict=judge(report, DEFAULT)), DEFAULT)
    assert "\x1b" not in text
    assert "… and 51 more" in text
    assert len(text.splitlines()) < 50


def test_a_mark_without_words_is_still_placed():
    """An omission has only a place; its line is named."""
    one = article("a", [(4, CRITICAL)])
    (f,) = one.sentences[3].findings
    gap = replace(f, target=replace(f.target, span=Span(f.target.span.start, f.target.span.start), text=""))
    gone = tuple(replace(s, findings=(gap,)) if s.findings else s for s in one.sentences)
    gate = replace(OPEN, max_critical=0)
    assert judge(corpus(replace(one, sentences=gone)), gate).reasons == ("a: 1 critical finding: line 4 (ACC301).",)


def test_the_sample_holds_what_these_tests_say():
    assert gated.article("x", [(2, MAJOR, "FLU101", 3)]).all_findings[0].target.text == gated.WORDS[3]
