"""The JSON Schema (draft 2020-12) of `mtqc-report/1`, and the tables of docs/report-schema.md, from one description.

`schema/mtqc-report-1.json` is what `schema_text()` returns; a test says when it is not. Unknown keys are allowed by the
schema, since keys may be added within version 1.
"""

from __future__ import annotations

import json
from typing import Any

from mtqc.model import Category, Severity
from mtqc.report.json_writer import SCHEMA

Schema = dict[str, Any]

ID = "urn:mtqc:schema:mtqc-report-1"
VERDICTS = ("passed", "failed", "not judged", "not run")
_FROM_1 = {"type": "integer", "minimum": 1}
_FROM_0 = {"type": "integer", "minimum": 0}
_TEXT = {"type": "string"}
_FLAG = {"type": "boolean"}


def schema() -> Schema:
    """The whole schema, as a new object."""
    parts = (_TOOL, _ARTICLE, _DOCUMENT, _SKIPPED, _SCORE, _SENTENCE, _ALIGNMENT, _STRETCH, _BACK_TRANSLATION)
    more = (_FINDING, _LOCATION, _RELATED, _FIX, _EVIDENCE, _UNREAD, _SUMMARY, _COUNTS, _GATE, _LINE, _SUPPRESSED)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": ID,
        "title": SCHEMA,
        **json.loads(json.dumps(_REPORT)),
        "$defs": {part["title"]: json.loads(json.dumps(part)) for part in parts + more},
    }


def schema_text() -> str:
    """What the shipped schema file holds."""
    return json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"


def tables() -> str:
    """Markdown: one table an object, every key with its type, whether it is always there, and its meaning."""
    whole = schema()
    objects = {"report": whole, **whole["$defs"]}
    return "\n".join(_table(name, part) for name, part in objects.items())


def _table(name: str, part: Schema) -> str:
    rows = ["| key | type | always | meaning |", "|---|---|---|---|"]
    for key, value in part["properties"].items():
        always = "yes" if key in part["required"] else "no"
        rows.append(f"| `{key}` | {_type(value)} | {always} | {value['description']} |")
    return "\n".join((f"### {name}", "", part["description"], "", *rows, ""))


def _type(value: Schema) -> str:
    if "const" in value:
        return f"`{json.dumps(value['const'])}`"
    if "enum" in value:
        return " or ".join(f"`{v}`" for v in value["enum"]) if len(value["enum"]) < 5 else "one of a list"
    if "anyOf" in value:
        return " or ".join(_type(v) for v in value["anyOf"])
    if "$ref" in value:
        name = value["$ref"].rsplit("/", 1)[1]
        return f"[{name}](#{name.replace(' ', '-')})"
    if value.get("type") == "array":
        return f"list of {_type(value['items'])}"
    kind = value["type"]
    return " or ".join(kind) if isinstance(kind, list) else str(kind)


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _or_null(part: Schema) -> Schema:
    return {"anyOf": [part, {"type": "null"}]}


def _score_of(maximum: int | None = 100) -> Schema:
    return {"type": "number", "minimum": 0, **({"maximum": maximum} if maximum else {})}


def _key(part: Schema, meaning: str) -> Schema:
    return {**part, "description": meaning}


def _object(title: str, meaning: str, keys: Schema, optional: Schema | None = None, **more: object) -> Schema:
    properties = {**keys, **(optional or {})}
    return {
        "title": title,
        "description": meaning,
        "type": "object",
        "properties": properties,
        "required": list(keys),
        **more,
    }


def _explained(**keys: str) -> Schema:
    """Where `key` is null, `not_measured` must give a reason under the name `keys[key]`."""
    conditions = [
        {
            "if": {"properties": {key: {"type": "null"}}},
            "then": {"required": ["not_measured"], "properties": {"not_measured": {"required": [name]}}},
        }
        for key, name in keys.items()
    ]
    return {"allOf": conditions}


def _not_measured(names: str) -> Schema:
    part = {"type": "object", "additionalProperties": {"type": "string"}}
    return {"not_measured": _key(part, f"Why a value could not be measured, by its name ({names}).")}


_END_LINE = {"end_line": _key(_FROM_1, "The line it ends on, from 1; only where that is another line.")}
_LINE_KEY = {"line": _key(_FROM_1, "The line it starts on, from 1. Lines end at LF, CRLF or CR.")}
_OFFSETS = {
    "start": _key(_FROM_0, "Offset in the text of line `line`, in code points from 0."),
    "end": _key(
        _FROM_0,
        "Offset after the last code point, counted from the start of `line` too (past its end, line breaks included, "
        "where there is an `end_line`). Equal to `start`: only a place.",
    ),
}
_COLUMN = {"column": _key(_FROM_1, "Column in `line`, in code points from 1: `start` + 1.")}
_PLACED = {"text": _key(_TEXT, "The document's own text there."), **_LINE_KEY, **_COLUMN, **_OFFSETS}

_TOOL = _object(
    "tool",
    "What wrote the report.",
    {
        "name": _key({"const": "mtqc"}, "Always mtqc."),
        "version": _key(_TEXT, "Version of mtqc."),
        "signature": _key(_TEXT, "Models, engines, metrics and thresholds: reports of two signatures do not compare."),
    },
)
_DOCUMENT = _object(
    "document",
    "One of the two texts.",
    {
        "path": _key(_TEXT, "Where it was read from; empty where it was no file."),
        "lang": _key(_TEXT, "Language, BCP 47."),
        "sha256": _key(_TEXT, "Of the bytes that were read; empty where they are not known."),
    },
)
_SKIPPED = _object(
    "skipped",
    "A check that did not run, or not on everything.",
    {"code": _key(_TEXT, "Code of the rule, or name of the check."), "reason": _key(_TEXT, "Why.")},
)
_SCORE = _object(
    "score",
    "The article in numbers.",
    {
        "mqm_per_1000_words": _key(_score_of(None), "MQM penalty for every 1,000 words of the original."),
        "quality": _key(_score_of(), "100 less the penalty per 100 words, never below 0."),
        "bleu": _key(_or_null(_score_of()), "Corpus BLEU of the back-translations against the original, 0 to 100."),
        "chrf": _key(_or_null(_score_of()), "chrF++ of the same, 0 to 100."),
        "ter": _key(_or_null(_score_of(None)), "TER of the same, in percent; lower is better, may exceed 100."),
        "words": _key(_FROM_0, "Words of the original that the numbers stand on."),
        "enough_text": _key(_FLAG, "False: too little text for the numbers to be compared."),
    },
    _not_measured("`bleu`, `chrf`, `ter`"),
    **_explained(bleu="bleu", chrf="chrf", ter="ter"),
)
_ALIGNMENT = _object(
    "alignment",
    "How the two sides were brought together.",
    {
        "type": _key(
            {"type": "string", "pattern": "^[0-9]+-[0-9]+$"},
            "How many sentences of the original and of the translation: 1-1, 2-1, 1-0 and so on.",
        ),
        "confidence": _key(_or_null({"type": "number", "minimum": 0, "maximum": 1}), "0 to 1, null: not measured."),
    },
)
_STRETCH = _object(
    "stretch",
    "One side of an aligned pair. A missing side has the empty text, and the place where it would stand.",
    {
        "text": _key(_TEXT, "The document's own text, a line break between two sentences included."),
        **_LINE_KEY,
        **_OFFSETS,
    },
    _END_LINE,
)
_BACK_TRANSLATION = _object(
    "back_translation",
    "The translation, translated back, scored against the original sentence.",
    {
        "text": _key(_TEXT, "The hypothesis."),
        "chrf": _key(_score_of(), "chrF++, 0 to 100."),
        "bleu": _key(_score_of(), "Sentence BLEU, 0 to 100."),
        "ter": _key(_score_of(None), "TER, in percent; lower is better, may exceed 100."),
    },
)
_LOCATION = _object("location", "A place in a document.", _PLACED, _END_LINE)
_RELATED = _object(
    "related",
    "One more place that a finding speaks of.",
    {"side": _key({"enum": ["source", "target"]}, "In the original or in the translation."), **_PLACED},
    _END_LINE,
)
_FIX = _object(
    "fix",
    "A suggestion.",
    {
        "text": _key(_TEXT, "What should stand there; empty: delete it."),
        "safe": _key(_FLAG, "True: it can be applied unseen."),
    },
    {"target": _key(_ref("location"), "What to replace; only where it is not the finding's `target`.")},
)
_EVIDENCE = _object(
    "evidence",
    "One measured or observed fact.",
    {
        "name": _key(_TEXT, "What was measured."),
        "value": _key({"type": ["number", "string"]}, "Its value; an infinite number is written as a string."),
        "unit": _key(_TEXT, "Its unit; empty: none."),
        "origin": _key(_TEXT, "What it was measured with, or where it was read."),
    },
)
_FINDING = _object(
    "finding",
    "One thing that is wrong.",
    {
        "code": _key({"type": "string", "pattern": "^[A-Z]{3}[0-9]{3}$"}, "The rule's permanent code."),
        "name": _key(_TEXT, "The rule's name, in kebab-case."),
        "category": _key({"enum": [str(c) for c in Category]}, "MQM category, as a path."),
        "severity": _key({"enum": [s.label for s in reversed(Severity)]}, "MQM severity."),
        "confidence": _key(
            {"type": "number", "minimum": 0, "maximum": 1}, "Measured share of such findings that are right."
        ),
        "message": _key(_TEXT, "One sentence that names the text."),
        "fingerprint": _key(
            _TEXT,
            "Of code, marked text (of an omission the original’s) and sentences, whatever the position; empty: not"
            " computed.",
        ),
        "target": _key(
            _ref("location"), "The marked place in the translation. Of an omission, where the text is missing."
        ),
        "source": _key(_or_null(_ref("location")), "Its counterpart in the original; null: none."),
        "related": _key(_list(_ref("related")), "The other places that it speaks of."),
        "fix": _key(_or_null(_ref("fix")), "What it should read; null: no suggestion."),
        "evidence": _key(_list(_ref("evidence")), "What the finding stands on."),
    },
)
_SENTENCE_KEYS = {
    "id": _key({"type": "string", "pattern": "^s[0-9]+$"}, "`s1`, `s2` … in the article's order."),
    "role": _key({"enum": ["body", "boilerplate"]}, "Boilerplate (a publisher's notice) is shown and not judged."),
    "alignment": _key(_ref("alignment"), "How many sentences of either side, and how sure."),
    "source": _key(_ref("stretch"), "The original’s side."),
    "target": _key(_ref("stretch"), "The translation’s side."),
    "back_translation": _key(_or_null(_ref("back_translation")), "null: not measured."),
    "quality": _key(
        _or_null(_score_of()),
        "100 less the probability, in percent, of a critical or major error; where signals are missing, 100 less the"
        " penalty per 100 words; null: not measured.",
    ),
    "findings": _key(_list(_ref("finding")), "What was found in it."),
}
_SENTENCE_REASONS = {
    **_not_measured("`alignment`, `back_translation`, `quality`"),
    "estimates": _key(
        {"type": "object", "additionalProperties": {"type": "number"}},
        "What heavy models said, where they were asked: `comet` (mostly 0 to 1), `similarity` (cosine, -1 to 1).",
    ),
}
_SENTENCE = _object(
    "sentence",
    "An aligned pair of sentences (or of up to two on either side).",
    _SENTENCE_KEYS,
    _SENTENCE_REASONS,
    **_explained(back_translation="back_translation", quality="quality"),
)
_LINE = _object(
    "line",
    "A line of the JSON Lines report: a sentence, and which article it belongs to.",
    {
        "article": _key(_TEXT, "`id` of the article."),
        **_SENTENCE_KEYS,
        "article_findings": _key(
            _list(_ref("finding")), "The findings of the whole article whose first place is in this sentence."
        ),
        "article_complete": _key(_FLAG, "`complete` of the article."),
    },
    _SENTENCE_REASONS,
    **_explained(back_translation="back_translation", quality="quality"),
)
_ARTICLE = _object(
    "article",
    "One pair of texts.",
    {
        "id": _key(_TEXT, "Name of the pair."),
        "source": _key(_ref("document"), "The original."),
        "target": _key(_ref("document"), "The translation."),
        "complete": _key(_FLAG, "True: everything that was asked for was judged."),
        "failures": _key(_list(_TEXT), "What could not be judged, and why."),
        "skipped": _key(_list(_ref("skipped")), "Checks that did not run, or not on everything."),
        "warnings": _key(_list(_TEXT), "What was noticed while reading the texts."),
        "score": _key(_or_null(_ref("score")), "null: not measured."),
        "findings": _key(
            _list(_ref("finding")), "Findings of the whole article: first place in `target`, others in `related`."
        ),
        "sentences": _key(_list(_ref("sentence")), "In document order, those without findings too."),
    },
    _not_measured("`score`"),
    **_explained(score="score"),
)
_UNREAD = _object(
    "unread",
    "An article that could not be read.",
    {"id": _key(_TEXT, "Its name."), "reason": _key(_TEXT, "Why.")},
)
_COUNTS = _object(
    "counts",
    "Findings of each severity, those of whole articles included.",
    {s.label: _key(_FROM_0, f"Findings of severity {s.label}.") for s in reversed(Severity)},
)
_GATE = _object(
    "gate",
    "What the gate made of the report.",
    {
        "verdict": _key({"enum": list(VERDICTS)}, "`not judged`: something that was asked for could not be judged."),
        "reasons": _key(_list(_TEXT), "One sentence a reason."),
    },
    {"notes": _key(_list(_TEXT), "What it left out of account, and why.")},
)
_SUMMARY = _object(
    "summary",
    "All articles together.",
    {
        "articles": _key(_FROM_0, "Articles that were read."),
        "sentences": _key(_FROM_0, "Their aligned pairs of sentences."),
        "findings": _key(_ref("counts"), "How many of each severity."),
        "complete": _key(_FLAG, "True: every article was read and judged."),
        "gate": _key(_ref("gate"), "The gate's verdict."),
    },
    {"suppressed": _key(_FROM_0, "Findings that were accepted beforehand; they are in none of the other counts.")},
)
_SUPPRESSED = _object(
    "suppressed",
    "A finding that was accepted beforehand: it stands under no article and counts for nothing.",
    {
        "article": _key(_TEXT, "`id` of its article."),
        "by": _key({"enum": ["baseline", "suppression", "decision"]}, "The kind of file that says so."),
        "reason": _key(_TEXT, "As it stands there; empty: none was given."),
        "date": _key(_TEXT, "As it stands there, ISO 8601; empty: none was given."),
        "finding": _key(_ref("finding"), "With `article_wide` added: true where it is about the whole article."),
    },
)
_REPORT = _object(
    "report",
    "The whole report.",
    {
        "schema": _key({"const": SCHEMA}, "Name and version of this layout."),
        "tool": _key(_ref("tool"), "What wrote it."),
        "articles": _key(_list(_ref("article")), "In the order they were given."),
        "unread": _key(_list(_ref("unread")), "Articles that could not be read."),
        "notes": _key(_list(_TEXT), "What else a reader should know."),
        "summary": _key(_ref("summary"), "All articles together."),
    },
    {
        "suppressed": _key(_list(_ref("suppressed")), "Findings that were accepted beforehand."),
        "unused": _key(_list(_TEXT), "Entries of a baseline or suppression file that no finding matched."),
    },
)
