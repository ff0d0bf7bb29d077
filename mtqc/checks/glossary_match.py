"""Where the terms of a glossary stand in an English text, and their translations in a French one."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from mtqc.checks.name_register import is_headline
from mtqc.model import Span
from mtqc.text.terms import GRAMMAR, Term, english_key, french_key, french_stem, pieces, term_words
from mtqc.text.tokens import Word, plain

_GAP = re.compile(r"(?:\s|[-‐‑*_]|<[^<>]*>)*")
_INSIDE_NAMES = frozenset("of for and the".split())
"""Bank of America, House of the People."""
_OPENS = re.compile(r"(?:^|[.!?:;«“\"(\[–—•]|\n)[\s*_'‘«“\"(]*$")


@dataclass(frozen=True, slots=True)
class Use:
    """A term and where it stands in an English text."""

    term: Term
    span: Span


@dataclass(frozen=True, slots=True)
class TermIndex:
    """English terms by the key of their first word, longest first; `french_only`: forbidden whatever the original says.

    Build it with `index_terms`.
    """

    by_first: Mapping[str, tuple[tuple[tuple[str, ...], Term], ...]]
    french_only: tuple[Term, ...]

    def uses(self, text: str) -> list[Use]:
        """Terms that stand in an English text; of two that overlap the longer one. In order of their places."""
        found = sorted(self._all(text, pieces(text)), key=lambda u: (-len(u.span), u.span))
        kept: list[Use] = []
        for use in found:
            if all(use.span == k.span or not use.span.overlaps(k.span) for k in kept):
                kept.append(use)
        return sorted(kept, key=lambda u: u.span)

    def _all(self, text: str, found: Sequence[Word]) -> Iterator[Use]:
        keys = [english_key(w.norm) for w in found]
        for at, first in enumerate(keys):
            for wanted, term in self.by_first.get(first, ()):
                inside = found[at : at + len(wanted)]
                if tuple(keys[at : at + len(wanted)]) == wanted and _is_meant(text, found, at, inside, term):
                    yield Use(term, Span(inside[0].start, inside[-1].end))


def index_terms(terms: Iterable[Term]) -> TermIndex:
    """Terms by the key of their first English word."""
    by_first: defaultdict[str, list[tuple[tuple[str, ...], Term]]] = defaultdict(list)
    for term in terms:
        keys = tuple(english_key(w.norm) for w in term_words(term.english, "en"))
        if keys:
            by_first[keys[0]].append((keys, term))
    return TermIndex(
        {first: tuple(sorted(listed, key=lambda t: -len(t[0]))) for first, listed in by_first.items()},
        tuple(t for t in terms if not t.english),
    )


def _is_meant(text: str, found: Sequence[Word], at: int, inside: Sequence[Word], term: Term) -> bool:
    if not (_is_whole(text, inside) and _has_symbols(text, inside, term)):
        return False
    if term.kind == "do-not-translate":
        return _is_spelt(inside, term)
    if term.match_case:
        return _is_spelt(inside, term) and (len(inside) > 1 or not _in_longer_name(text, found, at))
    return not _is_name(text, found, at, inside)


def _is_whole(text: str, inside: Sequence[Word]) -> bool:
    """Only blanks, hyphens and tags between the words, and no hyphen that ties them to another word."""
    between = all(_GAP.fullmatch(text, a.end, b.start) for a, b in itertools.pairwise(inside))
    before, after = plain(text[: inside[0].start][-1:]), plain(text[inside[-1].end : inside[-1].end + 2])
    return between and before != "-" and not re.match(r"-\w", after)


def _has_symbols(text: str, inside: Sequence[Word], term: Term) -> bool:
    """C++, AT&T: what is not a word must stand there too."""
    if not re.search(r"[^\w\s'’ʼ.\-‐‑]", term.english):
        return True
    begin = inside[0].start
    return text[begin : begin + len(term.english)].casefold() == term.english.casefold()


def _is_spelt(inside: Sequence[Word], term: Term) -> bool:
    wanted = term_words(term.english, "en")
    return all(w.norm in {t.norm, f"{t.norm}s", f"{t.norm}es"} for w, t in zip(inside, wanted, strict=True))


def _is_name(text: str, found: Sequence[Word], at: int, inside: Sequence[Word]) -> bool:
    """A term in lower case whose words have a capital in mid-sentence, or begin a longer name at its start."""
    if is_headline(text) or not any(w.is_capital for w in inside):
        return False
    opens = _OPENS.search(text[: inside[0].start]) is not None
    rest = inside[1:] if opens else inside
    return any(w.is_capital for w in rest) or _next_is_capital(text, found, at + len(inside) - 1)


def _in_longer_name(text: str, found: Sequence[Word], at: int) -> bool:
    if is_headline(text):
        return False
    before = at > 0 and found[at - 1].is_capital and _GAP.fullmatch(text, found[at - 1].end, found[at].start)
    inner = before and _OPENS.search(text[: found[at - 1].start]) is None
    return bool(inner) or _next_is_capital(text, found, at)


def _next_is_capital(text: str, found: Sequence[Word], at: int) -> bool:
    if at + 1 >= len(found):
        return False
    after = found[at + 1]
    if not _GAP.fullmatch(text, found[at].end, after.start):
        return False
    return after.is_capital or (after.norm in _INSIDE_NAMES and _next_is_capital(text, found, at + 1))


@dataclass(frozen=True, slots=True)
class French:
    """A French text cut into words. Where a match acquits, words may be inflected in any way; where it accuses, only in
    number and gender.
    """

    text: str

    @property
    def words(self) -> tuple[Word, ...]:
        """Its words, compounds cut at their hyphens."""
        return pieces(self.text)

    def like(self, phrase: str, gap: int) -> Span | None:
        """The first place with the phrase's words in order, at most `gap` other words between two of them."""
        wanted = _content(phrase)
        for at in range(len(self.words)):
            last = _follow(self.words, at, wanted, gap)
            if last >= 0:
                return Span(self.words[at].start, self.words[last].end)
        return None

    def exactly(self, phrase: str) -> Iterator[Span]:
        """Every place that has the phrase, in any number and gender, with nothing between."""
        wanted, keys = _phrase_keys(phrase), _keys(self.text)
        if wanted[0] not in keys:
            return
        for at in range(len(keys) - len(wanted) + 1):
            inside = self.words[at : at + len(wanted)]
            if keys[at : at + len(wanted)] == wanted and _is_whole(self.text, inside):
                yield Span(inside[0].start, inside[-1].end)

    def spelt_otherwise(self, phrase: str) -> Span | None:
        """The phrase joined or cut where it is not: « startup » for « start-up »."""
        wanted, keys = "".join(_phrase_keys(phrase)), _keys(self.text)
        for at in range(len(keys)):
            for size in (1, 2, 3):
                if len(wanted) > 4 and "".join(keys[at : at + size]) == wanted and at + size <= len(keys):
                    return Span(self.words[at].start, self.words[at + size - 1].end)
        return None

    def head(self, phrase: str) -> Span | None:
        """The first word of a phrase of several, on its own."""
        wanted = _content(phrase)
        if len(wanted) < 2:
            return None
        return next((Span(w.start, w.end) for w in self.words if _same(w.norm, wanted[0])), None)


@lru_cache(maxsize=512)
def _keys(text: str) -> tuple[str, ...]:
    return tuple(french_key(w.norm) for w in pieces(text))


@lru_cache(maxsize=1 << 14)
def _phrase_keys(phrase: str) -> tuple[str, ...]:
    return tuple(french_key(w.norm) for w in term_words(phrase, "fr"))


@lru_cache(maxsize=1 << 14)
def _content(phrase: str) -> tuple[str, ...]:
    every = tuple(w.norm for w in term_words(phrase, "fr"))
    return tuple(w for w in every if w.lower() not in GRAMMAR) or every


def _follow(words: Sequence[Word], at: int, wanted: Sequence[str], gap: int) -> int:
    """Index of the last word of a match that begins at `at`, or -1."""
    if not _same(words[at].norm, wanted[0]):
        return -1
    for word in wanted[1:]:
        inside = [i for i in range(at + 1, len(words)) if words[i].norm.lower() not in GRAMMAR][: gap + 1]
        at = next((i for i in inside if _same(words[i].norm, word)), -1)
        if at < 0:
            return -1
    return at


def _same(one: str, other: str) -> bool:
    if one == other or french_key(one) == french_key(other):
        return True
    return one[:1].lower() == other[:1].lower() and (
        french_stem(one) == french_stem(other) or _verb(one) == _verb(other)
    )


_VERBS = tuple(
    (re.compile(rf"(\w{{0,5}}){forms}"), verb)
    for forms, verb in (
        (r"m(?:ets?|ett\w+|is|ises?|it|irent)", "mettre"),
        (r"pr(?:is|ises?|it|irent|ends?|en[ae]\w+|enn\w+|endr\w+)", "prendre"),
        (r"f(?:aits?|aites?|ont|er[aeo]\w+|it|irent|ais\w*|aire)", "faire"),
        (r"t(?:enue?s?|ient|iens|iennent|iendr\w+|int|inrent|en[aio]\w+)", "tenir"),
        (r"v(?:enue?s?|ient|iens|iennent|iendr\w+|int|inrent|en[aio]\w+)", "venir"),
    )
)


@lru_cache(maxsize=4096)
def _verb(norm: str) -> str:
    """« mis », « mettent » → « mettre »; a word that is no such form stays."""
    word = norm.lower()
    return next((m.group(1) + verb for forms, verb in _VERBS if (m := forms.fullmatch(word))), word)
