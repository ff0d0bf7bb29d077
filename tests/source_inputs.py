"""A short article, and what mtqc reads from a file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from mtqc.model import ArticlePair
from mtqc.source import Read, read_pairs
from mtqc.source.stream import Reading, stream

EN = "The harbour board voted on Tuesday to close the old pier for the winter. Nobody objected to the plan."
FR = "Le conseil du port a décidé mardi de fermer la vieille jetée pour l’hiver. Personne ne s’y est opposé."


def write(path: Path, text: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def split_up(found: Iterable[Read]) -> tuple[dict[str, ArticlePair], dict[str, str]]:
    """Articles by id, and what is said of the others."""
    found = list(found)
    pairs = {p.id: p for p in found if isinstance(p, ArticlePair)}
    errors = {e[0]: e[1].message for e in found if isinstance(e, tuple)}
    assert len(pairs) + len(errors) == len(found), "two entries have the same id"
    assert all("\n" not in m for m in errors.values())
    return pairs, errors


def read(path: Path) -> tuple[dict[str, ArticlePair], dict[str, str]]:
    return split_up(read_pairs(path))


def streamed(path: Path | None, target: Path | None = None, **options) -> tuple[dict[str, ArticlePair], dict[str, str]]:
    return split_up(stream(path, target, reading=Reading(**options)))


def texts(pair: ArticlePair) -> list[tuple[str, str]]:
    """The rows of an article."""
    return [(pair.source.text[a.start : a.end], pair.target.text[b.start : b.end]) for a, b in pair.segments]
