"""What is in a zip archive, or in two: files of pairs, and texts and web pages that are matched as those of folders.

See mtqc.source.packed for what is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path, PurePosixPath
from zipfile import ZipInfo

from mtqc.errors import InputError, MtqcError
from mtqc.source import tables
from mtqc.source.articles import Read
from mtqc.source.documents import MAX_BYTES, Reading, document_of
from mtqc.source.folders import Langs, Listing, Match, is_text, match_listing, match_listings
from mtqc.source.html import SUFFIXES as PAGES
from mtqc.source.html import page_of
from mtqc.source.manner import Manner, from_rows, own
from mtqc.source.packed import Archive
from mtqc.source.single import read_files

_PACK = f"Pack {tables.KINDS}, or texts and web pages as in folders"


def read_archives(paths: Sequence[Path], manner: Manner) -> Iterator[Read]:
    """The articles of one archive, or of two that hold the texts of one side each.

    A file that cannot be read is an error entry. Raises InputError where this is no archive, or an empty one.
    """
    with ExitStack() as stack:
        archives = [stack.enter_context(Archive(path)) for path in paths]
        for archive in archives:
            if not archive.files():
                raise InputError(f"{archive.path} holds no file.", hint=f"{_PACK}.")
            for info in archive.files():
                if not _is_text(info):
                    yield from _of_member(archive, info, manner, alone=len(archives) == 1)
        for match in _matches([_listing(archive) for archive in archives], manner.langs):
            yield own(_article(match, archives, manner.langs), manner.names)


def member_document(path: Path, lang: str) -> Reading | None:
    """The text or page at the path ARCHIVE/NAME, None where there is no such archive, or not that in it.

    Raises InputError where it cannot be read.
    """
    root = next((p for p in path.parents if p.suffix.lower() == ".zip" and p.is_file()), None)
    if root is None or not is_text(path.name):
        return None
    with Archive(root) as archive:
        name = str(path.relative_to(root))
        return _read(archive, name, lang) if any(i.filename == name for i in archive.files()) else None


def _matches(listings: list[Listing], langs: Langs) -> Iterator[Match]:
    if any(found.names or found.refused for found in listings):
        first, *more = listings
        yield from match_listings(first, more[0], langs) if more else match_listing(first, langs)


def _listing(archive: Archive) -> Listing:
    names: list[str] = []
    refused: list[tuple[str, InputError]] = []
    for info in filter(_is_text, archive.files()):
        try:
            archive.refuse(info)
            names.append(info.filename)
        except InputError as error:
            refused.append((info.filename, error))
    return Listing(archive.path, tuple(sorted(names)), tuple(refused))


def _is_text(info: ZipInfo) -> bool:
    return is_text(PurePosixPath(info.filename).name)


def _article(match: Match, archives: list[Archive], langs: Langs) -> Read:
    if len(match) == 2:
        return match
    sides = dict(zip(match[1:], (archives[0], archives[-1]), strict=True))

    def load(path: Path, lang: str) -> Reading:
        return _read(sides[path], str(path.relative_to(sides[path].path)), lang)

    return read_files(*match, langs, load=load)


def _read(archive: Archive, name: str, lang: str) -> Reading:
    with archive.opened(name) as stream:
        data = stream.read(MAX_BYTES + 1)
    path = archive.path / name
    if len(data) > MAX_BYTES:
        message = f"{path} has more than {MAX_BYTES / 1e6:.0f} MB; an article has at most that."
        raise InputError(message, hint="Give one article a file, or many as TSV or JSON Lines.")
    return (page_of if path.suffix.lower() in PAGES else document_of)(data, str(path), lang)


def _of_member(archive: Archive, info: ZipInfo, manner: Manner, *, alone: bool) -> Iterator[Read]:
    """The articles of a file of pairs, or why there are none."""
    load = tables.loader(Path(info.filename)) if alone else None
    try:
        archive.refuse(info)
        if load is None:
            what = "is not of a kind that is read from an archive" if alone else "is no text and no web page"
            raise InputError(f"{info.filename} in {archive.path} {what}.", hint=f"{_PACK}, or unpack it.")
        with archive.opened(info) as stream:
            rows = load(archive.path / info.filename, manner.langs, stream, manner.columns)
            yield from from_rows(rows, manner, info.filename)
    except MtqcError as error:
        yield own((info.filename, error), manner.names)
