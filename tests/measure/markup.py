"""FLU120 and FLU121 measured: `python tests/measure/markup.py --half tune|report [--list] [--write]`.

Bad: a phrase of an English news sentence is taken for a link, and what stands before it, the link and what stands after
it are translated one by one with the shipped en-fr model: what engines do to web pages. Clean: the same sentences with
their human translation, a phrase of which is a link. wmt12 tunes and wmt13 reports for the first, NTREX for the second.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from data import ROOT, Half, mt, ntrex

from mtqc.checks.markup import FragmentMarkup
from mtqc.model import AlignedArticle, Finding, Markup, Severity, Span
from mtqc.pipeline import align_article
from mtqc.testing import make_pair
from mtqc.text.name_data import key, translations
from mtqc.text.tokens import Word, words

Linked = tuple[str, Span, str, Span]
_NOT_LAST = frozenset(
    "the a an of to in on at for by with from and or but that as is was le la les l' un une des du de d' à au aux et en".split()
)


def phrase(text: str, chance: random.Random) -> Span | None:
    """Two to five words inside a sentence, not cut before a noun; None where the sentence is too short."""
    found = words(text)
    inner = [i for i in range(2, len(found) - 6) if _follows(text, found[i - 1], found[i])]
    for i in chance.sample(inner, len(inner)):
        j = i + chance.randint(1, 4)
        last = found[j]
        if last.norm.lower() not in _NOT_LAST and not set(text[found[i].start : last.end]) & set('«»“”"()\n'):
            return Span(found[i].start, last.end)
    return None


def _follows(text: str, before: Word, word: Word) -> bool:
    return text[before.end : word.start] == " " and before.norm.lower() not in _NOT_LAST


def bad(half: Half) -> Iterator[Linked]:
    """Sentences with a link, translated in three parts."""
    from mtqc.translate import load_engine

    chance = random.Random(4)
    name = "wmt12" if half == "tune" else "wmt13"
    chosen = []
    for i, pair in enumerate(mt(name)):
        for line in pair.source.text.split("\n"):
            span = phrase(line, chance) if i % 2 == 0 and 60 < len(line) < 220 else None
            if span:
                chosen.append((line, span))
    chosen = chosen[:: max(1, len(chosen) // 400)][:400]
    parts = [p.strip() for s, x in chosen for p in (s[: x.start], s[x.start : x.end], s[x.end :])]
    done = load_engine(direction="en-fr").translator.translate(parts)
    for n, (line, span) in enumerate(chosen):
        before, inner, after = (p if isinstance(p, str) else "" for p in done[3 * n : 3 * n + 3])
        tail = after if after[:1] in ",.;" else f" {after}"
        yield line, span, f"{before} {inner}{tail}", Span(len(before) + 1, len(before) + 1 + len(inner))


def clean(half: Half) -> Iterator[Linked]:
    """Human translations, a phrase on each side being a link."""
    chance = random.Random(5)
    for pair in ntrex(half):
        for english, french in zip(pair.source.text.split("\n"), pair.target.text.split("\n"), strict=True):
            spans = phrase(english, chance), phrase(french, chance)
            if spans[0] and spans[1]:
                yield english, spans[0], french, spans[1]


def article(english: str, source: Span, french: str, target: Span) -> AlignedArticle:
    made = make_pair(english, french)
    pair = replace(
        made.pair,
        source=replace(made.pair.source, markup=(Markup(source, "a"),)),
        target=replace(made.pair.target, markup=(Markup(target, "a"),)),
    )
    return replace(made, pair=pair)


def found(linked: Linked) -> list[Finding]:
    check = FragmentMarkup()
    return list(check.find_in_article(article(*linked)))


def table(half: Half, cached: Path | None, show: bool) -> str:
    if cached and cached.exists():
        rows = [(a, Span(*b), c, Span(*d)) for a, b, c, d in json.loads(cached.read_text())]
    else:
        rows = list(bad(half))
        if cached:
            cached.write_text(json.dumps([(a, (b.start, b.end), c, (d.start, d.end)) for a, b, c, d in rows]))
    out = ["| | sentences | with FLU120 | major or critical | with FLU121 |", "|---|---|---|---|---|"]
    for name, texts in (
        ("translated in parts", rows),
        ("human translation, links on unrelated words", list(clean(half))),
    ):
        results = [found(r) for r in texts]
        count = Counter()
        for row, fs in zip(texts, results, strict=True):
            flagged = [f for f in fs if f.code == "FLU120"]
            count["any"] += bool(flagged)
            count["serious"] += any(f.severity >= Severity.MAJOR for f in flagged)
            count["lost"] += any(f.code == "FLU121" for f in fs)
            if show:
                french = (
                    row[2][: row[3].start] + "<a>" + row[2][row[3].start : row[3].end] + "</a>" + row[2][row[3].end :]
                )
                print(name[:5], "|", french)
                for f in fs:
                    print(
                        "    ", f.code, f.severity.label, repr(f.target.text), f.message, [e.value for e in f.evidence]
                    )
        out.append(
            f"| {name} | {len(texts)} | {count['any']} ({count['any'] / len(texts):.1%}) | {count['serious']} ({count['serious'] / len(texts):.1%}) | {count['lost']} ({count['lost'] / len(texts):.1%}) |"
        )
    return "\n".join(out) + "\n"


def placed(half: Half) -> str:
    """FLU121 with the word links of the shipped models: two English words that the dictionary finds side by side in the
    French are a link, which stands there or on a French word chosen at random.
    """
    from mtqc.cli.common import Options, models, settings
    from mtqc.measuring import _links

    using, chance, count = models(settings(Options())), random.Random(7), Counter()
    for pair in ntrex(half):
        beads = [b for b, _ in align_article(pair, None).pairs]
        for bead, links in zip(beads, _links(beads, using, "en"), strict=True):
            for source, target in list(counterparts(bead.source_text, bead.target_text))[:2]:
                other = chance.choice(words(bead.target_text))
                for name, span in (("right", target), ("wrong", Span(other.start, other.end))):
                    if name == "right" or not span.overlaps(target):
                        made = article(bead.source_text, source, bead.target_text, span)
                        made = replace(made, signals=(replace(made.signals[0], links=links),))
                        fired = any(f.code == "FLU121" for f in FragmentMarkup().find_in_article(made))
                        count[name] += 1
                        count[name, fired] += 1
    return (
        f"With word links, FLU121 finds {count['wrong', True]} of {count['wrong']} links on wrong words, and"
        f" {count['right', True]} of {count['right']} on the right ones.\n"
    )


def counterparts(english: str, french: str) -> Iterator[tuple[Span, Span]]:
    """Two English words and the stretch of the French that holds their only counterparts."""
    there = words(french)

    def found(word: Word) -> list[Word]:
        known = {key(t) for t in translations(word.norm.lower())}
        return [w for w in there if key(w.norm) in known]

    for x, y in pairwise(words(english)):
        if min(len(x.norm), len(y.norm)) > 3 and not x.is_capital and not y.is_capital:
            a, b = found(x), found(y)
            if len(a) == len(b) == 1 and a != b and abs(a[0].start - b[0].start) < 25:
                yield Span(x.start, y.end), Span(min(a[0].start, b[0].start), max(a[0].end, b[0].end))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("tune", "report"), default="tune")
    parser.add_argument("--cache", type=Path, help="keep the translations here")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--write", action="store_true", help="write reports/markup.md")
    a = parser.parse_args()
    text = table(a.half, a.cache, a.list) + "\n" + placed(a.half)
    print(text)
    if a.write:
        head = f"# Inline markup, measured\n\n`python tests/measure/markup.py --half {a.half} --write`: {__doc__.split(chr(10) * 2)[1]}\n\n"
        (ROOT / "reports" / "markup.md").write_text(head + text, encoding="utf-8")


if __name__ == "__main__":
    main()
