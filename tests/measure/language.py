"""Measures language identification by length of text; writes reports/language.md.

Run: python tests/measure/language.py (needs ../shared, or MTQC_SHARED).

Stretches of FLORES dev and of NTREX's even documents, cut at random word boundaries, 800 for each length and language.
*Wrong*: the likeliest language is not the text's. *Wrong, sure*: the same with a probability of at least 0.9.
*Sure*: right with that probability. mtqc answers from the length and the probability in bold on, “unknown” below.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from sentences import ROOT, Pair, mt_set, ntrex

from mtqc.text import language

LENGTHS = (10, 20, 30, 40, 60, 80, 100, 150, 200, 400)
SAMPLES = 800
REPORT = ROOT / "reports" / "language.md"


def stretch(rng: random.Random, lines: list[str], letters: int) -> str:
    """Consecutive words from a random place on until they have so many letters."""
    start = rng.randrange(len(lines) - 8)
    words = " ".join(lines[start : start + 8]).split()
    taken: list[str] = []
    for word in words[rng.randrange(len(lines[start].split())) :]:
        taken.append(word)
        if language.letters(" ".join(taken)) >= letters:
            break
    return " ".join(taken)


def table(documents: list[list[Pair]]) -> Iterator[str]:
    rng = random.Random(1)
    yield "| letters | language | wrong | wrong, sure | sure | of |"
    yield "|--:|---|--:|--:|--:|--:|"
    for letters in LENGTHS:
        for side, lang in enumerate(("en", "fr")):
            lines = [pair[side] for d in documents for pair in d]
            answers = [language._identifier().classify(stretch(rng, lines, letters)) for _ in range(SAMPLES)]
            sure = [found for found, p in answers if p >= language.MIN_PROBABILITY]
            wrong = sum(found != lang for found, _ in answers)
            wrong_sure = sum(found != lang for found in sure)
            label = f"**{letters}**" if letters == language.MIN_LETTERS else letters
            yield f"| {label} | {lang} | {wrong} | {wrong_sure} | {len(sure) - wrong_sure} | {SAMPLES} |"


def whole(documents: list[list[Pair]]) -> Iterator[str]:
    """Whole documents, by the function that judges articles."""
    for side, lang in enumerate(("en", "fr")):
        found = [language.languages("\n".join(pair[side] for pair in d)) for d in documents]
        least = min(f.share(lang) for f in found)
        wrong = sum(f.main != lang for f in found)
        yield f"- {lang}: {len(found)} documents, {wrong} with another main language, smallest share of {lang} {least:.2f}"


def main() -> None:
    about = (__doc__ or "").split("\n\n", 2)[2]
    lines = ["# Language identification", "", about, *table(mt_set("flores-dev") + ntrex(0))]
    lines += ["", "Whole documents of NTREX, odd ones (held out):", "", *whole(ntrex(1)), ""]
    REPORT.write_text("\n".join(lines), encoding="utf-8")
    print(REPORT.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
