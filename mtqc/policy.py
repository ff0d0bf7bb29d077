"""What is shown and how severe it is: selection by code prefix, per-file ignores, severity overrides, duplicates."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase

from mtqc.model import Category, Finding, Severity
from mtqc.text.tokens import fold

OFF = ("ACC203", "ACC602")
"""Rules whose measured precision is under one half (reports/quality.md): they run only where selected by their code or
name."""


@dataclass(frozen=True, slots=True)
class Policy:
    """Selection by code prefix or rule name; of several that match, the longest decides, `ignore` before `select`.

    `off`: codes that run only where `select` names the whole code or the rule.
    """

    select: tuple[str, ...] = ("ACC", "FLU", "TRM", "LOC", "STY", "ALN")
    ignore: tuple[str, ...] = ()
    off: tuple[str, ...] = OFF
    per_file_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    severity: Mapping[str, Severity] = field(default_factory=dict)

    def selects(self, code: str, name: str, path: str = "") -> bool:
        """True where the rule is to run on the file at `path`."""
        ignored = self.ignore + tuple(
            p for glob, prefixes in self.per_file_ignores.items() if fnmatchcase(path, glob) for p in prefixes
        )
        asked = _longest(self.select, code, name)
        return asked > _longest(ignored, code, name) and (code not in self.off or asked >= len(code))

    def apply(self, finding: Finding) -> Finding:
        """The finding with its severity overridden, where the configuration says so."""
        match = max(
            (k for k in self.severity if k == finding.name or finding.code.startswith(k)),
            key=lambda k: len(finding.code) + 1 if k == finding.name else len(k),
            default=None,
        )
        return finding if match is None else replace(finding, severity=self.severity[match])


def _longest(prefixes: Iterable[str], code: str, name: str) -> int:
    return max((len(code) + 1 if p == name else len(p) for p in prefixes if p == name or code.startswith(p)), default=0)


def fingerprint(finding: Finding, source_sentence: str, target_sentence: str) -> str:
    """16 hex digits: code, marked text and both sentences, independent of position, spacing and apostrophe style.

    The marked text of an omission is what the original has there: of two omissions in a sentence, one may be accepted.
    """
    omitted = finding.source.text if finding.source else ""
    return _digest(finding.code, finding.target.text or omitted, source_sentence, target_sentence)


def pair_fingerprint(source_sentence: str, target_sentence: str) -> str:
    """The same of two sentences that translate each other, whatever is found in them."""
    return _digest(source_sentence, target_sentence)


def _digest(*parts: str) -> str:
    key = "\x1f".join(" ".join(fold(p).split()) for p in parts)
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def without_duplicates(findings: Sequence[Finding]) -> list[Finding]:
    """Of findings that mark the same stretch for the same kind of reason, the most severe and surest.

    What says that words inside a part left out have no counterpart goes with the finding of that part; or, where it is
    the graver one, that finding with it.
    """
    best: dict[tuple[object, ...], Finding] = {}
    for f in findings:
        place = f.target.span if f.target.span.start < f.target.span.end else (f.target.span, f.source)
        key = (place, f.category.split("/")[0], f.article_wide)
        if key not in best or (f.severity, f.confidence) > (best[key].severity, best[key].confidence):
            best[key] = f
    kept = {id(f) for f in best.values()} - _told_twice(findings)
    return [f for f in findings if id(f) in kept]


def _told_twice(findings: Sequence[Finding]) -> set[int]:
    lost = [f for f in findings if f.category == Category.OMISSION and not len(f.target.span) and f.source]
    twice: set[int] = set()
    for whole in lost:
        parts = [f for f in findings if f.category.startswith("accuracy") and _inside(f, whole)]
        graver = any(f.severity > whole.severity for f in parts)
        twice |= {id(whole)} if graver else {id(f) for f in parts}
    return twice


def _inside(part: Finding, whole: Finding) -> bool:
    if part.source is None or whole.source is None or part.article_wide:
        return False
    inner, outer = part.source.span, whole.source.span
    return inner != outer and len(inner) > 0 and outer.contains(inner)
