"""What a text is sure of: a source, a “perhaps”, an “about” or an “often” that left no trace in the French."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from mtqc.checks.modality_rules import (
    APPROXIMATION_LOST,
    FREQUENCY_LOST,
    RULES,
    SOURCE_LOST,
    UNCERTAINTY_LOST,
)
from mtqc.checks.modality_words import ABOUT, OFTEN, SOURCED, UNSURE
from mtqc.checks.polarity_negation import Texts
from mtqc.checks.polarity_place import clause, verb_group
from mtqc.model import Bead, Finding, Signals
from mtqc.rules import Rule

_GATE = re.compile(
    r"accord|sa(?:id|ys?)|report|told|announc|estimat|alleg|perhaps|maybe|probabl|likel|possibl|seem|appear|presum|suspect|about|around|nearly|almost|roughly"
    r"|approx|some \d|often|usual|sometimes|general|typical|mostl|occasion|might|may |tend|virtually|practically",
    re.IGNORECASE,
)
_ACCORDING = re.compile(
    r"\baccording to (?!(?:plan|schedule|age|size|type|law|need|which|how|whether)\b)"
    r"|\b(?:said|says?|reported|reports|told [A-Z]\w+|announced|alleges?)\b(?=[ \w]{0,30}[.,]?$)",
    re.IGNORECASE,
)
_ACCORDING_FR = re.compile(r"(?<!\w)(?:selon|d'après|à en croire|suivant|aux dires)(?!\w)", re.IGNORECASE)
_SAYS = re.compile(
    r"\b(?:according to|sa(?:id|ys?|ying)|told|reported(?!ly)|announced|alleg(?:es?|ed)"
    r"|claim(?:s|ed)?|stated|wrote|writes|argu(?:es|ed)|warn(?:s|ed)?|explain(?:s|ed)|insist(?:s|ed)|confirm(?:s|ed))\b",
    re.IGNORECASE,
)
_UNSURE = re.compile(
    r"\b(?:perhaps|maybe|probably|possibly|presumably|(?:most|very|quite|more) likely|likely (?:to|that)"
    r"|(?:is|are|was|were) likely|(?:seems?|seemed|appears?|appeared) (?:to|that|like|as if)|may (?:well|have)"
    r"|might (?:well|have|be))\b",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"\b(?:(?<!are )(?<!book )(?:about|around|roughly|approximately|some|nearly|almost|close to|virtually)"
    r" (?=(?:[$£€]|US\$|C\$|A\$)?\d|half\b|a (?:third|quarter|fourth)|(?:two|three|four|five|six|ten) )"
    r"(?!\d{1,2}(?::\d\d)? ?[ap]\.?m)(?!(?:1[6-9]|20)\d\d\b)|(?:nearly|almost) (?=every|all|no\b|everyone|always))",
    re.IGNORECASE,
)
_TOPIC = re.compile(
    r"\b(?:book|story|stories|film|movie|song|article|report|details?|information|data|question\w*|worr\w*|concern\w*|tell\w*|told|talk\w*|"
    r"know\w*|knew|think\w*|said|learn\w*|writ\w*|wrote|hear\w*|all|what|how|anything|something|is|was|are|were|turn\w*|come\w*|came|look\w*|go|went|been|"
    r"move\w*|run\w*|built|revolv\w*|just|within|complain\w*|optimistic|facts?|of)\s+$",
    re.IGNORECASE,
)
_OFTEN = re.compile(
    r"(?<!more )\b(?:often|usually|sometimes|generally|typically|mostly|occasionally|frequently|regularly|tends? to"
    r"|tended to)\b(?! than| speaking)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Modality:
    """Words of the original by which its author takes no stand, without any counterpart in the French sentence.

    `reach`: characters of the French around the place where the word falls in which a counterpart is looked for;
    """

    reach: int = 60
    rules: ClassVar[tuple[Rule, ...]] = RULES

    def find(self, bead: Bead, signals: Signals) -> Iterator[Finding]:
        """At most one finding a rule."""
        if not _GATE.search(bead.source_text):
            return
        texts = Texts(bead, signals)
        for rule, english, french in (
            (SOURCE_LOST, _ACCORDING, SOURCED),
            (UNCERTAINTY_LOST, _UNSURE, UNSURE),
            (APPROXIMATION_LOST, _ABOUT, ABOUT),
            (FREQUENCY_LOST, _OFTEN, OFTEN),
        ):
            said = next((m for m in english.finditer(texts.source) if not _is_topic(texts.source, m)), None)
            if said is None:
                continue
            by_count = rule is SOURCE_LOST
            if not (_sourced(texts, said) if by_count else self._answered(texts, said, english, french)):
                yield _finding(texts, rule, said)

    def _answered(self, texts: Texts, said: re.Match[str], english: re.Pattern[str], french: re.Pattern[str]) -> bool:
        """A French counterpart near by, or the back-translation still has such a word."""
        if texts.back and english.search(texts.back):
            return True
        at = texts.places.project(said.start())
        return french.search(texts.target[max(0, at - self.reach) : at + self.reach]) is not None


def _sourced(texts: Texts, said: re.Match[str]) -> bool:
    """A « selon » for each “according to”, or as many sources and verbs of speech as in the English."""
    if "according to" in said.group().lower() and len(_ACCORDING_FR.findall(texts.target)) >= len(
        re.findall("according to", texts.source, re.IGNORECASE)
    ):
        return True
    return len(SOURCED.findall(texts.target)) >= max(1, len(_SAYS.findall(texts.source)))


def _is_topic(source: str, said: re.Match[str]) -> bool:
    """True of “a book about 300 soldiers”."""
    return said.group().lower().startswith(("about", "around")) and bool(_TOPIC.search(source[: said.start()]))


def _finding(texts: Texts, rule: Rule, said: re.Match[str]) -> Finding:
    at = texts.places.project(said.start())
    word = texts.places.translated(said.end(), 3)
    if rule is SOURCE_LOST:
        start, end = clause(texts.target, 0 if said.start() == 0 else min(at, len(texts.target) - 1))
    elif rule is APPROXIMATION_LOST:
        start, end = _figure(texts.target, at) or verb_group(texts.target, at, word)
    else:
        start, end = verb_group(texts.target, at, word)
    target, source = texts.bead.target_at(start, end), texts.bead.source_at(*_trimmed(said))
    return rule.finding(
        target,
        f"“{source.text}” seems to be gone near « {target.text} »: the French says more than the original.",
        source=source,
        evidence=texts.evidence(),
    )


def _trimmed(said: re.Match[str]) -> tuple[int, int]:
    return said.start(), said.start() + len(said.group().rstrip())


def _figure(target: str, at: int) -> tuple[int, int] | None:
    figures = [m.span() for m in re.finditer(r"\d+", target)]
    return min(figures, key=lambda s: abs(s[0] - at), default=None)
