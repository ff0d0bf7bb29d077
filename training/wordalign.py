"""Word links of sentence pairs by eflomal, both directions intersected.

Words are compared by their first PREFIX letters, lower-cased. Measured on the even lines of alibi_wa_enfr (AER, with
60,000 pairs of the mixture): intersected 7.3 with 4 letters, 7.6 with 5, 8.7 with whole words; grown (grow-diag) 7.9,
8.1, 8.9; grow-diag-final 8.5, 8.6, 9.5. With what 80,000 pairs of the whole mixture teach: 7.0, and 6.7 on the odd
lines, which nothing was chosen on. Nineteen in twenty of the intersected links are right, and a word without links
simply teaches the attention nothing: so they are what it learns from.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path

from links import format_links, intersect, parse_links, word_texts

PREFIX = 4
LONGEST = 50
"""Words a side: alignment time grows with the product of the lengths; longer pairs get no links."""

Texts = tuple[str, str]


def tokens(text: str) -> str:
    """The words of a text, as eflomal reads them."""
    return " ".join(word.replace(" ", "") for word in word_texts(text))


def alignable(tokenised: Texts) -> bool:
    """True where neither side is empty or too long."""
    return all(0 <= text.count(" ") < LONGEST and text for text in tokenised)


def align(pairs: Sequence[Texts], known: Sequence[tuple[str, str, str]] = (), samplers: int = 2) -> list[str]:
    """The links of each pair, as links.py writes them; what `known` (English, French, links) teaches is built upon."""
    tokenised = [(tokens(en), tokens(fr)) for en, fr in pairs]
    wanted = [i for i, texts in enumerate(tokenised) if alignable(texts)]
    links = [""] * len(pairs)
    if wanted:
        for i, found in zip(wanted, _eflomal([tokenised[i] for i in wanted], known, samplers), strict=True):
            links[i] = found
    return links


def _eflomal(pairs: Sequence[Texts], known: Sequence[tuple[str, str, str]], samplers: int) -> Iterable[str]:
    from eflomal import Aligner

    aligner = Aligner(source_prefix_len=PREFIX, target_prefix_len=PREFIX, n_samplers=samplers)
    priors = _priors(known) if known else None
    with tempfile.TemporaryDirectory() as folder:
        ways = [Path(folder) / way for way in ("forward", "backward")]
        english, french = ([pair[side] for pair in pairs] for side in (0, 1))
        aligner.align(english, french, str(ways[0]), str(ways[1]), priors_input=priors)
        both = [way.read_text().split("\n")[: len(pairs)] for way in ways]
    return (format_links(intersect(parse_links(a), parse_links(b))) for a, b in zip(*both, strict=True))


def _priors(known: Sequence[tuple[str, str, str]]) -> list[str]:
    """What the links already known say about words, jumps and fertilities, as lines of an eflomal priors file."""
    from eflomal import calculate_priors, write_priors

    rows = [(*texts, links) for en, fr, links in known if alignable(texts := (tokens(en), tokens(fr)))]
    stems = [[_stemmed(row[side]) for row in rows] for side in (0, 1)]
    links = [row[2] for row in rows]
    with tempfile.TemporaryFile("w+", encoding="utf-8") as file:
        write_priors(file, *calculate_priors(*stems, links, links))
        file.seek(0)
        return list(file)


def _stemmed(tokenised: str) -> str:
    return " ".join(word.lower()[:PREFIX] for word in chain(tokenised.split(" ")))
