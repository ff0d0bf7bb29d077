"""Block 1 of quality.py: real errors, that people marked in machine translations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from annotated import SETS, Annotated
from quality_job import Block, Job, number, of, percent, table
from running import as_output, reports

from mtqc.evaluate import Figures, JudgedLine, Rate, figures, judge
from mtqc.evaluate.figures import auc, bootstrap, precision_recall_f1, wilson
from mtqc.model import Severity

ANCHORS = (
    "Anchors: on WMT19's English–French test set (reviews like qe) the winning fine-tuned BERT reaches F1 .569 (P .499, R"
    " .664), and marking everything .347; two people who annotate the same medical abstracts agree at F1 .451. Aims on news:"
    " AUC ≥ .80, precision of critical and major findings ≥ .70, recall of critical errors ≥ .50."
)
HEAD = ["set", "lines", "errors", "P", "R", "F1", "F1 of marking all", "critical found", "major found", "minor found"]
HEAD_2 = ["set", "critical and major findings right", "95 %", "AUC of quality", "lines with such an error"]
CATEGORIES = 12
BANDS = ((0.0, 0.3), (0.3, 0.5), (0.5, 0.7), (0.7, 0.9), (0.9, 1.01))


def real_block(job: Job) -> Block:
    found = {name: _judged(job, name) for name in SETS if job.wants(name)}
    numbers = {name: figures(judged, characters) for name, (judged, characters) in found.items()}
    judged = {name: lines for name, (lines, _) in found.items()}
    out = [
        "Characters, blind to severity, as in the WMT word-level tasks; locale and punctuation findings left out. A line is"
        " what was annotated as one, mostly a sentence. An error is found where a finding marks a part of it.",
        "",
        *table(HEAD, [_row(SETS[n][0], f, judged[n]) for n, f in numbers.items()]),
        "",
        *table(HEAD_2, [_row_2(SETS[n][0], f, judged[n]) for n, f in numbers.items()]),
        "",
        ANCHORS,
        "",
        "Confidence is meant to be the share of such findings that are right; all sets, minor findings or worse:",
        "",
        *table(["confidence", "findings", "right", "95 %", "mean confidence"], _calibration(judged)),
        "",
        "Critical and major findings by rule, right of all:",
        "",
        *_serious_rules(judged),
        *(line for name, f in numbers.items() for line in _categories(SETS[name][0], f)),
    ]
    if job.show:
        out += ["", *(text for lines in judged.values() for text in _misses(lines))]
    return Block("Real errors", out, {"figures": numbers, "lines": judged})


def _judged(job: Job, name: str) -> tuple[list[JudgedLine], int]:
    """All lines of a set, judged, and the characters of its translations."""
    chosen: list[Annotated] = job.some(name, SETS[name][1](job.half), lambda a: a.pair)
    made = reports((a.pair for a in chosen), job.settings, job.models)
    lines = [x for a, r in zip(chosen, made, strict=True) for x in judge(as_output(r), a.gold, all_gold=name != "gold")]
    return lines, sum(len(a.pair.target.text) for a in chosen)


def _row(title: str, f: Figures, judged: Sequence[JudgedLine]) -> list[str]:
    recall = [of(f.by_severity.get(s)) for s in (Severity.CRITICAL, Severity.MAJOR, Severity.MINOR)]
    f1 = number(f.f1, bootstrap(judged, _f1))
    return [
        title,
        str(f.lines),
        str(f.errors),
        number(f.precision),
        number(f.recall),
        f1,
        number(f.everything_f1),
        *recall,
    ]


def _row_2(title: str, f: Figures, judged: Sequence[JudgedLine]) -> list[str]:
    interval = wilson(f.serious)
    within = f"{interval.low:.2f}–{interval.high:.2f}" if interval else "–"
    return [title, of(f.serious), within, number(f.auc, bootstrap(judged, _auc)), str(f.bad_lines)]


def _f1(lines: Sequence[JudgedLine]) -> float:
    return precision_recall_f1(*(sum(v) for v in zip(*((x.common, x.marked, x.gold) for x in lines), strict=True)))[2]


def _auc(lines: Sequence[JudgedLine]) -> float | None:
    return auc([(x.quality, x.bad) for x in lines if x.quality is not None])


def _serious_rules(judged: Mapping[str, Sequence[JudgedLine]]) -> list[str]:
    counts: dict[str, dict[str, list[bool]]] = {}
    for name, lines in judged.items():
        for f in (f for x in lines for f in x.findings):
            if f.right is not None and f.mark.severity >= Severity.MAJOR:
                counts.setdefault(f.mark.code, {}).setdefault(name, []).append(f.right)
    cells = {code: [by.get(name, []) for name in judged] for code, by in sorted(counts.items())}
    rows = [[code, *(f"{sum(c)} of {len(c)}" if c else "–" for c in row)] for code, row in cells.items()]
    return table(["rule", *judged], rows)


def _calibration(judged: Mapping[str, Sequence[JudgedLine]]) -> list[list[str]]:
    """A row for each band of confidence."""
    given = [
        (f.mark.confidence, f.right)
        for lines in judged.values()
        for x in lines
        for f in x.findings
        if f.right is not None and f.mark.severity >= Severity.MINOR
    ]
    rows = []
    for low, high in BANDS:
        band = [(c, ok) for c, ok in given if low <= c < high]
        rate = Rate(sum(ok for _, ok in band), len(band))
        interval = wilson(rate)
        within = f"{100 * interval.low:.0f}–{100 * interval.high:.0f}" if interval else "–"
        mean = f"{sum(c for c, _ in band) / len(band):.2f}" if band else "–"
        rows.append([f"{low:.1f} to {min(high, 1):.1f}", str(len(band)), percent(rate), within, mean])
    return rows


def _categories(title: str, f: Figures) -> list[str]:
    shown = sorted(f.by_category.items(), key=lambda i: -i[1].total)[:CATEGORIES]
    rows = [[name, str(r.total), percent(r, wilson(r))] for name, r in shown]
    return ["", f"Found by category, {title}:", "", *table(["category", "errors", "found"], rows)]


def _misses(judged: Sequence[JudgedLine]) -> Iterator[str]:
    """For tuning only: serious findings that are wrong, and errors that were not found."""
    for x in judged:
        for f in x.findings:
            if f.right is False and f.mark.severity >= Severity.MAJOR:
                yield f"EXTRA {x.article}:{x.line} {f.mark.code} {f.mark.severity.label} “{f.mark.text}” {f.mark.message}"
        for e in x.errors:
            if not e.found:
                yield f"MISSED {x.article}:{x.line} {e.error.severity.label} {e.error.category} {e.error.spans} {e.error.text}"
