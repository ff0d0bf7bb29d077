"""Facts of French that several checks share: verbs of speech, determiners, contraction, function words.

All patterns expect `text.tokens.plain` text (straight apostrophes, ordinary spaces); they are meant for
`re.IGNORECASE` off unless said otherwise, since case carries names.
"""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

_ER_SPEECH = (
    "déclar racont expliqu affirm confi indiqu précis annonc révél rapport confirm répét ajout avou assur estim "
    "signal rétorqu témoign insist"
).split()
"""First-group verbs of speech, without their ending."""

_WITH_A = frozenset(
    "déclar racont expliqu affirm confi indiqu précis annonc révél rapport confirm répét ajout avou signal dire "
    "écrire répondre promettre".split()
)
"""Verbs whose hearer takes « à ». « assurer », « informer » and « avertir » take theirs directly and stay out."""

_IRREGULAR = {
    "dire": ("dit", "dit disent disait disaient dira diront dirent disant"),
    "écrire": ("écrit", "écrit écrivent écrivait écrivaient écrivit écrivirent écrira écriront"),
    "répondre": ("répondu", "répond répondent répondait répondaient répondit répondirent répondra"),
    "promettre": ("promis", "promet promettent promettait promettaient promit promirent promettra"),
    "prévenir": ("prévenu", "prévient préviennent prévenait prévint"),
    "admettre": ("admis", "admet admettent admettait admettaient admit"),
}
_ER_ENDINGS = "e ent ait aient a èrent era eront".split()
_AUXILIARY = "(?:a|ont|avait|avaient|aurait|auraient|ai|avons|avez)"
_ADVERB = (
    "(?:pas|plus|jamais|ensuite|également|aussi|déjà|depuis|récemment|toujours|plus tard|encore|lui-même|elle-même"
    "|simplement|notamment|ainsi)"
)


@dataclass(frozen=True, slots=True)
class SpeechVerb:
    """A verb of speech: its past participle, its finite forms, and whether its hearer takes « à »."""

    participle: str
    finite: frozenset[str]
    needs_a: bool


@cache
def speech_verbs() -> tuple[SpeechVerb, ...]:
    """The verbs of speech this package knows."""
    regular = (
        SpeechVerb(f"{s}é", frozenset(_spell(s, ending) for ending in _ER_ENDINGS), s in _WITH_A) for s in _ER_SPEECH
    )
    irregular = (
        SpeechVerb(participle, frozenset(forms.split()), verb in _WITH_A)
        for verb, (participle, forms) in _IRREGULAR.items()
    )
    return (*regular, *irregular)


def _spell(stem: str, ending: str) -> str:
    """`annonc` + `ait` is « annonçait », `révél` + `e` « révèle »."""
    if stem.endswith("c") and ending[0] == "a":
        return f"{stem[:-1]}ç{ending}"
    if stem[-2] == "é" and ending in {"e", "ent"}:
        return f"{stem[:-2]}è{stem[-1]}{ending}"
    return stem + ending


@cache
def participle_of() -> dict[str, str]:
    """Finite form or participle → participle, of the verbs of speech."""
    table = {form: v.participle for v in speech_verbs() for form in v.finite}
    return table | {v.participle: v.participle for v in speech_verbs()}


def speech_group(*, needs_a: bool = False) -> str:
    """A pattern of one finite verb of speech, simple (group `simple`) or compound (group `compound`, the participle).

    `needs_a`: only verbs whose hearer takes « à ».
    """
    verbs = [v for v in speech_verbs() if v.needs_a or not needs_a]
    simple = "|".join(sorted({form for v in verbs for form in v.finite}, key=len, reverse=True))
    compound = "|".join(sorted({v.participle for v in verbs}, key=len, reverse=True))
    return rf"(?:{_AUXILIARY} (?:{_ADVERB} )?(?P<compound>{compound})|(?P<simple>{simple}))"


CLAUSE_OPENERS = frozenset(
    "que qu' et mais ou car si lorsque lorsqu' quand puisque puisqu' comme selon où dont alors tandis parce".split()
)
"""Words that open a new clause, apart from relative « qui », which is that clause's subject."""

DAYS = frozenset("lundi mardi mercredi jeudi vendredi samedi dimanche hier aujourd'hui".split())

MASCULINE = frozenset("le un ce cet du au aucun".split())
FEMININE = frozenset("la une cette ma ta sa aucune".split())
PLURAL = frozenset("les des ces mes tes ses nos vos leurs aux plusieurs quelques".split())
DETERMINERS = MASCULINE | FEMININE | PLURAL | frozenset("l' mon ton son notre votre leur chaque".split())

_TO = {"le": "au ", "la": "à la ", "l'": "à l'", "les": "aux "}
_OF = {"le": "du ", "la": "de la ", "l'": "de l'", "les": "des "}
_ARTICLE = re.compile(r"(le |la |les |l['’])", re.IGNORECASE)


def with_to(phrase: str) -> str:
    """« à » before a noun phrase, contracted: `le Monde` → `au Monde`, `Axios` → `à Axios`."""
    return _contract(phrase, _TO, "à ")


def with_of(phrase: str) -> str:
    """« de » before a noun phrase, contracted and elided: `le groupe` → `du groupe`, `Axios` → `d’Axios`."""
    return _contract(phrase, _OF, "d’" if phrase[:1].lower() in "aeiouyéèêàâîôû" else "de ")


def _contract(phrase: str, table: dict[str, str], otherwise: str) -> str:
    match = _ARTICLE.match(phrase)
    if not match:
        return otherwise + phrase
    article = match.group(1).strip().lower().replace("’", "'")
    joined = table[article]
    if article == "l'":
        joined = joined[:-1] + match.group(1)[-1]
    return joined + phrase[match.end() :]


Gender = Literal["m", "f"]


@dataclass(frozen=True, slots=True)
class NounForm:
    """What the counts of training/noun_gender.py say of a form. `gender` is None of a form that is plural only.

    `verb`: the form was seen as a verb as well.
    """

    gender: Gender | None
    verb: bool = False


@cache
def noun_forms() -> dict[str, NounForm]:
    """Form → gender and number, of some 8,800 French noun forms; about 5 ms to load, once."""
    packed = files("mtqc.text").joinpath("data/gender.tsv.gz").read_bytes()
    rows = (line.split("\t") for line in gzip.decompress(packed).decode().splitlines())
    return {form: _noun_form(kind) for form, kind in rows if not is_epicene(form)}


_EPICENE = re.compile(
    r".*(?:iste|ique|able|ible|logue|iatre|ographe|crate|phile|phobe|pathe|naute|arque|cide|gène|aire)"
)
"""Endings of persons and adjectives that serve both genders."""
_ONE_GENDER = frozenset(
    """salaire commentaire inventaire formulaire dictionnaire questionnaire anniversaire horaire exemplaire itinéraire
    sommaire affaire grammaire paire vocabulaire honoraire lampadaire calvaire estuaire sanctuaire annuaire séminaire
    glossaire dispensaire aire liste piste république boutique fabrique clinique musique banque politique statistique
    logique technique pratique rubrique réplique polémique table sable câble meuble dialogue catalogue prologue cible
    marque remarque barque suicide acide génocide homicide""".split()
)


def is_epicene(form: str) -> bool:
    """True of a noun whose ending or use serves both genders."""
    return form in BOTH_GENDERS or (form not in _ONE_GENDER and _EPICENE.fullmatch(form) is not None)


def _noun_form(kind: str) -> NounForm:
    if kind == "p":
        return NounForm(None)
    return NounForm("m" if kind in "mM" else "f", verb=kind.islower())


BOTH_GENDERS = frozenset(
    """aide amour après-midi artiste aune auteur barde bulle cadre carpe cartouche chef chèvre collègue couple crêpe
    critique docteur délice écrivain élève enfant enseigne entrevue espace faune faux finale foudre garde geste
    greffe cache numéro gauche droite guide hymne ingénieur interligne juge laque leader livre maire manche
    manoeuvre manœuvre mannequin membre mémoire merci ministre mode moule mousse médecin météorite office œuvre
    oeuvre ombre orange orgue palabre parallèle pendule perce-neige physique platine poêle politique ponte poste
    pourpre professeur pupille radio relâche rose solde somme souris soldat statuaire successeur témoin teneur
    tour triomphe trompette vapeur vase voile water-polo gouverneur sénateur procureur agent assassin magistrat
    député entrepreneur partenaire porte-parole responsable propriétaire actionnaire locataire secrétaire
    commissaire fonctionnaire gens star victime chacun personne tout rien manager modèle saint parlementaire
    capitaine guitariste camarade novice otage proche complice snob athlète architecte adepte pilote interprète
    adulte mineur patriote hôte bénévole stagiaire malade jeune noble sage pauvre riche garant gendarme flic clown
    pianiste dentiste as sosie sage-femme vigile russe belge suisse arabe tchèque slave kurde corse serbe croate
    slovaque bulgare bouddhiste catholique juive juif asiatique celte scandinave mauve autre triple double simple
    même tel seul plus moins bien mal peu tiers quart qui que dont quoi lequel depuis malgré sauf devant étant
    pendant durant seront sont être avoir avant après suite cours demi bas haut fort fois""".split()
)
"""Nouns of both genders (by meaning, by person, or unsettled in use) and words that are nouns only at times."""
