"""Ways in which the letters of a word go wrong."""

from __future__ import annotations

import random

_LETTERS = "abcdefghilmnoprstuv"
_LIKE = {"y": "i", "i": "y", "k": "c", "c": "k", "v": "w", "w": "v", "z": "s", "s": "z"}
"""Letters that another transliteration or another hand writes for each other."""


def misspelt(word: str, rng: random.Random) -> str:
    """One letter inside the word changed, dropped or doubled, or two neighbours swapped; first and last letter stay."""
    at = rng.randrange(1, len(word) - 2)
    changed = word[:at] + rng.choice([c for c in _LETTERS if c != word[at].lower()]) + word[at + 1 :]
    dropped = word[:at] + word[at + 1 :]
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return rng.choice([changed, dropped, swapped if swapped != word else changed])


def respelt(word: str, rng: random.Random) -> str:
    """The word as another writer might spell it: y for i, c for k, one consonant for two; "" where nothing offers."""
    ways = [word[:i] + _LIKE[c] + word[i + 1 :] for i, c in enumerate(word) if i and c in _LIKE]
    ways += [word[:i] + word[i + 1 :] for i in range(2, len(word)) if word[i] == word[i - 1]]
    ways += [word[: i + 1] + word[i:] for i in range(2, len(word) - 1) if word[i] in "lnrst" and word[i - 1] in "aeiou"]
    return rng.choice(ways) if ways else ""
