"""Verbs whose complement needs « à » or « de », with a bare noun phrase instead: « il participe la réunion »."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from mtqc.checks.garble_examples import PREPOSITION_EXAMPLES
from mtqc.model import Bead, Category, Finding, Severity, Signals
from mtqc.rules import Rule
from mtqc.text import french
from mtqc.text.tokens import plain

PREPOSITION = Rule(
    code="FLU106",
    name="verb-without-preposition",
    category=Category.GRAMMAR,
    severity=Severity.MINOR,
    summary="A verb that takes « à » or « de » is followed by a bare noun phrase.",
    rationale="“depend on the weather” is « dépendre de la météo »; without the preposition the clause falls apart.",
    examples=PREPOSITION_EXAMPLES,
    confidence=0.8,
    sources=("Counts in 0.6 million French sentences: each verb has its preposition in 9 of 10 places or more",),
)
_ER = "e|ent|ait|aient|a|èrent|é|er|era|eront|erait|eraient|ons|ez|ions|iez"
_VERBS = {
    "à": (
        rf"(?:particip|contribu|renonc|renonç|ressembl|accéd|accèd|succéd|succèd|adhér|adhèr|remédi|procéd|procèd)(?:{_ER})"
        r"|résist(?:e|ent|ait|aient|a|é|er|era|eront)|obéi(?:t|r|ssent|ssait|ssaient|ra|ront)?|recou(?:rt|rent|rir|rait|rra|ru)"
        r"|nui(?:re|sent|sait|saient|ra|ront)|appart(?:ient|iennent|enait|enaient|enir|iendra)|équiva(?:ut|lent|lait|udra)"
        r"|parv(?:ient|iennent|enait|enaient|enir|iendra|inrent)"
    ),
    "de": (
        rf"(?:bénéfici|profit|découl|result|résult)(?:{_ER})|dépend(?:ent|ait|aient|ra|ront|re|rait|raient)?"
        r"|prov(?:ient|iennent|enait|enaient|enir|iendra)"
    ),
}
_BARE = r"(?:le|la|les|un|une|cette|cet|ce|ces|son|sa|ses|leurs?|notre|nos|votre|vos) |l'"
_TIME = (
    r"(?!(?:les?|la|l'|une?|ce|cet|cette|ces) ?(?:\d|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|jour|soir"
    r"|matin|nuit|an\b|année|mois|semaine|week-end|été|hiver|printemps|automne|peu|moment|instant|temps|fois|lendemain"
    r"|veille|plus|mieux|moins|premier))"
)
"""What says when rather than what."""
_INVERTED = re.compile(
    r"(?<![\w'-])(?:dont|où|quoi|(?:au|du|aux|des|les?|la)?quell?e?s?|(?:à|de|par|avec|pour) qui|telle?s?|ainsi"
    r"|(?:fait|font|faire|faisant|fera|faisait)(?= \Z))(?![\w-])"
)
_BEFORE_VERB = re.compile(
    r"(?:^|(?<![\w'-])(?:(?:que|ce|là|ici|y|en|lui|leur|me|nous|vous|se) |(?:qu|m|s|t)'))(?:ne |n')?"
    r"(?:(?:a|ont|avait|avaient|aura|aurait|peut|peuvent|doit|doivent) )?\Z"
)
"""What stands right before a verb whose subject follows it, or that has its complement before it."""
_BREAK = re.compile(r"[.!?;:«»()]|, ")
_FRONTED = re.compile(r"\s*(?:[«“\"] ?)?(?:À|A|Au|Aux|De|D'|Du|Des|Plus|Seul)\b")


@cache
def _pattern() -> re.Pattern[str]:
    verbs = "|".join(f"(?P<{'to' if p == 'à' else 'of'}>{v})" for p, v in _VERBS.items())
    return re.compile(rf"(?<![\w'-])(?:{verbs}) {_TIME}(?P<bare>{_BARE})(?P<noun>[\w-]+)")


@dataclass(frozen=True, slots=True)
class Government:
    """FLU106 verbs without the preposition that they need."""

    rules = (PREPOSITION,)

    def find(self, bead: Bead, signals: Signals) -> Iterator[Finding]:  # noqa: ARG002 -- text only
        """One finding a verb, unless its subject may follow it (« dont dépend la suite »)."""
        target = plain(bead.target_text)
        for match in _pattern().finditer(target):
            if _is_inverted(target, match.start()):
                continue
            marked = bead.target_at(match.start(), match.end())
            verb = match["to"] or match["of"]
            phrase = marked.text[len(verb) + 1 :]
            right = french.with_to(phrase) if match["to"] else french.with_of(phrase)
            yield PREPOSITION.finding(
                marked,
                f"« {marked.text} »: « {verb} » takes « {'à' if match['to'] else 'de'} ».",
                fix=f"{marked.text[: len(verb)]} {right}",
            )


def _is_inverted(target: str, start: int) -> bool:
    """A relative, a fronted complement or an object pronoun stands before the verb."""
    before = target[:start]
    breaks = [m.end() for m in _BREAK.finditer(before)]
    clause = before[breaks[-1] :] if breaks else before
    inverted = _INVERTED.search(clause) or _BEFORE_VERB.search(clause)
    return inverted is not None or _FRONTED.match(before) is not None
