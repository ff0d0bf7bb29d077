"""Agreement beyond the article: adjective after its noun, participle after être, verb after its subject."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mtqc.checks.agreement_clauses_examples import ADJECTIVE_EXAMPLES, PREDICATE_EXAMPLES, VERB_EXAMPLES
from mtqc.checks.agreement_words import (
    ANTECEDENTS,
    AVOIR,
    CLITICS,
    COLLECTIVE,
    COLOURS,
    ETRE,
    INVARIABLE,
    LOOSE,
    MODAL,
    OPENERS,
    PRONOUNS,
    REFLEXIVE,
    TEMPORAL,
)
from mtqc.model import Bead, Category, Finding, Severity, Signals
from mtqc.rules import Rule
from mtqc.text.french_forms import FEMININE, MASCULINE, PLURAL, SINGULAR, spelt
from mtqc.text.french_phrases import (
    CHAINING,
    DETERMINERS,
    FUNCTION,
    PRENOMINAL,
    PREPOSITIONS,
    Phrase,
    Sentence,
    sentence_of,
)
from mtqc.text.tokens import plain

_FORMS = ("training/french_forms.py: simplemma’s lexicon and 1.2 million French sentences",)
ADJECTIVE = Rule(
    code="FLU405",
    name="adjective-agreement",
    category=Category.AGREEMENT,
    severity=Severity.MINOR,
    summary="The adjective after a noun has not the noun’s gender or number.",
    rationale="« des mesures économique », « une décision important »: small words on the page, but readers stop.",
    examples=ADJECTIVE_EXAMPLES,
    confidence=0.8,
    sources=_FORMS,
)
PREDICATE = Rule(
    code="FLU406",
    name="predicate-agreement",
    category=Category.AGREEMENT,
    severity=Severity.MINOR,
    summary="The participle or adjective after « être » does not agree with the subject.",
    rationale="Engines lose the subject’s gender and number on the way: « la décision a été pris ».",
    examples=PREDICATE_EXAMPLES,
    confidence=0.8,
    sources=_FORMS,
)
VERB = Rule(
    code="FLU407",
    name="verb-number",
    category=Category.AGREEMENT,
    severity=Severity.MINOR,
    summary="The verb is singular and its subject plural, or the other way round.",
    rationale="« les chiffres montre », « il sont »: the reader looks for another subject.",
    examples=VERB_EXAMPLES,
    confidence=0.8,
    sources=_FORMS,
)

_NUMBER = {SINGULAR: "singular", PLURAL: "plural"}


@dataclass(frozen=True, slots=True)
class Clauses:
    """FLU405 adjectives, FLU406 participles and adjectives after être, FLU407 number of the verb."""

    rules = (ADJECTIVE, PREDICATE, VERB)

    def find(self, bead: Bead, signals: Signals) -> Iterator[Finding]:  # noqa: ARG002 -- text only
        """At most one finding a noun phrase and one a subject."""
        sentence = sentence_of(plain(bead.target_text))
        if _is_heading(sentence):
            return
        seen: set[int] = set()
        for i, word in enumerate(sentence.words):
            if bead.target_start + word.end in seen:
                continue
            for found in _at(bead, sentence, i):
                if found.target.span.end not in seen:
                    seen.add(found.target.span.end)
                    yield found


def _at(bead: Bead, s: Sentence, i: int) -> Iterator[Finding]:
    """Findings about the phrase, the pronoun or the auxiliary that word i starts."""
    norm = s.norms[i]
    if norm in DETERMINERS:
        if s.joined(i + 1):
            yield from _superlative(bead, s, i)
            phrase = s.phrase(i)
            if phrase is not None:
                found = list(_adjective(bead, s, phrase))
                yield from found or _after_phrase(bead, s, phrase)
    elif norm in PRONOUNS:
        yield from _after_pronoun(bead, s, i)
    elif norm == "qui":
        yield from _after_antecedent(bead, s, i)
    elif norm in _AUXILIARY:
        yield from _auxiliary(bead, s, i)


def _is_heading(sentence: Sentence) -> bool:
    capitals = sum(w.is_capital for w in sentence.words)
    return len(sentence) < 3 or 2 * capitals > len(sentence)


def _adjective(bead: Bead, s: Sentence, phrase: Phrase) -> Iterator[Finding]:
    """FLU405: the adjectives that follow the noun, unless an earlier noun of the chain explains them."""
    head = s.norms[phrase.noun]
    if (
        phrase.stop == phrase.noun + 1
        or head in LOOSE | {"gens"}
        or _is_adverbial(s, phrase)
        or _is_pronoun(s, phrase.start)
    ):
        return
    if s.is_name(phrase.noun) and "-" in head:
        return
    wanted = phrase.cells
    for k in range(phrase.noun + 1, phrase.stop):
        form = s.forms[k]
        if (form.describes | form.noun) & wanted or s.norms[k] in INVARIABLE:
            continue
        if not _is_attributive(s, phrase, k):
            continue
        if s.norms[k] in COLOURS or _is_verbal(s, k) or _opens_compound(s, k):
            continue
        if _goes_with_earlier(s, phrase, k) or _is_coordinated(s, phrase, k):
            continue
        yield ADJECTIVE.finding(
            bead.target_at(s.words[phrase.start].start, s.words[k].end),
            f"« {s.norms[k]} » does not agree with « {s.norms[phrase.noun]} » ({_describe(wanted)}).",
            fix=_fix(bead, s, phrase.start, k, wanted),
        )
        return


def _is_adverbial(s: Sentence, phrase: Phrase) -> bool:
    """« les routes étaient ce matin praticables »."""
    return s.norms[phrase.noun] in TEMPORAL and s.norms[phrase.start] in {
        "ce",
        "cet",
        "cette",
        "chaque",
        "un",
        "l'",
        "le",
    }


def _is_attributive(s: Sentence, phrase: Phrase, k: int) -> bool:
    """True of an adjective, or of a word that is a noun as well and that no reading lets stand here."""
    form = s.forms[k]
    if s.forms[phrase.noun].adjective and form.participle:  # « votre magnifique tapis »
        return False
    if s.is_adjective(k):
        return True
    own = _RELATIONAL.match(s.norms[k]) or _NATIONAL.match(s.norms[k])
    return s.may_describe(k) and own is not None


def _opens_compound(s: Sentence, k: int) -> bool:
    """« des réseaux grand public », « le plus de pays possible »."""
    if s.norms[k] == "possible":
        return bool({"plus", "moins", "mieux"} & set(s.norms[max(0, k - 6) : k]))
    return s.norms[k] in PRENOMINAL and s.joined(k + 1) and bool(s.forms[k + 1].noun)


def _is_verbal(s: Sentence, k: int) -> bool:
    """« des gens gagnant peu »: a present participle, which has an object or an adverb and never agrees."""
    return s.norms[k].endswith("ant") and s.joined(k + 1) and s.norms[k + 1] not in _AFTER_ADJECTIVE


_COMPLEMENT = frozenset("de d' du des à au aux en pour par".split())
_LOOSELY = CHAINING | {"sur", "pour", "par", "à"}
_AFTER_ADJECTIVE = frozenset("et ou mais qui que qu' dont où".split())
_NATIONAL = re.compile(r".{3,}(?:aise?|oise?|ien|ienne|aine?|éen|éenne|ande?)s?\Z")
_RELATIONAL = re.compile(r".{2,}(?:al|ale|aux|ales|els?|elles?|iques?|aires?|ifs?|ives?|iers?|ières?|oires?)\Z")


def _superlative(bead: Bead, s: Sentence, i: int) -> Iterator[Finding]:
    """« les choses les plus décevants », « la plus grand »: the article before « plus » says what its adjective is."""
    k = i + 2
    if s.norms[i] not in {"la", "les"} or not s.joined(k) or s.norms[i + 1] not in {"plus", "moins"}:
        return
    cells = DETERMINERS[s.norms[i]]
    noun = s.phrase_before(i)
    if noun is not None and not s.chained(noun) and noun.cells & cells:
        cells &= noun.cells
    if not s.is_adjective(k) or s.forms[k].describes & cells or s.norms[k] in INVARIABLE | {"possible"}:
        return
    yield ADJECTIVE.finding(
        bead.target_at(s.words[i].start, s.words[k].end),
        f"« {s.norms[k]} » does not agree with « {s.norms[i]} {s.norms[i + 1]} » ({_describe(cells)}).",
        fix=_fix(bead, s, i, k, cells),
    )


def _goes_with_earlier(s: Sentence, phrase: Phrase, k: int) -> bool:
    """« le taux de chômage élevé », « le ministère de la Défense américain ».

    Participles, adjectives with a complement and those of quality may; adjectives of kind (« nationale ») stay close.
    """
    form, after = s.forms[k], s.norms[k + 1] if s.joined(k + 1) else ""
    if form.participle or after in _COMPLEMENT:
        return bool(form.describes & s.chained(phrase, _LOOSELY))
    close = k == phrase.noun + 1 and _RELATIONAL.match(s.norms[k])
    return bool(form.describes & s.chained(phrase)) and not close


def _is_coordinated(s: Sentence, phrase: Phrase, k: int) -> bool:
    """« les secteurs public et privé », « le père et la mère inquiets »: number and gender are settled by both."""
    if k + 2 < len(s) and (s.norms[k + 1] in {"et", "ou"} or s.gap(k + 1).strip() == ","):
        other = k + 1 if s.gap(k + 1).strip() else k + 2
        closed = (DETERMINERS.keys() | PREPOSITIONS | FUNCTION) - {"de", "d'"}
        noun = s.norms[other] in closed or s.forms[other].verb
        if not noun and (s.forms[other].describes or other == k + 2):
            return bool(s.forms[k].describes & SINGULAR and phrase.cells & PLURAL)
    first = phrase.start - (phrase.start > 0 and s.norms[phrase.start - 1] in PREPOSITIONS)
    listed = s.joined(first) and s.norms[first - 1] in {"et", "ou", "ni"}
    return listed and bool(s.forms[k].describes & PLURAL)


def _is_pronoun(s: Sentence, i: int) -> bool:
    """« il les porte », « ne la rend pas »: an object, no article."""
    return (
        i > 0
        and s.norms[i] in {"le", "la", "les", "l'", "leur"}
        and s.norms[i - 1] in (PRONOUNS.keys() | CLITICS | {"je", "j'", "tu", "qui"})
    )


def _after_phrase(bead: Bead, s: Sentence, phrase: Phrase) -> Iterator[Finding]:
    """FLU406 and FLU407 where the phrase opens its clause."""
    opened = _opening(s, phrase.start)
    head = s.norms[phrase.noun]
    if opened is None or head in LOOSE | TEMPORAL | {"majorité", "minorité", "moitié"} or _is_pronoun(s, phrase.start):
        return
    if s.norms[phrase.start] in {"du", "au", "aux"} or (opened and s.norms[phrase.start] == "des"):
        return
    stop = _complements(s, phrase.stop)
    if stop > phrase.stop and (not phrase.sure or head in COLLECTIVE):
        return
    yield from _clause(bead, s, _Subject(phrase.start, stop, phrase.cells, head, listed=opened))


_COMPARING = frozenset("ainsi même plus moins aussi autant tel telle tels telles autre autres davantage".split())


def _opening(s: Sentence, i: int) -> bool | None:
    """None where word i opens no clause; else whether the words before may add a second subject to it."""
    if i == 0:
        return False
    gap, before = s.gap(i), s.norms[i - 1]
    if gap.startswith(('"', "»", "”", "’", ")")):
        return None
    if gap.strip():
        return False if any(c in gap for c in '.!?;:…«“"(—–') else True if "," in gap else None
    if before in {"tout", "toute", "tous", "toutes"}:
        return _opening(s, i - 1)
    if before in OPENERS:
        return before in {"que", "qu'"} and not _COMPARING.isdisjoint(s.norms[max(0, i - 5) : i - 1])
    return True if before in {"et", "ou", "ni"} else None


def _complements(s: Sentence, stop: int) -> int:
    """Past the complements of a noun: « des droits de l'homme », « à Paris », « d'Emmanuel Macron »."""
    while s.joined(stop) and (s.norms[stop] in {"de", "d'", "du", "des", "à", "au", "aux", "en"}):
        inner = None
        at = stop if s.norms[stop] in {"du", "des", "au", "aux"} else stop + 1
        if s.joined(at) or at == stop:
            inner = s.phrase(at)
        if inner is not None:
            stop = inner.stop
            continue
        at = stop + 1
        if not s.joined(at) or s.norms[at] in FUNCTION or s.norms[at] in PREPOSITIONS:
            return stop
        if not (s.forms[at].noun or s.is_name(at)) or s.forms[at].verb:
            return stop
        stop = at + 1
        while s.joined(stop) and (s.is_adjective(stop) or s.is_name(stop)):
            stop += 1
    return stop


def _after_pronoun(bead: Bead, s: Sentence, i: int) -> Iterator[Finding]:
    before = s.norms[i - 1] if s.joined(i) else ""
    if before in PREPOSITIONS or before in {"et", "ou", "ni", "c'est", "est", "sont"} or before.endswith("-"):
        return
    yield from _clause(bead, s, _Subject(i, i + 1, PRONOUNS[s.norms[i]], s.norms[i]))


def _after_antecedent(bead: Bead, s: Sentence, i: int) -> Iterator[Finding]:
    """« ceux qui », « celle qui », and a noun right before « qui »."""
    if not s.joined(i) or i == 0:
        return
    known = ANTECEDENTS.get(s.norms[i - 1])
    if known and (i < 2 or s.norms[i - 2] not in {"et", "ou"}):
        yield from _clause(bead, s, _Subject(i - 1, i + 1, known, f"{s.norms[i - 1]} qui"))
    noun = None if known else s.phrase_before(i)
    if noun is None or s.chained(noun) or s.norms[noun.noun] in LOOSE | TEMPORAL | COLLECTIVE:
        return
    before = s.norms[noun.start - 1] if s.joined(noun.start) else ""
    if s.norms[noun.start] in {"du", "des", "au", "aux"} or before in PREPOSITIONS | {"et", "ou", "ni"}:
        return  # « une chanson de l’album qui est connue »
    yield from _predicate(bead, s, _Subject(noun.start, i + 1, noun.cells, f"{s.norms[noun.noun]} qui"), i + 1)


@dataclass(frozen=True, slots=True)
class _Subject:
    """Words [start, stop), what they can be, the word to name it by; `listed`: there may be another subject before."""

    start: int
    stop: int
    cells: int
    name: str
    listed: bool = False


def _clause(bead: Bead, s: Sentence, subject: _Subject) -> Iterator[Finding]:
    """The verb after the subject, pronouns and « ne » passed over, and what « être » says of the subject."""
    at, reflexive = subject.stop, False
    while s.joined(at) and s.norms[at] in CLITICS:
        reflexive |= s.norms[at] in REFLEXIVE
        at += 1
    if not s.joined(at):
        return
    found = list(_verb(bead, s, subject, at))
    yield from found
    if not found and not reflexive and subject.name != "on":
        yield from _predicate(bead, s, subject, at)


def _verb(bead: Bead, s: Sentence, subject: _Subject, at: int) -> Iterator[Finding]:
    form, cells = s.forms[at], subject.cells
    number = form.verb or (form.rare_verb if form.rare_verb == SINGULAR else 0)
    wanted = PLURAL if not cells & SINGULAR else SINGULAR if not cells & PLURAL else 0
    if not number or not wanted or number & wanted or (subject.listed and wanted == SINGULAR):
        return
    if s.norms[at - 1] == "en" and subject.stop == at - 1 and subject.name not in PRONOUNS:
        return  # « les mises en garde »
    if subject.start and s.joined(subject.start) and s.norms[subject.start - 1] in {"et", "ou", "ni"}:
        return  # « la différence entre le bassin et les hanches est »
    if s.is_name(at) or (form.describes & wanted) or s.norms[at] in PREPOSITIONS:
        return
    yield VERB.finding(
        bead.target_at(s.words[subject.start].start, s.words[at].end),
        f"« {s.norms[at]} » is {_NUMBER[number]}, its subject « {subject.name} » is {_NUMBER[wanted]}.",
    )


def _predicate(bead: Bead, s: Sentence, subject: _Subject, at: int) -> Iterator[Finding]:
    k = _past_etre(s, at) if s.joined(at) else None
    while k is not None and s.joined(k) and s.is_adverb(k):
        k += 1
    if k is None or not s.joined(k):
        return
    form, norm = s.forms[k], s.norms[k]
    if not form.describes or form.describes & subject.cells or _is_set(s, k):
        return
    if form.noun and not (form.participle and (s.norms[k - 1] == "été" or norm.endswith(("e", "s")))):
        return
    several = subject.listed and not s.forms[at].verb & SINGULAR  # « le maire et les conseillères sont venus »
    if (several and form.describes & PLURAL) or (subject.listed and s.norms[subject.start].startswith("aucun")):
        return
    if s.joined(k + 1) and not form.participle and s.forms[k + 1].noun:
        return
    yield PREDICATE.finding(
        bead.target_at(s.words[k].start, s.words[k].end),
        f"« {norm} » does not agree with its subject « {subject.name} » ({_describe(subject.cells)}).",
        fix=spelt(norm, subject.cells) or None,
    )


_AUXILIARY = {
    **dict.fromkeys("est était sera serait fut a avait aura aurait".split(), SINGULAR),
    **dict.fromkeys("sont étaient seront seraient furent ont avaient auront auraient".split(), PLURAL),
}


def _auxiliary(bead: Bead, s: Sentence, at: int) -> Iterator[Finding]:
    """« est arrivés », « ont été trouvé »: the participle has another number than its auxiliary."""
    k = None if _knows_subject(s, at) else _past_etre(s, at)
    while k is not None and s.joined(k) and s.is_adverb(k):
        k += 1
    if k is None or not s.joined(k) or _is_set(s, k):
        return
    form, wanted = s.forms[k], _AUXILIARY[s.norms[at]]
    if not form.participle or (form.noun and s.norms[k - 1] != "été") or form.describes & wanted:
        return
    yield PREDICATE.finding(
        bead.target_at(s.words[k].start, s.words[k].end),
        f"« {s.norms[k]} » is {_NUMBER[wanted ^ (SINGULAR | PLURAL)]}, « {s.norms[at]} » is not.",
        fix=spelt(s.norms[k], wanted) or None,
    )


def _knows_subject(s: Sentence, at: int) -> bool:
    """A pronoun or reflexive before the verb: judged with its subject, or by other rules (« on est arrivés »)."""
    before = s.norms[max(0, at - 3) : at]
    return not {"on", "nous", "vous", "se", "s'", "c'", "ce", *PRONOUNS}.isdisjoint(before)


def _is_set(s: Sentence, k: int) -> bool:
    """« bien sûr », « debout », « fort »: never agrees."""
    norm = s.norms[k]
    return norm in INVARIABLE or norm in FUNCTION or (norm in {"sûr", "entendu"} and s.norms[k - 1] == "bien")


def _past_etre(s: Sentence, at: int) -> int | None:
    """The word after « est », « a été », « doit être », « pourrait avoir été »."""
    norm = s.norms[at]
    if norm in ETRE:
        return at + 1
    k = at + 1
    while s.joined(k) and s.is_adverb(k):
        k += 1
    if not s.joined(k):
        return None
    if norm in AVOIR and s.norms[k] == "été":
        return k + 1
    if norm in MODAL and s.norms[k] == "être":
        return k + 1
    return None


def _describe(cells: int) -> str:
    gender = "masculine" if not cells & FEMININE else "feminine" if not cells & MASCULINE else ""
    number = "singular" if not cells & PLURAL else "plural" if not cells & SINGULAR else ""
    return " ".join(x for x in (gender, number) if x) or "either gender"


def _fix(bead: Bead, s: Sentence, start: int, k: int, cells: int) -> str | None:
    right = spelt(s.norms[k], cells)
    return bead.target_text[s.words[start].start : s.words[k].start] + right if right else None
