"""The one-machine engine, with real worker processes; judged without a model, as far as accidents let them."""

from __future__ import annotations

import multiprocessing
import os
import signal

import pytest
from judges import Accident, Folder, KilledOnce, Large, Unborn, Watching, numbered, pair

from mtqc.batch import feeding, memory, runner
from mtqc.batch.judging import Job, Judge
from mtqc.batch.model import Task, unpacked
from mtqc.batch.results import Results
from mtqc.config import Settings
from mtqc.errors import InputError, ModelError, UsageError

JOB = Job(Settings(), no_model=True)


@pytest.fixture(autouse=True)
def nobody_is_left():
    yield
    assert multiprocessing.active_children() == []


def run(entries, folder=None, watching=None, **means):
    folder, watching = folder or Folder(), watching or Watching()
    runner.run(iter(entries), folder, JOB, watching, **{"jobs": 2, **means})
    return folder, watching


def test_every_article_is_judged_once_and_as_one_process_judges_it(monkeypatch):
    monkeypatch.setattr(runner, "CHUNK", 1000)
    folder, watching = run(numbered(12))
    judge = Judge(JOB)
    tasks = [Task(n, feeding.key(p, judge.salt), p) for n, p in numbered(12)]
    assert sorted(folder.kept.values(), key=lambda j: j.number) == judge(tasks)
    assert set(folder.times.values()) == {1}
    assert set(watching.origins.values()) == {"judged"}


def test_what_cannot_be_read_is_kept_with_its_reason():
    entries = [(0, ("lost", InputError("lost.txt: no such file.", hint="Give another."))), *numbered(2)[1:]]
    folder, _ = run(entries)
    assert (folder.kept[0].state, folder.kept[0].key) == ("unread", "")
    assert folder.kept[0].reason == "lost.txt: no such file. Give another."
    assert folder.kept[1].state == "judged"


def test_a_run_that_goes_on_judges_only_what_is_missing():
    first, _ = run(numbered(3))
    lost = (0, ("a0", InputError("gone.", hint="")))
    again, watching = run(numbered(5), Folder(j for n, j in first.kept.items() if n != 1))
    assert sorted(watching.origins) == ["a1", "a3", "a4"]
    assert watching.earlier == 2
    assert set(again.times.values()) == {1}
    changed = [(0, pair("a0", "And a new sentence.")), lost]
    _, watching = run(changed[:1], again)
    assert list(watching.origins) == ["a0"]


def test_an_article_that_ends_its_worker_is_tried_once_more_and_then_given_up():
    folder, _ = run(numbered(6, a2="KILL"), make=Accident)
    assert folder.kept[2].state == "unread"
    assert folder.kept[2].key == ""
    assert "ended by SIGKILL, as when memory runs out" in folder.kept[2].reason
    assert {n: j.state for n, j in folder.kept.items() if n != 2} == dict.fromkeys([0, 1, 3, 4, 5], "judged")
    assert set(folder.times.values()) == {1}


def test_an_article_whose_worker_was_ended_by_chance_is_judged(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folder, _ = run(numbered(4, a1="OMEN"), make=KilledOnce)
    assert {j.state for j in folder.kept.values()} == {"judged"}
    assert (tmp_path / "a1.fr.txt").exists()


def test_an_article_that_needs_too_much_memory_is_given_up(monkeypatch):
    folder, _ = run(numbered(3, a1="GROW"), make=Accident, jobs=1, max_memory=memory.PARENT + memory.WORKER)
    assert [folder.kept[n].state for n in range(3)] == ["judged", "unread", "judged"]
    assert "takes more memory than there is for one worker process" in folder.kept[1].reason


def test_a_worker_that_holds_too_much_is_replaced(monkeypatch):
    monkeypatch.setattr(runner, "CHUNK", 400)
    started = []
    monkeypatch.setattr(runner, "Worker", lambda *given: started.append(given) or Worker(*given))
    from mtqc.batch.workers import Worker

    folder, _ = run(numbered(4), make=Large, jobs=1, max_memory=memory.PARENT + memory.WORKER + (400 << 20))
    assert {j.state for j in folder.kept.values()} == {"judged"}
    assert len(started) > 1


def test_too_little_memory_is_said_at_once():
    with pytest.raises(UsageError, match=r"--max-memory 300 MiB is too little"):
        run(numbered(1), max_memory=300 << 20)


def test_memory_for_fewer_workers_is_said(monkeypatch):
    _, watching = run(numbered(1), jobs=4, max_memory=memory.PARENT + 2 * memory.WORKER)
    assert watching.warnings == ["--max-memory leaves room for 2 of 4 worker processes."]


def test_workers_that_never_begin_end_the_run(monkeypatch, capfd):
    monkeypatch.setenv("MTQC_TEST_UNBORN", str(os.getpid()))
    with pytest.raises(ModelError, match="ended before it began: the worker process ended with code 5"):
        run(numbered(1), make=Unborn)


def test_a_run_in_which_nothing_can_be_judged_ends_early():
    kill = {f"a{n}": "KILL" for n in range(8)}
    folder = Folder()
    with pytest.raises(ModelError, match="Each of the first 3 articles ended its worker process"):
        run(numbered(8, **kill), folder, make=Accident)
    assert len(folder.kept) == 2


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_keeps_what_is_kept_and_ends_every_worker(monkeypatch, number):
    monkeypatch.setattr(runner, "CHUNK", 400)
    before = signal.getsignal(number)
    folder = Folder()
    watching = Watching(lambda judged: os.kill(os.getpid(), number) if len(folder.kept) == 2 else None)
    with pytest.raises(runner.Interrupted):
        run(numbered(8, a5="WAIT"), folder, watching, make=Accident)
    assert 2 <= len(folder.kept) < 8
    assert signal.getsignal(number) is before
    run(numbered(8), folder)
    assert sorted(folder.kept) == list(range(8))
    assert set(folder.times.values()) == {1}


def test_ctrl_c_while_finished_articles_are_passed_over():
    first, _ = run(numbered(2))

    def entries():
        yield from numbered(2)[:1]
        os.kill(os.getpid(), signal.SIGINT)
        yield from ((1, p) for _, p in [numbered(2)[1]] * 1000)

    watching = Watching()
    with pytest.raises(runner.Interrupted):
        run(entries(), first, watching)
    assert watching.earlier == 1


def test_the_second_run_takes_everything_from_the_cache(tmp_path, monkeypatch):
    results = Results.at(tmp_path / "judged.sqlite")
    first, _ = run(numbered(5), results=results)
    moved = [(n + 10, p) for n, p in numbered(5)]
    monkeypatch.setattr(runner, "Worker", None)  # no process is started
    second, watching = run(moved, results=results)
    assert set(watching.origins.values()) == {"cache"}
    assert [second.kept[n + 10].parts for n in range(5)] == [first.kept[n].parts for n in range(5)]
    assert [j.number for j in second.kept.values()] == list(range(10, 15))


def test_reading_stays_ahead_by_a_bounded_amount(monkeypatch):
    monkeypatch.setattr(runner, "CHUNK", 2000)
    folder, ahead = Folder(), []

    def entries():
        for n, p in numbered(60):
            ahead.append(n - len(folder.kept))
            yield n, p

    run(entries(), folder)
    size = feeding.weight(Task(0, "", pair("a00")))
    waiting, at_work, being_read = runner.AHEAD * 2 * 2000, 2 * 2000, 2000
    assert max(ahead) <= (waiting + at_work + being_read) / size + 2
    assert max(ahead) > 2


def test_an_input_that_breaks_off_is_judged_so_far():
    def entries():
        yield from numbered(3)
        raise InputError("corpus.jsonl.gz: the file ends too early.", hint="Copy it again.")

    folder = Folder()
    with pytest.raises(InputError, match="ends too early"):
        run(entries(), folder)
    assert sorted(folder.kept) == [0, 1, 2]


def test_the_files_that_were_read_are_noted_once(tmp_path):
    from dataclasses import replace

    table = tmp_path / "pairs.jsonl"
    table.write_text("x")
    entries = [
        (n, replace(p, source=replace(p.source, path=str(table)), target=replace(p.target, path=str(table))))
        for n, p in numbered(3)
    ]
    folder, _ = run(entries)
    assert folder.files == [(str(table), 1, table.stat().st_mtime_ns)]
    assert list(feeding.changed(folder.files)) == []
    table.write_text("xy")
    assert list(feeding.changed(folder.files)) == [str(table)]


def test_pages_are_in_the_language_that_was_asked_for():
    folder = Folder()
    runner.run(iter(numbered(1)), folder, Job(Settings(), no_model=True, lang="fr"), Watching(), jobs=1)
    assert '<html lang="fr">' in unpacked(folder.kept[0].parts["page"])
