"""What turns the sense round: a negation lost or added, an opposite, hearsay told as a fact."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import ClassVar

from mtqc.checks.polarity_opposites import Sense, opposites
from mtqc.checks.polarity_place import Places, verb_group
from mtqc.checks.polarity_rules import ANTONYM_FLIPPED, HEDGE_LOST, POLARITY_FLIPPED
from mtqc.checks.polarity_words import (
    ADDED,
    CORE,
    EVEN,
    FRENCH_HEDGE,
    HEDGES,
    LEXICAL,
    LITOTES,
    LITOTES_VERB,
    SOFT,
    STRONG,
    TRAPS,
)
from mtqc.model import BackTranslation, Bead, Evidence, Finding, Severity, Signals
from mtqc.text.tokens import plain

_STOP = re.compile(r"[,;:.?!](?!\d)")
_ALL = re.compile(r"(?<!\w)(?:tous|toutes|tout le monde|chacune?|les deux|quelqu'un)(?!\w)", re.IGNORECASE)
_ENGLISH = re.compile(r"(?<![\w-])(?:not|no|never|nothing|nobody|don't)(?![\w-])", re.IGNORECASE)
_NOR = re.compile(r"\bnor\b")
_WORD = re.compile(r"[a-z]+")
_BEFORE, _AFTER = 25, 45
"""Characters around an English negation in which a second negative word makes it even."""
_SHORT = 80
"""Characters of a French sentence too short to be rephrased where the back-translation is reversed too."""
_NEXT = 20
"""Characters after an added negation in which what it denies may stand."""
_JOINED = 45
"""Characters within which « ne » and « pas », « aucun » and « n' » are one negation."""
_PRONE = frozenset({"sans", "non"})
_PARTICLES = frozenset({"pas", "ni"})


class _Texts:
    """Both plain texts of a bead, and places mapped between them once somebody asks."""

    def __init__(self, bead: Bead, signals: Signals) -> None:
        self.bead = bead
        self.source, self.target = plain(bead.source_text), plain(bead.target_text)
        self.back = (
            plain(signals.back_translation.text) if isinstance(signals.back_translation, BackTranslation) else ""
        )

    @cached_property
    def places(self) -> Places:
        return Places(self.source, self.target)

    def evidence(self) -> tuple[Evidence, ...]:
        back = self.back
        return (Evidence("back-translation", back, origin="fr→en model"),) if back else ()


@dataclass(frozen=True, slots=True)
class Polarity:
    """Negations (ACC701), opposites (ACC702) and hearsay (ACC703) that differ between the two sides.

    A French negation may stand `core_reach` of the French text's length (at least `least_reach` characters) from where
    the English one falls; a word that implies one, such as « manque », `lexical_reach`; an opposite `antonym_reach`.
    `window`: characters on either side in which another word may explain what stands there.
    """

    core_reach: float = 0.4
    lexical_reach: float = 0.25
    least_reach: int = 50
    antonym_reach: float = 0.35
    window: int = 60
    rules: ClassVar = (POLARITY_FLIPPED, ANTONYM_FLIPPED, HEDGE_LOST)

    def find(self, bead: Bead, signals: Signals) -> Iterator[Finding]:
        """At most one finding a rule."""
        texts = _Texts(bead, signals)
        yield from (f for f in (self._negation(texts), self._opposite(texts), _hedge(texts)) if f)

    def _negation(self, texts: _Texts) -> Finding | None:
        if STRONG.search(texts.source):
            return self._lost(texts)
        return self._added(texts)

    def _lost(self, texts: _Texts) -> Finding | None:
        negations = list(_negations(texts.source))
        if not any(sure for _, sure in negations):
            return None
        free = french_negations(texts.target) + _kept(texts.target)
        if len(free) >= len(STRONG.findall(texts.source)):
            return None
        total = len(free)
        for negation, sure in negations:
            at = texts.places.project(negation.start())
            if not self._take(free, at, len(texts.target)) and sure and not self._implied(texts.target, at):
                return _lost_finding(texts, negation, at, total)
        return None

    def _take(self, free: list[tuple[int, int]], at: int, length: int) -> bool:
        """Removes the nearest free French negation, if it is near enough; True if there was one."""
        nearest = min(free, key=lambda g: abs((g[0] + g[1]) // 2 - at), default=None)
        if nearest is None or abs((nearest[0] + nearest[1]) // 2 - at) > max(
            self.least_reach, self.core_reach * length
        ):
            return False
        free.remove(nearest)
        return True

    def _implied(self, target: str, at: int) -> bool:
        reach = max(self.least_reach, self.lexical_reach * len(target))
        return any(abs(m.start() - at) < reach for m in LEXICAL.finditer(target))

    def _added(self, texts: _Texts) -> Finding | None:
        match = ADDED.search(texts.target)
        if not match or LITOTES_VERB.search(match.group()):
            return None
        if LITOTES.search(_around(texts.target, match.span(), self.window)) or self._explained(texts, match):
            return None
        if texts.back and not STRONG.search(texts.back):
            return None
        return POLARITY_FLIPPED.finding(
            texts.bead.target_at(*match.span()),
            f"« {texts.bead.target_text[slice(*match.span())]} » denies something, the English has no negation.",
            severity=_strength(
                agreed=bool(texts.back), literal=texts.places.says((match.start(), match.end() + _NEXT))
            ),
            evidence=texts.evidence(),
        )

    def _explained(self, texts: _Texts, match: re.Match[str]) -> bool:
        """An English word that a negation may render stands near the French one."""
        reach = max(2 * self.least_reach, self.core_reach * len(texts.target))
        middle = (match.start() + match.end()) // 2
        return any(abs(texts.places.project(m.start()) - middle) < reach for m in SOFT.finditer(texts.source))

    def _opposite(self, texts: _Texts) -> Finding | None:
        table = opposites()
        seen: set[int] = set()
        for word in _WORD.findall(texts.source.lower()):
            for said, opposite in table.get(word, ()):
                if id(said) not in seen:
                    seen.add(id(said))
                    finding = self._flipped(texts, said, opposite)
                    if finding:
                        return finding
        return None

    def _flipped(self, texts: _Texts, said: Sense, opposite: Sense) -> Finding | None:
        here, there = said.english.search(texts.source), opposite.french.search(texts.target)
        if not here or not there:
            return None
        if said.french.search(texts.target) or opposite.english.search(texts.source):
            return None
        english = _around(texts.source, here.span(), self.window)
        french = _around(texts.target, there.span(), self.window)
        explained = opposite.english_also.search(english) or said.french_also.search(french)
        if explained or STRONG.search(english) or CORE.search(french):
            return None
        apart = abs(texts.places.project(here.start()) - there.start())
        cleared = texts.back and said.english.search(texts.back)
        if cleared or apart > max(self.least_reach, self.antonym_reach * len(texts.target)):
            return None
        agreed = bool(texts.back) and bool(opposite.english_also.search(texts.back))
        return ANTONYM_FLIPPED.finding(
            texts.bead.target_at(*there.span()),
            f"“{here.group()}” became its opposite, « {texts.bead.target_text[slice(*there.span())]} ».",
            source=texts.bead.source_at(*here.span()),
            severity=Severity.CRITICAL if agreed else Severity.MAJOR,
            evidence=texts.evidence(),
        )


def _around(text: str, span: tuple[int, int], window: int) -> str:
    """What stands within `window` characters before and after the span, the span left out."""
    return text[max(0, span[0] - window) : span[0]] + " | " + text[span[1] : span[1] + window]


def _negations(source: str) -> Iterator[tuple[re.Match[str], bool]]:
    """English negations that no idiom explains; True where no second negative word stands in their clause."""
    traps = [m.span() for m in TRAPS.finditer(source)]
    for match in STRONG.finditer(source):
        if not any(a < match.end() and match.start() < b for a, b in traps):
            before = _STOP.split(source[max(0, match.start() - _BEFORE) : match.start()])[-1]
            after = _STOP.split(source[match.end() : match.end() + _AFTER])[0]
            both = match.group().lower() == "neither"  # its “nor” is no second negation
            asked = source[match.end() + len(after) : match.end() + len(after) + 1] == "?"
            yield match, not (asked or EVEN.search(before) or EVEN.search(_NOR.sub("", after) if both else after))


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


def _kept(target: str) -> list[tuple[int, int]]:
    """[start, end) of English negations that the French quotes as they are."""
    return [m.span() for m in _ENGLISH.finditer(target)]


def _joins(group: tuple[int, int, set[str]], start: int, word: str, target: str) -> bool:
    _, end, seen = group
    if start - end > _JOINED or word in _PRONE or seen & _PRONE or word in seen:
        return False
    if word == "ne":
        return not seen & _PARTICLES
    if word in _PARTICLES and seen & _PARTICLES:
        return False
    return "ne" in seen and not _STOP.search(target, end, start)


def _lost_finding(texts: _Texts, negation: re.Match[str], at: int, total: int) -> Finding | None:
    if texts.back and len(STRONG.findall(texts.back)) > total:
        return None
    word = _translated(texts, negation)
    subject = _universal(texts.target, at, negation[0])
    span = subject or verb_group(texts.target, at, word)
    marked = texts.bead.target_text[slice(*span)]
    agreed = bool(texts.back) and not total and not STRONG.search(texts.back) and not SOFT.search(texts.back)
    literal = bool(word or subject) or (agreed and len(texts.target) <= _SHORT)
    found = POLARITY_FLIPPED.finding(
        texts.bead.target_at(*span),
        f"“{negation.group()}” has no counterpart in the French near « {marked} »: the negation seems lost.",
        source=texts.bead.source_at(*negation.span()),
        severity=_strength(agreed=agreed, literal=literal, others=total > 0 and not texts.back),
        evidence=texts.evidence(),
    )
    return replace(found, confidence=0.75) if total else found


def _strength(*, agreed: bool, literal: bool, others: bool = False) -> Severity:
    """How much speaks for a reversed negation.

    `literal`: what is negated on one side stands, translated, on the other; without that, a rephrasing is as likely.
    `agreed`: the back-translation is reversed too. `others`: the sentence has negations of its own.
    """
    if not literal or others:
        return Severity.MINOR
    return Severity.CRITICAL if agreed else Severity.MAJOR


def _universal(target: str, at: int, negation: str) -> tuple[int, int] | None:
    """Of “none”, “nobody” or “neither”: « tous », « les deux » in its place, up to the verb it is the subject of."""
    near = [m.span() for m in _ALL.finditer(target) if abs(m.start() - at) < _JOINED]
    if negation.lower() not in {"none", "nobody", "neither"} or not near:
        return None
    start, end = min(near, key=lambda s: abs(s[0] - at))
    verb = verb_group(target, end, None)
    return (start, verb[1] if end <= verb[0] <= end + _JOINED else end)


def _translated(texts: _Texts, negation: re.Match[str]) -> tuple[int, int] | None:
    """The French word for what is negated; of “take no action”, for the verb before."""
    found = texts.places.translated(negation.end())
    before = texts.source.rfind(" ", 0, max(0, negation.start() - 1)) + 1
    return found or texts.places.translated(before, 1)


def _hedge(texts: _Texts) -> Finding | None:
    hedge = HEDGES.search(texts.source)
    if not hedge or FRENCH_HEDGE.search(texts.target):
        return None
    if texts.back and HEDGES.search(texts.back):
        return None
    at = texts.places.project(hedge.start())
    span = verb_group(texts.target, at, texts.places.translated(hedge.end(), 1))
    return HEDGE_LOST.finding(
        texts.bead.target_at(*span),
        f"“{hedge.group()}” is gone: « {texts.bead.target_text[slice(*span)]} » tells as a fact what was hearsay.",
        source=texts.bead.source_at(*hedge.span()),
        severity=Severity.MINOR if hedge["weak"] else Severity.MAJOR,
        evidence=texts.evidence(),
    )
