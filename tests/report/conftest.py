"""Golden files: `MTQC_UPDATE_GOLDEN=1 pytest tests/report` writes them, and all that is generated from the code."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

GOLDEN = Path(__file__).resolve().parents[1] / "golden"


@pytest.fixture
def same_as_file():
    """Asserts that a file of the repository holds exactly this text; writes it when asked to."""

    def check(path: Path, text: str) -> None:
        if os.environ.get("MTQC_UPDATE_GOLDEN"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        assert path.read_bytes().decode() == text, (
            f"{path.name} is not current: MTQC_UPDATE_GOLDEN=1 pytest tests/report"
        )

    return check


@pytest.fixture
def golden(same_as_file):
    """Asserts that tests/golden/NAME holds exactly this text."""
    return lambda name, text: same_as_file(GOLDEN / name, text)
