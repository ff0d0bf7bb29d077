"""COMET and sentence embeddings, with stand-ins for the packages: what is asked, what is said, what can go wrong."""

from __future__ import annotations

import math
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from mtqc import config, optional
from mtqc.checks.estimates import LOW_ESTIMATE, LOW_SIMILARITY, QualityEstimate, Similarity
from mtqc.heavy import comet, embeddings, with_estimates
from mtqc.heavy.comet import Comet
from mtqc.heavy.embeddings import Embeddings
from mtqc.model import NotMeasured, Span
from mtqc.pipeline import check_article, signature
from mtqc.testing import assert_finding, make_pair, run_check

PAIRS = [("He left.", "Il est parti."), ("It rains.", "La mer est bleue.")]


class Checkpoint:
    """As far as mtqc uses a CometModel of unbabel-comet 2.2."""

    scores: object = (0.9, 0.3)
    references = False

    def requires_references(self):
        return self.references

    def predict(self, samples, batch_size=16, gpus=1, devices=None, mc_dropout=0, progress_bar=True):
        self.asked = (samples, gpus, progress_bar)
        if isinstance(self.scores, Exception):
            raise self.scores
        return SimpleNamespace(scores=list(self.scores), system_score=0.0)


@pytest.fixture(autouse=True)
def no_cache():
    comet._load.cache_clear()
    embeddings._load.cache_clear()


@pytest.fixture
def checkpoint(monkeypatch):
    module, model = ModuleType("comet"), Checkpoint()
    module.loaded = []
    module.download_model = lambda name: f"/hub/{name}/model.ckpt"
    module.load_from_checkpoint = lambda path: module.loaded.append(path) or model
    model.module = module
    monkeypatch.setitem(sys.modules, "comet", module)
    return model


def test_comet_is_asked_once_and_answers_in_order(checkpoint):
    scorer = Comet("Unbabel/some-kiwi")
    assert scorer.scores(PAIRS) == [0.9, 0.3]
    assert scorer.scores(PAIRS) == [0.9, 0.3]
    assert checkpoint.module.loaded == ["/hub/Unbabel/some-kiwi/model.ckpt"]
    samples, gpus, progress_bar = checkpoint.asked
    assert samples[1] == {"src": "It rains.", "mt": "La mer est bleue."}
    assert (gpus, progress_bar) == (0, False)
    Comet("Unbabel/some-kiwi", "cuda:0").scores(PAIRS)
    assert checkpoint.asked[1] == 1


def test_a_path_is_loaded_as_it_is(checkpoint, tmp_path):
    path = tmp_path / "model.ckpt"
    path.touch()
    Comet(str(path)).scores(PAIRS)
    assert checkpoint.module.loaded == [str(path)]


@pytest.mark.parametrize(
    ("scores", "reason"),
    [
        (RuntimeError("out of memory\ntrace"), "COMET failed (RuntimeError: out of memory)"),
        ((0.5,), "gave 1 usable scores for 2"),
        ((0.5, math.nan), "usable scores"),
        ((0.5, None), "COMET failed (TypeError"),
    ],
)
def test_a_failing_checkpoint_is_a_reason(checkpoint, scores, reason):
    checkpoint.scores = scores
    found = Comet("x").scores(PAIRS)
    assert isinstance(found, NotMeasured)
    assert reason in found.reason


def test_a_checkpoint_that_needs_references_is_refused(checkpoint):
    checkpoint.references = True
    assert "needs references" in Comet("x").scores(PAIRS).reason


def test_a_checkpoint_that_cannot_be_had_is_a_reason(checkpoint):
    def fail(name):
        raise KeyError(f"Model '{name}' not supported by COMET.")

    checkpoint.module.download_model = fail
    assert "x cannot be loaded (KeyError" in Comet("x").scores(PAIRS).reason


def test_without_the_packages_the_reason_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "comet", None)
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    assert "docs/optional.md says how" in Comet("x").scores(PAIRS).reason
    assert "pip install 'mtqc[embeddings]'" in Embeddings("x").scores(PAIRS).reason


class Encoder:
    """As far as mtqc uses a SentenceTransformer: vectors from a table."""

    table: object = {"He left.": (1, 0), "Il est parti.": (2, 0), "It rains.": (0, 3), "La mer est bleue.": (1, 0)}

    def __init__(self, name, device=None):
        self.device = device
        if name == "missing":
            raise OSError("no such model")

    def encode(self, inputs, batch_size=32, show_progress_bar=None):
        if isinstance(self.table, Exception):
            raise self.table
        return [self.table[text] for text in inputs]


@pytest.fixture
def encoder(monkeypatch):
    module = ModuleType("sentence_transformers")
    module.SentenceTransformer = type("Mine", (Encoder,), {})
    monkeypatch.setitem(sys.modules, "sentence_transformers", module)
    return module.SentenceTransformer


def test_embeddings_give_the_cosine(encoder):
    assert Embeddings("LaBSE").scores(PAIRS) == [1.0, 0.0]


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        (RuntimeError("boom"), "the embeddings failed (RuntimeError: boom)"),
        (dict.fromkeys(Encoder.table, (math.nan, 1)), "no usable vectors"),
        (dict.fromkeys(Encoder.table, 1.0), "no usable vectors"),
    ],
)
def test_failing_embeddings_are_a_reason(encoder, table, reason):
    encoder.table = table
    assert reason in Embeddings("LaBSE").scores(PAIRS).reason


def test_a_null_vector_is_like_nothing(encoder):
    encoder.table = dict.fromkeys(Encoder.table, (0, 0))
    assert Embeddings("LaBSE").scores(PAIRS) == [0.0, 0.0]


def test_a_model_that_cannot_be_had_is_a_reason(encoder):
    assert "missing cannot be loaded (OSError: no such model)" in Embeddings("missing").scores(PAIRS).reason


class Table:
    """A PairScorer from a table of French sentences."""

    def __init__(self, table):
        self.table = table

    def scores(self, pairs):
        return [self.table[target] for _, target in pairs]


LOW = {"Il a laissé tôt la gauche.": 0.3, "La mer est bleue.": 0.1, "Il est parti tôt.": 0.9, "Le voilà parti.": 0.8}


@pytest.mark.parametrize("rule", [LOW_ESTIMATE, LOW_SIMILARITY], ids=lambda r: r.code)
def test_examples(rule):
    check = QualityEstimate(below=0.6) if rule is LOW_ESTIMATE else Similarity(below=0.5)
    for example in rule.examples:
        article = make_pair(example.source, example.target)
        found = run_check(check, with_estimates(article, Table(LOW), Table(LOW)))
        assert [f.target.text for f in found] == ([example.marks] if example.fires else [])
        assert run_check(type(check)(), with_estimates(article, Table(LOW), Table(LOW))) == []
        assert run_check(check, article) == []


def test_a_sentence_without_counterpart_has_no_estimate():
    article = with_estimates(make_pair("He left.\nIt rained.", "Il est parti.\n"), Table({"Il est parti.": 0.9}), None)
    first, second = article.signals
    assert first.comet == 0.9
    assert isinstance(second.comet, NotMeasured)
    assert first.similarity == NotMeasured("it was not asked for")


EN, FR = "The mayor resigned on Monday.", "La maire a démissionné lundi."
ARTICLE = replace(make_pair(EN, FR).pair, segments=((Span(0, len(EN)), Span(0, len(FR))),))


def test_the_configuration_asks(checkpoint):
    checkpoint.scores = (0.3,)
    table = {"comet": "x", "checks": {"quality-estimate": {"below": 0.6}}}
    report = check_article(ARTICLE, config.from_table(table), None)
    finding = assert_finding(report.all_findings, "ACC620", "La maire a démissionné lundi.")
    assert "0.30, below 0.6" in finding.message
    assert report.complete
    signatures = [signature(config.from_table(t), None) for t in (table, {"comet": "x"}, {"comet": "y"}, {})]
    assert len(set(signatures)) == 4


def test_what_was_asked_for_and_is_not_there_makes_the_report_incomplete(monkeypatch):
    monkeypatch.setitem(sys.modules, "comet", None)
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    report = check_article(ARTICLE, config.from_table({"comet": "x", "embeddings": "y"}), None)
    assert [f.split(":")[0] for f in report.failures] == ["Not judged as asked"] * 2
    assert {s.code for s in report.skipped} >= {"ACC620", "ACC621"}


def test_nothing_is_asked_by_default():
    report = check_article(ARTICLE, config.Settings(), None)
    assert report.complete
    assert not {"ACC620", "ACC621", "FLU601", "FLU801"} & {s.code for s in report.skipped}


def test_the_documented_configuration_is_valid(tmp_path):
    page = (Path(__file__).parents[2] / "docs" / "optional.md").read_text(encoding="utf-8")
    path = tmp_path / "mtqc.toml"
    path.write_text(page.split("```toml\n")[1].split("```")[0], encoding="utf-8")
    settings = config.load(path)
    assert settings.comet.startswith("Unbabel/")
    assert len(optional.asked(settings)) == len(settings.optional)


def test_optional_rules_can_be_named_and_configured():
    settings = config.from_table(
        {"ignore": ["FLU601"], "severity": {"low-comet": "major"}, "checks": {"similarity": {"below": 1}}}
    )
    assert [c.below for c in settings.optional if isinstance(c, Similarity)] == [1]
