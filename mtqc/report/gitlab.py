"""GitLab code quality: the JSON list that a merge request's widget reads. It shows lines, no columns."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from mtqc.model import CorpusReport, Severity
from mtqc.report.hosted import Found, Hosted, relative, skipped, unjudged, worst_first
from mtqc.report.phrases import ENGLISH, harmless
from mtqc.report.sarif import INCOMPLETE, dumps
from mtqc.report.view import PLAIN, View

SEVERITIES = {
    Severity.CRITICAL: "critical",
    Severity.MAJOR: "major",
    Severity.MINOR: "minor",
    Severity.NEUTRAL: "info",
}


def render(report: CorpusReport, view: View = PLAIN) -> str:
    """The list, worst first, with a newline at the end."""
    places = {id(a): Hosted(a) for a in report.articles}
    issues = [*_gaps(report, view), *(_issue(f, places[id(f.article)], view) for f in worst_first(report))]
    return dumps(issues, indent=1) + "\n"


def _issue(found: Found, places: Hosted, view: View) -> dict[str, Any]:
    region = places.marked(found)
    advice = ENGLISH.suggestion(found.finding)
    text = found.finding.message + (f" Suggestion: {advice}" if advice else "")
    return _entry(
        f"{found.finding.code} {found.finding.name}",
        text,
        SEVERITIES[found.finding.severity],
        (relative(region.path, view.root), region.start.line),
        found.key,
    )


def _gaps(report: CorpusReport, view: View) -> list[dict[str, Any]]:
    """What could not be judged blocks; what did not run is told once, at the first article."""
    told = [("blocker", article, text) for article, text in unjudged(report)]
    told += [("info", report.articles[0], text) for text in skipped(report)]
    made = []
    for severity, article, text in told:
        path = (article.pair.target.path or article.pair.id) if article else "."
        digest = hashlib.sha256(json.dumps([path, text]).encode()).hexdigest()[:16]
        made.append(_entry(INCOMPLETE, text, severity, (relative(path, view.root), 1), f"{INCOMPLETE}:{digest}"))
    return list({entry["fingerprint"]: entry for entry in made}.values())


def _entry(name: str, text: str, severity: str, place: tuple[str, int], key: str) -> dict[str, Any]:
    return {
        "description": harmless(text),
        "check_name": name,
        "fingerprint": key,
        "severity": severity,
        "location": {"path": harmless(place[0]), "lines": {"begin": place[1]}},
    }
