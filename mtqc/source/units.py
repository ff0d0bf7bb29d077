"""Translation units: TMX 1.4 and XLIFF 1.2 and 2.x, read as a stream, one unit in memory at a time.

A unit is a row as in mtqc.source.rows, on the line of the second of its two texts. Inline codes are left
out, the text inside marks that enclose text is kept. A hostile file cannot make it read another file, ask the network,
or swell: entities are refused, DTDs never loaded.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BufferedReader
from pathlib import Path
from typing import Any

from lxml import etree

from mtqc.errors import InputError
from mtqc.source.folders import ENGLISH_TO_FRENCH, Langs
from mtqc.source.packed import begun, watched
from mtqc.source.rows import KNOWN, BadRow, Columns, LeftOut, Origin, Row, Rows, name_of, refuse_columns, usable

_XML = "{http://www.w3.org/XML/1998/namespace}"
_CODES = tuple(f"{{*}}{name}" for name in ("bpt", "ept", "ph", "it", "ut", "x", "bx", "ex", "sc", "ec", "cp", "sub"))
_WRAPPED = re.compile(r"[ \t\r]*\n\s*")
_NAMES = {"en": "English", "fr": "French"}
_EXPORT = "Export it again, as UTF-8 and without entities."


_ENCODING = re.compile(rb"\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")


Units = Callable[[BufferedReader, Path, Langs], Iterator[Row | BadRow]]


def read_tmx(
    path: Path, langs: Langs = ENGLISH_TO_FRENCH, stream: BufferedReader | None = None, columns: Columns = KNOWN
) -> Rows:
    """A TMX file. Of the variants of a unit, the first in each of the two languages counts, whatever its country."""
    return _rows(tmx_units, path, langs, stream, columns)


def read_xliff(
    path: Path, langs: Langs = ENGLISH_TO_FRENCH, stream: BufferedReader | None = None, columns: Columns = KNOWN
) -> Rows:
    """An XLIFF file, 1.2 or 2.x. Each `file` in it is an article; units that say translate="no" are left out."""
    return _rows(xliff_units, path, langs, stream, columns)


def tmx_units(stream: BufferedReader, path: Path, langs: Langs) -> Iterator[Row | BadRow]:
    """The units that have both languages, one at a time. Raises InputError on broken or hostile XML."""
    left_out = LeftOut()
    for event, element in _events(stream, path, "tmx", ("tu",)):
        if event == "end":
            found: dict[str, etree._Element] = {}
            doubled = 0
            for variant in element.iterchildren("{*}tuv"):
                lang, text = _lang(variant.get(f"{_XML}lang") or variant.get("lang")), variant.find("{*}seg")
                if text is not None:
                    doubled += lang in found and lang in langs
                    found.setdefault(lang, text)
            for row in _row(element, "", (found.get(langs[0]), found.get(langs[1])), path, left_out):
                yield replace(row, doubled=doubled) if isinstance(row, Row) and doubled else row
    yield from _untranslated(left_out, path, langs)


def xliff_units(stream: BufferedReader, path: Path, langs: Langs) -> Iterator[Row | BadRow]:
    """The segments with both texts, one at a time. Raises InputError on broken or hostile XML."""
    article, declared = "", ("", "")
    fits, left_out = True, LeftOut()
    for event, element in _events(stream, path, "xliff", ("xliff", "file", "trans-unit", "unit")):
        tag = etree.QName(element).localname
        if event == "start" and tag in {"xliff", "file"}:
            article = name_of(element.get("original") or element.get("id"))
            declared = _declared(element, declared)
            fits = all(d in {"", lang} for d, lang in zip(declared, langs, strict=True))
            if tag == "file" and not fits:
                yield _wrong_way(element, path, declared, langs)
        elif event == "end" and tag in {"trans-unit", "unit"} and fits and not _kept(element):
            for segment in (element,) if tag == "trans-unit" else element.iterchildren("{*}segment"):
                sides = segment.find("{*}source"), segment.find("{*}target")
                yield from _row(segment, article, sides, path, left_out)
    yield from _untranslated(left_out, path, langs)


def _events(
    stream: BufferedReader, path: Path, root: str, tags: tuple[str, ...]
) -> Iterator[tuple[str, etree._Element]]:
    """Starts and ends of these elements; what has been looked at is forgotten."""
    units = {"tu", "trans-unit", "unit"}
    parsed: Any = etree.iterparse(
        stream,
        events=("start", "end"),
        tag=[f"{{*}}{tag}" for tag in {root, *tags}],
        remove_comments=True,
        remove_pis=True,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
    )
    try:
        for number, (event, element) in enumerate(parsed):
            if not number:
                _require(element, path, root)
            yield event, element
            if event == "end" and etree.QName(element).localname in units:
                _forget(element)
    except etree.XMLSyntaxError as error:
        why = " ".join(error.msg.split())
        raise InputError(f"{path} is not well-formed XML: {why}.", hint=_EXPORT) from None
    if etree.QName(parsed.root).localname != root:
        raise InputError(f"{path} is XML, but no {root.upper()} file.", hint="Check its ending, or export it again.")


def _require(element: etree._Element, path: Path, root: str) -> None:
    info: Any = element.getroottree().docinfo
    if info.internalDTD is not None and info.internalDTD.entities():
        raise InputError(f"{path} declares XML entities, which mtqc does not read.", hint=_EXPORT)
    if element.getparent() is not None or etree.QName(element).localname != root:
        raise InputError(f"{path} is XML, but no {root.upper()} file.", hint="Check its ending, or export it again.")


def _forget(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _row(
    unit: etree._Element, article: str, sides: tuple[Any, Any], path: Path, left_out: LeftOut
) -> Iterator[Row | BadRow]:
    """The unit as a row, where it has both texts."""
    line = max(_line(e) for e in (*sides, unit) if e is not None)
    if any(next(side.iter(etree.Entity), None) is not None for side in sides if side is not None):
        error = InputError(f"Line {line} of {path} uses an XML entity, which mtqc does not read.", hint=_EXPORT)
        yield BadRow(line, error)
        return
    texts = [_text(side) for side in sides]
    if all(texts):
        yield usable(path, Row(line, article, texts[0], texts[1]))
    elif any(texts):
        left_out.add(line)


def _line(element: etree._Element) -> int:
    line: Any = element.sourceline
    return int(line or 0)


def _text(side: etree._Element | None) -> str:
    """Without inline codes; where white space need not be preserved, without the file's own line breaks."""
    if side is None:
        return ""
    etree.strip_elements(side, *_CODES, with_tail=False)
    text = "".join(str(part) for part in side.itertext())
    if _nearest(side, f"{_XML}space") == "preserve":
        return text if text.strip() else ""
    return _WRAPPED.sub(" ", text).strip()


def _nearest(element: etree._Element, name: str) -> str:
    """The attribute as the element or the closest one around it has it."""
    return next((v for e in (element, *element.iterancestors()) if (v := e.get(name))), "")


def _kept(unit: etree._Element) -> bool:
    return _nearest(unit, "translate") == "no"


def _lang(tag: str | None) -> str:
    return (tag or "").lower().replace("_", "-").split("-")[0]


def _declared(element: etree._Element, known: tuple[str, str]) -> tuple[str, str]:
    """Languages by the attributes of XLIFF 1.2 (file) or 2 (xliff)."""
    own = _lang(element.get("source-language") or element.get("srcLang"))
    other = _lang(element.get("target-language") or element.get("trgLang"))
    return own or known[0], other or known[1]


def _wrong_way(element: etree._Element, path: Path, declared: tuple[str, str], langs: Langs) -> BadRow:
    line = _line(element)
    own, other = (_NAMES.get(tag, f"“{tag}”") if tag else "an unnamed language" for tag in declared)
    message = f"Line {line} of {path}: this file is from {own} into {other}."
    reverse = f"give --source-lang {langs[1]} --target-lang {langs[0]}"
    hint = f"mtqc was to judge {_NAMES[langs[0]]} into {_NAMES[langs[1]]}"
    hint += f": {reverse}." if declared == langs[::-1] else "; leave this file out."
    return BadRow(line, InputError(message, hint=hint))


def _rows(units: Units, path: Path, langs: Langs, stream: BufferedReader | None, columns: Columns) -> Rows:
    refuse_columns(columns, path)
    own, other = (_NAMES[lang] for lang in langs)
    with begun(path, stream) as data:
        head = data.peek(1)
        if not head:
            raise InputError(f"{path} is empty.", hint="Check that it was saved or exported.")
        return Rows(
            Origin(path, langs, _encoding(head)),
            watched(data, path, units(data, path, langs)),
            f"holds no unit with text in {own} and in {other}",
            "Check that it was exported with its translations.",
        )


def _untranslated(left_out: LeftOut, path: Path, langs: Langs) -> Iterator[BadRow]:
    """One entry for all units that lack one of the two texts, where there are any."""
    if count := left_out.count:
        own, other = (_NAMES[lang] for lang in langs)
        which = f"{count} units of {path} lack" if count > 1 else f"A unit of {path} lacks"
        message = f"{which} the {own} or the {other} text, the first on line {left_out.first}."
        error = InputError(message, hint="Translate what is missing, or take it out; the other units are judged.")
        yield BadRow(left_out.first, error)


def _encoding(head: bytes) -> str:
    """By the byte order mark, or as the file declares it."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    declared = _ENCODING.match(head.removeprefix(codecs.BOM_UTF8))
    return declared[1].decode().lower() if declared else "utf-8"
