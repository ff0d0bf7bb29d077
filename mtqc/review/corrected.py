"""The text of an article with an editor's sentences in it; everything else stays as it is, character for character."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from mtqc.model import ArticleReport, SentenceReport, Span
from mtqc.text.offsets import LineIndex

_LINE_END = re.compile(r"\r\n|\n|\r")
_BETWEEN = re.compile(r"[^\S\r\n]*[\r\n]\s*")
_BLANK = " \t\u00a0\u202f"


@dataclass(frozen=True, slots=True)
class Corrected:
    """The text; how many sentences are new in it; `notes`: corrections that could not be put in, and why."""

    text: str
    changed: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Change:
    """What takes the place of a stretch of the text. `order`: of changes at one place, the lower comes first."""

    span: Span
    text: str
    order: int


def corrected(article: ArticleReport, text: str, edits: Mapping[str, str]) -> Corrected:
    """`text`, the translation as it was checked, with `edits` (new wording by sentence: `s12`) in it.

    A sentence that had no translation goes where its original stands: behind the sentence before it in the same
    paragraph, or else before the one after it, or else into a paragraph of its own.
    """
    work = _Work(article, text, edits)
    return work.done()


class _Work:
    """The corrections of one article."""

    def __init__(self, article: ArticleReport, text: str, edits: Mapping[str, str]) -> None:
        self.sentences = article.sentences
        self.text = text
        self.edits = edits
        self.notes: list[str] = []
        self.lines = LineIndex(article.pair.source.text)
        self.line_end = _usual(_LINE_END, text, "\n")
        self.paragraph_end = _usual(_BETWEEN, text.strip(), self.line_end)
        self.inserted: dict[int, int] = {}

    def done(self) -> Corrected:
        """All of them."""
        known = {s.id for s in self.sentences}
        self.notes += [f"{name}: the report holds no such sentence." for name in self.edits if name not in known]
        changes = [c for n in range(len(self.sentences)) if (c := self._change(n)) is not None]
        kept = self._without_overlap(sorted(changes, key=lambda c: (c.span.start, c.span.end, c.order)))
        pieces, at = [], 0
        for change in kept:
            pieces += [self.text[at : change.span.start], change.text]
            at = change.span.end
        return Corrected("".join([*pieces, self.text[at:]]), len(kept), tuple(self.notes))

    def _change(self, n: int) -> _Change | None:
        sentence = self.sentences[n]
        new = self.edits.get(sentence.id)
        if new is None or new == sentence.bead.target_text:
            return None
        if not sentence.bead.target_text:
            return self._insertion(n, new.strip()) if new.strip() else None
        if self.text[_span(sentence).start : _span(sentence).end] != sentence.bead.target_text:
            self.notes.append(f"{sentence.id}: it does not stand where the report says; its correction was left out.")
            return None
        if not new.strip():
            return _Change(self._with_blank(_span(sentence)), "", n)
        return _Change(_span(sentence), self._fitted(new, sentence.bead.target_text), n)

    def _fitted(self, new: str, old: str) -> str:
        """The white space around the old wording, and its line ends: a browser knows only one kind of them."""
        ends = _LINE_END.findall(old)
        parts = _LINE_END.split(new.strip())
        if len(ends) != len(parts) - 1:
            ends = [ends[0] if ends else self.line_end] * (len(parts) - 1)
        inner = "".join(part + end for part, end in zip(parts, [*ends, ""], strict=True))
        return old[: len(old) - len(old.lstrip())] + inner + old[len(old.rstrip()) :]

    def _with_blank(self, span: Span) -> Span:
        """A sentence to be taken out, with the blank that would be one too many."""
        end = span.end
        while end < len(self.text) and self.text[end] in _BLANK:
            end += 1
        start = span.start
        while end == span.end and start and self.text[start - 1] in _BLANK:
            start -= 1
        return Span(start, end)

    def _insertion(self, n: int, new: str) -> _Change:
        before = next((i for i in range(n - 1, -1, -1) if self._stands(i)), None)
        after = next((i for i in range(n + 1, len(self.sentences)) if self.sentences[i].bead.target_text), None)
        new = self._fitted(new, "")
        first, last = self._source_lines(n)
        if before is not None and self._source_lines(before)[1] == first:
            return self._put(n, self._end(before), " " + new)
        if after is not None and self._source_lines(after)[0] == last:
            return self._put(n, _span(self.sentences[after]).start, new + " ")
        if before is not None:
            return self._put(n, self._end(before), self._gap(before, after) + new)
        start = 0 if after is None else _span(self.sentences[after]).start
        return self._put(n, start, new + self.paragraph_end)

    def _put(self, n: int, place: int, text: str) -> _Change:
        self.inserted[n] = place
        return _Change(Span(place, place), text, n)

    def _stands(self, n: int) -> bool:
        return bool(self.sentences[n].bead.target_text) or n in self.inserted

    def _end(self, n: int) -> int:
        return self.inserted[n] if n in self.inserted else _span(self.sentences[n]).end

    def _gap(self, before: int, after: int | None) -> str:
        """What parts this paragraph from the next one; a blank where they are one paragraph."""
        if after is None:
            return self.paragraph_end
        between = self.text[self._end(before) : _span(self.sentences[after]).start]
        if not _LINE_END.search(between):
            return " "
        return self.paragraph_end if between.strip() else between

    def _source_lines(self, n: int) -> tuple[int, int]:
        """First and last line of the original's sentence; (0, 0)… of none, which is no line of any other."""
        bead = self.sentences[n].bead
        if not bead.source_text:
            return -n - 1, -n - 1
        start = bead.source_start
        return self.lines.line(start), self.lines.line(start + len(bead.source_text))

    def _without_overlap(self, changes: list[_Change]) -> list[_Change]:
        kept: list[_Change] = []
        for change in changes:
            if kept and change.span.start < kept[-1].span.end:
                names = self.sentences[change.order].id, self.sentences[kept[-1].order].id
                self.notes.append(f"{names[0]}: it overlaps {names[1]}; its correction was left out.")
            else:
                kept.append(change)
        return kept


def _span(sentence: SentenceReport) -> Span:
    start = sentence.bead.target_start
    return Span(start, start + len(sentence.bead.target_text))


def _usual(pattern: re.Pattern[str], text: str, default: str) -> str:
    found = Counter(pattern.findall(text))
    return found.most_common(1)[0][0] if found else default
