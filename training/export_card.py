"""The shipped model's card: what it was computed from, how good it is, and the table of both in docs/models.md."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sources import OURS, SOURCES

WEIGHTS_LICENCE = "MIT, as the code; the texts that it was computed from keep their own licences (see data)"
NORMALISATION = "NFC; every kind of space and line end one ordinary space; no zero-width characters, no soft hyphens"
WEAKNESSES = (
    "Rare words and some names are garbled, half translated or copied (mauled: maulqué; Sanskrit: Sunkrit).",
    "A word of several senses is often given the one of software or law (rayons of a shop: radius; a press release:"
    " sortie).",
    "Idioms are translated word for word (passer une nuit blanche: spend a white night).",
    "From a longer sentence a word or a phrase may be lost, and with it now and then the sense.",
    "Long sentences are translated in parts, so that agreement across the cut is lost.",
    "A text in capitals is translated badly.",
)
BEGIN, END = "<!-- card:{} begin, written by training/export_model.py -->", "<!-- card:{} end -->"


def data() -> list[dict[str, str]]:
    """Name, origin and licence of every text that was trained on; none of WMT, FLORES, NTREX, IWSLT or TED."""
    used = [s for s in (OURS, *SOURCES) if s.most != 0 or s.beyond != 0]
    return [{"text": s.name, "origin": s.origin, "licence": s.licence} for s in used]


def figures_table(card: Mapping[str, Any]) -> str:
    """Markdown of the figures of a card."""
    rows = ["| set | sentences | BLEU | chrF++ | given up | search |", "|---|---|---|---|---|---|"]
    rows += [
        f"| {f['set']} | {f['sentences']} | {f['bleu']:.1f} | {f['chrf']:.1f} | {f['void']} | {f['search']} |"
        for f in card["figures"]
    ]
    return "\n".join(rows)


def markdown(card: Mapping[str, Any]) -> str:
    """The part of docs/models.md that a card decides."""
    shape = card["shape"]
    millions = shape["parameters"] / 1e6
    return "\n".join(
        [
            f"**{card['name']}**, {card['direction']}, revision `{card['revision'][:12]}`: {millions:.1f} million"
            f" parameters ({shape['encoder_layers']} encoder and {shape['decoder_layers']} decoder layers, width"
            f" {shape['d_model']}, {shape['vocabulary']:,} pieces). Texts of more than {card['cut_at']} pieces are"
            f" translated in parts; it was trained on up to {card['positions']}.",
            "",
            figures_table(card),
            "",
            f"Licence of the weights: {card['licence']}.",
            "",
            "Known weaknesses:",
            "",
            *(f"- {w}" for w in card["weaknesses"]),
            "",
            "Computed from:",
            "",
            "| text | from | licence |",
            "|---|---|---|",
            *(f"| {d['text']} | {d['origin']} | {d['licence']} |" for d in card["data"]),
        ]
    )


def write_into(docs: Path, card: Mapping[str, Any]) -> None:
    """Put the card's part between its two marks in docs/models.md; ValueError where the marks are missing."""
    begin, end = (m.format(card["direction"]) for m in (BEGIN, END))
    text = docs.read_text(encoding="utf-8")
    if begin not in text or end not in text:
        raise ValueError(f"{docs} has no marks for {card['direction']}")
    marked = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    docs.write_text(marked.sub(lambda _: f"{begin}\n{markdown(card)}\n{end}", text), encoding="utf-8")
