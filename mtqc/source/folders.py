"""Which text files and web pages of one or two folders belong together."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
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

Keyed = dict[str, list[Path]]
Match = tuple[str, Path, Path] | tuple[str, InputError]
"""(id, the original's file, the translation's), or (id, why there is no such pair)."""


def article_id(path: Path) -> str:
    """Name of an article by one of its files: `a` of `a.en.txt`; of `NAME/source.en.txt`, NAME."""
    stem = _TAG.sub("", path.stem)
    return (path.absolute().parent.name or stem) if stem.lower() in _ROLES else stem


def match_two(source: Path, target: Path, langs: Langs = ENGLISH_TO_FRENCH) -> Iterator[Match]:
    """(id, the original's file, the translation's) of two folders, searched recursively.

    Paired by path without language and suffix. A file without counterpart, or one of several with the same name, is
    (id, InputError).
    """
    yield from _joined((_keyed(source), _keyed(target)), (source, target), langs)


def match_one(folder: Path, langs: Langs = ENGLISH_TO_FRENCH) -> Iterator[Match]:
    """The same of one folder that holds both sides: `a.en.txt` and `a.fr.txt`, `NAME/source.en.txt` and
    `NAME/target.fr.txt`, or `en/a.txt` and `fr/a.txt`. A file whose name tells no language is (id, InputError).
    """
    sides: tuple[Keyed, Keyed] = ({}, {})
    for path in _files(folder):
        side, key = _side(path.relative_to(folder), langs)
        if side is None:
            error = InputError(
                f"{path} does not tell whether it is the original or the translation.",
                hint="Name the files a.en.txt and a.fr.txt, or give two folders.",
            )
            yield key or path.stem, error
        else:
            sides[side].setdefault(key, []).append(path)
    yield from _joined(sides, (folder, folder), langs)


def _joined(sides: tuple[Keyed, Keyed], folders: tuple[Path, Path], langs: Langs) -> Iterator[Match]:
    for key in sorted({*sides[0], *sides[1]}):
        found = sides[0].get(key, []), sides[1].get(key, [])
        if len(found[0]) == len(found[1]) == 1:
            yield key or folders[0].absolute().name, found[0][0], found[1][0]
        else:
            yield key or folders[0].absolute().name, _unpaired(found, folders, langs)


def _unpaired(sides: tuple[list[Path], list[Path]], folders: tuple[Path, Path], langs: Langs) -> InputError:
    for side in sides:
        if len(side) > 1:
            names = " and ".join(map(str, side))
            return InputError(f"{names} have the same name but for its ending.", hint="Keep one of them.")
    own, other = (0, 1) if sides[0] else (1, 0)
    missing = f"{sides[own][0]} has no {_NAMES[langs[other]]} counterpart in {folders[other]}."
    return InputError(missing, hint="Add it, or remove the file.")


def _files(folder: Path) -> list[Path]:
    try:
        found = sorted(p for p in folder.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())
    except OSError as error:
        raise InputError(
            f"{folder} cannot be read: {error.strerror or error}.", hint="Check its permissions."
        ) from None
    hidden = (any(part.startswith(".") for part in p.relative_to(folder).parts) for p in found)
    visible = [p for p, h in zip(found, hidden, strict=True) if not h and not p.name.lower().startswith(_REFERENCE)]
    if not visible:
        hint = f"Texts are files that end in {' or '.join(sorted(SUFFIXES))}."
        raise InputError(f"{folder} holds no text file.", hint=hint)
    return visible


def _keyed(folder: Path) -> Keyed:
    keyed: Keyed = {}
    for path in _files(folder):
        relative = path.relative_to(folder)
        keyed.setdefault(_key(relative.parent.parts, _TAG.sub("", relative.stem)), []).append(path)
    return keyed


def _key(folders: tuple[str, ...], stem: str) -> str:
    """The path without language and suffix; of a file named after its role, the folder ("" in the root)."""
    parts = folders if stem.lower() in _ROLES else (*folders, stem)
    return unicodedata.normalize("NFC", str(PurePosixPath(*parts))) if parts else ""


def _side(relative: Path, langs: Langs) -> tuple[Literal[0, 1] | None, str]:
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
