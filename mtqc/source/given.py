"""What a Python program hands over, texts or two files, into an ArticlePair."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from mtqc.errors import InputError, MtqcError
from mtqc.model import ArticlePair, Document
from mtqc.source.documents import require_lines, require_text
from mtqc.source.folders import Langs
from mtqc.source.readers import Read, read_pairs
from mtqc.source.verdict import check_languages

LONGEST_NAME = 4096
"""Characters of a path on Linux; what is longer is not asked for on the disk."""
_SHAPES = 'Give (source, target), (id, source, target) or {"source": …, "target": …}, texts as str and files as Path.'


def given_item(item: object, number: int, langs: Langs) -> Read:
    """The article of one item of an iterable: a pair, a pair with an id, a mapping, or what `read_pairs` yields.

    (id, error) where it is none, or cannot be used. Items without an id are named by their `number`.
    """
    if isinstance(item, ArticlePair):
        return _of_direction(item, langs)
    name = str(number)
    try:
        name, source, target = _parts(item, name)
        if isinstance(source, MtqcError):
            return name, source
        return given_pair(name, source, target, langs)
    except MtqcError as error:
        return name, error


def _of_direction(pair: ArticlePair, langs: Langs) -> Read:
    found = pair.source.lang, pair.target.lang
    if found == langs:
        return pair
    message = f"{pair.id} is {' to '.join(found)}, and the settings say {' to '.join(langs)}."
    return pair.id, InputError(message, hint="Make settings with source_lang and target_lang for this direction.")


def _parts(item: object, name: str) -> tuple[str, object, object]:
    if isinstance(item, Mapping):
        missing = [key for key in ("source", "target") if key not in item]
        if missing:
            raise InputError(f"Item {name} has no “{missing[0]}”.", hint=_SHAPES)
        own = item.get("id")
        return (name if own is None else str(own)), item["source"], item["target"]
    if isinstance(item, tuple | list) and len(item) == 3:
        return str(item[0]), item[1], item[2]
    if isinstance(item, tuple | list) and len(item) == 2:
        return (str(item[0]), item[1], None) if isinstance(item[1], MtqcError) else (name, item[0], item[1])
    raise InputError(f"Item {name} is no pair of texts but {type(item).__name__}.", hint=_SHAPES)


def given_pair(name: str, source: object, target: object, langs: Langs) -> ArticlePair:
    """The article of two texts (str) or of two files (Path), its languages checked. Raises InputError."""
    if isinstance(source, str) and isinstance(target, str):
        return _of_texts(name, (source, target), langs)
    if isinstance(source, Path) and isinstance(target, Path):
        return _of_files(name, source, target, langs)
    kinds = f"{type(source).__name__} and {type(target).__name__}"
    raise InputError(f"{name}: neither two texts nor two paths, but {kinds}.", hint=_SHAPES)


def _of_texts(name: str, texts: tuple[str, str], langs: Langs) -> ArticlePair:
    sides = [
        _document(text, lang, f"{name} ({what})")
        for text, lang, what in zip(texts, langs, ("original", "translation"), strict=True)
    ]
    warnings = check_languages(*sides)
    source, target = (replace(side, path="") for side in sides)
    return ArticlePair(name, source, target, warnings=warnings)


def _document(text: str, lang: str, name: str) -> Document:
    """The text as a document that is called `name` for now, so that messages can name it."""
    _require_no_file(text, name)
    require_text(text, name)
    require_lines(text, name)
    try:
        data = text.encode()
    except UnicodeEncodeError as error:
        message = f"{name} holds half of a surrogate pair at offset {error.start}."
        raise InputError(message, hint="Decode the text anew, with errors='replace' if need be.") from None
    return Document(text, lang, name, hashlib.sha256(data).hexdigest())


def _require_no_file(text: str, name: str) -> None:
    """A file's name given as a text would be judged as one, and pass."""
    try:
        is_file = len(text) <= LONGEST_NAME and "\n" not in text and Path(text).exists()
    except (OSError, ValueError):
        return
    if is_file and text.strip():
        raise InputError(f"{name}: {text} is the name of a file, not a text.", hint="Give it as pathlib.Path(…).")


def _of_files(name: str, source: Path, target: Path, langs: Langs) -> ArticlePair:
    for path in (source, target):
        if path.is_dir():
            raise InputError(f"{name}: {path} is a folder.", hint="Give mtqc.check the folders themselves.")
    found = next(iter(read_pairs(source, target, langs)))
    if isinstance(found, tuple):
        raise found[1]
    return replace(found, id=name)
