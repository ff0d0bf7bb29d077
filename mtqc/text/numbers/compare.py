"""Do two quantities say the same? Which of one sentence has no counterpart in the other?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product

from mtqc.text.numbers.model import ONE, Quantity
from mtqc.text.numbers.units import in_base, is_money

ROUNDING = Fraction(2, 100)
"""A French figure with fewer digits counts as the English one rounded when it is no further off than this share."""
CONVERSION = Fraction(6, 100)
"""A measure in another unit counts as converted when it is no further off than this share (or a step of either)."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Pairs of indices (source, target) that say the same; indices of both sides that found no counterpart."""

    same: tuple[tuple[int, int], ...]
    missing: tuple[int, ...]
    added: tuple[int, ...]


def same_reading(a: Quantity, b: Quantity) -> bool:
    """True where any reading of one is a reading of the other; a clock's second reading only answers a clock."""
    if a.kind == "code" or b.kind == "code":
        return a.kind == b.kind and _bare(a.figure) == _bare(b.figure)
    if (a.kind == "clock") != (b.kind == "clock"):
        return a.value == b.value
    return any(v == w for v, w in _readings(a, b))


def _readings(a: Quantity, b: Quantity) -> Iterator[tuple[Fraction, Fraction]]:
    """Readings to compare. Where both say a magnitude, "2,500 million" and "2 500 milliards", not the bare figures."""
    for v, w in product(a.values, b.values):
        if ONE in (a.factor, b.factor) or v * a.factor != a.value or w * b.factor != b.value:
            yield v, w


def _bare(code: str) -> str:
    return code.replace("-", "").lower().removesuffix("s")


def rounded(a: Quantity, b: Quantity) -> bool:
    """True where `b` is `a` with fewer digits ("97.4 billion", "97 milliards"), or a share of a hundred in words."""
    if a.unit == "%" and b.kind == "fraction":
        return abs(a.value / 100 - b.value) <= ROUNDING
    if b.unit == "%" and a.kind == "fraction":
        return abs(b.value / 100 - a.value) <= ROUNDING
    if a.kind in {"year", "clock", "code"} or not a.value or b.step <= a.step:
        return False
    return any(abs(v - w) <= min(b.step, abs(v) * ROUNDING) for v, w in _readings(a, b))


def converted(a: Quantity, b: Quantity) -> bool:
    """True where both are measures of one dimension in different units and the value was converted."""
    if a.unit == b.unit or not a.unit or not b.unit:
        return False
    units = {a.unit, b.unit}
    if units == {"yard", "m"} and same_reading(a, b):
        return True
    reading = "°F" if a.unit == "degree" and b.unit in {"degree", "°C"} else a.unit
    (dimension, value), (other, against) = in_base(a.value, reading), in_base(b.value, b.unit)
    if not dimension or dimension != other:
        return False
    return abs(value - against) <= _slack(a, reading, value) + _slack(b, b.unit, against)


def _slack(quantity: Quantity, unit: str, value: Fraction) -> Fraction:
    """How far a rounded conversion may be off: half a step in base units, three hundredths at least."""
    if unit in {"°F", "°C", "degree"}:
        return Fraction(1)
    step = abs(in_base(quantity.step, unit)[1])
    return max(abs(value) * CONVERSION / 2, min(step / 2, abs(value) * CONVERSION))


_LEVELS: tuple[Callable[[Quantity, Quantity], bool], ...] = (
    lambda a, b: a.value == b.value and a.unit == b.unit and a.digits == b.digits and a.kind == b.kind != "code",
    lambda a, b: a.value == b.value and a.kind != "code" and b.kind != "code",
    same_reading,
    converted,
    rounded,
)


def compare(source: Sequence[Quantity], target: Sequence[Quantity]) -> Comparison:
    """One-to-one matching, the surest equalities first. Quadratic in the few quantities that a sentence has."""
    left, right = set(range(len(source))), set(range(len(target)))
    same: list[tuple[int, int]] = []
    for level in _LEVELS:
        for i in sorted(left):
            j = next((j for j in sorted(right) if level(source[i], target[j])), None)
            if j is not None:
                same.append((i, j))
                left.discard(i)
                right.discard(j)
    for i, j in _converted_alike(source, target, same, left, right):
        same.append((i, j))
        left.discard(i)
        right.discard(j)
    return Comparison(tuple(sorted(same)), tuple(sorted(left)), tuple(sorted(right)))


def _converted_alike(
    source: Sequence[Quantity],
    target: Sequence[Quantity],
    same: Sequence[tuple[int, int]],
    left: Iterable[int],
    right: Iterable[int],
) -> list[tuple[int, int]]:
    """Figures whose unit is left unsaid, converted as the others were: "2.6 miles by 1.4", "4,2 km sur 2,3"."""
    units = [(source[i].unit, target[j].unit) for i, j in same if converted(source[i], target[j])]
    found: list[tuple[int, int]] = []
    for i, j in product(sorted(left), sorted(right)):
        a, b = source[i], target[j]
        free = all(i != x and j != y for x, y in found)
        bare = not (a.unit and b.unit) and a.digits and b.digits and a.kind == b.kind == "number"
        if free and bare and any(_in_units(a, b, *pair) for pair in units):
            found.append((i, j))
    return found


def _in_units(a: Quantity, b: Quantity, unit: str, other: str) -> bool:
    if a.unit not in {"", unit} or b.unit not in {"", other}:
        return False
    return converted(replace(a, unit=unit), replace(b, unit=other))


def says(quantity: Quantity, others: Iterable[Quantity]) -> bool:
    """True where any of `others` says the same."""
    return any(same_reading(quantity, o) or converted(quantity, o) or rounded(quantity, o) for o in others)


def magnitude_slip(a: Quantity, b: Quantity) -> bool:
    """True where both show the same figure but one is a thousand, a million … times the other."""
    if not a.value or not b.value or not (a.figure or b.figure):
        return False
    if a.factor == b.factor == ONE:
        return False
    ratio = max(a.value, b.value) / min(a.value, b.value)
    return ratio in {Fraction(10**n) for n in (3, 6, 9, 12)}


def one_digit_off(a: Quantity, b: Quantity) -> bool:
    """True where one digit was changed, dropped, added, or two were swapped, the rest of the figure being the same."""
    x, y = (_digits(q) for q in (a, b))
    if not x or not y or min(len(x), len(y)) < 2:
        return False
    if len(x) == len(y):
        differ = [i for i, (p, q) in enumerate(zip(x, y, strict=True)) if p != q]
        swapped = len(differ) == 2 and x[differ[0]] == y[differ[1]] and x[differ[1]] == y[differ[0]]
        return len(differ) == 1 or swapped
    short, long = sorted((x, y), key=len)
    return len(long) - len(short) == 1 and any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


def _digits(quantity: Quantity) -> str:
    return "".join(c for c in quantity.figure if c.isdigit())


def same_sort(a: Quantity, b: Quantity) -> bool:
    """True where both are money, both percentages, both years, both clocks, or both measures of one dimension."""
    if a.kind in {"year", "clock"} or b.kind in {"year", "clock"}:
        return a.kind == b.kind
    if is_money(a.unit) and is_money(b.unit):
        return True
    dimension = in_base(ONE, a.unit)[0]
    return bool(a.unit) and (a.unit == b.unit or (bool(dimension) and dimension == in_base(ONE, b.unit)[0]))
