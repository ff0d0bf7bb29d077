"""What all registers of a corpus show together. Every finding is a suspicion: two renderings may both be right.

Everything is put into a temporary database on disk, so that memory does not grow with the corpus, and read back in an
order of its own: the result does not depend on the order of the articles.
"""

from __future__ import annotations

import heapq
import itertools
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Literal

from mtqc.corpus.likeness import english_key, form_key, is_compared, is_rendering, rivals
from mtqc.corpus.register import rendered, twins
from mtqc.corpus.renderings import Kind
from mtqc.model import Severity

Subject = Literal["name", "term", "sentence"]
SHOWN = 5
"""Articles of a form that are named."""
MOST = 500
"""Findings of one subject that are kept: those in the most articles."""
TERM_ARTICLES = 3
"""Articles from which a term is looked at."""
NAMES = 5000
"""Names of the register: those in the most articles."""
_SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE forms (kind TEXT, english TEXT, form TEXT, shown TEXT, french TEXT, article TEXT, number INTEGER,
  sentence INTEGER);
CREATE TABLE twins (source TEXT, target TEXT, article TEXT, sentence INTEGER, source_text TEXT, target_text TEXT);
"""
_INDEXES = """
CREATE INDEX by_english ON forms (kind, english, form, article);
CREATE INDEX by_source ON twins (source, target, article);
"""


@dataclass(frozen=True, slots=True)
class Place:
    """An article, and the first sentence of it that has the form."""

    article: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Form:
    """A French rendering: in how many articles and sentences it stands, and the first articles by their ids."""

    text: str
    articles: int
    sentences: int
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class CorpusFinding:
    """English that is rendered in two or more ways across articles; `forms`: the one of most articles first."""

    subject: Subject
    english: str
    forms: tuple[Form, ...]
    severity: Severity
    confidence: float
    message: str

    @property
    def articles(self) -> int:
        """Articles that have one of the forms, those with two counted twice."""
        return sum(f.articles for f in self.forms)


@dataclass(frozen=True, slots=True)
class NameEntry:
    """A name of the corpus and its French forms. `settled`: only one form, or forms that do not contradict."""

    english: str
    forms: tuple[Form, ...]
    settled: bool


@dataclass(frozen=True, slots=True)
class CorpusFindings:
    """Names, then terms, then sentences, each the most widespread first.

    `names`: the register of names in two articles or more, and of those in doubt. `omitted`: findings beyond MOST.
    `unlinked`: articles without word links, so that neither names nor terms of theirs were compared.
    """

    findings: tuple[CorpusFinding, ...]
    names: tuple[NameEntry, ...]
    articles: int
    omitted: int = 0
    unlinked: int = 0

    def of(self, subject: Subject) -> tuple[CorpusFinding, ...]:
        """Those of one subject."""
        return tuple(f for f in self.findings if f.subject == subject)


CONFIDENCE: dict[Subject, float] = {"name": 0.7, "term": 0.5, "sentence": 0.1}
"""Share of them that an editor would unify, as far as few findings tell: 2 of 3 on names in the half held out and 15 of
15 in the other, 4 of 6 on terms, 0 of 4 on sentences (reports/corpus-findings.md)."""
SEVERITY: dict[Subject, Severity] = {
    "name": Severity.MINOR,
    "term": Severity.NEUTRAL,
    "sentence": Severity.NEUTRAL,
}

_NAME_KINDS: tuple[Kind, ...] = ("name", "names")
_SAID: dict[Subject, str] = {
    "name": "One name, written in several ways",
    "term": "One term, translated in several ways",
    "sentence": "One sentence, translated in several ways",
}
_DOUBT: dict[Subject, str] = {
    "name": "A suspicion: decide once, in names.csv.",
    "term": "A suspicion: each may be right in its place.",
    "sentence": "A remark: each may be right in its place.",
}


def merged(registers: Iterable[tuple[str, str, str]]) -> CorpusFindings:
    """The findings, from (article id, date, register) of each article. Raises ValueError on a damaged register."""
    with closing(sqlite3.connect("")) as database:
        database.executescript(_SCHEMA)
        articles, unlinked = _filled(database, registers)
        database.executescript(_INDEXES)
        names = list(_entries(database))
        found = [_most(f) for f in (_of_names(names), _terms(database), _sentences(database))]
    omitted = sum(n for _, n in found)
    return CorpusFindings(tuple(f for kept, _ in found for f in kept), tuple(names), articles, omitted, unlinked)


def _most(findings: Iterable[CorpusFinding]) -> tuple[list[CorpusFinding], int]:
    """The MOST widespread, and how many others there are."""
    counted = itertools.count()
    kept = heapq.nsmallest(MOST, (f for f, _ in zip(findings, counted, strict=False)), key=_order)
    return kept, next(counted) - len(kept)


def _order(f: CorpusFinding) -> tuple[object, ...]:
    return -f.articles, f.english, f.message


def _filled(database: sqlite3.Connection, registers: Iterable[tuple[str, str, str]]) -> tuple[int, int]:
    articles = unlinked = 0
    for named, _, text in registers:
        article, data = _plain(named), json.loads(text)
        articles += 1
        unlinked += not data.get("linked")
        forms = [
            (r.kind, english_key(r.kind, r.english), form_key(r.kind, r.french), r.english, r.french, article, r.number,
             r.sentence)
            for r in rendered(data)
            if is_compared(r.kind, r.english) and is_rendering(r.kind, r.english, r.french)
        ]  # fmt: skip
        database.executemany("INSERT INTO forms VALUES (?, ?, ?, ?, ?, ?, ?, ?)", forms)
        database.executemany(
            "INSERT INTO twins VALUES (?, ?, ?, ?, ?, ?)",
            [
                (t.source, t.target, article, t.sentence, _plain(t.source_text), _plain(t.target_text))
                for t in twins(data)
            ],
        )
    return articles, unlinked


def _plain(text: str) -> str:
    """A lone surrogate, which no database takes, is spelled out."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


_FORMS = """
SELECT english, form, COUNT(DISTINCT article), SUM(number) FROM forms WHERE kind = ? AND english IN
  (SELECT english FROM forms WHERE kind = ? GROUP BY english HAVING COUNT(DISTINCT article) > 1)
GROUP BY english, form ORDER BY english, COUNT(DISTINCT article) DESC, SUM(number) DESC, form
"""


def _grouped(database: sqlite3.Connection, kind: Kind) -> Iterator[tuple[str, tuple[Form, ...]]]:
    """Every name or term of two articles or more, and its forms, the one of most articles first."""
    rows = database.execute(_FORMS, (kind, kind))
    for english, group in itertools.groupby(rows, key=lambda r: str(r[0])):
        yield english, tuple(_form(database, kind, row) for row in group)


def _form(database: sqlite3.Connection, kind: Kind, row: tuple[str, str, int, int]) -> Form:
    english, form, articles, number = row
    where = "FROM forms WHERE kind = ? AND english = ? AND form = ?"
    (text,) = database.execute(
        f"SELECT french {where} GROUP BY french ORDER BY SUM(number) DESC, french LIMIT 1", (kind, english, form)
    ).fetchone()
    found = database.execute(
        f"SELECT article, MIN(sentence) {where} GROUP BY article ORDER BY article LIMIT {SHOWN}", (kind, english, form)
    )
    return Form(text, articles, number, tuple(Place(a, f"s{s}") for a, s in found))


def _entries(database: sqlite3.Connection) -> Iterator[NameEntry]:
    """The names in the most articles, these first."""
    every = ((kind, english, forms) for kind in _NAME_KINDS for english, forms in _grouped(database, kind))
    most = heapq.nsmallest(NAMES, every, key=lambda e: (-sum(f.articles for f in e[2]), e[1]))
    yield from (_entry(*e) for e in most)


def _entry(kind: Kind, english: str, forms: tuple[Form, ...]) -> NameEntry:
    against = rivals(kind, english, [f.text for f in forms])
    return NameEntry(english, tuple(forms[n] for n in against) or forms, not _apart([forms[n] for n in against]))


def _apart(forms: Sequence[Form]) -> bool:
    """True where the forms stand in different articles: what differs inside one is that article's own finding."""
    return len({p.article for f in forms for p in f.places}) > 1


def _of_names(names: Sequence[NameEntry]) -> Iterator[CorpusFinding]:
    """Those in doubt; not a full name whose surname is one of them: that would say the same again."""
    doubtful = {n.english: n for n in names if not n.settled}
    for english, entry in doubtful.items():
        if " " not in english or english.split()[-1] not in doubtful:
            yield _finding("name", english, entry.forms)


def _terms(database: sqlite3.Connection) -> Iterator[CorpusFinding]:
    for english, forms in _grouped(database, "term"):
        against = [forms[n] for n in rivals("term", english, [f.text for f in forms])]
        if _apart(against) and sum(f.articles for f in against) >= TERM_ARTICLES:
            yield _finding("term", _as_written(database, english), tuple(against))


def _as_written(database: sqlite3.Connection, term: str) -> str:
    sql = "SELECT shown FROM forms WHERE kind = 'term' AND english = ? GROUP BY shown ORDER BY COUNT(*) DESC, shown"
    (text,) = database.execute(sql, (term,)).fetchone()
    return str(text)


def _sentences(database: sqlite3.Connection) -> Iterator[CorpusFinding]:
    repeated = database.execute(
        "SELECT source FROM twins GROUP BY source HAVING COUNT(DISTINCT target) > 1 AND COUNT(DISTINCT article) > 1"
        " ORDER BY source"
    )
    for (source,) in repeated:
        forms = tuple(_versions(database, source))
        (english,) = database.execute("SELECT MIN(source_text) FROM twins WHERE source = ?", (source,)).fetchone()
        yield _finding("sentence", english, forms)


def _versions(database: sqlite3.Connection, source: str) -> Iterator[Form]:
    rows = database.execute(
        "SELECT target, COUNT(DISTINCT article), COUNT(*), MIN(target_text) FROM twins WHERE source = ? GROUP BY target"
        " ORDER BY COUNT(DISTINCT article) DESC, COUNT(*) DESC, MIN(target_text)",
        (source,),
    )
    for target, articles, number, text in rows:
        found = database.execute(
            "SELECT article, MIN(sentence) FROM twins WHERE source = ? AND target = ? GROUP BY article"
            f" ORDER BY article LIMIT {SHOWN}",
            (source, target),
        )
        yield Form(text, articles, number, tuple(Place(a, f"s{s}") for a, s in found))


def _finding(subject: Subject, english: str, forms: tuple[Form, ...]) -> CorpusFinding:
    return CorpusFinding(subject, english, forms, SEVERITY[subject], CONFIDENCE[subject], _message(subject, forms))


def _message(subject: Subject, forms: tuple[Form, ...]) -> str:
    said = " · ".join(f"“{f.text}” in {_articles(f.articles)}" for f in forms)
    return f"{_SAID[subject]}: {said}. {_DOUBT[subject]}"


def _articles(number: int) -> str:
    return "1 article" if number == 1 else f"{number:,} articles"
