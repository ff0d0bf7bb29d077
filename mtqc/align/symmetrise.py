"""One set of word links from the link tables of the two directions.

`intersect`, `grow_diag` and `grow_diag_final_and` are those of Koehn, Och & Marcu 2003, over each direction's best
links. `agreement` keeps all probabilities; pairs from a threshold on are linked.
All matrices are (English words, French words).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Table = NDArray[np.float64]
Links = NDArray[np.bool_]
FLOOR = 1e-4
"""Added to sums, so that words that nothing speaks for (two probabilities of 0.01 or less) do not prefer each other."""
SPELLING = 0.3
"""Weight of a spelling link beside the product of two probabilities."""
_NEIGHBOURS = ((-1, 0), (0, -1), (1, 0), (0, 1), (-1, -1), (-1, 1), (1, -1), (1, 1))


def best(table: Table, least: float, axis: int) -> Links:
    """Each word's most probable partner, where the probability is at least `least`.

    `axis`: 1 where each row chooses a column (English words choose), 0 where each column chooses a row.
    """
    if not table.size:
        return np.zeros(table.shape, bool)
    return np.asarray((table == table.max(axis, keepdims=True)) & (table >= least) & (table > 0))


def agreement(left: Table, right: Table, spelt: Table | None = None) -> Table:
    """How far each pair of words prefers each other to all others, 0 to 1.

    The product of both directions' probabilities, and SPELLING of the score of a link found from spelling (`spelt`);
    of that, the pair's share of its row and its share of its column, as a geometric mean.
    """
    joint = left * right if spelt is None else left * right + SPELLING * spelt
    rows, columns = joint.sum(1, keepdims=True) + FLOOR, joint.sum(0, keepdims=True) + FLOOR
    return np.asarray(joint / np.sqrt(rows * columns))


def intersect(left: Links, right: Links) -> Links:
    """Links that both directions have."""
    return left & right


def grow_diag(left: Links, right: Links) -> Links:
    """The intersection, and links of either direction beside one that is taken, as long as one word was free."""
    made: Links = np.asarray(left & right)
    rows, columns = ([bool(line.any()) for line in side] for side in (made, made.T))
    allowed = {(int(i), int(j)) for i, j in np.argwhere(left | right)}
    queue = [(int(i), int(j)) for i, j in np.argwhere(made)]
    for i, j in queue:
        for a, b in ((i + x, j + y) for x, y in _NEIGHBOURS):
            if (a, b) in allowed and not made[a, b] and not (rows[a] and columns[b]):
                made[a, b] = rows[a] = columns[b] = True
                queue.append((a, b))
    return made


def grow_diag_final_and(left: Links, right: Links) -> Links:
    """`grow_diag`, and then links of either direction between two words that are both free."""
    made = grow_diag(left, right)
    for side in (left, right):
        for i, j in np.argwhere(side):
            if not (made[i].any() or made[:, j].any()):
                made[i, j] = True
    return made
