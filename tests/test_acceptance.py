"""The real auto-translated article of ../shared, with the shipped model: what must, should and must not be found."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("MTQC_SHARED", ROOT.parent / "shared"))
ARTICLE = SHARED / "articles" / "openai-offer"
ORDER = ["neutral", "minor", "major", "critical"]

pytestmark = [
    pytest.mark.shared,
    pytest.mark.model,
    pytest.mark.skipif(not ARTICLE.is_dir(), reason=f"the article is not at {ARTICLE}"),
]


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    path = tmp_path_factory.mktemp("acceptance") / "report.json"
    command = [sys.executable, "-c", "from mtqc.cli import main; main()", "check", "--no-cache"]
    texts = [str(ARTICLE / "source.en.txt"), str(ARTICLE / "target.fr.txt"), "--output", str(path)]
    done = subprocess.run([*command, *texts], check=False, capture_output=True, text=True, cwd=path.parent)
    assert done.returncode == 0, done.stderr
    return json.loads(path.read_text(encoding="utf-8"))["articles"][0]


@pytest.fixture(scope="module")
def gold():
    return [json.loads(x) for x in (ARTICLE / "gold.jsonl").read_text(encoding="utf-8").splitlines() if x.strip()]


def findings(report):
    return [f for s in report["sentences"] for f in s["findings"]] + report["findings"]


def overlapping(report, error):
    start, end = error["target_span"]
    places = ((f, f["target"]) for f in findings(report))
    return [f for f, p in places if p["line"] == error["target_line"] and p["start"] < end and start < p["end"]]


def test_every_must_is_found_at_its_span_with_its_severity(report, gold):
    for error in (g for g in gold if g["required"] == "must"):
        exact = [f for f in overlapping(report, error) if f["target"]["text"] == error["target_text"]]
        assert exact, error["target_text"]
        worst = max(ORDER.index(f["severity"]) for f in exact)
        assert worst >= ORDER.index(error["severity"]), error["target_text"]
        if error["category"].endswith("named-entity"):
            assert exact[0]["fix"]["text"] == error["suggestion"]


def test_at_least_half_of_the_shoulds_are_found(report, gold):
    should = [g for g in gold if g["required"] == "should"]
    assert 2 * sum(bool(overlapping(report, g)) for g in should) >= len(should)


def test_the_notice_is_boilerplate(report, gold):
    (notice,) = [g for g in gold if g["required"] == "must-not-flag"]
    on_it = [f for f in findings(report) if f["target"]["line"] == notice["target_line"]]
    assert {f["name"] for f in on_it} == {"boilerplate"}
    assert {f["severity"] for f in on_it} == {"neutral"}


def test_at_most_three_serious_findings_that_the_gold_does_not_have(report, gold):
    known = [id(f) for g in gold for f in overlapping(report, g)]
    serious = [f for f in findings(report) if f["severity"] in ("critical", "major")]
    assert len([f["message"] for f in serious if id(f) not in known]) <= 3


@pytest.mark.parametrize(
    "text", ["97,4", "9,74", "milliards", "Valor Equity", "Wall Street Journal", "R-La.", "Autism Capital", "8VC"]
)
def test_what_is_right_raises_nothing(report, gold, text):
    wrong = [i for g in gold for i in map(id, overlapping(report, g))]
    marked = [f for f in findings(report) if f["severity"] != "neutral" and id(f) not in wrong]
    assert not [f["message"] for f in marked if text in f["target"]["text"]]
