"""The lattice against brute force: every alignment of small texts, enumerated."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtqc.align.band import full_band
from mtqc.align.lattice import MINUS, SHAPES, Band, Scores, backward, best_path, forward, probabilities, window


def random_scores(n: int, m: int, seed: int, band: Band | None = None) -> Scores:
    draw = np.random.default_rng(seed)
    band = band or full_band(n, m)
    pairs = {}
    for a, b in SHAPES:
        rows = []
        for i in range(n + 1):
            j = np.arange(band.lo[i], band.hi[i])
            rows.append(np.where((j >= b) & (i >= a), draw.normal(0, 2, len(j)), MINUS))
        pairs[a, b] = rows
    return Scores(band, pairs, draw.normal(-1, 1, n), draw.normal(-1, 1, m), float(draw.normal()))


def all_paths(n: int, m: int):
    if (n, m) == (0, 0):
        yield []
        return
    for a, b in (*SHAPES, (1, 0), (0, 1)):
        if a <= n and b <= m:
            for path in all_paths(n - a, m - b):
                if (a, b) != (1, 0) or not path or path[-1] != (0, 1):  # in a gap, the source's come first
                    yield [*path, (a, b)]


def beads(path):
    i = j = 0
    for a, b in path:
        yield i, j, a, b
        i, j = i + a, j + b


def value(scores: Scores, path) -> float:
    total = scores.run * sum(x == y and 0 in x for x, y in itertools.pairwise(path))
    for i, j, a, b in beads(path):
        if a and b:
            total += scores.pairs[a, b][i + a][j + b - scores.band.lo[i + a]]
        else:
            total += scores.drop_source[i] if a else scores.drop_target[j]
    return float(total)


@given(st.integers(0, 4), st.integers(0, 4), st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_best_path_and_sums_are_those_of_brute_force(n, m, seed):
    scores = random_scores(n, m, seed)
    values = [value(scores, path) for path in all_paths(n, m)]
    assert value(scores, best_path(scores)) == pytest.approx(max(values))
    total = np.logaddexp.reduce(values)
    assert np.logaddexp.reduce([row[-1] for row in forward(scores)[-1]]) == pytest.approx(total)
    assert backward(scores)[0][0][0] == pytest.approx(total)


@given(st.integers(1, 4), st.integers(1, 4), st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_probabilities_are_those_of_brute_force(n, m, seed):
    scores = random_scores(n, m, seed)
    found = probabilities(scores)
    paths = list(all_paths(n, m))
    weights = np.exp([value(scores, p) - found.log_total for p in paths])
    assert weights.sum() == pytest.approx(1)
    for (a, b), i, j in itertools.product(SHAPES, range(n), range(m)):
        if i + a <= n and j + b <= m:
            expected = sum(w for w, p in zip(weights, paths, strict=True) if (i, j, a, b) in beads(p))
            assert found.pairs[a, b][i + a][j + b] == pytest.approx(expected, abs=1e-9)
    runs = [sum(x == y and 0 in x for x, y in itertools.pairwise(p)) for p in paths]
    assert found.runs == pytest.approx(weights @ runs)
    for i in range(n):
        expected = sum(
            w for w, p in zip(weights, paths, strict=True) if any(x[0] == i and x[2:] == (1, 0) for x in beads(p))
        )
        assert found.drop_source[i] == pytest.approx(expected, abs=1e-9)


@given(st.integers(5, 30), st.integers(0, 1000))
@settings(max_examples=20, deadline=None)
def test_a_band_that_holds_the_best_path_gives_the_same_path(n, seed):
    wide = random_scores(n, n, seed)
    pairs = {shape: [row.copy() for row in rows] for shape, rows in wide.pairs.items()}
    for i in range(1, n + 1):
        pairs[1, 1][i][i] = 50.0
    lo = np.maximum(np.arange(n + 1) - 3, 0)
    narrow = Band(lo, np.minimum(np.arange(n + 1) + 4, n + 1))
    cut = {s: [row[narrow.lo[i] : narrow.hi[i]] for i, row in enumerate(rows)] for s, rows in pairs.items()}
    expected = best_path(Scores(wide.band, pairs, wide.drop_source, wide.drop_target, wide.run))
    assert expected == [(1, 1)] * n
    assert best_path(Scores(narrow, cut, wide.drop_source, wide.drop_target, wide.run)) == expected


def test_every_sentence_has_probability_one_in_all():
    n, m = 7, 5
    found = probabilities(random_scores(n, m, 3))
    for i in range(n):
        covered = found.drop_source[i]
        for (a, _), rows in found.pairs.items():
            covered += sum(rows[end].sum() for end in range(i + 1, min(i + a, n) + 1))
        assert covered == pytest.approx(1)


def test_window_fills_what_lies_outside_with_minus():
    row = np.array([1.0, 2.0, 3.0])
    assert window(row, 5, 5, 8).tolist() == [1, 2, 3]
    assert window(row, 5, 4, 7).tolist() == [MINUS, 1, 2]
    assert window(row, 5, 7, 10).tolist() == [3, MINUS, MINUS]
    assert window(row, 5, 10, 12).tolist() == [MINUS, MINUS]
