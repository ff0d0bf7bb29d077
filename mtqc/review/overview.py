"""The list of articles, worst first, and the page of downloads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from urllib.parse import urlencode

from mtqc.model import NotMeasured, Severity
from mtqc.report import phrases
from mtqc.review.desk import Desk, Now, worst_first
from mtqc.review.rendering import POLL, Visitor, render

LISTED = 100
"""Articles on a page of the overview."""
HEADLINE = 160
"""Characters of an article's first sentence that are shown."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What of the overview is wanted."""

    q: str = ""
    only_open: bool = False
    page: int = 1

    def query(self, page: int) -> str:
        """The address of a page of it."""
        given = {"q": self.q, "open": "1" if self.only_open else ""}
        return "?" + urlencode({**{k: v for k, v in given.items() if v}, "page": page})


@dataclass(frozen=True, slots=True)
class Line:
    """An article in the overview."""

    number: int
    name: str
    headline: str
    lang: str
    complete: bool
    quality: float | None
    open: int
    done: int
    total: int
    counts: Mapping[Severity, int]

    def matches(self, wanted: Listing) -> bool:
        """Whether it is among what is wanted."""
        found = wanted.q.casefold() in f"{self.name} {self.headline}".casefold()
        return found and bool(self.open or not wanted.only_open)


def overview(desk: Desk, wanted: Listing, visitor: Visitor) -> str:
    """All articles that match, worst first."""
    now = desk.look()
    lines = [_line(desk, now, n) for n in worst_first(now)]
    matching = [line for line in lines if line.matches(wanted)]
    pages = max(1, ceil(len(matching) / LISTED))
    page = min(wanted.page, pages)
    return render(
        "overview.html.j2",
        visitor,
        articles=matching[(page - 1) * LISTED : page * LISTED],
        upnext=next((line for line in lines if line.open), None),
        wanted=wanted,
        page=page,
        pages=pages,
        totals=now.total,
        alarms=_alarms(desk),
        lost=_lost(now, visitor),
        data={"run": desk.run, "after": now.last, "every": POLL},
    )


def _line(desk: Desk, now: Now, number: int) -> Line:
    article, tally = desk.report.articles[number], now.tallies[number]
    score = article.score
    first = next((s.bead.target_text for s in article.sentences if s.bead.target_text), "")
    headline = phrases.harmless(" ".join(first[: 2 * HEADLINE].split()))
    return Line(
        number=number,
        name=phrases.harmless(article.pair.id),
        headline=headline if len(headline) <= HEADLINE else headline[:HEADLINE] + "…",
        lang=article.pair.target.lang,
        complete=article.complete,
        quality=None if isinstance(score, NotMeasured) else score.quality,
        open=tally.open,
        done=tally.done,
        total=tally.total,
        counts=tally.counts,
    )


def _lost(now: Now, visitor: Visitor) -> str:
    """Decisions of an earlier run that reach nothing in this one; "": there are none."""
    number = len(now.state.unmatched)
    if not number:
        return ""
    return visitor.say.count(
        "%(n)s earlier decision reaches nothing in this report: its finding or sentence is gone.",
        "%(n)s earlier decisions reach nothing in this report: their findings or sentences are gone.",
        number,
    )


def _alarms(desk: Desk) -> list[tuple[str, str]]:
    """What could not be judged: nobody shall take its silence for a pass."""
    failed = [(a.pair.id, why) for a in desk.report.articles for why in a.failures]
    return [*desk.report.unread, *failed]
