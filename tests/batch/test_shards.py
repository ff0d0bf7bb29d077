"""Results as Parquet files: what is written comes back, and damage is noticed."""

from __future__ import annotations

import pytest

from mtqc.batch.model import Judged, Tally, Task, packed
from mtqc.batch.shards import TRIED, Damaged, Shards, name_of
from mtqc.model import Severity

TALLY = Tally(12, 340, {Severity.MINOR: 2, Severity.CRITICAL: 1}, 87.5, 12.25)
JUDGED = [
    Judged(3, "ab" * 32, "été — 3", "judged", "", "2024-05-01", TALLY, {"page": packed("<p>œ</p>"), "row": b""}),
    Judged(
        4, "cd" * 32, "no words\nat all", "incomplete", "line one\nline two", "", Tally(0, 0), {"lines": packed("")}
    ),
    Judged(5, "", "caf\udce9.txt", "unread", "caf\udce9.txt is not UTF-8."),
]


@pytest.fixture
def shards(tmp_path):
    return Shards(tmp_path)


def test_what_is_written_comes_back(shards):
    shards.write("a.parquet", JUDGED)
    assert shards.read("a.parquet") == JUDGED
    assert list(shards) == ["a.parquet"]
    assert "a.parquet" in shards


def test_outside_tools_can_read_a_shard(shards):
    parquet = pytest.importorskip("pyarrow.parquet")
    shards.write("a.parquet", JUDGED)
    found = parquet.read_table(shards.folder / "a.parquet")
    assert found["number"].to_pylist() == [3, 4, 5]
    assert found["critical"].to_pylist() == [1, None, None]
    assert found["id"].to_pylist()[0].decode() == "été — 3"


@pytest.mark.parametrize("share", [0, 0.01, 0.5, 0.99])
def test_a_truncated_shard_is_damaged(shards, share):
    shards.write("a.parquet", JUDGED)
    path = shards.folder / "a.parquet"
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(Damaged):
        shards.read("a.parquet")


def test_a_byte_that_changed_in_a_part_is_noticed(shards):
    shards.write("a.parquet", JUDGED)
    path = shards.folder / "a.parquet"
    data = bytearray(path.read_bytes())
    data[data.index(packed("<p>œ</p>")) + 5] ^= 1
    path.write_bytes(data)
    with pytest.raises(Damaged):
        shards.read("a.parquet")


def test_a_table_of_something_else_is_damaged(shards):
    arrow = pytest.importorskip("pyarrow")
    pytest.importorskip("pyarrow.parquet").write_table(arrow.table({"number": [1]}), shards.folder / "a.parquet")
    with pytest.raises(Damaged):
        shards.read("a.parquet")


def test_a_damaged_one_is_set_aside(shards):
    (shards.folder / "a.parquet").write_bytes(b"PAR1")
    place = shards.set_aside("a.parquet")
    assert place.read_bytes() == b"PAR1"
    assert list(shards) == []


def test_tidy_leaves_nothing_of_a_worker_that_was_killed(tmp_path):
    shards = Shards(tmp_path / "shards")
    shards.tidy()
    shards.folder.mkdir()
    (shards.folder / "a.parquet.host-1.unfinished").write_bytes(b"PAR1")
    (shards.folder / f"a.parquet{TRIED}").write_text("together\n")
    shards.tidy()
    assert not shards.folder.exists()


def test_a_shard_in_the_folder_is_not_tidied_away(shards):
    shards.write("a.parquet", JUDGED)
    shards.tidy()
    assert list(shards) == ["a.parquet"]


def test_names_are_of_what_is_in_them_and_sort_by_number():
    tasks = [Task(7, "ab" * 32, None), Task(8, "cd" * 32, None)]
    assert name_of(tasks) == name_of(list(tasks))
    assert name_of(tasks) != name_of(tasks[:1])
    assert name_of(tasks) < name_of(tasks[1:]) < name_of([Task(10, "ab" * 32, None)])
