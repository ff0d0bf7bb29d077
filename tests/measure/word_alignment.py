"""Word links against links made by hand: alignment error rate, precision and recall → reports/word-alignment.md.

    python tests/measure/word_alignment.py [--fr-en FOLDER] [--en-fr FOLDER] [--output FILE]

Without folders: the shipped models. Sentences of even index tune, those of odd index report. Where eflomal can be
imported (it is no dependency of mtqc), it is measured too; its links are kept in the cache folder.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import itertools
import json
import re
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from data import ROOT, SHARED, rows

from mtqc.align import symmetrise
from mtqc.align.links import LEAST, LEAST_ALONE, Linkers, joined, link_words
from mtqc.align.symmetrise import Links, Table
from mtqc.errors import ModelError
from mtqc.model import LinkTable, NotMeasured
from mtqc.translate import load_engine
from mtqc.translate.base import Linker
from mtqc.translate.library import cache_dir

SETS = ("alibi_wa_enfr", "transread_wconf_enfr", "hansards_wa")
PROSE = (
    *("authored_*", "tatoeba", "african_storybook", "bible_pd", "cds_snc_blog", "privacyguides", "opensource_guide"),
    *("mozilla_org_lang", "mozilla_legal", "canada_ca_blog_design", "djangogirls_tutorial", "rust_book_fr"),
)
"""Parallel text that eflomal gets with the test sentences."""
GRID = tuple(round(x / 20, 2) for x in range(2, 20))
Pair = tuple[int, int]


@dataclass(frozen=True)
class Row:
    """A sentence pair in tokens. `sure` is a part of `possible`; `judged` None: every pair of tokens was."""

    english: list[str]
    french: list[str]
    sure: set[Pair]
    possible: set[Pair]
    judged: set[Pair] | None

    @property
    def shape(self) -> Pair:
        return len(self.english), len(self.french)


def read(name: str) -> list[Row]:
    return [(_voted if "links_fr_en" in r else _given)(r) for r in rows(name)]


def _given(row: dict) -> Row:  # type: ignore[type-arg]
    sure = {tuple(x) for x in row["sure"]}
    return Row(row["en"], row["fr"], sure, sure | {tuple(x) for x in row["possible"]}, None)


def _voted(row: dict) -> Row:  # type: ignore[type-arg]
    """Sure: so tagged by two of three. Possible: sure, or tagged wrong by one at most. Nothing else was judged."""
    tags: dict[Pair, list[str]] = defaultdict(list)
    for f, e, tag in itertools.chain(*row["links_fr_en"]):
        tags[e, f].append(tag)
    sure = {k for k, given in tags.items() if given.count("sure") >= 2}
    return Row(row["en"], row["fr"], sure, sure | {k for k, g in tags.items() if g.count("wrong") <= 1}, set(tags))


@dataclass(frozen=True)
class Figures:
    """Och & Ney 2003: AER = 1 − (|A∩S| + |A∩P|) / (|A| + |S|), precision |A∩P| / |A|, recall |A∩S| / |S|."""

    made: int
    sure: int
    found: int
    right: int

    @property
    def aer(self) -> float:
        return 1 - (self.found + self.right) / max(1, self.made + self.sure)

    def cells(self) -> str:
        return f"{100 * self.aer:.1f} | {self.right / max(1, self.made):.3f} | {self.found / max(1, self.sure):.3f}"


def score(gold: Sequence[Row], made: Sequence[Links]) -> Figures:
    counts = np.zeros(4, int)
    for row, links in zip(gold, made, strict=True):
        pairs = {(int(i), int(j)) for i, j in np.argwhere(links)}
        pairs = pairs if row.judged is None else pairs & row.judged
        counts += [len(pairs), len(row.sure), len(pairs & row.sure), len(pairs & row.possible)]
    return Figures(*map(int, counts))


def tables(linker: Linker | NotMeasured, gold: Sequence[Row], direction: str) -> list[Table] | NotMeasured:
    """(English, French) probabilities of each row; zeros where the model could not take it."""
    if isinstance(linker, NotMeasured):
        return linker
    pairs = [(joined(r.english, "en"), joined(r.french, "fr")) for r in gold]
    back = direction == "fr-en"
    found = linker.links([p[::-1] if back else p for p in pairs])
    if all(isinstance(t, NotMeasured) for t in found):
        return next(t for t in found if isinstance(t, NotMeasured))
    return [_table(t, r.shape, back) for t, r in zip(found, gold, strict=True)]


def _table(table: LinkTable | NotMeasured, shape: Pair, back: bool) -> Table:
    if isinstance(table, NotMeasured):
        return np.zeros(shape)
    return np.reshape(table.rows, shape) if back else np.reshape(table.rows, shape[::-1]).T


Method = Callable[[Table, Table, float], Links]


def _best(join: Callable[[Links, Links], Links]) -> Method:
    return lambda a, b, least: join(symmetrise.best(a, least, 1), symmetrise.best(b, least, 0))


METHODS: dict[str, Method] = {
    "fr-en alone": lambda a, _, least: symmetrise.best(a, least, 1),
    "en-fr alone": lambda _, b, least: symmetrise.best(b, least, 0),
    "intersection": _best(symmetrise.intersect),
    "grow-diag": _best(symmetrise.grow_diag),
    "grow-diag-final-and": _best(symmetrise.grow_diag_final_and),
    "geometric mean": lambda a, b, least: np.sqrt(a * b) >= least,
    "agreement": lambda a, b, least: symmetrise.agreement(a, b) >= least,
}


class Half:
    """One half of every set, with what the models and the spelling say of it."""

    def __init__(self, parity: int, linkers: Linkers) -> None:
        self.name = "report (odd)" if parity else "tune (even)"
        self.parity = parity
        self.gold = {name: read(name)[parity::2] for name in SETS}
        self.left = {n: tables(linkers.fr_en, g, "fr-en") for n, g in self.gold.items()}
        self.right = {n: tables(linkers.en_fr, g, "en-fr") for n, g in self.gold.items()}
        self.spelling = {n: library(g, Linkers()) for n, g in self.gold.items()}

    def links(self, method: Method, least: float, spelling: bool = False) -> dict[str, list[Links]] | NotMeasured:
        """Links of each set by a method; NotMeasured where it needs a model that is not there."""
        found = {}
        for name, gold in self.gold.items():
            needed = [t for t in _needed(method, self.left[name], self.right[name]) if isinstance(t, NotMeasured)]
            if needed:
                return needed[0]
            empty = [np.zeros(r.shape) for r in gold]
            left, right = (empty if isinstance(t, NotMeasured) else t for t in (self.left[name], self.right[name]))
            sides = zip(left, right, self.spelling[name], strict=True)
            if spelling:
                found[name] = [symmetrise.agreement(a, b, s) >= least for a, b, s in sides]
            else:
                found[name] = [method(a, b, least) for a, b, _ in sides]
        return found

    def mean(self, made: dict[str, list[Links]]) -> float:
        """Mean AER over the sets."""
        return float(np.mean([score(g, made[n]).aer for n, g in self.gold.items()]))

    def line(self, label: str, made: dict[str, list[Links]] | NotMeasured) -> str:
        if isinstance(made, NotMeasured):
            return f"| {label} | – | " + "– | – | – | " * len(SETS) + f" <!-- {made.reason} -->"
        figures = " | ".join(score(g, made[n]).cells() for n, g in self.gold.items())
        return f"| {label} | {100 * self.mean(made):.1f} | {figures} |"


def _needed(method: Method, left: object, right: object) -> tuple[object, ...]:
    alone = {METHODS["fr-en alone"]: (left,), METHODS["en-fr alone"]: (right,)}
    return alone.get(method, (left, right))


def library(gold: Sequence[Row], linkers: Linkers) -> list[Links]:
    """What the library's own function makes of the tokens."""
    pairs = [(joined(r.english, "en"), joined(r.french, "fr")) for r in gold]
    made = []
    for row, found in zip(gold, link_words(pairs, linkers), strict=True):
        links = np.zeros(row.shape, bool)
        for k in found.links:
            links[k.source, k.target] = True
        made.append(links)
    return made


def tuned(half: Half, method: Method, spelling: bool = False) -> float | NotMeasured:
    """The threshold of GRID with the least mean AER."""
    by_error = []
    for least in GRID:
        made = half.links(method, least, spelling)
        if isinstance(made, NotMeasured):
            return made
        by_error.append((half.mean(made), least))
    return min(by_error)[1]


def eflomal_links() -> dict[str, tuple[list[Links], ...]] | NotMeasured:
    """(forward, reverse) links of every row of every set, aligned together with the PROSE of ../shared/train."""
    gold = {name: read(name) for name in SETS}
    texts = [(_lower(r.english), _lower(r.french)) for name in SETS for r in gold[name]]
    texts += [pair for pair in ((_words(en), _words(fr)) for en, fr in prose()) if all(pair)]
    lines = [[" ".join(pair[side]) + "\n" for pair in texts] for side in (0, 1)]
    kept = cache_dir() / f"eflomal-{hashlib.sha256(json.dumps(lines).encode()).hexdigest()[:12]}.json"
    if not kept.is_file():
        try:
            import eflomal  # type: ignore[import-not-found]
        except ImportError:
            return NotMeasured("eflomal cannot be imported here")
        with tempfile.TemporaryDirectory() as folder:
            paths = [f"{folder}/{name}" for name in ("forward", "reverse")]
            eflomal.Aligner().align(*lines, links_filename_fwd=paths[0], links_filename_rev=paths[1])
            total = sum(map(len, gold.values()))
            kept.write_text(json.dumps([Path(p).read_text().split("\n")[:total] for p in paths]))
    sides = [iter(side) for side in json.loads(kept.read_text())]
    return {n: tuple([_matrix(next(s), r.shape) for r in gold[n]] for s in sides) for n in SETS}


def _matrix(line: str, shape: Pair) -> Links:
    links = np.zeros(shape, bool)
    for i, _, j in (item.partition("-") for item in line.split()):
        links[int(i), int(j)] = True
    return links


_TOKEN = re.compile(
    r"\d+(?:[.,]\d+)*|(?<!\w)(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)'(?=\w)|\w+(?:-\w+)*|[^\w\s]", re.IGNORECASE
)


def _words(text: str) -> list[str]:
    return _TOKEN.findall(text.lower().replace("’", "'"))


def _lower(tokens: Sequence[str]) -> list[str]:
    return [t.lower().replace("’", "'") for t in tokens]


def prose() -> Iterator[tuple[str, str]]:
    paths = [p for name in PROSE for p in sorted((SHARED / "train").glob(f"{name}.tsv.gz"))]
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                en, fr = line.rstrip("\n").split("\t")[:2]
                if len(en.split()) < 80 and len(fr.split()) < 80:
                    yield en, fr


def lines(half: Half, thresholds: dict[str, float | NotMeasured], eflomal: object, linkers: Linkers) -> Iterator[str]:
    """The table of one half."""
    yield "| links | mean AER | " + " | ".join(f"{n.split('_')[0]} AER | P | R" for n in SETS) + " |"
    yield "|---" * (2 + 3 * len(SETS)) + "|"
    yield half.line("spelling alone", half.spelling)
    for name, method in METHODS.items():
        for spelling in (False, True) if name == "agreement" else (False,):
            label = f"{name} and spelling" if spelling else name
            least = thresholds[label]
            made = least if isinstance(least, NotMeasured) else half.links(method, least, spelling)
            yield half.line(label if isinstance(least, NotMeasured) else f"{label}, from {least}", made)
    yield half.line("**`mtqc align --words`**", {n: library(g, linkers) for n, g in half.gold.items()})
    if isinstance(eflomal, dict):
        for label, join in _EFLOMAL.items():
            yield half.line(f"eflomal, {label}", {n: _joined(eflomal[n], half.parity, join) for n in SETS})


_EFLOMAL: dict[str, Callable[[Links, Links], Links]] = {
    "English to French": lambda a, _: a,
    "French to English": lambda _, b: b,
    "intersection": symmetrise.intersect,
    "grow-diag": symmetrise.grow_diag,
}


def _joined(sides: Sequence[list[Links]], parity: int, join: Callable[[Links, Links], Links]) -> list[Links]:
    return [join(a, b) for a, b in zip(*(s[parity::2] for s in sides), strict=True)]


def linker(model: str | None, direction: str) -> Linker | NotMeasured:
    try:
        return load_engine(model, direction=direction).linker
    except ModelError as error:
        return NotMeasured(error.message)


def reason(made: Linker | NotMeasured, half: Half, side: dict[str, object]) -> str:
    value = side[SETS[0]]
    void = made if isinstance(made, NotMeasured) else value if isinstance(value, NotMeasured) else None
    return f"not measured: {void.reason}" if void else f"`{made.signature}`"  # type: ignore[union-attr]


def report(linkers: Linkers) -> Iterator[str]:
    tune, rest = (Half(parity, linkers) for parity in (0, 1))
    thresholds: dict[str, float | NotMeasured] = {name: tuned(tune, m) for name, m in METHODS.items()}
    thresholds["agreement and spelling"] = tuned(tune, METHODS["agreement"], spelling=True)
    eflomal = eflomal_links()
    sizes = ", ".join(f"{n} {len(g)}" for n, g in rest.gold.items())
    yield HEAD
    yield f"- fr-en model: {reason(linkers.fr_en, tune, dict(tune.left))}"
    yield f"- en-fr model: {reason(linkers.en_fr, tune, dict(tune.right))}"
    yield f"- In force: links from {LEAST} (both models), {LEAST_ALONE} (one model).\n"
    yield f"## Held-out half\n\nSentences: {sizes}.\n"
    yield from lines(rest, thresholds, eflomal, linkers)
    yield "\n## Tuning half\n"
    yield from lines(tune, thresholds, eflomal, linkers)
    if isinstance(eflomal, NotMeasured):
        yield f"\n{eflomal.reason}; its rows are missing."


HEAD = """# Word links, measured

`python tests/measure/word_alignment.py`

Alignment error rate (AER, in percent; Och & Ney 2003), precision (P) and recall (R) of word links against links made by
hand. The links are scored on the tokens of the data, which are joined to ordinary text before a model sees them.

- **alibi** (fyvo/AlibiWordAlignments, CC-BY-SA-4.0): tales in free translation; sure and possible links as published.
- **transread** (fyvo/TransReadAlignments, CC-BY-SA-4.0): literary prose in lower case. Three annotators judged at most
  five links of content words in each sentence, proposed by a machine. *Sure* is here what two of three tagged “sure”;
  *possible*, besides, what at most one of three tagged “wrong” (the other tags are contextual, partial and possible). A link
  that was not judged counts neither for nor against, so that AER is lower here than where every word was linked.
- **hansards** (Och & Ney's data, development sentences): debates in lower case, French contractions taken apart (“de le”),
  as no French text is. 37 sentences: one link more or less moves AER by a tenth of a point or two.
- **Halves.** Sentences of even index choose the method and its threshold (the least mean AER of the three sets, in steps
  of 0.05); those of odd index report.
- **eflomal** got the test sentences of both halves, without their links, together with 124,000 pairs of prose from
  ../shared/train; the models never saw the test sentences.

"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fr-en", default=None, help="model folder; default: the shipped one")
    parser.add_argument("--en-fr", default=None, help="model folder; default: the shipped one")
    parser.add_argument("--output", type=Path, default=ROOT / "reports" / "word-alignment.md")
    asked = parser.parse_args()
    linkers = Linkers(linker(asked.fr_en, "fr-en"), linker(asked.en_fr, "en-fr"))
    asked.output.write_text("\n".join(report(linkers)) + "\n", encoding="utf-8")
    print(asked.output.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
