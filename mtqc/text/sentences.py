"""Sentences of an English or French news text, with exact offsets: sentencex's, corrected.

sentencex knows abbreviations, initials and acronyms. It does not look into quotations and brackets, so it is shown the
line with blanks in their place. What is left to correct (`_WRONG`, `_MISSED`; measured in reports/sentences.md): it
splits after French titles (« M. Roy »), before a name that is also a word (“Mr. Will Smith”) and before the speaker of
a quotation (“Scam!” Mr. Hart wrote); it goes on after a word that is an abbreviation elsewhere (“in May. Sales”,
« l'IA. Selon »), after “on X.”, and in French after an acronym. A line break always ends a sentence. Closing quotation
marks and brackets stay with the sentence they close.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

import sentencex

from mtqc.model import Sentence, Side, Span
from mtqc.text.french import CLAUSE_OPENERS, DETERMINERS
from mtqc.text.offsets import LineIndex

Lang = Literal["en", "fr"]

_HIDDEN = str.maketrans(dict.fromkeys("«»‹›“”„‟\"‘’‚‛'`()[]{}<>（）@*", " ") | {"…": "."})
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_CLOSER = "»”’›)\\]'\"*\u200b-\u200d\u2060\ufeff"
_TERMINATOR = re.compile(
    rf"(?<![.!?…])(?<![.!?…][{_CLOSER}])[.!?…]++(?:[{_CLOSER}.!?…]|\s{{1,2}}»|\s\"(?=\s|$)|\[\d{{1,3}}\])*+(?=\s)"
)
_STRAIGHT_QUOTE = re.compile(r'(?<!\w)"|"(?!\w)')
_WORD = re.compile(r"\w")
_CONTEXT = 60
"""Characters on each side of a place that the corrections look at."""
_TEXT = re.compile(r"\S(?:.*\S)?", re.DOTALL)

_WRONG = re.compile(
    r"""(?x)
    # `\n` stands for the place in question; no word before it, a mark after it, “1.”, “b.”
    ^[^\w\n]*\n | \n[\s"»”)]*[,;:.!?…] | ^\W*(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})\.\n
    # lower case, unless it is “eBay” or a quotation
    | \n[^\w«“"]*(?![a-z]{1,2}[A-Z])[a-zß-öø-ÿœ]
    # “It cost... 1.6 million”, « 4 avr. 2020 », “11 p.m. ET”
    | (?:\.\.|…)[^\w\n]*\n\W*\d | \b(?:janv|févr|avr|juil|déc|éd|ch|t|tél)\.\n\d
    | \b[ap]\.m\.\n(?:[A-Z]{2,4}|Eastern|Pacific|Central|Mountain|(?!Y)[A-Z]\w{2,6}day)\b
    # before a name, even one that looks like a first word: “Mr. Will Smith”, « M. Le Goff »; but not « 500 M. »
    | (?<![\w.])(?:(?<!\d\s)MM?|Mmes?|Mlles?|Mgr
        |(?<=\w\s)Mes?|Mrs?|Ms|Mx|Messrs|Drs?|Dre|Pr|Prof|Sens?|Reps?|Gov|Gen|Gén
        |Lt|Col|Maj|Sgt|Capt|Cmdr|Adm|Amb|Rev|Hon|Mt|Ft|vs?|cf|viz|ex|av|apr|bd)\.\n
    # “by J. K. Rowling”, « H. La Fontaine »
    | \b[A-Z]\.\n(?!M\.)[A-Z]\. | (?:^|\b(?:[A-Z]\w*|de|par|et)\s)[A-Z]\.\n(?:A|De|Du|La|Le)\s[A-Z]
    # “Scam!” Mr. Hart wrote
    | [!?]\s?["”»']\s*\n(?!(?:He|She|It|We|They|You|The|His|Her)\b)(?:[A-Z][\w.'-]+\s){1,4}
        (?:said|says|asked|asks|wrote|writes|tweeted|told|added|replied|shouted|joked|posted)\b
    """
)

_FUNCTION_WORDS = frozenset(
    """il elle ils elles on je nous vous cela ça ce en à dans sur pour par avec sans sous entre vers chez depuis pendant
    après avant malgré contre puis ainsi enfin aussi pourtant cependant toutefois""".split()
)
_EITHER = r"""
    # a word in lower case or capitals, whatever abbreviation it is elsewhere; words that look like a month, a title …
    (?:(?<![\w.])(?:[a-zß-öø-ÿœ]+|[A-Z]{2,}|Nos?|May|Mar|Fed|Art|Me|Mo|Ok)|["”»)])\.[^\w\n]*\n(?!\W*\d)
    # “plan B.”, “on X.”; but not “by E. Jean Carroll”
    | (?<!\w)(?!(?:by|and|of|with|said|says|told|de|et|par|selon|avec|dit)\s)[a-zß-öø-ÿœ]\w*\s[A-Z]\.[^\w\n]*\n(?!\W*\d)
    | \sX\.[^\w\n]*\n(?!\W*\d)"""
_MISSED = {
    "en": re.compile("(?x)" + _EITHER),
    "fr": re.compile(
        rf"(?x){_EITHER} | \.[^\w\n]*\n\W*(?:(?i:{'|'.join(DETERMINERS | CLAUSE_OPENERS | _FUNCTION_WORDS)})\b"
        r"|(?:[CDJLMNST]|Qu)'[a-zß-öø-ÿœ])"
    ),
}
"""sentencex has first words for English only."""


def split(text: str, side: Side, lang: str | None = None) -> tuple[Sentence, ...]:
    """Sentences of `text`, in order; `text[s.span.start:s.span.end] == s.text` for each.

    `lang` is "en" or "fr"; without it, "en" for the source side and "fr" for the target. White space around a
    sentence belongs to none; a line of nothing else holds no sentence. Measured: reports/sentences.md.
    """
    language: Lang = "en" if (lang or {"source": "en", "target": "fr"}[side]) == "en" else "fr"
    sentences: list[Sentence] = []
    for line, (start, stop) in enumerate(LineIndex(text).lines(), 1):
        for a, b in spans(text[start:stop], language):
            span = Span(start + a, start + b)
            sentences.append(Sentence(side, len(sentences), span, text[span.start : span.end], line))
    return tuple(sentences)


def spans(line: str, lang: Lang) -> Iterator[tuple[int, int]]:
    """[start, stop) of the sentences of one line, white space around them left out."""
    for start, stop in pairwise((0, *_ends(line, lang), len(line))):
        if text := _TEXT.search(line, start, stop):
            yield text.span()


def _ends(line: str, lang: Lang) -> Iterator[int]:
    start = 0
    quotes = [m.start() for m in _STRAIGHT_QUOTE.finditer(line)]
    seen = _boundaries(line, lang)
    for match in _TERMINATOR.finditer(line):
        mark, stop = match.start(), _before_opening_quote(line, *match.span(), quotes)
        word = _WORD.search(line, stop, stop + _CONTEXT)
        after = word.start() if word else stop + _CONTEXT
        before, following = line[max(start, mark - _CONTEXT) : stop], line[stop : after + _CONTEXT].lstrip()
        place = f"{before}\n{following}".replace("’", "'")
        is_seen = bisect_right(seen, mark) < bisect_right(seen, after)
        if not _WRONG.search(place) and (is_seen or _MISSED[lang].search(place)):
            yield (start := stop)


def _boundaries(line: str, lang: Lang) -> list[int]:
    """Where sentencex begins a sentence; in French, where it does so in English too, whose list of titles is longer."""
    bare = _SURROGATE.sub(" ", line.translate(_HIDDEN))
    find = sentencex.get_sentence_boundaries  # type: ignore[attr-defined]
    found = [{b["start_index"] for b in find(code, bare)} for code in {"en", lang}]
    return sorted(set.intersection(*found))


def _before_opening_quote(line: str, mark: int, stop: int, quotes: list[int]) -> int:
    """Where the terminator ends: before a straight quotation mark between spaces if it opens, after it if it closes."""
    quote = line.rfind('"', mark, stop)
    opens = quote > 0 and line[quote - 1].isspace() and bisect_left(quotes, quote) % 2 == 0
    return quote - 1 if opens else stop
