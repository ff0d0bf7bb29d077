"""`mtqc report`: what it writes from a JSON report is what `mtqc check` would have written."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from mtqc import cli
from mtqc.report import WRITERS

EN = "The mayor of Springvale resigned on Monday.\n\nShe told Reuters that the new plan would cost $3 billion.\n"
FR = "La maire de Springvale a démissionné lundi\u202f! 🚢\n\nElle dit Reuters que le nouveau plan coûterait 3 millions de dollars.\n"
FORMATS = [w.name for w in WRITERS if w.name != "terminal"]  # which goes to the screen


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for name, text in (("a.en.txt", EN), ("a.fr.txt", FR), ("b.en.txt", EN), ("b.fr.txt", FR)):
        (tmp_path / name).write_text(text, encoding="utf-8")

    def call(*args: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["mtqc", *args])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return int(ended.value.code or 0), out, err

    return call


PAGE = "<html><body><article>\n<h1>{}</h1>\n\n<p>{}\n<b>{}</b></p></article></body></html>"


def inputs(kind: str) -> list[str]:
    """Two folders' worth of text files, two web pages, or a table."""
    if kind == "text files":
        return ["."]
    if kind == "table":
        rows = zip(EN.split("\n\n"), FR.split("\n\n"), strict=True)
        Path("pairs.tsv").write_text("\n".join(f"{en.strip()}\t{fr.strip()}" for en, fr in rows), encoding="utf-8")
        return ["pairs.tsv"]
    for name, text in (("en.html", EN), ("fr.html", FR)):
        first, second = text.strip().split("\n\n")
        Path(name).write_text(PAGE.format(first, second, second), encoding="utf-8")
    return ["en.html", "fr.html"]


@pytest.mark.parametrize("kind", ["text files", "table", "web pages"])
def test_it_writes_what_check_would_have_written(run, tmp_path, kind):
    formats = [part for name in FORMATS for part in ("-f", name)]
    code, _, err = run("check", *inputs(kind), "--no-model", *formats, "-o", "first")
    assert code == 0, err
    code, _, err = run("report", "first", *formats, "-o", "second")
    assert (code, err) == (0, "")
    for writer in (w for w in WRITERS if w.name in FORMATS):
        name = f"mtqc-report{writer.suffix}"
        first, second = ((tmp_path / folder / name).read_text(encoding="utf-8") for folder in ("first", "second"))
        assert first == second, name


def test_the_longest_suffix_decides_the_format(run, tmp_path):
    run("check", "a.en.txt", "a.fr.txt", "--no-model", "-o", "r.json")
    assert run("report", "r.json", "-o", "q.gitlab.json", "-o", "q.json", "-o", "q.xml", "-o", "q.github.txt")[0] == 0
    assert isinstance(json.loads((tmp_path / "q.gitlab.json").read_text()), list)
    assert json.loads((tmp_path / "q.json").read_text())["schema"] == "mtqc-report/1"
    assert (tmp_path / "q.xml").read_text().startswith("<?xml")
    assert (tmp_path / "q.github.txt").read_text().startswith("::")
    code, _, err = run("report", "r.json", "-o", "q.doc")
    assert code == 2
    assert "which format?" in err


def test_the_terminal_report_is_the_default(run):
    run("check", "a.en.txt", "a.fr.txt", "--no-model", "-o", "r.json")
    code, out, _ = run("report", "r.json")
    assert code == 0
    assert "3 millions" in out


def test_texts_that_changed_are_named_and_never_pointed_into(run, tmp_path):
    run("check", "a.en.txt", "a.fr.txt", "--no-model", "-o", "r.json")
    (tmp_path / "a.fr.txt").write_text("Tout autre chose.\n", encoding="utf-8")
    code, out, err = run("report", "r.json", "-f", "sarif")
    assert code == 0
    assert err.count("warning") == 1
    assert "a.fr.txt: not there, or not as it was" in err
    assert "a.en.txt" not in err
    assert "Tout autre" not in out


def test_an_incomplete_run_stays_incomplete(run, tmp_path):
    (tmp_path / "b.fr.txt").write_text("", encoding="utf-8")
    assert run("check", ".", "--no-model", "-o", "r.json")[0] == 3
    code, out, _ = run("report", "r.json", "-f", "junit")
    assert code == 3
    assert "<error" in out


def test_what_is_no_run_is_one_clear_sentence(run, tmp_path):
    (tmp_path / "x.json").write_text("[]", encoding="utf-8")
    for name, told in (("nothing.json", "no such report"), ("x.json", "not a report in the layout")):
        code, out, err = run("report", name)
        assert (code, out) == (2, "")
        assert told in err


def test_precision_is_given_where_enough_was_measured(run):
    from mtqc.checks.measured import measured_rules
    from mtqc.cli.showing import FEWEST

    run("check", "a.en.txt", "a.fr.txt", "--no-model", "-o", "r.json")
    rules = json.loads(run("report", "r.json", "-f", "sarif")[1])["runs"][0]["tool"]["driver"]["rules"]
    given = {r["id"]: r["properties"].get("precision") for r in rules}
    measured = {code for code, m in measured_rules().items() if m.fired >= FEWEST}
    assert given
    assert {code for code, word in given.items() if word} == measured & set(given)
