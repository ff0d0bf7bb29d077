"""The files that come out of a review: their names, what is in them, and what the gate and Marot make of them."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
import sample
from hypothesis import given, settings
from hypothesis import strategies as st
from outcomes import ENGLISH, FRENCH, Editor, read, report

from mtqc import accepted
from mtqc.errors import InputError, UsageError
from mtqc.review import exports, ratings
from mtqc.review.outcome import Outcome, milliseconds, safe_names
from mtqc.review.writing import write_bytes


@pytest.fixture
def corpus():
    return sample.corpus()


@pytest.fixture
def anna(corpus):
    return Editor(corpus)


def made(editor, name):
    return exports.make(name, editor.report, editor.events)


def named(corpus, *names):
    first = corpus.articles[0]
    return [replace(first, pair=replace(first.pair, id=name)) for name in names]


# names


def test_file_names_lead_nowhere_and_no_two_are_alike():
    ids = [
        "../../x",
        "x",
        "X",
        "",
        "...",
        "/etc/passwd",
        "C:\\x",
        "con",
        "CON.txt",
        "a/b",
        "é à",
        "\x00\n",
        "-rf",
        "x" * 500,
    ]
    names = safe_names(ids)
    assert names[:6] == ("x", "x-2", "X-3", "article", "article-2", "etc-passwd")
    assert names[6:] == ("C-x", "article-con", "article-CON.txt", "a-b", "é-à", "article-3", "rf", "x" * 80)


@settings(max_examples=300)
@given(st.lists(st.text(max_size=300), max_size=8))
def test_file_names_are_safe_whatever_the_articles_are_called(ids):
    names = safe_names(ids)
    assert len({n.casefold() for n in names}) == len(ids)
    for name in names:
        assert PurePosixPath(name).name == PureWindowsPath(name).name == name
        assert not name.startswith((".", "-"))
        assert len(f"{name}.fr.html".encode()) <= 255
        assert name.isprintable()


CORPUS = sample.corpus()


def test_an_archive_holds_nothing_but_plain_names(corpus):
    corpus = replace(corpus, articles=tuple(named(corpus, "../../x", "/etc/x", "../../x")))
    editor = Editor(corpus)
    for number in range(3):
        editor.edit("s7", "Autre chose.", article=number)
    archive = zipfile.ZipFile(io.BytesIO(made(editor, "corrected").body))
    assert archive.namelist() == ["x.fr.txt", "etc-x.fr.txt", "x-2.fr.txt", "READ-ME.txt"]


# corrected articles


def test_one_corrected_article_comes_as_its_file(tmp_path):
    editor = Editor(report(read(tmp_path, ENGLISH, FRENCH)))
    editor.edit("s1", "Le maire est parti.")
    file = made(editor, "corrected")
    assert (file.name, file.media_type, file.notes) == ("a.fr.txt", "text/plain", ())
    assert file.body.decode() == FRENCH.replace("La maire a démissionné lundi.", "Le maire est parti.")


def test_what_should_be_known_makes_it_an_archive_with_a_note(tmp_path):
    editor = Editor(report(read(tmp_path, ENGLISH, FRENCH)))
    editor.edit("s1", "Le maire est parti.")
    (tmp_path / "a.fr.txt").unlink()
    file = made(editor, "corrected")
    archive = zipfile.ZipFile(io.BytesIO(file.body))
    assert (file.name, archive.namelist()) == ("corrected.zip", ["a.fr.txt", "READ-ME.txt"])
    assert archive.read("READ-ME.txt").decode().startswith("a.fr.txt: ")
    assert "is gone or has changed" in archive.read("READ-ME.txt").decode()
    assert made(editor, "corrected") == file, "the same review makes the same bytes"


def test_without_corrections_it_says_so(anna):
    file = made(anna, "corrected")
    assert zipfile.ZipFile(io.BytesIO(file.body)).read("READ-ME.txt") == (
        b"No sentence was corrected: the articles are as they were.\n"
    )


def test_a_web_page_is_never_sent_as_one(tmp_path):
    page = "<html><body><article><p>{}</p></article></body></html>"
    editor = Editor(report(read(tmp_path, page.format(ENGLISH), page.format(FRENCH), ".html")))
    editor.edit("s1", "Le maire est parti.")
    file = made(editor, "corrected")
    assert (file.name, file.media_type) == ("a.fr.html", "application/octet-stream")


def test_an_unknown_kind_is_none(anna):
    assert made(anna, "../corrected") is None


# everything into a folder


def test_everything_goes_into_a_folder(tmp_path):
    editor = Editor(report(read(tmp_path, ENGLISH, FRENCH)))
    editor.edit("s1", "Le maire est parti.")
    written = exports.export(editor.report, editor.events, tmp_path / "out")
    assert [str(p.relative_to(tmp_path / "out")) for p in written] == [
        "mtqc-decisions.json",
        "mtqc-pairs.tmx",
        "mtqc-pairs.xlf",
        "mtqc-ratings.marot.tsv",
        "corrected/a.fr.txt",
    ]
    assert {p for p in (tmp_path / "out").rglob("*") if p.is_file()} == set(written)
    [one] = exports.export(editor.report, editor.events, tmp_path / "one", ("tmx",))
    assert [p.name for p in (tmp_path / "one").iterdir()] == [one.name]
    with pytest.raises(UsageError, match="html: no such kind of file"):
        exports.export(editor.report, editor.events, tmp_path / "none", ("tmx", "html"))
    assert not (tmp_path / "none").exists()


def test_a_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_text("before", encoding="utf-8")
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(InputError, match=r"a\.txt: cannot be written \(No space left on device\)"):
        write_bytes(path, b"after")
    assert [(p.name, p.read_text(encoding="utf-8")) for p in tmp_path.iterdir()] == [("a.txt", "before")]


def test_a_folder_that_cannot_be_is_one_sentence(tmp_path, anna):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="cannot be written"):
        exports.export(anna.report, anna.events, tmp_path / "file")


# decisions: what the gate makes of them is what the editor said


def gated(editor, tmp_path):
    """(article, fingerprint) of what the gate passes over, and the severities of what is left."""
    path = tmp_path / "mtqc-decisions.json"
    path.write_bytes(made(editor, "decisions").body)
    after = accepted.apply(editor.report, accepted.load(path))
    left = {(a.pair.id, f.fingerprint): f.severity.label for a in after.articles for f in a.all_findings}
    return {(s.article, s.finding.fingerprint) for s in after.suppressed}, left, after.unused


def said(editor):
    """The same by the review's own account."""
    outcome = Outcome(editor.report, editor.events)
    dismissed, left = set(), {}
    for places in outcome.index.by_article:
        for place in places:
            judged = outcome.judgement(place)
            key = editor.report.articles[place.article].pair.id, place.finding.fingerprint
            if judged.status == "dismissed":
                dismissed.add(key)
            else:
                left[key] = judged.severity or place.finding.severity.label
    return dismissed, left


@pytest.fixture
def twins(corpus):
    """Two articles with the same sentences and the same findings."""
    return Editor(replace(corpus, articles=(*named(corpus, "one", "two"), corpus.articles[1])))


def test_the_gate_passes_over_exactly_what_was_dismissed(twins, tmp_path):
    findings = twins.report.articles[0].all_findings
    twins.decide("dismiss", findings[0])
    twins.decide("accept", findings[0], article=1)
    twins.decide("dismiss", findings[1], "everywhere")
    twins.decide("dismiss", findings[4], "rule-in-article", article=1)
    twins.decide("severity", findings[3], severity="minor")
    twins.decide("accept", findings[2])
    twins.decide("dismiss", findings[-1])
    passed, left, unused = gated(twins, tmp_path)
    assert (passed, left) == said(twins)
    assert passed == {
        ("one", findings[0].fingerprint),
        ("one", findings[1].fingerprint),
        ("two", findings[1].fingerprint),
        ("two", findings[4].fingerprint),
        ("one", findings[-1].fingerprint),
    }
    assert left["one", findings[3].fingerprint] == "minor"
    assert left["two", findings[3].fingerprint] == "critical"
    assert unused == ()


def test_a_later_decision_on_one_or_on_all_stands(twins, tmp_path):
    first, second = twins.report.articles[0].all_findings[:2]
    twins.decide("dismiss", first, "everywhere")
    twins.decide("accept", first, article=1)
    twins.decide("dismiss", second, "rule-in-article")
    twins.decide("accept", second, "everywhere")
    assert gated(twins, tmp_path)[:2] == said(twins)
    assert gated(twins, tmp_path)[0] == {("one", first.fingerprint)}


def test_what_was_undone_is_not_in_it(twins, tmp_path):
    event = twins.decide("dismiss", twins.report.articles[0].all_findings[0], "everywhere")
    twins._add(replace(event, action="undo"), {"undoes": event.id})
    assert json.loads(made(twins, "decisions").body) == {"schema": "mtqc-decisions/1", "entries": []}
    assert gated(twins, tmp_path)[0] == set()


def test_a_suggestion_that_was_taken_accepts(twins, tmp_path):
    finding = twins.report.articles[0].sentences[1].findings[0]
    twins.decide("edit", finding, text="Une autre phrase.")
    assert [(e["decision"], e["text"]) for e in json.loads(made(twins, "decisions").body)["entries"]] == [
        ("accepted", "Musgrève")
    ]
    assert gated(twins, tmp_path)[0] == set()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["accept", "dismiss", "severity"]),
            st.sampled_from(["finding", "finding", "rule-in-article", "everywhere"]),
            st.integers(0, 13),
            st.integers(0, 1),
            st.sampled_from(["Anna", "Bruno"]),
        ),
        max_size=12,
    )
)
def test_whatever_two_editors_decide_the_gate_does_the_same(tmp_path_factory, acts):
    editor = Editor(replace(CORPUS, articles=tuple(named(CORPUS, "one", "two"))))
    for action, scope, n, article, name in acts:
        finding = editor.report.articles[article].all_findings[n % 14 % len(CORPUS.articles[0].all_findings)]
        more = {"severity": "major"} if action == "severity" else {}
        editor.decide(action, finding, "finding" if more else scope, article, editor=name, **more)
    assert gated(editor, tmp_path_factory.mktemp("d"))[:2] == said(editor)


def test_of_the_same_mark_twice_in_a_sentence_both_must_be_dismissed(corpus, tmp_path):
    sentence = corpus.articles[0].sentences[1]
    twice = replace(sentence, findings=(sentence.findings[0], sentence.findings[0]))
    article = replace(corpus.articles[0], sentences=(twice,), findings=())
    editor = Editor(replace(corpus, articles=(article,)))
    editor.decide("dismiss", sentence.findings[0])
    assert gated(editor, tmp_path)[0] == set(), "the other one is open"
    editor.decide("dismiss", sentence.findings[0], ordinal=1)
    assert len(gated(editor, tmp_path)[0]) == 1


def test_what_is_dismissed_everywhere_holds_when_it_comes_later(corpus, tmp_path):
    editor = Editor(corpus)
    finding = corpus.articles[0].all_findings[0]
    editor.decide("dismiss", finding, "everywhere")
    path = tmp_path / "mtqc-decisions.json"
    path.write_bytes(exports.make("decisions", replace(corpus, articles=corpus.articles[1:]), editor.events).body)
    assert accepted.apply(corpus, accepted.load(path)).suppressed[0].finding == finding


# ratings


def rows(editor):
    lines = made(editor, "marot").body.decode().splitlines()
    return [dict(zip(lines[0].split("\t"), line.split("\t"), strict=True)) for line in lines[1:]]


def test_an_accepted_finding_is_an_error_by_the_editor(corpus, anna):
    name = corpus.articles[0].sentences[1].findings[0]
    event = anna.decide("accept", name)
    anna.decide("severity", name, severity="minor")
    anna.decide("comment", name, comment="C’est\tun nom.")
    anna.edit("s2", "Mme Musgrave a tout dit.")
    [row] = rows(anna)
    assert (row["rater"], row["docSegId"], row["severity"], row["category"]) == (
        "Anna",
        "2",
        "Minor",
        "Accuracy/Mistranslation",
    )
    assert "<v>Musgrève</v>" in row["target"]
    meta = json.loads(row["metadata"])
    assert (meta["note"], meta["corrected_translation"]) == ("C’est\tun nom.", "Mme Musgrave a tout dit.")
    assert meta["timestamp"] == milliseconds(event.at) == 1795834801000


def test_a_sentence_whose_findings_were_all_dismissed_has_no_error(corpus, anna):
    one, remark = corpus.articles[0].sentences[2].findings
    anna.decide("dismiss", one)
    assert rows(anna) == [], "the other one is open: nobody has judged the sentence"
    anna.decide("dismiss", remark)
    assert [(r["docSegId"], r["category"], r["severity"]) for r in rows(anna)] == [("3", "no-error", "no-error")]
    anna.edit("s3", "Une autre phrase.")
    assert rows(anna) == [], "there was an error after all, of a kind that nobody named"


def test_a_finding_of_the_whole_article_goes_with_its_first_place(corpus, anna):
    [wide] = corpus.articles[0].findings
    anna.decide("accept", wide, editor="")
    [row] = rows(anna)
    assert (row["docSegId"], row["rater"]) == ("1", ratings.NOBODY)


def test_an_open_review_makes_a_header(anna):
    assert made(anna, "marot").body.decode().split("\t")[0] == "system"
    assert rows(anna) == []


# through the page


def test_each_download_is_what_the_events_on_disk_say(application, store, corpus):
    browser = anna_of(application)
    assert browser.decide("dismiss", "0-1").status_code == 200
    page = browser.get("/export").text
    for export in exports.EXPORTS:
        assert f'href="/export/{export.name}"' in page
        answer = browser.get(f"/export/{export.name}")
        expected = exports.make(export.name, corpus, store.events())
        assert answer.content == expected.body
        assert answer.headers["content-disposition"] == f"attachment; filename*=UTF-8''{expected.name}"
    assert browser.get("/export/nothing").status_code == 404
    entries = json.loads(browser.get("/export/decisions").content)["entries"]
    assert [e["decision"] for e in entries] == ["dismissed"]


def anna_of(application):
    from browsing import Browser

    return Browser(application, editor="Anna")
