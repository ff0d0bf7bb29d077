"""What shows on the surface: non-words, marks without partner, mojibake, two sentences run into one."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from mtqc.model import Category, Severity
from mtqc.plant.kinds.spelling import misspelt
from mtqc.plant.model import BOTH, Edit, Kind, Scene
from mtqc.plant.words import lower_words
from mtqc.text.name_data import Lang, is_known
from mtqc.text.tokens import plain, words
from mtqc.text.typography import pairs

_SPACES = " \u00a0\u202f"
_LONG = 7
"""Letters from which a word with one wrong letter is hardly ever another word."""


def nonword(scene: Scene, rng: random.Random) -> Iterator[Edit]:
    """A letter in a long word is changed or lost, or two are swapped: no word of either language."""
    for word in lower_words(scene.target, _LONG):
        new = misspelt(word.text, rng)
        langs: tuple[Lang, Lang] = ("fr", "en")
        own: Lang = "fr" if scene.lang == "fr" else "en"
        known = any(is_known(form, lang) for lang in langs for form in _forms(new))
        if is_known(word.norm, own) and not known and new != word.text:
            yield Edit(word.start, word.end, new)


def _forms(word: str) -> tuple[str, ...]:
    """The word and what it may be an inflection of."""
    return (
        word,
        word.rstrip("sx"),
        word.removesuffix("es"),
        word.removesuffix("e"),
        word + "s",
        word + "r",
        word + "e",
    )


def unpaired(scene: Scene, rng: random.Random) -> Iterator[Edit]:
    """One of a pair of quotation marks or brackets is lost; the error stands at the other, which is left alone."""
    for left, right in pairs(scene.target):
        yield _without_one(scene.target, (left.start, left.end), (right.start, right.end), rng)
    for match in re.finditer(r"\([^()]{2,}\)", scene.target):
        start, end = match.span()
        yield _without_one(scene.target, (start, start + 1), (end - 1, end), rng)


def _without_one(text: str, left: tuple[int, int], right: tuple[int, int], rng: random.Random) -> Edit:
    """The mark goes with the space inside it."""
    inner = text[left[1] : right[0]]
    if rng.random() < 0.5:
        stays = inner.lstrip(_SPACES) + text[slice(*right)]
        return Edit(left[0], right[1], stays, (len(stays) - (right[1] - right[0]), len(stays)))
    return Edit(left[0], right[1], text[slice(*left)] + inner.rstrip(_SPACES), (0, left[1] - left[0]))


_ACCENTS = re.compile(r"[^\x00-\x7f\u00a0\u202f]")


def mojibake(scene: Scene, _: random.Random) -> Iterator[Edit]:
    """UTF-8 read as Windows-1252: « Ã©tÃ© »."""
    text = scene.target
    for word in words(text):
        start = word.start
        end = word.end + (text[word.end : word.end + 1] == "’")
        old = text[start:end]
        if not _ACCENTS.search(old):
            continue
        try:
            new = old.encode("utf-8").decode("cp1252")
        except UnicodeDecodeError:
            continue
        yield Edit(start, end, new)


_JOIN = {
    "fr": re.compile(
        r", (?P<word>mais|et|car|alors|selon|puis|or|il|elle|ils|elles|nous|cela|ce|c'est|la|le|les|un|une|dans)\b"
    ),
    "en": re.compile(r", (?P<word>but|and|so|then|he|she|they|it|we|the|in|this)\b"),
}


def melted(scene: Scene, _: random.Random) -> Iterator[Edit]:
    """A capital in mid-sentence where a comma or a full stop was: two sentences run into one."""
    for match in _JOIN[scene.lang].finditer(plain(scene.target)):
        word = scene.target[match.start("word") : match.end("word")]
        new = f" {word[0].upper()}{word[1:]}"
        yield Edit(match.start(), match.end(), new)
    following = scene.next.target_text if scene.next else ""
    gap = scene.after[: len(scene.after) - len(following)]
    first = re.match(r"\w+", following)
    stop = len(scene.target)
    ends = scene.target.endswith(".") and words(scene.target)[-1].end == stop - 1
    if ends and first and following[0].isupper() and gap and not gap.strip(" \u00a0"):
        end = stop + len(gap) + first.end()
        yield Edit(stop - 1, end, gap + first.group(), takes_next=True)


KINDS = (
    Kind(
        "non-word",
        Category.SPELLING,
        Severity.MINOR,
        ("FLU60", "FLU61"),
        "A word with a wrong letter: no word of any language.",
        nonword,
        BOTH,
    ),
    Kind(
        "mark-unpaired",
        Category.PUNCTUATION,
        Severity.MINOR,
        ("FLU30",),
        "A quotation mark or bracket without its partner.",
        unpaired,
        BOTH,
    ),
    Kind(
        "mojibake",
        Category.GARBLED,
        Severity.MAJOR,
        ("FLU70",),
        "UTF-8 read as Windows-1252.",
        mojibake,
        BOTH,
    ),
    Kind(
        "sentences-melted",
        Category.GARBLED,
        Severity.MAJOR,
        ("FLU2", "FLU10", "FLU11"),
        "A capital in mid-sentence: two sentences run into one.",
        melted,
        BOTH,
    ),
)
