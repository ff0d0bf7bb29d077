"""Sentences and paragraphs lost, added, moved or not translated; notices; beads that the aligner is unsure of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from mtqc.checks.base import BOTH, cited
from mtqc.checks.structure_moves import Move, moves
from mtqc.checks.structure_rules import (
    ADDED,
    LOST,
    NOTICE,
    PARAGRAPH_ADDED,
    PARAGRAPH_LOST,
    REORDERED,
    UNSURE,
    UNTRANSLATED,
)
from mtqc.model import AlignedArticle, Bead, Evidence, Finding, Location, NotMeasured, Severity, Side, Signals, Span
from mtqc.rules import Rule
from mtqc.text.tokens import Word, fold, words

_ENGLISH = frozenset(
    "the of and that with was were is are has had have been from which who whom whose their they them he she it its his"
    " her would could should will shall may might must not but what when where while there these those this than then"
    " into about after before because between through against during without within under over again any some each"
    " every most other such only very just also both all you your we our us i me my do does did doing being be to for"
    " by at as if or an how why in no off out up down don't doesn't didn't isn't aren't wasn't weren't can't couldn't"
    " won't wouldn't it's that's there's he's she's they're we're you're i'm".split()
)
_ENGLISH_ONLY = _ENGLISH - frozenset("on plus an but as me or i us son pour die".split())
_FRENCH = frozenset(
    "le la les un une des du de au aux et ou mais que qui dont est sont a ont avait avaient était étaient sera seront"
    " dans sur pour par avec sans sous entre vers chez depuis pendant après avant ce cet cette ces il elle ils elles"
    " nous vous je on se sa ses leur leurs notre votre ne pas plus si comme en y été être avoir fait selon ainsi aussi"
    " lors donc car c'est n'est qu'il qu'elle d'un d'une".split()
)
_FRENCH_ONLY = _FRENCH - frozenset("on plus a me or an de la le y des".split())
_TITLE_QUOTES = re.compile(r"«[^«»]*»|“[^“”]*”|\"[^\"]*\"|‘[^‘’]*’")
_LEAST_WORDS = 3


def _quoted(text: str, lang: str) -> str:
    return cited(_short(text), lang)


def _long_enough(text: str) -> bool:
    return len(words(text)) >= _LEAST_WORDS


@dataclass(frozen=True, slots=True)
class LostAndAdded:
    """Beads with one side only. Below `sure`, the aligner's confidence makes the finding a suspicion (minor).

    `passage`: so many of them in a row are one finding; so is a whole paragraph of two or more.
    """

    sure: float = 0.9
    passage: int = 3
    rules: ClassVar[tuple[Rule, ...]] = (LOST, ADDED, PARAGRAPH_LOST, PARAGRAPH_ADDED)
    directions: ClassVar[tuple[str, ...]] = BOTH

    def find_in_article(self, article: AlignedArticle) -> Iterator[Finding]:
        """Lost and added sentences of three words or more that are not boilerplate and stand nowhere else."""
        moved = {b.index for m in moves(article) for b in (m.lost, m.added) if not b.is_pair}
        lone = [
            b
            for b in article.beads
            if not b.is_pair and not b.is_boilerplate and b.index not in moved and _long_enough(_text(b))
        ]
        paragraphs = _Paragraphs(article)
        for run in _runs_of(lone):
            if len(run) >= self.passage or (len(run) > 1 and paragraphs.are_whole(run)):
                yield self._passage(article, run)
            else:
                yield from (self._lost(b) if b.source else self._added(b) for b in run)

    def _strength(self, *beads: Bead) -> tuple[Severity, str]:
        sure = [b.confidence for b in beads if not isinstance(b.confidence, NotMeasured)]
        if not sure or sum(sure) / len(sure) >= self.sure:
            return Severity.MAJOR, ""
        return Severity.MINOR, f" (a suspicion: the aligner is {sum(sure) / len(sure):.0%} sure)"

    def _lost(self, bead: Bead) -> Finding:
        severity, doubt = self._strength(bead)
        return LOST.finding(
            bead.target_at(0, 0),
            f"{_quoted(bead.source_text, bead.langs[0])} has no counterpart in the translation{doubt}.",
            source=bead.source_at(0, len(bead.source_text)),
            severity=severity,
            evidence=_confidence(bead),
        )

    def _added(self, bead: Bead) -> Finding:
        severity, doubt = self._strength(bead)
        return ADDED.finding(
            bead.target_at(0, len(bead.target_text)),
            f"{_quoted(bead.target_text, bead.langs[1])} has no counterpart in the original{doubt}.",
            severity=severity,
            evidence=_confidence(bead),
        )

    def _passage(self, article: AlignedArticle, run: Sequence[Bead]) -> Finding:
        severity, doubt = self._strength(*run)
        evidence = (Evidence("sentences", len(run), "sentences", "sentence aligner"),)
        if run[0].source:
            source = _stretch(article, "source", run)
            first = _quoted(run[0].source_text, run[0].langs[0])
            message = f"{len(run)} sentences have no counterpart in the translation, from {first} on{doubt}."
            place = run[0].target_at(0, 0)
            return PARAGRAPH_LOST.finding(place, message, source=source, severity=severity, evidence=evidence)
        first = _quoted(run[0].target_text, run[0].langs[1])
        message = f"{len(run)} sentences have no counterpart in the original, from {first} on{doubt}."
        return PARAGRAPH_ADDED.finding(_stretch(article, "target", run), message, severity=severity, evidence=evidence)


def _text(bead: Bead) -> str:
    return bead.source_text or bead.target_text


def _stretch(article: AlignedArticle, side: Side, run: Sequence[Bead]) -> Location:
    """From the first sentence's start to the last one's end."""
    sentences = [s for b in run for s in (b.source if side == "source" else b.target)]
    text = (article.pair.source if side == "source" else article.pair.target).text
    span = Span(sentences[0].span.start, sentences[-1].span.end)
    return Location(side, span, text[span.start : span.end])


def _runs_of(beads: Sequence[Bead]) -> Iterator[list[Bead]]:
    """Beads of one side that follow each other."""
    run: list[Bead] = []
    for bead in beads:
        if run and (bead.index != run[-1].index + 1 or bool(bead.source) != bool(run[-1].source)):
            yield run
            run = []
        run.append(bead)
    if run:
        yield run


class _Paragraphs:
    """How many sentences each line of each side has."""

    def __init__(self, article: AlignedArticle) -> None:
        every = [s for b in article.beads for s in (*b.source, *b.target) if s.role == "body"]
        self._sizes = Counter((s.side, s.line) for s in every)

    def are_whole(self, run: Sequence[Bead]) -> bool:
        """True where the run holds every sentence of each line that it touches, and one of these has several."""
        held = Counter((s.side, s.line) for b in run for s in (*b.source, *b.target))
        return max(held.values()) > 1 and all(self._sizes[line] == n for line, n in held.items())


@dataclass(frozen=True, slots=True)
class Reordered:
    """Sentences that stand elsewhere. How it is told, and the thresholds: structure_moves."""

    rules: ClassVar[tuple[Rule, ...]] = (REORDERED,)
    directions: ClassVar[tuple[str, ...]] = BOTH

    def find_in_article(self, article: AlignedArticle) -> Iterator[Finding]:
        """One finding a sentence; of two that changed places, on the first."""
        for move in moves(article):
            yield _moved(move)


def _moved(move: Move) -> Finding:
    source, target = move.lost, move.added
    where = "changed places with its neighbour" if source.is_pair else "stands at another place than in the original"
    return REORDERED.finding(
        target.target_at(0, len(target.target_text)),
        f"{_quoted(target.target_text, target.langs[1])} {where}; it was not compared with"
        f" {_quoted(source.source_text, source.langs[0])}.",
        source=source.source_at(0, len(source.source_text)),
        evidence=(Evidence("words in common", round(move.likeness, 2), "share", "text.likeness"),),
    )


def _confidence(bead: Bead) -> tuple[Evidence, ...]:
    if isinstance(bead.confidence, NotMeasured):
        return ()
    return (Evidence("alignment confidence", round(bead.confidence, 3), "probability", "sentence aligner"),)


def _short(text: str, limit: int = 80) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1].rstrip() + "…"


@dataclass(frozen=True, slots=True)
class Notices:
    """Boilerplate on the translation's side."""

    rules: ClassVar[tuple[Rule, ...]] = (NOTICE,)
    directions: ClassVar[tuple[str, ...]] = BOTH

    def find_in_article(self, article: AlignedArticle) -> Iterator[Finding]:
        """One neutral finding a notice sentence."""
        for bead in article.beads:
            if bead.is_boilerplate and bead.target:
                yield NOTICE.finding(
                    bead.target_at(0, len(bead.target_text)),
                    f"{_quoted(bead.target_text, bead.langs[1])} is a publisher's notice: set apart, not judged.",
                )


@dataclass(frozen=True, slots=True)
class UnsureAlignment:
    """Beads below the aligner's confidence threshold."""

    below: float = 0.5
    rules: ClassVar[tuple[Rule, ...]] = (UNSURE,)
    directions: ClassVar[tuple[str, ...]] = BOTH

    def find_in_article(self, article: AlignedArticle) -> Iterator[Finding]:
        """One neutral finding a doubtful bead."""
        for bead in article.beads:
            sure = bead.confidence
            if bead.is_pair and not bead.is_boilerplate and not isinstance(sure, NotMeasured) and sure < self.below:
                yield UNSURE.finding(
                    bead.target_at(0, len(bead.target_text)),
                    f"What {_quoted(bead.target_text, bead.langs[1])} corresponds to is unsure: it was not compared.",
                    source=bead.source_at(0, len(bead.source_text)),
                    evidence=_confidence(bead),
                )


@dataclass(frozen=True, slots=True)
class Untranslated:
    """A verbatim run of `least_words` words of the original or more, with at least `least_grammar` grammar words."""

    least_words: int = 3
    least_grammar: int = 2
    rules: ClassVar[tuple[Rule, ...]] = (UNTRANSLATED,)
    directions: ClassVar[tuple[str, ...]] = BOTH

    def find(self, bead: Bead, signals: Signals) -> Iterable[Finding]:  # noqa: ARG002 -- text alone decides
        """Runs of the translation that stand word for word in the original."""
        grammar = _FRENCH_ONLY if bead.is_reversed else _ENGLISH_ONLY
        target = words(bead.target_text)
        if sum(w.norm.lower() in grammar for w in target) < self.least_grammar:
            return
        quoted = [m.span() for m in _TITLE_QUOTES.finditer(bead.target_text)]
        for run, source_start in _runs(target, words(bead.source_text), self.least_words):
            first, last = run[0], run[-1]
            if self._is_text(run, grammar) and not any(a <= first.start and last.end <= b for a, b in quoted):
                yield self._finding(bead, first, last, source_start)

    def _is_text(self, run: tuple[Word, ...], grammar: frozenset[str]) -> bool:
        lower = [w.norm for w in run if not w.is_capital]
        return sum(w in grammar for w in lower) >= self.least_grammar and len(lower) * 2 > len(run)

    def _finding(self, bead: Bead, first: Word, last: Word, source: Word) -> Finding:
        rest = bead.target_text[last.end :].strip("”»\"' ")
        end = len(bead.target_text) if rest in {".", "!", "?"} and first.start == 0 else last.end
        text = bead.target_text[first.start : end]
        at = bead.source_text.find(text, source.start)
        return UNTRANSLATED.finding(
            bead.target_at(first.start, end),
            f"{_quoted(text, bead.langs[0])} was left in {'French' if bead.is_reversed else 'English'}.",
            source=bead.source_at(at, at + len(text)) if at >= 0 else None,
            evidence=(Evidence("words in a row as in the original", len(words(text)), "words", "text"),),
        )


def _runs(target: tuple[Word, ...], source: tuple[Word, ...], least: int) -> Iterator[tuple[tuple[Word, ...], Word]]:
    """Longest runs of target words that stand in the source in the same order without a gap; with the source start."""
    places: dict[str, list[int]] = {}
    for j, w in enumerate(source):
        places.setdefault(fold(w.text).lower(), []).append(j)
    i = 0
    while i < len(target):
        best, where = 0, 0
        for j in places.get(target[i].norm.lower(), ()):
            n = 0
            while i + n < len(target) and j + n < len(source) and _same(target[i + n], source[j + n]):
                n += 1
            if n > best:
                best, where = n, j
        if best >= least:
            yield target[i : i + best], source[where]
        i += max(1, best)


def _same(a: Word, b: Word) -> bool:
    return a.norm.lower() == b.norm.lower()
