"""Planting: what is promised of every planted error, whatever its kind."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from mtqc.model import ArticlePair, Document, Span
from mtqc.plant import KINDS, gold_rows, plant, sentence_of
from mtqc.source import read_pairs
from mtqc.text.offsets import LineIndex

CORPORA = Path(__file__).parents[2] / "corpora"
CLEAN = sorted(p for p in CORPORA.glob("clean-*"))
EN = (
    "The council approved the plan on Monday, despite protests from several unions.\n"
    "About 1,500 people marched through Springvale, the police said. They blocked the main road for two hours.\n"
    "The mayor, Anna Whitlock, told Reuters that the new library would cost $3 billion.\n"
    "She has not said when the work will begin."
)
FR = (
    "Le conseil a approuvé le projet lundi, malgré les protestations de plusieurs syndicats.\n"
    "Quelque 1 500 personnes ont défilé dans Springvale, a indiqué la police. Elles ont bloqué la route principale"
    " pendant deux heures.\n"
    "La maire, Anna Whitlock, a dit à Reuters que la nouvelle bibliothèque coûterait 3 milliards de dollars.\n"
    "Elle n’a pas précisé quand les travaux commenceront."
)


def article(english: str = EN, french: str = FR, *, rows: bool = False) -> ArticlePair:
    spans = zip(*([Span(*line) for line in LineIndex(t).lines()] for t in (english, french)), strict=True)
    segments = tuple(spans) if rows else ()
    return ArticlePair("a", Document(english, "en"), Document(french, "fr"), segments)


def undone(planted) -> str:
    text = planted.pair.target.text
    for error in reversed(planted.errors):
        text = text[: error.edited.start] + error.original + text[error.edited.end :]
    return text


def sources() -> list[ArticlePair]:
    pairs = [article(), article(rows=True), article(EN.replace("\n", "\r\n"), FR.replace("\n", "\r\n"))]
    return pairs + [pair for folder in CLEAN for pair in read_pairs(folder / "source.en.txt", folder / "target.fr.txt")]


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("pair", sources(), ids=lambda p: f"{p.id}-{bool(p.segments)}")
def test_what_every_planted_article_promises(pair, seed):
    planted = plant(pair, rate=1.0, seed=seed)
    text = planted.pair.target.text
    assert planted.errors
    assert planted.pair.source == pair.source
    assert planted.clean == pair
    assert undone(planted) == pair.target.text
    assert len({e.bead for e in planted.errors}) == len(planted.errors)
    ends = 0
    for error in planted.errors:
        assert text[error.span.start : error.span.end] == error.text
        assert error.edited.contains(error.span)
        assert error.sentence.contains(error.edited)
        assert error.edited.start >= ends
        assert text[error.edited.start : error.edited.end] != error.original
        assert error.text in sentence_of(error, planted)
        ends = error.edited.end


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("pair", sources(), ids=lambda p: f"{p.id}-{bool(p.segments)}")
def test_gold_rows_point_at_the_text_that_they_name(pair, seed):
    planted = plant(pair, rate=1.0, seed=seed)
    index = LineIndex(planted.pair.target.text)
    for row, error in zip(gold_rows(planted), planted.errors, strict=True):
        start, stop = index.lines()[row["target_line"] - 1]
        line = planted.pair.target.text[start:stop]
        a, b = row["target_span"]
        assert line[a:b] == row["target_text"]
        places = [i for i in range(len(line) or 1) if line.startswith(row["target_text"], i)]
        assert places[row["occurrence"] - 1] == a
        assert row["kind"] == error.kind.name
        assert row["codes"] == list(error.kind.codes)
        assert row["source_text"] in pair.source.text or error.kind.name.startswith(("ordinal", "month", "weekday"))
        assert ("place" in row) == (not error.span)


@pytest.mark.parametrize("seed", range(30))
def test_rows_stay_rows(seed):
    planted = plant(article(rows=True), rate=1.0, seed=seed)
    text, lines = planted.pair.target.text, LineIndex(planted.pair.target.text).lines()
    assert [(t.start, t.end) for _, t in planted.pair.segments] == lines
    assert len(lines) == 4, text


def test_nothing_is_planted_at_rate_0_and_about_half_at_one_half():
    assert plant(article(), rate=0.0).errors == ()
    found = [len(plant(p, rate=0.5, seed=s).errors) for s in range(40) for p in [article()]]
    assert 0.35 < sum(found) / (40 * 5) < 0.65


def test_only_the_kinds_that_were_asked_for():
    kinds = [k for k in KINDS if k.name in {"negation-lost", "name-altered"}]
    errors = plant(article(), kinds, rate=1.0).errors
    assert {e.kind.name for e in errors} == {"negation-lost", "name-altered"}
    assert len(errors) == 3


def test_the_kind_that_was_planted_least_goes_first():
    counts = Counter({k.name: 1 for k in KINDS})
    counts["negation-lost"] = 0
    planted = plant(article(), rate=1.0, counts=counts)
    assert planted.errors[-1].kind.name == "negation-lost"
    assert counts["negation-lost"] == 1
    assert counts.total() == len(KINDS) - 1 + len(planted.errors)


def test_a_lost_sentence_takes_its_space_or_its_line_along():
    lost = [k for k in KINDS if k.name == "sentence-lost"]
    texts = {len(e.original): plant_one(lost, i) for i in range(4) for e in [plant_one(lost, i).errors[0]]}
    for planted in texts.values():
        text = planted.pair.target.text
        assert "\n\n" not in text
        assert " \n" not in text
        assert not text.startswith((" ", "\n"))


def plant_one(kinds, sentence: int):
    """One error, in the sentence of this number."""
    for seed in range(200):
        planted = plant(article(), kinds, rate=0.3, seed=seed)
        if [e.bead for e in planted.errors] == [sentence]:
            return planted
    raise AssertionError(f"sentence {sentence} never came up")


def test_the_same_seed_gives_the_same_errors_in_another_process():
    code = (
        "import sys; sys.path.insert(0, 'tests/plant')\n"
        "from test_planting import *\n"
        "print([plant(p, rate=1.0, seed=5).pair.target.text for p in sources()])"
    )
    outs = set()
    for hash_seed in ("1", "2"):
        env = os.environ | {"PYTHONHASHSEED": hash_seed}
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, check=True, env=env, cwd=CORPORA.parent
        )
        outs.add(done.stdout)
    assert len(outs) == 1


def test_another_seed_gives_other_errors():
    assert len({plant(article(), rate=1.0, seed=s).pair.target.text for s in range(10)}) > 5
