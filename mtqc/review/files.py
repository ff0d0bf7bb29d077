"""The corrected article as a file: the checked file itself with new sentences in it, where that can be had.

Of a text file, everything that nobody corrected stays byte for byte: line ends, byte order mark, encoding. Of a web
page, the page, if the new sentences can be put into it so that it reads as wanted; else its text. Tables are put
together in mtqc.review.tables; of one where that cannot be, here is the article's text.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from html.entities import codepoint2name
from pathlib import Path

from mtqc.errors import MtqcError
from mtqc.model import ArticleReport, Document, SentenceReport
from mtqc.report.phrases import ENGLISH
from mtqc.review.corrected import Corrected, corrected
from mtqc.source.again import TextsAtHand
from mtqc.source.documents import MAX_BYTES, read_bytes
from mtqc.source.encoding import decode_again, encode_like
from mtqc.source.html import SUFFIXES as PAGES
from mtqc.source.html import page_document
from mtqc.text.offsets import LineIndex

_MARKS = (b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")
_TABLES = frozenset({".tsv", ".tab", ".jsonl", ".ndjson"})


@dataclass(frozen=True, slots=True)
class File:
    """What a corrected article comes to. `suffix`: .txt or .html; `notes`: what its reader should know."""

    suffix: str
    body: bytes
    changed: int
    notes: tuple[str, ...] = ()


def corrected_file(article: ArticleReport, edits: Mapping[str, str]) -> File:
    """The article with `edits` (new wording by sentence) in it. What was used and what was not is told in the notes."""
    document = article.pair.target
    suffix = Path(document.path).suffix.lower()
    found = TextsAtHand()(replace(document, text="")) if document.path else None
    if found is None:
        return _from_memory(article, edits)
    article = placed(article, found)
    done = corrected(article, found.text, edits)
    if suffix in _TABLES:
        table = (
            f"{document.path} is a table into which the corrections cannot be put for sure: this is the text of the"
            " article’s column, a row a line."
        )
        return File(".txt", _utf8(done.text), done.changed, (*done.notes, table))
    data = read_bytes(Path(document.path), MAX_BYTES)
    if hashlib.sha256(data).hexdigest() != document.sha256:  # changed since it was looked at, a moment ago
        return _from_memory(article, edits)
    if suffix in PAGES:
        return _page(article, found, done, edits, data)
    return _text(done, found, data, ())


def placed(article: ArticleReport, found: Document) -> ArticleReport:
    """The article with its sentences where they stand in the text that was found.

    A report that was read without its texts has them laid out from its sentences: at the same place of the same line.
    """
    laid_out = article.pair.target.text
    if found.text == laid_out:
        return article
    before, lines = LineIndex(laid_out), LineIndex(found.text).lines()

    def moved(sentence: SentenceReport) -> SentenceReport:
        line, column = before.place(sentence.bead.target_start)
        start = lines[min(line, len(lines)) - 1][0] + column
        return replace(sentence, bead=replace(sentence.bead, target_start=start))

    pair = replace(article.pair, target=found)
    return replace(article, pair=pair, sentences=tuple(map(moved, article.sentences)))


def _from_memory(article: ArticleReport, edits: Mapping[str, str]) -> File:
    """The file is gone, or is another one by now."""
    document = article.pair.target
    done = corrected(article, document.text, edits)
    what = f"{document.path} is gone or has changed since it was checked" if document.path else "No file is known"
    data = _data(document)
    if data is not None:
        return _text(done, document, data, (f"{what}: the corrections stand in the text as it was then.",))
    laid_out = (
        f"{what}: the text was put together from the report’s sentences. White space between them, and lines that hold"
        " no sentence, may be missing."
    )
    return File(".txt", _utf8(done.text), done.changed, (*done.notes, laid_out))


def _data(document: Document) -> bytes | None:
    """The bytes that a document in memory was read from; None where it is not the whole of a text file."""
    if Path(document.path).suffix.lower() in PAGES | _TABLES:
        return None
    for mark in _MARKS:
        try:
            data = encode_like(document.text, mark, document.encoding)
        except (UnicodeEncodeError, LookupError):
            continue
        if hashlib.sha256(data).hexdigest() == document.sha256:
            return data
    return None


def _text(done: Corrected, document: Document, data: bytes, notes: tuple[str, ...]) -> File:
    """In the encoding of the file, where that can be."""
    notes = (*done.notes, *notes)
    try:
        if encode_like(document.text, data, document.encoding) == data:
            return File(".txt", encode_like(done.text, data, document.encoding), done.changed, notes)
        why = f"does not come out of {document.encoding} as it went in"
    except UnicodeEncodeError as error:
        lacking = sorted(set(error.object[error.start : error.end]))
        why = f"is in {document.encoding}, which has no {', '.join(map(ENGLISH.spelled, lacking))}"
    return File(
        ".txt", _utf8(done.text), done.changed, (*notes, f"{document.path} {why}: the corrected text is in UTF-8.")
    )


def _page(article: ArticleReport, document: Document, done: Corrected, edits: Mapping[str, str], data: bytes) -> File:
    """The page itself, where the new sentences can be put into it and it then reads as wanted."""
    raw = decode_again(data, document.encoding)
    for sentence in article.sentences:
        new, old = edits.get(sentence.id), sentence.bead.target_text
        if new is not None and new != old:
            raw = _in_page(raw, old, new.strip()) or raw
    try:
        is_right = page_document(raw, document.lang).text == done.text
    except MtqcError:
        is_right = False
    if is_right:
        return File(".html", encode_like(raw, data, document.encoding, "xmlcharrefreplace"), done.changed, done.notes)
    only_text = (
        f"{document.path} is a web page into which the corrections cannot be put for sure (markup inside a sentence, or"
        " the same words twice): this is the text of its article, a block a line."
    )
    return File(".txt", _utf8(done.text), done.changed, (*done.notes, only_text))


def _in_page(raw: str, old: str, new: str) -> str:
    """The page with the new wording where the old one stands, if it stands there once; "" otherwise."""
    places = list(re.finditer("".join(map(_in_markup, old)), raw)) if old else []
    if len(places) != 1:
        return ""
    return raw[: places[0].start()] + html.escape(new, quote=False) + raw[places[0].end() :]


@cache
def _in_markup(character: str) -> str:
    """A pattern for the ways in which a page can write a character."""
    if character == " ":
        return r"[ \t\r\n\f]+"
    code = ord(character)
    name = f"|&{codepoint2name[code]};" if code in codepoint2name else ""
    return f"(?:{re.escape(character)}|&#{code};|&#[xX]0*(?i:{code:x});{name})"


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "replace")
