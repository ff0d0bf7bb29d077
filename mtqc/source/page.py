"""What of a parsed web page is its article: text, one block a line, and where blocks and inline elements stand in it.

trafilatura says which blocks are main text. The article runs from the headline before the first of them to the last.
What the library leaves out in between (it drops captions, short lists, some headings) is text where the page marks it
as such, and not in a box of its own; all else there (links, loose text, <aside>, <footer>, newsletters) becomes blocks
of the kind “furniture”, which later steps set apart. Where the library finds nothing, the whole page is the article.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mtqc.model import Block, BlockKind, Markup, Span
from mtqc.source.blocks import Kind, Piece, Start, pieces
from mtqc.source.main_text import main_blocks

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ALWAYS: frozenset[Kind] = frozenset({"headline", "standfirst", "caption", "cell"})
"""What trafilatura drops of articles wherever it stands."""
_BOXES = frozenset("html body main article section div form fieldset details center td th".split())
_LEAST_TITLE = 10
"""Letters of a block that the page's <title> begins with, for it to be the headline: not “News” or a site's name."""

_MOST_NESTED = 20_000_000
"""Characters of text times levels around them up to which trafilatura is asked. Each level is read again: a page of 200
levels with 16 million took it 4 s on the build machine; articles have under a million."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """The article of a page: its text, "" where there is none, and what stands where in it."""

    text: str
    blocks: tuple[Block, ...]
    markup: tuple[Markup, ...]
    warnings: tuple[str, ...] = ()


def extract(root: HtmlElement, lang: str) -> Extracted:
    """The article in `root`, whose tree it changes."""
    title = _letters(root.findtext(".//title") or "")
    body = root.find("body")
    found = pieces(root if body is None else body, lang)
    main, warnings = _main(root, found)
    if not main:
        return _composed([(p, _shown_as(p, is_text=True)) for p in found], warnings)
    first = _first(found, min(main), title)
    found[first] = found[first] if first in main else replace(found[first], kind="headline")
    kept = [*range(first, max(main) + 1), *_after(found, max(main))]
    holders = _holders(found[i] for i in main)
    shown = [(found[i], _shown_as(found[i], i in main or _is_text(found[i], holders))) for i in kept]
    return _composed(shown, _left_out([*found[: kept[0]], *found[kept[-1] + 1 :]], sum(len(p.text) for p, _ in shown)))


def _main(root: HtmlElement, found: Sequence[Piece]) -> tuple[frozenset[int], tuple[str, ...]]:
    """The blocks of main text, and why there are none where that cannot be found out."""
    if sum(len(p.text) * p.depth for p in found) > _MOST_NESTED:
        return frozenset(), ("nests too much text too deep to look for its article, and was read whole.",)
    try:
        return main_blocks(root, [p.start for p in found]), ()
    except Exception as error:  # whatever the library raises: the page can be read without it
        return frozenset(), (f"was read whole: trafilatura cannot find its article ({type(error).__name__}: {error}).",)


def _left_out(outside: Sequence[Piece], kept: int) -> tuple[str, ...]:
    """A warning where more prose is left out than read: comments and other articles, or the article itself."""
    prose = [p.text for p in outside if p.kind == "paragraph" and not p.is_link]
    if sum(map(len, prose)) <= kept:
        return ()
    first = f"{len(prose)} paragraphs were left out, the first of them “{_cut(prose[0])}”"
    return (f"holds more text outside its article than in it: {first}.",)


def _cut(text: str) -> str:
    return text if len(text) <= 60 else text[:59].rstrip() + "…"


def _first(found: Sequence[Piece], first: int, title: str) -> int:
    """The last headline before the first block of main text: an <h1>, or else a block that the title begins with."""
    before = range(first - 1, -1, -1)
    named = (i for i in before if _is_title(_letters(found[i].text), title))
    return next((i for i in before if found[i].kind == "headline"), next(named, first))


def _is_title(text: str, title: str) -> bool:
    return min(len(text), len(title)) >= _LEAST_TITLE and (title.startswith(text) or text.startswith(title))


def _letters(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())


def _after(found: Sequence[Piece], last: int) -> Iterator[int]:
    """Blocks after the last one of main text that stand directly beside it: a list may close an article."""
    box = _box(found[last].start)
    return (i for i in range(last + 1, len(found)) if not found[i].is_link and _box(found[i].start) is box)


def _box(start: Start) -> HtmlElement | None:
    """The nearest element around a block's text that groups blocks and says nothing of what they are."""
    element, is_tail = start
    around = element.iterancestors()
    return next((e for e in (around if is_tail else (element, *around)) if e.tag in _BOXES), None)


def _holders(main: Iterable[Piece]) -> set[HtmlElement | None]:
    """All elements that hold some main text."""
    holders: set[HtmlElement | None] = set()
    for piece in main:
        element, _ = piece.start
        for around in (element, *element.iterancestors()):
            if around in holders:
                break
            holders.add(around)
    return holders


def _is_text(piece: Piece, holders: Container[HtmlElement | None]) -> bool:
    """Of a block that trafilatura leaves out: what the page marks as text, and not in a box without main text."""
    if piece.is_link or piece.kind == "loose":
        return False
    return piece.kind in _ALWAYS or _box(piece.start) in holders


def _shown_as(piece: Piece, is_text: bool) -> BlockKind:
    if piece.kind == "aside" or not is_text:
        return "furniture"
    return "paragraph" if piece.kind == "loose" else piece.kind


def _composed(shown: Sequence[tuple[Piece, BlockKind]], warnings: tuple[str, ...]) -> Extracted:
    at = 0
    blocks: list[Block] = []
    markup: list[Markup] = []
    for piece, kind in shown:
        blocks.append(Block(Span(at, at + len(piece.text)), kind, piece.page_line))
        if kind != "furniture":
            markup += [Markup(m.span.shift(at), m.tag, m.page_line) for m in piece.markup]
        at += len(piece.text) + 1
    return Extracted("\n".join(piece.text for piece, _ in shown), tuple(blocks), tuple(markup), warnings)
