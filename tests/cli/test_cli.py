"""The command line: what it prints, where it writes, how it exits. Models are replayed."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from mtqc import cli
from mtqc.cli import align as align_command
from mtqc.cli import back_translate as back_translate_command
from mtqc.cli import check as check_command
from mtqc.errors import ModelError
from mtqc.pipeline import Direction, Models
from mtqc.testing import ReplayTranslator

EN = "The mayor of Springvale resigned on Monday.\nShe told Reuters that the new plan would cost $3 billion.\n"
FR = "La maire de Springvale a démissionné lundi.\nElle dit Reuters que le nouveau plan coûterait 3 millions de dollars.\n"
TABLE = {
    "La maire de Springvale a démissionné lundi.": "The mayor of Springvale resigned on Monday.",
    "Elle dit Reuters que le nouveau plan coûterait 3 millions de dollars.": "She says Reuters that the new plan"
    " would cost 3 million dollars.",
}


@pytest.fixture
def articles(tmp_path, monkeypatch):
    (tmp_path / "a.en.txt").write_text(EN, encoding="utf-8")
    (tmp_path / "a.fr.txt").write_text(FR, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(autouse=True)
def replayed(monkeypatch):
    replay = ReplayTranslator(TABLE)
    for module in (check_command, align_command, back_translate_command):
        monkeypatch.setattr(module, "models", lambda settings: Models(Direction(replay, replay)))


@pytest.fixture
def mtqc(monkeypatch, capsys):
    def call(*args: str, stdin: bytes = b"") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["mtqc", *args])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return int(ended.value.code or 0), out, err

    return call


def test_check_prints_what_it_finds_and_exits_0(articles, mtqc):
    code, out, err = mtqc("check", "a.en.txt", "a.fr.txt")
    assert code == 0, err
    assert "dit Reuters" in out
    assert "3 millions" in out


def test_check_writes_every_format_into_a_folder(articles, mtqc):
    code, out, _ = mtqc("check", "a.en.txt", "a.fr.txt", "-f", "terminal", "-f", "json", "-f", "html", "-o", "out")
    assert code == 0
    assert out
    report = json.loads((articles / "out" / "mtqc-report.json").read_text(encoding="utf-8"))
    assert report["schema"] == "mtqc-report/1"
    assert (articles / "out" / "mtqc-report.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_the_suffix_of_output_decides_the_format(articles, mtqc):
    assert mtqc("check", "a.en.txt", "a.fr.txt", "-o", "r.csv", "-o", "r.md")[0] == 0
    assert (articles / "r.csv").read_text(encoding="utf-8").count("\n") > 1
    assert (articles / "r.md").exists()


def test_json_goes_to_standard_output(articles, mtqc):
    code, out, _ = mtqc("check", "a.en.txt", "a.fr.txt", "--format", "json")
    assert code == 0
    assert json.loads(out)["summary"]["articles"] == 1


def test_select_and_ignore(articles, mtqc):
    _, out, _ = mtqc("check", "a.en.txt", "a.fr.txt", "-f", "json", "--select", "FLU")
    codes = {f["code"] for s in json.loads(out)["articles"][0]["sentences"] for f in s["findings"]}
    assert codes
    assert all(c.startswith("FLU") for c in codes)


def test_without_a_model_what_needs_one_is_skipped_not_silent(articles, mtqc):
    code, out, _ = mtqc("check", "a.en.txt", "a.fr.txt", "-f", "json", "--no-model")
    assert code == 0
    (article,) = json.loads(out)["articles"]
    assert article["skipped"]
    assert all(s["back_translation"] is None for s in article["sentences"])


def test_a_model_that_cannot_be_had_is_exit_3(articles, mtqc, monkeypatch):
    def fail(settings):
        raise ModelError("no such model.", hint="Install one.")

    monkeypatch.setattr(check_command, "models", fail)
    code, out, err = mtqc("check", "a.en.txt", "a.fr.txt")
    assert (code, out) == (3, "")
    assert "no such model." in err
    assert "Install one." in err


def test_a_crashing_check_is_exit_3_and_the_others_still_run(articles, mtqc, monkeypatch):
    from mtqc.checks.structure import Untranslated

    def crash(self, bead, signals):
        raise RuntimeError("boom")

    monkeypatch.setattr(Untranslated, "find", crash)
    code, out, _ = mtqc("check", "a.en.txt", "a.fr.txt", "-f", "json")
    (article,) = json.loads(out)["articles"]
    assert code == 3
    assert "boom" in article["failures"][0]
    assert article["complete"] is False
    assert any(s["findings"] for s in article["sentences"])


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["check", "nowhere.txt", "a.fr.txt"], "nowhere.txt"),
        (["check", "a.en.txt", "nowhere.txt"], "nowhere.txt"),
        (["check", "a.en.txt", "."], "folder"),
        (["check", "a.fr.txt", "a.en.txt"], "swap"),
        (["check", "a.en.txt", "a.en.txt"], "same text"),
        (["check", "empty.txt", "a.fr.txt"], "empty"),
        (["check", "binary.txt", "a.fr.txt"], "binary"),
        (["check", "a.en.txt", "a.fr.txt", "-f", "htlm"], "htlm"),
        (["check", "a.en.txt", "a.fr.txt", "-f", "json", "-f", "csv", "-o", "x.json"], "2 formats, but 1 output"),
        (["check", "a.en.txt", "a.fr.txt", "-f", "json", "-o", "a.en.txt/x.json"], "cannot be written"),
        (["check", "a.en.txt", "a.fr.txt", "--select", "ACX"], "ACX"),
        (["check", "a.en.txt", "a.fr.txt", "--engine", "marian"], "marian"),
        (["check", "a.en.txt", "a.fr.txt", "--config", "no.toml"], "no.toml"),
        (["check", "a.en.txt", "a.fr.txt", "--config", "bad.toml"], "egnine"),
        (["align", "a.en.txt", "a.fr.txt", "--format", "xml"], "xml"),
        (["back-translate", "nowhere.txt"], "nowhere.txt"),
        (["back-translate", "latin1.txt"], "latin1.txt, line 1: not UTF-8"),
        (["rules", "ACC999"], "ACC999"),
        (["chekc"], "chekc"),
    ],
)
def test_bad_input_is_one_clear_sentence_and_exit_2(articles, mtqc, args, said):
    (articles / "empty.txt").write_bytes(b"")
    (articles / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (articles / "latin1.txt").write_bytes("été\n".encode("latin-1"))
    (articles / "bad.toml").write_text('egnine = "x"\n', encoding="utf-8")
    code, _, err = mtqc(*args)
    assert code == 2, err
    assert said.lower() in err.lower()


def test_align_prints_beads(articles, mtqc):
    code, out, _ = mtqc("align", "a.en.txt", "a.fr.txt", "--format", "tsv", "--words")
    assert code == 0
    rows = [line.split("\t") for line in out.splitlines()]
    assert [r[0] for r in rows] == ["1-1", "1-1"]
    assert "Springvale~Springvale" in rows[0][4]


def test_back_translate_gives_one_line_for_each_line(mtqc):
    known = "La maire de Springvale a démissionné lundi."
    code, out, err = mtqc("back-translate", stdin=f"{known}\n\n   \ninconnu\n{known}".encode())
    assert out.split("\n") == [TABLE[known], "", "", "", TABLE[known], ""]
    assert code == 3
    assert "line 4" in err


def test_rules_are_listed_and_explained(mtqc):
    assert "ACC101" in mtqc("rules")[1]
    code, out, _ = mtqc("rules", "sentence-lost")
    assert code == 0
    assert "Marks" in out
    assert "Silent" in out


def test_an_internal_fault_shows_no_traceback(articles, mtqc, monkeypatch):
    monkeypatch.setattr(check_command, "models", lambda settings: 1 / 0)
    code, _, err = mtqc("check", "a.en.txt", "a.fr.txt")
    assert code == 3
    assert "ZeroDivisionError" in err
    assert "MTQC_DEBUG" in err


@pytest.mark.model
def test_version_prints_the_signature(mtqc):
    code, out, _ = mtqc("--version")
    assert code == 0
    assert out.startswith("mtqc ")
    for part in ("model:", "checks:", "BLEU|", "chrF++|", "TER|"):
        assert part in out


@pytest.mark.model
def test_the_shipped_model_for_real(articles, mtqc, monkeypatch):
    from mtqc.cli.common import models

    monkeypatch.setattr(check_command, "models", models)
    code, out, _ = mtqc("check", "a.en.txt", "a.fr.txt", "-f", "json", "--no-cache")
    assert code == 0
    (article,) = json.loads(out)["articles"]
    assert all(s["back_translation"]["text"] for s in article["sentences"])
    assert article["sentences"][0]["back_translation"]["chrf"] > 30


def test_the_corpora_are_read(mtqc):
    corpora = Path(__file__).parents[2] / "corpora"
    code, out, err = mtqc("check", str(corpora), "-f", "json", "--no-model")
    assert code == 0, err
    assert json.loads(out)["summary"]["articles"] >= 8
