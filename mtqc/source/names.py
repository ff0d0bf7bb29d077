"""Names of articles that no other article of a run has, told apart in little memory."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from hashlib import blake2b
from itertools import count


class Names:
    """The names that were given out so far: 64 bits of a hash of each, 16 bytes of memory at most.

    That two of a million names have the same hash, so that one of them gets another name for nothing, happens once in
    30 million runs. The hash is the same in every run, and so are the names.
    """

    def __init__(self) -> None:
        self._slots, self._count = array("Q", bytes(8 * 1024)), 0

    def own(self, *wanted: str) -> str:
        """The first of the names wanted that is free, or the last with a number after it."""
        numbered = (f"{wanted[-1]} ({number})" for number in count(2))
        return next(name for name in _chain(wanted, numbered) if self._add(name))

    def _add(self, name: str) -> bool:
        """False where it is there already."""
        value = int.from_bytes(blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") or 1
        if not self._put(value):
            return False
        self._count += 1
        if 2 * self._count > len(self._slots):
            old, self._slots = self._slots, array("Q", bytes(16 * len(self._slots)))
            for kept in filter(None, old):
                self._put(kept)
        return True

    def _put(self, value: int) -> bool:
        slots, last = self._slots, len(self._slots) - 1
        at = value & last
        while slots[at]:
            if slots[at] == value:
                return False
            at = (at + 1) & last
        slots[at] = value
        return True


def _chain(first: tuple[str, ...], then: Iterator[str]) -> Iterator[str]:
    yield from first
    yield from then
