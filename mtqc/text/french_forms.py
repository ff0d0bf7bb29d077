"""What a French form can be for agreement, from data/forms_fr.tsv.gz (training/french_forms.py): cells and verbs.

A cell is one of masculine or feminine, singular or plural; what a form can be is a set of cells, as bits.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from mtqc.text.french import BOTH_GENDERS
from mtqc.text.french_words import is_french

MS, FS, MP, FP = 1, 2, 4, 8
ANY = 15
SINGULAR, PLURAL, MASCULINE, FEMININE = MS | FS, MP | FP, MS | MP, FS | FP
_NOUN = {"m": MS, "f": FS, "M": MP, "F": FP, "X": PLURAL}
_ADJECTIVE = {"a": MS, "b": FS, "c": MP, "d": FP}
_PARTICIPLE = {"e": MS, "g": FS, "h": MP, "i": FP}


@dataclass(frozen=True, slots=True)
class Form:
    """Cells of a form as a noun, as an adjective, as a participle (0: it is none), and its number as a finite verb.

    `verb`: SINGULAR or PLURAL of a third person, 0 where it is none; `rare_verb`: the same, of a form that is a noun
    in most of its uses.
    """

    noun: int = 0
    adjective: int = 0
    participle: int = 0
    verb: int = 0
    rare_verb: int = 0

    @property
    def describes(self) -> int:
        """Cells as an adjective or participle."""
        return self.adjective | self.participle


NOTHING = Form()


@lru_cache(maxsize=1 << 16)
def form_of(word: str) -> Form:
    """What the table says of a form in lower case; NOTHING of one it lacks."""
    codes = _table().get(word)
    if codes is None:
        return _regular(word)
    noun = _bits(codes, _NOUN)
    if noun and (word in BOTH_GENDERS or word.removesuffix("s") in BOTH_GENDERS):
        noun = PLURAL if noun & PLURAL else SINGULAR
    number = {"s": SINGULAR, "p": PLURAL}
    return Form(
        noun,
        _bits(codes, _ADJECTIVE),
        _bits(codes, _PARTICIPLE),
        _bits(codes, number),
        _bits(codes.replace("s", "").replace("p", "").lower(), number),
    )


_PARTICIPLES = {"é": MS, "ée": FS, "és": MP, "ées": FP}
_ADJECTIVES = {
    "able": SINGULAR, "ables": PLURAL, "ible": SINGULAR, "ibles": PLURAL, "ique": SINGULAR, "iques": PLURAL,
    "euse": FS, "euses": FP, "eux": MASCULINE, "ienne": FS, "iennes": FP, "ante": FS, "antes": FP, "ants": MP,
    "aise": FS, "aises": FP, "oise": FS, "oises": FP, "ive": FS, "ives": FP,
}  # fmt: skip
_NOUNS = {
    "tion": FS, "tions": FP, "sion": FS, "sions": FP, "ité": FS, "ités": FP, "erie": FS, "eries": FP, "logie": FS,
    "logies": FP, "graphie": FS, "ance": FS, "ances": FP, "isme": MS, "ismes": MP,
}  # fmt: skip
_ENDING = re.compile(
    rf".{{3,}}?(?P<ending>{'|'.join(sorted([*_PARTICIPLES, *_ADJECTIVES, *_NOUNS], key=len, reverse=True))})\Z"
)


def _regular(word: str) -> Form:
    """What the ending says of a word the table lacks: « redessinée », « regrettables », « cavalerie »."""
    match = _ENDING.match(word)
    if match is None or "-" in word or not is_french(word):
        return NOTHING
    ending = match["ending"]
    if ending in _NOUNS:
        return Form(noun=_NOUNS[ending])
    if ending in _ADJECTIVES:
        return Form(adjective=_ADJECTIVES[ending])
    verb = is_french(word.removesuffix(ending) + "er")
    return Form(participle=_PARTICIPLES[ending]) if verb else NOTHING


def _bits(codes: str, cells: Mapping[str, int]) -> int:
    found = 0
    for code in codes:
        found |= cells.get(code, 0)
    return found


@cache
def _table() -> dict[str, str]:
    packed = files("mtqc.text").joinpath("data/forms_fr.tsv.gz").read_bytes()
    return dict(line.split("\t") for line in gzip.decompress(packed).decode().splitlines())


def spelt(form: str, cells: int) -> str:
    """The form of the same adjective or participle that is in one of `cells`; "" where no regular one is known."""
    candidates = (stem + ending for stem in _stems(form) for ending in ("", "e", "s", "es"))
    return next((c for c in candidates if c != form and form_of(c).describes & cells), "")


_CHANGES = (
    ("eux", "euse"), ("if", "ive"), ("el", "elle"), ("en", "enne"), ("on", "onne"), ("er", "ère"), ("et", "ète"),
    ("teur", "trice"), ("eur", "euse"), ("c", "que"), ("anc", "anche"), ("os", "osse"), ("as", "asse"), ("al", "aux"),
    ("ale", "aux"), ("eau", "elle"), ("vieux", "vieille"), ("doux", "douce"), ("eil", "eille"),
)  # fmt: skip


def _stems(form: str) -> list[str]:
    bare = [form] + [form.removesuffix(e) for e in ("s", "e", "es") if form.endswith(e)]
    changed = [b.removesuffix(x) + y for b in bare for pair in _CHANGES for x, y in (pair, pair[::-1]) if b.endswith(x)]
    return bare + changed
