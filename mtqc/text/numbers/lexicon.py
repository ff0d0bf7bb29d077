"""Number words of English and French: what each is worth and how it may combine.

Classes: U one to nine, T ten to nineteen, N tens, H hundred, M thousand and above, F half, V vague groups that take
"of thousands", X words that stand for a number without being missed where they are absent ("both", "twice").
Source of the French values: the decimal long scale (million 10^6, milliard 10^9, billion 10^12, trillion 10^18);
of the English ones, the short scale (billion 10^9, trillion 10^12).
"""

from __future__ import annotations

from fractions import Fraction
from types import MappingProxyType
from typing import Literal, NamedTuple

Class = Literal["U", "T", "N", "H", "M", "F", "V", "X"]


class Entry(NamedTuple):
    """One word: its class, its value, other values it may stand for, plural or not."""

    cls: Class
    value: Fraction
    also: tuple[Fraction, ...] = ()
    plural: bool = False


_PARTS = frozenset(
    "thirds quarters fourths fifths sixths sevenths eighths ninths tenths tiers quarts quatrièmes cinquièmes sixièmes"
    " septièmes huitièmes neuvièmes dixièmes".split()
)
"""What a number word may count as shares: three quarters, deux tiers."""


def _aged(table: dict[str, int]) -> dict[str, Entry]:
    """People by the tens of their age: a septuagenarian may be 70 to 79."""
    tens = {w: start for stem, start in table.items() for w in (stem, stem + "s")}
    return {w: Entry("X", Fraction(n), tuple(Fraction(n + i) for i in range(1, 10))) for w, n in tens.items()}


def _entries(cls: Class, start: int, words: str, step: int = 1) -> dict[str, Entry]:
    return {w: Entry(cls, Fraction(start + i * step)) for i, ws in enumerate(words.split()) for w in ws.split("|")}


def _loose(table: dict[str, tuple[int | Fraction, ...]]) -> dict[str, Entry]:
    out = {}
    for words, values in table.items():
        first, *rest = (Fraction(v) for v in values)
        out.update({w: Entry("X", first, tuple(rest), w in _PARTS) for w in words.split()})
    return out


def _groups(cls: Class, table: dict[str, int]) -> dict[str, Entry]:
    return {
        w: Entry(cls, Fraction(value), (), w.endswith(("s", "aux")))
        for words, value in table.items()
        for w in words.split()
    }


def _third(n: int) -> tuple[int, Fraction]:
    return n, Fraction(1, n)


_EN: dict[str, Entry] = {
    **_entries("U", 1, "one two three four five six seven eight nine"),
    **_entries("T", 10, "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"),
    **_entries("N", 20, "twenty thirty forty|fourty fifty sixty seventy eighty ninety", 10),
    **_groups("H", {"hundred hundreds": 100}),
    **_groups(
        "M",
        {
            "thousand thousands": 10**3,
            "million millions": 10**6,
            "billion billions": 10**9,
            "trillion trillions": 10**12,
        },
    ),
    **_groups("V", {"dozen dozens": 12, "tens": 10, "scores": 20}),
    "half": Entry("F", Fraction(1, 2)),
    "halves": Entry("F", Fraction(1, 2)),
    **_loose(
        {
            "both twice double doubled doubling doubles couple pair pairs second secondly twin twins two-fold": (2,),
            "third thirds thirdly": _third(3),
            "quarter quarters fourth fourths": (Fraction(1, 4), 4, 3, 15),
            "fifth fifths": _third(5),
            "sixth sixths": _third(6),
            "seventh sevenths": _third(7),
            "eighth eighths": _third(8),
            "ninth ninths": _third(9),
            "tenth tenths": _third(10),
            "eleventh": (11,),
            "twelfth": (12,),
            "thirteenth": (13,),
            "fourteenth": (14,),
            "fifteenth": (15,),
            "sixteenth": (16,),
            "seventeenth": (17,),
            "eighteenth": (18,),
            "nineteenth": (19,),
            "twentieth": (20,),
            "thirtieth": (30,),
            "fortieth": (40,),
            "fiftieth": (50,),
            "sixtieth": (60,),
            "seventieth": (70,),
            "eightieth": (80,),
            "ninetieth": (90,),
            "thousandth": (1000,),
            "hundredth centenary centennial century": (100,),
            "thrice triple tripled trio treble triplet triplets": (3,),
            "quadruple quartet": (4,),
            "decade decades": (10,),
            "fortnight": (14, 15, 2),
            "week": (7, 8),
            "noon": (12,),
            "midnight": (0, 12, 24),
            "twenties": (20, 1920),
            "thirties": (30, 1930),
            "forties": (40, 1940),
            "fifties": (50, 1950),
            "sixties": (60, 1960),
            "seventies": (70, 1970),
            "eighties": (80, 1980),
            "nineties": (90, 1990),
        }
    ),
    **_aged(
        {
            "quadragenarian": 40,
            "quinquagenarian": 50,
            "sexagenarian": 60,
            "septuagenarian": 70,
            "octogenarian": 80,
            "nonagenarian": 90,
            "centenarian": 100,
        }
    ),
}

_FR: dict[str, Entry] = {
    **_entries("U", 1, "un|une deux trois quatre cinq six sept huit neuf"),
    **_entries("T", 10, "dix onze douze treize quatorze quinze seize"),
    **_entries("N", 20, "vingt|vingts trente quarante cinquante soixante septante huitante|octante nonante", 10),
    **_groups("H", {"cent cents": 100}),
    **_groups(
        "M",
        {
            "mille millier milliers": 10**3,
            "million millions": 10**6,
            "milliard milliards": 10**9,
            "billion billions": 10**12,
            "trillion trillions": 10**18,
        },
    ),
    **_groups(
        "V",
        {
            "dizaine dizaines": 10,
            "douzaine douzaines": 12,
            "vingtaine vingtaines": 20,
            "trentaine trentaines": 30,
            "quarantaine quarantaines": 40,
            "cinquantaine cinquantaines": 50,
            "soixantaine soixantaines": 60,
            "centaine centaines": 100,
        },
    ),
    "demi": Entry("F", Fraction(1, 2)),
    "demie": Entry("F", Fraction(1, 2)),
    **_loose(
        {
            "quinzaine": (15, 14, 2),
            "huitaine": (8, 7),
            "semaine": (7,),
            "moitié moitiés": (Fraction(1, 2), 50, 2),
            "second seconde seconds secondes secundo deuxième deuxièmes paire paires couple couples double doublé "
            "doublée doublés doublées doubler doubla doublant doublent doubles duo jumeaux jumelles binôme": (2,),
            "tiers troisième troisièmes": (Fraction(1, 3), 3),
            "quart quarts trimestre": (Fraction(1, 4), 4, 3, 15),
            "quatrième quatrièmes": _third(4),
            "cinquième cinquièmes": _third(5),
            "sixième sixièmes": _third(6),
            "septième septièmes": _third(7),
            "huitième huitièmes": _third(8),
            "neuvième neuvièmes": _third(9),
            "dixième dixièmes": _third(10),
            "onzième": (11,),
            "douzième": (12,),
            "treizième": (13,),
            "quatorzième": (14,),
            "quinzième": (15,),
            "seizième seizièmes": (16,),
            "vingtième vingtièmes": (20,),
            "trentième": (30,),
            "quarantième": (40,),
            "cinquantième": (50,),
            "soixantième": (60,),
            "millième": (1000,),
            "centième centièmes siècle siècles": (100,),
            "triple triplé triplée triplés triplées tripler triplement triplent trio": (3,),
            "quadruple quadruplé quatuor": (4,),
            "décennie décennies": (10,),
            "midi": (12,),
            "minuit": (0, 12, 24),
            "bicentenaire": (200,),
            "semestre": (6,),
        }
    ),
    **_aged(
        {
            "trentenaire": 30,
            "quadragénaire": 40,
            "quadra": 40,
            "quinquagénaire": 50,
            "quinqua": 50,
            "sexagénaire": 60,
            "septuagénaire": 70,
            "octogénaire": 80,
            "nonagénaire": 90,
            "centenaire": 100,
        }
    ),
}

LEXICON: MappingProxyType[str, MappingProxyType[str, Entry]] = MappingProxyType(
    {"en": MappingProxyType(_EN), "fr": MappingProxyType(_FR)}
)
