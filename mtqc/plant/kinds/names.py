"""Names: altered, turned into a common noun, missing, spelt in two ways, another country; acronyms altered."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from functools import cache

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from mtqc.model import Category, Severity
from mtqc.plant.kinds.spelling import misspelt, respelt
from mtqc.plant.model import BOTH, Edit, Kind, Scene
from mtqc.plant.words import fits
from mtqc.text.name_data import is_called, key, known_words, translations, word_use
from mtqc.text.names import Part, is_code, parts
from mtqc.text.tokens import words

_LEAST_LETTERS = 5
_PERSON_LETTERS = 4
_COMMON = 4
"""Least log2 count of a French word that a name may be taken for."""
_BEFORE_PLACE = re.compile(r"(?:[ ,]+)(?:à|en|chez|avec) $")
_TITLE = re.compile(r"(?:M\.|Mme|Mmes|MM\.|Mlle|Dr|Me|Mr\.?|Mrs\.?|Ms\.?|Dr\.?)[ \u00a0\u202f]$")


def _kept(scene: Scene, letters: int = _LEAST_LETTERS) -> Iterator[Part]:
    """Names of the translation that stand in the original letter by letter, as names."""
    there = {p.norm for p in parts(scene.source)}
    for part in parts(scene.target):
        plain = scene.target[part.start : part.end] == part.norm and part.norm.isalpha()
        if plain and len(part.norm) >= letters and part.norm in there and not part.code and not part.norm.isupper():
            yield part


def _is_name(part: Part, lang: str) -> bool:
    """Not a word that is mostly written in lower case, such as a month in an English text."""
    use = word_use(part.norm, "fr" if lang == "fr" else "en")
    return not part.initial or use.lower < 0.5 or not use.log_count


def altered(scene: Scene, rng: random.Random) -> Iterator[Edit]:
    """A letter of the name is changed or lost, or two are swapped."""
    for part in _kept(scene):
        new = misspelt(part.norm, rng)
        if _is_name(part, scene.lang) and key(new) != key(part.norm) and not is_called(part.norm, new):
            yield Edit(part.start, part.end, new, source=part.norm)


def common_noun(scene: Scene, _: random.Random) -> Iterator[Edit]:
    """The name gives way to the French word nearest to it."""
    for part in _kept(scene, _PERSON_LETTERS):
        if _is_name(part, scene.lang) and not part.initial:
            new = _nearest(part.norm)
            if new and fits(scene.target, part.start, part.norm, new):
                yield Edit(part.start, part.end, new.capitalize(), source=part.norm)


@cache
def _nearest(name: str) -> str:
    """What a dictionary would make of the name: its translation where it is an English word, else the commonest of the
    French words within one letter of it, two in a longer one; "" where there is none.
    """
    lower = name.lower()
    if word_use(lower, "en").is_common:
        known = [w for w in translations(lower) if word_use(w, "fr").is_common and key(w)[:3] != key(lower)[:3]]
        if known:
            return known[0]
    limit = 1 if len(name) < _LEAST_LETTERS else 2
    near = extract(lower, _common_words(), scorer=OSA.distance, score_cutoff=limit, limit=20)
    fitting = [w for w, distance, _ in near if distance and w[0] == lower[0] and key(w) != key(name)]
    other = [w for w in fitting if w.removesuffix("s") != lower.removesuffix("s")]
    return max(other, key=lambda w: (word_use(w, "fr").log_count, w), default="")


@cache
def _common_words() -> tuple[str, ...]:
    """French words in lower case that everybody knows, of four letters or more."""
    found = ((w, word_use(w, "fr")) for w in known_words("fr") if len(w) >= 4 and w.isalpha())
    return tuple(w for w, use in found if use.log_count >= _COMMON and use.lower >= 0.9 and not _is_english(w))


def _is_english(word: str) -> bool:
    return word_use(word, "en").log_count > word_use(word, "fr").log_count


def missing(scene: Scene, _: random.Random) -> Iterator[Edit]:
    """A surname is lost after its given name or title, or a place with its preposition."""
    kept = list(_kept(scene, _PERSON_LETTERS))
    for part in kept:
        before = scene.target[: part.start]
        twice = sum(p.norm == part.norm for p in parts(scene.target)) > 1
        if twice or scene.target[part.end : part.end + 1] in {"-", "’", "'"}:
            continue
        given = next((p for p in parts(scene.target) if p.end + 1 == part.start and not is_code(p.norm)), None)
        if given is not None and before[-1] in " \u00a0" and not _starts_name(scene.target, part.end):
            yield Edit(part.start - 1, part.end, "", source=part.norm)
        place = _BEFORE_PLACE.search(before)
        if (
            place
            and re.match(r"[ ,.;]", scene.target[part.end : part.end + 1])
            and not _starts_name(scene.target, part.end)
        ):
            yield Edit(place.start(), part.end, "", source=part.norm)


def _starts_name(text: str, at: int) -> bool:
    """True where the name goes on, or is followed by one of its parts (« de », « et »)."""
    return re.match(r"[ \u00a0](?:[A-ZÀ-Þ]|de |d’|d'|et |ou |and )", text[at:]) is not None


def inconsistent(scene: Scene, rng: random.Random) -> Iterator[Edit]:
    """A name that the article has elsewhere is spelt here as another writer might."""
    others = {p.norm for b in (*scene.earlier, *scene.later) for p in parts(b.target_text)}
    for part in _kept(scene):
        new = respelt(part.norm, rng)
        if part.norm in others and _is_name(part, scene.lang) and new and key(new) != key(part.norm):
            yield Edit(part.start, part.end, new, source=part.norm)


def acronym(scene: Scene, rng: random.Random) -> Iterator[Edit]:
    """One letter of the acronym is another, or two are swapped."""
    there = {p.norm for p in parts(scene.source)}
    known = {w.norm for w in words(scene.source)}
    for part in parts(scene.target):
        word = part.norm
        if not (word.isalpha() and word.isupper() and len(word) >= 3 and word in there and part.code):
            continue
        at = rng.randrange(0, len(word) - 1)
        swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        changed = word[:at] + rng.choice("BCDFGLMNPRST".replace(word[at], "")) + word[at + 1 :]
        new = rng.choice([swapped, changed]) if swapped != word else changed
        if new not in known and scene.target[part.start : part.end] == word:
            yield Edit(part.start, part.end, new, source=word)


KINDS = (
    Kind(
        "name-altered",
        Category.NAMED_ENTITY,
        Severity.CRITICAL,
        ("ACC2", "TRM10", "FLU60"),
        "A letter of a name is changed or lost, or two are swapped.",
        altered,
        BOTH,
    ),
    Kind(
        "name-common-noun",
        Category.NAMED_ENTITY,
        Severity.CRITICAL,
        ("ACC2", "TRM10", "ACC6"),
        "A name became a common noun that looks like it.",
        common_noun,
    ),
    Kind(
        "name-missing",
        Category.OMISSION,
        Severity.MAJOR,
        ("ACC2", "ACC11"),
        "A name was left out.",
        missing,
        BOTH,
    ),
    Kind(
        "name-inconsistent",
        Category.INCONSISTENT,
        Severity.MAJOR,
        ("TRM10", "ACC2"),
        "A name is spelt otherwise than in the rest of the article.",
        inconsistent,
        BOTH,
    ),
    Kind(
        "acronym-altered",
        Category.NAMED_ENTITY,
        Severity.CRITICAL,
        ("ACC2", "TRM10"),
        "A letter of an acronym is another, or two are swapped.",
        acronym,
        BOTH,
    ),
)
