"""Gender and number of French noun forms, counted from the determiners before them in the training pairs.

    python training/noun_gender.py ../shared/train mtqc/text/data/gender.tsv.gz

Each word that follows a determiner directly is counted by what the determiner says: masculine or feminine singular,
or plural. « le » and « la » are pronouns as well (« il la porte ») and are counted apart, as is what follows a subject
pronoun. What is written: forms with at least MIN_COUNT sightings and a share of at least MIN_SHARE for one gender (or
number), as lines `form TAB kind`: `m`, `f` singular noun of that gender, `p` a form that is plural only; `M`, `F`: the
same, and never seen as a verb. Sources and licences of the pairs: the README beside them.
"""

from __future__ import annotations

import argparse
import gzip
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

MIN_COUNT = 6
MIN_SHARE = 0.985
MIN_WEAK_SHARE = 0.95
MIN_WEAK_ALONE = 15
_KINDS = {
    "m": "un cet ce du au aucun quel tout",
    "f": "une cette aucune ma ta sa quelle toute",
    "wm": "le",
    "wf": "la",
    "v": "il elle ils elles on je tu ne se qui",
    "p": "les des ces aux nos vos mes tes ses leurs plusieurs quelques certains certaines",
}
_KIND = {d: kind for kind, determiners in _KINDS.items() for d in determiners.split()}
_LETTERS = "a-zàâäçéèêëîïôöùûüœæ"
_PAIR = re.compile(rf"(?<![\w'-])((?i:{'|'.join(_KIND)})) (?=([{_LETTERS}][{_LETTERS}-]+)(?![\w'-]))")
_SHORT = 3
MAX_VERB_SHARE = 0.002


def french_sides(folder: Path) -> Iterator[str]:
    """The French side of every pair of every file, apart from the two that repeat the others."""
    for path in sorted(folder.glob("*.tsv.gz")):
        if path.name in {"all.tsv.gz", "balanced.tsv.gz", "dev.tsv.gz"}:
            continue
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield line.rstrip("\n").split("\t")[1].replace("’", "'")


def count(sentences: Iterable[str]) -> dict[str, Counter[str]]:
    """For each form: sightings by kind (`m`, `f`, `wm`, `wf`, `p`)."""
    seen: set[int] = set()
    table: dict[str, Counter[str]] = {}
    for sentence in sentences:
        key = hash(sentence)
        if key in seen:
            continue
        seen.add(key)
        for determiner, form in _PAIR.findall(sentence):
            table.setdefault(form, Counter())[_KIND[determiner.lower()]] += 1
    return table


def decide(counts: Counter[str]) -> str:
    """`m`, `f`, `p`, or "" where the evidence is thin or divided."""
    m, f, wm, wf, p = (counts[k] for k in ("m", "f", "wm", "wf", "p"))
    total = m + f + wm + wf + p
    if p >= MIN_COUNT and p >= MIN_SHARE * total:
        return "p"
    for gender, strong, other, weak, weak_other in (("m", m, f, wm, wf), ("f", f, m, wf, wm)):
        if strong + weak < MIN_COUNT or (strong < MIN_COUNT / 2 and (counts["v"] or weak < MIN_WEAK_ALONE)):
            continue
        if strong >= MIN_SHARE * (strong + other) and weak >= MIN_WEAK_SHARE * (weak + weak_other):
            return gender.upper() if counts["v"] <= MAX_VERB_SHARE * total else gender
    return ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("train", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--counts", type=Path, help="also write the raw counts here")
    args = parser.parse_args()
    table = count(french_sides(args.train))
    if args.counts:
        with gzip.open(args.counts, "wt", encoding="utf-8") as out:
            out.writelines(f"{w}\t{' '.join(f'{k}{n}' for k, n in c.items())}\n" for w, c in sorted(table.items()))
    decided = {w: decide(c) for w, c in table.items() if len(w) >= _SHORT}
    text = "".join(f"{w}\t{kind}\n" for w, kind in sorted(decided.items()) if kind)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    args.out.write_bytes(gzip.compress(text.encode(), mtime=0))
    print({kind: sum(v == kind for v in decided.values()) for kind in "mMfFp"}, args.out.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
