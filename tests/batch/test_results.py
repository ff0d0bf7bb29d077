"""The cache of finished articles."""

from __future__ import annotations

import os
import sqlite3

import pytest
from judges import pair

from mtqc.batch.model import Judged, Tally, Task, packed
from mtqc.batch.results import Results
from mtqc.model import Severity
from mtqc.translate.cache import Store

TASK = Task(7, "0a" * 32, pair("Lyon"))
WHOLE = Judged(
    2,
    TASK.key,
    "Lyon",
    "judged",
    date="2026-11-28",
    tally=Tally(2, 11, {Severity.MAJOR: 1, Severity.MINOR: 2}, 91.5, 30.25),
    parts={"article": packed("{}"), "page": packed("<p>é</p>\n")},
)


@pytest.fixture
def results(tmp_path):
    return Results.at(tmp_path / "cache" / "judged.sqlite")


def test_what_was_put_comes_back_with_the_number_of_now(results):
    results.put([WHOLE])
    (found,) = results.get([TASK])
    assert found == Judged(7, WHOLE.key, "Lyon", "judged", "", WHOLE.date, WHOLE.tally, WHOLE.parts)
    assert results.warnings == ()


def test_another_process_finds_it(results):
    results.put([WHOLE])
    results.close()
    assert Results.at(results.store.path).get([TASK])[0] is not None


def test_what_is_not_held_is_none(results):
    assert results.get([TASK, Task(8, "0b" * 32, TASK.pair)]) == [None, None]
    assert results.get([]) == []


@pytest.mark.parametrize("state", ["incomplete", "unread"])
def test_what_could_not_be_judged_is_not_kept(results, state):
    results.put([Judged(2, TASK.key, "Lyon", state, "why"), Judged(3, "", "x", "unread", "why")])
    assert results.get([TASK]) == [None]


@pytest.mark.parametrize(
    "damage", [lambda v: v[:-1], lambda v: v[:40] + b"?" + v[41:], lambda v: b"", lambda v: v[:20], lambda v: "text"]
)
def test_a_damaged_entry_counts_as_not_there_and_is_said(results, damage):
    results.put([WHOLE])
    results.close()
    with sqlite3.connect(results.store.path) as file:
        (value,) = file.execute("SELECT value FROM measured").fetchone()
        file.execute("UPDATE measured SET value = ?", (damage(value),))
    assert results.get([TASK]) == [None]
    assert "is damaged" in results.warnings[0]
    results.put([WHOLE])
    assert results.get([TASK])[0] is not None


def test_a_file_that_is_no_database_is_set_aside(results):
    results.store.path.parent.mkdir()
    results.store.path.write_bytes(b"x" * 5000)
    results.put([WHOLE])
    assert results.get([TASK])[0] is not None
    assert "is broken" in results.warnings[0]


def test_a_folder_that_cannot_be_written_costs_no_result(tmp_path):
    (tmp_path / "file").write_text("")
    results = Results.at(tmp_path / "file" / "judged.sqlite")
    results.put([WHOLE])
    assert results.get([TASK]) == [None]
    assert "cannot be used" in results.warnings[0]


def test_the_file_is_kept_small_and_the_newer_half_stays(tmp_path):
    results = Results(Store(tmp_path / "judged.sqlite", most_bytes=1 << 20))
    parts = {"page": os.urandom(40_000)}
    for n in range(100):
        results.put([Judged(n, f"{n:064x}", "x", "judged", parts=parts)])
    assert results.store.path.stat().st_size < 2 << 20
    held = results.get([Task(n, f"{n:064x}", TASK.pair) for n in range(100)])
    assert held[0] is None
    assert held[99] is not None
    assert results.warnings == ()


def test_an_article_that_is_very_large_is_not_kept(results, monkeypatch):
    monkeypatch.setattr("mtqc.batch.results.LARGEST", 10)
    results.put([WHOLE])
    assert results.get([TASK]) == [None]
