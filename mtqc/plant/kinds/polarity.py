"""Sense turned round: negation lost or added, an opposite, before and after, more and less; hedges lost."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from mtqc.model import Category, Severity
from mtqc.plant.kinds.opposites import OPPOSITES, Opposite
from mtqc.plant.model import BOTH, FRENCH, Edit, Kind, Scene
from mtqc.plant.words import VOWELS, fits, found, has, like
from mtqc.text.tokens import plain

_NEGATED = {
    "en": r"\w+n't|not|never|no|none|nobody|nothing|nowhere|neither|nor|cannot|without|un\w+|in\w+able|dis\w+|\w+less"
    r"|few|little|hardly|barely|scarcely|fail\w*|lack\w*|refus\w*|den(?:y|ie[sd]|ying)|only|but|anything|until|unless"
    r"|yet to|far from|instead|rather|stop\w*|avoid\w*|prevent\w*|keep|kept|rule\w* out|less|too|reject\w*|ever",
    "fr": r"ne|n'\w*|non|pas|jamais|rien|personne|aucune?|sans|ni|guère|peu|in\w+able|impossible|seul\w*|refus\w*",
}
"""Words of the original that may justify a negation that is added."""
_CLITICS = r"(?:(?:me|te|se|le|la|les|lui|leur|nous|vous|en|y) |[mtsl]')*"
_NE_PAS = re.compile(
    rf"(?<![\w'])(?P<ne>ne |n')(?P<clitics>{_CLITICS})(?P<verb>[\w-]+) (?P<pas>pas|jamais)\b"
    r"(?! (?:que|qu'|seulement|uniquement|moins|plus|de\b|d'|même|encore|toujours|tout à fait|un seul|une seule|les? seule?s?))",
    re.IGNORECASE,
)
_ELIDED_BEFORE = frozenset("je que ce jusque lorsque puisque parce si".split())


def negation_lost(scene: Scene, _: random.Random) -> Iterator[Edit]:
    """« n'a pas voté » → « a voté », “did not vote” → “did vote”."""
    if scene.target.rstrip().endswith("?"):
        return
    if scene.lang == "fr":
        yield from _ne_pas_lost(scene)
    else:
        yield from _not_lost(scene)


def _ne_pas_lost(scene: Scene) -> Iterator[Edit]:
    text = plain(scene.target)
    for match in _NE_PAS.finditer(text):
        kept = scene.target[match.start("clitics") : match.end("verb")]
        before = re.search(r"[\w']+ ?$", text[: match.start()])
        if re.search(
            r"\b(?:personne|rien|aucune?|nul|nulle|ni)\b", text[max(0, match.start() - 40) : match.start()], re.I
        ):
            continue
        elides = before is not None and before.group().strip().lower() in _ELIDED_BEFORE
        if elides and kept[0].lower() in VOWELS + "h":
            continue
        if match["verb"][-2:] in {"er", "ir", "re"} and len(match["verb"]) > 3:
            continue
        yield Edit(match.start(), match.end(), like(match.group(), kept))


_NOT = re.compile(r"(?P<verb>\b(?:is|are|was|were|has|have|had|do|does|did|could|would|should|will|may|might|must|can))"
                  r"(?: not|(?P<short>n't))\b(?! only| just| even| yet| necessarily| always)", re.IGNORECASE)  # fmt: skip
_FULL = {"wo": "will", "ca": "can", "sha": "shall"}


def _not_lost(scene: Scene) -> Iterator[Edit]:
    for match in _NOT.finditer(plain(scene.target)):
        if not re.match(r" (?:it|he|she|they|we|you|I|there)\b", plain(scene.target)[match.end() :]):
            yield Edit(match.start(), match.end(), scene.target[match.start() : match.end("verb")])


_AFFIRMED = {
    "fr": re.compile(
        r"(?<![\w'-])(?P<verb>est|sont|a|ont|était|étaient|avait|avaient|sera|seront|aura|auront|peut|peuvent|doit|doivent"
        r"|va|vont|pourra|pourrait|devra|devrait|souhaite|veut|veulent|figure|existe|permet|compte)(?![\w'-])"
        r"(?! (?:pas|plus|jamais|rien|aucun|aucune|guère|personne|point|que|seul|seule|seulement|eu lieu|t-))"
    ),
    "en": re.compile(
        r"(?<![\w'-])(?P<verb>is|are|was|were|has|have|had|will|would|could|should|can|must)(?![\w'-])"
        r"(?= (?:been|be|a|the|\w+ed|\w+ing|\w+en|[a-z]+)\b)(?! (?:not|never|no|to|I|you|he|she|it|we|they|there)\b)"
    ),
}
_CLITIC_BEFORE = re.compile(
    r"(?:\b(?:me|te|se|le|la|les|lui|leur|nous|vous|en|y|ne|à|de|du|au)|[\w]'|-|\bl'|^\W*|[«“\"(,;:] ?) $|['-]$",
    re.IGNORECASE,
)


def negation_added(scene: Scene, _: random.Random) -> Iterator[Edit]:
    """« a voté » → « n'a pas voté », “has voted” → “has not voted”, where nothing in the original negates."""
    if has(_NEGATED[scene.source_lang], scene.source) or has(_NEGATED["fr"], scene.french) or "?" in scene.target:
        return
    text = plain(scene.target)
    for match in _AFFIRMED[scene.lang].finditer(text):
        verb = match["verb"]
        if scene.lang == "en":
            yield Edit(match.start(), match.end(), f"{verb} not")
        elif not _CLITIC_BEFORE.search(text[: match.start()]) and not re.match(r"-t?", text[match.end() :]):
            ne = "n’" if verb[0] in VOWELS else "ne "
            yield Edit(match.start(), match.end(), f"{ne}{verb} pas")


@cache
def _opposites(lang: str) -> tuple[Opposite, ...]:
    return tuple(o for o in OPPOSITES if o.lang == lang)


def opposite(scene: Scene, _: random.Random) -> Iterator[Edit]:
    """A word gives way to its opposite: « hausse » → « baisse »."""
    for one in _opposites(scene.lang):
        if not has(one.original, scene.source):
            continue
        for match in found(one.word, scene.target):
            if one.unless and re.search(one.unless, plain(scene.target)[max(0, match.start() - 14) : match.end() + 14]):
                continue
            if fits(scene.target, match.start(), match.group(), one.opposite):
                yield Edit(match.start(), match.end(), like(match.group(), one.opposite))


_BEFORE_AFTER = {
    "fr": (
        ("avant", "après", "before|prior to|ahead of|until|by|earlier", r"(?:en|d'|mis\w*|met\w*|mettre) ?avant|avant (?:de |d'|que|qu'|tout|même)"),
        ("après", "avant", "after|following|since|later", r"d'après|après (?:tout|coup|quoi|que|qu'|avoir|être|s'|l'avoir|le reste|demain)|après-"),
    ),
    "en": (
        ("before", "after", "avant|d'ici|veille", "before (?:I|you|he|she|it|we|they|long)"),
        ("after", "before", "après|suite|depuis|lendemain|une fois", "after all|look\\w* after|after (?:having|I|you|he|she|it|we|they)|day after"),
    ),
}  # fmt: skip


def before_after(scene: Scene, _: random.Random) -> Iterator[Edit]:
    """« avant » for « après », or the other way round."""
    for word, other, original, unless in _BEFORE_AFTER[scene.lang]:
        if not has(original, scene.source):
            continue
        for match in found(word, scene.target):
            around = plain(scene.target)[max(0, match.start() - 8) : match.end() + 10]
            if not re.search(unless, around, re.IGNORECASE):
                yield Edit(match.start(), match.end(), like(match.group(), other))


_MORE = r"more|over|above|upwards|exceed\w*|\w+er|most|\w+est|further|greater|additional|extra|at least|increas\w*"
_LESS = r"less|fewer|under|below|least|cheaper|lower|smaller|decreas\w*|reduc\w*"


def more_less(scene: Scene, _: random.Random) -> Iterator[Edit]:
    """« plus de » for « moins de », or the other way round."""
    if scene.lang == "en":
        table = (("more", "less", r"plus|davantage"), ("less|fewer", "more", "moins"))
    else:
        table = (("plus", "moins", _MORE), ("moins", "plus", _LESS))
    for word, other, original in table:
        if not has(original, scene.source) or (word == "plus" and has(_LESS, scene.source)):
            continue
        for match in found(word, scene.target):
            if scene.lang == "en" or _compares(plain(scene.target), match):
                yield Edit(match.start(), match.end(), like(match.group(), other))


def _compares(text: str, match: re.Match[str]) -> bool:
    """Not « ne … plus », « de plus », « plus tard », « au plus », « plus ou moins », « d'autant plus »."""
    before, after = text[: match.start()], text[match.end() :]
    if re.search(
        r"(?:\b(?:ne|de|en|au|non|ni|d'autant|jamais|toujours|encore|tout au|à|et|ou|du|sans|les uns) |n'|\d )[^,.;]{0,0}$",
        before,
        re.I,
    ):
        return False
    if re.search(r"\b(?:ne |n')(?:[\w']+ ){0,4}$", before, re.IGNORECASE):
        return False
    lead = r" (?:de \d|d'un\b|d'une\b|de la moitié|que \w|grand|gros|petit|haut|bas|élevé|fort|faible|important|rapide|lent|jeune|vieux|vieill|cher|riche|pauvre|long|court|difficile|facile|efficace|grave|récent|ancien|chaud|froid|populaire|sûr|strict|sévère|dangereu|puissant|nombreu|souvent|vite|\w+ment |âgé|\w+é?e?s? que )"
    return re.match(lead, after) is not None and not re.match(r" (?:tard|tôt|ou moins|encore|rien|aucun|jamais)", after)


_CONDITIONAL = {
    "aurait": "a",
    "auraient": "ont",
    "serait": "est",
    "seraient": "sont",
}
_HEDGED = (
    r"reportedly|alleged(?:ly)?|supposed(?:ly)?|apparently|suspected|purported(?:ly)?|said to|believed|thought to"
    r"|rumou?red|accused|claim\w*|according to|suggests|(?:may|might) have|is reported"
)


def hedge(scene: Scene, _: random.Random) -> Iterator[Edit]:
    """A conditional of hearsay becomes an indicative: « aurait menti » → « a menti »."""
    if not has(_HEDGED, scene.source) or has(r"if|would|should", scene.source):
        return
    if has(r"selon|d'après|à en croire", scene.target):
        return  # who says so still stands there
    for match in found("|".join(_CONDITIONAL), scene.target):
        before = plain(scene.target)[: match.start()]
        new = _CONDITIONAL[match.group().lower()]
        asked = scene.target[match.end() : match.end() + 1] == "-"
        if re.search(r"\bsi\b[^.]*$|\bj(?:e |')$", before) or asked:
            continue
        if fits(scene.target, match.start(), match.group(), new):
            yield Edit(match.start(), match.end(), like(match.group(), new))


_HEDGE_WORDS = {
    "fr": (
        ("probablement|vraisemblablement|sans doute", r"probabl[ey]|likely|doubtless|presumably|no doubt|undoubtedly|must"),
        ("peut-être|éventuellement", "perhaps|maybe|may|might|possibl[ey]|could"),
        ("apparemment|visiblement", "apparently|seemingly|evidently|appear\\w*|seem\\w*|clearly|visibly"),
        ("prétendument|soi-disant|présumée?s?", "allegedly|alleged|purported\\w*|supposed\\w*|suspected|so-called"),
        ("presque|quasiment|près de|environ|quelque", "almost|nearly|about|around|some|approximately|roughly|close to|or so"),
        ("souvent|généralement|habituellement", "often|usually|generally|frequently|typically"),
    ),
    "en": (
        ("probably|presumably|likely", "probable\\w*|vraisembl\\w*|sans doute"),
        ("perhaps|maybe|possibly", "peut-être|éventuel\\w*|possible\\w*"),
        ("apparently|seemingly", "appar\\w*|sembl\\w*"),
        ("allegedly|reportedly|supposedly|purportedly", "\\w+rai(?:t|ent)|présum\\w*|prétend\\w*|selon"),
        ("almost|nearly|about|around|roughly", "presque|près|environ|quelque|quasi\\w*"),
    ),
}  # fmt: skip


def hedge_word(scene: Scene, _: random.Random) -> Iterator[Edit]:
    """The word that says “perhaps” or “about” is lost."""
    for words, original in _HEDGE_WORDS[scene.lang]:
        if not has(original, scene.source):
            continue
        for match in found(words, scene.target):
            edit = _without(scene.target, match)
            if edit is not None:
                yield replace(edit, severity=Severity.MINOR if match.group().lower() in _ROUGHLY else None)


_ROUGHLY = frozenset("presque quasiment environ quelque almost nearly about around roughly".split()) | {"près de"}
_NUMBER_AHEAD = re.compile(r" (?:\d|[a-z]+ (?:millions?|milliers?|cents?)|cent|mille|deux|trois|la moitié|un )")
_BOUND = ("si", "le", "la", "plus", "aussi", "très")


def _without(text: str, match: re.Match[str]) -> Edit | None:
    """The word and the space after it go; commas around it go too. None where the rest would not hold together."""
    before, after = plain(text)[: match.start()], plain(text)[match.end() :]
    if not _can_go(match.group().lower(), after):
        return None
    if before.endswith(", ") and after.startswith(","):
        return Edit(match.start() - 2, match.end(), "", (0, 0))
    if after.startswith(" ") and before.endswith(" ") and not before.rstrip().endswith(_BOUND):
        return Edit(match.start(), match.end() + 1, "", (0, 0))
    if re.match(r"[.,;]", after) and re.search(r"\w $", before):
        return Edit(match.start() - 1, match.end(), "", (0, 0))
    return None


def _can_go(word: str, after: str) -> bool:
    """False where a clause hangs on the word: « sans doute que », « peut-être viendra-t-il », « près de chez lui »."""
    if word in {"près de", "quelque"}:
        return _NUMBER_AHEAD.match(after) is not None
    if word in {"environ", "about", "around"}:
        return re.match(r" \d", after) is not None
    return not re.match(r" (?:que|qu'|\w+-(?:il|elle|t-il|on|ils|elles))", after)


_SOURCES = {
    "fr": (
        re.compile(r", (?:selon|d'après|à en croire) [^,;:.«»\"]{3,60}(?=[.,])"),
        re.compile(r"^(?:Selon|D'après|À en croire) [^,;:.«»\"]{3,60}, (?=\w)"),
    ),
    "en": (
        re.compile(r", according to [^,;:.\"]{3,60}(?=[.,])"),
        re.compile(r"^According to [^,;:.\"]{3,60}, (?=\w)"),
    ),
}
_SAID = {
    "en": r"according|reported(?:ly)?|said|says|told|estimates?|suggest\w*|show\w*|found|data|per|for|in the words|by",
    "fr": r"selon|d'après|à en croire|dit|déclar\w+|affirm\w+|indiqu\w+|rapport\w*|estim\w+",
}


def source_lost(scene: Scene, _: random.Random) -> Iterator[Edit]:
    """« selon la police » is lost: hearsay becomes fact."""
    if not has(_SAID[scene.source_lang], scene.source):
        return
    for pattern in _SOURCES[scene.lang]:
        for match in pattern.finditer(plain(scene.target)):
            before, after = plain(scene.target)[: match.start()], plain(scene.target)[match.end() :]
            if match.start() == 0 and _BEGINS_CLAUSE.match(after):
                yield Edit(0, match.end() + 1, after[0].upper(), (0, 0))
            elif match.start() and after.startswith("."):
                yield Edit(match.start(), match.end(), "", (0, 0))
            elif match.start() and after.startswith(",") and re.search(r"(?<![\w-])\w{1,4}$", before):
                yield Edit(match.start(), match.end() + 1, "", (0, 0))


_BEGINS_CLAUSE = re.compile(
    r"(?:le|la|les|l'|un|une|des|ce|cet|cette|ces|il|elle|ils|elles|on|près|plus|moins|environ|quelque|son|sa|ses|leur"
    r"|leurs|\d|trois|deux|the|an?|about|some|more|he|she|they|it|his|her|their)(?:\b|(?<='))"
)


_NEGATION_CODES = ("ACC7", "ACC601")
KINDS = (
    Kind(
        "negation-lost",
        Category.POLARITY,
        Severity.CRITICAL,
        _NEGATION_CODES,
        "A negation is lost.",
        negation_lost,
        BOTH,
    ),
    Kind(
        "negation-added",
        Category.POLARITY,
        Severity.CRITICAL,
        _NEGATION_CODES,
        "A negation was put in.",
        negation_added,
        BOTH,
    ),
    Kind("opposite", Category.POLARITY, Severity.CRITICAL, _NEGATION_CODES, "A word’s opposite.", opposite, BOTH),
    Kind(
        "before-after",
        Category.POLARITY,
        Severity.CRITICAL,
        _NEGATION_CODES,
        "“Before” for “after”, or the other way round.",
        before_after,
        BOTH,
    ),
    Kind(
        "more-less",
        Category.POLARITY,
        Severity.CRITICAL,
        (*_NEGATION_CODES, "ACC3"),
        "“More” for “less”, or the other way round.",
        more_less,
        BOTH,
    ),
    Kind(
        "hedge-lost",
        Category.MISTRANSLATION,
        Severity.CRITICAL,
        _NEGATION_CODES,
        "A conditional of hearsay became a statement of fact.",
        hedge,
        FRENCH,
    ),
    Kind(
        "hedge-word-lost",
        Category.OMISSION,
        Severity.MAJOR,
        ("ACC7", "ACC11", "ACC601"),
        "A word such as “perhaps” or “about” is lost.",
        hedge_word,
        BOTH,
    ),
    Kind(
        "source-lost",
        Category.OMISSION,
        Severity.MAJOR,
        ("ACC7", "ACC11", "ACC4", "ACC601"),
        "Who says so is lost: hearsay became fact.",
        source_lost,
        BOTH,
    ),
)
