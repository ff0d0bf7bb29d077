"""What became of one English name in one bead: a near miss, a dictionary word, another acronym, nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from mtqc.checks.name_register import Name, NamedBead, Register, Use, has_counterpart
from mtqc.text.name_data import beginnings, exonyms, is_known, key, places, stems, translations, word_use
from mtqc.text.names import Part, Relation, has_foreign_letters, is_code, is_hard_c, reach, relation
from mtqc.text.tokens import words

_DETERMINERS = frozenset("the a an this that these those its his her their our my your every each no of".split())
_LINKS = frozenset("to for and on in & at from with".split())
_BEFORE_SURNAMES = frozenset(
    "mr mrs ms dr president senator judge justice professor prof governor general colonel captain major minister "
    "secretary chancellor detective officer sergeant lieutenant chairman chairwoman congressman congresswoman mayor "
    "sir lord lady and but or so when while if as for after before because since then though although yet now".split()
)
"""Titles, and words that open a sentence with a capital of their own."""


@dataclass(frozen=True, slots=True)
class Change:
    """The French word at [start, end) of the bead's French that stands where `place` has the English name."""

    place: Part
    start: int
    end: int
    form: str
    edits: int
    is_word: bool


def french_forms(named: NamedBead) -> Iterator[Part]:
    """Capitalised French words, then the lower-case ones, as parts."""
    yield from named.target
    for word in words(named.bead.target_text):
        if word.norm.islower() and len(word.norm) > 3:
            yield Part(word.start, word.end, word.norm, False, False)


def altered(found: Register, name: Name, use: Use, frequent: int) -> Change | None:
    """The French near miss of a name, other than a French form, an inflection or a transliteration of it."""
    n = key(name.norm)
    limit = reach(len(n))
    if not limit:
        return None
    hits = []
    for part in french_forms(found.beads[use.at]):
        f = key(part.norm)
        if f == n or abs(len(f) - len(n)) > limit or OSA.distance(n, f, score_cutoff=limit) > limit:
            continue
        if not part.code and _is_altered(found, name, use, part, frequent):
            hits.append(Change(use.places[0], part.start, part.end, part.norm, OSA.distance(n, f), is_word(part.norm)))
    return min(hits, key=lambda c: c.edits, default=None)


def is_word(form: str) -> bool:
    """True of a word that French writes in lower case."""
    use = word_use(form, "fr")
    return form.islower() or (use.log_count >= 2 and use.is_common)


def _is_altered(found: Register, name: Name, use: Use, part: Part, frequent: int) -> bool:
    related = relation(name.norm, part.norm)
    if related not in (Relation.NEAR, Relation.FRENCH_ENDING) or _is_chance(name, part, frequent):
        return False
    if has_foreign_letters(part.norm) and not has_foreign_letters(name.norm):
        return False
    if found.stands_for_another(use.at, part.norm, name.norm):
        return False
    if name.kept:
        return found.french[part.norm] < max(2, name.kept)
    return (
        related is Relation.NEAR
        and found.french[part.norm] == 1
        and _is_plain_slip(name.norm, part.norm, use.places[0])
    )


def _is_plain_slip(name: str, form: str, place: Part) -> bool:
    """True where nothing but a slip explains the French spelling, though the article never has the right one."""
    if form.islower() or is_word(form) or is_known(form, "fr") or is_known(form, "en"):
        return False
    if place.after == "of" or is_hard_c(name, form) or has_foreign_letters(name) or "ï" in form or stems(name):
        return False
    if name.isascii() and not form.isascii():
        return False  # accents are added on purpose: Carthagène, le Crétacé
    n, f = key(name), key(form)
    meant = translations(name.lower())
    return (n[:2] == f[:2] or sorted(n) == sorted(f)) and (not meant or n in map(key, meant))


def _is_chance(name: Name, part: Part, frequent: int) -> bool:
    """True where the likeness says little: a frequent French word, a derived adjective, a lower-case word far off."""
    use = word_use(part.norm, "fr")
    lower = part.norm.islower()
    if (part.initial or lower) and use.log_count >= frequent and use.is_common:
        return True
    n, f = key(name.norm), key(part.norm)
    return lower and (OSA.distance(n, f) > 1 or (f.startswith(n[:-1]) and len(f) >= len(n)))


def translated(found: Register, name: Name, use: Use) -> Change | None:
    """The French common noun that stands for a name which English also uses as a common noun (Cook, Bush, Jobs)."""
    named = found.beads[use.at]
    lower = name.norm.lower()
    meant = frozenset(key(t) for t in translations(lower)) - {key(name.norm)}
    if not meant or stems(name.norm) or lower in _BEFORE_SURNAMES or named.is_headline:
        return None
    if not {key(name.norm), *exonyms(name.norm)}.isdisjoint(named.target_keys):
        return None
    for place in use.places:
        change = _beside_first_name(found, named, place, meant)
        if change is None and _stands_alone(place):
            change = _alone(found, name, use, place, meant)
        if change is not None:
            return change
    return None


def _beside_first_name(found: Register, named: NamedBead, place: Part, meant: frozenset[str]) -> Change | None:
    first = place.before
    if not first[:1].isupper() or first not in found.names or is_code(first):
        return None
    if not named.bead.source_text[: place.start].endswith(f"{first} "):
        return None
    if place.after[:1].isupper() or exonyms(first) or stems(first):
        return None
    for part in named.target:
        beside = named.bead.target_text[: part.start].endswith(f"{first} ")
        if beside and not part.initial and _means(part.norm, meant):
            return Change(place, part.start, part.end, part.norm, 9, True)
    return None


def _alone(found: Register, name: Name, use: Use, place: Part, meant: frozenset[str]) -> Change | None:
    kept = [u for u in name.uses if u.kept and u.at != use.at and any(_ends_a_name(p) for p in u.places)]
    if not kept or (place.initial and not name.is_unique):
        return None
    for word in words(found.beads[use.at].bead.target_text):
        if place.initial and len(kept) < 2 and not word.is_capital:
            continue  # “Snow fell” may well be snow
        if _means(word.norm, meant) and not found.stands_for_another(use.at, word.norm, name.norm):
            return Change(place, word.start, word.end, word.norm, 9, True)
    return None


def _ends_a_name(place: Part) -> bool:
    """True where the word bears a name by itself: “Tim Cook”, “Cook said”; not “Right to Work”, “the Cook”."""
    before = place.before.lower()
    return not place.after[:1].isupper() and before not in _DETERMINERS and before not in _LINKS


def _stands_alone(place: Part) -> bool:
    """True of “Cook” in “said Cook”, “Judge Cook”; not in “the Cook”, “Cook County”, “Tim Cook”."""
    before = place.before.lower()
    free = not place.before[:1].isupper() or before in _BEFORE_SURNAMES
    return free and not place.after[:1].isupper() and place.after != "of" and before not in _DETERMINERS


def _means(form: str, meant: frozenset[str]) -> bool:
    f = key(form)
    return f in meant or any(len(m) > 5 and f in {m + "s", m[:-1]} for m in meant)


_SAME_LAND = (
    frozenset("angleterre grandebretagne royaumeuni bretagne ecosse galles irlande".split()),
    frozenset("russie urss sovietique ukraine".split()),
    frozenset("birmanie myanmar".split()),
    frozenset("perse iran".split()),
    frozenset("hollande paysbas".split()),
    frozenset("tcheco tchequie tchecoslovaquie boheme slovaquie".split()),
    frozenset("yougoslavie serbie".split()),
    frozenset("amerique etatsunis ameriques".split()),
    frozenset("chine taiwan hongkong macao".split()),
    frozenset("coree israel palestine gaza".split()),
)
"""Lands that writers name for one another; no swap is reported inside a group."""


def swapped_place(found: Register, name: Name, use: Use) -> Change | None:
    """The French name of another place, where the place the English names is nowhere in the French sentence."""
    named = found.beads[use.at]
    known, french = places()
    meant = known.get(key(name.norm))
    if not meant or named.is_headline or _is_there(name.norm, meant, named.target_keys):
        return None
    others = [p for p in named.target if key(p.norm) in french and not _is_covered(found, use.at, p.norm)]
    if len(others) != 1 or any(key(others[0].norm) in land and meant & land for land in _SAME_LAND):
        return None
    other = others[0]
    return Change(use.places[0], other.start, other.end, other.norm, 9, True)


def _is_there(name: str, meant: frozenset[str], target_keys: frozenset[str]) -> bool:
    """True where a French word may stand for the place: its name, or a word that begins alike and is no other place."""
    begin, other_places = beginnings(name), places()[1] - meant
    return any(k.startswith(begin) and k not in other_places for k in target_keys)


def _is_covered(found: Register, at: int, form: str) -> bool:
    """True where an English word near by may have become this French place: a place, its demonym, an adjective."""
    f = key(form)
    known, _ = places()
    around = found.beads[max(0, at - 1) : at + 2]
    for word in {w.norm for b in around for w in words(b.bead.source_text) if len(w.norm) > 1}:
        meant = known.get(key(word))
        if f in meant if meant else f.startswith(beginnings(word)):
            return True
    return False


def altered_code(found: Register, name: Name, use: Use) -> Change | None:
    """The French acronym or product code that differs a little from the English one."""
    named = found.beads[use.at]
    n = key(name.norm.removesuffix("s") if is_code(name.norm.removesuffix("s")) else name.norm)
    if len(n) < 3 or has_counterpart(name.norm, named) or _is_spaced_out(n, named.bead.target_text):
        return None
    near = found.near_keys(use.at)
    for part in named.target:
        f = key(part.norm)
        if f not in near and (part.code or len(n) > 4) and _is_other_code(name.norm, n, part.norm, f):
            return Change(use.places[0], part.start, part.end, part.norm, OSA.distance(n, f), False)
    return None


def _is_spaced_out(n: str, text: str) -> bool:
    """True where the text has the code with spaces or hyphens in it: G 20, GPT 4o, Open AI."""
    return re.search(r"(?<!\w)" + r"[\W_]?".join(map(re.escape, n)) + r"(?!\w)", text, re.IGNORECASE) is not None


def _is_other_code(name: str, n: str, form: str, f: str) -> bool:
    distance = OSA.distance(n, f)
    if any(c.isdigit() for c in n):
        letters = [c for c in n if c.isalpha()], [c for c in f if c.isalpha()]
        digits = [c for c in n if c.isdigit()], [c for c in f if c.isdigit()]
        if relation("".join(letters[0]), "".join(letters[1])) is Relation.TRANSLITERATED:
            return False
        if not digits[1]:
            return letters[0] == letters[1] and form.isupper() and len(form) > 1
        return distance <= 2 and (letters[0] == letters[1] or (digits[0] == digits[1] and len(n) > 3))
    if name.rstrip("s").isupper():
        settled = not is_known(form, "fr")  # « SRAS » for SARS is French; nobody writes BFI
        return (
            distance == 1
            and min(len(n), len(f)) > 2
            and (settled or (min(len(n), len(f)) > 3 and sorted(n) != sorted(f)))
        )
    return is_code(form) and not form.isupper() and distance <= reach(len(n))


def missing(found: Register, name: Name, use: Use) -> bool:
    """True where neither the bead, nor any other, has anything like a rare name in French."""
    named = found.beads[use.at]
    n = key(name.norm)
    seen = word_use(name.norm, "en")
    if len(n) < 4 or named.is_headline or not name.is_strong or name.kept or seen.log_count > 6:
        return False
    if (
        (seen.log_count and seen.lower > 0.1)
        or exonyms(name.norm)
        or stems(name.norm)
        or translations(name.norm)
        or found.in_french(n)
    ):
        return False
    after = use.places[0].after
    if after in found.names and key(after) not in named.target_keys:
        return False  # reported once, at the last word of the name
    return not any(_resembles(n, key(part.norm)) for part in french_forms(named))


def _resembles(n: str, f: str) -> bool:
    return n[:3] == f[:3] or OSA.normalized_similarity(n, f) >= 0.5 or n in f
