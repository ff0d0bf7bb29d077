"""Which text files and web pages of one or two folders belong together."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

from mtqc.errors import InputError
from mtqc.source.html import SUFFIXES as PAGES

SUFFIXES = frozenset({".txt", ".text"}) | PAGES
Langs = tuple[str, str]
"""Of the originals and of the translations: “en” and “fr”, or the other way round."""
ENGLISH_TO_FRENCH: Langs = ("en", "fr")
_NAMES = {"en": "English", "fr": "French"}
_LANGUAGE = {
    **dict.fromkeys(("en", "eng", "english"), "en"),
    **dict.fromkeys(("fr", "fra", "fre", "french"), "fr"),
}
_TAG = re.compile(r"[._-](e(?:n|ng|nglish)(?:[-_](?:us|gb))?|fr(?:a|e|ench)?(?:[-_](?:fr|ca))?)$", re.IGNORECASE)
_ROLES = {**dict.fromkeys(("source", "src", "original"), 0), **dict.fromkeys(("target", "tgt"), 1)}
_REFERENCE = "reference"
"""Files of this name hold a human translation beside the pair: no part of it."""

Keyed = dict[str, list[str]]
Match = tuple[str, Path, Path] | tuple[str, InputError]
"""(id, the original's file, the translation's), or (id, why there is no such pair)."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The texts of a folder or archive at `root`: their paths in it, sorted, and what there could not be listed."""

    root: Path
    names: tuple[str, ...]
    refused: tuple[tuple[str, InputError], ...] = ()


def article_id(path: Path) -> str:
    """Name of an article by one of its files: `a` of `a.en.txt`; of `NAME/source.en.txt`, NAME."""
    stem = _TAG.sub("", path.stem)
    return (path.absolute().parent.name or stem) if stem.lower() in _ROLES else stem


def match_two(source: Path, target: Path, langs: Langs = ENGLISH_TO_FRENCH) -> Iterator[Match]:
    """(id, the original's file, the translation's) of two folders, searched recursively.

    Paired by path without language and suffix. A file without counterpart, or one of several with the same name, is
    (id, InputError).
    """
    yield from match_listings(listing(source), listing(target), langs)


def match_one(folder: Path, langs: Langs = ENGLISH_TO_FRENCH) -> Iterator[Match]:
    """The same of one folder that holds both sides: `a.en.txt` and `a.fr.txt`, `NAME/source.en.txt` and
    `NAME/target.fr.txt`, or `en/a.txt` and `fr/a.txt`. A file whose name tells no language is (id, InputError).
    """
    yield from match_listing(listing(folder), langs)


def match_listings(source: Listing, target: Listing, langs: Langs) -> Iterator[Match]:
    """As match_two, of texts that are listed already."""
    yield from source.refused
    yield from target.refused
    yield from _joined((_keyed(source.names), _keyed(target.names)), (source.root, target.root), langs)


def match_listing(found: Listing, langs: Langs) -> Iterator[Match]:
    """As match_one, of texts that are listed already."""
    yield from found.refused
    sides: tuple[Keyed, Keyed] = ({}, {})
    for name in found.names:
        side, key = _side(PurePosixPath(name), langs)
        if side is None:
            error = InputError(
                f"{found.root / name} does not tell whether it is the original or the translation.",
                hint="Name the files a.en.txt and a.fr.txt, or give two folders.",
            )
            yield key or PurePosixPath(name).stem, error
        else:
            sides[side].setdefault(key, []).append(name)
    yield from _joined(sides, (found.root, found.root), langs)


def _joined(sides: tuple[Keyed, Keyed], roots: tuple[Path, Path], langs: Langs) -> Iterator[Match]:
    for key in sorted({*sides[0], *sides[1]}):
        found = sides[0].get(key, []), sides[1].get(key, [])
        if len(found[0]) == len(found[1]) == 1:
            yield key or roots[0].absolute().name, roots[0] / found[0][0], roots[1] / found[1][0]
        else:
            paths = [roots[0] / name for name in found[0]], [roots[1] / name for name in found[1]]
            yield key or roots[0].absolute().name, _unpaired(paths, roots, langs)


def _unpaired(sides: tuple[list[Path], list[Path]], folders: tuple[Path, Path], langs: Langs) -> InputError:
    for side in sides:
        if len(side) > 1:
            names = " and ".join(map(str, side))
            what = "have the same name but for its ending or the form of its accents"
            return InputError(f"{names} {what}.", hint="Keep one of them.")
    own, other = (0, 1) if sides[0] else (1, 0)
    missing = f"{sides[own][0]} has no {_NAMES[langs[other]]} counterpart in {folders[other]}."
    return InputError(missing, hint="Add it, or remove the file.")


def own_name(name: str) -> str:
    """What the text at `name`, a path in its folder, is called: the path without language and suffix."""
    path = PurePosixPath(name)
    return _key(path.parent.parts, _TAG.sub("", path.stem))


def listing(folder: Path) -> Listing:
    """The texts of a folder, those in its folders too. Raises InputError where there is none."""
    names: list[str] = []
    refused: list[tuple[str, InputError]] = []

    def refuse(error: OSError) -> None:
        what = InputError(f"{error.filename} cannot be read: {error.strerror}.", hint="Check its permissions.")
        refused.append((os.path.relpath(error.filename, folder), what))

    for parent, folders, files in os.walk(folder, onerror=refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        inside = os.path.relpath(parent, folder)
        texts = filter(is_text, files)
        names += texts if inside == "." else (f"{inside}/{name}" for name in texts)
    if refused and not names:
        raise refused[0][1]
    if not names:
        hint = f"Texts are files that end in {' or '.join(sorted(SUFFIXES))}."
        raise InputError(f"{folder} holds no text file.", hint=hint)
    return Listing(folder, tuple(sorted(names)), tuple(sorted(refused, key=lambda item: item[0])))


def is_text(name: str) -> bool:
    """True for the name of a text or web page that is neither hidden nor a reference."""
    return PurePosixPath(name).suffix.lower() in SUFFIXES and not name.lower().startswith((".", _REFERENCE))


def _keyed(names: Iterable[str]) -> Keyed:
    keyed: Keyed = {}
    for name in names:
        keyed.setdefault(own_name(name), []).append(name)
    return keyed


def _key(folders: tuple[str, ...], stem: str) -> str:
    """The path without language and suffix; of a file named after its role, the folder ("" in the root)."""
    parts = folders if stem.lower() in _ROLES else (*folders, stem)
    return unicodedata.normalize("NFC", str(PurePosixPath(*parts))) if parts else ""


def _side(relative: PurePosixPath, langs: Langs) -> tuple[Literal[0, 1] | None, str]:
    """(0: original, 1: translation or None, key) by the name's ending, the role it names, or a folder called so."""
    tag = _TAG.search(relative.stem)
    stem, folders = _TAG.sub("", relative.stem), relative.parent.parts
    if tag:
        return _place("en" if tag.group(1)[0] in "eE" else "fr", langs), _key(folders, stem)
    if stem.lower() in _ROLES:
        return (1 if _ROLES[stem.lower()] else 0), _key(folders, stem)
    for i, folder in enumerate(folders):
        name, rest = folder.lower(), _key((*folders[:i], *folders[i + 1 :]), stem)
        if name in _LANGUAGE:
            return _place(_LANGUAGE[name], langs), rest
        if name in _ROLES:
            return (1 if _ROLES[name] else 0), rest
    return None, _key(folders, stem)


def _place(lang: str, langs: Langs) -> Literal[0, 1]:
    return 0 if lang == langs[0] else 1
