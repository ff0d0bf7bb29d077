"""How the names and terms of an English article were rendered in French, by the word links of each sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from mtqc.align.constituents import word_class
from mtqc.checks.name_register import Register, is_headline, register
from mtqc.model import AlignedArticle, Bead, BeadLinks, Span
from mtqc.text.name_data import key, places
from mtqc.text.names import is_code
from mtqc.text.terms import GRAMMAR
from mtqc.text.tokens import Word, words

Kind = Literal["name", "names", "term"]
"""A name of one word, of several words, a term of several words."""
LEAST = 0.7
"""Share of a link from which two words are taken to stand for each other."""
LONGEST_NAME, LONGEST_TERM = 4, 3
"""Words."""
SHORTEST_WORD = 3
"""Letters of a word of a term, at least."""
_GAP = re.compile(r"[ \u00a0\u202f]")


@dataclass(frozen=True, slots=True)
class Rendering:
    """An English name or term, what stands for it in the French, and the index of the bead."""

    kind: Kind
    english: str
    french: str
    bead: int


def renderings(article: AlignedArticle) -> Iterator[Rendering]:
    """Every rendering that the word links leave no doubt about. Headlines, all in capitals, are left out."""
    found = register(article)
    for named, (bead, measured) in zip(found.beads, article.pairs, strict=True):
        if isinstance(measured.links, BeadLinks) and not (named.is_headline or is_headline(bead.target_text)):
            yield from _of_bead(found, bead, measured.links)


def _of_bead(found: Register, bead: Bead, links: BeadLinks) -> Iterator[Rendering]:
    english, french = words(bead.source_text), words(bead.target_text)
    sides = _Sides(bead, links, english, french)
    for run in _runs(english, bead.source_text, found):
        yield from sides.names(run)
    for group in _groups(english, bead.source_text):
        yield from sides.rendered("term", group)


@dataclass(frozen=True, slots=True)
class _Sides:
    """The two texts of a bead, their words and links."""

    bead: Bead
    links: BeadLinks
    english: tuple[Word, ...]
    french: tuple[Word, ...]

    def names(self, run: Sequence[Word]) -> Iterator[Rendering]:
        """The run as a whole, and its last word: a surname, or a name of one word."""
        if 1 < len(run) <= LONGEST_NAME:
            yield from self.rendered("names", run)
        last = run[-1]
        is_place = key(last.norm) in places()[0]
        if len(last.norm) > 1 and not (is_place and (len(run) > 1 or self._in_longer_name(last))):
            yield from self.rendered("name", (last,))

    def _in_longer_name(self, place: Word) -> bool:
        """Bank of America, US Steel: there a place has no French name of its own."""
        at = self.english.index(place)
        before, after = self.english[max(0, at - 2) : at], self.english[at + 1 : at + 2]
        joined = len(before) == 2 and before[1].norm in {"of", "for"} and before[0].is_capital
        beside = [*before[-1:], *after]
        return joined or any(w.is_capital and self._touches(w, place) for w in beside)

    def _touches(self, one: Word, other: Word) -> bool:
        first, second = sorted((one, other), key=lambda w: w.start)
        return _GAP.fullmatch(self.bead.source_text, first.end, second.start) is not None

    def rendered(self, kind: Kind, group: Sequence[Word]) -> Iterator[Rendering]:
        """What stands for the words, where they are linked to one stretch that stands for nothing else."""
        span = Span(group[0].start, group[-1].end)
        own = [p for p in self.links.pairs if p.source.overlaps(span)]
        linked = {p.source.start for p in own}
        if any(w.start not in linked for w in group) or min(p.score for p in own) < LEAST:
            return
        stretch = Span(min(p.target.start for p in own), max(p.target.end for p in own))
        if any(p.target.overlaps(stretch) and not p.source.overlaps(span) for p in self.links.pairs):
            return
        text = self.bead.target_text[stretch.start : stretch.end]
        if self._fits(kind, stretch, text, {p.target.start for p in own}):
            yield Rendering(kind, _joined(group), " ".join(text.split()), self.bead.index)

    def _fits(self, kind: Kind, stretch: Span, text: str, linked: set[int]) -> bool:
        """One word for a name of one word, alone on both sides where it is a place; no stray word inside."""
        inside = [w for w in self.french if stretch.start <= w.start < stretch.end]
        if any(w.start not in linked and w.norm.lower() not in GRAMMAR for w in inside):
            return False
        if re.search(r"[.,;:!?()«»\"\n]", text) or not inside:
            return False
        if kind == "term":
            return True
        if kind == "names":
            return any(w.is_capital for w in inside)
        return len(inside) == 1 and text[:1].isupper() and self._stands_alone(stretch)

    def _stands_alone(self, stretch: Span) -> bool:
        after = next((w for w in self.french if w.start >= stretch.end), None)
        return not (after and after.is_capital and _GAP.fullmatch(self.bead.target_text[stretch.end : after.start]))


def _joined(group: Sequence[Word]) -> str:
    return " ".join(w.norm for w in group)


def _runs(english: Sequence[Word], text: str, found: Register) -> Iterator[tuple[Word, ...]]:
    """Stretches of capitalised words that are names of the article's register, titles left out."""
    run: list[Word] = []
    for word in english:
        beside = run and _GAP.fullmatch(text[run[-1].end : word.start])
        if run and not (beside and _is_name(word, found)):
            yield tuple(run)
            run = []
        if _is_name(word, found):
            run.append(word)
    if run:
        yield tuple(run)


def _is_name(word: Word, found: Register) -> bool:
    return word.norm in found.names and (word.is_capital or is_code(word.norm))


def _groups(english: Sequence[Word], text: str) -> Iterator[tuple[Word, ...]]:
    """Two or three content words in lower case with nothing but a space between them."""
    stretch: list[Word] = []
    for word in english:
        if stretch and not (_is_content(word) and _GAP.fullmatch(text, stretch[-1].end, word.start)):
            yield from _pieces(stretch)
            stretch = []
        if _is_content(word):
            stretch.append(word)
    yield from _pieces(stretch)


def _pieces(stretch: Sequence[Word]) -> Iterator[tuple[Word, ...]]:
    for size in range(2, LONGEST_TERM + 1):
        yield from (tuple(stretch[i : i + size]) for i in range(len(stretch) - size + 1))


def _is_content(word: Word) -> bool:
    low = word.norm
    return low.islower() and low.isalpha() and len(low) >= SHORTEST_WORD and word_class(low, "en") == "content"
