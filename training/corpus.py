"""Parallel text as piece ids with links, and batches of it.

A file holds lines `English<TAB>French[<TAB>links]`, plain or .gz; links are `i-j` between words, counted as in
links.word_spans. They are carried over to pieces: every piece of a linked word is linked to every piece of the other.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from links import parse_links, word_spans
from numpy.typing import NDArray
from torch import Tensor

PREFIX = {"en": ">>en<<", "fr": ">>fr<<"}
DIRECTIONS = {"fr-en": (("fr", "en"),), "en-fr": (("en", "fr"),), "both": (("fr", "en"), ("en", "fr"))}
LONGEST_RATIO = 3
Ids = NDArray[np.uint16]


def read_pairs(paths: Iterable[Path]) -> Iterator[tuple[str, str, str]]:
    """(English, French, links or "") of every line that has both sides."""
    for path in paths:
        with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                en, fr, *rest = line.rstrip("\n").split("\t")
                if en.strip() and fr.strip():
                    yield en.strip(), fr.strip(), rest[0] if rest else ""


def piece_links(
    pieces: tuple[Sequence[str], Sequence[str]], texts: tuple[str, str], links: str
) -> list[tuple[int, int]]:
    """(English piece, French piece) of word links such as "0-0 2-1"; [] where the pieces do not spell the texts."""
    words = [_pieces_of_words(p, t) for p, t in zip(pieces, texts, strict=True)]
    found = []
    for i, j in parse_links(links):
        found += [(a, b) for a in words[0].get(i, ()) for b in words[1].get(j, ())]
    return found


def _pieces_of_words(pieces: Sequence[str], text: str) -> dict[int, list[int]]:
    """Which pieces spell each word."""
    if sum(map(len, pieces)) != len(text) + 1:  # sentencepiece took a character apart (½, …): no offsets to be had
        return {}
    owner = [-1] * (len(text) + 1)
    for number, (start, end) in enumerate(word_spans(text)):
        owner[start + 1 : end + 1] = [number] * (end - start)
    out: dict[int, list[int]] = {}
    at = 0
    for index, piece in enumerate(pieces):
        for number in dict.fromkeys(owner[at : at + len(piece)]):
            if number >= 0:
                out.setdefault(number, []).append(index)
        at += len(piece)
    return out


@dataclass(frozen=True)
class Corpus:
    """Piece ids of both sides and links, each flat with offsets: item i lies at [offsets[i], offsets[i + 1])."""

    ids: dict[str, Ids]
    offsets: dict[str, NDArray[np.int64]]

    def __len__(self) -> int:
        return len(self.offsets["en"]) - 1

    def lengths(self, side: str) -> NDArray[np.int64]:
        """Pieces of each text."""
        return np.diff(self.offsets[side])

    def item(self, side: str, index: int) -> Ids:
        """Piece ids of one text; for the side "links" English and French piece in turn."""
        start, end = self.offsets[side][index : index + 2]
        return self.ids[side][start:end]


def encode(paths: Sequence[Path], pieces: Any, cache: Path, most: int) -> Corpus:
    """Every pair of at most `most` pieces a side, kept in `cache` (.npz) for the next start.

    Paths that end in .npz are what an earlier call kept, of other text with the same pieces: they are put together.
    """
    if all(p.suffix == ".npz" for p in paths):
        return _joined([_read(p) for p in paths])
    key = json.dumps([*([p.name, p.stat().st_size, int(p.stat().st_mtime)] for p in paths), most, len(pieces)])
    if cache.exists():
        with np.load(cache) as kept:
            if str(kept["key"]) == key:
                return _read(cache)
    corpus = _encoded(paths, pieces, most)
    half = cache.with_suffix(".half.npz")
    offsets = {f"{side}_offsets": values for side, values in corpus.offsets.items()}
    np.savez(half, key=np.array(key), **corpus.ids, **offsets)
    half.replace(cache)
    return corpus


def _read(path: Path) -> Corpus:
    sides = ("en", "fr", "links")
    with np.load(path) as kept:
        return Corpus({s: kept[s] for s in sides}, {s: kept[f"{s}_offsets"] for s in sides})


def _joined(parts: Sequence[Corpus]) -> Corpus:
    sides = ("en", "fr", "links")
    lengths = {s: np.concatenate([p.lengths(s) for p in parts]) for s in sides}
    offsets = {s: np.concatenate([np.zeros(1, np.int64), np.cumsum(n)]) for s, n in lengths.items()}
    return Corpus({s: np.concatenate([p.ids[s] for p in parts]) for s in sides}, offsets)


def _encoded(paths: Sequence[Path], pieces: Any, most: int) -> Corpus:
    flat: dict[str, list[Ids]] = {"en": [], "fr": [], "links": []}
    for en, fr, links in read_pairs(paths):
        a, b = pieces.encode(en), pieces.encode(fr)
        if not (0 < len(a) <= most and 0 < len(b) <= most):
            continue
        if max(len(a), len(b)) > LONGEST_RATIO * min(len(a), len(b)) + 5:
            continue
        spelt = pieces.id_to_piece(a), pieces.id_to_piece(b)
        pairs = piece_links(spelt, (en, fr), links) if links else []
        for side, values in (("en", a), ("fr", b), ("links", [x for pair in pairs for x in pair])):
            flat[side].append(np.asarray(values, np.uint16))
    lengths = {side: np.array([len(v) for v in values], np.int64) for side, values in flat.items()}
    offsets = {side: np.concatenate([np.zeros(1, np.int64), np.cumsum(n)]) for side, n in lengths.items()}
    return Corpus({side: np.concatenate(values) for side, values in flat.items()}, offsets)


@dataclass(frozen=True, slots=True)
class Batch:
    """Ids (batch, length), padded with <pad>; `links`: (batch, targets, sources), the share of each source piece in
    what the decoder's input piece is linked to. `keep`: where in the flattened `target` no padding stands. `linked`:
    links of pieces in the whole batch.
    """

    source: Tensor
    decoder_input: Tensor
    target: Tensor
    links: Tensor
    keep: Tensor
    linked: int


@dataclass(frozen=True)
class Batches:
    """Batches of pairs of like length, the same for the same (seed, epoch): a run resumes at (epoch, number).

    They are put together on `device`, where all ids lie: a GPU never waits for Python.
    """

    corpus: Corpus
    direction: str
    prefix: dict[str, list[int]]
    """Piece ids before every source, by target language; of the same number for both."""
    pad: int
    tokens: int
    """Padded pieces a side and batch, at most."""
    seed: int = 1
    pool: int = 50_000
    multiple: int = 1
    """Lengths are padded to a multiple of this."""
    device: str = "cpu"

    def __post_init__(self) -> None:
        ids = np.concatenate([self.corpus.ids["en"], self.corpus.ids["fr"]]).astype(np.int32)
        links = self.corpus.ids["links"].reshape(-1, 2).astype(np.int32)
        object.__setattr__(self, "_ids", torch.from_numpy(ids).to(self.device))
        object.__setattr__(self, "_links", torch.from_numpy(links).to(self.device))

    def epoch(self, number: int) -> Iterator[tuple[float, NDArray[np.int64]]]:
        """Share of the epoch done after each batch, and its indices into (directions × pairs), in its order."""
        random = np.random.default_rng([self.seed, number])
        sides = DIRECTIONS[self.direction]
        lengths = [np.maximum(self.corpus.lengths(s), self.corpus.lengths(t)) + 2 for s, t in sides]
        longest = -(-np.concatenate(lengths) // self.multiple) * self.multiple
        order = random.permutation(len(longest))
        done = 0
        for start in range(0, len(order), self.pool):
            pool = order[start : start + self.pool]
            pool = pool[np.argsort(longest[pool], kind="stable")]
            part = self._split(pool, longest[pool])
            for i in random.permutation(len(part)):
                done += len(part[i])
                yield done / len(order), part[i]

    def _split(self, pool: NDArray[np.int64], longest: NDArray[np.int64]) -> list[NDArray[np.int64]]:
        cuts = [0]
        for i, length in enumerate(longest.tolist()):
            if length * (i + 1 - cuts[-1]) > self.tokens and i > cuts[-1]:
                cuts.append(i)
        return [pool[a:b] for a, b in zip(cuts, [*cuts[1:], len(pool)], strict=True)]

    def make(self, indices: NDArray[np.int64]) -> Batch:
        """The batch of these indices."""
        direction, pair = np.divmod(indices, len(self.corpus))
        french_first = np.array([s == "fr" for s, _ in DIRECTIONS[self.direction]])[direction]
        english, french = self._places("en", pair), self._places("fr", pair)
        before = [self.prefix[t] for _, t in DIRECTIONS[self.direction]]
        heads = torch.tensor(before, dtype=torch.int64)[torch.from_numpy(direction)].to(self.device)
        source, _ = self._rows(np.where(french_first, french, english), heads)
        target, keep = self._rows(np.where(french_first, english, french), heads[:, :0])
        decoder_input = torch.full_like(target, self.pad)
        decoder_input[:, 1:] = target[:, :-1].where(target[:, :-1] != 0, self.pad)
        links, linked = self._shares(pair, french_first, heads.shape[1], (*target.shape, source.shape[1]))
        return Batch(source, decoder_input, target, links, keep, linked)

    def _places(self, side: str, pair: NDArray[np.int64]) -> NDArray[np.int64]:
        """(2, pairs): where each text begins among all ids, and how many pieces it has."""
        offsets = self.corpus.offsets[side]
        base = len(self.corpus.ids["en"]) if side == "fr" else 0
        return np.stack([offsets[pair] + base, offsets[pair + 1] - offsets[pair]])

    def _rows(self, places: NDArray[np.int64], heads: Tensor) -> tuple[Tensor, Tensor]:
        """Padded rows `head, pieces, </s>`, and where in them, flattened, no padding stands."""
        flat: Tensor = self.__dict__["_ids"]
        starts, lengths = places
        head = heads.shape[1]
        width = int(-(-(lengths.max() + 1 + head) // self.multiple) * self.multiple)
        begin, count = (torch.from_numpy(x).to(self.device)[:, None] for x in (starts, lengths))
        position = torch.arange(width - head, device=self.device)[None]
        found = flat[(begin + position).clamp_max(len(flat) - 1)].long()
        found = found.where(position < count, self.pad).masked_fill(position == count, 0)
        sizes = lengths + 1 + head
        first = np.arange(len(sizes)) * width
        keep = np.repeat(first - np.cumsum(sizes) + sizes, sizes) + np.arange(sizes.sum())
        return torch.cat([heads, found], 1), torch.from_numpy(keep).to(self.device)

    def _shares(
        self, pair: NDArray[np.int64], french_first: NDArray[np.bool_], head: int, shape: tuple[int, ...]
    ) -> tuple[Tensor, int]:
        flat: Tensor = self.__dict__["_links"]
        offsets = self.corpus.offsets["links"] // 2
        sizes = offsets[pair + 1] - offsets[pair]
        rows = np.repeat(np.arange(len(pair)), sizes)
        at = np.repeat(offsets[pair] - np.cumsum(sizes) + sizes, sizes) + np.arange(sizes.sum())
        row, place, swapped = (torch.from_numpy(x).to(self.device) for x in (rows, at, french_first[rows]))
        english, french = flat[place].long().unbind(1)
        source, target = torch.where(swapped, french, english), torch.where(swapped, english, french)
        out = torch.zeros(shape, device=self.device)
        out[row, target + 1, source + head] = 1  # the step whose input is piece t is step t + 1
        return out / out.sum(2, keepdim=True).clamp_min(1), int(sizes.sum())

    def stream(self, epoch: int, position: int) -> Iterator[tuple[int, int, float, Batch]]:
        """(epoch, next position, share of the epoch done, batch) for ever."""
        while True:
            for at, (share, indices) in enumerate(self.epoch(epoch)):
                if at >= position:
                    yield epoch, at + 1, share, self.make(indices)
            epoch, position = epoch + 1, 0
