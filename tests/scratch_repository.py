"""Twenty article pairs in a git repository: gate, baseline, a new error, SARIF, review, corrected French, a passing gate.

`make scenario` runs it in a temporary folder and says each step; tests/test_scratch_repository.py runs the same steps.
Everything is the real thing: the command line in processes of its own, the shipped model, git, and the review server
asked over HTTP as its page asks it. The articles are those of corpora/ without errors, and the same with planted ones.
"""

from __future__ import annotations

import difflib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from lxml import html

ROOT = Path(__file__).resolve().parents[1]
CLEAN = ("culture", "economy", "science")
MTQC = str(Path(sys.executable).with_name("mtqc"))
PAIRS = 20
KINDS = "name-altered,figure,month,weekday,year,currency,unit,negation,opposite,more-less,agreement,word-untranslated,non-word"
"""Planted errors that leave the sentences their order, so that the right French of each is known line by line."""
RATE = "0.15"


@dataclass
class Repository:
    """A scratch repository, and what was done in it. `right`: each article's French without errors."""

    folder: Path
    say: Callable[[str], None] = print
    right: dict[str, str] = field(default_factory=dict)

    def run(self, *command: str, code: int = 0) -> str:
        """A command in the repository, with its output; asserts its exit code."""
        env = {**os.environ, "COLUMNS": "120", "NO_COLOR": "1", "XDG_CACHE_HOME": str(self.folder.parent / "cache")}
        done = subprocess.run(
            command, check=False, cwd=self.folder, env=env, capture_output=True, text=True, timeout=300
        )
        assert done.returncode == code, (
            f"{command} exited {done.returncode}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
        )
        return done.stdout + done.stderr

    def mtqc(self, *arguments: str, code: int = 0) -> str:
        """mtqc in the repository; asserts its exit code."""
        self.say(f"$ mtqc {' '.join(arguments)}   → {code}")
        return self.run(MTQC, *arguments, code=code)

    def commit(self, message: str) -> None:
        self.run("git", "add", "--all")
        self.run("git", "commit", "--quiet", "--message", message)

    def french(self, article: str) -> Path:
        return self.folder / "articles" / f"{article}.fr.txt"

    def report(self, name: str) -> dict:
        return json.loads((self.folder / name).read_text(encoding="utf-8"))


def create(folder: Path, say: Callable[[str], None] = print) -> Repository:
    """The repository, with twenty article pairs: three as they are, seventeen with planted errors."""
    repository = Repository(folder, say)
    articles, copies = folder / "articles", folder.parent / "copies"
    articles.mkdir(parents=True)
    copies.mkdir()
    for n in range(PAIRS):
        name = CLEAN[n % len(CLEAN)]
        into, article = (articles, name) if n < len(CLEAN) else (copies, f"{name}-{n}")
        for ours, theirs in (("source.en.txt", "en.txt"), ("target.fr.txt", "fr.txt")):
            shutil.copy(ROOT / "corpora" / f"clean-{name}" / ours, into / f"{article}.{theirs}")
        repository.right[article] = read(into / f"{article}.fr.txt")
    planted = folder.parent / "planted"
    repository.mtqc("plant", str(copies), "--output", str(planted), "--rate", RATE, "--kinds", KINDS)
    for made in planted.iterdir():
        shutil.copy(made / "source.en.txt", articles / f"{made.name}.en.txt")
        shutil.copy(made / "target.fr.txt", articles / f"{made.name}.fr.txt")
    repository.run("git", "init", "--quiet")
    for key, value in (("user.name", "A desk"), ("user.email", "desk@example.org"), ("core.autocrlf", "false")):
        repository.run("git", "config", key, value)
    repository.commit("Twenty articles, translated by a machine")
    return repository


def read(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def break_something(repository: Repository, article: str) -> tuple[str, str]:
    """A new error, as a later translation might bring it: (what stood there, what stands there now)."""
    path = repository.french(article)
    text = read(path)
    figure = re.search(r"\b(\d{2,3})\b(?=[\u00a0\u202f ]%|[\u00a0\u202f ]\d{3})", text)
    assert figure, "the article has no figure to get wrong"
    wrong = str(int(figure[1]) + 30)
    path.write_bytes((text[: figure.start()] + wrong + text[figure.end() :]).encode())
    return figure[0], wrong


class Page:
    """The review page over HTTP, as its script uses it."""

    def __init__(self, address: str) -> None:
        self.home = address.split("/?", maxsplit=1)[0]
        self.client = httpx.Client(base_url=self.home, timeout=30)
        self.client.get(address.removeprefix(self.home), follow_redirects=True).raise_for_status()
        self.seen = 0

    def article(self, number: int) -> html.HtmlElement:
        answer = self.client.get(f"/article/{number}")
        answer.raise_for_status()
        page = html.fromstring(answer.text)
        self.seen = json.loads(page.get_element_by_id("data").text)["last"]
        return page

    def decide(self, number: int, do: str, **what: str) -> dict:
        """A decision; returns when the server says that it is on disk."""
        body = {"do": do, "article": number, "seen": self.seen, "query": "", **what}
        answer = self.client.post(
            "/decide", content=json.dumps(body), headers={"Content-Type": "application/json", "X-MTQC": "1", "Origin": self.home}
        )  # fmt: skip
        assert answer.status_code == 200, (answer.status_code, answer.text)
        self.seen = max(self.seen, answer.json()["event"])
        return answer.json()


def wanted(is_now: str, right: str, start: int, end: int) -> str:
    """What should stand in the place [start, end) of a line, by comparing the line with the right one."""

    def moved(at: int, last: bool) -> int:
        for tag, a0, a1, b0, _ in blocks:
            if a0 <= at < a1 or (at == a1 and (last or a1 == len(is_now))):
                return b0 + at - a0 if tag == "equal" else b0
        return len(right)

    blocks = difflib.SequenceMatcher(None, is_now, right, autojunk=False).get_opcodes()
    return right[moved(start, last=False) : moved(end, last=True)]


def gate_and_baseline(repository: Repository) -> None:
    """The gate fails; what is found is accepted; it passes; and all is committed."""
    found = repository.mtqc("gate", "articles", "--format", "json", "--output", "before.json", code=1)
    assert "Gate: FAILED (20 articles" in found
    repository.mtqc("baseline", "before.json")
    passed = repository.mtqc("gate", "before.json", "--baseline", "mtqc-baseline.json")
    assert "Gate: passed (20 articles" in passed
    repository.commit("What is wrong today is accepted")


def new_error(repository: Repository, article: str = CLEAN[0]) -> dict:
    """A new error fails the gate, alone; the difference names it. Returns the SARIF that a code host is given."""
    stood, stands = break_something(repository, article)
    repository.mtqc(
        "gate", "articles", "--baseline", "mtqc-baseline.json",
        "--format", "sarif", "--output", "new.sarif", "--format", "json", "--output", "new.json", code=1,
    )  # fmt: skip
    findings = found(repository.report("new.json"))
    assert findings
    assert {name for name, _ in findings} == {article}, "only what is new fails"
    assert any(f["target"]["text"].startswith(stands) and f["severity"] == "critical" for _, f in findings)
    repository.mtqc("diff", "before.json", "new.json", "--format", "json", "--output", "difference.json")
    assert len(repository.report("difference.json")["new"]) == len(findings)
    repository.say(f"  {article}: {stood} became {stands}; new: {', '.join(f['code'] for _, f in findings)}")
    return repository.report("new.sarif")


def found(report: dict) -> list[tuple[str, dict]]:
    """(article, finding) of everything in a JSON report."""
    return [(a["id"], f) for a in report["articles"] for part in (*a["sentences"], a) for f in part["findings"]]
