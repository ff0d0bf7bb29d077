"""Parts of an English or French sentence that a translator could leave out whole, found without a parser: clauses,
parentheses, quotations, prepositional groups, coordinated parts, adverbs, modifiers.

From punctuation and function words alone. A part may lie in another; none is claimed to be the syntactic truth. What
is left when one is cut out should read as a sentence, or nearly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from mtqc.model import Span
from mtqc.text.tokens import Word, words

Lang = Literal["en", "fr"]
Kind = Literal[
    "parenthesis", "quotation", "segment", "clause", "prepositional", "coordinated", "adverb", "modifier", "stretch"
]

_TABLES: dict[Lang, dict[str, str]] = {
    "en": {
        "prep": "in on at by for with from to into onto over under about after before during between among against"
        " through across around near since until till within without towards toward upon behind beyond despite"
        " amid alongside outside inside beneath beside besides off per via throughout along as like above below",
        "of": "of",
        "det": "the a an this these those its his her their our your my each every some any no all both another",
        "coord": "and or but nor",
        "sub": "that which who whom whose where when while because although though if unless whether whereas how why"
        " what so than",
        "verb": "is are was were be been being am has have had do does did will would shall should can could may might"
        " must said says say told tells added",
        "pron": "he she it they we i you him them us me there himself herself itself themselves",
        "not": "not n't never cannot don't doesn't didn't isn't aren't wasn't weren't won't wouldn't can't couldn't"
        " hasn't haven't hadn't shouldn't",
        "adv": "also too very still already just even only again once now then often always soon later recently ever"
        " here today yesterday tomorrow perhaps maybe almost quite rather instead however meanwhile moreover together"
        " yet further nearly far likely indeed abroad ago",
    },
    "fr": {
        "prep": "à au aux en dans sur sous pour par avec sans entre vers chez contre depuis pendant avant après selon"
        " dès parmi devant derrière malgré lors jusqu' jusque hors durant envers outre via y",
        "of": "de d' du des",
        "det": "le la l' les un une ce cet cette ces son sa ses leur leurs notre nos votre vos mon ma mes chaque"
        " quelques plusieurs tout toute tous toutes aucun aucune",
        "coord": "et ou mais ni",
        "sub": "que qu' qui dont où quand lorsque lorsqu' parce puisque puisqu' si comme car tandis alors quoique"
        " lequel laquelle lesquels lesquelles auquel duquel",
        "verb": "est sont était étaient fut furent sera seront serait seraient être été étant a ont avait avaient eut"
        " aura auront aurait auraient avoir ayant peut peuvent pouvait pourra pourrait pourraient doit doivent devait"
        " devra devrait devraient va vont fait dit disent déclaré ajouté affirmé",
        "pron": "il elle ils elles on nous vous je tu se s' me m' te t' lui eux moi n' ne c' j' cela ça celui celle"
        " ceux celles",
        "not": "pas plus jamais rien guère point",
        "adv": "aussi très encore déjà même seulement ensuite alors souvent toujours bientôt récemment ici"
        " aujourd'hui hier demain peut-être presque plutôt cependant toutefois néanmoins ensemble également enfin"
        " puis ainsi désormais donc environ surtout notamment",
    },
}
_CLASSES: dict[Lang, dict[str, str]] = {
    lang: {word: name for name, listed in reversed(table.items()) for word in listed.split()}
    for lang, table in _TABLES.items()
}
_ADVERB = {"en": re.compile(r"\w{3,}ly"), "fr": re.compile(r"\w{3,}ment")}
_NO_ADVERB = frozenset(
    "family early daily weekly monthly yearly only assembly reply supply apply rely italy july ally rally bully belly"
    " anomaly monopoly butterfly likely friendly elderly deadly costly lovely lonely ugly holy silly orderly homily"
    " multiply imply comply billy emily molly kelly"
    " moment gouvernement parlement département mouvement document appartement logement argument instrument monument"
    " établissement événement développement changement paiement élément comportement règlement bâtiment traitement"
    " fonctionnement renseignement enseignement médicament régiment sentiment jugement investissement financement"
    " engagement équipement licenciement testament tempérament complément supplément aliment ciment segment fragment"
    " ralentissement avertissement recrutement déplacement affrontement bombardement effondrement commencement"
    " lancement classement rassemblement tournament soulèvement retirement environnement".split()
)
_MARK = re.compile(r"[,;:()\[\]«»“”\"…!?—]|\s[–-]\s|\.(?=\s|$)")
_PAIRS = {"(": ")", "[": "]", "«": "»", "“": "”", '"': '"', "—": "—", "–": "–"}
_QUOTES = frozenset('«“"')
SHORTEST_SEGMENT = 2
"""Words from which a stretch between two marks counts: a lone word there is mostly a name in a list."""
LONGEST = 0.6
"""Share of the sentence's words that a part may have: what is left must still be the sentence."""


@dataclass(frozen=True, slots=True, order=True)
class Constituent:
    """A part of a text. `span`: its words. `cut`: what goes with it when it is taken out, one mark or blank more."""

    span: Span
    cut: Span
    kind: Kind


def without(text: str, part: Constituent) -> str:
    """The text with the part taken out; a capital is given to the new beginning."""
    left, right = text[: part.cut.start], text[part.cut.end :]
    if not left.strip():
        return left + right[:1].upper() + right[1:]
    return left + right


def word_class(word: str, lang: Lang) -> str:
    """What the word does, by its form alone: a name of the tables, or `content`."""
    low = word.lower()
    found = _CLASSES[lang].get(low)
    if found and word != "May":
        return found
    return "adv" if _ADVERB[lang].fullmatch(low) and low not in _NO_ADVERB else "content"


@lru_cache(maxsize=2048)
def constituents(text: str, lang: Lang) -> tuple[Constituent, ...]:
    """Parts of the text, by start and end, each stretch once. Empty for a text of three words or fewer."""
    sentence = _sentence(text, lang)
    if len(sentence.words) <= 3:
        return ()
    parts: dict[Span, Constituent] = {}
    for first, last, kind in _stretches(sentence):
        if last - first + 1 <= LONGEST * len(sentence.words):
            part = _part(sentence, first, last, kind)
            parts.setdefault(part.span, part)
    return tuple(sorted(parts.values()))


def part_of(text: str, lang: Lang, first: int, last: int) -> Constituent | None:
    """The stretch from word `first` to word `last`, whatever it is; None where too little would be left."""
    sentence = _sentence(text, lang)
    fits = last - first + 1 <= LONGEST * len(sentence.words)
    return _part(sentence, first, last, "stretch") if fits else None


@lru_cache(maxsize=64)
def _sentence(text: str, lang: Lang) -> _Sentence:
    found = words(text)
    return _Sentence(text, found, tuple(word_class(w.norm, lang) for w in found), lang)


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    words: tuple[Word, ...]
    classes: tuple[str, ...]
    lang: Lang

    def gap(self, index: int) -> str:
        """What stands between word `index` and the next; before the first (-1), after the last."""
        start = self.words[index].end if index >= 0 else 0
        return self.text[start : self.words[index + 1].start if index + 1 < len(self.words) else len(self.text)]

    def broken(self, index: int) -> bool:
        """True where a mark stands between word `index` and the next."""
        return _MARK.search(self.gap(index)) is not None


_Stretch = tuple[int, int, Kind]


def _stretches(sentence: _Sentence) -> Iterator[_Stretch]:
    """(first word, last word, kind), the surest kind of each stretch first."""
    segments = list(_segments(sentence))
    yield from _enclosed(sentence)
    if len(segments) > 1:
        yield from ((a, b, "segment") for a, b in segments if b - a + 1 >= SHORTEST_SEGMENT)
    for first, last in segments:
        for i in range(first, last + 1):
            yield from _opened(sentence, i, last)
        yield from _single(sentence, first, last)


def _segments(sentence: _Sentence) -> Iterator[tuple[int, int]]:
    start = 0
    for i in range(len(sentence.words)):
        if i + 1 == len(sentence.words) or sentence.broken(i):
            yield start, i
            start = i + 1


def _enclosed(sentence: _Sentence) -> Iterator[_Stretch]:
    """Between brackets, quotation marks and dashes."""
    for i in range(-1, len(sentence.words) - 1):
        for mark in _PAIRS.keys() & set(sentence.gap(i)):
            end = next((j for j in range(i + 1, len(sentence.words)) if _PAIRS[mark] in sentence.gap(j)), None)
            if end is not None and end + 1 < len(sentence.words) + (mark in "([«“"):
                yield i + 1, end, "quotation" if mark in _QUOTES else "parenthesis"


def _opened(sentence: _Sentence, i: int, last: int) -> Iterator[_Stretch]:
    """What the word `i` opens: a clause, a prepositional group, a coordinated part."""
    kind = sentence.classes[i]
    if kind == "sub":
        yield i, last, "clause"
    elif kind in {"prep", "of"}:
        end = _group(sentence, i, last)
        if end is None:
            return
        yield i, end, "prepositional"
        longer = _chained(sentence, end, last)
        if longer != end:
            yield i, longer, "prepositional"
    elif kind == "coord" and i < last:
        end = _group(sentence, i, last)
        if end is not None:
            yield i, end, "coordinated"
        yield i, last, "coordinated"


def _group(sentence: _Sentence, i: int, last: int) -> int | None:
    """Last word of the group that `i` opens: function words, then content words; None where no content word comes."""
    j, content = i + 1, False
    while j <= last:
        kind = sentence.classes[j]
        if kind in {"content", "adv"}:
            content = True
        elif content or kind in {"sub", "verb", "coord", "not"}:
            break
        j += 1
    return j - 1 if content else None


def _chained(sentence: _Sentence, end: int, last: int) -> int:
    """The end of the group with the `of` groups, or other prepositional groups, that follow it at once."""
    while end < last and sentence.classes[end + 1] in {"of", "prep"}:
        longer = _group(sentence, end + 1, last)
        if longer is None:
            break
        end = longer
    return end


def _single(sentence: _Sentence, first: int, last: int) -> Iterator[_Stretch]:
    """Adverbs, and content words beside another content word of their group."""
    for i in range(first, last + 1):
        if sentence.classes[i] == "adv":
            yield i, i, "adverb"
        elif sentence.classes[i] == "content" and _has_head(sentence, i, first, last):
            yield i, i, "modifier"


def _has_head(sentence: _Sentence, i: int, first: int, last: int) -> bool:
    """True where the noun stands on the side that the language puts it: after in English, before in French."""
    head = i + 1 if sentence.lang == "en" else i - 1
    return first <= head <= last and sentence.classes[head] == "content"


def _part(sentence: _Sentence, first: int, last: int, kind: Kind) -> Constituent:
    span = Span(sentence.words[first].start, sentence.words[last].end)
    return Constituent(span, _cut(sentence, first, last), kind)


def _cut(sentence: _Sentence, first: int, last: int) -> Span:
    """The stretch and what would hang loose without it: its brackets, or the comma and the blank before it.

    At the beginning of the text, what follows it goes; at its end, the final mark stays.
    """
    before, after = sentence.gap(first - 1), sentence.gap(last)
    start, end = sentence.words[first].start, sentence.words[last].end
    if first == 0:
        return Span(0, end + (len(after) if last + 1 < len(sentence.words) else 0))
    opening = next((m for m in reversed(before) if m in _PAIRS), "")
    if opening and _PAIRS[opening] in after:
        kept = before[: before.rindex(opening)].rstrip()
        return Span(start - len(before) + len(kept), end + after.index(_PAIRS[opening]) + 1)
    closed = "," in before and _MARK.search(after)
    kept = before.rstrip(" ,\u00a0\u202f") if closed else before.rstrip()
    if kept == before:  # an elision stands before it: the blank after it goes
        return Span(start, end + len(after) - len(after.lstrip()))
    return Span(start - len(before) + len(kept), end)
