"""Fit the sentence model of English translations: `make calibrate` → mtqc/weights_en.json.

Two things are fitted at once, on tuning halves: which of two translations of DEMETR is the worse one (a pairwise
logistic loss), and which sentences have a major error (a logistic loss): those of biomqm_fren that are marked so, none
of the human translations of NTREX, taken from its French, and those of DEMETR that translate something else, each of
these counted UNRELATED times, since there are so few. Without the last two, free translations would pass for bad ones.
What speaks of an error may only raise its probability. Length is fitted on the sentences alone: of a pair, it tells but
how the error was planted. The word model is the French one.
"""

from __future__ import annotations

import datetime
import json
from dataclasses import replace

import numpy as np
from annotated import medical_english
from contrasts import demetr, packed
from data import ROOT, Half, ntrex
from running import aligned, as_output
from scipy.optimize import minimize

from mtqc import judgement
from mtqc.cli.common import Options, models, settings
from mtqc.config import Settings
from mtqc.evaluate import judge
from mtqc.features import SENTENCE_FACTS
from mtqc.model import ArticlePair, NotMeasured, Severity
from mtqc.pipeline import Models, judge_article

NAMES = (*SENTENCE_FACTS, "suspicion", "minor")
UNRELATED = 5.0
L2 = 1.0
Facts = np.ndarray


def facts_by_line(pair: ArticlePair, chosen: Settings, using: Models) -> dict[int, Facts]:
    """NAMES of each line that could be measured; of several sentences on one, the highest value of each."""
    found: dict[int, list[list[float]]] = {}
    for s in judge_article(aligned(pair, using), chosen).sentences:
        facts = judgement.facts_of(s.bead, s.signals, s.findings, "en")
        if s.bead.target and not isinstance(facts, NotMeasured):
            found.setdefault(s.bead.target[0].line, []).append([facts[n] for n in NAMES])
    return {line: np.array(rows).max(0) for line, rows in found.items()}


def differences(half: Half, chosen: Settings, using: Models) -> Facts:
    """Facts of the worse translation less those of the better one, a row a pair of DEMETR; the controls left out."""
    given = [c for c in demetr(half) if "(base)" not in c.group]
    sides = []
    for texts in ([(c.source, c.good) for c in given], [(c.source, c.bad) for c in given]):
        rows: list[Facts | None] = []
        for pair in packed("demetr_fr", texts, ("fr", "en")):
            found = facts_by_line(pair, chosen, using)
            rows += [found.get(line) for line in range(1, len(pair.segments) + 1)]
        sides.append(rows)
    return np.array([b - g for g, b in zip(*sides, strict=True) if g is not None and b is not None])


def annotated(half: Half, chosen: Settings, using: Models) -> tuple[Facts, Facts]:
    """Facts of the lines of biomqm_fren, and 1.0 where one has a major or critical error."""
    facts, wrong = [], []
    for item in medical_english(half):
        bad = {e.line for e in item.gold if e.severity >= Severity.MAJOR}
        for line, row in facts_by_line(item.pair, chosen, using).items():
            facts.append(row)
            wrong.append(float(line in bad))
    return np.array(facts), np.array(wrong)


def unrelated(half: Half, chosen: Settings, using: Models) -> Facts:
    """Facts of DEMETR's translations of another sentence."""
    given = [(c.source, c.bad) for c in demetr(half) if c.group.startswith("shuffle_trans")]
    pairs = packed("demetr_fr", given, ("fr", "en"))
    return np.array([row for p in pairs for row in facts_by_line(p, chosen, using).values()])


def fit(pairs: Facts, facts: Facts, wrong: Facts, weight: Facts) -> tuple[float, list[float]]:
    """Bias and a weight for each of NAMES, over raw facts. `weight`: how often each sentence counts."""
    mean = facts.mean(0)
    spread = np.vstack([facts - mean, pairs]).std(0) + 1e-9
    d, x = pairs / spread, (facts - mean) / spread
    d[:, NAMES.index("length")] = 0

    def loss(p: Facts) -> float:
        odds = x @ p[:-1] + p[-1]
        ranked = len(pairs) * np.logaddexp(0, -(d @ p[:-1])).mean()
        judged = np.sum(weight * (np.logaddexp(0, odds) - wrong * odds))
        return float(ranked + judged + L2 * np.sum(p[:-1] ** 2) / 2)

    bounds = [(0.0, None)] * len(NAMES) + [(None, None)]
    found = minimize(loss, np.zeros(len(NAMES) + 1), method="L-BFGS-B", bounds=bounds).x
    weights = found[:-1] / spread
    return float(found[-1] - mean @ weights), [round(float(w), 5) for w in weights]


def human(half: Half, chosen: Settings, using: Models) -> Facts:
    """Facts of NTREX's sentences as if the English were translated from the French."""
    rows: list[Facts] = []
    for pair in ntrex(half):
        turned = replace(pair, source=pair.target, target=pair.source, segments=tuple((b, a) for a, b in pair.segments))
        rows += facts_by_line(turned, chosen, using).values()
    return np.array(rows)


def main() -> None:
    chosen = settings(Options(source_lang="fr", target_lang="en"))
    using = models(chosen)
    facts, wrong = annotated("tune", chosen, using)
    clean, other = human("tune", chosen, using), unrelated("tune", chosen, using)
    bias, weights = fit(
        differences("tune", chosen, using),
        np.vstack([facts, clean, other]),
        np.r_[wrong, np.zeros(len(clean)), np.ones(len(other))],
        np.r_[np.ones(len(facts) + len(clean)), np.full(len(other), UNRELATED)],
    )
    table = {
        "sentence": {"bias": round(bias, 5), "weights": dict(zip(NAMES, weights, strict=True))},
        "day": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "fitted_on": "tuning halves of demetr_fr, biomqm_fren and NTREX",
        "models": using.signature,
    }
    text = json.dumps(table, indent=1, ensure_ascii=False) + "\n"
    (ROOT / "mtqc" / judgement.FILE_EN).write_text(text, encoding="utf-8")
    print(text)
    report(chosen, using)


def report(chosen: Settings, using: Models) -> None:
    """AUC of quality on the reporting half of biomqm_fren, with what was fitted."""
    from mtqc.evaluate.figures import figures

    judgement.fitted.cache_clear()
    lines = []
    for item in medical_english("report"):
        lines += judge(as_output(judge_article(aligned(item.pair, using), chosen)), item.gold)
    print("biomqm_fren, reporting half: AUC", figures(lines, 0).auc)


if __name__ == "__main__":
    main()
