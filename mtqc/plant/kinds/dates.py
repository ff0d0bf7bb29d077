"""Dates and times of day: another month, weekday, year, hour."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from functools import cache

from babel import Locale

from mtqc.model import Category, Severity
from mtqc.plant.kinds.figures import contradicts, matched
from mtqc.plant.model import BOTH, Edit, Kind, Scene
from mtqc.plant.words import fits, found, has, like


@cache
def _names(unit: str, lang: str) -> dict[int, str]:
    """Months 1 to 12, or days 0 (Monday) to 6, as CLDR has them."""
    calendar = getattr(Locale(lang), unit)["format"]["wide"]
    return {int(i): str(name) for i, name in calendar.items()}


def _abbreviated(unit: str, lang: str, number: int) -> str:
    """Pattern of the name and its short forms; “May” and “March” only with their capital."""
    name = _names(unit, lang)[number]
    return rf"{name}s?|{name[:3]}\.?|{name[:4]}\.?" if lang == "en" and unit == "months" else rf"{name}s?"


def _changed(scene: Scene, rng: random.Random, unit: str) -> Iterator[Edit]:
    own = _names(unit, scene.lang)
    for number, name in own.items():
        if not _named(scene.source, unit, scene.source_lang, number):
            continue
        free = [n for n in own if n != number and not _named(scene.source, unit, scene.source_lang, n)]
        for match in found(name, scene.target):
            new = like(match.group(), own[rng.choice(free)])
            if _is_date(scene, match, unit) and fits(scene.target, match.start(), match.group(), new):
                yield Edit(match.start(), match.end(), new, source=_names(unit, scene.source_lang)[number])


def _named(text: str, unit: str, lang: str, number: int) -> bool:
    pattern = _abbreviated(unit, lang, number)
    return re.search(rf"(?<![\w-])(?:{pattern})(?!\w)", text, 0 if lang == "en" else re.IGNORECASE) is not None


def _is_date(scene: Scene, match: re.Match[str], unit: str) -> bool:
    """« mars » is a planet and a verb, “May” a verb and a name: they count after a day or before a year."""
    if unit == "days" or match.group().lower() not in {"mars", "may", "march"}:
        return True
    before, after = scene.target[: match.start()], scene.target[match.end() :]
    return bool(
        re.search(r"(?:\d|1er|\b[Ee]n|\bIn) $", before.replace("\u00a0", " ")) or re.match(r"[ \u00a0]\d", after)
    )


def month(scene: Scene, rng: random.Random) -> Iterator[Edit]:
    """Another month."""
    yield from _changed(scene, rng, "months")


def weekday(scene: Scene, rng: random.Random) -> Iterator[Edit]:
    """Another day of the week."""
    yield from _changed(scene, rng, "days")


def year(scene: Scene, rng: random.Random) -> Iterator[Edit]:
    """Another year."""
    for match in re.finditer(r"(?<![\w.,-])(?:1[89]|20)\d\d(?![\w%-]|[.,]\d|[ \u00a0\u202f]\d{3})", scene.target):
        old = match.group()
        pattern = rf"(?<![\d.,]){old}(?![\d%]|,\d)"
        if len(re.findall(pattern, scene.source)) != 1 or scene.target.count(old) != 1:
            continue
        if re.search(rf"[$£€] ?{old}|{old} (?:people|persons|personnes|euros|dollars)", scene.source + scene.target):
            continue
        decade = scene.target[: match.start()].rstrip(" \u00a0\u202f").endswith("années")
        new = str(int(old) + rng.choice([-20, -10, 10, 20] if decade else [-10, -3, -2, -1, 1, 2, 3, 10]))
        if new not in scene.source:
            yield Edit(match.start(), match.end(), new, source=old)


def clock(scene: Scene, rng: random.Random) -> Iterator[Edit]:
    """Another hour."""
    for one, other in matched(scene):
        hours = re.match(r"\d{1,2}", other.text)
        if one.kind != "clock" or other.kind != "clock" or hours is None:
            continue
        hour = int(hours.group()) + rng.choice([-3, -2, -1, 1, 2, 3])
        if 0 < hour < 24 and abs(hour - int(hours.group())) != 12:
            edit = Edit(other.start, other.end, f"{hour}{other.text[hours.end() :]}", source=one.text)
            if contradicts(scene, edit, one) and not has("midnight|noon|minuit|midi", scene.source):
                yield edit


KINDS = (
    Kind("month-changed", Category.NUMBER, Severity.CRITICAL, ("ACC3",), "Another month.", month, BOTH),
    Kind("weekday-changed", Category.NUMBER, Severity.CRITICAL, ("ACC3",), "Another day of the week.", weekday, BOTH),
    Kind("year-changed", Category.NUMBER, Severity.CRITICAL, ("ACC3",), "Another year.", year, BOTH),
    Kind("time-changed", Category.NUMBER, Severity.CRITICAL, ("ACC3",), "Another time of day.", clock, BOTH),
)
