"""Small reports for the tests of the gate, of what is accepted, and of differences. Every text written for them."""

from __future__ import annotations

from dataclasses import replace

from mtqc.model import (
    ArticleReport,
    Category,
    CorpusReport,
    Finding,
    Location,
    NotMeasured,
    Score,
    SentenceReport,
    Severity,
    Span,
)
from mtqc.policy import fingerprint
from mtqc.scoring import ENOUGH_WORDS
from mtqc.testing import make_pair

WORDS = "bateau capitaine equipage navire cargaison port quai phare tempête amarre voile ancre".split()
CRITICAL, MAJOR, MINOR, NEUTRAL = Severity.CRITICAL, Severity.MAJOR, Severity.MINOR, Severity.NEUTRAL


def article(name="a", found=(), *, words=600, sentences=10, quality=90.0) -> ArticleReport:
    """An article with so many sentences, one a line, and findings as (line from 1, severity[, code[, word]]).

    `words` is what the score says; a finding marks word
    `word` of its line; by default another one on each line, since an error repeated counts once.
    """
    english = "\n".join(f"Sentence {n} of {name} speaks of the sea." for n in range(sentences))
    french = "\n".join(f"La phrase {n} de {name} parle : {' '.join(WORDS)}." for n in range(sentences))
    pair = make_pair(english, french)
    placed = {}
    for f in found:
        line, severity, code, word = (*f, *("ACC301", (f[0] - 1) % len(WORDS))[len(f) - 2 :])
        placed.setdefault(line - 1, []).append(_finding(pair.beads[line - 1], severity, code, word))
    reports = tuple(
        SentenceReport(b, s, tuple(placed.get(b.index, ())), quality)
        for b, s in zip(pair.beads, pair.signals, strict=True)
    )
    score = Score(words, 0.0, 100.0, *[NotMeasured("no model")] * 3, enough_text=words >= ENOUGH_WORDS)
    documents = replace(
        pair.pair,
        id=name,
        source=replace(pair.pair.source, path=f"en/{name}.en.txt"),
        target=replace(pair.pair.target, path=f"fr/{name}.fr.txt"),
    )
    return ArticleReport(documents, reports, (), score)


def _finding(bead, severity, code, word) -> Finding:
    text = WORDS[word]
    at = bead.target_text.index(text)
    target = bead.target_at(at, at + len(text))
    source = Location("source", Span(bead.source_start, bead.source_start + 8), bead.source_text[:8])
    found = Finding(code, f"rule-{code.lower()}", Category.NUMBER, severity, 0.8, f"“{text}” is wrong.", target, source)
    return replace(found, fingerprint=fingerprint(found, bead.source_text, bead.target_text))


def corpus(*articles, **fields) -> CorpusReport:
    """A run of these articles."""
    return CorpusReport(articles, "mtqc:0|checks:1|model:none", "0", **fields)
