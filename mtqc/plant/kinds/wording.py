"""The wrong word: a false friend, another sense of the English word."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence

from mtqc.model import Category, Severity
from mtqc.plant.kinds.wrong_words import FALSE_FRIENDS, SENSES, WrongWord
from mtqc.plant.model import FRENCH, Edit, Kind, Scene
from mtqc.plant.words import begins_with_vowel, fits, found, has, like
from mtqc.text.french import noun_forms
from mtqc.text.tokens import plain

_TO_FEMININE = {
    "un": "une", "le": "la", "du": "de la", "au": "à la", "ce": "cette", "son": "sa", "mon": "ma", "aucun": "aucune",
}  # fmt: skip
_TO_MASCULINE = {
    "une": "un", "la": "le", "de la": "du", "à la": "au", "cette": "ce", "sa": "son", "ma": "mon", "aucune": "aucun",
}  # fmt: skip
_ARTICLE = re.compile(r"(?<![\w'-])(?:de la|à la|\w+) $", re.IGNORECASE)
_NEUTRAL = re.compile(
    r"(?<![\w'-])(?:les|des|ces|aux|ses|leurs?|nos|vos|deux|trois|plusieurs|quelques|chaque|\d+|de|en|par) $",
    re.IGNORECASE,
)


def _wrong(scene: Scene, table: Sequence[WrongWord]) -> Iterator[Edit]:
    for row in table:
        if not has(row.english, scene.source):
            continue
        for right, wrong in row.forms:
            for match in found(right, scene.target):
                edit = _swap(scene.target, match, wrong, row)
                if edit is not None:
                    source = next((m.group() for m in found(row.english, scene.source)), "")
                    yield Edit(edit.start, edit.end, edit.text, edit.marks, source=source)


def _swap(text: str, match: re.Match[str], wrong: str, row: WrongWord) -> Edit | None:
    """The wrong word with its article; None where the article cannot follow."""
    new, before = like(match.group(), wrong), plain(text)[: match.start()]
    last = re.search(r"(\w+) $", before)
    if row.right_gender and last and last.group(1) in noun_forms():
        return None  # « positions politiques »: an adjective here
    if match.group()[-1] in "sx" and new[-1] not in "sx" and _NEUTRAL.search(before):
        return None  # « des cours »: the same in the plural
    if row.same_gender or _NEUTRAL.search(before):
        return Edit(match.start(), match.end(), new) if fits(text, match.start(), match.group(), new) else None
    article = _ARTICLE.search(before)
    table = _TO_FEMININE if row.wrong_gender == "f" else _TO_MASCULINE
    old = article.group().strip().lower() if article else ""
    vowels = begins_with_vowel(match.group()) or begins_with_vowel(new)
    if article is None or old not in table or (vowels and old not in {"un", "une"}):
        return None
    changed = like(article.group(), table[old]) + " "
    return Edit(article.start(), match.end(), changed + new, (len(changed), len(changed) + len(new)))


def false_friend(scene: Scene, _: random.Random) -> Iterator[Edit]:
    """The French word that looks like the English one: « librairie » for “library”."""
    yield from _wrong(scene, FALSE_FRIENDS)


def wrong_sense(scene: Scene, _: random.Random) -> Iterator[Edit]:
    """The French word for another sense of the English one: « planche » for a company's “board”."""
    yield from _wrong(scene, SENSES)


KINDS = (
    Kind(
        "false-friend",
        Category.FALSE_FRIEND,
        Severity.MAJOR,
        ("ACC5", "ACC6"),
        "A French word that only looks like the English one.",
        false_friend,
        FRENCH,
    ),
    Kind(
        "wrong-sense",
        Category.MISTRANSLATION,
        Severity.MAJOR,
        ("ACC5", "ACC6"),
        "The French word for another sense of the English one.",
        wrong_sense,
        FRENCH,
    ),
)
