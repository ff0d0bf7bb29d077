"""A short article, and what mtqc reads from a file."""

from __future__ import annotations

from pathlib import Path

from mtqc.model import ArticlePair
from mtqc.source import read_pairs

EN = "The harbour board voted on Tuesday to close the old pier for the winter. Nobody objected to the plan."
FR = "Le conseil du port a décidé mardi de fermer la vieille jetée pour l’hiver. Personne ne s’y est opposé."


def write(path: Path, text: str | bytes) -> Path:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def read(path: Path) -> tuple[dict[str, ArticlePair], dict[str, str]]:
    found = list(read_pairs(path))
    pairs = {p.id: p for p in found if isinstance(p, ArticlePair)}
    errors = {e[0]: e[1].message for e in found if isinstance(e, tuple)}
    assert len(pairs) + len(errors) == len(found)
    assert all("\n" not in m for m in errors.values())
    return pairs, errors
