"""Input: what the user names becomes ArticlePairs; what cannot be read becomes an error entry, and the rest goes on."""

from __future__ import annotations

from mtqc.source.readers import READERS, Read, Reader, read_pairs

__all__ = ["READERS", "Read", "Reader", "read_pairs"]
