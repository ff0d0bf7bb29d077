"""Grammar: article, adjective, participle and verb that do not agree; elision broken."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from itertools import pairwise

from mtqc.model import Category, Severity
from mtqc.plant.model import BOTH, FRENCH, Edit, Kind, Scene
from mtqc.plant.words import VOWELS, like
from mtqc.text.french import NounForm, noun_forms
from mtqc.text.name_data import word_use
from mtqc.text.tokens import Word, plain, words

_GENDERS = {"un": "une", "ce": "cette", "du": "de la", "au": "à la", "le": "la"}
_OTHER_GENDER = _GENDERS | {v: k for k, v in _GENDERS.items()}
_PLURAL_ARTICLES = frozenset("les des ces aux".split())
_PREPOSITION = re.compile(
    r"(?:^|[.!?«“(] ?|\b(?:dans|sur|avec|par|sous|vers|entre|depuis|après|avant|pendant|contre|chez|pour|sans|selon|à|de|est|et|ou|que) )$",
    re.IGNORECASE,
)


def determiner(scene: Scene, _: random.Random) -> Iterator[Edit]:
    """« une fil », « le école »: the article has not the noun's gender; « les décision »: not its number."""
    text, found = plain(scene.target), words(scene.target)
    for number, noun in enumerate(found):
        form = noun_forms().get(noun.norm)
        if form is None or form.verb or number == 0:
            continue
        yield from _wrong_gender(text, found, number, form)
        article = found[number - 1]
        plural = form.gender is None and article.norm.lower() in _PLURAL_ARTICLES
        regular = noun.norm.endswith("s") and noun.norm[:-1] in noun_forms()
        if plural and regular and text[article.end : noun.start] == " " and not _is_list(text, noun.end):
            yield Edit(article.start, noun.end, scene.target[article.start : noun.start] + noun.text[:-1])


def _is_list(text: str, at: int) -> bool:
    return re.match(r",? (?:et|ou) |, \w+ (?:et|ou) ", text[at:]) is not None


def _wrong_gender(text: str, found: tuple[Word, ...], number: int, form: NounForm) -> Iterator[Edit]:
    noun, article = found[number], found[number - 1]
    start, old = article.start, article.norm.lower()
    if old == "la" and number > 1 and found[number - 2].norm.lower() in {"de", "à"}:
        start, old = found[number - 2].start, f"{found[number - 2].norm.lower()} la"
    new = _OTHER_GENDER.get(old)
    wanted = "m" if old in _GENDERS else "f"
    vowel = noun.norm[0].lower() in VOWELS + "h"
    if new is None or form.gender != wanted or text[article.end : noun.start] != " ":
        return
    if (vowel and old not in {"un", "une"}) or (old in {"le", "la"} and not _PREPOSITION.search(text[:start])):
        return
    yield Edit(start, noun.end, like(text[start : start + 2], new) + text[article.end : noun.end])


_ENDINGS = (
    ("ales", "al"), ("ale", "al"), ("elles", "el"), ("elle", "el"), ("ives", "if"), ("ive", "if"), ("euses", "eux"),
    ("euse", "eux"), ("iennes", "ien"), ("ienne", "ien"), ("aises", "ais"), ("aise", "ais"), ("ées", "é"), ("ée", "é"),
    ("antes", "ant"), ("ante", "ant"), ("entes", "ent"), ("ente", "ent"), ("al", "ale"), ("el", "elle"), ("if", "ive"),
    ("ien", "ienne"), ("ant", "ante"), ("ent", "ente"),
)  # fmt: skip
"""Ending of an adjective and of its other gender; the longest that fits counts."""


def adjective(scene: Scene, _: random.Random) -> Iterator[Edit]:
    """The adjective after its noun has not the noun's gender or number."""
    text, found = plain(scene.target), words(scene.target)
    for noun, word in pairwise(found):
        form = noun_forms().get(noun.norm)
        if form is None or form.verb or text[noun.end : word.start] != " " or noun.norm == word.norm:
            continue
        if form.gender is None:
            new = word.norm[:-1] if _is_plural_adjective(word.norm) else ""
        else:
            new = _other_gender(word.norm, form)
        if new and not _is_list(text, word.end) and not re.search(r"\bde $|\bd'$", text[: noun.start]):
            yield Edit(word.start, word.end, new)


_PREPOSITIONS = frozenset("pendant durant suivant concernant moyennant nonobstant cependant maintenant".split())


def _is_plural_adjective(word: str) -> bool:
    return (
        re.fullmatch(r"\w{3,}(?:iques|ables|ibles|ales|elles|ives|euses|iennes|aires|ées|ants|ents)", word) is not None
    )


def _other_gender(word: str, form: NounForm) -> str:
    if (word in noun_forms() and not noun_forms()[word].verb) or word in _PREPOSITIONS:
        return ""
    ending = next(((a, b) for a, b in _ENDINGS if word.endswith(a)), None)
    if ending is None or len(word) < 6:
        return ""
    feminine = ending[0].endswith(("e", "es"))
    new = word[: -len(ending[0])] + ending[1]
    singular = not word.endswith("s") or word.endswith("ais")
    if not singular or feminine != (form.gender == "f") or word_use(new, "fr").log_count < 3:
        return ""
    return new


_BE = (
    r"(?P<aux>(?:a|ont|avait|avaient|aura|auront|aurait|auraient|ayant) été|est|sont|était|étaient|sera|seront"
    r"|serait|seraient|fut|furent)(?P<adverb> (?:également|aussi|déjà|ensuite|récemment|notamment|alors|pas|toujours))?"
)
_PARTICIPLE = re.compile(rf"(?<![\w'-]){_BE} (?P<word>\w{{3,}}(?:ée?s?|ies?|ues?|is|us|tes?|ts))(?![\w'-])")
_PERSONS = re.compile(r"\b(?:je|j'|tu|nous|vous|on|s'|se)\b", re.IGNORECASE)


def participle(scene: Scene, _: random.Random) -> Iterator[Edit]:
    """A participle after « être » that does not agree with its subject: « ont été arrêté »."""
    for match in _PARTICIPLE.finditer(plain(scene.target)):
        word = match["word"]
        before = plain(scene.target)[max(0, match.start() - 12) : match.start()]
        plural = match["aux"].split()[0] in _PLURAL_AUX
        if _PERSONS.search(before) or not _is_participle(word):
            continue
        ending = ("és", "ées", "is", "us", "ies", "ues") if plural else ("ée",)
        if word.endswith(ending) and not _is_invariable(word):
            yield Edit(match.start("word"), match.end("word"), word[:-1])
        elif not plural and word.endswith("é"):
            yield Edit(match.start("word"), match.end("word"), word + "s")


_PLURAL_AUX = frozenset("ont avaient auront auraient sont étaient seront seraient furent".split())


def _is_participle(word: str) -> bool:
    form = noun_forms().get(word)
    return form is None or form.verb or word.endswith(("é", "ée", "és", "ées"))


def _is_invariable(word: str) -> bool:
    """« mis », « pris », « permis »: the masculine is the same in singular and plural."""
    return word.endswith(("mis", "ris", "quis", "sis", "clus"))


_SINGULARS = {
    "ont": "a", "sont": "est", "étaient": "était", "avaient": "avait", "seront": "sera", "auront": "aura",
    "vont": "va", "peuvent": "peut", "doivent": "doit", "font": "fait", "veulent": "veut", "auraient": "aurait",
    "seraient": "serait", "devraient": "devrait", "pourraient": "pourrait", "pourront": "pourra", "devront": "devra",
}  # fmt: skip
_PLURALS = {v: k for k, v in _SINGULARS.items() if v != "fait"}
_PLURAL_SUBJECT = re.compile(
    r"(?:(?<![\w-])(?:ils|elles)|\b(?:les|ces|ses|leurs|nos|deux|trois|quatre|cinq|plusieurs|\d+) (?P<noun>\w+s|\w+aux)) $",
    re.IGNORECASE,
)
_SINGULAR_SUBJECT = re.compile(
    r"(?:(?<![\w-])(?:il|elle)|(?<!\bet )(?<!\bou )(?<!\bni )(?:\b(?:le|la|un|une|ce|cette|son|sa) |\bl')(?P<noun>\w{3,}[^\Wsxz\d_])) $",
    re.IGNORECASE,
)
_ENGLISH_SUBJECT = re.compile(r"\b(?P<subject>he|she|it|they|we) $", re.IGNORECASE)
_ENGLISH = {"is": "are", "are": "is", "was": "were", "were": "was", "has": "have", "have": "has"}


def verb(scene: Scene, _: random.Random) -> Iterator[Edit]:
    """A verb right after its subject that has another number: « les ministres a »."""
    text = plain(scene.target)
    if scene.lang == "en":
        yield from _english_verb(scene)
        return
    for word in words(scene.target):
        before = text[: word.start]
        if word.norm in _SINGULARS and (subject := _PLURAL_SUBJECT.search(before)):
            if _is_subject(before, subject):
                yield Edit(word.start, word.end, _SINGULARS[word.norm])
        elif word.norm in _PLURALS and text[word.end : word.end + 1] != "-":
            subject = _SINGULAR_SUBJECT.search(before)
            if subject and _is_subject(before, subject):
                yield Edit(word.start, word.end, _PLURALS[word.norm])


def _is_subject(before: str, subject: re.Match[str]) -> bool:
    """A pronoun, or a noun phrase that no preposition, « et » or quantifier governs."""
    ahead = before[: subject.start()].rstrip()
    noun = subject["noun"]
    if noun is not None and (noun not in noun_forms() or noun_forms()[noun].verb):
        return False
    return (
        re.search(
            r"(?:\b(?:de|à|par|avec|pour|dans|sur|chez|que|et|ou|ni|entre|vers|sous|contre|comme|selon|d'|est|sont|plus|moins"
            r"|des|en|dont|plupart|nombre|sans|tous|toutes|depuis)|[,'])$",
            ahead,
            re.IGNORECASE,
        )
        is None
    )


def _english_verb(scene: Scene) -> Iterator[Edit]:
    text = plain(scene.target)
    for word in words(scene.target):
        subject = _ENGLISH_SUBJECT.search(text[: word.start])
        before = text[: subject.start()] if subject else ""
        if (
            subject
            and word.norm in _ENGLISH
            and not re.search(r"\b(?:if|wish|though|did|do|does|had|to|and) $", before)
        ):
            yield Edit(word.start, word.end, _ENGLISH[word.norm])


_ELISION = re.compile(
    r"(?<![\w'])(?P<short>l|d|qu|n|s|j|c|m|t|jusqu|lorsqu|puisqu)'(?=[aeiouyàâéèêëîïôöùûœh])", re.IGNORECASE
)
_FULL = {"d": "de", "qu": "que", "n": "ne", "j": "je", "c": "ce", "m": "me", "t": "te"}


def elision(scene: Scene, _: random.Random) -> Iterator[Edit]:
    """« de Altman », « le OpenAI »: a word before a vowel keeps its own."""
    text = plain(scene.target)
    starts = {w.start: w for w in words(scene.target)}
    for match in _ELISION.finditer(text):
        short, following = match["short"], starts.get(match.end())
        if following is None or following.norm == "on" or text[match.end() : match.end() + 1].lower() == "h":
            continue
        if short.lower() == "s":
            full = "si" if re.match(r"ils?\b", text[match.end() :]) else "se"
        elif short.lower() == "l":
            form = noun_forms().get(following.norm)
            full = "la" if form is not None and form.gender == "f" else "le"
        else:
            full = _FULL.get(short.lower(), short + "e")
        yield Edit(
            match.start(), match.end(), (full.capitalize() if short[0].isupper() else full) + " ", (0, len(full))
        )


KINDS = (
    Kind(
        "agreement-article",
        Category.AGREEMENT,
        Severity.MINOR,
        ("FLU4", "FLU5"),
        "An article that has not its noun’s gender or number.",
        determiner,
        FRENCH,
    ),
    Kind(
        "agreement-adjective",
        Category.AGREEMENT,
        Severity.MINOR,
        ("FLU4", "FLU5"),
        "An adjective that has not its noun’s gender or number.",
        adjective,
        FRENCH,
    ),
    Kind(
        "agreement-participle",
        Category.AGREEMENT,
        Severity.MINOR,
        ("FLU4", "FLU5"),
        "A participle that does not agree with its subject.",
        participle,
        FRENCH,
    ),
    Kind(
        "agreement-verb",
        Category.AGREEMENT,
        Severity.MINOR,
        ("FLU4", "FLU5"),
        "A verb that has not its subject’s number.",
        verb,
        BOTH,
    ),
    Kind(
        "elision-broken",
        Category.GRAMMAR,
        Severity.MINOR,
        ("FLU503", "FLU5"),
        "A word that should be elided before a vowel.",
        elision,
        FRENCH,
    ),
)
