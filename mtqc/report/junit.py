"""JUnit XML: a suite an article, a case a sentence. What every CI server can show.

A critical or major finding fails its sentence; a milder one stands in the case's output. What was not judged is skipped
or, where it should have been, an error: never a pass.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from xml.etree import ElementTree as ET

from mtqc.model import ArticleReport, CorpusReport, Finding, SentenceReport, Severity
from mtqc.report.hosted import not_measured, skipped, unjudged
from mtqc.report.phrases import ENGLISH, evidence, harmless
from mtqc.report.places import Places
from mtqc.report.view import PLAIN, View

_SHOWN = 60
"""Characters of a sentence in the name of its case."""


def render(report: CorpusReport, _view: View = PLAIN) -> str:
    """The whole document, indented, with its declaration and a newline at the end."""
    root = ET.Element("testsuites", name="mtqc")
    names: Counter[str] = Counter()
    for article in report.articles:
        names[article.pair.id] += 1
        again = f" ({names[article.pair.id]})" if names[article.pair.id] > 1 else ""
        _article(root, article, article.pair.id + again)
    _run(root, report)
    for element in (*root.findall("testsuite"), root):
        _count(element)
    ET.indent(root)
    return _HEAD + ET.tostring(root, encoding="unicode") + "\n"


_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def _article(root: ET.Element, article: ArticleReport, name: str) -> None:
    suite = ET.SubElement(root, "testsuite", name=_legal(name))
    places = Places(article.pair)
    for sentence in article.sentences:
        _sentence(suite, sentence, name, places)
    if article.findings:
        _findings(_case(suite, "whole article", name), article.findings, places)
    for number, failure in enumerate(article.failures, 1):
        _child(_case(suite, f"not judged {number}", name), "error", failure, "incomplete")


def _sentence(suite: ET.Element, sentence: SentenceReport, name: str, places: Places) -> None:
    bead = sentence.bead
    text = " ".join((bead.target_text or bead.source_text).split())
    shown = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
    case = _case(suite, f"{sentence.id} {shown}", name)
    why = not_measured(sentence)
    if sentence.findings:
        _findings(case, sentence.findings, places)
    elif why:
        _child(case, "skipped", why)


def _findings(case: ET.Element, findings: Iterable[Finding], places: Places) -> None:
    worst = sorted(findings, key=lambda f: (-f.severity, -f.confidence))
    grave = [f for f in worst if f.severity >= Severity.MAJOR]
    if grave:
        failure = _child(case, "failure", grave[0].message, f"{grave[0].severity.label} {grave[0].code}")
        failure.text = "\n\n".join(_legal(_told(f, places)) for f in grave)
    milder = worst[len(grave) :]
    if milder:
        ET.SubElement(case, "system-out").text = "\n\n".join(_legal(_told(f, places)) for f in milder)


def _told(finding: Finding, places: Places) -> str:
    place = places.at("target", finding.target.span)
    document = places.pair.target.path or places.pair.id
    lines = [
        f"{document}:{place.line}:{place.column}: {finding.severity.label} {ENGLISH.kind(finding)} ({finding.code})",
        finding.message,
    ]
    if finding.target.text:
        lines.append(f"Marked: {ENGLISH.spelled(finding.target.text)}")
    if finding.source is not None and finding.source.text:
        lines.append(f"Original: {ENGLISH.spelled(finding.source.text)}")
    if advice := ENGLISH.suggestion(finding):
        lines.append(f"Suggestion: {advice}")
    return "\n".join([*lines, *(f"Evidence: {evidence(e)}" for e in finding.evidence)])


def _run(root: ET.Element, report: CorpusReport) -> None:
    """A suite for what concerns no article that was judged: unread ones, rules that did not run, the gate."""
    suite = ET.Element("testsuite", name="mtqc")
    unread = [why for article, why in unjudged(report) if article is None]
    for number, why in enumerate(unread, 1):
        _child(_case(suite, f"unread {number}", "mtqc"), "error", why, "incomplete")
    for number, why in enumerate(skipped(report), 1):
        _child(_case(suite, f"rules that did not run {number}", "mtqc"), "skipped", why)
    verdict = report.verdict
    if verdict.verdict != "not run":
        case = _case(suite, "gate", "mtqc")
        kinds = {"failed": "failure", "not judged": "error"}
        if verdict.verdict in kinds:
            _child(case, kinds[verdict.verdict], "; ".join(verdict.reasons), verdict.verdict)
    if len(suite):
        root.append(suite)


def _case(suite: ET.Element, name: str, of: str) -> ET.Element:
    return ET.SubElement(suite, "testcase", name=_legal(name), classname=_legal(of), time="0")


def _child(case: ET.Element, tag: str, message: str, type_: str = "") -> ET.Element:
    given = {"message": _legal(message), **({"type": type_} if type_ else {})}
    return ET.SubElement(case, tag, given)


def _count(element: ET.Element) -> None:
    cases = list(element.iter("testcase"))
    element.set("tests", str(len(cases)))
    for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        element.set(name, str(sum(case.find(tag) is not None for case in cases)))


def _legal(text: str) -> str:
    """What XML 1.0 may hold: control characters become pictures of themselves."""
    return harmless(text).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
