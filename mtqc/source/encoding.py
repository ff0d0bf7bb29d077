"""From bytes to text, never to mojibake in silence.

UTF-8 with or without a byte order mark, and UTF-16 or UTF-32 with one, are read as such. The mark is a signature of the
encoding, not text: it is left out, and offsets count from the character after it. Nothing else is changed: line ends,
no-break spaces, zero-width characters and decomposed letters stay.

Anything else is tried in the encodings that Western European texts come in (charset-normalizer), accepted only where
the accented characters are those of French and English text, and named in a warning. Measured on newstest2013 and
NTREX paragraphs re-encoded in four encodings (tests/measure/encoding.py, reports/encoding.md).
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import NoReturn

from mtqc.errors import InputError

SAVE_AS_UTF8 = "Save it as UTF-8 and try again."
LEGACY = ("cp1252", "iso8859_15", "mac_roman", "cp850")
"""What Windows, Unix, old Mac OS and DOS wrote French in. Without this restriction charset-normalizer names a wrong
encoding for up to half of single sentences."""
MIN_PLAUSIBILITY = 0.6
MIN_CHARACTERS = 5
MAX_CONTROL_SHARE = 0.01

_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
)
MARKED = codecs.BOM_UTF8
"""The byte order mark of UTF-8."""
_FORMATS = (
    (re.compile(rb"%PDF-"), "a PDF file"),
    (re.compile(rb"PK\x03\x04"), "a Word, OpenDocument or zip file"),
    (re.compile(rb"\xd0\xcf\x11\xe0"), "an old Word file"),
    (re.compile(rb"\{\\rtf"), "an RTF file"),
    (re.compile(rb"\x1f\x8b"), "a gzip file"),
)
_PAGE = re.compile(rb"\s*(?:<!doctype html|<html)", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
_USUAL = frozenset("àâçéèêëîïôœùûÀÇÉÈÊÎ«»“”‘’…–—€£°\u00a0")
_LESS_USUAL = frozenset("äöüæÿáíóúñãåøßÂÄÆËÏÔÖŒÙÛÜŸÅØÁÓ©®×·½²§•\u00ad")
_MISPLACED = re.compile(r"(?<=[^\W\d_])[…–‘“”«»€£°](?=[^\W\d_])")
_GARBLED = re.compile(r"[\u00c2\u00c3][\u0080-\u00bf\u0152-\u0178\u2013-\u2122]|\u00e2[\u0080-\u00bf\u0152-\u2122]{2}")
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was in (Python's name), and what a person should know."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes, name: str) -> Decoded:
    """The text of a file; `name` stands in messages.

    Raises InputError where it is binary, damaged, a web page, or in an encoding that cannot be told with confidence.
    """
    _refuse_pages(data, name)
    return decode_any(data, name)


def decode_any(data: bytes, name: str) -> Decoded:
    """As `decode`, but a web page is text too."""
    _refuse_formats(data, name)
    decoded = _decode(data, name)
    _refuse_binary(decoded.text, name)
    return Decoded(decoded.text, decoded.encoding, decoded.warnings + damage(decoded.text, name))


def decode_head(data: bytes, name: str) -> Decoded:
    """As `decode`, of the beginning of a long file, which may be cut inside a character.

    Where it is UTF-8 but damaged, the bad bytes stay as lone surrogates. What its text lost before is not told.
    """
    _refuse_pages(data, name)
    _refuse_formats(data, name)
    decoded = _decode_head(data, name)
    _refuse_binary(decoded.text, name)
    return decoded


def encode_like(text: str, data: bytes, encoding: str, errors: str = "strict") -> bytes:
    """The text in the encoding of the file that held `data` (as `decode` named it), with its byte order mark.

    Raises UnicodeEncodeError where that encoding lacks a character.
    """
    mark, codec = _marked(data, encoding)
    return mark + text.encode(codec, errors)


def decode_again(data: bytes, encoding: str) -> str:
    """The text of a file whose encoding is known, without its byte order mark. Raises UnicodeDecodeError."""
    mark, codec = _marked(data, encoding)
    return data[len(mark) :].decode(codec)


def _marked(data: bytes, encoding: str) -> tuple[bytes, str]:
    return next(((mark, codec) for mark, codec, _ in _MARKS if data.startswith(mark)), (b"", encoding))


def _refuse_pages(data: bytes, name: str) -> None:
    if _PAGE.match(data):
        hint = "Let its name end in .html, or save its text as UTF-8."
        raise InputError(f"{name} is a web page, not plain text.", hint=hint)


def _refuse_formats(data: bytes, name: str) -> None:
    for pattern, what in _FORMATS:
        if pattern.match(data):
            raise InputError(f"{name} is {what}, not plain text.", hint="Save its text as UTF-8 and try again.")


def _decode_head(data: bytes, name: str) -> Decoded:
    for mark, codec, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return Decoded(codecs.getincrementaldecoder(codec)().decode(data[len(mark) :]), encoding)
            except UnicodeDecodeError:
                return Decoded(_strict(data[len(mark) :], codec, len(mark), name), encoding)
    if b"\0" in data:
        _raise_binary(name, f"a NUL byte at {data.index(0)}")
    text = data.decode("utf-8", "surrogateescape")
    return Decoded(text, "utf-8") if _mostly_utf8(data) else _legacy(data, name)


def _decode(data: bytes, name: str) -> Decoded:
    for mark, codec, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(_strict(data[len(mark) :], codec, len(mark), name), encoding)
    if b"\0" in data:
        _raise_binary(name, f"a NUL byte at {data.index(0)}")
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        _refuse_damaged_utf8(data, error.start, name)
    return _legacy(data, name)


def _strict(data: bytes, codec: str, offset: int, name: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        message = f"{name} begins as {codec.upper()}, but byte {error.start + offset} cannot be decoded."
        raise InputError(message, hint="The file is damaged: save it as UTF-8 again.") from None


def _refuse_damaged_utf8(data: bytes, position: int, name: str) -> None:
    """InputError where most characters beyond ASCII are well-formed UTF-8: any other encoding would garble those."""
    if _mostly_utf8(data):
        line = data.count(b"\n", 0, position) + 1
        message = f"{name} is UTF-8, but damaged in line {line} (byte {position}: 0x{data[position]:02x})."
        raise InputError(message, hint="Mend that character and save the file as UTF-8.")


def _mostly_utf8(data: bytes) -> bool:
    """True where more characters beyond ASCII are well-formed UTF-8 than are not, or there are none."""
    well_formed = data.decode("utf-8", "ignore")
    bad = data.decode("utf-8", "replace").count("\ufffd") - well_formed.count("\ufffd")
    return not bad or sum(ord(c) > 0x7F for c in well_formed) > bad


def _legacy(data: bytes, name: str) -> Decoded:
    from charset_normalizer import from_bytes

    scored = [(_plausibility(str(m), m.encoding), m) for m in from_bytes(data, cp_isolation=list(LEGACY))]
    score, best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    if best is not None and score >= MIN_PLAUSIBILITY:
        warning = f"{name} is not UTF-8 but was read as {best.encoding}; save it as UTF-8 to be sure of its accents."
        return Decoded(str(best), best.encoding, (warning,))
    raise InputError(f"{name} is not UTF-8, and its encoding cannot be told with confidence.", hint=SAVE_AS_UTF8)


def _plausibility(text: str, encoding: str) -> float:
    """How much the characters beyond ASCII look like those of French and English text; from a few, only Windows' own.

    1 where all are usual, 0.5 where all are of the rarer ones; the two encodings still in use are preferred by 0.1.
    """
    beyond = [c for c in text if c > "\x7f"]
    in_use = encoding in LEGACY[:2]
    if not beyond or (len(beyond) < MIN_CHARACTERS and not in_use):
        return 0.0
    score = sum((c in _USUAL) + (c in _LESS_USUAL) / 2 for c in beyond) - len(_MISPLACED.findall(text))
    return score / len(beyond) + 0.1 * in_use


def _refuse_binary(text: str, name: str) -> None:
    found = _CONTROL.findall(text)
    if "\0" in found:
        _raise_binary(name, f"a NUL character at {text.index(chr(0))}")
    if len(found) > MAX_CONTROL_SHARE * len(text):
        _raise_binary(name, f"{len(found)} control characters in {len(text)}")


def _raise_binary(name: str, why: str) -> NoReturn:
    hint = "mtqc reads plain text: UTF-8, or UTF-16 with a byte order mark."
    raise InputError(f"{name} is not a text file: it holds {why}.", hint=hint)


def damage(text: str, name: str) -> tuple[str, ...]:
    """Warnings: characters that were lost or garbled before the text came here."""
    warnings = []
    garbled = [(m.group(), meant) for m in _GARBLED.finditer(text) if (meant := _meant(m.group()))]
    if garbled:
        shown = ", ".join(f"“{bad}” for “{meant}”" for bad, meant in dict(garbled[: 10 * _SHOWN]).items())
        places = f"{len(garbled)} place{'s' * (len(garbled) > 1)}"
        warnings.append(f"{name} was garbled before it was saved, in {places}: {shown}; export it again as UTF-8.")
    if lost := text.count("\ufffd"):
        warnings.append(f"{name} has lost {lost} character{'s' * (lost > 1)} (U+FFFD); export it again as UTF-8.")
    return tuple(warnings)


def _meant(garbled: str) -> str:
    """The character whose UTF-8 bytes were read as Windows-1252, "" where these are not such."""
    data = b"".join(c.encode("cp1252", "ignore") or (c.encode("latin-1", "ignore")) for c in garbled)
    try:
        return data.decode("utf-8") if len(data) == len(garbled) else ""
    except UnicodeDecodeError:
        return ""
