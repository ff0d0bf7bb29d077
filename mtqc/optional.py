"""What is off unless the configuration asks for it: Grammalecte, LanguageTool, COMET, sentence embeddings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Protocol, runtime_checkable

from mtqc.checks import Check
from mtqc.checks.estimates import QualityEstimate, Similarity
from mtqc.checks.grammalecte_check import Grammar
from mtqc.checks.languagetool_check import LanguageToolCheck
from mtqc.config import Settings, check_key, thresholds
from mtqc.errors import CheckCrashed
from mtqc.heavy import with_estimates
from mtqc.heavy.comet import Comet
from mtqc.heavy.embeddings import Embeddings
from mtqc.heavy.languagetool import LanguageTool
from mtqc.model import AlignedArticle, Finding, NotMeasured
from mtqc.text.grammalecte import Grammalecte


@runtime_checkable
class Judge(Protocol):
    """A check that asks somebody outside, who may not answer."""

    def judge(self, article: AlignedArticle) -> tuple[Finding, ...] | NotMeasured:
        """The findings, or why there are none."""
        ...


def asked(settings: Settings) -> tuple[Check, ...]:
    """The optional checks that the settings ask for, ready to run."""
    return tuple(ready for check in settings.optional if (ready := _ready(check, settings)) is not None)


def _ready(check: Check, settings: Settings) -> Check | None:
    match check:
        case Grammar() if settings.grammalecte:
            return replace(check, runner=Grammalecte())
        case LanguageToolCheck() if settings.languagetool:
            return replace(check, runner=LanguageTool(settings.languagetool, settings.target_lang))
        case QualityEstimate() if settings.comet:
            return check
        case Similarity() if settings.embeddings:
            return check
    return None


def estimated(article: AlignedArticle, settings: Settings) -> AlignedArticle:
    """The article with what COMET and the embeddings say of its sentences, where they are asked for."""
    comet = Comet(settings.comet, settings.device) if settings.comet else None
    similarity = Embeddings(settings.embeddings, settings.device) if settings.embeddings else None
    return with_estimates(article, comet, similarity)


def judged(check: Judge, article: AlignedArticle) -> list[Finding] | NotMeasured:
    """What it finds. NotMeasured where Grammalecte is absent, which is no failure: the report says “skipped”.

    Raises CheckCrashed where a server that was named does not answer.
    """
    found = check.judge(article)
    if isinstance(found, NotMeasured) and not isinstance(check, Grammar):
        raise CheckCrashed(f"Not judged as asked: {found.reason}.", hint="Its findings are missing here.")
    return found if isinstance(found, NotMeasured) else list(found)


def signature(settings: Settings) -> str:
    """What of it can change a number in a report. Which server answers LanguageTool's questions cannot be known."""
    bounds = ";".join(f"{check_key(c)}:{thresholds(c)}" for c in asked(settings))
    names = f"comet:{settings.comet};embeddings:{settings.embeddings};languagetool:{bool(settings.languagetool)}"
    return f"grammalecte:{settings.grammalecte};{names};{bounds}"


def unanswered(article: AlignedArticle, settings: Settings) -> Iterator[str]:
    """One sentence for each heavy signal that was asked for and could not be measured: the report is not complete."""
    for name, wanted in (("comet", settings.comet), ("similarity", settings.embeddings)):
        values = [getattr(signals, name) for _, signals in article.pairs] if wanted else []
        reason = next((v.reason for v in values if isinstance(v, NotMeasured)), "")
        if reason:
            yield f"Not judged as asked: {reason}."
