"""Sentences that stand at another place than in the original: the aligner, which keeps the order, calls them lost here
and added there, or pairs neighbours that changed places as if they had not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from mtqc.model import AlignedArticle, Bead
from mtqc.text.likeness import is_unlike, likeness
from mtqc.text.tokens import words

LIKE = 0.35
"""Of true pairs of NTREX's tuning half 86 % reach it, of other pairs of the same article 1.8 %
(tests/measure/structure.py)."""
UNLIKE = 0.3
CROSSED = 0.2
MARGIN = 0.6
"""Neighbours changed places where neither is like its own counterpart by more than UNLIKE, each is like the other's by
CROSSED at least, and the two likenesses of that order exceed the two of this one by MARGIN: of 3,101 pairs of
neighbours in human translations none, of the same when swapped 82 % (NTREX, wmt12 and wmt13, tuning halves)."""
LEAST_WORDS = 5
MOST = 60
"""Lone sentences a side: where there are more, the two texts hardly belong together."""


@dataclass(frozen=True, slots=True)
class Move:
    """The bead with the English sentence and the bead with the French one; both have two sides where neighbours
    changed places.
    """

    lost: Bead
    added: Bead
    likeness: float


def moves(article: AlignedArticle) -> tuple[Move, ...]:
    """Moved sentences in the order of the translation."""
    found = [*_lone(article), *_crossed(article)]
    return tuple(sorted(found, key=lambda m: m.added.target_start))


def _lone(article: AlignedArticle) -> Iterator[Move]:
    """Each lone English sentence with the lone French one that it is most like, where both agree on that."""
    beads = [b for b in article.beads if not b.is_pair and not b.is_boilerplate]
    lost = [b for b in beads if b.source and _is_long(b.source_text)]
    added = [b for b in beads if b.target and _is_long(b.target_text)]
    if not lost or not added or max(len(lost), len(added)) > MOST:
        return
    alike = _judge(article)
    table = {(s.index, t.index): alike(s.source_text, t.target_text) for s in lost for t in added}
    for s in lost:
        t = max(added, key=lambda b: table[s.index, b.index])
        best = table[s.index, t.index]
        if best >= LIKE and best == max(table[b.index, t.index] for b in lost):
            yield Move(s, t, best)


def _crossed(article: AlignedArticle) -> Iterator[Move]:
    """Neighbours of which each is like the other's counterpart and not like its own."""
    taken, alike, unlike = -1, _judge(article), _quick_judge(article)
    for one, two in pairwise(b for b in article.beads if b.kind == "1-1" and not b.is_boilerplate):
        texts = (one.source_text, one.target_text, two.source_text, two.target_text)
        if two.index != one.index + 1 or one.index <= taken or not unlike(texts[0], texts[1]):
            continue
        if not unlike(texts[2], texts[3]) or not all(map(_is_long, texts)):
            continue
        straight = alike(texts[0], texts[1]) + alike(texts[2], texts[3])
        crossed = alike(texts[2], texts[1]), alike(texts[0], texts[3])
        if min(crossed) >= CROSSED and sum(crossed) - straight >= MARGIN:
            taken = two.index
            yield Move(two, one, min(crossed))


def _judge(article: AlignedArticle) -> Callable[[str, str], float]:
    """Likeness of a sentence of the original and one of the translation, whichever of them is English."""
    return (lambda s, t: likeness(t, s)) if article.pair.source.lang == "fr" else likeness


def _quick_judge(article: AlignedArticle) -> Callable[[str, str], bool]:
    if article.pair.source.lang == "fr":
        return lambda s, t: is_unlike(t, s, UNLIKE)
    return lambda s, t: is_unlike(s, t, UNLIKE)


def _is_long(text: str) -> bool:
    return len(words(text)) >= LEAST_WORDS
