"""One thing under two names on the French side of an article (TRM101 to TRM103)."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from mtqc.checks.consistency_rules import KEPT_AND_TRANSLATED, NAME_INCONSISTENT, RULES, TERM_INCONSISTENT
from mtqc.checks.name_register import Name, NamedBead, Register, register
from mtqc.model import AlignedArticle, Evidence, Finding, Location
from mtqc.rules import Rule
from mtqc.text.name_data import key, places, translations
from mtqc.text.names import Part, Relation, is_code, relation
from mtqc.text.tokens import Word, plain, words

_QUOTED = re.compile(r"[«“\"]\s*([^«»“”\"\n]{3,60}?)[,.]?\s*[»”\"]")


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way something is written in French, and where."""

    form: str
    places: tuple[Location, ...]


@dataclass(frozen=True, slots=True)
class ConsistencyCheck:
    """Compares the French of a name, a term or a nickname with its French elsewhere in the article.

    `shortest_term`: letters below which a word written with and without hyphen is left alone (dis-moi, vas-y).
    """

    shortest_term: int = 5

    rules: ClassVar[tuple[Rule, ...]] = RULES

    def find_in_article(self, article: AlignedArticle) -> Iterator[Finding]:
        """Each inconsistency once, on the first place of its rarer form."""
        found = register(article)
        for name in found.names.values():
            yield from self._names(found, name)
        yield from self._terms(found)
        yield from _phrases(found)

    def _names(self, found: Register, name: Name) -> Iterator[Finding]:
        forms = _name_forms(found, name)
        if len(forms) > 1:
            english = name.norm if key(name.norm) in places()[0] else ""
            why = f"the original always writes “{name.norm}”"
            yield _inconsistent(NAME_INCONSISTENT, forms, why, Evidence("original", name.norm), english)

    def _terms(self, found: Register) -> Iterator[Finding]:
        for spellings in _term_forms(found, self.shortest_term):
            evidence = Evidence("spellings", " / ".join(f"{s.form} × {len(s.places)}" for s in spellings))
            yield _inconsistent(TERM_INCONSISTENT, spellings, "one article should use one spelling", evidence)


def _inconsistent(rule: Rule, forms: Iterable[Spelling], why: str, evidence: Evidence, english: str = "") -> Finding:
    """A finding on the rarest form; `english` is a form to mark rather than the others, however frequent."""
    most, *_, least = sorted(forms, key=lambda s: (s.form == english, -len(s.places), s.places[0].span))
    return rule.finding(
        least.places[0],
        f"“{least.form}” here, “{most.form}” elsewhere: {why}.",
        related=most.places + least.places[1:],
        fix=most.form if least.form[:1].isupper() == most.form[:1].isupper() else None,
        evidence=(evidence,),
        article_wide=True,
    )


def _name_forms(found: Register, name: Name) -> list[Spelling]:
    """The French forms of a name that are spellings or transliterations of it, or a place's two names."""
    is_place = key(name.norm) in places()[0]
    if len(name.uses) < 2 or len(name.norm) < 4 or not name.is_strong:
        return []
    if translations(name.norm.lower()) and not is_place:
        return []  # President is a word too: le président, la présidente
    seen: defaultdict[str, list[Location]] = defaultdict(list)
    for use in name.uses:
        named = found.beads[use.at]
        if is_place and not all(_is_alone(named.bead.source_text, place) for place in use.places):
            continue  # “South China Morning Post” stays, China becomes Chine
        for part in named.target:
            known = part.norm == name.norm or part.norm not in found.names
            if known and _is_form(name.norm, part.norm) and (not is_place or _is_alone(named.bead.target_text, part)):
                seen[part.norm].append(named.bead.target_at(part.start, part.end))
    return _distinct(seen, name.norm)


def _is_alone(text: str, part: Part) -> bool:
    """True where no capitalised word and no hyphen stands beside it."""
    beside = plain(text[max(0, part.start - 1) : part.start] + text[part.end : part.end + 1])
    return not (part.after[:1].isupper() or (part.before[:1].isupper() and len(part.before) > 3) or "-" in beside)


def _is_form(name: str, form: str) -> bool:
    if is_code(name) or is_code(form):
        return name.lower() == form.lower()
    related = relation(name, form)
    if related in (Relation.SAME, Relation.TRANSLITERATED):
        return True
    known, _ = places()
    return related is Relation.CALLED and key(form) in known.get(key(name), ())


def _distinct(seen: Mapping[str, list[Location]], name: str) -> list[Spelling]:
    """Forms that differ in more than capitals or the accent of a capital; two French names of a place are fair."""
    merged: dict[str, Spelling] = {}
    for form, where in seen.items():
        bare = key(form[:1]) + form[1:] if is_code(name) else key(form[:1]) + form[1:].lower()
        merged[bare] = (
            Spelling(form, merged[bare].places + tuple(where)) if bare in merged else Spelling(form, tuple(where))
        )
    forms = list(merged.values())
    called = [s for s in forms if relation(name, s.form) is Relation.CALLED]
    return forms if len(called) < 2 else []


def _term_forms(found: Register, shortest: int) -> Iterator[list[Spelling]]:
    """Words written with a hyphen at one place and joined at another."""
    seen: defaultdict[str, defaultdict[str, list[Location]]] = defaultdict(lambda: defaultdict(list))
    for named in found.beads:
        for word in words(named.bead.target_text):
            bare = word.norm.lower().replace("-", "")
            if len(bare) >= shortest and not word.is_number and not is_code(word.norm):
                place = named.bead.target_at(word.start, word.end)
                seen[bare.removesuffix("s")][word.norm.lower().removesuffix("s")].append(place)
    for forms in seen.values():
        if len(forms) > 1:
            yield [Spelling(where[0].text, tuple(where)) for where in forms.values()]


def _phrases(found: Register) -> Iterator[Finding]:
    for phrase, uses in _english_phrases(found).items():
        kept = [(at, where) for at in uses if (where := _verbatim(found.beads[at], phrase)) is not None]
        if not kept or len(uses) < 2:
            continue
        for at in uses:
            there = None if any(at == k for k, _ in kept) else _translation(found, found.beads[at], phrase)
            if there is not None:
                yield _kept_and_translated(found.beads[at], phrase, there, kept[0][1])


def _english_phrases(found: Register) -> Mapping[str, list[int]]:
    """Quoted or capitalised English phrases of two to four words with a name in them, and their beads."""
    seen: defaultdict[str, list[int]] = defaultdict(list)
    for at, named in enumerate(found.beads):
        text = plain(named.bead.source_text)
        phrases = {m.group(1).strip(" ,.!?'") for m in _QUOTED.finditer(named.bead.source_text)}
        if not named.is_headline:
            phrases |= set(_capitalised(words(named.bead.source_text)))
        for phrase in phrases:
            inside = words(phrase)
            if 2 <= len(inside) <= 4 and len(_strong(found, inside)) in range(1, len(inside)) and phrase in text:
                seen[phrase].append(at)
    return {p: [at for at, b in enumerate(found.beads) if p in b.bead.source_text] for p in seen}


def _capitalised(every: tuple[Word, ...]) -> Iterator[str]:
    run: list[Word] = []
    for word in every:
        if run and (not word.is_capital or word.start != run[-1].end + 1):
            yield " ".join(w.norm for w in run)
            run = []
        if word.is_capital:
            run.append(word)
    if run:
        yield " ".join(w.norm for w in run)


def _strong(found: Register, inside: tuple[Word, ...]) -> list[str]:
    return [w.norm for w in inside if w.norm in found.names and found.names[w.norm].is_strong]


def _verbatim(named: NamedBead, phrase: str) -> Location | None:
    start = plain(named.bead.target_text).find(plain(phrase))
    return None if start < 0 else named.bead.target_at(start, start + len(phrase))


def _translation(found: Register, named: NamedBead, phrase: str) -> Location | None:
    """The French that stands for the phrase: a short quotation around its name, or the name beside a translation."""
    inside = words(phrase)
    names = _strong(found, inside)
    text = named.bead.target_text
    for match in _QUOTED.finditer(text):
        quoted = words(match.group(1))
        if any(w.norm in names for w in quoted) and len(names) < len(quoted) <= 6 and _is_quoted(named, phrase):
            return named.bead.target_at(*match.span(1))
    meant = {key(t) for w in inside if w.norm not in names for t in translations(w.norm.lower())}
    every = words(text)
    for one, two in itertools.pairwise(every):
        if {one.norm, two.norm} & set(names) and {key(one.norm), key(two.norm)} & meant:
            return named.bead.target_at(one.start, two.end)
    return None


def _is_quoted(named: NamedBead, phrase: str) -> bool:
    return any(phrase == m.group(1).strip(" ,.!?'") for m in _QUOTED.finditer(named.bead.source_text))


def _kept_and_translated(named: NamedBead, phrase: str, there: Location, kept: Location) -> Finding:
    start = named.bead.source_text.find(phrase)
    return KEPT_AND_TRANSLATED.finding(
        there,
        f"“{phrase}” is kept in English elsewhere, and reads “{there.text}” here.",
        source=named.bead.source_at(start, start + len(phrase)),
        related=(kept,),
        evidence=(Evidence("kept elsewhere", kept.text, "", "this article"),),
        article_wide=True,
    )
