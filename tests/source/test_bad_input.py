"""Bad input: each kind gives one clear sentence with the path, and a hint."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from mtqc.errors import InputError
from mtqc.source import read_pairs

EN = (
    "The harbour board voted on Tuesday to close the old pier for the winter. Nobody objected to the plan at all.\n" * 2
)
FR = "Le conseil du port a décidé mardi de fermer la vieille jetée pour l’hiver. Personne ne s’y est opposé.\n" * 2
DE = (
    "Der Hafenrat hat am Dienstag beschlossen, den alten Steg für den Winter zu sperren, und niemand war dagegen.\n" * 2
)
GOOD_ROW = f'{{"en": "{EN.strip().splitlines()[0]}", "fr": "{FR.strip().splitlines()[0]}"}}\n'


def error_of(source: Path, target: Path | None = None) -> InputError:
    try:
        found = list(read_pairs(source, target))
    except InputError as error:
        return error
    errors = [item[1] for item in found if isinstance(item, tuple)]
    assert len(errors) == 1, found
    assert isinstance(errors[0], InputError)
    return errors[0]


def file(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


TARGETS = [
    ("", "b.txt is empty."),
    (" \n\u00a0\t\r\n", "holds no text, only white space"),
    ("\ufeff\u200b\u2060\n", "holds no text"),
    (b"\xef\xbb\xbf", "holds no text"),
    (FR.encode() + b"\x00", "not a text file: it holds a NUL byte at"),
    (FR.encode("utf-16-le"), "not a text file"),
    ("\x01\x02\x03" * 40 + FR, "not a text file: it holds 120 control characters"),
    (b"%PDF-1.7 abc", "is a PDF file"),
    (b"PK\x03\x04abc", "is a Word"),
    (b"{\\rtf1 abc", "is an RTF file"),
    (b"\n<!DOCTYPE html><p>Bonjour", "is a web page"),
    (b"\xff\xfe" + FR.encode("utf-16-le") + b"\x00", "begins as UTF-16-LE, but byte"),
    (FR.encode() + b"caf\xe9 ", "is UTF-8, but damaged in line 3"),
    (bytes(range(128, 256)) * 3 + b"abc", "cannot be told with confidence"),
    ("Привет, это текст на русском языке. ".encode("cp1251") * 9, "cannot be told with confidence"),
    ("x" * 2_000_000, "Line 1 of"),
    (FR + "mot " * 500_000, "Line 3 of"),
    (EN, "hold the same text"),
    (EN.replace("pier", "jetty"), "is in English, not in French"),
    (DE, "is in German, not in French"),
]


@pytest.mark.parametrize(("content", "message"), TARGETS, ids=[m for _, m in TARGETS])
def test_a_bad_translation_file(tmp_path, content, message):
    target = file(tmp_path, "b.txt", content)
    started = time.perf_counter()
    error = error_of(file(tmp_path, "a.txt", EN), target)
    assert message in error.message
    assert str(target) in error.message
    assert error.message.endswith(".")
    assert "\n" not in error.message
    assert error.hint
    assert error.exit_code == 2
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize(
    ("source", "target", "message", "hint"),
    [
        (FR, EN, "is in French and the translation", "Swap them"),
        (FR, FR.replace("mardi", "lundi"), "The original, ", "from English into French"),
        (DE, FR, "is in German, not in English", "give the English text"),
    ],
)
def test_languages(tmp_path, source, target, message, hint):
    error = error_of(file(tmp_path, "a.txt", source), file(tmp_path, "b.txt", target))
    assert message in error.message
    assert hint in error.hint


def test_an_unsure_language_is_a_warning_and_a_short_text_nothing(tmp_path):
    source = file(tmp_path, "a.txt", EN)
    short_german = "Der Hafenrat hat am Dienstag beschlossen, den alten Steg zu sperren."
    (pair,) = read_pairs(source, file(tmp_path, "b.txt", short_german))
    assert "looks like German, not French" in pair.warnings[0]
    mostly_french = FR * 5 + EN * 3
    for text in ("Oui.", "Non merci", "Elon Musk, 2024", mostly_french):
        (pair,) = read_pairs(source, file(tmp_path, "b.txt", text))
        assert pair.warnings == ()
    (pair,) = read_pairs(file(tmp_path, "a.txt", "OK"), file(tmp_path, "b.txt", "OK"))
    assert pair.warnings == ()


def test_paths(tmp_path):
    a, folder = file(tmp_path, "a.txt", EN), tmp_path / "empty"
    folder.mkdir()
    missing = tmp_path / "missing.txt"
    for paths, message in [
        ((missing, a), "missing.txt does not exist"),
        ((a, missing), "missing.txt does not exist"),
        ((folder, a), "empty is a folder, but"),
        ((a, folder), "empty is a folder, but"),
        ((folder, None), "holds no text file"),
        ((folder, tmp_path), "holds no text file"),
        ((a, None), "a.txt has no translation beside it"),
        ((tmp_path / "a.txt" / "b", None), "cannot be read"),
        ((tmp_path / ("x" * 300), None), "cannot be read"),
        ((Path("a\0b"), None), "cannot be read"),
    ]:
        error = error_of(*paths)
        assert message in error.message
        assert error.hint


@pytest.mark.parametrize(
    ("raised", "message"),
    [
        (PermissionError(13, "Permission denied"), "may not be read"),
        (OSError(5, "Input/output error"), "cannot be read: Input/output error"),
        (IsADirectoryError(21, "Is a directory"), "is a folder"),
    ],
)
def test_an_unreadable_file(tmp_path, monkeypatch, raised, message):
    a, b = file(tmp_path, "a.txt", EN), file(tmp_path, "b.txt", FR)

    def refuse(path: Path) -> bytes:
        raise raised

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert message in error_of(a, b).message


def test_a_file_far_too_large(tmp_path):
    big = tmp_path / "big.txt"
    with big.open("wb") as f:
        f.truncate(50_000_000)
    assert "has 50 MB" in error_of(file(tmp_path, "a.txt", EN), big).message


BAD_ROWS = [
    ("rows.jsonl", "{not json\n", "Line 2 of", "is not JSON"),
    ("rows.jsonl", "[1, 2]\n", "Line 2 of", "is not a JSON object"),
    ("rows.jsonl", '{"en": "a"}\n', "Line 2 of", "has no “target” or “fr” but “en”"),
    ("rows.jsonl", "{}\n", "Line 2 of", "but nothing"),
    ("rows.jsonl", '{"en": "a", "fr": null}\n', "Line 2 of", "has no text in “fr”"),
    ("rows.jsonl", '{"en": "a", "fr": ["b"]}\n', "Line 2 of", "has no text in “fr”"),
    ("rows.jsonl", '{"en": "a", "fr": "\\ud83d"}\n', "Line 2 of", "surrogate"),
    ("rows.jsonl", "[" * 100_000 + "\n", "Line 2 of", "is not JSON"),
    ("rows.tsv", "only one column\n", "Line 2 of", "has 1 column instead"),
    ("rows.tsv", "a\tb\tc\td\n", "Line 2 of", "has 4 columns instead"),
]


@pytest.mark.parametrize(("name", "row", "where", "what"), BAD_ROWS)
def test_a_bad_row_keeps_back_no_other(tmp_path, name, row, where, what):
    good = GOOD_ROW if name.endswith("l") else f"{EN.splitlines()[0]}\t{FR.splitlines()[0]}\n"
    found = list(read_pairs(file(tmp_path, name, good + row + good)))
    assert len(found) == 2
    assert len(found[0].segments) == 2
    entry, error = found[1]
    assert entry == f"{name}:2"
    assert where in error.message
    assert what in error.message
    assert error.hint


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("rows.tsv", "", "holds no text"),
        ("rows.tsv", "en\tfr\n", "has no row that can be used."),
        ("rows.tsv", "a,b\nc,d\n", "has no row that can be used. Line 1 of"),
        ("rows.tsv", f"en\tfr\n{EN.splitlines()[0]}\n", "too few for the header"),
        ("rows.tsv", "x" * 200_000 + "\ty\n", "Line 1 of"),
        ("rows.tsv", f"{EN.splitlines()[0]}\t \n", "The translation of rows in"),
        ("rows.tsv", f"{FR.splitlines()[0]}\t{EN.splitlines()[0]}\n", "is in French and the translation"),
        ("rows.jsonl", "\n\n", "holds no text"),
        ("rows.jsonl", '[{"en": "a", "fr": "b"}]', "has no row that can be used"),
        ("rows.jsonl", '{"en": "' + "x" * 200_000 + '", "fr": "b"}', "has a paragraph of 200000 characters"),
        ("rows.jsonl", b"\x00\x01", "not a text file"),
    ],
)
def test_a_table_without_any_use(tmp_path, name, content, message):
    assert message in error_of(file(tmp_path, name, content)).message
