"""Block 3 of quality.py: errors that `mtqc plant` puts into good translations, one a sentence at most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import clean
from quality_clean import Clean
from quality_job import Block, Job, of, percent, table
from running import as_output, reports

from mtqc.evaluate import JudgedError, Rate, judge, parse_gold
from mtqc.evaluate.figures import wilson
from mtqc.model import ArticlePair
from mtqc.plant import KINDS, Planted, gold_rows, plant

SETS = ("ntrex", "flores-dev")
RATE = 0.6
"""Share of sentences that get an error: more, and articles say nothing right any more that the others can agree with."""
ROUNDS = 2
"""Each with a seed of its own: about 20 errors of each kind, where texts have places for it."""
AIMS = {
    0.95: tuple(
        "name- acronym figure percent range ordinal unit currency month weekday year time sentence-lost"
        " word-untranslated stretch-untranslated sentence-untranslated word-doubled phrase-doubled".split()
    ),
    0.80: tuple(
        "negation opposite before-after more-less hedge source-lost speaker hearer reporting clause agreement".split()
    ),
}
"""By the beginning of a kind's name: names, numbers, currency, dates, untranslated, doubled, lost sentences 95 %;
polarity, hedges, lost clauses, attribution, agreement 80 %."""
HEAD = ["kind", "planted", "found", "95 %", "as major or critical", "aim", "found by"]


@dataclass
class PlantedFigures:
    """All planted errors, and findings on the same texts as they were. `missed` is for tuning only."""

    errors: list[JudgedError] = field(default_factory=list)
    clean: Clean = field(default_factory=Clean)
    missed: list[str] = field(default_factory=list)

    def kinds(self) -> dict[str, list[JudgedError]]:
        """By kind, in the generator's order; kinds that found no place left out."""
        found: dict[str, list[JudgedError]] = {k.name: [] for k in KINDS}
        for e in self.errors:
            found[e.error.kind].append(e)
        return {k: v for k, v in found.items() if v}


def planted_block(job: Job) -> Block:
    found = measured(job)
    alarm = Rate(found.clean.serious, found.clean.sentences)
    reached = [_reached(k, es) for k, es in found.kinds().items() if aim(k)]
    out = [
        f"`mtqc plant` on {' and '.join(clean.SETS[n][0] for n in SETS)}: {len(found.errors)} errors. Found: a finding of minor"
        " severity or worse overlaps the error (one that left something out: or reports an error of its category in its"
        f" line). On the same {found.clean.sentences} sentences as they were, {percent(alarm, wilson(alarm))} get a critical"
        " or major finding.",
        "",
        *table(HEAD, [_row(kind, errors) for kind, errors in found.kinds().items()]),
        "",
        f"Aims reached: {sum(reached)} of {len(reached)} kinds.",
    ]
    if job.show:
        out += ["", *found.missed]
    return Block("Planted errors", out, {"planted": found})


def measured(job: Job) -> PlantedFigures:
    found = PlantedFigures()
    counts: Counter[str] = Counter()
    for pair in _pairs(job):
        for report in reports([pair], job.settings, job.models):
            found.clean.add(report)
        for seed in range(ROUNDS):
            _measure(job, plant(pair, rate=RATE, seed=seed, counts=counts), found)
    return found


def _pairs(job: Job) -> Iterator[ArticlePair]:
    for name in SETS:
        if job.wants(name):
            yield from job.some(name, clean.SETS[name][1](job.half), lambda p: p)


def _measure(job: Job, planted: Planted, found: PlantedFigures) -> None:
    gold = [parse_gold(row) for row in gold_rows(planted)]
    for report in reports([planted.pair], job.settings, job.models):
        for line in judge(as_output(report), gold):
            found.errors += line.errors
            missed = (e.error for e in line.errors if not e.found_minor)
            found.missed += [
                f"MISSED {line.article}:{line.line} {e.kind} “{e.text}” ← “{e.source_text}”" for e in missed
            ]


def _row(kind: str, errors: list[JudgedError]) -> list[str]:
    rate, wanted = Rate(sum(e.found_minor for e in errors), len(errors)), aim(kind)
    interval = wilson(rate)
    assert interval is not None
    by = Counter(code for e in errors for code in e.codes).most_common(3)
    return [
        kind,
        str(rate.total),
        f"{100 * (rate.share or 0):.0f} %",
        f"{100 * interval.low:.0f}–{100 * interval.high:.0f}",
        of(Rate(sum(e.found_serious for e in errors), len(errors))),
        f"{100 * wanted:.0f} %" if wanted else "–",
        ", ".join(f"{code} {n}" for code, n in by) or "–",
    ]


def aim(kind: str) -> float:
    """The share of a kind that ought to be found; 0 where none was set."""
    return next((share for share, starts in AIMS.items() if kind.startswith(starts)), 0.0)


def _reached(kind: str, errors: list[JudgedError]) -> bool:
    return sum(e.found_minor for e in errors) >= aim(kind) * len(errors)


def by_rule(found: PlantedFigures, code: str) -> dict[str, Rate]:
    """Of the kinds of which a rule finds at least one in twenty, how many it finds."""
    rates = {k: Rate(sum(code in e.codes for e in es), len(es)) for k, es in found.kinds().items()}
    return {k: r for k, r in rates.items() if (r.share or 0) >= 0.05}
