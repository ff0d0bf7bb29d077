"""Figures and number words that stand together, read as one quantity: "two and a half million", "2,5 milliards"."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction

from mtqc.text.numbers.model import ONE, Kind, Lang, Quantity
from mtqc.text.numbers.patterns import MAGNITUDE
from mtqc.text.numbers.units import either_form, is_money, unit_after

_ABBREVIATED = {"k": 3, "m": 6, "mn": 6, "mln": 6, "b": 9, "bn": 9, "bln": 9, "tn": 12, "md": 9, "mds": 9, "mrd": 9,
                "mrds": 9}  # fmt: skip
_JOIN = {"en": re.compile(r"(?:[ -]|(?: and | and a |-and-|-and-a-))\Z"), "fr": re.compile(r"(?: |-| et |-et-)\Z")}
_GROUP_OF = {"en": re.compile(r" of(?: (?:the|them))? \Z"), "fr": re.compile(r" (?:de |d')\Z")}
_AND_HALF = re.compile(r" (?:[^\W\d_]+ )?(?:et|and a) \Z")
_YEARS = re.compile(either_form(r"[ -](decade|centur(?=y|ies)|décennie|siècle)"), re.IGNORECASE)
_KNOCK_OUT = re.compile(r"(?:last|round of|final)[ -]\Z", re.IGNORECASE)
_WORTH = {"decade": 10, "décennie": 10, "centur": 100, "siècle": 100}


@dataclass(frozen=True, slots=True)
class Token:
    """A figure or number word, its class that of `lexicon` or D for a figure."""

    start: int
    end: int
    cls: str
    value: Fraction
    also: tuple[Fraction, ...] = ()
    plural: bool = False
    step: Fraction = ONE
    unit: str = ""
    figure: str = ""


class Run:
    """One left-to-right reading of tokens that belong together, from `tokens[at]` on."""

    def __init__(self, flat: str, tokens: list[Token], at: int, lang: Lang) -> None:
        self.flat, self.tokens, self.at, self.lang = flat, tokens, at, lang
        self.first = tokens[at]
        self.total, self.group = Fraction(0), Fraction(0)
        self.factor = ONE
        self.vague = False
        self.also: tuple[Fraction, ...] = ()
        self.end = self.first.end

    def read(self) -> Quantity | None:
        """The quantity; None where the words are none ("un", "one" by themselves)."""
        self._begin()
        while self.at < len(self.tokens) and self._take(self.tokens[self.at]):
            self.end = self.tokens[self.at].end
            self.at += 1
        return self._finish()

    def _begin(self) -> None:
        token = self.first
        self.at += 1
        if token.cls == "M":
            self.total, self.factor = token.value, token.value
            self.vague = token.plural or not _counted(self.flat, token.start, self.lang)
        else:
            self.group = token.value
            self.vague = (token.cls == "V" and (token.plural or self.lang == "fr")) or (
                token.cls == "H" and token.plural
            )
        if token.cls == "D":
            self._letter()

    def _letter(self) -> None:
        """A magnitude letter or abbreviation glued to a figure: 5bn, 3k, 2,5 Mds."""
        match = MAGNITUDE[self.lang].match(self.flat, self.end)
        if match is None or (power := _ABBREVIATED.get(match["m"].lower())) is None:
            return
        if len(match["m"]) == 1 and not self._letter_is_magnitude(match):
            glued = self.lang == "en" and match.end() == self.end + 1
            self.also = (self.group * 10**power,) if glued else ()
            return
        self.total, self.group, self.factor = self.group * 10**power, Fraction(0), Fraction(10**power)
        self.end = match.end()

    def _letter_is_magnitude(self, match: re.Match[str]) -> bool:
        letter, glued = match["m"], match.end() == self.end + 1
        if self.lang == "fr":
            return letter in "MkK" and is_money(unit_after(self.flat, match.end(), "fr")[0])
        return glued and (letter in "kK" or bool(self.first.unit))

    def _take(self, token: Token) -> bool:
        gap = self.flat[self.end : token.start]
        if token.cls == "F" and self.first.cls in "UTND" and _AND_HALF.match(gap):
            return self._half(True)
        if token.cls == "X" and gap in {" ", "-"} and self.first.cls in "UTN":
            return self._parts(token) if self.first.cls == "U" else gap == "-" and self._ordinal(token)
        if token.cls == "V" and self.first.cls in "UT" and gap == " " and not self.total:
            self.group, self.vague = self.group * token.value, True
            return True
        if self._multiplies(token, gap):
            return self._multiply(token)
        if self.first.cls == "X" or not _JOIN[self.lang].match(gap):
            return False
        return self._add(token, joined=gap.strip(" -").startswith(("and", "et")))

    def _ordinal(self, token: Token) -> bool:
        """Twenty-fourth, dix-septième, trente et unième."""
        units = next((v for v in (token.value, *token.also) if 1 < v < 20), None)
        if units is None or self.group % 10 or self.total:
            return False
        self.group += units
        return True

    def _parts(self, token: Token) -> bool:
        """Three quarters, deux tiers: the share, or the parts counted."""
        share = next((v for v in (token.value, *token.also) if 0 < v < 1), None)
        if share is None or self.also or not token.plural or not 0 < self.group * share < 1 or self.total:
            return False
        self.also = (self.group, *(v for v in (token.value, *token.also) if v > 1))
        self.group *= share
        return True

    def _multiplies(self, token: Token, gap: str) -> bool:
        """Tens of thousands, mille de milliards, half a million, 3.1billion."""
        if token.cls in "MV" and self.first.cls == "F":
            return re.fullmatch(r"[ -](?:a |de )?", gap) is not None
        if token.cls != "M":
            return False
        if self._is_group and _GROUP_OF[self.lang].match(gap):
            return True
        if self.lang == "fr" and self.total and gap == " de ":
            return token.value > self.factor
        return self.first.cls == "D" and not gap

    @property
    def _is_group(self) -> bool:
        return self.first.cls == "V" or (self.first.cls in "HM" and self.first.plural)

    def _multiply(self, token: Token) -> bool:
        if self.vague or token.value > self.factor or not self.total:
            self.total = (self.total + (self.group or (0 if self.total else 1))) * token.value
            self.factor *= token.value
        elif self.group == 0:
            return False
        else:
            self.total += self.group * token.value
        self.group = Fraction(0)
        return True

    def _add(self, token: Token, joined: bool) -> bool:
        if token.cls == "F":
            return self._half(joined)
        if token.cls == "M":
            return not joined and self._multiply(token)
        if self.first.cls in "DVF" or self.vague:
            return False
        if token.cls == "H":
            if joined or not 0 < self.group < 100:
                return self.group == 0 and self.total > 0 and not joined and self._put(100)
            self.group *= 100
            return True
        return self._small(token, joined)

    def _put(self, value: int) -> bool:
        self.group += value
        return True

    def _half(self, joined: bool) -> bool:
        if joined and self.group:
            self.group += Fraction(1, 2)
        elif joined:
            self.total += self.factor / 2
        return joined

    def _small(self, token: Token, joined: bool) -> bool:
        rest = self.group % 100
        if self.lang == "fr" and token.value == 20 and rest == 4:
            return self._put(76)
        fits = self._fits_french(token, rest, joined) if self.lang == "fr" else self._fits_english(token, rest, joined)
        return fits and self._put(int(token.value))

    def _fits_english(self, token: Token, rest: Fraction, joined: bool) -> bool:
        if joined and self.group < 100 and not self.total:
            return False
        return self._fits(token, rest)

    def _fits_french(self, token: Token, rest: Fraction, joined: bool) -> bool:
        if joined and not (rest >= 20 and token.value in {1, 11}):
            return False
        if token.cls == "T" and rest in {60, 80}:
            return True
        return (token.cls == "U" and rest in {10, 70, 90} and token.value >= 7) or self._fits(token, rest)

    def _fits(self, token: Token, rest: Fraction) -> bool:
        if rest == 0:
            return bool(self.group or self.total)
        return token.cls == "U" and rest >= 20 and rest % 10 == 0

    def _finish(self) -> Quantity | None:
        token, value = self.first, self.total + self.group
        single = self.at and self.end == token.end
        if single and ((token.cls == "U" and value == 1) or (token.cls == "H" and token.plural and self.lang == "fr")):
            return None
        unit, end = unit_after(self.flat, self.end, self.lang)
        if token.cls in "XF" and single and unit != "%":
            unit, end = "", self.end
        unit = token.unit or unit
        also = (*(v * self.factor for v in token.also), *self.also, *self._of_years(value))
        if self.factor != ONE and token.cls == "D" and token.value >= 1000:
            also = (*also, token.value)
        kind = self._kind(value, unit)
        weak = (token.cls in "XF" and self.factor == ONE) or value in {0, 1} or (token.cls == "U" and value < 1)
        step = token.step * self.factor if token.figure else self.factor
        return Quantity(token.start, end, self.flat[token.start : end], kind, value, unit, also, self.factor, step,
                        bool(token.figure), self.vague, weak, token.figure)  # fmt: skip

    def _kind(self, value: Fraction, unit: str) -> Kind:
        figure = self.first.figure
        if not figure and value < 1:
            return "fraction"
        year = len(figure) == 4 and not unit and self.factor == ONE and 1000 <= value <= 2100
        return "year" if year else "number"

    def _of_years(self, value: Fraction) -> tuple[Fraction, ...]:
        """Two decades are twenty years, a year and a half 18 months, the last 16 of a cup its "huitièmes"."""
        match = _YEARS.match(self.flat, self.end)
        if match:
            return (value * _WORTH[unicodedata.normalize("NFC", match[1]).lower()],)
        if self.first.cls == "D" and self.lang == "en" and _KNOCK_OUT.search(self.flat[: self.first.start]):
            return (value / 2,)
        return (value * 12,) if value.denominator == 2 else ()


def _counted(flat: str, start: int, lang: Lang) -> bool:
    """True where "a", "one" or "un" stands before a bare magnitude word, or where it needs none ("mille")."""
    before = flat[max(0, start - 5) : start].lower()
    if lang == "fr":
        return before.endswith((" un ", "'un ")) or before.strip() == "un" or flat[start : start + 5].lower() == "mille"
    return bool(re.search(r"\b(?:an?|one|per|the)[ -]$", before))
