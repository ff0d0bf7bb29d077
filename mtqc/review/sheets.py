"""An article as the page shows it: its sentences, their marks and cards, with what was decided and corrected."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from mtqc.interface import Interface
from mtqc.model import ArticleReport, BackTranslation, NotMeasured, SentenceReport, Severity, Side
from mtqc.report import phrases
from mtqc.report.differences import Run, compare
from mtqc.report.marks import BeadMarks, Mark, marks_by_bead, segments
from mtqc.report.places import Places
from mtqc.review.index import Index, Place
from mtqc.review.wording import COMPARED, carried, changes, holds
from mtqc.text.tokens import words

ROWS = 200
"""Sentences on a page of the browser; a longer article has several."""
PLACES = 6
"""Places of a finding in several places that its card lists."""
LABELS = {severity.label: severity for severity in Severity}


@dataclass(frozen=True, slots=True)
class Judged:
    """What stands of a finding now. `status`: open, accepted or dismissed; `severity`: the editor's, or its own."""

    status: str
    severity: str
    comment: str = ""
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """A corrected sentence: its French, and who wrote it when, in words."""

    text: str
    by: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands of an article: of each finding by key, and its corrected sentences by name."""

    judged: Mapping[str, Judged]
    edits: Mapping[str, Wording]


@dataclass(frozen=True, slots=True)
class Filter:
    """What a reader wants to see of an article."""

    severity: str = ""
    status: str = ""
    rule: str = ""
    q: str = ""
    page: int = 1

    @property
    def on(self) -> bool:
        """Whether anything is left out."""
        return bool(self.severity or self.status or self.rule or self.q)

    def query(self) -> dict[str, str]:
        """As a query of the page's address."""
        named = {"severity": self.severity, "status": self.status, "rule": self.rule, "q": self.q}
        return {k: v for k, v in named.items() if v}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text and the findings on it. `labels`: the numbers to print after it."""

    text: str
    ids: tuple[str, ...] = ()
    labels: str = ""
    severity: str = ""
    found: bool = False
    open: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """A finding. `same`: how many others are of the same name or term; `takes`: its suggestion can be taken."""

    place: Place
    judged: Judged
    read: str
    places: tuple[tuple[str, int, str], ...]
    same: int
    of_rule: int
    takes: bool

    @property
    def status(self) -> str:
        """open, accepted or dismissed."""
        return self.judged.status

    @property
    def severity(self) -> str:
        """Its label, as the editor sees it."""
        return self.judged.severity

    @property
    def comment(self) -> str:
        """The editor's."""
        return self.judged.comment

    @property
    def verdict(self) -> str:
        """What was decided, by whom, in words; "" of an open finding."""
        return self.judged.verdict


@dataclass(frozen=True, slots=True)
class Edit:
    """How a corrected sentence differs from the translation's."""

    runs: tuple[Run, ...]
    by: str


@dataclass(frozen=True, slots=True)
class Row:
    """An aligned pair of sentences. `raw`: its French as JSON where what is shown of it is not all that it holds."""

    id: str
    line: int
    sentence: SentenceReport
    source: tuple[Piece, ...]
    target: tuple[Piece, ...]
    cards: tuple[Card, ...]
    back: tuple[Run, ...]
    quality: float | None
    current: str
    raw: str
    edit: Edit | None

    @property
    def worst(self) -> str:
        """Label of the worst finding's severity."""
        return max((c.severity for c in self.cards), key=lambda s: LABELS[s], default="")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of an article."""

    number: int
    name: str
    langs: tuple[str, str]
    languages: tuple[str, str]
    rules: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]
    wide: tuple[Card, ...]
    rows: tuple[Row, ...]
    page: int
    pages: int


class Sheets:
    """Makes the sheets of a report's articles; what does not change between two requests is kept."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._fixed: dict[int, tuple[list[BeadMarks], Places]] = {}
        self._back: dict[tuple[int, int], tuple[Run, ...]] = {}

    def sheet(self, number: int, wanted: Filter, standing: Standing, say: Interface) -> Sheet:
        """The page of an article that `wanted` names; a page behind the last one is the last one."""
        article = self.index.report.articles[number]
        kept = self.kept(number, wanted, standing.judged)
        chosen = _chosen(article, wanted, kept)
        pages = max(1, ceil(len(chosen) / ROWS))
        page = min(max(1, wanted.page), pages)
        maker = _Maker(self, number, {p.key: p for p in kept}, standing, say)
        shown = chosen[(page - 1) * ROWS : page * ROWS]
        pair = article.pair
        return Sheet(
            number=number,
            name=phrases.harmless(pair.id),
            langs=(pair.source.lang, pair.target.lang),
            languages=(say.language(pair.source.lang), say.language(pair.target.lang)),
            rules=tuple(sorted({(f.code, say.rule(f.name)) for f in article.all_findings})),
            warnings=article.failures,
            wide=tuple(maker.card(p) for p in kept if p.sentence is None) if page == 1 else (),
            rows=tuple(maker.row(n) for n in shown),
            page=page,
            pages=pages,
        )

    def kept(self, number: int, wanted: Filter, judged: Mapping[str, Judged]) -> list[Place]:
        """The findings of an article that pass the filter, in their order."""
        return [p for p in self.index.by_article[number] if _passes(p, wanted, judged[p.key])]

    def fixed(self, number: int) -> tuple[list[BeadMarks], Places]:
        """Marks of an article's beads, and its lines."""
        if number not in self._fixed:
            article = self.index.report.articles[number]
            self._fixed[number] = marks_by_bead(article), Places(article.pair)
        return self._fixed[number]

    def back(self, number: int, n: int) -> tuple[Run, ...]:
        """The back-translation of a sentence, compared with the original."""
        if (number, n) not in self._back:
            self._back[number, n] = _back(self.index.report.articles[number].sentences[n])
        return self._back[number, n]

    def page_of(self, number: int, place: Place, wanted: Filter, judged: Mapping[str, Judged]) -> int:
        """The page on which a finding's sentence stands under a filter."""
        if place.sentence is None:
            return 1
        at = place.sentence.bead.index
        chosen = _chosen(self.index.report.articles[number], wanted, self.kept(number, wanted, judged))
        return chosen.index(at) // ROWS + 1 if at in chosen else 1


def _passes(place: Place, wanted: Filter, judged: Judged) -> bool:
    return (
        wanted.severity in {"", judged.severity}
        and wanted.status in {"", judged.status}
        and wanted.rule in {"", place.finding.code}
    )


def _chosen(article: ArticleReport, wanted: Filter, kept: Sequence[Place]) -> list[int]:
    """Indexes of the sentences to show: those that hold what is searched, and a finding that passes."""
    own = {p.sentence.id for p in kept if p.sentence}
    every = not (wanted.severity or wanted.status or wanted.rule)
    query = _plain(wanted.q)
    return [
        n
        for n, s in enumerate(article.sentences)
        if (every or s.id in own) and (not query or query in _plain(f"{s.bead.source_text}\n{s.bead.target_text}"))
    ]


def _plain(text: str) -> str:
    return text.casefold().replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")


class _Maker:
    """Makes rows and cards of one article."""

    def __init__(self, sheets: Sheets, number: int, kept: dict[str, Place], standing: Standing, say: Interface) -> None:
        self.sheets, self.index = sheets, sheets.index
        self.number = number
        self.article: ArticleReport = sheets.index.report.articles[number]
        self.marks, self.places = sheets.fixed(number)
        self.kept, self.say = kept, say
        self.judged, self.edits = standing.judged, standing.edits
        self.words = phrases.phrases(say.lang)
        self.owned: dict[str, list[Place]] = {}
        for place in kept.values():
            self.owned.setdefault(place.sentence.id if place.sentence else "", []).append(place)

    def row(self, n: int) -> Row:
        """The row of the sentence at `n`."""
        sentence = self.article.sentences[n]
        bead, edit = sentence.bead, self.edits.get(sentence.id)
        current = bead.target_text if edit is None else edit.text
        line = self.places.at("target", bead.target[0].span).line if bead.target else 0
        quality = None if isinstance(sentence.quality, NotMeasured) else sentence.quality
        cards = tuple(self.card(p) for p in self.owned.get(sentence.id, ()))
        return Row(
            id=sentence.id,
            line=line,
            sentence=sentence,
            source=tuple(self.pieces(n, "source", bead.source_text)),
            target=tuple(self.pieces(n, "target", current)),
            cards=cards,
            back=self.sheets.back(self.number, n),
            quality=quality if cards else None,
            current=current,
            raw="" if _is_shown_whole(current) else json.dumps(current),
            edit=None if edit is None else Edit(_changes(bead.target_text, edit.text), edit.by),
        )

    def card(self, place: Place) -> Card:
        """The card of a finding."""
        finding = place.finding
        where = (finding.target, *finding.related)[:PLACES] if finding.article_wide or finding.related else ()
        pair = self.article.pair
        return Card(
            place=place,
            judged=self.judged[place.key],
            read=self.words.suggestion(finding),
            places=tuple(
                (
                    self.say.language((pair.source if at.side == "source" else pair.target).lang),
                    self.places.at(at.side, at.span).line,
                    self.words.spelled(at.text),
                )
                for at in where
            ),
            same=self.index.occurrences(place) - 1,
            of_rule=self.index.of_rule(place) - 1,
            takes=_takes(place),
        )

    def pieces(self, n: int, side: Side, text: str) -> Iterable[Piece]:
        """The text of one side of a sentence, cut along the marks that still stand in it."""
        marks = self.marks[n].source if side == "source" else self.marks[n].target
        old = self.article.sentences[n].bead.target_text
        if side == "target" and text != old:
            moved = ((carried(old, text, m.span), m) for m in marks)
            marks = tuple(Mark(at, m.number, m.role) for at, m in moved if at is not None)
        shown = [m for m in marks if self._is_worth(m)]
        at = 0
        for segment in segments(phrases.harmless(text), shown):
            at += len(segment.text)
            yield self._piece(segment.text, segment.marks, side, at)

    def _piece(self, text: str, marks: Sequence[Mark], side: Side, end: int) -> Piece:
        if not marks:
            return Piece(text)
        found = [m for m in marks if side == "target"]
        standing = [self.judged[self._key(m)] for m in found]
        still = [j for j in standing if j.status == "open"]
        worst = max((j.severity for j in still or standing), key=lambda s: LABELS[s], default="")
        labels = " ".join(str(m.number) for m in found if m.span.end == end)
        ids = tuple(self._key(m) for m in marks)
        return Piece(text, ids, labels, worst, bool(found), bool(still))

    def _key(self, mark: Mark) -> str:
        return f"{self.number}-{mark.number}"

    def _is_worth(self, mark: Mark) -> bool:
        """A neutral remark on the whole article has forty places: they would bury what matters."""
        place = self.kept.get(self._key(mark))
        return place is not None and not (place.finding.article_wide and place.finding.severity is Severity.NEUTRAL)


def _back(sentence: SentenceReport) -> tuple[Run, ...]:
    back = sentence.signals.back_translation
    if not isinstance(back, BackTranslation):
        return ()
    text, original = phrases.harmless(back.text), phrases.harmless(sentence.bead.source_text)
    if max(len(words(text)), len(words(original))) > COMPARED:
        return (Run(text, "same"),)
    return tuple(compare(text, original))


def _changes(old: str, new: str) -> tuple[Run, ...]:
    return changes(phrases.harmless(old), phrases.harmless(new))


def _is_shown_whole(text: str) -> bool:
    return phrases.harmless(text) == text and "\r" not in text


def _takes(place: Place) -> bool:
    fix, sentence = place.finding.fix, place.sentence
    return fix is not None and sentence is not None and holds(sentence, fix.location.span)
