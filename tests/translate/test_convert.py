import builtins
import json

import ctranslate2
import numpy as np
import pytest
from safetensors.numpy import load_file
from translate_fixtures import SHIPPED, WIDTH, shipped, write_checkpoint

from mtqc.errors import ModelError
from mtqc.translate.checkpoint import read_checkpoint, read_json
from mtqc.translate.convert import _specification, convert, read_weights, sinusoids


def converted(folder, output):
    output.mkdir()
    convert(read_checkpoint(folder, "fr-en"), output)
    return ctranslate2.Translator(str(output), compute_type="int8")


def test_the_shipped_ct2_form_is_what_its_own_weights_convert_to(tmp_path):
    card = json.loads((SHIPPED / "card.json").read_text())
    if card["converted_with"] != f"ctranslate2 {ctranslate2.__version__}":
        pytest.skip(f"the shipped model was converted with {card['converted_with']}")
    convert(shipped(), tmp_path)
    for name in ("model.bin", "config.json", "shared_vocabulary.json"):
        assert (tmp_path / name).read_bytes() == (SHIPPED / "ct2" / name).read_bytes()


@pytest.mark.parametrize("settings", [{}, {"activation_function": "swish"}, {"scale_embedding": False}])
@pytest.mark.parametrize("separate", [False, True])
def test_other_shapes_convert_and_run(tmp_path, settings, separate):
    model = converted(write_checkpoint(tmp_path / "a-fr-en", separate=separate, **settings), tmp_path / "out")
    [scored] = model.score_batch([["▁la", "</s>"]], [["▁the"]])
    assert len(scored.log_probs) == 2
    assert all(-60 < p < 0 for p in scored.log_probs)


def test_activation_scale_and_bias_are_not_ignored(tmp_path):
    def score(name, **settings):
        model = converted(write_checkpoint(tmp_path / f"{name}-fr-en", **settings), tmp_path / name)
        return model.score_batch([["▁la", "</s>"]], [["▁the"]])[0].log_probs

    plain = score("plain")
    assert score("same") == plain
    assert score("swish", activation_function="swish") != plain
    assert score("scale", scale_embedding=False) != plain


@pytest.mark.parametrize("settings", [{}, {"scale_embedding": False}])
@pytest.mark.parametrize("separate", [False, True])
def test_the_decoder_starts_from_the_embedding_that_was_learnt(tmp_path, monkeypatch, separate, settings):
    """That of <pad>, which is here that of “▁the”: as if CTranslate2 had been told to start from “▁the”."""
    the = json.loads((SHIPPED / "vocab.json").read_text(encoding="utf-8"))["▁the"]
    given = {"separate": separate, **settings}
    learnt = write_checkpoint(tmp_path / "learnt-fr-en", start=the, **given)
    zero = write_checkpoint(tmp_path / "zero-fr-en", **given)
    made = {name: tmp_path / name for name in ("learnt", "zero", "told")}
    for folder in made.values():
        folder.mkdir()
    convert(read_checkpoint(learnt, "fr-en"), made["learnt"], "float32")
    convert(read_checkpoint(zero, "fr-en"), made["zero"], "float32")
    told = _specification(read_json(zero / "config.json"), read_weights(zero / "model.safetensors"))
    told.decoder.start_from_zero_embedding = False
    monkeypatch.setattr("mtqc.translate.convert._specification", lambda *_: told)
    convert(read_checkpoint(zero, "fr-en"), made["told"], "float32")
    config = made["told"] / "config.json"
    config.write_text(json.dumps(json.loads(config.read_text()) | {"decoder_start_token": "▁the"}))
    scores = {}
    for name, folder in made.items():
        model = ctranslate2.Translator(str(folder), compute_type="float32")
        scores[name] = model.score_batch([["▁la", "▁ville", "</s>"]], [["▁a", "▁city"]])[0].log_probs
    np.testing.assert_allclose(scores["learnt"], scores["told"], atol=1e-4)
    assert np.abs(np.subtract(scores["learnt"], scores["zero"])).max() > 0.01


def test_half_precision_weights_are_widened(tmp_path):
    write_checkpoint(tmp_path / "h-fr-en", dtype=np.float16)
    write_checkpoint(tmp_path / "f-fr-en")
    half = read_weights(tmp_path / "h-fr-en" / "model.safetensors")
    full = read_weights(tmp_path / "f-fr-en" / "model.safetensors")
    assert half["model.shared.weight"].dtype == np.float32
    np.testing.assert_allclose(half["model.shared.weight"], full["model.shared.weight"], rtol=1e-3, atol=1e-4)


def test_bfloat16_is_the_upper_half_of_float32(tmp_path):
    values = np.array([1.0, -2.5, 3.140625], np.float32)
    data = (values.view(np.uint32) >> 16).astype("<u2").tobytes()
    header = json.dumps({"x": {"dtype": "BF16", "shape": [3], "data_offsets": [0, 6]}}).encode()
    (tmp_path / "b.safetensors").write_bytes(len(header).to_bytes(8, "little") + header + data)
    np.testing.assert_array_equal(read_weights(tmp_path / "b.safetensors")["x"], values)


def test_positions_are_sines_then_cosines():
    table = sinusoids(8, 6)
    np.testing.assert_allclose(table[0], [0, 0, 0, 1, 1, 1])
    np.testing.assert_allclose(table[3, 1], np.sin(3 / 10000 ** (2 / 6)), rtol=1e-6)
    assert sinusoids(4, WIDTH).shape == (4, WIDTH)


def test_a_missing_tensor_is_named(tmp_path):
    from safetensors.numpy import save_file

    folder = write_checkpoint(tmp_path / "a-fr-en")
    weights = load_file(folder / "model.safetensors")
    del weights["model.decoder.layers.0.fc1.weight"]
    save_file(weights, folder / "model.safetensors")
    with pytest.raises(ModelError, match=r"not a whole Marian checkpoint.*fc1\.weight"):
        converted(folder, tmp_path / "out")


def test_a_vocabulary_of_another_size_is_refused(tmp_path):
    folder = write_checkpoint(tmp_path / "a-fr-en")
    vocabulary = json.loads((folder / "vocab.json").read_text())
    (folder / "vocab.json").write_text(json.dumps({k: v for k, v in vocabulary.items() if v < 100}))
    with pytest.raises(ModelError, match="vocabulary"):
        converted(folder, tmp_path / "out")


def test_broken_weights(tmp_path):
    folder = write_checkpoint(tmp_path / "a-fr-en")
    (folder / "model.safetensors").write_bytes(b"not safetensors at all")
    with pytest.raises(ModelError, match=r"model\.safetensors: cannot be read"):
        converted(folder, tmp_path / "out")


def test_a_pickled_checkpoint_needs_torch_and_says_so(tmp_path, monkeypatch):
    folder = write_checkpoint(tmp_path / "a-fr-en")
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")
    real = builtins.__import__

    def without_torch(name, *rest):
        if name == "torch":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without_torch)
    with pytest.raises(ModelError, match="PyTorch is needed") as caught:
        read_weights(folder / "pytorch_model.bin")
    assert "mtqc[torch]" in caught.value.hint
