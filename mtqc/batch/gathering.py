"""What the run as a whole shows, gathered in one pass over the findings' rows: rules by frequency, the worst findings,
and of each article the worst one (TEMP table `leading`). Nothing here grows with the corpus but that table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from mtqc.batch.facts import Facts, Worst
from mtqc.batch.folder import RunFolder
from mtqc.batch.model import Judged
from mtqc.batch.names import page_name
from mtqc.model import Severity
from mtqc.report.records import Row
from mtqc.report.standing import RuleCount

MOST = 8
"""Findings that are listed first, as on the page of one report."""
_HELD = 64 * MOST
"""Findings of which the worst are chosen: of several alike, one is listed."""
_BATCH = 500


@dataclass(frozen=True, slots=True, order=True)
class Bad:
    """A critical or major finding. Ordered as it is listed: the worst and surest first, then by place.

    `rank`: minus the severity, minus the confidence; `at`: the article's number, the finding's place in it.
    """

    rank: tuple[int, float]
    at: tuple[int, int]
    article: str = field(compare=False)
    row: Row = field(compare=False)

    @property
    def severity(self) -> Severity:
        """Critical or major."""
        return Severity(-self.rank[0])

    @property
    def likeness(self) -> tuple[object, ...]:
        """Of findings with the same, one is listed, in however many articles."""
        return (self.row["code"], self.row["target_text"], self.row["source_text"] or "")


@dataclass
class Gathering:
    """Takes the findings' rows of one article after the other."""

    folder: RunFolder
    _rules: dict[str, RuleCount] = field(default_factory=dict)
    _worst: list[Bad] = field(default_factory=list)
    _leading: list[tuple[int, str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.folder.scratch("DROP TABLE IF EXISTS leading")
        self.folder.scratch("CREATE TEMP TABLE leading (number INTEGER PRIMARY KEY, severity TEXT, message TEXT)")

    def add(self, judged: Judged, rows: Sequence[Row]) -> None:
        """An article's findings, in its order."""
        found = [_bad(judged, place, row) for place, row in enumerate(rows)]
        for bad in found:
            self._count(bad)
        serious = [b for b in found if b.severity >= Severity.MAJOR]
        self._worst += serious
        if len(self._worst) > 2 * _HELD:
            self._worst = _distinct(sorted(self._worst), _HELD)
        if found:
            worst = min(found)
            self._leading.append((judged.number, worst.severity.label, str(worst.row["message"])))
        if len(self._leading) >= _BATCH:
            self._flush()

    def facts(self, changed: Sequence[str]) -> Facts:
        """All that was gathered."""
        self._flush()
        most = max((r.number for r in self._rules.values()), default=1)
        counted = [
            RuleCount(r.code, r.name, r.number, r.severity, round(100 * r.number / most)) for r in self._rules.values()
        ]
        ranked = sorted(counted, key=lambda r: (r.severity is Severity.NEUTRAL, -r.number, -r.severity, r.code))
        worst = tuple(_told(bad, self.folder.about.langs[1]) for bad in _distinct(sorted(self._worst), MOST))
        return Facts(rules=tuple(ranked), worst=worst, changed=tuple(changed))

    def _count(self, bad: Bad) -> None:
        code, name = str(bad.row["code"]), str(bad.row["name"])
        known = self._rules.get(code)
        number, worst = (known.number, known.severity) if known else (0, bad.severity)
        self._rules[code] = RuleCount(code, name, number + 1, max(worst, bad.severity), 0)

    def _flush(self) -> None:
        self.folder.scratch("INSERT OR REPLACE INTO leading VALUES (?, ?, ?)", self._leading)
        self._leading.clear()


def _bad(judged: Judged, place: int, row: Row) -> Bad:
    severity = Severity[str(row["severity"]).upper()]
    confidence = row["confidence"]
    sure = float(confidence) if isinstance(confidence, int | float) else 0.0
    return Bad((-int(severity), -sure), (judged.number, place), judged.id, row)


def _told(bad: Bad, lang: str) -> Worst:
    number, place = bad.at
    row = bad.row
    line = row["target_line"]
    return Worst(
        number=number,
        id=bad.article,
        page=page_name(number, bad.article),
        order=place + 1,
        severity=bad.severity,
        code=str(row["code"]),
        name=str(row["name"]),
        line=line if isinstance(line, int) else 0,
        marked=str(row["target_text"]),
        fix=str(row["fix_text"] or ""),
        message=str(row["message"]),
        lang=lang,
    )


def _distinct(found: Sequence[Bad], most: int) -> list[Bad]:
    """The first ones, of those alike one."""
    told: dict[tuple[object, ...], Bad] = {}
    for bad in found:
        if len(told) == most:
            break
        told.setdefault(bad.likeness, bad)
    return list(told.values())
