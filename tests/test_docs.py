"""The docs say what the program does: every command, option, exit code, rule, key and threshold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer.main

from mtqc import config, errors
from mtqc.checks import CHECKS, OPTIONAL
from mtqc.cli.app import app
from mtqc.cli.rules import document

ROOT = Path(__file__).parent.parent
TOP = typer.main.get_command(app).commands
COMMANDS = {
    f"{group} {name}".strip(): command
    for group, commands in [("", TOP), *((n, c.commands) for n, c in TOP.items() if hasattr(c, "commands"))]
    for name, command in commands.items()
}
"""By full name, those of a group too: `check`, `model`, `model add`."""
OPTIONS = [(n, o) for n, c in COMMANDS.items() for p in c.params for o in p.opts if o.startswith("--")]


def doc(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def section(command: str) -> str:
    return next(s for s in re.split(r"\n###? ", doc("docs/usage.md")) if re.match(rf"mtqc {command}\b", s))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command):
    assert section(command)
    assert command.split()[0] in doc("README.md")


@pytest.mark.parametrize(("command", "option"), OPTIONS)
def test_every_option_is_documented(command, option):
    assert f"`{option}`" in section(command)


def test_every_documented_option_exists():
    known = {o for _, o in OPTIONS} | {"--version", "--help", "--output"}
    for name in ("README.md", "docs/usage.md", "docs/configuration.md"):
        assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", doc(name))) <= known, name


def test_every_exit_code_is_documented():
    table = section_of("docs/usage.md", "Exit codes")
    codes = {errors.PASSED, errors.GATE_FAILED, errors.BAD_INPUT, errors.NOT_JUDGED}
    assert {int(c) for c in re.findall(r"^\| (\d) \|", table, re.MULTILINE)} == codes


def section_of(name: str, title: str) -> str:
    return next(s for s in doc(name).split("\n## ") if s.startswith(title))


@pytest.mark.parametrize("key", config.KEYS)
def test_every_configuration_key_is_documented(key):
    assert f"| `{key}` |" in doc("docs/configuration.md")


def test_the_configuration_example_is_valid(tmp_path):
    for i, block in enumerate(re.findall(r"```toml\n(.*?)```", doc("docs/configuration.md"), re.DOTALL)):
        path = tmp_path / str(i) / "mtqc.toml"
        path.parent.mkdir()
        path.write_text(block, encoding="utf-8")
        assert config.load(path) != config.Settings()


def test_every_threshold_is_documented():
    """`make docs` renews the tables."""
    assert doc("docs/configuration.md").endswith(config.thresholds_markdown(CHECKS + OPTIONAL))


def test_the_rules_page_is_current():
    """`make docs` renews it."""
    rules = sorted((r for c in CHECKS + OPTIONAL for r in c.rules), key=lambda r: r.code)
    assert doc("docs/rules.md") == document(rules)


@pytest.mark.parametrize("name", ["README.md", *(f"docs/{p.name}" for p in sorted((ROOT / "docs").glob("*.md")))])
def test_every_file_that_is_linked_exists(name):
    page = ROOT / name
    for link in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / link).exists(), link


def test_every_make_target_that_is_named_exists():
    targets = set(re.findall(r"^([a-z-]+):", doc("Makefile"), re.MULTILINE))
    for name in ("README.md", "docs/how-it-works.md", "docs/models.md"):
        assert set(re.findall(r"`make ([a-z][a-z-]*)", doc(name))) <= targets
