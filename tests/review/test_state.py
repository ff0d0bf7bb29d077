"""What decisions come to: by example, against a slow second reading of the rules, and by properties."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from acts import act, numbered, on, rewording, twins
from hypothesis import given, settings
from hypothesis import strategies as st

from mtqc.review.events import live
from mtqc.review.index import Index
from mtqc.review.state import Edited, Folder, Judgement, fold
from mtqc.text.tokens import fold as folded

REPORT = twins()
INDEX = Index(REPORT)
PLACES = [p for places in INDEX.by_article for p in places]
FOLDER = Folder(REPORT)


def standing(events, key):
    place = INDEX.place(key)
    state = fold(REPORT, numbered(*events))
    return state.judgement(REPORT.articles[place.article].pair.id, place.finding.fingerprint, place.ordinal)


# --- by example


def test_nothing_was_decided():
    assert standing([], "0-1") == Judgement()


@pytest.mark.parametrize(("action", "status"), [("accept", "accepted"), ("dismiss", "dismissed")])
def test_a_verdict(action, status):
    found = standing([on(REPORT, "0-1", action)], "0-1")
    assert found == Judgement(status, "", "", "Anna", "2026-11-28T10:00:01Z", 1, "finding")


def test_severity_and_comment_leave_it_open():
    events = [on(REPORT, "0-1", "severity", severity="minor"), on(REPORT, "0-1", "comment", "Bruno", comment="?")]
    found = standing(events, "0-1")
    assert (found.status, found.settled_by, found.severity, found.comment) == ("open", "", "minor", "?")
    assert (found.editor, found.event) == ("Bruno", 2)


def test_a_name_is_settled_in_all_articles():
    events = [on(REPORT, "0-2", scope="everywhere")]
    index_of = [p.key for p in PLACES if p.same == INDEX.place("0-2").same]
    assert len(index_of) == 3
    assert {standing(events, key).settled_by for key in index_of} == {"everywhere"}
    assert standing(events, "0-1").status == "open"


def test_a_rule_is_settled_in_its_article():
    events = [on(REPORT, "0-2", scope="rule-in-article")]
    rule = INDEX.place("0-2").finding.code
    inside = [p.key for p in PLACES if p.finding.code == rule and p.article == 0]
    outside = [p.key for p in PLACES if p.finding.code == rule and p.article != 0]
    assert {standing(events, key).status for key in inside} == {"dismissed"}
    assert {standing(events, key).status for key in outside} == {"open"}


def test_severity_everywhere():
    events = [on(REPORT, "0-2", "severity", scope="everywhere", severity="neutral")]
    assert standing(events, "2-2").severity == "neutral"


def test_twins_in_one_article_are_told_apart():
    same = Counter(p.finding.fingerprint for p in INDEX.by_article[2])
    twin = [p for p in INDEX.by_article[2] if same[p.finding.fingerprint] == 2][:1][0]
    other = next(p for p in INDEX.by_article[2] if p.finding.fingerprint == twin.finding.fingerprint and p is not twin)
    assert (twin.ordinal, other.ordinal) == (0, 1)
    events = [on(REPORT, other.key)]
    assert standing(events, other.key).status == "dismissed"
    assert standing(events, twin.key).status == "open"


def test_somebody_elses_decision_on_the_very_finding_outlasts_a_broad_one():
    events = [on(REPORT, "2-2", "accept", "Bruno"), on(REPORT, "0-2", scope="everywhere")]
    assert standing(events, "2-2").status == "accepted"
    assert standing(events, "0-2").status == "dismissed"


def test_ones_own_does_not():
    events = [on(REPORT, "2-2", "accept"), on(REPORT, "0-2", scope="everywhere")]
    assert standing(events, "2-2").status == "dismissed"


def test_a_broad_one_made_on_the_very_finding_replaces_it():
    events = [on(REPORT, "0-2", "accept", "Bruno"), on(REPORT, "0-2", scope="everywhere")]
    assert standing(events, "0-2").status == "dismissed"


def test_of_broad_ones_the_later_stands():
    events = [on(REPORT, "0-2", "accept", "Bruno", "everywhere"), on(REPORT, "0-2", scope="rule-in-article")]
    assert standing(events, "0-2").status == "dismissed"
    assert standing(events, "2-2").status == "accepted"
    assert standing(events[::-1], "0-2").status == "accepted"


def test_undo_brings_back_what_stood_before():
    events = [on(REPORT, "0-1", "accept"), on(REPORT, "0-1", "dismiss"), act("undo", undoes=2)]
    assert standing(events, "0-1").status == "accepted"


@pytest.mark.parametrize("undoes", [2, 3, 99, 0])
def test_nobody_undoes_what_is_not_theirs(undoes):
    events = [on(REPORT, "0-1"), on(REPORT, "0-2", editor="Bruno"), act("undo", undoes=1), act("undo", undoes=undoes)]
    assert standing(events, "0-2").status == "dismissed"
    assert standing(events, "0-1").status == "open"


def test_what_an_undo_would_take_back():
    events = numbered(on(REPORT, "0-1"), on(REPORT, "0-2", editor="Bruno"), on(REPORT, "0-3"), act("undo", undoes=3))
    state = fold(REPORT, events)
    assert (state.undoable("Anna"), state.undoable("Bruno"), state.undoable("Claude")) == (1, 2, 0)


def test_an_edit_and_the_finding_that_it_settles():
    edit = on(REPORT, "0-2", "edit", text="Nouveau.")
    state = fold(REPORT, numbered(edit))
    assert state.edits == {("ferry", "s2"): Edited("Nouveau.", "Anna", "2026-11-28T10:00:01Z", 1)}
    assert standing([edit], "0-2").status == "accepted"
    undone = fold(REPORT, numbered(edit, act("undo", undoes=1)))
    assert undone.edits == {}
    assert standing([edit, act("undo", undoes=1)], "0-2").status == "open"


def test_an_edit_without_a_finding_settles_none():
    state = fold(REPORT, numbered(rewording(REPORT, 0, "s2", "Nouveau.")))
    assert state.judged == {}
    assert state.unmatched == ()


def test_undo_of_one_edit_leaves_the_later_one():
    events = [rewording(REPORT, 0, "s2", "Un."), rewording(REPORT, 0, "s2", "Deux.", "Bruno")]
    assert fold(REPORT, numbered(*events, act("undo", undoes=1))).edits["ferry", "s2"].text == "Deux."
    assert fold(REPORT, numbered(*events, act("undo", "Bruno", undoes=2))).edits["ferry", "s2"].text == "Un."


def test_the_old_wording_is_no_correction():
    old = REPORT.articles[0].sentences[1].bead.target_text
    events = [rewording(REPORT, 0, "s2", "Un."), rewording(REPORT, 0, "s2", old)]
    assert fold(REPORT, numbered(*events)).edits == {}


# --- the report was made anew


def renewed(change):
    first = REPORT.articles[0]
    return replace(REPORT, articles=(replace(first, sentences=change(first.sentences)), *REPORT.articles[1:]))


def reindexed(sentences):
    return tuple(replace(s, bead=replace(s.bead, index=n)) for n, s in enumerate(sentences))


def test_an_edit_follows_its_sentence():
    moved = renewed(lambda s: reindexed(s[1:]))
    state = fold(moved, numbered(rewording(REPORT, 0, "s2", "Nouveau.")))
    assert state.edits["ferry", "s1"].text == "Nouveau."


def test_an_edit_never_lands_on_another_sentence():
    gone = renewed(lambda s: reindexed((s[0], *s[2:])))
    state = fold(gone, numbered(rewording(REPORT, 0, "s2", "Nouveau.")))
    assert state.edits == {}
    assert [e.text for e in state.unmatched] == ["Nouveau."]


def test_an_edit_of_a_sentence_that_stands_twice_now_is_not_guessed():
    doubled = renewed(lambda s: reindexed((s[0], s[2], s[1], s[1], *s[3:])))
    assert fold(doubled, numbered(rewording(REPORT, 0, "s2", "Nouveau."))).edits == {}


def test_a_decision_whose_finding_is_gone_reaches_nothing():
    gone = renewed(lambda s: tuple(replace(x, findings=()) for x in s))
    lost = on(REPORT, "0-1")
    kept = on(REPORT, "0-2", scope="everywhere")  # it stands in the other article still
    state = fold(gone, numbered(lost, kept))
    assert [e.id for e in state.unmatched] == [1]
    assert state.judgement("ferry again", lost.fingerprint).status == "open"


# --- by properties

ACTIONS = ("accept", "dismiss", "severity", "comment", "edit")


@st.composite
def histories(draw):
    """Some acts by three editors, as a store would hold them; undos of anything, also of what is not there."""
    events = []
    for _ in range(draw(st.integers(0, 14))):
        editor = draw(st.sampled_from(["Anna", "Bruno", ""]))
        if events and draw(st.integers(0, 3)) == 0:
            events.append(act("undo", editor, undoes=draw(st.integers(0, len(events) + 1))))
            continue
        place, action = draw(st.sampled_from(PLACES)), draw(st.sampled_from(ACTIONS))
        scopes = ["finding"] if action in {"edit", "comment"} else ["finding", "rule-in-article", "everywhere"]
        event = on(REPORT, place.key, action, editor, draw(st.sampled_from(scopes)))
        if action == "edit":
            event = replace(event, text=draw(st.sampled_from(["Un.", "Deux."])))
            event = replace(event, fingerprint=draw(st.sampled_from([event.fingerprint, ""])))
        said = draw(st.sampled_from(["critical", "minor"])) if action == "severity" else ""
        events.append(replace(event, severity=said, comment="mot" if action == "comment" else ""))
    return numbered(*events)


def reaches(event, place):
    """The rule once more, finding by finding."""
    finding, article = place.finding, REPORT.articles[place.article].pair.id
    if event.scope == "everywhere":
        source = folded(finding.source.text) if finding.source else ""
        return (finding.code, folded(finding.target.text), source) == (event.code, event.text, event.source_text)
    if event.scope == "rule-in-article":
        return (article, finding.code) == (event.article, event.code)
    return is_on(event, place)


def is_on(event, place):
    article = REPORT.articles[place.article].pair.id
    return (article, place.finding.fingerprint, place.ordinal) == (event.article, event.fingerprint, event.ordinal)


def verdict_of(events, place):
    """The last one that reaches it, unless a broad one meets somebody else's on the very finding."""
    stands = None
    for event in live(events):
        if event.action in {"accept", "dismiss"} or (event.action == "edit" and event.fingerprint):
            yields = stands and stands.scope == "finding" and stands.editor != event.editor and not is_on(event, place)
            stands = event if reaches(event, place) and not yields else stands
    if stands is None:
        return "open", 0
    return "dismissed" if stands.action == "dismiss" else "accepted", stands.id


def shown(state):
    return {p.key: judged(state, p) for p in PLACES}


def judged(state, place):
    return state.judgement(REPORT.articles[place.article].pair.id, place.finding.fingerprint, place.ordinal)


@settings(deadline=None)
@given(histories())
def test_every_verdict_is_what_the_rule_says(events):
    state = FOLDER(events)
    for place in PLACES:
        found = judged(state, place)
        status, number = verdict_of(events, place)
        assert found.status == status
        assert number in {0, found.event}


@settings(deadline=None)
@given(histories())
def test_the_same_events_come_to_the_same(events):
    assert FOLDER(events) == FOLDER(list(events)) == fold(twins(), events)


@settings(deadline=None)
@given(histories(), st.sampled_from(["Anna", "Bruno", ""]))
def test_an_undo_restores_what_would_stand_without(events, editor):
    undone = FOLDER(events).undoable(editor)
    after = FOLDER((*events, replace(act("undo", editor, undoes=undone), id=len(events) + 1)))
    without = FOLDER([e for e in events if e.id != undone])
    assert after == without


@settings(deadline=None)
@given(histories())
def test_whoever_undoes_everything_leaves_the_others_work(events):
    mine = live(events)
    done = list(events)
    while undoable := FOLDER(done).undoable("Anna"):
        done.append(replace(act("undo", undoes=undoable), id=len(done) + 1))
    assert live(done) == tuple(e for e in mine if e.editor != "Anna")
    assert shown(FOLDER(done)) == shown(FOLDER([e for e in mine if e.editor != "Anna"]))


@settings(deadline=None)
@given(histories(), st.data())
def test_the_order_of_independent_events_does_not_matter(events, data):
    events = live(events)
    if len(events) < 2:
        return
    n = data.draw(st.integers(0, len(events) - 2))
    one, other = events[n], events[n + 1]
    same_text = one.action == other.action == "edit" and (one.article, one.sentence) == (other.article, other.sentence)
    if same_text or any(reaches(one, p) and reaches(other, p) for p in PLACES):
        return
    swapped = [*events[:n], other, one, *events[n + 2 :]]
    before, after = FOLDER(events), FOLDER(swapped)
    assert shown(before) == shown(after)
    assert before.edits == after.edits
    assert {k: sorted(v) for k, v in before.own.items()} == {k: sorted(v) for k, v in after.own.items()}
