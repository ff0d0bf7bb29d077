"""Word links of pairs of texts: from the attention of one or two models where they have a head trained for it, else
from spelling alone. What they come from is always said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

import numpy as np

from mtqc.align import symmetrise
from mtqc.align.symmetrise import Links, Table
from mtqc.align.words import WordLink, link_spellings
from mtqc.model import NO_MODEL, LinkTable, NotMeasured, Span, Tokens
from mtqc.text.tokens import Word, fold, words
from mtqc.translate.base import Linker, Progress

Origin = Literal["both models", "the fr-en model", "the en-fr model", "spelling"]
Lang = Literal["en", "fr"]
_QUOTES = frozenset('"')
_ENDS_GLUED = re.compile(r"\w['’]$|^[(\[]$")
_GLUED = {
    "en": re.compile(r"[.,;:!?%)\]…]+|['’](?:s|ll|re|ve|d|m)|n['’]t", re.IGNORECASE),
    "fr": re.compile(r"[.,)\]…]+|-\w+", re.IGNORECASE),
}
LEAST = 0.55
"""Agreement of both directions (`symmetrise.agreement`) from which two words are linked. On the tuning half of
reports/word-alignment.md 0.75 is the best by 0.9 of AER, on the held-out half 0.55 to 0.75 are alike (6.3): the checks
that read links, some of which take a missing link for a sign, were measured at this one, which finds more."""
LEAST_ALONE = 0.7
"""Probability from which two words are linked where only one direction could be measured; best on the tuning half of
reports/word-alignment.md were 0.7 for fr-en and 0.75 for en-fr."""


@dataclass(frozen=True, slots=True)
class Linkers:
    """The models to ask, one a direction; in place of one that is missing, why."""

    fr_en: Linker | NotMeasured = NO_MODEL
    en_fr: Linker | NotMeasured = NO_MODEL


@dataclass(frozen=True, slots=True)
class WordLinks:
    """Links of an English and a French text, in the order of the English words; `source` and `target` of each are
    indices into the tokens.

    `origin`: what they were made from. `missing`: why not from both models; "" where they are.
    """

    english: Tokens
    french: Tokens
    links: tuple[WordLink, ...]
    origin: Origin
    missing: str = ""

    @property
    def texts(self) -> tuple[tuple[str, str], ...]:
        """The linked words, English and French."""
        return tuple((self.english[k.source], self.french[k.target]) for k in self.links)


def tokens_of(text: str) -> Tokens:
    """The words of an English or French text (`text.tokens.words`)."""
    return Tokens(text, tuple(Span(w.start, w.end) for w in words(text)))


def joined(tokens: Sequence[str], lang: Lang) -> Tokens:
    """A text of tokens that somebody else made, with blanks where a text usually has them: models know no other."""
    text, spans, inside = "", [], False
    for i, token in enumerate(tokens):
        quote = token in _QUOTES
        glued = _ENDS_GLUED.search(tokens[i - 1]) or _GLUED[lang].fullmatch(token) or (quote and inside)
        if i and not glued and not (tokens[i - 1] in _QUOTES and inside):
            text += " "
        inside ^= quote
        spans.append(Span(len(text), len(text) + len(token)))
        text += token
    return Tokens(text, tuple(spans))


def link_words(
    pairs: Sequence[tuple[Tokens, Tokens]], linkers: Linkers, progress: Progress | None = None
) -> list[WordLinks]:
    """Word links of each (English, French). Raises ModelError where a model itself fails.

    Tokens may be those of `tokens_of` or anybody's: link sets of the field are made on their own.
    """
    french_first = [(fr, en) for en, fr in pairs]
    from_french = _ask(linkers.fr_en, french_first, progress)
    from_english = _ask(linkers.en_fr, pairs, None)
    return [_link(*pair, a, b) for pair, a, b in zip(pairs, from_french, from_english, strict=True)]


def _ask(
    linker: Linker | NotMeasured, pairs: Sequence[tuple[Tokens, Tokens]], progress: Progress | None
) -> list[LinkTable | NotMeasured]:
    return [linker] * len(pairs) if isinstance(linker, NotMeasured) else linker.links(pairs, progress)


def _link(
    english: Tokens, french: Tokens, from_french: LinkTable | NotMeasured, from_english: LinkTable | NotMeasured
) -> WordLinks:
    missing = "; ".join(
        f"{name}: {t.reason}"
        for name, t in (("fr-en", from_french), ("en-fr", from_english))
        if isinstance(t, NotMeasured)
    )
    linked = partial(WordLinks, english, french)
    shape = len(english.spans), len(french.spans)
    left = None if isinstance(from_french, NotMeasured) else np.reshape(from_french.rows, shape)
    right = None if isinstance(from_english, NotMeasured) else np.reshape(from_english.rows, shape[::-1]).T
    if left is not None and right is not None:
        scores = symmetrise.agreement(left, right, _spelt(english, french))
        return linked(_found(scores >= LEAST, scores), "both models")
    if left is not None:
        return linked(_found(symmetrise.best(left, LEAST_ALONE, 1), left), "the fr-en model", missing)
    if right is not None:
        return linked(_found(symmetrise.best(right, LEAST_ALONE, 0), right), "the en-fr model", missing)
    return linked(link_spellings(_words(english), _words(french)), "spelling", missing)


def _found(links: Links, scores: Table) -> tuple[WordLink, ...]:
    return tuple(WordLink(int(i), int(j), round(float(scores[i, j]), 3)) for i, j in np.argwhere(links))


def _spelt(english: Tokens, french: Tokens) -> Table:
    scores = np.zeros((len(english.spans), len(french.spans)))
    for link in link_spellings(_words(english), _words(french)):
        scores[link.source, link.target] = link.score
    return scores


def _words(tokens: Tokens) -> tuple[Word, ...]:
    return tuple(Word(s.start, s.end, tokens[i], fold(tokens[i])) for i, s in enumerate(tokens.spans))
