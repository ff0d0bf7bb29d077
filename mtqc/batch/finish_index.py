"""The index of a run folder: index.html, index-2.html and so on, straight from the state, a page at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from mtqc import scoring
from mtqc.batch.facts import Facts, Worst
from mtqc.batch.folder import SEVERITIES, RunFolder
from mtqc.batch.names import page_name
from mtqc.batch.outputs import put, unwritable
from mtqc.model import Severity
from mtqc.report import corpus_writer as writer
from mtqc.report.corpus_writer import Corpus, Entry, Look, Pages

PAGE = 100
"""Articles of a page of the index."""
UNREAD = 10
"""Articles that could not be read which the first page names; the last pages have them all."""
WORST_FIRST = ", ".join(
    (
        "state = 'unread'",
        "state = 'judged'",
        *(f"coalesce({s.label}, 0) DESC" for s in SEVERITIES),
        "coalesce(quality, 0)",
        "number",
    )
)
"""Order of the articles: as mtqc.report.standing.by_badness, but those without a page of their own come last."""
FILES = (
    "summary.json",
    "mtqc-report.json",
    "articles.parquet",
    "findings.parquet",
    "sentences.parquet",
    "sentences.jsonl",
    "mtqc.log",
)
_COLUMN = re.compile(r"\w+=")
"""How an input is read, among the paths that a run folder remembers."""
_SUMS = ("sentences", "words", "mqm_per_1000_words * words", *(s.label for s in SEVERITIES))
_OF_STATE = "SELECT count(*) FROM articles WHERE state = ?"


def write(folder: RunFolder, lang: str, facts: Facts) -> Path:
    """All pages of the index; the first one. Reads the table `leading` that the run's Gathering filled.

    Raises InputError where a page cannot be written.
    """
    articles = _one(folder, "SELECT count(*) FROM articles")
    names = [_name(n) for n in range(1, max(1, -(-articles // PAGE)) + 1)]
    corpus = _corpus(folder, facts, articles, names)
    entries = _entries(folder)
    for number, name in enumerate(names, 1):
        text = writer.render(corpus, list(islice(entries, PAGE)), Pages(number, names), lang)
        put(folder.path / name, text.encode("utf-8"), sync=number == 1)
    _remove_others(folder.path, set(names))
    return folder.path / names[0]


def _name(number: int) -> str:
    return "index.html" if number == 1 else f"index-{number}.html"


def _remove_others(path: Path, names: set[str]) -> None:
    """Pages of a time when there were more articles."""
    for old in path.glob("index-*.html"):
        if old.name not in names:
            try:
                old.unlink()
            except OSError as error:
                raise unwritable(old, error) from error


def _one(folder: RunFolder, sql: str, *values: object) -> int:
    ((found,),) = folder.query(sql, *values)
    return int(found)


def _corpus(folder: RunFolder, facts: Facts, articles: int, names: list[str]) -> Corpus:
    ((sentences, words, weighed, *counts),) = folder.query(
        f"SELECT {', '.join(f'total({s})' for s in _SUMS)} FROM articles"
    )
    unread = _one(folder, _OF_STATE, "unread")
    scored = words > 0
    points = weighed / 1000
    about = folder.about
    return Corpus(
        articles=articles,
        sentences=int(sentences),
        words=int(words),
        counts={s: int(n) for s, n in zip(SEVERITIES, counts, strict=True)},
        quality=scoring.quality(points, int(words)) if scored else None,
        mqm=scoring.per_1000_words(points, int(words)) if scored else None,
        unread=list(_unread(folder)),
        unread_count=unread,
        unread_page=names[(articles - unread) // PAGE] if unread else "",
        incomplete=_one(folder, _OF_STATE, "incomplete"),
        rules=facts.rules,
        worst=[_look(w) for w in facts.worst],
        html=facts.corpus,
        changed=facts.changed,
        inputs=[Path(name).name or name for name in about.inputs if not _COLUMN.match(name)],
        files=(*FILES, *facts.files),
        version=about.version,
        signature=about.signature,
        shard=about.shard,
    )


def _look(worst: Worst) -> Look:
    return Look(
        href=f"{worst.page}#n0-{worst.order}",  # the anchor that mtqc.report.html_writer gives it on a page of its own
        article=worst.id,
        line=worst.line,
        severity=worst.severity,
        marked=worst.marked,
        fix=worst.fix,
        message=worst.message,
        lang=worst.lang,
    )


def _unread(folder: RunFolder) -> Iterator[tuple[str, str]]:
    sql = "SELECT id, reason FROM articles WHERE state = 'unread' ORDER BY number LIMIT ?"
    for name, why in folder.query(sql, UNREAD):
        yield _text(name), _text(why)


def _entries(folder: RunFolder) -> Iterator[Entry]:
    columns = ", ".join(f"articles.{s.label}" for s in SEVERITIES)
    sql = (
        f"SELECT number, id, state, reason, quality, words, leading.severity, leading.message, {columns} "
        f"FROM articles LEFT JOIN leading USING (number) ORDER BY {WORST_FIRST}"
    )
    for row in folder.query(sql):
        yield _entry(row)


def _entry(row: tuple[Any, ...]) -> Entry:
    number, name, state, reason, quality, words, severity, message, *counts = row
    id = _text(name)
    return Entry(
        id=id,
        page="" if state == "unread" else page_name(number, id),
        state=state,
        reason=_text(reason),
        counts={s: n or 0 for s, n in zip(SEVERITIES, counts, strict=True)},
        quality=quality,
        words=words,
        leading=message or "",
        leading_severity=Severity[severity.upper()] if severity else Severity.NEUTRAL,
    )


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")
