"""What a quantity found in a text is."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Lang = Literal["en", "fr"]
Kind = Literal["number", "fraction", "ordinal", "year", "decade", "clock", "code"]

ONE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity at [start, end) of the text it was found in, currency sign, magnitude word and unit included.

    `value` is exact and has the magnitude word multiplied in ("1.2 billion" = 1,200,000,000), of a percentage the
    percents, of a clock the hours since midnight; `also` holds other readings ("3 p.m." is 15 or 3, French "1,500"
    is 1.5 or 1,500 if it was left as it stood in English). `factor` is the magnitude word, `step` the worth of the
    last digit that is not a filling zero ("1,500": 100). `unit` is "%", a currency or a unit of `units`, or "".
    `digits`: written with digits. `vague`: "dozens", "millions". `weak`: may stand for a quantity of the other
    side, but no one should miss it ("both", "twice", "1", part of a code).
    """

    start: int
    end: int
    text: str
    kind: Kind
    value: Fraction
    unit: str = ""
    also: tuple[Fraction, ...] = ()
    factor: Fraction = ONE
    step: Fraction = ONE
    digits: bool = False
    vague: bool = False
    weak: bool = False
    figure: str = ""
    inherited: bool = False

    @property
    def values(self) -> tuple[Fraction, ...]:
        """All readings, the likeliest first."""
        return (self.value, *self.also)

    @property
    def is_exact(self) -> bool:
        """True of a figure that the other side must have: written with digits, neither vague nor weak."""
        return self.digits and not self.vague and not self.weak
