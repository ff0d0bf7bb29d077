"""The shipped word and name tables: how common a word is, what it is in French, what a place is called there.

How the tables were made, from what, and under which licences: docs/data.md.
"""

from __future__ import annotations

import gzip
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

from babel import Locale

Lang = Literal["en", "fr"]
_DROPPED = str.maketrans("", "", "-'. ")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})


@lru_cache(maxsize=1 << 16)
def key(norm: str) -> str:
    """Spelling under which “Al-Qaida”, “al Qaïda” and “Al Qaïda” are one: lower case, no accents, joined."""
    plain = unicodedata.normalize("NFD", norm.lower().translate(_LIGATURES))
    return "".join(c for c in plain if not unicodedata.combining(c)).translate(_DROPPED)


@dataclass(frozen=True, slots=True)
class WordUse:
    """`log_count`: log2 of the word's count in some 24 million words; `lower`: share of lower case, 0 to 1."""

    log_count: int
    lower: float

    @property
    def is_common(self) -> bool:
        """True of a word that is known, and mostly written in lower case."""
        return self.log_count > 0 and self.lower >= 0.5


_UNSEEN = WordUse(0, 0.5)


@cache
def _uses(lang: Lang) -> Mapping[str, str]:
    return dict(row.split("\t", 1) for row in _rows(f"words_{lang}.gz"))


def _rows(name: str) -> Iterator[str]:
    data = (files("mtqc.text") / "data" / name).read_bytes()
    text = (gzip.decompress(data) if name.endswith(".gz") else data).decode("utf-8")
    return (row for row in text.splitlines() if row and not row.startswith("#"))


def word_use(word: str, lang: Lang) -> WordUse:
    """How common `word` (in any case) is; of a word the table lacks, a count of 0 and an undecided share."""
    row = _uses(lang).get(word.lower())
    if row is None:
        return _UNSEEN
    log_count, tenths = row.split("\t")
    return WordUse(int(log_count), int(tenths) / 10)


def is_known(word: str, lang: Lang) -> bool:
    """True where the table has the word, in any case."""
    return word.lower() in _uses(lang)


def known_words(lang: Lang) -> Iterable[str]:
    """Every word of the table, in lower case."""
    return _uses(lang).keys()


@cache
def _pairs() -> Mapping[str, str]:
    return dict(row.split("\t", 1) for row in _rows("words_pairs.gz"))


def translations(word: str) -> tuple[str, ...]:
    """French words, lower case, that stand for an English word in the training pairs: of “Cook” not those of “cook”."""
    row = _pairs().get(word)
    return tuple(row.split("\t")) if row else ()


@cache
def _exonyms() -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, tuple[str, ...]]]:
    names: defaultdict[str, list[str]] = defaultdict(list)
    stems: defaultdict[str, list[str]] = defaultdict(list)
    for row in _rows("names_exonyms.tsv"):
        english, kind, french = row.split("\t")
        (stems if kind == "stem" else names)[key(english)].extend(key(f) for f in french.split("/"))
    for english, french in _cldr():
        names[key(english)].append(key(french))
    return {k: tuple(v) for k, v in names.items()}, {k: tuple(v) for k, v in stems.items()}


def _cldr() -> Iterator[tuple[str, str]]:
    en, fr = Locale("en"), Locale("fr")
    for english, french in ((en.territories, fr.territories), (en.languages, fr.languages)):
        yield from ((english[code], french[code]) for code in english if code in french)
    for width in ("wide", "abbreviated"):
        for unit in ("days", "months"):
            english, french = getattr(en, unit)["format"][width], getattr(fr, unit)["format"][width]
            yield from ((english[i], french[i]) for i in english)


@cache
def places() -> tuple[Mapping[str, frozenset[str]], frozenset[str]]:
    """Places with a name of one word in both languages: English keys with their French ones, and all French keys."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    en, fr = Locale("en").territories, Locale("fr").territories
    pairs = [(str(en[code]), str(fr[code])) for code in en if str(code).isalpha() and code in fr]
    for english, kind, french in (row.split("\t") for row in _rows("names_exonyms.tsv")):
        pairs += [(english, form) for form in french.split("/") if kind == "place"]
    for english, form in pairs:
        if english.isalpha() and form.isalpha() and form[0].isupper():
            found[key(english)].add(key(form))
    return {k: frozenset(v) for k, v in found.items()}, frozenset().union(*found.values())


@lru_cache(maxsize=1 << 14)
def beginnings(word: str) -> tuple[str, ...]:
    """First four letters of an English word and of what French calls it: Germany → germ, alle."""
    forms = {key(word), *exonyms(word), *stems(word), *map(key, translations(word))}
    return tuple(sorted({form[:4] for form in forms if len(form) > 2}))


@lru_cache(maxsize=1 << 14)
def exonyms(name: str) -> tuple[str, ...]:
    """Keys of the French names of an English one (CLDR's territories, languages, days, months; own table)."""
    return _exonyms()[0].get(key(name), ())


@lru_cache(maxsize=1 << 14)
def stems(name: str) -> tuple[str, ...]:
    """Keys with which the French words for an English demonym begin."""
    begin = _exonyms()[1]
    n = key(name)
    return begin.get(n) or begin.get(n.removesuffix("s"), ())


@lru_cache(maxsize=1 << 14)
def called(name: str) -> frozenset[str]:
    """Keys of the known French counterparts of an English name or word, stems left out."""
    return frozenset(exonyms(name)).union(key(word) for word in translations(name))


def is_called(name: str, form: str) -> bool:
    """True where the French word `form` is a known counterpart of the English `name`, not merely the same word."""
    found = key(form)
    return found in called(name) or found.startswith(stems(name))
