"""What runs on the machines of a cluster, without a cluster: the reader's parcels, and the worker's answers."""

from __future__ import annotations

import json
import pickle
import socket
from pathlib import Path

import pytest
from judges import EN, FR

from mtqc.batch.feeding import Input
from mtqc.batch.judging import Job, Judge, key
from mtqc.batch.ray_work import ALONE, COLUMN, READING, Actor, Held, Parcel, Reader, opened, table
from mtqc.batch.results import Results
from mtqc.batch.shards import TRIED, Shards, name_of
from mtqc.config import Settings

JOB = Job(Settings(), no_model=True)


@pytest.fixture
def shards(tmp_path):
    (tmp_path / "shards").mkdir()
    return Shards(tmp_path / "shards")


@pytest.fixture(scope="module")
def salt():
    return Judge(JOB).salt


@pytest.fixture
def corpus(tmp_path):
    return written(tmp_path / "corpus.jsonl", 12)


def written(path, count, **extra):
    with path.open("w") as file:
        for n in range(count):
            rows = zip(
                (EN.format(f"Town{n}") + extra.get(f"a{n}", "")).splitlines(),
                FR.format(f"Town{n}").splitlines(),
                strict=False,
            )
            for source, target in rows:
                file.write(json.dumps({"article": f"a{n}", "source": source, "target": target}) + "\n")
    return path


def reader(corpus, shards, salt, **more):
    return Reader(
        **{"given": Input(corpus), "salt": salt, "held": Held(b""), "shards": shards, "jobs": 1, "chunk": 1300, **more}
    )


def read(*args, **more):
    """The parcels, by way of the pickle that Ray makes of the reader and of them."""
    return [opened(pickle.dumps(p)) for p in pickle.loads(pickle.dumps(reader(*args, **more))).parcels()]


def actor(shards, salt, make=Judge):
    return Actor(str(Path.cwd()), JOB, salt, shards, make)


def answer(of, *parcels):
    return [opened(data) for data in of(table(parcels))[COLUMN].to_pylist()]


def test_the_parcels_hold_every_article_once_in_order(corpus, shards, salt):
    parcels = read(corpus, shards, salt)
    assert [t.number for p in parcels for t in p.tasks] == list(range(12))
    assert len(parcels) > 4
    assert [(p.end, p.broken) for p in parcels if p.end is not None] == [(12, None)] == [(parcels[-1].end, None)]
    assert [s for p in parcels for s in p.seen] == [(str(corpus), corpus.stat().st_size, corpus.stat().st_mtime_ns)]


def test_a_reader_that_begins_anew_gives_the_same_parcels_and_leaves_a_trace(corpus, shards, salt):
    assert read(corpus, shards, salt) == read(corpus, shards, salt)
    assert (shards.folder / READING).read_text().splitlines() == ["begun", "begun"]


def test_what_is_done_is_passed_over(corpus, shards, salt):
    tasks = [t for p in read(corpus, shards, salt) for t in p.tasks]
    held = Held.of((t.number, t.key) for t in tasks if t.number in (0, 5, 11))
    parcels = read(corpus, shards, salt, held=held)
    assert [t.number for p in parcels for t in p.tasks] == [1, 2, 3, 4, 6, 7, 8, 9, 10]
    assert sum(p.passed for p in parcels) == 3
    other = Held.of((t.number, key(t.pair, "another salt")) for t in tasks)
    assert sum(p.passed for p in read(corpus, shards, salt, held=other)) == 0


def test_what_cannot_be_read_needs_no_worker(corpus, shards, salt):
    with corpus.open("a") as file:
        file.write("no JSON\n")
    parcels = read(corpus, shards, salt)
    assert sorted(t.pair.id for p in parcels for t in p.tasks) == sorted(f"a{n}" for n in range(12))
    [name] = [p.shard for p in parcels if p.shard]
    [unread] = shards.read(name)
    assert (unread.state, unread.key) == ("unread", "")
    assert "corpus.jsonl" in unread.reason


def test_what_the_cache_holds_needs_no_worker(corpus, shards, salt, tmp_path):
    tasks = [t for p in read(corpus, shards, salt) for t in p.tasks]
    judged = Judge(JOB)(tasks[:7])
    cache = Results.at(tmp_path / "cache.sqlite")
    cache.put(judged)
    cache.close()
    parcels = read(corpus, shards, salt, results=tmp_path / "cache.sqlite")
    assert [t.number for p in parcels for t in p.tasks] == list(range(7, 12))
    assert [j for p in parcels if p.shard for j in shards.read(p.shard)] == judged
    assert {p.origin for p in parcels if p.shard} == {"cache"}


def test_a_worker_writes_what_a_judge_says(corpus, shards, salt):
    parcels = read(corpus, shards, salt)
    tasks = [t for p in parcels for t in p.tasks]
    answers = answer(actor(shards, salt), *parcels)
    assert all(not a.tasks and not a.fatal for a in answers)
    assert [j for a in answers if a.shard for j in shards.read(a.shard)] == Judge(JOB)(tasks)
    assert not list(shards.folder.glob(f"*{TRIED}"))


class Fails(Judge):
    def __call__(self, tasks):
        raise AssertionError("judged again")


def test_what_was_judged_already_is_not_judged_again(corpus, shards, salt):
    parcel = read(corpus, shards, salt)[0]
    first = answer(actor(shards, salt), parcel)
    assert answer(actor(shards, salt, Fails), parcel) == first


class Tells(Judge):
    """Remembers with how many it was asked."""

    def __init__(self, job):
        super().__init__(job)
        self.asked = []

    def __call__(self, tasks):
        self.asked.append([t.number for t in tasks])
        return super().__call__(tasks)


def test_after_a_worker_ended_its_articles_are_tried_alone(corpus, shards, salt):
    parcel = read(corpus, shards, salt)[0]
    tried = shards.folder / f"{name_of(parcel.tasks)}{TRIED}"
    tried.write_text("together\n")
    second = actor(shards, salt, Tells)
    [said] = answer(second, parcel)
    assert second.judge.asked == [[t.number] for t in parcel.tasks]
    assert shards.read(said.shard) == Judge(JOB)(parcel.tasks)
    assert said.warnings == (
        f"A worker process ended while it judged {len(parcel.tasks)} articles: tried again one by one.",
    )


def test_only_the_article_that_ends_its_worker_each_time_is_given_up(corpus, shards, salt):
    parcel = read(corpus, shards, salt)[0]
    first, culprit, *rest = parcel.tasks
    tried = shards.folder / f"{name_of(parcel.tasks)}{TRIED}"
    attempt = [f"begin {first.number}", f"end {first.number}", f"begin {culprit.number}"]
    tried.write_text("\n".join(["together", *attempt * ALONE]) + "\n")
    third = actor(shards, salt, Tells)
    [said] = answer(third, parcel)
    assert third.judge.asked == [[first.number], *([t.number] for t in rest)]
    judged = {j.number: j for j in shards.read(said.shard)}
    assert judged[culprit.number].state == "unread"
    assert judged[culprit.number].key == ""
    assert (
        judged[culprit.number].reason
        == "Not judged: its worker process ended 3 times, 2 of them with this article alone."
    )
    assert {j.state for n, j in judged.items() if n != culprit.number} == {"judged"}


def test_a_worker_that_would_judge_otherwise_judges_nothing(corpus, shards, salt):
    [said] = answer(actor(shards, "another salt"), read(corpus, shards, salt)[0])
    assert str(said.fatal).startswith(f"{socket.gethostname()} would judge in another way than this machine")
    assert not said.shard
    assert list(shards) == []


def test_a_worker_that_cannot_write_says_so(corpus, shards, salt, tmp_path):
    parcel = read(corpus, shards, salt)[0]
    [said] = answer(actor(Shards(tmp_path / "nowhere"), salt), parcel)
    assert str(said.fatal) == (
        f"{socket.gethostname()} cannot write into {tmp_path / 'nowhere'} (No such file or directory)."
        " Make room, or mend the share; then go on with --resume."
    )


def test_what_needs_no_worker_passes_one_unchanged(shards, salt):
    parcel = Parcel(shard="a.parquet", origin="cache", passed=3)
    assert answer(actor(shards, salt, Fails), parcel) == [parcel]


def test_an_input_that_breaks_off_is_told_in_the_last_parcel(tmp_path, shards, salt):
    [parcel] = read(tmp_path / "lost.jsonl", shards, salt)
    assert "lost.jsonl" in str(parcel.broken)
    assert parcel.end == 0
