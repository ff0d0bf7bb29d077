"""The other engine, and CTranslate2's own converter, against ours. Needs the [torch] extra."""

import shutil

import numpy as np
import pytest
from safetensors.numpy import save_file
from translate_fixtures import SHIPPED, shipped, write_checkpoint

pytest.importorskip("torch", reason="needs mtqc[torch]")
pytest.importorskip("transformers", reason="needs mtqc[torch]")
pytestmark = [pytest.mark.torch, pytest.mark.model]

import ctranslate2  # noqa: E402
import torch  # noqa: E402
from ctranslate2.converters import TransformersConverter  # noqa: E402

from mtqc.errors import ModelError  # noqa: E402
from mtqc.translate import load_engine  # noqa: E402
from mtqc.translate.checkpoint import read_checkpoint  # noqa: E402
from mtqc.translate.convert import convert, read_weights  # noqa: E402

TEXTS = [
    "Le président a rencontré les ministres vendredi.",
    "Le gouvernement veut réduire les impôts, mais il ne sait pas comment.",
    "Ils ont travaillé pendant trois ans dans la même entreprise.",
    "Une loi a été votée hier.",
]
PAIRS = [(TEXTS[0], "The president met the ministers on Friday."), (TEXTS[3], "A law was passed yesterday.")]


@pytest.fixture(scope="module")
def engines():
    return load_engine(cache=False), load_engine(engine="transformers", cache=False, device="cpu")


@pytest.mark.parametrize("settings", [{}, {"activation_function": "swish"}, {"scale_embedding": False}])
@pytest.mark.parametrize("separate", [False, True])
def test_our_conversion_is_ctranslate2s_own(tmp_path, settings, separate):
    folder = write_checkpoint(tmp_path / "random-fr-en", separate=separate, **settings)
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    ours.mkdir()
    convert(read_checkpoint(folder, "fr-en"), ours)
    TransformersConverter(str(folder)).convert(str(theirs), quantization="int8")
    scores = []
    for made in (ours, theirs):
        model = ctranslate2.Translator(str(made), compute_type="int8")
        [scored] = model.score_batch([["▁la", "▁ville", "</s>"]], [["▁the", "▁city"]])
        scores.append(scored.log_probs)
    np.testing.assert_allclose(scores[0], scores[1], atol=1e-4)
    assert (ours / "model.bin").read_bytes() == (theirs / "model.bin").read_bytes()


def test_the_shipped_model_is_what_ctranslate2s_own_converter_makes_but_for_its_start(tmp_path):
    """CTranslate2's converter takes the decoder to start from zero: so it is made to, here."""
    folder = tmp_path / "zero-fr-en"
    shutil.copytree(SHIPPED, folder, ignore=shutil.ignore_patterns("ct2", "card.json"))
    weights = dict(read_weights(SHIPPED / "model.safetensors"))
    assert np.abs(weights["model.shared.weight"][-1]).max() > 0.01
    weights["model.shared.weight"][-1] = 0
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    (tmp_path / "ours").mkdir()
    convert(read_checkpoint(folder, "fr-en"), tmp_path / "ours")
    TransformersConverter(str(folder)).convert(str(tmp_path / "theirs"), quantization="int8")
    assert (tmp_path / "ours" / "model.bin").read_bytes() == (tmp_path / "theirs" / "model.bin").read_bytes()


def test_both_engines_start_from_the_embedding_that_was_learnt(tmp_path, monkeypatch):
    monkeypatch.setenv("MTQC_CACHE_DIR", str(tmp_path / "cache"))
    learnt, zero = (write_checkpoint(tmp_path / f"{n}-fr-en", start=s) for n, s in (("learnt", 50), ("zero", None)))
    found = {}
    for folder in (learnt, zero):
        engines = (
            load_engine(str(folder), cache=False),
            load_engine(str(folder), "transformers", cache=False, device="cpu"),
        )
        found[folder] = [np.array([[s.per_piece for s in e.scorer.score(PAIRS)]]) for e in engines]
    np.testing.assert_allclose(*found[learnt], atol=0.1)
    np.testing.assert_allclose(*found[zero], atol=0.1)
    assert np.abs(found[learnt][1] - found[zero][1]).max() > 0.2


def test_plain_sentencepiece_gives_the_tokenizers_pieces():
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(SHIPPED)
    pieces = load_engine(cache=False).translator.pieces
    for text in TEXTS:
        assert tokenizer.convert_ids_to_tokens(tokenizer(text)["input_ids"]) == pieces.source(text)


def test_both_engines_translate_alike(engines):
    ours, theirs = (e.translator.translate(TEXTS) for e in engines)
    assert sum(a == b for a, b in zip(ours, theirs, strict=True)) >= 3


def test_both_engines_score_alike(engines):
    for ours, theirs in zip(*(e.scorer.score(PAIRS) for e in engines), strict=True):
        assert [w.text for w in ours.words] == [w.text for w in theirs.words]
        assert ours.pieces == theirs.pieces
        assert ours.per_piece == pytest.approx(theirs.per_piece, abs=0.1)


def test_both_engines_attend_alike(engines):
    """Row by row, as far as int8 and float32 agree; the rows of other steps would be far off."""
    pieces = [
        (e.translator.pieces.source(s), [p.text for p in e.translator.pieces.target(t)])
        for e in engines[:1]
        for s, t in PAIRS
    ]
    ours, theirs = (e.translator.decoder.attend(*map(list, zip(*pieces, strict=True)), lambda _: None) for e in engines)
    for (source, target), a, b in zip(pieces, ours, theirs, strict=True):
        assert a.shape == b.shape == (len(target) + 1, len(source))
        np.testing.assert_allclose(a, b, atol=0.15)
        assert np.abs(a - b).mean() < 0.01
        assert np.abs(a[1:] - b[:-1]).max() > 0.2


def test_batches_pad_without_changing_anything(engines):
    alone = [engines[1].translator.translate([t])[0] for t in TEXTS]
    assert engines[1].translator.translate(TEXTS) == alone


def test_signatures_differ(engines):
    assert engines[0].signature != engines[1].signature
    assert "/transformers-" in engines[1].signature


def test_a_loop_is_given_up_here_too(tmp_path):
    folder = write_checkpoint(tmp_path / "random-fr-en")
    made = load_engine(str(folder), "transformers", cache=False, device="cpu").translator.translate(TEXTS[:2])
    assert not any(isinstance(m, str) for m in made)


def test_a_gpu_that_is_not_there_is_an_error():
    if torch.cuda.is_available():
        pytest.skip("there is a GPU")
    with pytest.raises(ModelError, match="no CUDA GPU"):
        load_engine(engine="transformers", cache=False, device="cuda").translator.translate(["Oui."])


def test_a_pickled_checkpoint_converts_to_the_same(tmp_path, monkeypatch):
    monkeypatch.setenv("MTQC_CACHE_DIR", str(tmp_path / "cache"))
    folder = write_checkpoint(tmp_path / "opus-mt-fr-en")
    weights = read_weights(folder / "model.safetensors")
    torch.save({k: torch.from_numpy(np.array(v)) for k, v in weights.items()}, folder / "pytorch_model.bin")
    (folder / "model.safetensors").unlink()
    again = read_weights(folder / "pytorch_model.bin")
    assert all(np.array_equal(weights[k], again[k]) for k in weights)
    assert load_engine(str(folder), cache=False).translator.translate([""])


class Evil:
    def __reduce__(self):
        return (print, ("run",))


def test_a_pickle_that_would_run_code_is_refused(tmp_path):
    import pickle

    (tmp_path / "pytorch_model.bin").write_bytes(pickle.dumps(Evil()))
    with pytest.raises(ModelError, match="cannot be read"):
        read_weights(tmp_path / "pytorch_model.bin")


def test_the_shipped_weights_are_finite():
    assert all(np.isfinite(w).all() for w in read_weights(shipped().weights).values())
