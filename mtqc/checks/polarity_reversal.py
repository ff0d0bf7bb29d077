"""A word that became its opposite: counted on both sides, near the place where it belongs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from mtqc.checks.polarity_antonyms import Flip, flips, sides
from mtqc.checks.polarity_negation import Texts
from mtqc.checks.polarity_opposites import Sense, opposites
from mtqc.checks.polarity_rules import ANTONYM_FLIPPED
from mtqc.checks.polarity_words import CORE, STRONG
from mtqc.model import Evidence, Finding, Severity
from mtqc.text.name_data import translations
from mtqc.text.tokens import Word, words

_WORD = re.compile(r"[a-z]+")
_WINDOW = 60
"""Characters around either word in which another word, or a negation, may explain it."""
_CLOSE = 25
"""Characters within which opposites that are merely counted stand for each other: of 6,550 clean sentences, none."""
_SUSPECTED = 0.5
_AS_MUCH = re.compile(r"(?:\bno[tr]?\b|n't\b).{0,60}\bas\b", re.IGNORECASE)
_TRIGGERS = frozenset(
    "drop drops dropped decline declines fall falls falling rise rises rising gain gains gained cut cuts surge growth"
    " grew grow grows increase increases increasing decrease decreases reduce reduced reduces lose loses losing win wins"
    " winning buy buying sell selling".split()
)
"""Besides those of the narrow table: words whose usual French the word table lacks."""


def reversal(texts: Texts, reach: int) -> Finding | None:
    """The first opposite found: of the narrow table, else of the broad one within `reach` characters."""
    return _narrow(texts) or _broad(texts, reach)


def _narrow(texts: Texts) -> Finding | None:
    table = opposites()
    seen: set[int] = set()
    for word in texts.english:
        for said, opposite in table.get(word, ()):
            if id(said) not in seen:
                seen.add(id(said))
                finding = _flipped(texts, said, opposite)
                if finding:
                    return finding
    return None


def _flipped(texts: Texts, said: Sense, opposite: Sense) -> Finding | None:
    heres, theres = list(said.english.finditer(texts.source)), list(opposite.french.finditer(texts.target))
    right, wrong = len(said.french.findall(texts.target)), len(opposite.english.findall(texts.source))
    if len(heres) <= right or len(theres) <= wrong:
        return None
    project = texts.places.project
    here, there = min(((a, b) for a in heres for b in theres), key=lambda p: abs(project(p[0].start()) - p[1].start()))
    apart = abs(project(here.start()) - there.start())
    if (texts.back and said.english.search(texts.back)) or apart > max(50, 0.35 * len(texts.target)):
        return None
    doubtful = bool(right or wrong or _explained(texts, said, opposite, here.span(), there.span()))
    if doubtful and apart >= _CLOSE:
        return None
    agreed = bool(texts.back) and bool(opposite.english_also.search(texts.back))
    return _finding(texts, here.span(), there.span(), _severity(doubtful=doubtful, agreed=agreed))


def _severity(*, doubtful: bool, agreed: bool) -> Severity:
    if doubtful:
        return Severity.MINOR
    return Severity.CRITICAL if agreed else Severity.MAJOR


def _explained(
    texts: Texts, said: Sense, opposite: Sense, here: tuple[int, int], there: tuple[int, int]
) -> re.Match[str] | None:
    """A word or a negation near by that may be why the French has the opposite."""
    english, french = _around(texts.source, here), _around(texts.target, there)
    return (
        opposite.english_also.search(english)
        or said.french_also.search(french)
        or STRONG.search(english)
        or CORE.search(french)
    )


def _around(text: str, span: tuple[int, int]) -> str:
    """What stands within `_WINDOW` characters before and after the span, the span left out."""
    return text[max(0, span[0] - _WINDOW) : span[0]] + " | " + text[span[1] : span[1] + _WINDOW]


def _broad(texts: Texts, reach: int) -> Finding | None:
    french = words(texts.target)
    lower = [w.norm.lower() for w in french]
    english: tuple[Word, ...] = ()
    for flip in _trusted(texts, lower):
        english = english or words(texts.source)
        here, there = english[flip.said], french[flip.there]
        if abs(texts.places.project(here.start) - there.start) < reach:
            return _finding(texts, (here.start, here.end), (there.start, there.end), Severity.MINOR)
    return None


def _trusted(texts: Texts, french: list[str]) -> Iterator[Flip]:
    """Flips of words that the tables translate by the other side, and that the back-translation does not clear."""
    for flip in flips(texts.english, french):
        word, other = texts.english[flip.said], french[flip.there]
        if other in {"plus", "moins"} and _AS_MUCH.search(texts.source):
            continue
        if _means_the_opposite(word, other) and word not in texts.retranslated:
            yield flip


_EMPTY = frozenset("not no never in on at to of and from into than by as one out off over up overnight life".split())
"""English words with too many uses to have an opposite."""


@lru_cache(maxsize=1 << 14)
def _means_the_opposite(english: str, french: str) -> bool:
    if english in _TRIGGERS or english in opposites():
        return True
    wanted = {side ^ 1 for side in sides(french, "fr")}
    return english not in _EMPTY and any(wanted.intersection(sides(t, "fr")) for t in translations(english))


def _finding(texts: Texts, here: tuple[int, int], there: tuple[int, int], severity: Severity) -> Finding:
    target, source = texts.bead.target_at(*there), texts.bead.source_at(*here)
    sure = severity > Severity.MINOR
    became = "became its opposite" if sure else "seems to have become its opposite"
    return ANTONYM_FLIPPED.finding(
        target,
        f"“{source.text}” {became}, « {target.text} ».",
        source=source,
        severity=severity,
        confidence=None if sure else _SUSPECTED,
        evidence=(Evidence("characters from where it belongs", abs(texts.places.project(here[0]) - there[0])),
                  *texts.evidence()),
    )  # fmt: skip
