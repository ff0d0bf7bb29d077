"""MQM scores from findings: linear model, themqm.org (severity weights 0, 1, 5, 25)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mtqc.model import Finding, Severity
from mtqc.text.tokens import fold, words

WEIGHTS: Mapping[Severity, float] = {
    Severity.NEUTRAL: 0.0,
    Severity.MINOR: 1.0,
    Severity.MAJOR: 5.0,
    Severity.CRITICAL: 25.0,
}
ENOUGH_WORDS = 300
"""Below 300 words of the original an MQM score is not statistically reliable (themqm.org, scoring models)."""


def distinct(findings: Iterable[Finding]) -> list[Finding]:
    """Each error once: of findings with the same rule, marked text and counterpart, the first of the most severe."""
    best: dict[tuple[str, str, str], Finding] = {}
    for i, f in enumerate(findings):
        source = fold(f.source.text) if f.source else ""
        key = (f.code, fold(f.target.text) or str(i), source)
        if key not in best or f.severity > best[key].severity:
            best[key] = f
    return list(best.values())


def penalty(findings: Iterable[Finding], weights: Mapping[Severity, float] = WEIGHTS) -> float:
    """Sum of severity weights. An error repeated (same rule, marked text and counterpart) counts once."""
    return sum(weights[f.severity] for f in distinct(findings))


def count_words(text: str) -> int:
    """Words of an English or French text, as text.tokens counts them."""
    return len(words(text))


def per_1000_words(points: float, word_count: int) -> float:
    """Normed penalty total: penalty points per 1,000 words of the original."""
    return points * 1000 / max(1, word_count)


def quality(points: float, word_count: int) -> float:
    """100 less the penalty points per 100 words, never below 0."""
    return max(0.0, 100.0 - points * 100 / max(1, word_count))


def calibrated(npt: float, pass_mark: float, acceptable: float) -> float:
    """Calibrated MQM score: 100 − NPT × (100 − PT) / APP. It is at least PT where NPT is at most APP."""
    return 100.0 - npt * (100.0 - pass_mark) / acceptable
