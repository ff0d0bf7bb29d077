"""Words that the writers for people share: counts, scores, evidence, and how text that could do harm is shown."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from mtqc.model import ArticlePair, ArticleReport, Document, Evidence, Finding, NotMeasured, Score, Severity, Side

SEVERITIES = (Severity.CRITICAL, Severity.MAJOR, Severity.MINOR, Severity.NEUTRAL)
"""Worst first, as every writer lists them."""

LANGUAGES = {"en": "English", "fr": "French"}
CODES_SHOWN = 4
"""Of rules that were skipped for one reason; the JSON report and the CSV name them all."""

RELIABLE = "enough text to compare with other articles"
UNRELIABLE = "too little text to compare with other articles"

_BIDI = {0x200E, 0x200F, 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
_HARMFUL: dict[int, str] = {
    **{n: chr(0x2400 + n) for n in range(0x20) if n not in (0x09, 0x0A, 0x0D)},
    0x7F: "\u2421",
    **dict.fromkeys((*range(0x80, 0xA0), *_BIDI, *range(0xD800, 0xE000)), "\ufffd"),
}
_SPELLED = {
    " ": "space",
    "\u00a0": "no-break space",
    "\u202f": "narrow no-break space",
    "\n": "line break",
    "\r": "line break",
    "\t": "tab",
}


def harmless(text: str) -> str:
    """The text with control characters, direction overrides and lone surrogates replaced one for one.

    Offsets stay valid. An escape sequence in an article must not reach a terminal, nor an override turn a page around.
    """
    return text.translate(_HARMFUL)


def spelled(text: str) -> str:
    """The marked text as it can be read in a sentence: invisible characters by name, line breaks as spaces."""
    if text and all(unicodedata.category(c) in {"Zs", "Cc", "Cf", "Zl", "Zp"} for c in text):
        return ", ".join(_SPELLED.get(c, f"U+{ord(c):04X}") for c in text.replace("\r\n", "\n"))
    return harmless(" ".join(text.splitlines()) if len(text.splitlines()) > 1 else text)


def unbroken(text: str) -> str:
    """The text with no-break spaces inside guillemets, so that no line ends on « or begins with »."""
    return text.replace("« ", "«\u00a0").replace(" »", "\u00a0»")


def count(findings: Iterable[Finding]) -> dict[Severity, int]:
    """How many findings of each severity, worst first; every severity is there."""
    found = list(findings)
    return {s: sum(f.severity is s for f in found) for s in SEVERITIES}


def plural(number: int, noun: str, many: str = "") -> str:
    """`1 sentence`, `2,000 sentences`."""
    return f"{number:,} {noun if number == 1 else many or noun + 's'}"


def counted(counts: dict[Severity, int]) -> str:
    """`1 critical, 5 major`; `no findings` where there are none."""
    named = [f"{n:,} {s.label}" for s, n in counts.items() if n]
    return ", ".join(named) or "no findings"


def number(value: float | NotMeasured) -> str:
    """One decimal, or `not measured`."""
    return "not measured" if isinstance(value, NotMeasured) else f"{value:,.1f}"


def reliability(score: Score) -> str:
    """Whether the score can be compared, and the number of words it stands on."""
    return f"{RELIABLE if score.enough_text else UNRELIABLE}: {plural(score.words, 'word')}"


def back_translation_scores(score: Score) -> str:
    """`BLEU 33.1, chrF++ 61.2, TER 40.0`, or why there are none."""
    values = {"BLEU": score.bleu, "chrF++": score.chrf, "TER": score.ter}
    reasons = {v.reason for v in values.values() if isinstance(v, NotMeasured)}
    if len(reasons) == 1 and all(isinstance(v, NotMeasured) for v in values.values()):
        return f"not measured, because {reasons.pop()}"
    return ", ".join(f"{name} {number(value)}" for name, value in values.items())


def evidence(item: Evidence) -> str:
    """`chrF++ of the sentence: 41.2 %`; the origin is left to the caller."""
    value = f"{item.value:.4g}" if isinstance(item.value, float) else harmless(str(item.value))
    return f"{item.name}: {value} {item.unit}".rstrip()


def language(pair: ArticlePair, side: Side) -> str:
    """`English` or `French`: what that side is written in."""
    document: Document = pair.source if side == "source" else pair.target
    return LANGUAGES.get(document.lang, document.lang)


def skipped(article: ArticleReport) -> list[tuple[str, str]]:
    """(codes, why) of the rules that did not run, those with the same reason together."""
    by_reason: dict[str, list[str]] = {}
    for s in article.skipped:
        by_reason.setdefault(s.reason, []).append(s.code)
    return [(_listed(codes), reason) for reason, codes in by_reason.items()]


def _listed(codes: list[str]) -> str:
    left = len(codes) - CODES_SHOWN
    return ", ".join(codes) if left <= 1 else f"{', '.join(codes[:CODES_SHOWN])} and {left} more rules"


def kind(finding: Finding) -> str:
    """The rule's name in words: `name mistranslated`."""
    return finding.name.replace("-", " ")


def suggestion(finding: Finding) -> str:
    """What the marked text should read; "" without a suggestion. Deleting is said in words.

    Of a fix that replaces something else than the marked text, that is named too.
    """
    if finding.fix is None:
        return ""
    text = spelled(finding.fix.text) or "(delete)"
    place = finding.fix.location
    return text if place == finding.target else f"{text} (in place of {spelled(place.text) or 'nothing'})"


def shared_reason(article: ArticleReport) -> str:
    """Why no sentence at all has a back-translation, where it is one and the same reason; "" otherwise."""
    values = [s.signals.back_translation for s in article.sentences if s.bead.is_pair]
    reasons = {v.reason if isinstance(v, NotMeasured) else "" for v in values}
    return reasons.pop() if len(reasons) == 1 else ""
