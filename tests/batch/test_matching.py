"""Two folders whose names say nothing, matched by content: files, orphans, the list of pairs, the whole command."""

from __future__ import annotations

import csv
import os
import pickle
from dataclasses import replace
from pathlib import Path

import pytest
from document_articles import ARTICLES, ENGLISH, FRENCH
from typer.testing import CliRunner

from mtqc.align.documents import CONFIDENT
from mtqc.batch import matching
from mtqc.batch.feeding import Input
from mtqc.batch.matching import Pairing, matched, pairings, read, write_manifest
from mtqc.cli.app import app
from mtqc.errors import InputError
from mtqc.model import ArticlePair, NotMeasured
from mtqc.source.stream import Reading, stream

LANGS = ("en", "fr")
CONTENT = Reading(match="content")


@pytest.fixture
def folders(tmp_path):
    """Five articles; what the files are called says nothing."""
    for side, (lang, names) in enumerate({"en": "abcde", "fr": "zwxvy"}.items()):
        (tmp_path / lang).mkdir()
        for name, article in zip(names, ARTICLES, strict=True):
            (tmp_path / lang / f"{name}.txt").write_text(article[side], encoding="utf-8")
    return tmp_path / "en", tmp_path / "fr"


def paired(found) -> dict[str, str]:
    return {p.source.name: p.target.name for p in found if p.error is None}


RIGHT = {"a.txt": "z.txt", "b.txt": "w.txt", "c.txt": "x.txt", "d.txt": "v.txt", "e.txt": "y.txt"}


class TestPairings:
    def test_every_file_finds_its_counterpart(self, folders):
        found = pairings(*folders)
        assert paired(found) == RIGHT
        assert [p.id for p in found] == list("abcde")
        assert all(CONFIDENT <= p.confidence <= 1 for p in found)

    def test_french_originals(self, folders):
        found = pairings(*folders[::-1], ("fr", "en"))
        assert paired(found) == {fr: en for en, fr in RIGHT.items()}

    def test_matches_are_those_of_match_two(self, folders):
        en, fr = folders
        assert next(matched(en, fr)) == ("a", en / "a.txt", fr / "z.txt")

    def test_orphans_come_with_what_is_nearest(self, folders):
        (folders[0] / "b.txt").unlink()
        (folders[1] / "y.txt").unlink()
        found = pairings(*folders)
        assert [(p.id, p.source is None) for p in found if p.error] == [("e", False), ("w", True)]
        original, translation = (p for p in found if p.error)
        assert original.error.message.startswith(f"{folders[0]}/e.txt has no French counterpart in {folders[1]}: ")
        assert translation.error.message.startswith(f"{folders[1]}/w.txt has no English counterpart in {folders[0]}: ")
        assert str(original.likeliest) in original.error.message
        assert original.confidence < 0.5

    def test_a_second_copy_is_no_pair_and_neither_is_the_first(self, folders):
        (folders[1] / "zz.txt").write_text(FRENCH[0], encoding="utf-8")
        found = pairings(*folders)
        assert paired(found) == {en: fr for en, fr in RIGHT.items() if en != "a.txt"}
        first = next(p for p in found if p.id == "a")
        assert first.likeliest.name in {"z.txt", "zz.txt"}
        assert "has no sure French counterpart" in first.error.message or "has no French" in first.error.message

    def test_what_belongs_to_another_is_said_to(self, folders):
        (folders[0] / "f.txt").write_text(ENGLISH[0].split("\n")[1] + " It rained.", encoding="utf-8")
        (folders[1] / "u.txt").write_text("Il pleut sur Nantes depuis dimanche.", encoding="utf-8")
        left = next(p for p in pairings(*folders) if p.id == "f")
        assert left.error is not None
        assert left.source.name == "f.txt"
        assert left.target is None

    def test_files_that_cannot_be_read_are_orphans_with_their_reason(self, folders):
        en, fr = folders
        (en / "empty.txt").touch()
        os.mkfifo(fr / "pipe.txt")
        (fr / "blank.txt").write_text(" \n", encoding="utf-8")
        reasons = {p.id: p.error.message for p in pairings(en, fr) if p.error}
        assert reasons == {
            "empty": f"{en}/empty.txt is empty.",
            "pipe": f"{fr}/pipe.txt is no file with a text in it.",
            "blank": f"{fr}/blank.txt holds no text, only white space.",
        }

    def test_pages_and_other_encodings(self, folders):
        en, fr = folders
        (fr / "z.txt").write_bytes(FRENCH[0].encode("cp1252"))
        lines = "".join(f"<p>{line}</p>" for line in ENGLISH[1].split("\n"))
        (en / "b.txt").unlink()
        page = f"<html><body><article><h1>Bergen</h1>{lines}</article></body></html>"
        (en / "b.html").write_text(page, encoding="utf-8")
        assert paired(pairings(en, fr)) == {**{k: v for k, v in RIGHT.items() if k != "b.txt"}, "b.html": "w.txt"}

    def test_files_in_folders_of_their_own(self, folders):
        en, _ = folders
        (en / "2026").mkdir()
        (en / "c.txt").rename(en / "2026" / "a.txt")
        found = pairings(*folders)
        assert [p.id for p in found] == ["2026/a", "a", "b", "d", "e"]
        assert {p.target.name for p in found} == set(RIGHT.values())

    @pytest.mark.parametrize("target", [None, "en/a.txt", "nowhere"])
    def test_what_is_no_folder_is_refused(self, folders, target):
        with pytest.raises(InputError) as error:
            pairings(folders[0], target and folders[0].parent / target)
        assert "two folders" in error.value.message or "does not exist" in error.value.message

    def test_a_folder_without_texts_is_refused(self, folders):
        for path in folders[1].iterdir():
            path.unlink()
        with pytest.raises(InputError, match="holds no text file"):
            pairings(*folders)

    def test_the_same_again_gives_the_same(self, folders):
        assert [p.match for p in pairings(*folders)] == [p.match for p in pairings(*folders)]

    def test_it_can_be_pickled(self, folders):
        (folders[0] / "b.txt").unlink()
        found = pairings(*folders)
        again = pickle.loads(pickle.dumps(found))
        assert [str(p) for p in again] == [str(p) for p in found]


class TestBackTranslation:
    ENGLISH = "The zookeeper thanked everyone who had sent blankets."
    FRENCH = "Le soigneur a remercié tous ceux qui avaient envoyé des couvertures."

    @pytest.fixture
    def doubtful(self, tmp_path):
        for lang, text in (("en", self.ENGLISH), ("fr", self.FRENCH)):
            (tmp_path / lang).mkdir()
            (tmp_path / lang / f"{lang}.txt").write_text(text, encoding="utf-8")
        return tmp_path / "en", tmp_path / "fr"

    def test_it_is_asked_about_texts_in_doubt(self, doubtful, monkeypatch):
        monkeypatch.setattr(matching, "CONFIDENT", 1.1)
        monkeypatch.setattr(matching, "DOUBT", 0.0)
        asked = []
        pairings(*doubtful, back=lambda texts: asked.extend(texts) or [self.ENGLISH])
        assert asked == [self.FRENCH]

    def test_nobody_is_asked_where_nothing_is_in_doubt(self, folders):
        def back(_):
            raise AssertionError

        assert paired(pairings(*folders, back=back)) == RIGHT

    def test_it_makes_a_pair_likelier(self, doubtful, monkeypatch):
        monkeypatch.setattr(matching, "DOUBT", 0.0)
        monkeypatch.setattr(matching, "CONFIDENT", 1.1)
        before, after = (pairings(*doubtful, back=b)[0].confidence for b in (None, lambda _: [self.ENGLISH]))
        assert after > before

    def test_what_has_no_back_translation_stays_as_it_was(self, doubtful, monkeypatch):
        monkeypatch.setattr(matching, "DOUBT", 0.0)
        monkeypatch.setattr(matching, "CONFIDENT", 1.1)
        before, after = (
            pairings(*doubtful, back=b)[0].confidence for b in (None, lambda t: [NotMeasured("loop")] * len(t))
        )
        assert after == before


class TestReading:
    def test_articles_and_orphans_with_ids_of_their_own(self, folders):
        (folders[0] / "b.txt").unlink()
        (folders[1] / "w.txt").rename(folders[1] / "a.txt")
        found = list(read(pairings(*folders), LANGS))
        assert [f.id if isinstance(f, ArticlePair) else f[0] for f in found] == ["a", "c", "d", "e", "a (2)"]
        assert found[0].target.text == FRENCH[0]
        assert isinstance(found[-1][1], InputError)

    def test_an_input_is_paired_once_and_read_in_shards(self, folders):
        whole = Input(*folders, reading=CONTENT).paired()
        assert whole.paired() is whole
        assert "match=content" in whole.told
        every = dict(whole.entries())
        assert [every[n].id for n in sorted(every)] == list("abcde")
        parts = [dict(replace(whole, shard=(i, 2)).entries()) for i in (1, 2)]
        assert parts[0] | parts[1] == every
        assert len(parts[0]) == 3

    def test_an_input_pairs_itself_where_nobody_did(self, folders):
        given = Input(*folders, reading=CONTENT)
        assert [entry.id for _, entry in given.entries()] == list("abcde")

    def test_by_name_nothing_is_paired(self, folders):
        given = Input(*folders)
        assert given.paired() is given

    def test_a_manifest_and_content_exclude_each_other(self, tmp_path):
        given = Input(None, reading=replace(CONTENT, manifest=tmp_path / "m.csv"))
        with pytest.raises(InputError, match="manifest says"):
            given.paired()


class TestList:
    def test_the_manifest_is_read_again(self, folders, tmp_path):
        (folders[0] / "b.txt").unlink()
        found = pairings(*folders)
        write_manifest(found, tmp_path / "pairs.csv")
        again = list(stream(None, reading=Reading(manifest=tmp_path / "pairs.csv")))
        assert [a.id if isinstance(a, ArticlePair) else a[0] for a in again] == [p.id for p in found]
        assert again[0].target.text == FRENCH[0]
        assert again[-1][1].message == found[-1].error.message

    def test_it_says_how_sure_each_pair_is(self, folders, tmp_path):
        found = pairings(*folders)
        write_manifest(found, tmp_path / "pairs.csv")
        with (tmp_path / "pairs.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert [float(r["confidence"]) for r in rows] == [round(p.confidence, 4) for p in found]
        assert all(Path(r["source"]).is_absolute() for r in rows)

    def test_commas_accents_and_names_that_are_no_utf8(self, tmp_path):
        pairing = Pairing("é, “x”", Path(os.fsdecode(b"/en/\xff,.txt")), Path("/fr/é.txt"), 1.0)
        write_manifest([pairing], tmp_path / "pairs.csv")
        with (tmp_path / "pairs.csv").open(encoding="utf-8", newline="") as file:
            assert next(csv.DictReader(file))["id"] == "é, “x”"


class TestCommand:
    def test_a_run_by_content_and_again_by_its_list(self, folders, tmp_path, monkeypatch):
        monkeypatch.setenv("MTQC_CACHE_DIR", str(tmp_path / "cache"))
        (folders[0] / "b.txt").unlink()
        run, again = tmp_path / "run", tmp_path / "again"
        options = ["--no-model", "--jobs", "1"]
        done = CliRunner().invoke(app, ["batch", *map(str, folders), "--match", "content", "-o", str(run), *options])
        assert done.exit_code == 3, done.output
        assert "w.txt has no English counterpart" in (run / "mtqc.log").read_text(encoding="utf-8")
        with (run / "pairs.csv").open(encoding="utf-8", newline="") as file:
            assert [r["id"] for r in csv.DictReader(file)] == ["a", "c", "d", "e", "w"]
        listed = ["batch", "--manifest", str(run / "pairs.csv"), "-o", str(again), *options]
        assert CliRunner().invoke(app, listed).exit_code == 3
        ids = [(folder / "sentences.jsonl").read_text(encoding="utf-8").count('"article"') for folder in (run, again)]
        assert ids[0] == ids[1] == 8

    def test_one_folder_is_refused_in_a_sentence(self, folders, tmp_path):
        done = CliRunner().invoke(
            app, ["batch", str(folders[0]), "--match", "content", "-o", str(tmp_path / "run"), "--no-model"]
        )
        assert isinstance(done.exception, InputError)
        assert "two folders" in str(done.exception)
        assert not (tmp_path / "run").exists()
