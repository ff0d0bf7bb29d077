"""Block 2 of quality.py: good human translations, on which a critical or major finding is taken to be wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from clean import SETS
from quality_job import Block, Job, percent, table
from running import reports

from mtqc.evaluate import Rate
from mtqc.evaluate.figures import wilson
from mtqc.model import ArticleReport, Severity

HEAD = [
    "set",
    "sentences",
    "with a critical or major finding",
    "critical findings",
    "critical a 200",
    "minor findings a 1,000",
]


@dataclass
class Clean:
    """Findings on one set. `serious`: sentences with a critical or major one. `rules`: findings by code, severity."""

    sentences: int = 0
    serious: int = 0
    rules: Counter[tuple[str, Severity]] = field(default_factory=Counter)
    shown: list[str] = field(default_factory=list)

    def add(self, report: ArticleReport) -> None:
        for s in report.sentences:
            self.sentences += bool(s.bead.source)
            self.serious += any(f.severity >= Severity.MAJOR for f in s.findings)
        for f in report.all_findings:
            self.rules[f.code, f.severity] += 1
            if f.severity >= Severity.MAJOR:
                self.shown.append(f"CLEAN {report.pair.id} {f.code} {f.severity.label} “{f.target.text}” {f.message}")

    def count(self, *severities: Severity) -> int:
        return sum(n for (_, s), n in self.rules.items() if s in severities)


def clean_block(job: Job) -> Block:
    found = {name: _measured(job, name) for name in SETS if job.wants(name)}
    out = [
        "A free translation is not a wrong one: every critical or major finding here counts as false, though people find"
        " errors in such references too. Aims on NTREX: at most 2 % of sentences, at most 1 critical finding in 200.",
        "",
        *table(HEAD, [_row(SETS[n][0], c) for n, c in found.items()]),
        "",
        "Critical and major findings by rule:",
        "",
        *_rules(found),
    ]
    if job.show:
        out += ["", *(text for c in found.values() for text in c.shown)]
    return Block("Clean text", out, {"clean": found})


def _measured(job: Job, name: str) -> Clean:
    found = Clean()
    for report in reports(job.some(name, SETS[name][1](job.half), lambda p: p), job.settings, job.models):
        found.add(report)
    return found


def _row(title: str, c: Clean) -> list[str]:
    rate, critical = Rate(c.serious, c.sentences), c.count(Severity.CRITICAL)
    minor = 1000 * c.count(Severity.MINOR) / max(1, c.sentences)
    a_200 = f"{200 * critical / max(1, c.sentences):.2f}"
    return [title, str(c.sentences), percent(rate, wilson(rate)), str(critical), a_200, f"{minor:.0f}"]


def _rules(found: dict[str, Clean]) -> list[str]:
    serious = (Severity.CRITICAL, Severity.MAJOR)
    codes = sorted({code for c in found.values() for code, s in c.rules if s in serious})
    rows = [[code, *(str(sum(c.rules[code, s] for s in serious)) for c in found.values())] for code in codes]
    return table(["rule", *found], rows)


def per_1000(found: Iterable[Clean], code: str) -> float | None:
    """Findings of a rule, minor or worse, in 1,000 sentences of all sets together; None of no sentences."""
    sets = list(found)
    total = sum(c.sentences for c in sets)
    hits = sum(c.rules[code, s] for c in sets for s in (Severity.MINOR, Severity.MAJOR, Severity.CRITICAL))
    return 1000 * hits / total if total else None
