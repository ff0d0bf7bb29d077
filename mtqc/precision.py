"""What a desk's editors found right of each rule's findings: the file that `mtqc precision` writes and the key
`precision` reads.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from mtqc.errors import InputError

SCHEMA = "mtqc-precision/1"
LEAST = 20
"""Decisions on a rule from which on they change confidences. The 95 % interval (Wilson) of a share of 20 reaches at
most 20 points to either side: 15 right are surely more than half. Of 10 it reaches 26: 8 right may be half."""


@dataclass(frozen=True, slots=True)
class Decided:
    """`right` of `total` findings of a rule were accepted, the others dismissed; repeated ones counted once."""

    right: int
    total: int

    @property
    def share(self) -> float:
        """Share right, 0 to 1."""
        return self.right / self.total


Precision = Mapping[str, Decided]
"""By code of the rule; those with LEAST decisions or more."""


def load(path: Path) -> dict[str, Decided]:
    """The rules of a file that were decided on often enough. Raises InputError."""
    hint = f"Write it with: mtqc precision RUN … --output {path}"
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError(f"{path}: no such file.", hint=hint) from None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read ({error}).", hint="Give a UTF-8 text file.") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: not valid JSON ({error}).", hint=hint) from error
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        raise InputError(f"{path}: not in the layout {SCHEMA}.", hint=hint)
    return {code: d for code, d in _rules(data.get("rules"), path, hint) if d.total >= LEAST}


def _rules(items: object, path: Path, hint: str) -> list[tuple[str, Decided]]:
    if not isinstance(items, list):
        raise InputError(f"{path}: damaged: “rules” is not a list.", hint=hint)
    found = []
    for number, item in enumerate(items, 1):
        values = [item.get(k) for k in ("code", "right", "decided")] if isinstance(item, dict) else [None] * 3
        code, right, total = values
        is_right = isinstance(code, str) and type(right) is int and type(total) is int and 0 <= right <= total
        if not is_right or not total:
            what = f"entry {number} of “rules” needs “code”, “right” and “decided”, right being at most decided"
            raise InputError(f"{path}: damaged: {what}.", hint=hint)
        found.append((str(code), Decided(int(str(right)), int(str(total)))))
    codes = [code for code, _ in found]
    twice = next((c for c in codes if codes.count(c) > 1), "")
    if twice:
        raise InputError(f"{path}: damaged: {twice} stands there twice.", hint=hint)
    return found
