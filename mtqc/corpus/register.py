"""What an article has to say when articles are compared: names, terms and sentences with their renderings, as JSON.

It is made where the article is judged, since only there the word links are at hand.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mtqc.corpus.renderings import Kind, renderings
from mtqc.model import AlignedArticle, ArticleReport, Bead, BeadLinks
from mtqc.text.tokens import words

SHORTEST_SENTENCE = 5
"""Words from which an English sentence is compared with its like."""
SHOWN = 200
"""Characters of a sentence that are kept to be shown; compared is the whole."""
_KINDS: Mapping[str, Kind] = {"n": "name", "m": "names", "t": "term"}
_LETTERS = {kind: letter for letter, kind in _KINDS.items()}


@dataclass(frozen=True, slots=True)
class Rendered:
    """An English name or term, a French form of it, in how many sentences, and the number of the first of them."""

    kind: Kind
    english: str
    french: str
    number: int
    sentence: int


@dataclass(frozen=True, slots=True)
class Twin:
    """A sentence by its number: its hash, its translation's hash, and the beginning of both."""

    sentence: int
    source: str
    target: str
    source_text: str
    target_text: str


def of(report: ArticleReport) -> str:
    """The article's register."""
    article = AlignedArticle(
        report.pair, tuple(s.bead for s in report.sentences), tuple(s.signals for s in report.sentences)
    )
    data: dict[str, Any] = {"sentences": list(_sentences(article))}
    if report.pair.source.lang == "en":
        data["rendered"] = list(_counted(article))
        data["linked"] = sum(isinstance(s.links, BeadLinks) for _, s in article.pairs)
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _counted(article: AlignedArticle) -> Iterator[list[str | int]]:
    found: dict[tuple[Kind, str, str], list[int]] = {}
    for r in renderings(article):
        found.setdefault((r.kind, r.english, r.french), []).append(r.bead)
    for (kind, english, french), beads in found.items():
        yield [_LETTERS[kind], english, french, len(set(beads)), min(beads) + 1]


def _sentences(article: AlignedArticle) -> Iterator[list[str | int]]:
    for bead, _ in article.pairs:
        if len(bead.source) == 1 and len(words(bead.source_text)) >= SHORTEST_SENTENCE:
            yield [bead.index + 1, *_hashes(bead), bead.source_text[:SHOWN], bead.target_text[:SHOWN]]


def _hashes(bead: Bead) -> tuple[str, str]:
    return digest(bead.source_text), digest(bead.target_text)


def digest(text: str) -> str:
    """Of a sentence's words: spaces, marks, capitals and the kind of apostrophe make no difference."""
    folded = " ".join(w.norm for w in words(text)).lower()
    return hashlib.blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def rendered(data: Mapping[str, Any]) -> Iterator[Rendered]:
    """The names and terms of a register read back."""
    for letter, english, french, number, sentence in data.get("rendered", ()):
        yield Rendered(_KINDS[letter], english, french, number, sentence)


def twins(data: Mapping[str, Any]) -> Iterator[Twin]:
    """The sentences of a register read back."""
    rows: Sequence[Sequence[Any]] = data.get("sentences", ())
    for sentence, source, target, source_text, target_text in rows:
        yield Twin(sentence, source, target, source_text, target_text)
