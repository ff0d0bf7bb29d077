"""The register of names as a file that an editor settles once: a glossary that `--glossary` takes as it is.

A name in doubt stands with all its forms, the most frequent first, so that none of them is found fault with before the
editor has deleted the wrong ones. What the editor changed is never written over.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Iterator, Mapping

from mtqc.corpus.findings import CorpusFindings, Form, NameEntry
from mtqc.text.terms import term_words

NAME = "names.csv"
ADDED = "names-new.csv"
"""What an edited register lacks."""
COLUMNS = ("en", "fr", "note", "articles", "seen", "examples")
"""Those that a glossary has, then what the editor may want to know."""
_SEAL = "# Delete the forms that you do not want, then give this file to --glossary. Once edited it is kept. Seal: "
_DOUBT = "in doubt: several forms"


def files(found: CorpusFindings, there: str | None) -> Mapping[str, str]:
    """Name and text of the files to write; `there`: the text of the register that is there already.

    One that was edited stays; what it lacks goes into a file of its own.
    """
    if there is None or _is_sealed(there):
        return {NAME: _sealed(_table(found.names))}
    known = {re.split("[,;\t]", line)[0].strip('" ') for line in there.splitlines()}
    added = [n for n in found.names if n.english not in known]
    return {ADDED: _sealed(_table(added))} if added else {}


def _sealed(table: str) -> str:
    return f"{_SEAL}{_seal(table)}\n{table}"


def _is_sealed(text: str) -> bool:
    """True of what was written here and not touched since."""
    first, _, table = text.partition("\n")
    return first == _SEAL + _seal(table)


def _seal(table: str) -> str:
    return hashlib.sha256(table.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _table(names: Iterable[NameEntry]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(map(_row, _ordered(names)))
    return text.getvalue()


def _ordered(names: Iterable[NameEntry]) -> Iterator[NameEntry]:
    """Those in doubt first; each once, as the glossary could not read a name without a word in it."""
    usable = [n for n in names if _is_usable(n.english) and all(_is_usable(f.text) for f in n.forms)]
    yield from (n for n in usable if not n.settled)
    yield from (n for n in usable if n.settled)


def _is_usable(text: str) -> bool:
    return bool(term_words(text, "en")) and "|" not in text and not text.startswith("#")


def _row(name: NameEntry) -> tuple[str | int, ...]:
    examples = "; ".join(dict.fromkeys(p.article for f in name.forms for p in f.places))
    return (
        name.english,
        "|".join(f.text for f in name.forms),
        "" if name.settled else _DOUBT,
        sum(f.articles for f in name.forms),
        " · ".join(map(_seen, name.forms)),
        examples,
    )


def _seen(form: Form) -> str:
    return f"{form.text} × {form.articles}"
