"""Article and noun that disagree in gender or number: « une fil », « un importante décision », « les décision »."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from mtqc.checks.agreement_examples import GENDER_EXAMPLES, NUMBER_EXAMPLES
from mtqc.model import Bead, Category, Finding, Severity, Signals
from mtqc.rules import Rule
from mtqc.text import french
from mtqc.text.french_forms import MASCULINE, PLURAL, SINGULAR, Form, form_of
from mtqc.text.french_phrases import DETERMINERS, NUMERALS, Sentence, sentence_of
from mtqc.text.tokens import plain

GENDER = Rule(
    code="FLU401",
    name="article-gender",
    category=Category.AGREEMENT,
    severity=Severity.MINOR,
    summary="The article (or the adjective before the noun) has not the noun’s gender.",
    rationale="Engines that translate piece by piece lose the agreement: « une fil », « un revendication ».",
    examples=GENDER_EXAMPLES,
    confidence=0.9,
    sources=("training/noun_gender.py: determiners before each noun in 1.2 million French sentences",),
)
NUMBER = Rule(
    code="FLU402",
    name="article-number",
    category=Category.AGREEMENT,
    severity=Severity.MINOR,
    summary="The article is plural and the noun singular, or the other way round.",
    rationale="A lost or added plural -s is a mistake that readers see at once.",
    examples=NUMBER_EXAMPLES,
    confidence=0.9,
    sources=GENDER.sources,
)

_WORD = r"[a-zàâäçéèêëîïôöùûüœæ][\w-]*\w"
_SINGULAR = {
    **dict.fromkeys(("un", "ce", "cet", "le", "du", "au", "aucun"), "m"),
    **dict.fromkeys(("une", "cette", "la", "sa", "ma", "aucune"), "f"),
    **dict.fromkeys(("son", "mon"), "m"),
}
_PLURAL = frozenset("les des ces aux nos vos ses mes leurs plusieurs quelques".split())
_ADJECTIVES = {
    "m": "grand petit nouveau nouvel premier dernier second ancien bon mauvais gros long vieux vieil beau bel haut"
    " important certain prochain vrai seul principal récent éventuel meilleur fort lourd court léger excellent puissant"
    " précieux brillant violent profond bref sérieux fameux curieux lent",
    "f": "grande petite nouvelle première dernière seconde ancienne bonne mauvaise grosse longue vieille belle haute"
    " importante certaine prochaine vraie seule principale récente éventuelle meilleure forte lourde courte légère"
    " excellente puissante précieuse brillante violente profonde brève sérieuse fameuse curieuse lente",
    "e": "jeune autre même large vaste énorme véritable simple double triple deuxième troisième quatrième cinquième"
    " étrange grave célèbre immense riche triste faible rapide formidable magnifique superbe terrible ultime",
}
_ADJECTIVE = {word: gender for gender, listed in _ADJECTIVES.items() for word in listed.split()}
_PAIRS = dict(
    zip(
        _ADJECTIVES["m"].replace(" nouvel", "").replace(" vieil", "").replace(" bel ", " ").split(),
        _ADJECTIVES["f"].split(),
        strict=True,
    )
)
_BACK = {f: m for m, f in _PAIRS.items()}
_PREPOSITIONS = "dans sur de à avec par sous vers entre depuis après avant pendant contre chez pour sans selon".split()
_BEFORE_PRONOUN = "en il elle ils elles on je tu nous vous ne qui me te se y".split()
_INFINITIVES = frozenset(
    "avoir baiser boire conseiller coucher déjeuner devoir dîner goûter lever manger parler penser pouvoir rire savoir"
    " sourire souper toucher vouloir".split()
)
_COORDINATED = re.compile(r",? (?:et|ou) |, \w+(?: \w+)?,? (?:et|ou) |, \w+ \w+ ")
_NOT_AFTER = re.compile(
    r"(?:\b(?:la|sa|le|les|numéro|n°|chapitre|article|page|chaîne|(?:vingt|trente|quarante|cinquante|soixante|mille) et"
    r"|cent|mille)|\d|\bRadio) ?$",
    re.IGNORECASE,
)


@cache
def _phrase() -> re.Pattern[str]:
    determiners = "|".join([*_SINGULAR, *_PLURAL])
    adjectives = "|".join(sorted(_ADJECTIVE, key=len, reverse=True))
    return re.compile(
        rf"(?<![\w'-])(?P<det>(?i:{determiners})) (?:(?P<adj>{adjectives}) )?(?P<noun>{_WORD})"
        rf"(?![\w'·•⋅(-]|\.\w)(?= ?(?P<next>{_WORD})?)"
    )


@dataclass(frozen=True, slots=True)
class Agreement:
    """Gender (FLU401) and number (FLU402) of article, adjective and noun, from counted determiners."""

    rules = (GENDER, NUMBER)

    def find(self, bead: Bead, signals: Signals) -> Iterator[Finding]:  # noqa: ARG002 -- text only
        """One finding an article that disagrees with its noun."""
        target = plain(bead.target_text)
        marked: set[int] = set()
        for finding in _counted(bead, target):
            marked.add(finding.target.span.start)
            yield finding
        yield from _listed(bead, sentence_of(target), marked)


def _counted(bead: Bead, target: str) -> Iterator[Finding]:
    """By the determiners counted before each noun."""
    nouns = french.noun_forms()
    for match in _phrase().finditer(target):
        noun = nouns.get(match["noun"])
        if noun is None or not _is_article(target, match, noun):
            continue
        determiner = match["det"].lower()
        if determiner in _PLURAL:
            yield from _too_few(bead, match, noun)
        elif noun.gender is None:
            yield from _too_many(bead, match)
        elif _disagrees(match, noun.gender):
            yield from _gender(bead, match, noun.gender)


def _listed(bead: Bead, s: Sentence, marked: set[int]) -> Iterator[Finding]:
    """By the larger table of forms: what can be nothing but a noun, and not in the cell its determiner asks for."""
    for i, norm in enumerate(s.norms):
        cells = _CELLS.get(norm, 0)
        if not cells or bead.target_start + s.words[i].start in marked or not s.joined(i + 1):
            continue
        j = s.head(i)
        if j is None or not _conflicts(s.forms[j], cells) or not _is_determiner(s, i, j):
            continue
        phrase = bead.target_at(s.words[i].start, s.words[j].end)
        noun = s.norms[j]
        if (s.forms[j].noun or s.forms[j].describes) & (PLURAL if cells & PLURAL else SINGULAR):
            name = "masculine" if s.forms[j].noun & MASCULINE else "feminine"
            yield GENDER.finding(phrase, f"« {phrase.text} »: « {noun} » is {name}.")
        else:
            number = ("plural", "singular") if cells & PLURAL else ("singular", "plural")
            yield NUMBER.finding(phrase, f"« {phrase.text} »: « {norm} » is {number[0]}, the noun is {number[1]}.")


def _conflicts(form: Form, cells: int) -> bool:
    """True of a noun in another cell, and of whatever has another number (« un immigrés », « son critiques »)."""
    known = form.noun | form.describes
    number = PLURAL if cells & PLURAL else SINGULAR
    return not known & cells and bool(form.noun or not known & number)


_CELLS = {
    d: c for d, c in DETERMINERS.items() if d not in {"l'", "leur", "quel", "quelle", "certain", "certaine", "ton"}
}


def _is_determiner(s: Sentence, i: int, j: int) -> bool:
    """Not a pronoun (« il la note »), a numeral (« vingt et un ans »), nor before two nouns (« les père et mère »)."""
    before = s.norms[i - 1] if s.joined(i) else ""
    if s.norms[i] in {"le", "la", "les"}:
        if s.words[i].is_capital and i > 0:
            return False
        if before and before not in _PREPOSITIONS:
            return False
    if s.norms[i] in {"un", "une"} and (before in _BEFORE_ONE or before.isdigit() or before in DETERMINERS):
        return False
    if s.norms[i] in {"son", "mon"} and j == i + 1 and s.norms[j][0] in "aeiouyhéèêàâîôûœ":
        return bool(s.forms[j].noun & PLURAL)
    return not _is_unsettled(s, i, j)


def _is_unsettled(s: Sentence, i: int, j: int) -> bool:
    """Nouns of both genders, those that end alike in both numbers (« les sens »), and what may be an adjective."""
    norm, noun = s.norms[j], s.forms[j].noun or s.forms[j].describes
    same_number = bool(noun & (PLURAL if _CELLS[s.norms[i]] & PLURAL else SINGULAR))
    if same_number and (french.is_epicene(norm) or french.is_epicene(norm.removesuffix("s"))):
        return True
    if norm in _UNSETTLED or (norm.endswith(("s", "x", "z")) and not noun & PLURAL):
        return True
    if s.joined(j + 1) and s.forms[j + 1].noun and not s.forms[j + 1].verb:  # « sa fidèle épouse »
        return True
    apart = bool(_CELLS[s.norms[i]] & PLURAL and noun & SINGULAR)  # « les père et mère »
    return (
        apart
        and s.joined(j + 1)
        and s.norms[j + 1] in {"et", "ou"}
        and j + 2 < len(s)
        and s.norms[j + 2] not in DETERMINERS
    )


_BEFORE_ONE = frozenset("et l' numéro page chapitre article chaîne cent mille la le les".split())
_UNSETTLED = NUMERALS | frozenset("plus moins bien mal peu tout rien soi rien quoi qui que dont".split())


def _is_article(text: str, match: re.Match[str], noun: french.NounForm) -> bool:
    """Not « la une », not « vingt et un », not a pronoun before a verb, not a name in mid-sentence."""
    determiner, before = match["det"], text[: match.start()].rstrip(" ")
    first = not before or before[-1] in '.!?…«“"(—–\n'
    if determiner[0].isupper() and not first:
        return False
    if determiner.lower() in {"un", "une", "son"}:
        return not _NOT_AFTER.search(text[: match.start()])
    if determiner.lower() in {"le", "la", "les"} and not first:
        word = before.rsplit(" ", 1)[-1].lower()
        verb = noun.verb or match["noun"] in _INFINITIVES or match["noun"].endswith("ant")
        return word not in _BEFORE_PRONOUN and (
            word in _PREPOSITIONS if noun.verb else not verb or word in {"dans", "sur"}
        )
    return True


def _disagrees(match: re.Match[str], gender: str) -> bool:
    wanted = _SINGULAR[match["det"].lower()]
    adjective = _ADJECTIVE.get(match["adj"] or "", "e")
    if match["det"].lower() in {"son", "mon"}:
        following = match["adj"] or match["noun"]
        if following[0] in "aeiouyhéèêàâîôûœ":
            wanted = gender
    if match["det"].lower() in {"le", "la"} and (match["adj"] or match["noun"])[0] in "aeiouyéèêàâîôûœ":
        return False
    return wanted != gender or adjective not in {"e", gender}


def _gender(bead: Bead, match: re.Match[str], gender: str) -> Iterator[Finding]:
    following = french.noun_forms().get(match["next"] or "")
    invariable = match["noun"].endswith("e")
    if invariable and following and following.gender and following.gender == _SINGULAR[match["det"].lower()]:
        return  # « une infime victoire »: the counted form is an adjective here
    marked = bead.target_at(match.start(), match.end("noun"))
    name = "masculine" if gender == "m" else "feminine"
    yield GENDER.finding(
        marked, f"« {marked.text} »: « {match['noun']} » is {name}.", fix=_gendered(bead, match, gender)
    )


_COUNTERPART = {
    "m": {"une": "un", "la": "le", "cette": "ce", "sa": "son", "ma": "mon", "aucune": "aucun"},
    "f": {
        "un": "une",
        "le": "la",
        "ce": "cette",
        "cet": "cette",
        "son": "sa",
        "mon": "ma",
        "aucun": "aucune",
        "du": "de la",
        "au": "à la",
    },
}


def _gendered(bead: Bead, match: re.Match[str], gender: str) -> str:
    """The phrase with article and adjective in the noun's gender."""
    old = match["det"]
    adjective = match["adj"] or ""
    swap = _PAIRS if gender == "f" else _BACK
    adjective = swap.get(adjective, adjective)
    noun = bead.target_text[match.start("noun") : match.end("noun")]
    rest = f"{adjective} {noun}" if adjective else noun
    new = _COUNTERPART["m" if gender == "m" else "f"].get(old.lower(), old.lower())
    vowel = rest[0] in "aeiouyéèêàâîôûœ"
    if vowel and new in {"ce", "de la", "à la", "sa", "ma", "le", "la"}:
        new = {"ce": "cet", "de la": "de l’", "à la": "à l’", "sa": "son", "ma": "mon", "le": "l’", "la": "l’"}[new]
    new = new.capitalize() if old[0].isupper() else new
    return f"{new}{rest}" if new.endswith("’") else f"{new} {rest}"


def _too_few(bead: Bead, match: re.Match[str], noun: french.NounForm) -> Iterator[Finding]:
    plural = french.noun_forms().get(match["noun"] + "s")
    if noun.gender is None or match["adj"] or plural is None or plural.gender is not None:
        return
    if match["noun"].endswith("ant") or _COORDINATED.match(bead.target_text, match.end("noun")):
        return
    marked = bead.target_at(match.start(), match.end("noun"))
    yield NUMBER.finding(
        marked, f"« {marked.text} »: « {match['det'].lower()} » is plural, the noun is singular.", fix=marked.text + "s"
    )


def _too_many(bead: Bead, match: re.Match[str]) -> Iterator[Finding]:
    form = match["noun"]
    singular = french.noun_forms().get(form[:-1]) if form.endswith("s") else None
    if singular is None or singular.gender is None or match["adj"] or form_of(form).describes & SINGULAR:
        return  # « au frais »: the fresh air, and costs
    marked = bead.target_at(match.start(), match.end("noun"))
    yield NUMBER.finding(marked, f"« {marked.text} »: « {match['det'].lower()} » is singular, the noun is plural.")
