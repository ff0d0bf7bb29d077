"""What passes between the reader, the judges, the run folder and its reports. Everything here can be pickled."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from mtqc.model import ArticlePair, Severity

State = Literal["judged", "incomplete", "unread"]
"""`incomplete`: something that was asked for could not be judged; `unread`: nothing could be."""
PartName = Literal["article", "lines", "findings", "sentences", "row", "page", "register"]


@dataclass(frozen=True, slots=True)
class Task:
    """An article to be judged. `number`: its place in the corpus, from 0: the order of everything that is written.

    `key`: of its texts and everything else that can change its result (see mtqc.batch.judging).
    """

    number: int
    key: str
    pair: ArticlePair


@dataclass(frozen=True, slots=True)
class Tally:
    """What the corpus index shows and sorts by; None: not measured."""

    sentences: int
    words: int
    findings: Mapping[Severity, int] = field(default_factory=dict)
    quality: float | None = None
    mqm_per_1000_words: float | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """The result of one article. `parts`: what is written of it, by name, as `packed` text; none of an unread one.

    `key` is "" of what could not be read, and is not kept as done: it is read anew when the run goes on.
    `reason`: why it is unread or incomplete. `date`: the article's, ISO 8601, "" unknown.
    """

    number: int
    key: str
    id: str
    state: State
    reason: str = ""
    date: str = ""
    tally: Tally | None = None
    parts: Mapping[PartName, bytes] = field(default_factory=dict)


def packed(text: str) -> bytes:
    """The text as it is kept."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 6)


def unpacked(data: bytes) -> str:
    """The text that was kept. Raises ValueError where the bytes are damaged."""
    try:
        return zlib.decompress(data).decode("utf-8", "surrogatepass")
    except zlib.error as error:
        raise ValueError(f"damaged: {error}") from error
