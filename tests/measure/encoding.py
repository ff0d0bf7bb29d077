"""Measures how texts that are not UTF-8 are read; writes reports/encoding.md.

Run: python tests/measure/encoding.py (needs ../shared, or MTQC_SHARED).

Stretches of newstest2013 and of NTREX's even documents, 200 for each row, written in an older encoding; those that
come out as plain ASCII or UTF-8 are left out. *Right*: read as they were, with a warning that names the encoding.
*Refused*: an error that asks for UTF-8. *Wrong*: another character than was meant, under the same warning.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator

from sentences import ROOT, mt_set, ntrex

from mtqc.errors import InputError
from mtqc.source.encoding import LEGACY, decode

SAMPLES = 200
REPORT = ROOT / "reports" / "encoding.md"


def outcome(text: str, encoding: str) -> str:
    """ "right", "wrong", "refused", or "" where the text is UTF-8 all the same."""
    data = text.encode(encoding, "ignore")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return ""
    try:
        return "right" if decode(data, "text").text == data.decode(encoding) else "wrong"
    except InputError:
        return "refused"


def table() -> Iterator[str]:
    pairs = [p for d in mt_set("wmt13") + ntrex(0) for p in d]
    yield "| language | encoding | sentences | right | refused | wrong |"
    yield "|---|---|--:|--:|--:|--:|"
    for side, lang in enumerate(("en", "fr")):
        for encoding in LEGACY:
            for size in (1, 3, 10):
                rng, counts = random.Random(2), Counter[str]()
                for _ in range(SAMPLES):
                    start = rng.randrange(len(pairs) - size)
                    text = "\n".join(p[side] for p in pairs[start : start + size])
                    counts[outcome(text.replace("\u202f", "\u00a0"), encoding)] += 1
                numbers = " | ".join(str(counts[k]) for k in ("right", "refused", "wrong"))
                yield f"| {lang} | {encoding} | {size} | {numbers} |"


def main() -> None:
    about = (__doc__ or "").split("\n\n", 2)[2]
    REPORT.write_text("\n".join(["# Encodings", "", about, *table(), ""]), encoding="utf-8")
    print(REPORT.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
