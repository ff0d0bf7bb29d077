"""One family a file; CHECKS is the explicit, ordered registry of our own, `registered()` adds installed packages'."""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points

from mtqc.checks.agreement import Agreement
from mtqc.checks.agreement_clauses import Clauses
from mtqc.checks.attribution import Attribution
from mtqc.checks.back_translation import Disagreement
from mtqc.checks.base import ArticleCheck, BeadCheck, Check
from mtqc.checks.calques import Calques
from mtqc.checks.consistency import ConsistencyCheck
from mtqc.checks.consistency_kept import KeptTerms
from mtqc.checks.coverage import LostParts
from mtqc.checks.document import DocumentConsistency
from mtqc.checks.encoding import Encoding
from mtqc.checks.estimates import QualityEstimate, Similarity
from mtqc.checks.fluency import Fluency
from mtqc.checks.fluency_elision import Elision
from mtqc.checks.garble import Garble
from mtqc.checks.garble_government import Government
from mtqc.checks.glossary import Glossary
from mtqc.checks.grammalecte_check import Grammar
from mtqc.checks.headline import Headline
from mtqc.checks.improbable import Improbable
from mtqc.checks.languagetool_check import LanguageToolCheck
from mtqc.checks.locale import NumberFormats
from mtqc.checks.locale_capitals import Capitals
from mtqc.checks.locale_habits import EnglishHabits
from mtqc.checks.locale_typography import Typography
from mtqc.checks.marks import Marks
from mtqc.checks.markup import FragmentMarkup
from mtqc.checks.modality import Modality
from mtqc.checks.names import NamesCheck
from mtqc.checks.numbers import Numbers
from mtqc.checks.numbers_dates import Dates
from mtqc.checks.numbers_order import Order
from mtqc.checks.output import Output
from mtqc.checks.polarity import Polarity
from mtqc.checks.quotations import Quotations
from mtqc.checks.referents import Referents
from mtqc.checks.reporting import Reporting
from mtqc.checks.spelling import NonWords
from mtqc.checks.structure import LostAndAdded, Notices, Reordered, UnsureAlignment, Untranslated
from mtqc.checks.untranslated_words import UntranslatedWords
from mtqc.errors import ConfigError

CHECKS: tuple[Check, ...] = (
    LostAndAdded(),
    Untranslated(),
    UntranslatedWords(),
    Disagreement(),
    Improbable(),
    Polarity(),
    Modality(),
    Output(),
    Attribution(),
    Referents(),
    Quotations(),
    NamesCheck(),
    ConsistencyCheck(),
    KeptTerms(),
    DocumentConsistency(),
    Headline(),
    Numbers(),
    Dates(),
    Order(),
    NumberFormats(),
    EnglishHabits(),
    Capitals(),
    Typography(),
    Marks(),
    Reporting(),
    LostParts(),
    FragmentMarkup(),
    Encoding(),
    Fluency(),
    Elision(),
    Garble(),
    Government(),
    Agreement(),
    Clauses(),
    NonWords(),
    Calques(),
    Glossary(),
    Notices(),
    UnsureAlignment(),
    Reordered(),
)
OPTIONAL: tuple[Check, ...] = (Grammar(), LanguageToolCheck(), QualityEstimate(), Similarity())
"""Checks that run only where the configuration asks for what they need; `optional` makes them ready."""
ENTRY_POINTS = "mtqc.checks"


@cache
def registered() -> tuple[Check, ...]:
    """CHECKS, then those that installed packages offer under the entry-point group `mtqc.checks`.

    An entry point names a check or a tuple of checks. Raises ConfigError where one cannot be loaded, is no check, or
    takes a code that another has.
    """
    found: list[Check] = list(CHECKS)
    for point in entry_points(group=ENTRY_POINTS):
        try:
            offered = point.load()
        except Exception as error:  # a third party's module may raise anything at import
            raise ConfigError(
                f"The check “{point.name}” of an installed package cannot be loaded ({error}).",
                hint="Mend or uninstall that package.",
            ) from error
        found += _checked(offered if isinstance(offered, tuple) else (offered,), point.name, found)
    return tuple(found)


def _checked(offered: tuple[object, ...], name: str, present: list[Check]) -> list[Check]:
    codes = {r.code for c in (*present, *OPTIONAL) for r in c.rules}
    checks: list[Check] = []
    for check in offered:
        if not isinstance(check, BeadCheck | ArticleCheck):
            raise ConfigError(f"“{name}” ({ENTRY_POINTS}) is no check.", hint="See docs/how-it-works.md.")
        clash = next((r.code for r in check.rules if r.code in codes), "")
        if clash:
            raise ConfigError(f"“{name}” ({ENTRY_POINTS}) takes the code {clash} of another check.", hint="Rename it.")
        checks.append(check)
    return checks


__all__ = ["CHECKS", "OPTIONAL", "ArticleCheck", "BeadCheck", "Check", "registered"]
