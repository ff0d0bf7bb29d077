"""From the state of a run to everything that people and programs read: one pass over the results, in order.

Whatever is in the folder by then is replaced where it differs, so that this can be done again at any time, and nothing
that is written, but the log, depends on how often the run was interrupted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any

from mtqc.batch import finish_index
from mtqc.batch.across import across
from mtqc.batch.facts import Facts
from mtqc.batch.finish_index import WORST_FIRST
from mtqc.batch.folder import SEVERITIES, RunFolder
from mtqc.batch.gathering import Gathering
from mtqc.batch.model import Judged, Tally
from mtqc.batch.names import number_of, page_name
from mtqc.batch.outputs import Report, Table, put, rows_of, settle, text_of, unwritable, whole
from mtqc.model import Severity
from mtqc.report import records
from mtqc.report.json_reader import NAME as REPORT
from mtqc.report.json_writer import dumps
from mtqc.scoring import per_1000_words, quality
from mtqc.tables import RowsOf

FINDINGS, SENTENCES, ARTICLES = "findings.parquet", "sentences.parquet", "articles.parquet"
LINES, SUMMARY, LOG, INDEX, PAGES = "sentences.jsonl", "summary.json", "mtqc.log", "index.html", "articles"
CHANGED = "changed"
"""The state remembers `changed` under this name."""
SHOWN = 10
"""Articles that the summary names: the worst, and of those that could not be judged the first."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What came of a run. `unread` and `incomplete` articles are counted, the first of them named, with reasons.

    `points`: MQM penalty points of all articles; `worst`: id, tally and page; `changed`: files that are not what
    was read.
    """

    index: Path
    articles: int
    sentences: int
    words: int
    points: float
    findings: Mapping[Severity, int]
    unread: int
    incomplete: int
    first_unread: tuple[tuple[str, str], ...] = ()
    first_incomplete: tuple[tuple[str, str], ...] = ()
    worst: tuple[tuple[str, Tally, str], ...] = ()
    changed: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """True where every article was read and judged, as it is now."""
        return bool(self.articles) and not (self.unread or self.incomplete or self.changed)

    @property
    def quality(self) -> float | None:
        """Of all articles as one text; None without words."""
        return quality(self.points, self.words) if self.words else None

    @property
    def mqm_per_1000_words(self) -> float | None:
        """The same."""
        return per_1000_words(self.points, self.words) if self.words else None


def finish(folder: RunFolder, changed: Sequence[str] = (), lang: str = "en") -> Summary:
    """Write everything, in constant memory. `changed`: files that are not what was read; `lang`: of the index.

    Raises InputError where something cannot be written; the state, and what was there before, stay as they were.
    """
    folder.remember(CHANGED, list(changed))
    summary = counted(folder, changed)
    gathering = Gathering(folder)
    with ExitStack() as stack:
        outputs = _Outputs(folder, stack)
        for judged in folder.judged("article", "lines", "findings", "sentences", "row", "page"):
            outputs.add(judged, gathering)
        outputs.close(summary)
    _remove_strangers(folder)
    together = across(folder, lang)
    facts = replace(gathering.facts(changed), corpus=together.html, files=together.files)
    finish_index.write(folder, lang, facts)
    if outputs.wrote:
        settle()
    told = {**_told(folder, summary, facts), "corpus": dict(together.told)}
    put(folder.path / SUMMARY, (dumps(told, indent=1) + "\n").encode())
    folder.note(datetime.now(tz=UTC).isoformat(timespec="seconds"), "written: tables, report, pages and index")
    _write_log(folder)
    return summary


class _Outputs:
    """The files that grow with the corpus, all open at once; they become visible when `stack` ends well."""

    def __init__(self, folder: RunFolder, stack: ExitStack) -> None:
        self._folder = folder
        self.wrote = False
        """Whether a page was not what it should be."""
        path, about = folder.path, folder.about
        origin = {"mtqc.version": about.version, "mtqc.signature": about.signature}

        def table(name: str, rows: RowsOf) -> Table:
            return stack.enter_context(closing(Table(stack.enter_context(whole(path / name)), rows, origin)))

        self._findings = table(FINDINGS, "findings")
        self._sentences = table(SENTENCES, "sentences")
        self._articles = table(ARTICLES, "articles")
        self._lines = stack.enter_context(whole(path / LINES))
        self._report = Report(stack.enter_context(whole(path / REPORT)), about.version, about.signature)

    def add(self, judged: Judged, gathering: Gathering) -> None:
        """The next article's parts, each where it belongs."""
        if judged.state == "unread":
            self._articles.add([records.unchecked(judged.id, judged.reason)])
            return
        article, lines, page = (text_of(self._folder.path, judged, p) for p in ("article", "lines", "page"))
        found, sentences, row = (
            rows_of(text_of(self._folder.path, judged, p)) for p in ("findings", "sentences", "row")
        )
        self._findings.add(found)
        self._sentences.add(sentences)
        self._articles.add(row)
        self._lines.write(lines.encode())
        self._report.add(article)
        self.wrote |= put(self._folder.path / page_name(judged.number, judged.id), page.encode(), sync=False)
        gathering.add(judged, found)

    def close(self, summary: Summary) -> None:
        """The ends of the files that have one."""
        changed = ((path, "It changed while it was being read.") for path in summary.changed)
        self._report.close(chain(_reasons(self._folder, "unread"), changed), _as_report(summary))


def counted(folder: RunFolder, changed: Sequence[str] = ()) -> Summary:
    """The run's figures, from the state alone. Raises InputError where that is damaged."""
    sums = ", ".join(f"total({s.label})" for s in SEVERITIES)
    ((sentences, words, points, *counts),) = folder.query(
        f"SELECT total(sentences), total(words), total(mqm_per_1000_words * words) / 1000, {sums} FROM articles"
    )
    states = dict(folder.query("SELECT state, count(*) FROM articles GROUP BY state"))
    return Summary(
        index=folder.path / INDEX,
        articles=sum(states.values()),
        sentences=int(sentences),
        words=int(words),
        points=float(points),
        findings={s: int(n) for s, n in zip(SEVERITIES, counts, strict=True)},
        unread=states.get("unread", 0),
        incomplete=states.get("incomplete", 0),
        first_unread=tuple(_reasons(folder, "unread", SHOWN)),
        first_incomplete=tuple(_reasons(folder, "incomplete", SHOWN)),
        worst=tuple(_worst(folder)),
        changed=tuple(changed),
    )


def _reasons(folder: RunFolder, state: str, most: int = -1) -> Iterator[tuple[str, str]]:
    sql = "SELECT id, reason FROM articles WHERE state = ? ORDER BY number LIMIT ?"
    for name, why in folder.query(sql, state, most):
        yield name.decode("utf-8", "surrogatepass"), why.decode("utf-8", "surrogatepass")


def _worst(folder: RunFolder) -> Iterator[tuple[str, Tally, str]]:
    some = " + ".join(s.label for s in SEVERITIES if s > Severity.NEUTRAL)
    columns = f"number, id, sentences, words, quality, mqm_per_1000_words, {', '.join(s.label for s in SEVERITIES)}"
    sql = f"SELECT {columns} FROM articles WHERE state != 'unread' AND {some} > 0 ORDER BY {WORST_FIRST} LIMIT ?"
    for number, raw, sentences, words, own, mqm, *counts in folder.query(sql, SHOWN):
        name = raw.decode("utf-8", "surrogatepass")
        found = {s: n for s, n in zip(SEVERITIES, counts, strict=True) if n}
        yield name, Tally(sentences, words, found, own, mqm), page_name(number, name)


def _as_report(summary: Summary) -> dict[str, Any]:
    """`summary` of the JSON report, version 1."""
    read = summary.articles - summary.unread
    return {
        "articles": read,
        "sentences": summary.sentences,
        "findings": {s.label: n for s, n in summary.findings.items()},
        "complete": bool(read) and summary.complete,
        "suppressed": 0,
        "gate": {"verdict": "not run", "reasons": [], "notes": []},
    }


def _told(folder: RunFolder, summary: Summary, facts: Facts) -> dict[str, Any]:
    """summary.json."""
    return {
        "schema": "mtqc-run-summary/1",
        "tool": {"name": "mtqc", "version": folder.about.version, "signature": folder.about.signature},
        "inputs": list(folder.about.inputs),
        "articles": summary.articles,
        "judged": summary.articles - summary.unread - summary.incomplete,
        "incomplete": summary.incomplete,
        "unread": summary.unread,
        "complete": summary.complete,
        "sentences": summary.sentences,
        "words": summary.words,
        "findings": {s.label: n for s, n in summary.findings.items()},
        "quality": _rounded(summary.quality),
        "mqm_per_1000_words": _rounded(summary.mqm_per_1000_words),
        "rules": [
            {"code": r.code, "name": r.name, "findings": r.number, "severity": r.severity.label} for r in facts.rules
        ],
        "worst_articles": [
            {"id": name, "page": page, "quality": _rounded(tally.quality), **_labelled(tally)}
            for name, tally, page in summary.worst
        ],
        "first_unread": [{"id": name, "reason": why} for name, why in summary.first_unread],
        "first_incomplete": [{"id": name, "reason": why} for name, why in summary.first_incomplete],
        "changed_during_the_run": list(summary.changed),
    }


def _labelled(tally: Tally) -> dict[str, int]:
    return {s.label: tally.findings.get(s, 0) for s in SEVERITIES}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def _remove_strangers(folder: RunFolder) -> None:
    """Pages of articles that are no longer in the run, or bear another name now."""
    pages = folder.path / PAGES
    try:
        for path in pages.iterdir() if pages.exists() else ():
            if not _is_wanted(folder, path.name):
                path.unlink()
    except OSError as error:
        raise unwritable(pages, error) from error


def _is_wanted(folder: RunFolder, name: str) -> bool:
    number = number_of(name)
    wanted = folder.query("SELECT id FROM articles WHERE number = ? AND state != 'unread'", number)
    return any(f"{PAGES}/{name}" == page_name(number, raw.decode("utf-8", "surrogatepass")) for (raw,) in wanted)


def _write_log(folder: RunFolder) -> None:
    """What happened, line by line, then every article that could not be judged."""
    with whole(folder.path / LOG) as file:
        for at, text in folder.notes():
            file.write(f"{at} {text}\n".encode())
        for state in ("unread", "incomplete"):
            for name, why in _reasons(folder, state):
                file.write(f"{state}: {name}: {why}\n".replace("\r", " ").encode("utf-8", "backslashreplace"))
