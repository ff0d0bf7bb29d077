"""Counts sentences taken for a publisher's notice in text that holds (nearly) none; writes reports/boilerplate.md.

Run: python tests/measure/boilerplate.py (needs ../shared, or MTQC_SHARED).

Every line is taken for a line of its own, the hardest case: furniture must fill its line. The web and documentation
sources do hold such lines (“Follow us on Twitter”): all of their firings were read, and each is one.
"""

from __future__ import annotations

import gzip
import itertools
from collections.abc import Iterator

from sentences import ROOT, SHARED, mt_set, ntrex

from mtqc.text.boilerplate import Strength, mark_boilerplate, strength
from mtqc.text.sentences import split

REPORT = ROOT / "reports" / "boilerplate.md"
PER_SOURCE = 3000
TRAIN = (
    "authored_articles", "authored_business", "authored_economy", "authored_life", "authored_people", "authored_state",
    "authored_world", "cds_snc_blog", "debian_website", "mozilla_org_lang", "privacyguides", "tails_website",
)  # fmt: skip


def sources() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    yield "NTREX, all documents", [p for half in (0, 1) for d in ntrex(half) for p in d]
    yield "newstest2012 and 2013", [p for name in ("wmt12", "wmt13") for d in mt_set(name) for p in d]
    for name in TRAIN:
        with gzip.open(SHARED / "train" / f"{name}.tsv.gz", "rt", encoding="utf-8") as file:
            rows = (line.rstrip("\n").split("\t") for line in itertools.islice(file, PER_SOURCE))
            yield f"train/{name}", [(row[0], row[1]) for row in rows]


def fired(text: str, side: str) -> Strength:
    marked = mark_boilerplate(split(text, "source" if side == "en" else "target"))
    return max((strength(s.text) for s in marked if s.role == "boilerplate"), default=Strength.NONE)


def table() -> Iterator[str]:
    yield "| text | lines a side | en: notices | en: furniture | fr: notices | fr: furniture |"
    yield "|---|--:|--:|--:|--:|--:|"
    for name, pairs in sources():
        found = [[fired(pair[i], side) for pair in pairs] for i, side in enumerate(("en", "fr"))]
        counts = [side.count(s) for side in found for s in (Strength.NOTICE, Strength.FURNITURE)]
        yield f"| {name} | {len(pairs)} | " + " | ".join(map(str, counts)) + " |"


def main() -> None:
    about = (__doc__ or "").split("\n\n", 2)[2]
    REPORT.write_text("\n".join(["# Boilerplate: false alarms", "", about, *table(), ""]), encoding="utf-8")
    print(REPORT.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
