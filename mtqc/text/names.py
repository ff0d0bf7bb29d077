"""How two spellings of a name relate: same, inflected, another transliteration, a near miss, or nothing to do.

Sources of the transliteration facts: the French Wikipedia's usage for Russian and Arabic names, GOST/BGN tables as
summarised in CLDR's transforms (sh–ch, ch–tch, u–ou, zh–j, y–ï, kh, w–v, final mute -e).
"""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from mtqc.text.name_data import is_called, key
from mtqc.text.tokens import words

_EN_SOUNDS = (
    ("tch", "C"), ("sch", "S"), ("zh", "J"), ("kh", "k"), ("gh", "g"), ("sh", "S"), ("ch", "C"), ("dj", "J"),
    ("ts", "z"), ("tz", "z"), ("oo", "u"), ("ee", "i"), ("ou", "u"), ("iy", "i"), ("yi", "i"), ("yo", "io"),
    ("q", "k"), ("y", "i"), ("w", "v"), ("j", "J"), ("x", "ks"), ("dh", "d"), ("th", "t"), ("ph", "f"),
)  # fmt: skip
_FR_SOUNDS = (
    ("tch", "C"), ("dj", "J"), ("kh", "k"), ("gh", "g"), ("gu", "g"), ("qu", "k"), ("sch", "S"), ("sh", "S"),
    ("ch", "S"), ("ts", "z"), ("tz", "z"), ("ou", "u"), ("oe", "o"), ("iy", "i"), ("q", "k"), ("y", "i"),
    ("w", "v"), ("j", "J"), ("x", "ks"), ("dh", "d"), ("th", "t"), ("ph", "f"),
)  # fmt: skip
_ENDINGS = (
    ("a", "e"), ("ia", "ie"), ("y", "ie"), ("o", "on"), ("us", "e"), ("us", ""), ("", "e"), ("", "ne"), ("", "n"),
    ("s", "se"), ("es", "e"), ("ia", "ia"), ("i", "is"), ("er", "re"), ("ary", "aire"), ("ory", "oire"), ("ic", "ique"),
    ("ian", "ien"), ("ean", "een"), ("an", "ain"), ("ism", "isme"), ("ist", "iste"), ("ite", "ite"), ("or", "eur"),
    ("ary", "arie"), ("um", "e"), ("is", "e"), ("os", "e"), ("ine", "in"), ("ey", "ee"),
)  # fmt: skip


class Relation(enum.Enum):
    """How a French form relates to an English name."""

    SAME = "same"
    CALLED = "called"
    INFLECTED = "inflected"
    TRANSLITERATED = "transliterated"
    FRENCH_ENDING = "french ending"
    NEAR = "near"
    FAR = "far"


@dataclass(frozen=True, slots=True)
class Part:
    """A capitalised word, or a hyphenated word's part, at [start, end) of its text.

    `initial`: it opens a sentence, a quotation or a line, where capitals mean nothing. `code`: an acronym, a
    camel-case or alphanumeric token (OpenAI, F-35), never split. `before` and `after`: the words beside it.
    """

    start: int
    end: int
    norm: str
    initial: bool
    code: bool
    before: str = ""
    after: str = ""


_OPENS = re.compile(r"(?:^|[.!?:;…]|[\n“”\"«»(\[—–•*])['‘’\"“«\s\u00a0\u202f-]*$")
_CODE = re.compile(r"(?=.*[A-Z])(?:[A-Za-z]+[-‑]?\d[\w-]*|[A-Z]{2,}s?|[A-Za-z]+[a-z][A-Z]\w*|[a-z]{1,2}[A-Z]\w*)")
_SURNAME = re.compile(r"(?:Mc|Mac|De|Di|Du|La|Le|Van|Von|Fitz|O')[A-Z][a-z]+")
_TITLES = frozenset("Mr Mrs Ms Dr St Ste Sen Rep Gov Gen Col Prof Rev Jr Sr M MM Mme Mlle Me Pr vs No".split())


def is_code(norm: str) -> bool:
    """True of NATO, OpenAI, iPhone, F-35, GPT-4o; not of McDonald."""
    return bool(_CODE.fullmatch(norm)) and not _SURNAME.fullmatch(norm)


@lru_cache(maxsize=8192)
def parts(text: str) -> tuple[Part, ...]:
    """Capitalised words of a text with offsets, hyphenated ones in their parts; elided articles left out."""
    found: list[Part] = []
    every = words(text)
    for number, word in enumerate(every):
        if not any(c.isupper() for c in word.text) or word.text[-1] in "'’ʼ" or word.is_number:
            continue
        around = (every[number - 1].norm if number else "", every[number + 1].norm if number + 1 < len(every) else "")
        initial = around[0] not in _TITLES and bool(_OPENS.search(text[max(0, word.start - 6) : word.start]))
        found += _split(word.start, word.end, word.norm, word.text, initial, around)
    return tuple(found)


def _split(start: int, end: int, norm: str, text: str, initial: bool, around: tuple[str, str]) -> list[Part]:
    if is_code(norm):
        return [Part(start, end, norm, initial, True, *around)]
    if len(norm) != len(text) or "-" not in norm:
        return [Part(start, end, norm, initial, False, *around)] if norm[:1].isupper() else []
    pieces, at = [], 0
    for piece in norm.split("-"):
        if piece[:1].isupper():
            code = is_code(piece)
            pieces.append(Part(start + at, start + at + len(piece), piece, initial and not at, code, *around))
        at += len(piece) + 1
    return pieces


@lru_cache(maxsize=8192)
def word_keys(text: str) -> frozenset[str]:
    """Keys of all words of a text, hyphenated ones whole and in parts."""
    found = set()
    for word in words(text):
        found.add(key(word.norm))
        if "-" in word.norm:
            found.update(key(piece) for piece in word.norm.split("-"))
    return frozenset(found)


def _sound(text: str, table: tuple[tuple[str, str], ...]) -> str:
    for spelt, sound in table:
        text = text.replace(spelt, sound)
    text = re.sub(r"(.)\1+", r"\1", text.replace("h", ""))
    return re.sub(r"(?<=.)e$", "", text)


def transliterates(name: str, form: str) -> bool:
    """True where both spell the same sounds, the one as English does, the other as French does."""
    n, f = key(name), key(form)
    return _sound(n, _EN_SOUNDS) in {_sound(f, _FR_SOUNDS), _sound(f, _EN_SOUNDS)}


def has_french_ending(name: str, form: str) -> bool:
    """True of pairs such as Sophia/Sophie, Plato/Platon, Barcelona/Barcelone, Darwinian/darwinien."""
    n, f = key(name), key(form)
    return any(n.endswith(a) and f.endswith(b) and n[: len(n) - len(a)] == f[: len(f) - len(b)] for a, b in _ENDINGS)


def reach(length: int) -> int:
    """Edits within which two spellings can be the same name: none under 4 letters, 1 to 5, 2 to 9, 3 beyond."""
    return (length >= 4) + (length >= 6) + (length >= 10)


def edits(name: str, form: str) -> int:
    """Optimal string alignment distance of the keys."""
    return OSA.distance(key(name), key(form))


@lru_cache(maxsize=1 << 15)
def relation(name: str, form: str) -> Relation:
    """How the French `form` relates to the English `name`."""
    n, f = key(name), key(form)
    if n == f:
        return Relation.SAME
    if is_called(name, form):
        return Relation.CALLED
    if f in {n + "s", n + "x", n + "es"} or n in {f + "s", f + "es"}:
        return Relation.INFLECTED
    limit = reach(len(n))
    if transliterates(name, form):
        return Relation.TRANSLITERATED
    if OSA.distance(n, f, score_cutoff=limit) > limit or n[0] != f[0] and OSA.distance(n, f) > 1:
        return Relation.FAR
    return Relation.FRENCH_ENDING if has_french_ending(name, form) else Relation.NEAR
