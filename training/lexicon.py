"""Derive the bilingual lexicon of mtqc/align/data from the word links of the training pairs.

    python lexicon.py [OUT]        `make lexicon`; reads data/clean.tsv.gz and data/links.tsv.gz (`make data`)

Writes lexicon.gz, a gzip text: a comment; a line a French word, `word<TAB>count`; an empty line; a line an English
word, `word<TAB>count<TAB>French=count …`, most frequent first. Counts are weighted (WEIGHTS), words lower case with
plain apostrophes, their order alphabetic: the same pairs give the same file. Half a minute on one core.
"""

from __future__ import annotations

import gzip
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from links import parse_links, word_texts
from sources import AUTHORED, HERE

from mtqc.align.constituents import word_class
from mtqc.text.tokens import fold

OUT = HERE.parent / "mtqc" / "align" / "data" / "lexicon.gz"
WEIGHTS = {
    AUTHORED: 3,
    **dict.fromkeys(
        "african_storybook canada_ca_blog_design cds_snc_blog opensource_guide privacyguides tatoeba".split(), 2
    ),
}
"""What a pair counts, by its source: news and everyday prose before software and laws, which count 1."""
MOST = 12_000
"""Pairs a source of weight 1 gives at most, evenly taken: laws and manuals repeat themselves."""
LEAST = 2
"""Weighted count from which a link is kept; rarer ones only where they are RARE_SHARE of the English word's."""
RARE_SHARE = 0.25
LEAST_SHARE = 0.002
"""Share of the English word's links from which one is kept: below, it is the aligner's fault more often than not."""
_CONTENT = frozenset({"content", "adv", "prep"})
"""Prepositions too: "despite", "amid" are words that one can get wrong."""


def taken() -> Iterator[tuple[int, str, str, str]]:
    """(weight, English, French, links) of the pairs that count."""
    source = {}
    with gzip.open(HERE / "data" / "clean.tsv.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            name, _, pair = line.rstrip("\n").partition("\t")
            source[hash(pair)] = name  # a third of the memory; two pairs of one hash would exchange their weights
    sizes = Counter(source.values())
    seen: Counter[str] = Counter()
    with gzip.open(HERE / "data" / "links.tsv.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            english, french, *links = line.rstrip("\n").split("\t")
            name = source.get(hash(f"{english}\t{french}"), "")
            seen[name] += 1
            weight, share = WEIGHTS.get(name, 1), MOST / max(1, sizes[name])
            if links and (weight > 1 or int(seen[name] * share) > int((seen[name] - 1) * share) or share >= 1):
                yield weight, english, french, links[0]


@lru_cache(maxsize=1 << 18)
def key(word: str) -> str:
    """The word as the lexicon has it; "" of what is none: a number, a mark, a letter."""
    low = fold(word).lower()
    return low if len(low) > 1 and low[0].isalpha() and "=" not in low else ""


@lru_cache(maxsize=1 << 18)
def counts(word: str) -> bool:
    """True of English words whose translations are kept."""
    return word_class(word, "en") in _CONTENT


def count() -> tuple[dict[str, Counter[str]], Counter[str], Counter[str]]:
    """English word → French words linked to it; occurrences of English, of French words."""
    linked: defaultdict[str, Counter[str]] = defaultdict(Counter)
    totals: tuple[Counter[str], Counter[str]] = Counter(), Counter()
    for weight, english, french, column in taken():
        sides = [key(w) for w in word_texts(english)], [key(w) for w in word_texts(french)]
        for total, side in zip(totals, sides, strict=True):
            for word in filter(None, side):
                total[word] += weight
        for i, j in parse_links(column):
            en, fr = sides[0][i], sides[1][j]
            if en and fr and counts(en):
                linked[en][fr] += weight
    return linked, *totals


def kept(found: Counter[str]) -> list[tuple[str, int]]:
    """The links of one English word that are worth keeping, most frequent first."""
    total = sum(found.values())
    return [
        (word, n)
        for word, n in sorted(found.items(), key=lambda p: (-p[1], p[0]))
        if n >= max(LEAST, LEAST_SHARE * total) or n >= RARE_SHARE * total
    ]


def rows() -> Iterator[str]:
    """The lines of the file."""
    linked, english, french = count()
    table = {word: rest for word in sorted(linked) if (rest := kept(linked[word]))}
    used = {fr for rest in table.values() for fr, _ in rest}
    yield "# training/lexicon.py; sources and licences: docs/data.md"
    yield from (f"{word}\t{french[word]}" for word in sorted(used))
    yield ""
    for word, rest in table.items():
        yield f"{word}\t{english[word]}\t{' '.join(f'{fr}={n}' for fr, n in rest)}"


def main(out: Path) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    lines = list(rows())
    with out.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as file:
        file.write("".join(f"{line}\n" for line in lines).encode())
    print(f"{len(lines) - 2} words, {out.stat().st_size:,} bytes: {out}", file=sys.stderr)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else OUT)
