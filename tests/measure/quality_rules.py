"""What the blocks say together of each rule: the table, mtqc/checks/data/measured.json, and what is missed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from data import ROOT
from quality_clean import Clean, per_1000
from quality_job import number, of, percent, table
from quality_planted import PlantedFigures, aim, by_rule

from mtqc.checks import registered
from mtqc.evaluate import JudgedLine, Rate
from mtqc.evaluate.figures import wilson
from mtqc.model import Severity
from mtqc.policy import OFF

DATA = ROOT / "mtqc" / "checks" / "data" / "measured.json"
ENOUGH = 10
"""Findings below which a share says little."""
HEAD = ["rule", "name", "right on annotated MT", "95 %", "a 1,000 clean sentences", "planted errors found"]


def annotated(lines: Mapping[str, Sequence[JudgedLine]], *names: str) -> dict[str, Rate]:
    """By rule, findings of minor severity or worse that are right, in the sets of these names, or in all."""
    hits: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for name, judged in lines.items():
        for f in (f for x in judged for f in x.findings if not names or name in names):
            if f.right is not None and f.mark.severity >= Severity.MINOR:
                total[f.mark.code] += 1
                hits[f.mark.code] += f.right
    return {code: Rate(hits[code], n) for code, n in total.items()}


def rules(numbers: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Of every rule that is registered and on: as in measured.json."""
    right = annotated(numbers["lines"])
    clean: dict[str, Clean] = numbers["clean"]
    planted: PlantedFigures = numbers["planted"]
    found = {}
    for code in sorted(r.code for c in registered() for r in c.rules if r.code not in OFF):
        rate = right.get(code, Rate(0, 0))
        found[code] = {
            "annotated": [rate.hits, rate.total],
            "clean_per_1000": round(per_1000(clean.values(), code) or 0.0, 2),
            "planted": {kind: [r.hits, r.total] for kind, r in by_rule(planted, code).items()},
        }
    return found


def write_data(numbers: Mapping[str, Any], signature: str, day: str) -> None:
    """Renew measured.json: one rule a line, so that a change can be read."""
    lines = [f"{json.dumps(code)}: {json.dumps(row)}" for code, row in rules(numbers).items()]
    head = f'"day": {json.dumps(day)},\n"signature": {json.dumps(signature)},\n"rules": {{\n'
    DATA.write_text("{\n" + head + ",\n".join(lines) + "\n}\n}\n", encoding="utf-8")


def rules_section(numbers: Mapping[str, Any]) -> list[str]:
    names = {r.code: r.name for c in registered() for r in c.rules}
    found = rules(numbers)
    rows = []
    for code, r in found.items():
        rate = Rate(*r["annotated"])
        interval = wilson(rate)
        within = f"{100 * interval.low:.0f}–{100 * interval.high:.0f}" if interval else "–"
        planted = ", ".join(f"{k} {h}/{n}" for k, (h, n) in r["planted"].items()) or "–"
        rows.append([code, names[code], of(rate), within, f"{r['clean_per_1000']:.1f}", planted])
    weak = [c for c, r in found.items() if r["annotated"][1] >= ENOUGH and 2 * r["annotated"][0] < r["annotated"][1]]
    return [
        "Findings of minor severity or worse. Right: overlapping a marked error, all four sets of the first part together"
        " (locale and punctuation are not marked there). Planted errors: those kinds of which a rule finds 5 % or more.",
        "",
        *table(HEAD, rows),
        "",
        f"Under one half, of {ENOUGH} findings or more: {', '.join(weak) or 'none'}.",
    ]


def missed_section(lines: Mapping[str, Sequence[JudgedLine]], described: str) -> list[str]:
    """Critical and major errors that nothing of minor severity or worse overlaps, by category; and what they are like."""
    out = [described]
    for name, judged in lines.items():
        errors = [e for x in judged for e in x.errors if e.error.is_serious]
        total, missed = (
            Counter(e.error.category for e in errors),
            Counter(e.error.category for e in errors if not e.found_minor),
        )
        rows = [[c, str(n), str(missed[c]), percent(Rate(missed[c], n))] for c, n in total.most_common(10)]
        out += ["", f"{name}: {missed.total()} of {total.total()} critical and major errors missed.", ""]
        out += table(["category", "critical and major", "missed", "share"], rows)
    return out


def overall(numbers: Mapping[str, Any]) -> list[str]:
    """The aims of the issue and where they stand, one a row."""
    news = numbers["figures"]["gold"]
    ntrex: Clean = numbers["clean"]["ntrex"]
    critical = news.by_severity.get(Severity.CRITICAL, Rate(0, 0))
    serious = Rate(ntrex.serious, ntrex.sentences)
    false = 200 * ntrex.count(Severity.CRITICAL) / max(1, ntrex.sentences)
    rows = [
        ["AUC of quality, news", "≥ .80", number(news.auc)],
        ["precision of critical and major findings, news", "≥ .70", of(news.serious)],
        ["recall of critical errors, news", "≥ .50", of(critical)],
        ["clean sentences (NTREX) with a critical or major finding", "≤ 2 %", percent(serious, wilson(serious))],
        ["critical findings in 200 clean sentences", "≤ 1", f"{false:.2f}"],
    ]
    planted: PlantedFigures = numbers["planted"]
    for wanted in (0.95, 0.8):
        kinds = [es for k, es in planted.kinds().items() if aim(k) == wanted]
        there = sum(sum(e.found_minor for e in es) >= wanted * len(es) for es in kinds)
        rows.append([f"kinds of planted errors found at ≥ {100 * wanted:.0f} %", f"{len(kinds)}", str(there)])
    return table(["measured", "aim", "is"], rows)
