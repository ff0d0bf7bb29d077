"""WinoMT: is a person's gender in the translation the one that the pronoun of the original gives?

The gender of the French is read from the determiner before the word that is linked to the person's English name; where
there is none that tells it (“l’”, a plural), the sentence is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from contrasts import article
from data import Half, every_other, flat, rows
from quality_job import Job, of
from running import aligned

from mtqc.evaluate import Rate
from mtqc.model import AlignedArticle, ArticleReport, BeadLinks, Severity, Span
from mtqc.pipeline import judge_article

SIZE = 25
SENTENCES = 40
"""Of the half, each in the translations of five systems."""
GENDERS = {
    "male": re.compile(r"\b(?:le|un|ce|son|du|au)\s+$", re.I),
    "female": re.compile(r"\b(?:la|une|cette|sa)\s+$", re.I),
}


@dataclass(frozen=True)
class Person:
    """How a translation says the person: where, and whether its gender is the wrong one."""

    span: Span
    wrong: bool


def winomt_line(job: Job) -> str:
    """The result in a sentence."""
    if job.models is None:
        return "winomt_enfr: not measured without models (their word links find the person)."
    found = {True: [0, 0], False: [0, 0]}
    for given in _chunks(job.half):
        pair = article("winomt", [r["en"] for r in given], [r["fr"] for r in given], ("en", "fr"))
        measured = aligned(pair, job.models)
        report = judge_article(measured, job.settings)
        for row, number in zip(given, range(len(given)), strict=True):
            person = _person(measured, number, row)
            if person is not None:
                found[person.wrong][0] += _is_marked(report, person.span)
                found[person.wrong][1] += 1
    wrong, right = (of(Rate(*found[w])) for w in (True, False))
    return f"winomt_enfr: persons of the wrong gender with a finding on them: {wrong}; of the right gender: {right}."


def _chunks(half: Half) -> Iterator[list[dict[str, Any]]]:
    chosen = [r for r in every_other(list(rows("winomt_enfr_outputs")), half) if r["gold_gender"] in GENDERS]
    lines = [r | {"fr": flat(t)} for r in chosen[:: max(1, len(chosen) // SENTENCES)] for t in r["mt"].values()]
    for i in range(0, len(lines), SIZE):
        yield lines[i : i + SIZE]


def _person(measured: AlignedArticle, line: int, row: dict[str, Any]) -> Person | None:
    """The determiner and the noun, where they tell a gender. An entity's index counts the original's words."""
    start, end = measured.pair.segments[line][1].start, measured.pair.segments[line][1].end
    index = next((i for i, b in enumerate(measured.beads) if b.is_pair and start <= b.target_start < end), None)
    if index is None or not isinstance(links := measured.signals[index].links, BeadLinks):
        return None
    bead, words = measured.beads[index], list(re.finditer(r"\S+", row["en"]))
    english = Span(*words[row["entity_index"]].span())
    for span in links.from_source(english):
        before = bead.target_text[: span.start]
        for gender, pattern in GENDERS.items():
            if match := pattern.search(before):
                place = Span(match.start(), span.end).shift(bead.target_start)
                return Person(place, gender != row["gold_gender"])
    return None


def _is_marked(report: ArticleReport, span: Span) -> bool:
    return any(f.severity >= Severity.MINOR and f.target.span.overlaps(span) for f in report.all_findings)
