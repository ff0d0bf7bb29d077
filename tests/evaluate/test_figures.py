"""Worked by hand, or compared with the plainest way to count."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtqc.errors import InputError
from mtqc.evaluate import GoldError, Mark, Output, Rate, figures, find_gold, judge, parse_gold, read_gold
from mtqc.evaluate.figures import auc, bootstrap, precision_recall_f1, wilson
from mtqc.evaluate.writing import as_dict, as_text, misses
from mtqc.model import Severity

LINES = {1: "Musc a refusé l’offre.", 2: "Il dit Reuters non.", 3: "Rien de plus."}


def mark(line, start, end, severity=Severity.MAJOR, category="accuracy/mistranslation", code="ACC601"):
    return Mark(code, "x", severity, category, line, start, end, line, LINES[line][start:end], "message")


def out(*marks, quality=None):
    return Output("a", "a.fr.txt", marks, LINES, quality or {1: 10.0, 2: 90.0, 3: 100.0})


def gold(line, span, severity=Severity.CRITICAL, category="accuracy/mistranslation", **more):
    return GoldError(line, (span,) if span else (), severity, category, **more)


def test_characters_are_counted_once_and_by_line():
    lines = judge(out(mark(1, 0, 4), mark(1, 2, 6), mark(2, 0, 2)), [gold(1, (0, 5)), gold(3, (0, 4))])
    assert [(x.common, x.marked, x.gold) for x in lines] == [(5, 6, 5), (0, 2, 0), (0, 0, 4)]
    found = figures(lines, 54)
    assert (found.precision, found.recall) == (5 / 8, 5 / 9)
    assert found.everything_f1 == pytest.approx(2 * (9 / 54) / (1 + 9 / 54))


def test_recall_by_severity_category_and_kind():
    errors = [gold(1, (0, 4), kind="name"), gold(2, (3, 6), Severity.MINOR, "fluency/garbled", kind="verb")]
    found = figures(judge(out(mark(1, 3, 9, Severity.MINOR), mark(2, 6, 10)), errors))
    assert found.by_severity == {Severity.CRITICAL: Rate(1, 1), Severity.MINOR: Rate(0, 1)}
    assert found.by_category["fluency/garbled"] == Rate(0, 1)
    assert found.by_kind == {"name": (Rate(1, 1), Rate(0, 1)), "verb": (Rate(0, 1), Rate(0, 1))}


def test_rules_and_serious_findings_right_or_wrong():
    marks = mark(1, 0, 4), mark(2, 0, 2, code="FLU101"), mark(2, 3, 6, Severity.NEUTRAL), mark(3, 0, 4, Severity.MINOR)
    found = figures(judge(out(*marks), [gold(1, (1, 2)), gold(2, (3, 6))]))
    assert found.serious == Rate(1, 2)
    assert found.rules == {"ACC601": Rate(1, 2), "FLU101": Rate(0, 1)}


def test_typography_is_left_out_of_everything():
    quotes = mark(1, 0, 9, category="locale/punctuation"), mark(2, 0, 4, category="fluency/punctuation")
    (first, *_) = judge(out(*quotes), [gold(1, (0, 4), category="locale/punctuation")])
    assert (first.marked, first.gold, first.errors, first.bad) == (0, 0, (), False)
    assert first.findings[0].right is None


def test_planted_typography_is_asked_for():
    point = mark(1, 0, 4, Severity.MINOR, category="locale/number-format")
    (first, *_) = judge(out(point), [gold(1, (0, 4), Severity.MINOR, "locale/number-format", kind="decimal-point")])
    assert (first.marked, first.gold, first.errors[0].found_minor) == (0, 0, True)
    assert first.findings[0].right is None


def test_an_omission_is_found_by_an_omission_anywhere_on_its_line():
    lost = gold(2, None, category="accuracy/omission")
    assert judge(out(mark(2, 9, 9, category="accuracy/omission")), [lost])[1].errors[0].found
    assert not judge(out(mark(2, 9, 12)), [lost])[1].errors[0].found
    (finding,) = judge(out(mark(2, 9, 9, category="accuracy/omission")), [lost])[1].findings
    assert finding.right


def test_a_planted_gap_is_found_by_its_category():
    gap = gold(2, (0, 2), category="accuracy/mistranslation/polarity", gap=2)
    right, other = mark(2, 9, 12, category="accuracy/mistranslation/polarity"), mark(2, 9, 12)
    assert judge(out(right), [gap])[1].errors[0].found_serious
    assert not judge(out(other), [gap])[1].errors[0].found_minor


def test_a_place_counts_as_one_character_but_marks_no_text():
    (line, *_) = judge(out(mark(1, 2, 2)), [gold(1, (0, 4))])
    assert (line.marked, line.errors[0].found, line.errors[0].found_serious) == (0, False, True)
    assert line.findings[0].right


def test_what_must_not_be_flagged_is_no_error():
    lines = judge(
        out(mark(3, 0, 4, Severity.MINOR), mark(3, 0, 4, Severity.NEUTRAL)), [gold(3, None, required="must-not-flag")]
    )
    assert figures(lines).violations == 1
    assert figures(lines).errors == 0


def test_errors_are_placed_by_their_text():
    assert gold(1, None, text="le", occurrence=2).placed("elle a le mot").spans == ((7, 9),)
    assert gold(1, None, text="3 %").placed("de 3\u202f% hier").spans == ((3, 6),)
    assert gold(1, None, text="non").placed("oui").spans == ()


@given(st.lists(st.tuples(st.sampled_from([0.0, 10.0, 55.5, 99.0, 100.0]), st.booleans()), max_size=30))
def test_auc_is_the_share_of_pairs_in_order(scored):
    bad, other = [q for q, b in scored if b], [q for q, b in scored if not b]
    wins = sum((x < y) + 0.5 * (x == y) for x in bad for y in other)
    expected = wins / (len(bad) * len(other)) if bad and other else None
    assert auc(scored) == pytest.approx(expected)


def test_f1_and_intervals():
    assert precision_recall_f1(2, 4, 8) == (0.5, 0.25, pytest.approx(1 / 3))
    assert precision_recall_f1(0, 0, 0) == (0, 0, 0)
    interval = wilson(Rate(8, 10))
    assert (round(interval.low, 3), round(interval.high, 3)) == (0.490, 0.943)  # Brown, Cai & DasGupta's formula
    assert wilson(Rate(0, 0)) is None
    lines = judge(out(mark(1, 0, 4)), [gold(1, (0, 4))])
    within = bootstrap(lines, lambda drawn: sum(x.gold for x in drawn) / len(drawn))
    assert within.low <= 4 / 3 <= within.high


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("[]", "line 2"),
        ('{"target_line": 1, "severity": "major"}', "'category' is missing"),
        ('{"target_line": 0, "severity": "major", "category": "x"}', "target_line 0"),
        ('{"target_line": 1, "severity": "bad", "category": "x"}', "severity 'bad'"),
        ('{"target_line": 1, "severity": "major", "category": "x", "target_span": [3, 1]}', "[3, 1]"),
        ("{", "not a gold error"),
    ],
)
def test_a_bad_gold_file_is_named_with_its_line(tmp_path, line, said):
    path = tmp_path / "gold.jsonl"
    path.write_text(f'{{"target_line": 1, "severity": "minor", "category": "x"}}\n{line}\n', encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_gold(path)
    assert said in str(error.value)
    assert "line 2" in str(error.value)


def test_gold_is_looked_for_beside_the_translation(tmp_path):
    assert find_gold(str(tmp_path / "a.fr.txt")) is None
    (tmp_path / "gold.jsonl").touch()
    assert find_gold(str(tmp_path / "target.fr.txt")) == tmp_path / "gold.jsonl"
    (tmp_path / "a.gold.jsonl").touch()
    assert find_gold(str(tmp_path / "a.fr.txt")) == tmp_path / "a.gold.jsonl"


def test_a_planted_row_is_a_gap_where_it_says_so():
    row = {"target_line": 1, "severity": "major", "category": "x", "target_span": [0, 2], "place": [1, 2], "kind": "k"}
    assert parse_gold(row).gap == 1
    assert parse_gold(row).kind == "k"


def test_text_and_json_say_the_same():
    lines = judge(out(mark(1, 0, 4), mark(2, 0, 2)), [gold(1, (0, 4)), gold(3, (0, 4), kind="lost")])
    found = figures(lines)
    text, data = as_text(found, 1), as_dict(found, 1, "s")
    assert "1 article, 3 lines, 2 marked errors" in text
    assert "critical and major findings right   1 of 2 (50 %)" in text
    assert data["serious_findings_right"] == [1, 2]
    assert data["found_by_kind"] == {"lost": {"minor": [0, 1], "serious": [0, 1]}}
    assert [x.split(":")[0] for x in misses(lines)] == ["extra   a, line 2", "missed  a, line 3"]
