"""New sentences in an old text: nothing else changes, whatever the editor typed and wherever it goes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from outcomes import ENGLISH, FRENCH, article, read

from mtqc.model import Bead, NotMeasured, SentenceReport, Signals
from mtqc.review.corrected import corrected


@pytest.fixture
def make(tmp_path):
    return lambda english=ENGLISH, french=FRENCH: article(read(tmp_path, english, french))


def done(report, edits):
    found = corrected(report, report.pair.target.text, edits)
    assert not found.notes
    return found.text


def beads(report, *rows):
    """The report, cut into pairs as given: (English, French), "" where there is none."""
    texts = {"source": report.pair.source.text, "target": report.pair.target.text}
    at, made = {"source": 0, "target": 0}, []
    for n, row in enumerate(rows):
        starts = {}
        for side, text in zip(("source", "target"), row, strict=True):
            starts[side] = texts[side].index(text, at[side]) if text else at[side]
            at[side] = starts[side] + len(text)
        bead = Bead(n, (), (), *row, starts["source"], starts["target"])
        made.append(SentenceReport(bead, Signals(), (), NotMeasured("not asked for")))
    return replace(report, sentences=tuple(made))


def test_without_edits_it_is_the_same_text(make):
    assert done(make(), {}) == FRENCH
    assert done(make(), {"s1": "La maire a démissionné lundi."}) == FRENCH


def test_only_the_edited_sentence_changes(make):
    assert done(make(), {"s2": "Elle a dit tout autre chose."}) == (
        "La maire a démissionné lundi.\nElle a dit tout autre chose. Personne n’a été blessé.\n"
    )


def test_blanks_and_line_ends_around_what_was_typed_are_left_out(make):
    assert done(make(), {"s1": "\n Le maire est parti. \u00a0\n\n"}) == FRENCH.replace(
        "La maire a démissionné lundi.", "Le maire est parti."
    )


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_in_a_new_sentence_are_those_of_the_file(make, end):
    report = make(ENGLISH.replace("\n", end), FRENCH.replace("\n", end))
    assert done(report, {"s1": "Un.\nDeux.\r\nTrois."}).startswith(f"Un.{end}Deux.{end}Trois.{end}Elle")


def test_line_ends_inside_a_bead_stay_each_as_it_was(make):
    report = make("One and two and three.\n", "Un\r\ndeux\ntrois.\r\n")
    report = beads(report, ("One and two and three.", "Un\r\ndeux\ntrois."))
    assert done(report, {"s1": "Un\ndeux\nquatre."}) == "Un\r\ndeux\nquatre.\r\n"


def test_a_pair_of_two_sentences_is_replaced_as_one(make):
    report = make("We left, and it rained.\nThe end.\n", "Nous sommes partis. Il pleuvait.\nFin.\n")
    report = beads(report, ("We left, and it rained.", "Nous sommes partis. Il pleuvait."), ("The end.", "Fin."))
    assert done(report, {"s1": "Nous sommes partis sous la pluie."}) == "Nous sommes partis sous la pluie.\nFin.\n"


def test_a_sentence_taken_out_takes_its_blank_with_it(make):
    report = beads(make("A. B. C.\n", "A. B. C.\n"), ("A.", "A."), ("B.", "B."), ("C.", "C."))
    assert done(report, {"s2": ""}) == "A. C.\n"
    assert done(report, {"s3": " "}) == "A. B.\n"
    assert done(report, {"s1": ""}) == "B. C.\n"


EN = "One. Two.\n\nThree. Four.\n\nFive.\n"


@pytest.mark.parametrize(
    ("french", "rows", "expected"),
    [
        ("Un.\n\nTrois. Quatre.\n\nCinq.\n", ["Un.", "", "Trois.", "Quatre.", "Cinq."], "Un. X.\n\nTrois. Quatre.\n\nCinq.\n"),
        ("Un. Deux.\n\nQuatre.\n\nCinq.\n", ["Un.", "Deux.", "", "Quatre.", "Cinq."], "Un. Deux.\n\nX. Quatre.\n\nCinq.\n"),
        ("Un. Deux.\n\nTrois. Quatre.\n", ["Un.", "Deux.", "Trois.", "Quatre.", ""], "Un. Deux.\n\nTrois. Quatre.\n\nX.\n"),
        ("Deux.\n\nTrois. Quatre.\n\nCinq.\n", ["", "Deux.", "Trois.", "Quatre.", "Cinq."], "X. Deux.\n\nTrois. Quatre.\n\nCinq.\n"),
    ],
)  # fmt: skip
def test_a_lost_sentence_goes_where_its_original_stands(make, french, rows, expected):
    report = beads(make(EN, french), *zip(["One.", "Two.", "Three.", "Four.", "Five."], rows, strict=True))
    lost = f"s{rows.index('') + 1}"
    assert done(report, {lost: " X. "}) == expected


def test_a_lost_paragraph_becomes_one_again_with_all_its_sentences_in_order(make):
    report = make(EN, "Un. Deux.\n\nCinq.\n")
    report = beads(report, ("One.", "Un."), ("Two.", "Deux."), ("Three.", ""), ("Four.", ""), ("Five.", "Cinq."))
    assert done(report, {"s3": "Trois.", "s4": "Quatre."}) == "Un. Deux.\n\nTrois. Quatre.\n\nCinq.\n"
    assert done(report, {"s4": "Quatre."}) == "Un. Deux.\n\nQuatre.\n\nCinq.\n"
    assert done(report, {"s2": "2.", "s3": "Trois.", "s5": "5."}) == "Un. 2.\n\nTrois.\n\n5.\n"


def test_a_lost_first_paragraph_goes_to_the_top(make):
    report = beads(make("One.\n\nTwo.\n", "Deux.\n"), ("One.", ""), ("Two.", "Deux."))
    assert done(report, {"s1": "Un."}) == "Un.\nDeux.\n"


def test_a_text_that_is_not_the_one_that_was_checked_is_not_written_into(make):
    report = make()
    found = corrected(report, report.pair.target.text.replace("lundi", "mardi"), {"s1": "Autre."})
    assert found.text == FRENCH.replace("lundi", "mardi")
    assert found.changed == 0
    assert found.notes == ("s1: it does not stand where the report says; its correction was left out.",)


def test_sentences_that_overlap_in_a_damaged_report_are_not_both_written(make):
    report = make("A.\n", "Un deux trois.\n")
    report = beads(report, ("A.", "Un deux trois."))
    second = replace(report.sentences[0].bead, index=1, target_text="deux", target_start=3)
    report = replace(report, sentences=(*report.sentences, replace(report.sentences[0], bead=second)))
    found = corrected(report, report.pair.target.text, {"s1": "Un.", "s2": "2"})
    assert (found.text, found.changed) == ("Un.\n", 1)
    assert found.notes == ("s2: it overlaps s1; its correction was left out.",)


def test_an_edit_of_no_sentence_is_told(make):
    assert corrected(make(), FRENCH, {"s99": "X."}).notes == ("s99: the report holds no such sentence.",)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from(["Un.", "Deux deux !", "«\u00a0Trois\u00a0»", ""]), min_size=1, max_size=6),
    st.lists(st.sampled_from([" ", "\n", "\r\n", "\n\n", "\u202f"]), min_size=7, max_size=7),
    st.lists(st.sampled_from([None, "Neuf.", "\r\n A\nB ", "Un."]), min_size=6, max_size=6),
)
def test_what_stands_between_edited_sentences_is_kept(make_once, parts, gaps, edits):
    """Built up by hand: blanks, then each sentence and the blanks behind it; those lost are left alone here."""
    french, rows = gaps[-1], []
    for part, gap in zip(parts, gaps, strict=False):
        rows.append((part, len(french)))
        french += part + gap
    sentences = [
        SentenceReport(Bead(n, (), (), "E.", part, 3 * n, at), Signals(), (), NotMeasured("not asked for"))
        for n, (part, at) in enumerate(rows)
    ]
    report = replace(make_once, sentences=tuple(sentences))
    wanted = {f"s{n + 1}": e for n, e in enumerate(edits[: len(parts)]) if e is not None and parts[n]}
    found = corrected(report, french, wanted)
    assert not found.notes
    left = found.text
    for n, part in enumerate(parts):
        shown = " ".join(wanted.get(f"s{n + 1}", part).split())
        left = left[len(gaps[-1]) :] if not n else left
        taken = next(k for k in range(len(left) + 1) if " ".join(left[:k].split()) == shown)
        left = left[taken:]
        assert left.startswith(gaps[n])
        left = left[len(gaps[n]) :]
    assert left == ""


@pytest.fixture(scope="module")
def make_once(tmp_path_factory):
    return article(read(tmp_path_factory.mktemp("a"), ENGLISH, FRENCH))
