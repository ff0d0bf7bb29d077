"""Is a hypothesis one that may be scored? A loop, a cut or an absurd length is the model's failure, not the text's."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass

_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
_STUTTER = re.compile(r"([^\W\d_]{2,6}?)\1{2,}|([^\W\d_])\2{4,}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Validity:
    """Thresholds; docs/models.md says what was measured with them.

    A word n-gram that stands more than `word_runs`, `pair_runs` or `long_runs` times in a row (n = 1, n = 2 or 3,
    n from 4), and more often than anything in the source, is a loop. So is a share of more than `repeated` word
    trigrams that stood before. Lengths are compared in characters, for sources from `short` characters on.
    """

    word_runs: int = 3
    pair_runs: int = 2
    long_runs: int = 1
    longest: int = 12
    repeated: float = 0.3
    short: int = 15
    shorter: float = 0.25
    longer: float = 3.0

    @property
    def signature(self) -> str:
        """Six hexadecimal digits that change with any threshold."""
        return hashlib.sha256(repr(astuple(self)).encode()).hexdigest()[:6]

    def fault(self, source: str, hypothesis: str, truncated: bool = False) -> str | None:
        """Why the hypothesis may not be used, in words for a report; None where it may."""
        if not _WORD.search(hypothesis) and (not hypothesis.strip() or _WORD.search(source)):
            return "the translation is empty"
        if loop := self._loop(source, hypothesis):
            return f"the translation repeats itself (“{loop}”)"
        if truncated:
            return "the translation did not come to an end"
        if len(source) >= self.short and not self.shorter <= len(hypothesis) / len(source) <= self.longer:
            return f"the translation is {len(hypothesis) / len(source):.1f} times as long as its source"
        return None

    def _loop(self, source: str, hypothesis: str) -> str:
        """What is repeated; "" where nothing is."""
        stutter = _STUTTER.search(hypothesis)
        if stutter and stutter.group().lower() not in source.lower():
            return stutter.group()
        made, given = _words(hypothesis), _words(source)
        # A slogan said twice has other lengths in the two languages: any run in the source excuses as many.
        excused = max(longest_run(given, n)[0] for n in range(1, self.longest + 1))
        for n in range(1, min(self.longest, len(made) // 2) + 1):
            allowed = self.word_runs if n == 1 else self.pair_runs if n <= 3 else self.long_runs
            runs, where = longest_run(made, n)
            if runs > max(allowed, excused):
                return " ".join(made[where : where + n])
        if repeated_share(made) > max(self.repeated, 2 * repeated_share(given)):
            return " ".join(made[:3])
        return ""


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def longest_run(words: Sequence[str], n: int) -> tuple[int, int]:
    """How often at most an n-gram of words stands in a row (1 = no repetition, 0 = fewer than n words), and where."""
    best, where, run = (1, 0, 0) if len(words) >= n else (0, 0, 0)
    for i in range(len(words) - n):
        run = run + 1 if words[i] == words[i + n] else 0
        if run // n + 1 > best:
            best, where = run // n + 1, i - run + 1
    return best, where


def repeated_share(words: Sequence[str], n: int = 3, enough: int = 10) -> float:
    """Share of word n-grams that stood before in the text, 0 to 1; 0 where there are fewer than `enough` n-grams."""
    grams = [tuple(words[i : i + n]) for i in range(len(words) - n + 1)]
    return 1 - len(set(grams)) / len(grams) if len(grams) >= enough else 0.0
