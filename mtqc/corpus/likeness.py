"""Which renderings of a name or term are the same, which may stand side by side, and which are rivals."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TypeVar

from mtqc.corpus.renderings import Kind
from mtqc.text.name_data import exonyms, key, places, translations, word_use
from mtqc.text.names import Relation, is_code, relation
from mtqc.text.terms import GRAMMAR, french_key, pieces
from mtqc.text.terms import english_key as singular
from mtqc.text.tokens import words

Rendering = TypeVar("Rendering")
ROOT = 4
"""Letters in which forms of one French word agree: budget, budgétaire; crime, criminel; tram, tramway."""
COMMON = 12
"""log2 of a word's count (in 24 million words) from which a term with it is everyday language, not a term."""
_NAMED = frozenset({Relation.SAME, Relation.TRANSLITERATED, Relation.NEAR, Relation.FRENCH_ENDING})
_LOOSE = frozenset(
    "first second third last next past previous other another same such many few several some more most less least"
    " much own new old early late recent current entire whole half hundred thousand million billion one two three four"
    " five six seven eight nine ten eleven twelve dozen twenty thirty forty fifty".split()
)
"""Words that only count or order: what stands beside them is free."""


@lru_cache(maxsize=1 << 14)
def english_key(kind: Kind, english: str) -> str:
    """A name as it is; a term with its nouns in the singular."""
    return english if kind != "term" else " ".join(singular(w.norm) for w in words(english))


@lru_cache(maxsize=1 << 14)
def form_key(kind: Kind, french: str) -> str:
    """Under it two forms are one: accents, capitals and hyphens are nothing; of several words, nor are articles,
    endings and order.
    """
    if kind == "name":
        return key(french)
    inside = [w.norm.lower() for w in pieces(french)]
    bare = [w for w in inside if w not in GRAMMAR] or inside
    return " ".join(sorted({key(french_key(w))[: ROOT if kind == "term" else None] for w in bare}))


def is_compared(kind: Kind, english: str) -> bool:
    """Whether its renderings can be compared at all: not those of a name that is a word too (President), nor of
    everyday words.
    """
    every = [w.norm for w in words(english)]
    if kind == "name":
        is_place = key(english) in places()[0]
        return is_place or is_code(english) or not translations(english.lower())
    if kind == "names":
        return True
    return not any(w in _LOOSE or word_use(w, "en").log_count >= COMMON for w in every)


def is_rendering(kind: Kind, english: str, french: str) -> bool:
    """False of a form that is no form of the name: another word, an adjective made of it."""
    if kind != "name":
        return True
    if is_code(english):
        return is_code(french)
    related = relation(english, french)
    return key(french) in exonyms(english) if related is Relation.CALLED else related in _NAMED


def rivals(kind: Kind, english: str, forms: Sequence[str]) -> list[int]:
    """Which of the forms, the first of them the most frequent, contradict each other; none where all may stand.

    A form that says less or more of the same words does not (Cour, Cour suprême); nor do two French names of a place.
    """
    if not forms:
        return []
    first, *others = (set(form_key(kind, f).split()) for f in forms)
    against = [n for n, o in enumerate(others, 1) if not (o <= first or first <= o)]
    if kind == "name":
        against = [n for n in against if not _both_called(english, forms[0], forms[n])]
    return [0, *against] if against else []


def _both_called(english: str, one: str, other: str) -> bool:
    return all(relation(english, f) is Relation.CALLED for f in (one, other))
