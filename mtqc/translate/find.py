"""Where a model comes from: the package, a folder, or the hub; and its CTranslate2 form, converted once."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
import time
from pathlib import Path

from mtqc.errors import ModelError
from mtqc.translate import convert
from mtqc.translate.checkpoint import SMALL_FILES, WEIGHTS, Checkpoint, read_checkpoint

DIRECTIONS = ("fr-en", "en-fr")
QUANTIZATION = "int8"
_HUB_NAME = re.compile(r"(?P<repo>[\w.-]+/[\w.-]+?)(?:@(?P<revision>[\w./-]+))?")
_DAY = 24 * 3600
_SHIPPED = Path(__file__).parent / "models"


def cache_dir() -> Path:
    """Folder for converted models and measured texts: MTQC_CACHE_DIR, else the user's cache folder."""
    import platformdirs

    chosen = os.environ.get("MTQC_CACHE_DIR")
    return Path(chosen).expanduser() if chosen else platformdirs.user_cache_path("mtqc")


def find(model: str | None, direction: str = "fr-en") -> Checkpoint:
    """The checkpoint that `model` names: None or "" the shipped one, else a folder, else `org/name[@revision]`.

    Raises ModelError, saying what to do, where it cannot be had or is not a whole Marian model of that direction.
    """
    if direction not in DIRECTIONS:
        raise ModelError(f"There are no models for “{direction}”.", hint=f"Directions: {', '.join(DIRECTIONS)}.")
    if not model:
        return _shipped(direction)
    folder = Path(model).expanduser()
    if folder.is_dir():
        return read_checkpoint(folder, direction)
    named = _HUB_NAME.fullmatch(model)
    if folder.exists() or not named or model.startswith((".", "~")):
        raise ModelError(
            f"{model}: there is no such model folder.",
            hint="Give a folder, or a name on the Hugging Face hub such as Helsinki-NLP/opus-mt-fr-en.",
        )
    fetched = _from_hub(named["repo"], named["revision"])
    return read_checkpoint(fetched, direction, name=named["repo"].split("/")[1])


def _shipped(direction: str) -> Checkpoint:
    folder = _SHIPPED / direction
    if not folder.is_dir():
        raise ModelError(f"No {direction} model ships with mtqc.", hint="Name one with --model.")
    return read_checkpoint(folder, direction)


def _from_hub(repo: str, revision: str | None) -> Path:
    """The folder the needed files were downloaded to, or already lay in. HF_HUB_OFFLINE and HF_HOME are honoured."""
    try:
        import huggingface_hub
        from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError
    except ImportError as error:
        raise ModelError(
            f"{repo}: there is no such folder, and huggingface_hub is needed to download a model.",
            hint="Install mtqc[hub], or give a folder.",
        ) from error
    try:
        folder = huggingface_hub.snapshot_download(repo, revision=revision, allow_patterns=[*SMALL_FILES, WEIGHTS[0]])
        if not (Path(folder) / WEIGHTS[0]).is_file():
            folder = huggingface_hub.snapshot_download(
                repo, revision=revision, allow_patterns=[*SMALL_FILES, WEIGHTS[1]]
            )
    except LocalEntryNotFoundError as error:
        raise ModelError(
            f"{repo}: not in the hub's local cache, and the hub cannot be reached.",
            hint="Go online once (unset HF_HUB_OFFLINE), give a folder, or leave --model out for the shipped model.",
        ) from error
    except (HfHubHTTPError, HFValidationError, OSError) as error:
        said = str(error).strip().splitlines() or [type(error).__name__]
        raise ModelError(
            f"{repo}: cannot be had from the hub ({said[0]}); there is no such folder either.",
            hint="Check the name; a private model needs HF_TOKEN.",
        ) from error
    return Path(folder)


def converted(checkpoint: Checkpoint) -> Path:
    """Folder of the checkpoint's CTranslate2 form, int8: its own, else converted once into the cache folder.

    Other processes may convert the same checkpoint meanwhile: the folder appears whole or not at all.
    Raises ModelError where the checkpoint cannot be converted or the cache folder cannot be written.
    """
    if checkpoint.converted:
        return checkpoint.converted
    key = hashlib.sha256(f"{checkpoint.revision} {convert.VERSION} {QUANTIZATION}".encode()).hexdigest()[:12]
    final = cache_dir() / "models" / f"{checkpoint.name}-{key}"
    if (final / "model.bin").is_file():
        return final
    try:
        final.parent.mkdir(parents=True, exist_ok=True)
        _sweep(final.parent)
        half = Path(tempfile.mkdtemp(prefix=".half-", dir=final.parent))
    except OSError as error:
        raise _unwritable(final, error) from error
    try:
        convert.convert(checkpoint, half, QUANTIZATION)
        _settle(half, final)
    except OSError as error:
        raise _unwritable(final, error) from error
    finally:
        shutil.rmtree(half, ignore_errors=True)
    return final


def _sweep(folder: Path) -> None:
    """Remove what conversions left that were killed: halves untouched for a day."""
    for half in folder.glob(".half-*"):
        if time.time() - half.stat().st_mtime > _DAY:
            shutil.rmtree(half, ignore_errors=True)


def _unwritable(folder: Path, error: OSError) -> ModelError:
    return ModelError(
        f"{folder}: the converted model cannot be written ({error.strerror or error}).",
        hint="Make room there, or set MTQC_CACHE_DIR to a folder that can be written.",
    )


def _settle(half: Path, final: Path) -> None:
    try:
        half.rename(final)
    except OSError:
        if not (final / "model.bin").is_file():
            raise
        # Another process was faster; what it made is the same.
