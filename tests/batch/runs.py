"""Results of real articles, judged once without a model, and run folders full of them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from mtqc.batch.finish import finish
from mtqc.batch.folder import About, RunFolder
from mtqc.batch.judging import Job, Judge, key
from mtqc.batch.model import Judged, Task
from mtqc.config import Settings
from mtqc.model import ArticlePair, ArticleReport, CorpusReport, Document
from mtqc.pipeline import check_article, corpus_report

JOB = Job(Settings(), no_model=True)
SALT = "salt"
NOT_DERIVED = {"state.sqlite", "state.sqlite-journal", "state.lock", "mtqc.log"}
NAMES = ("plain", "a/b c", "ligne\nbrisée", "e\u0301te\u0301", "x" * 300, "<b>&amp;", "\udcff.txt", "..", "")
"""Names of articles that do harm where they are taken for names of files or pieces of a page."""


def about(**changes: object) -> About:
    plain = About(
        signature=JUDGE.signature,
        salt=SALT,
        version="0.1",
        inputs=("en", "fr"),
        langs=("en", "fr"),
        shard=(1, 1),
        started="2026-11-28T08:00:00+00:00",
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


JUDGE = Judge(JOB)


def article(number: int) -> ArticlePair:
    """The article of this number; every third one has a wrong figure, every fifth a second mistake."""
    name = NAMES[number] if number < len(NAMES) else f"article {number}"
    paid = number + 2 + (number % 3 == 0)
    who = "Cuisinier" if number % 5 == 0 else "Cook"
    source = f"Tim Cook paid {number + 2} million dollars for bridge {number}.\nNobody was hurt.\n"
    target = f"Tim {who} a payé {paid} millions de dollars pour le pont {number}.\nPersonne n'a été blessé.\n"
    return ArticlePair(name, Document(source, "en", f"en/{number}.txt"), Document(target, "fr", f"fr/{number}.txt"))


@cache
def result(number: int) -> Judged:
    pair = article(number)
    return JUDGE([Task(number, key(pair, SALT), pair)])[0]


def unread(number: int, why: str = "the file is empty.") -> Judged:
    return Judged(number, "", f"article {number}", "unread", why)


def results(count: int) -> list[Judged]:
    """So many results; that of number 4 could not be read."""
    return [unread(n) if n == 4 else result(n) for n in range(count)]


def report(count: int) -> CorpusReport:
    """What `mtqc check` reports of the same articles."""
    reports: list[ArticleReport] = [check_article(article(n), JOB.settings, None) for n in range(count) if n != 4]
    whole = corpus_report(reports, JOB.settings, None)
    unreadable = ((f"article {4}", "the file is empty."),) if count > 4 else ()
    return replace(whole, unread=unreadable, version="0.1")


def full(path: Path, judged: list[Judged], **changes: object) -> None:
    """A finished run folder."""
    with RunFolder.create(path, about(**changes)) as folder:
        folder.keep(judged)
        folder.trim(folder.end)
        finish(folder)


def derived(path: Path) -> dict[str, bytes]:
    """Every file of the run that is made from its state."""
    files = (p for p in sorted(path.rglob("*")) if p.is_file() and p.name not in NOT_DERIVED)
    return {p.relative_to(path).as_posix(): p.read_bytes() for p in files}
