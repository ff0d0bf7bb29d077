"""What a LanguageTool server says of the translated sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from mtqc.checks.base import BOTH, CONTENT, cited
from mtqc.model import AlignedArticle, Bead, Category, Evidence, Finding, Fix, NotMeasured, Severity
from mtqc.rules import Example, Rule
from mtqc.text.grammalecte import GrammarRunner, Remark
from mtqc.text.tokens import words

LANGUAGETOOL = Rule(
    code="FLU801",
    name="languagetool",
    category=Category.GRAMMAR,
    severity=Severity.MINOR,
    summary="LanguageTool, an external checker, objects to grammar, spelling or a doubled word.",
    rationale="A second opinion where a desk runs a server of its own; style and typography are left to the house.",
    examples=(
        Example("The figures were false.", "Les chiffres était faux.", "était"),
        Example("The figures were false.", "Les chiffres étaient faux."),
        Example("Springvale slept.", "Springvale dormait.", note="a name"),
    ),
    confidence=0.5,
    sources=("LanguageTool's HTTP API, https://languagetool.org/http-api/; not measured: no server was at hand",),
)
_KINDS = frozenset({"grammar", "misspelling", "duplication"})
"""The kinds of issue (ITS 2.0, `rule.issueType`) that are language; the others are typography, style and register."""


@dataclass(frozen=True, slots=True)
class LanguageToolCheck:
    """FLU801 on an article, from whatever `runner` finds; off where `runner` is None."""

    runner: GrammarRunner | None = field(default=None, metadata=CONTENT)
    rules: ClassVar[tuple[Rule, ...]] = (LANGUAGETOOL,)
    directions: ClassVar[tuple[str, ...]] = BOTH

    def find_in_article(self, article: AlignedArticle) -> Iterable[Finding]:
        """The findings; none where the runner could not judge (`judge` says why)."""
        found = self.judge(article)
        return () if isinstance(found, NotMeasured) else found

    def judge(self, article: AlignedArticle) -> tuple[Finding, ...] | NotMeasured:
        """The findings, or why there are none."""
        if self.runner is None:
            return NotMeasured("LanguageTool was not asked for")
        beads = [bead for bead, _ in article.pairs]
        remarks = self.runner.remarks([b.target_text for b in beads])
        if isinstance(remarks, NotMeasured):
            return remarks
        return tuple(f for bead, rows in zip(beads, remarks, strict=True) for f in _findings(bead, rows))


def _findings(bead: Bead, remarks: Iterable[Remark]) -> Iterator[Finding]:
    original = {w.norm for w in words(bead.source_text)}
    for remark in remarks:
        marked = bead.target_at(remark.span.start, remark.span.end)
        name = marked.text in original or (marked.text[:1].isupper() and remark.span.start > 0)
        if remark.kind in _KINDS and marked.text.strip() and not (name and remark.kind == "misspelling"):
            yield LANGUAGETOOL.finding(
                marked,
                f"LanguageTool says of {cited(marked.text, bead.langs[1])}: {remark.message}",
                fix=Fix(marked, remark.suggestions[0]) if remark.suggestions else None,
                evidence=(Evidence("kind of remark", remark.kind, origin="LanguageTool"),),
            )
