"""One thing that was accepted, and which findings it is about."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import Literal

from mtqc.model import ArticlePair, Finding, Severity
from mtqc.text.tokens import fold

Kind = Literal["baseline", "suppression", "decision"]
RANKS = {"finding": 0, "rule-in-article": 1, "everywhere": 2}
"""Scopes of a decision; what is said of one finding goes before what is said of many."""
IN_ARTICLE, EVERYWHERE = RANKS["rule-in-article"], RANKS["everywhere"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding that agrees with everything that is given here is accepted, or gets another severity.

    `where`: the file and the entry's number, for messages. `rule`: code prefix or name; `path`: glob on the
    translation's path; `text` and `source_text`: marked text and counterpart, folded, None: any. `rank`: of decisions,
    the lower wins. `changes`: the severity that takes the finding's place: then it is not suppressed; None without.
    `keeps`: a decision that leaves the finding as it is. `count`: how many findings it accepts, 0: any number.
    `worst`: the worst severity that it accepts. `until`: the last day on which it holds. `shown`: for messages.
    """

    by: Kind
    where: str
    rule: str = ""
    path: str = ""
    article: str = ""
    fingerprint: str = ""
    text: str | None = None
    source_text: str | None = None
    reason: str = ""
    date: str = ""
    rank: int = 0
    changes: Severity | None = None
    keeps: bool = False
    count: int = 0
    worst: Severity = Severity.CRITICAL
    until: datetime.date | None = None
    shown: str = ""

    def matches(self, pair: ArticlePair, f: Finding) -> bool:
        """True where the entry is about this finding. Its article counts only in decisions about a rule in it."""
        return (
            (not self.fingerprint or self.fingerprint == f.fingerprint)
            and (not self.rule or f.name == self.rule or f.code.startswith(self.rule))
            and (self.rank != IN_ARTICLE or self.article == pair.id)
            and (not self.path or _on_path(pair.target.path, self.path))
            and (self.text is None or self.text == fold(f.target.text))
            and (self.source_text is None or self.source_text == (fold(f.source.text) if f.source else ""))
            and f.severity <= self.worst
        )

    def holds(self, today: datetime.date) -> bool:
        """False once it has expired."""
        return self.until is None or today <= self.until

    def __str__(self) -> str:
        named = {"rule": self.rule, "path": self.path, "fingerprint": self.fingerprint}
        said = [f"{key} {value}" for key, value in named.items() if value]
        said += [f"“{text}”"] if (text := self.text or self.shown) else []
        return f"{self.where} ({', '.join(said)})"


@dataclass(frozen=True, slots=True)
class Accepted:
    """What one file accepts, or several (kind None).

    `signature`: a baseline's; `known`: its pairs of sentences of low quality.
    """

    kind: Kind | None = None
    entries: tuple[Entry, ...] = ()
    signature: str = ""
    known: frozenset[str] = frozenset()


def merged(several: Iterable[Accepted]) -> Accepted:
    """As one; at most one of them is a baseline."""
    files = tuple(several)
    return Accepted(
        entries=tuple(e for a in files for e in a.entries),
        signature=next((a.signature for a in files if a.signature), ""),
        known=frozenset().union(*(a.known for a in files)),
    )


def _on_path(path: str, glob: str) -> bool:
    """The whole path, as with per-file-ignores, or its end."""
    here = PurePosixPath(path.replace("\\", "/"))
    return fnmatchcase(str(here), glob) or here.match(glob)
