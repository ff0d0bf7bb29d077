"""Is this a French word? Counted words, a lexicon of forms, and what is derived from either by rule.

Three sources: the counts of `name_data`, simplemma's French lexicon (some 250,000 forms), and rules for what a lexicon
never holds in full: adverbs, prefixes, hyphens, the spelling of 1990, demonyms.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

from babel import Locale

from mtqc.text.name_data import is_known, word_use

_LETTERS = "abcdefghijklmnopqrstuvwxyzàâçéèêëîïôùûü"
_PREFIX = re.compile(
    r"(?:aéro|afro|agro|anti|archi|arrière|audio|auto|bi|bio|cardio|ciné|co|con|contre|crypto|cyber|demi|dé|dés|dis|éco"
    r"|électro|en|em|endo|entre|euro|ex|exo|extra|franco|géo|giga|gastro|hétéro|homo|hydro|hyper|hypo|il|im|in|infra|inter"
    r"|intra|ir|iso|kilo|macro|mal|maxi|méga|mé|méta|micro|mi|mini|mono|moto|multi|nano|narco|néo|neuro|non|nord|ortho"
    r"|outre|ouest|pan|para|péri|photo|physio|poly|post|pré|pro|proto|pseudo|psycho|quadri|quasi|quart|radio|re|ré|res"
    r"|rétro|semi|simili|socio|sous|sub|sud|super|supra|sur|sus|techno|télé|thermo|tétra|tri|turbo|ultra|uni|vice|vidéo|zoo)"
)
_SUFFIXES = tuple(
    (made, source)
    for made, _, source in (
        rule.partition("<")
        for rule in """
    ment< ment<e amment<ant emment<ent ément<e iment<i ûment<u s< x< aux<al e< es< ne< nes< ises<is ale<al
    lement<l nement<n vement<f ve<f ves<f euse<eur euses<eur trice<teur trices<teur ère<er ères<er iques<ie
    ique<ie isation<iser isations<iser isation< isations< iser< ation<er ations<er ement<er ements<er age<er
    ages<er able<er ables<er ité< ité<e ités<e abilité<able ibilité<ible eur<er eurs<er euse<er euses<er iser<e
    iser<ique isme<iste isme<e isme<ique ismes<isme iste<isme istes<isme iste<e istes<e iste< istes< ien<ie
    ienne<ie iens<ie iennes<ie logue<logie logues<logie logique<logie logiques<logie logiste<logie
    logistes<logie
    """.split()
    )
)
"""(ending of a word, ending of the known word it is made from): `amment<ant` is « constamment » from « constant »."""
_VERB_ENDINGS = (
    "eraient erait eras erez eriez erions erons eront erais erai era èrent assent asse âmes âtes ât ait aient ais iez"
    " ions ons ez ent ant ants ante antes ées és ée é as ai es e a"
).split()
_OLD_I = re.compile(r"[iu](?=t|n|ch|l)|è(?=.{1,2}e)")
MIN_STEM = 4
"""Letters that must be left of a word when a prefix is taken away."""


@lru_cache(maxsize=1 << 16)
def is_french(word: str) -> bool:
    """True of a French word form, in lower case, counted, listed or made by rule; hyphenated ones part by part."""
    if _listed(word):
        return True
    if "-" in word:
        return all(len(part) < MIN_STEM or is_french(part) or _PREFIX.fullmatch(part) for part in word.split("-"))
    return _modern(word) or _derived(word) or _prefixed(word)


@lru_cache(maxsize=1 << 16)
def _listed(word: str) -> bool:
    """Counted in French text, or in the lexicon."""
    if is_known(word, "fr") or word in _more():
        return True
    from simplemma import is_known as in_lexicon  # half a second: not at import

    return in_lexicon(word, lang="fr") or ("œ" in word and _listed(word.replace("œ", "oe")))


@cache
def _more() -> frozenset[str]:
    rows = (files("mtqc.text") / "data" / "words_more.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for row in rows if not row.startswith("#") for word in row.split())


def _modern(word: str) -> bool:
    """« connaitre », « apparait », « règnera »: the spelling of 1990 drops î and û, and has è where one hears it."""
    swap = {"i": "î", "u": "û", "è": "é"}
    return any(_listed(word[: m.start()] + swap[m[0]] + word[m.end() :]) for m in _OLD_I.finditer(word))


def _derived(word: str) -> bool:
    for ending, source in _SUFFIXES:
        if (
            word.endswith(ending)
            and len(word) - len(ending) >= MIN_STEM
            and _listed(word.removesuffix(ending) + source)
        ):
            return True
    return _conjugated(word)


def _conjugated(word: str) -> bool:
    """A form of a first-group verb whose infinitive is listed."""
    for ending in _VERB_ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= MIN_STEM - 1:
            soft = stem.replace("ç", "c") if ending[0] in "aâoè" else stem
            if any(_listed(f"{s}er") for s in {stem, soft, stem.removesuffix("e")}):
                return True
    return False


def _prefixed(word: str) -> bool:
    for stop in range(2, min(8, len(word) - MIN_STEM + 1)):
        rest = word[stop:]
        if _PREFIX.fullmatch(word[:stop]) and (_listed(rest) or _modern(rest) or _derived(rest)):
            return True
    return False


def neighbours(word: str) -> tuple[str, ...]:
    """Words of the counted table one slip away (a letter lost, added, changed or two swapped), most frequent first."""
    found = {w for w in _edits(word) if is_known(w, "fr") and word_use(w, "fr").lower >= 0.5}
    return tuple(sorted(found, key=lambda w: (-same_but_accents(w, word), -word_use(w, "fr").log_count, w)))


def _edits(word: str) -> Iterator[str]:
    for i in range(len(word) + 1):
        head, tail = word[:i], word[i:]
        if tail:
            yield head + tail[1:]
            yield from (head + c + tail[1:] for c in _LETTERS if c != tail[0])
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        yield from (head + c + tail for c in _LETTERS)


def same_but_accents(a: str, b: str) -> bool:
    """True where both have the same letters under their accents."""
    return bare(a) == bare(b)


def bare(word: str) -> str:
    """The word without accents and cedillas."""
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


_LEARNED = re.compile(
    r"\w{3,}(?:olog(?:ue|ie|iste|ique)|ophon(?:e|ie)|phob(?:e|ie)|phil(?:e|ie)|crat(?:e|ie|ique)|scop(?:e|ie|ique|iste)|mètre"
    r"|métri(?:e|que)|graph(?:e|ie|ique)|thérap(?:ie|eute|eutique)|vore|cide|gène|génique|path(?:e|ie|ique)|tomie|nautique"
    r"|naute|morphe|man(?:e|ie)|algie|émie|isme|iste|ique|oïde|idé|cène|saure|ptère|plast(?:e|ie|ique)|lyse|lytique"
    r"|dactyle|pode|zoaire|mycète|phage|phagie|trope|tropique|chrome|typique|idien|ienne|ien)s?"
)
"""Learned formations, of which no list has all."""
_PEOPLE = re.compile(
    r"(?:ais|aise|ois|oise|ien|ienne|ain|aine|éen|éenne|an|ane|in|ine|i|ie|ite|ote|ole|que|ade|asque)s?\Z"
)


def is_formed(word: str) -> bool:
    """True of a learned formation or a people’s name: beyond any list, though its parts are French."""
    head, _, rest = word.partition("-")
    if rest and head.endswith("o") and len(head) >= MIN_STEM:
        return is_french(rest) or is_formed(rest)
    return _LEARNED.fullmatch(word) is not None or _is_people(word)


def _is_people(word: str) -> bool:
    """« monténégrain », « kényan »: a country’s or language’s first letters and the ending of a people’s name."""
    return _PEOPLE.search(word) is not None and bare(word)[:5] in _countries()


@cache
def _countries() -> frozenset[str]:
    french = Locale("fr")
    names = [str(n) for table in (french.territories, french.languages) for n in table.values()]
    return frozenset(bare(w.lower())[:5] for n in names for w in n.replace("-", " ").split() if len(w) >= 5)
