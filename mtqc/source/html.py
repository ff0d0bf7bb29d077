"""A web page into a Document: the article's text, one block a line, with its blocks and inline elements.

lxml parses; broken markup is mended as libxml2 does it (its HTML5 tokenizer), scripts are not run, and nothing is
fetched. What of a page is its article, and what of it is text, is decided in mtqc.source.page.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

from mtqc.errors import InputError
from mtqc.model import Document
from mtqc.source.documents import MAX_BYTES, Reading, read_bytes, require_lines, require_text
from mtqc.source.encoding import Decoded, decode_any

if TYPE_CHECKING:
    from lxml.etree import _Element

SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
_LABELS = {
    **dict.fromkeys(("windows-1252", "cp1252", "iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii"), "cp1252"),
    **dict.fromkeys(("iso-8859-15", "latin9", "latin-9"), "iso8859_15"),
    "macintosh": "mac_roman",
}
"""What pages in English and French declare, as browsers read it (the WHATWG's Encoding Standard)."""
_DECLARED = re.compile(
    rb"(?:<meta\s[^>]{0,200}?charset|<\?xml\s[^>]{0,80}?encoding)\s*=\s*[\"']?\s*([\w.:-]{2,30})", re.I
)
_HEAD = 4096
"""Bytes that are searched for a declaration; the standard asks for 1,024."""
_NUL = re.compile(r"\x00|&#(?:0+|x0+);", re.IGNORECASE)


def read_page(path: Path, lang: str) -> Reading:
    """The article of the web page at `path`, in `lang`.

    Raises InputError where the file cannot be read or decoded, is nested beyond reason, or holds no text.
    """
    return page_of(read_bytes(path, MAX_BYTES), str(path), lang)


def page_of(data: bytes, name: str, lang: str) -> Reading:
    """The same of bytes that are at hand; `name` stands for the path."""
    if not data.strip():
        raise InputError(f"{name} is empty.", hint="Check that it was saved or exported.")
    return _reading(_decoded(data, name), lang, name, hashlib.sha256(data).hexdigest())


def page_document(html: str, lang: str, path: str = "") -> Document:
    """The article of a web page that is at hand as a string. Raises InputError as read_page does."""
    return _reading(Decoded(html, "utf-8"), lang, path, hashlib.sha256(html.encode()).hexdigest()).document


def _reading(decoded: Decoded, lang: str, path: str, digest: str) -> Reading:
    from mtqc.source.page import extract

    root = _parsed(decoded.text, path)
    found = extract(root, lang)
    text = found.text
    if not text.strip():
        hint = "If a script fills the page, save it from the browser as it is shown, or save its text."
        raise InputError(f"{path} holds no text outside menus and scripts.", hint=hint)
    require_text(text, path)
    require_lines(text, path)
    lines = tuple(block.page_line for block in found.blocks)
    document = Document(text, lang, path, digest, decoded.encoding, found.blocks, found.markup, lines)
    return Reading(document, (*decoded.warnings, *(f"{path or 'The page'} {w}" for w in found.warnings)))


def _parsed(text: str, path: str) -> _Element:
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = etree.fromstring(_NUL.sub(" ", text).encode("utf-8", "replace"), parser)
    except etree.ParserError:
        root = None
    except etree.XMLSyntaxError as error:
        raise InputError(f"{path} cannot be parsed as HTML: {error.msg}.", hint="Save the page again.") from None
    if any("depth" in e.message.lower() for e in parser.error_log.filter_from_fatals()):
        raise InputError(f"{path} nests its elements more than 2,000 deep.", hint="Save the page's text instead.")
    if root is None:
        raise InputError(f"{path} holds no element and no text.", hint="Save the page again.")
    return root


def _decoded(data: bytes, name: str) -> Decoded:
    """Bytes that are UTF-8 are read as such whatever the page says; else its declaration counts, then the bytes."""
    match = _DECLARED.search(data[:_HEAD])
    declared = match[1].decode("ascii").lower() if match else ""
    codec = _LABELS.get(declared)
    if codec is None:
        return decode_any(data, name)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _as_declared(data, codec, name)
    decoded = decode_any(data, name)
    if text.isascii():
        return decoded
    warning = f"{name} says that it is {declared}, but it is UTF-8 and was read as such."
    return Decoded(decoded.text, decoded.encoding, (warning, *decoded.warnings))


def _as_declared(data: bytes, codec: str, name: str) -> Decoded:
    try:
        return Decoded(data.decode(codec), codec)
    except UnicodeDecodeError:
        return decode_any(data, name)
