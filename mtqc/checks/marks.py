"""Quotation marks and brackets without their partner, quotations lost or added, final ? and !."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from mtqc.checks.base import BOTH
from mtqc.checks.marks_rules import (
    BRACKET_UNPAIRED,
    FINAL_MARK,
    QUOTATION_ADDED,
    QUOTATION_LOST,
    QUOTE_UNPAIRED,
    RULES,
)
from mtqc.model import AlignedArticle, Bead, Finding, Severity
from mtqc.rules import Rule
from mtqc.text.tokens import words
from mtqc.text.typography import Quote, pairs, quotes, single_quoted

_PARTNER = {")": "(", "]": "[", "}": "{"}
_BRACKET = re.compile(r"[()\[\]{}]")
_LIST_MARK = re.compile(r"(?:^|(?<=[\s(;,]))\(?\w{1,3}\Z")
_SMILEY = re.compile(r"[:;=8]-?\Z")
_SPEECH = re.compile(r"\s*[-–—]")
_SINGLE_OPEN = re.compile(r"(?<!\w)['‘]\w")
_TWO_CLOSE = re.compile(r"(?:[\"”'’] ?){2}[.,]?\s*\Z")
_ASKS = re.compile(
    r"\W*(?:who|what|when|where|why|how|which|is|are|was|were|do|does|did|can|could|will|would|should|have|has)\b",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[\s\"'“”‘’«»)\]\u00a0\u202f]*\Z")


@dataclass(frozen=True, slots=True)
class Marks:
    """Marks that come in pairs, tracked across sentences, and the marks that end a sentence.

    `reach`: a quotation may close this many beads after it opened. `words_lost`: a quotation of fewer English words
    may lose its marks (titles and single words in italics do); `words_added`: the same of the French.
    """

    reach: int = 8
    words_lost: int = 4
    words_added: int = 4
    rules: ClassVar[tuple[Rule, ...]] = RULES
    directions: ClassVar[tuple[str, ...]] = BOTH

    def find_in_article(self, article: AlignedArticle) -> Iterator[Finding]:
        """Findings in beads with text on both sides."""
        beads = [b for b in article.beads if not b.is_boilerplate]
        lonely = _lonely([b.target_text for b in beads], self.reach)
        lonely_source = _lonely([b.source_text for b in beads], self.reach)
        for i, bead in enumerate(beads):
            if not bead.is_pair:
                continue
            near = beads[max(0, i - 1) : i + 2]
            if lonely[i] and not _explained(bead, lonely[i]) and not any(lonely_source[max(0, i - 1) : i + 2]):
                yield _unpaired(bead, lonely[i][0])
            elif not lonely[i]:
                yield from self._lost_or_added(bead, near)
            yield from _brackets(bead)
            yield from _final(bead)

    def _lost_or_added(self, bead: Bead, near: Sequence[Bead]) -> Iterator[Finding]:
        here = (quotes(bead.source_text), quotes(bead.target_text))
        if bool(here[0]) == bool(here[1]):
            return
        marks_en = sum(len(quotes(b.source_text)) for b in near)
        marks_fr = sum(len(quotes(b.target_text)) for b in near)
        if (
            here[0]
            and marks_fr < marks_en
            and not single_quoted(bead.target_text)
            and not _SPEECH.match(bead.target_text)
        ):
            yield from _lost(bead, self.words_lost)
        elif here[1] and marks_fr > marks_en and not _SINGLE_OPEN.search(bead.source_text):
            yield from _added(bead, self.words_added)


def _lonely(texts: Sequence[str], reach: int) -> list[list[Quote]]:
    """Marks of each text whose partner stands neither in it nor, in order, within `reach` texts."""
    left = [_unmatched(t) for t in texts]
    for i, marks in enumerate(left):
        for mark in [m for m in marks if m.role == "open"]:
            later = ((j, m) for j in range(i + 1, min(len(left), i + 1 + reach)) for m in left[j] if m.role == "close")
            partner = next(later, None)
            if partner is not None:
                marks.remove(mark)
                left[partner[0]].remove(partner[1])
    return left


def _unmatched(text: str) -> list[Quote]:
    """Marks without a partner in the text. Partners may be of different make: « … ” still is a quotation."""
    opened: list[Quote] = []
    closing: list[Quote] = []
    for quote in quotes(text):
        if quote.role == "open":
            opened.append(quote)
        elif opened:
            same = [o for o in opened if o.family == quote.family]
            opened.remove(same[-1] if same else opened[-1])
        else:
            closing.append(quote)
    return opened + closing


def _explained(bead: Bead, lonely: Sequence[Quote]) -> bool:
    """Two quotations that end at once share one », as good French books have it."""
    opened = sum(q.role == "open" for q in quotes(bead.target_text))
    shares = len(lonely) == 1 and lonely[0].role == "open" and opened > 1
    return shares and _TWO_CLOSE.search(bead.source_text) is not None


def _unpaired(bead: Bead, mark: Quote) -> Finding:
    target = bead.target_at(mark.start, mark.end)
    lost = "never closed" if mark.role == "open" else "never opened"
    return QUOTE_UNPAIRED.finding(target, f"The quotation mark {mark.text} has no partner: the quotation is {lost}.")


def _lost(bead: Bead, least: int) -> Iterator[Finding]:
    for opening, closing in pairs(bead.source_text):
        inner = bead.source_text[opening.end : closing.start]
        if len(words(inner)) >= least:
            source = bead.source_at(opening.start, closing.end)
            message = f"The original quotes {source.text}; the translation has no quotation marks."
            yield QUOTATION_LOST.finding(bead.target_at(0, 0), message, source=source)
            return


def _added(bead: Bead, least: int) -> Iterator[Finding]:
    for opening, closing in pairs(bead.target_text):
        inner = bead.target_text[opening.end : closing.start]
        if len(words(inner)) >= least:
            target = bead.target_at(opening.start, closing.end)
            message = f"The translation quotes {target.text}; the original has no quotation marks."
            yield QUOTATION_ADDED.finding(target, message, source=bead.source_at(0, len(bead.source_text)))
            return


def _brackets(bead: Bead) -> Iterator[Finding]:
    if _open_brackets(bead.source_text):
        return
    for at in _open_brackets(bead.target_text)[:1]:
        mark = bead.target_text[at]
        lost = "never closed" if mark in "([{" else "never opened"
        target = bead.target_at(at, at + 1)
        yield BRACKET_UNPAIRED.finding(target, f"The bracket “{mark}” is {lost}; the original's are in pairs.")


def _open_brackets(text: str) -> list[int]:
    """Places of brackets without a partner; list marks like “a)” and smileys are none."""
    opened: list[int] = []
    lonely: list[int] = []
    for match in _BRACKET.finditer(text):
        mark, at = match.group(), match.start()
        if _SMILEY.search(text[:at]):
            continue
        if mark in "([{":
            opened.append(at)
        elif opened and text[opened[-1]] == _PARTNER[mark]:
            opened.pop()
        elif not (mark == ")" and _LIST_MARK.search(text[:at])):
            lonely.append(at)
    return sorted(opened + lonely)


def _final(bead: Bead) -> Iterator[Finding]:
    """A question that became a statement, or the reverse; an exclamation mark may go, it may not come."""
    source, target = bead.source_text, bead.target_text
    end_en, end_fr = _last(source), _last(target)
    if end_en == end_fr or not {end_en, end_fr} & {"?", "!"}:
        return
    if end_en == "?" and "?" not in target:
        what, severity = "The original asks a question; the translation does not.", Severity.MINOR
    elif end_fr == "?" and "?" not in source and not _ASKS.match(source):
        what, severity = "The translation asks a question; the original does not.", Severity.MINOR
    elif end_fr == "!" and "!" not in source:
        what, severity = "The translation exclaims; the original does not.", Severity.NEUTRAL
    else:
        return
    at = _end(target)
    place = bead.target_at(max(0, at - 1), at)
    at_en = _end(source)
    yield FINAL_MARK.finding(place, what, source=bead.source_at(max(0, at_en - 1), at_en), severity=severity)


def _end(text: str) -> int:
    match = _ENDS.search(text)
    return match.start() if match else len(text)


def _last(text: str) -> str:
    at = _end(text)
    tail = text[max(0, at - 3) : at]
    return next((m for m in "?!" if m in tail.replace("\u00a0", "")[-2:]), tail[-1:])
