"""Judging a chunk: results, keys, and what must not end a run."""

from __future__ import annotations

import json
import pickle
from dataclasses import replace

import pytest
from judges import pair

from mtqc import config, pipeline
from mtqc.batch import judging
from mtqc.batch.judging import Job, Judge, key
from mtqc.batch.model import Task, unpacked
from mtqc.batch.parts import tally
from mtqc.config import Settings
from mtqc.corpus import register
from mtqc.errors import ModelError
from mtqc.model import CorpusReport, Document, Severity, Span
from mtqc.pipeline import check_article, corpus_report
from mtqc.report import html_writer, json_writer, records

JOB = Job(Settings(), no_model=True)
TASK = Task(3, "00", pair("Lyon"))


@pytest.fixture(scope="module")
def judged():
    return Judge(JOB)([TASK])[0]


@pytest.fixture(scope="module")
def report():
    return check_article(TASK.pair, JOB.settings, None)


def test_the_result_says_which_article_it_is(judged, report):
    assert (judged.number, judged.key, judged.id, judged.state, judged.reason) == (3, "00", "Lyon", "judged", "")
    assert judged.tally == tally(report)
    assert judged.tally.sentences == 2
    assert judged.tally.words == report.score.words
    assert sum(judged.tally.findings.values()) == len(report.all_findings)


def test_the_parts_are_what_the_writers_make_of_the_report(judged, report):
    alone = corpus_report([report], JOB.settings, None)
    texts = {name: unpacked(data) for name, data in judged.parts.items()}
    assert texts["lines"] == json_writer.render_lines(alone)
    whole = json_writer.render(alone)
    assert json.loads(texts["article"]) == json.loads(whole)["articles"][0]
    assert texts["article"].replace("\n", "\n  ") in whole
    assert json.loads(texts["findings"]) == list(records.findings(report))
    assert json.loads(texts["sentences"]) == list(records.sentences(report))
    assert json.loads(texts["row"]) == records.article(report)
    assert texts["register"] == register.of(report)
    rules = {r.code: r for c in JOB.settings.checks + JOB.settings.optional for r in c.rules}
    from mtqc.report.view import View

    assert texts["page"] == html_writer.render(alone, View(rules=rules))


HOUSE = """
rules:
  - code: STY901
    name: no-au-final
    target: '\\b[Aa]u final\\b'
    message: "« {target} » is not used here."
    examples:
      - {en: In the end he won., fr: "Au final, il a gagné.", marks: Au final}
      - {en: In the end he won., fr: "Finalement, il a gagné."}
"""


def test_a_job_travels_to_another_process_house_rules_and_all(tmp_path):
    (tmp_path / "house.yaml").write_text(HOUSE, encoding="utf-8")
    job = Job(config.from_table({"house-rules": ["house.yaml"]}, base=tmp_path), no_model=True)
    again = pickle.loads(pickle.dumps(job))
    assert Judge(again).salt == Judge(job).salt != Judge(JOB).salt
    target = TASK.pair.target
    text = replace(target, text=target.text.replace("Cela coûtera", "Au final, cela coûtera"))
    (judged,) = Judge(again)([Task(0, "00", replace(TASK.pair, target=text))])
    assert "STY901" in unpacked(judged.parts["findings"])


@pytest.mark.parametrize(
    "change",
    [
        {"policy": replace(Settings().policy, select=("LOC",))},
        {"policy": replace(Settings().policy, ignore=("STY",))},
        {"policy": replace(Settings().policy, per_file_ignores={"*.fr.txt": ("LOC",)})},
        {"policy": replace(Settings().policy, severity={"LOC": Severity.NEUTRAL})},
        {"weights": {**Settings().weights, Severity.MINOR: 2.0}},
        {"source_lang": "fr", "target_lang": "en"},
        {"checks": config.from_table({"typography": "canada"}).checks},
    ],
)
def test_what_can_change_a_result_changes_the_salt(change):
    assert Judge(replace(JOB, settings=replace(JOB.settings, **change))).salt != Judge(JOB).salt


def test_language_of_the_page_and_layout_change_the_salt(monkeypatch):
    before = Judge(JOB).salt
    assert Judge(replace(JOB, lang="fr")).salt != before
    monkeypatch.setattr(judging, "LAYOUT", 99)
    assert Judge(JOB).salt != before


def test_how_many_threads_does_not():
    assert Judge(replace(JOB, settings=replace(JOB.settings, threads=7))).salt == Judge(JOB).salt


def test_the_program_itself_is_in_the_salt(monkeypatch):
    before = Judge(JOB).salt
    monkeypatch.setattr(judging, "_program", lambda: "another")
    assert Judge(JOB).salt != before


@pytest.mark.parametrize(
    "change",
    [
        {"id": "Paris"},
        {"date": "2026-11-28"},
        {"segments": ((Span(0, 5), Span(0, 5)),)},
        {"warnings": ("It was read as Latin-1.",)},
        {"source": replace(TASK.pair.source, text="Something else.")},
        {"source": replace(TASK.pair.source, path="elsewhere.txt")},
        {"target": replace(TASK.pair.target, text=TASK.pair.target.text + " ")},
        {"target": replace(TASK.pair.target, lang="en")},
    ],
)
def test_what_was_read_is_in_the_key(change):
    assert key(replace(TASK.pair, **change), "salt") != key(TASK.pair, "salt")


def test_the_key_is_the_same_in_every_process_and_differs_by_salt():
    assert key(pair("Lyon"), "salt") == key(TASK.pair, "salt")
    assert key(TASK.pair, "pepper") != key(TASK.pair, "salt")


def test_a_lone_surrogate_has_a_key_too():
    assert key(replace(TASK.pair, source=replace(TASK.pair.source, text="\ud800")), "salt")


def test_an_article_that_breaks_something_is_said_and_the_others_go_on(monkeypatch):
    real = pipeline.judge_article

    def brittle(article, settings):
        if article.pair.id == "bad":
            raise RuntimeError("the floor gave way")
        return real(article, settings)

    monkeypatch.setattr(pipeline, "judge_article", brittle)
    good, bad = Judge(JOB)([TASK, Task(4, "01", pair("bad"))])
    assert good.state == "judged"
    assert (bad.state, bad.key, bad.tally, dict(bad.parts)) == ("unread", "", None, {})
    assert "bad could not be checked (RuntimeError: the floor gave way; in brittle, line" in bad.reason


def test_a_text_in_another_language_is_said_and_the_others_go_on():
    german = "Der Bürgermeister ist am Montag zurückgetreten, weil ihm niemand mehr zuhören wollte. " * 3
    bad = replace(pair("bad"), target=Document(german, "fr", "bad.fr.txt"))
    found = Judge(JOB)([Task(0, "00", bad), TASK])
    assert [j.state for j in found] == ["unread", "judged"]
    assert found[0].reason.startswith("The translation, bad.fr.txt, is in German, not in French.")


def test_an_article_whose_page_cannot_be_made_is_said(monkeypatch):
    monkeypatch.setattr(html_writer, "render", lambda *_: 1 / 0)
    (judged,) = Judge(JOB)([TASK])
    assert judged.state == "unread"
    assert "ZeroDivisionError" in judged.reason


def test_what_could_not_be_judged_whole_is_incomplete(monkeypatch):
    chosen = replace(JOB.settings, languagetool="http://localhost:9")
    (judged,) = Judge(replace(JOB, settings=chosen))([TASK])
    assert judged.state == "incomplete"
    assert "LanguageTool" in judged.reason
    assert judged.parts


def test_a_model_that_cannot_be_had_concerns_everything(tmp_path):
    judge = Judge(Job(replace(Settings(), model=str(tmp_path / "none"))))
    with pytest.raises(ModelError):
        _ = judge.salt
    with pytest.raises(ModelError):
        judge([TASK])


@pytest.mark.model
def test_with_the_models(report):
    (judged,) = Judge(Job(Settings()))([TASK])
    assert "model:mtqc-fr-en" in Judge(Job(Settings())).signature
    assert json.loads(unpacked(judged.parts["article"]))["sentences"][0]["back_translation"]["text"]


def test_an_empty_report_has_a_tally(report):
    from mtqc.model import NotMeasured

    none = tally(replace(report, score=NotMeasured("no words"), sentences=()))
    assert (none.sentences, none.words, none.quality) == (0, 0, None)
    assert isinstance(corpus_report([report], JOB.settings, None), CorpusReport)
