"""Input: what the user names becomes ArticlePairs; what cannot be read becomes an error entry, and the rest goes on."""

from __future__ import annotations

from mtqc.source.articles import Read
from mtqc.source.readers import READERS, Reader, read_pairs

__all__ = ["READERS", "Read", "Reader", "read_pairs"]
