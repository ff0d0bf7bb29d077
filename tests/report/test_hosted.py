"""Formats for code hosts and CI: what they point at, cut out of the file by the consumer's own way of counting."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import junitparser
import pytest
import sample

from mtqc.model import CorpusReport, Document, Finding, Span, Suppressed
from mtqc.report import writer
from mtqc.report.hosted import Hosted, relative, uri, worst_first
from mtqc.report.json_reader import load
from mtqc.report.view import View
from mtqc.source import read_pairs
from mtqc.source.again import TextsAtHand
from mtqc.testing import make_pair

ROOT = Path(__file__).resolve().parents[2]
FRENCH = "Déjà «\u202f🚢 l’été\u202f»\u202f: la mère Musgrève, 🧑‍🚒 pompière, part à 9 h 30."
ENGLISH = "Already “🚢 summer”: mother Musgrave, 🧑‍🚒 a firefighter, leaves at 9:30."


def one_line() -> CorpusReport:
    """A line that holds é, U+202F, an emoji and a joined emoji before every marked text."""
    article = make_pair(ENGLISH, FRENCH)
    report, bead = sample.harvest(), article.beads[0]
    like = sample.ferry().sentences[1].findings[0]
    found = []
    for n, (french, english) in enumerate((("Musgrève", "Musgrave"), ("pompière", "firefighter"), ("9 h 30", "9:30"))):
        marked = bead.target_at(FRENCH.index(french), FRENCH.index(french) + len(french))
        counterpart = bead.source_at(ENGLISH.index(english), ENGLISH.index(english) + len(english))
        fix = replace(like.fix, location=marked)
        found.append(replace(like, target=marked, source=counterpart, fix=fix, fingerprint=f"{n:016x}"))
    sentence = replace(report.sentences[0], bead=bead, findings=tuple(found))
    return CorpusReport((replace(report, pair=article.pair, sentences=(sentence,)),), "s", "1")


def demo(monkeypatch) -> CorpusReport:
    monkeypatch.chdir(ROOT)
    texts = TextsAtHand()
    report = load(Path("reports/demo"), texts)
    assert not texts.missing
    return report


@pytest.fixture(params=["one line", "sample", "demo"])
def report(request, monkeypatch) -> CorpusReport:
    return {"one line": one_line, "sample": sample.corpus, "demo": lambda: demo(monkeypatch)}[request.param]()


def files(report) -> dict[str, list[str]]:
    """Lines of every file, as git counts them."""
    documents = [d for a in report.articles for d in (a.pair.source, a.pair.target)]
    return {d.path: d.text.split("\n") for d in documents}


def expected(report) -> list[tuple[str, str]]:
    """(code, marked text) of every finding that marks some."""
    return sorted((f.code, f.target.text) for a in report.articles for f in a.all_findings if f.target.text)


def cut(lines, start, end, encoding, width=1) -> str:
    """From (line, column) to (line, column), columns counting units of `width` bytes in that encoding."""
    (line, column), (last, stop) = start, end
    text = lines[line - 1 : last]
    raw = [t.encode(encoding) for t in text]
    raw[-1] = raw[-1][: (stop - 1) * width]
    raw[0] = raw[0][(column - 1) * width :]
    return "\n".join(r.decode(encoding) for r in raw)


def sarif_cut(report, physical) -> str:
    r = physical["region"]
    lines = files(report)[physical["artifactLocation"]["uri"]]
    return cut(lines, (r["startLine"], r["startColumn"]), (r["endLine"], r["endColumn"]), "utf-16-le", 2)


def rd_cut(report, location, where=None) -> str:
    r = where or location["range"]
    ends = [(r[e]["line"], r[e]["column"]) for e in ("start", "end")]
    return cut(files(report)[location["path"]], *ends, "utf-8")


def test_sarif_columns_are_utf16_units(report):
    (run,) = json.loads(writer("sarif").render(report))["runs"]
    assert run["columnKind"] == "utf16CodeUnits"
    cuts, fixed = [], 0
    for result in run["results"]:
        if result["ruleId"] == "incomplete":
            continue
        text = sarif_cut(report, result["locations"][0]["physicalLocation"])
        assert text, "a finding must show on some text"
        cuts.append((result["ruleId"], text))
        for related in result.get("relatedLocations", []):
            assert sarif_cut(report, related["physicalLocation"]).strip()
        fixed += len(result.get("fixes", []))
    assert not [e for e in expected(report) if e not in cuts]
    assert fixed == sum(f.fix is not None for a in report.articles for f in a.all_findings)


def test_sarif_points_at_the_original_sentence():
    report = one_line()
    (run,) = json.loads(writer("sarif").render(report))["runs"]
    for result, marked in zip(run["results"], ("Musgrave", "firefighter", "9:30"), strict=True):
        (original,) = result["relatedLocations"]
        assert f"[the original]({original['id']})" in result["message"]["text"]
        assert original["message"]["text"] == ENGLISH
        assert sarif_cut(report, original["physicalLocation"]) == marked
        whole = {**original["physicalLocation"], "region": original["physicalLocation"]["contextRegion"]}
        assert sarif_cut(report, whole) == ENGLISH


def test_reviewdog_columns_are_utf8_bytes(report):
    cuts = []
    for line in writer("rdjsonl").render(report).splitlines():
        item = json.loads(line)
        if "range" not in item["location"]:
            assert item["code"] == {"value": "incomplete"}
            continue
        code, text = item["code"]["value"].split()[0], rd_cut(report, item["location"])
        assert text
        cuts.append((code, text))
        for related in item.get("related_locations", []):
            assert rd_cut(report, related["location"]).strip()
    assert not [e for e in expected(report) if e not in cuts]


def test_reviewdog_suggestions_replace_what_the_fix_replaces(report):
    items = [json.loads(line) for line in writer("rdjsonl").render(report).splitlines()]
    made = sorted(
        (rd_cut(report, i["location"], s["range"]), s["text"]) for i in items for s in i.get("suggestions", ())
    )
    fixes = [f.fix for a in report.articles for f in a.all_findings if f.fix]
    assert made == sorted((fix.location.text, fix.text) for fix in fixes)


def test_github_columns_are_characters(report):
    cuts = []
    for level, properties, _ in commands(writer("github").render(report)):
        if "col" in properties:
            line = files(report)[properties["file"]][int(properties["line"]) - 1]
            marked = line[int(properties["col"]) - 1 : int(properties["endColumn"]) - 1]
            assert marked
            cuts.append((re.search(r"\((\w+)\)", properties["title"])[1], marked))
            assert level in {"error", "warning", "notice"}
    assert cuts
    assert [c for c in cuts if c in expected(report)]


def test_csv_columns_are_characters(report):
    rows = [r for r in csv.DictReader(io.StringIO(writer("csv").render(report), newline="")) if r["kind"] == "finding"]
    assert len(rows) == sum(len(a.all_findings) for a in report.articles)
    for row, finding in zip(rows, (f for a in report.articles for f in a.all_findings), strict=True):
        lines = files(report)[row["target_path"]]
        text = "\n".join(lines[int(row["target_line"]) - 1 :])
        assert text[int(row["target_start"]) : int(row["target_end"])] == finding.target.text
        assert int(row["target_column"]) == int(row["target_start"]) + 1


def test_junit_columns_are_characters():
    (failure,) = [r for case in junit_cases(one_line()) for r in case.result]
    places = re.findall(r"^target\.fr\.txt:1:(\d+): critical", failure.text, re.MULTILINE)
    assert [FRENCH[int(column) - 1 :][:8] for column in places] == ["Musgrève", "pompière", "9 h 30."]


def junit_cases(report) -> list[junitparser.TestCase]:
    return [
        case for suite in junitparser.JUnitXml.fromstring(writer("junit").render(report).encode()) for case in suite
    ]


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """Workflow commands as the runner's documentation says that they are read; the last line is none."""
    found = []
    *lines, closing = text.splitlines()
    assert re.fullmatch(r"mtqc: .*more in the report\.", closing)
    for line in lines:
        level, given, data = re.fullmatch(r"::(\w+) ([^:]*)::(.*)", line).groups()
        properties = dict(p.split("=", 1) for p in given.split(","))
        for escaped, plain in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
            properties = {k: v.replace(escaped, plain) for k, v in properties.items()}
        for escaped, plain in (("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
            data = data.replace(escaped, plain)
        found.append((level, properties, data))
    return found


def test_github_escapes_so_that_the_runner_reads_the_same():
    report = one_line()
    nasty = "100 % : a,b\r\n::error::injected\n##[error]x %0A ::stop-commands::t"
    finding = report.articles[0].sentences[0].findings[0]
    (first, *_) = commands(writer("github").render(with_findings(report, [replace(finding, message=nasty)])))
    assert first[2].startswith(nasty)
    path = "a,b:c%d/é 1.txt"
    document = replace(report.articles[0].pair.target, path=path)
    moved = replace(report.articles[0], pair=replace(report.articles[0].pair, target=document))
    (first, *_) = commands(writer("github").render(replace(report, articles=(moved,))))
    assert first[1]["file"] == path


def with_findings(report, findings) -> CorpusReport:
    article = report.articles[0]
    sentence = replace(article.sentences[0], findings=tuple(findings))
    return replace(report, articles=(replace(article, sentences=(sentence,)),))


def test_github_prints_ten_of_each_level_and_counts_the_rest():
    text = writer("github").render(sample.large(2_000))
    levels = [c[0] for c in commands(text)]
    assert {level: levels.count(level) for level in levels} == {"error": 10, "warning": 10, "notice": 10}
    shown = [c[1]["title"].split()[0] for c in commands(text) if "file" in c[1]]
    assert shown == ["critical"] * 9 + ["minor"] * 10 + ["neutral"] * 9
    total = sum(len(a.all_findings) for a in sample.large(2_000).articles)
    assert f"{total - len(shown):,} more in the report." in text


def test_an_omission_shows_on_a_real_sentence_of_the_translation():
    (run,) = json.loads(writer("sarif").render(sample.corpus()))["runs"]
    report, by_rule = sample.corpus(), {r["ruleId"]: r for r in run["results"]}
    clause = sarif_cut(report, by_rule["ACC401"]["locations"][0]["physicalLocation"])
    assert clause.startswith("Le syndicat a qualifié")
    sentence = sarif_cut(report, by_rule["ALN101"]["locations"][0]["physicalLocation"])
    assert sentence == "Le dernier traversier part à midi."  # beside the gap
    original = by_rule["ALN101"]["relatedLocations"][0]["physicalLocation"]
    assert sarif_cut(report, original) == "The union meets again on Friday."


def test_an_omission_from_an_empty_translation_still_has_a_line():
    article = make_pair("One line is here.", "")
    like = next(f for f in sample.ferry().all_findings if f.code == "ALN101")
    bead = article.beads[0]
    gap = replace(like, target=bead.target_at(0, 0), source=bead.source_at(0, 17))
    base = sample.harvest()
    sentence = replace(base.sentences[0], bead=bead, findings=(gap,))
    report = CorpusReport((replace(base, pair=article.pair, sentences=(sentence,)),), "s", "1")
    (run,) = json.loads(writer("sarif").render(report))["runs"]
    assert run["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] == 1


def test_equal_findings_have_keys_of_their_own_that_stay():
    report = one_line()
    finding = report.articles[0].sentences[0].findings[0]
    twice = with_findings(report, [finding, finding, finding])
    issues = json.loads(writer("gitlab").render(twice))
    assert len({i["fingerprint"] for i in issues}) == len(issues) == 3
    (run,) = json.loads(writer("sarif").render(twice))["runs"]
    prints = [r["partialFingerprints"]["primaryLocationLineHash"] for r in run["results"]]
    assert len(set(prints)) == 3
    alone = worst_first(with_findings(report, [finding]))[0].key
    assert alone in prints, "the first of several keeps the key that it has alone"


def test_keys_are_unique_over_a_whole_corpus():
    keys = [f.key for f in worst_first(sample.large(1_000))]
    assert len(keys) == len(set(keys)) > 1_000


def test_worst_first_then_the_surest():
    order = [(f.finding.severity, f.finding.confidence) for f in worst_first(sample.corpus())]
    assert order == sorted(order, reverse=True)


def test_what_was_accepted_is_left_out():
    report = one_line()
    first, *rest = report.articles[0].sentences[0].findings
    first = replace(first, message="Nobody minds this.")
    accepted = replace(with_findings(report, rest), suppressed=(Suppressed("test", first, "baseline"),))
    for name in ("sarif", "gitlab", "junit", "rdjsonl", "marot", "github"):
        text = writer(name).render(accepted)
        assert first.fingerprint not in text
        assert first.message not in text
    assert "1 finding accepted beforehand" in writer("github").render(accepted)
    (run,) = json.loads(writer("sarif").render(accepted))["runs"]
    assert run["properties"]["suppressed"] == 1


def test_paths_count_from_the_root():
    root = Path("/srv/site")
    assert relative("/srv/site/fr/a.txt", root) == "fr/a.txt"
    assert relative("./fr/../fr/a.txt", root) == "fr/a.txt"
    assert relative("/elsewhere/a.txt", root) == "/elsewhere/a.txt"
    assert uri("fr/l’été 1:2%.txt", root) == "fr/l%E2%80%99%C3%A9t%C3%A9%201%3A2%25.txt"
    assert uri("/elsewhere/a b.txt", root) == "file:///elsewhere/a%20b.txt"
    assert uri("../a.txt", root) == "../a.txt"
    assert uri("f\udce9.txt", root) == "f%E9.txt", "a file name in Latin-1, as Python reads it"
    assert uri("f\ud83d.txt", root) == "f%3F.txt"


def test_a_document_without_a_path_goes_by_its_article():
    report = one_line()
    article = report.articles[0]
    nameless = replace(article.pair, target=replace(article.pair.target, path=""))
    issues = json.loads(writer("gitlab").render(replace(report, articles=(replace(article, pair=nameless),))))
    assert {i["location"]["path"] for i in issues} == {"test"}


PAGE = """<html><head><title>x</title></head><body><nav>Menu</nav>
<article>

<h1>{head}</h1>
<p>{first}</p>

<p>{second}
<a href="/x">{link}</a> {end}</p>
</article></body></html>
"""


def pages(folder: Path) -> None:
    english = ("The mayor leaves", "She was 61 years old.", "The council met on", "Monday", "to choose another one.")
    french = (
        "La mairesse s’en va",
        "Elle avait 61 ans.",
        "Le conseil s’est réuni",
        "lundi",
        "pour en élire une autre.",
    )
    for lang, texts in (("en", english), ("fr", french)):
        page = PAGE.format(**dict(zip(("head", "first", "second", "link", "end"), texts, strict=True)))
        (folder / f"a.{lang}.html").write_text(page, encoding="utf-8")


def marked(pair, text: str) -> CorpusReport:
    """A report on one pair with a finding on this French text."""
    article = make_pair("x", "x")
    base = sample.harvest()
    like = sample.ferry().sentences[1].findings[0]
    at = pair.target.text.index(text)
    place = replace(like.target, span=Span(at, at + len(text)), text=text)
    finding: Finding = replace(like, target=place, source=None, fix=replace(like.fix, location=place))
    sentence = replace(base.sentences[0], bead=article.beads[0], findings=(finding,))
    return CorpusReport((replace(base, pair=pair, sentences=(sentence,)),), "s", "1")


@pytest.mark.parametrize("text", ["mairesse", "61 ans", "conseil", "lundi"])
def test_of_a_web_page_the_line_is_the_pages_own(tmp_path, text):
    pages(tmp_path)
    (pair,) = read_pairs(tmp_path / "a.en.html", tmp_path / "a.fr.html")
    lines = (tmp_path / "a.fr.html").read_text(encoding="utf-8").split("\n")
    report = marked(pair, text)
    view = View(root=tmp_path)
    (issue,) = json.loads(writer("gitlab").render(report, view))
    assert issue["location"]["path"] == "a.fr.html"
    assert text in lines[issue["location"]["lines"]["begin"] - 1]
    (item,) = [json.loads(line) for line in writer("rdjsonl").render(report, view).splitlines()]
    assert "column" not in item["location"]["range"]["start"]
    assert "suggestions" not in item, "where only the line is known, it would replace the whole line"
    (run,) = json.loads(writer("sarif").render(report, view))["runs"]
    assert "startColumn" not in run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert "fixes" not in run["results"][0]


def test_of_a_page_that_is_not_at_hand_the_line_is_unknown():
    report = marked(make_pair("a\nb", "eh\nbe").pair, "be")
    article = report.articles[0]
    page = Document("eh\nbe", "fr", "page.html")
    lost = replace(report, articles=(replace(article, pair=replace(article.pair, target=page)),))
    (issue,) = json.loads(writer("gitlab").render(lost))
    assert issue["location"]["lines"] == {"begin": 1}


@pytest.mark.parametrize("kind", ["tsv", "jsonl"])
def test_of_a_table_the_line_is_the_rows(tmp_path, kind):
    rows = [
        ("one", "The mayor of the town leaves.", "Le maire de la ville s’en va."),
        ("two", "The council met on Monday.", "Le conseil s’est réuni lundi."),
        ("one", "She was 61 years old and tired.", "Elle avait 61 ans et elle était lasse."),
    ]
    path = tmp_path / f"pairs.{kind}"
    if kind == "tsv":
        text = "\n".join("\t".join((en, fr, name)) for name, en, fr in rows)
    else:
        text = "\n\n".join(json.dumps({"article": n, "en": en, "fr": fr}, ensure_ascii=False) for n, en, fr in rows)
    path.write_text(text, encoding="utf-8")
    first, second = read_pairs(path)
    for pair, words in ((first, "61 ans"), (first, "maire"), (second, "réuni")):
        (issue,) = json.loads(writer("gitlab").render(marked(pair, words), View(root=tmp_path)))
        assert issue["location"]["path"] == f"pairs.{kind}"
        assert words in path.read_text(encoding="utf-8").split("\n")[issue["location"]["lines"]["begin"] - 1]


def test_a_mark_over_a_line_end_ends_on_the_next_line():
    report = marked(make_pair("a\nb", "hé oui\r\nbien sûr").pair, "oui\r\nbien")
    region = Hosted(report.articles[0]).marked(worst_first(report)[0])
    assert (region.start.line, region.start.column("utf-8")) == (1, 5)
    assert (region.end.line, region.end.column("utf-8")) == (2, 5)
    (command, *_) = commands(writer("github").render(report))
    assert (command[1]["line"], command[1]["endLine"]) == ("1", "2")
    assert "col" not in command[1], "GitHub takes columns on one line only"
