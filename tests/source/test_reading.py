"""Good input: what is kept as it stands, how files and rows are paired."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest

from mtqc.errors import MtqcError
from mtqc.model import ArticlePair, Span
from mtqc.source import READERS, read_pairs

EN = "The harbour board voted on Tuesday to close the old pier for the winter. Nobody objected to the plan."
FR = "Le conseil du port a décidé mardi de fermer la vieille jetée pour l’hiver. Personne ne s’y est opposé."


def write(path: Path, text: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def one(source: Path, target: Path | None = None) -> ArticlePair:
    (found,) = read_pairs(source, target)
    assert isinstance(found, ArticlePair), found
    return found


def split_up(found) -> tuple[dict[str, ArticlePair], dict[str, str]]:
    found = list(found)
    pairs = {p.id: p for p in found if isinstance(p, ArticlePair)}
    errors = {e[0]: e[1].message for e in found if not isinstance(e, ArticlePair)}
    assert len(pairs) + len(errors) == len(found)
    return pairs, errors


def test_two_files(tmp_path):
    pair = one(write(tmp_path / "pier.en.txt", EN), write(tmp_path / "jetée.txt", FR))
    assert (pair.id, pair.source.lang, pair.target.lang) == ("pier", "en", "fr")
    assert (pair.source.text, pair.target.text, pair.segments, pair.warnings) == (EN, FR, (), ())
    assert pair.source.path.endswith("pier.en.txt")
    assert len(pair.target.sha256) == 64
    assert pair.target.encoding == "utf-8"


@pytest.mark.parametrize(
    "text",
    [
        FR.replace(". ", ".\r\n"),
        FR.replace(". ", ".\r"),
        FR + "\n\n\n",
        unicodedata.normalize("NFD", FR),
        FR.replace("mardi", "«\u00a0mardi\u202f»\u200b \u2028"),
        "\x0c" + FR + "\x85" + FR,
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_the_text_is_kept_as_it_stands(tmp_path, text, encoding):
    pair = one(write(tmp_path / "a.txt", EN), write(tmp_path / "b.txt", text.encode(encoding)))
    assert pair.target.text == text
    assert pair.target.encoding == encoding.removesuffix("-sig")
    assert pair.warnings == ()


@pytest.mark.parametrize("encoding", ["cp1252", "iso8859_15", "mac_roman", "cp850"])
def test_another_encoding_is_named_in_a_warning(tmp_path, encoding):
    text = (
        FR.replace("’", "'") + " L'été dernier, la forêt brûlait près de la côte, là où le château a été fermé.\n"
    ) * 3
    pair = one(write(tmp_path / "a.txt", EN), write(tmp_path / "b.txt", text.encode(encoding)))
    assert pair.target.text == text
    (warning,) = pair.warnings
    assert "b.txt is not UTF-8" in warning
    assert pair.target.encoding in warning


def test_garbled_and_lost_characters_are_named(tmp_path):
    garbled = FR.encode().decode("cp1252", "replace")
    pair = one(write(tmp_path / "a.txt", EN), write(tmp_path / "b.txt", garbled + " \ufffd"))
    first, second = pair.warnings
    assert "“Ã©” for “é”" in first
    assert "U+FFFD" in second
    clean = one(write(tmp_path / "a.txt", EN), write(tmp_path / "b.txt", FR + " São Paulo, L’ÂGE D’OR, Â «"))
    assert clean.warnings == ()


def test_two_folders_are_paired_by_name(tmp_path):
    for name in ("pier.en.txt", "sub/mayor.txt", "sub/deep/caf\u00e9.txt", "lost.txt", ".hidden.txt", "notes.md"):
        write(tmp_path / "en" / name, EN)
    for name in ("pier.fr.txt", "sub/mayor.fr.txt", "sub/deep/cafe\u0301.txt", "extra.txt"):
        write(tmp_path / "fr" / name, FR)
    pairs, errors = split_up(read_pairs(tmp_path / "en", tmp_path / "fr"))
    assert list(pairs) == ["pier", "sub/deep/caf\u00e9", "sub/mayor"]
    assert set(errors) == {"lost", "extra"}
    assert "lost.txt has no French counterpart in" in errors["lost"]
    assert "extra.txt has no English counterpart in" in errors["extra"]


def test_one_folder_holds_both_sides(tmp_path):
    for name in ("a.en.txt", "NAME/source.en.txt", "old/source.txt", "en/b.txt", "x-en.txt", "y.en-GB.txt"):
        write(tmp_path / name, EN)
    for name in ("a.fr.txt", "NAME/target.fr.txt", "old/target.txt", "fr/b.txt", "x-fr.txt", "y.fr_FR.txt"):
        write(tmp_path / name, FR)
    write(tmp_path / "NAME/reference.fr.txt", FR)
    write(tmp_path / "what.txt", FR)
    pairs, errors = split_up(read_pairs(tmp_path))
    assert set(pairs) == {"a", "NAME", "old", "b", "x", "y"}
    assert set(errors) == {"what"}
    assert "does not tell whether" in errors["what"]
    (alone,) = read_pairs(tmp_path / "NAME")
    assert alone.id == "NAME"


def test_one_bad_article_stops_none_of_the_others(tmp_path):
    for name in ("a", "b", "c", "d"):
        write(tmp_path / f"{name}.en.txt", EN)
        write(tmp_path / f"{name}.fr.txt", {"b": "", "c": EN}.get(name, FR))
    write(tmp_path / "d.fr.text", FR)
    pairs, errors = split_up(read_pairs(tmp_path))
    assert list(pairs) == ["a"]
    assert "is empty" in errors["b"]
    assert "same text" in errors["c"]
    assert "have the same name" in errors["d"]


def test_counts_of_lines_need_not_match(tmp_path):
    pair = one(write(tmp_path / "a.txt", EN + "\n" + EN), write(tmp_path / "b.txt", FR))
    assert pair.segments == ()


def segments(pair: ArticlePair) -> list[tuple[str, str]]:
    cut = [(s, t) for s, t in pair.segments]
    return [(pair.source.text[s.start : s.end], pair.target.text[t.start : t.end]) for s, t in cut]


@pytest.mark.parametrize(
    "table",
    [
        f"{EN}\t{FR}\n\nBye.\t\n",
        f"{EN}\t{FR}\r\nBye.\t\r\n",
        f"fr\ten\n{FR}\t{EN}\n\tBye.",
        f"note\tSource\tTARGET\nx\t{EN}\t{FR}\ny\tBye.\t\n",
    ],
)
def test_tsv_rows_become_segments(tmp_path, table):
    pair = one(write(tmp_path / "rows.tsv", table))
    assert pair.id == "rows"
    assert segments(pair) == [(EN, FR), ("Bye.", "")]
    assert pair.source.text == f"{EN}\nBye."
    assert pair.segments[1][1] == Span(len(FR) + 1, len(FR) + 1)


def test_a_third_column_groups_rows_into_articles(tmp_path):
    rows = [(EN, FR, "one"), (EN, FR, "two"), ("Bye.", "Salut.", "one")]
    write(tmp_path / "rows.tsv", "".join("\t".join(r) + "\n" for r in rows))
    pairs, errors = split_up(read_pairs(tmp_path / "rows.tsv"))
    assert not errors
    assert {k: len(p.segments) for k, p in pairs.items()} == {"one": 2, "two": 1}
    assert segments(pairs["one"])[1] == ("Bye.", "Salut.")


def test_quotation_marks_are_text_unless_a_spreadsheet_wrote_them(tmp_path):
    plain = one(write(tmp_path / "plain.tsv", f'"{EN}"\t"{FR}"\n"So," he said.\tFin "dite".\n'))
    assert segments(plain) == [(f'"{EN}"', f'"{FR}"'), ('"So," he said.', 'Fin "dite".')]
    sheet = one(write(tmp_path / "sheet.tsv", f'"{EN}\nA ""b"" c."\t{FR}\nBye.\tSalut.\n'))
    assert segments(sheet) == [(f'{EN}\nA "b" c.', FR), ("Bye.", "Salut.")]


@pytest.mark.parametrize("keys", [("source", "target"), ("en", "fr")])
def test_json_lines(tmp_path, keys):
    rows = [dict(zip(keys, texts, strict=True)) for texts in ((EN, f"{FR}\nSuite.\u2028"), ("Bye.", "Salut."))]
    text = "\n".join(json.dumps(r, ensure_ascii=False) for r in rows)
    pair = one(write(tmp_path / "rows.jsonl", text + "\n\n"))
    assert pair.id == "rows"
    assert segments(pair) == [(EN, f"{FR}\nSuite.\u2028"), ("Bye.", "Salut.")]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ([{"id": "a"}, {"id": "b"}], {"a": 1, "b": 1}),
        ([{"id": 7}, {"id": 7}], {"7": 2}),
        ([{"id": "r1", "article": "x"}, {"id": "r2", "article": "x"}], {"x": 2}),
        ([{"id": "a"}, {}], {"a": 1, "rows": 1}),
    ],
)
def test_json_lines_name_their_articles(tmp_path, fields, expected):
    rows = "\n".join(json.dumps({"source": EN, "target": FR, **f}) for f in fields)
    pairs, errors = split_up(read_pairs(write(tmp_path / "rows.jsonl", rows)))
    assert not errors
    assert {k: len(p.segments) for k, p in pairs.items()} == expected


def test_readers_are_named_once():
    assert len({r.name for r in READERS}) == len(READERS)


def test_an_error_is_an_mtqc_error_and_nothing_else(tmp_path):
    write(tmp_path / "a.en.txt", b"\x00\x01")
    write(tmp_path / "a.fr.txt", FR)
    ((name, error),) = read_pairs(tmp_path)
    assert name == "a"
    assert isinstance(error, MtqcError)
