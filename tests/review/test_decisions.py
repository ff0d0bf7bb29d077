"""Decisions over HTTP: what they change, whom they tell, what two editors do to each other."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
import sample
from browsing import TOKEN, Browser

from mtqc.errors import InputError
from mtqc.review import app
from mtqc.review.index import Index
from mtqc.review.store import Store


def status(answer, key):
    return answer.json()["findings"][key][0]


def test_a_decision_is_on_disk_when_the_page_hears_of_it(anna, tmp_path):
    answer = anna.decide("dismiss", "0-1").json()
    assert answer["findings"]["0-1"] == ["dismissed", "major", "", "Dismissed · Anna"]
    assert answer["open"] == answer["total"] - 1
    [event] = Store(tmp_path / "review.sqlite").events()  # another process would see the same
    assert (event.id, event.action, event.scope, event.editor) == (answer["event"], "dismiss", "finding", "Anna")
    assert (event.article, event.sentence, event.code) == ("ferry", "s1", "STY201")


@pytest.mark.parametrize(("do", "stands"), [("accept", "accepted"), ("dismiss", "dismissed")])
def test_the_page_shows_it_after_a_reload(anna, do, stands):
    anna.decide(do, "0-2")
    page = anna.get("/article/1").text
    assert f'data-finding="0-2" data-status="{stands}"' in page
    assert f"{stands.capitalize()} · Anna" in page


def test_a_second_thought_replaces_the_first(anna):
    anna.decide("accept", "0-1")
    assert status(anna.decide("dismiss", "0-1"), "0-1") == "dismissed"


def test_severity_and_comment_leave_the_finding_open(anna):
    anna.decide("severity", "0-1", severity="critical")
    answer = anna.decide("comment", "0-1", comment="Voir le glossaire.")
    assert answer.json()["findings"]["0-1"] == ["open", "critical", "Voir le glossaire.", ""]
    assert 'note critical" id="f0-1"' in anna.get("/article/1").text


def twins():
    """The ferry article twice, and a second Musgrève in the second."""
    report = sample.corpus()
    again = replace(report.articles[0], pair=replace(report.articles[0].pair, id="ferry again"))
    return replace(report, articles=(*report.articles, again))


@pytest.fixture
def pair(tmp_path):
    """Two editors over a report in which every name stands twice."""
    application = app.create(twins(), Store(tmp_path / "twins.sqlite"), token=TOKEN, lang="en", editor="Anna")
    return Browser(application), Browser(application, editor="Bruno")


def test_one_decision_settles_a_name_everywhere(pair):
    anna, _ = pair
    answer = anna.decide("dismiss-everywhere", "0-2").json()
    assert answer["settled"] == 2
    assert answer["message"] == "Dismissed everywhere. 1 other finding is settled too."
    other = anna.state(3)["findings"]["2-2"]
    assert other[0] == "dismissed"
    assert other[3] == "Dismissed everywhere · Anna"
    assert anna.state(3)["findings"]["2-3"][0] == "open"


def test_accepting_everywhere_too(pair):
    anna, _ = pair
    assert anna.decide("accept-everywhere", "0-2").json()["settled"] == 2


def test_a_rule_is_dismissed_in_its_article_only(pair):
    anna, _ = pair
    anna.decide("dismiss-rule", "0-2")
    assert anna.state(1)["findings"]["0-2"][3] == "Dismissed with its rule in this article · Anna"
    assert anna.state(3)["findings"]["2-2"][0] == "open"


def test_undo_takes_back_what_one_did_oneself(pair):
    anna, bruno = pair
    first = anna.decide("dismiss-everywhere", "0-2").json()
    bruno.decide("accept", "0-3")
    undone = anna.decide("undo", undoes=anna.state(1)["undo"], article=1).json()
    assert anna.state(1)["findings"]["0-3"][0] == "accepted"
    assert undone["findings"]["0-2"][0] == "open"
    assert undone["message"] == "Undone. 2 findings are as they were."
    assert undone["focus"] == "0-2"
    assert undone["undo"] == 0
    assert first["undo"] == first["event"]


def test_a_decision_made_once_more_is_still_one_undo_away(anna, store):
    first = anna.decide("accept", "0-1").json()
    again = anna.decide("accept", "0-1").json()
    assert (again["event"], len(store.events())) == (first["event"], 1)
    assert status(anna.decide("undo", undoes=again["undo"]), "0-1") == "open"
    assert status(anna.decide("accept", "0-1"), "0-1") == "accepted"  # and it can be made anew


def test_undo_twice_goes_further_back(anna):
    anna.decide("dismiss", "0-1")
    anna.decide("dismiss", "0-2")
    for _ in range(2):
        anna.decide("undo", undoes=anna.state(1)["undo"], article=1)
    found = anna.state(1)["findings"]
    assert (found["0-1"][0], found["0-2"][0]) == ("open", "open")


def test_an_edit_changes_the_sentence(anna):
    text = "L’opérateur de ferrys Norsand va supprimer 1\u202f200 emplois"
    answer = anna.decide("edit", article=1, sentence="s1", text=text).json()
    sentence = answer["sentences"]["s1"]
    assert "".join(p[0] for p in sentence["pieces"]) == text
    assert ["couper", "missing"] in sentence["runs"]
    assert ["supprimer", "other"] in sentence["runs"]
    assert sentence["by"] == "Corrected · Anna"
    assert "supprimer" in anna.get("/article/1").text
    undone = anna.decide("undo", undoes=answer["undo"], article=1).json()
    assert undone["sentences"]["s1"]["by"] == ""
    assert "couper" in "".join(p[0] for p in undone["sentences"]["s1"]["pieces"])


def test_an_edit_that_does_away_with_what_was_marked_settles_it(anna):
    kept = "L’opérateur de ferrys Norsand va couper 1\u202f200 emplois"
    assert status(anna.decide("edit", "0-1", sentence="s1", text=kept), "0-1") == "open"
    mended = kept.replace("couper", "supprimer")
    assert status(anna.decide("edit", "0-1", sentence="s1", text=mended), "0-1") == "accepted"


def test_a_sentence_can_be_taken_out_and_one_put_in(anna):
    answer = anna.decide("edit", article=1, sentence="s10", text=" ").json()
    assert answer["sentences"]["s10"]["pieces"] == []
    missing = anna.decide("edit", "0-11", sentence="s8", text="Le syndicat se réunit vendredi.").json()
    assert "vendredi" in "".join(p[0] for p in missing["sentences"]["s8"]["pieces"])
    assert missing["findings"]["0-11"][0] == "accepted"  # it said that the sentence is missing
    assert re.search(r"data-gone>taken out<", anna.get("/article/1").text)


def test_a_letter_more_mends_an_agreement(anna):
    old = sample.ferry().sentences[5].bead.target_text
    answer = anna.decide("edit", "0-9", sentence="s6", text=old.replace("ouverte", "ouvertes"))
    assert status(answer, "0-9") == "accepted"


def test_marks_stay_on_the_words_that_stayed(anna):
    old = sample.ferry().sentences[1].bead.target_text
    answer = anna.decide("edit", article=1, sentence="s2", text="Mardi, " + old.replace("2025", "2026")).json()
    marked = {key: text for text, ids, *_ in answer["sentences"]["s2"]["pieces"] for key in ids}
    assert marked["0-2"] == "Musgrève"
    assert marked["0-3"] == "chercherait"
    assert "0-4" not in marked


def test_taking_the_suggestion_mends_and_settles(anna):
    answer = anna.decide("take", "0-2").json()
    assert answer["findings"]["0-2"][0] == "accepted"
    assert "Ingrid Musgrave" in "".join(p[0] for p in answer["sentences"]["s2"]["pieces"])
    again = anna.decide("take", "0-2")
    assert again.status_code == 422
    assert "reworded" in again.json()["message"]
    back = anna.decide("undo", undoes=answer["undo"], article=1).json()
    assert back["findings"]["0-2"][0] == "open"
    assert "Musgrève" in "".join(p[0] for p in back["sentences"]["s2"]["pieces"])


def test_two_suggestions_for_one_sentence_both_stand(anna):
    anna.decide("take", "0-2")
    answer = anna.decide("take", "0-4").json()
    text = "".join(p[0] for p in answer["sentences"]["s2"]["pieces"])
    assert "Musgrave" in text
    assert "2026" in text


def test_line_ends_of_the_original_are_kept(tmp_path):
    report = sample.corpus()
    first = report.articles[0]
    bead = replace(first.sentences[0].bead, target_text="Une ligne\r\net une autre")
    sentences = (replace(first.sentences[0], bead=bead, findings=()), *first.sentences[1:])
    report = replace(report, articles=(replace(first, sentences=sentences), *report.articles[1:]))
    store = Store(tmp_path / "x.sqlite")
    browser = Browser(app.create(report, store, token=TOKEN, editor="Anna"))
    browser.decide("edit", article=1, sentence="s1", text="Une ligne\net encore une")
    assert store.events()[0].text == "Une ligne\r\net encore une"


def test_two_editors_on_one_finding(anna, bruno):
    seen = anna.state(1)["last"]
    bruno.decide("dismiss", "0-1")
    clash = anna.decide("accept", "0-1", seen=seen)
    assert clash.status_code == 409
    told = clash.json()
    assert (told["who"], told["theirs"], told["mine"]) == ("Bruno", "Dismissed", "Accepted")
    assert told["findings"]["0-1"][0] == "dismissed"
    insisted = anna.decide("accept", "0-1", seen=told["last"])
    assert status(insisted, "0-1") == "accepted"


def test_two_editors_on_one_sentence_lose_neither_text(anna, bruno):
    seen = anna.state(1)["last"]
    bruno.decide("edit", article=1, sentence="s7", text="Le texte de Bruno.")
    clash = anna.decide("edit", article=1, sentence="s7", text="Le texte d’Anna.", seen=seen)
    assert clash.status_code == 409
    told = clash.json()
    assert (told["theirs"], told["mine"]) == ("Le texte de Bruno.", "Le texte d’Anna.")
    assert "".join(p[0] for p in told["sentences"]["s7"]["pieces"]) == "Le texte de Bruno."


def test_two_tabs_of_one_editor_lose_neither_text(anna, application):
    tab = Browser(application)
    seen = anna.state(1)["last"]
    tab.decide("edit", article=1, sentence="s7", text="L’autre onglet.")
    assert anna.decide("edit", article=1, sentence="s7", text="Cet onglet.", seen=seen).status_code == 409


def test_what_a_tab_did_itself_is_no_conflict(anna):
    seen = anna.state(1)["last"]
    own = []
    for do in ("accept", "dismiss", "accept"):  # three decisions made offline, sent one after the other
        answer = anna.decide(do, "0-1", seen=seen, own=own)
        assert answer.status_code == 200
        own.append(answer.json()["event"])
    assert status(answer, "0-1") == "accepted"


def test_the_same_decision_sent_again_is_one(anna, store):
    seen = anna.state(1)["last"]
    first = anna.decide("dismiss", "0-1", seen=seen).json()  # and the answer is lost on the way
    second = anna.decide("dismiss", "0-1", seen=seen)
    assert second.status_code == 200
    assert second.json()["event"] == first["event"]
    assert len(store.events()) == 1


def test_decisions_on_other_findings_do_not_collide(anna, bruno):
    seen = anna.state(1)["last"]
    bruno.decide("dismiss", "0-2")
    assert anna.decide("dismiss", "0-1", seen=seen).status_code == 200


def test_an_open_page_hears_of_others(anna, bruno):
    seen = anna.state(1)["last"]
    assert anna.get(f"/article/1/state?after={seen}").status_code == 204
    bruno.decide("dismiss", "0-1")
    bruno.decide("edit", article=1, sentence="s7", text="Corrigé.")
    news = anna.state(1, after=seen or 0) if seen else anna.state(1)
    assert news["findings"]["0-1"][3] == "Dismissed · Bruno"
    bruno.decide("comment", "0-2", comment="?")
    after = news["last"]
    assert anna.state(1, after=after)["news"] == "Bruno made 1 change."
    assert bruno.state(1, after=after)["news"] == ""


def test_another_process_is_heard_of(anna, tmp_path, report):
    other = Browser(app.create(report, Store(tmp_path / "review.sqlite"), token=TOKEN, editor="Claude"))
    other.decide("dismiss", "0-1")
    assert anna.state(1)["findings"]["0-1"][3] == "Dismissed · Claude"


def test_the_editor_is_whoever_the_page_was_told(anna):
    anna.settings(editor="Zoé « Z » O’Neil; \u202ex", keys="on", lang="fr")
    answer = anna.decide("dismiss", "0-1").json()
    assert answer["findings"]["0-1"][3] == "Écartée · Zoé « Z » O’Neil; \ufffdx"
    assert answer["message"] == "Écartée."


def test_french_is_spoken(anna):
    anna.settings(editor="Anna", lang="fr")
    page = anna.get("/article/1").text
    assert '<html lang="fr">' in page
    assert "Rétrotraduction" in page
    assert "critique" in page


def test_a_full_disk_is_said_and_nothing_is_claimed(anna, store, monkeypatch):
    def full(*_):
        raise InputError("review.sqlite: the disk is 100% full.", hint="Make room.")

    monkeypatch.setattr(store, "append", full)
    answer = anna.decide("dismiss", "0-1")
    assert (answer.status_code, answer.json()) == (507, {"message": "review.sqlite: the disk is 100% full. Make room."})
    monkeypatch.undo()
    assert anna.decide("severity", "0-2", severity="minor").json()["findings"]["0-1"][0] == "open"


# --- without a script


def test_a_form_decides_and_comes_back(anna):
    answer = anna.form(do="dismiss", finding="0-1", seen="0", page="1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/article/1?page=1#f0-1")
    assert anna.state(1)["findings"]["0-1"][0] == "dismissed"


def test_a_form_edits_and_undoes(anna):
    assert anna.form(do="edit", article="1", sentence="s7", text="Sans script.", seen="0").status_code == 303
    assert "Sans script." in anna.get("/article/1").text
    assert anna.form(do="undo", article="1", undoes=str(anna.state(1)["undo"])).status_code == 303
    assert "Sans script." not in anna.get("/article/1").text


def test_a_form_that_came_too_late_says_so(anna, bruno):
    bruno.decide("dismiss", "0-1")
    back = anna.form(do="accept", finding="0-1", seen="0").headers["location"]
    assert "Somebody else was quicker" in anna.get(back.split("#")[0]).text
    assert anna.state(1)["findings"]["0-1"][0] == "dismissed"


def test_every_card_and_sentence_has_its_forms(anna, report):
    page = anna.get("/article/1").text
    index = Index(report)
    assert page.count('value="accept">') == len(index.by_article[0])
    assert page.count('name="text"') == len(report.articles[0].sentences)
