"""The registry of kinds, one family a module: KINDS, in the order of the report."""

from __future__ import annotations

from mtqc.plant.kinds import dates, doubling, figures, names, sentences
from mtqc.plant.model import Kind

KINDS: tuple[Kind, ...] = (
    *names.KINDS,
    *figures.KINDS,
    *dates.KINDS,
    *sentences.KINDS,
    *doubling.KINDS,
)
