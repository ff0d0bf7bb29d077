"""The fastest way to spread a large job over this machine, found on the job itself.

Every setting gives the same hypotheses, so trying one costs nothing but its slowness: no sample is translated for the
clock's sake, and nothing is kept on disk. What a job of thousands of sentences found is used by this process from then
on; small jobs use the default.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

SLICE = 160
"""Sentences a trial: about ten batches of 512 source tokens."""
ROUNDS = 2
PAYS = 5000
"""Sentences of a job from which on settings are tried; the trials are then at most a quarter of it."""
GAIN = 0.05
"""By how much faster than the default another setting has to be, so that noise does not choose; not measured."""


@dataclass(frozen=True, slots=True)
class Setting:
    """`workers` batches are worked on at once, by `each` threads; a batch pads to at most `tokens` source tokens."""

    workers: int
    each: int
    tokens: int


def cpu_settings(cores: int) -> list[Setting]:
    """The default first: every core on batches of its own. Then other batches, half the workers, two threads each."""
    found = [Setting(cores, 1, tokens) for tokens in (512, 256, 1024)]
    if cores > 1:
        found += [Setting(cores // 2, 2, 512)]
    if cores > 3:  # two hardware threads may share a core
        found += [Setting(cores // 2, 1, 512)]
    return found


def gpu_settings() -> list[Setting]:
    """The default first. Not measured by us; what is best on a GPU, the job finds out."""
    return [Setting(1, 1, tokens) for tokens in (8192, 4096, 16384)]


def fastest(
    settings: Sequence[Setting], lengths: Sequence[int], work: Callable[[Setting, Sequence[int]], float]
) -> tuple[Setting, list[int]]:
    """The setting to go on with, and the indexes of the sentences that are left.

    `work` does the sentences of these indexes with that setting and returns the seconds it took. Each setting gets
    ROUNDS slices with lengths spread as in the whole job, in turn; its better one counts, in seconds a token.
    """
    order = sorted(range(len(lengths)), key=lambda i: lengths[i])
    trials = list(settings) * ROUNDS
    step = max(1, len(order) // (SLICE * len(trials)))
    picked = order[::step][: SLICE * len(trials)]
    cost = dict.fromkeys(settings, float("inf"))
    for number, setting in enumerate(trials):
        part = picked[number :: len(trials)]
        seconds = work(setting, part)
        cost[setting] = min(cost[setting], seconds / max(1, sum(lengths[i] for i in part)))
    best = min(settings, key=lambda s: cost[s])
    chosen = best if cost[best] * (1 + GAIN) < cost[settings[0]] else settings[0]
    return chosen, sorted(set(order) - set(picked))
