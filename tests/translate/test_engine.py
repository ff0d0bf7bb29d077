import math
import os
import shutil
import subprocess
import sys

import pytest
from translate_fixtures import SHIPPED, write_checkpoint

from mtqc.errors import ModelError, UsageError
from mtqc.model import ForcedScore, NotMeasured
from mtqc.translate import DEFAULT_BEAM, load_engine
from mtqc.translate import engine as engine_module

pytestmark = pytest.mark.model


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("MTQC_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture(scope="module")
def engine():
    return load_engine(cache=False)


TEXTS = [
    "Le président a rencontré les ministres vendredi.",
    "Le gouvernement veut réduire les impôts.",
    "",
    "Ils ont travaillé pendant trois ans dans la même entreprise.",
]


def test_the_shipped_model_translates(engine):
    made = engine.translator.translate(TEXTS)
    assert made[2] == NotMeasured("there is no text")
    assert "Friday" in made[0]
    assert "government" in made[1]
    assert "three years" in made[3]


def test_a_translation_does_not_depend_on_its_neighbours_or_the_threads(engine):
    alone = [load_engine(cache=False, threads=1).translator.translate([t])[0] for t in TEXTS]
    assert alone == engine.translator.translate(TEXTS)


def test_the_right_target_is_more_probable_than_a_wrong_one(engine):
    source = "Le gouvernement veut réduire les impôts."
    right, wrong = engine.scorer.score(
        [(source, "The government wants to reduce taxes."), (source, "My cat is on the roof.")]
    )
    assert isinstance(right, ForcedScore)
    assert right.per_piece > wrong.per_piece + 1
    assert all(w.logprob < 0 for w in right.words)
    assert math.isclose(
        right.logprob, engine.scorer.score([(source, "The government wants to reduce taxes.")])[0].logprob, rel_tol=1e-3
    )


def test_one_wrong_word_is_where_the_probability_falls(engine):
    [score] = engine.scorer.score(
        [("Le gouvernement veut réduire les impôts.", "The government wants to reduce bananas.")]
    )
    worst = min(score.words, key=lambda w: w.logprob)
    assert worst.text == "bananas"


def test_signatures_name_model_engine_and_search(engine):
    parts = engine.signature.split("/")
    assert parts[0] == engine.checkpoint.label
    assert parts[1].startswith("ctranslate2-")
    assert parts[2:4] == ["int8", f"beam{DEFAULT_BEAM}"]
    assert load_engine(cache=False, beam=1).signature != engine.signature
    assert engine.warnings == ()


def test_a_cached_engine_loads_no_model_for_what_it_knows(cache, monkeypatch):
    first = load_engine()
    made, scored = first.translator.translate(TEXTS), first.scorer.score([(TEXTS[0], "The president.")])
    assert (cache / "measured-1.sqlite").is_file()
    import ctranslate2

    monkeypatch.setattr(ctranslate2, "Translator", lambda *_, **__: pytest.fail("loaded"))
    second = load_engine()
    assert second.translator.translate(TEXTS) == made
    assert second.scorer.score([(TEXTS[0], "The president.")]) == scored


def test_the_cache_can_be_elsewhere(tmp_path, cache):
    load_engine(cache=tmp_path / "mine.sqlite").translator.translate(["Oui."])
    assert (tmp_path / "mine.sqlite").is_file()
    assert not cache.exists()


def test_a_local_checkpoint_translates_as_the_shipped_one(tmp_path, engine):
    folder = shutil.copytree(SHIPPED, tmp_path / "copy-fr-en", ignore=shutil.ignore_patterns("ct2", "card.json"))
    other = load_engine(str(folder), cache=False)
    assert other.translator.translate(TEXTS) == engine.translator.translate(TEXTS)
    assert other.checkpoint.revision == engine.checkpoint.revision


def test_a_converted_folder_works_and_the_other_engine_says_why_it_does_not(tmp_path, engine):
    folder = shutil.copytree(SHIPPED / "ct2", tmp_path / "conv-fr-en")
    for name in ("source.spm", "target.spm"):
        shutil.copyfile(SHIPPED / name, folder / name)
    assert load_engine(str(folder), cache=False).translator.translate(TEXTS) == engine.translator.translate(TEXTS)
    with pytest.raises(ModelError, match="no weights for transformers"):
        load_engine(str(folder), "transformers", cache=False)


def test_a_broken_converted_model_is_an_error_at_the_first_text(tmp_path):
    folder = shutil.copytree(SHIPPED, tmp_path / "bad-fr-en")
    (folder / "ct2" / "model.bin").write_bytes(b"\x06\0\0\0rubbish")
    engine = load_engine(str(folder), cache=False)
    with pytest.raises(ModelError, match="CTranslate2 cannot load this model"):
        engine.translator.translate(["Oui."])


def test_without_torch_the_other_engine_names_the_extra(monkeypatch):
    import importlib.util

    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ModelError, match="transformers is not installed") as caught:
        load_engine(engine="transformers", cache=False)
    assert "mtqc[torch]" in caught.value.hint


def test_an_unknown_engine_is_named():
    with pytest.raises(UsageError, match="no engine “fairseq”"):
        load_engine(engine="fairseq")


def test_random_weights_loop_and_are_given_up_not_returned(tmp_path):
    folder = write_checkpoint(tmp_path / "random-fr-en")
    made = load_engine(str(folder), cache=False).translator.translate(TEXTS)
    assert all(isinstance(m, NotMeasured) for m in made)


@pytest.mark.parametrize(
    ("asked", "cublas", "gpus", "able", "expected"),
    [
        ("cpu", True, 1, {"float32"}, ("cpu", "int8")),
        ("auto", False, 1, {"float32"}, ("cpu", "int8")),
        ("auto", True, 0, set(), ("cpu", "int8")),
        ("auto", True, 1, {"float32", "float16", "int8_float16"}, ("cuda", "int8_float16")),
        ("auto", True, 1, {"float32", "float16"}, ("cuda", "float16")),
        ("cuda", True, 1, {"float32", "int8_float32"}, ("cuda", "int8_float32")),
        ("cuda:1", True, 2, {"float16"}, ("cuda:1", "float16")),
    ],
)
def test_where_it_runs(monkeypatch, asked, cublas, gpus, able, expected):
    import ctranslate2

    monkeypatch.setattr(engine_module, "_cublas", lambda: cublas)
    monkeypatch.setattr(ctranslate2, "get_cuda_device_count", lambda: gpus)
    monkeypatch.setattr(ctranslate2, "get_supported_compute_types", lambda device, index=0: able)
    decoder = load_engine(device=asked, cache=False).translator.decoder
    assert (decoder.device, decoder.compute_type) == expected
    assert decoder.signature.endswith("/" + expected[1])


def test_a_gpu_that_is_not_there_and_a_device_that_is_none(monkeypatch):
    import ctranslate2

    monkeypatch.setattr(ctranslate2, "get_cuda_device_count", lambda: 1)
    with pytest.raises(ModelError, match="no such CUDA GPU"):
        load_engine(device="cuda:1", cache=False)
    with pytest.raises(ModelError, match="no device “gpu”"):
        load_engine(device="gpu", cache=False)


def test_a_gpu_is_given_to_ctranslate2_by_name_and_index(tmp_path, monkeypatch):
    import ctranslate2

    from mtqc.translate.ct2 import CTranslate2Decoder

    given = {}
    monkeypatch.setattr(ctranslate2, "Translator", lambda folder, **settings: given.update(settings))
    CTranslate2Decoder(tmp_path, device="cuda:1", compute_type="float16").model  # noqa: B018
    wanted = {"device": "cuda", "device_index": 1, "compute_type": "float16", "inter_threads": 1, "intra_threads": 1}
    assert given == wanted


GUARD = """
import socket, sys
class Refused:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"torch", "transformers", "huggingface_hub"}:
            raise ImportError(name)
sys.meta_path.insert(0, Refused())
def no_network(*_):
    raise AssertionError("the network was asked for")
socket.socket.connect = no_network
"""


def run(code, tmp_path):
    environment = {**os.environ, "MTQC_CACHE_DIR": str(tmp_path / "c")}
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=False)


def test_it_works_without_network_torch_and_hub(tmp_path):
    code = (
        GUARD
        + "from mtqc.translate import load_engine\nprint(load_engine().translator.translate(['Le président est ici.']))"
    )
    done = run(code, tmp_path)
    assert done.returncode == 0, done.stderr
    assert "here" in done.stdout


def test_importing_and_finding_load_nothing_heavy(tmp_path):
    heavy = ("ctranslate2", "torch", "transformers", "sentencepiece", "huggingface_hub", "safetensors")
    code = f"import sys, mtqc.translate as t\nt.load_engine()\nprint([m for m in {heavy!r} if m in sys.modules])"
    done = run(code, tmp_path)
    assert done.stdout.strip() == "[]", done.stdout + done.stderr
