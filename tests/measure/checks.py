"""Precision and recall of every rule on data it was not tuned on: `make measure` → reports/checks.md.

    python tests/measure/checks.py [--half tune|report] [--only PREFIX] [--list] [--no-model] [--write]

Clean human translations (NTREX): how many sentences get a critical or major finding. Annotated machine translations
(../shared/gold): findings that overlap an annotated error, and annotated errors that some finding overlaps.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path

from data import ROOT, Half, gold_folders, ntrex

from mtqc.cli.common import Options, models, settings
from mtqc.model import ArticleReport, Finding, Severity
from mtqc.pipeline import Models, check_article
from mtqc.policy import Policy
from mtqc.source import read_pairs
from mtqc.text.offsets import LineIndex

SERIOUS = (Severity.CRITICAL, Severity.MAJOR)


def load_gold(folder: Path) -> list[dict]:
    return [json.loads(x) for x in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines() if x.strip()]


def gold_span(error: dict, line: str) -> tuple[int, int] | None:
    if error.get("target_span"):
        return tuple(error["target_span"])
    text, at = error.get("target_text"), -1
    if not text:
        return None
    for _ in range(error.get("occurrence") or 1):
        at = line.find(text, at + 1)
    return (at, at + len(text)) if at >= 0 else None


def clean_rates(reports: list[ArticleReport]) -> tuple[Counter, int, int]:
    """(rule, severity) → sentences with it; sentences with a critical or major finding; sentences."""
    rules: Counter = Counter()
    hit = total = 0
    for report in reports:
        for s in report.sentences:
            total += bool(s.bead.source)
            hit += any(f.severity in SERIOUS for f in s.findings)
            rules.update({(f.code, f.name, f.severity) for f in s.findings})
        rules.update((f.code, f.name, f.severity) for f in report.findings)
    return rules, hit, total


def judge_gold(report: ArticleReport, gold: list[dict]) -> tuple[dict[str, list[bool]], dict[str, list[bool]], list]:
    """Per rule: findings right or not; per severity: gold errors found or not; and what was wrong or missed."""
    index = LineIndex(report.pair.target.text)
    lines = [report.pair.target.text[a:b] for a, b in index.lines()]
    spans = [(g, g["target_line"], gold_span(g, lines[g["target_line"] - 1])) for g in gold]
    right, found, notes = defaultdict(list), defaultdict(list), []
    marked: dict[int, list[tuple[int, int]]] = defaultdict(list)
    lost = {index.line(f.target.span.start) for f in report.all_findings if f.category == "accuracy/omission"}
    for f in report.all_findings:
        line, start = index.place(f.target.span.start)
        end = start + len(f.target.span)
        if f.severity > Severity.NEUTRAL:
            marked[line].append((start, max(end, start + 1)))
        overlap = [
            g for g, at, span in spans if at == line and span and start < span[1] and span[0] < max(end, start + 1)
        ]
        overlap += [g for g, at, _ in spans if at == line and g["category"] == f.category == "accuracy/omission"]
        right[f"{f.code} {f.name} {f.severity.label}"].append(bool(overlap))
        if not overlap and f.severity in SERIOUS:
            notes.append(("EXTRA", report.pair.id, line, f.code, f.severity.label, f.target.text, f.message))
    for g, line, span in spans:
        if g.get("required") == "must-not-flag":
            continue
        hit = bool(span) and any(a < max(span[1], span[0] + 1) and span[0] < b for a, b in marked[line])
        hit = hit or (g["category"] == "accuracy/omission" and line in lost)
        found[f"{g['required']} {g['severity']}" if "required" in g else g["severity"]].append(hit)
        if not hit:
            notes.append(("MISSED", report.pair.id, line, g["severity"], g["category"], g.get("target_text")))
    return right, found, notes


def run(
    half: Half, only: str, using: Models | None
) -> tuple[list[ArticleReport], list[tuple[ArticleReport, list[dict]]]]:
    chosen = settings(Options())
    if only:
        chosen = replace(chosen, policy=Policy(select=(only,)))
    clean = [check_article(replace(p, segments=()), chosen, using) for p in ntrex(half)]  # the aligner's faults count
    annotated = []
    for folder in gold_folders(half):
        (pair,) = read_pairs(folder / "source.en.txt", folder / "target.fr.txt")
        annotated.append((check_article(pair, chosen, using), load_gold(folder)))
    return clean, annotated


def run_corpora(using: Models | None) -> list[tuple[ArticleReport, list[dict]]]:
    """Our own article pairs: what the demo shows, and no part of the tuning or reporting halves."""
    pairs = [p for p in read_pairs(ROOT / "corpora") if not isinstance(p, tuple)]
    chosen = settings(Options())
    return [(check_article(p, chosen, using), load_gold(Path(p.target.path).parent)) for p in pairs]


def corpora_summary(judged: list[tuple[ArticleReport, list[dict]]], show: bool) -> str:
    """Recall by requirement and severity, and serious findings that overlap no gold error."""
    right, found, notes = defaultdict(list), defaultdict(list), []
    for report, gold in judged:
        r, f, n = judge_gold(report, gold)
        for k, v in r.items():
            right[k] += v
        for k, v in f.items():
            found[k] += v
        notes += n
    serious = [x for k, v in right.items() if k.endswith(("critical", "major")) for x in v]
    out = [
        "",
        "## Our own corpora",
        "",
        "Written by the authors of the checks' tests: a demonstration, not a measurement.",
        "",
    ]
    out += [f"- critical and major findings that overlap a planted error: {sum(serious)} of {len(serious)}"]
    out += [f"- planted errors found, {k}: {sum(v)} of {len(v)}" for k, v in sorted(found.items())]
    return "\n".join([*out, "", *(map(repr, notes) if show else ())]) + "\n"


def table(clean: list[ArticleReport], annotated: list, show: bool) -> str:
    rules, hit, total = clean_rates(clean)
    right, found, notes = defaultdict(list), defaultdict(list), []
    for report, gold in annotated:
        r, f, n = judge_gold(report, gold)
        for k, v in r.items():
            right[k] += v
        for k, v in f.items():
            found[k] += v
        notes += n
    out = [
        f"Clean human translations (NTREX): {hit} of {total} sentences with a critical or major finding = {hit / total:.2%}",
        "",
    ]
    out += [
        "| rule | severity | on clean sentences | a 1,000 | on annotated MT | overlapping an error |",
        "|---|---|---|---|---|---|",
    ]
    keys = {f"{c} {n} {s.label}": v for (c, n, s), v in rules.items()}
    for key in sorted(set(keys) | set(right)):
        *name, severity = key.split()
        n, ok = len(right.get(key, ())), sum(right.get(key, ()))
        out.append(
            f"| {' '.join(name)} | {severity} | {keys.get(key, 0)} | {keys.get(key, 0) * 1000 / total:.1f} | {n} | {ok}{f' ({ok / n:.0%})' if n else ''} |"
        )
    serious = [x for k, v in right.items() if k.endswith(("critical", "major")) for x in v]
    out += [
        "",
        f"Annotated MT: critical and major findings {sum(serious)} of {len(serious)} overlap an annotated error.",
    ]
    out += [f"Recall of annotated {k} errors: {sum(v)} of {len(v)}." for k, v in sorted(found.items())]
    if show:
        out += ["", *map(repr, notes)]
        out += [
            repr(("CLEAN", r.pair.id, f.code, f.severity.label, f.target.text, f.message))
            for r in clean
            for f in r.all_findings
            if f.severity in SERIOUS
        ]
    return "\n".join(out) + "\n"


def serious(findings: tuple[Finding, ...]) -> bool:
    return any(f.severity in SERIOUS for f in findings)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("tune", "report"), default="tune")
    parser.add_argument("--only", default="")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--no-model", action="store_true")
    parser.add_argument("--write", action="store_true", help="write reports/checks.md")
    a = parser.parse_args()
    using = None if a.no_model else models(settings(Options()))
    text = table(*run(a.half, a.only, using), a.list) + corpora_summary(run_corpora(using), a.list)
    print(text)
    if a.write:
        head = f"# Checks, measured\n\n`python tests/measure/checks.py --half {a.half} --write`: the reporting half, not looked into for tuning.\n\n"
        (ROOT / "reports" / "checks.md").write_text(head + text, encoding="utf-8")


if __name__ == "__main__":
    main()
