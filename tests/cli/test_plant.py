"""`mtqc plant`: what it writes, what it prints, how it exits."""

from __future__ import annotations

import json
import sys

import pytest

from mtqc import cli
from mtqc.plant import KINDS

EN = "The mayor, Anna Whitlock, resigned on Monday.\nThe new plan would cost $3 billion, the council said.\n"
FR = "La maire, Anna Whitlock, a démissionné lundi.\nLe nouveau plan coûterait 3 milliards de dollars, a dit le conseil.\n"


@pytest.fixture
def mtqc(tmp_path, monkeypatch, capsys):
    (tmp_path / "a.en.txt").write_text(EN, encoding="utf-8")
    (tmp_path / "a.fr.txt").write_text(FR, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    def call(*args: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["mtqc", *args])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return int(ended.value.code or 0), out, err

    return call


def gold(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_two_files_become_a_folder_that_check_reads(mtqc, tmp_path):
    code, out, err = mtqc("plant", "a.en.txt", "a.fr.txt", "--output", "planted", "--rate", "1")
    assert code == 0, err
    folder = tmp_path / "planted" / "a"
    assert sorted(p.name for p in folder.iterdir()) == ["gold.jsonl", "source.en.txt", "target.fr.txt"]
    assert (folder / "source.en.txt").read_text(encoding="utf-8") == EN
    planted = (folder / "target.fr.txt").read_text(encoding="utf-8")
    assert planted != FR
    rows = gold(folder / "gold.jsonl")
    assert len(rows) == 2
    assert "2 errors in 2 sentences of 1 article, written to planted" in out
    for row in rows:
        line = planted.splitlines()[row["target_line"] - 1] if planted.strip() else ""
        start, end = row["target_span"]
        assert line[start:end] == row["target_text"]
    code, out, _ = mtqc("check", "planted", "--no-model", "--format", "json")
    assert code in {0, 3}
    assert json.loads(out)["articles"][0]["id"] == "a"


def test_a_table_becomes_a_folder_for_each_article(mtqc, tmp_path):
    rows = [f"{e}\t{f}\t{a}" for a in ("one", "sub/two") for e, f in zip(EN.splitlines(), FR.splitlines(), strict=True)]
    (tmp_path / "pairs.tsv").write_text("\n".join(rows), encoding="utf-8")
    code, _, err = mtqc("plant", "pairs.tsv", "-o", "planted", "--rate", "1", "-k", "name-altered,currency-changed")
    assert code == 0, err
    for name in ("one", "sub/two"):
        kinds = [r["kind"] for r in gold(tmp_path / "planted" / name / "gold.jsonl")]
        assert kinds == ["name-altered", "currency-changed"]


def test_a_name_that_climbs_out_of_the_folder_stays_in_it(mtqc, tmp_path):
    english, french = EN.splitlines()[0], FR.splitlines()[0]
    (tmp_path / "pairs.tsv").write_text(f"{english}\t{french}\t../../up", encoding="utf-8")
    assert mtqc("plant", "pairs.tsv", "-o", "planted", "--rate", "1")[0] == 0
    assert (tmp_path / "planted" / "up" / "gold.jsonl").exists()


def test_kinds_by_the_beginning_of_their_names(mtqc, tmp_path):
    assert mtqc("plant", "a.en.txt", "a.fr.txt", "-o", "p", "--rate", "1", "-k", "figure", "-k", "currency")[0] == 0
    kinds = {r["kind"] for r in gold(tmp_path / "p" / "a" / "gold.jsonl")}
    assert kinds <= {"figure-digit", "figure-magnitude", "currency-changed"}
    assert kinds


def test_another_seed_plants_something_else(mtqc, tmp_path):
    for seed in "123":
        mtqc("plant", "a.en.txt", "a.fr.txt", "-o", seed, "--rate", "1", "--seed", seed)
    assert len({(tmp_path / seed / "a" / "target.fr.txt").read_text(encoding="utf-8") for seed in "123"}) > 1


def test_the_list_names_every_kind(mtqc):
    code, out, _ = mtqc("plant", "--list")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()] == [k.name for k in KINDS]
    assert mtqc("plant", "--list", "-k", "month-changed")[1].split()[0] == "month-changed"


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("a.en.txt", "a.fr.txt"), "needs a pair of texts and --output"),
        (("-o", "p"), "needs a pair of texts and --output"),
        (("a.en.txt", "a.fr.txt", "-o", "p", "-k", "monthchanged"), "Did you mean month-changed?"),
        (("a.en.txt", "a.fr.txt", "-o", "."), "something is there already"),
        (("a.en.txt", "a.fr.txt", "-o", "a.en.txt"), "something is there already"),
        (("a.en.txt", "a.fr.txt", "-o", "p", "--rate", "0"), "No sentence of these texts takes an error"),
        (("a.en.txt", "a.fr.txt", "-o", "p", "-k", "acronym-altered"), "No sentence of these texts takes an error"),
        (("a.en.txt", "no.txt", "-o", "p"), "no.txt does not exist"),
        (("a.en.txt", "a.fr.txt", "-o", "p", "--rate", "2"), "--rate"),
    ],
)
def test_bad_input_is_named_and_exits_2(mtqc, args, says):
    code, out, err = mtqc("plant", *args)
    assert code == 2
    assert says in err
    assert out == ""


def test_an_article_that_cannot_be_read_is_named_and_exits_3(mtqc, tmp_path):
    (tmp_path / "in").mkdir()
    for name, text in (("a.en.txt", EN), ("a.fr.txt", FR), ("b.en.txt", EN)):
        (tmp_path / "in" / name).write_text(text, encoding="utf-8")
    code, _, err = mtqc("plant", "in", "-o", "p", "--rate", "1")
    assert code == 3
    assert "b" in err
    assert (tmp_path / "p" / "a" / "gold.jsonl").exists()
