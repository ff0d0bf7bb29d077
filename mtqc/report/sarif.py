"""SARIF 2.1.0, as GitHub's code scanning reads it; other viewers get fixes and notifications too.

GitHub takes 25,000 results and 10 MB (gzip) a run: beyond that, the mildest findings are left out, and the run says how
many. What a baseline, suppression or decision accepted is in no article and so is not written.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from mtqc.model import ArticleReport, CorpusReport, Finding, Location
from mtqc.report import rule_help
from mtqc.report.hosted import LEVELS, Found, Hosted, Region, skipped, unjudged, uri, worst_first
from mtqc.report.phrases import ENGLISH, harmless
from mtqc.report.view import PLAIN, View

Json = dict[str, Any]
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
MOST_RESULTS = 25_000
MOST_BYTES = 10_000_000
"""GitHub's limits a run; the second one compressed with gzip."""
PRECISION = ((0.95, "very-high"), (0.8, "high"), (0.5, "medium"), (0.0, "low"))
"""From which share of right findings on. GitHub sorts alerts by these words and sets no figures; these are ours."""
FINGERPRINT = "primaryLocationLineHash"
"""The only one that GitHub compares. Without it, findings on one line, a whole paragraph, would count as one."""
INCOMPLETE = "incomplete"
"""The rule that stands for what could not be judged: a run with gaps must not look like one without findings."""

_LEVELS = {"error": "error", "warning": "warning", "notice": "note"}
_PROBLEMS = {"error": "error", "warning": "warning", "notice": "recommendation"}
_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_LINK = re.compile(r"[\\\[\]]")


def render(report: CorpusReport, view: View = PLAIN) -> str:
    """One run, indented, with a newline at the end."""
    found = worst_first(report)
    gaps = [(article, why) for article, why in unjudged(report) if article is not None]
    kept = found[: max(0, MOST_RESULTS - len(gaps))]
    text = _text(report, view, gaps, kept, len(found))
    while kept and (size := _compressed(text)) > MOST_BYTES:
        kept = kept[: int(len(kept) * min(0.9, MOST_BYTES / size))]
        text = _text(report, view, gaps, kept, len(found))
    return text


def dumps(value: Json | list[Json], indent: int | None = None) -> str:
    """JSON in which what could turn a page around or end a line early is escaped."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent)
    return _UNSAFE.sub(lambda m: f"\\u{ord(m.group()):04x}", text)


def _compressed(text: str) -> int:
    data = text.encode()
    return len(data) if len(data) <= MOST_BYTES else len(gzip.compress(data))


Gaps = Sequence[tuple[ArticleReport, str]]


def _text(report: CorpusReport, view: View, gaps: Gaps, kept: Sequence[Found], total: int) -> str:
    run = _run(report, view, gaps, kept, total)
    return dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1) + "\n"


def _run(report: CorpusReport, view: View, gaps: Gaps, kept: Sequence[Found], total: int) -> Json:
    rules = _rules(kept, view) + ([_incomplete_rule()] if gaps else [])
    index = {rule["id"]: n for n, rule in enumerate(rules)}
    places = {id(a): Hosted(a) for a in report.articles}
    results = [*_gaps(gaps, view), *(_result(f, places[id(f.article)], view) for f in kept)]
    return {
        "tool": {"driver": {"name": "mtqc", "version": report.version, "rules": rules}},
        "automationDetails": {"id": f"mtqc/{_direction(report)}/"},
        "columnKind": "utf16CodeUnits",
        "invocations": [_invocation(report, total - len(kept))],
        "results": [{**result, "ruleIndex": index[result["ruleId"]]} for result in results],
        "properties": {
            "signature": report.signature,
            "gate": {"verdict": report.verdict.verdict, "reasons": list(report.verdict.reasons)},
            "suppressed": len(report.suppressed),
        },
    }


def _direction(report: CorpusReport) -> str:
    return "+".join(sorted({f"{a.pair.source.lang}-{a.pair.target.lang}" for a in report.articles})) or "nothing"


def _invocation(report: CorpusReport, left_out: int) -> Json:
    told = [("error", text) for _, text in unjudged(report)]
    if left_out:
        text = f"{ENGLISH.findings(left_out)} left out, the mildest: GitHub takes no more in one file."
        told.append(("warning", f"{text} The JSON report has them all."))
    told += [("note", text) for text in (*skipped(report), *report.notes, *report.unused)]
    notifications = [{"level": level, "message": {"text": _escaped(text)}} for level, text in told]
    return {"executionSuccessful": report.complete, "toolExecutionNotifications": notifications}


def _rules(kept: Sequence[Found], view: View) -> list[Json]:
    used: dict[str, Finding] = {}
    for found in kept:
        used.setdefault(found.finding.code, found.finding)
    return [_rule(used[code], view) for code in sorted(used)]


def _rule(finding: Finding, view: View) -> Json:
    rule, share = view.rules.get(finding.code), view.precision.get(finding.code)
    words = finding.name.replace("-", " ").capitalize() + "."
    severity = rule.severity if rule else finding.severity
    text = rule_help.plain(rule) if rule else words
    return {
        "id": finding.code,
        "name": "".join(part.capitalize() for part in finding.name.split("-"))[:255],
        "shortDescription": {"text": rule_help.shortened(rule.summary if rule else words)},
        "fullDescription": {"text": rule_help.shortened(rule.rationale if rule else words)},
        "help": {"text": text, "markdown": rule_help.markdown(rule) if rule else words},
        "defaultConfiguration": {"level": _LEVELS[LEVELS[severity]]},
        "properties": {
            "tags": list(dict.fromkeys(["translation", *str(finding.category).split("/")])),
            "problem.severity": _PROBLEMS[LEVELS[severity]],
            **({} if share is None else {"precision": precision(share)}),
        },
    }


def precision(share: float) -> str:
    """The word for a measured share of right findings."""
    return next(word for bound, word in PRECISION if share >= bound)


def _incomplete_rule() -> Json:
    text = "Something that was asked for could not be judged, so errors may be missing from this report."
    return {
        "id": INCOMPLETE,
        "name": "Incomplete",
        "shortDescription": {"text": "Not judged to the end."},
        "fullDescription": {"text": text},
        "help": {"text": text, "markdown": text},
        "defaultConfiguration": {"level": "error"},
        "properties": {"tags": ["translation"], "problem.severity": "error"},
    }


def _gaps(gaps: Gaps, view: View) -> Iterator[Json]:
    seen: Counter[str] = Counter()
    for article, why in gaps:
        path = article.pair.target.path or article.pair.id
        digest = hashlib.sha256(f"{article.pair.id}\0{why}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
        seen[digest] += 1
        place = {"artifactLocation": {"uri": uri(path, view.root)}, "region": {"startLine": 1}}
        yield {
            "ruleId": INCOMPLETE,
            "level": "error",
            "message": {"text": _escaped(why)},
            "locations": [{"physicalLocation": place}],
            "partialFingerprints": {FINGERPRINT: f"{digest}:{seen[digest]}"},
        }


def _result(found: Found, places: Hosted, view: View) -> Json:
    finding = found.finding
    message = _escaped(finding.message)
    related = _original(found, places, view)
    if related:
        message += " See [the original](1)."
    if advice := ENGLISH.suggestion(finding):
        message += f" Suggestion: {_escaped(advice)}"
    related += _related(finding.related, places, view, first=len(related) + 1)
    return {
        "ruleId": finding.code,
        "level": _LEVELS[found.level],
        "message": {"text": message},
        "locations": [{"physicalLocation": _physical(places.marked(found), view)}],
        **({"relatedLocations": related} if related else {}),
        "partialFingerprints": {FINGERPRINT: found.key},
        **_fixes(finding, places, view),
        "properties": {"severity": finding.severity.label, "confidence": round(finding.confidence, 4)},
    }


def _original(found: Found, places: Hosted, view: View) -> list[Json]:
    original = places.original(found)
    if original is None:
        return []
    sentence, counterpart, whole = original
    physical = _physical(counterpart, view)
    if whole != counterpart and whole.is_exact:
        physical["contextRegion"] = _region(whole)
    return [{"id": 1, "message": {"text": _escaped(sentence.bead.source_text)}, "physicalLocation": physical}]


def _related(locations: Iterable[Location], places: Hosted, view: View, first: int) -> list[Json]:
    return [
        {"id": n, "message": {"text": _escaped(place.text)}, "physicalLocation": _physical(places.at(place), view)}
        for n, place in enumerate(locations, first)
    ]


def _fixes(finding: Finding, places: Hosted, view: View) -> Json:
    if finding.fix is None or not (region := places.at(finding.fix.location)).is_exact:
        return {}
    replacement = {"deletedRegion": _region(region), "insertedContent": {"text": finding.fix.text}}
    change = {"artifactLocation": {"uri": uri(region.path, view.root)}, "replacements": [replacement]}
    return {"fixes": [{"artifactChanges": [change]}]}


def _physical(region: Region, view: View) -> Json:
    return {"artifactLocation": {"uri": uri(region.path, view.root)}, "region": _region(region)}


def _region(region: Region) -> Json:
    start, end = region.start.column("utf-16"), region.end.column("utf-16")
    columns = {"startColumn": start, "endColumn": end} if region.is_exact else {}
    return {"startLine": region.start.line, "endLine": region.end.line, **columns}


def _escaped(text: str) -> str:
    """A plain-text message: brackets and backslashes would make links."""
    return _LINK.sub(r"\\\g<0>", harmless(text))
