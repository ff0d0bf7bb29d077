"""Texts and web pages in zip archives: matched as in folders, refused as all else in an archive."""

from __future__ import annotations

import stat
import unicodedata
import zipfile

import pytest
from source_inputs import EN, FR, read, split_up, streamed, write

from mtqc.errors import InputError
from mtqc.source import packed, read_pairs
from mtqc.source.again import TextsAtHand
from mtqc.source.stream import stream


def zipped(path, **files):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


BOTH = {
    "a.en.txt": EN,
    "a.fr.txt": FR,
    "en/sub/b c.txt": EN,
    "fr/sub/b c.txt": FR,
    "NAME/source.en.html": f"<html><body><p>{EN}</p></body></html>",
    "NAME/target.fr.htm": f"<p>{FR}</p>",
    "./d.en.txt": EN,
    "d.fr.txt": FR,
    unicodedata.normalize("NFD", "été.en.txt"): EN,
    unicodedata.normalize("NFC", "été.fr.txt"): FR,
}


@pytest.mark.parametrize("reader", [read, streamed])
def test_texts_are_matched_as_in_a_folder(tmp_path, reader):
    pairs, errors = reader(zipped(tmp_path / "all.zip", **BOTH))
    assert errors == {}
    assert list(pairs) == ["NAME", "a", "d", "sub/b c", "été"]
    assert all((p.source.text, p.target.text) == (EN, FR) for p in pairs.values())
    assert pairs["sub/b c"].target.path == str(tmp_path / "all.zip/fr/sub/b c.txt")
    assert all(TextsAtHand()(d) == d for p in pairs.values() for d in (p.source, p.target))
    for name, text in BOTH.items():
        write(tmp_path / "same" / name, text)
    assert set(pairs) == set(read(tmp_path / "same")[0])


def test_two_archives_are_two_folders(tmp_path):
    one = zipped(tmp_path / "en.zip", **{"a.txt": EN, "b/c.html": f"<p>{EN}", "lost.txt": EN, "x.tsv": f"{EN}\t{FR}"})
    two = zipped(tmp_path / "fr.zip", **{"a.txt": FR, "b/c.txt": FR})
    pairs, errors = streamed(one, two)
    assert list(pairs) == ["a", "b/c"]
    assert pairs["a"].target.path == str(two / "a.txt")
    assert errors["lost"] == f"{one / 'lost.txt'} has no French counterpart in {two}."
    assert "is no text and no web page" in errors["x.tsv"]
    with pytest.raises(InputError, match="is a folder, but"):
        list(read_pairs(tmp_path, two))


def test_texts_and_files_of_pairs_together(tmp_path):
    pairs, errors = streamed(
        zipped(
            tmp_path / "all.zip",
            **{"a.en.txt": EN, "a.fr.txt": FR, "in/a.jsonl": f'{{"en": "{EN}", "fr": "{FR}", "id": "a"}}'},
        )
    )
    assert errors == {}
    assert list(pairs) == ["a", "a (2)"]


def test_what_is_refused_keeps_back_no_other(tmp_path):
    link = zipfile.ZipInfo("link.en.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {
            "good.en.txt": EN,
            "good.fr.txt": FR,
            "../up.en.txt": EN,
            "/etc/passwd.txt": EN,
            "bomb.en.txt": b"a " * 15_000_000,
            "bomb.fr.txt": FR,
            "empty.en.txt": "",
            "empty.fr.txt": FR,
            "locked.en.txt": EN,
            "locked.fr.txt": FR,
            "what.txt": EN,
            ".hidden.en.txt": EN,
            "reference.fr.txt": FR,
            "inner.zip": b"PK",
        }.items():
            archive.writestr(name, data)
        archive.writestr(link, "/etc/passwd")
    data = bytearray(path.read_bytes())
    data[data.rindex(b"PK\x01\x02", 0, data.rindex(b"locked.en.txt")) + 8] |= 1
    pairs, errors = streamed(write(path, bytes(data)))
    assert set(pairs) == {"good"}
    for name, said in {
        "../up.en.txt": "climbs out of the archive",
        "/etc/passwd.txt": "absolute path",
        "link.en.txt": "is a link",
        "locked.en.txt": "is encrypted",
        "locked": "has no English counterpart",
        "bomb": "looks like a zip bomb",
        "empty": "is empty",
        "what": "does not tell whether",
        "inner.zip": "archive in an archive",
    }.items():
        assert said in errors.pop(name), name
    assert errors == {}


def test_the_limit_is_that_of_the_whole_archive(tmp_path, monkeypatch):
    monkeypatch.setattr(packed, "SURE_RATIO", 0)
    monkeypatch.setattr(packed, "MAX_UNPACKED", 3 * len((EN + FR).encode()))
    path = zipped(
        tmp_path / "a.zip", **{f"{i}.{lang}.txt": text for i in range(5) for lang, text in (("en", EN), ("fr", FR))}
    )
    pairs, errors = streamed(path)
    assert set(pairs) == {"0", "1", "2"}
    assert all("zip bomb" in errors[name] for name in ("3", "4"))


def test_damage_and_an_archive_of_nothing(tmp_path):
    path = zipped(tmp_path / "a.zip", **{"a.en.txt": EN * 50, "a.fr.txt": FR})
    data = bytearray(path.read_bytes())
    at = data.index(b"a.en.txt") + 12
    data[at : at + 8] = b"\xff" * 8
    assert "cannot be unpacked" in streamed(write(path, bytes(data)))[1]["a"]
    with pytest.raises(InputError, match="holds no file") as caught:
        list(stream(zipped(tmp_path / "b.zip")))
    assert "texts and web pages" in caught.value.hint


def test_a_text_that_is_gone_from_the_archive_is_not_at_hand(tmp_path):
    path = zipped(tmp_path / "a.zip", **{"a.en.txt": EN, "a.fr.txt": FR})
    (pair,) = split_up(stream(path))[0].values()
    zipped(path, **{"a.en.txt": EN + " More."})
    texts = TextsAtHand()
    assert texts(pair.source) is None
    assert texts(pair.target) is None
    assert texts.missing == (pair.source.path, pair.target.path)
