"""Words and phrases said twice, words added."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from mtqc.model import Category, Severity
from mtqc.plant.model import BOTH, Edit, Kind, Scene
from mtqc.plant.words import body_end, has, unbalanced
from mtqc.text.tokens import words

_MAY_STAND_TWICE = frozenset("nous vous très non oui si bien had that is very no ha bla".split())
"""« nous nous » and “had had” may be right."""
_PHRASES: dict[str, tuple[tuple[str, str], ...]] = {
    "fr": (
        (" l’an dernier", "last|years?|ago|earlier|previous|season"),
        (" selon la police", "police|according"),
        (" dans le nord du pays", "north\\w*|country|nation"),
        (" pour la première fois", "first"),
        (" à la demande du ministre", "minister|request\\w*|ask\\w*"),
        (" avec ses deux enfants", "child\\w*|two|kids?|sons?|daughters?"),
        (" sans l’accord du Parlement", "without|parliament|agree\\w*|consent"),
        (" malgré les critiques", "despite|critic\\w*|although|though"),
    ),
    "en": (
        (" last year", "an dernier|année dernière|ans?|années?"),
        (" according to the police", "police|selon|d'après"),
        (" in the north of the country", "nord|pays"),
        (" for the first time", "première"),
        (" at the minister’s request", "ministre|demande\\w*"),
        (" with her two children", "enfants?|deux|fils|filles?"),
        (" without the consent of parliament", "sans|parlement|accord"),
        (" despite the criticism", "malgré|critiques?|bien que"),
    ),
}
"""Phrases to add, each with the words of the original that would justify it."""


def word(scene: Scene, _: random.Random) -> Iterator[Edit]:
    """One word stands twice."""
    for w in words(scene.target):
        if w.text.isalpha() and len(w.text) > 1 and w.norm.islower() and w.norm not in _MAY_STAND_TWICE:
            yield Edit(w.start, w.end, f"{w.text} {w.text}")


def phrase(scene: Scene, rng: random.Random) -> Iterator[Edit]:
    """Two to four words stand twice."""
    found, size = words(scene.target), rng.randint(2, 4)
    for i in range(len(found) - size):
        start, end = found[i].start, found[i + size - 1].end
        text = scene.target[start:end]
        plain_words = found[i].norm.islower() and not any(c in text for c in ',;:.«»“”"()–—!?\n')
        if plain_words and text[-1] not in "'’" and not any(w.is_number for w in found[i : i + size]):
            yield Edit(start, end, f"{text} {text}")


def added(scene: Scene, _: random.Random) -> Iterator[Edit]:
    """A circumstance that the original does not have stands at the sentence's end."""
    end = body_end(scene.target)
    if end == len(scene.target) or unbalanced(scene.target, 0, end) or scene.target[end:].strip() != ".":
        return
    for text, justified in _PHRASES[scene.lang]:
        if not has(justified, scene.source) and text.strip() not in scene.target:
            yield Edit(end, end, text)


_ADVERBS = {
    "fr": (
        ("secrètement", "secret\\w*|covert\\w*|quiet\\w*"),
        ("illégalement", "illegal\\w*|unlawful\\w*"),
        ("volontairement", "volunt\\w*|deliberate\\w*|intention\\w*|purpose\\w*|will\\w*"),
        ("brutalement", "brutal\\w*|sudden\\w*|abrupt\\w*|sharp\\w*"),
        ("injustement", "unfair\\w*|unjust\\w*|wrong\\w*"),
    ),
    "en": (
        ("secretly", "secr\\w+|discr\\w+"),
        ("illegally", "illég\\w+"),
        ("deliberately", "volont\\w+|délibér\\w+|intention\\w+|exprès"),
        ("unfairly", "injust\\w+|tort"),
    ),
}
"""Adverbs to add, each with the words of the original that would justify it."""
_BEFORE_ADVERB = {
    "fr": re.compile(
        r"(?<![\w'-])(?:(?:a|ont|avait|avaient) été|a|ont|avait|avaient|est|sont|était|étaient)(?= \w{3,}(?:é|és|ée|ées)\b)"
    ),
    "en": re.compile(r"(?<![\w'-])(?:has been|have been|had been|was|were|has|have|had)(?= \w{3,}ed\b)"),
}


def word_added(scene: Scene, _: random.Random) -> Iterator[Edit]:
    """An adverb that the original does not have stands before the participle."""
    for match in _BEFORE_ADVERB[scene.lang].finditer(scene.target):
        for adverb, justified in _ADVERBS[scene.lang]:
            if not has(justified, scene.source) and adverb not in scene.target:
                yield Edit(match.end(), match.end(), f" {adverb}")


KINDS = (
    Kind(
        "word-doubled",
        Category.DUPLICATION,
        Severity.MINOR,
        ("FLU50",),
        "A word stands twice.",
        word,
        BOTH,
    ),
    Kind(
        "phrase-doubled",
        Category.DUPLICATION,
        Severity.MAJOR,
        ("FLU50",),
        "A phrase stands twice.",
        phrase,
        BOTH,
    ),
    Kind(
        "word-added",
        Category.ADDITION,
        Severity.MAJOR,
        ("ACC11", "ACC102", "ACC601"),
        "An adverb stands there that the original does not have.",
        word_added,
        BOTH,
    ),
    Kind(
        "phrase-added",
        Category.ADDITION,
        Severity.MAJOR,
        ("ACC11", "ACC102", "ACC601"),
        "A circumstance stands there that the original does not have.",
        added,
        BOTH,
    ),
)
