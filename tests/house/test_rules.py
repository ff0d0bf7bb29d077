"""House rules as data: what is read, what is refused and how that is said, and that the examples are run."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from mtqc import config
from mtqc.cli.app import app
from mtqc.errors import ConfigError, MtqcError
from mtqc.house.rules import load, outcomes, read
from mtqc.model import Category, Severity
from mtqc.pipeline import check_article, signature
from mtqc.testing import make_pair

ROOT = Path(__file__).parents[2]
GOOD = {
    "code": "STY901",
    "name": "no-au-final",
    "target": r"\bau final\b",
    "ignore-case": True,
    "message": "« {target} » is not used here.",
    "fix": "finalement",
    "examples": [
        {"en": "He won.", "fr": "Au final, il a gagné.", "marks": "Au final"},
        {"en": "He won.", "fr": "Il a gagné."},
    ],
}


class Plain(yaml.SafeDumper):
    def ignore_aliases(self, data):
        return True


def write(folder: Path, *rules: dict, name: str = "house.yaml") -> Path:
    path = folder / name
    path.write_text(yaml.dump({"rules": list(rules)}, Dumper=Plain, allow_unicode=True), encoding="utf-8")
    return path


def but(**changed) -> dict:
    keys = {k.replace("_", "-"): v for k, v in changed.items()}
    return {k: v for k, v in {**GOOD, **keys}.items() if v is not ...}


def test_a_rule_is_read(tmp_path):
    (rule,) = load(write(tmp_path, GOOD))
    assert rule.rule.code == "STY901"
    assert (rule.rule.category, rule.rule.severity, rule.rule.confidence) == (Category.AWKWARD, Severity.MINOR, 1.0)
    assert rule.rule.summary == GOOD["message"]
    assert rule.origin.endswith("house.yaml")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"code": "STY101"}, ["rule 1", "code = 'STY101'", "900 to 999"]),
        ({"code": 901}, ["code = 901"]),
        ({"name": "No Au Final"}, ["STY901", "name", "lower case"]),
        ({"mesage": "x"}, ["unknown key “mesage”", "Did you mean “message”?"]),
        ({"message": ...}, ["STY901: message is missing"]),
        ({"target": ...}, ["neither target nor target-not"]),
        ({"target": ..., "target_not": "x", "fix": ...}, ["target-not needs source"]),
        ({"target": "(au"}, ["not a regular expression", "Mend the key target."]),
        ({"target": "(" * 900 + ")" * 900}, ["not a regular expression"]),
        ({"source": "x" * 2001}, ["source is longer than 2000"]),
        ({"target": "((a{1000}){1000}){1000}"}, ["repeats something more than 100000 times"]),
        ({"target": True}, ["target = True is no text", "quotation marks"]),
        ({"severity": "mayor"}, ["severity = 'mayor' is unknown", "major"]),
        ({"scope": "page"}, ["scope = 'page'", "sentence, headline, article"]),
        ({"category": "accuracy/omission"}, ["does not go with the prefix STY"]),
        ({"category": "nice"}, ["category = 'nice' is unknown"]),
        ({"confidence": 2}, ["confidence = 2"]),
        ({"ignore_case": "yes"}, ["ignore-case = 'yes' is not true or false"]),
        ({"message": "« {wort} »"}, ["message: {wort} names no group"]),
        ({"fix": "{1}"}, ["fix: {1} names no group"]),
        ({"message": "{source}"}, ["{source} names no group"]),
        ({"examples": ...}, ["examples: none"]),
        ({"examples": GOOD["examples"][:1]}, ["none that is not found"]),
        ({"examples": GOOD["examples"][1:]}, ["none that is found"]),
        ({"examples": ["x"]}, ["example 1: keys and values are expected"]),
        ({"examples": [{"fr": "x", "marks": "x"}]}, ["example 1: en and fr are needed"]),
        ({"examples": [{"en": "x", "fr": "x", "mark": "x"}]}, ["example 1: unknown key “mark”", "marks"]),
    ],
)
def test_what_is_wrong_is_said_with_file_rule_and_key(tmp_path, changed, said):
    with pytest.raises(ConfigError) as caught:
        load(write(tmp_path, but(**changed)))
    for words in said:
        assert words in str(caught.value)
    assert str(tmp_path / "house.yaml") in str(caught.value)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("rules: [", "not valid YAML"),
        ("rules:\n  - code: A\n    code: B\n", "“code” stands twice"),
        ("- a\n", "keys and values are expected"),
        ("rule: []\n", "unknown key “rule”"),
        ("rules: []\n", "no list of rules"),
        ("", "keys and values are expected"),
        ("rules: !!python/object/apply:os.getcwd []\n", "not valid YAML"),
        ("[" * 3000, "not valid YAML"),
        ("rules:\n - ? [a]\n   : 1\n", "unhashable"),
        ("a: &a [x, x]\nb: &b [*a, *a]\nrules: *b\n", "aliases (*name) are not read"),
    ],
)
def test_what_is_no_file_of_rules_is_refused(tmp_path, text, said):
    path = tmp_path / "house.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=re.escape(said)) as caught:
        read(path)
    assert str(path) in str(caught.value)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(MtqcError, match=r"none\.yaml: cannot be read"):
        read(tmp_path / "none.yaml")


def test_two_rules_may_not_share_a_code_or_a_name(tmp_path):
    with pytest.raises(ConfigError, match="two house rules have the code STY901"):
        read(write(tmp_path, GOOD, but(name="other")))
    with pytest.raises(ConfigError, match="two house rules have the name no-au-final"):
        read(write(tmp_path, GOOD, but(code="STY902")))


FAILING = [
    ({"marks": "final"}, "must mark “final”, but marks “Au final”"),
    ({"fr": "Enfin.", "marks": "Au final"}, "must mark “Au final”, but stays silent"),
    ({"fr": "Un\nDeux", "marks": "Au final"}, "1 lines of the ori"),
]


@pytest.mark.parametrize(("changed", "said"), FAILING)
def test_a_failing_example_stops_the_start(tmp_path, changed, said):
    rule = but(examples=[{**GOOD["examples"][0], **changed}, GOOD["examples"][1]])
    with pytest.raises(ConfigError) as caught:
        load(write(tmp_path, rule))
    assert f"rule STY901: example 1: {said}" in str(caught.value)


def test_an_example_that_must_stay_silent(tmp_path):
    (rule,) = read(write(tmp_path, but(examples=[GOOD["examples"][0], {"en": "x", "fr": "Au final."}])))
    assert [o.problem for o in outcomes([rule])] == ["", "must stay silent, but marks “Au final”"]


def test_an_example_that_takes_too_long_is_a_failing_one(tmp_path):
    slow = [{"en": "x", "fr": "a" * 60 + "!", "marks": "a"}, {"en": "x", "fr": "b"}]
    (rule,) = read(write(tmp_path, but(target="(a|a)+$", examples=slow)))
    assert "took more than 0.5 s" in next(outcomes([rule])).problem


def run(*arguments: str):
    return CliRunner().invoke(app, ["rules", *arguments])


def test_the_command_lists_failing_examples(tmp_path):
    assert run("--test", str(write(tmp_path, GOOD))).exit_code == 0
    bad = but(code="STY902", name="other", examples=[*GOOD["examples"], {"en": "x", "fr": "au final"}])
    done = run("--test", str(write(tmp_path, GOOD, bad)))
    assert done.exit_code == 1
    assert "STY901  no-au-final  2 examples, ok" in done.stdout
    assert "STY902  other  3 examples, 1 fail" in done.stdout
    assert "example 3: must stay silent, but marks “au final”" in done.stdout


def test_the_command_refuses_a_broken_file(tmp_path):
    done = run("--test", str(write(tmp_path, but(code="x"))))
    assert isinstance(done.exception, ConfigError)
    assert done.exception.exit_code == 2


def configured(folder: Path, more: str = "") -> Path:
    write(folder, GOOD)
    path = folder / "mtqc.toml"
    path.write_text(f'house-rules = ["house.yaml"]\n{more}', encoding="utf-8")
    return path


def test_house_rules_are_listed_and_explained(tmp_path):
    path = str(configured(tmp_path))
    assert "no-au-final" in run("--config", path).stdout
    assert "A rule of the house." in run("STY901", "--config", path).stdout
    assert "Marks “Au final”" in run("--markdown", "--config", path).stdout


PAIR = make_pair("In the end the mayor won.", "Au final, le maire a gagné.").pair


def test_selection_and_severity_know_their_codes(tmp_path):
    def severities(more: str) -> list[Severity]:
        report = check_article(PAIR, config.load(configured(tmp_path, more)), None)
        return [f.severity for f in report.all_findings if f.code == "STY901"]

    assert severities("") == [Severity.MINOR]
    assert severities('ignore = ["STY901"]') == []
    assert severities('ignore = ["no-au-final"]') == []
    assert severities('select = ["STY9"]') == [Severity.MINOR]
    assert severities('severity = {no-au-final = "critical"}') == [Severity.CRITICAL]
    with pytest.raises(ConfigError, match="STY902"):
        severities('ignore = ["STY902"]')


def test_the_signature_knows_their_content(tmp_path):
    first = signature(config.load(configured(tmp_path)), None)
    write(tmp_path, but(fix="enfin"))
    assert signature(config.load(tmp_path / "mtqc.toml"), None) != first


def test_two_files_may_not_share_a_rule(tmp_path):
    write(tmp_path, GOOD, name="other.yaml")
    path = configured(tmp_path)
    path.write_text('house-rules = ["house.yaml", "other.yaml"]', encoding="utf-8")
    with pytest.raises(ConfigError, match="two house rules"):
        config.load(path)


def test_a_house_rule_may_not_take_a_name_of_ours(tmp_path):
    write(tmp_path, but(name="sentence-lost"))
    with pytest.raises(ConfigError, match="sentence-lost is another rule’s"):
        config.from_table({"house-rules": ["house.yaml"]}, base=tmp_path)


def blocks(language: str) -> list[str]:
    text = (ROOT / "docs" / "house-rules.md").read_text(encoding="utf-8")
    return [textwrap.dedent(b) for b in re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)]


def test_the_documented_file_works(tmp_path):
    (text,) = blocks("yaml")
    (tmp_path / "house.yaml").write_text(text, encoding="utf-8")
    assert [r.rule.code for r in load(tmp_path / "house.yaml")] == ["STY901", "TRM901", "LOC901"]


def test_every_key_is_documented():
    from mtqc.house.rules import EXAMPLE_KEYS, KEYS

    text = (ROOT / "docs" / "house-rules.md").read_text(encoding="utf-8")
    assert all(f"`{key}`" in text for key in (*KEYS, *EXAMPLE_KEYS))


@given(st.text(max_size=200))
def test_any_text_is_a_file_of_rules_or_an_error(text):
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "house.yaml"
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        with pytest.raises(MtqcError):
            load(path)
