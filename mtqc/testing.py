"""Public testing helpers: build a pair, run a check or a rule's examples on it, replay translations."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, cast

from mtqc.checks.base import ArticleCheck, Check
from mtqc.model import (
    AlignedArticle,
    ArticlePair,
    BackTranslation,
    Bead,
    BeadLinks,
    Coverage,
    Document,
    Doubt,
    Finding,
    ForcedScore,
    Markup,
    NotMeasured,
    Part,
    Sentence,
    Side,
    Signals,
    Span,
    WordPair,
    WordScore,
)
from mtqc.rules import Example, Rule
from mtqc.source.glossary import parse_csv
from mtqc.text.boilerplate import mark_boilerplate
from mtqc.text.offsets import LineIndex
from mtqc.text.tokens import words
from mtqc.translate.base import Progress


def _line_sentences(side: Side, text: str) -> tuple[Sentence, ...]:
    lines = enumerate(LineIndex(text).lines())
    return tuple(Sentence(side, i, Span(start, stop), text[start:stop], i + 1) for i, (start, stop) in lines)


def make_pair(
    source: str,
    target: str,
    back_translations: Sequence[str] = (),
    confidences: Sequence[float] = (),
    logprobs: Sequence[float] = (),
    *,
    langs: tuple[str, str] = ("en", "fr"),
) -> AlignedArticle:
    """An aligned article: line N of `source` with line N of `target`, an empty line being a missing side.

    `langs`: of the original and of the translation.
    """
    left, right = (
        Document(t, lang, f"{side}.{lang}.txt")
        for t, lang, side in zip((source, target), langs, ("source", "target"), strict=True)
    )
    pair = ArticlePair("test", left, right)
    en, fr = (mark_boilerplate(_line_sentences(*side)) for side in (("source", source), ("target", target)))
    if len(en) != len(fr):
        raise ValueError(f"{len(en)} lines of the original, {len(fr)} of the translation")
    beads = []
    for i, (s, t) in enumerate(zip(en, fr, strict=True)):
        sides = (s,) if s.text else (), (t,) if t.text else ()
        sure = confidences[i] if i < len(confidences) else NotMeasured("the alignment was given")
        beads.append(Bead(i, *sides, s.text, t.text, s.span.start, t.span.start, sure, langs))
    return AlignedArticle(pair, tuple(beads), tuple(_signals(b, back_translations, logprobs) for b in beads))


def _signals(bead: Bead, back_translations: Sequence[str], logprobs: Sequence[float]) -> Signals:
    found = Signals()
    if bead.index < len(back_translations) and back_translations[bead.index]:
        from mtqc.signals import score_sentence

        found = replace(found, back_translation=score_sentence(back_translations[bead.index], bead.source_text))
    if bead.index < len(logprobs):
        found = replace(found, forced_source=ForcedScore((), logprobs[bead.index], 1))
    return found


def with_markup(
    article: AlignedArticle, source: Sequence[tuple[str, str]], target: Sequence[tuple[str, str]]
) -> AlignedArticle:
    """The article as a web page: each (tag, text) is an inline element where that text first stands."""
    pair = article.pair
    documents = (_marked(pair.source, source), _marked(pair.target, target))
    return replace(article, pair=replace(pair, source=documents[0], target=documents[1]))


def _marked(document: Document, elements: Sequence[tuple[str, str]]) -> Document:
    starts = [(tag, document.text.index(text), len(text)) for tag, text in elements]
    return replace(document, markup=tuple(Markup(Span(at, at + size), tag) for tag, at, size in starts))


def with_coverage(
    article: AlignedArticle, omitted: Sequence[tuple[str, str, float]], added: Sequence[tuple[str, str, float]]
) -> AlignedArticle:
    """The article with coverage of its first bead: (part, text of the other side before its place, log-odds)."""
    bead, first = article.beads[0], article.signals[0]
    left = tuple(_part(bead.source_text, bead.target_text, *part) for part in omitted)
    right = tuple(_part(bead.target_text, bead.source_text, *part) for part in added)
    return replace(article, signals=(replace(first, coverage=Coverage(left, right)), *article.signals[1:]))


def with_doubts(article: AlignedArticle, doubts: Sequence[tuple[str, float]]) -> AlignedArticle:
    """The article with doubts about words of its first bead's translation, (word, probability) in order."""
    text, at, found = article.beads[0].target_text, 0, []
    for word, probability in doubts:
        at = text.index(word, at)
        found.append(Doubt(Span(at, at + len(word)), word, probability))
        at += len(word)
    return replace(article, signals=(replace(article.signals[0], doubts=tuple(found)), *article.signals[1:]))


def with_links(article: AlignedArticle, links: Sequence[tuple[str, str, float]]) -> AlignedArticle:
    """The article with words of its first bead linked, and how probable either is, in nats, by forced decoding."""
    bead, first = article.beads[0], article.signals[0]
    pairs = tuple(
        WordPair(_first(bead.source_text, one), _first(bead.target_text, other), 1.0) for one, other, _ in links
    )
    source = tuple(WordScore(_first(bead.source_text, one), one, nats) for one, _, nats in links)
    target = tuple(WordScore(_first(bead.target_text, other), other, nats) for _, other, nats in links)
    forced = ForcedScore(source, 0.0, 1), ForcedScore(target, 0.0, 1)
    made = replace(first, links=BeadLinks(pairs, "example"), forced_source=forced[0], forced_target=forced[1])
    return replace(article, signals=(made, *article.signals[1:]))


def _first(text: str, word: str) -> Span:
    at = text.index(word)
    return Span(at, at + len(word))


def _part(own: str, other: str, text: str, before: str, odds: float) -> Part:
    start, place = own.index(text), other.index(before) + len(before)
    return Part(Span(start, start + len(text)), 10.0, Span(place, place), odds)


def run_check(check: Check, article: AlignedArticle) -> list[Finding]:
    """All findings of `check` on `article`, in document order."""
    if isinstance(check, ArticleCheck):
        found = list(check.find_in_article(article))
    else:
        found = [f for bead, signals in article.pairs for f in check.find(bead, signals)]
    return sorted(found, key=lambda f: (f.target.span, f.code))


def run_example(check: Check, rule: Rule, example: Example) -> list[Finding]:
    """What `check` finds under `rule` in the example."""
    e = example
    if e.glossary:
        check = cast(Check, replace(cast(Any, check), terms=parse_csv(e.glossary)))
    article = make_pair(e.source, e.target, e.back_translations, e.confidences, e.logprobs, langs=e.langs)
    article = with_markup(article, e.source_markup, e.target_markup)
    article = with_doubts(with_coverage(article, e.omitted, e.added), e.doubts)
    article = with_links(article, e.links) if e.links else article
    return [f for f in run_check(check, article) if f.code == rule.code]


def assert_finding(findings: Sequence[Finding], code: str, marks: str) -> Finding:
    """The first finding with this code that marks exactly this text; AssertionError, with what there is, otherwise."""
    for finding in findings:
        if finding.code == code and finding.target.text == marks:
            return finding
    raise AssertionError(f"no {code} marking {marks!r} in {[(f.code, f.target.text) for f in findings]}")


@dataclass(frozen=True)
class ReplayTranslator:
    """A Translator and ForcedScorer that answers from a table; what is not in it is NotMeasured."""

    table: Mapping[str, str] = field(default_factory=dict)
    signature: str = "replay"

    def translate(self, texts: Sequence[str], progress: Progress | None = None) -> list[str | NotMeasured]:
        """The table's answers."""
        if progress:
            progress(len(texts))
        return [self.table.get(t, NotMeasured("not in the replay table")) for t in texts]

    def score(
        self, pairs: Sequence[tuple[str, str]], progress: Progress | None = None
    ) -> list[ForcedScore | NotMeasured]:
        """A probability of 0.9 for words that the table's translation has, 0.01 for others."""
        if progress:
            progress(len(pairs))
        return [self._score(source, target) for source, target in pairs]

    def _score(self, source: str, target: str) -> ForcedScore | NotMeasured:
        if source not in self.table:
            return NotMeasured("not in the replay table")
        known = {w.norm.lower() for w in words(self.table[source])}
        scored = tuple(
            WordScore(Span(w.start, w.end), w.text, math.log(0.9 if w.norm.lower() in known else 0.01))
            for w in words(target)
        )
        return ForcedScore(scored, sum(w.logprob for w in scored), len(scored))


def back_translation(article: AlignedArticle, index: int) -> BackTranslation:
    """The back-translation of bead `index`; AssertionError where there is none."""
    value = article.signals[index].back_translation
    assert isinstance(value, BackTranslation), value
    return value
