"""Small articles with word links, for tests of what many articles show together. Every text written for them."""

from __future__ import annotations

from dataclasses import replace

from mtqc.corpus import register
from mtqc.model import ArticleReport, BeadLinks, NotMeasured, SentenceReport, Span, WordPair
from mtqc.testing import make_pair


def article(name: str, *sentences: tuple[str, str, str]) -> ArticleReport:
    """Each sentence: English, French, and links as `mayor=maire two=deux`, each word's first place being meant."""
    made = make_pair("\n".join(s[0] for s in sentences), "\n".join(s[1] for s in sentences))
    reports = tuple(
        SentenceReport(b, replace(s, links=_links(b, links)), (), NotMeasured("not asked for"))
        for b, s, (_, _, links) in zip(made.beads, made.signals, sentences, strict=True)
    )
    return ArticleReport(replace(made.pair, id=name), reports, (), NotMeasured("not asked for"))


def _links(bead, links: str) -> BeadLinks:
    pairs = (item.split("=") for item in links.split())
    return BeadLinks(
        tuple(sorted(WordPair(_at(bead.source_text, a), _at(bead.target_text, b), 0.95) for a, b in pairs)), "test"
    )


def _at(text: str, word: str) -> Span:
    start = text.index(word)
    return Span(start, start + len(word))


def registers(*articles: ArticleReport) -> list[tuple[str, str, str]]:
    return [(a.pair.id, "", register.of(a)) for a in articles]


def visit(name: str, english: str, french: str) -> ArticleReport:
    """An article in which somebody of that name comes to a town that no other article speaks of."""
    source, target = f"On Monday {english} came to the town of {name}.", f"Lundi, {french} est venu à {name}."
    return article(name, (source, target, f"{english}={french}"))


def met(name: str, french: str, links: str) -> ArticleReport:
    """An article on a meeting of the harbour pilots."""
    return article(name, ("Yesterday the harbour pilots met again.", french, links))
