"""make -C training: what it would run is there, and takes the options that it is given."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TARGETS = ["data", "encode", "train", "average", "evaluate", "export"]


def planned(*targets):
    command = ["make", "-C", str(ROOT / "training"), "--dry-run", "--always-make", *targets]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [line for line in done.stdout.replace("\\\n", " ").splitlines() if ".py" in line]


@pytest.mark.parametrize("target", TARGETS)
def test_each_script_is_there_and_knows_its_options(target):
    lines = planned(target)
    assert lines
    for line in lines:
        script = ROOT / "training" / re.search(r"\S+\.py", line)[0]
        known = set(re.findall(r'"(--[a-z0-9-]+)"', script.read_text(encoding="utf-8")))
        assert set(re.findall(r"(?<!\S)--[a-z0-9-]+", line)) <= known, line


def test_both_directions_are_trained_measured_and_exported_in_turn():
    directions = [re.search(r"--direction (\S+)", line)[1] for line in planned("train", "evaluate", "export")
                  if "--direction" in line]  # fmt: skip
    assert directions == ["fr-en", "en-fr"] * 3
    assert [line.split("prepare.py ")[1].strip() for line in planned("data")] == [
        "clean", "extra", "align", "mix"]  # fmt: skip


def test_training_reads_the_mixture_and_what_lies_beyond_or_what_it_is_given():
    lines = planned("train-fr-en")
    assert "train.py data/mix.tsv.gz data/extra.tsv.gz --dev data/dev.tsv.gz" in lines[-1]
    given = planned("train-fr-en", "BIN=python3", "TEXTS=../pyproject.toml", "DEV=../Makefile")
    assert len(given) == 1
    assert "python3 train.py ../pyproject.toml --dev ../Makefile" in given[0]


def test_every_target_and_setting_is_documented():
    page = (ROOT / "docs" / "models.md").read_text(encoding="utf-8")
    recipe = page[page.index("## The recipe") : page.index("## How the shipped models")]
    settings = re.findall(r"^([A-Z_]+) \?=", (ROOT / "training" / "Makefile").read_text(), re.MULTILINE)
    assert {"MINUTES", "RUNS"} <= set(settings)
    for name in [*TARGETS, *(s for s in settings if s != "PYTHON")]:
        assert f"`{name}" in recipe or f"{name}=" in recipe, name
