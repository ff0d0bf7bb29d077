"""Prepare the training data: python prepare.py clean|extra|align|mix, in this order; `make data` runs what must be.

clean: data/clean.tsv.gz, source<TAB>English<TAB>French, cleaned, normalised, no duplicates, no validation or test text.
extra: data/extra.tsv.gz, English<TAB>French, cleaned likewise: what the sources may give beyond that, without links.
align: data/links.tsv.gz, English<TAB>French<TAB>links of all of them. Those of an earlier run stay and teach the new.
mix:   data/mix.tsv.gz, what the trainer reads, data/dev.tsv.gz, and data/data.json, which says what is in them.
"""

from __future__ import annotations

import gzip
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from typing import Any, TextIO

import mixture
import overlap
import wordalign
from cleaning import fault, normal
from pairs import Pair, pair
from sources import AUTHORED, HERE, OURS, SOURCES, Source, files, held_out, read, shared

from mtqc.translate.normalise import NAME as NORMALISATION

DATA = HERE / "data"
SEED = 5
AFRESH = 0.5
"""Share of pairs without links from which on all of them are aligned anew."""
TEST_TEXT = "test text: "
"""Begins the reason why a pair is left out that shares a run of words with a test set."""
TAUGHT = 80_000
"""Pairs whose known links teach eflomal the new ones; see wordalign.py for what that gives."""


def say(text: str) -> None:
    """Progress, on stderr."""
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


@contextmanager
def written(name: str) -> Iterator[TextIO]:
    """A file under data/ that appears only when it is complete; gzipped where its name says so."""
    DATA.mkdir(exist_ok=True)
    half = DATA / f"half-{name}"
    with gzip.open(half, "wt", encoding="utf-8", compresslevel=3) if name.endswith(".gz") else half.open("w") as file:
        yield file
    half.replace(DATA / name)


def write_json(name: str, value: Any) -> None:
    """A JSON file under data/."""
    with written(name) as file:
        json.dump(value, file, indent=1, ensure_ascii=False)


def rows(name: str) -> Iterator[list[str]]:
    """The columns of each line of a file under data/."""
    with gzip.open(DATA / name, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\n").split("\t")


@lru_cache(maxsize=1)
def tests() -> dict[int, str]:
    """Runs of words of every test text."""
    say("reading test texts")
    return overlap.index(overlap.test_texts(shared()))


# --- clean ---


def taken(
    source: Source, seen: set[tuple[str, str]], held: set[str], counts: Counter[str]
) -> Iterator[tuple[str, str]]:
    """Pairs of a source that may be learnt, as many as it may give, in their order; counts what is left out and why."""
    wanted = [pair for path in files(source) for pair in read(path)]
    counts["pairs"] = len(wanted)
    if source.most is not None:
        wanted = random.Random(f"{SEED} {source.name}").sample(wanted, len(wanted))
    for raw in wanted:
        if source.most is not None and counts["kept"] >= source.most:
            break
        en, fr = normal(raw[0]), normal(raw[1])
        why = _refused(source, en, fr, raw, seen, held)
        counts[why or "kept"] += 1
        if why is None:
            seen.add((en, fr))
            yield en, fr


def _refused(
    source: Source, en: str, fr: str, raw: tuple[str, str], seen: set[tuple[str, str]], held: set[str]
) -> str | None:
    if len(en) + len(fr) > source.longest:
        return "longer than trained on"
    if held & {en, fr, *raw}:
        return "validation text"
    if (en, fr) in seen:
        return "seen before"
    wrong = fault(en, fr, trusted=source.name == AUTHORED)
    if wrong:
        return wrong
    test = overlap.hit(en, fr, tests())
    return TEST_TEXT + test if test else None


def clean() -> None:
    """data/clean.tsv.gz and clean.json."""
    report: dict[str, dict[str, int]] = {}
    with written("clean.tsv.gz") as out:
        out.writelines(f"{name}\t{en}\t{fr}\n" for name, en, fr in cleaned((OURS, *SOURCES), set(), report))
    write_json("clean.json", report)


def extra() -> None:
    """data/extra.tsv.gz and extra.json: pairs that clean.tsv.gz lacks, of the sources that may give more."""
    seen = {(en, fr) for _, en, fr in rows("clean.tsv.gz")}
    more = [replace(source, most=source.beyond) for source in SOURCES if source.beyond != 0]
    report: dict[str, dict[str, int]] = {}
    with written("extra.tsv.gz") as out:
        out.writelines(f"{en}\t{fr}\n" for _, en, fr in cleaned(more, seen, report))
    write_json("extra.json", report)


def cleaned(
    sources: Iterable[Source], seen: set[tuple[str, str]], report: dict[str, dict[str, int]]
) -> Iterator[tuple[str, str, str]]:
    """(source, English, French) of what may be learnt and is not in `seen`; `report` gets the counts by source."""
    held = held_out()
    held |= {normal(text) for text in held}
    for source in sources:
        counts: Counter[str] = Counter()
        for en, fr in taken(source, seen, held, counts):
            yield source.name, en, fr
        report[source.name] = dict(counts)
        say(f"{source.name}: {counts['kept']} of {counts['pairs']}")


# --- align ---


def templates() -> list[tuple[str, str]]:
    """Sentences with a slot for words that both sides keep."""
    return [(normal(en), normal(fr)) for en, fr in read(HERE / "templates.tsv")]


def align() -> None:
    """data/links.tsv.gz: aligned together at first; later the new pairs alone, with what the others have taught."""
    wanted = list(dict.fromkeys([*((en, fr) for _, en, fr in rows("clean.tsv.gz")), *templates()]))
    known = {(en, fr): links for en, fr, links in rows("links.tsv.gz")} if (DATA / "links.tsv.gz").exists() else {}
    new = [texts for texts in wanted if texts not in known]
    afresh = len(new) > AFRESH * len(wanted)
    new = wanted if afresh else new
    say(f"aligning the words of {len(new)} of {len(wanted)} pairs")
    taught = [] if afresh else teachers(known)
    known |= dict(zip(new, wordalign.align(new, taught), strict=True))
    with written("links.tsv.gz") as out:
        out.writelines(f"{en}\t{fr}\t{known[en, fr]}\n" for en, fr in wanted)


def teachers(known: dict[tuple[str, str], str]) -> list[tuple[str, str, str]]:
    """Some of the pairs whose links are known, to teach eflomal with."""
    linked = [(en, fr, links) for (en, fr), links in known.items() if links]
    return random.Random(SEED).sample(linked, min(TAUGHT, len(linked)))


# --- mix ---


def parts() -> dict[str, list[Pair]]:
    """The pairs of each source, with links."""
    links = {(en, fr): column for en, fr, column in rows("links.tsv.gz")}
    out: dict[str, list[Pair]] = {}
    for name, en, fr in rows("clean.tsv.gz"):
        out.setdefault(name, []).append(pair(en, fr, links[en, fr]))
    out["templates"] = [pair(en, fr, links[en, fr]) for en, fr in templates()]
    return out


def free_of_tests() -> Callable[[Pair], bool]:
    """Says whether a pair shares no run of words with a test text."""
    known = tests()
    return lambda item: overlap.hit(item.en, item.fr, known) is None


def mix() -> None:
    """data/mix.tsv.gz, dev.tsv.gz and data.json; fails where a test text is in the mixture."""
    have = parts()
    wanted = [(s.name, s.times, have.get(s.name, [])) for s in (OURS, *SOURCES)]
    lines, made = mixture.build(wanted, have["templates"], have[AUTHORED], SEED, free_of_tests())
    remaining = left_over(lines)
    if remaining:
        raise SystemExit(f"{remaining} lines of the mixture share {overlap.N} words with a test text: nothing written.")
    with written("mix.tsv.gz") as out:
        out.writelines(lines)
    with written("dev.tsv.gz") as out:
        out.writelines(f"{normal(en)}\t{normal(fr)}\n" for en, fr in read(shared() / "train" / "dev.tsv.gz"))
    write_json("data.json", description(lines, made))
    say(f"{len(lines)} lines")


def left_over(lines: Iterable[str]) -> int:
    """Lines with test text, looked for once more in what is about to be written."""
    known = tests()
    sides = (line.split("\t") for line in lines)
    return sum(overlap.hit(en, fr, known) is not None for en, fr, _ in sides)


def description(lines: list[str], made: dict[str, Counter[str]]) -> dict[str, Any]:
    """What the mixture holds and where it comes from, for the model card."""
    kept, more = (json.loads((DATA / name).read_text()) for name in ("clean.json", "extra.json"))
    all_sources = [
        {"name": s.name, "origin": s.origin, "licence": s.licence, "times": s.times, **_counts(kept[s.name]),
         "in_mixture": dict(made[s.name]), **({"extra": _counts(more[s.name])} if s.name in more else {})}
        for s in (OURS, *SOURCES)
    ]  # fmt: skip
    return {
        "seed": SEED,
        "normalisation": NORMALISATION,
        "lines": len(lines),
        "english_words": sum(line.split("\t", 1)[0].count(" ") + 1 for line in lines),
        "lines_with_links": sum(not line.endswith("\t\n") for line in lines),
        "alignment": f"eflomal, model 3, first {wordalign.PREFIX} letters, both directions intersected",
        "extra_lines": sum(counts.get("kept", 0) for counts in more.values()),
        "overlap": {
            "words": overlap.N,
            "left_out": _test_texts(kept),
            "left_out_of_extra": _test_texts(more),
            "remaining": 0,
        },
        "templates": dict(made["templates"]),
        "sources": all_sources,
    }


def _test_texts(report: dict[str, dict[str, int]]) -> dict[str, int]:
    """Pairs left out by the test set that they share a run of words with."""
    found: Counter[str] = Counter()
    for why, number in ((why, number) for counts in report.values() for why, number in counts.items()):
        if why.startswith(TEST_TEXT):
            found[why.removeprefix(TEST_TEXT)] += number
    return dict(found)


def _counts(counts: dict[str, int]) -> dict[str, Any]:
    dropped = {k: n for k, n in counts.items() if k not in {"pairs", "kept"}}
    return {"pairs": counts["pairs"], "kept": counts.get("kept", 0), "left_out": dropped}


STEPS: dict[str, Callable[[], None]] = {"clean": clean, "extra": extra, "align": align, "mix": mix}


def main() -> None:
    """The command line."""
    if len(sys.argv) != 2 or sys.argv[1] not in STEPS:
        raise SystemExit(f"usage: prepare.py {'|'.join(STEPS)}")
    STEPS[sys.argv[1]]()


if __name__ == "__main__":
    main()
