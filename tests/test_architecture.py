"""Who may import whom, read from the syntax trees; and what `mtqc --help` must not load."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import mtqc

PACKAGE = Path(__file__).parent.parent / "mtqc"
LAYERS: dict[str, int] = {
    "errors": 0,
    "model": 1,
    "rules": 2,
    "text": 3,
    "policy": 3,
    "scoring": 3,
    "interface": 3,
    "placing": 3,
    "gate": 4,
    "accepted": 4,
    "compare": 4,
    "precision": 4,
    "align": 4,
    "signals": 4,
    "features": 4,
    "coverage": 4,
    "translate": 4,
    "source": 4,
    "heavy": 4,
    "judgement": 5,
    "checks": 5,
    "plant": 5,
    "report": 5,
    "testing": 6,
    "config": 6,
    "house": 6,
    "measuring": 7,
    "together": 2,
    "pipeline": 7,
    "optional": 7,
    "corpus": 6,
    "batch": 7,
    "evaluate": 5,
    "results": 2,
    "tables": 6,
    "loading": 7,
    "api": 8,
    "review": 8,
    "cli": 8,
    "__init__": 9,
}
BLIND = {("checks", "report"), ("report", "checks")}
ONLY_IN = {
    "ctranslate2": {"translate"},
    "transformers": {"translate"},
    "torch": {"translate"},
    "sentencepiece": {"translate"},
    "sacrebleu": {"signals"},
    "comet": {"heavy"},
    "sentence_transformers": {"heavy"},
    "typer": {"cli"},
    "pandas": {"tables"},
    "pyarrow": {"tables", "batch", "source"},
    "ray": {"batch"},
}
FACADE = {"mtqc." + name for name in mtqc.__all__ if name != "__version__"}
HEAVY = ["ctranslate2", "transformers", "torch", "sentencepiece", "sacrebleu", "numpy", "babel", "jinja2"]


def part(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {a.name for a in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {f"{node.module}.{a.name}" for a in node.names}
    return found


FILES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_lower_never_imports_higher(path):
    own = part(path)
    for name in imports(path):
        pieces = name.split(".")
        if pieces[0] == "mtqc" and len(pieces) > 1 and pieces[1] in LAYERS:
            assert LAYERS[pieces[1]] <= LAYERS[own], f"{own} imports {name}"
            assert (own, pieces[1]) not in BLIND, f"{own} imports {name}"
        elif pieces[0] in ONLY_IN:
            assert own in ONLY_IN[pieces[0]], f"{own} imports {pieces[0]}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_nothing_inside_imports_by_way_of_the_public_names(path):
    """`from mtqc import check` inside the package would hide a layer: the name's own module is imported instead."""
    assert not imports(path) & FACADE


def test_every_part_has_a_layer():
    assert {part(p) for p in FILES} <= set(LAYERS)


def test_help_imports_nothing_heavy():
    code = (
        "import sys; sys.argv = ['mtqc', '--help']\n"
        "from mtqc.cli import main\n"
        "try: main()\n"
        "except SystemExit as e: assert not e.code\n"
        f"loaded = [m for m in {HEAVY} if m in sys.modules]\n"
        "assert not loaded, loaded"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "back-translate" in done.stdout


def run(code: str) -> None:
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_importing_mtqc_imports_nothing_heavy():
    """Not even our own modules, and its names are all there."""
    run(
        "import sys, mtqc\n"
        "loaded = [m for m in sys.modules if m.startswith('mtqc.')]\n"
        "assert not loaded, loaded\n"
        f"loaded = [m for m in {[*HEAVY, 'pandas', 'pyarrow', 'datasets']} if m in sys.modules]\n"
        "assert not loaded, loaded\n"
        "assert set(mtqc.__all__) <= set(dir(mtqc))"
    )


def test_checking_without_a_model_imports_no_engine_and_no_tables():
    run(
        "import sys, mtqc\n"
        "report = mtqc.check('The mayor resigned.', 'La maire a démissionné.', no_model=True)\n"
        "assert report.complete, report.failures\n"
        f"loaded = [m for m in {['ctranslate2', 'transformers', 'torch', 'pandas', 'pyarrow']} if m in sys.modules]\n"
        "assert not loaded, loaded"
    )
