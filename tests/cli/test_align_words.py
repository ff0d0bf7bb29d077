"""`mtqc align --words` and its formats; the models are tables."""

from __future__ import annotations

import io
import json
import sys

import pytest

from mtqc import cli
from mtqc.cli import align as align_command
from mtqc.model import LinkTable, NotMeasured
from mtqc.pipeline import Direction, Models
from mtqc.testing import ReplayTranslator

EN = "The mayor resigned on Monday.\nIt will cost 1,500 dollars.\n"
FR = "Le maire a démissionné lundi.\nCela coûtera 1 500 dollars.\n"
TABLE = {
    "Le maire a démissionné lundi.": "The mayor resigned on Monday.",
    "Cela coûtera 1 500 dollars.": EN.split("\n")[1],
}


class Diagonal:
    """Word n is word n."""

    signature = "diagonal"

    def links(self, pairs, progress=None):
        return [
            LinkTable(tuple(tuple(float(i == j) for j in range(len(s.spans))) for i in range(len(t.spans))))
            for s, t in pairs
        ]


ABSENT = NotMeasured("no such model is here")


@pytest.fixture
def mtqc(tmp_path, monkeypatch, capsys):
    (tmp_path / "a.en.txt").write_text(EN, encoding="utf-8")
    (tmp_path / "a.fr.txt").write_text(FR, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    def call(*args, fr_en=None, en_fr=None):
        replay = ReplayTranslator(TABLE)
        both = Direction(replay, replay, fr_en or ABSENT), Direction(replay, replay, en_fr or ABSENT)
        monkeypatch.setattr(align_command, "models", lambda _: Models(*both))
        monkeypatch.setattr(sys, "argv", ["mtqc", "align", "a.en.txt", "a.fr.txt", *args])
        monkeypatch.setattr(sys, "stdin", io.StringIO(""))
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = capsys.readouterr()
        assert not ended.value.code, err
        return out, err

    return call


def test_words_in_text(mtqc):
    out, err = mtqc("--words", fr_en=Diagonal(), en_fr=Diagonal())
    assert "  links (both models)  The~Le mayor~maire resigned~a on~démissionné Monday~lundi\n" in out
    assert err == ""


def test_pharaoh_prints_words_and_links_alone(mtqc):
    out, _ = mtqc("--format", "pharaoh", fr_en=Diagonal(), en_fr=Diagonal())
    rows = [line.split("\t") for line in out.splitlines()]
    assert rows[1] == ["It will cost 1,500 dollars", "Cela coûtera 1_500 dollars", "0-0 1-1 2-2 3-3"]
    assert len(rows) == 2


def test_jsonl_gives_offsets_scores_and_origin(mtqc):
    out, err = mtqc("--format", "jsonl", "--words", fr_en=Diagonal())
    row = json.loads(out.splitlines()[1])
    assert row["words"][2]["en"] == {"text": "cost", "start": 8, "end": 12}
    assert all(
        row[side][w[side]["start"] : w[side]["end"]] == w[side]["text"] for w in row["words"] for side in ("en", "fr")
    )
    assert {w["score"] for w in row["words"]} == {1.0}
    assert row["words_from"] == "the fr-en model"
    assert row["words_missing"] == "en-fr: no such model is here"
    assert "Word links of 2 sentences come from the fr-en model alone (en-fr: no such model is here)." in err


def test_tsv_has_links_and_origin_in_the_last_columns(mtqc):
    out, err = mtqc("--format", "tsv", "--words")
    assert out.splitlines()[1].split("\t")[4:] == ["1,500~1 500 dollars~dollars", "spelling"]
    assert "come from spelling alone (fr-en: no such model is here; en-fr: no such model is here)." in err


def test_without_a_model_spelling_is_what_was_asked_for(mtqc):
    out, err = mtqc("--no-model", "--words", fr_en=Diagonal(), en_fr=Diagonal())
    assert "links (spelling)  1,500~1 500 dollars~dollars" in out
    assert err == ""


def test_without_words_nothing_is_linked(mtqc):
    for form in ("text", "tsv", "jsonl"):
        out, err = mtqc("--format", form, fr_en=Diagonal(), en_fr=Diagonal())
        assert "~" not in out
        assert "words" not in out
        assert err == ""
