"""What the HTML page shows of an article: rows of two texts cut along their marks, and the notes beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from mtqc.model import (
    ArticleReport,
    BackTranslation,
    Finding,
    NotMeasured,
    SentenceReport,
    Severity,
    Side,
)
from mtqc.report import phrases
from mtqc.report.differences import Run, compare
from mtqc.report.marks import BeadMarks, Mark, marks_by_bead, segments
from mtqc.report.phrases import Phrases
from mtqc.report.places import Places


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text in the page: `ids` of the findings on it, `labels` the numbers to print after it.

    `found`: a finding marks it (else it is only a counterpart); `nested`: several do; `opens`: it can be tabbed to.
    """

    text: str
    ids: str = ""
    labels: str = ""
    severity: str = ""
    found: bool = False
    nested: bool = False
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A finding as the page shows it. `article`: the name of the article that it stands in."""

    id: str
    number: int
    article: str
    finding: Finding
    line: int
    marked: str
    read: str
    lang: str
    places: tuple[tuple[str, str], ...] = ()

    @property
    def severity(self) -> str:
        """The name of its severity in style and script."""
        return self.finding.severity.label


@dataclass(frozen=True, slots=True)
class Row:
    """An aligned pair of sentences as the page shows it. `line` 0: the translation has no such sentence."""

    id: str
    line: int
    sentence: SentenceReport
    source: tuple[Piece, ...]
    target: tuple[Piece, ...]
    notes: tuple[Note, ...]
    back: tuple[Run, ...]
    unmeasured: str

    @property
    def worst(self) -> str:
        """The name of the worst finding's severity; "" without findings."""
        return max(self.notes, key=lambda n: n.finding.severity).severity if self.notes else ""

    @property
    def quality(self) -> float | None:
        """Of the sentence; None where it was not measured."""
        value = self.sentence.quality
        return None if isinstance(value, NotMeasured) else value


@dataclass(frozen=True, slots=True)
class Page:
    """An article as the page shows it. `counts`: its findings by severity; `wide`: those of the whole article."""

    id: str
    name: str
    article: ArticleReport
    counts: dict[Severity, int]
    wide: tuple[Note, ...]
    rows: tuple[Row, ...]
    unmeasured: str

    @property
    def notes(self) -> Iterator[Note]:
        """All of them, in the order of the text, those of the whole article last."""
        for row in self.rows:
            yield from row.notes
        yield from self.wide


def page(number: int, article: ArticleReport, words: Phrases) -> Page:
    """The article, its sentences and its findings; `number` makes names of elements that no other article has."""
    return _Builder(number, article, words).page()


@dataclass
class _Builder:
    number: int
    article: ArticleReport
    words: Phrases
    places: Places = field(init=False)
    shared: str = field(init=False)
    notes: list[Note] = field(init=False)

    def __post_init__(self) -> None:
        self.places = Places(self.article.pair)
        self.shared = phrases.shared_reason(self.article)
        self.notes = [self._note(n, f) for n, f in enumerate(self.article.all_findings, 1)]

    def page(self) -> Page:
        rows, first = [], 0
        for n, (sentence, marks) in enumerate(zip(self.article.sentences, marks_by_bead(self.article), strict=True)):
            own = self.notes[first : first + len(sentence.findings)]
            first += len(own)
            rows.append(self._row(f"s{self.number}-{n}", sentence, marks, own))
        return Page(
            id=f"a{self.number}",
            name=phrases.harmless(self.article.pair.id),
            article=self.article,
            counts=phrases.count(self.article.all_findings),
            wide=tuple(self.notes[first:]),
            rows=tuple(rows),
            unmeasured=self.shared,
        )

    def _row(self, name: str, sentence: SentenceReport, marks: BeadMarks, notes: Sequence[Note]) -> Row:
        bead, back = sentence.bead, sentence.signals.back_translation
        runs: tuple[Run, ...] = ()
        unmeasured = ""
        if isinstance(back, BackTranslation):
            original = phrases.harmless(bead.source_text)
            runs = tuple(compare(phrases.harmless(back.text), original))
        elif bead.is_pair and back.reason != self.shared:
            unmeasured = back.reason
        return Row(
            id=name,
            line=self.places.at("target", bead.target[0].span).line if bead.target else 0,
            sentence=sentence,
            source=tuple(self._pieces(bead.source_text, marks.source, "source")),
            target=tuple(self._pieces(bead.target_text, marks.target, "target")),
            notes=tuple(notes),
            back=runs,
            unmeasured=unmeasured,
        )

    def _note(self, number: int, finding: Finding) -> Note:
        where = (finding.target, *finding.related) if finding.article_wide or finding.related else ()
        return Note(
            id=f"{self.number}-{number}",
            number=number,
            article=phrases.harmless(self.article.pair.id),
            finding=finding,
            line=self.places.at("target", finding.target.span).line,
            marked=self.words.spelled(finding.target.text),
            read=self.words.suggestion(finding),
            lang=self.article.pair.target.lang,
            places=tuple(
                (
                    self.words.place(self.article.pair, place.side, self.places.at(place.side, place.span).line),
                    self.words.spelled(place.text),
                )
                for place in where
            ),
        )

    def _pieces(self, text: str, all_marks: Sequence[Mark], side: Side) -> Iterable[Piece]:
        marks = [m for m in all_marks if self._is_worth_showing(self.notes[m.number - 1].finding)]
        met: set[int] = set()
        at = 0
        for segment in segments(phrases.harmless(text), marks):
            at += len(segment.text)
            if not segment.marks:
                yield Piece(segment.text)
                continue
            shown = [m for m in segment.marks if side == "target"]
            worst = max((self.notes[m.number - 1].finding.severity for m in shown), default=None)
            yield Piece(
                text=segment.text,
                ids=" ".join(self.notes[m.number - 1].id for m in segment.marks),
                labels=" ".join(str(m.number) for m in shown if m.span.end == at),
                severity="" if worst is None else worst.label,
                found=bool(shown),
                nested=len(shown) > 1,
                opens=any(m.number not in met for m in segment.marks),
            )
            met |= {m.number for m in segment.marks}

    @staticmethod
    def _is_worth_showing(finding: Finding) -> bool:
        """Not the places of a neutral remark on the whole article: forty of them would bury what matters."""
        return not (finding.article_wide and finding.severity is Severity.NEUTRAL)
