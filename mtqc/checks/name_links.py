"""What stands for a name by the word links: a slip, a French word that merely looks like it, or nothing at all.

Where text alone leaves open which French word stands for a name, a link says so: one word linked to it and to no other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from mtqc.align.lexicon import lexicon
from mtqc.checks.name_changes import Change
from mtqc.checks.name_register import Name, NamedBead, Register, Use, has_counterpart
from mtqc.model import BackTranslation, BeadLinks, Signals, Span, WordPair
from mtqc.text.english_words import is_english
from mtqc.text.name_data import exonyms, is_called, is_known, key, stems, translations, word_use
from mtqc.text.names import Part, Relation, common_prefix, is_code, reach, relation
from mtqc.text.tokens import fold, words

_SURE = 0.7
"""Share of a link from which the two words are taken to stand for each other; most are 0.95 and more."""
_STANDS = 0.9
"""Share of a link from which a word of another look stands for a name (Sedan, berline)."""
_WEAK = 0.4
"""Share of a link that says little beside one of `_SURE`."""
_MOSTLY_LOWER = 0.35
"""Share of lower case from which an English word is no name."""
_OPENS = 0.2
"""The same, of a word that stands nowhere but at the beginning of a sentence."""
_COMMON = 3
"""Least log2 count (in 24 million words) of a French word that everybody knows."""
_FRENCH_WAYS = frozenset(
    {Relation.SAME, Relation.CALLED, Relation.INFLECTED, Relation.TRANSLITERATED, Relation.DERIVED,
     Relation.FRENCH_ENDING}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Counterpart:
    """The word, or the hyphenated word's part, that alone is linked to a name at `place`."""

    place: Part
    start: int
    form: str


def linked_change(found: Register, name: Name, use: Use, signals: Signals) -> Change | None:
    """The word that stands for the name and is a misspelling of it, or another word that looks like it."""
    if not isinstance(signals.links, BeadLinks) or len(name.norm) < 4 or found.beads[use.at].is_headline:
        return None
    for place in use.places:
        other = _counterpart(found, use.at, place, signals.links)
        if other is None or not _is_another(found, name.norm, use.at, other.form):
            continue
        edits = min(OSA.distance(base, key(other.form)) for base in _bases(name.norm))
        word = _is_name(name.norm) and _is_word(other.form, name.norm, edits)
        if word or _is_slip(found, name, other, edits):
            return Change(place, other.start, other.start + len(other.form), other.form, edits, _is_common(other.form))
    return None


def _is_name(norm: str) -> bool:
    use = word_use(norm, "en")
    return len(norm) > 3 and not is_code(norm) and not stems(norm) and not (use.log_count and use.lower > _MOSTLY_LOWER)


def _bases(norm: str) -> Iterator[str]:
    """What French may call it: the same, or a name or word of its own."""
    yield key(norm)
    yield from exonyms(norm)
    yield from map(key, translations(norm.lower()))


def openers(found: Register, at: int) -> Iterator[tuple[Name, Use]]:
    """Names that open a sentence and stand nowhere else in the article: the register, on capitals alone, has none."""
    named = found.beads[at]
    for part in named.source:
        if not part.initial or part.code or part.norm in found.names or len(part.norm) < 4:
            continue
        use = word_use(part.norm, "en")
        is_name = use.lower < _OPENS if use.log_count else not is_english(part.norm.lower())
        if is_name and not has_counterpart(part.norm, named):
            here = Use(at, (part,), 0)
            yield Name(part.norm, (here,), is_strong=True, is_unique=True), here


def _counterpart(found: Register, at: int, place: Part, links: BeadLinks) -> _Counterpart | None:
    bead = found.beads[at].bead
    pairs = [p for p in links.pairs if p.source.start <= place.start < p.source.end]
    if len(pairs) != 1 or pairs[0].score < _SURE or _stands_for_more(links, pairs[0]):
        return None
    source, target = pairs[0].source, pairs[0].target
    mine, theirs = bead.source_text[source.start : source.end], bead.target_text[target.start : target.end]
    if "-" in theirs or "-" in mine:
        return _piece(place, source, mine, target, theirs)
    return _Counterpart(place, target.start, theirs) if theirs[:1].isupper() else None


def _stands_for_more(links: BeadLinks, pair: WordPair) -> bool:
    """True where the French word is linked to another English word as well."""
    return any(p.target == pair.target and p.source != pair.source and p.score > _WEAK for p in links.pairs)


def _piece(place: Part, source: Span, mine: str, target: Span, theirs: str) -> _Counterpart | None:
    """Of two hyphenated names with as many parts, the part in the same place."""
    left, right = mine.split("-"), theirs.split("-")
    if len(left) != len(right):
        return None
    number = mine[: place.start - source.start].count("-")
    start = target.start + sum(len(r) + 1 for r in right[:number])
    return _Counterpart(place, start, right[number]) if right[number][:1].isupper() else None


def _is_another(found: Register, name: str, at: int, form: str) -> bool:
    """True where nothing but an error makes the form of the name."""
    if len(form) < 3 or is_code(form) or is_called(name.lower(), form):
        return False
    letters = sorted(key(name)) == sorted(key(form)) and key(name) != key(form)
    if not letters and relation(name, form) in _FRENCH_WAYS:
        return False
    return not (lexicon().known(name, form) or found.stands_for_another(at, fold(form), name))


def _is_common(form: str) -> bool:
    use = word_use(form, "fr")
    return use.log_count >= _COMMON and use.lower >= 0.9


def _is_word(form: str, name: str, edits: int) -> bool:
    """True of a French word that begins like the name, one letter off in four, two in five or more; not of Hélice."""
    n, f = key(name), key(form)
    alike = n[0] == f[0] and edits <= (1 if len(n) < 5 else 2)
    return _is_common(form) and alike and common_prefix(n, f) < len(n) - 1


def _is_slip(found: Register, name: Name, other: _Counterpart, edits: int) -> bool:
    """True of a form that no table and no other sentence has, within reach of a name that French writes the same."""
    form = fold(other.form)
    n, f = key(name.norm), key(form)
    if n[0] != f[0] and edits > 1 and sorted(n) != sorted(f):
        return False
    if is_known(form, "fr") or edits > reach(len(n)) or (name.norm.isascii() and not form.isascii()):
        return False
    if not _is_name(name.norm):
        return edits == 1 and not is_english(form.lower())
    own = not (exonyms(name.norm) or translations(name.norm)) or n in exonyms(name.norm)
    same = name.kept or word_use(name.norm, "fr").log_count or own
    return bool(same) and found.french[form] < 2


def linked_to_nothing(found: Register, name: Name, use: Use, signals: Signals) -> bool:
    """True where the French of a bead has the first part of a name but not its last, or has lost where something is.

    Nothing is linked to what is missing, the back-translation lacks it too, and no neighbour has taken it over.
    """
    named = found.beads[use.at]
    links, back = signals.links, signals.back_translation
    if not isinstance(links, BeadLinks) or named.is_headline or len(use.places) > 1 or is_code(name.norm):
        return False
    place = use.places[0]
    if isinstance(back, BackTranslation) and _is_in(name.norm, back.text):
        return False
    if not (_ends_a_kept_name(named, place) or _is_lost_place(found, name.norm, use)):
        return False
    return not _resembled(name.norm, named) and _is_free(links, place)


def _is_in(name: str, text: str) -> bool:
    return any(OSA.normalized_similarity(key(name), key(w.norm)) > _ALIKE for w in words(text))


def _resembled(name: str, named: NamedBead) -> bool:
    return any(
        lexicon().known(name, w.norm) or w.norm.lower().startswith(key(name)[:3]) or _is_in(name, w.norm)
        for w in words(named.bead.target_text)
    )


def _ends_a_kept_name(named: NamedBead, place: Part) -> bool:
    """True of “Reed” in “Patrick Reed”, where the French has Patrick."""
    beside = named.bead.source_text[: place.start].endswith(f"{place.before} ")
    kept = any(p.norm == place.before for p in named.target)
    return beside and kept and place.before[:1].isupper() and not place.after[:1].isupper() and not place.initial


def _is_lost_place(found: Register, norm: str, use: Use) -> bool:
    """True of “Wheeling” in “at a rally in Wheeling, West Virginia”, which no neighbour has in French either."""
    near = found.beads[max(0, use.at - 1) : use.at + 2]
    place = use.places[0]
    here = place.before in _WHERE and not place.initial and _is_name(norm)
    return here and not any(key(norm) in b.target_keys for b in near)


def _is_free(links: BeadLinks, place: Part) -> bool:
    """True where nothing is surely linked to the name, or only a word that stands for another one as well."""
    pairs = [p for p in links.pairs if p.source.start <= place.start < p.source.end]
    return all(p.score < _STANDS or len(links.from_target(p.target)) > 1 for p in pairs)


def is_taken_up(use: Use, signals: Signals) -> bool:
    """True where some word of the translation surely stands for the name, whatever it looks like."""
    links = signals.links
    return isinstance(links, BeadLinks) and not any(_is_free(links, place) for place in use.places)


_ALIKE = 0.6
"""Share of letters in common from which a word may be the name, garbled."""
_WHERE = frozenset("in at near from".split())
