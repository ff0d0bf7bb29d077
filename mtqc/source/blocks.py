"""The visible blocks of a parsed web page, whatever of it is the article: text, kind, line, inline elements.

Scripts, hidden elements, menus and fields are left out; white space is joined as a browser shows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, cast

from mtqc.model import BlockKind, Markup, Span

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LEFT_OUT = frozenset(
    """head script style noscript template iframe frame object embed applet svg math canvas audio video select option
    datalist textarea input button nav menu dialog""".split()
)
_LEFT_OUT_ROLES = frozenset("navigation search banner contentinfo dialog alertdialog menu menubar toolbar".split())
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CLASSES = re.compile(
    r"""(?x)(?:^|[\s_-])(?:
    (?P<standfirst>standfirst|stand-first|chapo|chapeau|deck|dek|lede|subtitle|subheadline|sous-titre|summary)
    |(?P<caption>caption|legende))(?:$|[\s_-])"""
)
"""Words in an element's class that say what it holds."""
Kind = BlockKind | Literal["loose", "aside"]
"""`loose`: text in none of the elements that say what it is. `aside`: inside <aside> or <footer>."""
_KINDS: dict[str, Kind] = {
    "h1": "headline",
    **dict.fromkeys(("h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("li", "dt", "dd", "summary"), "item"),
    **dict.fromkeys(("figcaption", "caption"), "caption"),
    "blockquote": "quote",
    **dict.fromkeys(("td", "th"), "cell"),
}
_INLINE = frozenset(
    "a em strong b i u mark cite span q s small abbr code sub sup del ins dfn time kbd var samp".split()
)
_TRANSPARENT = frozenset("font bdi bdo label ruby rb data wbr big tt nobr acronym output picture".split())
_QUOTES = {"en": ("“", "”"), "fr": ("«\u00a0", "\u00a0»")}
_SPACE = re.compile(r"[ \t\n\r\f]+")
_INK = re.compile(r"[^\s\u00ad\u200b-\u200f\u2060\ufeff]")
_MOST_LINES = 65535
"""Up to here libxml2 counts a page's lines."""
Start = tuple["HtmlElement", bool]
"""Where a block's text begins: an element, and whether with its tail instead of its own text."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A block of the page; its inline elements count from its own start. `is_link`: nothing but links. `depth`: how
    many elements are around it.
    """

    text: str
    kind: Kind
    page_line: int
    start: Start
    markup: tuple[Markup, ...]
    is_link: bool
    depth: int


def _is_left_out(element: HtmlElement) -> bool:
    tag = element.tag
    if not isinstance(tag, str) or tag in _LEFT_OUT or element.get("role", "").lower() in _LEFT_OUT_ROLES:
        return True
    if "hidden" in element.attrib or element.get("aria-hidden", "").lower() == "true":
        return tag != "body"
    return _HIDDEN.search(element.get("style", "")) is not None and tag not in {"html", "body"}


def _visible(root: HtmlElement) -> Iterator[tuple[str, HtmlElement]]:
    """Start and end of every element that is not left out, and "tail" of those that are; without recursion."""
    from lxml import etree

    walker = etree.iterwalk(root, events=("start", "end"))
    skipped: HtmlElement | None = None
    for event, element in walker:
        if event == "start" and element is not root and _is_left_out(element):
            walker.skip_subtree()
            skipped = element
        elif skipped is not None and element is skipped:
            skipped = None
            yield "tail", element
        else:
            yield event, element


def pieces(root: HtmlElement, lang: str) -> list[Piece]:
    """All blocks of the page that show something, in its order; quotation marks of <q> are those of `lang`."""
    text = _Text(_QUOTES.get(lang, _QUOTES["en"]))
    kinds: list[Kind] = ["loose"]
    for event, element in _visible(root):
        tag = str(element.tag)
        if event == "start":
            kinds.append(_kind(element, kinds[-1]))
            _open(text, element, tag)
            text.add(element.text, kinds[-1], (element, False), len(kinds))
        elif event == "end":
            kinds.pop()
            _close(text, tag)
        if event != "start" and element is not root:
            text.add(element.tail, kinds[-1], (element, True), len(kinds))
    text.end_block()
    return text.pieces


def _kind(element: HtmlElement, around: Kind) -> Kind:
    tag = str(element.tag)
    if around == "aside" or tag == "aside" or (tag == "footer" and around != "quote"):
        return "aside"
    own = _KINDS.get(tag)
    if own is None and tag in {"p", "div"} and (said := _CLASSES.search(_names(element))):
        own = cast("Kind", said.lastgroup)
    if own is None and tag == "p" and around == "loose":
        own = "paragraph"
    return around if own is None or (around == "quote" and own == "item") else own


def _names(element: HtmlElement) -> str:
    return f"{element.get('class', '')} {element.get('id', '')}".lower()


def _open(text: _Text, element: HtmlElement, tag: str) -> None:
    if tag in _INLINE:
        text.open(tag, _line(element))
    elif tag not in _TRANSPARENT:
        text.end_block()


def _close(text: _Text, tag: str) -> None:
    if tag in _INLINE:
        text.close(tag)
    elif tag not in _TRANSPARENT:
        text.end_block()


def _line(element: HtmlElement | None) -> int:
    line = cast("int | None", element.sourceline) if element is not None else None
    return line if line is not None and line < _MOST_LINES else 0


_Begun = tuple[Kind, Start, int]


@dataclass
class _Text:
    """The text as it grows. White space is joined as a browser shows it; a block that holds no ink is dropped."""

    quotes: tuple[str, str]
    pieces: list[Piece] = field(default_factory=list)
    _current: list[str] = field(default_factory=list)
    _size: int = 0
    _spaced: bool = True
    _begun: _Begun | None = None
    _opened: list[tuple[str, int, int]] = field(default_factory=list)
    _closed: list[tuple[int, int, str, int]] = field(default_factory=list)

    def add(self, raw: str | None, kind: Kind, start: Start, depth: int) -> None:
        """Running text that begins at `start`, part of a block of this kind where it begins one."""
        if not raw:
            return
        shown = _SPACE.sub(" ", raw)
        if self._spaced:
            shown = shown.removeprefix(" ")
        if not shown:
            return
        if self._begun is None:
            self._begun = kind, start, depth
        self._append(shown)

    def _append(self, shown: str) -> None:
        self._current.append(shown)
        self._size += len(shown)
        self._spaced = shown.endswith(" ")

    def open(self, tag: str, line: int) -> None:
        """An inline element begins."""
        if tag == "q":
            self._append(self.quotes[0])
        self._opened.append((tag, self._size, line))

    def close(self, tag: str) -> None:
        """An inline element ends; what was opened inside it ends with it."""
        while self._opened:
            name, start, line = self._opened.pop()
            self._closed.append((start, self._size, name, line))
            if name == tag:
                break
        if tag == "q":
            self._append(self.quotes[1])

    def end_block(self) -> None:
        """What was gathered becomes a block; inline elements that are still open go on in the next."""
        shown = "".join(self._current).rstrip(" ")
        if self._begun is not None and _INK.search(shown):
            still = [(start, self._size, tag, line) for tag, start, line in self._opened]
            self._add_piece(shown, self._begun, [*self._closed, *still])
        self._current, self._size, self._spaced, self._begun, self._closed = [], 0, True, None, []
        self._opened = [(tag, 0, line) for tag, _, line in self._opened]

    def _add_piece(self, shown: str, begun: tuple[Kind, Start, int], elements: list[tuple[int, int, str, int]]) -> None:
        found = []
        for a, b, tag, line in elements:
            inner = shown[a:b]
            stripped = inner.strip(" ")
            if stripped:
                at = a + len(inner) - len(inner.lstrip(" "))
                found.append(Markup(Span(at, at + len(stripped)), tag, line))
        markup = tuple(sorted(found, key=lambda m: (m.span.start, -m.span.end)))
        kind, start, depth = begun
        element, is_tail = start
        line = _line(element.getparent() if is_tail else element)
        self.pieces.append(Piece(shown, kind, line, start, markup, _is_link(shown, markup), depth))


def _is_link(text: str, markup: Sequence[Markup]) -> bool:
    outside = list(text)
    for m in markup:
        if m.tag == "a":
            outside[m.span.start : m.span.end] = " " * len(m.span)
    return not any(c.isalnum() for c in outside)
