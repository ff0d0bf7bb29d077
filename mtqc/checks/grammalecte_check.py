"""What Grammalecte, run in a process of its own, says of the French sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from mtqc.checks.base import CONTENT
from mtqc.model import AlignedArticle, Bead, Category, Evidence, Finding, Fix, NotMeasured, Severity
from mtqc.rules import Example, Rule
from mtqc.text.grammalecte import GrammarRunner, Remark
from mtqc.text.tokens import words

GRAMMALECTE = Rule(
    code="FLU601",
    name="grammalecte",
    category=Category.GRAMMAR,
    severity=Severity.MINOR,
    summary="Grammalecte, an external grammar checker, objects to agreement, conjugation or elision.",
    rationale="A second opinion on grammar where Grammalecte is installed; remarks on typography are left out.",
    examples=(
        Example("The figures were false.", "Les chiffres était faux.", "était"),
        Example("The figures were false.", "Les chiffres étaient faux."),
        Example("The Global Citizen festival.", "Le festival des Global Citizens.", note="a name"),
    ),
    confidence=0.6,
    sources=("Grammalecte 2.1.2, https://grammalecte.net, GPL-3.0",),
)
_KINDS = frozenset("gn ppas conj infi imp inte vmode eleu sgpl".split())
"""Grammalecte's kinds of remark that are grammar: agreement in the noun phrase, participles, conjugation, infinitives,
imperatives, questions, moods, elision. Confusions of homophones (`conf`) were read on 2,400 sentences: 1 of 6 right."""
_AGES = re.compile(r"\bans\b")
"""« une femme de 32 ans soupçonnée »: the remark makes the years agree."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """FLU601 on an article, from whatever `runner` finds; off where `runner` is None."""

    runner: GrammarRunner | None = field(default=None, metadata=CONTENT)
    rules: ClassVar[tuple[Rule, ...]] = (GRAMMALECTE,)

    def find_in_article(self, article: AlignedArticle) -> Iterable[Finding]:
        """The findings; none where the runner could not judge (`judge` says why)."""
        found = self.judge(article)
        return () if isinstance(found, NotMeasured) else found

    def judge(self, article: AlignedArticle) -> tuple[Finding, ...] | NotMeasured:
        """The findings, or why there are none. One run of the external checker an article."""
        if self.runner is None:
            return NotMeasured("Grammalecte was not asked for")
        beads = [bead for bead, _ in article.pairs]
        remarks = self.runner.remarks([b.target_text for b in beads])
        if isinstance(remarks, NotMeasured):
            return remarks
        return tuple(f for bead, rows in zip(beads, remarks, strict=True) for f in _findings(bead, rows))


def _findings(bead: Bead, remarks: Iterable[Remark]) -> Iterator[Finding]:
    english = {w.norm for w in words(bead.source_text)}
    for remark in remarks:
        marked = bead.target_at(remark.span.start, remark.span.end)
        name = marked.text[:1].isupper() and remark.span.start > 0
        years = _AGES.search(f"{marked.text} {remark.message}")
        if remark.kind in _KINDS and marked.text and not name and not years and marked.text not in english:
            fix = Fix(marked, remark.suggestions[0]) if remark.suggestions else None
            yield GRAMMALECTE.finding(
                marked,
                f"Grammalecte says of « {marked.text} »: {remark.message}",
                fix=fix,
                evidence=(Evidence("kind of remark", remark.kind, origin="Grammalecte"),),
            )
