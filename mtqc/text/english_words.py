"""Is this an English word? Counted words, simplemma's lexicon, and what is derived from either by rule."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from mtqc.text.name_data import is_known, word_use

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_PREFIX = re.compile(
    r"(?:anti|auto|bi|bio|co|counter|cross|cyber|de|dis|down|eco|electro|ex|extra|fore|geo|hyper|il|im|in|infra|inter|ir"
    r"|macro|mega|micro|mid|mini|mis|mono|multi|nano|neo|neuro|non|off|out|over|para|photo|poly|post|pre|pro|proto|pseudo"
    r"|psycho|quasi|re|self|semi|socio|sub|super|tele|thermo|trans|tri|ultra|un|under|up|vice)"
)
_SUFFIXES = tuple(
    (made, source)
    for made, _, source in (
        rule.partition("<")
        for rule in """
    s< es< ies<y ed< d<e ied<y ing< ing<e er< r<e ers< rs<e or< ors< est< st<e ly< ily<y ally<al ness< iness<y ful<
    fully< less< able< able<e ably<able ability<able ible<e ish< ism< isms< ist< ists< ize< izes< ized< izing< izer<
    ise< ises< ised< ising< iser< ization< isation< ization<ize isation<ise al< ial< ian< ians< ic< ical<ic ity< ity<e
    ment< ments< ship< hood< wise< ward< wards< like< y< y<e ery<er
    """.split()
    )
)
"""(ending of a word, ending of the known word it is made from): `ied<y` is “hurried” from “hurry”."""
MIN_STEM = 4
"""Letters that must be left of a word when a prefix or an ending is taken away."""
FREQUENT, USUAL = 3, 7
"""log2 of a word's count (in 24 million words) from which on it passes for what was meant by a word that no rule makes,
and by one that a rule makes and no list has (“governer”, “somtimes”). On 2,527 clean sentences 5 words
are reported, two of which are misspelt; of 24 words misspelt on purpose 22 (tuning halves of NTREX, mt_enfr and
DEMETR)."""


@lru_cache(maxsize=1 << 16)
def is_english(word: str) -> bool:
    """True of an English word form, in lower case, counted, listed or made by rule; hyphenated ones part by part."""
    if "-" in word:
        return all(len(part) < MIN_STEM or is_english(part) or _PREFIX.fullmatch(part) for part in word.split("-"))
    return _listed(word) or _derived(word) or _prefixed(word)


@lru_cache(maxsize=1 << 16)
def _listed(word: str) -> bool:
    if is_known(word, "en"):
        return True
    from simplemma import is_known as in_lexicon  # half a second: not at import

    return in_lexicon(word, lang="en")


def _derived(word: str) -> bool:
    for ending, source in _SUFFIXES:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= MIN_STEM - 1:
            doubled = stem[:-1] if len(stem) > MIN_STEM and stem[-1] == stem[-2] and not source else ""
            if _listed(stem + source) or (doubled and _listed(doubled)):
                return True
    return False


def _prefixed(word: str) -> bool:
    for stop in range(2, min(8, len(word) - MIN_STEM + 1)):
        rest = word[stop:]
        if _PREFIX.fullmatch(word[:stop]) and (_listed(rest) or _derived(rest)):
            return True
    return any(_listed(word[:i]) and _listed(word[i:]) for i in range(MIN_STEM - 1, len(word) - MIN_STEM + 2))


def slip(word: str) -> str:
    """What a word in lower case that is no English seems to be misspelt for, or "": where it is, or nothing is near."""
    if _listed(word):
        return ""
    least = USUAL if is_english(word) else FREQUENT
    return next((n for n in neighbours(word) if word_use(n, "en").log_count >= least), "")


def neighbours(word: str) -> tuple[str, ...]:
    """Counted words one slip away (a letter lost, added, changed or two swapped), most frequent first."""
    found = {w for w in _edits(word) if (use := word_use(w, "en")).log_count >= FREQUENT and use.lower >= 0.5}
    return tuple(sorted(found, key=lambda w: (sorted(w) != sorted(word), -word_use(w, "en").log_count, w)))


def _edits(word: str) -> Iterator[str]:
    for i in range(len(word) + 1):
        head, tail = word[:i], word[i:]
        if tail:
            yield head + tail[1:]
            yield from (head + c + tail[1:] for c in _LETTERS if c != tail[0])
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        yield from (head + c + tail for c in _LETTERS)
