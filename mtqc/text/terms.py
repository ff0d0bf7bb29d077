"""Terms of a glossary, and the keys under which an inflected word is still the same word.

Three keys, from strict to generous: `english_key` takes an English plural off; `french_key` a French plural and, of a
word that is no noun of its own, the feminine; `french_stem` every ending (Snowball). The generous one serves where a
match acquits, the strict ones where a match accuses. docs/terminology.md says what each of them recovers
(tests/measure/terms.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal

from mtqc.text.french import noun_forms
from mtqc.text.tokens import Word, fold, words

if TYPE_CHECKING:
    from collections.abc import Callable

Kind = Literal["glossary", "do-not-translate", "must-translate"]


@dataclass(frozen=True, slots=True)
class Term:
    """An English term and what the French is to do with it.

    `french`: translations that are allowed, the preferred one first; `forbidden`: translations that are not. `english`
    is "" of a French expression that is forbidden whatever the original says. `kind` do-not-translate: the term stays
    as it is; must-translate: it may not stay. `match_case`: only this spelling is the term. `origin`: file and line.
    """

    english: str
    french: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    kind: Kind = "glossary"
    match_case: bool = False
    note: str = ""
    origin: str = ""


def has_own_capitals(term: str) -> bool:
    """True of AI, iPhone, Apple, Bank of England; not of “Carbon footprint”, the way a list capitalises its rows."""
    parts = term.split()
    inner = any(c.isupper() for c in term[1:])
    return inner or (len(parts) == 1 and term[:1].isupper())


_MASKED = re.compile(r"<[^<>\n]{1,300}>|\b(?:https?://|www\.)[^\s<>»”\")]+|[\w.+-]+@[\w-]+\.[\w.-]+")
_HYPHEN = re.compile(r"[-‐‑]")


@lru_cache(maxsize=2048)
def pieces(text: str) -> tuple[Word, ...]:
    """Words with offsets, compounds cut at their hyphens; tags, addresses of pages and of mail hold none."""
    clear = _MASKED.sub(lambda m: " " * len(m.group()), text)
    return tuple(part for word in words(clear) for part in _parts(word))


def _parts(word: Word) -> tuple[Word, ...]:
    cuts = [m.start() for m in _HYPHEN.finditer(word.text)]
    if not cuts:
        return (word,)
    bounds = zip([0, *(c + 1 for c in cuts)], [*cuts, len(word.text)], strict=True)
    stretches = ((a, b, word.text[a:b]) for a, b in bounds if a < b)
    return tuple(Word(word.start + a, word.start + b, text, fold(text)) for a, b, text in stretches)


_IRREGULAR_EN = dict(
    pair.split("/")
    for pair in """men/man women/woman children/child people/person feet/foot teeth/tooth mice/mouse geese/goose
    wives/wife lives/life knives/knife leaves/leaf shelves/shelf halves/half wolves/wolf thieves/thief loaves/loaf
    calves/calf criteria/criterion phenomena/phenomenon analyses/analysis crises/crisis theses/thesis bases/basis
    diagnoses/diagnosis hypotheses/hypothesis indices/index matrices/matrix vertices/vertex appendices/appendix
    media/medium bacteria/bacterium data/datum news/news""".split()
)


@lru_cache(maxsize=1 << 14)
def english_key(norm: str) -> str:
    """Lower case, singular: cities → city, boxes → box, women → woman."""
    word = norm.lower()
    if word in _IRREGULAR_EN:
        return _IRREGULAR_EN[word]
    if len(word) < 4 or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y" if len(word) > 4 else word[:-1]
    if word.endswith(("ches", "shes", "sses", "xes", "zes", "oes")):
        return word[:-2]
    return word.removesuffix("s")


_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})
_IRREGULAR_FR = dict(
    pair.split("/")
    for pair in """yeux/oeil cieux/ciel travaux/travail vitraux/vitrail baux/bail coraux/corail émaux/émail
    soupiraux/soupirail vantaux/vantail bel/beau belle/beau belles/beau nouvel/nouveau nouvelle/nouveau
    nouvelles/nouveau vieil/vieux vieille/vieux vieilles/vieux fol/fou folle/fou folles/fou mol/mou molle/mou
    molles/mou fraîche/frais fraîches/frais sèche/sec sèches/sec grecque/grec grecques/grec turque/turc turques/turc
    publique/public publiques/public douce/doux douces/doux fausse/faux fausses/faux rousse/roux rousses/roux""".split()
)
_FEMININE = (
    ("trice", "teu"),
    ("euse", "eu"),
    ("elle", "el"),
    ("enne", "en"),
    ("onne", "on"),
    ("ette", "et"),
    ("ève", "ef"),
    ("ive", "if"),
    ("ère", "er"),
    ("ète", "et"),
    ("anche", "anc"),
    ("ée", "é"),
)


@lru_cache(maxsize=1 << 14)
def french_key(norm: str) -> str:
    """Lower case, singular, and masculine of adjectives and persons: nationales → national, sénatrice → sénateur.

    A feminine in bare -e that is a noun of its own keeps it: « porte » is not « port ».
    """
    word = norm.lower()
    if word in _IRREGULAR_FR:
        return _IRREGULAR_FR[word].translate(_LIGATURES)
    return _masculine(_singular(word)).translate(_LIGATURES)


def _singular(word: str) -> str:
    if len(word) < 4:
        return word
    if word.endswith("aux") and not word.endswith("eaux"):
        return f"{word[:-2]}l" if f"{word[:-2]}l" in noun_forms() or len(word) > 6 else word[:-1]
    if word.endswith(("eaux", "eux", "oux")) or (word.endswith("s") and not word.endswith("ss")):
        return word[:-1]
    return word


def _masculine(word: str) -> str:
    for feminine, masculine in _FEMININE:
        if word.endswith(feminine) and len(word) > len(feminine) + 1:
            return word.removesuffix(feminine) + masculine
    bare = word.removesuffix("e")
    if len(bare) > 3 and not (word in noun_forms() and bare in noun_forms()):
        word = bare
    return word[:-1] if word.endswith("eur") and len(word) > 5 else word


@cache
def _stemmer() -> Callable[[str], str]:
    import snowballstemmer

    stem: Callable[[str], str] = snowballstemmer.stemmer("french").stemWord
    return stem


@lru_cache(maxsize=1 << 15)
def french_stem(norm: str) -> str:
    """Snowball's stem: also of verbs and derived words, so that « intelligent » and « intelligence » are one."""
    return _stemmer()(norm.lower())


GRAMMAR = frozenset("le la les l' un une des de du d' à au aux en et ou s' se".split())
"""Words that come and go inside a French term: « taux d’intérêt », « taux de l’intérêt »."""
_LEADING = {"en": frozenset("a an the to".split()), "fr": frozenset("le la les l' un une se s'".split())}


def term_words(term: str, lang: Literal["en", "fr"]) -> tuple[Word, ...]:
    """The words of a term as a list gives it, without the article or “to” that it may begin with."""
    found = pieces(term)
    while len(found) > 1 and found[0].norm.lower() in _LEADING[lang]:
        found = found[1:]
    return found
