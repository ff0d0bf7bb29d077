"""The lines of a long text file, one at a time, and what its beginning tells of it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedReader

from mtqc.errors import InputError
from mtqc.source.documents import require_text
from mtqc.source.encoding import MARKED, decode_head
from mtqc.source.packed import HEAD

MAX_ROW = 10_000_000
"""Characters of one line: a whole article at most, as MAX_BYTES of mtqc.source.documents."""


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


def read_lines(stream: BufferedReader, name: str) -> Text:
    """The text of a stream of mtqc.source.packed that nothing has been read of; `name` stands in messages.

    Raises InputError where it is no text, or in an encoding that cannot be told with confidence.
    """
    data = stream.peek(HEAD)
    whole = len(data) < HEAD
    decoded = decode_head(data if whole else data[: data.rfind(b"\n") + 1] or data, name)
    if whole:
        require_text(decoded.text, name)
    codec = "utf-8-sig" if decoded.encoding == "utf-8" and data.startswith(MARKED) else decoded.encoding
    return Text(decoded.encoding, decoded.warnings, decoded.text, whole, _lines(stream, codec, name))


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
        text.detach()
