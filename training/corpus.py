"""Parallel text as piece ids with links, and batches of it.

A file holds lines `English<TAB>French[<TAB>links]`, plain or .gz; links are `i-j` between words, counted as in
links.word_spans. They are carried over to pieces: every piece of a linked word is linked to every piece of the other.
"""

from __future__ import annotations

import gzip
import json
import queue
import threading
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
    """Every pair of at most `most` pieces a side, kept in `cache` (.npz) for the next start."""
    key = json.dumps([*([p.name, p.stat().st_size, int(p.stat().st_mtime)] for p in paths), most, len(pieces)])
    if cache.exists():
        with np.load(cache) as kept:
            if str(kept["key"]) == key:
                sides = ("en", "fr", "links")
                return Corpus({s: kept[s] for s in sides}, {s: kept[f"{s}_offsets"] for s in sides})
    corpus = _encoded(paths, pieces, most)
    half = cache.with_suffix(".half.npz")
    offsets = {f"{side}_offsets": values for side, values in corpus.offsets.items()}
    np.savez(half, key=np.array(key), **corpus.ids, **offsets)
    half.replace(cache)
    return corpus


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
    what the decoder's input piece is linked to.
    """

    source: Tensor
    decoder_input: Tensor
    target: Tensor
    links: Tensor


@dataclass(frozen=True)
class Batches:
    """Batches of pairs of like length, the same for the same (seed, epoch): a run resumes at (epoch, number)."""

    corpus: Corpus
    direction: str
    prefix: dict[str, list[int]]
    """Piece ids before every source, by target language."""
    pad: int
    tokens: int
    """Padded pieces a side and batch, at most."""
    seed: int = 1
    pool: int = 50_000
    multiple: int = 1
    """Lengths are padded to a multiple of this."""

    def epoch(self, number: int) -> list[NDArray[np.int64]]:
        """Indices into (directions × pairs), a batch each, in the order of this epoch."""
        random = np.random.default_rng([self.seed, number])
        sides = DIRECTIONS[self.direction]
        lengths = [np.maximum(self.corpus.lengths(s), self.corpus.lengths(t)) + 2 for s, t in sides]
        longest = -(-np.concatenate(lengths) // self.multiple) * self.multiple
        order = random.permutation(len(longest))
        batches: list[NDArray[np.int64]] = []
        for start in range(0, len(order), self.pool):
            pool = order[start : start + self.pool]
            pool = pool[np.argsort(longest[pool], kind="stable")]
            part = self._split(pool, longest[pool])
            batches += [part[i] for i in random.permutation(len(part))]
        return batches

    def _split(self, pool: NDArray[np.int64], longest: NDArray[np.int64]) -> list[NDArray[np.int64]]:
        cuts = [0]
        for i, length in enumerate(longest):
            if length * (i + 1 - cuts[-1]) > self.tokens and i > cuts[-1]:
                cuts.append(i)
        return [pool[a:b] for a, b in zip(cuts, [*cuts[1:], len(pool)], strict=True)]

    def make(self, indices: NDArray[np.int64]) -> Batch:
        """The batch of these indices."""
        sources, targets, links = [], [], []
        for index in indices:
            direction, pair = divmod(int(index), len(self.corpus))
            source, target = DIRECTIONS[self.direction][direction]
            prefix = self.prefix[target]
            sources.append([*prefix, *self.corpus.item(source, pair), 0])
            targets.append([*self.corpus.item(target, pair), 0])
            pieces = self.corpus.item("links", pair).reshape(-1, 2).astype(np.int64)
            pieces = pieces if source == "en" else pieces[:, ::-1]
            links.append(pieces + np.array([len(prefix), 1]))  # the step whose input is piece t is step t + 1
        source_ids, target_ids = self._padded(sources), self._padded(targets)
        decoder_input = torch.full_like(target_ids, self.pad)
        decoder_input[:, 1:] = target_ids[:, :-1].where(target_ids[:, :-1] != 0, self.pad)
        return Batch(source_ids, decoder_input, target_ids, self._shares(links, source_ids, target_ids))

    def _padded(self, rows: Sequence[Sequence[int]]) -> Tensor:
        width = -(-max(map(len, rows)) // self.multiple) * self.multiple
        out = np.full((len(rows), width), self.pad, np.int64)
        for number, row in enumerate(rows):
            out[number, : len(row)] = row
        return torch.from_numpy(out)

    def _shares(self, links: Sequence[NDArray[np.int64]], source: Tensor, target: Tensor) -> Tensor:
        out = np.zeros((*target.shape, source.shape[1]), np.float32)
        for number, pairs in enumerate(links):
            out[number, pairs[:, 1], pairs[:, 0]] = 1
        return torch.from_numpy(out / np.maximum(out.sum(2, keepdims=True), 1))

    def stream(self, epoch: int, position: int) -> Iterator[tuple[int, int, float, Batch]]:
        """(epoch, next position, share of the epoch done, batch) for ever, prepared in a thread of its own."""
        ready: queue.Queue[tuple[int, int, float, Batch]] = queue.Queue(8)

        def work(number: int, first: int) -> None:
            while True:
                batches = self.epoch(number)
                for at in range(first, len(batches)):
                    ready.put((number, at + 1, (at + 1) / len(batches), self.make(batches[at])))
                number, first = number + 1, 0

        threading.Thread(target=work, args=(epoch, position), daemon=True).start()
        while True:
            yield ready.get()
