"""English capitals kept in French: adjectives and languages from names of peoples, and headlines In Title Case."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from babel import Locale

from mtqc.checks.locale_capitals_rules import CAPITAL_DEMONYM, RULES, TITLE_CASE
from mtqc.model import Bead, Evidence, Finding, Location, Signals
from mtqc.rules import Rule
from mtqc.text import french
from mtqc.text.name_data import key, stems, word_use
from mtqc.text.tokens import Word, plain, words

_ADJECTIVE = re.compile(r"(?<![\w-])(?P<noun>[a-zà-ÿœ]{3,}) (?P<word>[A-ZÀÉ][a-zà-ÿ]{3,})(?![\w'-])(?! [A-ZÀ-Ý])")
_LANGUAGE = re.compile(
    r"(?<![\w'-])(?:en|parl(?:e|es|ent|er|ait|aient|ant|é|ons|ez)(?: couramment| bien| mal)?) "
    r"(?P<word>[A-ZÀÉ][a-zà-ÿ]{3,})(?![\w'-])(?! [A-ZÀ-Ý])"
)
_CAPITAL = re.compile(r" [A-ZÀÉ][a-zà-ÿ]{3}")
_PEOPLE = frozenset(
    """jeunes vieux jeune vieille certains certaines plusieurs nombreux nombreuses quelques tous toutes deux trois
    quatre cinq six sept huit neuf dix cent cents mille millions autres autre petit petite petits grands grand
    pauvre pauvres riches ces des les aux une océan mer péninsule golfe désert mont monts fleuve île îles cap
    détroit lac baie canal plaine soit être étant fut suis devenu devenue""".split()
)
"""Before these a people's name is a noun (« les jeunes Français »), part of a place's (« l'océan Indien »), or may be
either (« bien qu'il soit Belge »)."""
_TITLED = re.compile(r"[.!?…:;]\s*[»”\"]?\s*\Z")


@dataclass(frozen=True, slots=True)
class Capitals:
    """Capitals that French does not write.

    `share`: a headline is in title case where so many of its plain words (those that French writes in lower case at
    least `lower` of the time), the first apart, have a capital, and `least` of them do.
    """

    share: float = 0.6
    least: int = 3
    lower: float = 0.8
    rules: ClassVar[tuple[Rule, ...]] = RULES

    def find(self, bead: Bead, signals: Signals) -> Iterator[Finding]:  # noqa: ARG002 -- text alone decides
        """Findings in one bead; in a headline in title case, that alone."""
        if not _CAPITAL.search(bead.target_text):
            return
        titled = self._title(bead)
        if titled is not None:
            yield titled
        else:
            yield from _demonyms(bead)

    def _title(self, bead: Bead) -> Finding | None:
        text = bead.target_text
        if _TITLED.search(text) or text.isupper():
            return None
        plain_words = [w for w in words(text)[1:] if self._is_plain(w)]
        capital = [w for w in plain_words if w.is_capital]
        if len(capital) < self.least or len(capital) < self.share * len(plain_words):
            return None
        fix = list(text)
        for w in capital:
            fix[w.start] = fix[w.start].lower()
        target = bead.target_at(0, len(text))
        shown = ", ".join(w.text for w in capital[:3])
        message = (
            f"« {shown} »{' …' * (len(capital) > 3)}: French headlines have a capital on the first word and on names."
        )
        evidence = (Evidence("plain words with a capital", len(capital), f"of {len(plain_words)}", "text.name_data"),)
        source = bead.source_at(0, len(bead.source_text))
        return TITLE_CASE.finding(target, message, source=source, fix="".join(fix), evidence=evidence)

    def _is_plain(self, word: Word) -> bool:
        use = word_use(word.norm, "fr")
        return len(word.norm) > 3 and use.log_count >= 5 and use.lower >= self.lower and not word.text[1:].isupper()


def _demonyms(bead: Bead) -> Iterator[Finding]:
    text = plain(bead.target_text)
    for match in _ADJECTIVE.finditer(text):
        noun, word = match["noun"], match["word"]
        if noun in _PEOPLE or noun not in french.noun_forms() or not _is_adjective(word):
            continue
        source = _original(bead, word)
        if source is not None:
            yield _lower(bead, match.span("word"), source, "an adjective from a people's name")
    for match in _LANGUAGE.finditer(text):
        if match["word"].lower() in _languages():
            source = _original(bead, match["word"])
            if source is not None:
                yield _lower(bead, match.span("word"), source, "a language")


def _is_adjective(word: str) -> bool:
    use = word_use(word, "fr")
    return use.log_count > 0 and use.lower >= 0.4


def _original(bead: Bead, word: str) -> Location | None:
    """The English demonym or language that the French word comes from."""
    form = key(word)
    for w in words(bead.source_text):
        if w.is_capital and (form.startswith(stems(w.norm)) or form in _english_languages().get(w.norm, ())):
            return bead.source_at(w.start, w.end)
    return None


def _lower(bead: Bead, span: tuple[int, int], source: Location, what: str) -> Finding:
    target = bead.target_at(*span)
    message = f"« {target.text} » is {what}: French writes it in lower case, « {target.text.lower()} »."
    return CAPITAL_DEMONYM.finding(target, message, source=source, fix=target.text.lower())


@cache
def _languages() -> frozenset[str]:
    return frozenset(n for n in Locale("fr").languages.values() if n.isalpha())


@cache
def _english_languages() -> dict[str, tuple[str, ...]]:
    en, fr = Locale("en").languages, Locale("fr").languages
    return {en[c]: (key(fr[c]),) for c in en if c in fr and str(fr[c]).isalpha()}
