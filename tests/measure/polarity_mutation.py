"""Recall and false alarms of the polarity check on clean translations; not a test, run by hand.

Usage: python tests/measure/polarity_mutation.py [--half tune|report] [--list]

Takes clean NTREX documents (and, of the tuning half, FLORES dev and the free WMT 2012 and 2013 references; the reporting
half is NTREX alone), counts what the check says about them as they are, then damages one thing in a sentence: takes a
« ne … pas » away, puts one in, swaps a word for its opposite, takes a conditional of hearsay back to the past.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import get_args

from data import Half, mt, ntrex

from mtqc.checks.polarity import Polarity
from mtqc.checks.polarity_words import HEDGES, STRONG
from mtqc.model import ArticlePair, Finding, Severity
from mtqc.testing import make_pair, run_check

NEGATION = re.compile(r"(?<!\w)(n['’]|ne )((?:[\w'’-]+ ){1,3}?)(?:pas|plus|jamais) ", re.IGNORECASE)
VERB = re.compile(r" (a|ont|est|sont|avait|avaient|était|étaient|sera|seront|peut|peuvent) (?=\w+)")
HEARSAY = re.compile(r"\b(aur|ser)(ait|aient)\b")
FACT = {"aurait": "a", "auraient": "ont", "serait": "est", "seraient": "sont"}
OPPOSITES = (
    ("rose|risen|increased|grew", "augmenté", "diminué"), ("fell|fallen|decreased|dropped", "diminué|baissé", "augmenté"),
    ("before", "avant", "après"), ("after", "après", "avant"), ("won", "gagné|remporté", "perdu"),
    ("lost", "perdu", "gagné"), ("higher", "plus élevé", "plus bas"), ("opened", "ouvert", "fermé"),
    ("bought", "acheté", "vendu"), ("sold", "vendu", "acheté"), ("majority", "majorité", "minorité"),
    ("victory|win", "victoire", "défaite"), ("defeat", "défaite", "victoire"), ("north|northern", "nord", "sud"),
    ("west|western", "ouest", "est"), ("yesterday", "hier", "demain"), ("winter", "hiver", "été"),
    ("best|better", "meilleur", "pire"), ("more than", "plus de", "moins de"), ("less than|fewer than", "moins de", "plus de"),
    ("bigger|larger|greater", "plus grand", "plus petit"), ("accepted", "accepté", "rejeté"),
    ("against", "contre", "en faveur de"), ("losses|loss", "pertes", "bénéfices"), ("banned", "interdit", "autorisé"),
    ("acquitted", "acquitté", "condamné"), ("optimistic", "optimiste", "pessimiste"), ("brother", "frère", "sœur"),
    ("father", "père", "mère"), ("son", "fils", "fille"), ("largest|biggest", "plus grand", "plus petit"),
)  # fmt: skip


def rows(pairs: list[ArticlePair]) -> Iterator[tuple[str, str]]:
    for pair in pairs:
        for here, there in pair.segments:
            yield pair.source.text[here.start : here.end], pair.target.text[there.start : there.end]


def mutations(english: str, french: str) -> Iterator[tuple[str, str, int]]:
    """(kind, damaged French, where)."""
    negation, verb, hearsay = NEGATION.search(french), VERB.search(french), HEARSAY.search(french)
    if negation and STRONG.search(english):
        kept = french[: negation.start()] + negation[2] + french[negation.end() :]
        yield "negation taken away", kept, negation.start()
    if verb and not negation:
        new = f" n'{verb[1]} pas " if verb[1][0] in "aeé" else f" ne {verb[1]} pas "
        yield "negation put in", french[: verb.start()] + new + french[verb.end() :], verb.start()
    if hearsay and HEDGES.search(english):
        yield "hearsay as a fact", french.replace(hearsay[0], FACT[hearsay[0]]), hearsay.start()
    for original, word, opposite in OPPOSITES:
        found = re.search(rf"\b(?:{word})\b", french)
        if found and re.search(rf"\b(?:{original})\b", english):
            yield "opposite", french[: found.start()] + opposite + french[found.end() :], found.start()


def found(english: str, french: str) -> list[Finding]:
    return run_check(Polarity(), make_pair(english.replace("\r", " "), french.replace("\r", " ")))


def measure(name: str, pairs: list[ArticlePair], show: bool) -> None:
    clean: Counter[str] = Counter()
    hits: defaultdict[str, list[bool]] = defaultdict(list)
    near: defaultdict[str, list[bool]] = defaultdict(list)
    strong: Counter[str] = Counter()
    number = serious = 0
    for english, french in rows(pairs):
        number += 1
        before = found(english, french)
        serious += any(f.severity >= Severity.MAJOR for f in before)
        clean.update(f"{f.code} {f.severity.label}" for f in before)
        if show:
            print(*(("CLEAN", f.code, f.target.text, english, french) for f in before), sep="\n")
        for kind, damaged, at in mutations(english, french):
            after = found(english, damaged)
            hits[kind].append(bool(after))
            if after:
                strong[kind] += any(f.severity >= Severity.MAJOR for f in after)
                near[kind].append(any(f.target.span.start - 25 <= at <= f.target.span.end + 25 for f in after))
    print(f"\n{name}: {number} sentences, critical or major on {serious} = {serious / number:.2%}; {dict(clean)}")
    for kind, values in sorted(hits.items()):
        share = f"{strong[kind]} of them major, {sum(near[kind])} marked within 25 characters"
        print(f"- {kind}: {sum(values)} of {len(values)} found ({sum(values) / len(values):.0%}), {share}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=get_args(Half), default="tune")
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args()
    measure(f"NTREX, {options.half} half", ntrex(options.half), options.list)
    if options.half == "tune":
        for name in ("flores-dev", "wmt12", "wmt13"):
            measure(name, mt(name), options.list)


if __name__ == "__main__":
    main()
