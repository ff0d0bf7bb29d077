"""A common English term kept in English at one place of the French and translated at another (TRM110)."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import ClassVar

from mtqc.model import AlignedArticle, Bead, BeadLinks, Category, Evidence, Finding, Location, Severity, Signals, Span
from mtqc.rules import Example, Rule
from mtqc.text.name_data import key, translations, word_use
from mtqc.text.tokens import Word, plain, words

TERM_KEPT = Rule(
    code="TRM110",
    name="term-kept-and-translated",
    category=Category.INCONSISTENT,
    severity=Severity.MINOR,
    summary="A common English term stays English at one place of the French and is translated at another.",
    rationale="The reader takes « fast food » and « restauration rapide » for two things.",
    examples=(
        Example(
            "The fast food industry grew.\nShe works in fast food.",
            "Le secteur de la restauration rapide a crû.\nElle travaille dans le fast-food.",
            "fast-food",
        ),
        Example(
            "The staff left.\nHe praised the staff.",
            "Le personnel est parti.\nIl a félicité le staff.",
            "staff",
        ),
        Example(
            "The fast food industry grew.\nShe works in fast food.",
            "Le secteur du fast-food a crû.\nElle travaille dans le fast-food.",
            note="kept everywhere",
        ),
        Example(
            "The police came.\nPolice left.",
            "La police est venue.\nLes policiers sont partis.",
            note="a word of both languages",
        ),
        Example(
            "The staff left.\nHe praised the staff.",
            "Le staff est parti.\nIl a félicité tout le monde.",
            note="reworded, not translated otherwise",
        ),
    ),
    confidence=0.65,
    sources=("MQM core: terminology, inconsistent use",),
)
_JOINTS = frozenset({" ", "\u00a0", "-"})


@dataclass(frozen=True, slots=True)
class _Use:
    """Where a term stands in the English of a bead."""

    bead: Bead
    signals: Signals
    span: Span


@dataclass(frozen=True, slots=True)
class KeptTerms:
    """TRM110. `letters`: of an English word below which it is left alone. A word is an English one where log2 of its
    count in French texts is `foreign` less than in English ones, and at most `known` (training/word_statistics.py).

    On the tuning half (NTREX, wmt12, wmt13, iwslt17) 2 findings in 4,314 human and 4 in 11,451 machine-translated
    sentences, of which 4 were right; on the other half 1 in 4,274 and 9 in 11,490. One word rendered by two French
    ones is no finding: human translators vary, and of 62 such words on NTREX none was wrong.
    """

    letters: int = 4
    foreign: int = 4
    known: int = 5

    rules: ClassVar[tuple[Rule, ...]] = (TERM_KEPT,)

    def find_in_article(self, article: AlignedArticle) -> Iterator[Finding]:
        """Each term once, on the first place where it is kept."""
        done: list[str] = []
        terms = self._recurring(article)
        for term in sorted(terms, key=lambda t: (-t.count(" "), t)):
            if any(term in other.split() for other in done):
                continue
            finding = _finding(term, terms[term])
            if finding is not None:
                done.append(term)
                yield finding

    def _recurring(self, article: AlignedArticle) -> Mapping[str, list[_Use]]:
        """English terms of one or two words that recur and stand in some French sentence as they are."""
        pairs = article.pairs
        french = {_singular(part) for b, _ in pairs for w in words(b.target_text) for part in _parts(w.norm.lower())}
        found: defaultdict[str, list[_Use]] = defaultdict(list)
        for bead, signals in pairs:
            for term, span in self._terms(bead.source_text, french):
                found[term].append(_Use(bead, signals, span))
        return {t: uses for t, uses in found.items() if len({u.bead.index for u in uses}) > 1}

    def _terms(self, text: str, french: Set[str]) -> Iterator[tuple[str, Span]]:
        every = [w for w in words(text) if _singular(w.norm) in french and self._is_plain(w)]
        english = [self._is_english(w) for w in every]
        for word, is_english in zip(every, english, strict=True):
            if is_english:
                yield _singular(word.norm), Span(word.start, word.end)
        for (one, first), (two, second) in itertools.pairwise(zip(every, english, strict=True)):
            if (first or second) and text[one.end : two.start] in _JOINTS:
                yield f"{one.norm} {_singular(two.norm)}", Span(one.start, two.end)

    def _is_plain(self, word: Word) -> bool:
        return len(word.norm) >= self.letters and word.norm.isascii() and word.norm.isalpha() and word.norm.islower()

    def _is_english(self, word: Word) -> bool:
        english, french = word_use(word.norm, "en"), word_use(word.norm, "fr")
        cognate = any(key(t)[:4] == word.norm[:4] for t in translations(word.norm))
        rarer = english.log_count - french.log_count
        return rarer >= self.foreign and french.log_count <= self.known and not cognate


def _singular(word: str) -> str:
    return word.removesuffix("s")


def _parts(word: str) -> tuple[str, ...]:
    return (word, *word.split("-")) if "-" in word else (word,)


def _finding(term: str, uses: Sequence[_Use]) -> Finding | None:
    """On the first place where the term is kept, if it is translated at another."""
    pattern = re.compile(rf"(?<![\w-]){term.replace(' ', '[ -]')}s?(?![\w-])")
    kept = [(u, Span(*m.span())) for u in uses if (m := pattern.search(plain(u.bead.target_text)))]
    there = {u.bead.index for u, _ in kept}
    other = [found for u in uses if u.bead.index not in there and (found := _translation(term, u)) is not None]
    if not kept or not other:
        return None
    use, span = kept[0]
    place = use.bead.target_at(span.start, span.end)
    return TERM_KEPT.finding(
        place,
        f"“{term}” stays English here and reads « {other[0].text} » elsewhere: perhaps one term is meant.",
        source=use.bead.source_at(use.span.start, use.span.end),
        related=tuple(other),
        evidence=(Evidence("kept / translated", f"{len(kept)} / {len(other)}", "sentences", "this article"),),
        article_wide=True,
    )


def _translation(term: str, use: _Use) -> Location | None:
    """The French that stands for the term where it is not kept: words linked to it, or known translations of it."""
    bead, links = use.bead, use.signals.links
    spans = links.from_source(use.span) if isinstance(links, BeadLinks) else ()
    meant = {_singular(key(t)) for word in term.split() for t in translations(word)}
    if not spans:
        spans = tuple(Span(w.start, w.end) for w in words(bead.target_text) if _singular(key(w.norm)) in meant)
    spans = tuple(s for s in spans if len(s) > 3)
    if not spans:
        return None
    near = [s for s in spans if s.start - spans[0].start < 40]
    return bead.target_at(near[0].start, max(s.end for s in near))
