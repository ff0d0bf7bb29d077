"""Every dataclass of the flow: ArticlePair → Sentence → Bead → Signals → Finding → reports. Standard library only.

Offsets are Unicode code points of the text exactly as read, half-open [start, end). Lines, columns and UTF-16
units are computed by the writers that need them.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import Literal

Side = Literal["source", "target"]
Role = Literal["body", "boilerplate"]
BlockKind = Literal["headline", "heading", "standfirst", "paragraph", "item", "caption", "quote", "cell", "furniture"]


class Severity(enum.IntEnum):
    """MQM severity, ordered. Weights (MQM 2.0): neutral 0, minor 1, major 5, critical 25."""

    NEUTRAL = 0
    MINOR = 1
    MAJOR = 2
    CRITICAL = 3

    @property
    def label(self) -> str:
        """Lower-case name, as it stands in reports and configuration."""
        return self.name.lower()


class Category(enum.StrEnum):
    """MQM core categories, as paths."""

    MISTRANSLATION = "accuracy/mistranslation"
    NAMED_ENTITY = "accuracy/mistranslation/named-entity"
    NUMBER = "accuracy/mistranslation/number"
    FALSE_FRIEND = "accuracy/mistranslation/false-friend"
    CALQUE = "accuracy/mistranslation/calque"
    POLARITY = "accuracy/mistranslation/polarity"
    OMISSION = "accuracy/omission"
    ADDITION = "accuracy/addition"
    UNTRANSLATED = "accuracy/untranslated"
    GARBLED = "fluency/garbled"
    GRAMMAR = "fluency/grammar"
    AGREEMENT = "fluency/grammar/agreement"
    SPELLING = "fluency/spelling"
    DUPLICATION = "fluency/duplication"
    PUNCTUATION = "fluency/punctuation"
    MARKUP = "fluency/markup"
    INCONSISTENT = "terminology/inconsistent"
    WRONG_TERM = "terminology/wrong-term"
    NUMBER_FORMAT = "locale/number-format"
    CURRENCY_FORMAT = "locale/currency-format"
    DATE_FORMAT = "locale/date-format"
    LOCALE_PUNCTUATION = "locale/punctuation"
    CAPITALS = "locale/capitals"
    AWKWARD = "style/awkward"
    ALIGNMENT = "alignment"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open [start, end) in code points. Empty is legal: an omission has only a place."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """True where both share at least one code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """True where `other`, empty or not, lies inside."""
        return self.start <= other.start and other.end <= self.end

    def shift(self, by: int) -> Span:
        """The same stretch, `by` code points further on."""
        return Span(self.start + by, self.end + by)


@dataclass(frozen=True, slots=True)
class NotMeasured:
    """In place of a value that could not be measured: never a bare None."""

    reason: str


@dataclass(frozen=True, slots=True)
class Block:
    """A line of the text of a web page, what it is there, and the page's own line on which it starts (0: unknown)."""

    span: Span
    kind: BlockKind
    page_line: int = 0


@dataclass(frozen=True, slots=True)
class Markup:
    """An inline element of a web page (a link, an emphasis): its span in the text, its tag in lower case, and the
    page's own line on which it starts (0: unknown).
    """

    span: Span
    tag: str
    page_line: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """One text exactly as read (line ends, no-break spaces and zero-width characters kept).

    Of a web page, `text` is the article's text, one block a line, and offsets count in it; `blocks` and `markup`, in
    the order of the text, say what stood where. Both are empty for other input. `file_lines`: where the text is not the
    file's own (web pages, tables), the line of the file that each of its lines comes from, 0 unknown.
    """

    text: str
    lang: str
    path: str = ""
    sha256: str = ""
    encoding: str = "utf-8"
    blocks: tuple[Block, ...] = ()
    markup: tuple[Markup, ...] = ()
    file_lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticlePair:
    """An original and its translation: English and French, or French and English.

    `segments` are stretches known to correspond (rows of a TSV, items of a JSON Lines file); empty where the
    texts are whole articles and the aligner has to find out. `warnings` came up while reading. `date`: when it was
    published, ISO 8601, "" unknown.
    """

    id: str
    source: Document
    target: Document
    segments: tuple[tuple[Span, Span], ...] = ()
    warnings: tuple[str, ...] = ()
    date: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of one line of one document; `span` counts from the start of the document."""

    side: Side
    index: int
    span: Span
    text: str
    line: int
    role: Role = "body"


@dataclass(frozen=True, slots=True)
class Location:
    """A place in one of the two documents and the text that stands there."""

    side: Side
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Bead:
    """Sentences that translate each other: 1-1, 1-2, 2-1, 2-2, 1-0 or 0-1.

    `source_text` and `target_text` are the documents' own stretches from the first sentence's start to the last
    one's end (a line break between them stays in it), "" where that side has no sentence; so an offset in them plus
    `source_start` / `target_start` is an offset in the document. Of a missing side, the start is the place where
    the sentence would stand. `langs`: of the original and of the translation.
    """

    index: int
    source: tuple[Sentence, ...]
    target: tuple[Sentence, ...]
    source_text: str
    target_text: str
    source_start: int
    target_start: int
    confidence: float | NotMeasured = NotMeasured("alignment was given")
    langs: tuple[str, str] = ("en", "fr")

    @property
    def is_reversed(self) -> bool:
        """True of an English translation of a French original."""
        return self.langs == ("fr", "en")

    @property
    def kind(self) -> str:
        """`1-1`, `1-2`, `2-1`, `2-2`, `1-0` or `0-1`."""
        return f"{len(self.source)}-{len(self.target)}"

    @property
    def is_pair(self) -> bool:
        """True where both sides have text."""
        return bool(self.source and self.target)

    @property
    def is_boilerplate(self) -> bool:
        """True where the translation side was recognised as a publisher's notice."""
        return any(s.role == "boilerplate" for s in self.target + self.source)

    def source_at(self, start: int, end: int) -> Location:
        """Location of `source_text[start:end]` in the original document."""
        return Location("source", Span(start, end).shift(self.source_start), self.source_text[start:end])

    def target_at(self, start: int, end: int) -> Location:
        """Location of `target_text[start:end]` in the translated document."""
        return Location("target", Span(start, end).shift(self.target_start), self.target_text[start:end])


@dataclass(frozen=True, slots=True)
class BackTranslation:
    """The translation translated back, scored against the bead's original (sacrebleu, 0 to 100 each).

    `counts`: what the scores were made from, BLEU's, chrF++'s and TER's, to be added up over sentences; () unknown.
    """

    text: str
    chrf: float
    bleu: float
    ter: float
    counts: tuple[tuple[float, ...], ...] = field(default=(), repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class WordScore:
    """Log-probability in nats of one word (sum over its pieces) at a span of the bead's text."""

    span: Span
    text: str
    logprob: float


@dataclass(frozen=True, slots=True)
class ForcedScore:
    """Forced decoding of one side given the other: total and per-word log-probabilities, in nats."""

    words: tuple[WordScore, ...]
    logprob: float
    pieces: int

    @property
    def per_piece(self) -> float:
        """Mean log-probability a piece, in nats."""
        return self.logprob / max(1, self.pieces)


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text and where its words, or the tokens that somebody else made of it, stand: in order, without overlap."""

    text: str
    spans: tuple[Span, ...]

    def __getitem__(self, index: int) -> str:
        """The text of one of them."""
        return self.text[self.spans[index].start : self.spans[index].end]


@dataclass(frozen=True, slots=True)
class LinkTable:
    """How probable a model finds it that a word of its target corresponds to a word of its source, 0 to 1.

    One row a word of the target, one column a word of the source. What a row lacks to 1 went to nothing: to
    punctuation, or to the end of the sentence.
    """

    rows: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class PseudoReference:
    """What a model makes of the bead's original, and the chrF++ (0 to 100) of the translation against it."""

    text: str
    chrf: float


@dataclass(frozen=True, slots=True, order=True)
class WordPair:
    """Two words that correspond: spans in the bead's `source_text` and `target_text`; `score` 0 to 1."""

    source: Span
    target: Span
    score: float


@dataclass(frozen=True, slots=True)
class BeadLinks:
    """Word links of a bead in the order of the original's words, and what they were made from."""

    pairs: tuple[WordPair, ...]
    origin: str

    def from_source(self, span: Span) -> tuple[Span, ...]:
        """Words of the translation that are linked to words of the original inside `span`."""
        return tuple(p.target for p in self.pairs if p.source.overlaps(span))

    def from_target(self, span: Span) -> tuple[Span, ...]:
        """Words of the original that are linked to words of the translation inside `span`."""
        return tuple(p.source for p in self.pairs if p.target.overlaps(span))


@dataclass(frozen=True, slots=True)
class Part:
    """A constituent without counterpart: its span in the bead's text, and by how many nats the other side becomes more
    probable when it is deleted.

    `place`: an empty span of the other side, where its counterpart should stand. `odds`: log-odds that it was left out.
    """

    span: Span
    gain: float
    place: Span = Span(0, 0)
    odds: float = 0.0


@dataclass(frozen=True, slots=True)
class Coverage:
    """Contrastive coverage (Vamvas and Sennrich 2022): parts of the original that the translation seems to lack
    (spans in `source_text`), parts of the translation that the original does not hold (spans in `target_text`).
    """

    omitted: tuple[Part, ...]
    added: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A word of the translation, its span in the bead's `target_text`, and the probability (0 to 1) that it stands in a
    serious error.
    """

    span: Span
    text: str
    probability: float


NO_MODEL = NotMeasured("no translation model was run")
NOT_ASKED = NotMeasured("it was not asked for")


@dataclass(frozen=True, slots=True)
class Signals:
    """What was measured on a bead; each a value or NotMeasured(reason).

    `forced_source`: how probable the model finds the original given the translation; `forced_target`: the other way.
    `comet`: a checkpoint's estimate, mostly 0 to 1; `similarity`: cosine of the two sentences' embeddings.
    `doubts`: what `mtqc.judgement` makes of the words.
    """

    back_translation: BackTranslation | NotMeasured = NO_MODEL
    forced_source: ForcedScore | NotMeasured = NO_MODEL
    forced_target: ForcedScore | NotMeasured = NO_MODEL
    pseudo_reference: PseudoReference | NotMeasured = NO_MODEL
    links: BeadLinks | NotMeasured = NO_MODEL
    coverage: Coverage | NotMeasured = NO_MODEL
    comet: float | NotMeasured = NOT_ASKED
    similarity: float | NotMeasured = NOT_ASKED
    doubts: tuple[Doubt, ...] | NotMeasured = NO_MODEL


@dataclass(frozen=True, slots=True)
class AlignedArticle:
    """A pair with its beads, in document order, and the signals of each bead (same length)."""

    pair: ArticlePair
    beads: tuple[Bead, ...]
    signals: tuple[Signals, ...]

    @property
    def pairs(self) -> tuple[tuple[Bead, Signals], ...]:
        """Beads with text on both sides, boilerplate left out, with their signals."""
        both = zip(self.beads, self.signals, strict=True)
        return tuple((b, s) for b, s in both if b.is_pair and not b.is_boilerplate)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One measured or observed fact behind a finding, in words a reader can check."""

    name: str
    value: str | float | int
    unit: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Fix:
    """What `location` should read. Safe: it can be applied unseen."""

    location: Location
    text: str
    safe: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong. `confidence` is the measured share of such findings that are right (0 to 1)."""

    code: str
    name: str
    category: Category
    severity: Severity
    confidence: float
    message: str
    target: Location
    source: Location | None = None
    related: tuple[Location, ...] = ()
    fix: Fix | None = None
    evidence: tuple[Evidence, ...] = ()
    article_wide: bool = False
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A check that did not run, or not on everything, and why."""

    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class SentenceReport:
    """A bead, what was measured on it and what was found in it. `quality` 0 to 100."""

    bead: Bead
    signals: Signals
    findings: tuple[Finding, ...]
    quality: float | NotMeasured

    @property
    def id(self) -> str:
        """`s1`, `s2`, … in document order."""
        return f"s{self.bead.index + 1}"


@dataclass(frozen=True, slots=True)
class Score:
    """MQM penalty per 1,000 words of the original, quality, and corpus-level scores of the back-translation."""

    words: int
    mqm_per_1000_words: float
    quality: float
    bleu: float | NotMeasured
    chrf: float | NotMeasured
    ter: float | NotMeasured
    enough_text: bool


@dataclass(frozen=True, slots=True)
class ArticleReport:
    """Everything about one article. `complete` is False where something that was asked for could not be judged."""

    pair: ArticlePair
    sentences: tuple[SentenceReport, ...]
    findings: tuple[Finding, ...]
    score: Score | NotMeasured
    skipped: tuple[Skipped, ...] = ()
    failures: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """True where everything that was asked for was judged."""
        return not self.failures

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """Sentence findings in document order, then those of the whole article."""
        return tuple(f for s in self.sentences for f in s.findings) + self.findings


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A finding that somebody accepted beforehand: it is in no article's findings and counts for nothing.

    `by`: the kind of file that says so; `reason` and `date` (ISO 8601, "" unknown) as they stand there.
    """

    article: str
    finding: Finding
    by: Literal["baseline", "suppression", "decision"]
    reason: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate says. `reasons`: why it failed or could not judge; `notes`: what else should be known."""

    verdict: Literal["not run", "passed", "failed", "not judged"] = "not run"
    reasons: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CorpusReport:
    """What `mtqc check` returns and every writer takes. `unread` are articles that could not be read: (id, why).

    `unused`: entries of a baseline, suppression or decisions file that no finding matched, in words.
    """

    articles: tuple[ArticleReport, ...]
    signature: str
    version: str
    unread: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    verdict: Verdict = Verdict()
    suppressed: tuple[Suppressed, ...] = ()
    unused: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """True where every article was read and judged."""
        return bool(self.articles) and not self.unread and all(a.complete for a in self.articles)

    def count(self, severity: Severity) -> int:
        """Findings of exactly this severity, over all articles."""
        return sum(f.severity is severity for a in self.articles for f in a.all_findings)
