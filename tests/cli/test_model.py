"""`mtqc model`: what it prints and how it exits, on small random checkpoints."""

import io
import json
import shutil
import sys
from pathlib import Path

import pytest
from translate_fixtures import SHIPPED, write_checkpoint

from mtqc import cli
from mtqc.cli import model_text
from mtqc.translate import library, pinned


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("MTQC_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "cache"


@pytest.fixture
def folder(tmp_path):
    return write_checkpoint(tmp_path / "opus-mt-fr-en")


@pytest.fixture
def mtqc(monkeypatch, capsys):
    def call(*args, stdin="", terminal=False):
        monkeypatch.setattr(sys, "argv", ["mtqc", "model", *map(str, args)])
        answers = io.StringIO(stdin)
        answers.isatty = lambda: terminal
        monkeypatch.setattr(sys, "stdin", answers)
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return int(ended.value.code or 0), out, err

    return call


def facts(block):
    """Label → value of one block that `mtqc model list` prints."""
    return dict(line.split(maxsplit=1) for line in block.splitlines()[1:] if line[2] != " ")


def test_list_shows_what_ships_was_added_and_was_converted(mtqc, folder, cache):
    from mtqc.translate import find

    find.converted(find.find(str(folder)))
    assert mtqc("add", folder, "--name", "mine")[0] == 0
    code, out, _ = mtqc("list")
    assert code == 0
    blocks = {b.split()[0]: b for b in out.strip().split("\n\n")}
    assert blocks["mine"].splitlines()[0] == "mine  fr-en  added"
    assert facts(blocks["mine"])["from"] == str(folder)
    assert facts(blocks["mine"])["folder"] == str(cache / "added" / "fr-en" / "mine")
    assert blocks["opus-mt-fr-en"].splitlines()[0] == "opus-mt-fr-en  fr-en  converted"
    name = json.loads((SHIPPED / "card.json").read_text())["name"]
    assert blocks[name].splitlines()[0] == f"{name}  fr-en  shipped"
    assert facts(blocks[name])["figures"].startswith("BLEU ")


def test_nothing_but_a_path_is_wider_than_80_columns(mtqc, folder):
    mtqc("add", folder)
    wide = [line for line in mtqc("list")[1].splitlines() if len(line) > 80]
    assert all(line.split()[0] in ("from", "folder") for line in wide)


def test_list_as_json_has_the_same(mtqc, folder, cache):
    mtqc("add", folder, "--name", "mine")
    code, out, _ = mtqc("list", "--format", "json")
    said = json.loads(out)
    assert (code, said["cache"]) == (0, str(cache))
    [mine] = [m for m in said["models"] if m["kind"] == "added"]
    assert (mine["name"], mine["direction"], mine["origin"]) == ("mine", "fr-en", str(folder))
    assert mine["signature"] == f"mine@{mine['revision'][:12]}"
    assert mine["bytes"] > 1e5
    assert [m["figures"] for m in said["models"] if m["folder"] == str(SHIPPED)] == [
        json.loads((SHIPPED / "card.json").read_text())["figures"]
    ]


def test_add_says_how_to_use_it_and_doubts_a_bad_model(mtqc, folder):
    code, out, err = mtqc("add", folder)
    assert code == 0
    assert out.startswith("Added: use it with --model opus-mt-fr-en\nopus-mt-fr-en  fr-en  added\n")
    given_up = sum(r.hypothesis is None for r in pinned.read(library.added_folder("opus-mt-fr-en", "fr-en")))
    assert given_up
    assert f"{given_up} of 20 sentences have no usable translation" in err
    assert mtqc("add", folder)[1].startswith("Already there: ")


@pytest.mark.parametrize(
    ("args", "exit_code", "said"),
    [
        (["list", "--format", "xml"], 2, "--format xml"),
        (["add"], 2, "NAME_OR_PATH"),
        (["add", "nowhere"], 3, "nowhere: there is no such model folder"),
        (["add", "some/model-fr-en"], 3, "HF_HUB_OFFLINE forbids"),
        (["add", "opus-mt-fr-en", "--direction", "de-fr"], 2, "--direction de-fr"),
        (["add", "opus-mt-fr-en", "--direction", "en-fr"], 3, "translates fr-en, not en-fr"),
        (["add", "opus-mt-fr-en", "--name", "a/b"], 2, "“a/b”"),
        (["test", "nowhere"], 3, "nowhere: there is no such model folder"),
        (["test", "opus-mt-fr-en"], 3, "nothing of this model was pinned"),
        (["test", "--direction", "xx"], 2, "--direction xx"),
        (["test", "--write", "--engine", "transformers"], 2, "--write pins with ctranslate2"),
        (["test", "--engine", "marian"], 2, "marian"),
        (["remove", "nowhere"], 2, "no model “nowhere”"),
        (["remove", "../cache", "--yes"], 2, "no model “../cache”"),
    ],
)
def test_bad_input_is_one_clear_sentence(mtqc, folder, monkeypatch, args, exit_code, said):
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    code, _, err = mtqc(*args)
    assert code == exit_code, err
    assert said in " ".join(err.replace("│", " ").split())


def test_the_shipped_models_still_say_what_they_said(mtqc):
    code, out, err = mtqc("test")
    assert code == 0, out + err
    assert out.count("passed") == len(list(library.shipped()))
    assert out.count("FAILED") == 0


def test_an_added_model_is_compared_with_what_was_pinned_then(mtqc, folder):
    mtqc("add", folder, "--name", "mine")
    code, out, _ = mtqc("test", "mine")
    assert code == 0
    assert "20 of 20 as pinned" in out
    assert mtqc("test", folder)[0] == 0, "the same model by its folder"


def test_a_model_that_says_something_else_fails(mtqc, folder, tmp_path):
    mtqc("add", folder, "--name", "mine")
    other = write_checkpoint(tmp_path / "other-fr-en", activation_function="swish")
    mtqc("add", other)
    ct2 = library.added_folder("other-fr-en", "fr-en") / "ct2"
    shutil.copyfile(ct2 / "model.bin", library.added_folder("mine", "fr-en") / "ct2" / "model.bin")
    code, out, _ = mtqc("test", "mine")
    assert code == 1
    assert "FAILED" in out
    assert "times its tolerance off" in " ".join(out.split())


def test_rows_of_another_revision_fail(mtqc, folder):
    mtqc("add", folder)
    path = library.added_folder("opus-mt-fr-en", "fr-en") / pinned.FILE
    revision = pinned.read(path.parent)[0].revision
    path.write_text(path.read_text().replace(revision, "0" * 64))
    code, out, _ = mtqc("test", "opus-mt-fr-en")
    assert code == 1
    assert f"pinned was revision 000000000000, this is {revision[:12]}" in " ".join(out.split())


@pytest.mark.parametrize("broken", ["", "not json\n", '{"source": "x"}\n'])
def test_broken_pinned_output_is_said(mtqc, folder, broken):
    mtqc("add", folder)
    (library.added_folder("opus-mt-fr-en", "fr-en") / pinned.FILE).write_text(broken)
    code, _, err = mtqc("test", "opus-mt-fr-en")
    assert code == 3
    assert "pinned.jsonl" in err
    assert mtqc("test", "opus-mt-fr-en", "--write")[0] == 0
    assert mtqc("test", "opus-mt-fr-en")[0] == 0


def test_write_pins_a_plain_folder(mtqc, folder):
    code, out, _ = mtqc("test", folder, "--write")
    assert code == 0
    assert f"20 sentences pinned in {folder / pinned.FILE}" in out
    assert mtqc("test", folder)[0] == 0


def test_differences_are_shown():
    def row(hypothesis, logprob):
        return pinned.Row("Oui.", hypothesis, "Yes.", logprob, 0.2, "ab" * 32, "x@abababababab/engine")

    compared = pinned.Comparison((row("Yes.", -1.0),), (row(None, -1.1),), 0.0, 0.5)
    out = model_text.comparison("x@abababababab", "fr-en", compared)
    assert "FAILED" in out
    assert [line.split() for line in out.splitlines()[-3:]] == [
        ["source", "Oui."],
        ["pinned", "Yes."],
        ["now", "(given", "up)"],
    ]


def test_remove_asks_and_takes_no_for_an_answer(mtqc, folder):
    mtqc("add", folder)
    code, _, err = mtqc("remove", "opus-mt-fr-en", stdin="n\n", terminal=True)
    assert (code, library.added_folder("opus-mt-fr-en", "fr-en").exists()) == (2, True)
    assert "Nothing was removed" in err
    assert mtqc("remove", "opus-mt-fr-en")[0] == 2, "nobody is there to answer"
    assert library.added_folder("opus-mt-fr-en", "fr-en").exists()
    assert mtqc("remove", "opus-mt-fr-en", stdin="y\n", terminal=True)[0] == 0
    assert not library.added_folder("opus-mt-fr-en", "fr-en").exists()


def test_remove_takes_all_of_a_name_or_one_revision(mtqc, folder, tmp_path):
    from mtqc.translate import find

    mtqc("add", folder)
    other = write_checkpoint(tmp_path / "b" / "opus-mt-fr-en", activation_function="swish")
    find.converted(find.find(str(other)))
    revision = find.find(str(other)).revision[:12]
    assert mtqc("remove", f"opus-mt-fr-en@{revision}", "--yes")[0] == 0
    assert [e.kind for e in library.entries() if e.kind != "shipped"] == ["added"]
    find.converted(find.find(str(other)))
    code, out, _ = mtqc("remove", "opus-mt-fr-en", "-y")
    assert (code, out.count("Removed")) == (0, 2)
    assert [e.kind for e in library.entries() if e.kind != "shipped"] == []


def test_a_shipped_model_is_not_removed(mtqc):
    name = next(library.shipped()).name
    before = sorted(SHIPPED.iterdir())
    code, _, err = mtqc("remove", name, "--yes")
    assert code == 2
    assert f"{name} ships with mtqc and stays" in err
    assert sorted(SHIPPED.iterdir()) == before


def test_a_name_that_is_nearly_right(mtqc, folder):
    mtqc("add", folder)
    assert "Did you mean opus-mt-fr-en?" in mtqc("remove", "opus-mt-fren", "--yes")[2]


def test_an_added_model_checks_articles_offline(mtqc, folder, monkeypatch, tmp_path):
    mtqc("add", folder, "--name", "mine")
    shutil.rmtree(folder)
    Path("a.txt").write_text("Oui.\n", encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["mtqc", "back-translate", "a.txt", "--model", "mine", "--no-cache"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code in (0, 3), "3: the random model repeats itself"
