"""Which models are at hand without a network: those that ship, those added by name, those converted once.

In the cache folder, `added/DIRECTION/NAME/` holds a model whole but for its unconverted weights, laid out as a shipped
one; `models/NAME-KEY/` holds only the converted form of a checkpoint that lies elsewhere (see find.converted).
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from mtqc.errors import ModelError
from mtqc.translate.building import discard
from mtqc.translate.checkpoint import CARD, read_json

Kind = Literal["shipped", "added", "converted"]
ORIGIN = "origin.json"
"""In the folder of a converted model: name, direction, revision, and the folder that it was converted from."""
_SHIPPED = Path(__file__).parent / "models"


def cache_dir() -> Path:
    """Folder for converted models and measured texts: MTQC_CACHE_DIR, else the user's cache folder."""
    import platformdirs

    chosen = os.environ.get("MTQC_CACHE_DIR")
    return Path(chosen).expanduser() if chosen else platformdirs.user_cache_path("mtqc")


@dataclass(frozen=True, slots=True)
class Entry:
    """One model at hand. `card`: what its folder says of it, empty for one converted before such notes were kept."""

    kind: Kind
    folder: Path
    name: str
    direction: str
    card: Mapping[str, Any]

    @property
    def revision(self) -> str:
        """SHA-256 as Checkpoint.revision; "" where it is not known."""
        return str(self.card.get("revision", ""))

    @property
    def label(self) -> str:
        """Name and revision as in signatures: `opus-mt-fr-en@0123456789ab`."""
        return f"{self.name}@{self.revision[:12]}" if self.revision else self.name

    @property
    def licence(self) -> str:
        """Of the weights; "" where nothing says."""
        return str(self.card.get("licence", ""))

    @property
    def figures(self) -> Sequence[Mapping[str, Any]]:
        """Measured quality, one set each (set, sentences, bleu, chrf); empty where nothing was measured."""
        found: Sequence[Mapping[str, Any]] = self.card.get("figures", ())
        return found

    @property
    def origin(self) -> str:
        """Where it was taken from, in the form that `mtqc model add` takes; "" for a shipped model."""
        origin = self.card.get("origin", {})
        return f"{origin['hub']}@{origin['commit']}" if "hub" in origin else str(origin.get("folder", ""))

    @property
    def bytes(self) -> int:
        """Size of all its files."""
        return sum(p.stat().st_size for p in self.folder.rglob("*") if p.is_file())

    def answers(self, asked: str) -> bool:
        """Whether `asked` names it: NAME, NAME@REVISION (its beginning), or ORG/NAME[@REVISION] as it was added."""
        name, _, revision = asked.partition("@")
        if name == self.name:
            return self.revision.startswith(revision)
        origin = self.card.get("origin", {})
        return name == origin.get("hub") and (revision or "main") in (origin["asked"], origin["commit"])


def entries() -> list[Entry]:
    """Every model at hand, the shipped ones first, then by direction and name. Reads only."""
    found = [*shipped(), *added(), *converted_ones()]
    order = ("shipped", "added", "converted")
    return sorted(found, key=lambda e: (order.index(e.kind), e.direction, e.name, str(e.folder)))


def shipped() -> Iterator[Entry]:
    """The models of the package."""
    yield from _carded("shipped", _SHIPPED.glob("*"))


def added() -> Iterator[Entry]:
    """The models that `mtqc model add` took in."""
    yield from _carded("added", (cache_dir() / "added").glob("*/*"))


def _carded(kind: Kind, folders: Iterator[Path]) -> Iterator[Entry]:
    for folder in folders:
        if (folder / CARD).is_file() and not folder.name.startswith("."):
            card = read_json(folder / CARD)
            yield Entry(kind, folder, str(card.get("name", folder.name)), str(card.get("direction", "")), card)


def converted_ones() -> Iterator[Entry]:
    """Converted forms of checkpoints that lie elsewhere."""
    for folder in (cache_dir() / "models").glob("*"):
        if (folder / "model.bin").is_file() and not folder.name.startswith("."):
            card = read_json(folder / ORIGIN) if (folder / ORIGIN).is_file() else {}
            name = str(card.get("name") or folder.name.rpartition("-")[0])
            yield Entry("converted", folder, name, str(card.get("direction", "")), card)


def added_folder(name: str, direction: str) -> Path:
    """Where the added model of that name and direction lies, or would."""
    return cache_dir() / "added" / direction / name


def shipped_folder(direction: str) -> Path:
    """The folder of the model that ships for a direction. Raises ModelError where none does."""
    folder = _SHIPPED / direction
    if not folder.is_dir():
        raise ModelError(f"No {direction} model ships with mtqc.", hint="Name one with --model.")
    return folder


def held(asked: str, direction: str) -> Entry | None:
    """The shipped or added model that `asked` names, of that direction; of another where it can be no hub name."""
    found = [e for e in (*shipped(), *added()) if e.answers(asked)]
    of_direction = [e for e in found if e.direction == direction]
    return next(iter(of_direction or ([] if "/" in asked else found)), None)


def remove(entry: Entry) -> None:
    """Remove an added or converted model from the cache folder. Raises ModelError where that fails."""
    if entry.kind == "shipped":
        raise ValueError(f"{entry.label} ships with mtqc")
    discard(entry.folder)
