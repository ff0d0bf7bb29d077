"""Parquet: columns, kinds of values, damage, memory, and no pyarrow."""

from __future__ import annotations

import datetime
import gzip
import subprocess
import sys
import zipfile

import pyarrow
import pytest
from pyarrow import parquet
from source_inputs import EN, FR, read, streamed, texts, write

from mtqc.errors import InputError
from mtqc.source import read_pairs
from mtqc.source.again import TextsAtHand
from mtqc.source.stream import Reading, stream

DAY = datetime.date(2024, 5, 1)


def saved(path, rows, **options):
    parquet.write_table(pyarrow.Table.from_pylist(rows), path, **options)
    return path


def many(count):
    return [{"en": f"{EN} {i}", "fr": f"{FR} {i}", "doc": i // 3, "date": DAY} for i in range(count)]


def test_rows_are_read_as_those_of_json_lines(tmp_path):
    path = saved(tmp_path / "a.parquet", many(7))
    pairs, errors = streamed(path)
    assert errors == {}
    assert {name: len(p.segments) for name, p in pairs.items()} == {"0": 3, "1": 3, "2": 1}
    assert texts(pairs["2"]) == [(f"{EN} 6", f"{FR} 6")]
    assert pairs["1"].date == "2024-05-01"
    assert pairs["1"].source.file_lines == (4, 5, 6)
    assert {n: p.source for n, p in pairs.items()} == {n: p.source for n, p in read(path)[0].items()}
    assert all(TextsAtHand()(p.target) == p.target for p in pairs.values())


def test_columns_inside_others_and_kinds_of_text(tmp_path):
    table = pyarrow.table(
        {
            "text": pyarrow.array([EN, EN], pyarrow.large_string()),
            "mt": pyarrow.array([{"google": FR, "n": 1}, {"google": FR, "n": 2}]),
            "a.b": pyarrow.array([FR, FR]).dictionary_encode(),
            "when": pyarrow.array([datetime.datetime(2024, 5, 1, 8), None]),
        }
    )
    parquet.write_table(table, tmp_path / "a.pq")
    for name in ("mt.google", "a.b"):
        pairs, errors = streamed(tmp_path / "a.pq", source_column="text", target_column=name, date_column="when")
        assert errors == {}
        assert texts(pairs["a:1-2"]) == [(EN, FR), (EN, FR)]
        assert pairs["a:1-2"].date == "2024-05-01T08:00:00"


def test_rows_without_text_are_errors_of_their_own(tmp_path):
    rows = [{"en": EN, "fr": FR}, {"en": None, "fr": FR}, {"en": "\0", "fr": FR}, {"en": EN, "fr": FR}]
    pairs, errors = streamed(saved(tmp_path / "a.parquet", rows))
    assert len(pairs["a:1-4"].segments) == 2
    assert "Line 2 of" in errors["a.parquet:2"]
    assert "has no text in “en”" in errors["a.parquet:2"]
    assert "NUL" in errors["a.parquet:3"]


def test_texts_that_are_not_utf_8_are_errors_of_their_own(tmp_path):
    good, broken = EN.encode(), EN.encode().replace(b"pier", b"p\xe9ri")
    texts_as_bytes = pyarrow.array([good, broken, good], pyarrow.binary())
    table = pyarrow.table({"en": texts_as_bytes.view(pyarrow.string()), "fr": [FR] * 3})
    parquet.write_table(table, tmp_path / "a.parquet")
    pairs, errors = streamed(tmp_path / "a.parquet")
    assert len(pairs["a:1-3"].segments) == 2
    assert "Line 2 of" in errors["a.parquet:2"]
    assert "can't decode byte 0xe9" in errors["a.parquet:2"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"target_column": "mt.gogle"}, "has no “mt.gogle” but “en”, “mt.google”, “mt.n”"),
        ({}, "has no “target” or “fr” but “en”, “mt.google”, “mt.n”"),
        ({"target_column": "mt.google", "article_column": "doc"}, "has no “doc” but"),
        ({"target_column": "mt.n"}, "has no text in “mt.n”"),
    ],
)
def test_a_wrong_column_lists_those_that_are_there(tmp_path, options, said):
    path = saved(tmp_path / "a.parquet", [{"en": EN, "mt": {"google": FR, "n": 1}}])
    with pytest.raises(InputError) as caught:
        list(stream(path, reading=Reading(**options)))
    assert said in caught.value.message
    assert caught.value.hint


def test_truncated_damaged_empty_and_none(tmp_path):
    whole = saved(tmp_path / "whole.parquet", many(4_000), row_group_size=500, compression="zstd").read_bytes()
    for name, data in {
        "cut": whole[:-100],
        "half": whole[: len(whole) // 2],
        "empty": b"",
        "text": EN.encode(),
    }.items():
        with pytest.raises(InputError, match="is no Parquet file that can be read") as caught:
            list(stream(write(tmp_path / f"{name}.parquet", data)))
        assert "\n" not in caught.value.message
        assert caught.value.hint
    with pytest.raises(InputError, match="has no row that can be used"):
        list(read_pairs(saved(tmp_path / "none.parquet", many(1)[:0] or [{"en": None, "fr": None}])))


def test_what_came_before_a_damaged_page_is_kept(tmp_path):
    data = bytearray(saved(tmp_path / "a.parquet", many(4_000), row_group_size=1_000, compression="zstd").read_bytes())
    at = len(data) * 6 // 10
    data[at : at + 2_000] = b"\xff" * 2_000
    *found, (name, error) = stream(write(tmp_path / "a.parquet", bytes(data)))
    assert len(found) > 300
    assert name == "a.parquet"
    assert "cannot be read after row" in error.message
    with pytest.raises(InputError, match="cannot be read after row"):
        list(read_pairs(tmp_path / "a.parquet"))


def test_packed(tmp_path):
    data = saved(tmp_path / "a.parquet", many(3)).read_bytes()
    write(tmp_path / "b.parquet.gz", gzip.compress(data))
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as archive:
        archive.writestr("in/a.parquet", data)
    for path in (tmp_path / "b.parquet.gz", tmp_path / "c.zip"):
        pairs, errors = streamed(path)
        assert errors == {}
        assert texts(pairs["0"])[2] == (f"{EN} 2", f"{FR} 2")
        assert TextsAtHand()(pairs["0"].target) == pairs["0"].target


def test_without_pyarrow_it_says_what_to_install(tmp_path, monkeypatch):
    path = saved(tmp_path / "a.parquet", many(1))

    def missing(name):
        raise ImportError(name)

    monkeypatch.setattr("mtqc.source.parquet.import_module", missing)
    with pytest.raises(InputError, match="read with pyarrow, and that is not installed") as caught:
        list(stream(path))
    assert "mtqc[tables]" in caught.value.hint


def test_other_input_does_not_import_pyarrow(tmp_path):
    path = write(tmp_path / "a.tsv", f"{EN}\t{FR}\n")
    code = (
        "import sys; from pathlib import Path; from mtqc.source.stream import stream;"
        f"list(stream(Path({str(path)!r}))); assert 'pyarrow' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


MEASURE = """
import sys
from pathlib import Path
from mtqc.source.stream import stream
def peak():
    return int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0])
count = 0
for found in stream(Path(sys.argv[1])):
    count += len(found.segments)
    if count == 20_000:
        before = peak()
print(count, peak() - before)
"""


def test_one_large_row_group_in_constant_memory(tmp_path):
    """A reader that takes whole row groups would need 60 MB more here."""
    rows = [{"en": f"Yes, {i}.", "fr": f"Oui, {i}.", "note": f"{i}" * 50} for i in range(100_000)]
    path = saved(tmp_path / "a.parquet", rows, row_group_size=1 << 20)
    done = subprocess.run([sys.executable, "-c", MEASURE, path], capture_output=True, text=True, check=True)
    count, grown = map(int, done.stdout.split())
    assert count == 100_000
    assert grown < 8_000, f"{grown} KB more at the end than after 20,000 rows"
