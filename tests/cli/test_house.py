"""The desk's own files on the command line: what is found with them, and how a wrong file ends."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

from mtqc import cli

EN, FR = "The mayor cut the carbon footprint of Springvale.\n", "Au final, le maire a réduit le bilan de Springvale.\n"
HOUSE = """rules:
  - code: STY901
    name: no-au-final
    target: 'au final'
    ignore-case: true
    message: "« {target} » is not used here."
    examples:
      - {en: He won., fr: "Au final, il a gagné.", marks: Au final}
      - {en: He won., fr: Il a gagné.}
"""


@pytest.fixture
def mtqc(monkeypatch, capsys, tmp_path):
    (tmp_path / "a.en.txt").write_text(EN, encoding="utf-8")
    (tmp_path / "a.fr.txt").write_text(FR, encoding="utf-8")
    (tmp_path / "terms.csv").write_text("carbon footprint,empreinte carbone\n", encoding="utf-8")
    (tmp_path / "house.yaml").write_text(HOUSE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    def call(*args: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["mtqc", *args])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return int(ended.value.code or 0), out, err

    return call


def codes(out: str) -> set[str]:
    (article,) = json.loads(out)["articles"]
    return {f["code"] for s in article["sentences"] for f in s["findings"]}


CHECK = ("check", "a.en.txt", "a.fr.txt", "--no-model", "--format", "json")


def test_a_glossary_by_option(mtqc):
    code, out, err = mtqc(*CHECK)
    assert "TRM201" not in codes(out)
    code, out, err = mtqc(*CHECK, "--glossary", "terms.csv")
    assert (code, err) == (0, "")
    assert "TRM201" in codes(out)


def test_house_rules_by_configuration(mtqc):
    Path("mtqc.toml").write_text('house-rules = ["house.yaml"]\n', encoding="utf-8")
    code, out, _ = mtqc(*CHECK, "--select", "STY9")
    assert code == 0
    assert codes(out) == {"STY901"}
    assert codes(mtqc(*CHECK, "--ignore", "no-au-final")[1]).isdisjoint({"STY901"})
    assert "STY901" in mtqc("rules")[1]


@pytest.mark.parametrize(
    ("file", "text", "arguments", "said"),
    [
        (
            "terms.csv",
            "carbon,carbone,,,wrong\n",
            (*CHECK, "--glossary", "terms.csv"),
            "terms.csv, line 1: unknown status",
        ),
        ("terms.csv", "x", (*CHECK, "--glossary", "none.tbx"), "none.tbx: cannot be read"),
        ("terms.tbx", "<tbx", (*CHECK, "--glossary", "terms.tbx"), "not well-formed XML"),
        ("house.yaml", "rules: [", ("rules", "--test", "house.yaml"), "house.yaml: not valid YAML"),
        ("house.yaml", HOUSE.replace("final'", "fin'"), (*CHECK,), "rule STY901: example 1: must mark"),
        ("house.yaml", HOUSE.replace("STY901", "STY101"), (*CHECK,), "rule 1: code = 'STY101'"),
    ],
)
def test_a_wrong_file_ends_with_2_and_one_sentence(mtqc, file, text, arguments, said):
    Path("mtqc.toml").write_text('house-rules = ["house.yaml"]\n' if "check" in arguments else "", encoding="utf-8")
    Path(file).write_text(text, encoding="utf-8")
    code, _, err = mtqc(*arguments)
    assert code == 2
    assert said in err


def test_failing_examples_end_with_1(mtqc):
    Path("house.yaml").write_text(HOUSE.replace("Il a gagné.", "Au final."), encoding="utf-8")
    code, out, _ = mtqc("rules", "--test", "house.yaml")
    assert code == 1
    assert "example 2: must stay silent" in out


def test_a_server_that_is_down_ends_with_3(mtqc):
    Path("mtqc.toml").write_text('languagetool = "http://127.0.0.1:9"\n', encoding="utf-8")
    code, out, _ = mtqc(*CHECK)
    assert code == 3
    (article,) = json.loads(out)["articles"]
    assert any("LanguageTool server at 127.0.0.1 cannot be reached" in f for f in article["failures"])


def test_a_hanging_pattern_ends_with_3_and_the_others_go_on(mtqc):
    second = HOUSE.split("\n", 1)[1].replace("STY901", "STY902").replace("no-au-final", "slow")
    slow = HOUSE + second.replace("'au final'", "'au final|(a|a)+$'")
    for name, text in (("a.en.txt", EN), ("a.fr.txt", FR)):
        Path(name).write_text(text.replace(".", f" {'a' * 60}."), encoding="utf-8")
    Path("house.yaml").write_text(slow, encoding="utf-8")
    Path("mtqc.toml").write_text('house-rules = ["house.yaml"]\n', encoding="utf-8")
    code, out, _ = mtqc(*CHECK)
    assert code == 3
    assert "STY901" in codes(out)
    assert re.search(r"STY902 slow .*took more than", json.loads(out)["articles"][0]["failures"][0])
