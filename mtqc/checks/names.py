"""Names that changed on their way into French: mistranslated, misspelt, missing, or an altered acronym (ACC201–204)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from mtqc.checks.base import BOTH
from mtqc.checks.name_changes import Change, altered, altered_code, missing, swapped_place, translated
from mtqc.checks.name_links import is_taken_up, linked_change, linked_to_nothing, openers
from mtqc.checks.name_register import Name, Register, Use, has_counterpart, register
from mtqc.checks.names_english import english_names
from mtqc.checks.names_rules import ACRONYM_ALTERED, NAME_ALTERED, NAME_MISSING, NAME_MISTRANSLATED, RULES
from mtqc.model import AlignedArticle, BeadLinks, Evidence, Finding, Severity, Signals
from mtqc.rules import Rule
from mtqc.text.name_data import exonyms, key
from mtqc.text.names import common_prefix, is_code


@dataclass(frozen=True, slots=True)
class NamesCheck:
    """Follows every name of the English through the article.

    `unmistakable`: share of a name's letters that must change for it to name somebody else (critical).
    `ending`: letters from the end; a name kept nowhere that differs only there, after four letters or more, is a mere
    suspicion (minor), since French has endings of its own (Hussars, hussards). `ending_confidence`: share of those
    that are right.
    `frequent`: log2 of a French word's count (in 24 million words) from which its likeness to a name is chance.
    """

    unmistakable: float = 0.2
    frequent: int = 7
    ending: int = 2
    ending_confidence: float = 0.5

    rules: ClassVar[tuple[Rule, ...]] = RULES
    directions: ClassVar[tuple[str, ...]] = BOTH

    def find_in_article(self, article: AlignedArticle) -> Iterator[Finding]:
        """ACC201 to ACC204, each on the bead where the translation goes wrong."""
        if article.pair.target.lang == "en":
            yield from english_names(article)
            return
        found, signals = register(article), [s for _, s in article.pairs]
        for name in found.names.values():
            for use in name.uses:
                if use.kept < len(use.places) and not found.beads[use.at].bead.target_text.isupper():
                    yield from self._judge(found, name, use, signals[use.at])

        for at, there in enumerate(signals):
            if isinstance(there.links, BeadLinks) and not found.beads[at].is_headline:
                yield from self._opening(found, at, there)

    def _opening(self, found: Register, at: int, signals: Signals) -> Iterator[Finding]:
        for name, use in openers(found, at):
            change = linked_change(found, name, use, signals)
            if change is not None:
                yield self._linked(found, name, use, change)

    def _judge(self, found: Register, name: Name, use: Use, signals: Signals) -> Iterator[Finding]:
        if is_code(name.norm):
            change = altered_code(found, name, use)
            if change is not None:
                yield self._acronym(found, name, use, change)
            return
        absent = not has_counterpart(name.norm, found.beads[use.at])
        change = altered(found, name, use, self.frequent) if name.is_strong and (absent or name.kept) else None
        if change is not None:
            yield self._altered(found, name, use, change)
            return
        change = translated(found, name, use)
        if change is not None:
            yield self._translated(found, name, use, change)
        elif absent:
            yield from self._by_links(found, name, use, signals)

    def _by_links(self, found: Register, name: Name, use: Use, signals: Signals) -> Iterator[Finding]:
        change = linked_change(found, name, use, signals)
        if change is not None:
            yield self._linked(found, name, use, change)
            return
        swap = swapped_place(found, name, use)
        if swap is not None:
            yield self._swapped(found, name, use, swap)
        elif missing(found, name, use):
            if not is_taken_up(use, signals):
                yield self._missing(found, name, use)
        elif linked_to_nothing(found, name, use, signals):
            yield self._missing(found, name, use)

    def _linked(self, found: Register, name: Name, use: Use, change: Change) -> Finding:
        bead = found.beads[use.at].bead
        rule = NAME_MISTRANSLATED if change.is_word else NAME_ALTERED
        why = "another word stands where the name should be." if change.is_word else "the name is misspelt."
        return rule.finding(
            bead.target_at(change.start, change.end),
            f"“{name.norm}” became “{change.form}”: {why}",
            source=bead.source_at(change.place.start, change.place.end),
            fix=None if exonyms(name.norm) else name.norm,
            evidence=(_kept(name), Evidence("letters changed", change.edits), Evidence("word link", name.norm)),
        )

    def _altered(self, found: Register, name: Name, use: Use, change: Change) -> Finding:
        bead = found.beads[use.at].bead
        n = key(name.norm)
        wrong = name.kept and (change.is_word or change.edits / len(n) >= self.unmistakable)
        in_ending = not name.kept and common_prefix(n, key(change.form)) >= max(4, len(n) - self.ending)
        why = "a name must stay as it is." if name.kept else "the name is spelt otherwise in the original."
        if in_ending:
            why = "perhaps a slip, perhaps a French ending."
        return (NAME_MISTRANSLATED if wrong else NAME_ALTERED).finding(
            bead.target_at(change.start, change.end),
            f"“{name.norm}” became “{change.form}”: {why}",
            source=bead.source_at(change.place.start, change.place.end),
            fix=name.norm,
            severity=Severity.MINOR if in_ending else None,
            confidence=self.ending_confidence if in_ending else None,
            evidence=(_kept(name), Evidence("letters changed", change.edits)),
        )

    def _translated(self, found: Register, name: Name, use: Use, change: Change) -> Finding:
        bead = found.beads[use.at].bead
        return NAME_MISTRANSLATED.finding(
            bead.target_at(change.start, change.end),
            f"“{name.norm}” became “{change.form}”: the name was translated as if it were a common word.",
            source=bead.source_at(change.place.start, change.place.end),
            fix=name.norm,
            evidence=(_kept(name), Evidence("dictionary", f"{name.norm.lower()} = {change.form.lower()}")),
        )

    def _swapped(self, found: Register, name: Name, use: Use, change: Change) -> Finding:
        bead = found.beads[use.at].bead
        return NAME_MISTRANSLATED.finding(
            bead.target_at(change.start, change.end),
            f"“{name.norm}” became “{change.form}”: another place than the original names.",
            source=bead.source_at(change.place.start, change.place.end),
            evidence=(Evidence("place names", f"{name.norm} ≠ {change.form}", "", "CLDR; docs/data.md"),),
        )

    def _acronym(self, found: Register, name: Name, use: Use, change: Change) -> Finding:
        bead = found.beads[use.at].bead
        return ACRONYM_ALTERED.finding(
            bead.target_at(change.start, change.end),
            f"“{name.norm}” became “{change.form}”: an acronym or product name must keep its letters and digits.",
            source=bead.source_at(change.place.start, change.place.end),
            fix=name.norm,
            evidence=(_kept(name), Evidence("letters changed", change.edits)),
        )

    def _missing(self, found: Register, name: Name, use: Use) -> Finding:
        bead = found.beads[use.at].bead
        end = len(bead.target_text)
        return NAME_MISSING.finding(
            bead.target_at(end, end),
            f"“{name.norm}” seems to be missing: nothing in the French sentence resembles it.",
            source=bead.source_at(use.places[0].start, use.places[0].end),
            evidence=(Evidence("sentences with the name in the original", len(name.uses)),),
        )


def _kept(name: Name) -> Evidence:
    return Evidence("kept as it is elsewhere", name.kept, "sentences", "this article")
