"""Words of a sentence pair and the links between them: the third column of the training data.

A pair is a line `English<TAB>French<TAB>links`; links are `i-j` separated by spaces: word i of the English is word j of
the French, where the words are the matches of WORD, counted from 0. Punctuation marks are words too. The column may be
empty or missing: then nothing is known about the pair's words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

Link = tuple[int, int]

_ELIDED = r"(?<!\w)(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)['’](?=\w)"
_CLITIC = r"-(?:t-)?(?:je|tu|ils?|elles?|on|nous|vous|moi|toi|lui|leur|les?|la|ce|ci|là|y|en)\b"
WORD = re.compile(
    r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:,\d+)?(?![,.]?\d)"  # 1 234 567,8
    r"|\d+(?:[.,:]\d+)*"  # 1,234.5 · 10:30
    rf"|{_ELIDED}"
    r"|['’]s\b"  # the English possessive stands alone: Musk's is two words
    rf"|(?<=\w){_CLITIC}"  # dit-il, a-t-elle, celui-ci
    rf"|[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+|(?!{_CLITIC})[-‑]\w+)*"
    r"|\S",
    re.IGNORECASE,
)


def word_spans(text: str) -> list[tuple[int, int]]:
    """[start, end) of each word of an English or French text, in order, in code points."""
    return [match.span() for match in WORD.finditer(text)]


def word_texts(text: str) -> list[str]:
    """The words themselves."""
    return WORD.findall(text)


def parse_links(column: str) -> list[Link]:
    """`0-0 1-2` as pairs of (English, French) word numbers; raises ValueError on anything else."""
    return [(int(i), int(j)) for i, _, j in (item.partition("-") for item in column.split())]


def format_links(links: Iterable[Link]) -> str:
    """The column for these links, sorted, each once."""
    return " ".join(f"{i}-{j}" for i, j in sorted(set(links)))


def intersect(forward: Iterable[Link], backward: Iterable[Link]) -> set[Link]:
    """Links that both directions give."""
    return set(forward) & set(backward)


_NEIGHBOURS = [(i, j) for i in (-1, 0, 1) for j in (-1, 0, 1) if i or j]


def grow_diag(forward: Iterable[Link], backward: Iterable[Link]) -> set[Link]:
    """The intersection, grown by neighbouring links of the union that reach a word without a link (Koehn, 2003)."""
    first, second = set(forward), set(backward)
    union, links = first | second, first & second
    rows, columns = {i for i, _ in links}, {j for _, j in links}
    queue = sorted(links)
    for i, j in queue:
        for near in ((i + di, j + dj) for di, dj in _NEIGHBOURS):
            if near in union and near not in links and (near[0] not in rows or near[1] not in columns):
                links.add(near)
                rows.add(near[0])
                columns.add(near[1])
                queue.append(near)
    return links


def grow_diag_final(forward: Iterable[Link], backward: Iterable[Link]) -> set[Link]:
    """`grow_diag`, then the links of either direction between two words that have none (final-and)."""
    links = grow_diag(forward, backward)
    rows, columns = {i for i, _ in links}, {j for _, j in links}
    for i, j in [*sorted(forward), *sorted(backward)]:
        if i not in rows and j not in columns:
            links.add((i, j))
            rows.add(i)
            columns.add(j)
    return links


def error_rate(sure: set[Link], possible: set[Link], links: set[Link]) -> tuple[int, int]:
    """Numerator and denominator of the alignment error rate (Och and Ney, 2003), to be summed over sentences."""
    correct = len(links & sure) + len(links & (sure | possible))
    return len(links) + len(sure) - correct, len(links) + len(sure)
