"""Quantities in English and French text: found with exact spans and values, compared, and written out in French."""

from __future__ import annotations

from mtqc.text.numbers.model import Lang, Quantity
from mtqc.text.numbers.scan import flatten, quantities

__all__ = ["Lang", "Quantity", "flatten", "quantities"]
