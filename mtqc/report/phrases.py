"""Words that the writers for people share: counts, scores, evidence, and how text that could do harm is shown."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mtqc.interface import Interface, translator
from mtqc.model import ArticlePair, ArticleReport, Evidence, Finding, NotMeasured, Score, Severity, Side, Verdict
from mtqc.report.standing import Trend

SEVERITIES = (Severity.CRITICAL, Severity.MAJOR, Severity.MINOR, Severity.NEUTRAL)
"""Worst first, as every writer lists them."""

CODES_SHOWN = 4
"""Of rules that were skipped for one reason; the JSON report and the CSV name them all."""

_BIDI = {0x200E, 0x200F, 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
_HARMFUL: dict[int, str] = {
    **{n: chr(0x2400 + n) for n in range(0x20) if n not in (0x09, 0x0A, 0x0D)},
    0x7F: "\u2421",
    **dict.fromkeys((*range(0x80, 0xA0), *_BIDI, *range(0xD800, 0xE000)), "\ufffd"),
}


def harmless(text: str) -> str:
    """The text with control characters, direction overrides and lone surrogates replaced one for one.

    Offsets stay valid. An escape sequence in an article must not reach a terminal, nor an override turn a page around.
    """
    return text.translate(_HARMFUL)


def unbroken(text: str) -> str:
    """The text with no-break spaces inside guillemets, so that no line ends on « or begins with »."""
    return text.replace("« ", "«\u00a0").replace(" »", "\u00a0»")


def count(findings: Iterable[Finding]) -> dict[Severity, int]:
    """How many findings of each severity, worst first; every severity is there."""
    found = [f.severity for f in findings]
    return {s: found.count(s) for s in SEVERITIES}


def evidence(item: Evidence) -> str:
    """`chrF++ of the sentence: 41.2 %`; the origin is left to the caller."""
    value = f"{item.value:.4g}" if isinstance(item.value, float) else harmless(str(item.value))
    return f"{item.name}: {value} {item.unit}".rstrip()


def shared_reason(article: ArticleReport) -> str:
    """Why no sentence at all has a back-translation, where it is one and the same reason; "" otherwise."""
    values = [s.signals.back_translation for s in article.sentences if s.bead.is_pair]
    reasons = {v.reason if isinstance(v, NotMeasured) else "" for v in values}
    return reasons.pop() if len(reasons) == 1 else ""


@dataclass(frozen=True, eq=False)
class Phrases:
    """What the reports say in one language. Findings' own sentences, evidence and reasons stay in English."""

    say: Interface
    severities: tuple[Severity, ...] = SEVERITIES

    def severity(self, severity: Severity, number: int = 1) -> str:
        """`critical`."""
        return self.say.severity(severity, number)

    def counted(self, counts: Mapping[Severity, int]) -> str:
        """`1 critical, 5 major`; `no findings` where there are none."""
        named = [f"{self.number(n, 0)} {self.severity(s, n)}" for s, n in counts.items() if n]
        return ", ".join(named) or self.say.say("no findings")

    def sentences(self, number: int) -> str:
        """`2,000 sentences`."""
        return self.say.count("%(n)s sentence", "%(n)s sentences", number)

    def articles(self, number: int) -> str:
        """`11 articles`."""
        return self.say.count("%(n)s article", "%(n)s articles", number)

    def findings(self, number: int) -> str:
        """`11 findings`."""
        return self.say.count("%(n)s finding", "%(n)s findings", number)

    def number(self, value: float | NotMeasured, digits: int = 1) -> str:
        """One decimal, or `not measured`."""
        return self.say.say("not measured") if isinstance(value, NotMeasured) else self.say.number(value, digits)

    def score(self, score: Score) -> str:
        """`Quality 87.7 of 100, MQM penalty 12.3 per 1,000 words (enough text …)`."""
        return self.say.say(
            "Quality %(quality)s of 100, MQM penalty %(mqm)s per 1,000 words (%(reliability)s)",
            quality=self.number(score.quality),
            mqm=self.number(score.mqm_per_1000_words),
            reliability=self.reliability(score),
        )

    def reliability(self, score: Score) -> str:
        """Whether the score can be compared, and the number of words it stands on."""
        enough = self.say.say("enough text to compare with other articles")
        little = self.say.say("too little text to compare with other articles")
        words = self.say.count("%(n)s word", "%(n)s words", score.words)
        return self.say.say("%(verdict)s: %(words)s", verdict=enough if score.enough_text else little, words=words)

    def back_translation_scores(self, score: Score) -> str:
        """`BLEU 33.1, chrF++ 61.2, TER 40.0`, or why there are none."""
        values = {"BLEU": score.bleu, "chrF++": score.chrf, "TER": score.ter}
        reasons = {v.reason for v in values.values() if isinstance(v, NotMeasured)}
        if len(reasons) == 1 and all(isinstance(v, NotMeasured) for v in values.values()):
            return self.say.say("not measured, because %(reason)s", reason=reasons.pop())
        between = ", " if self.say.lang == "en" else "\u00a0; "
        return between.join(f"{name} {self.number(value)}" for name, value in values.items())

    def language(self, pair: ArticlePair, side: Side) -> str:
        """`English` or `French`: what that side is written in."""
        return self.say.language(pair.source.lang if side == "source" else pair.target.lang)

    def place(self, pair: ArticlePair, side: Side, line: int) -> str:
        """`French, line 3`."""
        return self.say.say("%(language)s, line %(line)s", language=self.language(pair, side), line=line)

    def skipped(self, article: ArticleReport) -> list[tuple[str, str]]:
        """(codes, why) of the rules that did not run, those with the same reason together."""
        by_reason: dict[str, list[str]] = {}
        for s in article.skipped:
            by_reason.setdefault(s.reason, []).append(s.code)
        return [(self._listed(codes), reason) for reason, codes in by_reason.items()]

    def _listed(self, codes: list[str]) -> str:
        left = len(codes) - CODES_SHOWN
        if left <= 1:
            return ", ".join(codes)
        listed = ", ".join(codes[:CODES_SHOWN])
        return self.say.count("%(codes)s and %(n)s more rule", "%(codes)s and %(n)s more rules", left, codes=listed)

    def kind(self, finding: Finding) -> str:
        """The rule's name in words: `name mistranslated`."""
        return self.say.rule(finding.name)

    def spelled(self, text: str) -> str:
        """The marked text as it can be read in a sentence: invisible characters by name, line breaks as spaces."""
        if text and all(unicodedata.category(c) in {"Zs", "Cc", "Cf", "Zl", "Zp"} for c in text):
            names = self._invisible()
            return ", ".join(names.get(c, f"U+{ord(c):04X}") for c in text.replace("\r\n", "\n"))
        return harmless(" ".join(text.splitlines()) if len(text.splitlines()) > 1 else text)

    def _invisible(self) -> dict[str, str]:
        line_break = self.say.say("line break")
        return {
            " ": self.say.say("space"),
            "\u00a0": self.say.say("no-break space"),
            "\u202f": self.say.say("narrow no-break space"),
            "\n": line_break,
            "\r": line_break,
            "\t": self.say.say("tab"),
        }

    def suggestion(self, finding: Finding) -> str:
        """What the marked text should read; "" without a suggestion. Deleting is said in words.

        Of a fix that replaces something else than the marked text, that is named too.
        """
        if finding.fix is None:
            return ""
        text = self.spelled(finding.fix.text) or self.say.say("(delete)")
        place = finding.fix.location
        if place == finding.target:
            return text
        if not place.text:
            return self.say.say("%(text)s (to be put in)", text=text)
        return self.say.say("%(text)s (in place of %(place)s)", text=text, place=self.spelled(place.text))

    def verdict(self, verdict: Verdict) -> str:
        """`Gate: failed`; "" where it did not run."""
        said = {
            "passed": self.say.say("passed"),
            "failed": self.say.say("failed"),
            "not judged": self.say.say("not judged"),
        }
        return said.get(verdict.verdict, "")

    def suppressed(self, by: Iterable[str]) -> str:
        """`4 findings set aside (3 by the baseline, 1 by an editor)`; "" without any."""
        each = list(by)
        named = {
            "baseline": self.say.say("by the baseline"),
            "suppression": self.say.say("by a suppression"),
            "decision": self.say.say("by an editor"),
        }
        parts = [f"{self.number(n, 0)} {said}" for key, said in named.items() if (n := each.count(key))]
        if not each:
            return ""
        aside = self.say.count("%(n)s finding set aside", "%(n)s findings set aside", len(each))
        return f"{aside} ({', '.join(parts)})"

    def trend(self, trend: Trend) -> list[str]:
        """What happened since the last run, a line for each thing that a reader must know."""
        say = self.say
        parts = [
            say.count("%(n)s new finding", "%(n)s new findings", trend.new),
            say.count("%(n)s fixed", "%(n)s fixed", trend.fixed),
            say.count("%(n)s changed", "%(n)s changed", trend.changed),
            *([say.count("%(n)s set aside", "%(n)s set aside", trend.accepted)] if trend.accepted else []),
        ]
        lines = [", ".join(parts)]
        if trend.quality:
            then, now = (self.number(value) for value in trend.quality)
            lines.append(say.say("Quality %(then)s, now %(now)s", then=then, now=now))
        if trend.missing:
            lines.append(say.count("%(n)s article is gone", "%(n)s articles are gone", trend.missing))
        if trend.added:
            lines.append(say.count("%(n)s article is new", "%(n)s articles are new", trend.added))
        if not trend.same_signature:
            lines.append(say.say("Measured otherwise than now (another signature): compare with care"))
        return lines


def phrases(lang: str) -> Phrases:
    """Those of "en" or "fr"."""
    return Phrases(translator(lang, "mtqc.report"))


ENGLISH = phrases("en")
