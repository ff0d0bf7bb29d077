"""Fit the models of mtqc.judgement: `make calibrate` → mtqc/weights.json and reports/judgement.md.

Fitted on the tuning halves of the annotated machine translations, reported on the other halves. Each set has an
intercept of its own while fitting, since annotators and engines differ; the shipped one is that of the news set, the
domain of our users.
"""

from __future__ import annotations

import argparse
import datetime
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from annotated import SETS
from clean import SETS as CLEAN
from data import ROOT, Half, ntrex, parallel
from quality_rules import annotated as right_by_rule
from running import aligned, as_output
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from mtqc import judgement
from mtqc.cli.common import Options, models, settings
from mtqc.evaluate import GoldError, JudgedLine, judge
from mtqc.features import SENTENCE_FACTS, WORD_FACTS, Complete, values, word_facts
from mtqc.model import ArticleReport, NotMeasured, Severity
from mtqc.pipeline import judge_article

NEWS = "gold"
HUMAN = "ntrex"
UNRELATED = "unrelated"
MOST = 800
"""Sentences that a set counts for at most: product reviews are seven times as many as all others."""
SERIOUS = (Severity.MAJOR, Severity.CRITICAL)


@dataclass
class Rows:
    """What is known of the words and the sentences of one set. `word_right`: worst severity at the word, 0 for none."""

    words: list[tuple[float, ...]] = field(default_factory=list)
    word_severity: list[int] = field(default_factory=list)
    word_sentence: list[int] = field(default_factory=list)
    sentences: list[dict[str, float]] = field(default_factory=list)
    severity: list[int] = field(default_factory=list)
    lines: list[JudgedLine] = field(default_factory=list)

    def add(self, report: ArticleReport, gold: Sequence[GoldError]) -> None:
        text = report.pair.target.text
        starts = [0, *(i + 1 for i, c in enumerate(text) if c == "\n")]
        lines = text.split("\n")
        placed = [e.placed(lines[e.line - 1]) for e in gold if e.line <= len(lines) and not e.is_typography]
        for s in report.sentences:
            complete = Complete.of(s.signals)
            if isinstance(complete, NotMeasured) or s.bead.is_boilerplate:
                continue
            first, last = s.bead.target[0].line, s.bead.target[-1].line
            marked = [(starts[e.line - 1] + a, starts[e.line - 1] + b, int(e.severity)) for e in placed
                      if first <= e.line <= last for a, b in e.spans]  # fmt: skip
            lost = [int(e.severity) for e in placed if first <= e.line <= last and not e.spans]
            begin, end = s.bead.target_start, s.bead.target_start + len(s.bead.target_text)
            here = [m for m in marked if m[0] < end and begin < max(m[1], m[0] + 1)]
            for word, facts in word_facts(s.bead, complete, "fr"):
                a, b = begin + word.span.start, begin + word.span.end
                self.words.append(values(facts))
                self.word_severity.append(max((m[2] for m in here if m[0] < b and a < m[1]), default=0))
                self.word_sentence.append(len(self.sentences))
            facts = judgement.facts_of(s.bead, s.signals, s.findings, "fr")
            assert not isinstance(facts, NotMeasured)
            self.sentences.append(facts)
            self.severity.append(max([m[2] for m in here] + lost, default=0))


def gather(half: Half, names: Sequence[str], clean: Sequence[str]) -> dict[str, Rows]:
    """The rows of annotated and clean sets."""
    chosen = settings(Options())
    using = models(chosen)
    found = {}
    for name in names:
        found[name] = Rows()
        for annotated in SETS[name][1](half):
            judged = judge_article(aligned(annotated.pair, using), chosen)
            found[name].add(judged, annotated.gold)
            found[name].lines += judge(as_output(judged), annotated.gold)
    for name in clean:
        found[name] = Rows()
        for pair in CLEAN[name][1](half):
            found[name].add(judge_article(aligned(pair, using), chosen), ())
    return found


def unrelated(half: Half) -> Rows:
    """NTREX with every sentence beside the translation of the one before it."""
    chosen = settings(Options())
    using, found = models(chosen), Rows()
    for pair in ntrex(half):
        english, french = pair.source.text.split("\n"), pair.target.text.split("\n")
        moved = parallel(f"{pair.id}-moved", english, french[-1:] + french[:-1])
        found.add(judge_article(aligned(moved, using), chosen), ())
    return found


def fit(sets: Sequence[tuple[str, np.ndarray, np.ndarray]], names: Sequence[str]) -> dict[str, object]:
    """Weights over raw facts; facts are standardised while fitting, every set has an intercept of its own."""
    facts = np.concatenate([x for _, x, _ in sets])
    wrong = np.concatenate([y for _, _, y in sets])
    mean, spread = facts.mean(0), facts.std(0) + 1e-9
    dummies = np.repeat(np.eye(len(sets)), [len(y) for _, _, y in sets], axis=0)
    model = LogisticRegression(C=1.0, max_iter=5000).fit(np.hstack([(facts - mean) / spread, 3 * dummies]), wrong)
    slopes = model.coef_[0][: facts.shape[1]] / spread
    own = 3 * model.coef_[0][facts.shape[1] + [n for n, _, _ in sets].index(NEWS)]
    bias = float(model.intercept_[0] + own - slopes @ mean)
    return {"bias": round(bias, 5), "weights": {n: round(float(w), 5) for n, w in zip(names, slopes, strict=True)}}


def word_sets(rows: dict[str, Rows]) -> list[tuple[str, np.ndarray, np.ndarray]]:
    return [(n, np.array(r.words), np.array(r.word_severity) >= Severity.MAJOR) for n, r in rows.items() if n in SETS]


def sentence_sets(rows: dict[str, Rows], names: Sequence[str]) -> list[tuple[str, np.ndarray, np.ndarray]]:
    """(set, facts, 1.0 where there is a serious error); human translations and unrelated sentences are one set."""
    table = {n: np.array([[s[f] for f in names] for s in r.sentences]) for n, r in rows.items()}
    found = [
        (n, table[n], (np.array(r.severity) >= Severity.MAJOR).astype(float)) for n, r in rows.items() if n in SETS
    ]
    good, other = table[HUMAN], table[UNRELATED]
    return [*found, (HUMAN, np.vstack([good, other]), np.r_[np.zeros(len(good)), np.ones(len(other))])]


def fit_sentences(sets: Sequence[tuple[str, np.ndarray, np.ndarray]], names: Sequence[str]) -> dict[str, object]:
    """As `fit`, but what speaks of an error may only raise its probability, and each set weighs as much as MOST.

    Without the bound the weights followed the quirks of one engine: a sentence that translates another one passed.
    """
    facts = np.concatenate([x for _, x, _ in sets])
    wrong = np.concatenate([y for _, _, y in sets])
    mean, spread = facts.mean(0), facts.std(0) + 1e-9
    owner = np.repeat(np.arange(len(sets)), [len(y) for _, _, y in sets])
    weight = np.concatenate([np.full(len(y), min(1.0, MOST / len(y))) for _, _, y in sets])
    x, k = (facts - mean) / spread, len(names)

    def loss(p: np.ndarray) -> float:
        odds = x @ p[:k] + p[k:][owner]
        return float(np.sum(weight * (np.logaddexp(0, odds) - wrong * odds)) + np.sum(p[:k] ** 2) / 2)

    bounds = [(None, None) if n == "length" else (0.0, None) for n in names] + [(None, None)] * len(sets)
    found = minimize(loss, np.zeros(k + len(sets)), method="L-BFGS-B", bounds=bounds).x
    slopes = found[:k] / spread
    bias = float(found[k + [n for n, _, _ in sets].index(NEWS)] - slopes @ mean)
    return {"bias": round(bias, 5), "weights": {n: round(float(w), 5) for n, w in zip(names, slopes, strict=True)}}


NAMES = (*SENTENCE_FACTS, "suspicion", "minor")


def write(word: dict[str, object], sentence: dict[str, object], rows: dict[str, Rows], signature: str) -> None:
    counted = right_by_rule({n: r.lines for n, r in rows.items()})
    kept = {
        "precision": {code: [rate.hits, rate.total] for code, rate in sorted(counted.items())},
        "word": word,
        "sentence": sentence,
        "day": datetime.datetime.now(tz=datetime.UTC).date().isoformat(),
        "fitted_on": "tuning halves of " + ", ".join(SETS),
        "models": signature,
    }
    (ROOT / "mtqc" / judgement.FILE).write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    judgement.fitted.cache_clear()


def suspicions(rows: Rows) -> None:
    """Renew `suspicion` after the word model was fitted."""
    model = judgement.fitted("word")
    told: list[list[float]] = [[] for _ in rows.sentences]
    for facts, sentence in zip(rows.words, rows.word_sentence, strict=True):
        told[sentence].append(model.probability(dict(zip(WORD_FACTS, facts, strict=True))))
    for facts, found in zip(rows.sentences, told, strict=True):
        top = sorted(found, reverse=True)[:3]
        facts["suspicion"] = sum(top) / max(1, len(top))


def probabilities(model: judgement.Logistic, rows: Rows) -> tuple[np.ndarray, np.ndarray]:
    """Of words, of sentences."""
    word = judgement.fitted("word")
    words = np.array([word.probability(dict(zip(WORD_FACTS, f, strict=True))) for f in rows.words])
    return words, np.array([model.probability(s) for s in rows.sentences])


def report(rows: dict[str, Rows]) -> Iterator[str]:
    """Lines of the report on one half."""
    model = judgement.fitted("sentence")
    found = {n: probabilities(model, r) for n, r in rows.items()}
    yield "| set | sentences | with a serious error | AUC of sentences | words | in a serious error | AUC of words |"
    yield "|---|--:|--:|--:|--:|--:|--:|"
    for name in (n for n in rows if n in SETS):
        r, (words, sentences) = rows[name], found[name]
        bad, wrong = np.array(r.severity) >= 2, np.array(r.word_severity) >= 2
        yield (
            f"| {SETS[name][0]} | {len(bad)} | {bad.sum()} | {roc_auc_score(bad, sentences):.3f} | {len(wrong)}"
            f" | {wrong.sum()} | {roc_auc_score(wrong, words):.3f} |"
        )
    yield ""
    yield "Words from a probability on: how many are marked in annotated texts, and how often clean sentences have one."
    yield ""
    annotated = [n for n in rows if n in SETS]
    clean = [n for n in rows if n in CLEAN]
    yield "| from | " + " | ".join(f"{n}: serious, any / words" for n in annotated) + " | " + " | ".join(
        f"{n}: sentences" for n in clean) + " |"  # fmt: skip
    yield "|--:|" + "--:|" * (len(annotated) + len(clean))
    for least in (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6):
        cells = []
        for n in annotated:
            at = found[n][0] >= least
            severity = np.array(rows[n].word_severity)[at]
            cells.append(f"{(severity >= 2).sum()}, {(severity >= 1).sum()} / {at.sum()}")
        for n in clean:
            hit = {s for s, p in zip(rows[n].word_sentence, found[n][0], strict=True) if p >= least}
            cells.append(f"{len(hit) / max(1, len(rows[n].sentences)):.1%}")
        yield f"| {least} | " + " | ".join(cells) + " |"
    yield ""
    yield "Calibration of sentences: mean probability and share with a serious error, by fifth."
    yield ""
    yield "| set | " + " | ".join(f"fifth {i}" for i in range(1, 6)) + " |"
    yield "|---|" + "--:|" * 5
    for n in annotated:
        order = np.argsort(found[n][1])
        parts = np.array_split(order, 5)
        bad = np.array(rows[n].severity) >= 2
        yield f"| {n} | " + " | ".join(f"{found[n][1][p].mean():.2f} / {bad[p].mean():.2f}" for p in parts) + " |"


HEAD = """# Judgement: how well the signals tell bad sentences and words

`make calibrate` fits mtqc/weights.json on the tuning halves of the annotated machine translations and writes this
report on the other halves, which nothing was fitted on. AUC: how often a sentence (word) with a critical or major
error gets a higher probability than one without; 0.5 is chance.
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("tune", "report"), help="only show this half, with the weights there are")
    parser.add_argument("--sets", nargs="*", default=list(SETS))
    parser.add_argument("--clean", nargs="*", default=list(CLEAN)[:2])
    parser.add_argument("--write", action="store_true", help="write reports/judgement.md")
    asked = parser.parse_args()
    signature = models(settings(Options())).signature
    if asked.half:
        print("\n".join(report(gather(asked.half, asked.sets, asked.clean))))
        return
    refit(gather("tune", asked.sets, asked.clean) | {UNRELATED: unrelated("tune")}, signature)
    if asked.write:
        lines = [HEAD, f"Models: `{signature}`", "", *report(gather("report", asked.sets, asked.clean))]
        (ROOT / "reports" / "judgement.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def refit(rows: dict[str, Rows], signature: str) -> None:
    """Both models: the words' first, which the sentences' then reads."""
    word = fit(word_sets(rows), WORD_FACTS)
    write(word, {"bias": 0.0, "weights": {}}, rows, signature)
    for r in rows.values():
        suspicions(r)
    write(word, fit_sentences(sentence_sets(rows, NAMES), NAMES), rows, signature)
    print("\n".join(report(rows)))


if __name__ == "__main__":
    main()
