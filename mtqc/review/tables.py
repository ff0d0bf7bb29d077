"""A table of pairs (TSV, JSON Lines) with corrected sentences in it; all other bytes stay.

A new sentence takes the place of the old one in its row. The result is read again as any table is, and given out only
where every article then reads as wanted and nothing else has changed.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from mtqc.errors import MtqcError
from mtqc.model import ArticleReport, Document
from mtqc.review.corrected import corrected
from mtqc.review.files import File, placed
from mtqc.source import articles, rows
from mtqc.source.again import TextsAtHand
from mtqc.source.documents import read_bytes
from mtqc.source.encoding import decode_again, encode_like
from mtqc.source.folders import Langs
from mtqc.source.jsonl import read_json_lines
from mtqc.source.tsv import read_tsv
from mtqc.text.offsets import LineIndex

READERS = {
    **dict.fromkeys((".tsv", ".tab"), read_tsv),
    **dict.fromkeys((".jsonl", ".ndjson"), read_json_lines),
}
Edited = tuple[ArticleReport, Mapping[str, str]]
Texts = dict[str, tuple[str, str]]
"""Both sides of each article of a table."""


def is_table(path: str) -> bool:
    """By the ending of its name."""
    return Path(path).suffix.lower() in READERS


def corrected_table(path: Path, edited: Sequence[Edited]) -> File | None:
    """The table with the corrections of these articles, all of them its own; None where that cannot be for sure."""
    texts = TextsAtHand()
    langs = edited[0][0].pair.source.lang, edited[0][0].pair.target.lang
    try:
        data = read_bytes(path)
        before = _texts(path, langs)
        wanted, changed, encoding = dict(before), 0, "utf-8"
        lines: list[str] = []
        for article, edits in edited:
            found = texts(replace(article.pair.target, text=""))
            if found is None or before.get(article.pair.id, ("", ""))[1] != found.text:
                return None
            done = corrected(placed(article, found), found.text, edits)
            if done.notes:
                return None
            encoding = found.encoding
            lines = lines or decode_again(data, encoding).split("\n")
            if not _put_in(lines, placed(article, found), found, edits, is_json="json" in path.suffix.lower()):
                return None
            changed += done.changed
            wanted[article.pair.id] = before[article.pair.id][0], done.text
        body = encode_like("\n".join(lines), data, encoding)
    except (MtqcError, UnicodeError):
        return None
    return File(path.suffix, body, changed) if _reads_as(body, path.suffix, langs, wanted) else None


def _put_in(
    lines: list[str], article: ArticleReport, document: Document, edits: Mapping[str, str], *, is_json: bool
) -> bool:
    """Each new sentence into the row of the old one. False where that does not stand there just once."""
    index = LineIndex(document.text)
    for sentence in article.sentences:
        old, new = sentence.bead.target_text, edits.get(sentence.id)
        if new is None:
            continue
        row = document.file_lines[index.line(sentence.bead.target_start) - 1] - 1
        spelled = [s for s in _spellings(old, new, is_json=is_json) if s[0] and lines[row].count(s[0]) == 1]
        if not spelled:
            return False
        lines[row] = lines[row].replace(*spelled[0])
    return True


def _spellings(old: str, new: str, *, is_json: bool) -> list[tuple[str, str]]:
    """The ways in which a cell can write both: in JSON, in a cell in quotation marks, or as they are."""
    if is_json:
        written = [[json.dumps(t, ensure_ascii=plain)[1:-1] for t in (old, new)] for plain in (False, True)]
    else:
        written = [[old, new], [t.replace('"', '""') for t in (old, new)]]
    return [(a, b) for a, b in written]


def _reads_as(body: bytes, suffix: str, langs: Langs, wanted: Texts) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"table{suffix}"
        path.write_bytes(body)
        found = _texts(path, langs)
    return list(found.values()) == list(wanted.values())


def _texts(path: Path, langs: Langs) -> Texts:
    table = rows.table(READERS[path.suffix.lower()](path, langs))
    found = {}
    for name, own in articles.grouped(table):
        try:
            pair = articles.pair(name, own, table.origin)
            found[name] = pair.source.text, pair.target.text
        except MtqcError:  # no article, before as after
            found[name] = "", ""
    return found
