"""Sentences lost, added or not translated; publishers' notices; beads that the aligner is unsure of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from mtqc.model import AlignedArticle, Bead, Category, Evidence, Finding, NotMeasured, Severity, Signals
from mtqc.rules import Example, Rule
from mtqc.text.tokens import Word, fold, words

LOST = Rule(
    code="ACC101",
    name="sentence-lost",
    category=Category.OMISSION,
    severity=Severity.MAJOR,
    summary="A sentence of the original has no counterpart in the translation.",
    rationale="Engines and page layouts drop whole sentences; nobody who reads only the French can see it.",
    confidence=0.8,
    sources=("MQM core: accuracy/omission",),
    examples=(
        Example(
            "The mayor resigned on Monday.\nShe denied all the charges against her.",
            "La maire a démissionné lundi.\n",
            marks="",
            note="an omission has only a place in the French",
        ),
        Example(
            "The mayor resigned on Monday.\nShe denied all the charges.",
            "La maire a démissionné lundi.\nElle a nié toutes les accusations.",
        ),
        Example("Read more.\nThe mayor resigned.", "\nLa maire a démissionné.", note="two words are a link, not news"),
    ),
)
ADDED = Rule(
    code="ACC102",
    name="sentence-added",
    category=Category.ADDITION,
    severity=Severity.MAJOR,
    summary="A sentence of the translation has no counterpart in the original.",
    rationale="Engines invent sentences, and repeat earlier ones; a reader takes them for the author's.",
    confidence=0.8,
    sources=("MQM core: accuracy/addition",),
    examples=(
        Example(
            "The mayor resigned on Monday.\n",
            "La maire a démissionné lundi.\nSon adjoint lui succédera dès la semaine prochaine.",
            marks="Son adjoint lui succédera dès la semaine prochaine.",
        ),
        Example("The mayor resigned on Monday.", "La maire a démissionné lundi."),
        Example("The mayor resigned.\n", "La maire a démissionné.\nLire aussi", note="two words are a link"),
    ),
)
UNTRANSLATED = Rule(
    code="ACC103",
    name="untranslated-stretch",
    category=Category.UNTRANSLATED,
    severity=Severity.MAJOR,
    summary="English running text was left as it was.",
    rationale="Names, titles and quoted titles are rightly kept; English grammar words in a row are not.",
    confidence=0.9,
    sources=("MQM core: accuracy/untranslated",),
    examples=(
        Example(
            "The board said that the new plan would be approved in May.",
            "Le conseil a déclaré que the new plan would be approuvé en mai.",
            marks="the new plan would be",
        ),
        Example(
            "He refused to answer any of the questions that were put to him.",
            "He refused to answer any of the questions that were put to him.",
            marks="He refused to answer any of the questions that were put to him.",
        ),
        Example(
            "They watched the match on a screen in the old square.",
            "Ils ont vu le match sur un écran in the old square.",
            marks="in the old square",
        ),
        Example(
            "The skeleton was found in situ in the quarry.",
            "Le squelette a été trouvé in situ dans la carrière.",
            note="Latin, in both",
        ),
        Example(
            "She won for her role in “The Best Years of Our Lives”.",
            "Elle a été primée pour « The Best Years of Our Lives ».",
            note="a quoted title is kept",
        ),
        Example(
            "The Securities and Exchange Commission fined The Bank of New York.",
            "La Securities and Exchange Commission a condamné The Bank of New York.",
            note="names keep their small words",
        ),
        Example(
            "The plan was approved on Monday in Marseille.",
            "Le plan a été approuvé lundi à Marseille.",
        ),
    ),
)
NOTICE = Rule(
    code="ALN101",
    name="boilerplate",
    category=Category.ALIGNMENT,
    severity=Severity.NEUTRAL,
    summary="A publisher's notice that has no counterpart in the original: set apart, not judged.",
    rationale="A notice of automatic translation, a share link, a “read also” is no addition by the translator.",
    confidence=0.95,
    examples=(
        Example(
            "The mayor resigned.\n",
            "La maire a démissionné.\nCet article a été traduit automatiquement de l’anglais.",
            marks="Cet article a été traduit automatiquement de l’anglais.",
        ),
        Example("The mayor resigned.", "La maire a démissionné."),
        Example(
            "The app translates every message automatically.",
            "L’application traduit automatiquement tous les messages.",
            note="news about translation is no notice",
        ),
    ),
)
UNSURE = Rule(
    code="ALN102",
    name="alignment-unsure",
    category=Category.ALIGNMENT,
    severity=Severity.NEUTRAL,
    summary="The aligner could not tell what corresponds here; checks that compare both sides did not run on it.",
    rationale="A judgement of two texts that may not belong together would be a guess.",
    confidence=0.5,
    examples=(
        Example(
            "The mayor resigned.\nHer deputy took over.",
            "La maire a démissionné.\nLe conseil se réunira jeudi.",
            marks="Le conseil se réunira jeudi.",
            confidences=(0.9, 0.1),
        ),
        Example("The mayor resigned.", "La maire a démissionné.", confidences=(0.9,)),
        Example("The mayor resigned.", "L’édile a jeté l’éponge.", note="free, but sure", confidences=(0.9,)),
    ),
)

_ENGLISH = frozenset(
    "the of and that with was were is are has had have been from which who whom whose their they them he she it its his"
    " her would could should will shall may might must not but what when where while there these those this than then"
    " into about after before because between through against during without within under over again any some each"
    " every most other such only very just also both all you your we our us i me my do does did doing being be to for"
    " by at as if or an how why in no off out up down don't doesn't didn't isn't aren't wasn't weren't can't couldn't"
    " won't wouldn't it's that's there's he's she's they're we're you're i'm".split()
)
_FRENCH_TOO = frozenset("on plus an but as me or i us son pour die dans des les la le du et un une".split())
_TITLE_QUOTES = re.compile(r"«[^«»]*»|“[^“”]*”|\"[^\"]*\"|‘[^‘’]*’")
_LEAST_WORDS = 3


def _long_enough(text: str) -> bool:
    return len(words(text)) >= _LEAST_WORDS


@dataclass(frozen=True, slots=True)
class LostAndAdded:
    """Beads with one side only. Below `sure`, the aligner's confidence makes the finding a suspicion (minor)."""

    sure: float = 0.9
    rules: ClassVar[tuple[Rule, ...]] = (LOST, ADDED)

    def find_in_article(self, article: AlignedArticle) -> Iterator[Finding]:
        """Lost and added sentences of three words or more that are not boilerplate."""
        for bead in article.beads:
            text = bead.source_text or bead.target_text
            if not bead.is_pair and not bead.is_boilerplate and _long_enough(text):
                yield self._lost(bead) if bead.source else self._added(bead)

    def _strength(self, bead: Bead) -> tuple[Severity, str]:
        if isinstance(bead.confidence, NotMeasured) or bead.confidence >= self.sure:
            return Severity.MAJOR, ""
        return Severity.MINOR, f" (a suspicion: the aligner is {bead.confidence:.0%} sure)"

    def _lost(self, bead: Bead) -> Finding:
        severity, doubt = self._strength(bead)
        return LOST.finding(
            bead.target_at(0, 0),
            f"“{_short(bead.source_text)}” has no counterpart in the translation{doubt}.",
            source=bead.source_at(0, len(bead.source_text)),
            severity=severity,
            evidence=_confidence(bead),
        )

    def _added(self, bead: Bead) -> Finding:
        severity, doubt = self._strength(bead)
        return ADDED.finding(
            bead.target_at(0, len(bead.target_text)),
            f"« {_short(bead.target_text)} » has no counterpart in the original{doubt}.",
            severity=severity,
            evidence=_confidence(bead),
        )


def _confidence(bead: Bead) -> tuple[Evidence, ...]:
    if isinstance(bead.confidence, NotMeasured):
        return ()
    return (Evidence("alignment confidence", round(bead.confidence, 3), "probability", "sentence aligner"),)


def _short(text: str, limit: int = 80) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1].rstrip() + "…"


@dataclass(frozen=True, slots=True)
class Notices:
    """Boilerplate on the French side."""

    rules: ClassVar[tuple[Rule, ...]] = (NOTICE,)

    def find_in_article(self, article: AlignedArticle) -> Iterator[Finding]:
        """One neutral finding a notice sentence."""
        for bead in article.beads:
            if bead.is_boilerplate and bead.target:
                yield NOTICE.finding(
                    bead.target_at(0, len(bead.target_text)),
                    f"« {_short(bead.target_text)} » is a publisher's notice: set apart, not judged.",
                )


@dataclass(frozen=True, slots=True)
class UnsureAlignment:
    """Beads below the aligner's confidence threshold."""

    below: float = 0.5
    rules: ClassVar[tuple[Rule, ...]] = (UNSURE,)

    def find_in_article(self, article: AlignedArticle) -> Iterator[Finding]:
        """One neutral finding a doubtful bead."""
        for bead in article.beads:
            sure = bead.confidence
            if bead.is_pair and not bead.is_boilerplate and not isinstance(sure, NotMeasured) and sure < self.below:
                yield UNSURE.finding(
                    bead.target_at(0, len(bead.target_text)),
                    f"What « {_short(bead.target_text)} » corresponds to is unsure: it was not compared.",
                    source=bead.source_at(0, len(bead.source_text)),
                    evidence=_confidence(bead),
                )


@dataclass(frozen=True, slots=True)
class Untranslated:
    """A verbatim run of `least_words` English words or more with at least `least_grammar` English grammar words."""

    least_words: int = 3
    least_grammar: int = 2
    rules: ClassVar[tuple[Rule, ...]] = (UNTRANSLATED,)

    def find(self, bead: Bead, signals: Signals) -> Iterable[Finding]:  # noqa: ARG002 -- text alone decides
        """Runs of the French that stand word for word in the English."""
        target = words(bead.target_text)
        if sum(w.norm.lower() in _ENGLISH for w in target) < self.least_grammar:
            return
        quoted = [m.span() for m in _TITLE_QUOTES.finditer(bead.target_text)]
        for run, source_start in _runs(target, words(bead.source_text), self.least_words):
            first, last = run[0], run[-1]
            if self._is_text(run) and not any(a <= first.start and last.end <= b for a, b in quoted):
                yield self._finding(bead, first, last, source_start)

    def _is_text(self, run: tuple[Word, ...]) -> bool:
        lower = [w.norm for w in run if not w.is_capital]
        return sum(w in _ENGLISH and w not in _FRENCH_TOO for w in lower) >= self.least_grammar and len(
            lower
        ) * 2 > len(run)

    def _finding(self, bead: Bead, first: Word, last: Word, source: Word) -> Finding:
        rest = bead.target_text[last.end :].strip("”»\"' ")
        end = len(bead.target_text) if rest in {".", "!", "?"} and first.start == 0 else last.end
        text = bead.target_text[first.start : end]
        at = bead.source_text.find(text, source.start)
        return UNTRANSLATED.finding(
            bead.target_at(first.start, end),
            f"“{_short(text)}” was left in English.",
            source=bead.source_at(at, at + len(text)) if at >= 0 else None,
            evidence=(Evidence("words in a row as in the original", len(words(text)), "words", "text"),),
        )


def _runs(target: tuple[Word, ...], source: tuple[Word, ...], least: int) -> Iterator[tuple[tuple[Word, ...], Word]]:
    """Longest runs of target words that stand in the source in the same order without a gap; with the source start."""
    places: dict[str, list[int]] = {}
    for j, w in enumerate(source):
        places.setdefault(fold(w.text).lower(), []).append(j)
    i = 0
    while i < len(target):
        best, where = 0, 0
        for j in places.get(target[i].norm.lower(), ()):
            n = 0
            while i + n < len(target) and j + n < len(source) and _same(target[i + n], source[j + n]):
                n += 1
            if n > best:
                best, where = n, j
        if best >= least:
            yield target[i : i + best], source[where]
        i += max(1, best)


def _same(a: Word, b: Word) -> bool:
    return a.norm.lower() == b.norm.lower()
