"""The steps of the data preparation on a small folder of texts."""

import dataclasses
import gzip
import json
import random
from collections import Counter

import mixture
import prepare
import pytest
import sources
import wordalign
from pairs import Pair, pair

PAIRS = [
    ("The mayor of the village resigned.", "Le maire du village a démissionné."),
    ("Bread costs 12 euros a loaf.", "Le pain coûte 12 euros la miche."),
    ("He said nothing of the matter to anybody at all.", "Il n’a rien dit de cette affaire à qui que ce soit."),
    ("The validation pair is here.", "La paire de validation est ici."),
    ("Lost 1,200 jobs.", "A perdu 1 300 emplois."),
    ("The mayor of the village resigned.", "Le maire du village a démissionné."),
]


def write(path, lines):
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as out:
        out.writelines(lines)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A shared folder with one source, one validation pair, one test text; data/ beside it."""
    tsv = [f"{en}\t{fr}\n" for en, fr in PAIRS]
    write(tmp_path / "train/tatoeba.tsv.gz", tsv)
    write(tmp_path / "train/dev.tsv.gz", [tsv[3]])
    write(
        tmp_path / "eval/mt.jsonl.gz",
        [json.dumps({"set": "wmt12", "en": "He said nothing of the matter to anybody."}) + "\n"],
    )
    monkeypatch.setenv("MTQC_SHARED", str(tmp_path))
    monkeypatch.setattr(prepare, "DATA", tmp_path / "data")
    monkeypatch.setattr(prepare, "SOURCES", tuple(s for s in sources.SOURCES if s.name == "tatoeba"))
    monkeypatch.setattr(prepare, "OURS", sources.Source(sources.AUTHORED, "ours", "MIT", times=2))
    write(
        tmp_path / "ours.tsv.gz",
        ["The judges wanted to see the letters at three.\tÀ 15 heures, les juges voulaient voir.\n"],
    )
    ours = [tmp_path / "ours.tsv.gz"]
    monkeypatch.setattr(prepare, "files", lambda s: ours if s.name == sources.AUTHORED else sources.files(s))
    prepare.tests.cache_clear()
    yield tmp_path
    prepare.tests.cache_clear()


def aligned(calls):
    def align(pairs, known=(), samplers=2):
        calls.append((len(pairs), len(known)))
        return ["0-0"] * len(pairs)

    return align


def test_clean_counts_what_it_leaves_out(folder):
    prepare.clean()
    kept = [row[1:] for row in prepare.rows("clean.tsv.gz")]
    assert kept[1:] == [list(PAIRS[0]), list(PAIRS[1])]
    assert json.loads((folder / "data/clean.json").read_text())["tatoeba"] == {
        "pairs": 6, "kept": 2, "test text: wmt12": 1, "validation text": 1, "numbers differ": 1, "seen before": 1,
    }  # fmt: skip


def test_align_builds_on_what_is_known(folder, monkeypatch):
    calls = []
    monkeypatch.setattr(wordalign, "align", aligned(calls))
    prepare.clean()
    prepare.align()
    total = 3 + len(prepare.templates())
    assert calls == [(total, 0)]
    with gzip.open(folder / "data/clean.tsv.gz", "at") as out:
        out.write("tatoeba\tA new pair.\tUne nouvelle paire.\n")
    prepare.align()
    assert calls[1] == (1, total)
    assert len(list(prepare.rows("links.tsv.gz"))) == total + 1


def capped(**limits):
    return (dataclasses.replace(next(s for s in sources.SOURCES if s.name == "tatoeba"), **limits),)


@pytest.mark.parametrize(("beyond", "number"), [(0, 0), (1, 1), (None, 2)])
def test_extra_takes_what_the_mixture_left_and_nothing_else(folder, monkeypatch, beyond, number):
    more = ("The bridge was closed on Sunday.", "Le pont a été fermé dimanche.")
    write(folder / "train/tatoeba.tsv.gz", [f"{en}\t{fr}\n" for en, fr in (*PAIRS, more)])
    monkeypatch.setattr(prepare, "SOURCES", capped(most=1, beyond=beyond))
    prepare.clean()
    prepare.extra()
    kept = [tuple(row[1:]) for row in prepare.rows("clean.tsv.gz") if row[0] == "tatoeba"]
    extra = [tuple(row) for row in prepare.rows("extra.tsv.gz")]
    assert len(kept) == 1
    assert len(extra) == number
    assert len({*kept, *extra}) == 1 + number
    assert {*kept, *extra} <= {PAIRS[0], PAIRS[1], more}


def test_mix_describes_what_it_writes(folder, monkeypatch):
    monkeypatch.setattr(wordalign, "align", aligned([]))
    monkeypatch.setattr(prepare, "SOURCES", capped(beyond=None))
    for step in prepare.STEPS.values():
        step()
    lines = list(prepare.rows("mix.tsv.gz"))
    told = json.loads((folder / "data/data.json").read_text())
    assert all(len(line) == 3 for line in lines)
    assert told["lines"] == len(lines)
    assert told["lines_with_links"] == sum(bool(line[2]) for line in lines)
    assert told["overlap"] == {
        "words": 8, "left_out": {"wmt12": 1}, "left_out_of_extra": {"wmt12": 1}, "remaining": 0,
    }  # fmt: skip
    assert told["extra_lines"] == 0
    assert told["sources"][1]["extra"]["left_out"]["seen before"] == 3
    assert [s["name"] for s in told["sources"]] == ["authored", "tatoeba"]
    assert any("The judges wanted" in line[0] for line in lines)
    assert told["templates"]["lines"] > 500
    assert list(prepare.rows("dev.tsv.gz")) == [list(PAIRS[3])]
    assert not list((folder / "data").glob("half-*"))


def test_mix_fails_where_a_test_text_remains(folder, monkeypatch):
    monkeypatch.setattr(wordalign, "align", aligned([]))
    prepare.clean()
    prepare.extra()
    prepare.align()
    monkeypatch.setattr(prepare, "free_of_tests", lambda: bool)
    monkeypatch.setattr(prepare, "templates", list)
    en, fr = PAIRS[2]
    monkeypatch.setattr(
        prepare, "parts", lambda: {"tatoeba": [Pair(en, fr)], "templates": [], "authored": [Pair(en, fr)]}
    )
    with pytest.raises(SystemExit, match="share 8 words with a test text: nothing written"):
        prepare.mix()
    assert not (folder / "data/mix.tsv.gz").exists()


def test_missing_folder_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("MTQC_SHARED", str(tmp_path / "nowhere"))
    with pytest.raises(SystemExit, match="set MTQC_SHARED to the folder that holds"):
        sources.shared()


def test_copies_are_varied_and_joined():
    items = [pair(f"Elon Musk paid {n} euros.", f"Elon Musk a payé {n} euros.", "0-0 1-1") for n in range(100, 400)]
    counts = Counter()
    made = list(mixture.copies(items, 2, random.Random(1), counts))
    assert len(made) == 600 - counts["join"]
    assert 20 < counts["join"] < 80
    assert counts["swap_names"] > 150
    assert counts["change_numbers"] > 120
    assert sum(item.en.count(" paid ") + item.en.count(" Paid ") + item.en.count(" PAID ") for item in made) == 600
    assert made == list(mixture.copies(items, 2, random.Random(1), Counter()))


def test_every_template_has_its_slot_once_a_side():
    assert all(text.count(mixture.SLOT) == 1 for texts in prepare.templates() for text in texts)


def test_long_pairs_are_not_aligned():
    assert not wordalign.alignable(("a " * wordalign.LONGEST + "a", "b"))
    assert not wordalign.alignable(("", "b"))
    assert wordalign.alignable(("a", "b"))
    assert wordalign.tokens("L’an 1 200") == "L’ an 1200"


def test_authored_files_are_pairs():
    for path in sources.files(sources.OURS):
        lines = path.read_text(encoding="utf-8").splitlines()
        assert lines
        assert all(line.count("\t") == 1 and all(side.strip() for side in line.split("\t")) for line in lines), (
            path.name
        )
