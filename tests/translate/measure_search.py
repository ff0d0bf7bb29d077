"""What docs/models.md says of beam, cutting and judging: measure_search.py [DIRECTION [MODEL [beams|cuts|judged]]]

Development halves only (MTQC_SHARED): FLORES-dev, wmt13, NTREX documents with even index. Prints Markdown tables.
"""

from __future__ import annotations

import gzip
import json
import os
import sys
from dataclasses import replace
from pathlib import Path

from sacrebleu.metrics.chrf import CHRF

from mtqc.model import NotMeasured
from mtqc.translate import load_engine
from mtqc.translate.marian import Marian, Search
from mtqc.translate.normalise import normalise

SHARED = Path(os.environ.get("MTQC_SHARED", Path(__file__).resolve().parents[3] / "shared"))
Rows = list[dict[str, str]]


def read(name: str) -> Rows:
    with gzip.open(SHARED / "eval" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def sets() -> dict[str, Rows]:
    parallel, ntrex = read("mt_enfr"), read("ntrex_enfr")
    even = set(list(dict.fromkeys(r["doc"] for r in ntrex))[::2])
    made = {name: [r for r in parallel if r["set"] == name] for name in ("flores-dev", "wmt13")}
    return {**made, "ntrex": [r for r in ntrex if r["doc"] in even]}


def fields(marian: Marian) -> tuple[str, str]:
    """Names of a row's source and target: the English is the original, the French its human translation."""
    return ("ref_fr", "en") if marian.checkpoint.direction == "fr-en" else ("en", "ref_fr")


def chrf(marian: Marian, rows: Rows) -> tuple[float, int]:
    """chrF++ of the translated rows, and how many hypotheses were given up (they count as empty)."""
    source, target = fields(marian)
    made = marian.translate([r[source] for r in rows])
    texts = ["" if isinstance(m, NotMeasured) else m for m in made]
    return CHRF(word_order=2).corpus_score(texts, [[r[target] for r in rows]]).score, sum(t == "" for t in texts)


def beams(marian: Marian, rows: Rows) -> None:
    print("\n| beam | chrF++ | given up |\n|---|---|---|")
    for beam in (1, 2, 3, 4, 6):
        score, void = chrf(replace(marian, search=replace(marian.search, beam=beam)), rows)
        print(f"| {beam} | {score:.1f} | {void} |")


def cuts(marian: Marian, rows: Rows) -> None:
    print("\n| pieces of the source | cut at | chrF++ | given up |\n|---|---|---|---|")
    counts = [len(marian.pieces.source(normalise(r[fields(marian)[0]]).text)) - 1 for r in rows]
    for low, high in ((40, 55), (55, 75), (75, 100), (100, 128)):
        some = [r for r, n in zip(rows, counts, strict=True) if low <= n < high][:200]
        for cut in (30, 40, 50, 60, 80, 128):
            score, void = chrf(replace(marian, checkpoint=replace(marian.checkpoint, cut_at=cut)), some)
            print(f"| {low} to {high - 1} ({len(some)} sentences) | {cut} | {score:.1f} | {void} |")


def judged(marian: Marian, named: dict[str, Rows]) -> None:
    print(
        "\n| set | human translations rejected, both ways | first hypotheses rejected | given up |\n|---|---|---|---|"
    )
    for name, every in named.items():
        rows = every[:500]
        source, target = fields(marian)
        sides = [(normalise(r[source]).text, normalise(r[target]).text) for r in rows]
        human = sum(marian.validity.fault(a, b) is not None for s, t in sides for a, b in ((s, t), (t, s)))
        sources = [s for s, _ in sides]
        found = marian.decoder.decode([marian.pieces.source(s) for s in sources], marian.search, lambda _: None)
        faults = [
            marian.validity.fault(s, marian.pieces.text(f.pieces), f.truncated)
            for s, f in zip(sources, found, strict=True)
        ]
        first = sum(f is not None for f in faults)
        print(f"| {name} | {human} of {2 * len(rows)} | {first} of {len(rows)} | {chrf(marian, rows)[1]} |", flush=True)


def main() -> None:
    direction, model, only = (*sys.argv[1:], *("fr-en", "", "")[len(sys.argv) - 1 :])
    engine = load_engine(model, cache=False, direction=direction)
    marian = engine.translator
    assert isinstance(marian, Marian)
    print(engine.signature)
    named = sets()
    if only in ("", "beams"):
        beams(replace(marian, search=Search(2, marian.checkpoint.positions)), named["flores-dev"][200:500])
    if only in ("", "cuts"):
        cuts(marian, [r for rows in named.values() for r in rows])
    if only in ("", "judged"):
        judged(marian, named)


if __name__ == "__main__":
    main()
