"""No test text in the training data: pairs that share a run of N words with any evaluation set are found and left out.

Every text of ../shared/eval, gold and articles is a test text, machine translations and their references included, in
both languages. Words are compared folded: lower case, no accents, no punctuation, digits kept.
"""

from __future__ import annotations

import gzip
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

N = 8
"""Words in a run. Pairs hit among 4,000 drawn at random from a source, for runs of 6, 7, 8, 9, 10 and 12 words: laws
156, 18, 3, 1, 0, 0; business software 57, 9, 1, 0, 0, 0; programming manuals 55, 7, 1, 0, 0, 0; Debian 114, 22, 4, 1,
0, 0; authored news 134, 35, 15, 1, 0, 0; Tatoeba 83, 31, 11, 8, 2, 1. Every hit read at 8 was a set phrase that two
texts share by chance ("by the end of next year, putting"); none was a test sentence. So 8 is the shortest run that
costs little (at most 4 pairs in 1,000), and a test sentence of ordinary length cannot pass."""

_WORD = re.compile(r"[a-z]+|\d+")
_ACCENT = re.compile("[\u0300-\u036f]+")
_LIGATURES = {ord(a): b for a, b in (("œ", "oe"), ("Œ", "oe"), ("æ", "ae"), ("Æ", "ae"))}
_NOT_TEXT = {"id", "set", "split", "splits", "doc", "file", "system", "domain", "category", "severity", "pert_name",
             "pert_desc", "data_source", "phenomenon", "subtype", "tag", "problems", "comment", "spans", "good_kind",
             "code", "note", "reason", "message", "names"}  # fmt: skip


def folded(text: str) -> list[str]:
    """Words of a text as they are compared."""
    if not text.isascii():
        text = _ACCENT.sub("", unicodedata.normalize("NFKD", text)).translate(_LIGATURES)
    return _WORD.findall(text.lower())


def runs(text: str, n: int = N) -> set[int]:
    """Hashes of each run of n words of a text; of the whole where it has fewer, but at least n // 2 + 1, words."""
    words = folded(text)
    if n > len(words) > n // 2:
        return {hash((*words, n))}
    return {hash(tuple(words[i : i + n])) for i in range(len(words) - n + 1)}


def test_texts(folder: Path) -> Iterator[tuple[str, str]]:
    """(set, text) of everything under eval/, gold/ and articles/ of the shared folder."""
    for path in sorted(folder.glob("eval/*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                name = str(row.get("set", path.name.removesuffix(".jsonl.gz")))
                yield from ((name, text) for text in _texts(row))
    for path in sorted([*folder.glob("gold/*/*.txt"), *folder.glob("articles/*/*.txt")]):
        name = path.parts[-3]
        yield from ((name, line) for line in path.read_text(encoding="utf-8").splitlines())


def _texts(value: Any) -> Iterator[str]:
    """Every text in a JSON value; a list of words is one text."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in _NOT_TEXT:
                yield from _texts(inner)
    elif isinstance(value, list):
        if value and all(isinstance(x, str) and " " not in x.strip() for x in value):
            yield " ".join(value)
        else:
            for inner in value:
                yield from _texts(inner)


def index(texts: Iterable[tuple[str, str]], n: int = N) -> dict[int, str]:
    """Each run of n words of the test texts, hashed → the first set that it is in."""
    found: dict[int, str] = {}
    for name, text in texts:
        for run in runs(text, n):
            found.setdefault(run, name)
    return found


def hit(en: str, fr: str, tests: dict[int, str], n: int = N) -> str | None:
    """The test set that a side of this pair shares a run of n words with, or None."""
    for text in (en, fr):
        for run in runs(text, n):
            if run in tests:
                return tests[run]
    return None
