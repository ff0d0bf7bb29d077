"""Figures: a digit, the magnitude word, the percent sign, one end of a range, an ordinal, the unit, the currency."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from types import MappingProxyType
from typing import cast

from mtqc.model import Category, Severity
from mtqc.plant.model import BOTH, FRENCH, Edit, Kind, Scene
from mtqc.plant.words import fits, found, has, like
from mtqc.text.numbers import Lang, Quantity, quantities
from mtqc.text.numbers.compare import compare

_SAID_TWICE = re.compile(r"[\d.,: \u00a0\u202f]+")


def matched(scene: Scene) -> list[tuple[Quantity, Quantity]]:
    """Quantities of the original and the translation that say the same and are said once on either side."""
    source, target = _both(scene, scene.target)
    same = [(source[i], target[j]) for i, j in compare(source, target).same]
    return [(a, b) for a, b in same if _once(a, source) and _once(b, target)]


def _both(scene: Scene, target: str) -> tuple[tuple[Quantity, ...], tuple[Quantity, ...]]:
    return quantities(scene.source, _lang(scene.source_lang)), quantities(target, _lang(scene.lang))


def _lang(lang: str) -> Lang:
    return cast("Lang", lang)


def _once(one: Quantity, every: tuple[Quantity, ...]) -> bool:
    return sum(not set(one.values).isdisjoint(q.values) for q in every) == 1


def contradicts(scene: Scene, edit: Edit, quantity: Quantity) -> bool:
    """True where, after the edit, the original's quantity has no counterpart left."""
    new = scene.target[: edit.start] + edit.text + scene.target[edit.end :]
    source, target = _both(scene, new)
    return any(source[i].start == quantity.start for i in compare(source, target).missing)


def _digits_of(quantity: Quantity) -> list[int]:
    return [quantity.start + m.start() for m in re.finditer(r"\d", quantity.text)]


def digit(scene: Scene, rng: random.Random) -> Iterator[Edit]:
    """One digit of a figure is another."""
    for one, other in matched(scene):
        if not other.is_exact or other.kind != "number":
            continue
        places = _digits_of(other)
        at = rng.choice(places)
        first = at == places[0]
        old = scene.target[at]
        new = rng.choice([d for d in ("123456789" if first else "0123456789") if d != old])
        text = scene.target[other.start : at] + new + scene.target[at + 1 : other.end]
        edit = Edit(other.start, other.end, text, source=one.text)
        if contradicts(scene, edit, one):
            yield edit


_MAGNITUDES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "fr": {"million": "milliard", "millions": "milliards", "milliard": "million", "milliards": "millions"},
        "en": {"million": "billion", "billion": "million", "thousand": "million", "trillion": "billion"},
    }
)


def magnitude(scene: Scene, _: random.Random) -> Iterator[Edit]:
    """Millions for milliards, or the other way round."""
    table = _MAGNITUDES[scene.lang]
    for one, other in matched(scene):
        for match in found("|".join(table), other.text):
            start = other.start + match.start()
            edit = Edit(start, start + len(match.group()), like(match.group(), table[match.group().lower()]))
            if contradicts(scene, edit, one):
                yield Edit(edit.start, edit.end, edit.text, source=one.text)


_PERCENT = re.compile(r"[ \u00a0\u202f]?(?:%|pour[ -]cents?|per ?cent|percent)", re.IGNORECASE)


def percent(scene: Scene, _: random.Random) -> Iterator[Edit]:
    """The percent sign, or its word, is lost."""
    for one, other in matched(scene):
        sign = _PERCENT.search(other.text)
        goes_on = re.match(r" ?(?:à|et|ou|to|and|or|-|–) ?\d", scene.target[other.end :])
        if one.unit == other.unit == "%" and sign and other.digits and sign.start() and not goes_on:
            yield Edit(other.start, other.start + sign.end(), other.text[: sign.start()], source=one.text)


_GAP = {"fr": re.compile(r" (?:à|et) |[-–]"), "en": re.compile(r" (?:to|and) |[-–]")}
_LEAD = {
    "fr": re.compile(r"(?:\bde|\bentre|\bd['’]) ?$", re.IGNORECASE),
    "en": re.compile(r"\b(?:from|between) $", re.I),
}


def broken_range(scene: Scene, _: random.Random) -> Iterator[Edit]:
    """Of a range one end is left, or the ends have changed places."""
    same = matched(scene)
    for (a, x), (b, y) in pairwise(same):
        gap = scene.target[x.end : y.start]
        between = scene.source[a.end : b.start]
        if not (_GAP[scene.lang].fullmatch(gap) and _GAP[scene.source_lang].fullmatch(between)):
            continue
        if not (x.digits and y.digits and x.kind == y.kind == "number" and x.value < y.value):
            continue
        lead = _LEAD[scene.lang].search(scene.target[: x.start])
        joined = gap in {"-", "–"}
        if not (joined or lead) or re.match(r"[-–]\d", scene.target[y.end :]):
            continue
        source = scene.source[a.start : b.end]
        yield Edit(lead.start() if lead else x.start, y.end, y.text, source=source, note="one end of the range is lost")
        if x.text.isdigit() and lead:
            rest = y.text.removeprefix(y.figure)
            if y.text == y.figure + rest:
                swapped = f"{y.figure}{gap}{x.text}{rest}"
                yield Edit(x.start, y.end, swapped, source=source, note="the ends of the range have changed places")


_ORDINALS = {
    "fr": ("deuxième", "troisième", "quatrième", "cinquième", "sixième", "septième", "huitième", "neuvième", "dixième"),
    "en": ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),
}


def ordinal(scene: Scene, rng: random.Random) -> Iterator[Edit]:
    """« troisième » for « deuxième »; the figure of an ordinal changed."""
    own, other = _ORDINALS[scene.lang], _ORDINALS[scene.source_lang]
    for number, name in enumerate(own):
        place = next(found(name, scene.target), None)
        digits = f"{number + 2}(?:st|nd|rd|th|e|ème)"
        if place is None or not has(f"{other[number]}|{digits}", scene.source):
            continue
        new = rng.choice(
            [o for i, o in enumerate(own) if abs(i - number) in {1, 2} and not has(other[i], scene.source)]
        )
        yield Edit(place.start(), place.end(), like(place.group(), new), source=other[number])
    for one, same in matched(scene):
        if same.kind == "ordinal" and same.digits and same.value > 2:
            new = str(int(same.value) + rng.choice([1, 2, 3]))
            edit = Edit(same.start, same.end, same.text.replace(same.figure, new, 1), source=one.text)
            if contradicts(scene, edit, one):
                yield edit


_UNITS: Mapping[str, tuple[tuple[str, str, str, str], ...]] = MappingProxyType(
    {
        "fr": (
            ("kilomètres?", "mètres", "kilomet\\w+|km", "met(?:er|re)s?"),
            ("km", "m", "kilomet\\w+|km", "met(?:er|re)s?|m"),
            ("mètres?", "kilomètres", "met(?:er|re)s?|m", "kilomet\\w+|km"),
            ("centimètres?", "mètres", "centimet\\w+|cm", "met(?:er|re)s?"),
            ("kilos?|kilogrammes?", "tonnes", "kilos?|kilogram\\w*|kg", "tons?|tonnes?"),
            ("kg", "g", "kilos?|kilogram\\w*|kg", "grams?|g"),
            ("tonnes?", "kilos", "tons?|tonnes?", "kilos?|kilogram\\w*|kg"),
            ("minutes?", "heures", "minutes?", "hours?"),
            ("heures?", "minutes", "hours?", "minutes?"),
            ("jours?", "semaines", "days?", "weeks?"),
            ("semaines?", "mois", "weeks?", "months?"),
            ("mois", "ans", "months?", "years?"),
            ("ans?", "mois", "years?|-year-olds?|years?-old|aged?", "months?"),
            ("années?", "semaines", "years?", "weeks?"),
            ("miles?", "mètres", "miles?", "met(?:er|re)s?"),
            ("hectares?", "mètres carrés", "hectares?", "square met\\w+"),
            ("litres?", "hectolitres", "lit(?:er|re)s?", "hectolit\\w+"),
        ),
        "en": (
            ("kilomet(?:re|er)s?", "metres", "kilomètres?|km", "mètres?"),
            ("met(?:re|er)s?", "kilometres", "mètres?|m", "kilomètres?|km"),
            ("kilos?|kilograms?", "tonnes", "kilos?|kg|kilogrammes?", "tonnes?"),
            ("tons?|tonnes?", "kilos", "tonnes?", "kilos?|kg"),
            ("minutes?", "hours", "minutes?", "heures?"),
            ("hours?", "minutes", "heures?", "minutes?"),
            ("days?", "weeks", "jours?|journées?", "semaines?"),
            ("weeks?", "months", "semaines?", "mois"),
            ("months?", "years", "mois", "ans?|années?"),
            ("years?", "months", "ans?|années?", "mois"),
        ),
    }
)
"""Unit, what stands for it, the original's words for the one and for the other."""


def unit(scene: Scene, _: random.Random) -> Iterator[Edit]:
    """Another unit after the same figure."""
    for own, new, original, other in _UNITS[scene.lang]:
        if not has(rf"(?:\d+[ -]?)?(?:{original})|\d+-(?:{original})(?:-old)?", scene.source) or has(
            other, scene.source
        ):
            continue
        for match in found(rf"[\d.,]*\d[ -]?(?P<unit>{own})", scene.target):
            plural = not re.match(r"1\D", match.group())
            text = new if plural or new.endswith(("mois", "m", "g")) else new.removesuffix("s")
            yield Edit(match.start("unit"), match.end("unit"), text, source=_first(original, scene.source))


def _first(pattern: str, text: str) -> str:
    return next((m.group() for m in re.finditer(rf"\b(?:{pattern})\b", text, re.IGNORECASE)), "")


_SIGNS = {"$": "dollar|buck|USD", "€": "euro|EUR", "£": "pound|livre|sterling|GBP"}
_CURRENCY: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "fr": {
            "dollar": "euro",
            "euro": "dollar",
            "livre": "dollar",
            "yen": "dollar",
            "yuan": "euro",
            "roupie": "euro",
        },
        "en": {"dollar": "euro", "euro": "dollar", "pound": "dollar", "yen": "dollar", "yuan": "euro", "rupee": "euro"},
    }
)
_FULL_NAME = r"(?: (?:sterling|américain|canadien|australien|de Hong Kong|US)s?)?"


def currency(scene: Scene, _: random.Random) -> Iterator[Edit]:
    """Euros for dollars, dollars for euros or pounds."""
    text = scene.target
    for name, other in _CURRENCY[scene.lang].items():
        pattern = rf"(?P<of>d['’]|de )?(?P<name>{name}s?){_FULL_NAME}"
        for match in re.finditer(rf"(?<![\w-])(?:{pattern})(?![\w-])", text):
            if _says(scene.source, name) and not _says(scene.source, other):
                new = other + ("s" if match["name"].endswith("s") else "")
                of = ("d’" if new[0] in "aeiou" else "de ") if match["of"] else ""
                if match["of"] or fits(text, match.start(), match["name"], new):
                    yield Edit(match.start(), match.end(), of + new, (len(of), len(of) + len(new)))
    for match in re.finditer(r"[$€£]", text):
        new = "$" if match.group() == "€" else "€"
        own = _SIGNS[match.group()].split("|")[0]
        if _says(scene.source, own) and not _says(scene.source, _SIGNS[new].split("|")[0]):
            yield Edit(match.start(), match.end(), new)


def _says(text: str, name: str) -> bool:
    names = {"livre": "pound", "roupie": "rupee", "rupee": "roupie"}
    signs = {"dollar": r"\$", "euro": "€", "livre": "£", "pound": "£", "yen": "¥", "yuan": "¥"}
    wanted = "|".join({name, names.get(name, name), "livre" if name == "pound" else name})
    sign = signs.get(name)
    return has(rf"(?:{wanted})s?", text) or bool(sign and re.search(sign, text))


def point(scene: Scene, _: random.Random) -> Iterator[Edit]:
    """A decimal point in place of the comma, as English writes it."""
    for match in re.finditer(r"(?<![\d.,])\d{1,3},\d{1,2}(?![\d,])", scene.target):
        yield Edit(match.start(), match.end(), match.group().replace(",", "."))


def thousands(scene: Scene, _: random.Random) -> Iterator[Edit]:
    """A comma between groups of three digits, as English writes them."""
    for match in re.finditer(r"(?<![\d.,])\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?![\d,])", scene.target):
        yield Edit(match.start(), match.end(), _SAID_TWICE.sub(lambda m: re.sub(r"\s", ",", m.group()), match.group()))


KINDS = (
    Kind("figure-digit", Category.NUMBER, Severity.CRITICAL, ("ACC3",), "A digit of a figure is another.", digit, BOTH),
    Kind(
        "figure-magnitude",
        Category.NUMBER,
        Severity.CRITICAL,
        ("ACC3",),
        "A figure a thousand times too large or too small.",
        magnitude,
        BOTH,
    ),
    Kind("percent-lost", Category.NUMBER, Severity.MAJOR, ("ACC3",), "The percent sign is lost.", percent, BOTH),
    Kind(
        "range-broken",
        Category.NUMBER,
        Severity.MAJOR,
        ("ACC3",),
        "A range lost one end, or its ends changed places.",
        broken_range,
        BOTH,
    ),
    Kind("ordinal-changed", Category.NUMBER, Severity.MAJOR, ("ACC3",), "Another ordinal.", ordinal, BOTH),
    Kind("unit-changed", Category.NUMBER, Severity.CRITICAL, ("ACC3",), "Another unit after the figure.", unit, BOTH),
    Kind("currency-changed", Category.NUMBER, Severity.CRITICAL, ("ACC3",), "Another currency.", currency, BOTH),
    Kind(
        "decimal-point",
        Category.NUMBER_FORMAT,
        Severity.MINOR,
        ("LOC10", "ACC3"),
        "A decimal point in place of the comma.",
        point,
        FRENCH,
    ),
    Kind(
        "thousands-comma",
        Category.NUMBER_FORMAT,
        Severity.MINOR,
        ("LOC10", "ACC3"),
        "A comma between groups of three digits.",
        thousands,
        FRENCH,
    ),
)
