import json
import shutil

import pytest
from translate_fixtures import SHIPPED, shipped, write_checkpoint

from mtqc.errors import ModelError
from mtqc.translate.checkpoint import read_checkpoint


@pytest.fixture
def folder(tmp_path):
    return write_checkpoint(tmp_path / "opus-mt-fr-en")


def languages(folder, source, target):
    (folder / "tokenizer_config.json").write_text(json.dumps({"source_lang": source, "target_lang": target}))


def test_a_whole_checkpoint(folder):
    found = read_checkpoint(folder, "fr-en")
    assert (found.name, found.prefix, found.positions, found.cut_at) == ("opus-mt-fr-en", "", 510, 510)
    assert found.weights == folder / "model.safetensors"
    assert found.converted is None
    assert found.label == f"opus-mt-fr-en@{found.revision[:12]}"
    assert found.vocabulary("target")[0] == "</s>"


@pytest.mark.parametrize("changed", ["config.json", "vocab.json", "source.spm", "model.safetensors"])
def test_the_revision_changes_with_whatever_decides(folder, changed):
    before = read_checkpoint(folder, "fr-en").revision
    path = folder / changed
    text = path.read_bytes()
    path.write_bytes(text.replace(b"}", b" }", 1) if changed.endswith("json") else text + b" ")
    assert read_checkpoint(folder, "fr-en").revision != before


@pytest.mark.parametrize(
    ("lost", "says"),
    [
        ("model.safetensors", "neither model.safetensors nor pytorch_model.bin nor model.bin is there"),
        ("config.json", "config.json is missing"),
        ("vocab.json", "vocab.json is missing"),
        ("target.spm", "target.spm is missing"),
    ],
)
def test_what_is_missing_is_named(folder, lost, says):
    (folder / lost).unlink()
    with pytest.raises(ModelError, match=says) as caught:
        read_checkpoint(folder, "fr-en")
    assert str(folder) in caught.value.message
    assert caught.value.hint


def test_broken_json_and_other_kinds_of_model(folder):
    (folder / "config.json").write_text("{")
    with pytest.raises(ModelError, match=r"config\.json: cannot be read"):
        read_checkpoint(folder, "fr-en")
    (folder / "config.json").write_text('["marian"]')
    with pytest.raises(ModelError, match="a JSON object is expected"):
        read_checkpoint(folder, "fr-en")
    (folder / "config.json").write_text('{"model_type": "t5"}')
    with pytest.raises(ModelError, match="of the type “t5”, not Marian"):
        read_checkpoint(folder, "fr-en")


def test_the_direction_is_checked(folder):
    with pytest.raises(ModelError, match="translates fr-en, not en-fr"):
        read_checkpoint(folder, "en-fr")
    languages(folder, "fra", "eng")
    assert read_checkpoint(folder, "fr-en").prefix == ""
    languages(folder, "de", "en")
    with pytest.raises(ModelError, match="translates de-en, not fr-en"):
        read_checkpoint(folder, "fr-en")


def test_a_multilingual_model_gets_its_prefix(folder):
    languages(folder, "roa", "gmw")
    assert read_checkpoint(folder, "fr-en").prefix == ">>en<<"
    vocabulary = json.loads((folder / "vocab.json").read_text())
    (folder / "vocab.json").write_text(json.dumps({k: v for k, v in vocabulary.items() if k != ">>en<<"}))
    with pytest.raises(ModelError, match="no piece for “en”"):
        read_checkpoint(folder, "fr-en")


def test_without_languages_the_name_decides(folder, tmp_path):
    (folder / "tokenizer_config.json").unlink()
    assert read_checkpoint(folder, "fr-en").direction == "fr-en"
    other = shutil.copytree(folder, tmp_path / "mymodel")
    with pytest.raises(ModelError, match="nothing says which languages"):
        read_checkpoint(other, "fr-en")


def test_a_converted_folder_needs_no_checkpoint(tmp_path):
    folder = shutil.copytree(SHIPPED / "ct2", tmp_path / "my-fr-en")
    for name in ("source.spm", "target.spm"):
        shutil.copyfile(SHIPPED / name, folder / name)
    found = read_checkpoint(folder, "fr-en")
    assert (found.weights, found.converted) == (None, folder)
    assert found.vocabulary("source") == shipped().vocabulary("source")[:-1]


def test_the_card_of_the_shipped_model_tells_the_truth(tmp_path):
    bare = shutil.copytree(SHIPPED, tmp_path / "bare", ignore=shutil.ignore_patterns("card.json", "ct2"))
    assert read_checkpoint(bare, "fr-en").revision == shipped().revision
