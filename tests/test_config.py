"""Configuration: defaults, overrides, and errors that say what and where and what was meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from mtqc import config
from mtqc.checks import CHECKS
from mtqc.errors import ConfigError
from mtqc.model import Severity


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_no_file_means_the_defaults():
    settings = config.load(None)
    assert settings.engine == "ctranslate2"
    assert settings.checks == CHECKS
    assert settings.policy.selects("ACC101", "sentence-lost")


def test_mtqc_toml_and_pyproject_say_the_same(tmp_path):
    body = 'ignore = ["LOC"]\nbeam = 3\nseverity = {ACC101 = "minor"}\n[{}weights]\nmajor = 10\n'
    plain = write(tmp_path, "mtqc.toml", body.replace("{}", ""))
    project = write(tmp_path, "pyproject.toml", "[tool.mtqc]\n" + body.replace("{}", "tool.mtqc."))
    assert config.load(plain) == config.load(project)
    settings = config.load(plain)
    assert settings.beam == 3
    assert settings.policy.severity == {"ACC101": Severity.MINOR}
    assert settings.weights[Severity.MAJOR] == 10
    assert settings.weights[Severity.CRITICAL] == 25
    assert not settings.policy.selects("LOC101", "number-format")


def test_the_nearest_file_above_is_found(tmp_path):
    write(tmp_path, "pyproject.toml", "[tool.mtqc]\nbeam = 2\n")
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    assert config.find_file(below) == tmp_path / "pyproject.toml"
    write(below, "pyproject.toml", "[tool.other]\nx = 1\n")
    assert config.find_file(below) == tmp_path / "pyproject.toml"


def test_a_threshold_of_a_check_is_set_by_its_field_name():
    settings = config.from_table({"checks": {"lost-and-added": {"sure": 1}}})
    (check,) = [c for c in settings.checks if config.check_key(c) == "lost-and-added"]
    assert check.sure == 1


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"egnine": "x"}, ["unknown key “egnine”", "Did you mean “engine”?"]),
        ({"engine": "ctranslate"}, ["unknown key “ctranslate”", "ctranslate2"]),
        ({"beam": "4"}, ["beam = '4'", "whole number"]),
        ({"beam": -1}, ["beam = -1"]),
        ({"cache": 1}, ["cache = 1", "true or false"]),
        ({"select": "ACC"}, ["list of codes"]),
        ({"select": ["ACX"]}, ["unknown key “ACX”", "ACC"]),
        ({"ignore": ["sentence-lots"]}, ["sentence-lost"]),
        ({"severity": {"ACC101": "mayor"}}, ["major"]),
        ({"severity": ["ACC101"]}, ["must be a table"]),
        ({"weights": {"major": -5}}, ["weights.major"]),
        ({"weights": {"majr": 5}}, ["major"]),
        ({"per-file-ignores": {"*.txt": "LOC"}}, ["list of codes"]),
        ({"checks": {"lost-and-addd": {}}}, ["lost-and-added"]),
        ({"checks": {"lost-and-added": {"sur": 0.5}}}, ["Did you mean “sure”?"]),
        ({"checks": {"lost-and-added": {"sure": "high"}}}, ["wrong kind"]),
    ],
)
def test_what_is_wrong_is_said(table, said):
    with pytest.raises(ConfigError) as caught:
        config.from_table(table, where="mtqc.toml")
    for words in said:
        assert words in str(caught.value)
    assert str(caught.value).startswith("mtqc.toml")


def test_broken_toml_names_the_file(tmp_path):
    with pytest.raises(ConfigError, match=r"mtqc\.toml: not valid TOML"):
        config.load(write(tmp_path, "mtqc.toml", "beam = = 3"))


def test_every_check_has_its_own_key():
    keys = [config.check_key(c) for c in CHECKS]
    assert len(keys) == len(set(keys))


def test_the_gate_weighs_as_the_configuration_says_and_its_files_lie_beside_it(tmp_path):
    path = tmp_path / "mtqc.toml"
    path.write_text('baseline = "b.json"\nweights = {minor = 2}\ngate = {max-majors = 6}\n', encoding="utf-8")
    found = config.load(path)
    assert found.gate.weights[Severity.MINOR] == found.weights[Severity.MINOR] == 2
    assert found.gate.max_majors == 6
    assert (found.baseline, found.suppressions) == (str(tmp_path / "b.json"), "")
