"""Which blocks of a web page are its main text: trafilatura decides.

Each block carries its number through trafilatura as a mark in front of its text, in Braille patterns: symbols, which
the library takes for punctuation and no news page holds. The blocks whose marks come out again are main text. So
nothing has to be found again by comparing texts, and lines and inline elements stay those of the page's own tree.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from mtqc.source.blocks import Start

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ZERO = 0x2801
_BASE = 255
_WIDTH = 3
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
"""What libxml2 reads and lxml does not write."""
_MARK = re.compile(f"[{chr(_ZERO)}-{chr(_ZERO + _BASE - 1)}]{{{_WIDTH}}}")


def main_blocks(root: HtmlElement, starts: Sequence[Start]) -> frozenset[int]:
    """The numbers of the blocks that are main text: none where trafilatura finds no text. Marks the tree."""
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").addHandler(logging.NullHandler())  # it says on stderr what it discards
    for number, (element, is_tail) in enumerate(starts):
        if is_tail:
            element.tail = _mark(number) + _CONTROL.sub(" ", element.tail or "")
        else:
            element.text = _mark(number) + _CONTROL.sub(" ", element.text or "")
    found = bare_extraction(root, fast=True, include_comments=False)
    text = getattr(found, "text", None) or ""
    return frozenset(n for n in map(_number, _MARK.findall(text)) if n < len(starts))


def _mark(number: int) -> str:
    return "".join(chr(_ZERO + number // _BASE**i % _BASE) for i in range(_WIDTH))


def _number(mark: str) -> int:
    return sum((ord(c) - _ZERO) * _BASE**i for i, c in enumerate(mark))
