"""A rule that a desk wrote as data: patterns on both sides, a message, a fix. `house.rules` reads the file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import regex

from mtqc.align.sentences import is_sure
from mtqc.checks.base import CONTENT
from mtqc.errors import CheckCrashed
from mtqc.model import AlignedArticle, Bead, Evidence, Finding, Location, Side, Span
from mtqc.rules import Rule
from mtqc.text.tokens import plain

Scope = Literal["sentence", "headline", "article"]
TIMEOUT_S = 0.5
"""Seconds of one search after which a pattern is given up. Patterns that do not backtrack take microseconds."""
_SLOT = re.compile(r"\{([A-Za-z_]\w*|\d+)(?:\.(\w+))?\}")
_HEADINGS = frozenset({"headline", "heading"})


@dataclass(frozen=True, slots=True)
class Patterns:
    """Regular expressions (the `regex` module's), "" where there is none.

    `exact`: apostrophes, hyphens and no-break spaces are matched as they are; otherwise the plain ones match all.
    """

    source: str = ""
    source_not: str = ""
    target: str = ""
    target_not: str = ""
    ignore_case: bool = False
    exact: bool = False


@dataclass(frozen=True, slots=True)
class _Text:
    """A stretch of a document in which one search is made."""

    side: Side
    text: str
    start: int

    def location(self, span: tuple[int, int]) -> Location:
        return Location(self.side, Span(*span).shift(self.start), self.text[span[0] : span[1]])


@dataclass(frozen=True)
class HouseRule:
    """Fires where every pattern that is given holds; marks what `target` matches, or else a place.

    `message` and `fix` are templates: {target} and {source} are what matched, {1} or {name} a group of the target's
    pattern, {source.1} or {source.name} one of the source's.
    """

    rule: Rule = field(metadata=CONTENT)
    patterns: Patterns = field(metadata=CONTENT)
    message: str = field(metadata=CONTENT)
    fix: str | None = field(default=None, metadata=CONTENT)
    scope: Scope = field(default="sentence", metadata=CONTENT)
    origin: str = field(default="", metadata=CONTENT)
    timeout_s: float = field(default=TIMEOUT_S, metadata=CONTENT)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The one rule."""
        return (self.rule,)

    @cached_property
    def compiled(self) -> Mapping[str, regex.Pattern[str]]:
        """The patterns that are given, by name. Raises regex.error where one is none."""
        flags = regex.IGNORECASE if self.patterns.ignore_case else 0
        given = {n: getattr(self.patterns, n) for n in ("source", "source_not", "target", "target_not")}
        return {name: regex.compile(text, flags) for name, text in given.items() if text}

    def find_in_article(self, article: AlignedArticle) -> Iterator[Finding]:
        """Every match. Raises CheckCrashed, with the rule's name, where a pattern takes too long."""
        try:
            for source, target in self._stretches(article):
                yield from self._in(source, target)
        except TimeoutError as error:
            raise CheckCrashed(
                f"The house rule {self.rule.code} {self.rule.name} ({self.origin}) took more than"
                f" {self.timeout_s:g} s on one text and was given up.",
                hint="Its findings are missing here; make its pattern simpler: no repetition inside a repetition.",
            ) from error

    def _stretches(self, article: AlignedArticle) -> Iterator[tuple[_Text, _Text]]:
        if self.scope == "article":
            pair = article.pair
            yield _Text("source", pair.source.text, 0), _Text("target", pair.target.text, 0)
            return
        beads = [b for b, _ in article.pairs if is_sure(b)]
        for bead in beads if self.scope == "sentence" else _headlines(article, beads):
            yield (
                _Text("source", bead.source_text, bead.source_start),
                _Text("target", bead.target_text, bead.target_start),
            )

    def _in(self, source: _Text, target: _Text) -> Iterator[Finding]:
        english = self._search("source", source)
        if "source" in self.compiled and english is None:
            return
        if self._search("source_not", source) or self._search("target_not", target):
            return
        if "target" in self.compiled:
            for match in self.compiled["target"].finditer(self._flat(target), timeout=self.timeout_s):
                if match.end() > match.start():
                    yield self._finding(source, target, english, match)
        else:
            yield self._finding(source, target, english, None)

    def _search(self, name: str, where: _Text) -> regex.Match[str] | None:
        pattern = self.compiled.get(name)
        return None if pattern is None else pattern.search(self._flat(where), timeout=self.timeout_s)

    def _flat(self, where: _Text) -> str:
        return where.text if self.patterns.exact else plain(where.text)

    def _finding(
        self, source: _Text, target: _Text, english: regex.Match[str] | None, french: regex.Match[str] | None
    ) -> Finding:
        place = target.location(french.span() if french else (0, 0))
        left = source.location(english.span()) if english else None
        slots = _slots(source, english, "source.") | _slots(target, french, "")
        slots |= {"target": place.text, "source": left.text if left else ""}
        return self.rule.finding(
            place,
            filled(self.message, slots),
            source=left,
            fix=filled(self.fix, slots) if self.fix is not None and french else None,
            evidence=(Evidence("house rule", self.rule.name, "", self.origin),),
        )


def _headlines(article: AlignedArticle, beads: list[Bead]) -> Iterator[Bead]:
    """The headings of a web page; else the first sentence, where it stands on a line of its own."""
    headings = [b.span for b in article.pair.target.blocks if b.kind in _HEADINGS]
    if article.pair.target.blocks:
        yield from (b for b in beads if any(h.start <= b.target_start < h.end for h in headings))
    elif beads:
        yield beads[0]


def _slots(where: _Text, match: regex.Match[str] | None, prefix: str) -> dict[str, str]:
    """What the groups matched, as it stands in the text, by number and name."""
    if match is None:
        return {}
    names: list[str | int] = [*range(len(match.regs)), *match.groupdict()]
    spans = {f"{prefix}{n}": match.span(n) for n in names}
    return {n: where.text[a:b] if a >= 0 else "" for n, (a, b) in spans.items()}


def filled(template: str, slots: Mapping[str, str]) -> str:
    """The template with its slots replaced; a slot that names nothing stays as it is."""
    return _SLOT.sub(lambda m: slots.get(m.group()[1:-1], m.group()), template)


def slots_of(template: str) -> tuple[str, ...]:
    """Names of the slots of a template."""
    return tuple(m.group()[1:-1] for m in _SLOT.finditer(template))
