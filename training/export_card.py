"""The shipped model's card: what it was computed from, how good it is, and the table of both in docs/models.md."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

WEIGHTS_LICENCE = "MIT, as the code; the texts that it was computed from keep their own licences (see data)"
NORMALISATION = "NFC; every kind of space and line end one ordinary space; no zero-width characters, no soft hyphens"
WEAKNESSES = (
    "Rare words and names are garbled, or repeated until the hypothesis is given up.",
    "Quotation marks and brackets go astray.",
    "Long sentences are translated in parts, so that agreement across the cut is lost.",
    "Idioms and everyday exclamations outside the training texts stay French.",
    "A short text in capitals, or a headline without a verb, is translated badly.",
)
SOURCES: tuple[tuple[str, str, str], ...] = (
    ("news sentence pairs written for mtqc", "the mtqc project", "MIT"),
    ("Canadian federal acts and regulations", "Justice Canada", "Open Government Licence – Canada"),
    ("Dynamics 365, Business Central and Customer Insights documentation", "Microsoft", "CC BY 4.0"),
    (".NET and ASP.NET Core documentation", "Microsoft and contributors", "CC BY 4.0"),
    ("Office add-in, Skype for Business and Teams documentation", "Microsoft", "CC BY 4.0"),
    ("Debian website", "Debian project", "MIT or GPL-2.0+; older pages Open Publication License 1.0"),
    ("Tatoeba sentences, through ManyThings", "Tatoeba contributors", "CC BY 2.0 FR"),
    ("PHP manual", "PHP documentation group", "CC BY 3.0"),
    ("Python documentation", "Python Software Foundation and translators", "PSF; translations CC0"),
    ("PostgreSQL documentation", "PostgreSQL Global Development Group and translators", "PostgreSQL licence"),
    ("Django documentation", "Django Software Foundation and translators", "BSD-3-Clause"),
    ("Apache HTTP Server documentation", "Apache Software Foundation", "Apache-2.0"),
    ("Open English Bible; Synodale 1921 and Oltramare 1874 Bibles", "their editors", "public domain or CC0"),
    ("Canadian Digital Service blog", "Government of Canada", "MIT, Crown copyright"),
    ("Canada.ca blog, design system and digital playbook", "Government of Canada", "MIT; Open Government Licence"),
    ("Assemblyline documentation", "Canadian Centre for Cyber Security", "no licence file; Government of Canada"),
    ("Privacy Guides", "Privacy Guides", "CC BY-SA 4.0"),
    ("GNOME user help", "GNOME documentation project", "CC BY 3.0 or CC BY-SA 3.0"),
    ("Tails website", "Tails project", "GPL-3.0-or-later"),
    ("African Storybook", "African Storybook", "CC BY 3.0 or 4.0"),
    ("The Rust Programming Language", "Rust project and translators", "MIT or Apache-2.0"),
    ("mozilla.org pages", "Mozilla localisers", "MPL-2.0"),
    ("Mozilla privacy notices and terms", "Mozilla", "CC BY-SA 3.0"),
    ("Open Source Guides", "GitHub and contributors", "CC BY 4.0"),
    ("Stellarium sky cultures", "Stellarium contributors", "CC BY-SA, GPL-2.0 or free, by culture"),
    ("Django Girls tutorial", "Django Girls", "CC BY-SA 4.0"),
    ("Monero website", "Monero project", "BSD-3-Clause"),
    ("GDPR guide for developers", "CNIL", "Licence Ouverte 2.0 or GPL-3.0"),
)
"""(what, whose, licence) of every text in the training mixture; no WMT, FLORES, NTREX, IWSLT or TED text is in it."""
BEGIN, END = "<!-- card:{} begin, written by training/export_model.py -->", "<!-- card:{} end -->"


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
            "| text | whose | licence |",
            "|---|---|---|",
            *(f"| {d['text']} | {d['whose']} | {d['licence']} |" for d in card["data"]),
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
