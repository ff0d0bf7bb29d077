"""The sets that the models are measured on, and what a model makes of them in its first and its second search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from data import rows

from mtqc.translate.marian import Marian, Search
from mtqc.translate.normalise import normalise
from mtqc.translate.validity import Validity

SETS: dict[str, int] = {"wmt12": 0, "wmt13": 200, "flores-dev": 200}
"""Sets of mt_enfr and how many lines are left out: trainers may have watched the first 200 of the last two."""
SYSTEMS = ("google", "microsoft", "bergamot-tiny", "bergamot-base-memory")
FAULTS = ("empty", "loop", "truncated", "length", "refused")
_PHRASES = {
    "is empty": "empty",
    "repeats itself": "loop",
    "come to an end": "truncated",
    "times as long": "length",
    "pieces, without a clause": "refused",
}


@dataclass(frozen=True)
class Side:
    """One set in one direction: sources, human translations, and what other systems made, line by line."""

    name: str
    direction: str
    sources: list[str]
    references: list[str]
    others: dict[str, list[str]]


@dataclass(frozen=True)
class Made:
    """What a model made of some sources: "" where it gave up; the fault of each after the first search and in the end."""

    texts: list[str]
    first: list[str | None]
    final: list[str | None]


def side(name: str, direction: str, most: int = 0) -> Side:
    """Set `name` in `direction` without the lines that SETS leaves out; `most` 0: all lines.

    fr-en translates the human French; the other systems' outputs are stored for that too (bt_ref).
    """
    chosen = [r for r in rows("mt_enfr") if r["set"] == name][SETS[name] :][: most or None]
    source, reference, stored = ("ref_fr", "en", "bt_ref") if direction == "fr-en" else ("en", "ref_fr", "mt")
    others = {s: [r[stored][s] for r in chosen] for s in SYSTEMS if all(s in r[stored] for r in chosen)}
    return Side(name, direction, [r[source] for r in chosen], [r[reference] for r in chosen], others)


def fault_kind(said: str | None) -> str | None:
    """Which of FAULTS a reason of Validity or Marian tells of; raises ValueError for a wording it does not know."""
    if said is None:
        return None
    for phrase, kind in _PHRASES.items():
        if phrase in said:
            return kind
    raise ValueError(f"unknown fault: {said}")


def faults(sources: Sequence[str], texts: Sequence[str]) -> list[str | None]:
    """The faults that mtqc would find in somebody else's translations."""
    validity = Validity()
    return [fault_kind(validity.fault(normalise(s).text, t)) for s, t in zip(sources, texts, strict=True)]


def search(marian: Marian, texts: Sequence[str]) -> Made:
    """As Marian.translate, which a test holds it to, keeping the faults of the first search."""
    parts = [marian.pieces.cut(normalise(t).text) for t in texts]
    refused = [any(marian.pieces.too_long(p) for p in ps) for ps in parts]
    jobs = [(i, p) for i, ps in enumerate(parts) if not refused[i] for p in ps]
    found = _judged(marian, [p for _, p in jobs], marian.search)
    first = _by_text(jobs, found, refused)
    failed = [k for k, (_, fault) in enumerate(found) if fault]
    again = _judged(marian, [jobs[k][1] for k in failed], marian.search.again())
    for k, hypothesis in zip(failed, again, strict=True):
        found[k] = hypothesis
    final = _by_text(jobs, found, refused)
    whole: list[list[str]] = [[] for _ in texts]
    for (i, _), (text, _) in zip(jobs, found, strict=True):
        whole[i].append(text)
    return Made(["" if f else " ".join(w) for f, w in zip(final, whole, strict=True)], first, final)


def _judged(marian: Marian, sources: Sequence[str], how: Search) -> list[tuple[str, str | None]]:
    if not sources:
        return []
    found = marian.decoder.decode([marian.pieces.source(s) for s in sources], how, lambda _: None)
    texts = [marian.pieces.text(f.pieces) for f in found]
    said = (marian.validity.fault(s, t, f.truncated) for s, t, f in zip(sources, texts, found, strict=True))
    return [(t, fault_kind(fault)) for t, fault in zip(texts, said, strict=True)]


def _by_text(
    jobs: Sequence[tuple[int, str]], found: Sequence[tuple[str, str | None]], refused: Sequence[bool]
) -> list[str | None]:
    """Of each text the fault of its first part that has one."""
    told: list[str | None] = ["refused" if r else None for r in refused]
    for (i, _), (_, fault) in zip(jobs, found, strict=True):
        told[i] = told[i] or fault
    return told
