"""Negations lost or added: what speaks for it is weighed, and only a clear case is called a fault.

The weights are log-odds of a logistic regression, rounded to a tenth, fitted on 6,550 human translations (NTREX
documents of even index, FLORES dev and WMT 2012/2013 references in even blocks of 25, news sentences written for this
project) against 2,692 of them with a negation taken away or put in (clean ones weighted threefold).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from mtqc.checks.polarity_place import Places
from mtqc.checks.polarity_words import (
    ADDED,
    CORE,
    IDIOMS,
    LITOTES_VERB,
    LOOSE,
    NEGATIVE,
    OBLIQUE,
    SOFT,
    STRONG,
)
from mtqc.model import BackTranslation, Bead, Evidence, Signals
from mtqc.text.tokens import plain, words

LOST_WITH_BACK: Mapping[str, float] = MappingProxyType(
    {"bias": -2.6, "owed": 0.7, "none": 0.9, "said": -1.3, "said near": -1.6, "oblique": -0.8, "literal": 0.4,
     "back fewer": 3.1, "back affirms": 0.6}
)  # fmt: skip
LOST: Mapping[str, float] = MappingProxyType(
    {"bias": 0.6, "owed": 0.7, "none": 1.0, "said": -1.7, "said near": -1.6, "oblique": -0.9, "literal": 0.4,
     "verb": -1.1}
)  # fmt: skip
ADDED_WITH_BACK: Mapping[str, float] = MappingProxyType(
    {"bias": 0.5, "none": 1.7, "soft": -0.7, "near": -1.8, "many": -0.6, "litotes": -1.0, "literal": 0.7,
     "indefinite": -2.1, "back more": 0.6, "back denies": 1.1}
)  # fmt: skip
ADDED_ALONE: Mapping[str, float] = MappingProxyType(
    {"bias": 0.7, "none": 2.1, "soft": -0.5, "near": -1.9, "many": -0.6, "litotes": -0.9, "literal": 1.0,
     "indefinite": -2.1}
)  # fmt: skip
"""What speaks for a fault (above 0) or for a free translation (below), in log-odds; see `_lost`, `_added`."""

_BESIDE, _CLOSE = 25, 60
"""Characters within which a French word such as « manque » may say what the English negation says."""
_NEAR = 40
"""Characters within which an English word such as “hardly” may be what the French negation says."""
_REACH, _SHARE = 100, 0.4
"""An English word further than this from the French negation, in characters or of the text's length, is no reason."""
_APART = 0.3
"""Share of the sentence that the same word of a back-translation may have moved by."""
_NEXT = 20
"""Characters after an added negation in which what it denies may stand."""
_JOINED = 45
"""Characters within which « ne » and « pas », « aucun » and « n' » are one negation."""
_PRONE = frozenset({"sans", "non"})
_PARTICLES = frozenset({"pas", "ni"})
_STOP = re.compile(r"[,;:.?!](?!\d)")
_ENGLISH = re.compile(r"(?<![\w-])(?:not|no|never|nothing|nobody|don't)(?![\w-])", re.IGNORECASE)
_VERBS = re.compile(r"without|unable|fail|refus|declin", re.IGNORECASE)
_DENIES = frozenset("not no never none nobody nothing nowhere neither cannot without".split())
_EMPTY = frozenset(
    "be been being have has had do does did to the a an any so very really yet ever it he she they we you i of that"
    " this is are was were will would can could should may might must".split()
)


class Texts:
    """Both plain texts of a bead and its back-translation; places mapped between them once somebody asks."""

    def __init__(self, bead: Bead, signals: Signals) -> None:
        self.bead = bead
        self.source, self.target = plain(bead.source_text), plain(bead.target_text)
        self.back = (
            plain(signals.back_translation.text) if isinstance(signals.back_translation, BackTranslation) else ""
        )

    @cached_property
    def places(self) -> Places:
        """Places of the English mapped to the French."""
        return Places(self.source, self.target)

    @cached_property
    def english(self) -> tuple[str, ...]:
        """Lower-case words of the original."""
        return tuple(w.norm.lower() for w in words(self.source))

    @cached_property
    def retranslated(self) -> tuple[str, ...]:
        """Lower-case words of the back-translation."""
        return tuple(w.norm.lower() for w in words(self.back))

    def evidence(self) -> tuple[Evidence, ...]:
        """The back-translation, where there is one."""
        return (Evidence("back-translation", self.back, origin="fr→en model"),) if self.back else ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A negation that may be lost (a place of the English) or added (of the French), and the log-odds that it is.

    `at`: its place in the French. `positive`: what it denies says no already, « ne manque pas ».
    """

    start: int
    end: int
    odds: float
    at: int
    positive: bool = False


def lost(texts: Texts) -> Candidate | None:
    """The English negation that most likely has no counterpart in the French; None where they balance."""
    strong = list(STRONG.finditer(texts.source))
    if not strong:
        return None
    there = french_negations(texts.target) + [m.span() for m in _ENGLISH.finditer(texts.target)]
    french = len(there)
    if french >= len(strong):
        return None
    idioms, loose = ([m.span() for m in pattern.finditer(texts.source)] for pattern in (IDIOMS, LOOSE))
    negations = [m for m in strong if not _inside(m, idioms)]
    if french >= len(negations):
        return None
    owed = sum(not _inside(m, loose) for m in negations) > french
    found = (_lost(texts, m, owed, french, len(strong)) for m in negations)
    return max(found, key=lambda c: (c.odds, min((abs((a + b) // 2 - c.at) for a, b in there), default=0)))


def _inside(match: re.Match[str], spans: Sequence[tuple[int, int]]) -> bool:
    return any(a < match.end() and match.start() < b for a, b in spans)


def _lost(texts: Texts, negation: re.Match[str], owed: bool, french: int, english: int) -> Candidate:
    at = texts.places.project(negation.start())
    said = min((abs(m.start() - at) for m in NEGATIVE.finditer(texts.target)), default=_CLOSE)
    spoken = {
        "bias": True,
        "owed": owed,
        "none": not french,
        "said": said < _BESIDE,
        "said near": said < _CLOSE,
        "oblique": any(abs(m.start() - at) < _BESIDE for m in OBLIQUE.finditer(texts.target)),
        "literal": texts.places.translated(negation.end()) is not None,
        "verb": _VERBS.search(negation.group()) is not None,
        "back fewer": english > len(STRONG.findall(texts.back)),
        "back affirms": _affirmed(texts.english, texts.retranslated, len(words(texts.source[: negation.start()]))),
    }
    return Candidate(*negation.span(), _odds(LOST_WITH_BACK if texts.back else LOST, spoken), at)


def added(texts: Texts) -> Candidate | None:
    """The French negation that most likely has none in the English; None where they balance."""
    matches = list(ADDED.finditer(texts.target))
    if not matches:
        return None
    english = len(STRONG.findall(texts.source))
    if len(french_negations(texts.target)) + len(_ENGLISH.findall(texts.target)) <= english:
        return None
    return max((_added(texts, m, english) for m in matches), key=lambda c: c.odds)


def _added(texts: Texts, match: re.Match[str], english: int) -> Candidate:
    middle = (match.start() + match.end()) // 2
    far = [abs(texts.places.project(m.start()) - middle) for m in SOFT.finditer(texts.source)]
    near = sum(d < _NEAR for d in far)
    back = texts.retranslated
    spoken = {
        "bias": True,
        "none": not english,
        "soft": any(d < max(_REACH, _SHARE * len(texts.target)) for d in far),
        "near": near > 0,
        "many": near > 1,
        "litotes": LITOTES_VERB.search(match.group()) is not None,
        "literal": texts.places.says((match.start(), match.end() + _NEXT)),
        "indefinite": match["no"].lower() != "pas",
        "back more": len(STRONG.findall(texts.back)) > english,
        "back denies": any(_affirmed(back, texts.english, i) for i, word in enumerate(back) if _denies(word)),
    }
    odds = _odds(ADDED_WITH_BACK if texts.back else ADDED_ALONE, spoken)
    return Candidate(*match.span(), odds, match.start(), spoken["litotes"])


def _odds(weights: Mapping[str, float], spoken: Mapping[str, bool]) -> float:
    return round(sum(weight * spoken[name] for name, weight in weights.items()), 1)


def _denies(word: str) -> bool:
    return word in _DENIES or word.endswith("n't")


def _affirmed(here: Sequence[str], there: Sequence[str], at: int) -> bool:
    """True where a word denied by `here[at]` stands at about the same place in `there`, and is not denied."""
    heads = [w for w in here[at + 1 : at + 6] if w not in _EMPTY and not _denies(w)][:2]
    return any(_stands_free(head, there, at / len(here)) for head in heads if len(head) > 2)


def _stands_free(head: str, there: Sequence[str], share: float) -> bool:
    begin = head[: 5 if len(head) > 5 else 4]
    found = [(abs(i / len(there) - share), i) for i, w in enumerate(there) if w[: len(begin)] == begin]
    if not found or min(found)[0] >= _APART:
        return False
    i = min(found)[1]
    return not any(map(_denies, there[max(0, i - 5) : i + 1]))


def french_negations(target: str) -> list[tuple[int, int]]:
    """[start, end) of each French negation: « n'a pas », « aucun … ne » count once, « ni … ni » twice."""
    groups: list[tuple[int, int, set[str]]] = []
    for match in CORE.finditer(target):
        word = match.group().lower()
        word = "ne" if word == "n'" else word
        if groups and _joins(groups[-1], match.start(), word, target):
            start, _, seen = groups[-1]
            groups[-1] = (start, match.end(), seen | {word})
        else:
            groups.append((match.start(), match.end(), {word}))
    return [(start, end) for start, end, _ in groups]


def _joins(group: tuple[int, int, set[str]], start: int, word: str, target: str) -> bool:
    _, end, seen = group
    if start - end > _JOINED or word in _PRONE or seen & _PRONE or word in seen:
        return False
    if word == "ne":
        return not seen & _PARTICLES
    if word in _PARTICLES and seen & _PARTICLES:
        return False
    return "ne" in seen and not _STOP.search(target, end, start)


def negated(texts: Texts, negation: Candidate) -> tuple[int, int] | None:
    """The French word for what the English negates; of “take no action”, for the verb before."""
    found = texts.places.translated(negation.end)
    before = texts.source.rfind(" ", 0, max(0, negation.start - 1)) + 1
    return found or texts.places.translated(before, 1)
