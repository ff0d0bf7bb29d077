"""Manifests: lists of files in CSV, TSV and JSON Lines."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from source_inputs import EN, FR, split_up, streamed, write

from mtqc.errors import InputError
from mtqc.source.stream import Reading, stream

ROWS = [
    ("one", "en/été 1.txt", "fr/summer.txt", "2024-05-01"),
    ("two", "en/b.html", "fr/b.txt", ""),
    ("", "en/c.en.txt", "fr/c.txt", "2024"),
]
TABLES = {
    "a.csv": "id,source,target,date\n" + "".join(f'"{i}",{s},"{t}",{d}\n' for i, s, t, d in ROWS),
    "b.csv": "Date;Target;Source;ID\r\n" + "".join(f"{d};{t};{s};{i}\r\n" for i, s, t, d in ROWS),
    "c.tsv": "source\ttarget\tid\tdate\n" + "".join(f"{s}\t{t}\t{i}\t{d}\n" for i, s, t, d in ROWS),
    "d.jsonl": "".join(json.dumps({"id": i, "source": s, "target": t, "date": d}) + "\n" for i, s, t, d in ROWS),
}


@pytest.fixture
def folder(tmp_path):
    for name in ("en/été 1.txt", "en/c.en.txt"):
        write(tmp_path / name, EN)
    write(tmp_path / "en/b.html", f"<p>{EN}</p>")
    for name in ("fr/summer.txt", "fr/b.txt", "fr/c.txt"):
        write(tmp_path / name, FR)
    return tmp_path


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_manifest_names_the_files_of_each_article(folder, name, mark, monkeypatch):
    monkeypatch.chdir("/")
    pairs, errors = streamed(None, manifest=write(folder / name, mark + TABLES[name].encode()))
    assert errors == {}
    assert [(p.id, p.date) for p in pairs.values()] == [("one", "2024-05-01"), ("two", ""), ("c", "2024")]
    assert all((p.source.text, p.target.text) == (EN, FR) for p in pairs.values())
    assert pairs["one"].source.path == str(folder / "en/été 1.txt")


def test_what_is_missing_or_comes_twice(folder):
    lines = ["source,target,id", "en/c.en.txt,fr/gone.txt,x", "en/c.en.txt,fr/c.txt,y", "en/c.en.txt,fr/c.txt,y"]
    lines += [
        "en/c.en.txt,,z",
        "en/c.en.txt",
        "fr,fr/c.txt,folder",
        f"{folder}/en/c.en.txt,fr/c.txt,absolute",
        "en/c,d.txt,fr/c.txt,x",
    ]
    pairs, errors = streamed(None, manifest=write(folder / "m.csv", "\n".join(lines)))
    assert list(pairs) == ["y", "y:4", "absolute"]
    assert errors["x"] == f"{folder / 'fr/gone.txt'} does not exist."
    assert errors["z"] == f"Line 5 of {folder / 'm.csv'} names no file of the translation."
    assert errors["c"] == f"Line 6 of {folder / 'm.csv'} names no file of the translation."
    assert "has 4 columns, too many" in errors["m.csv:9"]
    assert "is no file with a text in it" in errors["folder"]


@pytest.mark.parametrize(
    "text",
    [
        "id,source,target,confidence,reason\nx,en/c.en.txt,,,No French text is like it.\ny,en/c.en.txt,fr/c.txt,0.9,\n",
        '{"id": "x", "source": "en/c.en.txt", "target": "", "reason": "No French text is like it."}\n'
        '{"id": "y", "source": "en/c.en.txt", "target": "fr/c.txt", "reason": null}\n',
    ],
)
def test_a_reason_stands_for_a_file_that_is_not_there(folder, text):
    path = write(folder / ("m.jsonl" if text.startswith("{") else "m.csv"), text)
    pairs, errors = streamed(None, manifest=path)
    assert list(pairs) == ["y"]
    assert errors == {"x": "No French text is like it."}


def test_other_names_of_columns_and_packed(folder):
    path = write(folder / "m.csv.gz", gzip.compress(b"original file,mt,key\nen/c.en.txt,fr/c.txt,x\n"))
    pairs, errors = streamed(
        None, manifest=path, source_column="original file", target_column="mt", article_column="key"
    )
    assert errors == {}
    assert list(pairs) == ["x"]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("m.csv", "a,b\nc,d\n", "The first row of .* has no “source” or “en” but “a”, “b”"),
        ("m.tsv", "source\tx\n", "has no “target” or “fr” but “source”, “x”"),
        ("m.jsonl", '{"source": "a"}\n', "Line 1 of .* has no “target” or “fr” but “source”"),
        ("m.csv", "source,target\n", "lists no article"),
        ("m.csv", "", "holds no text"),
        ("m.txt", "source,target\n", "is no manifest"),
        ("m.csv", b"\x00\x01", "is not a text file"),
    ],
)
def test_no_manifest(tmp_path, name, data, said):
    with pytest.raises(InputError, match=said) as caught:
        list(stream(None, reading=Reading(manifest=write(tmp_path / name, data))))
    assert caught.value.hint


def test_nothing_to_read_and_too_much(tmp_path):
    with pytest.raises(InputError, match="does not exist"):
        list(stream(None, reading=Reading(manifest=tmp_path / "gone.csv")))
    with pytest.raises(InputError, match="names the files, and so does"):
        stream(Path("en"), None, reading=Reading(manifest=tmp_path / "m.csv"))
    with pytest.raises(InputError, match="nothing to read"):
        stream(None)
    with pytest.raises(InputError, match="not matched by their content while they are read"):
        stream(tmp_path, tmp_path, reading=Reading(match="content"))


def test_the_same_every_time(folder):
    path = write(folder / "a.csv", TABLES["a.csv"])
    first, second = (list(stream(None, reading=Reading(manifest=path))) for _ in range(2))
    assert first == second
    assert split_up(first)[1] == {}
