"""Where the thresholds of ACC601 come from: signals of true pairs against those of mismatched ones.

    python tests/measure/back_translation.py  →  reports/back-translation.md

True pairs: NTREX human translations. Mismatched: the same French against the next English sentence of its document.
"""

from __future__ import annotations

import itertools

import numpy as np
from data import ROOT, Half, ntrex
from numpy.typing import NDArray

from mtqc.checks.back_translation import Disagreement
from mtqc.cli.common import Options, models, settings
from mtqc.model import BackTranslation, ForcedScore
from mtqc.pipeline import Models, align_article, signature
from mtqc.signals import score_sentence
from mtqc.text.tokens import words

Scores = NDArray[np.float64]


def scores(half: Half, using: Models) -> tuple[Scores, Scores]:
    """(chrF++, nats a piece) of true and of mismatched pairs, one row a pair."""
    true, wrong = [], []
    for pair in ntrex(half):
        measured = [
            (b, s) for b, s in align_article(pair, using).pairs if isinstance(s.back_translation, BackTranslation)
        ]
        long = [(b, s) for b, s in measured if len(words(b.source_text)) >= Disagreement().least_words]
        true += [(s.back_translation.chrf, s.forced_source.per_piece) for _, s in long]
        for (bead, signals), (other, _) in itertools.pairwise(long):
            (forced,) = using.scorer.score([(bead.target_text, other.source_text)])
            if isinstance(forced, ForcedScore):
                wrong.append((score_sentence(signals.back_translation.text, other.source_text).chrf, forced.per_piece))
    return np.array(true), np.array(wrong)


def share(rows: Scores, chrf: float, nats: float) -> float:
    return float(np.mean((rows[:, 0] < chrf) & (rows[:, 1] < nats)))


def main() -> None:
    using = models(settings(Options()))
    check = Disagreement()
    lines = ["# Back-translation: thresholds of ACC601", "", "`python tests/measure/back_translation.py`", ""]
    lines += [f"Signature: `{signature(settings(Options()), using)}`", ""]
    lines += [
        "| half | chrF++ below | nats a piece below | true pairs below | mismatched pairs below |",
        "|---|---|---|---|---|",
    ]
    tuning: tuple[Half, ...] = ("tune", "report")
    for half in tuning:
        true, wrong = scores(half, using)
        grid = [(c, n) for c in (18, 20, 22) for n in (-4.5, -5.0, -5.5)] if half == "tune" else []
        for c, n in grid or [(check.chrf_below, check.logprob_below)]:
            lines.append(
                f"| {half} ({len(true)}, {len(wrong)}) | {c} | {n} | {share(true, c, n):.2%} | {share(wrong, c, n):.1%} |"
            )
    lines += ["", f"In force: chrF++ {check.chrf_below}, {check.logprob_below} nats a piece: the highest thresholds at"]
    lines += ["which at most 4 in 1,000 true pairs of the tuning half fire.", ""]
    (ROOT / "reports" / "back-translation.md").write_text("\n".join(lines), encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
