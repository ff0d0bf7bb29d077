"""What a rule is: a permanent code with its category, severity, rationale and executed examples."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from mtqc.model import Category, Evidence, Finding, Fix, Location, NotMeasured, Severity, Signals

Need = Literal[
    "back_translation",
    "forced_source",
    "forced_target",
    "pseudo_reference",
    "links",
    "coverage",
    "comet",
    "similarity",
    "doubts",
]
CODE = re.compile(r"(ACC|FLU|TRM|LOC|STY|ALN)\d{3}")


@dataclass(frozen=True, slots=True)
class Example:
    """One executed example: an original and its translation, one line a sentence, aligned line by line.

    `marks`: the exact text of the translation that the finding marks; None: the rule is silent. An omission marks "".
    `back_translations`: one a line, for rules that need them ("" of a line with nothing to translate).
    `confidences`: the aligner's, one a line, for rules about the alignment. `logprobs`: forced decoding of the
    English, in nats a piece, one a line. `glossary`: the terms, as a CSV glossary, for rules about those.
    `source_markup`, `target_markup`: inline elements of a web page as (tag, text that first stands so in that side).
    `omitted`, `added`: what contrastive coverage says of the first line: (part of the one side, text of the other side
    that ends where it should stand, log-odds). `langs`: of the original and of the translation.
    `doubts`: words of the first line's translation, in order, and how probable it is that they are wrong.
    `links`: words of the first line that correspond: of the original, of the translation, and how probable the models
    find either given the other side, in nats.
    """

    source: str
    target: str
    marks: str | None = None
    note: str = ""
    back_translations: tuple[str, ...] = ()
    confidences: tuple[float, ...] = ()
    logprobs: tuple[float, ...] = ()
    glossary: str = ""
    source_markup: tuple[tuple[str, str], ...] = ()
    target_markup: tuple[tuple[str, str], ...] = ()
    omitted: tuple[tuple[str, str, float], ...] = ()
    added: tuple[tuple[str, str, float], ...] = ()
    doubts: tuple[tuple[str, float], ...] = ()
    links: tuple[tuple[str, str, float], ...] = ()
    langs: tuple[str, str] = ("en", "fr")

    @property
    def fires(self) -> bool:
        """True where the rule must find something here."""
        return self.marks is not None


@dataclass(frozen=True, slots=True)
class Rule:
    """A permanent code (three letters that name the MQM dimension, three digits) and what stands behind it.

    `confidence`: measured precision, reports/quality.md; `sources`: where the rule's facts come from.
    `examples`: at least one that fires and two that stay silent, one of them a near miss; one test runs them all.
    """

    code: str
    name: str
    category: Category
    severity: Severity
    summary: str
    rationale: str
    examples: tuple[Example, ...]
    confidence: float
    needs: tuple[Need, ...] = ()
    sources: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not CODE.fullmatch(self.code):
            raise ValueError(f"not a rule code: {self.code}")

    def unmet(self, signals: Signals) -> str:
        """Why this rule cannot run on these signals; "" where it can."""
        values = (getattr(signals, need) for need in self.needs)
        return next((v.reason for v in values if isinstance(v, NotMeasured)), "")

    def finding(
        self,
        target: Location,
        message: str,
        *,
        source: Location | None = None,
        related: tuple[Location, ...] = (),
        fix: str | Fix | None = None,
        evidence: tuple[Evidence, ...] = (),
        severity: Severity | None = None,
        confidence: float | None = None,
        article_wide: bool = False,
    ) -> Finding:
        """A finding of this rule; a string as `fix` replaces the marked text and is not safe to apply unseen."""
        return Finding(
            code=self.code,
            name=self.name,
            category=self.category,
            severity=self.severity if severity is None else severity,
            confidence=self.confidence if confidence is None else confidence,
            message=message,
            target=target,
            source=source,
            related=related,
            fix=Fix(target, fix) if isinstance(fix, str) else fix,
            evidence=evidence,
            article_wide=article_wide,
        )
