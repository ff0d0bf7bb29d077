"""What an engine does when it fails altogether: copies, loops, stops in mid-sentence, answers in another language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from mtqc.checks.output_rules import EQUAL, LANGUAGE, LOOP, RULES, TRUNCATED
from mtqc.model import Bead, Evidence, Finding, Severity, Signals
from mtqc.rules import Rule
from mtqc.text.language import UNKNOWN, identify
from mtqc.text.name_data import is_known, word_use
from mtqc.text.tokens import Word, plain, words

_FINAL = re.compile(r"[.!?…:;]['\"”’»)\]\s]*\Z")
_QUOTED_END = re.compile(r"[\"”’»)\]]\s*\Z")
_FRENCH = frozenset(
    "le la les l' un une des de du d' et à au aux en dans sur pour par avec sans que qui qu' ne n' pas est sont a ont"
    " était sera ce cette ces se s' il elle on ils elles nous vous je j' son sa ses leur leurs plus mais ou où".split()
)
_HANGING = frozenset(
    "le la les l' un une des de du d' et à au aux en dans sur pour par avec sans que qui qu' ne n' ce cette ces se s'"
    " son sa ses leur leurs mais ou dont où notre nos votre vos mon ma mes chez vers entre selon si comme lorsque quand"
    " très est sont était étaient a ont avait avaient".split()
)
"""Words no French sentence ends with; « a », « est » and the like hardly ever."""
_WEAK = frozenset("a à en est sont était étaient ont avait avaient où si comme y".split())
_LONGEST = 8


@dataclass(frozen=True, slots=True)
class Output:
    """Copies (ACC105), another language (ACC106), loops (ACC107) and sentences cut short (ACC108).

    `times`: how often in a row a stretch of up to eight words must stand to be a loop. `foreign`: fewest words of a
    sentence without a single French grammar word whose language is asked for. `short`: French words an English word
    below which a sentence without a final mark counts as cut short; of 4,050 clean sentences with a final mark in the
    English, none has fewer and no mark of its own.
    """

    times: int = 3
    foreign: int = 6
    short: float = 0.9
    rules: ClassVar[tuple[Rule, ...]] = RULES

    def find(self, bead: Bead, signals: Signals) -> Iterator[Finding]:  # noqa: ARG002 -- text alone decides
        """At most one finding: a copy is no foreign language, a loop is not cut short."""
        target = words(bead.target_text)
        found = _copy(bead, target) or self._foreign(bead, target)
        found = found or self._loop(bead, target) or self._cut(bead, target)
        if found is not None:
            yield found

    def _foreign(self, bead: Bead, target: tuple[Word, ...]) -> Finding | None:
        if len(target) < self.foreign or any(w.norm.lower() in _FRENCH for w in target):
            return None
        if sum(w.is_capital or w.is_number for w in target) * 2 > len(target):
            return None
        lang = identify(bead.target_text)
        if lang in {"fr", "en", UNKNOWN} or identify(bead.source_text) == lang:
            return None
        return LANGUAGE.finding(
            bead.target_at(0, len(bead.target_text)),
            f"This sentence seems to be in another language ({lang}) than French.",
            source=bead.source_at(0, len(bead.source_text)),
            evidence=(Evidence("language", lang, origin="py3langid"),),
        )

    def _loop(self, bead: Bead, target: tuple[Word, ...]) -> Finding | None:
        lower = [w.norm.lower() for w in target]
        if len(lower) < self.times or len(set(lower)) + self.times - 1 > len(lower):
            return None
        stretch = _repeated(lower, self.times)
        if stretch is None or _repeated([w.norm.lower() for w in words(bead.source_text)], self.times):
            return None
        start, size, count = stretch
        place = bead.target_at(target[start].start, target[start + size * count - 1].end)
        once = bead.target_text[target[start].start : target[start + size - 1].end]
        return LOOP.finding(
            place,
            f"« {once} » stands {count} times in a row: the engine ran in circles.",
            fix=once,
            evidence=(Evidence("times in a row", count),),
        )

    def _cut(self, bead: Bead, target: tuple[Word, ...]) -> Finding | None:
        text = bead.target_text.rstrip()
        if not target or not _FINAL.search(bead.source_text) or _FINAL.search(text) or _QUOTED_END.search(text):
            return None
        last, source = target[-1], words(bead.source_text)
        if text[last.end :].strip(" ,-–—\u00a0\u202f'’"):
            return None
        hangs = last.norm.lower() in _HANGING or text.endswith(("'", "’"))
        ratio = len(target) / max(1, len(source))
        if not hangs and ratio >= self.short:
            return None
        sure = hangs and (last.norm.lower() not in _WEAK or ratio < self.short)
        return TRUNCATED.finding(
            bead.target_at(last.start, len(text)),
            f"The sentence stops at « {last.text} »: {'its end is' if sure else 'perhaps its end is'} missing.",
            source=bead.source_at(0, len(bead.source_text)),
            severity=None if sure else Severity.MINOR,
            evidence=(Evidence("French words an English word", round(ratio, 2)),),
        )


def _copy(bead: Bead, target: tuple[Word, ...]) -> Finding | None:
    if len(target) < 2 or plain(bead.source_text).strip() != plain(bead.target_text).strip():
        return None
    lower = [w.norm for w in target if w.norm.islower() and w.norm.isalpha()]
    english = [
        w for w in lower if not is_known(w, "fr") or word_use(w, "en").log_count > word_use(w, "fr").log_count + 3
    ]
    if not english:
        return None
    sure = len(english) > 1
    return EQUAL.finding(
        bead.target_at(0, len(bead.target_text)),
        "The translation is the original, word for word: it was not translated.",
        source=bead.source_at(0, len(bead.source_text)),
        severity=None if sure else Severity.MINOR,
    )


def _repeated(lower: list[str], times: int) -> tuple[int, int, int] | None:
    """(start, words, times) of the first stretch that stands at least `times` times in a row."""
    for size in range(1, min(_LONGEST, len(lower) // times) + 1):
        run = 0
        for i in range(len(lower) - size):
            run = run + 1 if lower[i] == lower[i + size] else 0
            if run >= size * (times - 1):
                start = i + size - run - size + 1
                return start, size, _count(lower, start, size)
    return None


def _count(lower: list[str], start: int, size: int) -> int:
    once, count = lower[start : start + size], 1
    while lower[start + count * size : start + (count + 1) * size] == once:
        count += 1
    return count
