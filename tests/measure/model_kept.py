"""What of a source stands in its translation: names, figures, quotation marks and brackets. Pure, no model.

Names and quantities are found and compared as the checks of ACC2 and ACC3 do it; the human translations, measured
alike, say how far these tools can be believed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache

from mtqc.checks.name_register import is_headline
from mtqc.text.name_data import Lang, key, word_use
from mtqc.text.names import Relation, parts, relation, word_keys
from mtqc.text.numbers import quantities
from mtqc.text.numbers.compare import compare, says
from mtqc.text.tokens import words
from mtqc.text.typography import quotes, single_quoted

KEPT = frozenset(
    {
        Relation.SAME,
        Relation.CALLED,
        Relation.INFLECTED,
        Relation.TRANSLITERATED,
        Relation.FRENCH_ENDING,
        Relation.DERIVED,
    }
)
_NOT_NAMES = frozenset(
    "I Mr Mrs Ms Dr Sir Lord Lady Prof Sen Rep Gov Gen Monday Tuesday Wednesday Thursday Friday Saturday Sunday January "
    "February March April May June July August September October November December M MM Mme Mmes Mlle Me Pr St Ste "
    "Saint Sainte".split()
)
_NO_NAME = re.compile(r"I'\w+|[IVX]+(?:er|e|ème)?")
"""“I'm”, and centuries in Roman numerals."""
_PARTNER = {")": "(", "]": "[", "}": "{"}


@dataclass(frozen=True)
class Share:
    """`kept` of `total` things."""

    kept: int = 0
    total: int = 0

    def __add__(self, other: Share) -> Share:
        return Share(self.kept + other.kept, self.total + other.total)

    @property
    def percent(self) -> float:
        """0 to 100; not a number where there is nothing."""
        return 100 * self.kept / self.total if self.total else float("nan")


def names(text: str, lang: Lang) -> list[str]:
    """Names in a text, once each: capitalised where that means something, and hardly ever written small elsewhere."""
    if is_headline(text):
        return []
    found = dict.fromkeys(p.norm for p in parts(text) if (p.code or not p.initial) and len(p.norm) > 1)
    return [n for n in found if not _NO_NAME.fullmatch(n) and n not in _NOT_NAMES and _is_strong(n, lang)]


def _is_strong(name: str, lang: Lang) -> bool:
    use = word_use(name, lang)
    return use.log_count == 0 or use.lower < 0.35


def is_rare(name: str, lang: Lang) -> bool:
    """True of a name that mtqc's word table of some 24 million words lacks: whoever translates it must copy it."""
    return word_use(name, lang).log_count == 0


@lru_cache(maxsize=1 << 17)
def has_name(name: str, lang: Lang, translation: str) -> bool:
    """True where a translation from `lang` has the name, its form in the other language, or an inflection."""
    if key(name) in word_keys(translation):
        return True
    forms = {piece for w in words(translation) for piece in (w.norm, *w.norm.split("-")) if len(piece) > 1}
    english_first: Callable[[str], Relation] = (
        (lambda form: relation(name, form)) if lang == "en" else (lambda form: relation(form, name))
    )
    return any(english_first(form) in KEPT for form in forms)


def names_kept(wanted: Sequence[str], lang: Lang, translation: str) -> Share:
    """How many of the `wanted` names of a text in `lang` its translation has."""
    return Share(sum(has_name(n, lang, translation) for n in wanted), len(wanted))


def numbers_kept(source: str, lang: Lang, translation: str) -> Share:
    """Figures in digits of the source whose value stands in the translation."""
    english, french = (source, translation) if lang == "en" else (translation, source)
    en, fr = quantities(english, "en"), quantities(french, "fr")
    given = en if lang == "en" else fr
    same = {pair[lang == "fr"] for pair in compare(en, fr).same}
    exact = [i for i, q in enumerate(given) if q.is_exact]
    kept = (i in same or (says(en[i], fr) if lang == "en" else any(says(e, [fr[i]]) for e in en)) for i in exact)
    return Share(sum(kept), len(exact))


def quotations(text: str) -> int | None:
    """How many pairs of quotation marks, whatever their make; None where one has no partner."""
    opened = closed = 0
    for quote in quotes(text):
        opened, closed = (opened + 1, closed) if quote.role == "open" else (opened, closed + 1)
        if closed > opened:
            return None
    return opened + len(single_quoted(text)) if opened == closed else None


def brackets(text: str) -> int | None:
    """How many pairs of brackets; None where one has no partner."""
    opened: list[str] = []
    count = 0
    for mark in text:
        if mark in "([{":
            opened.append(mark)
            count += 1
        elif mark in _PARTNER and (not opened or opened.pop() != _PARTNER[mark]):
            return None
    return None if opened else count


def marks_kept(source: str, translation: str, count: Callable[[str], int | None]) -> Share:
    """0 or 1 of 1 where the source has marks, all in pairs: has the translation as many, in pairs? Else 0 of 0."""
    wanted = count(source)
    return Share(int(count(translation) == wanted), 1) if wanted else Share()


@dataclass(frozen=True)
class Kept:
    """Of many sentences: names, rare names, names that the human translation has, figures, quotations, brackets."""

    names: Share = Share()
    rare: Share = Share()
    confirmed: Share = Share()
    numbers: Share = Share()
    quotations: Share = Share()
    brackets: Share = Share()

    def __add__(self, other: Kept) -> Kept:
        return Kept(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(Kept)))


def kept(sources: Sequence[str], references: Sequence[str], translations: Sequence[str], lang: Lang) -> Kept:
    """All shares over line-parallel texts, `lang` being the sources' language."""
    total = Kept()
    for source, reference, translation in zip(sources, references, translations, strict=True):
        found = names(source, lang)
        total = total + Kept(
            names_kept(found, lang, translation),
            names_kept([n for n in found if is_rare(n, lang)], lang, translation),
            names_kept([n for n in found if has_name(n, lang, reference)], lang, translation),
            numbers_kept(source, lang, translation),
            marks_kept(source, translation, quotations),
            marks_kept(source, translation, brackets),
        )
    return total
