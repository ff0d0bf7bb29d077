"""French spacing and quotation marks, found with their places, and the habits of houses. Nothing here judges.

Facts: Lexique des règles typographiques en usage à l'Imprimerie nationale; CLDR fr. A narrow no-break space (U+202F)
and a no-break space (U+00A0) are taken as the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

SpaceState = Literal["none", "plain", "fixed"]
Family = Literal["guillemets", "curly", "straight"]
Role = Literal["open", "close"]

_PLACE = re.compile(
    r"(?P<before>(?<=[\w)\]»”\"’'%…$€£°²³])(?P<space>[ \u00a0\u202f\u2009]?)(?P<mark>[!?]+|[;:](?![)(DPp/\\:-]))"
    r"(?=[\s»”\"’')\]\u00a0\u202f]|$))"
    r"|(?P<percent>(?<=\d)(?P<space2>[ \u00a0\u202f\u2009]?)%)"
    r"|«(?P<opening>[ \u00a0\u202f\u2009]?)(?=\S)|(?<=\S)(?P<closing>[ \u00a0\u202f\u2009]?)»"
)
_NOT_PROSE = re.compile(r"https?://\S+|www\.\S+|[\w.+-]+@\S+|\b[A-Za-z]:\\\S*|&#?\w+;|(?<!\w)[#@]\w+")
_QUOTE = re.compile(r"[«»“”„\"]|(?<!['’])''(?!['’])")
_SINGLE = re.compile(
    r"(?<![\w'’\"“«])(?P<open>['‘])(?=\w)(?P<inner>[^\n\"“”«»]{2,160}?)(?<=[\w.,!?…])(?P<close>['’])(?![\w'’])"
)
_BEFORE_OPEN = frozenset(" \t\n\u00a0\u202f\u2009([{—–-/'’«“‘")
_AFTER_CLOSE = frozenset(" \t\n\u00a0\u202f\u2009)]}.,;:!?…—–-/»”")


@dataclass(frozen=True, slots=True)
class Space:
    """A place where French wants a space: [start, end) is the space that stands there, empty where there is none."""

    start: int
    end: int
    mark: str
    state: SpaceState


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation mark at [start, end)."""

    start: int
    end: int
    text: str
    family: Family
    role: Role


@dataclass(frozen=True, slots=True)
class House:
    """Typographic habits of a publisher.

    `tight`: marks that take no space before them; `plain`: ordinary spaces will do; `quotes`: families of marks that
    may serve throughout an article; `inner`: those of a quotation inside « ».
    """

    name: str
    tight: str = ""
    plain: bool = False
    quotes: frozenset[Family] = frozenset({"guillemets"})
    inner: frozenset[Family] = frozenset({"guillemets", "curly"})
    judges: bool = True

    @property
    def group(self) -> str:
        """The marks that want a space before them, « » and % apart."""
        return " ".join(m for m in ";:!?" if m not in self.tight)


_EVERY: frozenset[Family] = frozenset({"guillemets", "curly", "straight"})
HOUSES = {
    h.name: h
    for h in (
        House("imprimerie-nationale"),
        House("web", plain=True, quotes=_EVERY, inner=_EVERY),
        House("canada", tight=";!?", inner=frozenset({"curly"})),
        House("off", judges=False),
    )
}
"""By name. `imprimerie-nationale`: its Lexique; `canada`: the Office québécois de la langue française, which sets no
space before ; ! ? and “ ” inside « »; `web`: what most French sites do, which is less."""


@dataclass(frozen=True, slots=True)
class Stray:
    """A space that belongs nowhere: it is [at, after), and [start, end) is it with the word and the mark beside it."""

    start: int
    end: int
    at: int
    after: int
    where: str


_STRAY = re.compile(
    r"(?P<word>[^\W\d_][\w'’-]*)(?P<s1>[ \u00a0])(?P<mark>,(?=[ \n]|$)|\.(?=[ \n][A-ZÀ-Ý«]|\s*$))"
    r"|(?P<bracket>\()(?P<s2> )(?P<inner>\w+)"
    r"|(?<![\w'’])(?P<elided>(?:[cdjlmnst]|qu|lorsqu|puisqu|jusqu)['’])(?P<s3> )(?P<vowel>[aeiouyhéèêàâîôûœ]\w+)"
    r"|(?P<last>\w{2,})(?P<s4> )(?P<close>\))(?=[ ,.;])",
    re.IGNORECASE,
)
_WHERE = {"s1": "before a comma or a point", "s2": "after an opening bracket", "s3": "after an elision",
          "s4": "before a closing bracket"}  # fmt: skip


def stray_spaces(text: str) -> Iterator[Stray]:
    """Spaces before a comma, a point or a closing bracket, after an opening one, and after an elision."""
    if not any(m in text for m in (" ,", " .", "\u00a0,", "\u00a0.", "( ", " )", "' ", "’ ")):
        return
    for match in _STRAY.finditer(text):
        name = next(n for n in _WHERE if match[n])
        yield Stray(*match.span(), *match.span(name), _WHERE[name])


@lru_cache(maxsize=4096)
def spaces(text: str) -> tuple[Space, ...]:
    """Places before ; : ! ? % » and after «; not in addresses, hours (10:30), ratios (3:1) or emoticons."""
    if not any(mark in text for mark in ";:!?%«»"):
        return ()
    shut = [m.span() for m in _NOT_PROSE.finditer(text)]
    return tuple(s for s in _spaces(text) if not any(a <= s.start < b for a, b in shut))


def _spaces(text: str) -> Iterator[Space]:
    for match in _PLACE.finditer(text):
        if match["mark"]:
            name, mark = "space", match["mark"][0]
            if mark in ":;" and match["space"] == "" and _is_ratio(text, match.end("mark")):
                continue
        elif match["percent"]:
            name, mark = "space2", "%"
        else:
            name, mark = ("opening", "«") if match["opening"] is not None else ("closing", "»")
        yield Space(*match.span(name), mark, _state(match[name]))


def _state(space: str) -> SpaceState:
    if not space:
        return "none"
    return "plain" if space == " " else "fixed"


def _is_ratio(text: str, after: int) -> bool:
    return text[after - 2 : after - 1].isdigit() and text[after : after + 1].isdigit()


@lru_cache(maxsize=8192)
def quotes(text: str) -> tuple[Quote, ...]:
    """Double quotation marks in order. A straight one opens or closes by what stands around it."""
    return tuple(_quotes(text)) if _QUOTE.search(text) else ()


def _quotes(text: str) -> Iterator[Quote]:
    inside = False
    for match in _QUOTE.finditer(text):
        mark, start, end = match.group(), *match.span()
        if mark in "«»":
            yield Quote(start, end, mark, "guillemets", "open" if mark == "«" else "close")
        elif mark in "“”„":
            yield Quote(start, end, mark, "curly", _curly_role(text, mark, start))
        elif not _is_inch(text, start):
            role = _straight_role(text, start, end, inside)
            inside = role == "open"
            yield Quote(start, end, mark, "straight", role)


def _curly_role(text: str, mark: str, at: int) -> Role:
    """German habit apart (“ closing „), ” opens where a word follows and none goes before."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if mark == "”":
        return "open" if (not before or before.isspace()) and after.isalnum() else "close"
    return (
        "close" if mark == "“" and before and not before.isspace() and (not after or after in _AFTER_CLOSE) else "open"
    )


def _straight_role(text: str, start: int, end: int, inside: bool) -> Role:
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    opens = (not before or before in _BEFORE_OPEN) and bool(after) and after not in _AFTER_CLOSE
    closes = (not after or after in _AFTER_CLOSE) and bool(before) and before not in _BEFORE_OPEN
    if not before or not after:
        return "open" if after else "close"
    if opens == closes:
        return "close" if inside else "open"
    return "open" if opens else "close"


def _is_inch(text: str, at: int) -> bool:
    return bool(re.search(r"\d['’′] ?\d{1,2}\Z", text[max(0, at - 6) : at]))


def pairs(text: str) -> tuple[tuple[Quote, Quote], ...]:
    """Outermost pairs of quotation marks of one family; what is nested in « » is left out."""
    out: list[tuple[Quote, Quote]] = []
    opened: list[Quote] = []
    for quote in quotes(text):
        if quote.role == "open":
            opened.append(quote)
        elif opened and any(o.family == quote.family for o in opened):
            while opened[-1].family != quote.family:
                opened.pop()
            start = opened.pop()
            if not opened:
                out.append((start, quote))
    return tuple(out)


def nested(text: str) -> tuple[tuple[Quote, Quote], ...]:
    """Pairs of quotation marks inside « », innermost first. Several » that close at once may be one mark."""
    out: list[tuple[Quote, Quote]] = []
    opened: list[Quote] = []
    for quote in quotes(text):
        if quote.role == "open":
            opened.append(quote)
        elif opened and opened[-1].family == quote.family:
            start = opened.pop()
            if any(o.family == "guillemets" for o in opened):
                out.append((start, quote))
    return tuple(out)


def single_quoted(text: str) -> tuple[tuple[int, int], ...]:
    """[start, end) of what stands in single English quotation marks, ‘so’ or 'so'; apostrophes are none."""
    if "'" not in text and "‘" not in text:
        return ()
    return tuple(m.span() for m in _SINGLE.finditer(text))
