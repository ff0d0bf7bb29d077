"""Link tables of two directions into one set of links."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mtqc.align.symmetrise import agreement, best, grow_diag, grow_diag_final_and, intersect


def links(shape, *pairs):
    made = np.zeros(shape, bool)
    for i, j in pairs:
        made[i, j] = True
    return made


def pairs(made):
    return [(int(i), int(j)) for i, j in np.argwhere(made)]


def test_each_word_takes_its_most_probable_partner_or_none():
    table = np.array([[0.7, 0.2], [0.3, 0.25]])
    assert pairs(best(table, 0.0, 1)) == [(0, 0), (1, 0)]
    assert pairs(best(table, 0.5, 1)) == [(0, 0)]
    assert pairs(best(table, 0.0, 0)) == [(0, 0), (1, 1)]
    assert pairs(best(np.zeros((2, 2)), 0.0, 1)) == []
    assert best(np.zeros((0, 3)), 0.0, 1).shape == (0, 3)


def test_agreement_is_of_both_directions_and_relative_to_the_other_words():
    left, right = np.array([[0.9, 0.1], [0.0, 0.2]]), np.array([[0.9, 0.0], [0.0, 0.2]])
    found = agreement(left, right)
    # Nothing else wants the second words: that their probabilities are low does not matter.
    assert found[0, 0] > 0.99
    assert found[1, 1] > 0.99
    assert found[0, 1] == found[1, 0] == 0
    shared = agreement(np.array([[0.5, 0.5]]), np.array([[1.0, 1.0]]))
    np.testing.assert_allclose(shared, [[0.5**0.5, 0.5**0.5]], rtol=1e-3)


def test_what_nothing_speaks_for_is_not_linked():
    assert agreement(np.array([[0.001]]), np.array([[0.001]]))[0, 0] < 0.02
    assert agreement(np.array([[0.0]]), np.array([[0.9]]))[0, 0] == 0


def test_spelling_decides_between_equals():
    half = np.array([[0.5, 0.5]])
    plain, spelt = agreement(half, half), agreement(half, half, np.array([[1.0, 0.0]]))
    assert spelt[0, 0] > plain[0, 0] > spelt[0, 1]


LEFT = links((4, 4), (0, 0), (1, 1), (2, 1), (3, 3))
RIGHT = links((4, 4), (0, 0), (1, 1), (1, 2), (2, 3))


def test_the_intersection_grows_by_neighbours_that_reach_a_free_word():
    assert pairs(intersect(LEFT, RIGHT)) == [(0, 0), (1, 1)]
    # (1, 2) and (2, 1) lie beside (1, 1); then (2, 3) beside (1, 2), and (3, 3) beside (2, 3).
    assert pairs(grow_diag(LEFT, RIGHT)) == [(0, 0), (1, 1), (1, 2), (2, 1), (2, 3), (3, 3)]


def test_a_link_between_two_taken_words_is_not_grown():
    left, right = links((2, 2), (0, 0), (1, 1), (0, 1)), links((2, 2), (0, 0), (1, 1))
    assert pairs(grow_diag(left, right)) == [(0, 0), (1, 1)]


def test_final_adds_far_links_of_free_words_only():
    left, right = links((5, 5), (0, 0), (4, 2), (0, 4)), links((5, 5), (0, 0))
    assert pairs(grow_diag(left, right)) == [(0, 0)]
    assert pairs(grow_diag_final_and(left, right)) == [(0, 0), (4, 2)]


@pytest.mark.parametrize("method", [grow_diag, grow_diag_final_and])
@settings(deadline=None)
@given(st.data())
def test_what_is_grown_lies_between_intersection_and_union(method, data):
    shape = data.draw(st.tuples(st.integers(1, 6), st.integers(1, 6)))
    left, right = (data.draw(arrays(bool, shape)) for _ in range(2))
    made = method(left, right)
    assert not (intersect(left, right) & ~made).any()
    assert not (made & ~(left | right)).any()
    if method is grow_diag and not intersect(left, right).any():
        assert not made.any()
