"""Signs, in the words on both sides of an element's edge, that these were not translated together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from mtqc.model import Severity, Span
from mtqc.text import french
from mtqc.text.name_data import translations, word_use
from mtqc.text.tokens import plain

_ARTICLES = "le|la|les|l'|un|une|des"
_DETERMINERS = frozenset("le la les l' un une des du au aux ce cet cette ces son sa ses".split())
_OF_FORMS = frozenset("de d' du des".split())
_LAST = re.compile(r"(?<![\w'-])(?P<word>[\w-]+'?|[\w-]*\w')(?P<gap> ?)\Z")
_FIRST = re.compile(
    r" ?(?P<word>(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)'|[\w-]+)(?P<rest>[ ']?(?P<next>[\w-]*))", re.IGNORECASE
)
_SAME = frozenset("de d' à la le les des du un une dans pour par sur avec que qu' qui et au aux".split())
_NO_CLASH = frozenset(
    {("la", "une"), ("l'", "un"), ("l'", "une"), ("des", "uns"), ("un", "des"), ("une", "des"), ("une", "du")}
)
"""« à la une du journal », « l'un des deux »."""
_OF = re.compile(r"of\b", re.IGNORECASE)
_ADVERBIAL = re.compile(r"(?<!\w)(?:en|en ce|à ce|à cet|de|par) [\w-]+ ?\Z")
"""« en détail les allégations », « en ce moment la troisième place »: no noun that the next could belong to."""
_DETERMINED = re.compile(
    r"(?<![\w-])(?:(?:le|la|les|une?|des|du|aux?|ce|cet|cette|ces|son|sa|ses|leurs?) |l')[\w-]+ ?\Z", re.IGNORECASE
)
_WORD_BEFORE = re.compile(r"[\w-]+\Z")
_BEGINS_PHRASE = re.compile(
    r"(?:the|an?|this|that|these|those|his|her|its|their|our|my|your|some|any|all|every|each|no|which|who|that|it|he|she"
    r"|they|we|you|i|is|was|are|were|has|had|have|will|would|can|could|may|might|must|should|of|in|on|at|to|for|by|with"
    r"|from|as|and|or|but|when|where|while|if|because)\b",
    re.IGNORECASE,
)
_TIMES = french.DAYS | frozenset(
    """matin matinée soir soirée nuit jour jours journée semaine semaines mois an ans année années fois moment heure
    heures minute minutes siècle printemps été automne hiver janvier février mars avril mai juin juillet août
    septembre octobre novembre décembre fin début""".split()
)
_WHOLE = re.compile(r"[^\W\d_]{2,}")
_INFINITIVE = re.compile(r"\w+(?:er|ir|re|oir)")


@dataclass(frozen=True, slots=True)
class Sign:
    """What speaks for it, where in the French sentence, and how sure and grave it is."""

    what: str
    span: Span
    severity: Severity
    confidence: float


@dataclass(frozen=True)
class Seam:
    """An element of the French sentence, and the element of the English one that it stands for, if there is one."""

    source: str
    target: str
    english: Span | None
    french: Span

    @cached_property
    def text(self) -> str:
        """The French with plain apostrophes and spaces: same offsets."""
        return plain(self.target)

    @cached_property
    def inner(self) -> str:
        """The English words in the element, "" where it has no counterpart."""
        return plain(self.source[self.english.start : self.english.end]) if self.english else ""

    @cached_property
    def following(self) -> str:
        """The English after the element."""
        return plain(self.source[self.english.end :]).lstrip() if self.english else ""

    @cached_property
    def preceding(self) -> str:
        """The English before the element."""
        return plain(self.source[: self.english.start]).rstrip() if self.english else ""


def signs(seam: Seam) -> Iterator[Sign]:
    """Signs at the beginning of the element, then at its end; at most one each."""
    for at, is_start in ((seam.french.start, True), (seam.french.end, False)):
        left, right = seam.text[:at], seam.text[at:]
        if left.strip() and re.search(r"\w", right):
            found = _clash(left, right) or _capital(seam, left, right, is_start) or _glued(seam, left, right)
            found = found or (_parted(seam, left, right) if is_start else _colon(seam, left, right))
            if found:
                yield found


def _clash(left: str, right: str) -> Sign | None:
    """« de <a>de la firme », « le <a>la firme », « de <a>le port »."""
    last, first = _LAST.search(left), _FIRST.match(right)
    if not last or not first or not (last["gap"] or right[:1] == " " or last["word"].endswith("'")):
        return None
    if not first["word"].islower() and first["next"][:1].isupper():
        return None  # « de <em>Le Monde »
    span = Span(last.start("word"), len(left) + first.end("word"))
    clash = _clashing(last["word"].lower(), first["word"].lower(), first["next"])
    return Sign(clash, span, Severity.MAJOR, 0.9) if clash else None


def _clashing(a: str, b: str, following: str) -> str:
    if a == b and a in _SAME:
        return f"« {a} » stands twice"
    if a in _DETERMINERS and b in _DETERMINERS and (a, b) not in _NO_CLASH:
        return "two articles stand in a row"
    if a in {"de", "à"} and b in {"le", "les"} and _is_noun(following):
        return f"« {a} {b} » is not contracted"
    if (a in _OF_FORMS and b in _OF_FORMS) or (a, b) == ("de", "à"):
        return "two prepositions stand in a row"
    return ""


def _is_noun(word: str) -> bool:
    return word.lower() in french.noun_forms() and not _INFINITIVE.fullmatch(word)


def _capital(seam: Seam, left: str, right: str, is_start: bool) -> Sign | None:
    """« selon <a>Un rapport », « <a>la drogue</a> Les trafiquants »: lower case in English, and no name."""
    if not re.search(r"[a-zà-ÿ\d,] ?\Z", left) or seam.english is None:
        return None
    first = _FIRST.match(right)
    english = seam.inner if is_start else seam.following
    if first is None or not first["word"][:1].isupper() or not english[:1].islower():
        return None
    word = first["word"]
    if not _is_plain_word(word, first["next"]) or re.search(rf"(?<!\w){re.escape(word)}(?!\w)", seam.source):
        return None
    start = len(left) + first.start("word")
    return Sign("a sentence seems to begin", Span(start, start + len(word)), Severity.MINOR, 0.9)


def _is_plain_word(word: str, following: str) -> bool:
    """A word that French hardly ever writes with a capital; an article only where no name follows."""
    lower = word.lower()
    if lower in french.DETERMINERS or word.endswith("'"):
        return following[:1].islower()
    use = word_use(lower, "fr")
    return len(word) > 1 and use.log_count >= 7 and use.lower >= 0.9


def _glued(seam: Seam, left: str, right: str) -> Sign | None:
    """« le<a>rapport »: two words with no space, where the English has one."""
    last, first = re.search(r"[^\W\d_]{2,}\Z", left), _WHOLE.match(right)
    if not last or not first or seam.english is None:
        return None
    joined = (last.group() + first.group()).lower()
    if word_use(joined, "fr").log_count or any(w.isupper() for w in (last.group(), first.group())):
        return None
    if not all(word_use(w, "fr").log_count >= 5 for w in (last.group(), first.group())):
        return None
    return Sign("there is no space", Span(last.start(), len(left) + first.end()), Severity.MINOR, 0.9)


def _parted(seam: Seam, left: str, right: str) -> Sign | None:
    return _unjoined(seam, left, right) or _compound(seam, left, right)


def _unjoined(seam: Seam, left: str, right: str) -> Sign | None:
    """« le succès <a>la présidence » for “the success <a>of the presidency”."""
    last, first = _LAST.search(left), _FIRST.match(right)
    if not last or not first or not _OF.match(seam.inner) or not last["gap"]:
        return None
    begins_apart = re.fullmatch(_ARTICLES, first["word"]) or first["word"][:1].isupper()
    if not begins_apart or last["word"].lower() not in french.noun_forms() or _ADVERBIAL.search(left):
        return None
    return Sign("« de » is missing", Span(last.start("word"), len(left) + first.end()), Severity.MAJOR, 0.9)


def _compound(seam: Seam, left: str, right: str) -> Sign | None:
    """« le conseil <a>l'audience » for “the council <a>hearing”: two nouns, and the English joins them by order."""
    last, first = _LAST.search(left), _FIRST.match(right)
    if not last or not first or not last["gap"] or not re.fullmatch(_ARTICLES, first["word"]):
        return None
    noun, before = last["word"].lower(), _WORD_BEFORE.search(seam.preceding)
    if noun not in french.noun_forms() or noun in _TIMES or not before or not seam.inner[:1].islower():
        return None
    if noun not in translations(before.group().lower()) or _BEGINS_PHRASE.match(seam.inner):
        return None
    if not _is_noun(first["next"]) or _ADVERBIAL.search(left) or not _DETERMINED.search(left):
        return None
    what = "perhaps nothing joins the two nouns"
    return Sign(what, Span(last.start("word"), len(left) + first.end()), Severity.MINOR, 0.6)


def _colon(seam: Seam, left: str, right: str) -> Sign | None:
    """« <a>les personnes qui :</a> ont été »: engines close a fragment with a colon."""
    mark = re.search(r"(?<=\w) ?[:;.]\Z", left)
    if not mark or seam.english is None or seam.inner.rstrip()[-1:] in ":;.?!" or not re.match(r" ?[a-zà-ÿ]", right):
        return None
    if seam.following[:1] in ":;." or not seam.following[:1].isalpha():
        return None
    return Sign("a mark closes it in mid-sentence", Span(mark.start(), len(left)), Severity.MINOR, 0.9)
