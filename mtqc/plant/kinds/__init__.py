"""The registry of kinds, one family a module: KINDS, in the order of the report."""

from __future__ import annotations

from mtqc.plant.kinds import (
    attribution,
    clauses,
    dates,
    doubling,
    figures,
    grammar,
    names,
    polarity,
    quotations,
    sentences,
    surface,
    untranslated,
    wording,
)
from mtqc.plant.model import Kind

KINDS: tuple[Kind, ...] = (
    *names.KINDS,
    *figures.KINDS,
    *dates.KINDS,
    *polarity.KINDS,
    *attribution.KINDS,
    *quotations.KINDS,
    *sentences.KINDS,
    *clauses.KINDS,
    *untranslated.KINDS,
    *doubling.KINDS,
    *wording.KINDS,
    *grammar.KINDS,
    *surface.KINDS,
)
