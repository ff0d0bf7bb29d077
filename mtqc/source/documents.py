"""One text file into one Document, or an InputError that says what is wrong with it and what to do."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from mtqc.errors import InputError
from mtqc.model import Document
from mtqc.source.encoding import decode
from mtqc.text.offsets import LineIndex

MAX_LINE = 100_000
"""Characters, 16,000 words: the longest features have half of that, all in one line. Splitting 2 million characters in
one line into sentences takes 0.5 s: the limit is there to name what is hardly text, not because more would fail."""
MAX_BYTES = 20_000_000
"""Of one side of an article. The longest novels have 7 MB; 100,000 sentences of news (NTREX's) in French, 16."""

_INK = re.compile(r"[^\s\u00ad\u200b-\u200f\u2060\ufeff\x00-\x1f]")


@dataclass(frozen=True, slots=True)
class Reading:
    """A document and the warnings that came up."""

    document: Document
    warnings: tuple[str, ...] = ()


def require_path(path: Path) -> None:
    """Raises InputError where there is nothing at `path`, or it may not be looked at."""
    try:
        path.stat()
    except FileNotFoundError:
        raise InputError(f"{path} does not exist.", hint="Check the path.") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise InputError(f"{path} cannot be read: {why}.", hint="Check the path and its permissions.") from None


def read_bytes(path: Path, max_bytes: int | None = None) -> bytes:
    """The file's bytes. Raises InputError where it is missing, a folder, unreadable or larger than `max_bytes`."""
    try:
        if max_bytes is not None and (size := path.stat().st_size) > max_bytes:
            message = f"{path} has {size / 1e6:.0f} MB; an article has at most {max_bytes / 1e6:.0f}."
            raise InputError(message, hint="Give one article a file, or many as TSV or JSON Lines.")
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"{path} does not exist.", hint="Check the path.") from None
    except IsADirectoryError:
        raise InputError(f"{path} is a folder, not a file.", hint="Give two files, or two folders.") from None
    except PermissionError:
        raise InputError(f"{path} may not be read.", hint="Check its permissions.") from None
    except OSError as error:
        raise InputError(
            f"{path} cannot be read: {error.strerror or error}.", hint="Check the file and its disk."
        ) from None


def read_document(path: Path, lang: str) -> Reading:
    """The text file at `path` as a document in `lang`; offsets count in the text as it stands there."""
    return document_of(read_bytes(path, MAX_BYTES), str(path), lang)


def document_of(data: bytes, name: str, lang: str) -> Reading:
    """The same of bytes that are at hand; `name` stands for the path."""
    if not data:
        raise InputError(f"{name} is empty.", hint="Check that it was saved or exported.")
    decoded = decode(data, name)
    require_text(decoded.text, name)
    require_lines(decoded.text, name)
    digest = hashlib.sha256(data).hexdigest()
    return Reading(Document(decoded.text, lang, name, digest, decoded.encoding), decoded.warnings)


def require_text(text: str, name: str) -> None:
    """Raises InputError where there is nothing but white space and characters without ink."""
    if not _INK.search(text):
        raise InputError(f"{name} holds no text, only white space.", hint="Check that it was saved or exported.")


def require_lines(text: str, name: str) -> None:
    """Raises InputError where a line is longer than `MAX_LINE`."""
    for number, (start, stop) in enumerate(LineIndex(text).lines(), 1):
        if stop - start > MAX_LINE:
            message = f"Line {number} of {name} has {stop - start} characters; a paragraph has at most {MAX_LINE}."
            raise InputError(message, hint="Is it text at all? If so, break it into paragraphs.")
