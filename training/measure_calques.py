"""Which calque entries may be shipped: all of them run over human translations and over machine output.

    python training/measure_calques.py ../shared mtqc/checks/data/calques.jsonl [--report REPORT.tsv]

An entry fires on a pair where its English pattern and its French `bad` pattern both match and no `good` wording stands
in the French. Human translations: NTREX documents with even index, newstest2012, newstest2013, FLORES dev references
and the training pairs of news, talk and everyday register; machine output: four engines on the newstests and FLORES.
An entry is shipped where it fires on its own wrong example and not on its right one, and never on human translations
(a confirmed one: at most MAX_HUMAN times, human translations being no gold); on those of law and software, other
registers, at most MAX_OTHER times or MAX_OTHER_SHARE of the times its English is met. calque_judgements.json names
those whose machine-output firings were read and found wrong (`rejected`), or right nine times in ten (`confirmed`):
these keep a severity above minor, no other does. `keys`: of these strings at least one stands in every English match,
lower-cased: the check tries the patterns only where one does. Seven minutes on one core.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import re._parser as sre
from collections import Counter
from pathlib import Path

from mtqc.text.tokens import plain

MAX_HUMAN = 2
SETS = ("wmt12", "wmt13", "flores-dev")
FIELDS = ("en", "keys", "en_pattern", "bad_pattern", "good", "kind", "severity")
PLAIN_SOURCES = ("authored_*", "cds_snc_blog", "canada_ca_blog_design", "tatoeba", "privacyguides", "opensource_guide")
OTHER_SOURCES = (
    "canada_laws",
    "debian_website",
    "bible_pd",
    "mozilla_*",
    "ms_dynamics365",
    "python_docs",
    "tails_website",
)
MAX_OTHER, MAX_OTHER_SHARE = 1, 0.01
MIN_KEY = 3
LISTS = Path(__file__).with_name("calque_judgements.json")
Pair = tuple[str, str]


def rows(path: Path) -> list[dict]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def human_pairs(shared: Path) -> list[Pair]:
    ntrex = rows(shared / "eval" / "ntrex_enfr.jsonl.gz")
    documents = {doc: i for i, doc in enumerate(dict.fromkeys(r["doc"] for r in ntrex))}
    even = [(r["en"], r["ref_fr"]) for r in ntrex if documents[r["doc"]] % 2 == 0]
    return even + [(r["en"], r["ref_fr"]) for r in machine_rows(shared)]


def training_pairs(shared: Path, sources: tuple[str, ...]) -> list[Pair]:
    pairs = []
    for name in sources:
        for path in sorted((shared / "train").glob(f"{name}.tsv.gz")):
            with gzip.open(path, "rt", encoding="utf-8") as lines:
                pairs += [tuple(line.rstrip("\n").split("\t")[:2]) for line in lines]
    return pairs


def machine_rows(shared: Path) -> list[dict]:
    return [r for r in rows(shared / "eval" / "mt_enfr.jsonl.gz") if r["set"] in SETS]


def machine_pairs(shared: Path) -> list[Pair]:
    return [(r["en"], french) for r in machine_rows(shared) for french in r["mt"].values()]


def keys(pattern: str) -> list[str]:
    """Lower-case strings of which at least one stands in every match; empty where there is no such set."""
    return sorted(required(sre.parse(pattern, re.I)) or ())


def required(tree) -> frozenset[str] | None:
    """The best set of a sequence: the one whose shortest string is longest."""
    found: list[frozenset[str]] = []
    run = ""
    for op, value in [*tree, (None, None)]:
        if op is sre.LITERAL:
            run += chr(value).lower()
            continue
        if len(run) >= MIN_KEY:
            found.append(frozenset([run]))
        run = ""
        if op is sre.SUBPATTERN:
            found += [s for s in [required(value[-1])] if s]
        elif op is sre.BRANCH:
            sets = [required(branch) for branch in value[1]]
            found += [frozenset().union(*sets)] if all(sets) else []
        elif op is sre.MAX_REPEAT and value[0] >= 1:
            found += [s for s in [required(value[2])] if s]
    return max(found, key=lambda s: (min(map(len, s)), -len(s)), default=None)


def firings(entries: list[dict], pairs: list[Pair]) -> tuple[dict[str, list[Pair]], Counter[str]]:
    """(entry → pairs it fires on, entry → pairs whose English it matches)."""
    by_english: dict[str, list[str]] = {}
    for english, french in pairs:
        by_english.setdefault(english, []).append(french)
    compiled = [(e, keys(e["en_pattern"]), re.compile(e["en_pattern"], re.I)) for e in entries]
    fired: dict[str, list[Pair]] = {}
    met: Counter[str] = Counter()
    for english, french in by_english.items():
        lower = plain(english).lower()
        for entry, strings, pattern in compiled:
            if (not strings or any(k in lower for k in strings)) and pattern.search(plain(english)):
                met[entry["en"]] += len(french)
                fired.setdefault(entry["en"], []).extend((english, f) for f in french if fires(entry, f))
    return fired, met


def fires(entry: dict, french: str) -> bool:
    lower = plain(french).casefold()
    good = any(plain(g).casefold() in lower for g in entry["good"])
    return not good and re.search(entry["bad_pattern"], plain(french), re.I) is not None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--report", type=Path, help="write entry, human firings, machine firings, verdict here")
    args = parser.parse_args()
    entries = [json.loads(line) for line in (args.shared / "lexicon" / "calques.jsonl").open(encoding="utf-8")]
    judged = json.loads(LISTS.read_text(encoding="utf-8")) if LISTS.exists() else {"rejected": [], "confirmed": []}
    human, machine = human_pairs(args.shared), machine_pairs(args.shared)
    (on_human, met), (on_machine, _) = firings(entries, human), firings(entries, machine)
    on_train, met_train = firings(entries, training_pairs(args.shared, PLAIN_SOURCES))
    on_other, met_other = firings(entries, training_pairs(args.shared, OTHER_SOURCES))
    doubtful = {n for n, f in on_other.items() if len(f) > max(MAX_OTHER, MAX_OTHER_SHARE * met_other[n])}
    verdicts = {e["en"]: verdict(e, on_human, on_train, doubtful, judged) for e in entries}
    shipped = [e for e in entries if verdicts[e["en"]] == "ship"]
    for entry in shipped:
        if entry["severity"] != "minor":
            entry["severity"] = "major" if entry["en"] in judged["confirmed"] else "minor"
        entry["keys"] = keys(entry["en_pattern"])
    args.out.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(json.dumps({k: e[k] for k in FIELDS}, ensure_ascii=False) + "\n" for e in shipped)
    args.out.write_text(text, encoding="utf-8")
    if args.report:
        counts = (on_human, on_train, on_machine)
        table = [(n, met[n], met_train[n], *(len(c.get(n, [])) for c in counts), v) for n, v in verdicts.items()]
        args.report.write_text("".join("\t".join(map(str, row)) + "\n" for row in table), encoding="utf-8")
    print(len(entries), "entries:", dict(Counter(verdicts.values())), Counter(e["severity"] for e in shipped))


def verdict(entry: dict, on_human: dict, on_train: dict, doubtful: set[str], judged: dict) -> str:
    name = entry["en"]
    h, t = (len(table.get(name, [])) for table in (on_human, on_train))
    if name in judged["rejected"]:
        return "rejected by reading"
    if not fires(entry, entry["fr_bad"]) or fires(entry, entry["fr_good"]):
        return "contradicts its own examples"
    if h + t > (MAX_HUMAN if name in judged["confirmed"] else 0):
        return "fires on human translations"
    if name in doubtful and name not in judged["confirmed"]:
        return "fires on law and software texts"
    return "ship"


if __name__ == "__main__":
    main()
