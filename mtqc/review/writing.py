"""Files written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from mtqc.errors import InputError


def write_bytes(path: Path, body: bytes) -> None:
    """Write a file, by way of another one beside it. Raises InputError where it cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(body)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).chmod(0o644)
            Path(temporary).replace(path)
        except OSError:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror}).", hint="Give a folder that can.") from error
