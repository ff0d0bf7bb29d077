"""Names of a French original in its English translation: another spelling, another name, or none.

Stricter than the other way round: of French names, tables hold but those that English calls otherwise, so a name counts
as lost only where it is a word that French never writes in lower case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from mtqc.checks.name_register import is_headline
from mtqc.checks.names_rules import ACRONYM_ALTERED, NAME_ALTERED, NAME_MISSING
from mtqc.model import AlignedArticle, Bead, Evidence, Finding, Severity
from mtqc.text.name_data import is_called, is_known, key, places, word_use
from mtqc.text.names import Part, Relation, edits, parts, reach, relation, word_keys
from mtqc.text.tokens import words

_NEAR = 1
"""Beads before and after in which a name may stand instead."""
_CENTURY = re.compile(r"[IVXLC]+(?:er?|e|re|st|nd|rd|th)")
_LONGER = 4
"""Letters by which two spellings of one name differ at most."""
_OFTEN_LOWER = 0.2
"""Share of lower case from which a French word is no name (Lune, État); the other way round 0.35 serves."""
_MOSTLY_ALIKE = frozenset(
    {Relation.SAME, Relation.CALLED, Relation.INFLECTED, Relation.TRANSLITERATED, Relation.FRENCH_ENDING,
     Relation.DERIVED}
)  # fmt: skip
_DATES = frozenset(
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre lundi mardi mercredi jeudi"
    " vendredi samedi dimanche monday tuesday wednesday thursday friday saturday sunday january february march april"
    " may june july august september october november december".split()
)


@dataclass(frozen=True, slots=True)
class _Names:
    """The names of a bead's sides that nothing on the other side stands for."""

    bead: Bead
    lost: tuple[Part, ...]
    new: tuple[Part, ...]


def english_names(article: AlignedArticle) -> Iterator[Finding]:
    """ACC202 to ACC204 on English translations, in document order."""
    beads = [b for b, _ in article.pairs]
    for at, bead in enumerate(beads):
        if not (bead.target_text.isupper() or is_headline(bead.source_text) or is_headline(bead.target_text)):
            yield from _judged(_unmatched(bead, beads[max(0, at - _NEAR) : at + _NEAR + 1]))


def _unmatched(bead: Bead, near: list[Bead]) -> _Names:
    english = frozenset().union(*(word_keys(b.target_text) for b in near))
    lost = [p for p in parts(bead.source_text) if key(p.norm) not in english and _is_name(p, "fr")]
    if not lost:
        return _Names(bead, (), ())
    forms = {w.norm for b in near for w in words(b.target_text)}
    lost = [p for p in lost if not any(_stands_for(e, p.norm) for e in forms)]
    french = frozenset().union(*(word_keys(b.source_text) for b in near))
    new = [p for p in parts(bead.target_text) if lost and key(p.norm) not in french and _is_name(p, "en")]
    originals = {w.norm for b in near for w in words(b.source_text)} if new else set()
    return _Names(bead, tuple(lost), tuple(p for p in new if not any(_stands_for(p.norm, f) for f in originals)))


def _is_name(part: Part, lang: str) -> bool:
    if len(part.norm) < 3 or part.norm.lower() in _DATES:
        return False
    use = word_use(part.norm, "fr" if lang == "fr" else "en")
    if _CENTURY.fullmatch(part.norm):
        return False
    return part.code or (use.log_count == 0 and not part.initial) or (use.log_count > 0 and use.lower < _OFTEN_LOWER)


@lru_cache(maxsize=1 << 15)
def _stands_for(english: str, french: str) -> bool:
    if is_called(english, french) or is_called(english.lower(), french):
        return True
    if not english[:1].isupper():
        return key(english)[:5] == key(french)[:5] and len(french) > 4
    return abs(len(english) - len(french)) <= _LONGER and relation(english, french) in _MOSTLY_ALIKE


def _judged(found: _Names) -> Iterator[Finding]:
    new = list(found.new)
    for part in found.lost:
        slip = next((n for n in new if _is_slip(part, n)), None)
        if slip is not None:
            new.remove(slip)
            yield _altered(found.bead, part, slip)
        elif _is_sure(part):
            other = new[0] if len(found.lost) == 1 and len(new) == 1 else None
            if other is not None or not _half_kept(found.bead, part):
                yield _missing(found.bead, part, other)


def _is_slip(name: Part, form: Part) -> bool:
    """One acronym for another with the same beginning, or a spelling within reach of the name's."""
    if name.code or form.code:
        return name.code and form.code and name.norm[:1] == form.norm[:1] and len(name.norm) == len(form.norm) > 2
    near = relation(form.norm, name.norm) is Relation.NEAR and reach(len(key(name.norm))) > 0
    return near and not is_known(form.norm, "en")


def _is_sure(name: Part) -> bool:
    """True of a name that English writes the same way, or that neither language has a word for."""
    english, french = word_use(name.norm, "en"), word_use(name.norm, "fr")
    same = english.log_count > 0 and english.lower < _OFTEN_LOWER
    if name.code or name.initial or not name.norm.isascii() or len(name.norm) < 4 or key(name.norm) in places()[1]:
        return False
    return same or not (english.log_count or french.log_count)


def _half_kept(bead: Bead, name: Part) -> bool:
    """True of a first name or surname whose other half stands in the English: a writer's choice."""
    kept = word_keys(bead.target_text)
    return any(w[:1].isupper() and key(w) in kept for w in (name.before, name.after))


def _altered(bead: Bead, name: Part, form: Part) -> Finding:
    rule = ACRONYM_ALTERED if name.code else NAME_ALTERED
    why = "the original has another acronym" if name.code else "the original spells it otherwise"
    return rule.finding(
        bead.target_at(form.start, form.end),
        f"“{name.norm}” became “{form.norm}”: {why}.",
        source=bead.source_at(name.start, name.end),
        fix=None if name.code else name.norm,
        severity=None if edits(name.norm, form.norm) == 1 and not name.code else Severity.MINOR,
        evidence=(Evidence("names", f"{name.norm} ≠ {form.norm}"),),
    )


def _missing(bead: Bead, name: Part, other: Part | None) -> Finding:
    end = len(bead.target_text)
    place = bead.target_at(end, end) if other is None else bead.target_at(other.start, other.end)
    instead = (
        "nothing in the English sentence resembles it" if other is None else f"“{other.norm}” stands there instead"
    )
    return NAME_MISSING.finding(
        place,
        f"“{name.norm}” seems to be missing: {instead}.",
        source=bead.source_at(name.start, name.end),
    )
