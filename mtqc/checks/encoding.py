"""Characters garbled by a wrong encoding, and markup left in the text."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from mtqc.checks.base import BOTH
from mtqc.model import Bead, Category, Finding, Fix, Severity, Signals
from mtqc.rules import Example, Rule

GARBLED = Rule(
    "FLU701", "mojibake", Category.SPELLING, Severity.MAJOR,
    "Characters were read in the wrong encoding: “Ã©” for “é”.",
    "UTF-8 taken for Windows-1252 turns every accent into two signs; readers see at once that no one looked.",
    (
        Example("The council met.", "Le conseil s'est rÃ©uni.", "rÃ©uni"),
        Example("That is today's news.", "C'est lâ€™actualitÃ© du jour.", "lâ€™actualitÃ©"),
        Example("He went to Nice.", "Il est allÃ© Ã\u00a0 Nice.", "allÃ© Ã\u00a0"),
        Example("The hospital closed.", "L'h�pital a fermé.", "L'h�pital"),
        Example("The student left.", "L'Ã\u0192Â©tudiant est parti.", "L'Ã\u0192Â©tudiant", note="garbled twice"),
        Example("He paid £5 and €3.", "Il a payé 5 Â£ et 3 â‚¬.", "Â£"),
        Example("The council met.", "Le conseil s'est réuni."),
        Example("He is from São Paulo.", "Il vient de SÃO PAULO.", note="a Portuguese capital"),
        Example("The file shows “Ã©” for “é”.", "Le fichier montre « Ã© » au lieu de « é ».", note="so the original"),
        Example("The age of the pastor.", "L'âge du pâtre, l'Âne et « Â »."),
    ),
    0.98,
    sources=("Encodings: the Unicode Standard, Windows-1252 as Python's codec has it",),
)  # fmt: skip

MARKUP = Rule(
    "FLU702", "markup-left", Category.SPELLING, Severity.MINOR,
    "A web page's entity or tag stands in the text.",
    "“&nbsp;” and “<b>” are instructions to a browser, not words.",
    (
        Example("Rock & roll lives.", "Le rock &amp; roll vit encore.", "&amp;"),
        Example("It costs 5 euros.", "Cela coûte 5&nbsp;euros.", "&nbsp;"),
        Example("A new plan.", "Un <b>nouveau</b> plan.", "<b>"),
        Example("Why?", "Pourquoi&#160;?", "&#160;"),
        Example("Rock & roll lives.", "Le rock & roll vit encore."),
        Example("AT&T; a firm.", "AT&T; une entreprise."),
        Example("If a < b and c > d.", "Si a < b et c > d."),
        Example("The <b> tag makes bold.", "La balise <b> met en gras.", note="the original has it"),
        Example("P&L: R&D rose.", "P&L : la R&D augmente."),
    ),
    0.95,
    sources=("HTML Standard: named character references, as Python's html module has them",),
)  # fmt: skip

_TRAIL = "[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2122]"
_SEQUENCE = re.compile(
    rf"(?:[ÂÃÄÅÌ]{_TRAIL}|â{_TRAIL}{{2}}|ï»¿|ð{_TRAIL}{{3}})+|(?<![\w{_TRAIL[1:-1]}])Ã (?=\w)|\ufffd+"
)
"""UTF-8 of Latin letters, combining accents, punctuation, byte order mark and emoji, read as Windows-1252."""
_WORD_BEFORE = re.compile(r"[\w\u2019'\u00c2-\u00c5\u00e2\ufffd\u00a8-\u00bf-]*\Z")
_WORD_AFTER = re.compile(r"[\w'\u2019\ufffd-]*")
_BRIDGE = re.compile(r"[ ,'\u2019]*\Z")
_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,31}|#\d{2,6}|#[xX][0-9A-Fa-f]{2,6});")
_TAG = re.compile(
    r"</?(?:p|b|i|u|a|em|strong|span|div|br|hr|img|h[1-6]|ul|ol|li|table|t[rdh]|sup|sub|small|blockquote|cite|code|font"
    r"|figure|figcaption|iframe|script|style|section|article)(?:\s[^<>]{0,200})?\s*/?>",
    re.IGNORECASE,
)
_ROUNDS = 3
_INVISIBLE = "\u00a0\u00ad\u2009\u200b\u202f\ufeff"
"""What a text may rightly hold though it cannot be seen: no-break and thin spaces, soft hyphen, byte order mark."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """Garbled characters and left-over markup in the French that the English has not."""

    rules: ClassVar[tuple[Rule, ...]] = (GARBLED, MARKUP)
    directions: ClassVar[tuple[str, ...]] = BOTH

    def find(self, bead: Bead, signals: Signals) -> Iterator[Finding]:  # noqa: ARG002 -- text alone decides
        """Findings in one bead, each word or run of words once."""
        if not bead.target_text.isascii():
            yield from _garbled(bead)
        if "&" in bead.target_text or "<" in bead.target_text:
            yield from _markup(bead)


def _garbled(bead: Bead) -> Iterator[Finding]:
    for start, end in _stretches(bead):
        target = bead.target_at(start, end)
        repaired = repair(target.text)
        if "\ufffd" in repaired or repaired == target.text:
            yield GARBLED.finding(target, f"“{target.text}” has lost a character: an encoding went wrong.")
        else:
            message = f"“{target.text}” is “{repaired}” read in the wrong encoding."
            yield GARBLED.finding(target, message, fix=Fix(target, repaired, safe=True))


def _stretches(bead: Bead) -> list[tuple[int, int]]:
    """Words with a garbled sequence; neighbours with nothing but a space between are one stretch."""
    text, found = bead.target_text, list[tuple[int, int]]()
    for match in _SEQUENCE.finditer(text):
        garbled = match.group()
        if garbled in bead.source_text or ("\ufffd" not in garbled and repair(garbled) == garbled):
            continue
        start, end = _word_around(text, *match.span())
        if found and (start <= found[-1][1] or _BRIDGE.fullmatch(text, found[-1][1], start)):
            start = found.pop()[0]
        found.append((start, end))
    return found


def _word_around(text: str, start: int, end: int) -> tuple[int, int]:
    before, after = _WORD_BEFORE.search(text, 0, start), _WORD_AFTER.match(text, end)
    return before.start() if before else start, after.end() if after else end


def repair(text: str) -> str:
    """The text with every garbled sequence read as UTF-8 again, up to three times over; else as it is."""
    for _ in range(_ROUNDS):
        mended = _SEQUENCE.sub(lambda m: _meant(m.group()), text)
        if mended == text:
            return text
        text = mended
    return text


def _meant(garbled: str) -> str:
    """What the bytes of these Windows-1252 (or Latin-1) characters say in UTF-8; the same text where they say none."""
    if garbled == "\u00c3 ":  # "à" ends in a no-break space, which later steps make plain
        return "à "
    data = b"".join(_byte(c) for c in garbled)
    try:
        meant = data.decode("utf-8")
    except UnicodeDecodeError:
        return garbled
    shown = all(c.isprintable() or c in _INVISIBLE for c in meant)
    return meant if shown and len(data) == len(garbled) else garbled


def _byte(char: str) -> bytes:
    return char.encode("cp1252", "ignore") or char.encode("latin-1", "ignore")


def _markup(bead: Bead) -> Iterator[Finding]:
    for pattern in (_ENTITY, _TAG):
        for match in pattern.finditer(bead.target_text):
            said = match.group()
            meant = html.unescape(said) if pattern is _ENTITY else ""
            if meant == said or said in bead.source_text:
                continue
            target = bead.target_at(*match.span())
            message = f"“{said}” is a web page's markup, left in the text."
            yield MARKUP.finding(target, message, fix=meant)
            if pattern is _TAG:
                break
