"""Corpora of articles in both languages for tests/measure/document_alignment.py: real ones, and runs of consecutive
lines cut into articles of a given number of lines."""

from __future__ import annotations

import gzip
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from data import SHARED, Half, T, rows

from mtqc.align.document_terms import Features, Vocabulary
from mtqc.align.documents import Pair, assign

Line = tuple[str, str]
"""English, French."""
MIXED, SHORT = (3, 5, 10, 25), (3, 4, 5, 6, 7, 8)
VERSIONS = 0.3
"""Share of the articles of which there is a second version, where there are any."""


@dataclass(frozen=True)
class Article:
    """`family`: versions of one article have the same."""

    lines: tuple[Line, ...]
    family: int

    def text(self, side: int) -> str:
        return "\n".join(line[side] for line in self.lines)


@dataclass(frozen=True)
class Drawn:
    """What was assigned in a corpus with orphans: pairs, each true, of another version, or wrong; true ones there are."""

    pairs: tuple[tuple[Pair, str], ...]
    true: int


@dataclass(frozen=True, eq=False)
class Corpus:
    """Articles with their features. `group`: what it is summed up under."""

    name: str
    group: str
    articles: tuple[Article, ...]

    @cached_property
    def measured(self) -> tuple[Vocabulary, list[Features], list[Features]]:
        vocabulary = Vocabulary()
        english = [vocabulary.features(a.text(0), "en") for a in self.articles]
        return vocabulary, english, [vocabulary.features(a.text(1), "fr") for a in self.articles]

    def sample(self, seed: int, orphans: float, most: int | None = None) -> tuple[list[int], list[int]]:
        """Places of the English and of the French texts that are left: each side lacks `orphans` of the articles."""
        rng = random.Random(f"{self.name} {seed} {orphans} {most}")
        places = list(range(len(self.articles)))
        places = places if most is None else rng.sample(places, min(most, len(places)))
        english, french = ([p for p in places if rng.random() >= orphans] for _ in range(2))
        rng.shuffle(french)
        return sorted(english), french

    def draw(self, seed: int, orphans: float, most: int | None = None) -> Drawn:
        vocabulary, en, fr = self.measured
        english, french = self.sample(seed, orphans, most)
        return self.judged(english, french, assign(vocabulary, [en[i] for i in english], [fr[i] for i in french]).pairs)

    def judged(self, english: Sequence[int], french: Sequence[int], pairs: Sequence[Pair]) -> Drawn:
        told = [(pair, self._verdict(english[pair.english], french[pair.french])) for pair in pairs]
        return Drawn(tuple(told), len(set(english) & set(french)))

    def _verdict(self, english: int, french: int) -> str:
        if english == french:
            return "true"
        return "version" if self.articles[english].family == self.articles[french].family else "wrong"


def ntrex() -> list[tuple[Line, ...]]:
    documents: dict[str, list[Line]] = {}
    for row in rows("ntrex_enfr"):
        documents.setdefault(row["doc"], []).append((row["en"], row["ref_fr"]))
    return [tuple(lines) for lines in documents.values()]


def translated(wanted: str, system: str = "") -> list[Line]:
    """A set of mt_enfr with its human translation, or that of a system."""
    found = [row for row in rows("mt_enfr") if row["set"] == wanted]
    return [(row["en"], row["mt"][system] if system else row["ref_fr"]) for row in found]


def trained(pattern: str, most: int) -> list[Line]:
    """The first pairs of files of shared/train."""
    found: list[Line] = []
    for path in sorted((SHARED / "train").glob(f"{pattern}.tsv.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            found += [(en, fr) for en, _, fr in (line.rstrip("\n").partition("\t") for line in file)]
    return found[:most]


def cut(lines: Sequence[Line], sizes: Sequence[int]) -> list[tuple[Line, ...]]:
    """Consecutive lines as articles of so many."""
    rng, found, at = random.Random(1), [], 0
    while at < len(lines):
        size = rng.choice(sizes)
        found.append(tuple(lines[at : at + size]))
        at += size
    return found


def with_versions(articles: Sequence[tuple[Line, ...]]) -> tuple[Article, ...]:
    """The articles, and of some of them a second version: lines dropped, replaced, or a figure changed in both."""
    rng = random.Random(2)
    pool = [line for article in articles for line in article]
    first = [Article(lines, family) for family, lines in enumerate(articles)]
    chosen = rng.sample(first, int(len(first) * VERSIONS))
    return (*first, *(Article(_version(a.lines, rng, pool), a.family) for a in chosen))


def _version(article: tuple[Line, ...], rng: random.Random, pool: Sequence[Line]) -> tuple[Line, ...]:
    lines, kind = list(article), rng.choice(("drop", "replace", "figure"))
    figures = [(at, n) for at, (en, fr) in enumerate(lines) for n in re.findall(r"\b\d{2,3}\b", en) if _has(n, fr)]
    if kind == "figure" and figures:
        at, figure = rng.choice(figures)
        other = str(int(figure) + rng.randint(1, 9))
        en, fr = (re.sub(rf"\b{figure}\b", other, text) for text in lines[at])
        lines[at] = en, fr
        return tuple(lines)
    for _ in range(max(1, len(lines) // rng.choice((3, 5, 8)))):
        at = rng.randrange(len(lines))
        if kind == "drop" and len(lines) > 2:
            del lines[at]
        else:
            lines[at] = rng.choice(pool)
    return tuple(lines)


def _has(figure: str, text: str) -> bool:
    return re.search(rf"\b{figure}\b", text) is not None


def corpora(half: Half) -> Iterator[Corpus]:
    """Those that tune, or those that report: no text is in both."""
    news = {"tune": "wmt12", "report": "wmt13"}[half]
    yield _corpus("NTREX, whole documents", "news", _half(ntrex(), half, every_other=True))
    for sizes in ((2,), (3,), (5,), (10,), MIXED):
        yield _corpus(f"{news}, {_told(sizes)} lines", "news", cut(translated(news), sizes))
    for system in ("google", "bergamot-tiny"):
        yield _corpus(f"{news}, 3 lines, {system}", "news", cut(translated(news, system), (3,)))
    for sizes, system in ((MIXED, ""), ((5, 10), "google")):
        articles = with_versions(cut(translated(news, system), sizes))
        yield Corpus(f"{news}, {_told(sizes)} lines, {system or 'human'}, two versions", "two versions", articles)
    yield _corpus("IWSLT 17, talks, 4 lines", "other", cut(_half(translated("iwslt17"), half), (4,)))
    yield _corpus("FLORES, 1 line", "one sentence", cut(_half(translated("flores-dev"), half, every_other=True), (1,)))
    for name, size in (("tatoeba", 1), ("tatoeba", 2), ("canada_laws_titles", 1)):
        pool = sorted(trained(name, 100_000))
        lines = _half(random.Random(4).sample(pool, 4000 * size), half)
        yield _corpus(f"{name}, {size} line{'s' * (size > 1)}", "a few words", cut(lines, (size,)))
    for pattern, most in (("authored_*", 8000), ("cds_snc_blog", 8000), ("debian_website", 40_000)):
        yield _corpus(
            f"{pattern.strip('_*')}, 3–8 lines", "in the lexicon", cut(_half(trained(pattern, most), half), SHORT)
        )
    laws = cut(_half(trained("canada_laws", 30_000), half), SHORT)
    yield _corpus("canada_laws, 3–8 lines", "in the lexicon", laws)


def _corpus(name: str, group: str, articles: Sequence[tuple[Line, ...]]) -> Corpus:
    return Corpus(name, group, tuple(Article(lines, family) for family, lines in enumerate(articles)))


def _half(items: Sequence[T], half: Half, *, every_other: bool = False) -> Sequence[T]:
    if every_other:
        return items[half == "report" :: 2]
    middle = len(items) // 2
    return items[:middle] if half == "tune" else items[middle:]


def _told(sizes: Sequence[int]) -> str:
    return ", ".join(map(str, sizes))
