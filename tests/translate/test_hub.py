"""The real hub client against a stand-in for the hub: downloads, offline, interrupted. Each in a process of its own,
since the client reads its environment when it is imported."""

import os
import signal
import subprocess
import sys
import threading
import time

import pytest
from hub_stand_in import COMMIT, REPO, serve
from translate_fixtures import write_checkpoint

ADD = """
import sys
from mtqc.errors import MtqcError
from mtqc.translate.add import add
try:
    entry = add(sys.argv[1], "fr-en").entry
    print(entry.label, entry.origin, entry.licence)
except MtqcError as error:
    print("error:", error)
"""
USE = """
import sys
from mtqc.errors import MtqcError
from mtqc.translate import load_engine
try:
    engine = load_engine(sys.argv[1], cache=False)
    print(engine.checkpoint.label, engine.scorer.score([("Oui.", "Yes.")])[0].pieces)
except MtqcError as error:
    print("error:", error)
"""


@pytest.fixture
def folder(tmp_path):
    made = write_checkpoint(tmp_path / "repo")
    (made / "README.md").write_text("---\nlicense: cc-by-4.0\n---\n")
    (made / "tf_model.h5").write_bytes(b"of no use")
    return made


@pytest.fixture
def serving(folder):
    """Start serving `folder`; returns its address. One file may be sent to its half only."""
    started = []

    def start(slow=""):
        server = serve(folder, slow)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        started.append(server)
        return f"http://127.0.0.1:{server.server_address[1]}"

    yield start
    for server in started:
        server.shutdown()
        server.server_close()


@pytest.fixture
def python(tmp_path):
    def run(code, *args, wait=True, **variables):
        env = {k: v for k, v in os.environ.items() if not k.startswith("HF_") and "proxy" not in k.lower()}
        env |= {"HF_HOME": str(tmp_path / "hf"), "MTQC_CACHE_DIR": str(tmp_path / "cache"), "HF_HUB_DISABLE_XET": "1"}
        child = subprocess.Popen(
            [sys.executable, "-c", code, *args], env=env | variables, text=True, stdout=subprocess.PIPE, stderr=-3
        )
        return child.communicate(timeout=120)[0].strip() if wait else child

    return run


def test_a_model_is_downloaded_added_and_used_without_the_hub(folder, serving, python, tmp_path):
    said = python(ADD, f"{REPO}@main", HF_ENDPOINT=serving())
    label, origin, licence = said.split()
    assert (origin, licence) == (f"{REPO}@{COMMIT}", "cc-by-4.0")
    assert not list((tmp_path / "hf").rglob("tf_model.h5"))
    nowhere = {"HF_ENDPOINT": "http://127.0.0.1:9", "HF_HOME": str(tmp_path / "empty")}
    for name in ("a-fr-en", label, REPO, f"{REPO}@{COMMIT}"):
        assert python(USE, name, **nowhere) == f"{label} 3", name
    assert python(USE, f"{REPO}@v2", HF_HUB_OFFLINE="1", **nowhere).startswith(f"error: {REPO}: not in the hub's local")


def test_the_weights_are_fetched_again_only_where_they_are_wanted(serving, python, tmp_path):
    python(ADD, REPO, HF_ENDPOINT=serving())
    code = "import sys; from mtqc.translate.find import find; print(find(sys.argv[1], weights=True).weights)"
    assert COMMIT in python(code, "a-fr-en", HF_HUB_OFFLINE="1")
    assert python(code, "a-fr-en", HF_HUB_OFFLINE="1", HF_HOME=str(tmp_path / "empty")) == "None"


def test_offline_is_honoured_and_said(serving, python, tmp_path):
    said = python(ADD, REPO, HF_ENDPOINT=serving(), HF_HUB_OFFLINE="1")
    assert said.startswith(f"error: {REPO}: not in the hub's local cache, and HF_HUB_OFFLINE forbids to ask the hub.")
    assert not (tmp_path / "cache").exists()


def test_a_hub_that_cannot_be_reached_is_said(python):
    said = python(ADD, REPO, HF_ENDPOINT="http://127.0.0.1:9")
    assert said.startswith(f"error: {REPO}: not in the hub's local cache, and the hub cannot be reached.")


def test_an_unknown_name_is_said(serving, python):
    assert "cannot be had from the hub" in python(ADD, "test/nothing-fr-en", HF_ENDPOINT=serving())


def test_a_download_that_is_killed_leaves_nothing_half_made(folder, serving, python, tmp_path):
    child = python(ADD, REPO, wait=False, HF_ENDPOINT=serving(slow="model.safetensors"))
    until = time.monotonic() + 60
    while len(fetched := list((tmp_path / "hf").rglob("snapshots/*/*"))) < 6 and time.monotonic() < until:
        time.sleep(0.05)
    child.send_signal(signal.SIGKILL)
    child.wait()
    assert {p.name for p in fetched} >= {"config.json", "source.spm", "vocab.json"}
    assert "model.safetensors" not in {p.name for p in fetched}
    assert not (tmp_path / "cache").exists()
    said = python(ADD, REPO, HF_HUB_OFFLINE="1")
    assert said.startswith(f"error: {REPO}: not ")
    assert "HF_HUB_OFFLINE" in said
    assert python(ADD, REPO, HF_ENDPOINT=serving()).startswith("a-fr-en@")
    assert python(USE, "a-fr-en", HF_HUB_OFFLINE="1").endswith(" 3")
