"""French spacing and quotation marks, as the house wants them (`mtqc.text.typography.HOUSES`)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from mtqc.checks.locale_typography_rules import (
    CURRENCY_SPACE,
    NESTED_QUOTES,
    PLAIN_SPACE,
    QUOTES,
    SINGLE_QUOTES,
    SPACE_MISSING,
    SPACE_UNWANTED,
    TYPOGRAPHY_RULES,
)
from mtqc.model import AlignedArticle, Bead, Evidence, Finding, Fix, Location, Severity
from mtqc.rules import Rule
from mtqc.text.numbers.render import NO_BREAK, THIN
from mtqc.text.typography import HOUSES, House, Quote, Space, nested, pairs, single_quoted, spaces, stray_spaces

_POINTED = re.compile(r"\d\.\d+\Z")
_GROUPS = {"%": "%", "«": "« »", "»": "« »"}
_GLUED_SIGN = re.compile(r"(?<![\w.,/$€£])\d+(?:[\u00a0\u202f ]\d{3})*(?:,\d+)?[€$£](?!\w)")
_SIGN = re.compile(r"[€$£]")


@dataclass(frozen=True, slots=True)
class Typography:
    """French spacing and quotation marks. What the whole article does alike is one remark, not forty.

    `each_up_to`: so many places of one sort are marked one by one; more are one remark with the places listed.
    `house`: whose habits; the key `typography` sets it.
    """

    each_up_to: int = 3
    house: str = "imprimerie-nationale"
    rules: ClassVar[tuple[Rule, ...]] = TYPOGRAPHY_RULES

    def find_in_article(self, article: AlignedArticle) -> Iterator[Finding]:
        """Findings of spacing, then of quotation marks; none where the house is "off"."""
        house = HOUSES[self.house]
        if not house.judges:
            return
        beads = [b for b, _ in article.pairs]
        yield from self._spacing(beads, house)
        yield from self._quotes(beads, house)
        for bead in beads:
            yield from _strays(bead)
            yield from _single(bead)
            yield from _nested(bead, house)

    def _spacing(self, beads: Sequence[Bead], house: House) -> Iterator[Finding]:
        groups: dict[str, list[tuple[Bead, Space]]] = defaultdict(list)
        tight: list[tuple[Bead, Space]] = []
        for bead in beads:
            for space in spaces(bead.target_text):
                if space.mark == "%" and _POINTED.search(bead.target_text[: space.start]):
                    continue  # LOC101 marks it, sign and all
                if space.mark in house.tight:
                    tight.append((bead, space))
                else:
                    groups[_GROUPS.get(space.mark, house.group)].append((bead, space))
        for name, places in groups.items():
            missing = [p for p in places if p[1].state == "none" and not _is_name(*p)]
            yield from self._missing(name, missing, len(places))
        plain = [p for places in groups.values() for p in places if p[1].state == "plain"]
        if plain and not house.plain:
            yield _plain(plain, sum(map(len, groups.values())))
        yield from _loose(tight, house)
        yield from _glued_signs(beads)

    def _missing(self, name: str, missing: list[tuple[Bead, Space]], total: int) -> Iterator[Finding]:
        if len(missing) > self.each_up_to or (len(missing) == total > 1):
            here, *rest = (_mark_at(*p) for p in missing)
            message = f"No space with {name}, {len(missing)} of {total} times: French wants a no-break space there."
            evidence = (Evidence("places without a space", len(missing), f"of {total}", "text.typography"),)
            severity = Severity.NEUTRAL if len(missing) == total or name == "%" else None
            yield SPACE_MISSING.finding(
                here, message, related=tuple(rest), evidence=evidence, severity=severity, article_wide=True
            )
            return
        for bead, space in missing:
            target = _mark_at(bead, space)
            fix = _spaced(target.text, space.mark)
            message = f"French wants a no-break space {'after' if space.mark == '«' else 'before'} “{space.mark}”."
            severity = Severity.NEUTRAL if name == "%" else None
            yield SPACE_MISSING.finding(target, message, fix=Fix(target, fix, safe=True), severity=severity)

    def _quotes(self, beads: Sequence[Bead], house: House) -> Iterator[Finding]:
        outer = [(b, p) for b in beads for p in pairs(b.target_text)]
        foreign = [(b, p) for b, p in outer if p[0].family != "guillemets"]
        if not foreign or (len(foreign) == len(outer) and {p[0].family for _, p in foreign} <= house.quotes):
            return
        if len(foreign) < len(outer) and len(foreign) <= self.each_up_to:
            yield from (_quote(bead, *pair) for bead, pair in foreign)
        else:
            yield _quote_habit(foreign, len(outer))


def _is_name(bead: Bead, space: Space) -> bool:
    """“Yahoo!” in mid-sentence: a capitalised word with the mark, as in the original, and the sentence goes on; or a
    title left in English, mark and the words around it.
    """
    around = re.search(r"[\w'’]+\Z", bead.target_text[: space.start])
    after = re.match(r".[\u00a0 ][\w'’]+", bead.target_text[space.end :])
    if around and after and around.group() + after.group() in bead.source_text:
        return True
    word = re.search(r"[A-ZÀ-Ý]\w*\Z", bead.target_text[: space.start])
    if space.mark not in "!?" or word is None or word.group() + space.mark not in bead.source_text:
        return False
    return bool(re.match(r"[!?]+,? [a-zà-ÿ(]", bead.target_text[space.end :]))


def _mark_at(bead: Bead, space: Space) -> Location:
    """The mark with the word beside it that it is glued to."""
    text = bead.target_text
    if space.mark == "«":
        end = re.compile(r"[\w'’-]*").match(text, space.end)
        return bead.target_at(space.start - 1, end.end() if end else space.end)
    before = re.search(r"[\w,.'’-]*[^\w\s]?\Z", text[: space.start])
    marks = re.compile(r"[!?]+|.").match(text, space.end)
    return bead.target_at(before.start() if before else space.start, marks.end() if marks else space.end)


def _spaced(text: str, mark: str) -> str:
    if mark == "«":
        return text.replace("«", "«" + NO_BREAK, 1)
    cut = re.search(rf"{re.escape(mark)}[!?]*\Z", text)
    at = cut.start() if cut else len(text)
    return text[:at] + (NO_BREAK if mark in ":»" else THIN) + text[at:]


def _plain(places: Sequence[tuple[Bead, Space]], total: int) -> Finding:
    here, *rest = (_mark_at(*p) for p in places)
    message = (
        f"A plain space {len(places)} of {total} times where French wants a no-break space: lines may break there."
    )
    evidence = (Evidence("plain spaces", len(places), f"of {total}", "text.typography"),)
    return PLAIN_SPACE.finding(here, message, related=tuple(rest), evidence=evidence, article_wide=True)


def _quote(bead: Bead, opening: Quote, closing: Quote) -> Finding:
    target = bead.target_at(opening.start, closing.end)
    fix = f"«{NO_BREAK}{bead.target_text[opening.end : closing.start]}{NO_BREAK}»"
    message = f"The quotation stands in {opening.text}…{closing.text}, the article's others in « »."
    return QUOTES.finding(target, message, fix=fix, severity=Severity.MINOR)


def _quote_habit(foreign: Sequence[tuple[Bead, tuple[Quote, Quote]]], total: int) -> Finding:
    """Straight marks throughout are a house's choice; English “ ” are English."""
    here, *rest = (b.target_at(p[0].start, p[1].end) for b, p in foreign)
    curly = sum(p[0].family == "curly" for _, p in foreign)
    kind = "“ ”" if curly * 2 > len(foreign) else '" "'
    message = f"{len(foreign)} of {total} quotations stand in {kind}: French quotes in « »."
    evidence = (Evidence("quotations not in « »", len(foreign), f"of {total}", "text.typography"),)
    severity = Severity.MINOR if curly * 2 > len(foreign) else Severity.NEUTRAL
    return QUOTES.finding(here, message, related=tuple(rest), evidence=evidence, article_wide=True, severity=severity)


def _single(bead: Bead) -> Iterator[Finding]:
    inside = [(p[0].start, p[1].end) for p in pairs(bead.target_text)]
    if not single_quoted(bead.source_text):
        return
    for start, end in single_quoted(bead.target_text):
        is_inner = any(a <= start < b for a, b in inside)
        opening, closing = ("“", "”") if is_inner else (f"«{NO_BREAK}", f"{NO_BREAK}»")
        target = bead.target_at(start, end)
        fix = opening + target.text[1:-1] + closing
        message = f"{target.text} keeps English single quotation marks: French writes {fix}."
        yield SINGLE_QUOTES.finding(target, message, fix=fix)


def _loose(places: Sequence[tuple[Bead, Space]], house: House) -> Iterator[Finding]:
    """Spaces before marks that this house sets without one: one remark an article."""
    loose = [p for p in places if p[1].state != "none"]
    if loose:
        here, *rest = (_mark_at(*p) for p in loose)
        message = f"A space before {' '.join(house.tight)} {len(loose)} of {len(places)} times: this house sets none."
        evidence = (Evidence("spaces", len(loose), f"of {len(places)}", "text.typography"),)
        yield SPACE_UNWANTED.finding(
            here, message, related=tuple(rest), evidence=evidence, severity=Severity.NEUTRAL, article_wide=True
        )


def _strays(bead: Bead) -> Iterator[Finding]:
    """Spaces that no house sets; none that the original has too."""
    theirs = {s.where for s in stray_spaces(bead.source_text)}
    for stray in stray_spaces(bead.target_text):
        if stray.where in theirs:
            continue
        target = bead.target_at(stray.start, stray.end)
        fix = target.text[: stray.at - stray.start] + target.text[stray.after - stray.start :]
        message = f"« {target.text} »: no space {stray.where} in French."
        yield SPACE_UNWANTED.finding(target, message, fix=Fix(target, fix, safe=True))


def _glued_signs(beads: Sequence[Bead]) -> Iterator[Finding]:
    places = [
        bead.target_at(*m.span())
        for bead in beads
        if _SIGN.search(bead.target_text)
        for m in _GLUED_SIGN.finditer(bead.target_text)
    ]
    if places:
        here, *rest = places
        fix = Fix(here, f"{here.text[:-1]}{NO_BREAK}{here.text[-1]}", safe=True)
        message = f"« {here.text} »: French wants a no-break space between a figure and a currency sign."
        yield CURRENCY_SPACE.finding(here, message, related=tuple(rest), fix=fix, article_wide=len(places) > 1)


def _nested(bead: Bead, house: House) -> Iterator[Finding]:
    """Quotations inside « » that stand in marks which this house does not use there."""
    for opening, closing in nested(bead.target_text):
        if opening.family not in house.inner:
            target = bead.target_at(opening.start, closing.end)
            fix = f"“{bead.target_text[opening.end : closing.start].strip(' ' + NO_BREAK + THIN)}”"
            message = f"{target.text} stands inside « »: this house quotes inside a quotation in “ ”."
            yield NESTED_QUOTES.finding(target, message, fix=fix)
