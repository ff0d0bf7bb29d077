"""reviewdog's rdjsonl: one diagnostic a line, columns in UTF-8 bytes, with suggestions that a reviewer can apply."""

from __future__ import annotations

from typing import Any

from mtqc.model import CorpusReport, Severity
from mtqc.report.hosted import Found, Hosted, Point, Region, relative, skipped, unjudged, worst_first
from mtqc.report.phrases import harmless
from mtqc.report.sarif import INCOMPLETE, dumps
from mtqc.report.view import PLAIN, View

Json = dict[str, Any]
SEVERITIES = {
    Severity.CRITICAL: "ERROR",
    Severity.MAJOR: "ERROR",
    Severity.MINOR: "WARNING",
    Severity.NEUTRAL: "INFO",
}
_SOURCE = {"name": "mtqc"}


def render(report: CorpusReport, view: View = PLAIN) -> str:
    """One JSON object a line, worst first; what could not be judged before everything else."""
    places = {id(a): Hosted(a) for a in report.articles}
    diagnostics = [*_gaps(report, view), *(_diagnostic(f, places[id(f.article)], view) for f in worst_first(report))]
    return "".join(dumps(d) + "\n" for d in diagnostics)


def _diagnostic(found: Found, places: Hosted, view: View) -> Json:
    finding = found.finding
    return {
        "message": harmless(finding.message),
        "location": _location(places.marked(found), view),
        "severity": SEVERITIES[finding.severity],
        "source": _SOURCE,
        "code": {"value": f"{finding.code} {finding.name}"},
        **_suggestions(found, places),
        **_related(found, places, view),
    }


def _suggestions(found: Found, places: Hosted) -> Json:
    """None where only the line is known: applied there, it would replace the whole line."""
    fix = found.finding.fix
    if fix is None or not (region := places.at(fix.location)).is_exact:
        return {}
    return {"suggestions": [{"range": _range(region), "text": fix.text}]}


def _related(found: Found, places: Hosted, view: View) -> Json:
    original = places.original(found)
    if original is None:
        return {}
    sentence, counterpart, _ = original
    message = harmless(sentence.bead.source_text)
    return {"related_locations": [{"message": message, "location": _location(counterpart, view)}]}


def _location(region: Region, view: View) -> Json:
    return {"path": harmless(relative(region.path, view.root)), "range": _range(region)}


def _range(region: Region) -> Json:
    return {"start": _position(region.start), "end": _position(region.end)}


def _position(point: Point) -> Json:
    column = point.column("utf-8")
    return {"line": point.line, **({} if column is None else {"column": column})}


def _gaps(report: CorpusReport, view: View) -> list[Json]:
    told = [("ERROR", article, text) for article, text in unjudged(report)]
    told += [("INFO", report.articles[0], text) for text in skipped(report)]
    made = []
    for severity, article, text in told:
        path = (article.pair.target.path or article.pair.id) if article else "."
        location = {"path": harmless(relative(path, view.root))}
        made.append({"message": text, "location": location, "severity": severity, "source": _SOURCE})
    return [{**d, "code": {"value": INCOMPLETE}} for d in made]
