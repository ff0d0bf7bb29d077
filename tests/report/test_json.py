"""The JSON report against its schema, its documentation and the texts it speaks of."""

from __future__ import annotations

import json
import math
import re
from dataclasses import replace
from pathlib import Path

import pytest
import sample
from jsonschema import Draft202012Validator, ValidationError

from mtqc.model import Evidence, Location, Span
from mtqc.report import WRITERS, csv_writer, json_schema, json_writer

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "mtqc" / "report" / "schema" / "mtqc-report-1.json"
DOCS = ROOT / "docs" / "report-schema.md"


def strict(part):
    """The schema with unknown keys forbidden: for the writer's own tests, not for readers."""
    if isinstance(part, list):
        return [strict(x) for x in part]
    if not isinstance(part, dict):
        return part
    closed = {k: strict(v) for k, v in part.items()}
    return closed | ({"additionalProperties": False} if "title" in part and "properties" in part else {})


@pytest.fixture(scope="module")
def report():
    return json.loads(json_writer.render(sample.corpus()))


def test_the_shipped_schema_is_current(same_as_file):
    same_as_file(SHIPPED, json_schema.schema_text())


def test_the_report_is_valid_and_has_no_key_beside_the_schema(report):
    Draft202012Validator.check_schema(json_schema.schema())
    Draft202012Validator(strict(json_schema.schema())).validate(report)


def test_lines_are_valid_items_with_their_article(report):
    whole = strict(json_schema.schema())
    validator = Draft202012Validator({"$ref": "#/$defs/line", "$defs": whole["$defs"]})
    lines = [json.loads(x) for x in json_writer.render_lines(sample.corpus()).splitlines()]
    extra = {"article", "article_findings", "article_complete"}
    for line in lines:
        validator.validate(line)
    assert [{k: v for k, v in x.items() if k not in extra} for x in lines] == [
        s for a in report["articles"] for s in a["sentences"]
    ]
    assert [f["code"] for x in lines for f in x["article_findings"]] == ["TRM101"]
    assert lines[0]["article_findings"] == report["articles"][0]["findings"]


@pytest.mark.parametrize("null", ["back_translation", "quality"])
def test_the_schema_refuses_a_null_without_its_reason(report, null):
    broken = json.loads(json.dumps(report))
    broken["articles"][0]["sentences"][0][null] = None
    with pytest.raises(ValidationError):
        Draft202012Validator(json_schema.schema()).validate(broken)


def test_every_place_names_the_text_that_stands_there(report):
    found = 0
    for given, article in zip(sample.corpus().articles, report["articles"], strict=True):
        texts = {"source": given.pair.source.text, "target": given.pair.target.text}
        for side, place in places(article):
            starts = [0, *(m.end() for m in re.finditer("\n", texts[side]))]
            at = starts[place["line"] - 1]
            assert texts[side][at + place["start"] : at + place["end"]] == place["text"]
            assert place.get("column", place["start"] + 1) == place["start"] + 1
            assert place.get("end_line", place["line"]) == place["line"] + place["text"].count("\n")
            found += 1
    assert found > 40


def places(article):
    for sentence in article["sentences"]:
        yield "source", sentence["source"]
        yield "target", sentence["target"]
    for finding in [f for s in article["sentences"] for f in s["findings"]] + article["findings"]:
        yield "target", finding["target"]
        if finding["source"]:
            yield "source", finding["source"]
        yield from ((r["side"], r) for r in finding["related"])


def test_values(report):
    article = report["articles"][0]
    sentences = {s["id"]: s for s in article["sentences"]}
    assert sentences["s3"]["source"]["end_line"] == 4
    assert sentences["s3"]["alignment"] == {"type": "2-1", "confidence": 0.98}
    assert sentences["s5"]["not_measured"] == {"back_translation": "the hypothesis repeats itself"}
    assert sentences["s8"]["target"] == {"text": "", "line": 7 + 1, "start": 0, "end": 0}
    assert sentences["s10"]["role"] == "boilerplate"
    emoji = sentences["s5"]["findings"][0]["target"]
    assert (emoji["line"], emoji["start"]) == (5, sample.ROWS[4][1][0].rindex(" "))
    assert article["complete"] is False
    assert report["articles"][1]["score"]["bleu"] is None
    assert report["articles"][1]["score"]["not_measured"]["bleu"] == "no translation model was run"
    assert report["summary"]["findings"] == {"critical": 4, "major": 3, "minor": 4, "neutral": 1}
    assert report["summary"]["gate"] == {"verdict": "not run", "reasons": [], "notes": []}
    fixes = [f["fix"] for s in article["sentences"] for f in s["findings"] if f["fix"]]
    assert [f["target"]["text"] for f in fixes if "target" in f] == ["portuaire"]


def test_an_infinite_number_is_still_json():
    report = sample.corpus()
    sentence = report.articles[0].sentences[0]
    finding = replace(sentence.findings[0], evidence=(Evidence("odds", math.inf),))
    article = replace(report.articles[0], sentences=(replace(sentence, findings=(finding,)),))
    assert '"value": "inf"' in json_writer.render(replace(report, articles=(article,)))


def test_a_place_may_run_over_a_line_end():
    report = sample.corpus()
    pair = report.articles[0].pair
    start = pair.target.text.index("emplois")
    end = pair.target.text.index("La directrice") + 2
    place = Location("target", Span(start, end), pair.target.text[start:end])
    finding = replace(report.articles[0].findings[0], target=place)
    target = json.loads(
        json_writer.render(replace(report, articles=(replace(report.articles[0], findings=(finding,)),)))
    )
    where = target["articles"][0]["findings"][0]["target"]
    assert (where["line"], where["end_line"], where["end"] - where["start"]) == (1, 2, len(place.text))


def section(name, body, text):
    return re.sub(
        rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", lambda m: f"{m[1]}{body}\n{m[2]}", text, flags=re.DOTALL
    )


def test_the_documentation_explains_every_key(same_as_file):
    text = DOCS.read_text(encoding="utf-8")
    writers = "\n".join(f"| `{w.name}` | `{w.suffix}` | {w.description} |" for w in WRITERS)
    columns = "\n".join(f"| `{name}` | {meaning} |" for name, meaning in csv_writer.COLUMNS.items())
    text = section("writers", f"| name | file | what |\n|---|---|---|\n{writers}", text)
    text = section("keys", json_schema.tables(), text)
    text = section("columns", f"| column | what |\n|---|---|\n{columns}", text)
    same_as_file(DOCS, text)
    schema = json_schema.schema()
    for name, part in {"report": schema, **schema["$defs"]}.items():
        described = text.split(f"\n### {name}\n")[1].split("\n### ")[0]
        for key, value in part["properties"].items():
            assert f"| `{key}` |" in described
            assert value["description"].endswith(".")


def test_every_definition_is_used():
    text = json_schema.schema_text()
    unused = [name for name in json_schema.schema()["$defs"] if f'"#/$defs/{name}"' not in text]
    assert unused == ["line"]


def test_estimates_of_heavy_models_stand_only_where_they_were_asked_for(report):
    assert all("estimates" not in s for a in report["articles"] for s in a["sentences"])
    corpus = sample.corpus()
    first = corpus.articles[0]
    signals = replace(first.sentences[0].signals, comet=0.81234567, similarity=-0.5)
    rated = replace(first, sentences=(replace(first.sentences[0], signals=signals), *first.sentences[1:]))
    said = json.loads(json_writer.render(replace(corpus, articles=(rated, *corpus.articles[1:]))))
    Draft202012Validator(strict(json_schema.schema())).validate(said)
    assert said["articles"][0]["sentences"][0]["estimates"] == {"comet": 0.8123, "similarity": -0.5}
