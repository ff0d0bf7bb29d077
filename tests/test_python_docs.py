"""docs/python.md: its examples are run, section by section, and its tables of columns are the code's."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from pathlib import Path

import pytest

import mtqc
from mtqc.report import csv_writer
from mtqc.tables import COLUMNS

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
SECTIONS = {s.partition("\n")[0]: s for s in PAGE.split("\n## ")[1:]}
RUN = {title: text for title, text in SECTIONS.items() if ">>>" in text}
NEEDS = {"Tables": ("pandas", "pyarrow"), "A batch run": ("pandas", "pyarrow")}
BATCH = re.search(r"`(mtqc batch corpora .*? --output run)`", PAGE)


@pytest.fixture(scope="module")
def batch_run(tmp_path_factory) -> Path:
    """The folder `run` of the command on the page, made for real."""
    pytest.importorskip("pyarrow")
    assert BATCH
    run = tmp_path_factory.mktemp("batch") / "run"
    words = [str(run) if word == "run" else word for word in BATCH[1].split()[1:]]
    command = [sys.executable, "-c", "from mtqc.cli import main; main()", *words]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return run


@pytest.mark.model
@pytest.mark.parametrize("title", RUN)
def test_the_examples_do_what_they_say(title, monkeypatch, request):
    for needed in (*NEEDS.get(title, ()), *re.findall(r"<!-- needs: (\w+) -->", RUN[title])):
        pytest.importorskip(needed)
    monkeypatch.chdir(request.getfixturevalue("batch_run").parent if title == "A batch run" else ROOT)
    test = doctest.DocTestParser().get_doctest(RUN[title], {}, title, "docs/python.md", 0)
    assert test.examples
    told: list[str] = []
    doctest.DocTestRunner().run(test, out=told.append)
    assert not told, "".join(told)


def test_most_sections_have_examples():
    assert {"One article", "Settings", "Many articles", "Tables", "A batch run", "datasets"} <= set(RUN)


@pytest.mark.parametrize("name", COLUMNS)
def test_tables_of_a_batch_run_are_those_of_its_articles(name, batch_run, monkeypatch):
    parquet = pytest.importorskip("pyarrow.parquet")
    pandas = pytest.importorskip("pandas")
    path = batch_run / f"{name}.parquet"
    monkeypatch.chdir(ROOT)
    report = mtqc.check(Path("corpora"), no_model=True)
    table, own = parquet.read_table(path), mtqc.to_arrow(report, name)
    assert table.schema.equals(own.schema, check_metadata=True)
    assert table.to_pylist() == own.to_pylist()
    read = pandas.read_parquet(path, dtype_backend="numpy_nullable")
    assert list(read.dtypes) == list(mtqc.to_pandas(report, name).dtypes)


def columns(name: str) -> list[tuple[str, str, str]]:
    section = re.split(r"\n##+ ", next(s for s in PAGE.split("\n### ")[1:] if s.startswith(f"{name}\n")))[0]
    return re.findall(r"^\| `(\w+)` \| (\w+) \| (.+) \|$", section, re.MULTILINE)


@pytest.mark.parametrize("name", COLUMNS)
def test_every_column_is_documented_in_order_with_its_kind(name):
    assert [(column, kind) for column, kind, _ in columns(name)] == list(COLUMNS[name].items())


def test_columns_of_findings_are_the_csv_report_s():
    assert list(COLUMNS["findings"]) == [name for name in csv_writer.COLUMNS if name != "kind"]


def test_every_public_name_is_named():
    for name in set(mtqc.__all__) - {"__version__", "ArticlePair", "Finding", "SentenceReport", "Severity", "Settings"}:
        assert re.search(rf"\b{name}\b", PAGE), name
