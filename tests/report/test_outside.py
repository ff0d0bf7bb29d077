"""Formats checked by somebody else's schema or reader, not by what we expect of them."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import replace
from pathlib import Path

import jsonschema
import junitparser
import pytest
import sample
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from test_hosted import ENGLISH, FRENCH, commands, demo, one_line, with_findings

from mtqc.checks import registered
from mtqc.checks.measured import measured_rules
from mtqc.model import CorpusReport, Severity, Verdict
from mtqc.report import github, marot, rule_help, sarif, writer
from mtqc.report.phrases import harmless
from mtqc.report.view import PLAIN, View

SCHEMAS = Path(__file__).resolve().parents[3] / "shared" / "schemas"
RULES = {r.code: r for c in registered() for r in c.rules}
EMPTY = CorpusReport((), "none", "0.1.0")
KNOWN = View(
    rules=RULES, precision={code: m.precision for code, m in measured_rules().items() if m.precision is not None}
)


def schema(name: str) -> dict:
    path = SCHEMAS / name
    if not path.is_file():
        pytest.skip(f"{path} is not here: the schema is kept in the shared data folder")
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(params=["empty", "one line", "sample", "hostile", "demo"])
def report(request, monkeypatch) -> CorpusReport:
    made = {"empty": lambda: EMPTY, "one line": one_line, "sample": sample.corpus, "hostile": hostile}
    return made[request.param]() if request.param in made else demo(monkeypatch)


def hostile() -> CorpusReport:
    """Control characters, lone surrogates, brackets, marks and tabs wherever text can be."""
    nasty = "[x](2) \\ \x00\x0b\x1b[31m\ud83d\ufffe\uffff\u202e\t<v>v</v>]]>&amp;\r\n::error::x"
    report = one_line()
    finding = report.articles[0].sentences[0].findings[0]
    found = with_findings(report, [replace(finding, message=nasty), replace(finding, severity=Severity.NEUTRAL)])
    article = replace(found.articles[0], failures=(nasty,), pair=replace(found.articles[0].pair, id=nasty))
    verdict = Verdict("failed", (nasty,), (nasty,))
    return replace(found, articles=(article, article), unread=((nasty, nasty),), notes=(nasty,), verdict=verdict)


@pytest.mark.shared
@pytest.mark.parametrize("view", [PLAIN, KNOWN], ids=["plain", "with rules"])
def test_sarif_is_what_oasis_says(report, view):
    log = json.loads(writer("sarif").render(report, view))
    jsonschema.Draft7Validator(schema("sarif-schema-2.1.0.json")).validate(log)


@pytest.mark.shared
def test_rdjsonl_is_what_reviewdog_says(report):
    check = jsonschema.Draft4Validator(schema("rdf/Diagnostic.json"))
    lines = writer("rdjsonl").render(report).splitlines()
    for line in lines:
        check.validate(json.loads(line))
    assert len(lines) >= sum(len(a.all_findings) for a in report.articles)


def test_what_github_asks_of_sarif(report):
    """The keys that its documentation of SARIF support calls required, and its limits."""
    log = json.loads(writer("sarif").render(report, KNOWN))
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert run["automationDetails"]["id"].endswith("/")
    for rule in rules:
        assert 0 < len(rule["shortDescription"]["text"]) <= 1024
        assert 0 < len(rule["fullDescription"]["text"]) <= 1024
        assert rule["help"]["text"]
        assert rule["help"]["markdown"]
        assert len(rule["properties"]["tags"]) <= 10
        assert rule["properties"]["problem.severity"] in {"error", "warning", "recommendation"}
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert len(result["locations"]) == 1
        assert not result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].startswith(("/", "file:"))
        ids = {r["id"] for r in result.get("relatedLocations", ())}
        links = re.findall(r"(?<!\\)\[[^\]]*[^\\]\]\((\d+)\)", result["message"]["text"])
        assert {int(n) for n in links} <= ids
    prints = [r["partialFingerprints"]["primaryLocationLineHash"] for r in run["results"]]
    assert len(set(prints)) == len(prints)


def test_the_help_of_every_rule_is_short_enough_and_shows_its_examples():
    for rule in RULES.values():
        text, page = rule_help.plain(rule), rule_help.markdown(rule)
        for example in rule.examples:
            assert example.source.split("\n")[0] in text
            assert example.target.split("\n")[0] in page
        assert len(rule_help.shortened(rule.rationale)) <= 1024
    assert rule_help.shortened("word " * 500).endswith("word…")


def test_precision_is_measured_or_absent():
    report, finding = one_line(), one_line().articles[0].sentences[0].findings[0]
    words = {}
    for share in (0.97, 0.95, 0.8, 0.5, 0.49, 0.0, None):
        view = View(precision={} if share is None else {finding.code: share})
        (run,) = json.loads(writer("sarif").render(report, view))["runs"]
        words[share] = run["tool"]["driver"]["rules"][0]["properties"].get("precision")
    expected = {0.97: "very-high", 0.95: "very-high", 0.8: "high", 0.5: "medium", 0.49: "low", 0.0: "low", None: None}
    assert words == expected


def test_sarif_keeps_to_githubs_limits_worst_first(monkeypatch):
    report = sample.large(300)
    total = sum(len(a.all_findings) for a in report.articles)
    monkeypatch.setattr(sarif, "MOST_RESULTS", 41)
    (run,) = json.loads(writer("sarif").render(report))["runs"]
    gaps = [r for r in run["results"] if r["ruleId"] == "incomplete"]
    assert len(run["results"]) == 41
    assert {r["properties"]["severity"] for r in run["results"][len(gaps) :]} == {"critical"}
    (told,) = [
        n["message"]["text"] for n in run["invocations"][0]["toolExecutionNotifications"] if n["level"] == "warning"
    ]
    assert told.startswith(f"{total - 41 + len(gaps)} findings left out, the mildest")

    monkeypatch.setattr(sarif, "MOST_RESULTS", 25_000)
    monkeypatch.setattr(sarif, "MOST_BYTES", 9_000)
    text = writer("sarif").render(report)
    assert 6_000 < len(gzip.compress(text.encode())) <= 9_000
    (run,) = json.loads(text)["runs"]
    left = total - len(run["results"]) + len(gaps)
    assert f"{left} findings left out" in text
    grades = [Severity[r["properties"]["severity"].upper()] for r in run["results"][len(gaps) :]]
    assert grades == sorted(grades, reverse=True)
    assert min(grades) == Severity.MAJOR


def test_a_large_report_is_under_the_limits_as_it_is():
    report = sample.large(24_000)
    (run,) = json.loads(writer("sarif").render(report, KNOWN))["runs"]
    assert len(run["results"]) == 25_000
    gaps = [r for r in run["results"] if r["ruleId"] == "incomplete"]
    left_out = sum(len(a.all_findings) for a in report.articles) + len(gaps) - 25_000
    notes = [r for r in run["results"] if r["level"] == "note"]
    assert len(notes) == report.count(Severity.NEUTRAL) - left_out > 0, "the mildest are left out"


def test_junit_is_read_by_junitparser(report, tmp_path):
    path = tmp_path / "report.xml"
    path.write_bytes(writer("junit").render(report).encode())
    xml = junitparser.JUnitXml.fromfile(str(path))
    suites = list(xml)
    cases = [case for suite in suites for case in suite]
    names = [(case.classname, case.name) for case in cases]
    assert len(set(names)) == len(names), "GitLab keeps the first of equal names only"
    assert xml.tests == len(cases)
    results = [type(r) for case in cases for r in case.result]
    assert xml.failures == results.count(junitparser.Failure)
    assert xml.errors == results.count(junitparser.Error)
    assert xml.skipped == results.count(junitparser.Skipped)
    assert bool(xml.errors) == (not report.complete), "incomplete is never a pass"
    grave = [s for a in report.articles for s in a.sentences if any(f.severity >= Severity.MAJOR for f in s.findings)]
    wide = [a for a in report.articles if any(f.severity >= Severity.MAJOR for f in a.findings)]
    gate = report.verdict.verdict == "failed"
    assert xml.failures == len(grave) + len(wide) + gate
    assert sum(s.tests for s in suites) == len(cases)


def test_junit_is_well_formed_for_another_parser(report):
    root = etree.fromstring(writer("junit").render(report).encode())
    assert root.tag == "testsuites"
    assert {e.tag for e in root.iter()} <= {
        "testsuites",
        "testsuite",
        "testcase",
        "failure",
        "error",
        "skipped",
        "system-out",
    }


def test_gitlab_has_the_required_keys(report):
    issues = json.loads(writer("gitlab").render(report))
    for issue in issues:
        assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert isinstance(issue["location"]["path"], str)
        assert issue["location"]["lines"]["begin"] >= 1
        assert not issue["location"]["path"].startswith("./")
    prints = [i["fingerprint"] for i in issues]
    assert len(set(prints)) == len(prints)
    assert len(issues) >= sum(len(a.all_findings) for a in report.articles)


@given(text=st.text(max_size=60), path=st.text(min_size=1, max_size=20))
@settings(max_examples=150, deadline=None)
def test_whatever_a_text_holds_a_workflow_command_stays_one_line(text, path):
    line = github.command("error", text, file=path, title=text)
    assert len(line.splitlines()) == 1
    ((level, properties, data),) = commands(line + "\nmtqc: no more in the report.")
    assert level == "error"
    assert data == harmless(text).replace("\u2028", " ").replace("\u2029", " ")
    assert set(properties) == {"file", "title"}


def test_the_gates_verdict_is_told(report):
    failed = replace(report, verdict=Verdict("failed", ("2 critical findings: line 3",)))
    first = [c for c in commands(writer("github").render(failed)) if c[1]["title"] == "mtqc gate: failed"]
    assert [c[2] for c in first] == ["2 critical findings: line 3"]
    assert 'type="failed"' in writer("junit").render(failed)
    (run,) = json.loads(writer("sarif").render(failed))["runs"]
    assert run["properties"]["gate"] == {"verdict": "failed", "reasons": ["2 critical findings: line 3"]}


def ratings(text: str) -> list[dict]:
    """Marot's table, by the rules of its README: ten columns, UTF-8, a header that it passes over, JSON at the end."""
    lines = text.encode().decode("utf-8").split("\n")
    assert lines.pop() == ""
    assert "system\tdoc" in lines[0]
    names = lines[0].split("\t")
    rows = [dict(zip(names, line.split("\t"), strict=True)) for line in lines[1:]]
    assert names == "system doc docSegId globalSegId rater source target category severity metadata".split()
    return [{**row, "metadata": json.loads(row["metadata"])} for row in rows]


def test_marot_rows_keep_its_rules(report):
    rows = ratings(writer("marot").render(report))
    for n, row in enumerate(rows):
        assert int(row["docSegId"]) >= 1
        assert row["rater"].startswith("mtqc ")
        assert (row["category"] == "no-error") == (row["severity"] == "no-error")
        meta, marked = row["metadata"], {}
        for side in ("source", "target"):
            plain = re.sub("</?v>", "", row[side])
            assert "".join(meta["segment"][f"{side}_tokens"]) == plain
            marked[side] = re.findall("<v>(.*?)</v>", row[side])
            assert len(re.findall("</?v>", row[side])) == 2 * len(marked[side])
            for first, last in meta.get(f"{side}_spans", ()):
                assert ["".join(meta["segment"][f"{side}_tokens"][first : last + 1])] == marked[side]
        spans = marked["source"] + marked["target"]
        assert spans == ([meta["marked_text"]] if meta["marked_text"] else [])
        assert ("evaluation" in meta) == (n == 0)
        if row["category"].startswith("Accuracy/Omission"):
            assert not marked["target"], "an omission is marked in the original"
    ids = [a.pair.id for a in report.articles]
    if len(set(ids)) == len(ids):
        tokens = {(r["doc"], r["docSegId"], str(r["metadata"]["segment"])) for r in rows}
        assert len(tokens) == len({t[:2] for t in tokens}), "Marot takes one row's tokens for the whole segment"
    numbers = {(r["doc"], r["docSegId"]): r["globalSegId"] for r in rows}
    if len(set(ids)) == len(ids):
        assert len(set(numbers.values())) == len(numbers)


def test_marot_tells_clean_sentences_from_those_not_judged():
    rows = ratings(writer("marot").render(sample.corpus()))
    clean = {(r["doc"], r["docSegId"]) for r in rows if r["category"] == "no-error"}
    assert clean == {
        (f"{d}:English-French", n) for d, n in (("ferry", "7"), ("ferry", "9"), ("harvest", "1"), ("harvest", "2"))
    }
    assert not [r for r in rows if r["docSegId"] == "10"], "a publisher's notice is not judged"
    omission = next(r for r in rows if r["metadata"].get("mtqc", {}).get("code") == "ACC401")
    assert omission["source"] == "The union, <v>which represents 900 sailors</v>, called the plan “brutal”."
    assert omission["category"] == "Accuracy/Omission"


def test_a_segments_tokens_are_the_same_in_all_its_rows():
    report = one_line()
    article = report.articles[0]
    bead, (first, *_) = article.sentences[0].bead, article.sentences[0].findings
    at = FRENCH.index("usgr")
    inside = replace(first, target=bead.target_at(at, at + 4), article_wide=True)
    rows = ratings(writer("marot").render(replace(report, articles=(replace(article, findings=(inside,)),))))
    assert len(rows) == 4
    assert len({str(r["metadata"]["segment"]) for r in rows}) == 1
    assert [r["metadata"]["marked_text"] for r in rows] == ["Musgrève", "pompière", "9 h 30", "usgr"]


def test_an_editors_rating_for_marot():
    report = one_line()
    (sentence,) = report.articles[0].sentences
    finding = sentence.findings[1]
    row = marot.row(
        report.articles[0],
        sentence,
        finding,
        rater="Zoé\tK.",
        severity=Severity.MINOR,
        note="Un mot\ntrop",
        corrected="Déjà.",
        timestamp=1_790_000_000_000,
        global_id=7,
    )
    (rating,) = ratings(marot.table([row]))
    assert rating["rater"] == "Zoé K."
    assert (rating["severity"], rating["globalSegId"], rating["docSegId"]) == ("Minor", "7", "1")
    assert rating["target"] == FRENCH.replace("pompière", "<v>pompière</v>")
    assert rating["source"] == ENGLISH
    meta = rating["metadata"]
    assert (meta["note"], meta["corrected_translation"], meta["timestamp"]) == (
        "Un mot\ntrop",
        "Déjà.",
        1_790_000_000_000,
    )
    (clean,) = ratings(marot.table([marot.row(report.articles[0], sentence, None, rater="Zoé")]))
    assert (clean["category"], clean["severity"], clean["target"]) == ("no-error", "no-error", FRENCH)


def test_every_category_has_a_name_in_marot():
    names = {c: marot.category(c) for c in type(sample.NAME[2])}
    assert all(re.fullmatch(r"[A-Z][a-z ]+(/[A-Z][a-z ]+)?", name) for name in names.values())
    assert names[sample.NAME[2]] == "Accuracy/Mistranslation"
