"""The two protocols of a check. A check is a frozen dataclass: its fields are its thresholds, the configuration
keys and its signature. It does no I/O, no logging, and knows nothing of selection.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Protocol, runtime_checkable

from mtqc.model import AlignedArticle, Bead, Finding, Signals
from mtqc.rules import Rule

CONTENT: Mapping[str, bool] = MappingProxyType({"content": True})
"""Metadata of a field that is no threshold: parsed content of the user's files. It counts in the signature."""


@runtime_checkable
class BeadCheck(Protocol):
    """Judges one bead at a time: those with text on both sides, boilerplate left out."""

    @property
    def rules(self) -> tuple[Rule, ...]:
        """What it can find."""
        ...

    def find(self, bead: Bead, signals: Signals) -> Iterable[Finding]:
        """Findings in this bead."""
        ...


@runtime_checkable
class ArticleCheck(Protocol):
    """Judges the whole article at once. Each finding goes to the sentence it marks, unless `article_wide`."""

    @property
    def rules(self) -> tuple[Rule, ...]:
        """What it can find."""
        ...

    def find_in_article(self, article: AlignedArticle) -> Iterable[Finding]:
        """Findings in this article."""
        ...


Check = BeadCheck | ArticleCheck
ENGLISH_TO_FRENCH = ("en-fr",)
BOTH = ("en-fr", "fr-en")


def directions(check: Check) -> tuple[str, ...]:
    """Which it judges, as in `en-fr`: what its class variable `directions` says, without one English to French."""
    return tuple(getattr(check, "directions", ENGLISH_TO_FRENCH))


def judges(check: Check, article: AlignedArticle) -> bool:
    """True where the article is of a direction that the check judges."""
    return f"{article.pair.source.lang}-{article.pair.target.lang}" in directions(check)


def cited(text: str, lang: str) -> str:
    """As a message cites a text: English in “ ”, French in « »."""
    return f"“{text}”" if lang == "en" else f"« {text} »"
