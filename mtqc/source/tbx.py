"""TBX, the XML of terminology (ISO 30042): entries with their English and French designations.

Reads version 2 (martif, termEntry, langSet, tig or ntig) and version 3 (tbx, conceptEntry, langSec, termSec), with the
status as `type` of a termNote or as an element of its own. A hostile file cannot make it read another file, ask the
network, or swell: entities are refused, DTDs never loaded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from mtqc.errors import InputError

_ENTRY = frozenset({"termEntry", "conceptEntry"})
_LANGUAGE = frozenset({"langSet", "langSec"})
_GROUP = frozenset({"tig", "ntig", "termSec"})
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_FORBIDDEN = ("deprecated", "superseded", "forbidden", "obsolete")
_MEND = "Export it again as TBX-Basic, UTF-8."


@dataclass(frozen=True, slots=True)
class Designation:
    """One term of an entry. `status`: as in the file, preferredTerm-admn-sts for instance; `lang`: en or fr."""

    lang: str
    term: str
    status: str
    note: str
    origin: str

    @property
    def is_forbidden(self) -> bool:
        """True where the status says not to use it."""
        return self.status.lower().startswith(_FORBIDDEN)

    @property
    def rank(self) -> int:
        """0 preferred, 1 otherwise allowed, 2 forbidden."""
        return 2 if self.is_forbidden else int(not self.status.lower().startswith("preferred"))


def read_tbx(data: bytes, name: str) -> Iterator[tuple[Designation, ...]]:
    """The designations of each entry. Raises InputError on broken XML, entities, or a file that is not TBX."""
    root = _root(data, name)
    entries = [e for e in root.iter() if _tag(e) in _ENTRY]
    if not entries:
        raise InputError(f"{name}: no term entries: is this TBX?", hint=_MEND)
    return (tuple(_designations(entry, name)) for entry in entries)


def _root(data: bytes, name: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError(f"{name}: not well-formed XML ({error}).", hint=_MEND) from error
    dtd: Any = root.getroottree().docinfo.internalDTD
    if dtd is not None and dtd.entities():
        raise InputError(f"{name}: declares XML entities, which mtqc does not read.", hint=_MEND)
    return root


def _tag(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _designations(entry: etree._Element, name: str) -> Iterator[Designation]:
    for section in (e for e in entry.iter() if _tag(e) in _LANGUAGE):
        lang = (section.get(_LANG) or section.get("lang") or "").lower().replace("_", "-").split("-")[0]
        for group in (e for e in section.iter() if _tag(e) in _GROUP):
            term = next((_text(e) for e in group.iter() if _tag(e) == "term"), "")
            yield Designation(lang, term, _status(group), _note(group), f"{name}, line {group.sourceline}")


def _text(element: etree._Element) -> str:
    return " ".join("".join(t for t in element.itertext() if isinstance(t, str)).split())


def _status(group: etree._Element) -> str:
    kinds = {"administrativeStatus", "normativeAuthorization"}
    return next((_text(e) for e in group.iter() if _tag(e) in kinds or e.get("type") in kinds), "")


def _note(group: etree._Element) -> str:
    return next((_text(e) for e in group.iter() if _tag(e) == "note" or e.get("type") == "usageNote"), "")
