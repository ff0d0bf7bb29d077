"""Which text files and web pages of one or two folders belong together."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from mtqc.errors import InputError
from mtqc.source.html import SUFFIXES as PAGES

SUFFIXES = frozenset({".txt", ".text"}) | PAGES
_LANGUAGE = {
    **dict.fromkeys(("en", "eng", "english", "source", "src", "original"), "en"),
    **dict.fromkeys(("fr", "fra", "fre", "french", "target", "tgt"), "fr"),
}
_TAG = re.compile(r"[._-](e(?:n|ng|nglish)(?:[-_](?:us|gb))?|fr(?:a|e|ench)?(?:[-_](?:fr|ca))?)$", re.IGNORECASE)
_ROLES = frozenset({"source", "src", "original", "target", "tgt"})
_REFERENCE = "reference"
"""Files of this name hold a human translation beside the pair: no part of it."""

Keyed = dict[str, list[Path]]
Match = tuple[str, Path, Path] | tuple[str, InputError]
"""(id, English file, French file), or (id, why there is no such pair)."""


def article_id(path: Path) -> str:
    """Name of an article by one of its files: `a` of `a.en.txt`; of `NAME/source.en.txt`, NAME."""
    stem = _TAG.sub("", path.stem)
    return (path.absolute().parent.name or stem) if stem.lower() in _ROLES else stem


def match_two(source: Path, target: Path) -> Iterator[Match]:
    """(id, English file, French file) of two folders, searched recursively, paired by path without language and suffix.

    A file without counterpart, or one of several with the same name, is (id, InputError).
    """
    english, french = _keyed(source), _keyed(target)
    yield from _joined(english, french, (source, target))


def match_one(folder: Path) -> Iterator[Match]:
    """The same of one folder that holds both sides: `a.en.txt` and `a.fr.txt`, `NAME/source.en.txt` and
    `NAME/target.fr.txt`, or `en/a.txt` and `fr/a.txt`. A file whose name tells no language is (id, InputError).
    """
    english: Keyed = {}
    french: Keyed = {}
    for path in _files(folder):
        lang, key = _side(path.relative_to(folder))
        if not lang:
            error = InputError(
                f"{path} does not tell whether it is the original or the translation.",
                hint="Name the files a.en.txt and a.fr.txt, or give two folders.",
            )
            yield key or path.stem, error
        else:
            (english if lang == "en" else french).setdefault(key, []).append(path)
    yield from _joined(english, french, (folder, folder))


def _joined(english: Keyed, french: Keyed, folders: tuple[Path, Path]) -> Iterator[Match]:
    for key in sorted({*english, *french}):
        sides = english.get(key, []), french.get(key, [])
        if len(sides[0]) == len(sides[1]) == 1:
            yield key or folders[0].absolute().name, sides[0][0], sides[1][0]
        else:
            yield key or folders[0].absolute().name, _unpaired(sides, folders)


def _unpaired(sides: tuple[list[Path], list[Path]], folders: tuple[Path, Path]) -> InputError:
    for side in sides:
        if len(side) > 1:
            names = " and ".join(map(str, side))
            return InputError(f"{names} have the same name but for its ending.", hint="Keep one of them.")
    if sides[0]:
        return InputError(
            f"{sides[0][0]} has no French counterpart in {folders[1]}.", hint="Add it, or remove the file."
        )
    return InputError(f"{sides[1][0]} has no English counterpart in {folders[0]}.", hint="Add it, or remove the file.")


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


def _side(relative: Path) -> tuple[str, str]:
    """("en", "fr" or "", key) by the name's ending, the role it names, or a folder called after the language."""
    tag = _TAG.search(relative.stem)
    stem, folders = _TAG.sub("", relative.stem), relative.parent.parts
    if tag:
        return ("en" if tag.group(1)[0] in "eE" else "fr"), _key(folders, stem)
    if stem.lower() in _ROLES:
        return _LANGUAGE[stem.lower()], _key(folders, stem)
    for i, folder in enumerate(folders):
        if folder.lower() in _LANGUAGE:
            return _LANGUAGE[folder.lower()], _key((*folders[:i], *folders[i + 1 :]), stem)
    return "", _key(folders, stem)
