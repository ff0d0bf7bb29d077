"""One set of word links from the link tables of the two directions.

`intersect`, `grow_diag` and `grow_diag_final_and` are those of Koehn, Och & Marcu 2003, over each direction's best
links. `soft` takes every pair whose two probabilities have a geometric mean of at least a threshold.
All matrices are (English words, French words).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Table = NDArray[np.float64]
Links = NDArray[np.bool_]
_NEIGHBOURS = ((-1, 0), (0, -1), (1, 0), (0, 1), (-1, -1), (-1, 1), (1, -1), (1, 1))


def best(table: Table, least: float, axis: int) -> Links:
    """Each word's most probable partner, where the probability is at least `least`.

    `axis`: 1 where each row chooses a column (English words choose), 0 where each column chooses a row.
    """
    if not table.size:
        return np.zeros(table.shape, bool)
    return np.asarray((table == table.max(axis, keepdims=True)) & (table >= least) & (table > 0))


def soft(left: Table, right: Table, least: float) -> Links:
    """Pairs whose probabilities have a geometric mean of at least `least`."""
    return np.asarray(np.sqrt(left * right) >= least)


def intersect(left: Links, right: Links) -> Links:
    """Links that both directions have."""
    return left & right


def grow_diag(left: Links, right: Links) -> Links:
    """The intersection, and links of either direction beside one that is taken, as long as one word was free."""
    made, union = left & right, left | right
    grown = True
    while grown:
        grown = False
        for i, j in np.argwhere(made):
            for a, b in ((i + x, j + y) for x, y in _NEIGHBOURS):
                if 0 <= a < made.shape[0] and 0 <= b < made.shape[1] and union[a, b] and _joins(made, a, b):
                    made[a, b] = grown = True
    return made


def _joins(made: Links, i: int, j: int) -> bool:
    """Whether the link is new and one of its words is free."""
    return not made[i, j] and not (made[i].any() and made[:, j].any())


def grow_diag_final_and(left: Links, right: Links) -> Links:
    """`grow_diag`, and then links of either direction between two words that are both free."""
    made = grow_diag(left, right)
    for side in (left, right):
        for i, j in np.argwhere(side):
            if not (made[i].any() or made[:, j].any()):
                made[i, j] = True
    return made
