"""Results as pandas and pyarrow tables: rows, columns, types, what is missing, and that nothing bad looks like a pass."""

from __future__ import annotations

import csv
import io
import sys
from dataclasses import replace

import pytest
from sample import corpus

import mtqc
from mtqc import tables
from mtqc.report import csv_writer

pandas = pytest.importorskip("pandas", reason="the extra [tables] is not installed")
pa = pytest.importorskip("pyarrow", reason="the extra [tables] is not installed")
from pyarrow import parquet  # noqa: E402

SAMPLE = corpus()
BAD = mtqc.Unchecked("bad", mtqc.InputError("bad is empty.", hint="Fill it."))
KINDS = ["findings", "sentences", "articles"]


def test_rows_of_findings_are_the_csv_report_s():
    rows = [r for r in csv.DictReader(io.StringIO(csv_writer.render(SAMPLE), newline="")) if r["kind"] == "finding"]
    table = mtqc.to_arrow(SAMPLE).to_pylist()
    assert len(table) == len(rows) == sum(len(a.all_findings) for a in SAMPLE.articles) > 3
    for ours, theirs in zip(table, rows, strict=True):
        for name, value in ours.items():
            said = "" if value is None else str(value).lower() if isinstance(value, bool) else value
            assert csv_writer.guarded(f"{said:.4g}" if isinstance(said, float) else str(said)) == theirs[name]


def test_a_row_for_each_sentence_and_each_article():
    sentences = mtqc.to_pandas(SAMPLE, "sentences")
    assert list(sentences["sentence"]) == [s.id for a in SAMPLE.articles for s in a.sentences]
    assert list(sentences["findings"]) == [len(s.findings) for a in SAMPLE.articles for s in a.sentences]
    articles = mtqc.to_pandas(SAMPLE, "articles")
    assert list(articles["article"]) == [a.pair.id for a in SAMPLE.articles] + [name for name, _ in SAMPLE.unread]
    for severity in mtqc.Severity:
        assert articles[severity.label].sum() == SAMPLE.count(severity)


@pytest.mark.parametrize("rows", KINDS)
@pytest.mark.parametrize("results", [SAMPLE, [], BAD, [*SAMPLE.articles, BAD]], ids=["corpus", "none", "bad", "some"])
def test_columns_and_types_do_not_depend_on_the_results(rows, results):
    kinds = tables.COLUMNS[rows]
    frame, table = mtqc.to_pandas(results, rows), mtqc.to_arrow(results, rows)
    assert {n: str(t) for n, t in frame.dtypes.items()} == {n: tables.PANDAS[k] for n, k in kinds.items()}
    names = {"string": "string", "float64": "double", "int64": "int64", "bool": "bool"}
    assert {f.name: str(f.type) for f in table.schema} == {n: names[tables.ARROW[k]] for n, k in kinds.items()}
    assert len(frame) == table.num_rows
    cells = frame.astype(object).where(frame.notna(), None).to_dict("records")
    assert cells == table.to_pylist()


@pytest.mark.parametrize("rows", KINDS)
def test_names_that_are_no_utf8_are_spelled(rows):
    one = SAMPLE.articles[0]
    report = replace(one, pair=replace(one.pair, id="\udce9t\xe9"))
    for names in (mtqc.to_arrow(report, rows)["article"].to_pylist(), list(mtqc.to_pandas(report, rows)["article"])):
        assert set(names) == {"\\udce9t\xe9"}


def test_what_is_missing_is_no_empty_text_and_no_zero():
    report = mtqc.check("He left in 2019.", "Il est parti en 2018.", no_model=True)
    (row,) = mtqc.to_arrow(report, "sentences").to_pylist()
    assert row["back_translation"] is row["chrf"] is None
    assert "back_translation: no translation model was run" in row["not_measured"]
    (row,) = mtqc.to_arrow(report, "articles").to_pylist()
    assert row["bleu"] is None
    assert row["words"] == 4
    assert "ACC601: " in row["skipped"]
    assert row["target_path"] == ""


def test_what_could_not_be_checked_is_an_article_that_is_not_complete():
    assert mtqc.to_pandas(BAD).empty
    (row,) = mtqc.to_arrow([BAD], "articles").to_pylist()
    assert row["complete"] is False
    assert row["failures"] == "bad is empty. Fill it."
    assert row["critical"] is row["quality"] is None
    unread = replace(SAMPLE, articles=(), unread=(("gone", "gone does not exist."),))
    (row,) = mtqc.to_arrow(unread, "articles").to_pylist()
    assert (row["article"], row["complete"], row["failures"]) == ("gone", False, "gone does not exist.")


def test_version_and_signature_go_with_a_corpus():
    metadata = {k.decode(): v.decode() for k, v in mtqc.to_arrow(SAMPLE).schema.metadata.items()}
    assert metadata == {"mtqc.version": SAMPLE.version, "mtqc.signature": SAMPLE.signature}
    assert mtqc.to_pandas(SAMPLE).attrs == metadata
    assert mtqc.to_pandas(list(SAMPLE.articles)).attrs == {"mtqc.version": mtqc.__version__}


@pytest.mark.parametrize("rows", KINDS)
def test_parquet_gives_back_what_went_in(rows, tmp_path):
    table = mtqc.to_arrow(SAMPLE, rows)
    parquet.write_table(table, tmp_path / "t.parquet")
    assert parquet.read_table(tmp_path / "t.parquet").equals(table)


def test_unknown_rows_are_an_error():
    with pytest.raises(mtqc.UsageError, match=r"no rows of 'words'\. Ask for findings, sentences, articles"):
        mtqc.to_pandas(SAMPLE, "words")


@pytest.mark.parametrize(("name", "make"), [("pandas", mtqc.to_pandas), ("pyarrow", mtqc.to_arrow)])
def test_without_the_extra_one_sentence_says_what_to_install(name, make, monkeypatch):
    monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(
        mtqc.UsageError, match=rf"{name} is not installed. Install the extra: pip install 'mtqc\[tables"
    ):
        make(SAMPLE)


def test_tables_do_not_need_each_other(monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    assert mtqc.to_arrow(SAMPLE).num_rows
