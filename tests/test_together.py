"""Many articles at once: the same results as one by one, and one that fails stops no other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from mtqc import measuring, pipeline
from mtqc.config import Settings
from mtqc.errors import CheckCrashed, InputError, ModelError, MtqcError
from mtqc.loading import load_models
from mtqc.measuring import Direction, Models
from mtqc.model import ArticlePair, ArticleReport, Document
from mtqc.pipeline import align_article, check_article, check_articles
from mtqc.source import read_pairs
from mtqc.testing import ReplayTranslator

CORPORA = Path(__file__).parent.parent / "corpora"
SETTINGS = Settings(cache=False, threads=1)
ODD = {
    "empty": ("", ""),
    "one side": ("The mayor resigned.", ""),
    "blank lines": ("\n\n \n", "\n"),
    "no letters": ("1 2 3\n— … —", "4 5 6"),
    "unrelated": ("The bridge was closed on Monday.\nNobody was hurt.", "Le chat dort.\nIl pleut à Paris depuis hier."),
    "surrogate": ("A broken \ud800 letter came in.", "Une lettre \udfff cassée est arrivée."),
    "long word": ("x" * 3000, "é" * 3000),
    "loop": ("The no no no no no no no no no.", "Le non non non non non non non non non."),
}


def corpora() -> list[ArticlePair]:
    folders = sorted(p.parent for p in CORPORA.glob("*/meta.toml"))
    return [
        p for f in folders for p in read_pairs(f / "source.en.txt", f / "target.fr.txt") if isinstance(p, ArticlePair)
    ]


def odd() -> list[ArticlePair]:
    return [ArticlePair(name, Document(en, "en"), Document(fr, "fr")) for name, (en, fr) in ODD.items()]


def mixed() -> list[ArticlePair]:
    """A made-up one after each real one."""
    real, made = corpora(), odd()
    return [p for both in zip(real, [*made, *made], strict=False) for p in both]


@pytest.fixture(scope="module")
def models() -> Models:
    return load_models(SETTINGS)


@pytest.fixture(scope="module")
def one_by_one(models: Models) -> list[ArticleReport]:
    return [check_article(p, SETTINGS, models) for p in mixed()]


@pytest.mark.parametrize("size", [100, 7, 2])
def test_the_result_of_an_article_does_not_depend_on_its_neighbours(
    size: int, models: Models, one_by_one: list[ArticleReport]
) -> None:
    pairs = mixed()
    parts = [pairs[start : start + size] for start in range(0, len(pairs), size)]
    found = [r for part in parts for r in check_articles(part, SETTINGS, models)]
    assert found == one_by_one


def test_nor_on_how_many_are_measured_at_once(
    models: Models, one_by_one: list[ArticleReport], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(measuring, "TEXTS", 9)
    monkeypatch.setattr(measuring, "PAIRS", 5)
    assert check_articles(mixed(), SETTINGS, models) == one_by_one


def test_without_models_too() -> None:
    assert check_articles(mixed(), SETTINGS, None) == [check_article(p, SETTINGS, None) for p in mixed()]


def test_no_articles_are_no_reports(models: Models) -> None:
    assert check_articles([], SETTINGS, models) == []
    assert check_articles([], SETTINGS, None) == []


@dataclass(frozen=True)
class Asked(ReplayTranslator):
    """Answers as it is asked, and counts how often; what holds `bad` makes it fall over."""

    def translate(self, texts, progress=None):
        CALLS.append(list(texts))
        if any("boom" in t for t in texts):
            raise ValueError("boom")
        return super().translate(texts, progress)


CALLS: list[list[str]] = []


def article(name: str, text: str) -> ArticlePair:
    return ArticlePair(name, Document(text, "en"), Document(text, "fr"))


def test_a_model_is_asked_once_for_all_articles() -> None:
    CALLS.clear()
    texts = {"Un mot.": "A word.", "Un pont.": "A bridge."}
    check_articles([article("a", "Un mot."), article("b", "Un pont.\nUn mot.")], Settings(), models_of(Asked(texts)))
    assert CALLS == [["Un mot.", "Un pont.", "Un mot."]]


def models_of(translator: ReplayTranslator) -> Models:
    return Models(Direction(translator, translator))


def test_an_article_on_which_a_model_falls_over_is_found_out_and_the_others_go_on() -> None:
    pairs = [article("a", "Un mot."), article("b", "boom"), article("c", "Un pont.")]
    first, bad, last = check_articles(pairs, Settings(), models_of(Asked({})))
    assert isinstance(first, ArticleReport)
    assert isinstance(last, ArticleReport)
    assert isinstance(bad, CheckCrashed)
    assert "b could not be checked (ValueError: boom; in translate, line" in str(bad)
    assert "report this" in bad.hint


@pytest.mark.parametrize("step", ["align", "run_checks", "split"])
def test_any_step_may_fail_on_one_article(step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = getattr(pipeline, step)

    def failing(*values, **named):
        if "boom" in repr(values):
            raise InputError("No.", hint="Try another.")
        return usual(*values, **named)

    monkeypatch.setattr(pipeline, step, failing)
    pairs = [article("a", "Un mot."), article("b", "boom"), article("c", "Un pont.")]
    found = check_articles(pairs, Settings(), models_of(ReplayTranslator()))
    assert [str(f) if isinstance(f, MtqcError) else f.pair.id for f in found] == ["a", "No. Try another.", "c"]
    with pytest.raises(InputError, match="Try another"):
        check_article(pairs[1], Settings(), models_of(ReplayTranslator()))


@pytest.mark.parametrize("error", [ModelError("It is gone."), MemoryError()])
def test_what_would_fail_for_every_article_is_raised(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_values: object) -> Iterator[object]:
        raise error

    for step in ("back_translate", "measure", "judge_article"):
        with monkeypatch.context() as patched:
            patched.setattr(pipeline, step, failing)
            with pytest.raises(type(error)):
                check_articles([article("a", "Un mot.")], Settings(), models_of(ReplayTranslator()))


def test_progress_counts_every_sentence_of_the_translations() -> None:
    done: list[int] = []
    pairs: Sequence[ArticlePair] = [article("a", "Un mot."), article("b", "Un pont.\nUn mot.")]
    check_articles(pairs, Settings(), models_of(ReplayTranslator({})), done.append)
    assert sum(done) == 3


def test_an_article_keeps_its_own_beads_and_signals() -> None:
    a, b = article("a", "Un mot."), article("b", "Un pont.\nUn mot.")
    both = pipeline.align_articles([a, replace(b, id="c"), b], models_of(ReplayTranslator({"Un mot.": "A word."})))
    assert both[0] == align_article(a, models_of(ReplayTranslator({"Un mot.": "A word."})))
    assert both[1].beads == both[2].beads
