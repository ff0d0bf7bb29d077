"""What happens to disks and processes while a run folder is written: nothing that was kept is lost, and one clear
sentence says what to do. The whole command under such conditions: test_faults.py.
"""

from __future__ import annotations

import errno
import os
import pickle
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from runs import about, derived, full, result, results

from mtqc.batch import outputs
from mtqc.batch.finish import finish
from mtqc.batch.folder import STATE, RunFolder
from mtqc.batch.merge import merge
from mtqc.errors import BAD_INPUT, InputError

COUNT = 24
FULL = (errno.ENOSPC, errno.EDQUOT)
CHILD = """
import pickle, sys
from pathlib import Path
from mtqc.batch.folder import RunFolder
about, given = pickle.loads(Path(sys.argv[2]).read_bytes())
{prepare}
print("ready", flush=True)
sys.stdin.readline()
with RunFolder.resume(Path(sys.argv[1]), about) as folder:
{work}
"""
KEEPS = CHILD.format(
    prepare="",
    work="""
    for start in range(0, len(given), 3):
        folder.keep(given[start:start + 3])
        print(start + 3, flush=True)
""",
)
FINISHES = CHILD.format(
    prepare="from mtqc.batch.finish import finish",
    work="""
    finish(folder)
    print("done", flush=True)
""",
)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    path = tmp_path_factory.mktemp("undisturbed") / "run"
    full(path, results(COUNT))
    return derived(path)


def started(code, run):
    """A child that has done everything but the work, and waits for a line."""
    given = run.with_name("given.pickle")
    given.write_bytes(pickle.dumps((about(), results(COUNT))))
    command = [sys.executable, "-c", code, str(run), str(given)]
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert child.stdout.readline() == "ready\n"
    return child


def killed_after(child, seconds):
    """What it said until then."""
    child.stdin.write("go\n")
    child.stdin.flush()
    time.sleep(seconds)
    child.send_signal(signal.SIGKILL)
    said = child.stdout.read().split()
    child.wait()
    child.stdin.close()
    child.stdout.close()
    return said


def refused(call, *args):
    with pytest.raises(InputError) as caught:
        call(*args)
    assert caught.value.exit_code == BAD_INPUT
    assert caught.value.hint
    assert "\n" not in str(caught.value)
    return str(caught.value)


def rest_of(run):
    """Go on and come to the end; the files that are there then."""
    given = results(COUNT)
    with RunFolder.resume(run, about()) as folder:
        folder.keep([j for j in given if not folder.done(j.number, j.key, j.id)])
        folder.trim(folder.end)
        finish(folder)
    return derived(run)


def test_killed_while_it_keeps_results(tmp_path, undisturbed):
    chance = random.Random(6)
    run = tmp_path / "run"
    for _ in range(6):
        said = killed_after(started(KEEPS, run), chance.uniform(0.002, 0.06))
        kept = int(said[-1]) if said else 0
        with RunFolder.resume(run, about()) as folder:
            held = list(folder.judged(*result(0).parts))
        assert len(held) % 3 == 0, "three at once, or none"
        assert len(held) >= kept, "what was said to be kept is there"
        assert held == results(COUNT)[: len(held)]
        if len(held) == COUNT:
            shutil.rmtree(run)
    assert rest_of(run) == undisturbed


def test_killed_while_it_writes_its_files(tmp_path, undisturbed):
    chance = random.Random(6)
    run = tmp_path / "run"
    with RunFolder.create(run, about()) as folder:
        folder.keep(results(COUNT))
    cut_off = 0
    for _ in range(6):
        cut_off += not killed_after(started(FINISHES, run), chance.uniform(0.01, 0.25))
        for path in run.rglob("*.parquet"):
            pq.read_table(path)
        whole = {name: data for name, data in derived(run).items() if not name.endswith(outputs.UNFINISHED)}
        assert whole.items() <= undisturbed.items(), "a file is there whole, or not at all"
        (run / "mtqc-report.json").unlink(missing_ok=True)
    assert cut_off
    assert rest_of(run) == undisturbed


class Room:
    """A file system of a few megabytes, whose size can be changed."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def mount(self, options: str) -> None:
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(self.path)], check=True, capture_output=True
        )

    def again(self, options: str) -> None:
        subprocess.run(["mount", "-o", f"remount,{options}", str(self.path)], check=True, capture_output=True)


@pytest.fixture
def room(tmp_path):
    path = tmp_path / "room"
    path.mkdir()
    small = Room(path)
    try:
        small.mount("size=256k")
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("file systems cannot be mounted here")
    yield small
    subprocess.run(["umount", "-l", str(path)], check=True)


def kept_until_it_fails(folder):
    """How many results were kept one by one, and what was said then."""
    for number, judged in enumerate(results(COUNT)):
        try:
            folder.keep([judged])
        except InputError as error:
            return number, str(error)
    return COUNT, ""


def test_a_full_disk_while_results_are_kept(room, undisturbed):
    run = room.path / "run"
    with RunFolder.create(run, about()) as folder:
        kept, said = kept_until_it_fails(folder)
        assert said == (
            f"There is no room left for {run}. What was judged is kept. Make room, and go on with --resume."
        )
        assert 0 < kept < COUNT
        assert len(list(folder.judged())) == kept, "the folder can still be read"
    room.again("size=20m")
    with RunFolder.resume(run, about()) as folder:
        assert list(folder.judged(*result(0).parts)) == results(COUNT)[:kept]
    assert rest_of(run) == undisturbed


def test_no_room_even_to_begin(room):
    with (room.path / "filler").open("wb") as file, pytest.raises(OSError, match="No space left"):
        file.write(b"x" * 300 * 1024)
    assert "There is no room left for" in refused(RunFolder.create, room.path / "run", about())


def test_a_full_disk_while_files_are_written(room, undisturbed):
    run = room.path / "run"
    room.again("size=20m")
    with RunFolder.create(run, about()) as folder:
        folder.keep(results(COUNT))
        told = set()
        free = shutil.disk_usage(room.path).free
        for leave in (4, 40, 100, 200, 400, 600, 900):
            filler = room.path / "filler"
            filler.write_bytes(b"x" * (free - leave * 1024))
            told.add(refused(finish, folder).partition(" left for ")[0])
            assert len(list(folder.judged())) == COUNT
            filler.unlink()
            for name in ("index.html", *(f"{t}.parquet" for t in ("articles", "findings", "sentences"))):
                assert not (run / name).exists() or (run / name).read_bytes() == undisturbed[name]
        assert told == {"There is no room"}
    assert rest_of(run) == undisturbed


def test_a_full_disk_while_runs_are_merged(room, tmp_path):
    full(tmp_path / "one", results(COUNT)[::2], shard=(1, 2))
    full(tmp_path / "two", results(COUNT)[1::2], shard=(2, 2))
    assert "There is no room left for" in refused(merge, [tmp_path / "one", tmp_path / "two"], room.path / "all")


@pytest.fixture
def read_only(tmp_path):
    """A run in a folder that can be read and not be written."""
    path = tmp_path / "read-only"
    path.mkdir()
    if os.geteuid():
        full(path / "run", results(3))
        for folder in (path / "run", path):
            folder.chmod(0o555)
        (path / "run" / STATE).chmod(0o444)
        yield path
        for folder in (path, path / "run"):
            folder.chmod(0o755)
        return
    place = Room(path)
    try:
        place.mount("size=20m")
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("file systems cannot be mounted here")
    full(path / "run", results(3))
    place.again("ro")
    yield path
    subprocess.run(["umount", "-l", str(path)], check=True)


def test_a_folder_that_cannot_be_written(read_only):
    run = read_only / "run"
    before = derived(run)
    for begin, path in ((RunFolder.create, read_only / "new"), (RunFolder.resume, run)):
        said = refused(begin, path, about())
        assert said.startswith(f"{path} cannot be ")
        assert "Read-only file system" in said or "Permission denied" in said
    assert derived(run) == before


def test_a_state_that_can_no_longer_be_written(tmp_path):
    with RunFolder.create(tmp_path / "run", about()) as folder:
        folder.keep(results(3))
        list(folder.query("PRAGMA query_only=ON"))
        said = refused(folder.keep, results(4))
        assert said.startswith(f"The state of the run in {tmp_path / 'run'} cannot be written (")
        assert len(list(folder.judged())) == 3


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS])
def test_an_error_of_the_disk_at_any_file(tmp_path, monkeypatch, undisturbed, number):
    """Without mounting anything: every file in turn fails to reach the disk."""
    run = tmp_path / "run"
    sync, left = os.fsync, [0]

    def fsync(descriptor):
        left[0] -= 1
        if left[0] < 0:
            raise OSError(number, os.strerror(number))
        sync(descriptor)

    with RunFolder.create(run, about()) as folder:
        folder.keep(results(COUNT))
        monkeypatch.setattr(outputs.os, "fsync", fsync)
        for after in range(8):
            left[0] = after
            shutil.rmtree(run / "articles", ignore_errors=True)
            said = refused(finish, folder)
            assert ("There is no room left for" if number in FULL else "cannot be written (") in said
            assert "What was judged is kept. Go on with --resume" in said
            assert not list(run.rglob(f"*{outputs.UNFINISHED}"))
        monkeypatch.undo()
    assert rest_of(run) == undisturbed


def test_a_state_that_can_grow_no_more(tmp_path):
    """SQLite's own word for a full disk, wherever the tests run."""
    with RunFolder.create(tmp_path / "run", about()) as folder:
        folder.keep(results(3))
        list(folder.query(f"PRAGMA max_page_count={next(folder.query('PRAGMA page_count'))[0]}"))
        assert "There is no room left for" in refused(folder.keep, results(COUNT))
        assert list(folder.judged(*result(0).parts)) == results(3)


@pytest.mark.parametrize("keep", [0, 4, 2000])
def test_a_truncated_table_is_written_anew(tmp_path, undisturbed, keep):
    run = tmp_path / "run"
    full(run, results(COUNT))
    for name in ("findings", "sentences", "articles"):
        path = run / f"{name}.parquet"
        path.write_bytes(path.read_bytes()[:keep])
    assert rest_of(run) == undisturbed
