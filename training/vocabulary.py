"""The joint sentencepiece vocabulary, and how to give a model characters that it was trained without.

    python training/vocabulary.py CHECKPOINT OUT --text MIX.tsv.gz

puts every missing one in the place of a piece that is rare in the text and can be spelt with others. Its embedding
starts as that of <unk>, which is what the model took it for. OUT is a checkpoint to go on from (train.py --init OUT
--pieces OUT/source.spm).
"""

from __future__ import annotations

import argparse
import json
import math
import os
import shutil
import string
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from corpus import PREFIX, read_pairs
from safetensors.numpy import load_file, save_file
from sentencepiece import SentencePieceProcessor, SentencePieceTrainer

LATIN = "".join(map(chr, [*range(0xC0, 0xD7), *range(0xD8, 0xF7), *range(0xF8, 0x17F)])).translate({0x149: None})
VIETNAMESE_ROMANIAN = "ơưạảấầẩậắặẹếềểễệịọốồổộớờợụủứừửữựỳỹșț"
MARKS = "“”‘’«»–—…•·°€£¥§©®×±−→′″⁄²³"
REQUIRED = string.ascii_letters + string.digits + string.punctuation + LATIN + VIETNAMESE_ROMANIAN + MARKS
"""What names, figures, amounts and quotations in French and English news are written with."""
NOISE = 0.02
"""Standard deviation that tells the new embeddings apart, in shares of <unk>'s own."""


def vocabulary(path: Path, paths: Sequence[Path], size: int, pairs: int = 1_000_000) -> Any:
    """The joint sentencepiece model at `path`, trained there on the first `pairs` if need be: </s> 0, <unk> 1."""
    if not path.exists():
        texts = (text for pair, _ in zip(read_pairs(paths), range(pairs), strict=False) for text in pair[:2])
        half = path.with_suffix(".half")
        with half.open("wb") as writer:
            SentencePieceTrainer.train(
                sentence_iterator=texts,
                model_writer=writer,
                vocab_size=size,
                model_type="unigram",
                character_coverage=0.9998,
                required_chars=REQUIRED,
                eos_id=0,
                unk_id=1,
                bos_id=-1,
                pad_id=-1,
                user_defined_symbols=list(PREFIX.values()),
                num_threads=os.cpu_count(),
                minloglevel=2,
                hard_vocab_limit=False,
            )
        half.replace(path)
    return SentencePieceProcessor(model_file=str(path))


def missing(pieces: Any, wanted: str = REQUIRED) -> list[str]:
    """The characters, as the model normalises them, that it can only call <unk>."""
    normal = dict.fromkeys(c for w in wanted for c in pieces.normalize(w) if c != "▁")
    return [c for c in normal if pieces.unk_id() in pieces.encode(c)]


def replaceable(pieces: Any, counts: Counter[int], need: int) -> list[int]:
    """Ids of the `need` rarest pieces of two characters or more."""
    ids = [i for i in range(len(pieces)) if len(pieces.id_to_piece(i).strip("▁")) > 1 and i > pieces.unk_id()]
    ordinary = [i for i in ids if not pieces.id_to_piece(i).startswith(">>")]
    return sorted(ordinary, key=lambda i: (counts[i], i))[:need]


def patched(path: Path, ids: Sequence[int], characters: Sequence[str], counts: Counter[str]) -> bytes:
    """The sentencepiece model with `characters` in the place of `ids`, each as probable as it is frequent."""
    from sentencepiece import sentencepiece_model_pb2

    model = sentencepiece_model_pb2.ModelProto()
    model.ParseFromString(path.read_bytes())
    total = sum(counts.values())
    for index, character in zip(ids, characters, strict=True):
        model.pieces[index].piece = character
        model.pieces[index].score = math.log((counts[character] + 0.5) / total)
    return bytes(model.SerializeToString())


def counted(paths: Sequence[Path], pieces: Any) -> tuple[Counter[int], Counter[str]]:
    """How often each piece and each character stands in the text."""
    found: Counter[int] = Counter()
    characters: Counter[str] = Counter()
    for en, fr, _ in read_pairs(paths):
        found.update(pieces.encode(en))
        found.update(pieces.encode(fr))
        characters.update(en)
        characters.update(fr)
    return found, characters


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--text", type=Path, nargs="+", required=True)
    asked = parser.parse_args()
    path = asked.checkpoint / "source.spm"
    pieces = SentencePieceProcessor(model_file=str(path))
    found, characters = counted(asked.text, pieces)
    wanted = missing(pieces)
    ids = replaceable(pieces, found, len(wanted))
    print("new:", "".join(wanted), "\ngone:", " ".join(pieces.id_to_piece(i) for i in ids))
    shutil.copytree(asked.checkpoint, asked.output)
    for name in ("source.spm", "target.spm"):
        (asked.output / name).write_bytes(patched(path, ids, wanted, characters))
    rename(asked.output, dict(zip(ids, wanted, strict=True)), pieces.unk_id())


def rename(folder: Path, new: dict[int, str], unknown: int) -> None:
    """Put the new pieces into vocab.json, and <unk>'s embedding, a little disturbed, into their rows."""
    table = json.loads((folder / "vocab.json").read_text(encoding="utf-8"))
    names = {index: piece for piece, index in table.items()} | new
    text = json.dumps({names[i]: i for i in sorted(names)}, ensure_ascii=False, indent=1)
    (folder / "vocab.json").write_text(text + "\n", encoding="utf-8")
    weights = load_file(folder / "model.safetensors")
    rows = weights["model.shared.weight"].astype(np.float32)
    noise = np.random.default_rng(1).normal(0, NOISE * rows[unknown].std(), (len(new), rows.shape[1]))
    rows[list(new)] = rows[unknown] + noise
    weights["model.shared.weight"] = rows.astype(weights["model.shared.weight"].dtype)
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})


if __name__ == "__main__":
    main()
