"""Words of the original left as they are: one, or a stretch of them."""

from __future__ import annotations

import random
from collections.abc import Iterator

from mtqc.model import Category, Severity
from mtqc.plant.model import BOTH, Edit, Kind, Scene
from mtqc.plant.words import links
from mtqc.text.name_data import Lang, key, word_use
from mtqc.text.tokens import Word, words

_MOST_WORDS = 5
_FOREIGN = 5
"""By how much log2 of a word's count in its own language must exceed that in the other, to be no loan word."""


def _linked(scene: Scene) -> list[tuple[Word, Word]]:
    """(word of the translation, word of the original), in the translation's order."""
    found = links(scene.english, scene.french)
    pairs = [(f, e) if scene.lang == "fr" else (e, f) for e, f in found.items()]
    target, source = ({w.start: w for w in words(t)} for t in (scene.target, scene.source))
    return [(target[t], source[s]) for t, s in sorted(pairs)]


def word(scene: Scene, _: random.Random) -> Iterator[Edit]:
    """The original's word stands in place of its translation."""
    for target, source in _linked(scene):
        if (
            _is_foreign(source.norm, scene)
            and key(source.norm) != key(target.norm)
            and not _is_elided_before(scene.target, target)
        ):
            yield Edit(target.start, target.end, source.text, source=source.text)


def _is_foreign(norm: str, scene: Scene) -> bool:
    own: Lang = "en" if scene.lang == "fr" else "fr"
    other: Lang = "fr" if scene.lang == "fr" else "en"
    return word_use(norm, own).log_count - word_use(norm, other).log_count >= _FOREIGN


def _is_elided_before(text: str, target: Word) -> bool:
    return text[target.start - 1 : target.start] in {"'", "’", "-"} and target.start > 0


def stretch(scene: Scene, _: random.Random) -> Iterator[Edit]:
    """Two to five words of the original stand in place of as many of the translation, between two linked words."""
    pairs = _linked(scene)
    for i, (first, one) in enumerate(pairs):
        for last, other in pairs[i + 1 : i + 4]:
            if _parallel(scene, (first, last), (one, other)) and not _is_elided_before(scene.target, first):
                text = scene.source[one.start : other.end]
                yield Edit(first.start, last.end, text, source=text)


def _parallel(scene: Scene, target: tuple[Word, Word], source: tuple[Word, Word]) -> bool:
    """True where both stretches are short, in the same order, about as long, and hold no mark, name or figure."""
    if source[0].start >= source[1].start:
        return False
    stretches = scene.target[target[0].start : target[1].end], scene.source[source[0].start : source[1].end]
    found = [words(s) for s in stretches]
    if any(c in s for s in stretches for c in ',;:.«»“”"()–—!?\n') or any(len(w) > _MOST_WORDS for w in found):
        return False
    lower = all(w.norm.islower() and not w.is_number for side in found for w in side)
    return lower and abs(len(found[0]) - len(found[1])) <= 2 and any(_is_foreign(w.norm, scene) for w in found[1])


KINDS = (
    Kind(
        "word-untranslated",
        Category.UNTRANSLATED,
        Severity.MAJOR,
        ("ACC10", "FLU60"),
        "A word of the original stands untranslated.",
        word,
        BOTH,
    ),
    Kind(
        "stretch-untranslated",
        Category.UNTRANSLATED,
        Severity.MAJOR,
        ("ACC10", "FLU60"),
        "A few words of the original stand untranslated.",
        stretch,
        BOTH,
    ),
)
