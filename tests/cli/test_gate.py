"""mtqc gate, baseline, diff and check --gate: what they print, write and exit with. No model is run."""

from __future__ import annotations

import json
import shlex
import sys

import pytest

from mtqc import cli
from mtqc.report import json_reader

EN = "The mayor of Springvale resigned on Monday.\nShe told Reuters that the new plan would cost $3 billion.\n"
GOOD = (
    "La maire de Springvale a démissionné lundi.\n"
    "Elle a dit à Reuters que le nouveau plan coûterait 3 milliards de dollars.\n"
)
BAD = GOOD.replace("milliards", "millions")
WORSE = BAD.replace("lundi", "mardi")


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A working folder with a good pair, g, and a bad one, b."""
    monkeypatch.chdir(tmp_path)
    for name, french in (("g", GOOD), ("b", BAD), ("w", WORSE)):
        (tmp_path / f"{name}.en.txt").write_text(EN, encoding="utf-8")
        (tmp_path / f"{name}.fr.txt").write_text(french, encoding="utf-8")
    return tmp_path


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


def pair(name: str) -> tuple[str, str]:
    return f"{name}.en.txt", f"{name}.fr.txt"


# gate


def test_a_good_translation_passes(here, mtqc):
    code, out, _ = mtqc("gate", *pair("g"), "--fast")
    assert code == 0
    assert out.startswith("Gate: passed (1 article, 2 sentences)")
    assert "fewer" not in out
    assert "not statistically reliable" in out


def test_a_bad_one_fails_and_the_reason_names_article_and_line(here, mtqc):
    code, out, _ = mtqc("gate", *pair("b"), "--fast")
    assert code == 1
    assert out.splitlines()[1].startswith("  b: 1 critical finding: line 2 (ACC301)")
    assert "b:2: critical ACC301" in out


def test_exit_zero(here, mtqc):
    code, out, _ = mtqc("gate", *pair("b"), "--fast", "--exit-zero")
    assert (code, out[:12]) == (0, "Gate: FAILED")
    (here / "b.fr.txt").write_text("", encoding="utf-8")
    assert mtqc("gate", *pair("b"), "--fast", "--exit-zero")[0] == 2


def test_what_could_not_be_read_is_exit_3_also_with_exit_zero(here, mtqc):
    (here / "pairs").mkdir()
    for name in ("g.en.txt", "g.fr.txt", "w.en.txt"):
        (here / "pairs" / name).write_bytes((here / name).read_bytes())
    code, out, _ = mtqc("gate", "pairs", "--fast", "--exit-zero")
    assert code == 3
    assert "NOT JUDGED" in out
    assert "w could not be read" in out


def test_nothing_to_check_fails(here, mtqc):
    code, out, _ = mtqc("gate", *pair("g"), "--fast", "--select", "ACC602")
    assert code == 1
    assert "nothing to check" in out
    assert mtqc("check", *pair("g"), "--fast", "--select", "ACC602")[0] == 3
    (here / "none").mkdir()
    assert mtqc("gate", "none")[0] == 2


@pytest.mark.parametrize("option", ["--max-critical", "--max-majors", "--pass-mark", "--acceptable-points"])
def test_thresholds_on_the_command_line(here, mtqc, option):
    assert mtqc("gate", *pair("b"), "--fast", option, "1")[0] == (0 if option == "--max-critical" else 1)


def test_thresholds_in_the_configuration(here, mtqc):
    (here / "mtqc.toml").write_text("[gate]\nmax-critical = 1\n", encoding="utf-8")
    assert mtqc("gate", *pair("b"), "--fast")[0] == 0
    assert mtqc("gate", *pair("b"), "--fast", "--max-critical", "0")[0] == 1


def test_every_format_with_the_verdict_in_it(here, mtqc):
    args = ["-f", "json", "-f", "html", "-f", "sarif", "-f", "junit", "-o", "out"]
    code, out, err = mtqc("gate", *pair("b"), "--fast", *args)
    assert (code, err) == (1, "")
    assert out.startswith("Gate: FAILED")
    data = json.loads((here / "out" / "mtqc-report.json").read_text(encoding="utf-8"))
    assert data["summary"]["gate"]["verdict"] == "failed"
    assert "b: 1 critical finding: line 2 (ACC301)." in data["summary"]["gate"]["reasons"]
    assert (here / "out" / "mtqc-report.html").exists()
    assert len(list((here / "out").iterdir())) == 4


def test_a_report_on_standard_output_sends_the_verdict_to_standard_error(here, mtqc):
    code, out, err = mtqc("gate", *pair("b"), "--fast", "-f", "json")
    assert code == 1
    assert json.loads(out)["summary"]["gate"]["verdict"] == "failed"
    assert "Gate: FAILED" in err


# A run that is there already


def test_a_run_is_judged_without_measuring_again(here, mtqc, monkeypatch):
    assert mtqc("check", *pair("b"), "--fast", "-f", "json", "-o", "run/mtqc-report.json")[0] == 0
    for name in ("b.en.txt", "b.fr.txt"):
        (here / name).unlink()
    monkeypatch.setattr("mtqc.cli.check.run", lambda *_: 1 / 0)
    for run in ("run", "run/mtqc-report.json"):
        code, out, _ = mtqc("gate", run)
        assert code == 1
        assert "b: 1 critical finding: line 2 (ACC301)." in out


def test_a_folder_with_texts_and_a_report_is_not_guessed_at(here, mtqc):
    assert mtqc("check", *pair("g"), "--fast", "-o", "mtqc-report.json")[0] == 0
    code, _, err = mtqc("gate", ".")
    assert code == 2
    assert "texts and a report" in err
    assert "mtqc-report.json" in err


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["gate", "nowhere.json"], "nowhere.json: no such report"),
        (["gate", "nowhere"], "nowhere"),
        (["gate", "bad.json"], "not valid JSON"),
        (["gate", "other.json"], "not a report in the layout mtqc-report/1"),
        (["gate", "run.json", "--select", "ACC"], "--select does nothing here"),
        (["gate", "run.json", "--fast"], "--no-model does nothing here"),
        (["gate", "run.json", "--max-majors", "nan"], "max-majors"),
        (["gate", "run.json", "--pass-mark", "100"], "pass-mark"),
        (["gate", "run.json", "--max-majors", "few"], "--max-majors"),
        (["gate", "run.json", "-f", "json", "--lang", "de"], "--lang de"),
        (["gate", "run.json", "--lang", "fr"], "--lang does nothing without --format"),
        (["gate", "run.json", "--output", "out"], "which format?"),
        (["gate", "run.json", "-f", "json", "--previous", "nowhere.json"], "nowhere.json"),
        (["gate", "run.json", "--baseline", "nowhere.json"], "mtqc baseline"),
        (["gate", "run.json", "--baseline", "bad.json"], "not valid JSON"),
        (["gate", "run.json", "--baseline", "run.json"], "mtqc-report/1"),
        (["gate", "run.json", "--suppressions", "base.json"], "Give it as --baseline"),
        (["gate", "run.json", "--baseline", "s.toml"], "Give it as --suppressions"),
        (["gate", "run.json", "--suppressions", "typo.toml"], "ACX"),
        (["gate", "run.json", "--decisions", "nowhere.json"], "nowhere.json"),
        (["check", "g.en.txt", "g.fr.txt", "--max-majors", "3"], "--max-majors does nothing without --gate"),
        (["check", "g.en.txt", "g.fr.txt", "--baseline", "base.json"], "--baseline does nothing without --gate"),
        (["baseline", "run.json", "--output", "g.fr.txt"], "something else than a baseline"),
        (["baseline", "nowhere.json"], "nowhere.json"),
        (["diff", "run.json", "nowhere.json"], "nowhere.json"),
        (["diff", "run.json", "bad.json"], "not valid JSON"),
        (["diff", "run.json", "run.json", "--format", "xml"], "xml"),
    ],
)
def test_wrong_input_is_exit_2_and_one_sentence(here, mtqc, args, said):
    assert mtqc("check", *pair("g"), "--fast", "-o", "run.json")[0] == 0
    assert mtqc("baseline", "run.json", "-o", "base.json")[0] == 0
    (here / "bad.json").write_text("{", encoding="utf-8")
    (here / "other.json").write_text("{}", encoding="utf-8")
    (here / "s.toml").write_text("[[suppress]]\nrule = 'LOC'\nreason = 'x'\ndate = 2026-11-28\n", encoding="utf-8")
    (here / "typo.toml").write_text("[[suppress]]\nrule = 'ACX'\nreason = 'x'\ndate = 2026-11-28\n", encoding="utf-8")
    code, _, err = mtqc(*args)
    assert code == 2
    assert said in err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[gate]\nmax-major = 3\n", "Did you mean “max-majors”?"),
        ("[gate]\nmax-majors = 'few'\n", "no number that fits"),
        ("[gate]\nmax-critical = 0.5\n", "no number that fits"),
        ("[gate]\nmax-majors = true\n", "no number that fits"),
        ("[gate]\npass-mark = 100\n", "pass-mark"),
        ("gate = 3\n", "a table is expected"),
        ("baseline = 3\n", "not a string"),
        ("interface = 'de'\n", "unknown language “de”"),
        ("suppressions = 'gone.toml'\n", "gone.toml: no such file"),
    ],
)
def test_wrong_configuration(here, mtqc, text, said):
    (here / "mtqc.toml").write_text(text, encoding="utf-8")
    code, _, err = mtqc("gate", *pair("g"), "--fast")
    assert code == 2
    assert said in err


# Baseline


def test_baseline_then_a_new_error(here, mtqc):
    code, out, _ = mtqc("baseline", *pair("b"), "--fast")
    assert (code, out) == (0, "mtqc-baseline.json: 1 finding in 1 article accepted from now on.\n")
    args = ["--fast", "--max-majors", "0", "--baseline", "mtqc-baseline.json"]
    code, out, _ = mtqc("gate", *pair("b"), *args)
    assert code == 0
    assert "1 finding accepted beforehand and not counted: 1 by baseline." in out
    (here / "b.fr.txt").write_text(WORSE, encoding="utf-8")
    code, out, _ = mtqc("gate", *pair("b"), *args)
    assert code == 1
    assert "line 1 (ACC310)" in out
    assert "line 2" not in out
    (here / "b.fr.txt").write_text(GOOD, encoding="utf-8")
    code, out, _ = mtqc("gate", *pair("b"), *args)
    assert code == 0
    assert "Accepted beforehand, and no longer needed or not in full\n  mtqc-baseline.json, entry 1" in out


def test_the_configured_baseline_is_read_by_the_gate_only(here, mtqc):
    assert mtqc("baseline", *pair("b"), "--fast")[0] == 0
    (here / "mtqc.toml").write_text('baseline = "mtqc-baseline.json"\n', encoding="utf-8")
    assert mtqc("gate", *pair("b"), "--fast")[0] == 0
    assert mtqc("check", *pair("b"), "--fast", "--gate")[0] == 0
    _, out, _ = mtqc("check", *pair("b"), "--fast", "-f", "json")
    assert json.loads(out)["summary"]["findings"]["critical"] == 1


def test_a_baseline_of_another_signature_is_refused_and_the_named_command_renews_it(here, mtqc):
    assert mtqc("baseline", *pair("b"), "--fast")[0] == 0
    (here / "other.toml").write_text("[checks.attribution]\n[checks.numbers]\nreach = 3\n", encoding="utf-8")
    args = [*pair("b"), "--fast", "--config", "other.toml"]
    code, _, err = mtqc("gate", *args, "--baseline", "mtqc-baseline.json")
    assert code == 2
    assert "differs in checks" in err
    (command,) = (line.split("Renew it with: ")[1] for line in err.splitlines() if "Renew" in line)
    assert mtqc(*shlex.split(command)[1:])[0] == 0
    assert mtqc("gate", *args, "--baseline", "mtqc-baseline.json")[0] == 0


def test_a_baseline_of_an_incomplete_run_is_written_and_exit_3(here, mtqc):
    (here / "w.fr.txt").unlink()
    code, out, err = mtqc("baseline", ".", "--fast")
    assert code == 3
    assert "accepted from now on" in out
    assert "not everything could be judged" in err


# Suppressions


def test_suppressions_hold_in_check_and_gate_and_are_listed(here, mtqc):
    text = "[[suppress]]\nrule = 'ACC301'\npath = 'b.fr.txt'\nreason = 'As agreed.'\ndate = 2026-11-01\n"
    (here / "s.toml").write_text(text, encoding="utf-8")
    (here / "mtqc.toml").write_text("suppressions = 's.toml'\n", encoding="utf-8")
    code, out, _ = mtqc("check", *pair("b"), "--fast", "-f", "json")
    (entry,) = json.loads(out)["suppressed"]
    assert (entry["by"], entry["reason"], entry["date"]) == ("suppression", "As agreed.", "2026-11-01")
    code, out, _ = mtqc("gate", *pair("b"), "--fast")
    assert code == 0
    assert "1 by suppression" in out
    code, out, _ = mtqc("gate", *pair("g"), "--fast")
    assert code == 0
    assert "s.toml, entry 1 (rule ACC301, path b.fr.txt) matched nothing." in out


def test_a_baseline_leaves_out_what_is_suppressed(here, mtqc):
    (here / "s.toml").write_text("[[suppress]]\nrule = 'ACC301'\nreason = 'x'\ndate = 2026-11-01\n", encoding="utf-8")
    assert mtqc("baseline", *pair("b"), "--fast", "--suppressions", "s.toml")[1].startswith(
        "mtqc-baseline.json: 0 findings"
    )


# check --gate


def test_check_gate_decides_the_exit_code_and_the_report_holds_the_verdict(here, mtqc):
    code, out, err = mtqc("check", *pair("b"), "--fast", "--gate", "-f", "json")
    assert code == 1
    assert json.loads(out)["summary"]["gate"]["verdict"] == "failed"
    assert err.startswith("Gate: FAILED")
    assert mtqc("check", *pair("b"), "--fast", "--gate", "--exit-zero", "--max-majors", "9")[0] == 0
    assert mtqc("check", *pair("g"), "--fast", "--gate")[0] == 0


def test_check_and_gate_of_the_run_agree(here, mtqc):
    for name in ("g", "b", "w"):
        first = mtqc("check", *pair(name), "--fast", "--gate", "-o", "run.json")
        again = mtqc("gate", "run.json")
        assert (first[0], first[2]) == (again[0], again[1])
        assert json_reader.load(here / "run.json").verdict.verdict != "not run"


# diff


def test_diff(here, mtqc):
    for name in ("b", "w"):
        assert mtqc("check", *pair(name), "--fast", "-o", f"{name}/mtqc-report.json")[0] == 0
    for name in ("b", "w"):
        path = here / name / "mtqc-report.json"
        path.write_text(path.read_text(encoding="utf-8").replace(f'"id": "{name}"', '"id": "x"'), encoding="utf-8")
    code, out, err = mtqc("diff", "b", "w")
    assert (code, err) == (0, "")
    assert out.startswith("1 new, 0 changed, 0 fixed, 0 accepted\n")
    assert "x:1: major ACC310" in out
    assert mtqc("diff", "b", "w", "--exit-code")[0] == 1
    assert mtqc("diff", "w", "b", "--exit-code")[0] == 0
    assert mtqc("diff", "b", "w", "-f", "json", "-o", "d.json")[0] == 0
    assert json.loads((here / "d.json").read_text(encoding="utf-8"))["by_article"]["x"]["new"] == 1


def test_diff_of_an_incomplete_run_is_exit_3(here, mtqc):
    assert mtqc("check", *pair("g"), "--fast", "-o", "a.json")[0] == 0
    (here / "w.fr.txt").unlink()
    assert mtqc("check", ".", "--fast", "-o", "b.json")[0] == 3
    code, out, _ = mtqc("diff", "a.json", "b.json")
    assert code == 3
    assert "Not judged to the end" in out


def test_diff_says_that_signatures_differ(here, mtqc):
    assert mtqc("check", *pair("g"), "--fast", "-o", "a.json")[0] == 0
    text = (here / "a.json").read_text(encoding="utf-8")
    (here / "b.json").write_text(text.replace('"signature": "mtqc:', '"signature": "x:'), encoding="utf-8")
    code, _, err = mtqc("diff", "a.json", "b.json")
    assert code == 0
    assert "different signatures" in err


# Options that only show


def test_previous_and_lang_reach_the_report(here, mtqc):
    assert mtqc("check", *pair("b"), "--fast", "-o", "a.json")[0] == 0
    code, _, err = mtqc(
        "gate", *pair("b"), "--fast", "--previous", "a.json", "--lang", "fr", "-f", "html", "-o", "r.html"
    )
    assert (code, err) == (1, "")
    assert '<html lang="fr"' in (here / "r.html").read_text(encoding="utf-8")
