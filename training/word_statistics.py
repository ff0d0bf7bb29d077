"""Derive the word tables of mtqc/text/data from the training pairs.

Usage: python training/word_statistics.py [OUT_DIR]      (pairs: ../shared/train, or $MTQC_SHARED/train)

Writes, each a gzip text with the header that docs/data.md explains:
  words_en.gz, words_fr.gz   word, log2 of its count, share of its uses in mid-sentence that are lower case
  words_pairs.gz             English word (case kept) and the French words that stand for it, best first

Takes about five minutes on one core. The result depends on the pairs alone: sorted input, no random choice.
"""

from __future__ import annotations

import gzip
import math
import os
import re
import sys
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
ELIDED = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['’](?=\w)", re.IGNORECASE)
POSSESSIVE = re.compile(r"['’]s\b")
MIN_COUNT = 4
"""Rarer words of these texts are mostly identifiers and typing errors."""
MAX_WORDS = 60_000
SAMPLE = 300
"""Sentence pairs looked at per English word: enough for a share with an error of 3 %."""
MIN_PAIR_COUNT = 5
MIN_DICE = 0.08
MIN_SHARE = 0.1
KEEP = 4


def pairs(folder: Path) -> Iterator[tuple[str, str]]:
    """(English, French) of every per-source file, the validation pairs left out."""
    with gzip.open(folder / "dev.tsv.gz", "rt", encoding="utf-8") as lines:
        held_out = {line.rstrip("\n") for line in lines}
    for path in sorted(folder.glob("*.tsv.gz")):
        if path.name == "dev.tsv.gz":
            continue
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = line.rstrip("\n")
                if row not in held_out and row.count("\t") == 1:
                    english, french = row.split("\t")
                    yield english, french


def tokens(text: str, french: bool) -> list[str]:
    text = ELIDED.sub(" ", text) if french else POSSESSIVE.sub(" ", text)
    return WORD.findall(text.replace("’", "'"))


def is_title(words: list[str]) -> bool:
    """True of headings in Title Case, where capitals mean nothing."""
    rest = words[1:]
    return bool(rest) and sum(w[:1].isupper() for w in rest) > 0.6 * len(rest)


def table(total: Counter[str], lower: Counter[str], middle: Counter[str]) -> Iterator[str]:
    common = [w for w, n in total.most_common(MAX_WORDS) if n >= MIN_COUNT and len(w) > 1]
    for word in sorted(common):
        share = lower[word] / middle[word] if middle[word] else 0.5
        yield f"{word}\t{int(math.log2(total[word]))}\t{round(10 * share)}"


def write(path: Path, rows: Iterator[str] | list[str]) -> None:
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as file:
        file.write(b"# training/word_statistics.py; sources and licences: docs/data.md\n")
        for row in rows:
            file.write(f"{row}\n".encode())


class Side:
    """Counts of one language and, per pair, the ids of its words (sentence-initial ones in lower case)."""

    def __init__(self, french: bool) -> None:
        self.french = french
        self.total: Counter[str] = Counter()
        self.lower: Counter[str] = Counter()
        self.middle: Counter[str] = Counter()
        self.ids: dict[str, int] = {}
        self.names: list[str] = []
        self.sentences: list[array[int]] = []
        self.frequency: Counter[int] = Counter()

    def add(self, text: str) -> None:
        words = tokens(text, self.french)
        title = is_title(words)
        self.total.update(w.lower() for w in words)
        if not title:
            self.middle.update(w.lower() for w in words[1:])
            self.lower.update(w for w in words[1:] if w.islower())
        keyed = {w.lower() for w in words}
        if not (self.french or title):
            keyed = {words[0].lower(), *words[1:]} if words else set()
        ids = array("i", sorted({self._id(w) for w in keyed}))
        self.sentences.append(ids)
        self.frequency.update(ids)

    def _id(self, word: str) -> int:
        number = self.ids.setdefault(word, len(self.names))
        if number == len(self.names):
            self.names.append(word)
        return number


def translations(english: Side, french: Side) -> Iterator[str]:
    """Best French words of each English word, by Dice on the sentences both occur in."""
    places: defaultdict[int, array[int]] = defaultdict(lambda: array("i"))
    for number, ids in enumerate(english.sentences):
        for word in ids:
            places[word].append(number)
    for word in sorted(english.names):
        where = places[english.ids[word]]
        if len(where) >= MIN_PAIR_COUNT and len(word) > 2:
            found = best(where, french)
            if found and found != [word.lower()]:
                yield "\t".join([word, *found])


def best(where: array[int], french: Side) -> list[str]:
    step = max(1, len(where) // SAMPLE)
    sample = where[::step]
    together: Counter[int] = Counter()
    for number in sample:
        together.update(french.sentences[number])
    scored = []
    for other, count in together.items():
        share = count / len(sample)
        dice = 2 * share * len(where) / (len(where) + french.frequency[other])
        if count >= 3 and share >= MIN_SHARE and dice >= MIN_DICE:
            scored.append((dice, french.names[other]))
    scored.sort(reverse=True)
    return [name for dice, name in scored[:KEEP] if dice >= 0.35 * scored[0][0]]


def main(out: Path) -> None:
    shared = Path(os.environ.get("MTQC_SHARED", Path(__file__).parents[2] / "shared"))
    english, french = Side(french=False), Side(french=True)
    for source, target in pairs(shared / "train"):
        english.add(source)
        french.add(target)
    out.mkdir(parents=True, exist_ok=True)
    for name, side in (("words_en.gz", english), ("words_fr.gz", french)):
        write(out / name, table(side.total, side.lower, side.middle))
    write(out / "words_pairs.gz", translations(english, french))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "mtqc" / "text" / "data")
