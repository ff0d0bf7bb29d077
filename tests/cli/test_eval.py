"""`mtqc eval`: reports read and made, gold found and named, what it says where they do not fit."""

from __future__ import annotations

import json
import sys

import pytest

from mtqc import cli
from mtqc.cli import check as check_command
from mtqc.cli import eval as eval_command
from mtqc.model import NotMeasured
from mtqc.pipeline import Direction, Models
from mtqc.testing import ReplayTranslator

EN = "The mayor of Springvale resigned on Monday.\nShe told Reuters that the new plan would cost $3 billion.\n"
FR = "La maire de Springvale a démissionné lundi.\nElle dit Reuters que le nouveau plan coûterait 3 millions de dollars.\n"
GOLD = [
    {
        "target_line": 2,
        "target_text": "3 millions",
        "severity": "critical",
        "category": "accuracy/mistranslation/number",
    },
    {"target_line": 2, "target_text": "dit Reuters", "severity": "major", "category": "fluency/garbled"},
    {
        "target_line": 1,
        "target_text": "a démissionné",
        "severity": "minor",
        "category": "style/awkward",
        "kind": "verb",
    },
]


@pytest.fixture
def articles(tmp_path, monkeypatch):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "source.en.txt").write_text(EN, encoding="utf-8")
        (tmp_path / name / "target.fr.txt").write_text(FR, encoding="utf-8")
        rows = "".join(json.dumps(g, ensure_ascii=False) + "\n" for g in GOLD)
        (tmp_path / name / "gold.jsonl").write_text(rows, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    replay = ReplayTranslator({})
    both = Models(Direction(replay, replay), NotMeasured("not replayed"))
    for module in (check_command, eval_command):
        monkeypatch.setattr(module, "models", lambda settings: both)
    return tmp_path


@pytest.fixture
def mtqc(monkeypatch, capsys):
    def call(*args: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["mtqc", *args])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        return int(ended.value.code or 0), *capsys.readouterr()

    return call


def test_a_folder_is_checked_and_measured_against_the_gold_beside(articles, mtqc):
    code, out, err = mtqc("eval", ".", "--no-model")
    assert code == 0, err
    assert "2 articles, 4 lines, 6 marked errors" in out
    assert "critical                                 2 of 2 (100 %)" in out
    assert "minor                                    0 of 2 (0 %)" in out
    assert "signature mtqc:" in out


def test_a_report_gives_the_same_figures_as_the_run(articles, mtqc):
    assert mtqc("check", "a/source.en.txt", "a/target.fr.txt", "-o", "r.json")[0] == 0
    code, read, _ = mtqc("eval", "r.json", "a/gold.jsonl", "--format", "json")
    assert code == 0
    made = mtqc("eval", "a/source.en.txt", "--target", "a/target.fr.txt", "--format", "json")[1]
    assert json.loads(read) == json.loads(made)
    assert json.loads(read)["found_by_severity"]["critical"] == [1, 1]
    assert json.loads(read)["auc"] == 1.0


def test_gold_in_a_folder_of_its_own(articles, mtqc):
    for name in ("a", "b"):
        (articles / "gold").mkdir(exist_ok=True)
        (articles / name / "gold.jsonl").rename(articles / "gold" / f"{name}.gold.jsonl")
    mtqc("check", "a", "-o", "r.json")
    code, out, _ = mtqc("eval", "r.json", "gold", "-o", "figures.txt")
    assert (code, out) == (0, "")
    assert "1 article, 2 lines" in (articles / "figures.txt").read_text(encoding="utf-8")


def test_list_names_what_was_missed(articles, mtqc):
    out = mtqc("eval", "a", "--no-model", "--list")[1]
    assert "missed  a, line 1: minor style/awkward verb “a démissionné”" in out
    assert "misses" in json.loads(mtqc("eval", "a", "--no-model", "--list", "-f", "json")[1])


def test_an_article_without_gold_is_left_out_and_said(articles, mtqc):
    (articles / "b" / "gold.jsonl").unlink()
    code, out, err = mtqc("eval", ".", "--no-model")
    assert code == 3
    assert "1 article" in out
    assert "b: no gold file" in err


def test_a_gold_text_that_is_not_there_is_said(articles, mtqc):
    row = GOLD[0] | {"target_text": "4 millions"}
    (articles / "a" / "gold.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    code, _, err = mtqc("eval", "a", "--no-model")
    assert code == 0
    assert "“4 millions” does not stand on line 2" in err


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["eval", "nowhere.json"], "nowhere.json"),
        (["eval", "a/gold.jsonl"], "gold.jsonl"),
        (["eval", "bad.json", "a/gold.jsonl"], "not a report"),
        (["eval", ".", "a/gold.jsonl", "--no-model"], "2 articles, but 1 gold file"),
        (["eval", "a", "empty", "--no-model"], "No gold file"),
        (["eval", "a", "nowhere.jsonl", "--no-model"], "nowhere.jsonl"),
        (["eval", "a", "--format", "xml"], "xml"),
        (["eval", "bad.json", "--target", "a/target.fr.txt"], "--target"),
    ],
)
def test_bad_input_is_one_clear_sentence_and_exit_2(articles, mtqc, args, said):
    (articles / "bad.json").write_text("{}", encoding="utf-8")
    (articles / "empty").mkdir()
    code, _, err = mtqc(*args)
    assert code == 2, err
    assert said in err
    assert "Traceback" not in err
