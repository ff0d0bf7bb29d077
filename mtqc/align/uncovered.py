"""Words of one side of a pair that nothing on the other side stands for, and the stretches they make up.

A content word is covered where a word link joins it to a word that the lexicon, or its spelling, confirms, or where
such a word stands anywhere in the other text; weakly covered where it is linked to a word that nothing confirms.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import JaroWinkler

from mtqc.align.constituents import Constituent, Lang, constituents, part_of, word_class
from mtqc.align.lexicon import french_stem, key, lexicon
from mtqc.align.vectors import bare
from mtqc.model import BeadLinks, Span
from mtqc.text.tokens import Word, words

COGNATE = 0.85
"""Jaro-Winkler similarity of two words without accents, with one first letter, from which they pass for the same."""
_SHORT = 3
COVERED, WEAK = -0.9, -0.2
"""What a covered and a weakly covered content word take from a stretch in which an uncovered one counts 1: links of
words that have no counterpart go astray (measured on planted omissions, NTREX's tuning half)."""


@dataclass(frozen=True, slots=True)
class Sided:
    """One side of a pair: its words, their classes, and how well each is covered: 1 uncovered, WEAK, COVERED, and 0 for
    function words. `partners`: indices of the words of the other side it is linked to.
    """

    text: str
    lang: Lang
    words: tuple[Word, ...]
    classes: tuple[str, ...]
    loss: tuple[float, ...]
    partners: tuple[tuple[int, ...], ...]

    def inside(self, span: Span) -> range:
        """Indices of the words inside a span."""
        found = [i for i, w in enumerate(self.words) if span.start <= w.start and w.end <= span.end]
        return range(found[0], found[-1] + 1) if found else range(0)

    def lost(self, span: Span) -> int:
        """How many words inside it are uncovered."""
        return sum(self.loss[i] > 0 for i in self.inside(span))


def sides(source: tuple[str, Lang], target: tuple[str, Lang], links: BeadLinks) -> tuple[Sided, Sided]:
    """Both sides of a pair."""
    left, right = words(source[0]), words(target[0])
    places = [{w.start: i for i, w in enumerate(ws)} for ws in (left, right)]
    joined = {
        (places[0][p.source.start], places[1][p.target.start])
        for p in links.pairs
        if p.source.start in places[0] and p.target.start in places[1]
    }
    forth: list[list[int]] = [[] for _ in left]
    back: list[list[int]] = [[] for _ in right]
    for i, j in sorted(joined):
        forth[i].append(j)
        back[j].append(i)
    return _sided(*source, left, right, forth), _sided(*target, right, left, back)


def _sided(
    text: str, lang: Lang, own: tuple[Word, ...], others: tuple[Word, ...], partners: Sequence[Sequence[int]]
) -> Sided:
    classes = tuple(word_class(w.norm, lang) for w in own)
    there = _Others.of(others, lang)
    loss = tuple(
        _loss(w, there, linked) if c in {"content", "adv"} else 0.0
        for w, c, linked in zip(own, classes, partners, strict=True)
    )
    return Sided(text, lang, own, classes, loss, tuple(map(tuple, partners)))


def _loss(word: Word, others: _Others, linked: Sequence[int]) -> float:
    if others.confirm(word.norm):
        return COVERED
    return WEAK if linked else 1.0


@dataclass(frozen=True, slots=True)
class _Others:
    """All words of the other side, so that they can be asked at once whether one of them stands for a word.

    `figures`: the digits of those that begin with one; `digits`: of all. Of the rest, `keys` and what the lexicon links
    to each (`forms`, where the others are English) or to them all (`known`), and their letters by the first one.
    """

    lang: Lang
    figures: frozenset[str]
    digits: frozenset[str]
    known: frozenset[str]
    forms: tuple[frozenset[str], ...]
    letters: dict[str, list[str]]

    @staticmethod
    def of(words: Sequence[Word], lang: Lang) -> _Others:
        """`lang`: of the words that will be asked about, not of these."""
        norms = {w.norm for w in words}
        figures = {n for n in norms if n[:1].isdigit()}
        keys = {key(n) for n in norms - figures}
        letters: dict[str, list[str]] = {}
        for text in map(_letters, keys):
            letters.setdefault(text[:1], []).append(text)
        return _Others(
            lang,
            frozenset(map(_digits, figures)) - {""},
            frozenset(map(_digits, norms)) - {""},
            frozenset(keys | set(map(french_stem, keys))) if lang == "en" else frozenset(),
            tuple(lexicon().forms(k) for k in keys) if lang == "fr" else (),
            letters,
        )

    def confirm(self, word: str) -> bool:
        """True where `confirmed` says so of the word and one of these."""
        if word[:1].isdigit():
            return _digits(word) in self.digits
        if self.figures and _digits(word) in self.figures:
            return True
        own = key(word)
        return self._linked(own) or self._spelt(_letters(own))

    def _linked(self, own: str) -> bool:
        if self.lang == "en":
            return not lexicon().forms(own).isdisjoint(self.known)
        stem = french_stem(own)
        return any(own in forms or stem in forms for forms in self.forms)

    def _spelt(self, own: str) -> bool:
        if len(own) <= _SHORT:
            return False
        there = self.letters.get(own[:1], ())
        return any(len(o) > _SHORT and float(JaroWinkler.similarity(own, o)) >= COGNATE for o in there)


@lru_cache(maxsize=1 << 16)
def confirmed(word: str, other: str, lang: Lang) -> bool:
    """True where lexicon or spelling says that the words can stand for each other. `lang`: that of the first."""
    if word[:1].isdigit() or other[:1].isdigit():
        return _digits(word) == _digits(other) != ""
    a, b = key(word), key(other)
    if lexicon().known(a, b) if lang == "en" else lexicon().known(b, a):
        return True
    left, right = _letters(a), _letters(b)
    alike = left[:1] == right[:1] and min(len(left), len(right)) > _SHORT
    return alike and float(JaroWinkler.similarity(left, right)) >= COGNATE


@lru_cache(maxsize=1 << 14)
def _letters(word: str) -> str:
    return bare(word)


def _digits(word: str) -> str:
    return "".join(c for c in word if c.isdigit())


def candidates(side: Sided) -> tuple[Constituent, ...]:
    """Constituents, and the best stretches, of which at least half of the content words are not covered."""
    found = {c.span: c for c in constituents(side.text, side.lang) if _mostly_lost(side, c.span)}
    for first, last in _runs(side):
        part = part_of(side.text, side.lang, first, last)
        if part is not None:
            found.setdefault(part.span, part)
    return tuple(sorted(found.values()))


def _mostly_lost(side: Sided, span: Span) -> bool:
    losses = [side.loss[i] for i in side.inside(span) if side.loss[i]]
    lost = sum(x > 0 for x in losses)
    return lost > 0 and lost + 0.5 * sum(x == WEAK for x in losses) >= 0.5 * len(losses)


def _runs(side: Sided) -> Iterator[tuple[int, int]]:
    """(first, last word) of the stretches with the highest sums of losses, disjoint, best first; at most two."""
    blocked = [False] * len(side.words)
    for _ in range(2):
        best, first, last = _best_run(side.loss, blocked)
        if best < 1:
            return
        while first > 0 and not side.loss[first - 1] and not blocked[first - 1] and not side.partners[first - 1]:
            first -= 1  # function words without counterpart that lead to the stretch
        yield first, last
        blocked[first : last + 1] = [True] * (last + 1 - first)


def _best_run(losses: Sequence[float], blocked: Sequence[bool]) -> tuple[float, int, int]:
    best, first, last = 0.0, 0, -1
    total, start = 0.0, 0
    for i, loss in enumerate(losses):
        if blocked[i] or total <= 0:
            total, start = 0.0, i
        if blocked[i]:
            continue
        if total == 0 and loss <= 0:
            start = i + 1
            continue
        total += loss
        if total > best:
            best, first, last = total, start, i
    return best, first, last
