"""The pairs written for this project: what corpora/ and tests/pairs/ promise is true of the files themselves."""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from mtqc.model import Category, Severity
from mtqc.text.offsets import LineIndex

ROOT = Path(__file__).parent.parent
CORPORA = sorted(p.parent for p in (ROOT / "corpora").glob("*/meta.toml"))
PAIRS = sorted((ROOT / "tests" / "pairs").glob("*.jsonl"))
REGISTERS = {"business", "politics", "science", "sport", "health", "culture", "technology", "wire"}
REQUIRED = {"must", "should", "may", "must-not-flag"}
NO_BREAK = "\u00a0\u202f"

corpus = pytest.mark.parametrize("folder", CORPORA, ids=lambda p: p.name)


def meta(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / "meta.toml").read_text("utf-8"))


def read(folder: Path, name: str) -> str:
    return (folder / name).read_bytes().decode("utf-8")


def lines(folder: Path, name: str) -> list[str]:
    text = read(folder, name)
    return [text[start:stop] for start, stop in LineIndex(text).lines()]


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line]


def nth(text: str, part: str, occurrence: int) -> int:
    """Offset of the n-th occurrence, overlapping ones counted; -1 where there are fewer."""
    at = -1
    for _ in range(occurrence):
        at = text.find(part, at + 1)
        if at < 0:
            return -1
    return at


def test_there_are_enough_pairs_of_every_register_and_at_least_two_are_clean():
    metas = [meta(folder) for folder in CORPORA]
    assert len(metas) >= 8
    assert {m["register"] for m in metas} >= REGISTERS
    assert sum(m["clean"] for m in metas) >= 2
    assert {m["register"] for m in metas if not m["clean"]} == REGISTERS


@corpus
def test_every_file_is_there_and_the_headline_stands_on_line_one(folder):
    assert {p.name for p in folder.iterdir()} == {
        "source.en.txt",
        "target.fr.txt",
        "gold.jsonl",
        "beads.jsonl",
        "meta.toml",
    }
    facts = meta(folder)
    assert lines(folder, "source.en.txt")[0] == facts["title"].replace("'", "’")
    assert facts["licence"] == "MIT"
    assert facts["author"] == "the mtqc authors"
    assert facts["notes"]
    assert facts["clean"] == folder.name.startswith("clean-")


@corpus
def test_lengths_are_those_the_meta_file_gives(folder):
    facts, beads = meta(folder), rows(folder / "beads.jsonl")
    for side, key in (("source", "sentences_en"), ("target", "sentences_fr")):
        assert sum(len(bead[side]) for bead in beads) == facts[key]
        assert 15 <= facts[key] <= 40
    assert len(read(folder, "source.en.txt").split()) == facts["words"]
    assert sum(g["required"] != "must-not-flag" for g in rows(folder / "gold.jsonl")) == facts["errors"]


@corpus
@pytest.mark.parametrize(("side", "name"), [("source", "source.en.txt"), ("target", "target.fr.txt")])
def test_the_beads_are_the_text(folder, side, name):
    sentences = [s for bead in rows(folder / "beads.jsonl") for s in bead[side]]
    assert " ".join(sentences) == " ".join(line for line in lines(folder, name) if line)


@corpus
def test_the_bytes_are_as_the_meta_file_says(folder):
    facts = meta(folder)
    for name in ("source.en.txt", "target.fr.txt"):
        text = read(folder, name)
        bare = text.replace("\r\n", "")
        assert ("\r\n" in text, "\r" in bare) == (facts["line_ends"] == "crlf", False)
        assert ("\n" in bare) == (facts["line_ends"] == "lf")
        assert not text.startswith("\ufeff")
    french = read(folder, "target.fr.txt")
    assert french == unicodedata.normalize(facts["normalisation"], french)
    assert (french == unicodedata.normalize("NFC", french)) == (facts["normalisation"] == "NFC")
    spaces = {c for c in french if c in NO_BREAK}
    assert spaces == {"plain": set(), "nbsp": {"\u00a0"}, "nnbsp": {"\u202f"}, "mixed": set(NO_BREAK)}[facts["spaces"]]


def test_the_odd_encodings_are_covered():
    metas = [meta(folder) for folder in CORPORA]
    assert "crlf" in {m["line_ends"] for m in metas}
    assert "NFD" in {m["normalisation"] for m in metas}
    assert {m["spaces"] for m in metas} == {"plain", "nbsp", "nnbsp", "mixed"}
    assert any("Ã" in read(folder, "target.fr.txt") for folder in CORPORA)
    assert any(len(lines(f, "source.en.txt")) != len(lines(f, "target.fr.txt")) for f in CORPORA)


@corpus
def test_gold_points_into_the_texts(folder):
    source, target = lines(folder, "source.en.txt"), lines(folder, "target.fr.txt")
    for gold in rows(folder / "gold.jsonl"):
        start, end = gold["target_span"]
        line = target[gold["target_line"] - 1]
        assert line[start:end] == gold["target_text"] != ""
        assert nth(line, gold["target_text"], gold["occurrence"]) == start
        if gold["source_text"] is None:
            assert gold["source_line"] is None
        else:
            assert gold["source_text"] in source[gold["source_line"] - 1]
        assert gold["target_text"] != gold["suggestion"]
        assert gold["note"]


@corpus
def test_gold_has_known_categories_and_severities(folder):
    severities = {s.label for s in Severity if s is not Severity.NEUTRAL}
    for gold in rows(folder / "gold.jsonl"):
        assert gold["required"] in REQUIRED
        notice = gold["required"] == "must-not-flag"
        assert notice == (gold["category"] == "boilerplate") == (gold["severity"] == "none")
        if not notice:
            assert Category(gold["category"])
            assert gold["severity"] in severities


@corpus
def test_gold_is_in_order_and_nothing_is_marked_twice(folder):
    places = [(g["target_line"], *g["target_span"]) for g in rows(folder / "gold.jsonl")]
    assert places == sorted(set(places))
    assert all(a[0] < b[0] or a[2] <= b[1] for a, b in pairwise(places))


@corpus
def test_clean_articles_have_no_error_and_the_others_five_to_twenty(folder):
    facts = meta(folder)
    assert facts["errors"] == 0 if facts["clean"] else 5 <= facts["errors"] <= 20


def test_many_kinds_of_errors_are_covered():
    gold = [g for folder in CORPORA for g in rows(folder / "gold.jsonl")]
    assert len({g["category"] for g in gold}) >= 16
    assert {g["required"] for g in gold} == REQUIRED


def test_the_sets_of_sentence_pairs_are_large_enough():
    size = {path.stem: len(rows(path)) for path in PAIRS}
    assert set(size) == {"in_the_wild", "synthetic", "negative", "known_failures"}
    assert size["negative"] >= 40
    assert size["synthetic"] + size["in_the_wild"] + size["known_failures"] >= 50


@pytest.mark.parametrize("path", PAIRS, ids=lambda p: p.stem)
def test_sentence_pairs_are_well_formed(path):
    seen = set()
    for row in rows(path):
        assert list(row) == ["en", "fr", "marks", "category", "note"]
        assert not re.search(r"[\n\r⟦⟧]", row["en"] + row["fr"])
        assert (row["en"], row["fr"]) not in seen
        seen.add((row["en"], row["fr"]))
        if path.stem == "negative":
            assert row["marks"] is row["category"] is None
        else:
            assert row["marks"] in row["fr"]
            assert Category(row["category"])
