"""Quotations: left out, their marks lost, a word in them altered."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from functools import cache

from mtqc.model import Category, Severity
from mtqc.plant.model import BOTH, FRENCH, Edit, Kind, Scene
from mtqc.plant.words import begins_with_vowel, links
from mtqc.text.french import noun_forms
from mtqc.text.name_data import translations
from mtqc.text.tokens import plain, words
from mtqc.text.typography import Quote, pairs

_LEAST_WORDS = 3
_AFTER_ARTICLE = re.compile(
    r"(?<![\w'-])(?:l'|(?:le|la|les|un|une|des|ce|cette|cet|ces|du|notre|votre|nos|vos|mon|ma|mes) )$", re.IGNORECASE
)
_SPACES = " \u00a0\u202f"


def _quoted(scene: Scene) -> Iterator[tuple[Quote, Quote]]:
    """Quotations of three words or more, in a sentence whose original has as many."""
    found = pairs(scene.target)
    if len(found) != len(pairs(scene.source)):
        return
    for left, right in found:
        if len(words(scene.target[left.end : right.start])) >= _LEAST_WORDS:
            yield left, right


def lost(scene: Scene, _: random.Random) -> Iterator[Edit]:
    """The quotation is gone; the rest of the sentence stays."""
    for left, right in _quoted(scene):
        start, end = left.start, right.end
        if start == 0:
            rest = re.match(r",? *", scene.target[end:])
            end += rest.end() if rest else 0
        else:
            start = len(scene.target[:start].rstrip(_SPACES + ":,"))
        kept = words(scene.target[:start]) + words(scene.target[end:])
        if len(kept) >= _LEAST_WORDS:
            yield Edit(start, end, "", (0, 0))


def marks_lost(scene: Scene, _: random.Random) -> Iterator[Edit]:
    """Both quotation marks are gone: a quotation reads as the article's own words."""
    for left, right in _quoted(scene):
        inner = scene.target[left.end : right.start].strip(_SPACES)
        yield Edit(left.start, right.end, inner)


def altered(scene: Scene, rng: random.Random) -> Iterator[Edit]:
    """A noun in the quotation is another one of the same gender and number."""
    nouns = noun_forms()
    for left, right in _quoted(scene):
        linked = set(links(scene.english, scene.french).values())
        for w in words(scene.target):
            noun = nouns.get(w.norm)
            inside = left.end <= w.start and w.end <= right.start
            if not inside or noun is None or noun.verb or w.start not in linked:
                continue
            if not _AFTER_ARTICLE.search(plain(scene.target)[: w.start]):
                continue
            new = rng.choice(_like(noun.gender, begins_with_vowel(w.norm)))
            if new not in {x for v in words(scene.english) for x in translations(v.norm)} and new != w.norm:
                yield Edit(w.start, w.end, new)


_NOUNS = {
    ("m", False): "bateau train marché projet budget château sommet virus contrat chien film soldat quartier musée rêve"
    " pont jardin visage pays vent bruit fromage camion procès journal mur lac roi tableau village plan",
    (
        "f",
        False,
    ): "banque ville guerre forêt chanson récolte frontière réforme tempête montagne bibliothèque porte route"
    " maladie loi musique plage tour voiture langue fenêtre vente dette couleur cuisine course lettre robe presse",
    ("m", True): "arbre avion accord appareil escalier océan orage impôt orchestre institut outil article oiseau ennui",
    ("f", True): "école église usine épidémie étoile enquête entreprise armée élection odeur image ombre erreur agence",
}


@cache
def _like(gender: str | None, vowel: bool) -> list[str]:
    """Common nouns of the gender (None: plurals of either) that begin with a vowel or not."""
    if gender is not None:
        return _NOUNS[gender, vowel].split()
    both = [*_NOUNS["m", vowel].split(), *_NOUNS["f", vowel].split()]
    return [n + "s" for n in both if n[-1] not in "sxzul"]


KINDS = (
    Kind(
        "quotation-lost",
        Category.OMISSION,
        Severity.CRITICAL,
        ("ACC31", "ACC4", "ACC11"),
        "A quotation was left out.",
        lost,
        BOTH,
    ),
    Kind(
        "quotation-marks-lost",
        Category.PUNCTUATION,
        Severity.MINOR,
        ("ACC31", "ACC4", "FLU30"),
        "The marks of a quotation are lost: it reads as the article’s own words.",
        marks_lost,
        BOTH,
    ),
    Kind(
        "quotation-altered",
        Category.MISTRANSLATION,
        Severity.MAJOR,
        ("ACC4", "ACC6", "ACC5", "ACC11"),
        "A word in a quotation is another one.",
        altered,
        FRENCH,
    ),
)
