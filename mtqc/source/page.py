"""What of a parsed web page is its article: text, one block a line, and where blocks and inline elements stand in it.

The article is the largest <article>, or else <main> or element marked as the article's body, that holds at least half
of the page's paragraph text; else the whole body. Scripts, hidden elements, menus and fields are left out. What stands
in the article but is no part of its text (share links, newsletters, related articles, footers) becomes blocks of the
kind “furniture”, which later steps set apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from mtqc.model import Block, BlockKind, Markup, Span

if TYPE_CHECKING:
    from lxml.etree import _Element

_LEFT_OUT = frozenset(
    """head script style noscript template iframe frame object embed applet svg math canvas audio video select option
    datalist textarea input button nav menu dialog""".split()
)
_LEFT_OUT_ROLES = frozenset("navigation search banner contentinfo dialog alertdialog menu menubar toolbar".split())
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_FURNITURE = re.compile(
    r"""(?x)(?:^|[\s_-])(?:shar(?:e|ing)|social|related|newsletters?|subscri(?:be|ption)|adverts?|advertisement|ads?
    |breadcrumbs?|comments|cookies?|paywall|recirculation|recommended|recommendations|popular|trending|sponsored|outbrain
    |taboola|read-?(?:more|also|next)|see-?also|also-?read|partage[rz]?|lire-?aussi|a-?lire|abonne(?:ment|z-vous))
    (?:$|[\s_-])"""
)
_STANDFIRST = re.compile(
    r"(?:^|[\s_-])(?:standfirst|stand-first|chapo|chapeau|deck|dek|lede|subtitle|subheadline|sous-titre|summary)(?:$|[\s_-])"
)
_KINDS: dict[str, BlockKind] = {
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

Extracted = tuple[str, tuple[Block, ...], tuple[Markup, ...]]


def extract(root: _Element, lang: str) -> Extracted:
    """Text, blocks and inline elements of the article in `root`. Text is "" where there is none."""
    survey = _survey(root)
    text = _Text(_QUOTES.get(lang, _QUOTES["en"]))
    article = survey.article(root)
    if article.tag != "body" and (headline := _headline_outside(root, article, survey)) is not None:
        _walk(headline, text, survey)
    _walk(article, text, survey)
    return text.finish()


@dataclass
class _Survey:
    """Characters of the page's text and of its paragraphs before and in each element that matters."""

    total: int = 0
    sizes: dict[_Element, int] = field(default_factory=dict)
    articles: list[tuple[int, _Element]] = field(default_factory=list)
    in_paragraphs: int = 0

    def article(self, root: _Element) -> _Element:
        """The element whose content is taken."""
        enough = [a for a in self.articles if a[0] > 0 and 2 * a[0] >= self.in_paragraphs]
        if enough:
            return max(enough, key=lambda a: (a[1].tag == "article", a[0]))[1]
        body = root.find("body")
        return root if body is None else body

    def is_furniture(self, element: _Element) -> bool:
        """By its tag or class; an element with half of the page's text is the article, whatever its class says, and
        one in running text is part of that.
        """
        if element.tag in _INLINE:
            return False
        if element.tag == "aside":
            return True
        if element.tag == "footer":
            return not any(a.tag == "blockquote" for a in element.iterancestors())
        if element not in self.sizes:
            return False
        return 2 * self.sizes[element] < self.total


def _names(element: _Element) -> str:
    return f"{element.get('class', '')} {element.get('id', '')}".lower()


def _is_left_out(element: _Element) -> bool:
    tag = element.tag
    if not isinstance(tag, str) or tag in _LEFT_OUT or element.get("role", "").lower() in _LEFT_OUT_ROLES:
        return True
    if "hidden" in element.attrib or element.get("aria-hidden", "").lower() == "true":
        return tag != "body"
    return _HIDDEN.search(element.get("style", "")) is not None and tag not in {"html", "body"}


def _is_article(element: _Element) -> bool:
    return (
        element.tag in {"article", "main"}
        or element.get("role") == "main"
        or "articleBody" in element.get("itemprop", "")
    )


def _visible(root: _Element) -> Iterator[tuple[str, _Element]]:
    """Start and end of every element that is not left out, and "tail" of those that are; without recursion."""
    from lxml import etree

    walker = etree.iterwalk(root, events=("start", "end"))
    skipped: _Element | None = None
    for event, element in walker:
        if event == "start" and element is not root and _is_left_out(element):
            walker.skip_subtree()
            skipped = element
        elif skipped is not None and element is skipped:
            skipped = None
            yield "tail", element
        else:
            yield event, element


def _survey(root: _Element) -> _Survey:
    found = _Survey()
    opened: dict[_Element, tuple[int, int]] = {}
    paragraphs = 0
    for event, element in _visible(root):
        text = element.text if event == "start" else element.tail
        if event == "start":
            paragraphs += element.tag == "p"
            if _is_article(element) or _FURNITURE.search(_names(element)):
                opened[element] = (found.total, found.in_paragraphs)
        elif event == "end":
            paragraphs -= element.tag == "p"
            if element in opened:
                total, in_paragraphs = opened.pop(element)
                found.sizes[element] = found.total - total
                if _is_article(element):
                    found.articles.append((found.in_paragraphs - in_paragraphs, element))
        size = len(text.strip()) if text else 0
        found.total += size
        found.in_paragraphs += size if paragraphs else 0
    found.sizes = {e: n for e, n in found.sizes.items() if _FURNITURE.search(_names(e))}
    return found


def _headline_outside(root: _Element, article: _Element, survey: _Survey) -> _Element | None:
    """The page's first visible <h1>, where the article has none of its own."""
    if article.find(".//h1") is not None:
        return None
    shown = (e for event, e in _visible(root) if event == "start" and e.tag == "h1")
    return next((h for h in shown if not any(survey.is_furniture(a) for a in h.iterancestors())), None)


def _walk(root: _Element, text: _Text, survey: _Survey) -> None:
    kinds: list[BlockKind] = ["paragraph"]
    for event, element in _visible(root):
        tag = str(element.tag)
        if event == "start":
            kind = (
                "furniture" if kinds[-1] == "furniture" or survey.is_furniture(element) else _kind(element, kinds[-1])
            )
            _open(text, element, tag)
            kinds.append(kind)
            text.add(element.text, kinds[-1], element)
        elif event == "end":
            kinds.pop()
            _close(text, tag)
        if event != "start" and element is not root:
            text.add(element.tail, kinds[-1], element.getparent())
    text.end_block()


def _kind(element: _Element, around: BlockKind) -> BlockKind:
    own = _KINDS.get(str(element.tag))
    if own is None and element.tag in {"p", "div", "h2"} and _STANDFIRST.search(_names(element)):
        own = "standfirst"
    if own is None or (around == "quote" and own == "item"):
        return around
    return own


def _open(text: _Text, element: _Element, tag: str) -> None:
    if tag in _INLINE:
        text.open(tag, _line(element))
    elif tag not in _TRANSPARENT:
        text.end_block()


def _close(text: _Text, tag: str) -> None:
    if tag in _INLINE:
        text.close(tag)
    elif tag not in _TRANSPARENT:
        text.end_block()


def _line(element: _Element | None) -> int:
    line = cast("int | None", element.sourceline) if element is not None else None
    return line if line is not None and line < _MOST_LINES else 0


@dataclass
class _Text:
    """The text as it grows. White space is joined as a browser shows it; a block that holds no ink is dropped."""

    quotes: tuple[str, str]
    lines: list[str] = field(default_factory=list)
    length: int = 0
    blocks: list[Block] = field(default_factory=list)
    markup: list[Markup] = field(default_factory=list)
    _current: list[str] = field(default_factory=list)
    _size: int = 0
    _spaced: bool = True
    _kind: BlockKind = "paragraph"
    _page_line: int = 0
    _opened: list[tuple[str, int, int]] = field(default_factory=list)
    _closed: list[tuple[int, int, str, int]] = field(default_factory=list)

    def add(self, raw: str | None, kind: BlockKind, element: _Element | None) -> None:
        """Running text inside `element`, part of a block of this kind where it begins one."""
        if not raw:
            return
        shown = _SPACE.sub(" ", raw)
        if self._spaced:
            shown = shown.removeprefix(" ")
        if not shown:
            return
        if not self._size:
            self._kind, self._page_line = kind, _line(element)
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
        """What was gathered becomes a line; inline elements that are still open go on in the next."""
        whole = "".join(self._current)
        shown = whole.rstrip(" ")
        if _INK.search(shown):
            still = [(start, self._size, tag, line) for tag, start, line in self._opened]
            self._add_block(shown, [*self._closed, *still])
        self._current, self._size, self._spaced, self._closed = [], 0, True, []
        self._opened = [(tag, 0, line) for tag, _, line in self._opened]

    def _add_block(self, shown: str, elements: list[tuple[int, int, str, int]]) -> None:
        start = self.length
        self.blocks.append(Block(Span(start, start + len(shown)), self._kind, self._page_line))
        found = []
        for a, b, tag, line in elements:
            inner = shown[a:b]
            stripped = inner.strip(" ")
            if stripped and self._kind != "furniture":
                at = start + a + len(inner) - len(inner.lstrip(" "))
                found.append(Markup(Span(at, at + len(stripped)), tag, line))
        self.markup += sorted(found, key=lambda m: (m.span.start, -m.span.end))
        self.lines.append(shown)
        self.length += len(shown) + 1

    def finish(self) -> Extracted:
        """The text, its blocks and inline elements."""
        self.end_block()
        return "\n".join(self.lines), tuple(self.blocks), tuple(self.markup)
