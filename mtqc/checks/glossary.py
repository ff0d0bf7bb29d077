"""The user's own terminology: glossary, do-not-translate and must-translate lists (TRM201 to TRM204)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar

from mtqc.align.sentences import is_sure
from mtqc.checks.base import CONTENT
from mtqc.checks.glossary_match import French, TermIndex, Use, index_terms
from mtqc.checks.glossary_rules import FORBIDDEN_TERM, RULES, TERM_NOT_KEPT, TERM_NOT_TRANSLATED, WRONG_TERM
from mtqc.model import AlignedArticle, Bead, BeadLinks, Evidence, Finding, Location, Severity, Signals, Span
from mtqc.rules import Rule
from mtqc.text.name_data import translations
from mtqc.text.terms import Term, french_key
from mtqc.text.tokens import plain, words


@dataclass(frozen=True)
class Glossary:
    """Holds the French to the user's terms. Without terms it finds nothing.

    `gap`: other words that may stand between two words of a French term.
    """

    terms: tuple[Term, ...] = field(default=(), metadata=CONTENT)
    gap: int = 3

    rules: ClassVar[tuple[Rule, ...]] = RULES

    @cached_property
    def _index(self) -> TermIndex:
        return index_terms(self.terms)

    def find_in_article(self, article: AlignedArticle) -> Iterator[Finding]:
        """At most one finding a term and sentence; every place of a forbidden translation."""
        if not self.terms:
            return
        met: set[str] = set()
        for bead, signals in article.pairs:
            if is_sure(bead):
                yield from self._in_bead(bead, signals, met)

    def _in_bead(self, bead: Bead, signals: Signals, met: set[str]) -> Iterator[Finding]:
        french = French(bead.target_text)
        first = {(u.term, u.term.kind): u for u in reversed(self._index.uses(bead.source_text))}
        for use in sorted(first.values(), key=lambda u: u.span):
            if use.term.kind == "do-not-translate":
                yield from _not_kept(bead, signals, use)
            elif use.term.kind == "must-translate":
                yield from self._not_translated(bead, french, use)
            else:
                yield from self._rendered(bead, signals, french, use, met)
        for term in self._index.french_only:
            yield from _forbidden(bead, french, term, None, ())

    def _rendered(self, bead: Bead, signals: Signals, french: French, use: Use, met: set[str]) -> Iterator[Finding]:
        spans = [s for t in use.term.french if (s := french.like(t, self.gap)) is not None]
        bad = list(_forbidden(bead, french, use.term, use, spans))
        yield from bad
        if spans:
            met.add(use.term.english)
        elif not bad and use.term.french:
            yield _wrong(bead, signals, french, use, known=use.term.english in met)

    def _not_translated(self, bead: Bead, french: French, use: Use) -> Iterator[Finding]:
        for stands in self._index.uses(french.text):
            if stands.term == use.term:
                wanted = next((t.french for t in self.terms if t.french and t.english == use.term.english), ())
                place = _at(bead, stands.span)
                yield TERM_NOT_TRANSLATED.finding(
                    place,
                    f"« {place.text} » is to be translated{_rather(wanted)}.",
                    source=bead.source_at(use.span.start, use.span.end),
                    fix=_cased(wanted[0], place.text) if wanted else None,
                    evidence=_evidence(use.term),
                )


def _at(bead: Bead, span: Span) -> Location:
    return bead.target_at(span.start, span.end)


def _rather(french: tuple[str, ...]) -> str:
    return ": the glossary has " + " or ".join(f"« {f} »" for f in french[:3]) if french else ""


def _cased(text: str, model: str) -> str:
    return text[:1].upper() + text[1:] if model[:1].isupper() else text


def _evidence(term: Term) -> tuple[Evidence, ...]:
    found = Evidence("glossary entry", f"{term.english} → {' | '.join(term.french)}".strip(" →"), "", term.origin)
    return (found, Evidence("note", term.note, "", term.origin)) if term.note else (found,)


def _forbidden(
    bead: Bead, french: French, term: Term, use: Use | None, allowed: tuple[Span, ...] | list[Span]
) -> Iterator[Finding]:
    """Places of forbidden translations that are no part of an allowed one."""
    for phrase in term.forbidden:
        for span in french.exactly(phrase):
            if not any(a != span and a.contains(span) for a in allowed):
                place = _at(bead, span)
                instead = f" for “{term.english}”" if use else ""
                yield FORBIDDEN_TERM.finding(
                    place,
                    f"« {place.text} » is not to be used{instead}{_rather(term.french)}.",
                    source=bead.source_at(use.span.start, use.span.end) if use else None,
                    fix=_cased(term.french[0], place.text) if term.french else None,
                    evidence=_evidence(term),
                )


def _wrong(bead: Bead, signals: Signals, french: French, use: Use, *, known: bool) -> Finding:
    """`known`: the term was rightly translated in an earlier sentence, so that its first word may do on its own."""
    other = next(((t, s) for t in use.term.french if (s := french.spelt_otherwise(t)) is not None), None)
    head = next(((t, s) for t in use.term.french if (s := french.head(t)) is not None), None)
    wanted, span = other or head or (use.term.french[0], _stand_in(bead, signals, use))
    place = _at(bead, span)
    english = bead.source_at(use.span.start, use.span.end)
    reads = f"; here it reads « {place.text} »" if place.text else ", and the French has no such term"
    return WRONG_TERM.finding(
        place,
        f"“{english.text}” is {' or '.join(f'« {t} »' for t in use.term.french[:3])} in the glossary{reads}.",
        source=english,
        fix=_cased(wanted, place.text) if place.text else None,
        evidence=_evidence(use.term),
        severity=Severity.MINOR if other or (head and known) else None,
    )


def _stand_in(bead: Bead, signals: Signals, use: Use) -> Span:
    """What seems to stand for the term: linked words, the English itself, or words that usually translate it."""
    linked = signals.links.from_source(use.span) if isinstance(signals.links, BeadLinks) else ()
    english = [w for w in words(bead.source_text) if use.span.contains(Span(w.start, w.end)) and len(w.norm) > 2]
    meant = {french_key(f) for w in english for f in (w.norm, *translations(w.norm), *translations(w.norm.lower()))}
    spans = sorted(linked) or [Span(w.start, w.end) for w in words(bead.target_text) if french_key(w.norm) in meant]
    if not spans:
        return Span(0, 0)
    near = [s for s in spans if s.start - spans[0].start < 60]
    return Span(near[0].start, max(s.end for s in near))


def _not_kept(bead: Bead, signals: Signals, use: Use) -> Iterator[Finding]:
    """The term, with or without a plural s, is not in the French."""
    flat, term = plain(bead.target_text), plain(use.term.english)
    if re.search(rf"(?<!\w){re.escape(term)}(?:s|es)?(?!\w)", flat):
        return
    other = re.search(rf"(?<!\w){re.escape(term)}(?!\w)", flat, re.IGNORECASE)
    place = _at(bead, Span(*other.span()) if other else _stand_in(bead, signals, use))
    reads = f"; here it reads « {place.text} »" if place.text else ", and is not in the French"
    yield TERM_NOT_KEPT.finding(
        place,
        f"“{use.term.english}” is to stay as it is{reads}.",
        source=bead.source_at(use.span.start, use.span.end),
        fix=use.term.english if place.text else None,
        evidence=_evidence(use.term),
    )
