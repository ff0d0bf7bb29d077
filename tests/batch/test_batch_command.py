"""`mtqc batch`: from the command line to the run folder, with real workers and without a model."""

from __future__ import annotations

import importlib.util
import io
import json
import os
import re
import shlex
import signal
import subprocess
import sys
import time

import pytest
from judges import EN, FR

from mtqc import cli
from mtqc.batch import feeding
from mtqc.batch.folder import RunFolder

MTQC = [sys.executable, "-c", "from mtqc.cli import main; main()"]


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A folder to work in, with a corpus of four articles in en/ and fr/ and a cache of its own."""
    for n in range(4):
        for side, text in (("en", EN), ("fr", FR)):
            (tmp_path / side).mkdir(exist_ok=True)
            (tmp_path / side / f"a{n}.txt").write_text(text.format(f"Lyon {n}"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MTQC_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path


@pytest.fixture
def mtqc(place, monkeypatch, capsys):
    def call(*args, code=0):
        monkeypatch.setattr(sys, "argv", ["mtqc", "batch", "--no-model", "--jobs", "1", *map(str, args)])
        monkeypatch.setattr(sys, "stdin", io.StringIO(""))
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = capsys.readouterr()
        assert (ended.value.code or 0) == code, (out, err)
        return out, err

    return call


def test_a_corpus_that_is_well(mtqc, place):
    out, err = mtqc("en", "fr", "--output", "run")
    assert out.startswith("4 articles, 8 sentence pairs, 52 words\nfindings: ")
    assert out.endswith("\nEverything was judged. Open run/index.html\n")
    assert err == ""
    assert json.loads((place / "run/summary.json").read_text())["complete"] is True
    report = json.loads((place / "run/mtqc-report.json").read_text())
    assert [a["id"] for a in report["articles"]] == ["a0", "a1", "a2", "a3"]


def test_the_second_run_comes_from_the_cache(mtqc, place, monkeypatch):
    mtqc("en", "fr", "--output", "one")
    monkeypatch.setattr("mtqc.batch.runner.Worker", None)
    out, _ = mtqc("en", "fr", "--output", "two")
    assert "(4 unchanged, from the cache)" in out
    for name in ("mtqc-report.json", "sentences.jsonl", "index.html", "findings.parquet"):
        assert (place / "one" / name).read_bytes() == (place / "two" / name).read_bytes()


def test_without_the_cache_everything_is_judged_again(mtqc, monkeypatch):
    mtqc("en", "fr", "--output", "one", "--no-cache")
    out, _ = mtqc("en", "fr", "--output", "two")
    assert "from the cache" not in out


def test_an_article_that_cannot_be_judged_is_named_with_its_reason(mtqc, place):
    (place / "fr" / "a2.txt").write_text("")
    (place / "en" / "b.txt").write_text(EN)
    out, _ = mtqc("en", "fr", "--output", "run", code=3)
    told = [line for line in out.splitlines() if line.startswith("NOT JUDGED")]
    assert re.match(r"NOT JUDGED  a2: .*fr/a2.txt", told[0])
    assert re.match(r"NOT JUDGED  b: .*en/b.txt", told[1])
    assert "Not everything could be judged. Open run/index.html" in out
    assert json.loads((place / "run/summary.json").read_text())["unread"] == 2


def test_of_many_reasons_some_are_shown_and_cut(mtqc, place):
    for n in range(9):
        (place / "en" / f"{'x' * 200}{n}.txt").write_text(EN)
    out, _ = mtqc("en", "fr", "--output", "run", code=3)
    assert out.count("NOT JUDGED") == 5
    assert "and 4 more; mtqc.log in the run folder has them all" in out
    assert (place / "run/mtqc.log").read_text().count("unread: ") == 9
    assert all(len(line.split(": ", 1)[1]) <= 160 for line in out.splitlines() if line.startswith("NOT JUDGED"))


def test_going_on_judges_what_changed_and_what_was_missing(mtqc, place):
    (place / "fr" / "a2.txt").write_text("")
    mtqc("en", "fr", "--output", "run", "--no-cache", code=3)
    (place / "fr" / "a2.txt").write_text(FR.format("Lyon 2"))
    (place / "fr" / "a3.txt").write_text(FR.format("Lyon 3").replace("500", "600"))
    out, _ = mtqc("en", "fr", "--output", "run", "--no-cache", "--resume")
    assert "4 articles" in out
    assert "(2 judged before)" in out


def test_going_on_where_nothing_was_begun_begins(mtqc):
    out, _ = mtqc("en", "fr", "--output", "run", "--resume")
    assert "Everything was judged." in out


def test_going_on_with_less_forgets_what_is_gone(mtqc, place):
    mtqc("en", "fr", "--output", "run")
    for side in ("en", "fr"):
        (place / side / "a3.txt").unlink()
    out, _ = mtqc("en", "fr", "--output", "run", "--resume")
    assert out.startswith("3 articles")


def test_a_shard_holds_every_nth_article_under_its_own_number(mtqc, place):
    mtqc("en", "fr", "--output", "second", "--shard", "2/3")
    with RunFolder.opened(place / "second") as folder:
        assert [(j.number, j.id) for j in folder.judged()] == [(1, "a1")]


def test_a_file_that_changes_during_the_run_is_told(mtqc, place, monkeypatch):
    def changing(*args):
        yield from real(*args)
        (place / "fr" / "a1.txt").write_text(FR.format("Paris"))

    real = feeding.stream
    monkeypatch.setattr(feeding, "stream", changing)
    out, err = mtqc("en", "fr", "--output", "run", code=3)
    assert "CHANGED DURING THE RUN  fr/a1.txt" in out
    assert "fr/a1.txt changed during the run" in err
    assert "fr/a1.txt changed during the run" in (place / "run/mtqc.log").read_text()


def test_a_table_with_columns_of_its_own(mtqc, place):
    row = {"doc": "x", "en": EN.format("Lyon"), "mt": {"google": FR.format("Lyon")}, "when": "2026-11-28"}
    (place / "corpus.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    names = (
        "--source-column",
        "en",
        "--target-column",
        "mt.google",
        "--article-column",
        "doc",
        "--date-column",
        "when",
    )
    mtqc("corpus.jsonl", *names, "--output", "run")
    with RunFolder.opened(place / "run") as folder:
        assert [(j.id, j.date) for j in folder.judged()] == [("x", "2026-11-28")]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--shard", "0/3"], "--shard 0/3: that is no part of a whole."),
        (["--shard", "4/3"], "--shard 4/3: that is no part of a whole."),
        (["--shard", "half"], "--shard half: that is no part of a whole."),
        (["--engine", "ctranslate2"], "--engine ctranslate2: not known."),
        (["--match", "size"], "--match size: not known."),
        (["--address", "auto"], "--address does nothing without --engine ray."),
        (["--engine", "ray", "--max-memory", "4G"], "--max-memory does nothing with --engine ray."),
        (["--max-memory", "much"], "--max-memory much: that is no size."),
        (["--max-memory", "200M"], "--max-memory 200 MiB is too little"),
        (["--lang", "de"], "--lang de: mtqc’s reports do not speak it."),
    ],
)
def test_wrong_options_are_said_and_nothing_is_left(mtqc, place, options, said):
    _, err = mtqc("en", "fr", "--output", "run", *options, code=2)
    assert err.startswith(f"mtqc: error: {said}")
    assert len(err.splitlines()) == 2
    assert not (place / "run").exists()


def test_an_input_of_which_nothing_can_be_read_leaves_no_folder(mtqc, place):
    _, err = mtqc("none.jsonl", "--output", "run", code=2)
    assert "none.jsonl" in err
    (place / "empty.jsonl").write_text("")
    mtqc("empty.jsonl", "--output", "run", code=2)
    _, err = mtqc("--output", "run", code=2)
    assert "There is nothing to read." in err
    assert not (place / "run").exists()


def test_a_folder_in_use_is_refused(mtqc, place):
    mtqc("en", "fr", "--output", "run")
    _, err = mtqc("en", "fr", "--output", "run", code=2)
    assert "run holds a run already." in err
    _, err = mtqc("en", "fr", "--output", "en", code=2)
    assert "en is not empty, and holds no run." in err


def test_without_pyarrow_it_is_said_at_once_what_to_install(mtqc, monkeypatch):
    real = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *a: None if name == "pyarrow" else real(name, *a))
    _, err = mtqc("en", "fr", "--output", "run", code=2)
    assert "pip install 'mtqc[batch]'" in err


def test_sizes():
    from mtqc.batch.memory import parsed, shown

    assert [parsed(s) for s in ("4G", "1.5GiB", "800 mb", "1024")] == [4 << 30, 3 << 29, 800 << 20, 1024]
    assert [shown(4 << 30), shown(640 << 20)] == ["4.0 GiB", "640 MiB"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_and_the_command_that_it_prints(place, number):
    """The whole process group gets the signal, as from a terminal: not a line comes from a worker."""
    for n in range(4, 40):
        (place / "en" / f"a{n}.txt").write_text(EN.format(f"Lyon {n}") * 12, encoding="utf-8")
        (place / "fr" / f"a{n}.txt").write_text(FR.format(f"Lyon {n}") * 12, encoding="utf-8")
    command = [*MTQC, "batch", "en", "fr", "--output", "a run", "--no-model", "--jobs", "2"]
    running = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    _wait_until(lambda: _kept(place / "a run") > 0, running)
    os.killpg(running.pid, number)
    out, err = running.communicate(timeout=30)
    assert (running.returncode, out) == (3, "")
    said = re.fullmatch(r"mtqc: stopped\. What was judged is kept \((\d+) articles?\)\. Go on with:\n  (.*)\n", err)
    assert said, err
    assert 0 < int(said[1]) < 40
    assert not (place / "a run" / "index.html").exists()
    done = subprocess.run([*MTQC, *shlex.split(said[2])[1:]], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert f"({int(said[1])} judged before)" in done.stdout
    assert "40 articles" in done.stdout


def _kept(run):
    import sqlite3

    try:
        with sqlite3.connect(f"file:{run / 'state.sqlite'}?mode=ro", uri=True) as state:
            return state.execute("SELECT count(*) FROM articles").fetchone()[0]
    except sqlite3.OperationalError:
        return 0


def _wait_until(met, running):
    for _ in range(600):
        if met():
            return
        assert running.poll() is None, running.communicate()
        time.sleep(0.05)
    raise AssertionError("it took too long")
