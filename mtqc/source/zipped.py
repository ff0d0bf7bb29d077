"""What is in a zip archive, or in two: files of pairs, and texts and web pages that are matched as those of folders.

See mtqc.source.packed for what is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path, PurePosixPath
from zipfile import ZipInfo

from mtqc.errors import InputError, MtqcError
from mtqc.source import tables
from mtqc.source.articles import Read
from mtqc.source.documents import MAX_BYTES, Reading, document_of
from mtqc.source.folders import SUFFIXES as TEXTS
from mtqc.source.folders import Langs, Listing, Match, is_text, match_listing, match_listings
from mtqc.source.html import SUFFIXES as PAGES
from mtqc.source.html import page_of
from mtqc.source.manner import Manner, from_rows, own
from mtqc.source.packed import Archive
from mtqc.source.rows import KNOWN, Columns, Table, table
from mtqc.source.single import read_files

Member = tuple[Archive, ZipInfo]
Opened = Callable[[Path], Archive]
"""How an archive is opened, or had that is open already."""
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
                if PurePosixPath(info.filename).suffix.lower() not in TEXTS:
                    yield from _of_member(archive, info, manner, alone=len(archives) == 1)
        files: dict[Path, Member] = {}
        for match in _matches([_listing(archive, files) for archive in archives], manner.langs):
            yield own(_article(match, files, manner), manner.names)


def member_document(path: Path, lang: str, opened: Opened = Archive) -> Reading | None:
    """The text or page at the path ARCHIVE/NAME, None where there is none. Raises InputError as its reader does."""
    found = _member(path, opened)
    return _read(*found, lang) if found and _is_text(found[1]) else None


def member_rows(path: Path, langs: Langs, columns: Columns = KNOWN, opened: Opened = Archive) -> Table | None:
    """The file of pairs at the path ARCHIVE/NAME, None where there is none. Raises InputError as its reader does."""
    load, found = tables.loader(path), _member(path, opened)
    if not (load and found):
        return None
    with found[0].opened(found[1]) as stream:
        return table(load(path, langs, stream, columns))


def _member(path: Path, opened: Opened) -> Member | None:
    root = next((p for p in path.parents if p.suffix.lower() == ".zip" and p.is_file()), None)
    archive = opened(root) if root else None
    info = archive.by_path.get(str(path.relative_to(archive.path))) if archive else None
    return (archive, info) if archive and info else None


def _matches(listings: list[Listing], langs: Langs) -> Iterator[Match]:
    if any(found.names or found.refused for found in listings):
        first, *more = listings
        yield from match_listings(first, more[0], langs) if more else match_listing(first, langs)


def _listing(archive: Archive, files: dict[Path, Member]) -> Listing:
    """The texts of an archive, which go into `files` by their paths."""
    names: list[str] = []
    refused: list[tuple[str, InputError]] = []
    for info in filter(_is_text, archive.files()):
        name = str(PurePosixPath(info.filename))
        try:
            archive.refuse(info)
            names.append(name)
            files[archive.path / name] = archive, info
        except InputError as error:
            refused.append((name, error))
    return Listing(archive.path, tuple(sorted(names)), tuple(refused))


def _is_text(info: ZipInfo) -> bool:
    return is_text(PurePosixPath(info.filename).name)


def _article(match: Match, files: dict[Path, Member], manner: Manner) -> Read:
    if len(match) == 2:
        return match
    return read_files(*match, manner.langs, load=lambda path, lang: _read(*files[path], lang), last=manner.last)


def _read(archive: Archive, info: ZipInfo, lang: str) -> Reading:
    with archive.opened(info) as stream:
        data = stream.read(MAX_BYTES + 1)
    path = archive.path / info.filename
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
            raise InputError(
                f"{info.filename or 'A file without a name'} in {archive.path} {what}.", hint=f"{_PACK}, or unpack it."
            )
        with archive.opened(info) as stream:
            rows = load(archive.path / info.filename, manner.langs, stream, manner.columns)
            yield from from_rows(rows, manner, info.filename)
    except MtqcError as error:
        yield own((info.filename or archive.path.name, error), manner.names)
