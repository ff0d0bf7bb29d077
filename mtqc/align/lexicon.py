"""How likely a French word is as the translation of an English one, and the reverse: the lexicon that
training/lexicon.py counted in the training pairs. Words are compared in lower case; inflected forms help each other.
"""

from __future__ import annotations

import gzip
import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files

from mtqc.model import NotMeasured
from mtqc.text.tokens import fold

DISCOUNT = 0.75
"""Taken from each count and given to what was not seen (absolute discounting, Ney, Essen & Kneser 1994): n1/(n1 + 2 n2)
of the links that were counted once and twice is 0.5 to 0.8, source by source."""
PRIOR = 2.0
"""Links that the French word's own frequency counts for, beside those of related forms."""
FLOOR = 1e-7
"""Probability of a French word that the lexicon has never seen."""
ENOUGH = 3
"""Weighted links from which an English word counts as seen."""
_SHORTEST = 3
_EN_ENDING = re.compile(r"(?:'s|ies|ied|es|s|ed|ing|ly|er|ers|y|e)$")
_FR_PLURAL = re.compile(r"(?<=\w{3})[sx]$")
_FR_ENDING = re.compile(
    r"(?:iss(?:ai(?:en)?t|ante?|ent|ez|on|e)|er(?:ai(?:en)?t|ai|a|on|ont|ez)|ir(?:ai(?:en)?t|a|ont)|ai(?:en)?t|ai|ante?"
    r"|èrent|irent|ée?|er|ez|ir|ie?|it|ent|euse|eur|eu|trice|teur|ive|if|au|ale?|elle|el|enne|en|e|a)$"
)
_CLITIC = re.compile(r"-(?:t-)?(?:je|tu|ils?|elles?|on|nous|vous|moi|toi|lui|leur|les?|la|ce|ci|là|y|en)$")


@lru_cache(maxsize=1 << 14)
def key(word: str) -> str:
    """The word as the lexicon has it: lower case, plain apostrophe, no pronoun hung on to it (`dit-il` is `dit`)."""
    return _CLITIC.sub("", fold(word).lower())


@lru_cache(maxsize=1 << 14)
def english_stem(word: str) -> str:
    """What the forms of an English word have in common, roughly; at least three letters."""
    return _stem(word, _EN_ENDING)


@lru_cache(maxsize=1 << 14)
def french_stem(word: str) -> str:
    """What the forms of a French word have in common, roughly; at least three letters."""
    return _stem(_FR_PLURAL.sub("", word).replace("ç", "c"), _FR_ENDING)


def _stem(word: str, ending: re.Pattern[str]) -> str:
    match = ending.search(word)
    if match is None or match.start() < _SHORTEST:
        return word
    stem = word[: match.start()]
    return stem[:-1] if len(stem) > _SHORTEST and stem[-1] == stem[-2] else stem


@dataclass(frozen=True)
class Entry:
    """An English word's links: weighted count of each French word, most frequent first, and their sum."""

    links: tuple[tuple[str, int], ...]

    @cached_property
    def total(self) -> int:
        """Weighted links in all."""
        return sum(n for _, n in self.links)

    @cached_property
    def counts(self) -> dict[str, int]:
        """Weighted count of each French word."""
        return dict(self.links)

    @cached_property
    def rest(self) -> float:
        """What discounting takes from them all."""
        return sum(min(DISCOUNT, n) for _, n in self.links)

    @cached_property
    def by_stem(self) -> dict[str, list[str]]:
        """Their French words by stem."""
        found: dict[str, list[str]] = {}
        for word, _ in self.links:
            found.setdefault(french_stem(word), []).append(word)
        return found


NOTHING = Entry(())


class Lexicon:
    """The table, read at once and parsed word by word as asked."""

    def __init__(self, text: str) -> None:
        french, _, english = text.partition("\n\n")
        self._french = dict(line.split("\t") for line in french.split("\n")[1:])
        self._english = dict(line.split("\t", 1) for line in english.splitlines())
        self._order = list(self._english)
        self._words = sum(map(int, self._french.values()))
        self._entries: dict[str, Entry] = {}
        self._families: dict[str, Entry] = {}
        self._forms: dict[str, frozenset[str]] = {}

    def seen(self, english: str) -> bool:
        """True where the English word, as written, was linked often enough to say anything of its translations."""
        return self._entry(key(english)).total >= ENOUGH

    def translations(self, english: str, n: int = 5) -> tuple[tuple[str, float], ...]:
        """The most frequent French words of an English one and their shares, 0 to 1; empty where it is unseen."""
        entry = self._entry(key(english))
        return tuple((word, count / entry.total) for word, count in entry.links[:n])

    def probability(self, english: str, french: str) -> float | NotMeasured:
        """P(French | English), smoothed: what the forms related to both words were linked to counts too.

        NotMeasured where neither the English word nor a related form was seen.
        """
        en, fr = key(english), key(french)
        entry, family = self._entry(en), self._family(english_stem(en))
        if family.total < ENOUGH:
            return NotMeasured(f"“{english}” is not in the lexicon")
        behind = (self._related(family, fr) + PRIOR * self._share(fr)) / (family.total + PRIOR)
        if not entry.total:
            return behind
        count = entry.counts.get(fr, 0)
        return (max(count - DISCOUNT, 0.0) + entry.rest * behind) / entry.total

    def inverse(self, french: str, english: str) -> float | NotMeasured:
        """P(English | French): share of the French word's occurrences that were linked to a form of the English word.

        NotMeasured where the French word was hardly ever seen.
        """
        en, fr = key(english), key(french)
        total = int(self._french.get(fr, 0))
        if total < ENOUGH:
            return NotMeasured(f"“{french}” is not in the lexicon")
        count = self._family(english_stem(en)).counts.get(fr, 0)
        return min(1.0, max(count, FLOOR) / total)

    def known(self, english: str, french: str) -> bool:
        """True where the two words, or forms of them, were ever linked."""
        forms, fr = self.forms(english), key(french)
        return fr in forms or french_stem(fr) in forms

    def forms(self, english: str) -> frozenset[str]:
        """The French words, and their stems, that the English word or a form of it was ever linked to."""
        stem = english_stem(key(english))
        forms = self._forms.get(stem)
        if forms is None:
            linked = [word for word, _ in self._family(stem).links]
            forms = self._forms[stem] = frozenset(linked) | frozenset(map(french_stem, linked))
        return forms

    def _related(self, entry: Entry, french: str) -> float:
        """Links to forms of the French word, shared out among the forms and the word itself."""
        forms = {*entry.by_stem.get(french_stem(french), ()), *({french} & entry.counts.keys())}
        return sum(entry.counts[word] for word in forms) / len(forms | {french})

    def _share(self, french: str) -> float:
        return max(FLOOR, int(self._french.get(french, 0)) / self._words)

    def _entry(self, english: str) -> Entry:
        found = self._entries.get(english)
        if found is None:
            _, _, links = self._english.get(english, "").partition("\t")
            split = (item.partition("=") for item in links.split(" ") if item)
            found = self._entries[english] = Entry(tuple((word, int(n)) for word, _, n in split))
        return found

    def _family(self, stem: str) -> Entry:
        """The links of all English words with this stem, together."""
        found = self._families.get(stem)
        if found is None:
            counts: dict[str, int] = {}
            for word in self._alike(stem):
                for french, n in self._entry(word).links:
                    counts[french] = counts.get(french, 0) + n
            found = self._families[stem] = Entry(tuple(sorted(counts.items(), key=lambda p: (-p[1], p[0]))))
        return found

    def _alike(self, stem: str) -> list[str]:
        at, found = bisect_left(self._order, stem), []
        while at < len(self._order) and self._order[at].startswith(stem):
            if english_stem(self._order[at]) == stem:
                found.append(self._order[at])
            at += 1
        return found


@cache
def lexicon() -> Lexicon:
    """The shipped lexicon, read at the first call: about 0.1 s."""
    packed = files("mtqc.align").joinpath("data/lexicon.gz").read_bytes()
    return Lexicon(gzip.decompress(packed).decode("utf-8"))
