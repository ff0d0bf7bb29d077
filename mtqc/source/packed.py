"""Files that may be packed (.gz, .zip), as streams of bytes with a limit on what comes out of them."""

from __future__ import annotations

import gzip
import io
import os
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import IO, TYPE_CHECKING, TypeVar

from mtqc.errors import InputError
from mtqc.source.documents import require_path

if TYPE_CHECKING:
    from typing_extensions import Buffer

MAX_UNPACKED = 2_000_000_000
"""Bytes that one archive may unpack to, or more where it is so large itself that text can unpack to more."""
SURE_RATIO = 20
"""Times its packed size: so far text goes. Measured: TSV 3 to 1, JSON Lines 3 to 6 to 1 (gzip -9)."""
MAX_RATIO = 500
"""Times its packed size. Measured: a TMX of 50,000 numbered units packs 49 to 1, one unit repeated 50,000 times 237 to
1; zip bombs come near deflate's 1,032 to 1."""
HEAD = 1 << 20
"""Bytes of the buffer: so many of its beginning can be looked at before a file is read."""
FREE = 10_000_000
"""Bytes that may come out whatever the ratio: no harm, and small files of a few repeated words pack well."""
ARCHIVES = frozenset({".zip", ".gz", ".tgz", ".tar", ".bz2", ".xz", ".7z", ".rar", ".zst"})
T = TypeVar("T")
_UNPACK = "Unpack it yourself, if you trust where it comes from."
_BROKEN = (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError)


class Unpacked(io.RawIOBase):
    """What comes out of a packed stream; InputError where that is broken, or more than `limit` bytes."""

    def __init__(self, packed: IO[bytes] | gzip.GzipFile, name: str, limit: int) -> None:
        super().__init__()
        self._packed, self._name, self._limit, self.count = packed, name, limit, 0

    def readable(self) -> bool:
        """True."""
        return True

    def readinto(self, buffer: Buffer, /) -> int:
        """As io.RawIOBase.readinto."""
        view = memoryview(buffer).cast("B")
        try:
            data = self._packed.read(len(view))
        except _BROKEN as error:
            message = f"{self._name} cannot be unpacked: {str(error).rstrip('.') or 'it is cut off'}."
            raise InputError(message, hint="Fetch or pack it again.") from None
        self.count += len(data)
        if self.count > self._limit:
            message = f"{self._name} unpacks to more than {self._limit / 1e6:.0f} MB, which looks like a zip bomb."
            raise InputError(message, hint=_UNPACK)
        view[: len(data)] = data
        return len(data)

    def fileno(self) -> int:
        """Of the packed file. Raises OSError where the packed stream is a part of one."""
        return self._packed.fileno()

    def close(self) -> None:
        """Closes the packed stream too."""
        self._packed.close()
        super().close()


def bare(path: Path) -> Path:
    """The path without a last .gz."""
    return path.with_suffix("") if path.suffix.lower() == ".gz" else path


def open_bytes(path: Path) -> io.BufferedReader:
    """The file's bytes as a stream, unpacked where its name ends in .gz. Raises InputError."""
    require_path(path)
    try:
        if path.suffix.lower() != ".gz":
            return io.BufferedReader(io.FileIO(path), HEAD)
        return io.BufferedReader(Unpacked(gzip.open(path), str(path), _limit(path.stat().st_size)), HEAD)
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror or error}."
        raise InputError(message, hint="Check the file and its permissions.") from None


@contextmanager
def begun(path: Path, stream: io.BufferedReader | None) -> Iterator[io.BufferedReader]:
    """The stream, or that of the file at `path`; closed where reading cannot begin, else `watched` has to close it."""
    data = stream or open_bytes(path)
    try:
        yield data
    except BaseException:
        data.close()
        raise


def watched(stream: IO[bytes], path: Path, found: Iterator[T]) -> Iterator[T]:
    """What is found in the stream, closed in the end. Raises InputError then where its file has changed meanwhile."""
    with stream:
        before = _state(stream)
        yield from found
        if _state(stream) != before:
            message = f"{path} changed while it was read: what came of it may be of two versions."
            raise InputError(message, hint="Wait until it is written, and run this again.")


def _state(stream: IO[bytes]) -> tuple[int, int] | None:
    """Size and time of the last change; None of what stands in an archive."""
    try:
        state = os.fstat(stream.fileno())
    except OSError:
        return None
    return state.st_size, state.st_mtime_ns


def _limit(packed: int) -> int:
    return min(_most(packed), max(FREE, MAX_RATIO * packed))


def _most(packed: int) -> int:
    return max(MAX_UNPACKED, SURE_RATIO * packed)


class Archive:
    """A zip archive; what comes out of it has a limit, in all. Raises InputError where this is none."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._zip, self._left = zipfile.ZipFile(path), _most(path.stat().st_size)
        except (OSError, zipfile.BadZipFile, NotImplementedError, ValueError) as error:
            message = f"{path} is no zip archive that can be read: {str(error).rstrip('.')}."
            raise InputError(message, hint="Fetch or pack it again.") from None

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def files(self) -> list[zipfile.ZipInfo]:
        """The files in it, hidden ones left out."""
        return [i for i in self._zip.infolist() if not (i.filename.endswith("/") or _is_hidden(i.filename))]

    @cached_property
    def by_path(self) -> dict[str, zipfile.ZipInfo]:
        """The files by their paths in it, the last of a path that stands there twice."""
        return {str(PurePosixPath(i.filename)): i for i in self.files()}

    def refuse(self, info: zipfile.ZipInfo) -> None:
        """Raises InputError where that file isn't read, whatever it holds."""
        if why := _refusal(info):
            raise InputError(f"{info.filename} in {self.path} {why}.", hint=_UNPACK)

    @contextmanager
    def opened(self, info: zipfile.ZipInfo) -> Iterator[io.BufferedReader]:
        """What is in that file. Raises InputError where it is refused or cannot be unpacked."""
        self.refuse(info)
        name = f"{info.filename} in {self.path}"
        try:
            raw = Unpacked(self._zip.open(info), name, min(self._left, _limit(info.compress_size)))
        except _BROKEN as error:
            message = f"{name} cannot be unpacked: {str(error).rstrip('.')}."
            raise InputError(message, hint="Fetch or pack it again.") from None
        stream: io.BufferedReader = io.BufferedReader(raw, HEAD)
        try:
            yield stream
        finally:
            self._left -= raw.count
            stream.close()


def _is_hidden(name: str) -> bool:
    return any(part.startswith((".", "__MACOSX")) and part != ".." for part in PureWindowsPath(name).parts)


def _refusal(info: zipfile.ZipInfo) -> str:
    """Why this member isn't read, "" where it may be."""
    posix, windows = PurePosixPath(info.orig_filename), PureWindowsPath(info.orig_filename)
    if ".." in posix.parts or ".." in windows.parts:
        return "has a path that climbs out of the archive"
    if posix.is_absolute() or windows.drive or windows.root:
        return "has an absolute path"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "is a link"
    if info.flag_bits & 1:
        return "is encrypted"
    return "is an archive in an archive" if posix.suffix.lower() in ARCHIVES else ""
