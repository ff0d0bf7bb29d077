"""Who said what to whom: speaker and hearer that changed places (ACC401), a claim given to another source (ACC402)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from mtqc.model import Bead, Category, Finding, Severity, Signals
from mtqc.rules import Example, Rule
from mtqc.text.french import speech_group
from mtqc.text.name_data import exonyms, key, translations
from mtqc.text.tokens import plain, words

SWAPPED = Rule(
    "ACC401", "speaker-swapped", Category.MISTRANSLATION, Severity.MAJOR,
    "The one who was told something has become the one who says it.",
    "“X told Y” turned into « Y a dit à X » puts the words into the wrong mouth.",
    (
        Example("Okafor told Reuters that talks went on.", "Reuters a dit à Okafor que les discussions continuaient.",
                "Reuters a dit à Okafor"),
        Example("The bank told regulators it was solvent.",
                "Les régulateurs ont dit à la banque qu’elle était solvable.",
                "Les régulateurs ont dit à la banque"),
        Example("Okafor told Reuters that talks went on.", "Okafor a dit à Reuters que les discussions continuaient."),
        Example("Okafor told Reuters: “Reuters told me.”", "Okafor a dit à Reuters : « Reuters me l’a dit. »"),
        Example("Okafor told Reuters what Reuters told Okafor.", "Reuters a dit à Okafor ce qu’il a dit à Reuters.",
                note="both ways in the English"),
        Example("Okafor was told by Reuters to wait.", "Reuters a dit à Okafor d’attendre.", note="a passive"),
    ),
    0.85,
)  # fmt: skip

SOURCE = Rule(
    "ACC402", "source-changed", Category.MISTRANSLATION, Severity.MAJOR,
    "“according to X” became « selon Y », and both stand in the original.",
    "A claim is vouched for by somebody who never made it.",
    (
        Example("Mora is ill, according to Devlin.", "Devlin est malade, selon Mora.", "selon Mora"),
        Example("Mora is ill, according to Devlin.", "Mora est malade, selon Devlin."),
        Example("Mora is ill, according to Devlin.", "Mora est malade, selon son avocat Devlin.", note="more of him"),
        Example("Mora is ill, according to the Devlin report.", "Selon le rapport, Mora est malade.", note="no name"),
    ),
    0.8,
)  # fmt: skip

_TOLD = re.compile(
    r"(?<!was )(?<!were )(?<!been )(?<!be )(?<!is )(?<!are )\b(?:told|informed|warned|assured|said to|tells) (?!by\b)"
)
_ACCORDING = re.compile(r"\b[Aa]ccording to (?P<who>(?:the |an? )?(?:[A-Z][\w'-]+ ?){1,4})(?=\W|$)")
_SELON = re.compile(
    r"\b(?P<say>[Ss]elon|[Dd]'après|À en croire|à en croire) (?P<who>(?:[A-ZÀ-Ž][\w-]+ ?){1,3})(?=[ ,.;]|$)"
)
_SPOKEN = re.compile(r"\b(?:said|says?|told|tells|wrote|added|stated)\b")
_STOP = re.compile(r"[,;:.!?«»“”\"()—–]| - ")
_TO = re.compile(r"(?P<to>à la |à l'|au |aux |à )(?P<who>(?:[A-ZÀ-Ž][\w'-]+(?: [A-ZÀ-Ž][\w'-]+)*|[\w-]+))")
_SMALL = frozenset(
    "the a an of to in on at by for and or his her their its that has had have later also then he she they it who le la"
    " les l' un une des de du d' et à au aux que qui son sa ses leur leurs il elle ils elles on ne n' me m' lui"
    " mr mrs ms"
    " dr m mme former president minister a ont avait avaient".split()
)
_ENDS = frozenset({"that", "he", "she", "it", "they", "to", "about", "what"})
_HEARER = 4
"""Words after “told” among which the hearer is looked for."""
_SPEAKER = 7
"""Words before it, in the same clause, among which the speaker is."""
_SAME: dict[str, frozenset[str]] = {
    "reporters": frozenset({"journalistes", "presse"}),
    "journalists": frozenset({"journalistes", "presse"}),
    "developers": frozenset({"développeurs"}), "investors": frozenset({"investisseurs"}),
    "lawmakers": frozenset({"parlementaires", "députés", "élus", "législateurs"}),
    "police": frozenset({"police", "policiers"}),
    "authorities": frozenset({"autorités"}), "staff": frozenset({"personnel", "employés", "salariés"}),
    "employees": frozenset({"employés", "salariés"}),
    "workers": frozenset({"employés", "salariés", "ouvriers"}),
    "court": frozenset({"tribunal", "cour"}), "regulators": frozenset({"régulateurs"}), "bank": frozenset({"banque"}),
}  # fmt: skip
"""Hearers and speakers whose French the word table lacks."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Compares speakers and hearers of both sides by name, or by what the word tables say."""

    rules: ClassVar[tuple[Rule, ...]] = (SWAPPED, SOURCE)

    def find(self, bead: Bead, signals: Signals) -> Iterator[Finding]:  # noqa: ARG002 -- text alone decides
        """At most one finding a rule."""
        source, target = plain(bead.source_text), plain(bead.target_text)
        told = list(_TOLD.finditer(source))
        if len(told) == 1:
            yield from _swapped(bead, source, target, told[0])
        yield from _source(bead, source, target)


@cache
def _says() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'-]){speech_group()} (?=à |au |aux )")


def hearers(source: str) -> list[list[str]]:
    """Words that may name whom somebody told something, for each “told” of a plain English text."""
    return [_content(source[m.end() :], _HEARER) for m in _TOLD.finditer(source)]


def meet(english: list[str], french: list[str]) -> bool:
    """True where one of the words is another's translation, or the same name."""
    return any(_same(e, f) for e in english for f in french)


def _swapped(bead: Bead, source: str, target: str, told: re.Match[str]) -> Iterator[Finding]:
    before = _STOP.split(source[: told.start()])[-1]
    hearer, speaker = _content(source[told.end() :], _HEARER), _content(before, -_SPEAKER)
    for verb in _says().finditer(target):
        start = max((m.end() for m in _STOP.finditer(target, 0, verb.start())), default=0)
        to = _TO.match(target, verb.end())
        subject = target[start : verb.start()]
        if to is None or not subject.strip():
            continue
        said_by, said_to = _content(subject, -3), _content(to["who"], 3)
        wrong = meet(hearer, said_by) or (meet(speaker, said_to) and not meet(speaker, said_by))
        if wrong and not meet(speaker, said_by) and not meet(hearer, said_to):
            begin = start + len(subject) - len(subject.lstrip())
            place = bead.target_at(begin, to.end())
            yield SWAPPED.finding(
                place,
                f"« {place.text} »: in the original it is the hearer, not the speaker, who is named first here.",
                source=bead.source_at(max(0, told.start() - len(before.lstrip())), told.end()),
            )
            return


def _content(text: str, count: int) -> list[str]:
    """The first (or, of a negative count, the last) words that name somebody; none beyond a verb or « that »."""
    chosen = [w.norm for w in words(text)]
    chosen = chosen[:count] if count > 0 else chosen[count:]
    if count > 0:
        stop = next(
            (i for i, w in enumerate(chosen) if w in {"that", "he", "she", "it", "they", "to", "about"}), len(chosen)
        )
        chosen = chosen[:stop]
    return [w for w in chosen if w.lower() not in _SMALL]


def _same(english: str, french: str) -> bool:
    if key(english) == key(french) or key(french) in exonyms(english):
        return True
    lower, other = english.lower(), french.lower()
    if other in _SAME.get(lower, ()):
        return True
    return not english[:1].isupper() and any(t[:5] == other[:5] and len(t) > 3 for t in translations(lower))


def _source(bead: Bead, source: str, target: str) -> Iterator[Finding]:
    said, heard = list(_ACCORDING.finditer(source)), list(_SELON.finditer(target))
    if len(said) != 1 or len(heard) != 1 or _SPOKEN.search(source):
        return
    meant, told = (_content(m["who"], 4) for m in (said[0], heard[0]))
    elsewhere = [w.norm for w in words(source[: said[0].start()] + " " + source[said[0].end() :]) if w.is_capital]
    rest = [w.norm for w in words(target) if w.is_capital]
    if meant and told and not meet(meant, told) and meet(elsewhere, told) and meet(meant, rest):
        place = bead.target_at(heard[0].start(), heard[0].start() + len(heard[0].group().rstrip()))
        who = said[0]["who"].strip()
        yield SOURCE.finding(
            place, f"« {place.text} »: in the original, “{who}” says so.", source=bead.source_at(*said[0].span())
        )
