"""Machine translations in which people marked errors, split by document: even ones tune, odd ones report.

qe_wmt_enfr (WMT19 and WMT20 quality estimation), biomqm_enfr (its second round; of segments that two people annotated,
the first), chat22_mqm_enfr, and ../shared/gold. Rows with a span that the data themselves call unusable are left out.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from contrasts import article
from data import Half, every_other, flat, gold_folders, parallel, rows

from mtqc.evaluate import GoldError, read_gold
from mtqc.model import ArticlePair, Severity
from mtqc.source import read_pairs

Row = dict[str, Any]
SEVERITIES = {s.label: s for s in Severity}


@dataclass(frozen=True)
class Annotated:
    """An article and its marked errors."""

    pair: ArticlePair
    gold: tuple[GoldError, ...]


def news(half: Half) -> list[Annotated]:
    """../shared/gold: read as a user would, the sentences aligned by mtqc."""
    found = []
    for folder in gold_folders(half):
        (pair,) = read_pairs(folder / "source.en.txt", folder / "target.fr.txt")
        assert isinstance(pair, ArticlePair)
        found.append(Annotated(replace(pair, id=folder.name), read_gold(folder / "gold.jsonl")))
    return found


def reviews(half: Half) -> list[Annotated]:
    """Product reviews; a sentence that stands under several products once, so that the halves share none.

    Offsets count in the text with its HTML entities decoded.
    """
    seen: set[str] = set()
    chosen = []
    for row in rows("qe_wmt_enfr"):
        english = html.unescape(row["en"])
        if " ".join(english.split()) not in seen:
            seen.add(" ".join(english.split()))
            chosen.append(row | {"en": english, "mt_fr": html.unescape(row["mt_fr"])})
    return _articles("qe", chosen, half)


def medical(half: Half) -> list[Annotated]:
    """Medical abstracts by eight systems; an abstract is in one half with all its translations."""
    seen: set[tuple[str, str]] = set()
    chosen = []
    for row in rows("biomqm_enfr"):
        key = row["system"], row["en"]
        usable = all(s["offset_check"] != "mismatch" for s in row["spans"])
        if row["round"] == "v2" and not row["system"].startswith("reference") and key not in seen and usable:
            seen.add(key)
            chosen.append(row)
    return _articles("biomqm", chosen, half)


def medical_english(half: Half) -> list[Annotated]:
    """Medical abstracts translated from French into English; chosen and halved as the others are, every second row."""
    seen: set[tuple[str, str]] = set()
    documents: dict[str, dict[str, list[Row]]] = {}
    for row in rows("biomqm_fren"):
        key = row["system"], row["fr"]
        usable = (
            all(s["offset_check"] != "mismatch" for s in row["spans"]) and row["fr"].strip() and row["mt_en"].strip()
        )
        if row["round"] == "v2" and not row["system"].startswith("reference") and key not in seen and usable:
            seen.add(key)
            documents.setdefault(row["doc"], {}).setdefault(row["system"], []).append(row)
    chosen = every_other(list(documents.items()), half)
    return [_english(f"{doc}-{system}", found[::2]) for doc, systems in chosen for system, found in systems.items()]


def _english(name: str, found: list[Row]) -> Annotated:
    pair = article(
        f"biomqm_fren-{name}", [flat(r["fr"]) for r in found], [flat(r["mt_en"]) for r in found], ("fr", "en")
    )
    return Annotated(pair, tuple(e for line, row in enumerate(found, 1) for e in _errors(line, row["spans"])))


def chats(half: Half) -> list[Annotated]:
    """What customer agents write, by two systems."""
    usable = (r for r in rows("chat22_mqm_enfr") if all(s["start"] is not None for s in r["spans"]))
    return _articles("chat", usable, half)


SETS: dict[str, tuple[str, Callable[[Half], list[Annotated]]]] = {
    "gold": ("news, a small engine (gold/)", news),
    "qe": ("product reviews (qe_wmt_enfr)", reviews),
    "biomqm": ("medical abstracts (biomqm_enfr)", medical),
    "chat": ("customer chats (chat22_mqm_enfr)", chats),
}


def _articles(name: str, given: Iterator[Row] | Sequence[Row], half: Half) -> list[Annotated]:
    """An article for each document and system; the halves are of documents."""
    documents: dict[str, dict[str, list[Row]]] = {}
    for row in given:
        if row["en"].strip() and row["mt_fr"].strip():
            documents.setdefault(row["doc"], {}).setdefault(row.get("system", ""), []).append(row)
    chosen = every_other(list(documents.items()), half)
    return [_article(f"{name}-{doc}-{system}", found) for doc, systems in chosen for system, found in systems.items()]


def _article(name: str, found: list[Row]) -> Annotated:
    pair = parallel(name, [flat(r["en"]) for r in found], [flat(r["mt_fr"]) for r in found])
    return Annotated(pair, tuple(e for line, row in enumerate(found, 1) for e in _errors(line, row["spans"])))


def _errors(line: int, spans: list[Row]) -> Iterator[GoldError]:
    """Errors of several parts stand as so many spans, one after the other."""
    left = [s for s in spans if s["severity"].lower() != "neutral"]
    while left:
        first = left[0]
        count = first.get("parts", 1)
        parts, left = left[:count], left[count:]
        places = tuple((s["start"], s["start"] + s["length"]) for s in parts)
        yield GoldError(line, places, SEVERITIES[first["severity"].lower()], first["category"].lower())
