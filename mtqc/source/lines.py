"""The lines of a long text file, one at a time, and what its beginning tells of it."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import BufferedReader

from mtqc.errors import InputError
from mtqc.source.documents import MAX_BYTES, require_text
from mtqc.source.encoding import MARKED, Decoded, decode_head
from mtqc.source.packed import HEAD

MAX_ROW = 2 * MAX_BYTES
"""Characters of one line: both sides of a whole article at most."""

_OLDER = frozenset({"iso8859-1", "iso8859-15", "cp1252", "mac-roman", "cp850"})


@dataclass(frozen=True, slots=True)
class Text:
    """A text file that is being read.

    `lines` have their ends (LF, CRLF or CR). Bytes that cannot be decoded are lone surrogates in them, and a line of
    `MAX_ROW` characters was longer and is cut. `head`: its first lines; `whole`: these are all.
    """

    encoding: str
    warnings: tuple[str, ...]
    head: str
    whole: bool
    lines: Iterator[str]


def read_lines(stream: BufferedReader, name: str, declared: str = "") -> Text:
    """The text of a stream of mtqc.source.packed that nothing has been read of; `name` stands in messages.

    `declared`: the encoding that the file itself names; one that is not known counts for nothing.

    Raises InputError where it is no text, or in an encoding that cannot be told with confidence.
    """
    data = stream.peek(HEAD)
    whole = len(data) < HEAD
    head = data if whole else data[: data.rfind(b"\n") + 1] or data
    decoded = _as_declared(head, declared) or decode_head(head, name)
    if whole:
        require_text(decoded.text, name)
    codec = "utf-8-sig" if decoded.encoding == "utf-8" and data.startswith(MARKED) else decoded.encoding
    return Text(decoded.encoding, decoded.warnings, decoded.text, whole, _lines(stream, codec, name))


def _as_declared(head: bytes, declared: str) -> Decoded | None:
    """None where the encoding is none of the older ones, or the bytes are UTF-8 all the same."""
    try:
        codec = codecs.lookup(declared).name if declared else ""
        if codec in _OLDER and (head.isascii() or not _is_utf8(head)):
            return Decoded(head.decode(codec), codec)
    except (LookupError, UnicodeDecodeError):
        pass
    return None


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _lines(stream: BufferedReader, codec: str, name: str) -> Iterator[str]:
    text = io.TextIOWrapper(stream, codec, errors="surrogateescape", newline="")
    number = 0
    try:
        while line := text.readline(MAX_ROW):
            number += 1
            yield line
            while not line.endswith(("\n", "\r")) and (line := text.readline(MAX_ROW)):
                pass
    except UnicodeDecodeError:
        message = f"{name} is {codec.upper()}, but cannot be decoded after line {number}."
        raise InputError(message, hint="The file is damaged or cut off: save it as UTF-8 again.") from None
    finally:
        with suppress(ValueError):  # its owner has closed it
            text.detach()
