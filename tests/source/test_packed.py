"""Files in .gz and .zip: good ones, broken ones, and ones made to harm."""

from __future__ import annotations

import gzip
import json
import stat
import zipfile
from pathlib import Path

import pytest
from source_inputs import EN, FR, read, write

from mtqc.errors import InputError
from mtqc.source import packed, read_pairs
from mtqc.source.again import TextsAtHand

ROW = f"{EN}\t{FR}\n"
JSON = json.dumps({"en": EN, "fr": FR}) + "\n"
UNIT = f'<tmx version="1.4"><body><tu><tuv xml:lang="en"><seg>{EN}</seg></tuv><tuv xml:lang="fr"><seg>{FR}</seg></tuv></tu></body></tmx>'


def zipped(path: Path, **members: str | bytes | zipfile.ZipInfo) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


@pytest.mark.parametrize(("name", "text"), [("été 1.tsv", ROW), ("a b.jsonl", JSON), ("m.tmx", UNIT)])
def test_gz_reads_as_what_is_in_it(tmp_path, name, text):
    plain, _ = read(write(tmp_path / name, text))
    pairs, errors = read(write(tmp_path / f"{name}.gz", gzip.compress(text.encode())))
    assert errors == {}
    assert list(pairs) == list(plain) == [name.rsplit(".", 1)[0]]
    for own, other in zip(pairs.values(), plain.values(), strict=True):
        assert (own.source.text, own.target.text, own.segments) == (
            other.source.text,
            other.target.text,
            other.segments,
        )
        assert own.target.path == str(tmp_path / f"{name}.gz")
        assert TextsAtHand()(own.target) == own.target


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty|holds no text"),
        (gzip.compress(ROW.encode())[:-12], "cannot be unpacked"),
        (gzip.compress(ROW.encode())[:30] + b"\xff" * 30, "cannot be unpacked"),
        (ROW.encode(), "cannot be unpacked"),
        (gzip.compress(b"a" * 30_000_000), "looks like a zip bomb"),
    ],
)
@pytest.mark.parametrize("name", ["a.tsv.gz", "a.tmx.gz"])
def test_a_bad_gz_gets_one_sentence(tmp_path, data, said, name):
    if name == "a.tmx.gz" and len(data) > 20_000:
        data = gzip.compress(b"<tmx><body>" + b"<tu></tu>" * 4_000_000)
    with pytest.raises(InputError, match=said) as caught:
        list(read_pairs(write(tmp_path / name, data)))
    assert caught.value.hint


def test_zip_members_are_read_and_a_bad_one_stops_no_other(tmp_path):
    link = zipfile.ZipInfo("link.tsv")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {
            "../climbs.tsv": ROW,
            "a/../../climbs.tsv": ROW,
            "..\\climbs.tsv": ROW,
            "/absolute.tsv": ROW,
            "C:\\absolute.tsv": ROW,
            "nested.zip": b"PK\x05\x06" + bytes(18),
            "nested.tsv.gz": gzip.compress(ROW.encode()),
            "bomb.tsv": b"a" * 30_000_000,
            "broken.tmx": "<tmx>",
            "empty.tsv": "",
            "letter.docx": "x",
            "__MACOSX/._a.tsv": "x",
            ".hidden.tsv": "x",
            "one/a.tsv": ROW,
            "two/a.jsonl": JSON,
            "two/mémoire à nous.tmx": UNIT,
        }.items():
            archive.writestr(name, data)
        archive.writestr(link, "/etc/passwd")
    pairs, errors = read(path)
    assert set(pairs) == {"a", "two/a.jsonl:a", "mémoire à nous"}
    assert all(p.target.text == FR for p in pairs.values())
    assert pairs["a"].target.path == str(path / "one/a.tsv")
    assert {name: why for name, why in errors.items() if "climbs out of the archive" in why}.keys() == {
        "../climbs.tsv",
        "a/../../climbs.tsv",
        "..\\climbs.tsv",
    }
    for name, said in {
        "/absolute.tsv": "absolute path",
        "C:\\absolute.tsv": "absolute path",
        "nested.zip": "archive in an archive",
        "nested.tsv.gz": "archive in an archive",
        "bomb.tsv": "zip bomb",
        "broken.tmx": "not well-formed",
        "empty.tsv": "holds no text",
        "letter.docx": "not of a kind",
        "link.tsv": "is a link",
    }.items():
        assert said in errors.pop(name), name
    assert len(errors) == 3
    assert not list(tmp_path.parent.rglob("climbs.tsv"))


def test_damaged_and_encrypted_members(tmp_path):
    path = zipped(tmp_path / "a.zip", **{"bad.tsv": ROW * 50, "locked.tsv": ROW, "good.tsv": ROW})
    data = bytearray(path.read_bytes())
    at = data.index(b"bad.tsv") + 12
    data[at : at + 8] = b"\xff" * 8
    entry = data.rindex(b"PK\x01\x02", 0, data.rindex(b"locked.tsv"))
    data[entry + 8] |= 1
    pairs, errors = read(write(path, bytes(data)))
    assert set(pairs) == {"good"}
    assert "cannot be unpacked" in errors["bad.tsv"]
    assert "is encrypted" in errors["locked.tsv"]


def test_a_whole_archive_has_a_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(packed, "SURE_RATIO", 0)
    monkeypatch.setattr(packed, "MAX_UNPACKED", 3 * len(ROW.encode()) - 1)
    path = zipped(tmp_path / "a.zip", **{f"{i}.tsv": ROW for i in range(4)})
    pairs, errors = read(path)
    assert set(pairs) == {"0", "1"}
    assert all("zip bomb" in errors[f"{i}.tsv"] for i in (2, 3))


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"", "no zip archive"), (b"PK\x03\x04", "no zip archive"), (b"PK\x05\x06" + bytes(18), "no file")],
)
def test_no_archive_and_an_empty_one(tmp_path, data, said):
    with pytest.raises(InputError, match=said) as caught:
        list(read_pairs(write(tmp_path / "a.zip", data)))
    assert caught.value.hint
