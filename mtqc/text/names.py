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
    ("oa", "ua"), ("ue", "u"), ("oe", "o"), ("ae", "a"),
    ("q", "k"), ("y", "i"), ("w", "v"), ("j", "J"), ("x", "ks"), ("dh", "d"), ("th", "t"), ("ph", "f"),
)  # fmt: skip
_FR_SOUNDS = (
    ("tch", "C"), ("dj", "J"), ("kh", "k"), ("gh", "g"), ("gu", "g"), ("qu", "k"), ("sch", "S"), ("sh", "S"),
    ("ch", "S"), ("ts", "z"), ("tz", "z"), ("ou", "u"), ("ue", "u"), ("oe", "o"), ("ae", "a"), ("iy", "i"),
    ("q", "k"), ("y", "i"), ("w", "v"), ("j", "J"), ("x", "ks"), ("dh", "d"), ("th", "t"), ("ph", "f"),
)  # fmt: skip
_ENDINGS = tuple(
    pair.partition("/")[::2]
    for pair in (
        "a/e ia/ie ia/es y/ie o/on us/e us/ /e /ne /n s/se es/e i/is er/re ary/aire ory/oire ic/ique ic/es or/eur "
        "um/e is/e os/e ine/in ey/ee arius/aire o/e go/gue ean/ee en/e cal/e a/es burg/bourg ece/ecs ce/cs ties/tes "
        "ty/te y/e ism/isme ist/iste ity/ite s/ns an/a ans/as o/os"
    ).split(" ")
)
"""English and French endings of one name, after the letters both share."""


class Relation(enum.Enum):
    """How a French form relates to an English name."""

    SAME = "same"
    CALLED = "called"
    INFLECTED = "inflected"
    TRANSLITERATED = "transliterated"
    FRENCH_ENDING = "french ending"
    DERIVED = "derived"
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
        if word.norm.islower() or word.norm[-1] == "'" or word.is_number:
            continue
        before = every[number - 1].norm if number else ""
        after = every[number + 1].norm if number + 1 < len(every) else ""
        initial = before not in _TITLES and bool(_OPENS.search(text[max(0, word.start - 6) : word.start]))
        whole = Part(word.start, word.end, word.norm, initial, is_code(word.norm), before, after)
        found += _split(whole, len(word.text) == len(word.norm))
    return tuple(found)


def _split(whole: Part, same_length: bool) -> list[Part]:
    if whole.code or not same_length or "-" not in whole.norm:
        return [whole] if whole.code or whole.norm[:1].isupper() else []
    pieces, at = [], whole.start
    for piece in whole.norm.split("-"):
        if piece[:1].isupper():
            initial = whole.initial and at == whole.start
            pieces.append(Part(at, at + len(piece), piece, initial, is_code(piece), whole.before, whole.after))
        at += len(piece) + 1
    return pieces


@lru_cache(maxsize=8192)
def word_keys(text: str) -> frozenset[str]:
    """Keys of all words of a text, hyphenated ones whole and in parts."""
    norms = {word.norm for word in words(text)}
    norms.update([piece for norm in norms if "-" in norm for piece in norm.split("-")])
    return frozenset(map(key, norms))


def _sound(text: str, table: tuple[tuple[str, str], ...]) -> str:
    for spelt, sound in table:
        text = text.replace(spelt, sound)
    text = text.replace("h", "").replace("ss", "s")
    return re.sub(r"(?<=.)e$", "", text)


def sounds(name: str, lang: str) -> str:
    """What a name sounds like as English or French spells it: Tymoshenko and Timochenko are the same."""
    return _sound(key(name), _EN_SOUNDS if lang == "en" else _FR_SOUNDS)


def transliterates(name: str, form: str) -> bool:
    """True where both spell the same sounds, the one as English does, the other as French does."""
    n, f = key(name), key(form)
    return _sound(n, _EN_SOUNDS) in {_sound(f, _FR_SOUNDS), _sound(f, _EN_SOUNDS)}


def has_french_ending(name: str, form: str) -> bool:
    """True of pairs such as Sophia/Sophie, Plato/Platon, Barcelona/Barcelone, Thatcherites/Thatchéristes."""
    n, f = key(name), key(form)
    shared = common_prefix(n, f)
    return shared >= 3 and any(
        n.endswith(a) and len(n) - len(a) <= shared and f[len(n) - len(a) :] == b for a, b in _ENDINGS
    )


def is_derived(name: str, form: str) -> bool:
    """True of an adjective or demonym made of the name: Singaporeans/Singapouriens, Tempelhof/Tempelhofer."""
    n, f = key(name), key(form)
    return common_prefix(n, f) >= min(4, len(n) - 1) and bool(_DERIVED.search(f)) and f not in {n, n + "e"}


_DERIVED = re.compile(
    "(?:[ai]en|[aeio]ens|[ei]ennes?|[aeiu]ines?|ains?|ais|aises?|ois|oises?|istes?|ismes?|iques?|esques?|eens?"
    "|eennes?|ers?|ites?|iens)$"
)


def common_prefix(one: str, other: str) -> int:
    """Number of letters both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(one), len(other)))


def is_hard_c(name: str, form: str) -> bool:
    """True where the two differ in c for k alone: Viktor/Victor."""
    return key(name).replace("k", "c") == key(form).replace("k", "c")


def has_foreign_letters(form: str) -> bool:
    """True of a form with letters that French does not use (Láďa, Müslümov): nearer to the name's own language."""
    return any(c.isalpha() and ord(c) > 127 and c not in _FRENCH_LETTERS for c in form.lower())


_FRENCH_LETTERS = frozenset("àâäéèêëîïôöùûçœæ")


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
    return Relation.TRANSLITERATED if transliterates(name, form) else _likeness(name, form, n, f)


def _likeness(name: str, form: str, n: str, f: str) -> Relation:
    limit = reach(len(n))
    distance = OSA.distance(n, f, score_cutoff=limit)
    if distance > limit or (n[:1] != f[:1] and distance > 1):
        return Relation.FAR
    if is_derived(name, form):
        return Relation.DERIVED
    return Relation.FRENCH_ENDING if has_french_ending(name, form) else Relation.NEAR
