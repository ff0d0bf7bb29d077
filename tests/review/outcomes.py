"""Articles under review, read from real files, and the events of a review; every text written for these tests."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from mtqc.config import Settings
from mtqc.model import CorpusReport, NotMeasured, SentenceReport
from mtqc.pipeline import ArticleReport, align_article, check_article, corpus_report
from mtqc.review.events import Event
from mtqc.source import read_pairs
from mtqc.text.tokens import fold

ENGLISH = "The mayor resigned on Monday.\nShe told reporters that the plan would cost $3 billion. Nobody was hurt.\n"
FRENCH = "La maire a démissionné lundi.\nElle a dit aux journalistes que le plan coûterait 3 millions de dollars. Personne n’a été blessé.\n"


def read(folder: Path, english: bytes | str, french: bytes | str, suffix: str = ".txt"):
    """The pair of two files, written as given."""
    paths = folder / f"a.en{suffix}", folder / f"a.fr{suffix}"
    for path, text in zip(paths, (english, french), strict=True):
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return next(iter(read_pairs(*paths)))


def article(pair) -> ArticleReport:
    """The pair, aligned without a model and not checked."""
    aligned = align_article(pair, None)
    both = zip(aligned.beads, aligned.signals, strict=True)
    sentences = tuple(SentenceReport(b, s, (), NotMeasured("not asked for")) for b, s in both)
    return ArticleReport(pair, sentences, (), NotMeasured("not asked for"))


def report(*pairs) -> CorpusReport:
    """Checked with the rules that need no model."""
    settings = Settings()
    return corpus_report([check_article(p, settings, None) for p in pairs], settings, None)


class Editor:
    """Decides on the findings of a report; `events` are what the store would hold."""

    def __init__(self, report: CorpusReport, name: str = "Anna") -> None:
        self.report = report
        self.name = name
        self.events: list[Event] = []

    def decide(self, action, finding, scope="finding", article=0, **more):
        """A decision on a finding of an article."""
        found = self.report.articles[article]
        owner = next((s.id for s in found.sentences if finding in s.findings), "")
        return self._add(
            Event(
                id=0,
                at="",
                editor=self.name,
                action=action,
                scope=scope,
                article=found.pair.id,
                sentence=owner,
                fingerprint=finding.fingerprint,
                code=finding.code,
                text=fold(finding.target.text),
                source_text=fold(finding.source.text) if finding.source else "",
                severity="",
                comment="",
                undoes=0,
            ),
            more,
        )

    def edit(self, sentence, text, article=0, **more):
        """A new wording."""
        name = self.report.articles[article].pair.id
        plain = Event(0, "", self.name, "edit", "finding", name, sentence, "", "", text, "", "", "", 0)
        return self._add(plain, more)

    def _add(self, event, more):
        n = len(self.events) + 1
        self.events.append(replace(event, id=n, at=f"2026-11-28T03:{n // 60:02}:{n % 60:02}Z", **more))
        return self.events[-1]
