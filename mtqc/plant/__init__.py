"""Planted errors: every kind of error put into good translations, with its exact place, to measure what is found."""

from __future__ import annotations

from mtqc.plant.gold import gold_lines, gold_rows
from mtqc.plant.kinds import KINDS
from mtqc.plant.model import Edit, Kind, Planted, PlantedError, Scene
from mtqc.plant.planting import edits, plant, scenes, sentence_of

__all__ = [
    "KINDS",
    "Edit",
    "Kind",
    "Planted",
    "PlantedError",
    "Scene",
    "edits",
    "gold_lines",
    "gold_rows",
    "plant",
    "scenes",
    "sentence_of",
]
