"""Measures how well texts in two folders are matched by what they say; writes reports/document-alignment.md.

Run: python tests/measure/document_alignment.py [--fit]

Each corpus is articles in English and French of which each side lacks some at random (10 to 30 %, not the same ones on
both sides), in another order on each. Whole corpora, and samples of 300, 30 and 8 articles. NTREX is real documents;
of the others, articles are consecutive lines, so that neighbours are of one topic, often of one real article. *Two
versions*: of 30 % of the articles there is a second one on both sides (lines dropped, lines replaced, or one figure
changed), each of the four texts missing by chance. *In the lexicon*: texts that the shipped lexicon was counted on, so
better than others would be; they are there for their size. The weights of the confidence were fitted on one half
(wmt12, half of the documents and lines of the others), all figures here are of the other half (wmt13 and so on).

*Found*: of the true pairs, those taken at the default threshold. *Wrong*: of the pairs taken, those that are not true;
*version*: those of them that are two versions of one article.
"""

from __future__ import annotations

import argparse
import itertools
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import numpy as np
from data import ROOT
from document_alignment_data import SHORT, Corpus, Drawn, corpora, cut, trained
from numpy.typing import NDArray

from mtqc.align import document_candidates, document_terms
from mtqc.align.document_terms import joined
from mtqc.align.documents import CONFIDENT, DOUBT, SHORT_WEIGHTS, WEIGHTS, assign
from mtqc.align.lexicon import Lexicon
from mtqc.batch.matching import pairings

REPORT = ROOT / "reports" / "document-alignment.md"
ORPHANS = (0.1, 0.3)
SAMPLES: tuple[tuple[int | None, int], ...] = ((None, 1), (300, 1), (30, 4), (8, 6))
"""(articles, None: all; how often)."""
EDGES = (0.0, 0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.95, 0.98, 0.99, 0.999, 1.01)
Draws = list[tuple[Corpus, int | None, Drawn]]


def draws(of: Sequence[Corpus]) -> Draws:
    return [
        (corpus, most, corpus.draw(seed, orphans, most))
        for corpus in of
        for most, times in SAMPLES
        for orphans in ORPHANS
        for seed in range(times)
    ]


def fit(of: Draws) -> None:
    """Prints the weights."""
    pairs = [item for _, _, drawn in of for item in drawn.pairs]
    for name, short in (("WEIGHTS", False), ("SHORT_WEIGHTS", True)):
        here = [(pair.evidence.terms, verdict == "true") for pair, verdict in pairs if pair.evidence.is_short == short]
        x, y = np.array([(1.0, *terms) for terms, _ in here]), np.array([true for _, true in here], dtype=float)
        print(f"{len(here):,} pairs; {name} =", tuple(round(float(w), 3) for w in logistic(x, y)))


def logistic(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weights of a logistic regression: Newton's method, a penalty of 1 on all squared weights but the constant's."""
    penalty, weights = np.eye(x.shape[1]), np.zeros(x.shape[1])
    penalty[0, 0] = 0
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ weights))
        weights += np.linalg.solve((x.T * (p * (1 - p))) @ x + penalty, x.T @ (y - p) - penalty @ weights)
    return weights


def counted(of: Iterable[Drawn], threshold: float = CONFIDENT) -> tuple[int, int, int, int, int]:
    """(true pairs there are, assigned rightly, taken rightly, taken wrongly, of these of another version)."""
    true = right = 0
    taken: Counter[str] = Counter()
    for drawn in of:
        true += drawn.true
        right += sum(verdict == "true" for _, verdict in drawn.pairs)
        taken.update(verdict for pair, verdict in drawn.pairs if pair.confidence >= threshold)
    return true, right, taken["true"], taken["wrong"] + taken["version"], taken["version"]


def row(name: str, of: Iterable[Drawn], threshold: float = CONFIDENT) -> str:
    true, right, found, wrong, version = counted(of, threshold)
    precision = found / (found + wrong) if found + wrong else 1.0
    return f"| {name} | {true:,} | {right / true:.2%} | {found / true:.2%} | {precision:.3%} | {wrong} | {version} |"


HEAD = ("| | true pairs | assigned rightly | found | precision | wrong | version |", "|---|--:|--:|--:|--:|--:|--:|")


def by_corpus(of: Draws) -> Iterator[str]:
    yield from ("## By corpus, whole", "", *HEAD)
    for corpus in dict.fromkeys(c for c, _, _ in of):
        name = f"{corpus.name} ({len(corpus.articles):,} articles)"
        yield row(name, [d for c, most, d in of if c is corpus and most is None])
    yield from ("", "## By number of articles and by kind", "", *HEAD)
    for most, _ in SAMPLES:
        yield row(f"{most} articles" if most else "whole corpora", [d for _, m, d in of if m == most])
    for group in dict.fromkeys(c.group for c, _, _ in of):
        yield row(group, [d for c, _, d in of if c.group == group])
    yield row("**all**", [d for _, _, d in of])
    yield row("**all but two versions**", [d for c, _, d in of if c.group != "two versions"])


def by_threshold(of: Draws) -> Iterator[str]:
    yield from (
        "## By threshold",
        "",
        f"The default is {CONFIDENT}; what is below is an orphan, its likeliest named.",
        "",
    )
    yield from ("| threshold" + HEAD[0][1:], HEAD[1])
    for threshold in (0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995):
        yield row(str(threshold), [d for _, _, d in of], threshold)


def calibration(of: Draws) -> Iterator[str]:
    yield from ("## Is the confidence what it says?", "", "All pairs that were assigned, taken or not.", "")
    yield from ("| confidence | pairs | mean confidence | true |", "|---|--:|--:|--:|")
    pairs = [(pair.confidence, verdict == "true") for _, _, d in of for pair, verdict in d.pairs]
    for low, high in itertools.pairwise(EDGES):
        here = [item for item in pairs if low <= item[0] < high]
        if here:
            mean, true = (float(np.mean([item[k] for item in here])) for k in range(2))
            yield f"| {low} to {min(high, 1.0)} | {len(here):,} | {mean:.2%} | {true:.2%} |"


@contextmanager
def without(what: str) -> Iterator[None]:
    """The same without one of the features."""
    document_terms._translated.cache_clear()
    none: dict[str, object] = {
        "names": (document_candidates, "NAME", 0.0),
        "numbers": (document_candidates, "NUMBER", 0.0),
    }
    target, name, value = none.get(what, (Lexicon, "translations", lambda *_: ()))  # type: ignore[misc]
    if what == "nothing":
        yield
    else:
        with patch.object(target, name, value):
            yield
    document_terms._translated.cache_clear()


def ablation(of: Sequence[Corpus]) -> Iterator[str]:
    yield from (
        "## What each feature gives",
        "",
        "True pairs that are assigned rightly, 20 % orphans. A name still counts as words.",
        "",
    )
    kinds = ("nothing", "names", "numbers", "the lexicon")
    yield from (f"| without | {' | '.join(kinds)} |", "|---|" + "--:|" * len(kinds))
    for corpus in of:
        if corpus.group not in {"news", "one sentence"} or "google" in corpus.name or "bergamot" in corpus.name:
            continue
        shares = []
        for kind in kinds:
            with without(kind):
                true, right, *_ = counted([replace(corpus).draw(0, 0.2)])
            shares.append(f"{right / true:.2%}")
        yield f"| {corpus.name} | {' | '.join(shares)} |"


def back_translated(of: Sequence[Corpus]) -> Iterator[str]:
    """With the shipped model asked about texts in doubt, and about all."""
    from mtqc.config import Settings
    from mtqc.loading import load_models

    translator = load_models(Settings()).backward.translator
    about = f"""Texts whose pair has a confidence of {DOUBT} to {CONFIDENT} are back-translated by the shipped model, and
their terms joined with those of the back-translation. 20 % orphans, human translations."""
    yield from ("## Back-translation in doubt", "", *about.split("\n"), "")
    yield from (
        "| | in doubt | found | with back-translation | wrong | with back-translation |",
        "|---|--:|--:|--:|--:|--:|",
    )
    for corpus in of:
        if (
            corpus.group not in {"news", "one sentence", "other"}
            or "bergamot" in corpus.name
            or "google" in corpus.name
        ):
            continue
        vocabulary, en, fr = corpus.measured
        english, french = corpus.sample(0, 0.2)
        left, right = [en[i] for i in english], [fr[i] for i in french]
        before = assign(vocabulary, left, right).pairs
        doubtful = [p.french for p in before if DOUBT <= p.confidence < CONFIDENT]
        lines = [corpus.articles[french[k]].text(1).split("\n") for k in doubtful]
        hypotheses = iter(translator.translate([line for text in lines for line in text]))
        for k, text in zip(doubtful, lines, strict=True):
            answer = [h for h in (next(hypotheses) for _ in text) if isinstance(h, str)]
            right[k] = joined(right[k], vocabulary.features("\n".join(answer), "en"))
        after = assign(vocabulary, left, right).pairs
        one, two = (counted([corpus.judged(english, french, pairs)]) for pairs in (before, after))
        share = f"{one[2] / one[0]:.2%} | {two[2] / two[0]:.2%} | {one[3]} | {two[3]}"
        yield f"| {corpus.name} | {len(doubtful)} | {share} |"


SIZES = (1000, 5000)


def speed() -> Iterator[str]:
    yield from (
        "## Time and memory",
        "",
        "Folders of files of 3 to 8 lines (debian_website), reading included; a process each.",
        "",
    )
    yield from ("| files a side | seconds | peak MB |", "|--:|--:|--:|")
    articles = cut(trained("debian_website", 30_000), SHORT)
    for size in SIZES:
        with tempfile.TemporaryDirectory() as name:
            for side, lang in enumerate(("en", "fr")):
                (Path(name) / lang).mkdir()
                for number, article in enumerate(articles[:size]):
                    (Path(name) / lang / f"{number}.txt").write_text("\n".join(line[side] for line in article))
            found = subprocess.run(
                [sys.executable, __file__, "--one", name], check=True, capture_output=True, text=True
            )
            yield f"| {min(size, len(articles)):,} | {' | '.join(found.stdout.split())} |"


def one(folder: Path) -> None:
    """Prints seconds and peak memory of one folder."""
    begun = time.perf_counter()
    pairings(folder / "en", folder / "fr")
    peak = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text(encoding="ascii"))
    print(f"{time.perf_counter() - begun:.1f} {int(peak[1]) / 1024:.0f}" if peak else "not known")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--fit", action="store_true", help="print the weights fitted on the tuning half")
    parser.add_argument("--one", type=Path, help="(for itself) match the folders en and fr of this one")
    given = parser.parse_args(arguments)
    if given.one:
        one(given.one)
        return
    if given.fit:
        fit(draws(list(corpora("tune"))))
        return
    of = list(corpora("report"))
    found = draws(of)
    about = (__doc__ or "").split("\n\n", 2)[2].rstrip()
    parts = (by_corpus(found), by_threshold(found), calibration(found), back_translated(of), ablation(of), speed())
    lines = ["# Which texts belong together, by content", "", about]
    for part in parts:
        lines += ["", *part]
    lines += ["", f"Weights of the confidence: {WEIGHTS}; of short texts: {SHORT_WEIGHTS}.", ""]
    REPORT.write_text("\n".join(lines), encoding="utf-8")
    print(REPORT.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
