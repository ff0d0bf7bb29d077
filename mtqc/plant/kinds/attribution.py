"""Who said what to whom: speaker and hearer swapped, « à » lost, a second verb of speech."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from functools import cache

from mtqc.model import Category, Severity
from mtqc.plant.model import BOTH, FRENCH, Edit, Kind, Scene
from mtqc.text.french import speech_group, with_to
from mtqc.text.tokens import plain

_TITLE = r"(?:(?:M\.|Mme|Mlle|Dr|Mr\.?|Mrs\.?|Ms\.?)[ ])?"
_NAME = rf"(?:{_TITLE}[A-ZÀ-Þ][\w'-]+(?: (?:[A-ZÀ-Þ][\w'-]+|de|van|von|al))*(?<! de)(?<! van)(?<! von))"


_HEARD = {"à ": "", "au ": "le ", "aux ": "les ", "à la ": "la ", "à l'": "l'"}
_PLURAL_AUXILIARY = {"a ": "ont ", "avait ": "avaient "}


@cache
def _told() -> re.Pattern[str]:
    """Speaker, verb of speech, hearer, each a name or a noun with its article, and what ends the hearer."""
    return re.compile(
        rf"(?<![\w'-])(?P<one>{_NAME}|(?P<article>[Ll]e |[Ll]a |[Ll]'|[Uu]ne? )\w+) (?P<verb>{speech_group(needs_a=True)})"
        rf" (?P<to>à la |à l'|au |aux |à )(?P<other>{_NAME}|(?<=[aà'ux ] )\w+|(?<=')\w+)(?= (?:que |qu'|avoir |être |son |sa |ses |lors |dans )|[,.:;])"
    )


_OPENS = re.compile(r"(?:^[\W_]*|[,;:.!?«“\"–—-] ?[«“\"]?[\u00a0\u202f ]*|\b(?:que|mais|car|puis|quand|lorsque) )\Z")
"""What a speaker stands after, who is not part of a longer phrase."""


_TOLD_BY = re.compile(
    rf"(?<![\w'-])(?P<one>{_NAME})(?P<verb> (?:has |had |later |also )?(?:told|informed|warned|assured) )(?P<other>{_NAME})"
)


def swapped(scene: Scene, _: random.Random) -> Iterator[Edit]:
    """« Altman a dit à Axios » → « Axios a dit à Altman »."""
    if scene.lang == "en":
        for match in _TOLD_BY.finditer(plain(scene.target)):
            yield Edit(*match.span(), match["other"] + match["verb"] + match["one"])
        return
    for match in _told().finditer(plain(scene.target)):
        opens = _OPENS.search(scene.target[: match.start()])
        if opens and not _NO_HEARER.match(match["other"]):
            new = _exchanged(match, scene.target)
            capital = not opens.group().strip('«“" \u00a0\u202f') or opens.group().strip()[-1] in ".!?"
            new = new[:1].upper() + new[1:] if capital else new
            if new:
                yield Edit(*match.span(), new)


def _exchanged(match: re.Match[str], text: str) -> str:
    one, other, verb = (text[slice(*match.span(g))] for g in ("one", "other", "verb"))
    if match["to"] == "à " and not other[0].isupper():
        return ""
    if match["to"] == "aux ":
        auxiliary = next((a for a in _PLURAL_AUXILIARY if verb.startswith(a)), "")
        if not auxiliary:
            return ""
        verb = _PLURAL_AUXILIARY[auxiliary] + verb.removeprefix(auxiliary)
    speaker = _HEARD[match["to"]] + other
    hearer = with_to(one[0].lower() + one[1:] if match["article"] else one)
    return f"{speaker} {verb} {hearer}"


_NO_HEARER = re.compile(
    r"(?:\d|propos|nouveau|issue|avance|plusieurs|haute|demi|voix|huis|barre|partir|tort|raison|présent|début|fin|cours|moins|sujet|terme|lendemain|moment|cas|nom|travers|total|contraire|passage|plus|printemps|mois|occasion|heure|époque|instant|égard|suite|sortie|veille|tour|micro|téléphone)\b"
)
_TO = {"à ": "", "au ": "le ", "aux ": "les ", "à la ": "la ", "à l'": "l'"}


def a_lost(scene: Scene, _: random.Random) -> Iterator[Edit]:
    """« a dit à Axios » → « a dit Axios »: the hearer turns into the speaker."""
    pattern = re.compile(rf"(?<![\w'-]){speech_group(needs_a=True)} (?P<to>à la |à l'|aux? |à )(?P<other>{_NAME}|\w+)")
    for match in pattern.finditer(plain(scene.target)):
        if not _NO_HEARER.match(match["other"]):
            to = scene.target[match.start("to") : match.end("to")]
            new = _TO[plain(to)] if plain(to) != "à l'" else to[2:]
            start = match.start()
            text = scene.target[start : match.start("to")] + new + scene.target[match.end("to") : match.end()]
            yield Edit(start, match.end(), text)


_SECOND = {"fr": ("a affirmé", "a indiqué", "a déclaré", "a expliqué"), "en": ("said", "declared", "explained")}


def doubled(scene: Scene, rng: random.Random) -> Iterator[Edit]:
    """A second finite verb of speech: « a dit a déclaré »."""
    said = speech_group() if scene.lang == "fr" else r"(?P<simple>said|told|declared|explained|added)"
    for match in re.finditer(rf"(?<![\w'-]){said}(?![\w'-])", plain(scene.target)):
        if re.search(r"(?:\b(?:été|être|ce que|de|à|to|be)|[-,»\"]) ?$", plain(scene.target)[: match.start()][-12:]):
            continue
        old = scene.target[match.start() : match.end()]
        new = rng.choice([v for v in _SECOND[scene.lang] if v.split()[-1] not in old])
        yield Edit(match.start(), match.end(), f"{old} {new}")


KINDS = (
    Kind(
        "speaker-swapped",
        Category.MISTRANSLATION,
        Severity.CRITICAL,
        ("ACC4", "ACC2", "ACC6", "FLU10"),
        "Speaker and hearer have changed places.",
        swapped,
        BOTH,
    ),
    Kind(
        "hearer-without-a",
        Category.GARBLED,
        Severity.CRITICAL,
        ("FLU10", "ACC4"),
        "« à » is lost after a verb of speech: the hearer turns into the speaker.",
        a_lost,
        FRENCH,
    ),
    Kind(
        "reporting-verb-doubled",
        Category.GARBLED,
        Severity.MAJOR,
        ("FLU1", "FLU50"),
        "A second finite verb of speech.",
        doubled,
        BOTH,
    ),
)
