"""The script that chooses the gate's thresholds: its rule, on articles made for it."""

from __future__ import annotations

from gate import FALSE_ALARMS, Case, Cases, by_threshold, choose, failing, outcomes
from gated import CRITICAL, MAJOR, MINOR, article

from mtqc.gate import GateSettings


def case(found, planted=0, **fields) -> Case:
    return Case(article("a", found, **fields), planted)


def majors(n):
    return [(line, MAJOR) for line in range(1, n + 1)]


def test_of_equals_the_strictest_is_chosen():
    cases = Cases([case([])] * 10, [case(majors(4), 4)] * 10)
    gate = choose(cases)
    assert (gate.max_majors, gate.acceptable_points, gate.min_confidence) == (0, 5, 0)


def test_no_more_good_articles_fail_than_may():
    good = [case(majors(2), words=1000)] * 19 + [case(majors(8), words=1000)]
    cases = Cases(good, [case(majors(n), n, words=1000) for n in range(1, 9)])
    gate = choose(cases)
    assert failing([c.measures(gate) for c in good], gate) <= FALSE_ALARMS * len(good)
    assert gate.max_majors == 2
    assert gate.acceptable_points >= 5 * gate.max_majors


def test_low_quality_fails_no_good_article():
    cases = Cases([case([], quality=9.0)], [case([], 1, quality=4.0)] * 3)
    gate = choose(cases)
    assert gate.low_quality == 5
    assert failing([c.measures(gate) for c in cases.good], gate) == 0
    assert failing([c.measures(gate) for c in cases.bad], gate) == 3


def test_the_tables_count_what_fails():
    cases = Cases([case([]), case([(1, CRITICAL)])], [case([(1, CRITICAL)], 1), case([(1, MINOR)], 2)])
    rows = outcomes(cases, GateSettings())
    assert [row[1] for row in rows[:3]] == ["1 of 2 (50 %)", "1 of 1 (100 %)", "0 of 1 (0 %)"]
    assert by_threshold(cases, GateSettings())[0] == ["`max-critical = 0`", "1 of 2 (50 %)", "1 of 2 (50 %)"]
