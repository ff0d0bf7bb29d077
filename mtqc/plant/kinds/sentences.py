"""Whole sentences: lost, added, swapped, left in the other language, cut short, said in a loop."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from mtqc.model import Category, Severity
from mtqc.plant.model import BOTH, Edit, Kind, Scene
from mtqc.plant.words import body_end, unbalanced
from mtqc.text.tokens import words

_ADDED = {
    "fr": (
        "Les autorités n’ont pas encore réagi à cette annonce.",
        "Plusieurs témoins ont confirmé ces informations lundi soir.",
        "Une enquête parlementaire doit s’ouvrir la semaine prochaine.",
        "Le prix du billet passera de 12 à 15 euros en janvier.",
        "Une centaine de personnes ont manifesté devant la mairie.",
        "La pluie a retardé le début des travaux.",
        "Son avocat a demandé un report de l’audience.",
        "Les écoles du quartier resteront fermées jusqu’à jeudi.",
    ),
    "en": (
        "The authorities have not yet responded to the announcement.",
        "Several witnesses confirmed the report on Monday evening.",
        "A parliamentary inquiry is due to open next week.",
        "Ticket prices will rise from 12 to 15 euros in January.",
        "About a hundred people protested outside the town hall.",
        "Rain delayed the start of the work.",
        "His lawyer asked for the hearing to be postponed.",
        "Schools in the area will stay closed until Thursday.",
    ),
}
"""Sentences written for this project, of the sort that an engine makes up."""
_LEAST_WORDS = 6


def lost(scene: Scene, _: random.Random) -> Iterator[Edit]:
    """The sentence is gone."""
    if _is_long(scene):
        yield Edit(0, len(scene.target), "", source=scene.source)


def added(scene: Scene, rng: random.Random) -> Iterator[Edit]:
    """A sentence that the original does not have stands after this one."""
    ends_well = scene.target.rstrip()[-1:] in set(".!?…»”")
    new = rng.choice(_ADDED[scene.lang])
    if ends_well and new not in scene.target:
        yield Edit(len(scene.target), len(scene.target), f" {new}", note="a sentence that the original does not have")


def swapped(scene: Scene, _: random.Random) -> Iterator[Edit]:
    """The sentence and the next one have changed places."""
    if scene.next is None or not _is_long(scene):
        return
    following = scene.next.target_text
    gap = scene.after[: len(scene.after) - len(following)]
    if len(words(following)) >= _LEAST_WORDS and following != scene.target:
        text = following + gap + scene.target
        marks = (0, len(following))
        yield Edit(0, len(scene.target) + len(scene.after), text, marks, takes_next=True, source=scene.source)


def untranslated(scene: Scene, _: random.Random) -> Iterator[Edit]:
    """The sentence stands in the original's language."""
    if _is_long(scene) and "\n" not in scene.source:
        yield Edit(0, len(scene.target), scene.source)


def truncated(scene: Scene, rng: random.Random) -> Iterator[Edit]:
    """The sentence breaks off; the place is after its last word."""
    found = words(scene.target)
    if len(found) < 2 * _LEAST_WORDS:
        return
    share = rng.uniform(0.4, 0.7)
    word = found[int(len(found) * share)]
    start, end = word.start, len(scene.target)
    at = len(scene.target[:start].rstrip())
    if not unbalanced(scene.target, 0, at):
        yield Edit(at, end, "", (0, 0), source=scene.source)


def looping(scene: Scene, rng: random.Random) -> Iterator[Edit]:
    """The last words come again and again."""
    end = body_end(scene.target)
    found = [w for w in words(scene.target) if w.end <= end]
    size = rng.randint(2, 4)
    if len(found) < _LEAST_WORDS or found[-1].end != end:
        return
    phrase = scene.target[found[-size].start : end]
    if re.search(r"[«»“”\".;:()]", phrase):
        return
    repeated = f" {phrase}" * rng.randint(4, 9)
    yield Edit(end, end, repeated)


def _is_long(scene: Scene) -> bool:
    return len(words(scene.target)) >= _LEAST_WORDS and len(words(scene.source)) >= _LEAST_WORDS


KINDS = (
    Kind(
        "sentence-lost",
        Category.OMISSION,
        Severity.CRITICAL,
        ("ACC101", "ACC11", "ALN"),
        "A whole sentence is missing.",
        lost,
        BOTH,
    ),
    Kind(
        "sentence-added",
        Category.ADDITION,
        Severity.MAJOR,
        ("ACC102", "ACC11", "ALN"),
        "A sentence stands there that the original does not have.",
        added,
        BOTH,
    ),
    Kind(
        "sentences-swapped",
        Category.ALIGNMENT,
        Severity.MAJOR,
        ("ALN", "ACC1"),
        "Two sentences have changed places.",
        swapped,
        BOTH,
    ),
    Kind(
        "sentence-untranslated",
        Category.UNTRANSLATED,
        Severity.CRITICAL,
        ("ACC10",),
        "A whole sentence is left in the original’s language.",
        untranslated,
        BOTH,
    ),
    Kind(
        "sentence-truncated",
        Category.OMISSION,
        Severity.CRITICAL,
        ("ACC10", "ACC11"),
        "The sentence breaks off in the middle.",
        truncated,
        BOTH,
    ),
    Kind(
        "looping",
        Category.DUPLICATION,
        Severity.CRITICAL,
        ("ACC10", "FLU5"),
        "The last words come again and again.",
        looping,
        BOTH,
    ),
)
