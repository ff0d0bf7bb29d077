"""The user's glossaries and lists, read and joined into what the check holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from mtqc.source.glossary import listed, merged, read_glossary, read_list
from mtqc.text.terms import Kind, Term


def load(glossaries: Sequence[Path], keep: Iterable[Term] = ()) -> tuple[Term, ...]:
    """The terms of `keep` and of all files, rows of one term joined. Raises InputError."""
    return merged([*keep, *(term for path in glossaries for term in read_glossary(path))])


def load_list(values: Sequence[str], kind: Kind, base: Path, where: str) -> tuple[Term, ...]:
    """Terms of a list in the configuration; a value that ends in .txt is a file with one term a line.

    `base`: what relative paths start from; `where`: stands in errors. Raises InputError.
    """
    terms: list[Term] = []
    for value in values:
        if value.endswith(".txt"):
            terms += listed(read_list(base / value), kind, str(base / value))
        else:
            terms += listed([value], kind, where)
    return tuple(terms)
