"""Selection, severity overrides, fingerprints, duplicates, and MQM arithmetic."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtqc.checks.structure import LOST, UNTRANSLATED
from mtqc.model import Location, Severity, Span
from mtqc.policy import Policy, fingerprint, without_duplicates
from mtqc.scoring import penalty, per_1000_words, quality


def finding(start=0, end=4, text="Musc", **changes):
    made = UNTRANSLATED.finding(Location("target", Span(start, end), text), "message")
    return replace(made, **changes)


@pytest.mark.parametrize(
    ("select", "ignore", "expected"),
    [
        (("ACC",), (), True),
        (("FLU",), (), False),
        (("ACC",), ("ACC103",), False),
        (("ACC103",), ("ACC",), True),
        (("ACC",), ("ACC",), False),
        (("ACC",), ("untranslated-stretch",), False),
        (("untranslated-stretch",), ("ACC103",), True),
    ],
)
def test_the_longer_prefix_wins_and_ignore_wins_a_tie(select, ignore, expected):
    assert Policy(select=select, ignore=ignore).selects("ACC103", "untranslated-stretch") is expected


def test_per_file_ignores_apply_to_matching_paths_only():
    policy = Policy(per_file_ignores={"drafts/*": ("ACC",)})
    assert not policy.selects("ACC103", "untranslated-stretch", "drafts/a.fr.txt")
    assert policy.selects("ACC103", "untranslated-stretch", "news/a.fr.txt")


def test_the_most_specific_severity_override_wins():
    policy = Policy(severity={"ACC": Severity.MINOR, "ACC103": Severity.CRITICAL})
    assert policy.apply(finding()).severity is Severity.CRITICAL
    assert Policy(severity={"FLU": Severity.MINOR}).apply(finding()).severity is Severity.MAJOR


def test_the_fingerprint_ignores_position_and_spacing_but_not_the_text():
    a = fingerprint(finding(0, 4), "l'original", "la « phrase »")
    assert a == fingerprint(finding(7, 11), "l’original", "la «\u202fphrase\u00a0»")
    assert a != fingerprint(finding(), "l'original", "une autre phrase")
    assert len(a) == 16


def test_two_omissions_of_one_sentence_have_fingerprints_of_their_own():
    def omission(words):
        return finding(4, 4, "", source=Location("source", Span(0, len(words)), words))

    assert fingerprint(omission("on Monday"), "e", "f") != fingerprint(omission("in Paris"), "e", "f")
    assert fingerprint(omission("on Monday"), "e", "f") == fingerprint(omission("on  Monday"), "e", "f")


def test_of_two_findings_on_one_place_the_more_severe_stays():
    weak, strong = finding(severity=Severity.MINOR), finding(severity=Severity.CRITICAL)
    elsewhere = finding(8, 12)
    assert without_duplicates([weak, strong, elsewhere]) == [strong, elsewhere]


def test_two_omissions_at_one_place_both_stay():
    place = Location("target", Span(3, 3), "")
    first = LOST.finding(place, "a", source=Location("source", Span(0, 5), "First"))
    second = LOST.finding(place, "b", source=Location("source", Span(6, 12), "Second"))
    assert without_duplicates([first, second]) == [first, second]


@pytest.mark.parametrize(("severity", "stays"), [(Severity.MINOR, "whole"), (Severity.CRITICAL, "part")])
def test_a_word_inside_a_part_left_out_is_told_once(severity, stays):
    place = Location("target", Span(3, 3), "")
    whole = LOST.finding(place, "a", source=Location("source", Span(10, 40), "including brands such as Revlon"))
    part = finding(source=Location("source", Span(34, 40), "Revlon"), severity=severity)
    outside = finding(8, 12, source=Location("source", Span(38, 50), "lon and more"))
    kept = {"whole": whole, "part": part}[stays]
    assert without_duplicates([whole, part, outside]) == [kept, outside]
    assert without_duplicates([part, whole, outside]) == [kept, outside]


def test_mqm_test_vector():
    """600 words, 4 minor and 1 major: 9 points, 15 a 1,000 words, quality 98.5."""
    found = [finding(i, i + 1, str(i), severity=Severity.MINOR) for i in range(4)] + [finding()]
    assert penalty(found) == 9
    assert per_1000_words(9, 600) == pytest.approx(15)
    assert quality(9, 600) == pytest.approx(98.5)


def test_a_repeated_error_counts_once():
    assert penalty([finding(0, 4), finding(20, 24)]) == 5
    assert penalty([finding(0, 4), finding(20, 24, "Tesle")]) == 10


@given(st.floats(0, 1e6), st.integers(0, 10**6))
def test_quality_stays_between_0_and_100(points, count):
    assert 0 <= quality(points, count) <= 100
