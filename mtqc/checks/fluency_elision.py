"""Elision and contraction: « le entreprise », « que il », « de Altman », « l’héros », « de le ministre »."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mtqc.checks.fluency_examples import CONTRACTION_EXAMPLES, ELISION_EXAMPLES
from mtqc.model import Bead, Category, Finding, Fix, Severity, Signals
from mtqc.rules import Rule
from mtqc.text.french import BOTH_GENDERS
from mtqc.text.french_forms import form_of
from mtqc.text.french_phrases import PRENOMINAL
from mtqc.text.french_words import is_french
from mtqc.text.tokens import plain

ELISION = Rule(
    code="FLU503",
    name="missing-elision",
    category=Category.GRAMMAR,
    severity=Severity.MINOR,
    summary="A word is not elided before a vowel or a silent h, or is elided before an h that forbids it.",
    rationale="« la entreprise », « que il », « l’héros » are mistakes in any French.",
    examples=ELISION_EXAMPLES,
    confidence=0.95,
)
CONTRACTION = Rule(
    code="FLU505",
    name="missing-contraction",
    category=Category.GRAMMAR,
    severity=Severity.MINOR,
    summary="« de » or « à » stands before « le » or « les » without contracting.",
    rationale="French says « du ministre » and « aux États »; « de le » is right before an infinitive alone.",
    examples=CONTRACTION_EXAMPLES,
    confidence=0.95,
)

_SILENT_H = (
    "habi[lt]|haleine|hallucin|haltère|harmoni|hebdo|hect|hél[ia]|héma|hémi|hémo|herb|hérédit|hérit|hermét|héroïne|héroïque"
    "|héroïsme|hésit|hétéro|heur(?!t)|hexa|hier|histoir|histor|hiver|homm|homi[cn]|homo|honn[êe]t|honneur|honor|hôp|hôtel"
    "|hôte|horaire|horizon|horlog|hormon|horoscop|horr|hospi|hostil|huil|huissier|huître|humain|human|humbl|humeur|humid"
    "|humili|humour|humour|hydr|hygiène|hymne|hyper|hypno|hypo|hystér"
)
"""Beginnings of words with a silent h, before which one elides."""
_ASPIRATED_H = (
    "hache|haie|haine|haineux|haïr|hall|halte|hamac|hamburger|hameau|hamster|hanche|hand-ball|handball|handicap\\w*|hangar"
    "|hanté\\w*|harcèlement|hareng|haricots?|harpe|hasard\\w*|hâte|hausse|haut\\w*|havre|hernie|héron|héros|herse|hêtre|hibou"
    "|hiérarchi\\w*|hippie|hobby|hochet|hockey|hollandais\\w*|homard|hongrois\\w*|hont\\w*|hors|hors-d'œuvre|housse|huit|huitième"
    "|huitaine|hurl\\w*|hutte|onze|onzième"
)
_VOWELS = "aeiouéèêàâîïôöûüœæ"
_LOWER = "a-zàâäçéèêëîïôöùûüœæ"
_NO_ELISION = frozenset(
    "onze onzième onzièmes oui ouistiti ouistitis ouate uhlan un une uns unes et ou où à au aux a y ululement yaourt"
    " ii iii iv ix".split()
)
"""Before these « le », « la » and « de » stay whole, or stand for something else (« le ou les », « de un à dix »)."""
NAME_CONFIDENCE = 0.5
"""Before names: in machine-translated reviews annotators marked 15 of 31, mostly brands."""
_H = rf"(?:{_SILENT_H})[\w-]*"
_NAME = rf"(?:[AEIÉÈÊOUÎÔ][{_LOWER}][\w-]*|[AEIOU][A-Z]+|[ie][A-Z]\w+)"
_ENGLISH_SOUND = re.compile(r"(?:Uni|Use|Uta|Uk|Ub|Eu|Ew|Oua|Oue|Oui|One|Once|UN|UK)")
"""Names that may start with a consonant one hears (“Uber”, “Ouagadougou”), unless they are French words."""
_FULL = re.compile(
    rf"(?<![\w'-])(?:(?P<any>(?i:le|la|de)) (?P<word>[{_VOWELS}][{_LOWER}-]+|{_H})"
    rf"|(?P<of>(?i:le|la|de|que)) (?P<name>{_NAME})"
    rf"|(?P<that>(?i:que|lorsque|puisque|quoique|parce que|jusque)) (?P<next>[ày]|[{_VOWELS}][\w-]+|{_H})"
    rf"|(?P<pronoun>(?i:ne|se|me|te|je)) (?P<verb>[ay](?![\w-])|[{_VOWELS}][\w-]+|{_H})"
    r"|(?P<ce>[Cc]e) (?P<être>est|était|étaient)"
    r"|(?P<si>[Ss]i) (?P<il>ils?)"
    r")(?![\w'·@.-]\w|[·'])"
)
_WRONG = re.compile(rf"(?<![\w'-])(?P<clitic>[LlDdJjNnSs]|[Qq]u)'(?P<word>{_ASPIRATED_H})(?![\w'-])")
_WHOLE = {"l": "le", "d": "de", "j": "je", "n": "ne", "s": "se", "qu": "que"}
_SUBJECTS = frozenset("il ils elle elles on un une en".split())
_BEFORE_FEW = dict.fromkeys(("lorsque", "puisque", "quoique"), _SUBJECTS) | {
    "jusque": frozenset("à au aux en ici alors".split())
}
"""Conjunctions that need not be elided before other words."""
_NOT_ELIDED_NEXT = frozenset("onze onzième onzièmes oui huit".split())
_UNCONTRACTED = re.compile(
    rf"(?<![\w'-])(?P<prep>[Dd]e|[ÀAà]) (?P<article>les?) (?P<next>[{_LOWER}][\w'-]*|[A-ZÀ-Ý][\w-]+)"
    rf"(?: (?P<after>[{_LOWER}][\w-]*))?"
)
_INFINITIVES = frozenset(
    "avoir baiser boire conseiller coucher déjeuner devoir dîner goûter lever manger parler penser pouvoir rire savoir"
    " sourire souper toucher vouloir être faire dire".split()
)
"""Infinitives that are nouns as well: « de le savoir » is right."""
_CLITICS = frozenset("lui leur en y plus moins mieux bien mal trop tout pas".split())
_CONTRACTED = {("de", "le"): "du", ("de", "les"): "des", ("à", "le"): "au", ("à", "les"): "aux"}


@dataclass(frozen=True, slots=True)
class Elision:
    """FLU503 elision, FLU505 contraction."""

    rules = (ELISION, CONTRACTION)

    def find(self, bead: Bead, signals: Signals) -> Iterator[Finding]:  # noqa: ARG002 -- text only
        """One finding a place."""
        target = plain(bead.target_text)
        yield from _missing(bead, target)
        yield from _forbidden(bead, target)
        yield from _contraction(bead, target)


def _missing(bead: Bead, target: str) -> Iterator[Finding]:
    for match in _FULL.finditer(target):
        first = next(match[g] for g in ("any", "of", "that", "pronoun", "ce", "si") if match[g])
        if not _elides(match, first.lower(), bead.source_text):
            continue
        marked = bead.target_at(match.start(), match.end())
        rest = marked.text[len(first) + 1 :]
        yield ELISION.finding(
            marked,
            f"« {marked.text} »: « {first} » is elided here.",
            confidence=NAME_CONFIDENCE if match["of"] else None,
            fix=Fix(
                marked, f"{first[:-1]}’{rest}", safe=match["of"] is None and not (match["word"] or "").endswith("s")
            ),
        )


def _elides(match: re.Match[str], first: str, source: str) -> bool:
    if word := match["word"]:
        if word in {"un", "une"}:
            return _before_one(match, first)
        return word not in _NO_ELISION and word[1] != "-" and is_french(word)
    if match["of"]:
        return _before_name(match, source)
    if word := match["verb"]:
        return word in {"a", "y"} or (word not in _NO_ELISION and is_french(word))
    if first in _BEFORE_FEW:
        return match["next"] in _BEFORE_FEW[first]
    word = match["next"] or ""
    return not word or word == "à" or (word not in _NOT_ELIDED_NEXT and len(word) > 1 and is_french(word))


def _before_one(match: re.Match[str], first: str) -> bool:
    """« de un à dix » counts, « la une » is a front page; « le un des plus grands » and « de une ville » are slips."""
    after = match.string[match.end() :].split(None, 1)
    following = after[0] if after else ""
    if first == "de":
        return following[:1].isalpha() and following not in {"à", "pour", "sur", "ou", "et", "pourcent"}
    return following in {"des", "de"} and match["word"] == "un"


def _before_name(match: re.Match[str], source: str) -> bool:
    """Not inside a name: “Simone de Avila”, « Rescate de Espacios », or one that the English spells so."""
    before = match.string[: match.start()].rsplit(None, 1)
    inside = bool(before) and before[-1][0].isupper()
    english = _ENGLISH_SOUND.match(match["name"]) and not is_french(match["name"].lower())
    return not inside and not english and f"{match['of']} {match['name']}" not in source


def _forbidden(bead: Bead, target: str) -> Iterator[Finding]:
    for match in _WRONG.finditer(target):
        marked = bead.target_at(match.start(), match.end())
        clitic = _WHOLE[match["clitic"].lower()]
        shown = "le” or “la" if clitic == "le" else clitic
        fix = Fix(marked, f"{clitic} {match['word']}") if clitic != "le" else None
        yield ELISION.finding(marked, f"« {marked.text} »: nothing is elided before this word (“{shown}”).", fix=fix)


def _contraction(bead: Bead, target: str) -> Iterator[Finding]:
    for match in _UNCONTRACTED.finditer(target):
        if not _is_noun(match["next"], match["after"] or "") or f"le {match['next']}" in bead.source_text:
            continue
        preposition = "de" if match["prep"].lower() == "de" else "à"
        new = _CONTRACTED[preposition, match["article"]]
        marked = bead.target_at(match.start(), match.end("next"))
        fixed = (new.capitalize() if match["prep"][0].isupper() else new) + marked.text[
            match.end("article") - match.start() :
        ]
        yield CONTRACTION.finding(
            marked,
            f"« {marked.text} »: « {match['prep']} {match['article']} » becomes « {new} ».",
            fix=Fix(marked, fixed, safe=True),
        )


def _is_noun(word: str, after: str) -> bool:
    """A noun, or an adjective before one; an infinitive takes « le » and « les » as its objects."""
    if word[0].isupper():
        return True
    if word in PRENOMINAL:
        return bool(form_of(after).noun)
    form = form_of(word)
    if word in _INFINITIVES or word in _CLITICS or (word.endswith("er") and form_of(f"{word[:-2]}é").participle):
        return False
    known = bool(form.noun) or word in BOTH_GENDERS
    return (known or not word.endswith(("ir", "re"))) and not form.verb and is_french(word)
