"""Where the thresholds of ACC601 come from: signals of true pairs against those of mismatched ones.

    python tests/measure/back_translation.py  →  reports/back-translation.md

True pairs: NTREX human translations. Mismatched: the same French against the next English sentence of its document.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np
from data import ROOT, Half, ntrex
from numpy.typing import NDArray

from mtqc.checks.back_translation import Disagreement
from mtqc.cli.common import Options, models, settings
from mtqc.model import ForcedScore
from mtqc.pipeline import Direction
from mtqc.signals import score_sentence, signatures
from mtqc.text.tokens import words

Scores = NDArray[np.float64]
CHRF = (18, 20, 22, 24, 26, 28, 30)
NATS = (-4.0, -4.5, -5.0, -5.5)
MOST = 0.004
"""Share of the true pairs of the tuning half on which the check may fire."""


def scores(half: Half, using: Direction) -> tuple[Scores, Scores]:
    """(chrF++, nats a piece) of true and of mismatched pairs, one row a pair."""
    true: list[tuple[float, float]] = []
    wrong: list[tuple[float, float]] = []
    for pair in ntrex(half):
        sides = zip(pair.source.text.split("\n"), pair.target.text.split("\n"), strict=True)
        long = [(en, fr) for en, fr in sides if len(words(en)) >= Disagreement().least_words]
        backs = using.translator.translate([fr for _, fr in long])
        made = [(en, fr, back) for (en, fr), back in zip(long, backs, strict=True) if isinstance(back, str)]
        true += _measured(using, [(en, fr, back) for en, fr, back in made])
        wrong += _measured(using, [(other, fr, back) for (_, fr, back), (other, *_) in itertools.pairwise(made)])
    return np.array(true), np.array(wrong)


def _measured(using: Direction, made: list[tuple[str, str, str]]) -> Iterator[tuple[float, float]]:
    """Of each (English, French, back-translation of the French)."""
    forced = using.scorer.score([(fr, en) for en, fr, _ in made])
    for (en, _, back), score in zip(made, forced, strict=True):
        if isinstance(score, ForcedScore):
            yield score_sentence(back, en).chrf, score.per_piece


def share(rows: Scores, chrf: float, nats: float) -> float:
    return float(np.mean((rows[:, 0] < chrf) & (rows[:, 1] < nats)))


def best(true: Scores, wrong: Scores) -> tuple[float, float]:
    """Of the thresholds at which at most MOST of the true pairs fire, those that find the most mismatched ones."""
    allowed = [(c, n) for c, n in itertools.product(CHRF, NATS) if share(true, c, n) <= MOST]
    return max(allowed, key=lambda pair: share(wrong, *pair))


def line(name: str, true: Scores, wrong: Scores, chrf: float, nats: float) -> str:
    counts = f"{len(true)}, {len(wrong)}"
    return f"| {name} ({counts}) | {chrf:g} | {nats} | {share(true, chrf, nats):.2%} | {share(wrong, chrf, nats):.1%} |"


def report(using: Direction) -> Iterator[str]:
    check = Disagreement()
    in_force = check.chrf_below, check.logprob_below
    tune, rest = scores("tune", using), scores("report", using)
    chosen = best(*tune)
    yield "# Back-translation: thresholds of ACC601\n\n`python tests/measure/back_translation.py`\n"
    yield f"Signature: `{using.translator.signature}|{signatures()}`\n"
    yield "| half | chrF++ below | nats a piece below | true pairs below | mismatched pairs below |"
    yield "|---|---|---|---|---|"
    yield from (line("tune", *tune, c, n) for c, n in itertools.product(CHRF, NATS))
    yield line("report", *rest, *chosen)
    if chosen != in_force:
        yield line("report", *rest, *in_force)
    yield f"\nOf the tuning half's rows with at most {1000 * MOST:g} in 1,000 true pairs, the one with the most mismatched"
    yield f"ones: chrF++ {chosen[0]:g}, {chosen[1]} nats a piece. In force: {in_force[0]:g}, {in_force[1]}."


def main() -> None:
    text = "\n".join(report(models(settings(Options())).backward)) + "\n"
    (ROOT / "reports" / "back-translation.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
