"""`mtqc model add`: a model taken into the cache folder, so that its name is enough and no network is needed."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mtqc.errors import ModelError, UsageError
from mtqc.translate import convert, library, pinned
from mtqc.translate.building import built
from mtqc.translate.checkpoint import CARD, SMALL_FILES, Checkpoint, read_json
from mtqc.translate.find import CONVERSION, QUANTIZATION, fetched, hub_name

_README = "README.md"
_CONVERTED = ("model.bin", "config.json", "*vocabulary*", "vmap*")
_NAME = re.compile(r"[\w+-][\w.+-]*")
_LICENCE = re.compile(r"\A---\n(?:.*\n)*?licen[cs]e: *[\"']?([^\n\"'#]+?)[\"']? *\n(?:.*\n)*?---", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Added:
    """What `add` did: nothing where the same model was there `already`. `given_up`: pinned sentences it cannot do."""

    entry: library.Entry
    already: bool
    given_up: int = 0


def add(model: str, direction: str, *, name: str = "", replace: bool = False) -> Added:
    """Take a model folder or hub name (`org/name[@revision]`) into the cache folder as `name`, its own by default.

    Its small files are copied, its weights converted to int8 (a form already converted is copied), its output pinned.
    The folder appears whole, when all of that worked, or not at all. Raises ModelError where the model cannot be had,
    is not a whole Marian model of that direction, cannot be run or written; UsageError where the name is no file name,
    that of a shipped model, or that of another model and not to be replaced.
    """
    checkpoint = fetched(model, direction, also=(_README,))
    chosen = _free_name(name or checkpoint.name)
    final = library.added_folder(chosen, direction)
    if (final / CARD).is_file():
        old = _entry(final)
        if _is_same(old, checkpoint):
            return Added(old, already=True)
        _allow_replacing(old, checkpoint, replace)
    with built(final, CARD, replace=True) as half:
        _fill(half, checkpoint, _card(checkpoint, chosen, model))
        rows = pinned.pin(half, direction)
    return Added(_entry(final), False, sum(row.hypothesis is None for row in rows))


def _free_name(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise UsageError(f"“{name}” cannot be a model's name.", hint="Give --name letters, digits, and . _ + - only.")
    if any(name == e.name for e in library.shipped()):
        raise UsageError(f"A model named {name} ships with mtqc.", hint="Give this one another name with --name.")
    return name


def _is_same(old: library.Entry, checkpoint: Checkpoint) -> bool:
    return old.revision == checkpoint.revision and old.card.get("conversion", CONVERSION) == CONVERSION


def _allow_replacing(old: library.Entry, checkpoint: Checkpoint, replace: bool) -> None:
    if not replace and old.revision != checkpoint.revision:
        raise UsageError(
            f"There is another model named {old.label}, from {old.origin}; this is {checkpoint.revision[:12]}.",
            hint="Give --replace, or another name with --name.",
        )


def _fill(folder: Path, checkpoint: Checkpoint, card: Mapping[str, Any]) -> None:
    """Everything that a model folder holds but the unconverted weights and pinned.jsonl."""
    for file in SMALL_FILES:
        # A folder that CTranslate2 wrote has a config.json of its own kind.
        if (checkpoint.folder / file).is_file() and (checkpoint.weights or checkpoint.folder != checkpoint.converted):
            shutil.copyfile(checkpoint.folder / file, folder / file)
    for file in ("source.spm", "target.spm"):
        shutil.copyfile(checkpoint.folder / file, folder / file)
    (folder / "ct2").mkdir()
    if checkpoint.converted:
        for path in {p for pattern in _CONVERTED for p in checkpoint.converted.glob(pattern)}:
            shutil.copyfile(path, folder / "ct2" / path.name)
    else:
        convert.convert(checkpoint, folder / "ct2", QUANTIZATION)
    (folder / CARD).write_text(json.dumps(card, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _card(checkpoint: Checkpoint, name: str, model: str) -> dict[str, Any]:
    """The model's own card, if it has one, with what was found and where."""
    own = read_json(checkpoint.folder / CARD) if (checkpoint.folder / CARD).is_file() else {}
    card = {
        **own,
        "name": name,
        "direction": checkpoint.direction,
        "revision": checkpoint.revision,
        "licence": own.get("licence") or _licence(checkpoint.folder),
        "prefix": checkpoint.prefix,
        "positions": checkpoint.positions,
        "cut_at": checkpoint.cut_at,
        "figures": own.get("figures", []),
        "origin": _origin(checkpoint, model),
    }
    # What another tool converted cannot be out of date with this one.
    return card | ({} if checkpoint.converted else {"conversion": CONVERSION})


def _origin(checkpoint: Checkpoint, model: str) -> dict[str, str]:
    named = None if Path(model).expanduser().is_dir() else hub_name(model)
    if not named:
        return {"folder": str(checkpoint.folder.resolve())}
    # The hub's client keeps each commit in a folder of that name.
    return {"hub": named[0], "asked": named[1] or "main", "commit": checkpoint.folder.name}


def _licence(folder: Path) -> str:
    """As the front matter of README.md says, a model card of the hub; "" where nothing does."""
    try:
        found = _LICENCE.match((folder / _README).read_text(encoding="utf-8", errors="replace"))
    except OSError:
        return ""
    return found[1] if found else ""


def _entry(folder: Path) -> library.Entry:
    try:
        return next(e for e in library.added() if e.folder == folder)
    except StopIteration:
        raise ModelError(f"{folder}: this model was removed meanwhile.", hint="Add it again.") from None
