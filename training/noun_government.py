"""Which preposition a French noun takes before an infinitive, counted in the training pairs.

    python training/noun_government.py ../shared/train mtqc/text/data/government.tsv

Counts NOUN + de/à + infinitive with an object. A noun of HEADS is written, with its count and the share of « de »,
where it was seen at least MIN_COUNT times and at least MIN_SHARE of them had « de ». An infinitive without object is
left out: after « à » it says what is to be done with the noun (« une offre à saisir »).
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from noun_gender import french_sides

MIN_COUNT = 9
MIN_SHARE = 0.97
HEADS = frozenset(
    """autorisation besoin but choix crainte décision désir droit engagement espoir fierté idée intention interdiction
    liberté mandat menace mission moyen nécessité objectif obligation occasion offre opportunité ordre permission
    possibilité pouvoir probabilité projet promesse proposition recommandation refus risque tentation tentative
    volonté""".split()
)
"""Nouns of will, possibility and duty, whose infinitive is a complement: candidates for the counts to confirm."""
_LETTERS = "a-zàâäçéèêëîïôöùûüœæ"
_AFTER_MODAL = re.compile(
    rf"\b(?:peut|peuvent|doit|doivent|va|vont|veut|faut|pouvez|devez|pourrait|devrait) ([{_LETTERS}]+(?:er|ir|re))\b"
)
_GOVERNED = re.compile(rf"(?<![\w'-])([{_LETTERS}-]+) (de |d'|à )([{_LETTERS}]+(?:er|ir|re))\b(?= (\w+'?))")
_OBJECT = frozenset("le la les l' un une des ce cet cette ces son sa ses leur leurs tout toute toutes tous".split())


def count(sentences: Iterable[str], nouns: frozenset[str] = HEADS) -> dict[str, Counter[str]]:
    """For each of `nouns`, how often `de` and `à` stand between it and an infinitive that has an object."""
    unique = list(dict.fromkeys(sentences))
    infinitives = {w for w, n in Counter(w for s in unique for w in _AFTER_MODAL.findall(s)).items() if n > 2}
    table: dict[str, Counter[str]] = {}
    for sentence in unique:
        for noun, preposition, verb, following in _GOVERNED.findall(sentence):
            if noun in nouns and verb in infinitives and following in _OBJECT:
                table.setdefault(noun, Counter())["à" if preposition[0] == "à" else "de"] += 1
    return table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("train", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    rows = []
    for noun, counts in sorted(count(french_sides(args.train)).items()):
        total = counts.total()
        if total >= MIN_COUNT and counts["de"] >= MIN_SHARE * total:
            rows.append(f"{noun}\t{total}\t{counts['de'] / total:.3f}\n")
    args.out.write_text("".join(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
