"""The Ray engine on a real cluster: a head that judges nothing and two machines with a CPU each, all on this one."""

from __future__ import annotations

import ast
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from judges import EN, FR, Watching

from mtqc.batch import ray_cluster, ray_engine, runner
from mtqc.batch.feeding import Input
from mtqc.batch.folder import About, RunFolder
from mtqc.batch.judging import Job, Judge
from mtqc.batch.shards import Shards
from mtqc.config import Settings
from mtqc.errors import UsageError

pytestmark = [pytest.mark.ray]
pytest.importorskip("ray", reason="Ray is not installed: pip install 'mtqc[ray]'")
pyarrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")

JOB = Job(Settings(), no_model=True)
COUNT = 24
STORE = 80 << 20
"""The least that Ray takes for its objects."""


@pytest.fixture(scope="module", autouse=True)
def quiet():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        patch.setenv("RAY_AUTH_MODE", "disabled")  # loopback only; and no token into the home folder
        patch.delenv("RAY_ADDRESS", raising=False)
        yield


@pytest.fixture(scope="module")
def cluster(quiet):
    from ray.cluster_utils import Cluster

    own = {"object_store_memory": STORE, "include_dashboard": False}
    made = Cluster(initialize_head=True, head_node_args={**own, "num_cpus": 0})
    made.grow = lambda **more: made.add_node(**{**own, "num_cpus": 1, **more})
    for _ in range(2):
        made.grow()
    yield made
    made.shutdown()


@pytest.fixture(scope="module")
def joined(cluster):
    """The cluster, joined by this process once for all tests, as a notebook may have done."""
    import ray

    ray.init(cluster.address, log_to_driver=False)
    yield cluster
    ray.shutdown()


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch):
    monkeypatch.setattr(ray_engine, "CHUNK", 1300)


def written(path, count, **extra):
    with path.open("w") as file:
        for n in range(count):
            for s, t in zip(EN.format(f"Town{n}").splitlines(), FR.format(f"Town{n}").splitlines(), strict=True):
                text = s + extra.get(f"a{n}", "") if s.startswith("The") else s
                file.write(json.dumps({"article": f"a{n}", "source": text, "target": t}) + "\n")
    return path


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    return written(tmp_path_factory.mktemp("corpus") / "corpus.jsonl", COUNT)


@pytest.fixture(scope="module")
def whole(corpus, tmp_path_factory):
    """What this machine makes of it without Ray."""
    with folder(tmp_path_factory.mktemp("local") / "run") as run:
        runner.run(Input(corpus).entries(), run, JOB, Watching(), jobs=1)
        return list(run.judged(*PARTS))


def folder(path, resume=False):
    about = About("signature", "salt", "0", ("corpus",), ("en", "fr"), (1, 1), "2026-01-01T00:00:00+00:00")
    return (RunFolder.resume if resume else RunFolder.create)(path, about)


PARTS = ("article", "lines", "findings", "sentences", "row", "page", "register")


def by_ray(corpus, path, cluster, watching=None, resume=False, **more):
    watching = watching or Watching()
    with folder(path, resume) as run:
        ray_engine.run(Input(corpus), run, JOB, watching, address=cluster.address, **more)
        return list(run.judged(*PARTS)), watching


def slow(place):
    """A judge that leaves traces of its process in a folder, made here so that Ray sends it along as it is."""

    class Slow(Judge):
        def __call__(self, tasks):
            import ray

            node = ray.get_runtime_context().get_node_id()
            with (place / f"{os.getpid()}-{node}.pid").open("a") as file:
                file.writelines(f"{t.number}\n" for t in tasks)
            time.sleep(0.3)
            return super().__call__(tasks)

    return Slow


def traces(place):
    """(process, machine) of the workers so far, and the numbers of the articles that each was given."""
    return {(int(p.stem.split("-")[0]), p.stem.split("-")[1]): p.read_text().split() for p in place.glob("*.pid")}


def judged_by(place):
    """Numbers of the articles, as often as they were judged."""
    return sorted(int(n) for numbers in traces(place).values() for n in numbers)


def test_nobody_at_the_address_is_said_within_seconds(corpus, tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    began = time.monotonic()
    with (
        folder(tmp_path / "ray") as run,
        pytest.raises(UsageError, match=rf"No Ray cluster answers at 127\.0\.0\.1:{port}"),
    ):
        ray_engine.run(Input(corpus), run, JOB, Watching(), address=f"127.0.0.1:{port}")
    assert time.monotonic() - began < 10


@pytest.mark.parametrize("address", ["nonsense", "ray://127.0.0.1:10001", "host:port", "http://127.0.0.1:8265"])
def test_what_is_no_address_is_said(address):
    with pytest.raises(UsageError, match="that is no address of a Ray cluster"), ray_cluster.connected(address, 1):
        pass


def test_two_machines_judge_as_one_does(cluster, corpus, whole, tmp_path):
    found, watching = by_ray(corpus, tmp_path / "ray", cluster, make=slow(tmp_path))
    assert found == whole
    assert len(traces(tmp_path)) == 2, "both machines were at work"
    assert judged_by(tmp_path) == list(range(COUNT)), "nothing was judged twice"
    assert set(watching.origins.values()) == {"judged"}
    assert watching.warnings == []
    assert not (tmp_path / "ray" / "shards").exists()


def test_a_worker_killed_and_a_machine_that_goes_away_in_mid_run_cost_nothing(joined, corpus, whole, tmp_path):
    def accident(_judged):
        workers = list(traces(tmp_path))
        if len(happened) == 0 and len(workers) == 2:
            os.kill(workers[0][0], signal.SIGKILL)
            happened.append(len(watching.origins))
        elif len(happened) == 1:
            [gone] = [n for n in joined.worker_nodes if n.node_id == workers[1][1]]
            joined.remove_node(gone, allow_graceful=False)
            joined.grow()
            happened.append(len(watching.origins))

    watching, happened = Watching(accident), []
    found, _ = by_ray(corpus, tmp_path / "ray", joined, watching, make=slow(tmp_path))
    assert len(happened) == 2
    assert happened[-1] < COUNT, "in mid-run"
    assert found == whole
    assert len(watching.origins) == COUNT
    assert len(traces(tmp_path)) > 2, "another took the place of the one that was killed"
    assert any("tried again one by one" in w for w in watching.warnings)


def deadly():
    class Deadly(Judge):
        def __call__(self, tasks):
            if any("KILL" in t.pair.source.text for t in tasks):
                os.kill(os.getpid(), signal.SIGKILL)
            return super().__call__(tasks)

    return Deadly


def test_an_article_that_ends_every_worker_is_given_up(joined, tmp_path):
    corpus = written(tmp_path / "corpus.jsonl", 8, a3=" KILL")
    found, _ = by_ray(corpus, tmp_path / "ray", joined, make=deadly())
    assert [j.state for j in found] == ["judged"] * 3 + ["unread"] + ["judged"] * 4
    assert found[3].reason.startswith("Not judged: its worker process ended 3 times")


def test_a_run_that_was_killed_goes_on_and_a_truncated_shard_is_judged_again(joined, corpus, whole, tmp_path):
    path = tmp_path / "ray"
    shards = Shards(path / "shards")
    with folder(path) as run:
        run.keep(whole[:5])
    shards.folder.mkdir()
    shards.write("0000000005-kept.parquet", whole[5:9])
    shards.write("0000000009-cut.parquet", whole[9:14])
    cut = shards.folder / "0000000009-cut.parquet"
    cut.write_bytes(cut.read_bytes()[:-100])
    (shards.folder / "0000000014-x.parquet.host-1.unfinished").write_bytes(b"PAR1")
    found, watching = by_ray(corpus, path, joined, resume=True, make=slow(tmp_path))
    assert found == whole
    assert judged_by(tmp_path) == list(range(9, COUNT))
    assert watching.earlier == 9
    [said] = watching.warnings
    assert "was damaged" in said
    assert [p.name for p in (path / "shards" / "damaged").iterdir()] == [cut.name]


DRIVER = """
import sys; sys.path[:0] = {paths!r}
import test_ray as t
from pathlib import Path
t.ray_engine.CHUNK = 1300
t.by_ray(Path({corpus!r}), Path({path!r}), type("C", (), {{"address": {address!r}}}), resume=True, make=t.slow(Path({pids!r})))
"""


def test_the_run_itself_killed_in_mid_run_loses_only_what_was_in_flight(joined, corpus, whole, tmp_path):
    path, here = tmp_path / "ray", Path(__file__).parent
    told = {"corpus": str(corpus), "path": str(path), "address": joined.address, "pids": str(tmp_path)}
    code = DRIVER.format(paths=[str(here), str(here.parent)], **told)
    driver = subprocess.Popen([sys.executable, "-c", code])
    until = time.monotonic() + 60
    while len(judged_by(tmp_path)) < 10 and driver.poll() is None and time.monotonic() < until:
        time.sleep(0.05)
    driver.kill()
    assert driver.wait() == -signal.SIGKILL
    before = traces(tmp_path)
    found, _ = by_ray(corpus, path, joined, resume=True, make=slow(tmp_path))
    assert found == whole
    again = len(judged_by(tmp_path)) - COUNT
    assert sorted(set(judged_by(tmp_path))) == list(range(COUNT))
    assert again < sum(map(len, before.values())), "something was kept"


def test_interrupted_it_keeps_what_is_judged_and_one_machine_goes_on_with_it(joined, corpus, whole, tmp_path):
    def interrupt(_judged):
        if len(watching.origins) > 8:
            os.kill(os.getpid(), signal.SIGINT)

    watching = Watching(interrupt)
    with pytest.raises(runner.Interrupted):
        by_ray(corpus, tmp_path / "ray", joined, watching, make=slow(tmp_path))
    again = Watching()
    with folder(tmp_path / "ray", resume=True) as run:
        runner.run(Input(corpus).entries(), run, JOB, again, jobs=1)
        assert list(run.judged(*PARTS)) == whole
    assert COUNT > again.earlier >= len(watching.origins) > 8


def test_without_ray_one_sentence_says_how_to_install_it(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(UsageError) as caught:
        ray_cluster.require()
    assert str(caught.value) == "--engine ray needs Ray, which is not installed. pip install 'mtqc[ray]'"


def test_a_machine_that_does_not_see_the_folder_is_named(tmp_path):
    look = ray_cluster._looker()
    (tmp_path / "mark").write_text("token")
    host, version, wrong = look(str(tmp_path / "mark"), "token")
    assert (host, wrong) == (socket.gethostname(), "")
    ray_cluster._fit(host, version, wrong, tmp_path)
    told = look(str(tmp_path / "nowhere" / "mark"), "token")
    with pytest.raises(UsageError, match=rf"{host}, a machine of the Ray cluster, does not see {tmp_path}"):
        ray_cluster._fit(*told, tmp_path)
    told = look(str(tmp_path / "mark"), "another token")
    with pytest.raises(UsageError, match="sees another folder"):
        ray_cluster._fit(*told, tmp_path)


@pytest.mark.parametrize(
    ("installed", "said"),
    [
        ("__version__ = '0.0.1'", r"has mtqc 0\.0\.1, and this machine"),
        ("raise ImportError", "a machine of the Ray cluster, has no mtqc"),
    ],
)
def test_a_machine_with_another_mtqc_is_named(tmp_path, installed, said):
    """What every machine is asked arrives there without mtqc, as Ray sends it."""
    from ray import cloudpickle

    (tmp_path / "mtqc").mkdir()
    (tmp_path / "mtqc" / "__init__.py").write_text(f"{installed}\n")
    (tmp_path / "mark").write_text("token")
    (tmp_path / "look").write_bytes(cloudpickle.dumps(ray_cluster._looker()))
    code = "import pickle; print(pickle.load(open('look', 'rb'))('mark', 'token'))"
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=tmp_path)
    with pytest.raises(UsageError, match=said):
        ray_cluster._fit(*ast.literal_eval(told.stdout), tmp_path)


def files(run):
    """What the run folder holds, but for its log's times and its state."""
    return {
        p.relative_to(run): p.read_bytes()
        for p in run.rglob("*")
        if p.is_file() and p.suffix not in (".log", ".sqlite", ".sqlite-journal", ".lock")
    }


def test_the_command_with_a_ray_of_its_own_writes_the_same_files_from_parquet(corpus, tmp_path):
    rows = [json.loads(line) for line in corpus.read_text().splitlines()]
    parquet.write_table(pyarrow.Table.from_pylist(rows), tmp_path / "corpus.parquet")
    command = [Path(sys.executable).with_name("mtqc"), "batch", "corpus.parquet", "--no-model", "--no-cache"]
    for more in (["--output", "local"], ["--output", "ray", "--engine", "ray"]):
        done = subprocess.run([*command, *more], check=False, capture_output=True, text=True, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert "Everything was judged" in done.stdout
        assert "rpc" not in done.stderr.lower()
    assert len(files(tmp_path / "ray")) > COUNT
    assert files(tmp_path / "ray") == files(tmp_path / "local")
