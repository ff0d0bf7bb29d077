"""Recall and precision of the name checks on planted errors; not a test, run by hand.

Usage: python tests/measure/names_mutation.py [odd|even]

Takes clean NTREX documents (../shared/eval, or $MTQC_SHARED/eval), damages one name in each and asks what the checks
find: a letter changed, dropped, doubled or two swapped; a capital lost with it; the dictionary word for a name that
is an English word too (planted on both sides first, as Cook, Stone, Rice); another country.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from mtqc.checks.name_register import register
from mtqc.checks.names import NamesCheck
from mtqc.model import Severity
from mtqc.testing import make_pair, run_check
from mtqc.text.name_data import key, places
from mtqc.text.names import Part, is_code, parts

PLANTED = {"Cook": "Cuisinier", "Stone": "Pierre", "Rice": "Riz", "Bush": "Buisson", "Wood": "Bois", "Snow": "Neige"}
Pair = tuple[list[str], list[str]]


def documents(parity: int) -> Iterator[Pair]:
    shared = Path(os.environ.get("MTQC_SHARED", Path(__file__).parents[3] / "shared"))
    found: dict[str, Pair] = {}
    with gzip.open(shared / "eval" / "ntrex_enfr.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            english, french = found.setdefault(row["doc"], ([], []))
            english.append(" ".join(row["en"].split()))
            french.append(row["ref_fr"].replace("\n", " ").replace("\r", " "))
    yield from (pair for number, pair in enumerate(found.values()) if number % 2 == parity)


def misspell(word: str, random_: random.Random) -> str:
    at = random_.randrange(1, len(word))
    return random_.choice(
        [
            word[:at] + random_.choice("bcdfglmnprst") + word[at + 1 :],
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :] if at > 1 else word[:-1] + "c",
        ]
    )


def kept_names(pair: Pair) -> Iterator[tuple[int, Part, int]]:
    """(line, French place, beads that keep the name) of names written alike on both sides."""
    article = make_pair("\n".join(pair[0]), "\n".join(pair[1]))
    found = register(article)
    for name in found.names.values():
        if name.is_strong and len(name.norm) > 3 and key(name.norm) not in places()[0]:
            for use in name.uses:
                line = found.beads[use.at].bead.index
                yield from ((line, p, name.kept) for p in parts(pair[1][line]) if use.kept == 1 and p.norm == name.norm)


def damaged(pair: Pair, line: int, start: int, end: int, new: str) -> Pair:
    french = list(pair[1])
    french[line] = french[line][:start] + new + french[line][end:]
    return pair[0], french


def mutations(pair: Pair, random_: random.Random) -> Iterator[tuple[str, Pair, int, str]]:
    """(kind, damaged pair, line, the wrong French word)."""
    names = list(kept_names(pair))
    random_.shuffle(names)
    for line, place, kept in names[:4]:
        wrong = misspell(place.norm, random_)
        kind = "code" if is_code(place.norm) else "kept elsewhere" if kept > 1 else "only once"
        if key(wrong) != key(place.norm):
            yield f"misspelt, {kind}", damaged(pair, line, place.start, place.end, wrong), line, wrong
    yield from _planted(pair, names, random_)
    yield from _swapped(pair, random_)


def _planted(
    pair: Pair, names: list[tuple[int, Part, int]], random_: random.Random
) -> Iterator[tuple[str, Pair, int, str]]:
    often = [(line, p) for line, p, kept in names if kept > 1 and not is_code(p.norm)]
    if often:
        line, place = random_.choice(often)
        surname, wrong = random_.choice(sorted(PLANTED.items()))
        renamed = tuple([text.replace(place.norm, surname) for text in side] for side in pair)
        start = renamed[1][line].find(surname)
        planted = damaged((renamed[0], renamed[1]), line, start, start + len(surname), wrong)
        yield "dictionary word", planted, line, wrong


def _swapped(pair: Pair, random_: random.Random) -> Iterator[tuple[str, Pair, int, str]]:
    known, french = places()
    hits = [(n, p) for n, text in enumerate(pair[1]) for p in parts(text) if key(p.norm) in french]
    hits = [h for h in hits if any(key(e.norm) in known for e in parts(pair[0][h[0]]))]
    if hits:
        line, place = random_.choice(hits)
        wrong = random_.choice(["Bolivie", "Norvège", "Zambie", "Mongolie"])
        yield "another country", damaged(pair, line, place.start, place.end, wrong), line, wrong


def main(parity: int) -> None:
    random_ = random.Random(20261125)
    check = NamesCheck()
    planted: Counter[str] = Counter()
    hit: Counter[str] = Counter()
    severe: Counter[str] = Counter()
    false = sentences = 0
    for pair in documents(parity):
        clean = {(f.code, f.target.text) for f in run_check(check, make_pair(*map("\n".join, pair)))}
        sentences += len(pair[0])
        for kind, (english, french), line, wrong in mutations(pair, random_):
            article = make_pair("\n".join(english), "\n".join(french))
            found = [f for f in run_check(check, article) if f.severity >= Severity.MAJOR]
            start = article.beads[line].target_start
            right = [
                f for f in found if wrong in f.target.text and 0 <= f.target.span.start - start <= len(french[line])
            ]
            planted[kind] += 1
            hit[kind] += bool(right)
            severe[kind] += any(f.severity is Severity.CRITICAL for f in right)
            false += sum(f not in right and (f.code, f.target.text) not in clean for f in found)
            if "-v" in sys.argv and not right:
                print(kind, wrong, "|", english[line][:150], "|", french[line][:150])
    for kind, count in sorted(planted.items()):
        print(f"{kind}: {hit[kind]}/{count} = {hit[kind] / count:.0%} found, {severe[kind]} of them critical")
    total = sum(hit.values())
    print(
        f"{sentences} sentences; critical and major findings elsewhere: {false}; precision {total / (total + false):.1%}"
    )


if __name__ == "__main__":
    main(1 if "odd" in sys.argv else 0)
