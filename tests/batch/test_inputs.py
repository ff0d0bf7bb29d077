"""What `mtqc batch` reads, from the file to the run folder and back to the file."""

from __future__ import annotations

import io
import json
import sys
import zipfile

import pyarrow
import pytest
from pyarrow import parquet

from mtqc import cli

EN = "The harbour board voted on Tuesday to close the old pier for the winter, and {} people objected to the plan."
FR = "Le conseil du port a décidé mardi de fermer la vieille jetée pour l’hiver, et {} personnes s’y sont opposées."


@pytest.fixture
def mtqc(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MTQC_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))

    def call(*args):
        monkeypatch.setattr(sys, "argv", ["mtqc", *map(str, args)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = capsys.readouterr()
        return ended.value.code, out, err

    return call


def everything(folder):
    """A corpus of each kind: Parquet with columns of its own, and an archive with texts, a page, PO, JSON Lines."""
    rows = [{"text": EN.format(i), "mt": {"a": FR.format(i)}, "doc": f"d{i // 2}"} for i in range(4)]
    parquet.write_table(pyarrow.Table.from_pylist(rows), folder / "corpus.parquet")
    with zipfile.ZipFile(folder / "all.zip", "w") as archive:
        archive.writestr("en/été 1.txt", EN.format(10))
        archive.writestr("fr/été 1.txt", FR.format(10))
        archive.writestr("a.en.html", f"<p>{EN.format(11)}</p>")
        archive.writestr("a.fr.html", f"<p>{FR.format(11)}</p>")
        archive.writestr("ui.po", f'msgid "{EN.format(12)}"\nmsgstr "{FR.format(13)}"\n\nmsgid "Not yet"\nmsgstr ""\n')
        archive.writestr("more.jsonl", json.dumps({"en": EN.format(14), "fr": FR.format(14), "id": "été 1"}))


def test_texts_of_a_run_are_at_hand_whatever_they_were_read_from(mtqc, tmp_path):
    everything(tmp_path)
    options = ["--no-model", "--jobs", "1"]
    columns = ["--source-column", "text", "--target-column", "mt.a", "--article-column", "doc"]
    assert mtqc("batch", "corpus.parquet", *columns, *options, "-o", "one")[0] == 0
    assert mtqc("batch", "all.zip", *options, "-o", "two")[0] == 3
    names = {}
    for run in ("one", "two"):
        report = json.loads((tmp_path / run / "mtqc-report.json").read_text(encoding="utf-8"))
        names[run] = [a["id"] for a in report["articles"]]
        _, _, err = mtqc("report", run, "-f", "json", "-o", f"{run}.json")
        assert "not there, or not as it was" not in err
    assert names == {"one": ["d0", "d1"], "two": ["ui:1-1", "été 1", "a", "été 1 (2)"]}
    assert [u["id"] for u in report["unread"]] == ["ui.po:4"]
    parquet.write_table(pyarrow.Table.from_pylist([{"text": "x", "mt": {"a": "y"}, "doc": "d0"}]), "corpus.parquet")
    assert "corpus.parquet: not there, or not as it was" in mtqc("report", "one", "-f", "json", "-o", "x.json")[2]
