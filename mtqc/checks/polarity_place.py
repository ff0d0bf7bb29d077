"""Where in the French a place of the English stands, and the French verb group there. For `plain` text."""

from __future__ import annotations

import re
from bisect import bisect_left

from mtqc.align.words import word_links
from mtqc.text.name_data import translations
from mtqc.text.tokens import words

STEM = 5
"""Letters two French forms of one word share: « renouvelé » and « renouveler »."""
ARTICLE = 12
"""Characters between a verb and the noun it is marked with: « était un remède »."""
_ADVERB = r"(?: (?:été|encore|déjà|toujours|également|aussi|donc|bien|ainsi|en|y))*"
_ENDING = r"(?:é|ée|és|ées|i|ie|ies|is|ise|it|ite|u|ue|us|ues|er|ir|re|ert|aint|eint)"
_AUXILIARY = (
    r"(?:(?:l|s|m|t|j)'|(?:se|le|la|les|lui|leur|y|en) )?"
    r"(?:ai|as|a|ont|avons|avez|avai(?:s|t|ent)|aur(?:a|ont|ait|aient)|eut|eurent|suis|est|sont|sommes|êtes|étai(?:s|t|ent)|ser(?:a|ont|ait|aient)"
    r"|fut|furent|soi(?:t|ent)|peu(?:t|x|vent)|pouvai(?:t|ent)|pourr(?:a|ont|ait|aient)|doi(?:t|vent)|devai(?:t|ent)|devr(?:a|ont|ait|aient)"
    r"|va|vont|allai(?:t|ent)|veu(?:t|lent)|voulai(?:t|ent)|sai(?:t|vent)|savai(?:t|ent)|préférer?(?:ait|aient|ions|ons)|avoir|être)"
)
_GROUP = re.compile(rf"(?<![\w'-]){_AUXILIARY}{_ADVERB}(?: [^\W\d_]+{_ENDING})?(?![\w'])", re.IGNORECASE)
_SINGLE = re.compile(
    r"(?<![\w'-])[^\W\d_]{2,}(?:[^m]ent|ait|aient|èrent|era|eront|irent|urent|ît|ons|ez|it)(?![\w'-])", re.IGNORECASE
)
_CLAUSE = re.compile(r"[,;:!?…«»“”\"()\[\]—–\n]|\.(?!\w)| - ")


class Places:
    """English offsets mapped to French ones, from words alike in both texts; made once a bead, on demand."""

    def __init__(self, source: str, target: str) -> None:
        self.source, self.target = source, target
        english, french = words(source), words(target)
        self._alike = [(english[x.source], french[x.target]) for x in word_links(source, target)]
        self._anchors = [(0, 0)]
        for here, there in sorted((e.start, f.start) for e, f in self._alike):
            if here > self._anchors[-1][0] and there > self._anchors[-1][1]:
                self._anchors.append((here, there))
        self._anchors.append((max(len(source), self._anchors[-1][0] + 1), max(len(target), self._anchors[-1][1] + 1)))

    def project(self, at: int) -> int:
        """The French offset that English offset `at` falls on, between the nearest words alike."""
        n = min(max(1, bisect_left([a for a, _ in self._anchors], at)), len(self._anchors) - 1)
        (a, b), (c, d) = self._anchors[n - 1], self._anchors[n]
        return min(len(self.target), b + (d - b) * (at - a) // (c - a))

    def says(self, span: tuple[int, int]) -> bool:
        """Some word of the English is alike to, or translated by, a French word of four letters or more in the span."""
        inside = [w for w in words(self.target) if span[0] <= w.start < span[1] and len(w.norm) >= STEM - 1]
        if any(span[0] <= f.start < span[1] for _, f in self._alike):
            return True
        stems = {w.norm.lower()[:STEM] for w in inside}
        return any(t[:STEM] in stems for w in words(self.source) for t in translations(w.norm.lower()))

    def translated(self, at: int, reach: int = 4) -> tuple[int, int] | None:
        """The French word nearest the place that translates one of the `reach` English words from `at` on."""
        here = self.project(at)
        following = [w for w in words(self.source) if w.start >= at][:reach]
        for word in sorted(following, key=lambda w: -len(w.norm)):
            stems = {t[:STEM] for t in translations(word.norm.lower()) if len(t) >= STEM - 1}
            found = [w for w in words(self.target) if w.norm.lower()[:STEM] in stems and abs(w.start - here) < 80]
            if len(word.norm) > 3 and found:
                best = min(found, key=lambda w: abs(w.start - here))
                return best.start, best.end
        starts = {w.start for w in following}
        return next(((f.start, f.end) for e, f in self._alike if e.start in starts and e.start > at), None)


def verb_group(target: str, at: int, word: tuple[int, int] | None) -> tuple[int, int]:
    """[start, end) of the French verb group at `word`, else of the one nearest `at` in its clause, else the clause."""
    start, end = clause(target, word[0] if word else at)
    groups = [m.span() for m in _GROUP.finditer(target, start, end)]
    groups += [m.span() for m in _SINGLE.finditer(target, start, end) if not any(a <= m.start() < b for a, b in groups)]
    if word:
        around = [g for g in groups if g[0] <= word[0] < g[1] or 0 <= word[0] - g[1] <= ARTICLE]
        return (min(around[0][0], word[0]), max(around[0][1], word[1])) if around else word
    return min(groups, key=lambda g: max(g[0] - at, 2 * (at - g[1]), 0), default=(start, end))


def clause(text: str, at: int) -> tuple[int, int]:
    """[start, end) of the stretch between punctuation marks that holds `at`, blanks left out."""
    start = max((m.end() for m in _CLAUSE.finditer(text, 0, at)), default=0)
    stop = _CLAUSE.search(text, max(at, start))
    end = stop.start() if stop else len(text)
    inside = text[start:end]
    if not inside.strip():
        return 0, len(text)
    return start + len(inside) - len(inside.lstrip()), end - len(inside) + len(inside.rstrip())
