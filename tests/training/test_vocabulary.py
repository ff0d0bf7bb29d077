"""The vocabulary has every character that names and amounts are written with; older models can be given them."""

import json
import random
from collections import Counter

import numpy as np
import pytest

pytest.importorskip("torch", reason="needs mtqc[torch]")  # corpus.py makes tensors
pytest.importorskip("google.protobuf", reason="needs mtqc[training]")
pytestmark = pytest.mark.torch

import vocabulary  # noqa: E402
from safetensors.numpy import load_file, save_file  # noqa: E402
from sentencepiece import SentencePieceProcessor, SentencePieceTrainer  # noqa: E402

SENTENCE = "Le prix a atteint 5 $, puis 4,50 €, dit Željko Ívarsson à Haïti & Cie."


@pytest.fixture
def text(tmp_path):
    path = tmp_path / "pairs.tsv"
    chance = random.Random(1)
    words = ["".join(chance.choices("abdeilmnorstu", k=chance.randint(3, 8))) for _ in range(80)]
    lines = ["\t".join(" ".join(chance.choices(words, k=6)) for _ in range(2)) for _ in range(400)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_vocabulary_spells_what_its_text_never_had(text, tmp_path):
    pieces = vocabulary.vocabulary(tmp_path / "joint.spm", [text], 400)
    assert vocabulary.missing(pieces) == []
    assert pieces.decode(pieces.encode(SENTENCE)) == SENTENCE
    assert (pieces.piece_to_id("</s>"), pieces.piece_to_id("<unk>")) == (0, 1)


def test_a_checkpoint_is_given_the_characters_that_it_lacks(text, tmp_path):
    folder = tmp_path / "model"
    folder.mkdir()
    SentencePieceTrainer.train(
        input=str(text),
        model_prefix=str(folder / "joint"),
        vocab_size=120,
        eos_id=0,
        unk_id=1,
        bos_id=-1,
        minloglevel=2,
        hard_vocab_limit=False,
    )
    path = folder / "joint.model"
    pieces = SentencePieceProcessor(model_file=str(path))
    wanted = vocabulary.missing(pieces, "$€ÏïŽ")
    assert sorted(wanted) == sorted("$€ÏïŽ")
    found, characters = vocabulary.counted([text], pieces)
    ids = vocabulary.replaceable(pieces, found, len(wanted))
    kept = set(range(len(pieces))) - set(ids)
    assert max(found[i] for i in ids) <= min(
        found[i] for i in kept if i > 1 and len(pieces.id_to_piece(i).strip("▁")) > 1
    )
    (folder / "source.spm").write_bytes(vocabulary.patched(path, ids, wanted, Counter(characters)))
    changed = SentencePieceProcessor(model_file=str(folder / "source.spm"))
    assert changed.decode(changed.encode("Ïï $ €")) == "Ïï $ €"
    table = {pieces.id_to_piece(i): i for i in range(len(pieces))}
    (folder / "vocab.json").write_text(json.dumps(table))
    rows = np.random.default_rng(0).normal(size=(len(pieces), 4)).astype(np.float32)
    save_file({"model.shared.weight": rows}, folder / "model.safetensors")
    vocabulary.rename(folder, dict(zip(ids, wanted, strict=True)), 1)
    named = json.loads((folder / "vocab.json").read_text(encoding="utf-8"))
    assert named == {changed.id_to_piece(i): i for i in range(len(changed))}
    new = load_file(folder / "model.safetensors")["model.shared.weight"]
    assert np.array_equal(new[sorted(kept)], rows[sorted(kept)])
    assert np.allclose(new[ids], rows[1], atol=0.2)
