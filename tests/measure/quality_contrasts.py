"""Blocks 4 and 5 of quality.py: does the worse of two translations get the lower `quality`?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from annotated import medical_english
from contrasts import Contrast, demetr, disceval, mtgeneval, mtgeneval_context, packed
from data import ntrex
from quality_job import Block, Job, number, of, percent, table
from running import as_output, reports
from winomt import winomt_line

from mtqc.evaluate import Rate, figures, judge
from mtqc.evaluate.figures import wilson
from mtqc.model import ArticlePair, Severity, Span

HEAD = ["", "pairs", "worse one scores lower", "95 %", "the same", "higher"]
LOWER = {"disceval_enfr": disceval, "mtgeneval_enfr": mtgeneval, "mtgeneval_context_enfr": mtgeneval_context}
MOST = 100
"""Pairs of a set of block 5, spread evenly."""


@dataclass(frozen=True)
class Outcome:
    """How the worse translation scored: lower, the same, higher."""

    group: str
    lower: bool
    same: bool


def demetr_block(job: Job) -> Block:
    using = reverse(job)
    if using is None:
        return Block("DEMETR, French to English", ["Not measured: this version does not check English translations."])
    found = outcomes(using, "demetr_fr", demetr(job.half), ("fr", "en"))
    severities = [(s, [o for o in found if o.group.endswith(f"({s})")]) for s in ("critical", "major", "minor", "base")]
    out = [
        "French originals, English machine translations with and without one planted error (Karpinska et al. 2022). “base”"
        " are controls: an empty translation, another sentence's, the human reference (which ought not to score lower).",
        "",
        *table(HEAD, [row(s, os) for s, os in severities]),
        "",
        *table(HEAD, [row(g, os) for g, os in by_group(found).items()]),
        "",
        *english(using),
    ]
    return Block("DEMETR, French to English", out, {"demetr": found})


def english(job: Job) -> list[str]:
    """Marked errors of English translations, and false alarms on English that was written first."""
    items = medical_english(job.half)
    made = reports([a.pair for a in items], job.settings, job.models)
    found = figures([x for a, r in zip(items, made, strict=True) for x in judge(as_output(r), a.gold)], 0)
    clean = [replace(p, source=p.target, target=p.source, segments=turned(p)) for p in ntrex(job.half)]
    sentences = [s for r in reports(clean, job.settings, job.models) for s in r.sentences if s.bead.target]
    severe = [max((f.severity for f in s.findings), default=Severity.NEUTRAL) for s in sentences]
    alarms = Rate(sum(s >= Severity.MAJOR for s in severe), len(severe))
    critical = Rate(sum(s is Severity.CRITICAL for s in severe), len(severe))
    return [
        f"English medical abstracts translated from French (biomqm_fren): AUC of `quality` {number(found.auc)};"
        f" critical and major findings that overlap a marked error: {of(found.serious)}.",
        f"NTREX, taken from its French: {of(alarms)} of the sentences have a critical or major finding,"
        f" {of(critical)} a critical one.",
    ]


def turned(pair: ArticlePair) -> tuple[tuple[Span, Span], ...]:
    return tuple((b, a) for a, b in pair.segments)


def reverse(job: Job) -> Job | None:
    """The job for French originals and English translations; None while mtqc cannot do that."""
    try:
        from mtqc.cli.common import Options, models, settings

        chosen = settings(Options(source_lang="fr", target_lang="en"))
    except TypeError:
        return None
    return replace(job, settings=chosen, models=models(chosen) if job.models else None)


def senses_block(job: Job) -> Block:
    out = ["No target: most of this can only be decided from other sentences.", ""]
    found = {
        name: outcomes(job, name, spread(make(job.half)), ("en", "fr"))
        for name, make in LOWER.items()
        if job.wants(name)
    }
    rows = [row(f"{name}: {g}", os) for name, outs in found.items() for g, os in by_group(outs).items()]
    said = ["", winomt_line(job)] if job.wants("winomt") else []
    return Block("Word senses and pronouns", [*out, *table(HEAD, rows), *said], {"senses": found})


def spread(given: Sequence[Contrast]) -> list[Contrast]:
    return list(given[:: max(1, -(-len(given) // MOST))])


def outcomes(job: Job, name: str, given: Sequence[Contrast], langs: tuple[str, str]) -> list[Outcome]:
    """One a contrast; where it has several lines, their lowest quality counts."""
    good = _qualities(job, name, [(c.source, c.good) for c in given], langs)
    bad = _qualities(job, name, [(c.source, c.bad) for c in given], langs)
    return [Outcome(c.group, b < g, b == g) for c, g, b in zip(given, good, bad, strict=True)]


def _qualities(
    job: Job, name: str, given: Sequence[tuple[tuple[str, ...], tuple[str, ...]]], langs: tuple[str, str]
) -> list[float]:
    pairs: list[ArticlePair] = list(packed(name, given, langs))
    lines = [
        q
        for p, r in zip(pairs, reports(pairs, job.settings, job.models), strict=True)
        for q in _by_line(p, as_output(r).quality)
    ]
    found, at = [], 0
    for source, _ in given:
        found.append(min(lines[at : at + len(source)]))
        at += len(source)
    return found


def _by_line(pair: ArticlePair, quality: dict[int, float]) -> list[float]:
    """Of each line; one that has no sentence at all is as bad as can be."""
    return [quality.get(n, 0.0) for n in range(1, len(pair.segments) + 1)]


def by_group(found: Sequence[Outcome]) -> dict[str, list[Outcome]]:
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for o in found:
        groups[o.group].append(o)
    return dict(sorted(groups.items()))


def row(name: str, found: Sequence[Outcome]) -> list[str]:
    lower = Rate(sum(o.lower for o in found), len(found))
    interval = wilson(lower)
    within = f"{100 * interval.low:.0f}–{100 * interval.high:.0f}" if interval else "–"
    same = Rate(sum(o.same for o in found), len(found))
    higher = Rate(sum(not o.same and not o.lower for o in found), len(found))
    return [name, str(len(found)), percent(lower), within, percent(same), percent(higher)]
