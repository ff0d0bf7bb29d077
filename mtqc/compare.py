"""Two runs: what was fixed between them, what is new, what changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from mtqc.model import ArticleReport, CorpusReport, Finding
from mtqc.text.tokens import fold

Group = Literal["fixed", "new", "changed", "accepted"]
GROUPS: tuple[Group, ...] = ("new", "changed", "fixed", "accepted")


@dataclass(frozen=True, slots=True)
class Change:
    """One finding in one article. `before` is None of a new one, `after` of one that is gone; `what` changed."""

    article: str
    before: Finding | None
    after: Finding | None
    what: tuple[str, ...] = ()

    @property
    def finding(self) -> Finding:
        """As it is now, or as it was last."""
        found = self.after or self.before
        assert found is not None
        return found


@dataclass(frozen=True, slots=True)
class Difference:
    """What happened to findings from one run to the next, in articles that both runs have, or only the second.

    `accepted`: they are not fixed, but baseline, suppression or decision takes them out now. `gone` and `added`:
    articles of one run only; what the first found in those that are gone is not fixed, but not looked at any more.
    `incomplete`: articles that one of the runs could not judge to the end.
    """

    fixed: tuple[Change, ...]
    new: tuple[Change, ...]
    changed: tuple[Change, ...]
    accepted: tuple[Change, ...]
    gone: tuple[str, ...]
    added: tuple[str, ...]
    same_signature: bool
    incomplete: tuple[str, ...] = ()

    def group(self, name: Group) -> tuple[Change, ...]:
        """The changes of one kind."""
        groups = {"fixed": self.fixed, "new": self.new, "changed": self.changed, "accepted": self.accepted}
        return groups[name]

    def counts(self, key: Callable[[Change], str]) -> dict[str, dict[Group, int]]:
        """How many changes of each kind, by rule (`by_rule`), article (`by_article`) or whatever `key` gives."""
        found = {g: Counter(map(key, self.group(g))) for g in GROUPS}
        names = sorted({name for counter in found.values() for name in counter})
        return {name: {g: found[g][name] for g in GROUPS} for name in names}


def by_rule(change: Change) -> str:
    """For Difference.counts."""
    return change.finding.code


def by_article(change: Change) -> str:
    """For Difference.counts."""
    return change.article


def diff(before: CorpusReport, after: CorpusReport) -> Difference:
    """The difference. A finding is the same where article and fingerprint are; or else, where its sentence was edited,
    where rule, marked text and counterpart are.
    """
    then, now = ({a.pair.id: a for a in r.articles} for r in (before, after))
    found: dict[Group, list[Change]] = {g: [] for g in GROUPS}
    for name, article in now.items():
        taken = [s.finding for s in after.suppressed if s.article == name]
        for group, change in _article(name, then.get(name), article, taken):
            found[group].append(change)
    return Difference(
        **{g: tuple(changes) for g, changes in found.items()},
        gone=tuple(n for n in then if n not in now),
        added=tuple(n for n in now if n not in then),
        same_signature=before.signature == after.signature,
        incomplete=tuple(_incomplete(before, after)),
    )


def _incomplete(*runs: CorpusReport) -> Iterator[str]:
    names = (n for r in runs for n in [*(a.pair.id for a in r.articles if not a.complete), *(n for n, _ in r.unread)])
    yield from dict.fromkeys(names)


def _article(
    name: str, then: ArticleReport | None, now: ArticleReport, taken: Iterable[Finding]
) -> Iterator[tuple[Group, Change]]:
    old, new, out = list(then.all_findings) if then else [], list(now.all_findings), list(taken)
    for same in (_print, _likeness):
        for a, b in _matched(old, new, same):
            if what := _what(a, b):
                yield "changed", Change(name, a, b, what)
    yield from (("accepted", Change(name, a, None)) for a, _ in _matched(old, out, _print))
    yield from (("fixed", Change(name, a, None)) for a in old)
    yield from (("new", Change(name, None, b)) for b in new)


def _print(f: Finding) -> Hashable:
    return f.fingerprint


def _likeness(f: Finding) -> Hashable:
    return f.code, fold(f.target.text), fold(f.source.text) if f.source else ""


def _matched(
    old: list[Finding], new: list[Finding], same: Callable[[Finding], Hashable]
) -> list[tuple[Finding, Finding]]:
    """Pairs that belong together, in the order of the text; they are taken out of both lists."""
    waiting: dict[Hashable, list[Finding]] = {}
    for f in new:
        waiting.setdefault(same(f), []).append(f)
    pairs = [(f, waiting[same(f)].pop(0)) for f in list(old) if waiting.get(same(f))]
    for a, b in pairs:
        _remove(old, a)
        _remove(new, b)
    return pairs


def _remove(findings: list[Finding], one: Finding) -> None:
    del findings[next(i for i, f in enumerate(findings) if f is one)]


def _what(a: Finding, b: Finding) -> tuple[str, ...]:
    """What is different of the same finding; the place is not: text before it may have been edited."""
    parts = {
        "sentence": (a.fingerprint, b.fingerprint),
        "severity": (a.severity, b.severity),
        "message": (a.message, b.message),
        "suggestion": (a.fix and a.fix.text, b.fix and b.fix.text),
    }
    return tuple(name for name, (x, y) in parts.items() if x != y)
