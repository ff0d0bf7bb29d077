"""Moved, swapped and lost sentences planted into NTREX: `python tests/measure/structure.py [--half tune|report]`.

One sentence of each document goes half the document away, or changes places with the next, or two or three in a row
are left out. And how often the documents as they are get one of the findings; and the likeness of true pairs and
of others in the same document, which the thresholds of structure_moves come from.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import replace

from data import ROOT, ntrex

from mtqc.checks.structure import LostAndAdded, Reordered
from mtqc.model import ArticlePair
from mtqc.pipeline import align_article
from mtqc.testing import run_check
from mtqc.text.likeness import likeness

THRESHOLDS = (0.2, 0.3, 0.35, 0.4, 0.5)


def far(lines: list[str], at: int, chance: random.Random) -> list[str]:
    left = lines[:at] + lines[at + 1 :]
    return [*left[: (at + len(lines) // 2) % len(left)], lines[at], *left[(at + len(lines) // 2) % len(left) :]]


def swap(lines: list[str], at: int, chance: random.Random) -> list[str]:
    return [*lines[:at], lines[at + 1], lines[at], *lines[at + 2 :]]


def lose(lines: list[str], at: int, chance: random.Random) -> list[str]:
    return lines[:at] + lines[at + 3 :]


def asis(lines: list[str], at: int, chance: random.Random) -> list[str]:
    return lines


PLANTS: dict[str, Callable[[list[str], int, random.Random], list[str]]] = {
    "moved far": far, "swapped": swap, "three lost": lose, "as it is": asis,
}  # fmt: skip


def codes(pair: ArticlePair, french: list[str]) -> Counter:
    changed = replace(pair, target=replace(pair.target, text="\n".join(french)), segments=())
    article = align_article(changed, None)
    return Counter(f.code for c in (LostAndAdded(), Reordered()) for f in run_check(c, article))


def likenesses(pairs: list[ArticlePair]) -> str:
    same, other = [], []
    for pair in pairs:
        english, french = (d.text.split("\n") for d in (pair.source, pair.target))
        for i, e in enumerate(english):
            for j, f in enumerate(french):
                if min(len(e.split()), len(f.split())) >= 5:
                    (same if i == j else other).append(likeness(e, f))
    rows = (
        f"| {t} | {sum(x >= t for x in same) / len(same):.1%} | {sum(x >= t for x in other) / len(other):.1%} |"
        for t in THRESHOLDS
    )
    return "\n".join(["| likeness at least | true pairs | others |", "|---|---|---|", *rows])


def table(documents: list[ArticlePair]) -> str:
    chance = random.Random(6)
    pairs = [p for p in documents if p.target.text.count("\n") >= 8]
    found: dict[str, list[Counter]] = defaultdict(list)
    for pair in pairs:
        lines = pair.target.text.split("\n")
        for name, plant in PLANTS.items():
            found[name].append(codes(pair, plant(lines, chance.randrange(1, len(lines) - 4), chance)))
    shown = ("ALN103", "ACC120", "ACC101", "ACC102", "ACC121")
    out = [f"| planted | documents | {' | '.join(shown)} |", "|---|---|" + "---|" * len(shown)]
    for name, counts in found.items():
        per = " | ".join(str(sum(c[code] > 0 for c in counts)) for code in shown)
        out.append(f"| {name} | {len(counts)} | {per} |")
    return "\n".join([*out, "", likenesses(pairs)]) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("tune", "report"), default="tune")
    parser.add_argument("--write", action="store_true", help="write reports/structure.md")
    a = parser.parse_args()
    text = table(ntrex(a.half))
    print(text)
    if a.write:
        head = f"# Sentences moved and lost, measured\n\n`python tests/measure/structure.py --half {a.half} --write`: "
        head += "planted into NTREX, aligned without a model; documents in which each rule fires.\n\n"
        (ROOT / "reports" / "structure.md").write_text(head + text, encoding="utf-8")


if __name__ == "__main__":
    main()
