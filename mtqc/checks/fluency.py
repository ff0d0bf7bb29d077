"""French that fell apart: a capital in mid-sentence, doubled words, loops, a noun’s wrong preposition."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from mtqc.checks.base import BOTH, cited
from mtqc.checks.fluency_examples import (
    CAPITAL_EXAMPLES,
    DOUBLED_EXAMPLES,
    GOVERNMENT_EXAMPLES,
    LOOP_EXAMPLES,
)
from mtqc.model import Bead, Category, Evidence, Finding, Fix, Severity, Signals
from mtqc.rules import Rule
from mtqc.text import french
from mtqc.text.tokens import plain, words

CAPITAL = Rule(
    code="FLU201",
    name="capital-in-mid-sentence",
    category=Category.GARBLED,
    severity=Severity.MAJOR,
    summary="A sentence starts again inside a sentence: a capital article where no sentence and no name begins.",
    rationale="“the startup’s board” turned into « la start-up Le conseil »: two noun phrases, nothing between.",
    examples=CAPITAL_EXAMPLES,
    confidence=0.9,
)
DOUBLED = Rule(
    code="FLU501",
    name="doubled-word",
    category=Category.DUPLICATION,
    severity=Severity.MINOR,
    summary="The same word stands twice in a row.",
    rationale="A slip readers see at once; French doubles only pronouns (« nous nous »), names and emphatic words.",
    examples=DOUBLED_EXAMPLES,
    confidence=0.95,
)
LOOP = Rule(
    code="FLU502",
    name="repeated-phrase",
    category=Category.DUPLICATION,
    severity=Severity.MAJOR,
    summary="A phrase is repeated in a row, and the original does not repeat itself.",
    rationale="Decoders loop: the same words come out again and again, often in place of the rest of the sentence.",
    examples=LOOP_EXAMPLES,
    confidence=0.95,
)
GOVERNMENT = Rule(
    code="FLU504",
    name="noun-government",
    category=Category.GRAMMAR,
    severity=Severity.MINOR,
    summary="A noun that takes « de » before its infinitive has « à ».",
    rationale="“offer to buy” is « offre d’achat » or « offre d’acheter »; « offre à acheter » is there to be bought.",
    examples=GOVERNMENT_EXAMPLES,
    confidence=0.7,
    sources=("training/noun_government.py: counts of noun + de/à + infinitive in 1.2 million French sentences",),
)

MIN_COMMA_PERIOD = 4
"""Words of a phrase said twice with a comma between: shorter ones are rhetoric (« jure par lui, jure par lui »)."""
_LOWER = "a-zàâäçéèêëîïôöùûüœæ"
_ARTICLES = "Le|La|Les|Un|Une|Des|Ce|Cet|Cette|Ces|Son|Sa|Ses|Leur|Leurs"
_OTHERS = "Du|Au|Aux|Il|Elle|Ils|Elles|Nous|Vous|On|Je|Dans|En|Sur|Pour|Avec|Mais|Et|Par|Selon|Que|Qui"
_CAPITAL = re.compile(
    rf"(?<=[^\W\d_]) (?P<cap>(?:(?P<article>{_ARTICLES})|{_OTHERS}) |(?P<elided>[LD]'))(?P<next>[{_LOWER}][\w'-]+)"
)
_ENGLISH_TITLE = re.compile(
    r"(?<=[a-z,] )(?:The|A|An|In|On|We|We're|Our|My|His|Her|It|I'm|You|This|That|These|For|With|To|From|How|Why)"
    r" \w+"
)
_TITLED = re.compile(
    r"\b(?:intitulée?s?|appelée?s?|surnommée?s?|nommée?s?|baptisée?s?|titre|titrée?|film|roman|livre|série"
    r"|émission|chanson|album|article|magazine|journal|quotidien|hebdomadaire|revue|pièce|club|groupe|restaurant|hôtel|association"
    r"|équipe|projet|parti|mouvement|site|conférence|devise|slogan|programme|spectacle|tableau|opéra|bateau|navire|prix"
    r"|billet|chaîne|radio|blog|blogue|cochez|bouton|option|menu|onglet|rubrique|livret)(?: \w+)?$",
    re.IGNORECASE,
)
_NOUN_PHRASE = re.compile(
    r"(?<![\w'-])(?:(?:[Ll]e|[Ll]a|[Ll]es|[Uu]ne?|[Cc]ette|[Cc]et?|[Ss]on|[Ss]a|[Ss]es|[Ll]eurs?) |[Ll]')"
    rf"[{_LOWER}][\w-]*(?: (?:de |du |des |d')[\w-]+| [\w-]+)?$"
)
_NAME_BEFORE = re.compile(r"(?<![\w'-])[A-ZÀ-Ý][\w&-]+(?: [A-ZÀ-Ý][\w&-]+)*$")
_COMPLEMENT = re.compile(rf"(?: (?:de |du |des )|\s(?=d')d')(?:l'|la )?[{_LOWER}][\w-]+")
_POSSESSIVE = re.compile(r"[\w-]+(?:'s|s') [a-z]")
_NO_NOUN = frozenset("de du des d' que qu' et ou à dans pour sur par avec en qui mais a est ont sont".split())


@dataclass(frozen=True, slots=True)
class Fluency:
    """FLU201 capitals, FLU501 doubled words, FLU502 loops, FLU504 government of nouns.

    `max_period`: longest phrase, in words, whose immediate repetition is looked for.
    """

    max_period: int = 12
    rules = (CAPITAL, DOUBLED, LOOP, GOVERNMENT)
    directions = BOTH

    def find(self, bead: Bead, signals: Signals) -> Iterator[Finding]:  # noqa: ARG002 -- text only
        """Findings in the translation, rule after rule; doubled words and loops alone where it is English."""
        target, source = plain(bead.target_text), plain(bead.source_text)
        if not bead.is_reversed:
            yield from _capitals(bead, target, source)
        loops = tuple(_loops(bead, self.max_period))
        yield from loops
        if not loops:
            yield from _doubled(bead, target, source)
        if not bead.is_reversed:
            yield from _government(bead, target)


def _capitals(bead: Bead, target: str, source: str) -> Iterator[Finding]:
    for match in _CAPITAL.finditer(target):
        word = match["cap"].strip()
        if re.search(rf"\b{re.escape(word)}(?!\w)", source) or _is_title(source, target, match.start()):
            return
        phrase = _phrase_before(target, match.start(), source)
        if phrase is not None and (match["article"] or match["elided"] == "L'"):
            yield _joined(bead, target, source, match, phrase)
        else:
            yield _mere_capital(bead, match, word)


def _is_title(source: str, target: str, at: int) -> bool:
    """A headline in capitals, or a title inside the sentence; a title kept in English is none that starts here."""
    if _TITLED.search(target[:at]) and not _POSSESSIVE.search(source):
        return True
    capitals = sum(w[0].isupper() for w in target.split())
    translated = (m for m in _ENGLISH_TITLE.finditer(source) if m[0] not in target)
    return capitals > 0.5 * len(target.split()) or any(translated)


def _phrase_before(target: str, stop: int, source: str) -> int | None:
    """Where the noun phrase that ends at `stop` starts: article and noun, or a name the English has in the genitive."""
    match = _NOUN_PHRASE.search(target[:stop])
    if match and match[0].rsplit(" ", 1)[-1].lower() not in _NO_NOUN:
        return match.start()
    name = _NAME_BEFORE.search(target[:stop])
    if name and re.search(rf"\b{re.escape(name[0])}(?:'s|')(?= )", source):
        return name.start()
    return None


def _joined(bead: Bead, target: str, source: str, match: re.Match[str], start: int) -> Finding:
    end = match.end()
    while complement := _COMPLEMENT.match(target, end):
        end = complement.end()
    marked = bead.target_at(start, end)
    first, second = bead.target_text[start : match.start()], bead.target_text[match.start("cap") : end]
    fix = None
    if _POSSESSIVE.search(source):
        fix = f"{second[0].lower()}{second[1:]} {french.with_of(first)}"
    return CAPITAL.finding(
        marked, f"« {first} » and « {second} » stand side by side with nothing that joins them.", fix=fix
    )


def _mere_capital(bead: Bead, match: re.Match[str], word: str) -> Finding:
    marked = bead.target_at(match.start("cap"), match.start("cap") + len(word))
    return CAPITAL.finding(
        marked,
        f"« {marked.text} » has a capital in mid-sentence, where neither a sentence nor a name begins.",
        fix=marked.text[0].lower() + marked.text[1:],
        severity=Severity.MINOR,
    )


_TWICE = re.compile(
    rf"(?<![\w-])(?P<word>[{_LOWER}][\w-]+) (?P=word)(?![\w'-])"
    r"|(?<![\w'-])(?P<first>[LDUCS]\w+) (?P<again>[ldcus]\w+)(?![\w'-])"
)
_DOUBLED_OK = frozenset(
    "nous vous en très si non oui bien petit petite tout toute vite ha bla bip faire plus trop jamais chut".split()
)
_TWICE_EN = re.compile(
    r"(?<![\w'-])(?P<word>[a-z][\w-]+|a) (?P=word)(?![\w'-])"
    r"|(?<![\w'-])(?P<first>[AFIOTW]\w+) (?P<again>[afiotw]\w+)(?![\w'-])"
)
_DOUBLED_OK_EN = frozenset(
    "that had very so so-so many much more no bye ha really far long little now there blah is her".split()
)
"""“he said that that was it”, “the one she had had”, “what it is is this”, “gave her her coat”."""
_ENGLISH_TWICE = re.compile(r"\b(\w+),? \1\b", re.IGNORECASE)


_DETERMINERS_EN = frozenset("the a an of to in on for and with from by at".split())


def _doubled(bead: Bead, target: str, source: str) -> Iterator[Finding]:
    pattern, fine = (_TWICE_EN, _DOUBLED_OK_EN) if bead.is_reversed else (_TWICE, _DOUBLED_OK)
    for match in pattern.finditer(target):
        word = (match["word"] or match["first"]).lower()
        same = match["word"] or match["again"] == word
        if same and word not in fine and not _ENGLISH_TWICE.search(source):
            marked = bead.target_at(match.start(), match.end())
            yield DOUBLED.finding(
                marked,
                f"{cited(marked.text, bead.langs[1])}: the same word twice.",
                fix=Fix(
                    marked,
                    marked.text[: len(word)],
                    safe=word in (_DETERMINERS_EN if bead.is_reversed else french.DETERMINERS | {"de", "à"}),
                ),
            )


def _loops(bead: Bead, max_period: int) -> Iterator[Finding]:
    rough = bead.target_text.lower().split()
    if len(set(pairwise(rough))) >= len(rough) - 1:  # no two words twice: no loop, and no need
        return
    found = words(bead.target_text)
    run = _run([w.norm.lower() for w in found], max_period)
    if run is None or _repeats([w.norm.lower() for w in words(bead.source_text)], max_period):
        return
    first, last, times = run
    period = (last - first + 1) // times
    marked = bead.target_at(found[first].start, found[last].end)
    seam = bead.target_text[found[first + period - 1].end : found[first + period].start]
    if seam.strip() and times == 2 and period < MIN_COMMA_PERIOD:
        return
    once = bead.target_text[found[first].start : found[first + period - 1].end]
    yield LOOP.finding(
        marked,
        f"{cited(once, bead.langs[1])} stands {times} times in a row; the original does not repeat itself.",
        fix=once,
        evidence=(Evidence("repetitions", times),),
        severity=Severity.MINOR if seam.strip() and times == 2 else None,
    )


def _repeats(tokens: list[str], max_period: int) -> bool:
    """The original repeats itself too: in a row, or three words anywhere."""
    triples = list(zip(tokens, tokens[1:], tokens[2:], strict=False))
    return _run(tokens, max_period) is not None or len(set(triples)) < len(triples)


def _run(tokens: list[str], max_period: int) -> tuple[int, int, int] | None:
    """(first word, last word, times) of a phrase of 2 to `max_period` words twice in a row, or one word thrice."""
    if len(set(tokens)) > len(tokens) - 2:
        return None
    for period in range(1, min(max_period, len(tokens) // 2) + 1):
        needed = period if period >= 2 else 2 * period
        length = 0
        for i in range(period, len(tokens) + 1):
            if i < len(tokens) and tokens[i] == tokens[i - period]:
                length += 1
                continue
            if length >= needed and length >= 2:
                times = length // period + 1
                first = i - length - period
                return first, first + times * period - 1, times
            length = 0
    return None


@cache
def _governed() -> re.Pattern[str]:
    rows = files("mtqc.text").joinpath("data/government.tsv").read_text(encoding="utf-8").splitlines()
    nouns = "|".join(row.split("\t")[0] for row in rows)
    return re.compile(
        rf"(?<![\w-])(?P<noun>{nouns}) (?:(?:de |d'|du )[A-ZÀ-Ý][\w-]+(?: [A-ZÀ-Ý][\w-]+)* )?"
        rf"(?P<infinitive>à (?:nouveau )?[{_LOWER}]+(?:er|ir|re))"
        r"(?= (?:(?:le|la|les|une?|des|ce|cet|cette|ces|son|sa|ses|leurs?|tout|toute|tous) |l'|[A-ZÀ-Ý]))"
    )


def _government(bead: Bead, target: str) -> Iterator[Finding]:
    if " à " not in target:
        return
    for match in _governed().finditer(target):
        marked = bead.target_at(*match.span("infinitive"))
        yield GOVERNMENT.finding(
            marked, f"« {match['noun']} … {marked.text} »: « {match['noun']} » takes « de » before an infinitive."
        )
