"""Names of the files that a run folder holds: safe on every system, whatever the articles are called."""

from __future__ import annotations

import re
import unicodedata

FOLDER = "articles"
_LONGEST = 60
_APART = re.compile(r"[^A-Za-z0-9_]+")
# What taking off the accents leaves as it is.
_SPELLED = str.maketrans(
    {"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L"}
)


def page_name(number: int, id: str) -> str:
    """The article's page, from the run folder: `articles/election-day-12.html`, of no other article of the run.

    The number, which counts from 0, is told from 1.
    """
    return f"{FOLDER}/{slug(id)}-{number + 1}.html"


def number_of(name: str) -> int:
    """The number of the article whose page has this name; -1 of a name that no page has."""
    found = re.search(r"-([0-9]{1,18})\.html$", name, re.ASCII)
    return int(found[1]) - 1 if found else -1


def slug(text: str) -> str:
    """What can be read of the text in ASCII letters, digits and hyphens, at most 60; `article` where nothing can."""
    plain = unicodedata.normalize("NFKD", text.translate(_SPELLED)).encode("ascii", "ignore").decode()
    return _APART.sub("-", plain)[:_LONGEST].strip("-") or "article"
