"""Cutting texts along overlapping marks, and which bead a place belongs to."""

from __future__ import annotations

from itertools import pairwise

import sample
from hypothesis import given
from hypothesis import strategies as st

from mtqc.model import Span
from mtqc.report.columns import Label, marked_lines, side_by_side, wrap
from mtqc.report.differences import Run, compare
from mtqc.report.marks import Mark, marks_by_bead, segments

TEXT = st.text(alphabet="ab é\u0301\u202f🚢\n", max_size=40)


@st.composite
def marked(draw):
    text = draw(TEXT)
    spans = draw(st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))), max_size=6))
    return text, [Mark(Span(min(s), max(s)), n, "found") for n, s in enumerate(spans, 1)]


@given(marked())
def test_segments_are_the_text_again_and_lie_under_their_marks(case):
    text, marks = case
    cut = segments(text, marks)
    assert "".join(s.text for s in cut) == text
    under = {m.number: "" for m in marks}
    for segment in cut:
        for mark in segment.marks:
            under[mark.number] += segment.text
    assert under == {m.number: text[m.span.start : m.span.end] for m in marks}
    assert all(any(m in s.marks for s in cut) for m in marks), "an empty mark is a place, not nothing"


@given(TEXT, st.integers(2, 20))
def test_wrapped_lines_fit_and_lose_only_spaces_and_line_breaks(text, width):
    lines = wrap(text, width)
    kept = "".join(text[x.start : x.end] for x in lines)
    assert kept.replace(" ", "") == text.replace(" ", "").replace("\n", "")
    assert all(a.end <= b.start for a, b in pairwise(lines))
    assert all("\n" not in text[x.start : x.end] for x in lines)


def test_a_no_break_space_does_not_break():
    text = "environ 1\u202f200 emplois"
    assert [text[x.start : x.end] for x in wrap(text, 12)] == ["environ", "1\u202f200", "emplois"]
    assert [len(x) for x in wrap("a" * 25, 10)] == [10, 10, 5]


@given(marked(), st.integers(4, 20))
def test_every_mark_has_its_letter_once(case, width):
    text, marks = case
    labels = [Label(m.span, chr(64 + m.number), "^", "") for m in marks]
    drawn = "".join(row.plain for row in marked_lines(text, labels, width))
    assert [drawn.count(x.letter) for x in labels] == [1] * len(labels)


def test_carets_stand_under_wide_and_combining_characters():
    rows = marked_lines("🚢 cafe\u0301 ici", [Label(Span(2, 7), "a", "^", ""), Label(Span(8, 11), "b", "~", "")], 30)
    assert [r.plain for r in rows] == ["🚢 cafe\u0301 ici", "   a^^^ b~~"]


def test_overlapping_marks_stand_in_rows_of_their_own():
    labels = [Label(Span(0, 5), "a", "^", ""), Label(Span(2, 9), "b", "~", ""), Label(Span(5, 5), "c", "^", "")]
    assert [r.plain for r in marked_lines("abcdefghi", labels, 30)] == ["abcdefghi", "a^^^^c", "  b~~~~~~"]


def test_side_by_side_pads_by_cells():
    rows = side_by_side(marked_lines("🚢 x", [], 10), marked_lines("un deux", [], 4), 10)
    assert [r.plain for r in rows] == ["🚢 x       │ un", "           │ deux"]


def test_a_place_outside_its_own_sentence_is_marked_where_it_stands():
    article = sample.ferry()
    marks = marks_by_bead(article)
    assert [(m.number, m.role) for m in marks[8].target] == [(12, "related")]
    assert [(m.number, m.role) for m in marks[0].target] == [(12, "found"), (1, "found")]
    assert [(m.number, m.span) for m in marks[7].target] == [(11, Span(0, 0))]


def test_differences_are_words_of_the_back_translation():
    runs = compare("She would seek investors, at last.", "she would not seek new investors")
    assert "".join(r.text for r in runs if r.kind != "missing") == "She would seek investors, at last."
    assert [(r.text, r.kind) for r in runs if r.kind != "same"] == [
        ("not", "missing"),
        ("new", "missing"),
        ("at last", "other"),
    ]
    assert compare("Yes.", "Yes, quite.")[-2:] == [Run("quite", "missing"), Run(".", "same")]
    assert compare("", "x") == [Run("x", "missing")]
