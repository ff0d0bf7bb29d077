"""Events on disk: acknowledged is kept, whatever dies; who competes is told; what goes wrong is one sentence."""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from acts import act, on, rewording, twins
from hypothesis import given, settings
from hypothesis import strategies as st

from mtqc.errors import InputError
from mtqc.review import database
from mtqc.review.store import Conflict, Store, beside, read

ROOT = Path(__file__).parent.parent.parent
REPORT = twins()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "mtqc-review.sqlite"


@pytest.fixture
def store(path):
    with closing(Store(path)) as store:
        yield store


# --- writing and reading


def test_an_event_comes_back_as_it_was(store, path):
    written = store.append(on(REPORT, "0-2", "severity", severity="minor", comment="é\u202f🚢"), 0)
    assert written.id == 1
    assert written.at.endswith("Z")
    assert store.events() == read(path) == (written,)


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters()), st.text(st.characters(categories=["Cs", "Cc", "Lo"])))
def test_any_text_is_kept(text, comment):
    with tempfile.TemporaryDirectory() as folder, closing(Store(Path(folder) / "x.sqlite")) as store:
        written = store.append(act("comment", text=text, comment=comment, article=text), 0)
        assert store.events() == (written,)
        assert (written.text, written.comment) == (text, comment)


def test_events_after_one(store):
    for key in ("0-1", "0-2", "0-3"):
        store.append(on(REPORT, key), 0)
    assert [e.id for e in store.events(after=1)] == [2, 3]
    assert store.events(after=3) == ()


def test_nothing_is_ever_changed_or_taken_away(store, path):
    store.append(on(REPORT, "0-1"), 0)
    with closing(sqlite3.connect(path)) as other:
        for statement in ("DELETE FROM events", "UPDATE events SET at = ''"):
            with pytest.raises(sqlite3.IntegrityError, match="never"):
                other.execute(statement)
    assert len(store.events()) == 1


def test_it_is_synced_at_every_commit(store):
    settings = {
        name: store._connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")
    }
    assert settings == {"journal_mode": "wal", "synchronous": 2}


def test_a_name_in_the_path_is_no_address(tmp_path):
    path = tmp_path / "50 % ?mode=ro#é.sqlite"
    with closing(Store(path)) as store:
        store.append(on(REPORT, "0-1"), 0)
    assert path.is_file()
    assert len(read(path)) == 1


def test_where_decisions_lie(tmp_path):
    assert beside(tmp_path) == tmp_path / "mtqc-review.sqlite"
    assert beside(tmp_path / "mtqc-report.json") == beside(tmp_path)
    assert beside(tmp_path / "monday.json") == tmp_path / "monday.json.review.sqlite"


def test_reading_makes_no_file(path):
    assert read(path) == ()
    assert not path.exists()
    path.write_bytes(b"")  # a process was killed before the tables were there
    assert read(path) == ()
    assert Store(path).append(on(REPORT, "0-1"), 0).id == 1


# --- the report that it belongs to


def test_another_report_is_noticed(store, path):
    assert store.belong("aa", "one") is None
    assert store.belong("aa", "one") is None
    before = store.belong("bb", "one")
    assert (before.sha256, before.signature) == ("aa", "one")
    with closing(Store(path)) as again:
        assert again.belong("bb", "two").sha256 == "bb"
        assert again.belong("bb", "two") is None


def test_settings_are_kept(store, path):
    assert store.remembered("port") == ""
    store.remember("port", "1")
    store.remember("port", "2")
    with closing(Store(path)) as again:
        assert again.remembered("port") == "2"


# --- who competes


def clash(store, event, seen):
    with pytest.raises(Conflict) as conflict:
        store.append(event, seen)
    return [e.id for e in conflict.value.newer]


EDIT = rewording(REPORT, 0, "s2", "Un.", "Bruno")
COMPETING = {
    "the same finding": (on(REPORT, "0-2", "dismiss", "Bruno"), on(REPORT, "0-2", "accept")),
    "an edit that settles it": (on(REPORT, "0-2", "edit", "Bruno", text="Un."), on(REPORT, "0-2", "dismiss")),
    "the same sentence": (EDIT, rewording(REPORT, 0, "s2", "Deux.")),
    "the same sentence, by way of a finding": (EDIT, on(REPORT, "0-2", "edit", text="Deux.")),
    "the same name, from two findings": (
        on(REPORT, "0-2", "dismiss", "Bruno", "everywhere"),
        on(REPORT, "2-2", "accept", scope="everywhere"),
    ),
    "two severities": (on(REPORT, "0-2", "severity", "Bruno", severity="minor"), on(REPORT, "0-2", "severity", severity="major")),
    "two comments": (on(REPORT, "0-2", "comment", "Bruno", comment="a"), on(REPORT, "0-2", "comment", comment="b")),
    "another tab of one's own": (on(REPORT, "0-2", "dismiss"), on(REPORT, "0-2", "accept")),
}  # fmt: skip
APART = {
    "two findings": (on(REPORT, "0-1", "dismiss", "Bruno"), on(REPORT, "0-2", "accept")),
    "two articles": (on(REPORT, "2-1", "dismiss", "Bruno"), on(REPORT, "0-1", "accept")),
    "twins": (on(REPORT, "2-2", "dismiss", "Bruno"), on(REPORT, "2-5", "accept")),
    "verdict and severity": (on(REPORT, "0-2", "dismiss", "Bruno"), on(REPORT, "0-2", "severity", severity="minor")),
    "two sentences": (EDIT, rewording(REPORT, 0, "s7", "Deux.")),
    "an edit that settles nothing": (EDIT, on(REPORT, "0-2", "accept")),
}


@pytest.mark.parametrize(("first", "second"), COMPETING.values(), ids=COMPETING)
def test_who_competes_is_told_and_nothing_is_written(store, first, second):
    there = store.append(first, 0)
    assert clash(store, second, 0) == [there.id]
    assert store.events() == (there,)
    assert store.append(second, there.id).id == 2


@pytest.mark.parametrize(("first", "second"), APART.values(), ids=APART)
def test_who_does_not_is_not(store, first, second):
    store.append(first, 0)
    assert store.append(second, 0).id == 2


def test_twins_are_really_twins():
    one, other = on(REPORT, "2-2"), on(REPORT, "2-5")
    assert (one.fingerprint, one.ordinal, other.ordinal) == (other.fingerprint, 0, 1)


def test_what_is_sent_again_is_one_event(store):
    for event in (on(REPORT, "0-1"), on(REPORT, "0-2", "comment", comment="?"), rewording(REPORT, 0, "s2", "Un.")):
        assert store.append(event, 0) == store.append(event, 0)
    assert len(store.events()) == 3


def test_that_somebody_took_it_back_meanwhile_is_told(store):
    store.append(on(REPORT, "0-1", "dismiss", "Bruno"), 0)
    store.append(act("undo", "Bruno", undoes=1), 1)
    assert clash(store, on(REPORT, "0-1", "accept"), 1) == [2]
    assert store.append(on(REPORT, "0-2", "accept"), 1).id == 3


def test_undo_twice_is_once(store):
    store.append(on(REPORT, "0-1"), 0)
    first = store.append(act("undo", undoes=1), 1)
    assert store.append(act("undo", undoes=1), 1) == first
    assert store.append(act("undo", undoes=1), 2) == first
    assert len(store.events()) == 2


@pytest.mark.parametrize("undoes", [0, 1, 3, 4])
def test_only_ones_own_can_be_undone(store, undoes):
    store.append(on(REPORT, "0-1", editor="Bruno"), 0)
    store.append(on(REPORT, "0-2"), 1)
    store.append(act("undo", undoes=2), 2)
    with pytest.raises(InputError, match=f"no decision {undoes} by “Anna”"):
        store.append(act("undo", undoes=undoes), 3)
    assert len(store.events()) == 3


# --- several at once

APPENDER = """
import os, sys, time
from pathlib import Path
from mtqc.review.events import Event
from mtqc.review.store import Store
store, name, done = Store(Path(sys.argv[1])), sys.argv[2], 0
for n in range(int(sys.argv[3])):
    mark = f"{os.getpid()}-{n}"
    event = Event(0, "", name, "comment", "finding", name, "s1", mark, "ACC101", "", "", "", f"mot {n}", 0)
    done = store.append(event, done).id
    sys.stdout.write(f"{done} {mark}\\n")
    sys.stdout.flush()
    time.sleep(0.001)  # so that the others get their turn
"""


def appender(path, name, times=1_000_000):
    command = [sys.executable, "-c", APPENDER, str(path), name, str(times)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def acknowledged(process):
    """(id, fingerprint) of every whole line that came out of it."""
    lines = process.stdout.read().splitlines(keepends=True)
    return {(int(number), name) for line in lines if line.endswith("\n") for number, name in [line.split()]}


def test_processes_and_threads_at_once(path):
    """Four processes race to make the file, and threads of this one write too: nothing is lost, no id is given twice."""
    processes = [appender(path, f"P{n}", 25) for n in range(4)]
    stores = [Store(path), Store(path)]
    mine = []

    def write(store, name):
        mine.extend(store.append(act("comment", name, fingerprint=f"{name}-{n}"), 0) for n in range(25))

    threads = [threading.Thread(target=write, args=(stores[n % 2], f"T{n}")) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told = set.union(*(acknowledged(p) for p in processes)) | {(e.id, e.fingerprint) for e in mine}
    assert [p.wait(60) for p in processes] == [0] * 4
    assert {(e.id, e.fingerprint) for e in stores[0].events()} == told
    assert len(told) == 200
    assert stores[1].events() == stores[0].events()


def test_many_make_the_file_at_the_same_moment(tmp_path):
    for round_ in range(3):
        path = tmp_path / f"{round_}.sqlite"
        processes = [appender(path, f"P{n}", 1) for n in range(6)]
        assert sorted(next(iter(acknowledged(p)))[0] for p in processes) == [1, 2, 3, 4, 5, 6]
        assert [p.wait(60) for p in processes] == [0] * 6


def test_nothing_is_lost_by_kill_9(path):
    """Two processes at once, killed at random moments, ten times over one file."""
    chance, told = random.Random(5), set()
    for round_ in range(10):
        processes = [appender(path, f"{round_}{side}") for side in "AB"]
        for process in processes:
            told.add(tuple(process.stdout.readline().split()))  # both are at work
        time.sleep(chance.uniform(0, 0.08))
        for process in processes:
            process.send_signal(signal.SIGKILL)
        told |= {(str(n), name) for process in processes for n, name in acknowledged(process)}
        assert [p.wait(20) for p in processes] == [-signal.SIGKILL] * 2
        kept = {(str(e.id), e.fingerprint) for e in read(path)}
        assert told <= kept
        assert len(kept - told) <= 2 * (round_ + 1)  # written, and killed before it could say so
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert len(told) > 100


def test_a_thread_that_is_in_the_middle_is_waited_for(store, path):
    other = Store(path)
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        threading.Timer(0.3, holder.execute, ["ROLLBACK"]).start()
        assert other.append(on(REPORT, "0-1"), 0).id == 1
    assert len(store.events()) == 1


# --- what goes wrong

SENTENCES = {
    b"not a database, but long enough to be taken for one" * 20: "not a file of decisions",
    b"SQLite format 3\0" + b"\xff" * 4096: "not a file of decisions",
}


@contextmanager
def nobody():
    """Without root's rights, for whom nothing is forbidden."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def shut():
    """A folder that holds a file with one event, neither of them to be written to."""
    folder = Path(tempfile.mkdtemp())
    with closing(Store(folder / "x.sqlite")) as store:
        store.append(on(REPORT, "0-1"), 0)
    (folder / "x.sqlite").chmod(0o444)
    folder.chmod(0o555)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def fault(path):
    with pytest.raises(InputError) as raised:
        Store(path).append(on(REPORT, "0-1"), 0)
    error = raised.value
    assert error.message.startswith(f"{path}: ")
    assert error.message.endswith(".")
    assert "\n" not in str(error)
    assert error.hint.endswith(".")
    return str(error)


@pytest.mark.parametrize(("content", "said"), SENTENCES.items(), ids=["text", "header"])
def test_another_file(path, content, said):
    path.write_bytes(content)
    assert said in fault(path)
    assert path.read_bytes() == content


def test_somebody_elses_database(path):
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE things (x)")
    before = path.read_bytes()
    assert "not a file of decisions" in fault(path)
    assert path.read_bytes() == before


def test_a_later_layout(path):
    Store(path).close()
    with closing(sqlite3.connect(path)) as other:
        other.execute(f"PRAGMA user_version = {database.LAYOUT + 1}")
    assert "written by a later mtqc" in fault(path)
    assert "Update mtqc" in fault(path)
    with pytest.raises(InputError, match="later mtqc"):
        read(path)


def filled(path, events=400):
    with closing(Store(path)) as store:
        for n in range(events):
            store.append(act("comment", fingerprint=str(n), comment="mot " * 20), n)


def test_a_file_that_was_cut_off(path):
    filled(path)
    os.truncate(path, path.stat().st_size // 2)
    assert "is damaged" in fault(path)


def test_bytes_that_were_overwritten(path):
    filled(path)
    with path.open("r+b") as file:
        for page in range(2, path.stat().st_size // 4096 - 1):
            file.seek(page * 4096)
            file.write(b"\xa5" * 200)
    assert "is damaged" in fault(path)


def test_an_event_that_is_no_event(store, path):
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("INSERT INTO events (at, event) VALUES ('', '{\"x\": 1}')")
    with pytest.raises(InputError, match=r"damaged \(event 1: "):
        store.events()


def test_a_locked_file(path, monkeypatch):
    Store(path).close()
    monkeypatch.setattr(database, "PATIENCE", 0.2)
    with closing(sqlite3.connect(path, isolation_level=None)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        assert "kept it locked" in fault(path)
    with closing(Store(path)) as store:
        assert store.append(on(REPORT, "0-1"), 0).id == 1


def test_a_folder_that_is_not_there(tmp_path):
    assert "cannot be opened or made" in fault(tmp_path / "gone" / "x.sqlite")


def test_a_folder_in_the_files_place(path):
    path.mkdir()
    assert "cannot be opened or made" in fault(path)


def test_a_folder_that_cannot_be_written_to(shut):
    with nobody():
        assert "cannot be" in fault(shut / "x.sqlite")
        assert "cannot be opened or made" in fault(shut / "new.sqlite")
        assert len(read(shut / "x.sqlite")) == 1  # reading is no trouble
    assert sorted(p.name for p in shut.iterdir()) == ["x.sqlite"]


def gone(path):
    path.unlink()


def moved(path):
    path.rename(path.with_name("elsewhere.sqlite"))


def replaced(path):
    moved(path)
    shutil.copy(path.with_name("elsewhere.sqlite"), path)


@pytest.mark.parametrize("happened", [gone, moved, replaced])
def test_a_file_that_is_taken_away_while_it_is_in_use(store, path, happened):
    """SQLite would go on writing into a file that nobody can find again."""
    store.append(on(REPORT, "0-1"), 0)
    happened(path)
    with pytest.raises(InputError, match="moved, deleted or replaced while it was in use; the decision was not saved"):
        store.append(on(REPORT, "0-2"), 1)


def test_a_file_that_is_put_back(store, path):
    path.rename(path.with_name("elsewhere"))
    path.with_name("elsewhere").rename(path)
    assert store.append(on(REPORT, "0-1"), 0).id == 1


def test_a_full_disk_and_room_again(store):
    """SQLite's own limit gives the same error as a disk without room."""
    first = store.append(on(REPORT, "0-1"), 0)
    pages = database.number(store._connection, "PRAGMA page_count")
    store._connection.execute(f"PRAGMA max_page_count = {pages}")
    long = on(REPORT, "0-2", "comment", comment="x" * 20_000)
    with pytest.raises(InputError, match="the disk is full; the decision was not saved"):
        store.append(long, 1)
    assert store.events() == (first,)
    store._connection.execute("PRAGMA max_page_count = 1000000")
    assert store.append(long, 1).id == 2


LIMITED = """
import resource, signal, sys
sys.path[:0] = ["tests/report", "tests/review"]
from pathlib import Path
from acts import act
from mtqc.errors import InputError
from mtqc.review.store import Store
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
store = Store(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, resource.RLIM_INFINITY))
done = 0
try:
    while done < 1000:
        done = store.append(act("comment", fingerprint=str(done), comment="mot " * 500), done).id
except InputError as error:
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    print(done, store.append(act("comment", fingerprint="after"), done).id, error)
"""


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_FSIZE"), reason="no limit on file sizes here")
def test_a_disk_that_takes_no_more(path):
    """The kernel refuses the write: one sentence, nothing acknowledged is lost, and it goes on when there is room."""
    command = [sys.executable, "-c", LIMITED, str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    last, after, said = done.stdout.split(" ", 2)
    assert "the decision was not saved" in said
    assert int(last) > 5
    assert int(after) == int(last) + 1
    assert [e.id for e in read(path)] == [*range(1, int(last) + 2)]


def test_what_is_in_the_file_can_be_read_without_mtqc(store, path):
    store.append(on(REPORT, "0-1"), 0)
    with closing(sqlite3.connect(path)) as other:
        [(event,)] = other.execute("SELECT event FROM events")
    assert json.loads(event)["action"] == "dismiss"
