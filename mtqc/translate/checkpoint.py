"""What a Marian model folder holds, read and checked: transformers' layout, CTranslate2's, or both.

A folder of either kind needs source.spm and target.spm. transformers' layout adds config.json, vocab.json (and
target_vocab.json where the vocabularies are separate), tokenizer_config.json (for the direction) and the weights,
model.safetensors or pytorch_model.bin. CTranslate2's has model.bin, in the folder itself or in `ct2/`.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mtqc.errors import ModelError

WEIGHTS = ("model.safetensors", "pytorch_model.bin")
SMALL_FILES = (
    "config.json",
    "generation_config.json",
    "tokenizer_config.json",
    "vocab.json",
    "target_vocab.json",
    "source.spm",
    "target.spm",
)
CARD = "card.json"
_CODES = {"fr": {"fr", "fra", "fre"}, "en": {"en", "eng"}}
_GROUPS = {"mul", "ine", "roa", "itc", "gmw", "gem", "romance", "germanic"}
"""ISO 639-5 families (and opus-mt's own names) that hold French or English: multilingual models say one of these."""
_MARIAN_POSITIONS = 512
_HINT = "Give a Marian checkpoint: a folder in transformers' layout, one converted by CTranslate2, or a hub name."


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A model folder that was looked into and found whole.

    `revision`: SHA-256 (hexadecimal) over all files that decide what comes out. `prefix`: the piece a multilingual
    model wants before every source, or "". `positions`: the most pieces of a text, without </s> and prefix, that the
    model can hold or was trained on. `cut_at`: from more than so many on it translates better in parts.
    `weights`: None where there is only a converted model; `converted`: None where there is only a checkpoint.
    """

    folder: Path
    name: str
    direction: str
    revision: str
    prefix: str
    positions: int
    cut_at: int
    weights: Path | None
    converted: Path | None

    @property
    def label(self) -> str:
        """Name and revision for signatures: `opus-mt-fr-en@0123456789ab`."""
        return f"{self.name}@{self.revision[:12]}"

    def vocabulary(self, side: str) -> list[str]:
        """Pieces by id, `side` being source or target. Raises ModelError."""
        table = self.folder / ("target_vocab.json" if side == "target" else "vocab.json")
        table = table if table.is_file() else self.folder / "vocab.json"
        if table.is_file():
            ids = read_json(table)
            return sorted(ids, key=lambda piece: int(ids[piece]))
        for name in (f"{side}_vocabulary.json", "shared_vocabulary.json"):
            if self.converted and (self.converted / name).is_file():
                return list(json.loads((self.converted / name).read_text(encoding="utf-8")))
        raise ModelError(f"{self.folder}: there is no vocab.json and no vocabulary of CTranslate2.", hint=_HINT)


def read_json(path: Path) -> dict[str, Any]:
    """The object in a JSON file. Raises ModelError where it is missing, broken, or not an object."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ModelError(f"{path.parent}: {path.name} is missing.", hint=_HINT) from error
    except (OSError, ValueError) as error:
        raise ModelError(f"{path}: cannot be read ({error}).", hint="Download or copy the model again.") from error
    if not isinstance(value, dict):
        raise ModelError(f"{path}: a JSON object is expected.", hint="Download or copy the model again.")
    return value


def read_checkpoint(folder: Path, direction: str, name: str = "") -> Checkpoint:
    """The model in `folder`, which must translate `direction` (as in `fr-en`). Raises ModelError, saying what to do."""
    weights = next((folder / w for w in WEIGHTS if (folder / w).is_file()), None)
    converted = next((c for c in (folder, folder / "ct2") if (c / "model.bin").is_file()), None)
    if weights is None and converted is None:
        raise ModelError(f"{folder}: neither {' nor '.join(WEIGHTS)} nor model.bin is there.", hint=_HINT)
    for needed in ("source.spm", "target.spm"):
        if not (folder / needed).is_file():
            raise ModelError(f"{folder}: {needed} is missing.", hint=_HINT)
    config = _marian_config(folder) if weights else {}
    card = read_json(folder / CARD) if (folder / CARD).is_file() else {}
    positions = int(card.get("positions") or config.get("max_position_embeddings", _MARIAN_POSITIONS) - 2)
    name = str(card.get("name") or name or folder.resolve().name)
    return Checkpoint(
        folder=folder,
        name=name,
        direction=direction,
        revision=str(card.get("revision") or _revision(folder, weights, converted)),
        prefix=_prefix(folder, name, direction, card),
        positions=positions,
        cut_at=int(card.get("cut_at", positions)),
        weights=weights,
        converted=converted,
    )


def _marian_config(folder: Path) -> dict[str, Any]:
    config = read_json(folder / "config.json")
    kind = config.get("model_type", "unknown")
    if kind != "marian":
        raise ModelError(f"{folder}: this is a model of the type “{kind}”, not Marian.", hint=_HINT)
    read_json(folder / "vocab.json")
    return config


def _revision(folder: Path, weights: Path | None, converted: Path | None) -> str:
    files = [folder / "source.spm", folder / "target.spm"]
    if weights:
        files += [folder / "config.json", folder / "vocab.json", folder / "target_vocab.json", weights]
    elif converted:
        files += [converted / "model.bin"]
    return _digest(f for f in files if f.is_file())


def _digest(files: Iterable[Path]) -> str:
    """SHA-256 over the names and contents of the files, whatever their order; 64 hexadecimal digits."""
    whole = hashlib.sha256()
    for path in sorted(files, key=lambda p: str(p.name)):
        try:
            with path.open("rb") as stream:
                whole.update(f"{path.name} {hashlib.file_digest(stream, 'sha256').hexdigest()}\n".encode())
        except OSError as error:
            raise ModelError(f"{path}: cannot be read ({error.strerror}).", hint="See who may read it.") from error
    return whole.hexdigest()


def _prefix(folder: Path, name: str, direction: str, card: Mapping[str, Any]) -> str:
    """The piece to put before every source. Raises ModelError where the model translates something else."""
    if card:
        if card.get("direction") != direction:
            raise _wrong(folder, str(card.get("direction")), direction)
        return str(card.get("prefix", ""))
    source, target = _languages(folder, name)
    wanted = direction.split("-")
    for code, language in zip((source, target), wanted, strict=True):
        if code not in _CODES[language] | _GROUPS:
            raise _wrong(folder, f"{source}-{target}", direction)
    return _language_piece(folder, wanted[1]) if target in _GROUPS else ""


def _wrong(folder: Path, is_one: str, wanted: str) -> ModelError:
    return ModelError(f"{folder}: this model translates {is_one}, not {wanted}.", hint=f"Give a {wanted} model.")


def _languages(folder: Path, name: str) -> tuple[str, str]:
    path = folder / "tokenizer_config.json"
    told = read_json(path) if path.is_file() else {}
    source, target = told.get("source_lang"), told.get("target_lang")
    if not (source and target):
        ends = re.search(r"(?:^|[-_])([A-Za-z]{2,7})[-_]([A-Za-z]{2,7})$", name)
        if not ends:
            raise ModelError(
                f"{folder}: nothing says which languages this model translates.",
                hint='Put {"source_lang": "fr", "target_lang": "en"} into tokenizer_config.json.',
            )
        source, target = ends.groups()
    return str(source).lower(), str(target).lower()


def _language_piece(folder: Path, language: str) -> str:
    vocabulary = read_json(folder / "vocab.json")
    for code in sorted(_CODES[language]):
        if f">>{code}<<" in vocabulary:
            return f">>{code}<<"
    raise ModelError(f"{folder}: this multilingual model has no piece for “{language}”.", hint=_HINT)
