"""The training mixture: every source as often as it should be seen, with variants, joined sentences and templates."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import augment
from augment import Variant
from pairs import Pair, join

LONGEST = 900
"""Characters of both sides of joined pairs: 128 pieces a side hold about 450."""
JOINED = 0.08
"""Share of the pairs that are joined to the one that follows them in the source."""
SHARES: dict[str, tuple[float, float]] = {
    "swap_names": (0.6, 0.15),
    "change_numbers": (0.5, 0.1),
    "percent_style": (0.1, 0.05),
    "money_style": (0.2, 0.05),
    "straight": (0.15, 0.1),
    "curly": (0.15, 0.1),
    "headline": (0.06, 0.02),
    "strip_final": (0.08, 0.03),
}
"""How often a variant is tried: on the second and later copies of a pair, and on the first or only one."""
TITLES_A_TEMPLATE = 60
SLOT = "Xylo"
"""Stands for the words that both sides keep in templates.tsv; a word of its own, so that eflomal can link it."""


def vary(item: Pair, copy: int, rng: random.Random, counts: Counter[str]) -> Pair:
    """One copy of a pair, with the variants that chance gives it: fewer on the first, number 0, than on the others."""
    for name, shares in SHARES.items():
        if rng.random() < shares[0 if copy else 1]:
            variant: Variant = getattr(augment, name)
            changed = variant(item, rng)
            counts[name] += changed != item
            item = changed
    return item


def copies(items: Sequence[Pair], times: int, rng: random.Random, counts: Counter[str]) -> Iterable[Pair]:
    """Every pair `times` times, each copy varied in its own way; some joined to what follows them."""
    for copy in range(times):
        waiting: Pair | None = None
        for item in items:
            made = vary(item, copy, rng, counts)
            if waiting is not None:
                if _joinable(waiting, made):
                    made = join(waiting, made)
                    counts["join"] += 1
                else:
                    yield waiting
                waiting = None
                yield made
            elif rng.random() < JOINED:
                waiting = made
            else:
                yield made
        if waiting is not None:
            yield waiting


def _joinable(first: Pair, second: Pair) -> bool:
    """True where the first ends as sentences do, the second says something else, and both are not too long together."""
    ends = all(text.rstrip('”"» ’').endswith((".", "!", "?", "…")) for text in (first.en, first.fr))
    differ = first.en != second.en and first.fr != second.fr
    return ends and differ and len(first.en + first.fr + second.en + second.fr) < LONGEST


def from_templates(templates: Sequence[Pair], texts: Sequence[Pair], rng: random.Random) -> Iterable[Pair]:
    """Templates filled with titles made from other pairs' words, English and French ones in turn."""
    for template in templates:
        for number in range(TITLES_A_TEMPLATE):
            english = bool(number % 3)
            source = rng.choice(texts)
            title = augment.title_from(source.en if english else source.fr, rng, english=english)
            if title is not None:
                yield augment.fill(template, SLOT, title)


def build(
    parts: Sequence[tuple[str, int, Sequence[Pair]]], templates: Sequence[Pair], ours: Sequence[Pair], seed: int,
    keep: Callable[[Pair], bool],
) -> tuple[list[str], dict[str, Counter[str]]]:  # fmt: skip
    """Shuffled lines of the mixture from (name, times, pairs) parts, and by part what was made and left out."""
    lines: list[str] = []
    counts: dict[str, Counter[str]] = {}
    for name, times, items in parts:
        made_of = counts.setdefault(name, Counter())
        made = copies(items, times, random.Random(f"{seed} {name}"), made_of)
        lines += _kept(made, {(item.en, item.fr) for item in items}, keep, made_of)
    filled = from_templates(templates, ours, random.Random(f"{seed} templates"))
    lines += _kept(filled, set(), keep, counts.setdefault("templates", Counter()))
    random.Random(seed).shuffle(lines)
    return lines, counts


def _kept(
    items: Iterable[Pair], looked_at: set[tuple[str, str]], keep: Callable[[Pair], bool], counts: Counter[str]
) -> list[str]:
    lines = []
    for item in items:
        if (item.en, item.fr) in looked_at or keep(item):
            lines.append(item.line())
            counts["linked"] += bool(item.links)
        else:
            counts["test text by chance"] += 1
    counts["lines"] = len(lines)
    return lines
