"""A JSON report read back as the CorpusReport that it was written from.

The report holds the sentences, not the whole texts. Where the caller has the texts (`Texts`), they are taken;
elsewhere they are laid out again from the sentences, each at its line and offset, with spaces and line ends between.
Of what was measured, the report keeps the back-translation and the heavy models' estimates.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, cast

from mtqc.errors import InputError
from mtqc.model import (
    ArticlePair,
    ArticleReport,
    BackTranslation,
    Bead,
    Category,
    CorpusReport,
    Document,
    Evidence,
    Finding,
    Fix,
    Location,
    NotMeasured,
    Role,
    Score,
    Sentence,
    SentenceReport,
    Severity,
    Side,
    Signals,
    Skipped,
    Span,
    Suppressed,
    Verdict,
)
from mtqc.report.canvas import Canvas
from mtqc.report.json_writer import SCHEMA
from mtqc.text.offsets import LineIndex

Json = dict[str, Any]
Texts = Callable[[Document], Document | None]
"""From a document without text (its path, language and hash) to the same with its text, or None: not at hand."""

NAME = "mtqc-report.json"
"""A run folder holds its report under this name."""
RUN_STATE = "state.sqlite"
"""A folder that mtqc batch fills holds the run's state under this name, from the beginning."""
_NOT_KEPT = NotMeasured("the report does not keep it")
_SIDES: tuple[Side, Side] = ("source", "target")


def report_path(run: Path) -> Path:
    """The report of a run: the file itself, or `mtqc-report.json` in the folder. Raises InputError."""
    path = run / NAME if run.is_dir() else run
    if not path.is_file():
        if (run / RUN_STATE).is_file():
            hint = "Go on with it: mtqc batch … --resume."
            raise InputError(f"The run in {run} has not come to its end, and has no report yet.", hint=hint)
        hint = f"Write one with: mtqc check … --format json --output {run if run.suffix else run / NAME}"
        raise InputError(f"{path}: no such report.", hint=hint)
    return path


def load(run: Path, texts: Texts = lambda _: None) -> CorpusReport:
    """The report of a run. Raises InputError where it is missing, damaged, or no JSON report of mtqc."""
    path = report_path(run)
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}).", hint="Check its permissions.") from error
    except (ValueError, RecursionError) as error:
        hint = "Write it anew with mtqc check … --format json."
        raise InputError(f"{path}: not valid JSON ({error}).", hint=hint) from error
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        raise InputError(f"{path}: not a report in the layout {SCHEMA}.", hint="Give what --format json wrote.")
    try:
        return parse(data, texts)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        what = f"the key {error} is missing" if isinstance(error, KeyError) else str(error)
        raise InputError(f"{path}: damaged: {what}.", hint="Write it anew with mtqc check … --format json.") from error


def parse(data: Mapping[str, Any], texts: Texts = lambda _: None) -> CorpusReport:
    """The report from its JSON object. Raises KeyError, TypeError or ValueError where that is not one."""
    readers = [_Article(a, texts) for a in data["articles"]]
    by_id = {r.data["id"]: r for r in readers}
    gate = data["summary"]["gate"]
    return CorpusReport(
        articles=tuple(r.report() for r in readers),
        signature=data["tool"]["signature"],
        version=data["tool"]["version"],
        unread=tuple((u["id"], u["reason"]) for u in data["unread"]),
        notes=tuple(data["notes"]),
        verdict=Verdict(gate["verdict"], tuple(gate["reasons"]), tuple(gate.get("notes", ()))),
        suppressed=tuple(_suppressed(s, by_id[s["article"]]) for s in data.get("suppressed", ())),
        unused=tuple(data.get("unused", ())),
    )


def _suppressed(item: Json, article: _Article) -> Suppressed:
    finding = article.finding(item["finding"], wide=item["finding"]["article_wide"])
    return Suppressed(item["article"], finding, item["by"], item["reason"], item["date"])


class _Article:
    """One article of the report: its two texts, and what the report says of them."""

    def __init__(self, data: Json, texts: Texts) -> None:
        self.data = data
        given = {side: _document(data[side]) for side in _SIDES}
        canvases = {side: _laid_out(data, side) for side in _SIDES}
        found = {side: texts(given[side]) for side in _SIDES}
        documents = {s: found[s] or _with_text(given[s], canvases[s].text()) for s in _SIDES}
        self._lines = {s: LineIndex(document.text).lines() for s, document in documents.items()}
        self.pair = ArticlePair(
            data["id"], documents["source"], documents["target"], warnings=tuple(data.get("warnings", ()))
        )

    def report(self) -> ArticleReport:
        """The whole article."""
        data = self.data
        return ArticleReport(
            pair=self.pair,
            sentences=tuple(self._sentence(n, s) for n, s in enumerate(data["sentences"])),
            findings=tuple(self.finding(f, wide=True) for f in data["findings"]),
            score=_score(data["score"], data),
            skipped=tuple(Skipped(s["code"], s["reason"]) for s in data["skipped"]),
            failures=tuple(data["failures"]),
        )

    def finding(self, data: Json, *, wide: bool = False) -> Finding:
        """A finding, its places as spans of the documents."""
        target = self._location("target", data["target"])
        return Finding(
            code=data["code"],
            name=data["name"],
            category=Category(data["category"]),
            severity=Severity[data["severity"].upper()],
            confidence=data["confidence"],
            message=data["message"],
            target=target,
            source=self._location("source", data["source"]) if data["source"] else None,
            related=tuple(self._location(r["side"], r) for r in data["related"]),
            fix=self._fix(data["fix"], target),
            evidence=tuple(Evidence(e["name"], e["value"], e["unit"], e["origin"]) for e in data["evidence"]),
            article_wide=wide,
            fingerprint=data["fingerprint"],
        )

    def _fix(self, data: Json | None, marked: Location) -> Fix | None:
        if data is None:
            return None
        return Fix(self._location("target", data["target"]) if "target" in data else marked, data["text"], data["safe"])

    def _location(self, side: Side, data: Json) -> Location:
        return Location(side, self._span(side, data), data["text"])

    def _span(self, side: Side, data: Json) -> Span:
        start = self._lines[side][data["line"] - 1][0] + data["start"]
        return Span(start, start + data["end"] - data["start"])

    def _sentence(self, index: int, data: Json) -> SentenceReport:
        why = data.get("not_measured", {})
        sides = dict(zip(_SIDES, data["alignment"]["type"].split("-"), strict=True))
        spans = {side: self._span(side, data[side]) for side in _SIDES}
        parts = {side: self._sentences(side, int(sides[side]), data, spans[side]) for side in _SIDES}
        bead = Bead(
            index=index,
            source=parts["source"],
            target=parts["target"],
            source_text=data["source"]["text"],
            target_text=data["target"]["text"],
            source_start=spans["source"].start,
            target_start=spans["target"].start,
            confidence=_value(data["alignment"]["confidence"], why.get("alignment", "")),
            langs=(self.pair.source.lang, self.pair.target.lang),
        )
        signals = _signals(data, why)
        findings = tuple(self.finding(f) for f in data["findings"])
        return SentenceReport(bead, signals, findings, _value(data["quality"], why.get("quality", "")))

    def _sentences(self, side: Side, number: int, data: Json, span: Span) -> tuple[Sentence, ...]:
        """The report does not say where in a bead its second sentence starts: it stands empty at the end."""
        role = cast("Role", data["role"])
        spans = [span, *[Span(span.end, span.end)] * (number - 1)][:number]
        texts = [data[side]["text"], *[""] * (number - 1)]
        both = zip(spans, texts, strict=False)
        return tuple(Sentence(side, n, at, text, data[side]["line"], role) for n, (at, text) in enumerate(both))


def _document(data: Json) -> Document:
    return Document("", data["lang"], data["path"], data["sha256"])


def _with_text(document: Document, text: str) -> Document:
    return Document(text, document.lang, document.path, document.sha256)


def _laid_out(article: Json, side: Side) -> Canvas:
    canvas = Canvas()
    for stretch in _stretches(article, side):
        canvas.paint(stretch["line"], stretch["start"], stretch["text"])
    return canvas


def _stretches(article: Json, side: Side) -> Iterable[Json]:
    yield from (s[side] for s in article["sentences"])
    for finding in [*article["findings"], *(f for s in article["sentences"] for f in s["findings"])]:
        if finding[side]:
            yield finding[side]
        yield from (r for r in finding["related"] if r["side"] == side)
        if side == "target" and finding["fix"] and "target" in finding["fix"]:
            yield finding["fix"]["target"]


def _signals(data: Json, why: Json) -> Signals:
    back = data["back_translation"]
    estimates = data.get("estimates", {})
    void = NotMeasured(why.get("back_translation", ""))
    return Signals(
        back_translation=BackTranslation(back["text"], back["chrf"], back["bleu"], back["ter"]) if back else void,
        forced_source=_NOT_KEPT,
        forced_target=_NOT_KEPT,
        pseudo_reference=_NOT_KEPT,
        links=_NOT_KEPT,
        coverage=_NOT_KEPT,
        comet=estimates.get("comet", _NOT_KEPT),
        similarity=estimates.get("similarity", _NOT_KEPT),
        doubts=_NOT_KEPT,
    )


def _score(data: Json | None, article: Json) -> Score | NotMeasured:
    if data is None:
        return NotMeasured(article["not_measured"]["score"])
    why = data.get("not_measured", {})
    return Score(
        words=data["words"],
        mqm_per_1000_words=data["mqm_per_1000_words"],
        quality=data["quality"],
        bleu=_value(data["bleu"], why.get("bleu", "")),
        chrf=_value(data["chrf"], why.get("chrf", "")),
        ter=_value(data["ter"], why.get("ter", "")),
        enough_text=data["enough_text"],
    )


def _value(value: float | None, why: str) -> float | NotMeasured:
    return NotMeasured(why) if value is None else value
