"""Twenty article pairs in a git repository: gate, baseline, a new error, SARIF, review, corrected French, a passing gate.

`make scenario` runs it in a temporary folder and says each step; tests/test_scratch_repository.py runs the same steps.
Everything is the real thing: the command line in processes of its own, the shipped model, git, and the review server
asked over HTTP as its page asks it. The articles are those of corpora/ without errors, and the same with planted ones.
"""

from __future__ import annotations

import difflib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import time
import zipfile
from collections import Counter
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
        self.seen = max(self.seen, answer.json()["last"])
        return answer.json()

    def download(self, name: str) -> bytes:
        answer = self.client.get(f"/export/{name}")
        answer.raise_for_status()
        return answer.content


class Right:
    """What should stand in a place of a line, known by comparing the line with the one without errors."""

    def __init__(self, now: str, right: str) -> None:
        self.lines = [(n, r) for n, r in zip(now.splitlines(), right.splitlines(), strict=True)]
        self.blocks = [
            difflib.SequenceMatcher(None, now, right, autojunk=False).get_opcodes() for now, right in self.lines
        ]

    def of(self, place: dict) -> tuple[str, str]:
        """(what stands there, what should) of a sentence of the JSON report."""
        line, start, end = place["line"] - 1, place["start"], place["end"]
        now, right = self.lines[line]
        return now[start:end], right[self._moved(line, start, first=True) : self._moved(line, end, first=False)]

    def _moved(self, line: int, at: int, first: bool) -> int:
        for tag, a0, a1, b0, b1 in self.blocks[line]:
            if a0 <= at < a1 if first else a0 < at <= a1:
                return b0 + at - a0 if tag == "equal" else b0 if first else b1
        return 0


class Reviewer:
    """`mtqc review` in a process of its own, and an editor who knows the right French.

    What is right is dismissed, a name or term everywhere at once; what is wrong is corrected, by the suggestion where
    that is enough.
    """

    def __init__(self, repository: Repository, run: str) -> None:
        self.repository = repository
        self.run = run
        self.log = repository.folder.parent / "review.log"
        self.report = repository.report(run)
        self.corrected: dict[str, dict[str, str]] = {}
        self.done: Counter[str] = Counter()
        self.settled: dict[str, str] = {}
        self.start()

    def start(self) -> None:
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [MTQC, "review", self.run, "--no-browser", "--editor", "Anna"],
                cwd=self.repository.folder, stdout=log, stderr=subprocess.STDOUT,
                env={**os.environ, "PYTHONUNBUFFERED": "1"},
            )  # fmt: skip
        for _ in range(300):
            if address := re.search(r"http://127\.0\.0\.1:\d+/\S*token=\S+", self.log.read_text(encoding="utf-8")):
                self.page = Page(address[0])
                return
            assert self.process.poll() is None, self.log.read_text(encoding="utf-8")
            time.sleep(0.1)
        raise AssertionError(self.log.read_text(encoding="utf-8"))

    def kill(self) -> None:
        """SIGKILL: no handler runs, nothing is flushed."""
        self.process.kill()
        self.process.wait()

    def article(self, number: int) -> None:
        """Every open finding of an article, from the first to the last."""
        known = self.report["articles"][number - 1]
        sentences = {s["id"]: s for s in known["sentences"]}
        right = Right(read(self.repository.french(known["id"])), self.repository.right[known["id"]])
        for row in self.page.article(number).find_class("s"):
            place = sentences[row.get("data-sentence")]["target"]
            stands, should = right.of(place) if place else ("", "")
            for note in row.find_class("note"):
                self._finding(number, known["id"], row.get("data-sentence"), note, stands, should)
        for note in self.page.article(number).xpath("//*[contains(@class, 'whole')]//*[contains(@class, 'note ')]"):
            if self._is_open(note):
                self._decide(number, "dismiss", note)

    def _finding(
        self, number: int, article: str, sentence: str, note: html.HtmlElement, stands: str, should: str
    ) -> None:
        corrected = self.corrected.setdefault(article, {})
        if not self._is_open(note):
            return
        if stands == should:
            self._decide(number, "dismiss-everywhere" if note.get("data-same") != "0" else "dismiss", note)
        elif sentence in corrected:
            self._decide(number, "accept", note)
        else:
            self._decide(number, "edit", note, sentence=sentence, text=should)
            corrected[sentence] = should
            if self._is_open(note):  # what is mended lies elsewhere than what was marked
                self._decide(number, "accept", note)

    def _is_open(self, note: html.HtmlElement) -> bool:
        return self.settled.get(note.get("data-finding"), note.get("data-status")) == "open"

    def _decide(self, number: int, do: str, note: html.HtmlElement, **what: str) -> None:
        answer = self.page.decide(number, do, finding=note.get("data-finding"), **what)
        self.done[do] += 1
        self.settled |= {key: status for key, (status, *_) in answer["findings"].items()}

    def statuses(self) -> dict[str, str]:
        """Of every finding, as the pages say."""
        pages = (self.page.article(n + 1) for n in range(len(self.report["articles"])))
        return {n.get("data-finding"): n.get("data-status") for page in pages for n in page.find_class("note")}


def review(repository: Repository) -> Reviewer:
    """All findings decided on, the server killed in the middle; the corrected French and the decisions are written."""
    reviewer = Reviewer(repository, "run.json")
    try:
        articles = len(reviewer.report["articles"])
        for number in range(1, articles // 2 + 1):
            reviewer.article(number)
        before = reviewer.statuses()
        reviewer.kill()
        reviewer.start()
        assert reviewer.statuses() == before, "what was said to be saved outlives the server"
        for number in range(articles // 2 + 1, articles + 1):
            reviewer.article(number)
        left = {finding for finding, status in reviewer.statuses().items() if status == "open"}
        assert not left, f"findings without a decision: {left}"
        archive = zipfile.ZipFile(io.BytesIO(reviewer.page.download("corrected")))
        (repository.folder / "mtqc-decisions.json").write_bytes(reviewer.page.download("decisions"))
    finally:
        reviewer.kill()
    repository.mtqc("review", "run.json", "--export", "exported")
    exported = {p.name: p.read_bytes() for p in (repository.folder / "exported" / "corrected").glob("*.fr.txt")}
    assert exported == {name: archive.read(name) for name in archive.namelist() if name.endswith(".fr.txt")}
    repository.mtqc("precision", "run.json", "--output", "precision.json")
    shares = {r["code"]: r["share"] for r in repository.report("precision.json")["rules"]}
    assert shares["ACC302"] == 1.0, "every changed number was planted"
    repository.say(f"  decisions: {dict(reviewer.done)}; findings: {len(before)}")
    expected = {n: corrections(repository, reviewer, n) for n, edits in reviewer.corrected.items() if edits}
    assert {n: archive.read(f"{n}.fr.txt") for n in expected} == expected, "only what was corrected differs"
    archive.extractall(repository.folder / "articles")
    return reviewer


def corrections(repository: Repository, reviewer: Reviewer, article: str) -> bytes:
    """The article's file as the corrections should leave it."""
    lines = read(repository.french(article)).splitlines(keepends=True)
    known = next(a for a in reviewer.report["articles"] if a["id"] == article)
    for sentence in reversed(known["sentences"]):
        text = reviewer.corrected[article].get(sentence["id"])
        if text is not None:
            at = sentence["target"]
            line = lines[at["line"] - 1]
            lines[at["line"] - 1] = line[: at["start"]] + text + line[at["end"] :]
    return "".join(lines).encode()


def passing_gate(repository: Repository) -> None:
    """The corrected French passes without the baseline, by the decisions alone."""
    passed = repository.mtqc(
        "gate", "articles", "--decisions", "mtqc-decisions.json", "--format", "json", "--output", "after.json"
    )
    assert "Gate: passed (20 articles" in passed
    repository.mtqc("diff", "run.json", "after.json", "--format", "json", "--output", "difference.json")
    difference = repository.report("difference.json")
    repository.say("  " + ", ".join(f"{len(difference[k])} {k}" for k in ("fixed", "new", "changed")))
    assert not difference["new"], "no correction brought a new finding"
    repository.commit("Corrected by the desk")


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
    repository.mtqc("check", "articles", "--format", "json", "--output", "run.json")
    repository.mtqc(
        "gate", "run.json", "--baseline", "mtqc-baseline.json",
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
