"""Ship a Marian checkpoint: python training/export_model.py CHECKPOINT OUTPUT --direction fr-en --name NAME

CHECKPOINT is a folder in transformers' layout. The output folder is replaced as a whole: the checkpoint with its
weights as float16, which transformers loads; its CTranslate2 int8 form, made from the float16 weights, in ct2/;
card.json, with figures measured now on ../shared (MTQC_SHARED), which also go into docs/models.md; and pinned.jsonl,
what `mtqc model test` compares with. Needs no torch.
"""

from __future__ import annotations

import argparse
import datetime
import gzip
import importlib.metadata
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import export_card
import numpy as np
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from safetensors.numpy import save_file

from mtqc.model import NotMeasured
from mtqc.translate import load_engine
from mtqc.translate.checkpoint import SMALL_FILES, Checkpoint, read_checkpoint, read_json
from mtqc.translate.convert import convert, read_weights
from mtqc.translate.find import DIRECTIONS
from mtqc.translate.pinned import pin

ROOT = Path(__file__).resolve().parent.parent
SETS = ("wmt12", "wmt13", "flores-dev")
LINES = slice(200, 700)
"""Lines 201 to 700 of each set of mt_enfr.jsonl.gz: the human French into English, or the English into French."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--name", default="", help="default: the checkpoint folder's name")
    parser.add_argument("--direction", choices=DIRECTIONS, default="fr-en")
    parser.add_argument("--prefix", default="", help="piece before every source, as >>en<<, of a two-way model")
    parser.add_argument("--positions", type=int, default=128, help="longest training text, in pieces")
    parser.add_argument("--cut-at", type=int, default=50, help="longer texts are translated in parts")
    parser.add_argument("--shift", type=int, default=1, help="of the attention trained on word links; -1: it was not")
    parser.add_argument("--docs", type=Path, default=ROOT / "docs" / "models.md")
    options = parser.parse_args()
    checkpoint = read_checkpoint(options.checkpoint, options.direction)
    options.output.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=options.output.parent) as half:
        folder = Path(half) / "model"
        copy(checkpoint, folder)
        card = describe(folder, checkpoint, options)
        write_json(folder / "card.json", card)
        card["figures"] = list(measure(folder, options.direction))
        write_json(folder / "card.json", card)
        pin(folder, options.direction)
        if options.output.exists():
            options.output.rename(Path(half) / "old")
        folder.rename(options.output)
    export_card.write_into(options.docs, card)
    print(export_card.figures_table(card))


def copy(checkpoint: Checkpoint, folder: Path) -> None:
    """The checkpoint with float16 weights, and its CTranslate2 form in ct2/."""
    assert checkpoint.weights
    (folder / "ct2").mkdir(parents=True)
    for name in SMALL_FILES:
        if (checkpoint.folder / name).is_file():
            shutil.copyfile(checkpoint.folder / name, folder / name)
    config = read_json(folder / "config.json")
    # float32 although the weights are halves: otherwise transformers computes in float16, which is slow on a CPU.
    write_json(folder / "config.json", {**config, "dtype": "float32"})
    weights = {n: np.ascontiguousarray(w.astype(np.float16)) for n, w in read_weights(checkpoint.weights).items()}
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    (folder / "model.safetensors").chmod(0o644)
    convert(read_checkpoint(folder, checkpoint.direction), folder / "ct2")


def describe(folder: Path, checkpoint: Checkpoint, options: argparse.Namespace) -> dict[str, Any]:
    """The card without figures."""
    assert checkpoint.weights
    config = read_json(folder / "config.json")
    weights = read_weights(folder / "model.safetensors")
    names = ("encoder_layers", "decoder_layers", "d_model", "encoder_ffn_dim", "encoder_attention_heads")
    return {
        "name": options.name or checkpoint.name,
        "direction": options.direction,
        "revision": read_checkpoint(folder, options.direction).revision,
        "date": datetime.datetime.now(tz=datetime.UTC).date().isoformat(),
        "licence": export_card.WEIGHTS_LICENCE,
        "prefix": options.prefix,
        "positions": options.positions,
        "cut_at": options.cut_at,
        "normalisation": export_card.NORMALISATION,
        "converted_with": f"ctranslate2 {importlib.metadata.version('ctranslate2')}",
        "shape": {
            **{n: config[n] for n in names},
            "vocabulary": config["vocab_size"],
            "parameters": sum(int(w.size) for n, w in weights.items() if n != "final_logits_bias"),
        },
        **({"alignment": {"shift": options.shift}} if options.shift >= 0 else {}),
        "figures": [],
        "weaknesses": list(export_card.WEAKNESSES),
        "data": export_card.data(),
    }


def measure(folder: Path, direction: str) -> Iterator[dict[str, Any]]:
    """BLEU and chrF++ of the default search on the development halves; a hypothesis given up counts as empty."""
    engine = load_engine(str(folder), cache=False, direction=direction)
    for name in SETS:
        rows = read_set(name)[LINES]
        source, reference = ("ref_fr", "en") if direction == "fr-en" else ("en", "ref_fr")
        made = engine.translator.translate([r[source] for r in rows])
        texts = ["" if isinstance(m, NotMeasured) else m for m in made]
        references = [[r[reference] for r in rows]]
        yield {
            "set": f"{name}, lines {LINES.start + 1} to {LINES.stop}",
            "sentences": len(rows),
            "bleu": round(BLEU().corpus_score(texts, references).score, 1),
            "chrf": round(CHRF(word_order=2).corpus_score(texts, references).score, 1),
            "void": sum(isinstance(m, NotMeasured) for m in made),
            "search": "int8, " + next(p for p in engine.signature.split("/") if p.startswith("beam")),
        }


def read_set(name: str) -> list[dict[str, str]]:
    shared = Path(os.environ.get("MTQC_SHARED", ROOT.parent / "shared"))
    with gzip.open(shared / "eval" / "mt_enfr.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [row for row in map(json.loads, lines) if row["set"] == name]


def write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
