"""`mtqc precision`: from reviewed runs and decisions files to a table, and to the file that check reads."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from mtqc import cli
from mtqc.report.json_reader import load
from mtqc.review.events import Event
from mtqc.review.store import Store, beside
from mtqc.text.tokens import fold

EN = "The plan would cost $3 billion.\n"
FR = "Le plan coûterait 3 millions de dollars.\n"


@pytest.fixture
def mtqc(monkeypatch, capsys):
    def call(*args: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["mtqc", *args])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return int(ended.value.code or 0), out, err

    return call


@pytest.fixture
def run(tmp_path, monkeypatch, mtqc):
    """A run of 22 articles with the same mistake, each in other words."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "texts").mkdir()
    for n in range(22):
        (tmp_path / f"texts/a{n}.en.txt").write_text(EN.replace("3", str(n + 3)), encoding="utf-8")
        (tmp_path / f"texts/a{n}.fr.txt").write_text(FR.replace("3", str(n + 3)), encoding="utf-8")
    assert mtqc("check", "texts", "--fast", "-f", "json", "-o", "run/mtqc-report.json")[0] == 0
    return tmp_path / "run"


def decide(run, right, wrong):
    report = load(run)
    store = Store(beside(run))
    for n, article in enumerate(report.articles[: right + wrong]):
        [f] = [f for f in article.all_findings if f.code == "ACC301"]
        action = "accept" if n < right else "dismiss"
        text, source = fold(f.target.text), fold(f.source.text)
        event = Event(
            0, "", "Anna", action, "finding", article.pair.id, "s1", f.fingerprint, f.code, text, source, "", "", 0
        )
        store.append(event, seen=n)
    store.close()


def test_the_table_names_rule_number_share_and_interval(run, mtqc):
    decide(run, 15, 5)
    code, out, err = mtqc("precision", "run")
    assert (code, err) == (0, "")
    heading, row = (line.split() for line in out.splitlines())
    assert heading == "rule name right of share 95 % interval".split()
    assert (row[0], row[2:]) == ("ACC301", "15 20 75% 53% to 89%".split())


def test_json_output_and_the_decisions_file_say_the_same(run, mtqc):
    decide(run, 15, 5)
    code, out, _ = mtqc("precision", str(run / "mtqc-report.json"), "-f", "json", "-o", "desk.json")
    assert code == 0
    assert Path("desk.json").read_text(encoding="utf-8") == out
    rule = json.loads(out)["rules"][0]
    assert (rule["code"], rule["right"], rule["decided"], rule["used"]) == ("ACC301", 15, 20, True)
    assert rule["name"]
    assert mtqc("review", "run", "--export", "out", "-f", "decisions")[0] == 0
    again = json.loads(mtqc("precision", "out/mtqc-decisions.json", "-f", "json")[1])
    assert again["rules"] == json.loads(out)["rules"]
    both = json.loads(mtqc("precision", "run", "out/mtqc-decisions.json", "-f", "json")[1])
    assert both["rules"] == again["rules"], "the same decisions count once"


def test_fed_back_it_changes_confidence_and_signature_and_sarif(run, mtqc, tmp_path):
    decide(run, 2, 18)
    before = json.loads((run / "mtqc-report.json").read_text(encoding="utf-8"))
    assert mtqc("precision", "run", "--output", "desk.json")[0] == 0
    (tmp_path / "mtqc.toml").write_text('precision = "desk.json"\n', encoding="utf-8")
    assert mtqc("check", "texts", "--fast", "-f", "json", "-o", "after/", "-f", "sarif")[0] == 0
    after = json.loads((tmp_path / "after/mtqc-report.json").read_text(encoding="utf-8"))
    assert after["tool"]["signature"] != before["tool"]["signature"]

    def confidence(data):
        return data["articles"][0]["sentences"][0]["findings"][0]["confidence"]

    assert confidence(after) == pytest.approx((2 + 5 * confidence(before)) / 25, abs=1e-3)
    rules = json.loads((tmp_path / "after/mtqc-report.sarif").read_text(encoding="utf-8"))["runs"][0]["tool"]["driver"][
        "rules"
    ]
    assert [r["properties"]["precision"] for r in rules if r["id"] == "ACC301"] == ["low"]
    code, _, err = mtqc("gate", "texts", "--fast", "--baseline", "old.json")
    assert (code, "no such file" in err) == (2, True)


def test_a_configuration_that_names_the_file_already_is_no_obstacle_to_writing_it(run, mtqc, tmp_path):
    decide(run, 15, 5)
    (tmp_path / "mtqc.toml").write_text('precision = "desk.json"\n', encoding="utf-8")
    code, _, err = mtqc("check", "texts", "--fast")
    assert (code, "desk.json: no such file." in err, "mtqc precision RUN … --output" in err) == (2, True, True)
    assert mtqc("precision", "run", "-o", "desk.json")[0] == 0
    assert "no such file" not in mtqc("check", "texts", "--fast")[2]


def test_a_run_that_nobody_reviewed_is_told_so(run, mtqc):
    assert mtqc("precision", "run") == (
        2,
        "",
        "mtqc: error: run: nothing was accepted or dismissed.\n  Review the run first: mtqc review RUN.\n",
    )
    assert not beside(run).exists(), "nothing was written"


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("{", "not valid JSON"),
        ('{"schema": "mtqc-baseline/1", "signature": "", "entries": []}', "not a report in the layout mtqc-report/1"),
        ('{"schema": "mtqc-decisions/1"}', "“entries” is not a list"),
        ('{"schema": "mtqc-decisions/1", "entries": [{}]}', "entry 1"),
        ('{"schema": "mtqc-decisions/1", "entries": []}', "nothing was accepted or dismissed"),
        (
            '{"schema": "mtqc-decisions/1", "entries": [{"code": "ACC301", "article": "a", "fingerprint": "f", "scope":'
            ' "finding", "decision": "dismissed", "cases": -1}]}',
            "entry 1: cases = -1 is not a whole number",
        ),
    ],
)
def test_a_wrong_file_is_one_sentence(tmp_path, mtqc, content, what):
    path = tmp_path / "x.json"
    path.write_text(content, encoding="utf-8")
    code, out, err = mtqc("precision", str(path))
    assert (code, out) == (2, "")
    assert what in err
    assert str(path) in err


def test_what_is_not_there_and_a_format_that_is_not(tmp_path, mtqc, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert "nothing.json: no such report" in mtqc("precision", "nothing.json")[2]
    assert "--format html: no such format" in mtqc("precision", "nothing.json", "-f", "html")[2]
