"""Clauses that fell apart: two finite verbs in a row, an auxiliary before a finite verb, a sentence without a verb."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from mtqc.checks.garble_examples import NO_VERB_EXAMPLES, TWO_VERBS_EXAMPLES
from mtqc.model import Bead, Category, Finding, Severity, Signals
from mtqc.rules import Rule
from mtqc.text.french_forms import NOTHING, form_of
from mtqc.text.french_phrases import DETERMINERS, PREPOSITIONS, Sentence, sentence_of
from mtqc.text.tokens import plain

TWO_VERBS = Rule(
    code="FLU104",
    name="two-verbs-in-a-row",
    category=Category.GARBLED,
    severity=Severity.MAJOR,
    summary="Two finite verbs stand side by side in a clause that has no relative pronoun or conjunction.",
    rationale="« la protéine entraîne provoque un accroissement », « il aurait déclencherait »: one is too many.",
    examples=TWO_VERBS_EXAMPLES,
    confidence=0.8,
    sources=("training/french_forms.py: simplemma’s lexicon and 1.2 million French sentences",),
)
NO_VERB = Rule(
    code="FLU105",
    name="no-verb",
    category=Category.GARBLED,
    severity=Severity.NEUTRAL,
    summary="A full English sentence has a finite verb, its French counterpart seems to have none.",
    rationale="A dropped verb leaves a heap of phrases; a free translator may nominalise, so this is a suspicion.",
    examples=NO_VERB_EXAMPLES,
    confidence=0.4,
    sources=TWO_VERBS.sources,
)
_SUBORDINATING = frozenset(
    "qui que qu' dont où quoi quand si s' comme lorsque lorsqu' puisque puisqu' pourquoi comment combien quoique ce c'"
    " celui celle ceux celles quel quelle quels quelles plus moins autant".split()
)
"""Words after which a clause of its own may end right before the main verb: « ce qu’il dit est vrai »."""
_FREE = frozenset(
    "soit peut va vaut vont fait dit semble vive reste ressort pouvait font laisse laissent voit sent".split()
)
"""Verbs that take another form of verb directly, or stand in set phrases (« peut être », « vaut mieux »)."""
_AUXILIARIES = frozenset(
    "a ont avait avaient aura auront aurait auraient ait aient est sont était étaient sera seront serait seraient fut"
    " furent soit soient doit doivent peut peuvent va vont".split()
)
_FINITE_ENDING = re.compile(r"(?:ait|aient|e|[^aeiou]ent|ssit|nit)\Z")
_BREAK = re.compile(r"[.!?;:…«»“”\"(),—–\[\]]| - ")
_ENGLISH_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|should|must|may|might|did|does|do|said|says)\b|n't\b"
)
_NOT_A_VERB = re.compile(r"(?:é|ée|és|ées|ant|er|ir|re|oir|ment)\Z")
_OPEN_END = re.compile(r"[.!]\s*\Z")


@dataclass(frozen=True, slots=True)
class Garble:
    """FLU104 two verbs in a row, FLU105 no verb.

    `words`: the fewest words of a French sentence that must have a verb.
    """

    words: int = 9
    rules = (TWO_VERBS, NO_VERB)

    def find(self, bead: Bead, signals: Signals) -> Iterator[Finding]:  # noqa: ARG002 -- text only
        """One finding a pair of verbs, and one of a bead without a verb."""
        sentence = sentence_of(plain(bead.target_text))
        yield from _two_verbs(bead, sentence)
        if len(sentence) >= self.words and self._lacks_verb(bead, sentence):
            text = bead.target_text.strip()
            at = bead.target_text.index(text)
            yield NO_VERB.finding(
                bead.target_at(at, at + len(text)), "No finite verb is seen in this sentence; the English one has one."
            )

    def _lacks_verb(self, bead: Bead, s: Sentence) -> bool:
        if not _OPEN_END.search(bead.target_text) or len(bead.source) != 1 or len(bead.target) != 1:
            return False
        return not any(_may_be_finite(n) for n in s.norms) and _ENGLISH_FINITE.search(bead.source_text) is not None


def _two_verbs(bead: Bead, s: Sentence) -> Iterator[Finding]:
    subordinate = False
    for i in range(1, len(s)):
        if _BREAK.search(s.gap(i)):
            subordinate = False
        subordinate |= s.norms[i - 1] in _SUBORDINATING or s.norms[i] in _SUBORDINATING
        if subordinate or not s.joined(i) or not (_is_finite(s, i) and _is_finite(s, i - 1)):
            continue
        if s.norms[i - 1] in _FREE or not _clash(s, i):
            continue
        marked = bead.target_at(s.words[i - 1].start, s.words[i].end)
        yield TWO_VERBS.finding(marked, f"« {marked.text} »: two finite verbs with nothing between them.")


def _clash(s: Sentence, i: int) -> bool:
    """Not a noun the table lacks before its verb (« l’enseigne ferme »), nor a participle it lacks (« a étreint »)."""
    first, second, before = s.norms[i - 1], s.norms[i], s.norms[i - 2] if i > 1 else ""
    if first in _AUXILIARIES:
        return _FINITE_ENDING.search(second) is not None
    if not first.endswith("e"):
        return True
    article = before in DETERMINERS or before in PREPOSITIONS or (i > 1 and s.forms[i - 2].adjective)
    return second not in _AUXILIARIES and not article


def _is_finite(s: Sentence, i: int) -> bool:
    """True of what can be nothing but a verb in the third person."""
    form, norm = s.forms[i], s.norms[i]
    only = form.verb and not (form.noun or form.describes or form.rare_verb)
    if norm.endswith("e") and any(
        form_of(m) != NOTHING for m in (norm[:-1], norm[:-2] + "f")
    ):  # « présente », « active »
        return False
    return bool(only) and norm not in PREPOSITIONS and not s.is_name(i) and "-" not in norm and not s.is_adverb(i)


@lru_cache(maxsize=1 << 14)
def _may_be_finite(norm: str) -> bool:
    """True of what may be a finite verb of any person, « voilà » among them."""
    form = form_of(norm)
    if (
        form.verb
        or form.rare_verb
        or norm in {"voici", "voilà", "suis", "es", "ai", "as", "êtes", "sommes"}
        or "-" in norm
    ):
        return True
    if norm.endswith(("ons", "ez")):
        return True
    if _NOT_A_VERB.search(norm) or len(norm) < 3:
        return False
    from simplemma import lemmatize

    return _NOT_A_VERB.search(lemmatize(norm, lang="fr")) is not None
