"""`mtqc review` as a user starts it, in a process of its own."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
from acts import act

from mtqc.review.store import Store, beside, read

ROOT = Path(__file__).parent.parent.parent
COMMAND = [sys.executable, "-c", "from mtqc.cli import main; main()"]


@pytest.fixture
def run(tmp_path):
    """A run folder with the report of corpora/."""
    folder = tmp_path / "run"
    folder.mkdir()
    shutil.copy(ROOT / "reports" / "demo" / "mtqc-report.json", folder)
    return folder


def mtqc(*arguments, **settings):
    done = subprocess.run(
        [*COMMAND, *map(str, arguments)], cwd=ROOT, capture_output=True, text=True, check=False, timeout=90, **settings
    )
    assert "Traceback" not in done.stderr
    return done


class Page:
    """A server that runs, and a browser before it."""

    def __init__(self, run, *options, **environment) -> None:
        self.process = subprocess.Popen(
            [*COMMAND, "review", str(run), *options],
            cwd=ROOT, env={**os.environ, **environment}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.address = self.process.stdout.readline().strip()
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/\?token=[\w-]{43}", self.address), self.process.stderr.read()
        self.said = self.process.stdout.readline()
        self.home, self.query = self.address.split("/?")
        self.client = httpx.Client(base_url=self.home, follow_redirects=True, timeout=30)
        assert self.client.get(f"/?{self.query}").status_code == 200

    @property
    def port(self):
        return int(self.home.rsplit(":", 1)[1])

    def decide(self, finding, do="dismiss", seen=0):
        body = {"do": do, "finding": finding, "article": int(finding.split("-")[0]) + 1, "seen": seen}
        answer = self.client.post("/decide", json=body, headers={"X-MTQC": "1", "Origin": self.home})
        assert answer.status_code == 200, answer.text
        return answer.json()

    def stop(self, how=signal.SIGINT):
        self.process.send_signal(how)
        out, err = self.process.communicate(timeout=30)
        return self.process.returncode, out, err


@pytest.fixture
def started():
    """Starts pages, and ends them."""
    pages = []

    def start(*arguments, **environment):
        pages.append(Page(*arguments, **environment))
        return pages[-1]

    yield start
    for page in pages:
        if page.process.poll() is None:
            page.stop(signal.SIGKILL)


def test_a_decision_lies_beside_the_run(run, started):
    page = started(run, "--no-browser", "--editor", "Anna")
    assert page.decide("0-1")["findings"]["0-1"][3] == "Dismissed · Anna"
    [event] = read(run / "mtqc-review.sqlite")
    assert (event.action, event.editor) == ("dismiss", "Anna")
    code, out, err = page.stop()
    assert (code, err) == (0, "")
    assert page.said == f"Decisions are in {run / 'mtqc-review.sqlite'} at once. Ctrl-C ends the page.\n"
    assert out == "\nThe page is closed.\n"
    assert sorted(p.name for p in run.iterdir()) == ["mtqc-report.json", "mtqc-review.sqlite"]  # and no log left over


def test_it_goes_on_after_kill_9_at_the_same_address(run, started):
    page = started(run, "--no-browser")
    page.decide("0-1")
    page.stop(signal.SIGKILL)
    again = started(run, "--no-browser")
    assert again.port == page.port
    assert again.query != page.query
    assert again.client.get("/article/1/state").json()["findings"]["0-1"][0] == "dismissed"


def test_two_servers_on_one_run(run, started):
    one, two = started(run, "--no-browser", "--editor", "Anna"), started(run, "--no-browser", "--editor", "Bruno")
    assert one.port != two.port
    one.decide("0-1")
    assert two.client.get("/article/1/state").json()["findings"]["0-1"][3] == "Dismissed · Anna"


def test_the_browser_is_opened_at_the_address(run, started, tmp_path):
    opened = tmp_path / "opened"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {opened}\n')
    browser.chmod(0o755)
    page = started(run, BROWSER=f"{browser} %s")
    for _ in range(100):
        with suppress(OSError):
            if address := opened.read_text().strip():
                break
        time.sleep(0.05)
    assert address == page.address


def test_in_french_by_an_editor_with_an_odd_name(run, started):
    page = started(run, "--no-browser", "--lang", "fr", "--editor", "Zoé \u202e" + "x" * 100)
    assert '<html lang="fr">' in page.client.get("/").text
    page.decide("0-1")
    [event] = read(beside(run))
    assert event.editor == ("Zoé \ufffd" + "x" * 100)[:60]


def test_a_report_that_was_renewed(run, started):
    page = started(run, "--no-browser")
    page.decide("0-1")
    page.decide("0-2", "accept", 1)
    page.stop()
    path = run / "mtqc-report.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    gone = data["articles"][0]["sentences"][0]["findings"].pop(0)
    path.write_text(json.dumps(data), encoding="utf-8")
    again = started(run, "--no-browser")
    assert again.client.get("/article/1").status_code == 200
    _, _, err = again.stop()
    assert "the report is another one than when it was last reviewed" in err
    assert "1 of 2 decisions are about something that it holds; 1 are about nothing in it (1 dismissed)" in err
    assert {e.fingerprint for e in read(beside(run))} >= {gone["fingerprint"]}
    third = started(run, "--no-browser")
    assert "another one" not in third.stop()[2]


def test_a_port_that_is_taken(run):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = mtqc("review", run, "--no-browser", "--port", taken.getsockname()[1])
    assert done.returncode == 2
    assert re.search(r"^mtqc: error: Port \d+ cannot be had .*\.\n  Leave --port out", done.stderr)


def test_files_without_a_page(run, tmp_path):
    with_no_decision = mtqc("review", run, "--export", tmp_path / "none")
    assert "nobody decided on anything" in with_no_decision.stderr
    assert not beside(run).exists()
    store = Store(beside(run))
    page = json.loads((run / "mtqc-report.json").read_text(encoding="utf-8"))["articles"][0]
    finding = page["sentences"][0]["findings"][0]

    store.append(act("dismiss", article=page["id"], fingerprint=finding["fingerprint"], code=finding["code"]), 0)
    done = mtqc("review", run, "--export", tmp_path / "out")
    assert (done.returncode, done.stderr) == (0, "")
    written = json.loads((tmp_path / "out" / "mtqc-decisions.json").read_text(encoding="utf-8"))
    assert [(e["decision"], e["fingerprint"]) for e in written["entries"]] == [("dismissed", finding["fingerprint"])]
    assert {Path(line).name for line in done.stdout.splitlines()} >= {"mtqc-decisions.json", "mtqc-pairs.tmx"}
    one = mtqc("review", run, "--export", tmp_path / "one", "--format", "decisions")
    assert one.stdout == f"{tmp_path / 'one' / 'mtqc-decisions.json'}\n"


SENTENCES = {
    "a format without a folder": (["--format", "tmx"], "--format without --export"),
    "no such format": (["--export", "x", "--format", "pdf"], "--format pdf: no such kind of file. Known: corrected"),
    "no such language": (["--lang", "de"], "--lang de"),
}


@pytest.mark.parametrize(("options", "said"), SENTENCES.values(), ids=SENTENCES)
def test_wrong_options(run, options, said):
    done = mtqc("review", run, "--no-browser", *options)
    assert done.returncode == 2
    assert said in " ".join(done.stderr.split())


def test_no_run(tmp_path):
    done = mtqc("review", tmp_path)
    assert done.returncode == 2
    assert "no such report" in done.stderr


@pytest.mark.parametrize("options", [["--no-browser"], ["--export", "out"]])
def test_decisions_that_are_damaged(run, options):
    beside(run).write_bytes(b"no database " * 100)
    done = mtqc("review", run, *options)
    assert done.returncode == 2
    assert "not a file of decisions" in done.stderr
    assert "Move it away" in done.stderr
