"""Recall of the number rules on injected errors, and their firings on clean text.

Takes human translations (NTREX) and machine translations (mt_enfr, engine "microsoft"), breaks one French figure a
sentence, and counts how often a major or critical finding comes up that was not there before. Tuning half: documents
with even index, sets wmt12, wmt13, flores-dev; held-out half: documents with odd index, all other sets.

Run: python tests/measure/numbers_mutation.py [--held-out]. Data: ../shared beside the repository, or $MTQC_SHARED.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from mtqc.checks.numbers import Numbers
from mtqc.model import Severity
from mtqc.testing import make_pair, run_check

SHARED = Path(os.environ.get("MTQC_SHARED", Path(__file__).resolve().parents[3] / "shared"))
TUNING_SETS = {"wmt12", "wmt13", "flores-dev"}
FIGURE = re.compile(
    r"(?<![\w.,:/\u00a0\u202f-])(?<!\d )\d+(?:[ \u00a0\u202f]\d{3})*(?:,\d+)?(?![\w./:-]|,\d|[ \u00a0\u202f]\d)"
)
SWAPS = {"milliards": "millions", "millions": "milliards", "milliard": "million", "million": "milliard"}
CURRENCIES = {"dollars": "euros", "euros": "dollars", "€": "$", "$": "€", "livres": "dollars"}

Mutation = Callable[[str, random.Random], str | None]


def rows(name: str) -> Iterator[dict]:
    with gzip.open(SHARED / "eval" / name, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def ntrex(held_out: bool) -> list[tuple[str, str]]:
    documents: dict[str, list[tuple[str, str]]] = {}
    for row in rows("ntrex_enfr.jsonl.gz"):
        documents.setdefault(row["doc"], []).append((row["en"], row["ref_fr"]))
    return [pair for i, pairs in enumerate(documents.values()) if i % 2 == held_out for pair in pairs]


def machine(held_out: bool) -> list[tuple[str, str]]:
    kept = (r for r in rows("mt_enfr.jsonl.gz") if (r["set"] not in TUNING_SETS) == held_out)
    return [(r["en"], r["mt"]["microsoft"]) for r in kept if r["mt"].get("microsoft")]


def _figure(text: str, rng: random.Random) -> re.Match[str] | None:
    found = [m for m in FIGURE.finditer(text) if int(re.sub(r"\D", "", m.group())) > 1]
    return rng.choice(found) if found else None


def change_digit(text: str, rng: random.Random) -> str | None:
    match = _figure(text, rng)
    if match is None:
        return None
    at = rng.choice([i for i in range(*match.span()) if text[i].isdigit()])
    other = rng.choice([d for d in "123456789" if d != text[at]])
    return text[:at] + other + text[at + 1 :]


def thousandfold(text: str, rng: random.Random) -> str | None:
    match = _figure(text, rng)
    if match is None or "," in match.group() or re.fullmatch(r"(?:1[5-9]|20)\d\d", match.group()):
        return None
    return text[: match.end()] + "\u202f000" + text[match.end() :]


def swap_magnitude(text: str, rng: random.Random) -> str | None:
    found = list(re.finditer(r"(?<=\d.)(?:milli(?:on|ard)s?)\b", text))
    match = rng.choice(found) if found else None
    return None if match is None else text[: match.start()] + SWAPS[match.group()] + text[match.end() :]


def drop(text: str, rng: random.Random) -> str | None:
    match = _figure(text, rng)
    return None if match is None else re.sub("  +", " ", text[: match.start()] + text[match.end() :])


def swap_currency(text: str, rng: random.Random) -> str | None:
    found = list(
        re.finditer(
            r"(?<=\d.)(?:millions? de |milliards? de |millions? d'|milliards? d')?(dollars|euros|€|\$|livres)", text
        )
    )
    match = rng.choice(found) if found else None
    return None if match is None else text[: match.start(1)] + CURRENCIES[match[1]] + text[match.end() :]


MUTATIONS: tuple[Mutation, ...] = (change_digit, thousandfold, swap_magnitude, drop, swap_currency)


def serious(source: str, target: str) -> int:
    found = run_check(Numbers(), make_pair(source.replace("\n", " "), target.replace("\n", " ")))
    return sum(f.severity >= Severity.MAJOR for f in found)


def measure(pairs: list[tuple[str, str]], show: int = 0) -> dict[str, tuple[int, int]]:
    rng, tried, found = random.Random(7), Counter(), Counter()
    missed: list[str] = []
    for source, target in pairs:
        before = serious(source, target)
        for mutation in MUTATIONS:
            mutated = mutation(target, rng)
            if mutated is None or mutated == target or before:
                continue
            tried[mutation.__name__] += 1
            hit = serious(source, mutated) > 0
            found[mutation.__name__] += hit
            if not hit:
                missed.append(f"{mutation.__name__}\n  {source}\n  {mutated}")
    for text in rng.sample(missed, min(show, len(missed))):
        print(text)
    return {m.__name__: (found[m.__name__], tried[m.__name__]) for m in MUTATIONS}


def main(arguments: list[str]) -> None:
    held_out = "--held-out" in arguments
    show = int(arguments[arguments.index("--show") + 1]) if "--show" in arguments and not held_out else 0
    for name, pairs in (("ntrex (human)", ntrex(held_out)), ("mt_enfr microsoft", machine(held_out))):
        clean = sum(serious(*p) > 0 for p in pairs)
        print(f"{name}, {'held out' if held_out else 'tuning'}: {len(pairs)} pairs, {clean} with a major or critical")
        for mutation, (hits, tries) in measure(pairs, show).items():
            print(f"  {mutation:16} {hits}/{tries} = {100 * hits / max(1, tries):.1f} %")


if __name__ == "__main__":
    main(sys.argv[1:])
