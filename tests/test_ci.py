"""What is ready to use in CI, used: the GitHub action's steps, the GitLab job's script, the pre-commit hooks.

Each runs for real in a scratch repository, with mtqc installed by pip into an environment of its own from a copy of the
files that git tracks. mtqc's dependencies are those of the environment that runs the tests: they are not fetched again.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from dataclasses import dataclass, field
from pathlib import Path

import junitparser
import pytest
import yaml

ROOT = Path(__file__).parents[1]
ACTION = ROOT / ".github" / "actions" / "mtqc" / "action.yml"
GITLAB = ROOT / ".gitlab" / "mtqc.gitlab-ci.yml"
HOOKS = ROOT / ".pre-commit-hooks.yaml"
PARTS = ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml", ".github/actions", "mtqc")
GIT = (
    "git",
    *(part for key in ("user.name=t", "user.email=t@example.org", "core.compression=0") for part in ("-c", key)),
)

EN = "The mayor of Springvale resigned on Monday.\nThe new bridge will cost £3.2 billion and open in 2031.\n"
GOOD = (
    "Le maire de Springvale a démissionné lundi.\nLe nouveau pont coûtera 3,2 milliards de livres et ouvrira en 2031.\n"
)
BAD = (
    "Le maire de Springvale a démissionné lundi.\nLe nouveau pont coûtera 3,2 millions de livres et ouvrira en 2031.\n"
)

pytestmark = pytest.mark.skipif(
    not (ROOT / ".git").exists() or shutil.which("git") is None or shutil.which("bash") is None,
    reason="needs a git checkout, git and bash: the scratch repositories are made with them",
)


def done(*command: str, cwd: Path, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=cwd, env=env, check=False, capture_output=True, text=True, timeout=300)


def ok(*command: str, cwd: Path, env: dict[str, str] | None = None) -> str:
    finished = done(*command, cwd=cwd, env=env)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return finished.stdout


@dataclass(frozen=True)
class Machine:
    """A runner: a copy of this repository, what its processes see, and whether the action has installed mtqc there."""

    package: Path
    env: dict[str, str]
    installed: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def machine(tmp_path_factory) -> Machine:
    folder = tmp_path_factory.mktemp("runner")
    package = folder / "mtqc-repository"
    for name in ok("git", "ls-files", "-z", "--", *PARTS, cwd=ROOT).split("\0"):
        if name and (ROOT / name).is_file():
            (package / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, package / name)
    ok(*GIT, "init", "--quiet", ".", cwd=package)
    ok(*GIT, "add", "--all", ".", cwd=package)
    ok(*GIT, "commit", "--quiet", "--message", "mtqc", cwd=package)
    ok(sys.executable, "-m", "venv", str(folder / "venv"), cwd=folder)
    kept = {k: v for k, v in os.environ.items() if k in {"HOME", "LANG", "TMPDIR"} or k.startswith(("PIP_", "SSL_"))}
    path = f"{folder / 'venv' / 'bin'}:{os.environ['PATH']}"
    env = {**kept, "PATH": path, "PYTHONPATH": sysconfig.get_path("purelib"), "PRE_COMMIT_HOME": str(folder / "hooks")}
    return Machine(package, env)


@pytest.fixture
def repository(tmp_path) -> Path:
    """A newsroom's repository with two pairs of articles, one of them wrong."""
    folder = tmp_path / "site with blanks"
    for name, text in (("en/a", EN), ("en/b", EN), ("fr/a", GOOD), ("fr/b", BAD)):
        (folder / f"{name}.txt").parent.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    ok(*GIT, "init", "--quiet", ".", cwd=folder)
    ok(*GIT, "add", "--all", ".", cwd=folder)
    ok(*GIT, "commit", "--quiet", "--message", "articles", cwd=folder)
    return folder


def expression(text: object, inputs: dict[str, str], action: Path) -> str:
    """A value of the action with its ${{ }} filled in as the runner does."""
    known = {"github.action_path": str(action), **{f"inputs.{k}": v for k, v in inputs.items()}}
    return re.sub(r"\$\{\{\s*([\w.-]+)\s*\}\}", lambda m: known[m[1]], str(text))


def run_action(machine: Machine, repository: Path, **given: str) -> tuple[int, str, dict[str, str], str]:
    """(exit code, the log, outputs, job summary) of the action's own steps; those of other actions are passed over.

    mtqc is installed by the first run on a machine.
    """
    action = machine.package / ".github" / "actions" / "mtqc"
    described = yaml.safe_load((action / "action.yml").read_text(encoding="utf-8"))
    inputs = {name: str(i.get("default", "")) for name, i in described["inputs"].items()}
    assert set(given) <= {n.replace("-", "_") for n in inputs}
    inputs |= {name.replace("_", "-"): value for name, value in given.items()}
    files = {name: repository.parent / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    for file in files.values():
        file.write_text("", encoding="utf-8")
    temp = repository.parent / "temp"
    temp.mkdir(exist_ok=True)
    env = {
        **machine.env,
        **{k: str(v) for k, v in files.items()},
        "GITHUB_ACTIONS": "true",
        "CI": "true",
        "GITHUB_WORKSPACE": str(repository),
        "RUNNER_TEMP": str(temp),
    }
    log, code = "", 0
    for step in described["runs"]["steps"]:
        if "run" not in step or step["name"] in machine.installed:
            continue
        script = temp / "step.sh"
        script.write_text(expression(step["run"], inputs, action), encoding="utf-8")
        own = {k: expression(v, inputs, action) for k, v in step.get("env", {}).items()}
        assert step["shell"] == "bash"
        shell = ("bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(script))
        finished = done(*shell, cwd=repository, env={**env, **own})
        log += finished.stdout + finished.stderr
        code = finished.returncode
        if code:
            break
        if step["name"] == "Install mtqc":
            machine.installed.append(step["name"])
    outputs = dict(line.split("=", 1) for line in files["GITHUB_OUTPUT"].read_text(encoding="utf-8").splitlines())
    return code, log, outputs, files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8")


def test_the_action_fails_annotates_and_leaves_reports(machine, repository):
    code, log, outputs, summary = run_action(machine, repository, source="en", target="fr", options="--no-model")
    assert (code, outputs["exit-code"]) == (1, "1"), log
    (error,) = [line for line in log.splitlines() if line.startswith("::error file=")]
    assert error.startswith("::error file=fr/b.txt,line=2,endLine=2,col=")
    assert "::error title=mtqc gate%3A failed::" in log
    run = json.loads((repository / outputs["sarif"]).read_text(encoding="utf-8"))["runs"][0]
    assert [r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in run["results"]] == ["fr/b.txt"]
    assert run["tool"]["driver"]["rules"][0]["help"]["markdown"].startswith("# ACC301")
    assert json.loads((repository / outputs["report"]).read_text())["summary"]["gate"]["verdict"] == "failed"
    assert "3,2 millions" in summary


def test_the_action_passes_on_good_translations(machine, repository):
    (repository / "fr" / "b.txt").write_text(GOOD, encoding="utf-8")
    code, log, outputs, _ = run_action(machine, repository, source=".", options="--no-model\n  --max-unjudged 0.5 ")
    assert (code, outputs["exit-code"]) == (0, "0"), log
    assert "::error" not in log


def test_nothing_in_the_action_is_run_as_a_command(machine, repository):
    """Names come from whoever opened the pull request."""
    nasty = repository / "fr" / "::stop-commands::x$(touch owned).txt"
    nasty.write_text("", encoding="utf-8")
    (repository / "fr" / "b.txt").write_text(GOOD, encoding="utf-8")
    code, log, _, _ = run_action(machine, repository, source="en", target="fr", options="--no-model")
    assert code == 3, log
    assert "stop-commands" in log
    assert not re.search(r"^\s*::(?!error |warning |notice )", log, re.MULTILINE)
    code, _, outputs, _ = run_action(machine, repository, source="en", target="$(touch owned); nothing")
    assert code == int(outputs["exit-code"]) == 2
    assert "report" not in outputs
    assert not list(repository.rglob("owned"))


def test_the_action_says_what_it_takes_and_gives():
    described = yaml.safe_load(ACTION.read_text(encoding="utf-8"))
    assert described["runs"]["using"] == "composite"
    names = set(described["inputs"])
    text = ACTION.read_text(encoding="utf-8")
    assert set(re.findall(r"inputs\.([\w-]+)", text)) == names
    assert all(i["description"] for i in (*described["inputs"].values(), *described["outputs"].values()))
    for step in described["runs"]["steps"]:
        assert "${{" not in step.get("run", ""), "what a script gets comes by its environment, never by its text"
    others = [s["uses"] for s in described["runs"]["steps"] if "uses" in s]
    assert others == ["actions/setup-python@v5", "github/codeql-action/upload-sarif@v3"]


def gitlab_job(machine: Machine, repository: Path, **variables: str) -> tuple[subprocess.CompletedProcess[str], dict]:
    """The job's script as GitLab's runner joins it, and the job."""
    job = yaml.safe_load(GITLAB.read_text(encoding="utf-8"))["mtqc"]
    script = "set -eo pipefail\n" + "\n".join(job["script"])
    return done("bash", "-c", script, cwd=repository, env={**machine.env, "GITLAB_CI": "true", **variables}), job


def test_the_gitlab_job_leaves_what_its_artifacts_name(machine, repository):
    """With the models, as they come in the package."""
    variables = {"MTQC_PACKAGE": str(machine.package), "MTQC_SOURCE": "en", "MTQC_TARGET": "fr"}
    finished, job = gitlab_job(machine, repository, **variables, MTQC_OPTIONS="--no-cache --select ACC3")
    assert finished.returncode == 1, finished.stdout + finished.stderr
    assert "Gate: FAILED" in finished.stdout
    reports = job["artifacts"]["reports"]
    (issue,) = [
        i
        for i in json.loads((repository / reports["codequality"]).read_text(encoding="utf-8"))
        if i["severity"] != "info"
    ]
    assert issue["location"] == {"path": "fr/b.txt", "lines": {"begin": 2}}
    xml = junitparser.JUnitXml.fromfile(str(repository / reports["junit"]))
    assert (xml.tests > 4, xml.failures) == (True, 2)  # the sentence, and the gate
    (folder,) = job["artifacts"]["paths"]
    assert (repository / folder / "mtqc-report.html").is_file()
    assert job["artifacts"]["when"] == "always"


def test_the_gitlab_job_says_which_variable_is_missing(machine, repository):
    finished, _ = gitlab_job(machine, repository)
    assert finished.returncode != 0
    assert "Set MTQC_PACKAGE" in finished.stderr


def test_pre_commit_stops_a_bad_translation(machine, repository):
    pytest.importorskip("pre_commit", reason="pre-commit is in the extra test")
    revision = ok("git", "rev-parse", "HEAD", cwd=machine.package).strip()
    hook = {"id": "mtqc-fast", "args": ["en", "fr"]}
    config = {"repos": [{"repo": str(machine.package), "rev": revision, "hooks": [hook]}]}
    (repository / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    pre_commit = (sys.executable, "-m", "pre_commit")
    ok(*pre_commit, "install", cwd=repository, env=machine.env)
    (repository / "fr" / "b.txt").write_text(BAD + "\n", encoding="utf-8")
    ok(*GIT, "add", "--all", cwd=repository)
    refused = done(*GIT, "commit", "--message", "still wrong", cwd=repository, env=machine.env)
    assert refused.returncode == 1, refused.stdout + refused.stderr
    assert "mtqc, translations pass (without models)" in refused.stderr + refused.stdout
    assert "number-magnitude" in refused.stderr + refused.stdout
    (repository / "fr" / "b.txt").write_text(GOOD, encoding="utf-8")
    ok(*GIT, "add", "--all", cwd=repository)
    ok(*GIT, "commit", "--message", "mended", cwd=repository, env=machine.env)
    (repository / "code.py").write_text("x = 1\n", encoding="utf-8")
    ok(*GIT, "add", "--all", cwd=repository)
    passed = done(*GIT, "commit", "--message", "no article", cwd=repository, env=machine.env)
    assert "Skipped" in passed.stderr + passed.stdout


def test_the_hooks_are_what_pre_commit_takes(tmp_path):
    pytest.importorskip("pre_commit", reason="pre-commit is in the extra test")
    ok(sys.executable, "-m", "pre_commit", "validate-manifest", str(HOOKS), cwd=tmp_path)
