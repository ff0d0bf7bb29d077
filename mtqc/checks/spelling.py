"""Words that are no French and that the original does not have either: « médecinr », « têtements »."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import JaroWinkler

from mtqc.checks.base import BOTH
from mtqc.checks.spelling_examples import NON_WORD_EXAMPLES
from mtqc.model import Bead, Category, Evidence, Finding, Severity, Signals
from mtqc.rules import Rule
from mtqc.text.english_words import neighbours as neighbours_en
from mtqc.text.english_words import slip
from mtqc.text.french_words import bare, is_formed, is_french, neighbours
from mtqc.text.name_data import translations
from mtqc.text.tokens import Word, words

NON_WORD = Rule(
    code="FLU602",
    name="non-word",
    category=Category.SPELLING,
    severity=Severity.MAJOR,
    summary="A word that no list has and the original neither; minor where its sense is plain or it may be rare.",
    rationale="Engines put words together from pieces: « médecinr », « têtements »; a reader stops at each of them.",
    examples=NON_WORD_EXAMPLES,
    confidence=0.8,
    sources=("Word counts: docs/data.md", "simplemma’s French lexicon, https://github.com/adbar/simplemma, MIT"),
)
_FRENCH_LETTERS = re.compile(r"[abcdefghijklmnopqrstuvwxyzàâäçéèêëîïôöùûüÿœæ'-]+")
_CLITIC = re.compile(
    r"-(?:t-)?(?:ils?|elles?|on|je|tu|nous|vous|ce|moi|toi|le|la|les|lui|leur|y|en|là|ci|mêmes?)(?:-\w+)?\Z"
)
_SET_APART = re.compile(
    r"«[^«»]*»|“[^“”]*”|\"[^\"]*\"|‘[^‘’]*’|\([^()]*\)|\[[^\[\]]*\]|\S*(?:[@/\\_#·•⋅=<>{}&%+*~]|\w\.\w)\S*"
)
MAX_APART = 3
"""Words of a quotation or bracket that holds a foreign or coined term, rather than speech."""
_REGULAR = re.compile(
    r"(?:age|oire?|ure|[et]eur|euse|trice|tion|ment|ique|aire|ite|ase|ose|isme|iste|able|ible|isée?|ière?|ette|erie|eux|if|ive"
    r"|logue|logie|thérapie|cyte|derme|dermie|gène|nèse|phage|scope|scopie|ium|ine|al|ale|elle?|ante?)s?\Z"
)
"""Endings by which French goes on making words: the word may be rare rather than wrong."""
RARE_CONFIDENCE = 0.4
"""In machine-translated reviews and medical abstracts, annotators marked 31 of 82 unknown words."""
STEM = 5
"""Letters in which two forms of a word agree."""
_DOUBLE = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True)
class NonWords:
    """FLU602 on lower-case words.

    `letters`: the fewest a word has (shorter unknown ones are mostly units, sounds and foreign particles).
    `likeness`: Jaro–Winkler similarity to an English word from which on an unknown word is a term that both languages
    share, unless a French word one slip away is closer to it.
    """

    letters: int = 5
    likeness: float = 0.86
    rules = (NON_WORD,)
    directions = BOTH

    def find(self, bead: Bead, signals: Signals) -> Iterator[Finding]:  # noqa: ARG002 -- text only
        """One finding a word."""
        if bead.is_reversed:
            yield from self._english(bead)
            return
        every = words(bead.target_text)
        unknown = [i for i, word in enumerate(every) if self._is_unknown(word.norm)]
        if not unknown:
            return
        english = {w.norm.lower() for w in words(bead.source_text)}
        french = {w.norm.lower() for w in every}
        apart = [m.span() for m in _SET_APART.finditer(bead.target_text) if len(words(m[0])) <= MAX_APART]
        for i in unknown:
            word, near = every[i], neighbours(every[i].norm)
            foreign = _beside_foreign(every, i, near) or any(a <= word.start and word.end <= b for a, b in apart)
            if not foreign and not self._is_taken(word.norm, near, english):
                free = [n for n in near if n not in french]  # « un rocher … se frocher »: that rock is translated
                meant = next((n for n in free if _typing_slip(word.norm, n) or self._is_meant(n, english)), "")
                yield _finding(bead, word, near, meant)

    def _english(self, bead: Bead) -> Iterator[Finding]:
        """Lower-case words of the English that no list has, one letter away from one that it has."""
        original = {w.norm.lower() for w in words(bead.source_text)}
        apart: list[tuple[int, int]] | None = None
        for word in words(bead.target_text):
            if len(word.norm) < 4 or not (word.norm.islower() and word.norm.isascii() and word.norm.isalpha()):
                continue
            meant = "" if word.norm in original else slip(word.norm)
            if not meant:
                continue
            if apart is None:
                apart = [m.span() for m in _SET_APART.finditer(bead.target_text) if len(words(m[0])) <= MAX_APART]
            if not any(a <= word.start and word.end <= b for a, b in apart):
                yield _misspelt(bead, word, meant)

    def _is_unknown(self, norm: str) -> bool:
        if len(norm) < self.letters or not norm.islower() or is_french(norm):
            return False
        return _FRENCH_LETTERS.fullmatch(norm) is not None and not is_french(_CLITIC.sub("", norm).rpartition("'")[2])

    def _is_taken(self, norm: str, near: tuple[str, ...], english: set[str]) -> bool:
        """True of a word that comes from the original, or from the word-building that both languages share."""
        if norm in english or norm.rstrip("s") in english or (not near and is_formed(norm)):
            return True
        if "-" in norm and all(len(p) < 4 or p in english or is_french(p) for p in norm.split("-")):
            return True
        return self._is_cognate(norm, near, english)

    def _is_cognate(self, norm: str, near: tuple[str, ...], english: set[str]) -> bool:
        like, source = max(((_similar(norm, e), e) for e in english if len(e) >= 4), default=(0.0, ""))
        return like >= self.likeness and not any(_similar(n, source) >= like for n in near)

    def _is_meant(self, word: str, english: set[str]) -> bool:
        """True where the original has a word that this one translates, or that looks like it: the sense is not lost."""
        stem = _stem(word)
        if any(_stem(t) == stem for e in english for t in translations(e)):
            return True
        return any(len(e) >= 4 and _similar(word, e) >= self.likeness for e in english)


def _stem(word: str) -> str:
    return bare(word)[:STEM]


def _similar(a: str, b: str) -> float:
    return JaroWinkler.similarity(bare(a), bare(b))


def _beside_foreign(every: tuple[Word, ...], i: int, near: tuple[str, ...]) -> bool:
    """True inside a foreign phrase: beside a name in mid-sentence, or beside another word that is no French."""
    for j in (i - 1, i + 1):
        if 0 <= j < len(every) and len(every[j].norm) > 2 and not near:
            other = every[j]
            if (other.is_capital and j > 0) or (other.norm.islower() and not is_french(other.norm)):
                return True
    return False


def _finding(bead: Bead, word: Word, near: tuple[str, ...], meant: str) -> Finding:
    marked = bead.target_at(word.start, word.end)
    best = meant or (near[0] if near else "")
    hint = f"; « {best} » is one letter away" if best else ""
    rare = not near and _REGULAR.search(word.norm) is not None
    said = "is in no French word list that mtqc has" if rare else "is no French word"
    return NON_WORD.finding(
        marked,
        f"« {marked.text} » {said}{hint}.",
        fix=best or None,
        severity=Severity.MINOR if meant or rare else None,
        confidence=RARE_CONFIDENCE if rare else None,
        evidence=(Evidence("nearest words", ", ".join(near[:3]) or "none", origin="words_fr"),),
    )


def _misspelt(bead: Bead, word: Word, meant: str) -> Finding:
    marked = bead.target_at(word.start, word.end)
    message = f"“{marked.text}” is no English word; “{meant}” is one letter away."
    evidence = (Evidence("nearest words", ", ".join(neighbours_en(word.norm)[:3]), origin="words_en"),)
    return NON_WORD.finding(marked, message, fix=meant, severity=Severity.MINOR, evidence=evidence)


def _typing_slip(a: str, b: str) -> bool:
    """True where only accents, a doubled letter or two swapped letters differ: a typist’s error, and easily read."""
    plain = [_DOUBLE.sub(r"\1", bare(x)) for x in (a, b)]
    return plain[0] == plain[1] or sorted(a) == sorted(b)
