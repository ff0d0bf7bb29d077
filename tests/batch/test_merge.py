"""Runs over shards made one: equal to the run over the whole, or refused with what differs."""

from __future__ import annotations

import sys

import pytest
from runs import about, derived, full, result, results

from mtqc import cli
from mtqc.batch.finish import finish
from mtqc.batch.folder import RunFolder
from mtqc.batch.merge import merge
from mtqc.errors import NOT_JUDGED, PASSED, InputError

COUNT = 23


def shards(path, parts, count=COUNT):
    """Finished run folders of every shard."""
    made = [path / f"shard-{n}" for n in range(1, parts + 1)]
    for n, folder in enumerate(made):
        full(folder, results(count)[n::parts], shard=(n + 1, parts), started=f"2026-11-28T08:00:0{n}+00:00")
    return made


def refused(runs, output):
    with pytest.raises(InputError) as caught:
        merge(runs, output)
    assert caught.value.hint
    assert not output.exists() or not (output / "index.html").exists()
    return str(caught.value)


@pytest.mark.parametrize("parts", [1, 2, 3, 7])
def test_the_merged_run_is_that_of_one_machine_byte_for_byte(tmp_path, parts):
    full(tmp_path / "one", results(COUNT))
    runs = shards(tmp_path, parts)
    before = [derived(r) for r in runs]
    summary = merge(list(reversed(runs)), tmp_path / "all")
    assert derived(tmp_path / "all") == derived(tmp_path / "one")
    assert (summary.articles, summary.unread) == (COUNT, 1)
    assert [derived(r) for r in runs] == before
    with RunFolder.resume(tmp_path / "all", about()) as folder:
        assert all(folder.done(n, result(n).key, result(n).id) for n in range(COUNT) if n != 4)


def test_more_shards_than_articles(tmp_path):
    full(tmp_path / "one", results(2))
    merge(shards(tmp_path, 5, count=2), tmp_path / "all")
    assert derived(tmp_path / "all") == derived(tmp_path / "one")


def test_files_that_were_read_and_what_happened_come_along(tmp_path):
    runs = shards(tmp_path, 2)
    for n, run in enumerate(runs):
        with RunFolder.opened(run) as folder:
            folder.saw(f"{n}.txt", n, n)
            folder.note(f"2026-11-2{n}", f"note {n}")
            assert len(list(folder.seen())) == 1
            finish(folder, changed=[f"{n}.txt"])
    summary = merge(runs, tmp_path / "all")
    assert summary.changed == ("0.txt", "1.txt")
    with RunFolder.opened(tmp_path / "all") as folder:
        assert list(folder.seen()) == [("0.txt", 0, 0), ("1.txt", 1, 1)]
    log = (tmp_path / "all/mtqc.log").read_text()
    assert "2026-11-20 shard 1/2: note 0\n" in log
    assert "2026-11-21 shard 2/2: note 1\n" in log


def test_a_missing_shard_is_named(tmp_path):
    one, _, three, _ = shards(tmp_path, 4)
    assert refused([three, one], tmp_path / "all").startswith("Missing: shard 2/4, 4/4.")


def test_a_shard_that_is_there_twice_is_named(tmp_path):
    one, two = shards(tmp_path, 2)
    assert refused([one, two, one], tmp_path / "all").startswith(f"{one} is given twice.")
    again = tmp_path / "again"
    full(again, results(COUNT)[::2], shard=(1, 2))
    assert f"{one} and {again} are both shard 1/2." in refused([one, two, again], tmp_path / "all")


def test_shards_of_another_cut_are_refused(tmp_path):
    one, _ = shards(tmp_path, 2)
    other = tmp_path / "other"
    full(other, results(COUNT)[1::3], shard=(2, 3))
    assert f"{other} is one of 3 shards, {one} one of 2." in refused([one, other], tmp_path / "all")


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"signature": "mtqc:9"}, "other models, thresholds or versions"),
        ({"salt": "x"}, "other settings, or another build of mtqc"),
        ({"inputs": ("x.tsv",)}, "other inputs"),
        ({"langs": ("fr", "en")}, "other languages"),
        ({"version": "9"}, "another version of mtqc"),
    ],
)
def test_shards_of_another_run_are_refused(tmp_path, changes, named):
    one, _ = shards(tmp_path, 2)
    other = tmp_path / "other"
    full(other, results(COUNT)[1::2], shard=(2, 2), **changes)
    assert f"{other} and {one} do not belong together: {named}." in refused([one, other], tmp_path / "all")


def test_a_shard_that_is_not_finished_is_refused(tmp_path):
    one, two = shards(tmp_path, 2)
    RunFolder.resume(two, about(shard=(2, 2))).close()
    assert f"The run in {two} is not finished. Go on with it" in refused([one, two], tmp_path / "all")


def test_a_result_that_is_not_of_its_shard_is_refused(tmp_path):
    one, two = shards(tmp_path, 2)
    with RunFolder.opened(two) as folder:
        folder.keep([result(2)])
    assert f"{two} holds an article that is not of its shard" in refused([one, two], tmp_path / "all")


def test_a_shard_at_work_and_a_folder_without_a_run_are_refused(tmp_path):
    one, two = shards(tmp_path, 2)
    with RunFolder.opened(two):
        assert f"Another run is at work in {two}." in refused([one, two], tmp_path / "all")
    assert "holds no run." in refused([one, tmp_path / "missing"], tmp_path / "all")


def test_the_output_must_be_a_new_folder(tmp_path):
    one, two = shards(tmp_path, 2)
    for output in (one, two):
        with pytest.raises(InputError, match=r"holds a run already\. Give --output a new folder"):
            merge([one, two], output)


def call(monkeypatch, capsys, *args):
    monkeypatch.setattr(sys, "argv", ["mtqc", *map(str, args)])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    return ended.value.code or 0, capsys.readouterr()


def test_the_command(tmp_path, monkeypatch, capsys):
    runs = shards(tmp_path, 2)
    code, said = call(monkeypatch, capsys, "merge", *runs, "--output", tmp_path / "all", "--lang", "fr")
    assert code == NOT_JUDGED, "article 4 could not be read"
    assert said.out.startswith(f"{COUNT} articles, {2 * COUNT - 2} sentence pairs, ")
    assert '<html lang="fr">' in (tmp_path / "all/index.html").read_text(encoding="utf-8")
    code, said = call(monkeypatch, capsys, "merge", *shards(tmp_path / "4", 2, count=4), "--output", tmp_path / "four")
    assert code == PASSED
    code, said = call(monkeypatch, capsys, "merge", runs[0], "--output", tmp_path / "none")
    assert (code, said.err) == (2, "mtqc: error: Missing: shard 2/2.\n  Give the folders of all shards.\n")


@pytest.mark.parametrize("command", ["gate", "report", "diff", "baseline", "review"])
def test_other_commands_take_the_folder_as_a_run(tmp_path, monkeypatch, capsys, command):
    monkeypatch.chdir(tmp_path)
    full(tmp_path / "run", results(12))
    more = {
        "diff": [tmp_path / "run"],
        "baseline": ["--output", tmp_path / "baseline.json"],
        "review": ["--export", tmp_path / "out"],
    }
    code, said = call(monkeypatch, capsys, command, tmp_path / "run", *more.get(command, []))
    assert code in {"gate": {1, 3}, "report": {3}, "diff": {3}}.get(command, {0, 3}), said
    assert "texts and a report" not in said.err


def test_a_run_that_has_not_come_to_its_end_is_no_report(tmp_path, monkeypatch, capsys):
    RunFolder.create(tmp_path / "run", about()).close()
    code, said = call(monkeypatch, capsys, "gate", tmp_path / "run")
    assert code == 2
    assert "has not come to its end, and has no report yet." in said.err
