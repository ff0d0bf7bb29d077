"""Reporting verbs that lost their preposition or were doubled: « Altman dit Axios », « Altman dit CNBC a déclaré »."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from mtqc.checks.attribution import hearers, meet
from mtqc.checks.reporting_examples import BARE_RECIPIENT_EXAMPLES, DOUBLED_SPEECH_EXAMPLES, DOUBLED_VERB_EXAMPLES
from mtqc.model import Bead, Category, Finding, Location, Severity, Signals
from mtqc.rules import Rule
from mtqc.text import french
from mtqc.text.tokens import fold, plain

BARE_RECIPIENT = Rule(
    code="FLU101",
    name="reporting-verb-without-preposition",
    category=Category.GARBLED,
    severity=Severity.MAJOR,
    summary="The person or outlet that was told something follows the French verb of speech without « à ».",
    rationale="« Altman dit Axios » is no French, and as an inversion it makes the outlet the one who speaks.",
    examples=BARE_RECIPIENT_EXAMPLES,
    confidence=0.95,
)
DOUBLED_SPEECH = Rule(
    code="FLU102",
    name="doubled-reporting-verb",
    category=Category.GARBLED,
    severity=Severity.MAJOR,
    summary="Two verbs of speech stand in one French clause where the English has one.",
    rationale="“X told Y” turned into « X dit Y a déclaré »: nobody can tell who speaks.",
    examples=DOUBLED_SPEECH_EXAMPLES,
    confidence=0.95,
)
DOUBLED_VERB = Rule(
    code="FLU103",
    name="doubled-finite-verb",
    category=Category.GARBLED,
    severity=Severity.MAJOR,
    summary="One subject has two finite verbs in a row, with nothing that joins them.",
    rationale="« Le groupe annonce a vendu » or « elle est a été » is broken syntax, not a matter of taste.",
    examples=DOUBLED_VERB_EXAMPLES,
    confidence=0.9,
)

_TOKEN = r"[\w&-]+(?:[.'][A-Z][\w-]*)*"
_HEARD = re.compile(
    r"\b(?:(?:told|tells?|telling|texted|informed|reminded|notified)(?: to)?|[Ii]nterview with"
    r"|(?:wrote|said|explained|confirmed|admitted|revealed|replied|spoke|promised)"
    r" to|(?:[Ss]tatement|[Cc]omments?|[Ee]mail) to)"
    rf" (?:the |The |its )?(?P<name>(?=[A-ZÀ-Ž]){_TOKEN}(?: (?:(?:of|and|the|&) )*(?=[A-ZÀ-Ž0-9]){_TOKEN})*)"
)
_HEARD_NOUN = re.compile(
    r"\b(?:told|tells?|telling|informed) (?:(?:the|a|several|local|its|our) )*"
    r"(?P<noun>reporters?|journalists?|police|investors|lawmakers|analysts|newspaper|magazine|agency|employees|staff"
    r"|shareholders|officers|court|committee|paper)\b"
)
_NOUNS = {
    "reporter": "journaliste|reporter",
    "journalist": "journaliste",
    "police": "police|policier",
    "investors": "investisseur",
    "lawmakers": "parlementaire|législateur|député|élu",
    "analysts": "analyste",
    "newspaper": "journal|quotidien",
    "paper": "journal|quotidien",
    "magazine": "magazine",
    "agency": "agence",
    "employees": "employé|salarié",
    "staff": "personnel|employé|salarié",
    "shareholders": "actionnaire",
    "officers": "agent|policier|officier",
    "court": "tribunal|cour",
    "committee": "comité|commission",
}
_SPEAKS = (
    r"(?:said|says?|reports?|reported|wrote|writes|added|adds|explained|noted|tweeted|announced|announces|claimed|claims"
    r"|declared|stated|states|told|tells?|asked|asks|insisted|warned|argued|revealed|confirmed|suggested|replied"
    r"|responded|admitted|quoted|quotes|cited|described|recalled|assured|pointed|called|concluded|estimates|estimated)"
)
_ENGLISH_SPEECH = re.compile(rf"\b{_SPEAKS}\b")
_ALIAS = re.compile(r"\b(?:known as|called|aka|a\.k\.a\.|nicknamed|dubbed|alias)\b")
_TITLE = (
    r"(?:(?:sénateur|sénatrice|président|présidente|ministre|juge|pape|reine|roi|chaîne|quotidien|magazine|journal|site"
    r"|agence|députée?|gouverneure?|maire|professeure?|général|journaliste)s? )?"
)
_NAME = rf"(?=[A-Z]){_TOKEN}(?: (?:(?:de|of|du|and|et|&) )?(?=[A-Z0-9]){_TOKEN})*"
_BOUNDARY = re.compile(
    r"[,;:!?…«»“”\"()\[\]—–\n]|\. | - |(?<![\w-])(?:[Qq]ue|et|mais|ou|car|si|où|dont)(?= )|(?<!\w)[Qq]u'"
)
_LEADING = re.compile(
    r"(?:[Ll]undi|[Mm]ardi|[Mm]ercredi|[Jj]eudi|[Vv]endredi|[Ss]amedi|[Dd]imanche|[Hh]ier)(?: (?:soir|matin))? "
)
_RELATIVE = re.compile(
    r"(?<![\w-])(?:que|qui|dont|où|comme|selon|quoi|quand|si|lequel|laquelle|tel|telle|plus|moins|aussi|autant)(?![\w-])|qu'",
    re.IGNORECASE,
)


@cache
def _bare() -> re.Pattern[str]:
    group = french.speech_group(needs_a=True)
    return re.compile(
        rf"(?<![\w'-])(?:n')?{group} (?P<article>le |la |l'|les |The )?(?:{_TITLE}(?=[A-Z]))?"
        rf"(?P<name>{_NAME}|(?P<noun>[a-zé]{{4,}}))"
    )


@cache
def _second() -> re.Pattern[str]:
    return re.compile(rf" (?P<verb>{french.speech_group()})(?![\w'-])")


@cache
def _doubled() -> re.Pattern[str]:
    announced = "|".join(sorted({f for v in french.speech_verbs() for f in v.finite}, key=len, reverse=True))
    return re.compile(
        rf"(?<![\w'-])(?:(?P<speech>{announced}) (?:a|ont|avait|avaient|est|sont) (?:été )?"
        r"(?:[a-zéèêç]+(?:é|ée|és|ées|i|u|is|it))"
        r"|(?P<be>(?:est|était|sera) (?:a|avait|est|était|sera) |(?:sont|étaient|seront) (?:ont|avaient|sont|étaient) "
        r"|(?:a|avait) (?:est|était|sont) |(?:ont|avaient) (?:sont|étaient|est) )(?:[a-zéèêç]+))(?![\w'-])"
    )


_GATE = re.compile(
    r"\b(?:dit|disent|disait|dis|écri|répon|prom|déclar|racont|expliqu|affirm|confi|indiqu|précis|annonc|rév|rapport"
    r"|confirm|rép|ajout|avou|signal)"
)
_BE_GATE = re.compile(
    r"\b(?:est|était|sera|a|avait|sont|étaient|ont|avaient|seront) "
    r"(?:a|est|ont|sont|avait|était|avaient|étaient|sera)\b"
)


@dataclass(frozen=True, slots=True)
class Reporting:
    """Bare recipients (FLU101), doubled verbs of speech (FLU102), doubled finite verbs (FLU103)."""

    rules = (BARE_RECIPIENT, DOUBLED_SPEECH, DOUBLED_VERB)

    def find(self, bead: Bead, signals: Signals) -> Iterator[Finding]:  # noqa: ARG002 -- text only
        """One finding a broken clause; the doubled verb wins over the bare recipient."""
        target, source = plain(bead.target_text), plain(bead.source_text)
        taken = 0
        for finding in (
            *_speech(bead, source, target),
            *_told_noun(bead, source, target),
            *_in_a_row(bead, target),
            *_twice(bead, target),
        ):
            if finding.target.span.start >= taken or finding.code != DOUBLED_VERB.code:
                taken = max(taken, finding.target.span.end)
                yield finding


def _speech(bead: Bead, source: str, target: str) -> Iterator[Finding]:
    if not _GATE.search(target):
        return
    for match in _bare().finditer(target):
        start = _subject(target, match.start())
        second = _second().match(target, match.end("name")) if match["name"][0].isupper() else None
        heard = _recipient(source, match)
        if second and start < match.start() and (heard or _more_speech(source, target)):
            yield _doubled_speech(bead, match, second, start, heard)
        elif heard:
            yield _bare_recipient(bead, match, start, heard)


def _more_speech(source: str, target: str) -> bool:
    """The French has more verbs of speech than the English, and none of them is « dit » for “known as”."""
    french_verbs = sum(1 for _ in re.finditer(rf"(?<![\w'-]){french.speech_group()}(?![\w-])", target))
    return french_verbs > len(_ENGLISH_SPEECH.findall(source)) and not _ALIAS.search(source)


def _recipient(source: str, match: re.Match[str]) -> tuple[int, int] | None:
    """Where the English names as the hearer what follows the French verb, and never as the speaker."""
    if match["noun"]:
        return _noun_recipient(source, match)
    first = fold(match["name"]).split()[0].casefold()
    for heard in _HEARD.finditer(source):
        name = heard["name"]
        if first in fold(name).casefold().split() and not _speaks(source, name.split()[-1], heard.span("name")):
            return heard.span("name")
    return None


def _noun_recipient(source: str, match: re.Match[str]) -> tuple[int, int] | None:
    for heard in _HEARD_NOUN.finditer(source):
        noun = heard["noun"]
        stems = _NOUNS[noun.removesuffix("s") if noun in {"reporters", "journalists"} else noun]
        if re.fullmatch(rf"(?:{stems})s?", match["noun"]) and not _speaks(source, noun, heard.span("noun")):
            return heard.span("noun")
    return None


def _speaks(source: str, name: str, at: tuple[int, int]) -> bool:
    """The name also stands beside a verb of speech as its subject, outside `at`."""
    word = re.escape(name.removesuffix("'s"))
    before = rf"\b{word}\b(?: (?:has|had|also|later|then|is|was|have))? {_SPEAKS}\b"
    pattern = rf"{before}|\b{_SPEAKS} (?:[Tt]he )?(?:\w+ )?{word}\b"
    said = (m for m in re.finditer(pattern, source) if not (m.start() <= at[0] <= m.end()))
    after = re.match(rf"(?:'s)? {_SPEAKS}\b", source[at[1] :])
    return after is not None or any(said)


def _subject(text: str, verb: int) -> int:
    """Where the clause of the verb at `verb` starts; `verb` itself where nothing stands before it (an incise)."""
    start = 0
    for boundary in _BOUNDARY.finditer(text, 0, verb):
        start = boundary.end()
    while start < verb and not text[start].isalnum():
        start += 1
    leading = _LEADING.match(text, start, verb)
    return leading.end() if leading else start


def _spoken(bead: Bead, match: re.Match[str], start: int) -> tuple[str, str]:
    """(subject, recipient with its article) as they stand in the text; the subject without a trailing blank."""
    begin = match.start("article") if match["article"] else match.end(0) - len(match[0][_verb_length(match) :])
    return bead.target_text[start : match.start()].rstrip(), bead.target_text[begin : match.end("name")].strip()


def _verb_length(match: re.Match[str]) -> int:
    end = match.end("compound") if match["compound"] else match.end("simple")
    return end - match.start()


def _bare_recipient(bead: Bead, match: re.Match[str], start: int, heard: tuple[int, int]) -> Finding:
    subject, recipient = _spoken(bead, match, start)
    verb = bead.target_text[match.start() : match.start() + _verb_length(match)]
    if match["simple"] == "dit":
        verb = "a dit"
    to = french.with_to(recipient) if match["name"][0].isupper() or match["article"] else f"aux {recipient}"
    marked = bead.target_at(start, match.end("name"))
    return BARE_RECIPIENT.finding(
        marked,
        f"In « {marked.text} », « {recipient} » is the one who was told: « à » is missing.",
        source=bead.source_at(*heard),
        fix=f"{subject} {verb} {to}" if subject else None,
    )


def _doubled_speech(
    bead: Bead, match: re.Match[str], second: re.Match[str], start: int, heard: tuple[int, int] | None
) -> Finding:
    subject, recipient = _spoken(bead, match, start)
    marked = bead.target_at(start, second.end())
    source: Location | None = bead.source_at(*heard) if heard else None
    return DOUBLED_SPEECH.finding(
        marked,
        f"« {marked.text} » has two verbs of speech for one subject, and « {recipient} » lost its preposition.",
        source=source,
        fix=f"{subject} {second['verb']} {french.with_to(recipient)}",
    )


@cache
def _direct() -> re.Pattern[str]:
    """A verb of speech, a noun with its article, and what is said; « dire la vérité » and its like take no hearer."""
    article = r"(?:l'|(?:les?|la|son|sa|ses|leurs?|nos|notre|vos|votre) )"
    said = r"(?= (?:[a-zéèê']+ ){0,2}(?:que |qu'|avoir |être ))"
    head = rf"(?P<head>(?!même|vérité|contraire|histoire|fait|nombre)[a-zàâçéèêîôûœ-]{{4,}}){said}"
    return re.compile(rf"(?<![\w'-])(?:n')?{french.speech_group(needs_a=True)} (?P<noun>{article}{head})")


def _told_noun(bead: Bead, source: str, target: str) -> Iterator[Finding]:
    """« a dit ses partisans » for “told supporters”: by the word tables."""
    if not _GATE.search(target) or not (heard := hearers(source)):
        return
    for match in _direct().finditer(target):
        if _noun_recipient_known(match["head"]) or not any(meet(h, [match["head"]]) for h in heard):
            continue
        marked = bead.target_at(match.start(), match.end())
        noun = bead.target_text[slice(*match.span("noun"))]
        yield BARE_RECIPIENT.finding(
            marked, f"In « {marked.text} », « {noun} » is the one who was told: « à » is missing."
        )


def _noun_recipient_known(noun: str) -> bool:
    """True of the hearers that `_speech` looks for, with their subject and a fix."""
    return any(re.fullmatch(rf"(?:{stems})s?", noun) for stems in _NOUNS.values())


def _in_a_row(bead: Bead, target: str) -> Iterator[Finding]:
    """« a dit a déclaré », where no relative clause ends between the two."""
    if not _GATE.search(target):
        return
    for first in _group().finditer(target):
        second = _group().match(target, first.end() + 1) if target[first.end() : first.end() + 1] == " " else None
        if second and second["compound"] and not _RELATIVE.search(target[max(0, first.start() - 40) : first.start()]):
            marked = bead.target_at(first.start(), second.end())
            yield DOUBLED_SPEECH.finding(
                marked,
                f"« {marked.text} » has two verbs of speech in a row: one of them is too many.",
                fix=bead.target_text[second.start() : second.end()],
            )


@cache
def _group() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'-]){french.speech_group()}(?![\w'-])")


def _twice(bead: Bead, target: str) -> Iterator[Finding]:
    if not (_BE_GATE.search(target) or _GATE.search(target)):
        return
    for match in _doubled().finditer(target):
        start = _subject(target, match.start())
        subject = target[start : match.start()]
        if _is_plain_subject(subject, target[:start]) and (not match["be"] or _be_subject(subject)):
            marked = bead.target_at(start, match.end())
            yield DOUBLED_VERB.finding(
                marked, f"« {marked.text} » has two finite verbs in a row for one subject: one of them is too many."
            )


_DETERMINED = re.compile(
    r"(?:[Ll]e|[Ll]a|[Uu]n|[Uu]ne|[Cc]et?|[Cc]ette|[Ss]on|[Ss]a|[Ll]es|[Dd]es|[Cc]es) [\w-]+ |[Ll]'[\w-]+ "
    r"|(?:[A-Z][\w-]+ ){1,3}"
)
_PRONOUN = re.compile(r"(?:[Ii]l|[Ee]lle|[Oo]n|[Ii]ls|[Ee]lles) ")


def _is_plain_subject(subject: str, before: str) -> bool:
    """A pronoun, a name or article and noun, that no relative, comparison or question word introduces."""
    whole = _PRONOUN.fullmatch(subject) or _DETERMINED.fullmatch(subject)
    last = before.rstrip()[-30:]
    return bool(whole) and not _RELATIVE.search(last.rsplit(",", 1)[-1])


def _be_subject(subject: str) -> bool:
    return _PRONOUN.fullmatch(subject) is not None
