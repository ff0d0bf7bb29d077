"""The index of a corpus: pages with every article, the worst first, each a link to its own page. Nothing is fetched.

The first page says how the whole corpus stands. There is no script: with ten thousand articles a page holds some
hundred of them, and the order is the one in which somebody without time should look at them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mtqc.model import Severity
from mtqc.report import html_writer
from mtqc.report.standing import RuleCount

RULES = 10
"""Rules that are listed by how often they found something, before the others are folded away."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An article of the index. `page`: its own, "" without one; None: not measured; `leading`: its worst finding."""

    id: str
    page: str
    state: str
    reason: str
    counts: Mapping[Severity, int]
    quality: float | None
    words: int | None
    leading: str = ""
    leading_severity: Severity = Severity.NEUTRAL


@dataclass(frozen=True, slots=True)
class Look:
    """A finding to look at first, and the page that shows it."""

    href: str
    article: str
    line: int
    severity: Severity
    marked: str
    fix: str
    message: str
    lang: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """The corpus as a whole. `quality`, `mqm`: None where no article has a score; `unread`: the first ones (id, why).

    `unread_page`: where the list of the unread begins; `html`: what only the articles together show; `files`: what
    else there is in the run folder.
    """

    articles: int
    sentences: int
    words: int
    counts: Mapping[Severity, int]
    quality: float | None
    mqm: float | None
    unread: Sequence[tuple[str, str]]
    unread_count: int
    unread_page: str
    incomplete: int
    rules: Sequence[RuleCount]
    worst: Sequence[Look]
    html: str
    changed: Sequence[str]
    inputs: Sequence[str]
    files: Sequence[str]
    version: str
    signature: str
    shard: tuple[int, int] = (1, 1)

    @property
    def complete(self) -> bool:
        """Whether all that was given was read as it stands, and judged."""
        return bool(self.articles) and not (self.unread_count or self.incomplete or self.changed)


@dataclass(frozen=True, slots=True)
class Pages:
    """Where a page stands: its number, from 1, and the names of all pages in order."""

    number: int
    names: Sequence[str]

    @property
    def around(self) -> list[int]:
        """Numbers of the pages that it links to: the first, the last, and those beside it."""
        last = len(self.names)
        return sorted({1, last, *range(max(1, self.number - 2), min(last, self.number + 2) + 1)})

    def name(self, number: int) -> str:
        """The file of that page, counted from 1."""
        return self.names[number - 1]


def render(corpus: Corpus, entries: Sequence[Entry], pages: Pages, lang: str) -> str:
    """One page of the index."""
    style = html_writer.asset("report.css") + html_writer.asset("corpus.css")
    return (
        html_writer.environment(lang)
        .get_template("corpus.html.j2")
        .render(
            corpus=corpus,
            entries=entries,
            pages=pages,
            limit=RULES,
            style=style,
            policy=html_writer.policy(style),
        )
        .lstrip()
    )
