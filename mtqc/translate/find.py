"""Where a model comes from: the package, the cache, a folder, or the hub; and its CTranslate2 form, converted once."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from mtqc.errors import ModelError
from mtqc.translate import convert, library
from mtqc.translate.building import built
from mtqc.translate.checkpoint import SMALL_FILES, WEIGHTS, Checkpoint, read_checkpoint

DIRECTIONS = ("fr-en", "en-fr")
QUANTIZATION = "int8"
CONVERSION = f"{convert.VERSION} {QUANTIZATION}"
"""What a conversion depends on besides the checkpoint."""
_HUB_NAME = re.compile(r"(?P<repo>[\w.-]+/[\w.-]+?)(?:@(?P<revision>[\w./-]+))?")


def find(model: str | None, direction: str = "fr-en", *, weights: bool = False) -> Checkpoint:
    """The checkpoint that `model` names: None or "" the shipped one, else a folder, else one that ships or was added,
    else `org/name[@revision]` on the hub. `weights`: the unconverted ones are wanted, which an added model lacks: it is
    then looked for where it was added from.

    Raises ModelError, saying what to do, where it cannot be had or is not a whole Marian model of that direction.
    """
    if direction not in DIRECTIONS:
        raise ModelError(f"There are no models for “{direction}”.", hint=f"Directions: {', '.join(DIRECTIONS)}.")
    if not model:
        return read_checkpoint(library.shipped_folder(direction), direction)
    entry = None if Path(model).expanduser().is_dir() else library.held(model, direction)
    if entry is None:
        return fetched(model, direction)
    if entry.card.get("conversion", CONVERSION) != CONVERSION:
        raise ModelError(
            f"{entry.name}: this model was converted by another version of mtqc.",
            hint=f"Add it anew: mtqc model add {entry.origin} --direction {direction} --name {entry.name}",
        )
    checkpoint = read_checkpoint(entry.folder, direction)
    return checkpoint if checkpoint.weights or not weights else _unconverted(checkpoint, entry.origin)


def _unconverted(checkpoint: Checkpoint, origin: str) -> Checkpoint:
    """The checkpoint where it came from, with its weights; as it is where that is gone or has become another."""
    try:
        again = fetched(origin, checkpoint.direction)
    except ModelError:
        return checkpoint
    return replace(again, name=checkpoint.name) if again.revision == checkpoint.revision else checkpoint


def fetched(model: str, direction: str, also: Sequence[str] = ()) -> Checkpoint:
    """The checkpoint in a folder, or downloaded from the hub with the files named `also`. Raises ModelError."""
    folder = Path(model).expanduser()
    if folder.is_dir():
        return read_checkpoint(folder, direction)
    named = hub_name(model)
    if folder.exists() or not named or model.startswith((".", "~")):
        raise ModelError(
            f"{model}: there is no such model folder, and `mtqc model list` has none of that name.",
            hint="Give a folder, or a name on the Hugging Face hub such as Helsinki-NLP/opus-mt-fr-en.",
        )
    repo, revision = named
    return read_checkpoint(_from_hub(repo, revision, also), direction, name=repo.split("/")[1])


def hub_name(model: str) -> tuple[str, str | None] | None:
    """(repository, revision or None) of `org/name[@revision]`; None where it is not of that form."""
    named = _HUB_NAME.fullmatch(model)
    return (named["repo"], named["revision"]) if named else None


def _from_hub(repo: str, revision: str | None, also: Sequence[str]) -> Path:
    """The folder the needed files were downloaded to, or already lay in. HF_HUB_OFFLINE and HF_HOME are honoured."""
    try:
        import huggingface_hub
        from huggingface_hub import constants
        from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError
    except ImportError as error:
        raise ModelError(
            f"{repo}: there is no such folder, and huggingface_hub is needed to download a model.",
            hint="Install mtqc[hub], or give a folder.",
        ) from error
    small = [*SMALL_FILES, *also]
    try:
        folder = huggingface_hub.snapshot_download(repo, revision=revision, allow_patterns=[*small, WEIGHTS[0]])
        if not (Path(folder) / WEIGHTS[0]).is_file():
            folder = huggingface_hub.snapshot_download(repo, revision=revision, allow_patterns=[*small, WEIGHTS[1]])
    except LocalEntryNotFoundError as error:
        raise _unreachable(repo, "not in the hub's local cache") from error
    except (HfHubHTTPError, HFValidationError, OSError) as error:
        said = str(error).strip().splitlines() or [type(error).__name__]
        raise ModelError(
            f"{repo}: cannot be had from the hub ({said[0]}); there is no such folder either.",
            hint="Check the name; a private model needs HF_TOKEN.",
        ) from error
    if constants.HF_HUB_OFFLINE and not any((Path(folder) / w).is_file() for w in WEIGHTS):
        # Offline, the hub's client answers with what an interrupted download left.
        raise _unreachable(repo, "not whole in the hub's local cache")
    return Path(folder)


def _unreachable(repo: str, why: str) -> ModelError:
    from huggingface_hub import constants

    offline = "HF_HUB_OFFLINE forbids to ask the hub" if constants.HF_HUB_OFFLINE else "the hub cannot be reached"
    return ModelError(
        f"{repo}: {why}, and {offline}.",
        hint="Go online once (unset HF_HUB_OFFLINE), give a folder, or leave --model out for the shipped model.",
    )


def converted(checkpoint: Checkpoint) -> Path:
    """Folder of the checkpoint's CTranslate2 form, int8: its own, else converted once into the cache folder.

    Other processes may convert the same checkpoint meanwhile: the folder appears whole or not at all.
    Raises ModelError where the checkpoint cannot be converted or the cache folder cannot be written.
    """
    if checkpoint.converted:
        return checkpoint.converted
    key = hashlib.sha256(f"{checkpoint.revision} {CONVERSION}".encode()).hexdigest()[:12]
    # The name may come from a stranger's card.
    name = re.sub(r"[^\w.+-]", "_", checkpoint.name).lstrip(".")
    final = library.cache_dir() / "models" / f"{name}-{key}"
    if not (final / "model.bin").is_file():
        with built(final, "model.bin") as half:
            convert.convert(checkpoint, half, QUANTIZATION)
            _note_origin(checkpoint, half)
    return final


def _note_origin(checkpoint: Checkpoint, folder: Path) -> None:
    note = {
        "name": checkpoint.name,
        "direction": checkpoint.direction,
        "revision": checkpoint.revision,
        "origin": {"folder": str(checkpoint.folder.resolve())},
    }
    (folder / library.ORIGIN).write_text(json.dumps(note, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
