"""Corpora as streams: the same articles every time, no two with one id, in constant memory."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import time
import unicodedata
from pathlib import Path

import pytest
from source_inputs import EN, FR, split_up, streamed, texts, write

from mtqc.errors import InputError
from mtqc.model import ArticlePair
from mtqc.source import articles, lines, read_pairs
from mtqc.source.again import TextsAtHand
from mtqc.source.names import Names
from mtqc.source.rows import Columns
from mtqc.source.stream import Reading, stream

SHARED = Path(__file__).parents[3] / "shared"


def jsonl(path: Path, *rows: dict[str, object]) -> Path:
    return write(path, "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows))


def row(article: object = None, **fields: object) -> dict[str, object]:
    return {"en": EN, "fr": FR, **({} if article is None else {"article": article}), **fields}


def test_rows_that_follow_each_other_are_an_article(tmp_path):
    path = jsonl(tmp_path / "a.jsonl", row("x"), row("x"), row(7), row("y"), row("y"))
    pairs, errors = streamed(path)
    assert errors == {}
    assert {name: len(p.segments) for name, p in pairs.items()} == {"x": 2, "7": 1, "y": 2}
    assert pairs["y"].source.file_lines == (4, 5)
    assert {n: (p.source, p.target) for n, p in pairs.items()} == {
        n: (p.source, p.target) for n, p in split_up(read_pairs(path))[0].items()
    }


def test_an_article_that_comes_again_is_another_and_says_so(tmp_path):
    pairs, errors = streamed(jsonl(tmp_path / "a.jsonl", row("x"), row("y"), row("x"), row("z"), row("x")))
    assert errors == {}
    assert list(pairs) == ["x", "y", "x:3", "z", "x:5"]
    assert pairs["x"].warnings == ()
    (warning,) = pairs["x:3"].warnings
    assert "stand apart" in warning
    assert "from line 3 on" in warning


def test_rows_that_name_no_article_come_in_pieces(tmp_path):
    path = write(tmp_path / "pairs.tsv", "".join(f"{EN} {i}\t{FR} {i}\n" for i in range(250)))
    pairs, errors = streamed(path)
    assert errors == {}
    assert list(pairs) == ["pairs:1-100", "pairs:101-200", "pairs:201-250"]
    assert texts(pairs["pairs:101-200"])[0] == (f"{EN} 100", f"{FR} 100")
    texts_at_hand = TextsAtHand()
    assert all(texts_at_hand(p.target) == p.target for p in pairs.values())


def test_ids_of_rows_can_be_passed_over(tmp_path):
    path = jsonl(tmp_path / "a.jsonl", *(row(id=f"r{i}") for i in range(3)))
    assert list(streamed(path)[0]) == ["r0", "r1", "r2"]
    assert list(streamed(path, article_column="-")[0]) == ["a:1-3"]


def test_an_article_without_end_is_cut(tmp_path, monkeypatch):
    monkeypatch.setattr(articles, "MAX_SIZE", 3 * len(EN + FR))
    pairs, errors = streamed(jsonl(tmp_path / "a.jsonl", *(row("x") for _ in range(7))))
    assert errors == {}
    assert {name: len(p.segments) for name, p in pairs.items()} == {"x": 3, "x:4": 3, "x:7": 1}
    assert "longer than an article can be" in pairs["x:4"].warnings[0]


def test_columns_may_have_any_name_and_stand_inside_others(tmp_path):
    rows = [
        {"text": EN, "mt": {"google": FR, "other.one": FR + " Fin."}, "about": {"doc": "d1", "day": "2024-05-01"}},
        {"text": EN, "mt": {"google": FR, "other.one": FR}, "about": {"doc": "d1", "day": "2024-05-02"}},
    ]
    path = jsonl(tmp_path / "a.jsonl", *rows)
    names = {"source_column": "text", "article_column": "about.doc", "date_column": "about.day"}
    pairs, errors = streamed(path, target_column="mt.google", **names)
    assert errors == {}
    assert texts(pairs["d1"]) == [(EN, FR)] * 2
    assert pairs["d1"].date == "2024-05-01"
    again = TextsAtHand(Columns("text", "mt.google", "about.doc"))
    assert [again(d) for d in (pairs["d1"].source, pairs["d1"].target)] == [pairs["d1"].source, pairs["d1"].target]
    assert TextsAtHand()(pairs["d1"].target) is None
    assert texts(streamed(path, target_column="mt.other.one", **names)[0]["d1"])[0][1].endswith("Fin.")


def test_columns_of_a_tsv_by_name_and_by_number(tmp_path):
    named = write(tmp_path / "a.tsv", f"Text\tSystem A\tday\n{EN}\t{FR}\t2024\n")
    pairs, errors = streamed(named, source_column="text", target_column="System A", date_column="day")
    assert errors == {}
    assert texts(pairs["a:2-2"]) == [(EN, FR)]
    assert pairs["a:2-2"].date == "2024"
    bare = write(tmp_path / "b.tsv", f"x\t{FR}\t{EN}\ny\t{FR}\t{EN}\n")
    pairs, errors = streamed(bare, source_column="3", target_column="2", article_column="1")
    assert errors == {}
    assert {name: texts(p) for name, p in pairs.items()} == {"x": [(EN, FR)], "y": [(EN, FR)]}


@pytest.mark.parametrize(
    ("name", "text", "options"),
    [
        ("a.jsonl", json.dumps({"en": EN, "mt": {"google": FR, "aws": FR}}) + "\n", {"target_column": "mt.gogle"}),
        ("a.jsonl", json.dumps({"en": EN, "mt": {"google": FR, "aws": FR}}) + "\n", {}),
        ("a.jsonl", json.dumps(row(mt={"google": 1, "aws": 2})) + "\n", {"article_column": "doc"}),
        ("a.tsv", f"en\tmt.google\tmt.aws\n{EN}\t{FR}\t{FR}\n", {"target_column": "mt.gogle"}),
        ("a.tsv", f"en\tfr\tmt.google\tmt.aws\n{EN}\t{FR}\tx\ty\n", {"date_column": "day"}),
    ],
)
def test_a_wrong_column_name_lists_those_that_are_there(tmp_path, name, text, options):
    with pytest.raises(InputError) as caught:
        list(stream(write(tmp_path / name, text), reading=Reading(**options)))
    assert "“mt.google”, “mt.aws”" in caught.value.message
    assert str(tmp_path / name) in caught.value.message
    assert caught.value.hint


def test_columns_that_cannot_be(tmp_path):
    path = write(tmp_path / "a.tmx", "<tmx/>")
    with pytest.raises(InputError, match="has no columns, and so no “mt”"):
        list(stream(path, reading=Reading(target_column="mt")))
    with pytest.raises(InputError, match="“mt” is to hold the original and the translation"):
        list(stream(write(tmp_path / "a.tsv", "x"), reading=Reading(source_column="mt", target_column="mt")))


@pytest.mark.parametrize(
    ("given", "date", "noted"),
    [
        ("2024-05-01", "2024-05-01", False),
        ("2024-05-01T10:00:00Z", "2024-05-01T10:00:00Z", False),
        ("2024-05", "2024-05", False),
        (2024, "2024", False),
        (None, "", False),
        ("1 mai 2024", "", True),
        ("2024-13-01", "", True),
    ],
)
def test_dates_are_iso_or_are_said_to_be_left_out(tmp_path, given, date, noted):
    pairs, errors = streamed(jsonl(tmp_path / "a.jsonl", row("x", date=given), row("x", date=given)))
    assert errors == {}
    assert pairs["x"].date == date
    assert [f"Line 1 of {tmp_path / 'a.jsonl'}: “{given}” is no date" in w for w in pairs["x"].warnings] == [
        True
    ] * noted


def test_bad_rows_come_where_they_stand_and_keep_back_no_other(tmp_path):
    good = f"{EN}\t{FR}\n"
    bad = f"{EN}\n".encode() + f"{EN}\t".encode() + b"caf\xe9 noir\n" + f"{EN}\t{'x' * 200_000}\n".encode()
    pairs, errors = streamed(write(tmp_path / "a.tsv", good.encode() + bad + good.encode()))
    assert {name: len(p.segments) for name, p in pairs.items()} == {"a:1-5": 2}
    assert "has 1 column" in errors["a.tsv:2"]
    assert "its byte 0xe9 is not UTF-8" in errors["a.tsv:3"]
    assert "has a paragraph of 200000 characters" in errors["a.tsv:4"]
    found = jsonl(tmp_path / "b.jsonl", row("x"))
    found.write_bytes(found.read_bytes() + b'{"en": "caf\xe9", "fr": "x"}\n{"en": 1, "fr": "x"}\n' + found.read_bytes())
    pairs, errors = streamed(found)
    assert {name: len(p.segments) for name, p in pairs.items()} == {"x": 2}
    assert "holds byte 0xe9, which is not UTF-8" in errors["b.jsonl:2"]
    assert "has no text in “en”" in errors["b.jsonl:3"]


def test_a_file_of_another_kind_fails_at_once(tmp_path):
    path = write(tmp_path / "a.jsonl", '{"a": 1\n' * 1_000 + json.dumps(row()) + "\n")
    with pytest.raises(InputError, match=r"no row that can be used among its first 1000. Line 1 of .* is not JSON"):
        list(stream(path))


def test_what_came_before_the_file_breaks_off_is_kept(tmp_path):
    packed = gzip.compress("".join(f"{i} {EN}\t{i} {FR}\n" for i in range(16_000)).encode())
    path = write(tmp_path / "a.tsv.gz", packed[: len(packed) * 2 // 3])
    *found, (name, error) = stream(path)
    assert len(found) > 50
    assert all(isinstance(p, ArticlePair) for p in found)
    assert name == "a.tsv.gz"
    assert "cannot be unpacked" in error.message


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings_of_long_files(tmp_path, monkeypatch, encoding):
    monkeypatch.setattr(lines, "HEAD", 600)
    text = "".join(f"{EN}\t{FR.replace('’', chr(39))} L'été, à la côte : {i} €\n" for i in range(120))
    pairs, errors = streamed(write(tmp_path / "a.tsv", text.encode(encoding)))
    assert errors == {}
    assert list(pairs) == ["a:1-100", "a:101-120"]
    assert texts(pairs["a:101-120"])[-1][1].endswith("L'été, à la côte : 119 €")
    assert bool(pairs["a:101-120"].warnings) == (encoding == "cp1252")


def test_a_spreadsheet_is_known_by_its_beginning(tmp_path, monkeypatch):
    monkeypatch.setattr(lines, "HEAD", 600)
    text = "".join(f'"{EN}\nSaid ""{i}""."\t{FR}\n' for i in range(50))
    pairs, errors = streamed(write(tmp_path / "a.tsv", text))
    assert errors == {}
    assert texts(pairs["a:1-99"])[49] == (f'{EN}\nSaid "49".', FR)


def test_garbled_text_is_said_of_the_article_that_holds_it(tmp_path):
    garbled = FR.encode().decode("cp1252", "replace")
    pairs, _ = streamed(jsonl(tmp_path / "a.jsonl", row("x"), row("y", fr=garbled)))
    assert pairs["x"].warnings == ()
    assert "garbled" in pairs["y"].warnings[0]


@pytest.mark.parametrize("name", ["a.tsv", "a.jsonl"])
def test_a_file_that_changes_while_it_is_read(tmp_path, monkeypatch, name):
    line = f"{EN}\t{FR}\tx\n" if name == "a.tsv" else json.dumps(row("x")) + "\n"
    path = write(tmp_path / name, line * 20_000)
    found = stream(path)
    monkeypatch.setattr(articles, "MAX_SIZE", 1_000_000)
    first = next(found)
    with path.open("a") as file:
        file.write(line)
    rest = list(found)
    assert isinstance(first, ArticlePair)
    entry, error = rest[-1]
    assert entry == name
    assert "changed while it was read" in error.message
    assert all(isinstance(p, ArticlePair) for p in rest[:-1])


def test_a_text_that_goes_while_the_folder_is_read(tmp_path):
    for name in ("a", "b"):
        write(tmp_path / f"{name}.en.txt", EN)
        write(tmp_path / f"{name}.fr.txt", FR)
    found = stream(tmp_path)
    assert next(found).id == "a"
    (tmp_path / "b.fr.txt").unlink()
    ((name, error),) = found
    assert name == "b"
    assert "does not exist" in error.message


NAMES = [
    "with spaces  in it",
    unicodedata.normalize("NFC", "café à noël"),
    unicodedata.normalize("NFD", "éclair"),
    "two\nlines",
    "tab\there",
    "“quoted” 'n' $HOME; rm -rf *",
    "🎈",
    "-o",
    "a" * 200,
]


def test_names_of_every_kind(tmp_path):
    for name in NAMES:
        write(tmp_path / "en" / f"{name}.txt", EN)
        write(tmp_path / "fr" / f"{unicodedata.normalize('NFD', name)}.txt", FR)
    pairs, errors = streamed(tmp_path / "en", tmp_path / "fr")
    assert errors == {}
    assert set(pairs) == {unicodedata.normalize("NFC", n).replace("\n", " ").replace("\t", " ") for n in NAMES}
    assert [p.id for p in stream(tmp_path / "en", tmp_path / "fr")] == list(pairs)
    assert all(TextsAtHand()(p.target) == p.target for p in pairs.values())


def test_names_that_are_no_text_or_no_file(tmp_path):
    for name in (b"caf\xe9", b"pipe", b"link", b"good", b"line\nend"):
        for side, text in ((b".en.txt", EN), (b".fr.txt", FR)):
            Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name + side)).write_text(text)
    for name, replace in (("pipe.en.txt", os.mkfifo), ("link.en.txt", lambda p: p.symlink_to("nowhere"))):
        (tmp_path / name).unlink()
        replace(tmp_path / name)
    write(tmp_path / "line\nend.fr.txt", "")
    write(tmp_path / "cafe\u0301.en.txt", EN)
    write(tmp_path / "caf\u00e9.en.txt", EN)
    pairs, errors = streamed(tmp_path)
    assert set(pairs) == {"good"}
    assert "has a name that is not UTF-8" in errors["caf\\udce9"]
    assert "is no file with a text in it" in errors["pipe"]
    assert "does not exist" in errors["link"]
    assert errors["line end"].endswith("line end.fr.txt is empty.")
    assert "the form of its accents" in errors["caf\u00e9"]


def test_ten_thousand_empty_files(tmp_path):
    for i in range(5_000):
        (tmp_path / f"{i}.en.txt").touch()
        (tmp_path / f"{i}.fr.txt").touch()
    started = time.perf_counter()
    pairs, errors = streamed(tmp_path)
    assert pairs == {}
    assert len(errors) == 5_000
    assert all(message.endswith(".en.txt is empty.") for message in errors.values())
    assert time.perf_counter() - started < 20


def test_a_folder_that_may_not_be_looked_into(tmp_path, monkeypatch):
    write(tmp_path / "a.en.txt", EN)
    write(tmp_path / "a.fr.txt", FR)
    (tmp_path / "shut").mkdir()
    walk = os.walk

    def refusing(top, onerror=None, **options):
        onerror(PermissionError(13, "Permission denied", str(tmp_path / "shut")))
        return walk(top, onerror=onerror, **options)

    monkeypatch.setattr(os, "walk", refusing)
    pairs, errors = streamed(tmp_path)
    assert set(pairs) == {"a"}
    assert errors["shut"] == f"{tmp_path / 'shut'} cannot be read: Permission denied."


def test_names_are_told_apart():
    names = Names()
    assert [names.own("a"), names.own("a", "b"), names.own("a", "b"), names.own("a", "b")] == [
        "a",
        "b",
        "b (2)",
        "b (3)",
    ]
    many = [names.own(f"x{i}") for i in range(20_000)]
    assert many == [f"x{i}" for i in range(20_000)]
    assert names.own("x17", "y17") == "y17"


MEASURE = """
import sys
from pathlib import Path
from mtqc.source.stream import stream
def peak():
    return int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0])
count = 0
for found in stream(Path(sys.argv[1])):
    count += len(found.segments)
    if count == 2_000:
        before = peak()
print(count, peak() - before)
"""


@pytest.mark.parametrize("name", ["a.tsv", "a.jsonl.gz"])
def test_sixty_thousand_rows_in_constant_memory(tmp_path, name):
    text = "".join(f"Yes, {i}.\tOui, {i}.\n" for i in range(60_000))
    if name.startswith("a.jsonl"):
        rows = (line.split("\t") for line in text.splitlines())
        text = "".join(json.dumps({"en": a, "fr": b, "note": "x" * 200}) + "\n" for a, b in rows)
    path = write(tmp_path / name, gzip.compress(text.encode(), 1) if name.endswith("gz") else text)
    done = subprocess.run([sys.executable, "-c", MEASURE, path], capture_output=True, text=True, check=True)
    count, grown = map(int, done.stdout.split())
    assert count == 60_000
    assert grown < 4_000, f"{grown} KB more at the end than after 2,000 rows"


@pytest.mark.shared
def test_real_news_documents():
    path = SHARED / "eval" / "ntrex_enfr.jsonl.gz"
    if not path.exists():
        pytest.skip("no ../shared/eval")
    pairs, errors = streamed(path, target_column="ref_fr")
    assert errors == {}
    assert len(pairs) == 63
    assert sum(len(p.segments) for p in pairs.values()) == 1053
    assert all(p.source.file_lines[0] > 0 and not p.warnings for p in pairs.values())


def test_languages_can_be_left_to_another(tmp_path):
    german = (
        "Der Hafenrat hat am Dienstag beschlossen, den alten Steg für den Winter zu sperren, und niemand war dagegen."
    )
    path = jsonl(tmp_path / "a.jsonl", row("x"), row("y", fr=german * 2), row("z", fr=EN))
    for name, text in {"a": FR, "b": german * 2}.items():
        write(tmp_path / "both" / f"{name}.en.txt", EN)
        write(tmp_path / "both" / f"{name}.fr.txt", text)
    for source in (path, tmp_path / "both"):
        now = list(stream(source))
        assert any(isinstance(found, tuple) for found in now)
        later = []
        for found in stream(source, reading=Reading(languages=False)):
            try:
                later.append(articles.judged(found))
            except InputError as error:
                later.append((found.id, error))
        assert repr(later) == repr(now)


def test_an_article_of_a_hundred_thousand_sentences_is_one(tmp_path):
    line = json.dumps(
        row("long", en="The board of the harbour met again." * 4, fr="Le conseil du port s’est réuni." * 4)
    )
    path = write(tmp_path / "a.jsonl", f"{line}\n" * 100_000)
    (pair,) = stream(path, reading=Reading(languages=False))
    assert len(pair.segments) == 100_000
    assert pair.warnings == ()
    write(tmp_path / "b.en.txt", pair.source.text)
    write(tmp_path / "b.fr.txt", pair.target.text)
    (whole,) = stream(tmp_path / "b.en.txt", tmp_path / "b.fr.txt", reading=Reading(languages=False))
    assert (whole.source.text, whole.target.text) == (pair.source.text, pair.target.text)


def test_a_row_without_a_date_keeps_its_text_and_says_so(tmp_path):
    path = tmp_path / "a.jsonl"
    rows = ['{"id": "a", "source": "The mayor resigned.", "target": "La maire a démissionné.", "day": "2026-01-02"}']
    rows += ['{"id": "b", "source": "The bridge is closed.", "target": "Le pont est fermé."}']
    path.write_text("\n".join(rows), encoding="utf-8")
    first, second = stream(path, None, ("en", "fr"), Reading(date_column="day"))
    assert (first.date, second.date) == ("2026-01-02", "")
    assert [w for w in second.warnings if "Line 2" in w and "has no “day”" in w]
