"""Web pages: words translated apart from their sentence because a link or an emphasis begins or ends there (FLU120),
and elements lost or set around other words (FLU121).

Engines cut a page at its inline elements: what stands before a link, the link, and what follows come to them one by
one. Where the seams show, the cause is worth more to an editor than the symptom. Signs are our own (`SIGNS`), and
findings of the other checks of garble that touch a seam.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from mtqc.checks.base import BeadCheck
from mtqc.checks.markup_rules import APART, LOST, RULES
from mtqc.checks.markup_seams import Seam, signs
from mtqc.model import (
    AlignedArticle,
    Bead,
    BeadLinks,
    Category,
    Evidence,
    Finding,
    Location,
    Markup,
    Severity,
    Signals,
    Span,
)
from mtqc.rules import Rule
from mtqc.text.tokens import plain, words

_SORTS = {"strong": "b", "em": "i", "cite": "i"}
_SEEN = frozenset("a b strong i em cite u mark span".split())
_CALLED = {"a": "link", "span": "marked passage", "mark": "highlight"}
_TOUCHES = frozenset({Category.GARBLED, Category.DUPLICATION, Category.UNTRANSLATED})
_CROSSES = frozenset({Category.GRAMMAR, Category.AGREEMENT})


@dataclass(frozen=True, slots=True)
class FragmentMarkup:
    """Compares both sides at the edges of inline elements. Nothing is found in anything but web pages.

    `linked`: a word link of at least this score says where an element's words went.
    """

    linked: float = 0.5
    rules: ClassVar[tuple[Rule, ...]] = RULES

    def find_in_article(self, article: AlignedArticle) -> Iterator[Finding]:
        """Findings at the seams of each bead, then elements that are lost or moved."""
        source, target = article.pair.source.markup, article.pair.target.markup
        if not target:
            return
        sorts = {_sort(m) for m in target}
        for bead, signals in article.pairs:
            english = _inside(source, bead.source_start, bead.source_text)
            french = _inside(target, bead.target_start, bead.target_text)
            if french:
                yield from _apart(bead, signals, english, french)
            yield from self._lost(bead, signals, [e for e in english if _sort(e) in sorts], french)

    def _lost(
        self, bead: Bead, signals: Signals, english: Sequence[Markup], french: Sequence[Markup]
    ) -> Iterator[Finding]:
        for element, other in paired(bead, english, french):
            if other is None:
                yield _gone(bead, element)
            elif moved := self._moved(bead, signals, element.span, other.span):
                yield _elsewhere(bead, element, other, moved)

    def _moved(self, bead: Bead, signals: Signals, english: Span, french: Span) -> str:
        """The French words that stand for the element's and are not in it, where none of them is; "" otherwise."""
        kept = _kept(bead, english)
        if kept:
            return "" if any(s.overlaps(french) for s in kept) else bead.target_text[kept[0].start : kept[0].end]
        if not isinstance(signals.links, BeadLinks):
            return ""
        sure = [p for p in signals.links.pairs if p.score >= self.linked and p.source.overlaps(english)]
        spans = sorted(p.target for p in sure if len(p.source) > 3)
        if len(spans) < 2 or any(s.overlaps(french) for s in spans):
            return ""
        return bead.target_text[spans[0].start : spans[0].end]


def _sort(element: Markup) -> str:
    return _SORTS.get(element.tag, element.tag)


def _name(element: Markup) -> str:
    return _CALLED.get(_sort(element), "emphasis")


def _inside(markup: Sequence[Markup], start: int, text: str) -> list[Markup]:
    """Elements of one sentence that do not cover all of it, their spans counted in the sentence's text."""
    found = []
    for m in markup:
        if m.tag in _SEEN and start <= m.span.start and m.span.end <= start + len(text):
            rest = text[: m.span.start - start] + text[m.span.end - start :]
            if any(c.isalnum() for c in rest):
                found.append(Markup(m.span.shift(-start), m.tag, m.page_line))
    return found


def paired(bead: Bead, english: Sequence[Markup], french: Sequence[Markup]) -> list[tuple[Markup, Markup | None]]:
    """Each English element with the French one of its sort: in order where they are as many, else by what they hold.

    None: the French has fewer, and no element of it was left for this one.
    """
    out: list[tuple[Markup, Markup | None]] = []
    for sort in dict.fromkeys(map(_sort, english)):
        ours = [m for m in english if _sort(m) == sort]
        theirs = [m for m in french if _sort(m) == sort]
        out += _matched(bead, ours, theirs)
    return out


def _matched(bead: Bead, ours: Sequence[Markup], theirs: Sequence[Markup]) -> list[tuple[Markup, Markup | None]]:
    scores = sorted(
        ((_likeness(bead, e, f), -i, -j) for i, e in enumerate(ours) for j, f in enumerate(theirs)), reverse=True
    )
    taken: dict[int, int] = {}
    for score, i, j in scores:
        if score > 0 and -i not in taken and -j not in taken.values():
            taken[-i] = -j
    free = [j for j in range(len(theirs)) if j not in taken.values()]
    for i in range(len(ours)):
        if i not in taken and free:
            taken[i] = free.pop(0)
    return [(e, theirs[taken[i]] if i in taken else None) for i, e in enumerate(ours)]


def _likeness(bead: Bead, english: Markup, french: Markup) -> int:
    inner = bead.target_text[french.span.start : french.span.end]
    return sum(bead.target_text[s.start : s.end] in inner for s in _kept(bead, english.span))


def _kept(bead: Bead, english: Span) -> list[Span]:
    """Names and numbers of the element that the French has once, letter for letter."""
    text = plain(bead.target_text)
    found = []
    for w in words(bead.source_text[english.start : english.end]):
        if (w.is_number or (w.is_capital and len(w.norm) > 2)) and text.count(w.norm) == 1:
            at = text.index(w.norm)
            found.append(Span(at, at + len(w.norm)))
    return found


def _apart(bead: Bead, signals: Signals, english: Sequence[Markup], french: Sequence[Markup]) -> Iterator[Finding]:
    own = list(_own(bead, english, french))
    marked = [f.target.span for f in own]
    yield from own
    for finding, element in _witnesses(bead, signals, french):
        if not any(finding.target.span.overlaps(s) for s in marked):
            marked.append(finding.target.span)
            yield _seconded(bead, finding, element)


def _own(bead: Bead, english: Sequence[Markup], french: Sequence[Markup]) -> Iterator[Finding]:
    partner = {id(f): e for e, f in paired(bead, english, french) if f is not None}
    ended = -1
    for element in french:
        other = partner.get(id(element))
        seam = Seam(bead.source_text, bead.target_text, other.span if other else None, element.span)
        for sign in signs(seam):
            if sign.span.start >= ended:
                ended = sign.span.end
                target = bead.target_at(sign.span.start, sign.span.end)
                where = f"where the {_name(element)} {_edge(element, sign.span)}"
                message = f"« {target.text.strip()} »: {sign.what} {where}: it {_cause(element)}"
                yield APART.finding(
                    target,
                    message,
                    source=_place(bead, other),
                    severity=sign.severity,
                    confidence=sign.confidence,
                    evidence=_evidence(bead, element, sign.what),
                )


def _cause(element: Markup) -> str:
    return f"was translated apart from its sentence. Translate the sentence whole, then set the {_name(element)}."


def _edge(element: Markup, sign: Span) -> str:
    return "begins" if sign.start <= element.span.start else "ends"


def _place(bead: Bead, element: Markup | None) -> Location | None:
    return bead.source_at(element.span.start, element.span.end) if element else None


def _evidence(bead: Bead, element: Markup, what: str) -> tuple[Evidence, ...]:
    inner = bead.target_text[element.span.start : element.span.end]
    line = (Evidence("line of the web page", element.page_line),) if element.page_line else ()
    return (Evidence("sign", what), Evidence("element", f"<{element.tag}>{inner}</{element.tag}>"), *line)


@cache
def _garble_checks() -> tuple[BeadCheck, ...]:
    from mtqc.checks import CHECKS

    wanted = _TOUCHES | _CROSSES
    return tuple(c for c in CHECKS if isinstance(c, BeadCheck) and any(r.category in wanted for r in c.rules))


def _witnesses(bead: Bead, signals: Signals, french: Sequence[Markup]) -> Iterator[tuple[Finding, Markup]]:
    """Findings of other checks that touch the edge of an element, with that element."""
    for check in _garble_checks():
        if any(r.unmet(signals) for r in check.rules):
            continue
        for finding in check.find(bead, signals):
            span = finding.target.span.shift(-bead.target_start)
            element = next((m for m in french if _touches(bead, finding, span, m.span)), None)
            if element is not None and finding.severity > Severity.NEUTRAL:
                yield finding, element


def _touches(bead: Bead, finding: Finding, span: Span, element: Span) -> bool:
    edges = [
        e for e in (element.start, element.end) if bead.target_text[:e].strip() and bead.target_text[e:].strip(" .")
    ]
    if finding.category in _CROSSES:
        return any(span.start < e < span.end for e in edges)
    if finding.category == Category.UNTRANSLATED:
        return element.contains(span) and any(e in {span.start, span.end} for e in edges)
    return finding.category in _TOUCHES and any(span.start <= e <= span.end for e in edges)


def _seconded(bead: Bead, finding: Finding, element: Markup) -> Finding:
    """The other check's finding with its cause; surer than without, since two things speak for it."""
    inner = bead.target_text[element.span.start : element.span.end]
    message = f"{finding.message.rstrip('.')}: the {_name(element)} « {inner} » {_cause(element)}"
    return APART.finding(
        finding.target,
        message,
        source=finding.source,
        fix=finding.fix,
        severity=finding.severity,
        confidence=min(1.0, max(APART.confidence, finding.confidence) + 0.01),
        evidence=(*_evidence(bead, element, f"{finding.code} {finding.name}"), *finding.evidence),
    )


def _gone(bead: Bead, element: Markup) -> Finding:
    source = bead.source_at(element.span.start, element.span.end)
    message = f"The {_name(element)} on “{source.text}” has no counterpart in the translation."
    return LOST.finding(bead.target_at(0, 0), message, source=source, evidence=_lines(element))


def _elsewhere(bead: Bead, element: Markup, other: Markup, meant: str) -> Finding:
    source = bead.source_at(element.span.start, element.span.end)
    target = bead.target_at(other.span.start, other.span.end)
    message = f"The {_name(element)} is on « {target.text} »; the original's is on “{source.text}”, here « {meant} »."
    return LOST.finding(target, message, source=source, evidence=_lines(other))


def _lines(element: Markup) -> tuple[Evidence, ...]:
    return (Evidence("line of the web page", element.page_line),) if element.page_line else ()
