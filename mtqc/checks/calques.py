"""English expressions rendered word for word, by a false friend, or in the wrong sense: a measured lexicon."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

from mtqc.model import Bead, Category, Evidence, Finding, Severity, Signals
from mtqc.rules import Example, Rule
from mtqc.text.tokens import plain

_SOURCES = ("checks/data/calques.jsonl, written for this project; training/measure_calques.py says what is shipped",)
CALQUE = Rule(
    code="ACC501",
    name="calque",
    category=Category.CALQUE,
    severity=Severity.MINOR,
    summary="An English expression is rendered word for word.",
    rationale="“take private” as « prendre privé » is grammatical, back-translates well, and says nothing in French.",
    examples=(
        Example(
            "The fund wants to take the retailer private.",
            "Le fonds veut prendre le détaillant privé.",
            "prendre le détaillant privé",
        ),
        Example(
            "The fund wants to take the retailer private.",
            "Le fonds veut retirer le détaillant de la cote.",
            note="right",
        ),
        Example("She takes private lessons.", "Elle prend des cours privés.", note="“private” qualifies the lessons"),
        Example("He crossed the river.", "Il veut prendre un avion privé.", note="nothing of it in the English"),
    ),
    confidence=0.6,
    sources=_SOURCES,
)
FALSE_FRIEND = Rule(
    code="ACC502",
    name="false-friend",
    category=Category.FALSE_FRIEND,
    severity=Severity.MINOR,
    summary="An English word is rendered by the French word that looks like it and means something else.",
    rationale="“resume” is not « résumer », nor “injury” « injure »: the French reader is told something else.",
    examples=(
        Example("The talks will resume on Monday.", "Les pourparlers vont résumer lundi.", "résumer"),
        Example("The talks will resume on Monday.", "Les pourparlers vont reprendre lundi."),
        Example("He will sum up the talks.", "Il va résumer les pourparlers.", note="here « résumer » is right"),
    ),
    confidence=0.6,
    sources=_SOURCES,
)
WRONG_SENSE = Rule(
    code="ACC503",
    name="wrong-sense",
    category=Category.MISTRANSLATION,
    severity=Severity.MINOR,
    summary="A word with several senses is rendered in one that does not fit here.",
    rationale="“runoff” in an election is no « ruissellement »; engines choose the commonest sense.",
    examples=(
        Example("The runoff was won by the mayor.", "Le ruissellement a été remporté par le maire.", "ruissellement"),
        Example("The runoff was won by the mayor.", "Le second tour a été remporté par le maire."),
        Example(
            "Heavy rain brought runoff from fields.", "La pluie a causé un ruissellement des champs.", note="water"
        ),
    ),
    confidence=0.6,
    sources=_SOURCES,
)
_RULES = {"calque": CALQUE, "false-friend": FALSE_FRIEND, "word-sense": WRONG_SENSE}


@dataclass(frozen=True)
class Entry:
    """One expression. Where an English match has none of `keys` (lower case) in it, there is no English match.

    `good`: right wordings, as shown to the editor; where one of them stands in the French, nothing is found.
    """

    name: str
    english: str
    bad: str
    good: tuple[str, ...]
    keys: tuple[str, ...]
    kind: str
    severity: Severity

    @cached_property
    def source_pattern(self) -> re.Pattern[str]:
        """The English expression; compiled when first needed."""
        return re.compile(self.english, re.IGNORECASE)

    @cached_property
    def bad_pattern(self) -> re.Pattern[str]:
        """Its wrong renderings; compiled when first needed."""
        return re.compile(self.bad, re.IGNORECASE)

    def is_good(self, target: str) -> bool:
        """A right wording stands in the French (`target` plain and case-folded)."""
        return any(plain(good).casefold() in target for good in self.good)


@cache
def entries() -> tuple[Entry, ...]:
    """The shipped entries, in file order."""
    text = files("mtqc.checks").joinpath("data/calques.jsonl").read_text(encoding="utf-8")
    return tuple(_entry(json.loads(line)) for line in text.splitlines())


def _entry(row: dict[str, str | list[str]]) -> Entry:
    return Entry(
        name=str(row["en"]),
        english=str(row["en_pattern"]),
        bad=str(row["bad_pattern"]),
        good=tuple(row["good"]),
        keys=tuple(row["keys"]),
        kind=str(row["kind"]),
        severity=Severity[str(row["severity"]).upper()],
    )


@cache
def _by_trigram() -> dict[str, tuple[tuple[str, Entry], ...]]:
    """First three letters of a key → (key, entry); "" of entries without a key."""
    table: dict[str, list[tuple[str, Entry]]] = {}
    for entry in entries():
        for key in entry.keys or ("",):
            table.setdefault(key[:3], []).append((key, entry))
    return {start: tuple(listed) for start, listed in table.items()}


def _candidates(lower: str) -> list[Entry]:
    """Entries one of whose keys stands in the lower-cased English, each once."""
    table = _by_trigram()
    trigrams = {lower[i : i + 3] for i in range(len(lower) - 2)} | {""}
    met = {e.name: e for start in sorted(table.keys() & trigrams) for key, e in table[start] if key in lower}
    return list(met.values())


@dataclass(frozen=True, slots=True)
class Calques:
    """ACC501 calques, ACC502 false friends, ACC503 wrong senses, from the shipped lexicon.

    `skip`: names of entries (field `en` of the lexicon) that are not looked for.
    """

    skip: tuple[str, ...] = ()
    rules = (CALQUE, FALSE_FRIEND, WRONG_SENSE)

    def find(self, bead: Bead, signals: Signals) -> Iterator[Finding]:  # noqa: ARG002 -- text only
        """At most one finding an entry."""
        source, target = plain(bead.source_text), plain(bead.target_text)
        for entry in _candidates(source.lower()):
            if entry.name in self.skip:
                continue
            english = entry.source_pattern.search(source)
            bad = entry.bad_pattern.search(target) if english else None
            if english and bad and not entry.is_good(target.casefold()):
                yield _finding(bead, entry, english.span(), bad.span())


def _finding(bead: Bead, entry: Entry, english: tuple[int, int], bad: tuple[int, int]) -> Finding:
    marked, source = bead.target_at(*bad), bead.source_at(*english)
    wordings = ", ".join(f"« {good} »" for good in entry.good[:2])
    return _RULES[entry.kind].finding(
        marked,
        f"« {marked.text} » does not say “{source.text}”: {wordings} would.",
        source=source,
        evidence=(Evidence("lexicon entry", entry.name, origin="calques.jsonl"),),
        severity=entry.severity,
    )
