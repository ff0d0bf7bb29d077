"""Parts of a sentence left out: a clause, a word."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from itertools import pairwise

from mtqc.model import Category, Severity
from mtqc.plant.model import BOTH, Edit, Kind, Scene
from mtqc.plant.words import links, unbalanced
from mtqc.text.french import noun_forms
from mtqc.text.tokens import plain, words

_LEAST = 4
"""Words that are left out, and that stay, at the least."""
_OPENERS = {
    "fr": r"qui|que|qu'|dont|où|lorsque|lorsqu'|quand|alors que|alors qu'|tandis que|parce que|parce qu'|car|bien que|après"
    r"|avant|afin|pour|sans|malgré|en raison|à cause|grâce à|selon|mais|et|ce qui|ce que|avec|contre|dans|depuis",
    "en": r"who|which|that|where|when|while|because|although|though|after|before|so that|to|without|despite|due to"
    r"|thanks to|but|and|with|against|in|since|as",
}
_COMMA = re.compile(r", ")
_END = re.compile(r"[,.;:!?…«»\"“”]")


def clause_lost(scene: Scene, _: random.Random) -> Iterator[Edit]:
    """What stands between two commas, or between a comma and the end, or before the first comma, is left out."""
    text = scene.target
    stops = [m.start() for m in _COMMA.finditer(text)]
    end = re.search(r"[.!?…]?[\s»”\"]*\Z", text)
    last = end.start() if end else len(text)
    for i, at in enumerate(stops):
        after = stops[i + 1] if i + 1 < len(stops) else last
        if _is_loose(plain(text[at + 2 : after]), scene.lang):
            yield from _cut(scene, at, after)
    yield from _inner(scene, last)


_FINITE = re.compile(
    r"^(?:nous|vous|je|j'|il|elle|on|ils|elles|ce|c'|cela|ça|he|she|it|they|we|you)\b|\b(?:permet|\w{2,}ons|\w{3,}ez|a|ont|est|sont|sera|seront|peut|peuvent|va|vont|fut|\w{2,}ait|\w{2,}aient|\w+èrent|\w+era|\w+eront|is|are"
    r"|was|were|has|have|had|will|would|can|could|said|\w{3,}ed)\b"
)


def _is_loose(clause: str, lang: str) -> bool:
    """True of a subordinate clause, an apposition or a speaker put in: not of the sentence's own verb."""
    if re.match(rf"(?:{_OPENERS[lang]})(?:(?<=')|(?![\w-]))|(?:a|ont|avait|said|says)\b|\w+-t?-?(?:il|elle)\b", clause):
        return True
    return _FINITE.search(clause) is None


def _inner(scene: Scene, last: int) -> Iterator[Edit]:
    """A subordinate clause or circumstance without a comma, at the sentence's end."""
    opener = _OPENERS[scene.lang]
    for match in re.finditer(rf" (?:{opener})(?:(?<=')|(?= ))", plain(scene.target)):
        rest = scene.target[match.start() : last]
        if not _END.search(rest) and not re.match(
            r" (?:et|and|que|qu'|that|to|pour|dans|in|as|avec|with) ", plain(rest)
        ):
            yield from _cut(scene, match.start(), last)


def _cut(scene: Scene, start: int, end: int) -> Iterator[Edit]:
    text = scene.target
    gone, kept = text[start:end], text[:start] + text[end:]
    enough = len(words(gone)) >= _LEAST and len(words(kept)) >= _LEAST
    if (
        enough
        and text[:start].rstrip()[-1:] not in {",", ":", "–", "-", "("}
        and not unbalanced(text, start, end)
        and not _is_inside_number(text, start)
    ):
        yield Edit(start, end, "")


def _is_inside_number(text: str, at: int) -> bool:
    return text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit()


_MANNER = re.compile(r"(?<![\w'-])(?P<word>\w{3,}ment)(?![\w'-])")
_LIGHT = frozenset("également notamment actuellement finalement simplement justement moment".split())
_NO_ADVERB = re.compile(
    r"(?:\b(?:non|pas|un|le|du|au|de|ce|son|leur|l'|d'|cet|aucun|les|des|notre|votre|si|très|plus) ?|\d )$",
    re.IGNORECASE,
)


def word_lost(scene: Scene, _: random.Random) -> Iterator[Edit]:
    """An adjective after its noun or an adverb of manner is left out, of which the original has the counterpart."""
    if scene.lang == "fr":
        yield from _french_words(scene)
        return
    linked = links(scene.english, scene.french)
    for w in words(scene.target):
        after = scene.target[w.end : w.end + 1]
        if w.start in linked and (w.norm.endswith("ly") or re.match(r" [a-z]", scene.target[w.end :])) and after == " ":
            before = plain(scene.target)[: w.start]
            if re.search(r"\b(?:the|their|his|her|its|our|some|these|those) $", before) and not w.norm.endswith("s"):
                yield Edit(w.start, w.end + 1, "", (0, 0))


def _french_words(scene: Scene) -> Iterator[Edit]:
    text = plain(scene.target)
    linked = set(links(scene.english, scene.french).values())
    for match in _MANNER.finditer(text):
        before, after = text[: match.start()], text[match.end() :]
        known = match.start() in linked and match["word"] not in noun_forms() and match["word"] not in _LIGHT
        if known and not _NO_ADVERB.search(before) and before.endswith(" ") and after[:1] in " .,":
            yield Edit(match.start() - 1, match.end(), "", (0, 0))
    yield from _adjectives(scene, linked)


def _adjectives(scene: Scene, linked: set[int]) -> Iterator[Edit]:
    found, nouns = words(scene.target), noun_forms()
    for noun, adjective in pairwise(found):
        between = scene.target[noun.end : adjective.start]
        after = scene.target[adjective.end : adjective.end + 1]
        is_noun = noun.norm in nouns and not nouns[noun.norm].verb
        if (
            is_noun
            and between == " "
            and after in " .,;"
            and adjective.start in linked
            and _is_adjective(adjective.norm)
        ):
            yield Edit(adjective.start - 1, adjective.end, "", (0, 0))


_ADJECTIVE = re.compile(
    r".*(?:ique|iques|al|ale|aux|ales|el|elle|els|elles|if|ifs|ive|ives|eux|euse|euses|able|ables|ible|ibles|aire|aires"
    r"|ien|ienne|iens|iennes|ais|aise|aises|ois|oise|oises)"
)


def _is_adjective(word: str) -> bool:
    noun = noun_forms().get(word)
    return _ADJECTIVE.fullmatch(word) is not None and (noun is None or noun.verb) and len(word) > 5


KINDS = (
    Kind(
        "clause-lost",
        Category.OMISSION,
        Severity.MAJOR,
        ("ACC11", "ACC2", "ACC3", "ACC4", "ACC7", "ACC601"),
        "A clause was left out.",
        clause_lost,
        BOTH,
    ),
    Kind(
        "word-lost",
        Category.OMISSION,
        Severity.MAJOR,
        ("ACC11", "ACC601", "ACC6"),
        "A word was left out.",
        word_lost,
        BOTH,
    ),
)
