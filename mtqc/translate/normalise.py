"""What every text goes through before a model sees it: the same as in training, with the way back to the original.

NFC, one ordinary space for every kind of space or line end, no zero-width characters, no soft hyphens; half a
surrogate pair, which is no character, becomes U+FFFD.
Apostrophes and quotation marks stay as they are: the models saw both kinds.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

NAME = "NFC, plain spaces, no zero-width characters"
_ZERO_WIDTH = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_CHANGED: dict[int, int | None] = {
    **dict.fromkeys(map(ord, _ZERO_WIDTH)),
    **dict.fromkeys(range(0xD800, 0xE000), 0xFFFD),
}
_CLUSTER = re.compile(rf"[{_ZERO_WIDTH}]|\s+|[^\s{_ZERO_WIDTH}]")
_SPACE = re.compile(r"\s")
_USUAL = re.compile(r"[\u0000-\u00ac\u00ae-\u02ff\u2010-\u2026\u202f\u20ac]*+")
_SPACED = re.compile(r"\A\s|\s\s|\s\Z")
"""Texts in which only kinds of space have to be changed match the first and hold none of the second: nearly all."""


@dataclass(frozen=True, slots=True)
class Normal:
    """Normalised `text`. Character i of it came from [starts[i], ends[i]) of the original."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original that [start, end) of the normalised text came from; raises IndexError."""
        return self.starts[start], self.ends[end - 1]


def normalise(text: str) -> Normal:
    """The text as the models want it, without white space at either end, and where each character came from."""
    if _USUAL.fullmatch(text) and not _SPACED.search(text):
        return Normal(_SPACE.sub(" ", text), tuple(range(len(text))), tuple(range(1, len(text) + 1)))
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end in _clusters(text):
        cluster = text[start:end].translate(_CHANGED)
        made = " " if cluster.isspace() else unicodedata.normalize("NFC", cluster)
        if made == " " and (not out or out[-1] == " "):
            continue
        out += made
        starts += [start] * len(made)
        ends += [end] * len(made)
    if out and out[-1] == " ":
        del out[-1], starts[-1], ends[-1]
    return Normal("".join(out), tuple(starts), tuple(ends))


def _clusters(text: str) -> list[tuple[int, int]]:
    """[start, end) of each run of white space and each character with its combining marks; zero-width ones left out."""
    found: list[tuple[int, int]] = []
    for match in _CLUSTER.finditer(text):
        start, end = match.span()
        if match.group() in _ZERO_WIDTH:
            continue
        if found and unicodedata.combining(match.group()[0]):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found
