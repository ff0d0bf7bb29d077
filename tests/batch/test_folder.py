"""The run folder's state: what is kept is kept for good, and only the same run goes on."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from runs import NAMES, about, result, results, unread

from mtqc.batch.folder import STATE, RunFolder
from mtqc.errors import InputError


@pytest.fixture
def run(tmp_path):
    return tmp_path / "some" / "run"


def refused(call, *args):
    with pytest.raises(InputError) as caught:
        call(*args)
    said = str(caught.value)
    assert "\n" not in said
    assert caught.value.hint
    return said


def test_results_come_back_as_they_were_in_the_order_of_their_numbers(run):
    given = results(len(NAMES) + 2)
    with RunFolder.create(run, about()) as folder:
        folder.keep(given[5:])
        folder.keep(given[:5])
        parts = tuple(given[0].parts)
        assert list(folder.judged(*parts)) == given
        assert next(folder.judged("page")).parts == {"page": given[0].parts["page"]}
        assert list(folder.keys()) == [(j.number, j.key) for j in given if j.key]
        assert folder.end == len(given)


def test_done_is_what_has_the_same_number_key_and_name(run):
    own = result(1)
    with RunFolder.create(run, about()) as folder:
        folder.keep([own, unread(4)])
        assert folder.done(1, own.key, own.id)
        assert not folder.done(1, "another text", own.id)
        assert not folder.done(1, own.key, "another name")
        assert not folder.done(2, own.key, own.id)
        assert not folder.done(4, "", "article 4"), "what could not be read is tried again"


def test_a_result_takes_the_place_of_an_earlier_one_of_its_number(run):
    with RunFolder.create(run, about()) as folder:
        folder.keep([unread(1)])
        folder.keep([result(1)])
        assert [j.state for j in folder.judged()] == ["judged"]
        folder.keep([unread(1)])
        (again,) = folder.judged(*result(1).parts)
        assert again == unread(1), "nothing is left of the result before it"


def test_keeping_is_all_or_nothing(run):
    bad = replace(result(2), number="two")  # what SQLite's INTEGER PRIMARY KEY refuses
    with RunFolder.create(run, about()) as folder:
        refused(folder.keep, [result(1), bad])
        assert list(folder.judged()) == []
        folder.keep([result(1)])
        assert folder.end == 2


def test_a_run_goes_on_after_any_end_of_its_process(run):
    with RunFolder.create(run, about()) as folder:
        folder.keep([result(0)])
    with RunFolder.resume(run, about(started="later")) as folder:
        assert folder.done(0, result(0).key, result(0).id)
        assert folder.about.started == about().started


def test_a_folder_that_was_let_go_holds_nothing_but_the_state(run):
    with RunFolder.create(run, about()) as folder:
        folder.keep([result(0)])
    assert sorted(p.name for p in run.iterdir()) == ["state.lock", STATE]


def test_resuming_where_there_is_no_run_begins_one(run):
    with RunFolder.resume(run, about()) as folder:
        assert list(folder.judged()) == []


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"signature": "mtqc:9"}, "was measured with other models, thresholds or versions"),
        ({"salt": "x"}, "was judged with other settings, or another build of mtqc"),
        ({"version": "0.2"}, "was made by mtqc 0.1, not 0.2"),
        ({"inputs": ("other.tsv",)}, "has other inputs (en, fr)"),
        ({"langs": ("fr", "en")}, "has other languages (en, fr)"),
        ({"shard": (2, 3)}, "is shard 1/1, not 2/3"),
    ],
)
def test_another_run_does_not_go_on_and_the_difference_is_named(run, changes, named):
    RunFolder.create(run, about()).close()
    assert named in refused(RunFolder.resume, run, about(**changes))
    RunFolder.resume(run, about()).close()


def test_a_folder_with_a_run_is_not_begun_anew(run):
    RunFolder.create(run, about()).close()
    assert "holds a run already. Go on with it by --resume" in refused(RunFolder.create, run, about())


@pytest.mark.parametrize("begin", [RunFolder.create, RunFolder.resume])
def test_what_is_no_place_for_a_run_is_refused(tmp_path, begin):
    file = tmp_path / "file"
    file.write_text("x")
    assert f"{file} is not a folder." in refused(begin, file, about())
    assert "is not a folder." in refused(begin, file / "below", about())
    assert f"{tmp_path} is not empty, and holds no run." in refused(begin, tmp_path, about())
    assert file.read_text() == "x"
    assert list(tmp_path.iterdir()) == [file]


def test_two_runs_in_one_folder_at_once_are_refused(run):
    code = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[2])\n"
        "from runs import about; from mtqc.batch.folder import RunFolder\n"
        "try: RunFolder.resume(Path(sys.argv[1]), about())\n"
        "except Exception as error: print(error)\n"
    )
    command = [sys.executable, "-c", code, str(run), str(Path(__file__).parent)]
    with RunFolder.create(run, about()):
        said = refused(RunFolder.resume, run, about())
        other = subprocess.run(command, capture_output=True, text=True, check=True)
    assert (
        said == f"Another run is at work in {run}. Wait until it is done or stop it, or give --output another folder."
    )
    assert other.stdout.strip() == said
    RunFolder.resume(run, about()).close()


@pytest.mark.parametrize("at", [0, 5000])
def test_a_damaged_state_is_refused(run, at):
    with RunFolder.create(run, about()) as folder:
        folder.keep(results(8))
    with (run / STATE).open("r+b") as file:
        file.seek(at)
        file.write(b"\xa5" * 6000)
    said = refused(RunFolder.resume, run, about())
    assert said.startswith(f"The state of the run in {run} is damaged (")
    assert said.endswith("Begin anew in another folder: what was judged comes from the cache.")


def test_a_state_that_was_begun_and_not_written_is_begun_again(run):
    run.mkdir(parents=True)
    (run / STATE).touch()
    refused(RunFolder.opened, run)
    with RunFolder.resume(run, about()) as folder:
        folder.keep([result(0)])
        assert [j.number for j in folder.judged()] == [0]


def test_a_folder_without_a_run_cannot_be_opened(tmp_path):
    assert "holds no run." in refused(RunFolder.opened, tmp_path)
    assert "holds no run." in refused(RunFolder.opened, tmp_path / "missing")


def test_the_end_of_the_input_takes_later_results_with_it(run):
    with RunFolder.create(run, about()) as folder:
        folder.keep([result(0), result(1), result(2)])
        assert not folder.ended
        assert folder.trim(2) == 1
        assert folder.ended
        assert [j.number for j in folder.judged("page")] == [0, 1]
    with RunFolder.opened(run) as folder:
        assert folder.ended
    with RunFolder.resume(run, about()) as folder:
        assert not folder.ended, "who goes on has to come to the end again"


def test_files_that_were_read_are_remembered_with_the_results(run):
    with RunFolder.create(run, about()) as folder:
        folder.saw("b\udcff.txt", 10, 2**62)
        folder.saw("a.txt", 1, 2)
        folder.keep([result(0)])
    with RunFolder.opened(run) as folder:
        assert list(folder.seen()) == [("a.txt", 1, 2), ("b\udcff.txt", 10, 2**62)]


def test_facts_and_notes_stay_in_the_order_in_which_they_were_told(run):
    with RunFolder.create(run, about()) as folder:
        folder.note("2026-01-02", "first")
        folder.note("2026-01-01", "second: the clock went back")
        folder.remember("fact", {"n": [1, None]})
        folder.remember("fact", {"n": [2, None]})
    with RunFolder.opened(run) as folder:
        assert list(folder.notes()) == [("2026-01-02", "first"), ("2026-01-01", "second: the clock went back")]
        assert folder.recalled("fact") == {"n": [2, None]}
        assert folder.recalled("nothing") is None


def test_what_is_kept_is_on_the_disk(run):
    with RunFolder.create(run, about()) as folder:
        folder.keep([result(0)])
        (synchronous,) = next(folder.query("PRAGMA synchronous"))
        with sqlite3.connect(f"file:{run / STATE}?mode=ro", uri=True) as other:
            assert other.execute("SELECT count(*) FROM articles").fetchone() == (1,)
        other.close()
    assert synchronous == 2, "FULL"
