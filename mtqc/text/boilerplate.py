"""Publisher's notices in an article: what stands there but is no part of the text to be translated.

Two strengths. A *translation notice* (“Cet article a été traduit automatiquement”) is certain by its wording and may
close a line that begins with text. *Furniture* (share, subscribe, read more, credits) must fill whole lines. Sentences
that only go with a notice (“De légères différences peuvent apparaître.”) count beside one. An article about machine
translation holds none of these: the wordings speak of “this article”, name no speaker and quote nobody.

Measured (tests/measure/boilerplate.py, reports/boilerplate.md) on news and on documentation in both languages.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import IntEnum
from itertools import groupby

from mtqc.model import Block, Sentence
from mtqc.text.tokens import fold

MAX_NOTICE = 320
"""Characters: translation notices in use have up to about 250 a sentence."""
MAX_FURNITURE = 160


class Strength(IntEnum):
    """How sure a sentence is to be a notice. Ordered."""

    NONE = 0
    COMPANION = 1
    FURNITURE = 2
    NOTICE = 3


def _any(*patterns: str) -> re.Pattern[str]:
    """One pattern of several; a line break in one of them, with the indent after it, is nothing."""
    return re.compile("|".join(re.sub(r"\n *", "", f"(?:{p})") for p in patterns))


_FR_MADE = r"(?:traduit|généré|produit|réalisé|rédigé|créé|obtenu|effectué|adapté|fourni|fait)e?s?"
_FR_PIECE = r"(?:article|contenu|texte|page|document|billet|reportage|dépêche|publication|communiqué|résumé|version)s?"
_FR_THIS = (
    rf"(?:(?:ce|cet|cette|ces|le présent|la présente) (?:{_FR_PIECE}|traductions?)|"
    rf"(?:le contenu|le texte|la version française|la traduction) (?:ci-dessus|de (?:ce|cet|cette) {_FR_PIECE})|"
    rf"l'article (?:ci-dessus|original))(?: (?:ci-dessus|en français|française?|original))?"
)
_FR_ENGINE = r"""(?:ia|(?:\w+ )?intelligences? artificielles?|machines?|(?:outil|logiciel|moteur|système|service|robot|
    programme|algorithme|modèle|traducteur)s?\b[^,]{0,60}|deepl|google\b[^,]{0,20}|chatgpt|gpt\b\S*|bing\b[^,]{0,20})"""
_FR_BY = (
    r"(?:par|avec|via|à l'aide (?:de |d')|grâce à |au moyen (?:de |d')|en utilisant )"
    rf"\s?(?:une? |l'|la |le |des )?{_FR_ENGINE}"
)
_FR_FROM = r"""(?:de l'|depuis l'|à partir (?:de l'|du |de la |d'une? ))(?:anglais|américain|original|texte|version|
    article|contenu)[^,;]{0,40}"""
_FR_TAIL = r"[^«»“”\":]{0,160}"
_FR_ORIGIN = (
    r"(?:de l'|depuis l'|à partir de l')(?:anglais|américain|original)(?: \([^()]{2,20}\))?(?: vers le français)?"
)
_FR_UNREAD = (
    r"(?:,? (?:et|puis|mais) (?:n'a pas été|a été|n'est pas|sans avoir été) (?:relue?|revue?|vérifiée?|corrigée?|"
    r"révisée?)[^«»“”\":]{0,60})?"
)
_FR_ORIGINAL = r"""(?:l'(?:article|original|texte)(?: (?:original|d'origine|en anglais|anglais|source))?|
    le texte (?:original|d'origine|anglais|en anglais)|la version (?:originale|d'origine|anglaise|en anglais|originale
    anglaise|originale en anglais|source))(?: (?:en anglais|anglaise?|de (?:cet|ce|l') ?\w+))?"""
_FR_LINK = r"""(?:(?:veuillez )?(?:cliquez|suivez|ouvrez|consultez|rendez-vous|utilisez|cliquer|suivre)(?: sur)?[ ]
    (?:ici|ce lien|le lien|sur ce lien|sur notre site|à cette adresse|ce bouton|la page)[^«»]{0,60})"""
_EN_PIECE = r"(?:article|story|content|text|page|document|post|report|translation|version|summary)"
_EN_MADE = r"(?:translated|generated|produced|created|written)"
_EN_BY = r"""(?:by|with|using|via|through|with the help of)(?: an?| the)?(?: (?:automated|automatic|machine|online))?[ ]
    (?:ai\b|artificial intelligence|machine|
    translation (?:tool|software|service|engine)|google translate|deepl|chatgpt)"""

_NOTICE = _any(
    rf"{_FR_THIS} (?:a|ont|est|sont|peut|peuvent)(?: (?:été|avoir|être|initialement|entièrement|en partie|donc))*"
    rf""" {_FR_MADE}(?: en français)? (?:de (?:manière|façon) automati\w+|automatiquement|
    par traduction automatique|{_FR_BY}){_FR_TAIL}""",
    rf"(?:cet|ce|cette) {_FR_PIECE} (?:a|est)(?: été)? traduite?(?: en français)? {_FR_FROM}(?: par [^,;:]{{2,60}})?",
    rf"{_FR_THIS} (?:a|est)(?: été)? (?:initialement |d'abord )?(?:rédigée?|publiée?|écrite?|parue?) en anglais"
    rf" (?:puis|et|avant d'être|et a été) (?:été )?traduite?(?: en français)?(?: automatiquement| {_FR_BY})?"
    rf"{_FR_UNREAD}",
    rf"{_FR_THIS} (?:a|est)(?: été)? traduite?(?: en français)? {_FR_ORIGIN}"
    rf" (?:(?:de (?:manière|façon) automati\w+|automatiquement)|{_FR_BY}){_FR_UNREAD}{_FR_TAIL}",
    rf"(?:nos|les) (?:articles|contenus|textes) (?:en français )?sont traduits (?:{_FR_ORIGIN} )?"
    rf"(?:automatiquement|{_FR_BY}){_FR_TAIL}",
    rf"{_FR_THIS} (?:n'a (?:pas|encore pas) été|n'a fait l'objet d'aucune?|a été traduite? sans) ?(?:relue?|vérifiée?|"
    rf"revue?|relecture|vérification|corrigée?) ?(?:humaine )?(?:par (?:un humain|une? \w+ humaine?|la rédaction|"
    rf"un traducteur|un journaliste))[^«»“”\":]{{0,60}}",
    rf"(?:vous lisez|ceci est|voici|il s'agit d') ?(?:une |la )?(?:traduction|version traduite)"
    rf" (?:automati\w+|{_FR_BY}){_FR_TAIL}",
    rf"{_FR_THIS} (?:est|sont|provien\w+|résulte\w*|utilise\w*|fait appel à|a recours à)"
    rf" (?:issue?s? d'|le (?:résultat|fruit) d'|d'|à )?\s?(?:une |la )?traduction automati\w+{_FR_TAIL}",
    rf"{_FR_THIS} est une traduction (?:automatique|en français de l'article){_FR_TAIL}",
    rf"(?:article |contenu |texte |page )?traduite?s? automatiquement(?: {_FR_FROM})?(?: {_FR_BY})?",
    rf"(?:article |contenu |texte |page )?(?:traduite?s?|générée?s?) {_FR_BY}(?: {_FR_FROM})?",
    rf"(?:article |contenu |texte |page )?traduite?s? {_FR_FROM}(?: par [^,;:]{{2,60}})?",
    r"traduction (?:automatique|automatisée|assistée par (?:ordinateur|ia)|par (?:ia|intelligence artificielle))"
    rf"(?: {_FR_FROM})?(?: {_FR_BY})?",
    r"""(?:en cas d[e'] ?[^.«»]{3,60}, )?(?:seule )?la version (?:originale|anglaise|originale anglaise|en anglais)
    (?: en anglais)?(?: d[eu] (?:cet|ce|cette|l') ?\w+)?,?[ ]
    (?:seule )?(?:fait (?:seule )?(?:foi|autorité)|prévaut|prime)""",
    rf"this {_EN_PIECE} (?:was|is|has been|may have been|may be)(?: (?:originally|entirely|partly))*"
    rf" (?:(?:automatically|machine)[ -]{_EN_MADE}|{_EN_MADE} (?:automatically|{_EN_BY}))[^«»“”\":]{{0,160}}",
    rf"this {_EN_PIECE} (?:was|has been|is) translated from (?:the )?(?:english|original)[^,;\":]{{0,60}}",
    r"this is an? (?:automatic|automated|machine|ai)[ -]?(?:generated )?translat(?:ion|ed \w+)[^«»“”\":]{0,80}",
    r"(?:automatic|automated|machine|ai)[ -]translat(?:ion|ed)(?: (?:from|by) [^,;\":]{2,40})?",
    rf"(?:article )?translated (?:automatically|{_EN_BY}|from (?:the )?(?:english|original)(?: by [^,;:]{{2,60}})?)",
    r"""(?:in case of [^.]{3,60}, )?the (?:original|english)(?: language)? (?:version|text|article)[ ]
    (?:(?:shall )?prevails?|takes precedence|is (?:the )?authoritative(?: \w+)?)""",
)

_COMPANION = _any(
    r"""(?:de légères|des|quelques|certaines|de petites)? ?(?:différences|erreurs|inexactitudes|imprécisions|nuances|
    approximations|divergences)\b[^«»,]{0,90} (?:peuvent|pourraient|sont susceptibles)\b[^«»,]{0,90}""",
    r"""(?:il|elle) (?:peut|pourrait|est susceptible de) (?:contenir|comporter|comprendre|présenter) (?:des|
    quelques)[^«»]{3,80}""",
    r"""(?:la rédaction|notre rédaction|le journal|l'éditeur|nous) (?:décline|déclinons|n'est pas responsable|
    ne (?:peut|saurait|garantit|garantissons|pouvons))\b[^«»]{3,140}""",
    r"""(?:cette|la) traduction (?:automatique )?(?:peut|pourrait|est susceptible de) (?:contenir|comporter|
    comprendre|présenter) (?:des|quelques)[^«»]{3,80}""",
    r"(?:il|elle) (?:a été|n'a pas été) (?:relue?|revue?|vérifiée?|révisée?|corrigée?)[^«»]{0,100}",
    r"""(?:slight|minor|small|some)? ?(?:differences|errors|inaccuracies|mistakes)\b[^“”",]{0,80} (?:may|might|
    could)\b[^“”",]{0,80}""",
    r"it (?:may|might|could) contain (?:errors|inaccuracies|mistakes)[^“”\"]{0,60}",
    r"""(?:we|the publisher) (?:apologi[sz]es?|(?:are|is) not responsible|(?:accepts?) no (?:liability|
    responsibility))[^“”"]{3,120}""",
)

_NET = (
    r"(?:facebook|twitter|x|linkedin|whatsapp|instagram|telegram|threads|bluesky|mastodon|youtube|tiktok|"
    r"google (?:news|actualités)|e-?mail)"
)
_NETS = rf"{_NET}(?:(?:, | et | and | ou | or | ?/ ?| ?\| ?){_NET})*"
_LETTER = r"(?:news-?letters?|lettres? d'information|bulletin|infolettre)"
_FURNITURE = _any(
    r"(?:à )?(?:(?:lire|écouter|relire)(?: (?:aussi|également|ensuite|encore))?(?: sur le même sujet)? ?:.{0,140})",
    r"""(?:à )?lire (?:aussi|également)(?: .{0,140})?|(?:à )?voir (?:aussi|également)(?: en (?:vidéo|
    images).{0,100})?|sur le même (?:sujet|thème).{0,3}|articles? (?:liés?|similaires?|connexes?)""",
    r"""(?:lire|voir|consulter|retrouve[rz]|lisez|consultez) (?:l'article|le texte|la version) (?:origin|complet|
    intégr|en anglais)\w*(?: (?:en|de|du|d'|sur|dans|ici|chez|ci-dessous)\b(?: ?\w+){0,3})?""",
    r"lire la suite(?: de l'article)?",
    rf"pour (?:lire|consulter|voir|accéder à|retrouver) {_FR_ORIGINAL}[ ]?(?:, |: | )?{_FR_LINK}",
    rf"(?:lire|lisez|voir|voyez|consulter|consultez|retrouvez|accéder à|accédez à) {_FR_ORIGINAL}(?: (?:ici|en ligne|"
    rf"sur [^«»]{{2,50}}|en cliquant (?:ici|sur ce lien)|en suivant ce lien))?",
    rf"{_FR_ORIGINAL} (?:est (?:disponible|accessible|consultable|à lire)|se trouve|peut être (?:lue?|consultée?))[ ]"
    rf"(?:ici|en suivant ce lien|sur ce lien|à cette adresse|en cliquant (?:ici|sur [^«»]{{2,30}}))",
    rf"(?:cliquez (?:ici|sur ce lien)|suivez ce lien) pour (?:lire|consulter|voir|accéder à) {_FR_ORIGINAL}",
    r"""(?:pour (?:lire |consulter |voir |accéder à )?(?:l'article|le texte|la version|
    l'original)[^,«»]{0,60}, )?(?:veuillez )?cliquez (?:ici|sur ce lien)[^«»]{0,80}""",
    rf"""(?:partage[rz]|envoye[rz]|tweete[rz]|imprimer|recommander)(?: (?:l'|cet |la |cette |ce )?(?:article|page|
    contenu))?(?: (?:sur|par|via) {_NETS})?(?: avec vos amis)?""",
    rf"(?:retrouvez|suivez|rejoignez)(?:-nous|-moi| nous)? (?:aussi |également )?sur (?:{_NETS}|les réseaux sociaux)",
    rf"""(?:abonnez-vous|inscrivez-vous|s'abonner|s'inscrire)(?: dès maintenant| gratuitement)?(?: (?:à|
    sur) (?:notre|la|nos|l[ae]s?) ?(?:{_LETTER}|chaîne|page|compte)?[^«»]{{0,80}})?""",
    rf"""recevez [^«»]{{0,60}}{_LETTER}[^«»]{{0,60}}|recevez (?:chaque|tous les|toute)[^«»]{{0,80}}(?:boîte|
    e-?mail|courriel)[^«»]{{0,30}}""",
    r"téléchargez (?:notre|l'|la nouvelle) ?(?:appli|application)\b[^«»]{0,60}",
    r"""publicité|(?:la )?suite après (?:la|cette) publicité|contenu (?:sponsorisé|partenaire)|
    temps de lecture ?:.{0,20}|\d+ min(?:utes)? de lecture""",
    r"""(?:crédits?|source|légende)? ?(?:photos?|images?|illustrations?)(?: de couverture)? ?(?::|©|/).{1,80}|
    crédits? ?:.{1,80}|photo (?:d'archives?|d'illustration).{0,40}""",
    r"""(?:tous )?droits (?:de reproduction )?réservés.{0,60}|reproduction (?:interdite|réservée).{0,60}|(?:©|
    copyright|\(c\)) ?.{1,100}""",
    r"""(?:cet article|ce texte|cette tribune) (?:a (?:initialement |d'abord |
    originellement )?été (?:initialement |d'abord |originellement )?publiée?|est (?:initialement |
    d'abord )paru|est paru (?:initialement|d'abord))(?: (?:sur|dans|en|par|le|à) [^«»]{2,80})""",
    r"article (?:original|initialement publié|paru|publié)(?: (?:sur|dans|en|par|ici|le) ?[^«»,]{0,80}| ?:.{0,100})?",
    r"""(?:traduction|traducteur|traductrice|adaptation)(?: (?:de l'anglais|française))? ?:.{2,60}|
    \(?avec (?:l')?(?:afp|reuters|ap)(?:(?:,| et) (?:l')?(?:afp|reuters|ap))*\)?""",
    r"""(?:read|watch|listen)(?: (?:more|also|next))? ?:.{0,140}|read (?:more|also)(?: (?:about|on|from|
    here).{0,80})?|see also|related(?: (?:articles?|stories|coverage|content))?(?: ?:.{0,140})?""",
    rf"""(?:share|tweet|print|email)(?: (?:this|the) (?:article|story|page|post))?(?: (?:on|via|
    by) {_NETS})?(?: with (?:your )?friends)?""",
    rf"(?:follow|find|join|like) us on (?:{_NETS}|social media)",
    rf"""(?:subscribe|sign up)(?: now| here| today| for free)*(?:(?: to| for) (?:our|the|
    my)\b[^“”"]{{0,60}}(?:{_LETTER}|channel|podcast|alerts|updates|edition)[^“”"]{{0,60}})?""",
    r"""(?:get|download) (?:our|the) (?:\w+ )?app\b[^“”"]{0,40}|click here (?:to|for)[^“”"]{2,60}|(?:for|
    to (?:read|see)) the original (?:version|article|text)[^“”"]{0,30}, (?:please )?click here""",
    r"""advertisement|(?:story |article )?continues (?:below|after) (?:the )?advertisement|sponsored content|
    \d+[ -]min(?:ute)? read|listen to this (?:article|story)""",
    r"""(?:photo|image|picture|illustration)s?(?: credits?)? ?(?::|©|/).{1,80}|(?:photograph|photo|
    image) by .{1,60}|all rights reserved.{0,60}""",
    r"""(?:this (?:article|story|post|piece) )?(?:was )?(?:originally|first) (?:appeared|published|posted) (?:in|
    on|at|by) [^“”"]{2,80}|this (?:article|story|post) (?:originally|first) appeared [^“”"]{2,80}""",
)
_BARE = frozenset({"partager", "envoyer", "imprimer", "recommander", "share", "print", "email", "tweet"})
_LABEL = _any(
    r"""(?:avertissement|note(?: de (?:la rédaction|l'éditeur|traduction))?|ndlr|ndt|remarque|important|mention|
    disclaimer|"""
    r"editor's note|please note|attention|information)s? ?[:\-–—] ?"
)
_SPEAKER = _any(
    r"""\b(?:selon|d'après|a (?:dit|déclaré|affirmé|reconnu|expliqué|indiqué|précisé|admis|estimé)|according to|
    said|says|told|admitted)\b"""
)
_EDGE = " \t.!…*_#>•·|→▶►–—-()[]{}<«»\"'“”‘’"


def mark_boilerplate(sentences: Sequence[Sentence], blocks: Sequence[Block] = ()) -> tuple[Sentence, ...]:
    """The same sentences; those recognised as a publisher's notice have `role="boilerplate"`.

    `blocks`: of a web page, whose markup says what is furniture. Both languages' wordings are looked for on either
    side. Nothing is known here of the other side: whether a notice
    has a counterpart is the aligner's business.
    """
    lines = [list(group) for _, group in groupby(sentences, key=lambda s: s.line)]
    strengths = [[strength(s.text) for s in line] for line in lines]
    firm = [_notices_at_end(found) for found in strengths]
    marked: list[Sentence] = []
    for i, (line, found) in enumerate(zip(lines, strengths, strict=True)):
        beside = any(firm[j] == len(lines[j]) for j in (i - 1, i + 1) if 0 <= j < len(lines))
        count = len(line) if beside and all(found) else firm[i]
        marked += line[: len(line) - count]
        marked += [replace(s, role="boilerplate") for s in line[len(line) - count :]]
    return _in_furniture(marked, blocks)


def _in_furniture(sentences: Sequence[Sentence], blocks: Sequence[Block]) -> tuple[Sentence, ...]:
    """A block is a line, so that the sentences of one start inside it."""
    starts = [b.span.start for b in blocks]
    shut = [b.kind == "furniture" for b in blocks]
    kinds = (bool(shut) and shut[bisect_right(starts, s.span.start) - 1] for s in sentences)
    return tuple(replace(s, role="boilerplate") if f else s for s, f in zip(sentences, kinds, strict=True))


def _notices_at_end(found: Sequence[Strength]) -> int:
    """How many sentences at the end of a line are notices: with a translation notice, or else all of the line."""
    run = 0
    while run < len(found) and found[-1 - run]:
        run += 1
    best = max(found[len(found) - run :], default=Strength.NONE)
    if best is Strength.NOTICE or (best is Strength.FURNITURE and run == len(found)):
        return run
    return 0


def strength(text: str) -> Strength:
    """How sure a sentence, by its wording alone, is to be a notice."""
    for plain in _variants(text):
        if len(plain) <= MAX_NOTICE and not _SPEAKER.search(plain) and _NOTICE.fullmatch(plain):
            return Strength.NOTICE
        if len(plain) <= MAX_FURNITURE and plain not in _BARE and _FURNITURE.fullmatch(plain):
            return Strength.FURNITURE
        if len(plain) <= MAX_NOTICE and not _SPEAKER.search(plain) and _COMPANION.fullmatch(plain):
            return Strength.COMPANION
    return Strength.NONE


def _variants(text: str) -> Iterator[str]:
    """Lower case, plain apostrophes and spaces, no ornaments around it; the same without a label in front."""
    plain = " ".join(fold(text).lower().split()).strip(_EDGE)
    yield plain
    label = _LABEL.match(plain)
    if label:
        yield plain[label.end() :].strip(_EDGE)
