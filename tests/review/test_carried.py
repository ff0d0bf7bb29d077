"""A run made anew: what earlier decisions still hold for, and what is said of the rest."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from acts import act, numbered, on, rewording, twins

from mtqc import accepted
from mtqc.errors import InputError
from mtqc.model import Suppressed
from mtqc.review import carried
from mtqc.review.decided import render
from mtqc.review.outcome import Outcome
from mtqc.review.store import Belonging

REPORT = twins()
BEFORE = Belonging("aa", "one", "2026-11-27T09:00:00Z")


def without(report, *findings):
    """The same run after these were mended."""
    first = report.articles[0]
    sentences = tuple(
        replace(s, findings=tuple(f for f in s.findings if f.fingerprint not in findings)) for s in first.sentences
    )
    return replace(report, articles=(replace(first, sentences=sentences), *report.articles[1:]))


def test_a_reports_digest(tmp_path):
    (tmp_path / "mtqc-report.json").write_bytes(b"{}")
    assert carried.digest(tmp_path) == hashlib.sha256(b"{}").hexdigest()
    with pytest.raises(InputError):
        carried.digest(tmp_path / "gone")


def test_nothing_to_say():
    assert carried.told(REPORT, (), BEFORE) == ""
    assert carried.told(REPORT, numbered(on(REPORT, "0-1")), None) == ""


def test_everything_holds():
    said = carried.told(REPORT, numbered(on(REPORT, "0-1")), BEFORE)
    assert said == (
        "the report is another one than when it was last reviewed (2026-11-27T09:00:00Z): "
        "1 of 1 decisions are about something that it holds."
    )


def test_what_holds_no_more_is_said():
    lost = on(REPORT, "0-1", "accept")
    events = numbered(lost, on(REPORT, "0-2"), on(REPORT, "0-3"), act("undo", undoes=3))
    said = carried.told(without(REPORT, lost.fingerprint), events, None)
    assert said == (
        "1 of 2 decisions are about something that it holds; "
        "1 are about nothing in it (1 accepted) and are kept, but count for nothing."
    )


def test_a_correction_that_was_taken_over_is_known():
    events = numbered(rewording(REPORT, 0, "s2", "Un."), rewording(REPORT, 0, "s7", "Deux."))
    first = REPORT.articles[0]
    change = {"s2": "Un.", "s7": "Trois."}
    sentences = tuple(
        replace(s, bead=replace(s.bead, target_text=change.get(s.id, s.bead.target_text))) for s in first.sentences
    )
    report = replace(REPORT, articles=(replace(first, sentences=sentences), *REPORT.articles[1:]))
    said = carried.told(report, events, None)
    assert "2 are about nothing in it (2 corrected)" in said
    assert said.endswith("; 1 of those corrections stand in the text now.")


# --- a run that was checked with --decisions leaves out what was dismissed


@pytest.fixture
def events():
    return numbered(on(REPORT, "0-1"), on(REPORT, "0-2", scope="everywhere"))


@pytest.fixture
def checked(events, tmp_path):
    """The run checked again, with the decisions file of its review."""
    path = tmp_path / "mtqc-decisions.json"
    path.write_text(render(Outcome(REPORT, events)), encoding="utf-8")
    return accepted.apply(REPORT, accepted.load(path))


def test_what_these_decisions_took_out_is_seen_again(checked, events):
    assert len(checked.suppressed) >= 3
    seen = carried.reviewed(checked, events)
    assert seen.suppressed == ()
    assert [len(a.all_findings) for a in seen.articles] == [len(a.all_findings) for a in REPORT.articles]
    assert carried.told(seen, events, None) == ""


def test_a_second_decisions_file_is_the_first(checked, events):
    assert render(Outcome(carried.reviewed(checked, events), events)) == render(Outcome(REPORT, events))


def test_what_others_took_out_stays_out(checked, events):
    base = [Suppressed(s.article, s.finding, "baseline") for s in checked.suppressed[:1]]
    mixed = replace(checked, suppressed=(*base, *checked.suppressed[1:]))
    seen = carried.reviewed(mixed, events)
    assert seen.suppressed == tuple(base)


def test_another_editors_file_stays_out(checked):
    assert carried.reviewed(checked, ()) is checked
    unrelated = numbered(on(REPORT, "0-5", "comment", comment="?"))
    assert carried.reviewed(checked, unrelated).suppressed == checked.suppressed
