"""The sentence pairs for translation tools: TMX 1.4 and XLIFF 1.2, written with translate-toolkit.

The translation is the corrected one. TMX holds pairs that have both sides; XLIFF every sentence of the original.
Characters that XML 1.0 cannot hold become U+FFFD, and a note on the pair says so.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from mtqc import __version__
from mtqc.model import Severity
from mtqc.review.index import Place
from mtqc.review.outcome import Outcome
from mtqc.review.state import Judgement

TMX_NAME = "mtqc-pairs.tmx"
XLIFF_NAME = "mtqc-pairs.xlf"
XLIFF = "urn:oasis:names:tc:xliff:document:1.2"
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class _Pair:
    """A pair of sentences as it is to be written. `state`: XLIFF's, in TMX the property x-state; `id`: `s12`;
    `at`: of its correction, or "".
    """

    id: str
    source: str
    target: str
    state: str
    notes: tuple[str, ...]
    editor: str
    at: str


def tmx(outcome: Outcome) -> bytes:
    """A translation memory of all articles; a pair's `tuid` is its article and sentence."""
    from translate.storage.tmx import tmxfile

    langs = _langs(outcome)
    store: Any = tmxfile(sourcelanguage=langs[0], targetlanguage=langs[1])
    store.addheader()
    header = store.document.getroot().find("header")
    own = {"creationtool": "mtqc", "creationtoolversion": __version__, "o-tmf": "mtqc", "datatype": "plaintext"}
    header.attrib.update(own)
    for name, pairs in _articles(outcome):
        for pair in pairs:
            if pair.source and pair.target:
                _tmx_unit(store, langs, name, pair)
    return _bytes(store)


def _tmx_unit(store: Any, langs: tuple[str, str], name: str, pair: _Pair) -> None:  # noqa: ANN401 -- untyped library
    unit = store.addsourceunit(pair.source)
    unit.settarget(pair.target, langs[1])
    unit.xmlelement.set("tuid", f"{name}:{pair.id}")
    if pair.at:
        unit.xmlelement.set("changedate", re.sub(r"[-:]|\.\d+", "", pair.at[:19]) + "Z")
    if pair.editor:
        unit.xmlelement.set("changeid", _xml(pair.editor))
    unit.setcontext(name)
    prop = etree.Element("prop", type="x-state")
    prop.text = pair.state
    unit._insert_element_before(prop, "tuv")
    for note in pair.notes:
        unit.addnote(note)


def xliff(outcome: Outcome) -> bytes:
    """One <file> an article. A target's `state` says whether somebody must look at it still."""
    from translate.storage.xliff import Xliff1File, Xliff1Unit

    langs = _langs(outcome)

    class Unit(Xliff1Unit):
        namespace = XLIFF

    class Store(Xliff1File):  # type: ignore[type-arg]
        UnitClass = Unit
        namespace = XLIFF
        XMLskeleton = Xliff1File.XMLskeleton.replace("1.1", "1.2")

    store: Any = Store()
    for name, pairs in _articles(outcome):
        store.switchfile(name, createifmissing=True)
        store.body.getparent().attrib.update({"source-language": langs[0], "target-language": langs[1]})
        for pair in pairs:
            if pair.source:
                store.addunit(_xliff_unit(Unit, pair))
    return _bytes(store)


def _xliff_unit(kind: Any, pair: _Pair) -> Any:  # noqa: ANN401 -- untyped library
    unit = kind(pair.source)
    unit._set_local_id(pair.id)
    if pair.target:
        unit.settarget(pair.target)
        unit.getlanguageNode(lang=None, index=1).set("state", pair.state)
    unit.xmlelement.set("approved", "yes" if pair.state == "signed-off" else "no")
    for note in pair.notes:
        unit.addnote(note, origin="mtqc")
    return unit


def _bytes(store: Any) -> bytes:  # noqa: ANN401 -- untyped library
    out = io.BytesIO()
    store.serialize(out)
    return out.getvalue()


def _langs(outcome: Outcome) -> tuple[str, str]:
    pairs = [a.pair for a in outcome.report.articles]
    return (pairs[0].source.lang, pairs[0].target.lang) if pairs else ("en", "fr")


def _articles(outcome: Outcome) -> Iterator[tuple[str, list[_Pair]]]:
    """Each article under a name that no other has, with its pairs."""
    met: Counter[str] = Counter()
    for number, article in enumerate(outcome.report.articles):
        name = _xml(article.pair.id) or "article"
        met[name] += 1
        yield (f"{name} ({met[name]})" if met[name] > 1 else name), list(_pairs(outcome, number))


def _pairs(outcome: Outcome, number: int) -> Iterator[_Pair]:
    article = outcome.report.articles[number].pair.id
    edits = outcome.edits(number)
    for sentence, found in outcome.judged(number):
        bead = sentence.bead
        edit = outcome.state.edits.get((article, sentence.id)) if sentence.id in edits else None
        target = edits.get(sentence.id, bead.target_text)
        notes = [_note(place, judged) for place, judged in found]
        lost = sum(len(_NOT_XML.findall(text)) for text in (bead.source_text, target))
        if lost:
            notes.append(f"{lost} character{'s' * (lost > 1)} that XML cannot hold: U+FFFD stands there.")
        yield _Pair(
            id=sentence.id,
            source=_xml(bead.source_text),
            target=_xml(target),
            state=_state(found, is_edited=edit is not None),
            notes=tuple(_xml(n) for n in notes),
            editor=edit.editor if edit else "",
            at=edit.at if edit else "",
        )


def _state(found: list[tuple[Place, Judgement]], *, is_edited: bool) -> str:
    """Open, or accepted and not mended: to be looked at. Decided on: signed off. Nothing was found: translated."""
    serious = [j for p, j in found if j.status == "accepted" or _severity(p, j) > Severity.NEUTRAL]
    if any(j.status == "open" or (j.status == "accepted" and not is_edited) for j in serious):
        return "needs-review-translation"
    return "signed-off" if found or is_edited else "translated"


def _severity(place: Place, judged: Judgement) -> Severity:
    return Severity[judged.severity.upper()] if judged.severity else place.finding.severity


def _note(place: Place, judged: Judgement) -> str:
    """`critical, ACC201 name-mistranslated: “Musgrave” became … (accepted by Anna: comment)`."""
    finding = place.finding
    who = f" by {judged.editor}" if judged.editor and judged.status != "open" else ""
    said = f": {judged.comment}" if judged.comment else ""
    what = f"{_severity(place, judged).label}, {finding.code} {finding.name}: {finding.message}"
    return f"{what} ({judged.status}{who}{said})"


def _xml(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
