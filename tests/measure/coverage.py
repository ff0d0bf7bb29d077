"""Omissions and additions: recall of parts planted into clean pairs, and what is found in the pairs as they are.

    python tests/measure/coverage.py [--half tune|report] [--fit] [--list]

A clause, a phrase or a word is taken out of the French (an omission) or of the English (an addition), with what the
word links join to it on the other side: that is what must be found. `--fit` computes the weights of mtqc/coverage.py from
the tuning half; otherwise the shipped ones are judged, by the log-odds from which a finding is reported.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, replace

import numpy as np
from data import ROOT, Half, mt, ntrex

from mtqc.align.constituents import constituents, without, word_class
from mtqc.cli.common import Options, models, settings
from mtqc.coverage import WEIGHTS, Facts, _all, _judged, _Suspect, cover
from mtqc.measuring import Models, measure
from mtqc.model import Bead, Coverage, ForcedScore, NotMeasured, Part, Sentence, Signals, Span
from mtqc.text.tokens import words

KINDS = {
    "clause": ({"segment", "clause", "parenthesis"}, 3, 99, 2),
    "phrase": ({"prepositional", "coordinated"}, 1, 3, 1),
    "word": ({"adverb", "modifier"}, 1, 1, 1),
}
"""Kinds of constituents, content words (from, to), and how many linked words of the other side must be lost."""
HEAD = """# Contrastive coverage, measured

`python tests/measure/coverage.py --half {half} --write`: {rows} pairs of NTREX as they are, and {damaged} with a part taken
out of the French (omission) or of the English (addition). By the log-odds from which a part is reported: share of clean
pairs with such a part, and of planted losses that one overlaps. Human translations do leave things out: on the tuning
half, 7 of the 11 pairs with an omission from 3.0 on had one, on reading. Names and figures alone, and what an acronym may
stand for, are taken out only later, by the check.

"""
LEVELS = (0.0, 1.0, 2.0, 2.5, 3.0, 3.5, 4.0, 4.5, 5.0)


@dataclass(frozen=True)
class Row:
    """A pair; `lost`: what the other side lacks of `side`, spans in it; `number` of the clean pair it was made from."""

    english: str
    french: str
    where: str
    number: int
    side: str = ""
    kind: str = ""
    lost: tuple[Span, ...] = ()

    @property
    def bead(self) -> Bead:
        sides = [
            Sentence(side, 0, Span(0, len(t)), t, 1) for side, t in (("source", self.english), ("target", self.french))
        ]
        return Bead(self.number, (sides[0],), (sides[1],), self.english, self.french, 0, 0)


def clean(half: Half) -> list[Row]:
    """NTREX's half; of the tuning half, even blocks of the closer human references too."""
    articles = [("ntrex", a) for a in ntrex(half)]
    for name in ("wmt13", "flores-dev") if half == "tune" else ():
        articles += [(name, a) for a in mt(name)[:24:2]]
    texts = [
        (n, a.source.text[s.start : s.end], a.target.text[t.start : t.end]) for n, a in articles for s, t in a.segments
    ]
    return [Row(en, fr, name, i) for i, (name, en, fr) in enumerate(texts)]


def planted(rows: Sequence[Row], signals: Sequence[Signals]) -> list[Row]:
    """One row for each kind, side and pair where there is something to take out."""
    rng = random.Random(1)
    found = [
        _damaged(row, s, side, kind, rng)
        for side in ("source", "target")
        for kind in KINDS
        for row, s in zip(rows, signals, strict=True)
    ]
    return [row for row in found if row is not None]


def _damaged(row: Row, signals: Signals, side: str, kind: str, rng: random.Random) -> Row | None:
    """`row` with a part taken out of the side that is not `side`."""
    lang, text, stays = ("fr", row.french, row.english) if side == "source" else ("en", row.english, row.french)
    kinds, least, most, needed = KINDS[kind]
    parts = [c for c in constituents(text, lang) if c.kind in kinds and least <= content(text, c.span, lang) <= most]
    parts = [c for c in parts if kind != "clause" or len([w for w in words(text) if inside(w, c.span)]) >= 4]
    rng.shuffle(parts)
    if isinstance(signals.links, NotMeasured):
        return None
    ends = [(p.target, p.source) if side == "source" else (p.source, p.target) for p in signals.links.pairs]
    for part in parts[:5]:
        kept = {b for a, b in ends if not part.span.contains(a)}
        lost = sorted({b for a, b in ends if part.span.contains(a)} - kept)
        if sum(content(stays, s, "en" if lang == "fr" else "fr") for s in lost) >= needed:
            cut = {"french" if lang == "fr" else "english": without(text, part)}
            return replace(row, **cut, side=side, kind=kind, lost=tuple(lost))
    return None


def inside(word: object, span: Span) -> bool:
    return span.start <= word.start and word.end <= span.end


def content(text: str, span: Span, lang: str) -> int:
    return sum(word_class(w.norm, lang) in {"content", "adv"} for w in words(text) if inside(w, span))


def measured(rows: Sequence[Row], using: Models) -> list[Signals]:
    """Forced scores and links; nothing is translated."""
    quick = replace(using, forward=replace(using.forward, translator=_Silent()))
    beads = [replace(r.bead, index=i) for i, r in enumerate(rows)]
    beads = [replace(b, target=(replace(b.target[0], index=i),)) for i, b in enumerate(beads)]
    return list(measure(beads, {i: NotMeasured("not asked") for i in range(len(beads))}, quick, "en"))


class _Silent:
    signature = "none"

    def translate(self, texts: Sequence[str], progress: object = None) -> list[NotMeasured]:
        return [NotMeasured("not asked")] * len(texts)


def found(rows: Sequence[Row], signals: Sequence[Signals], using: Models) -> list[Coverage | NotMeasured]:
    return cover([r.bead for r in rows], signals, "en", using.forward.scorer, using.backward.scorer)


def table(damaged: Sequence[Row], coverages: Sequence, others: Sequence) -> str:
    """By log-odds: share of clean pairs with a part, and of planted ones where an overlapping part is found."""
    out = ["| side | log-odds | clean | " + " | ".join(KINDS) + " |", "|---" * (3 + len(KINDS)) + "|"]
    for side in ("source", "target"):
        for level in LEVELS:
            false = np.mean([any(p.odds >= level for p in parts(c, side)) for c in coverages])
            recalls = [recall(damaged, others, side, kind, level) for kind in KINDS]
            name = "omission" if side == "source" else "addition"
            out.append(f"| {name} | {level} | {false:.2%} | " + " | ".join(f"{r:.1%}" for r in recalls) + " |")
    return "\n".join(out)


def recall(damaged: Sequence[Row], coverages: Sequence, side: str, kind: str, level: float) -> float:
    pairs = [(r, c) for r, c in zip(damaged, coverages, strict=True) if (r.side, r.kind) == (side, kind)]
    return float(np.mean([any(p.odds >= level and hits(r, p.span) for p in parts(c, side)) for r, c in pairs]))


def hits(row: Row, span: Span) -> bool:
    return any(span.overlaps(s) for s in row.lost)


def parts(coverage: Coverage | NotMeasured, side: str) -> tuple[Part, ...]:
    if isinstance(coverage, NotMeasured):
        return ()
    return coverage.omitted if side == "source" else coverage.added


def suspects(
    rows: Sequence[Row], signals: Sequence[Signals], side: str, using: Models
) -> list[tuple[int, Facts, Span]]:
    """(row, facts with the gain, span) of every candidate of `side`."""
    from mtqc.align.uncovered import sides

    everything: list[tuple[int, _Suspect]] = []
    for n, (row, s) in enumerate(zip(rows, signals, strict=True)):
        scores = (s.forced_source, s.forced_target)
        if any(isinstance(v, NotMeasured) for v in (*scores, s.links)):
            continue
        own, other = sides((row.english, "en"), (row.french, "fr"), s.links)
        if side == "target":
            own, other, scores = other, own, scores[::-1]
        logprobs = {w.span.start: w.logprob for w in scores[0].words}
        everything += [(n, x) for x in _all(own, other, logprobs, scores[1].logprob)]
    scorer = using.forward.scorer if side == "source" else using.backward.scorer
    asked = scorer.score([(without(x.own.text, x.part), x.other.text) for _, x in everything])
    return [(n, with_gain(x, score), x.part.span) for (n, x), score in zip(everything, asked, strict=True)]


def with_gain(suspect: _Suspect, score: ForcedScore | NotMeasured) -> Facts:
    return replace(suspect.facts, gain=min(30.0, max(-15.0, _judged(suspect, score).gain)) / 10)


def fit(positive: Iterable[Facts], negative: Iterable[Facts], penalty: float = 1.0) -> Facts:
    """Logistic regression by Newton's method, with a ridge on standardised weights."""
    rows = [astuple(f) for f in positive], [astuple(f) for f in negative]
    x, y = np.array(rows[0] + rows[1]), np.repeat([1.0, 0.0], [len(rows[0]), len(rows[1])])
    scale = np.where(x.std(0) > 0, x.std(0), 1.0)
    z, w, ridge = x / scale, np.zeros(x.shape[1]), penalty * np.diag([0.0, *[1.0] * (x.shape[1] - 1)])
    for _ in range(40):
        p = 1 / (1 + np.exp(-z @ w))
        w += np.linalg.solve((z * (p * (1 - p))[:, None]).T @ z + ridge, z.T @ (y - p) - ridge @ w)
    return Facts(*(round(float(v), 3) for v in w / scale))


def fitted(rows: Sequence[Row], damaged: Sequence[Row], signals: Sequence, others: Sequence, using: Models) -> None:
    for side, lang in (("source", "en"), ("target", "fr")):
        negative = [f for _, f, _ in suspects(rows, signals, side, using)]
        chosen = [(r, s) for r, s in zip(damaged, others, strict=True) if r.side == side and r.kind != "word"]
        few, theirs = [r for r, _ in chosen], [s for _, s in chosen]
        positive = [f for n, f, span in suspects(few, theirs, side, using) if half_hit(few[n], span)]
        weights = fit(positive, negative)
        print(lang, len(positive), len(negative), weights)
        WEIGHTS[lang] = weights


def half_hit(row: Row, span: Span) -> bool:
    shared = sum(max(0, min(span.end, s.end) - max(span.start, s.start)) for s in row.lost)
    return shared >= 0.5 * len(span)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("tune", "report"), default="tune")
    parser.add_argument("--fit", action="store_true", help="compute the weights first (tuning half only)")
    parser.add_argument("--write", action="store_true", help="write reports/coverage.md")
    parser.add_argument("--list", action="store_true", help="what is found in clean pairs of the tuning half")
    a = parser.parse_args()
    using = models(settings(Options()))
    rows = clean(a.half)
    signals = measured(rows, using)
    damaged = planted(rows, signals)
    others = measured(damaged, using)
    if a.fit and a.half == "tune":
        fitted(rows, damaged, signals, others, using)
    coverages, theirs = found(rows, signals, using), found(damaged, others, using)
    text = HEAD.format(half=a.half, rows=len(rows), damaged=len(damaged)) + table(damaged, coverages, theirs) + "\n"
    print(text)
    if a.write:
        (ROOT / "reports" / "coverage.md").write_text(text, encoding="utf-8")
    if a.list and a.half == "tune":
        for row, c in zip(rows, coverages, strict=True):
            for side, text in (("source", row.english), ("target", row.french)):
                for p in parts(c, side):
                    if p.odds >= 3:
                        print(
                            row.where,
                            side,
                            p.odds,
                            p.gain,
                            repr(text[p.span.start : p.span.end]),
                            row.english,
                            row.french,
                        )


if __name__ == "__main__":
    main()
