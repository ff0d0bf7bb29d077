"""A sentence pair with its word links, and rewriting parts of it so that the links stay right."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from links import Link, format_links, parse_links, word_spans

Edit = tuple[int, int, str]
"""[start, end) of a text, and what to put there."""
Map = dict[int, list[int]]
"""Each word of a text → the words that took its place."""


@dataclass(frozen=True, slots=True)
class Pair:
    """English, French, and links between their words as links.word_spans counts them."""

    en: str
    fr: str
    links: frozenset[Link] = frozenset()

    def line(self) -> str:
        """As a line of the mixture."""
        return f"{self.en}\t{self.fr}\t{format_links(self.links)}\n"


def pair(en: str, fr: str, column: str = "") -> Pair:
    """A pair from the columns of a line."""
    return Pair(en, fr, frozenset(parse_links(column)))


def apply(text: str, edits: Sequence[Edit]) -> tuple[str, list[tuple[int, int]]]:
    """The text with its edits, which must not overlap, and where each lies in it, in the order given."""
    out, at, shift = [], 0, 0
    places: dict[Edit, tuple[int, int]] = {}
    for edit in sorted(edits):
        start, end, new = edit
        out += [text[at:start], new]
        places[edit] = (start + shift, start + shift + len(new))
        shift += len(new) - (end - start)
        at = end
    return "".join([*out, text[at:]]), [places[edit] for edit in edits]


def inside(spans: Sequence[tuple[int, int]], start: int, end: int) -> list[int]:
    """Numbers of the words that [start, end) touches."""
    first = bisect_right(spans, start, key=lambda span: span[1])
    return list(range(first, max(first, bisect_left(spans, end, key=lambda span: span[0]))))


def word_map(text: str, edits: Sequence[Edit]) -> tuple[str, Map]:
    """The text with its edits, and what became of each word; words of an edit map in order, or all to a single one."""
    if not edits:
        return text, {number: [number] for number in range(len(word_spans(text)))}
    new, places = apply(text, edits)
    old_spans, new_spans = word_spans(text), word_spans(new)
    mapping: Map = {}
    moved = sorted((start, end, place[1] - end) for (start, end, _), place in zip(edits, places, strict=True))
    by_span = {span: number for number, span in enumerate(new_spans)}
    for number, (start, end) in enumerate(old_spans):
        shift = next((s for _, edit_end, s in reversed(moved) if edit_end <= start), 0)
        if (start + shift, end + shift) in by_span:
            mapping[number] = [by_span[start + shift, end + shift]]
    for (start, end, _), place in zip(edits, places, strict=True):
        mapping.update(_paired(inside(old_spans, start, end), inside(new_spans, *place)))
    return new, mapping


def _paired(old: Sequence[int], new: Sequence[int]) -> Map:
    if len(old) == len(new):
        return {a: [b] for a, b in zip(old, new, strict=True)}
    if len(old) == 1 or len(new) == 1:
        return {a: list(new) for a in old}
    return {a: [] for a in old}


def rewritten(before: Pair, en_edits: Sequence[Edit], fr_edits: Sequence[Edit]) -> Pair:
    """The pair with edits on both sides. Links of words that an edit took apart beyond recognition are dropped."""
    if not en_edits and not fr_edits:
        return before
    en, en_map = word_map(before.en, en_edits)
    fr, fr_map = word_map(before.fr, fr_edits)
    links = (link for i, j in before.links for link in _crossed(en_map.get(i, []), fr_map.get(j, [])))
    return Pair(en, fr, frozenset(links))


def _crossed(ours: Sequence[int], theirs: Sequence[int]) -> Iterator[Link]:
    """Links between what became of two linked words: one by one where they are as many, else each to each."""
    yield from zip(ours, theirs, strict=True) if len(ours) == len(theirs) else product(ours, theirs)


def linked(after: Pair, en_place: tuple[int, int], fr_place: tuple[int, int]) -> Pair:
    """The pair with the words at these places, the same on both sides, linked one by one and to nothing else."""
    ours, theirs = inside(word_spans(after.en), *en_place), inside(word_spans(after.fr), *fr_place)
    if len(ours) != len(theirs):
        return after
    kept = {(i, j) for i, j in after.links if i not in ours and j not in theirs}
    return Pair(after.en, after.fr, frozenset(kept | set(zip(ours, theirs, strict=True))))


def copied(before: Pair, en_edits: Sequence[Edit], fr_edits: Sequence[Edit], copies: Sequence[tuple[int, int]]) -> Pair:
    """`rewritten`, then edit a of the English and edit b of the French `linked` as copies, for each (a, b)."""
    after = rewritten(before, en_edits, fr_edits)
    _, en_places = apply(before.en, en_edits)
    _, fr_places = apply(before.fr, fr_edits)
    for a, b in copies:
        after = linked(after, en_places[a], fr_places[b])
    return after


def join(*parts: Pair) -> Pair:
    """Pairs one after the other, as one."""
    links: set[Link] = set()
    en_count = fr_count = 0
    for part in parts:
        links |= {(i + en_count, j + fr_count) for i, j in part.links}
        en_count += len(word_spans(part.en))
        fr_count += len(word_spans(part.fr))
    return Pair(" ".join(p.en for p in parts), " ".join(p.fr for p in parts), frozenset(links))
