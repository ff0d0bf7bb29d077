"""Which language a text is in, by py3langid, and when the text is too short to say.

Measured (tests/measure/language.py, reports/language.md): among stretches of FLORES dev and NTREX (even documents) cut
at random, an answer with a probability of at least `MIN_PROBABILITY` for at least `MIN_LETTERS` letters was never
wrong; 20 letters are not enough even for a choice between English and French only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, Protocol

UNKNOWN = "unknown"
MIN_LETTERS = 40
MIN_PROBABILITY = 0.9
CHUNK_LETTERS = 200
MAX_CHUNKS = 100
"""20,000 letters tell a text's language; reading on costs time (about 50 ms for these)."""

PLAUSIBLE = tuple(
    """ar bg ca cs da de el en es et eu fa fi fr he hi hr hu id it ja ko la lt lv ms nl no oc pl pt ro ru sk sl sr sv
    tr uk vi zh""".split()
)
"""What a news article may be in. py3langid knows 140 languages; with all of them, short texts are wrong more often."""


@dataclass(frozen=True, slots=True)
class Languages:
    """Share of the letters of a text by language (ISO 639-1), largest first; letters of unknown language left out."""

    shares: tuple[tuple[str, float], ...]

    @property
    def main(self) -> str:
        """The language with the largest share, or "unknown"."""
        return self.shares[0][0] if self.shares else UNKNOWN

    def share(self, lang: str) -> float:
        """0 to 1."""
        return dict(self.shares).get(lang, 0.0)


class _Identifier(Protocol):
    def classify(self, text: str) -> tuple[str, float]: ...


@cache
def _identifier() -> _Identifier:
    """0.5 s and 100 MB, therefore not before it is needed."""
    library: Any = import_module("py3langid.langid")
    identifier = library.LanguageIdentifier.from_model_file(library.MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(PLAUSIBLE))
    classifier: _Identifier = identifier
    return classifier


def letters(text: str) -> int:
    """How many characters of `text` are letters."""
    return sum(map(str.isalpha, text))


def identify(text: str) -> str:
    """ISO 639-1 code of a short text's language, "unknown" where it is too short or the answer too uncertain."""
    if letters(text) < MIN_LETTERS:
        return UNKNOWN
    lang, probability = _identifier().classify(text)
    return lang if probability >= MIN_PROBABILITY else UNKNOWN


def languages(text: str) -> Languages:
    """Languages of a whole text by stretches of about `CHUNK_LETTERS` letters (the first `MAX_CHUNKS` of them)."""
    counts: dict[str, int] = {}
    for _, chunk in zip(range(MAX_CHUNKS), _chunks(text), strict=False):
        lang = identify(chunk)
        counts[lang] = counts.get(lang, 0) + letters(chunk)
    counts.pop(UNKNOWN, None)
    total = sum(counts.values())
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return Languages(tuple((lang, n / total) for lang, n in ordered))


def _chunks(text: str) -> Iterator[str]:
    """Consecutive words until they have `CHUNK_LETTERS` letters; the rest at the end is a chunk of its own."""
    chunk: list[str] = []
    size = 0
    for word in (w for line in text.splitlines() for w in _words(line)):
        chunk.append(word)
        size += letters(word)
        if size >= CHUNK_LETTERS:
            yield " ".join(chunk)
            chunk, size = [], 0
    if chunk:
        yield " ".join(chunk)


def _words(line: str) -> list[str]:
    """Words; characters of a line without spaces (Chinese, say, or one endless word) in pieces."""
    return [w[i : i + CHUNK_LETTERS] for w in line.split() for i in range(0, len(w), CHUNK_LETTERS)]
