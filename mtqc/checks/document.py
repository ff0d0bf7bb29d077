"""One figure and one quotation said the same way throughout an article (TRM104, TRM105)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from mtqc.checks.document_rules import FIGURE_INCONSISTENT, REPETITION_INCONSISTENT
from mtqc.model import AlignedArticle, Bead, Evidence, Finding, Location
from mtqc.rules import Rule
from mtqc.text.numbers import Quantity, quantities
from mtqc.text.numbers.compare import compare
from mtqc.text.tokens import words
from mtqc.text.typography import pairs

_DIGIT = re.compile(r"\d")
_QUOTE = re.compile(r"[“”\"«»]")


@dataclass(frozen=True, slots=True)
class Said:
    """A figure or a quotation of the original at one place, with what the French says there."""

    source: Location
    target: Location
    form: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class DocumentConsistency:
    """Compares the French of a figure or a quotation with its French elsewhere in the article.

    `quoted_words`: quotations of fewer English words are left alone: titles and single words change with the grammar.
    `same`: two French quotations that share so many of their words are the same one, bent by its sentence.
    """

    quoted_words: int = 3
    same: float = 0.75
    rules: ClassVar[tuple[Rule, ...]] = (FIGURE_INCONSISTENT, REPETITION_INCONSISTENT)

    def find_in_article(self, article: AlignedArticle) -> Iterator[Finding]:
        """Each figure and each quotation once, on the place of its rarer form."""
        beads = [b for b, _ in article.pairs]
        for places in _figures(beads).values():
            yield from _figure(places)
        for places in self._quotations(beads).values():
            yield from self._quotation(places)

    def _quotations(self, beads: list[Bead]) -> dict[tuple[str, ...], list[Said]]:
        found: defaultdict[tuple[str, ...], list[Said]] = defaultdict(list)
        for bead in beads:
            if not _QUOTE.search(bead.source_text):
                continue
            english, french = pairs(bead.source_text), pairs(bead.target_text)
            if len(english) != len(french):
                continue
            for (a, b), (c, d) in zip(english, french, strict=True):
                said = tuple(w.norm.lower() for w in words(bead.source_text[a.end : b.start]))
                form = tuple(w.norm.lower() for w in words(bead.target_text[c.end : d.start]))
                if len(said) >= self.quoted_words:
                    places = bead.source_at(a.start, b.end), bead.target_at(c.start, d.end)
                    found[said].append(Said(*places, form))
        return found

    def _quotation(self, places: list[Said]) -> Iterator[Finding]:
        first, *rest = places
        for said in rest:
            if _shared(first.form, said.form) < self.same:
                message = f"{said.target.text} here, {first.target.text} earlier: the original quotes the same words."
                yield REPETITION_INCONSISTENT.finding(
                    said.target, message, source=said.source, related=(first.target,), article_wide=True
                )
                return


def _shared(one: tuple[object, ...], other: tuple[object, ...]) -> float:
    """Share of the words of both that they have in common (Dice), 0 to 1."""
    common = sum((Counter(one) & Counter(other)).values())
    return 2 * common / max(1, len(one) + len(other))


def _figures(beads: list[Bead]) -> dict[tuple[Fraction, str], list[Said]]:
    """Exact figures with a unit, by value and unit; those of sentences in which the figure stands once."""
    found: defaultdict[tuple[Fraction, str], list[Said]] = defaultdict(list)
    for bead in beads:
        if not _DIGIT.search(bead.source_text):
            continue
        english = quantities(bead.source_text, "en")
        wanted = [q for q in english if q.unit and q.is_exact]
        if not wanted:
            continue
        french = quantities(bead.target_text, "fr")
        partners = dict(compare(english, french).same)
        for i, q in enumerate(english):
            if q in wanted and i in partners and sum(o.value == q.value for o in english) == 1:
                found[q.value, q.unit].append(_said(bead, q, french[partners[i]]))
    return found


def _said(bead: Bead, english: Quantity, french: Quantity) -> Said:
    same = english.value in french.values
    form = (english.value if same else french.value, french.unit or english.unit)
    return Said(bead.source_at(english.start, english.end), bead.target_at(french.start, french.end), form)


def _figure(places: list[Said]) -> Iterator[Finding]:
    forms = Counter(p.form for p in places)
    if len(forms) < 2:
        return
    usual = max(forms, key=lambda f: (forms[f], f == places[0].form))
    odd = next(p for p in places if p.form != usual)
    other = next(p for p in places if p.form == usual)
    message = f"« {odd.target.text} » here, « {other.target.text} » elsewhere: the original has the same figure."
    evidence = (Evidence("in the original", other.source.text),)
    yield FIGURE_INCONSISTENT.finding(
        odd.target, message, source=odd.source, related=(other.target,), evidence=evidence, article_wide=True
    )
