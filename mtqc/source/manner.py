"""How input is read: whole or as a stream, which columns, and which names are taken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from mtqc.source.articles import Last, Read, consecutive, judged, whole
from mtqc.source.folders import ENGLISH_TO_FRENCH, Langs
from mtqc.source.names import Names
from mtqc.source.rows import KNOWN, Columns, Rows, table


@dataclass(frozen=True, slots=True)
class Manner:
    """How to read. `streams`: articles as they come, in constant memory; else each file of pairs whole, so that rows of
    an article may stand apart, and rows that name none are one article.

    `names`: those given out so far. `last` is done to each article last.
    """

    langs: Langs = ENGLISH_TO_FRENCH
    columns: Columns = KNOWN
    streams: bool = False
    names: Names = field(default_factory=Names)
    last: Last = judged


def from_rows(rows: Rows, manner: Manner, within: str = "") -> Iterator[Read]:
    """The articles of a file of rows. `within`: its name in an archive. Raises InputError where there is none."""
    if manner.streams:
        return consecutive(rows, manner.names, within, manner.last)
    return (own(found, manner.names, within) for found in whole(table(rows), manner.last))


def own(found: Read, names: Names, within: str = "") -> Read:
    """The entry with an id that none before it has."""
    wanted = found[0] if isinstance(found, tuple) else found.id
    given = names.own(wanted, *([f"{within}:{wanted}"] if within else []))
    if given == wanted:
        return found
    return (given, found[1]) if isinstance(found, tuple) else replace(found, id=given)
