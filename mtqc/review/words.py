"""Messages that are noted down in one place and said, in the reader's language, in another."""

from __future__ import annotations


def N_(message: str) -> str:  # noqa: N802 -- the name under which catalog tools look for such messages
    """The message itself."""
    return message
