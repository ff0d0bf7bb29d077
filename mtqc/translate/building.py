"""Folders that appear whole or not at all, whatever happens to the process that fills them."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mtqc.errors import ModelError

if sys.platform != "win32":
    import fcntl

_HALF = ".half-"
_DAY = 24 * 3600


@contextmanager
def built(final: Path, mark: str, *, replace: bool = False) -> Iterator[Path]:
    """A new folder beside `final` to be filled, which becomes `final` when the block ends well, and vanishes otherwise.

    Where `final` is there by then (another process was faster, or it is an old one), it is kept if it holds the file
    `mark`, or replaced. What a killed process left is removed when the next one begins.
    Raises ModelError where nothing can be written there.
    """
    try:
        final.parent.mkdir(parents=True, exist_ok=True)
        sweep(final.parent)
        half, lock = _new_half(final.parent)
    except OSError as error:
        raise unwritable(final, error) from error
    try:
        yield half
        _settle(half, final, mark, replace)
    except OSError as error:
        raise unwritable(final, error) from error
    finally:
        shutil.rmtree(half, ignore_errors=True)
        _close(lock)


def discard(folder: Path) -> None:
    """Remove a folder so that it is there whole or gone: a half removed one bears the name of a half made one.

    Raises ModelError where it cannot be removed.
    """
    try:
        doomed, lock = _new_half(folder.parent)
        folder.rename(doomed / folder.name)
    except OSError as error:
        raise ModelError(
            f"{folder}: cannot be removed ({error.strerror or error}).", hint="See who may write there."
        ) from error
    shutil.rmtree(doomed, ignore_errors=True)
    _close(lock)


def sweep(folder: Path) -> None:
    """Remove what killed processes left half made in `folder`."""
    for half in folder.glob(f"{_HALF}*"):
        lock = _locked(half, wait=False)
        # Where folders cannot be locked (Windows, some network drives) nobody knows whether its maker lives.
        if lock is not None or _age(half) > _DAY:
            shutil.rmtree(half, ignore_errors=True)
        _close(lock)


def _age(half: Path) -> float:
    """Seconds since it was made; 0 where it is gone."""
    try:
        return time.time() - half.stat().st_mtime
    except OSError:
        return 0.0


def unwritable(folder: Path, error: OSError) -> ModelError:
    """The error for a folder in the cache that could not be made."""
    return ModelError(
        f"{folder}: the converted model cannot be written ({error.strerror or error}).",
        hint="Make room there, or set MTQC_CACHE_DIR to a folder that can be written.",
    )


def _new_half(parent: Path) -> tuple[Path, int | None]:
    """A new folder, locked as long as this process lives."""
    while True:
        half = Path(tempfile.mkdtemp(prefix=_HALF, dir=parent))
        lock = _locked(half, wait=True)
        if half.is_dir():
            return half, lock
        _close(lock)  # another process swept it between the two calls


def _locked(folder: Path, *, wait: bool) -> int | None:
    """The descriptor that holds the folder's lock; None where another has it or there are no locks."""
    if sys.platform == "win32":
        return None
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:
        os.close(descriptor)
        return None
    return descriptor


def _close(lock: int | None) -> None:
    if lock is not None:
        os.close(lock)


def _settle(half: Path, final: Path, mark: str, replace: bool) -> None:
    half.chmod(0o755)  # mkdtemp's folders are for their owner alone; a cache may be shared
    if replace and final.exists():
        discard(final)
    try:
        half.rename(final)
    except OSError:
        if not (final / mark).is_file():
            raise
