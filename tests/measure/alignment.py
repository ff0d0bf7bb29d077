"""Measures the aligner and prints reports/alignment.md: `python tests/measure/alignment.py > reports/alignment.md`.

Strict and lax precision, recall and F1 as vecalign's score.py defines them: a bead is strictly right where the gold has
it, laxly where one of its source sentences shares a gold bead with one of its target sentences; recall leaves beads with
one side out, precision does not. `--scaling` measures time and memory on long texts instead (needs ../shared/train).
"""

from __future__ import annotations

import gzip
import math
import random
import resource
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

from alignment_data import SHARED, Builder, Gold, Text, books, finish, news, rows
from alignment_fit import agreeing, prepare

from mtqc.align.band import full_band
from mtqc.align.lattice import MINUS, Scores, best_path
from mtqc.align.scoring import score
from mtqc.align.sentences import ABSTAIN_BELOW, WITH_MODEL, align, article_confidence
from mtqc.align.words import word_links
from mtqc.model import ArticlePair, Bead, NotMeasured
from mtqc.text.tokens import words

NONE = NotMeasured("no model")
Figures = dict[str, tuple[float, float, float]]


def ids(beads: Iterable[Bead]) -> Gold:
    return [(tuple(s.index for s in b.source), tuple(s.index for s in b.target)) for b in beads]


def as_gold(path: Iterable[tuple[int, int]]) -> Gold:
    found, i, j = [], 0, 0
    for a, b in path:
        found.append((tuple(range(i, i + a)), tuple(range(j, j + b))))
        i, j = i + a, j + b
    return found


def counts(gold: Gold, test: Gold) -> np.ndarray:
    """(strictly right, laxly right, all) beads of `test`."""
    known, partners = set(gold), {}
    for source, target in gold:
        for s in source:
            partners.setdefault(s, set()).update(target)
    lax = sum(b in known or any(partners.get(s, set()) & set(b[1]) for s in b[0]) for b in set(test))
    return np.array([len(known & set(test)), lax, len(set(test))])


def figures(pairs: list[tuple[Gold, Gold]]) -> Figures:
    """{"strict": (precision, recall, F1), "lax": …} over all (gold, test)."""
    both = [tuple([b for b in x if b[0] and b[1]] for x in pair) for pair in pairs]
    precision = sum(counts(gold, test) for gold, test in pairs)
    recall = sum(counts(test, gold) for gold, test in both)
    p, r = precision[:2] / precision[2], recall[:2] / recall[2]
    return {name: (p[k], r[k], 2 * p[k] * r[k] / (p[k] + r[k])) for k, name in enumerate(("strict", "lax"))}


def mtqc(text: Text) -> tuple[Bead, ...]:
    return align(text.source, text.target, text.hypotheses, text.pair)


def surface(text: Text) -> tuple[Bead, ...]:
    return align(text.source, text.target, [NONE] * len(text.target), text.pair)


def gale_church(text: Text) -> Gold:
    """Gale & Church 1993: lengths in characters, their priors and variance, the texts' own ratio."""
    left, right = (np.array([max(1, len(s.text)) for s in side], float) for side in (text.source, text.target))
    ratio, band = right.sum() / left.sum(), full_band(len(left), len(right))
    priors = {(1, 1): 0.89, (1, 2): 0.0445, (2, 1): 0.0445, (2, 2): 0.011}
    tail = np.frompyfunc(lambda x: max(math.erfc(x / math.sqrt(2)), 1e-300), 1, 1)

    def cost(english, french):
        z = np.abs(french - english * ratio) / np.sqrt(6.8 * np.maximum((english + french / ratio) / 2, 1))
        return np.log(tail(z).astype(float))

    def ends(x: np.ndarray, count: int) -> np.ndarray:
        sums = x.copy() if count == 1 else x + np.concatenate(([0.0], x[:-1]))
        return np.concatenate(([1.0], sums))

    pairs = {}
    for (a, b), prior in priors.items():
        table = cost(ends(left, a)[:, None], ends(right, b)[None]) + math.log(prior)
        table[:a], table[:, :b] = MINUS, MINUS
        pairs[a, b] = list(table)
    drop = math.log(0.00495)
    return as_gold(best_path(Scores(band, pairs, cost(left, 0 * left) + drop, cost(0 * right, right) + drop)))


def ceiling(text: Text) -> Gold:
    """The best that beads of at most 2-2 can do: gold where it can be built, the rest covered in agreement with it."""
    known = prepare(text)
    return as_gold(best_path(agreeing(score(known.clues, WITH_MODEL, known.band), known.gold)))


def line(name: str, found: Figures) -> str:
    return f"| {name} | " + " | ".join(f"{x:.3f}" for k in ("strict", "lax") for x in found[k]) + " |"


def quality(title: str, texts: list[Text]) -> None:
    systems: dict[str, Callable[[Text], Gold]] = {
        "mtqc": lambda t: ids(mtqc(t)),
        "mtqc without a model": lambda t: ids(surface(t)),
        "Gale & Church (lengths)": gale_church,
        "ceiling of beads up to 2–2": ceiling,
    }
    sentences = sum(len(t.source) for t in texts), sum(len(t.target) for t in texts)
    print(
        f"\n### {title}: {len(texts)} texts, {sentences[0]} + {sentences[1]} sentences, {sum(len(t.gold) for t in texts)} beads\n"
    )
    print("| | strict P | R | F1 | lax P | R | F1 |\n|---|---|---|---|---|---|---|")
    for name, system in systems.items():
        results = [(t.gold, system(t)) for t in texts]
        print(line(name, figures(results)))
        if name == "mtqc" and len(texts) < 5:
            for t, result in zip(texts, results, strict=True):
                print(line(f"– {t.id}", figures([result])))


def confidence(title: str, texts: list[Text], system: Callable[[Text], tuple[Bead, ...]]) -> None:
    judged = [
        (float(b.confidence), bead in set(t.gold))
        for t in texts
        for beads in [system(t)]
        for b, bead in zip(beads, ids(beads), strict=True)
    ]
    sure, right = np.array([c for c, _ in judged]), np.array([r for _, r in judged])
    kept = sure >= ABSTAIN_BELOW
    bins = [
        f"{right[k].mean():.2f} ({k.sum()})" if (k := (sure >= a) & (sure < b)).any() else "–"
        for a, b in ((0, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 0.95), (0.95, 1.1))
    ]
    below = f"{right[~kept].mean():.2f}" if (~kept).any() else "–"
    print(f"| {title} | {kept.mean():.3f} | {right[kept].mean():.3f} | {below} | " + " | ".join(bins) + " |")


def articles(title: str, texts: list[Text], system: Callable[[Text], tuple[Bead, ...]]) -> None:
    """How far apart matched, cut and mismatched articles lie."""
    matched = [article_confidence(system(t)) for t in texts]
    cut = [article_confidence(system(halved(t))) for t in texts if len(t.target) > 3]
    others = [(a, b) for a in texts for b in texts if a is not b and abs(len(a.source) - len(b.target)) < 4]
    mismatched = [
        article_confidence(system(replace(b, source=a.source, pair=ArticlePair("x", a.pair.source, b.pair.target))))
        for a, b in others
    ]
    for name, values in (
        ("matched", matched),
        ("second half of the French cut off", cut),
        ("mismatched, about as long", mismatched),
    ):
        x = np.array(values, float)
        print(
            f"| {title}: {name} | {len(x)} | {x.min():.2f} | {np.median(x):.2f} | {x.max():.2f} | {(x < ABSTAIN_BELOW).mean():.3f} |"
        )


def halved(text: Text) -> Text:
    half = len(text.target) // 2
    return replace(
        text, target=text.target[:half], hypotheses=text.hypotheses[:half], gold=halved_gold(text.gold, half)
    )


def halved_gold(gold: Gold, half: int) -> Gold:
    found: Gold = []
    for source, target in gold:
        kept = tuple(j for j in target if j < half)
        if kept:
            found.append((source, kept))
        else:
            found += [((i,), ()) for i in source]
    return found


def token_spans(tokens: list[str]) -> list[tuple[int, int]]:
    ends = np.cumsum([len(t) + 1 for t in tokens]).tolist()
    return [(end - 1 - len(t), end - 1) for end, t in zip(ends, tokens, strict=True)]


def links(english: list[str], french: list[str]) -> list[set[tuple[int, int]]]:
    """For each link, the pairs of gold tokens it covers."""
    texts = " ".join(english), " ".join(french)
    found, spans = [words(t) for t in texts], [token_spans(t) for t in (english, french)]

    def tokens(side: int, index: int) -> list[int]:
        w = found[side][index]
        return [k for k, (a, b) in enumerate(spans[side]) if a < w.end and w.start < b]

    return [{(a, b) for a in tokens(0, k.source) for b in tokens(1, k.target)} for k in word_links(*texts)]


def word_quality(parity: int) -> None:
    right = all_links = found = sure = 0
    for row in rows("alibi_wa_enfr")[parity::2]:
        gold = {tuple(x) for x in row["sure"]}
        made = links(row["en"], row["fr"])
        right += sum(bool(c & (gold | {tuple(x) for x in row["possible"]})) for c in made)
        all_links += len(made)
        found += len(gold & set().union(*made))
        sure += len(gold)
    print(
        f"| alibi, sentences of {'odd' if parity else 'even'} index | {all_links} | {right / all_links:.3f} | {found / sure:.3f} |"
    )


def judged_words(parity: int) -> None:
    """transread_wconf judges single links only: ours that it judged, and how many of them nobody called right."""
    right = wrong = 0
    for row in rows("transread_wconf_enfr")[parity::2]:
        tags = [(e, f, tag) for annotator in row["links_fr_en"] for f, e, tag in annotator]
        good, bad = ({(e, f) for e, f, tag in tags if (tag != "wrong") is want} for want in (True, False))
        for covered in links(row["en"], row["fr"]):
            right += bool(covered & good)
            wrong += bool(covered & bad) and not covered & good
    print(
        f"| transread_wconf, {'odd' if parity else 'even'} | {right + wrong} judged | {right / (right + wrong):.3f} | – |"
    )


def long_text(size: int) -> Text:
    """`size` pairs of the training sources' prose in their order, 2 in 100 dropped on each side."""
    names = [
        *sorted(p.name for p in (SHARED / "train").glob("authored_*")),
        "cds_snc_blog.tsv.gz",
        "privacyguides.tsv.gz",
        "opensource_guide.tsv.gz",
        "mozilla_legal.tsv.gz",
        "rust_book_fr.tsv.gz",
        "canada_ca_blog_design.tsv.gz",
        "django_docs.tsv.gz",
    ]
    pairs: list[list[str]] = []
    for name in names:
        with gzip.open(SHARED / "train" / name, "rt", encoding="utf-8") as lines:
            pairs += [row.rstrip("\n").split("\t")[:2] for row in lines]
    pairs = pairs[:size]
    draw, source, target, gold = random.Random(2), Builder("source"), Builder("target"), []
    for en, fr in pairs:
        u = draw.random()
        left = (source.add(en),) if u > 0.02 else ()
        gold.append((left, (target.add(fr),) if u < 0.98 else ()))
    return finish(str(size), source, target, gold)


def scaling() -> None:
    print(
        "| sentences a side | seconds | µs a sentence | strict F1 | lax F1 | peak memory of the process (MB) |\n|---|---|---|---|---|---|"
    )
    for size in (1_000, 5_000, 20_000):
        text = long_text(size)
        start = time.perf_counter()
        beads = mtqc(text)
        seconds = time.perf_counter() - start
        found = figures([(text.gold, ids(beads))])
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"| {size} | {seconds:.1f} | {1e6 * seconds / size:.0f} | {found['strict'][2]:.3f} | {found['lax'][2]:.3f} | {memory:.0f} |",
            flush=True,
        )


def main() -> None:
    halves = [("tuning half", books(0), news(0)), ("held-out half", books(1), news(1))]
    print("## Beads")
    for name, some_books, some_news in halves:
        quality(f"Books, {name}", some_books)
        quality(f"Uneven news, {name}", some_news)
        quality(
            f"News of which the second half was cut off, {name}", [halved(t) for t in some_news if len(t.target) > 3]
        )
    print(f"\n## Confidence of beads\n\nAbstaining below {ABSTAIN_BELOW}.\n")
    print("| | kept | right of those kept | of the others | right (beads) at 0–.4 | .4–.6 | .6–.8 | .8–.95 | .95–1 |")
    print("|---|---|---|---|---|---|---|---|---|")
    for name, some_books, some_news in halves:
        confidence(f"books, {name}", some_books, mtqc)
        confidence(f"uneven news, {name}", some_news, mtqc)
        confidence(f"uneven news, {name}, no model", some_news, surface)
    print(
        f"\n## Confidence of articles\n\n| | articles | lowest | median | highest | share below {ABSTAIN_BELOW} |\n|---|---|---|---|---|---|"
    )
    for name, _, some_news in halves:
        articles(f"{name}", some_news, mtqc)
        articles(f"{name}, no model", some_news, surface)
    print("\n## Word links\n\n| | links | precision (sure or possible) | recall of sure |\n|---|---|---|---|")
    for parity in (0, 1):
        word_quality(parity)
        judged_words(parity)


if __name__ == "__main__":
    scaling() if "--scaling" in sys.argv else main()
