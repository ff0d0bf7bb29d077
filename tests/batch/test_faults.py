"""`mtqc batch` as a whole against what happens to long runs: it is killed, its input changes or is rubbish, names are odd.

Each run is the command itself, in a process of its own; what must not differ are all files but the state and the log.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import unicodedata
from pathlib import Path

import pytest

from mtqc.errors import BAD_INPUT, NOT_JUDGED, PASSED

CORPORA = Path(__file__).resolve().parents[2] / "corpora"
COMMAND = [sys.executable, "-c", "from mtqc.cli import main; main()", "batch"]
NOT_DERIVED = {"state.sqlite", "state.sqlite-journal", "state.lock", "mtqc.log"}
SENTENCES, WRONG = 100_000, 70_000
KILLS = 40
"""At most; a run that has not come to its end by then never will."""


@pytest.fixture
def environment(tmp_path):
    """A cache of the test's own, so that nothing was judged before."""
    cache = tmp_path / "cache"
    return {**os.environ, "MTQC_CACHE_DIR": str(cache), "MTQC_THREADS": "1"}


def run(environment, *arguments: object, seconds: int = 300) -> subprocess.CompletedProcess[str]:
    command = [*COMMAND, *map(str, arguments)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=seconds)


def derived(folder: Path) -> dict[str, bytes]:
    """Every file of the run that is made from its state."""
    files = (p for p in sorted(folder.rglob("*")) if p.is_file() and p.name not in NOT_DERIVED)
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in files}


def corpus(path: Path, articles: int, seed: int = 1) -> Path:
    """A JSON Lines file of articles that all differ, a few sentences each, some with mistakes."""
    chance = random.Random(seed)
    with path.open("w", encoding="utf-8") as file:
        for n in range(articles):
            for _ in range(chance.randint(1, 4)):
                millions = chance.randint(2, 900)
                wrong = chance.random() < 0.2
                source = f"The town of Harlow spent {millions} million dollars on bridge number {n}."
                target = f"La ville de Harlow a dépensé {millions + wrong} millions de dollars pour le pont numéro {n}."
                file.write(json.dumps({"article": f"a{n}", "source": source, "target": target}) + "\n")
    return path


def killed_until_done(environment, arguments: list[object], chance: random.Random, longest: float) -> int:
    """Start the command again and again and kill -9 it, workers and all, until one run ends; how often it was killed."""
    for kills in range(KILLS):
        process = subprocess.Popen(
            [*COMMAND, *map(str, arguments), "--resume"],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        patience = chance.uniform(0.3, longest * (1 + kills / 10)) if kills else min(1.0, longest / 4)
        try:
            assert process.wait(patience) == PASSED
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        else:
            return kills
    pytest.fail(f"killed {KILLS} times, and still not done")


def test_kill_9_again_and_again_changes_nothing(tmp_path, environment):
    source = corpus(tmp_path / "news.jsonl", 300)
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    begun = time.monotonic()
    assert run(environment, source, "--output", whole, "--fast", "--no-cache").returncode == PASSED
    seconds = time.monotonic() - begun
    given = [source, "--output", broken, "--fast", "--no-cache"]
    assert killed_until_done(environment, given, random.Random(1), seconds) > 0
    assert derived(broken) == derived(whole)


@pytest.mark.model
def test_kill_9_with_models_and_both_caches_changes_nothing(tmp_path, environment):
    some, whole, broken = tmp_path / "corpora", tmp_path / "whole", tmp_path / "broken"
    for name in ("business", "culture", "health"):
        shutil.copytree(CORPORA / name, some / name)
    begun = time.monotonic()
    assert run({**environment, "MTQC_CACHE_DIR": f"{tmp_path}/other"}, some, "--output", whole).returncode == PASSED
    seconds = time.monotonic() - begun
    assert killed_until_done(environment, [some, "--output", broken], random.Random(3), seconds) > 0
    assert derived(broken) == derived(whole)


def test_only_the_parent_is_killed_and_its_workers_go_too(tmp_path, environment):
    source = corpus(tmp_path / "news.jsonl", 3000)
    process = subprocess.Popen([*COMMAND, str(source), "--output", str(tmp_path / "run"), "--fast"], env=environment)
    deadline = time.monotonic() + 60
    while not (found := children(process.pid)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert found
    process.kill()
    process.wait()
    while any(alive(pid) for pid in found) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not [pid for pid in found if alive(pid)]


def children(pid: int) -> list[int]:
    return [int(p) for t in Path(f"/proc/{pid}/task").glob("*/children") for p in t.read_text().split()]


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_a_file_that_changes_during_the_run_is_told(tmp_path, environment):
    """The first article is changed while the run is at work on a large second one."""
    texts = tmp_path / "texts"
    texts.mkdir()
    for name, sentences in (("a", 1), ("b", 4000)):
        (texts / f"{name}.en.txt").write_text("\n".join(f"Bridge number {n} is closed." for n in range(sentences)))
        (texts / f"{name}.fr.txt").write_text("\n".join(f"Le pont numéro {n} est fermé." for n in range(sentences)))
    process = subprocess.Popen(
        [*COMMAND, str(texts), "--output", str(tmp_path / "run"), "--fast", "--jobs", "1"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    deadline = time.monotonic() + 60
    while not children(process.pid) and time.monotonic() < deadline:  # everything is read by the time a worker starts
        time.sleep(0.02)
    time.sleep(0.3)
    (texts / "a.fr.txt").write_text("Le pont numéro 0 est ouvert depuis hier.")
    output, _ = process.communicate(timeout=120)
    assert process.returncode == NOT_JUDGED, output
    assert "a.fr.txt" in output
    told = json.loads((tmp_path / "run" / "summary.json").read_text())
    assert not told["complete"]
    assert [Path(p).name for p in told["changed_during_the_run"]] == ["a.fr.txt"]


def test_resuming_after_a_text_changed_judges_that_text_anew(tmp_path, environment):
    texts = tmp_path / "texts"
    texts.mkdir()
    for name in "ab":
        (texts / f"{name}.en.txt").write_text("The bridge cost 3 million dollars.")
        (texts / f"{name}.fr.txt").write_text("Le pont a coûté 3 millions de dollars.")
    given = (texts, "--output", tmp_path / "run", "--fast")
    assert run(environment, *given).returncode == PASSED
    (texts / "b.fr.txt").write_text("Le pont a coûté 3 milliards de dollars.")
    (texts / "c.en.txt").write_text("The bridge is closed.")
    (texts / "c.fr.txt").write_text("Le pont est fermé.")
    assert run(environment, *given, "--resume").returncode == PASSED
    told = json.loads((tmp_path / "run" / "summary.json").read_text())
    assert (told["articles"], told["findings"]["critical"]) == (3, 1)
    (texts / "b.en.txt").unlink()
    (texts / "b.fr.txt").unlink()
    assert run(environment, *given, "--resume").returncode == PASSED
    told = json.loads((tmp_path / "run" / "summary.json").read_text())
    assert (told["articles"], told["findings"]["critical"]) == (2, 0)
    assert sorted(p.name for p in (tmp_path / "run" / "articles").iterdir()) == ["a-1.html", "c-2.html"]


def test_ten_thousand_empty_files_are_told_one_by_one(tmp_path, environment):
    texts = tmp_path / "texts"
    texts.mkdir()
    for n in range(5000):
        (texts / f"{n}.en.txt").touch()
        (texts / f"{n}.fr.txt").touch()
    (texts / "good.en.txt").write_text("The bridge is closed.")
    (texts / "good.fr.txt").write_text("Le pont est fermé.")
    done = run(environment, texts, "--output", tmp_path / "run", "--fast")
    assert done.returncode == NOT_JUDGED
    assert "Traceback" not in done.stderr
    assert len(done.stdout) + len(done.stderr) < 10_000  # named in the tables, not on the screen
    told = json.loads((tmp_path / "run" / "summary.json").read_text())
    assert (told["articles"], told["judged"], told["unread"]) == (5001, 1, 5000)
    assert all("is empty" in item["reason"] for item in told["first_unread"])
    report = json.loads((tmp_path / "run" / "mtqc-report.json").read_text())
    assert len(report["unread"]) == 5000


def test_names_that_are_odd(tmp_path, environment):
    """Spaces, quotes, accents in NFC on one side and in NFD on the other, line feeds, bytes that are no UTF-8."""
    english, french = tmp_path / "en", tmp_path / "fr"
    english.mkdir()
    french.mkdir()
    names = ["with space", "l'été", "new\nline", "percent %41 & <b>", "a" * 200]
    for name in names:
        (english / f"{unicodedata.normalize('NFC', name)}.txt").write_text("The bridge cost 3 million dollars.")
        text = "Le pont a coûté 3 milliards de dollars."
        (french / f"{unicodedata.normalize('NFD', name)}.txt").write_text(text)
    for folder, text in ((english, "The bridge is closed."), (french, "Le pont est fermé.")):
        Path(os.fsdecode(os.fsencode(folder) + b"/byte-\xe9.txt")).write_text(text)
    for arguments in ((), ("--resume",)):
        done = run(environment, english, french, "--output", tmp_path / "run", "--fast", *arguments)
        assert done.returncode == NOT_JUDGED, done.stderr
        assert "has a name that is not UTF-8" in done.stdout
        told = json.loads((tmp_path / "run" / "summary.json").read_text())
        assert (told["articles"], told["unread"], told["findings"]["critical"]) == (6, 1, 5)
        pages = sorted(p.name for p in (tmp_path / "run" / "articles").iterdir())
        assert len(pages) == 5
        assert all(name.isascii() and len(name) < 100 and "\n" not in name for name in pages)


@pytest.mark.slow
def test_a_document_of_a_hundred_thousand_sentences(tmp_path, environment):
    texts = tmp_path / "texts"
    texts.mkdir()
    english = (
        f"The town of Harlow spent {n % 900 + 2} million dollars on bridge number {n}." for n in range(SENTENCES)
    )
    units = ("milliards" if n == WRONG else "millions" for n in range(SENTENCES))
    french = (
        f"La ville de Harlow a dépensé {n % 900 + 2} {unit} de dollars pour le pont numéro {n}."
        for n, unit in enumerate(units)
    )
    (texts / "long.en.txt").write_text("\n".join(english))
    (texts / "long.fr.txt").write_text("\n".join(french))
    done = run(environment, texts, "--output", tmp_path / "run", "--fast", seconds=1800)
    assert done.returncode == PASSED, done.stderr
    told = json.loads((tmp_path / "run" / "summary.json").read_text())
    assert (told["sentences"], told["findings"]["critical"]) == (SENTENCES, 1)


def test_nothing_at_all_is_an_error_of_the_input(tmp_path, environment):
    (tmp_path / "empty").mkdir()
    done = run(environment, tmp_path / "empty", "--output", tmp_path / "run", "--fast")
    assert done.returncode == BAD_INPUT
    assert "holds no text file" in done.stderr
    assert "Traceback" not in done.stderr
