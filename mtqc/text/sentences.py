"""Sentences of an English or French news text, with exact offsets.

A line break always ends a sentence. Inside a line, every terminator (`.`, `!`, `?`, `…`) that white space follows is
a candidate; what stands on both sides decides: abbreviations, initials, the case of the next letter, and a quotation
that goes on (`“Scam!” he wrote`). Closing quotation marks and brackets stay with the sentence they close.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Literal

from mtqc.model import Sentence, Side, Span
from mtqc.text.offsets import LineIndex

Lang = Literal["en", "fr"]

_MARK = ".!?…"
_CLOSER = "»”’›)\\]'\"*\u200b-\u200d\u2060\ufeff"
_TERMINATOR = re.compile(
    rf"(?<![{_MARK}])(?<![{_MARK}][{_CLOSER}])[{_MARK}]++"
    rf"(?:[{_CLOSER}{_MARK}]|\s{{1,2}}»|\s\"(?=\s|$)|\[\d{{1,3}}\])*+(?=\s)"
)
_OPENING = re.compile(r"""[\s«“‹„‘("'\[¿¡*_–—\-\u200b-\u200d\u2060\ufeff]*+""")
_TOKEN = re.compile(r"[^\s()\[\]«“\"‘'’/]*$")
_QUOTE = re.compile(r'(?<!\w)"|"(?!\w)')
_QUOTE_OPENS = re.compile(r'[«“"]\s?$')
_TOKEN_WINDOW = 24
_ACRONYM = re.compile(r"(?:[^\W\d_]\.-?){2,}")
_ENUMERATOR = re.compile(r"\W*(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})\.")
_CAMEL = re.compile(r"[a-z]{1,2}[A-Z]")
_NEXT_WORD = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*")
_ELIDED = re.compile(r"(?:[CDJLNST]|Qu)'[^\W\d_]")

_NEVER_LAST = {
    "en": frozenset(
        """Mr Mrs Ms Mx Messrs Mmes Dr Drs Prof Profs Sen Sens Rep Reps Gov Govs Gen Adm Brig Col Lt Cmdr Cpl Cpt
        Capt Maj Sgt Pvt Pfc Rev Revd Hon Pres Supt Insp Det Atty Amb Fr Ft Mt Mts vs v cf viz e.g i.e ca approx
        est incl M MM Mme Mlle Mgr Msgr""".split()
    ),
    "fr": frozenset(
        """M MM Mme Mmes Mlle Mlles Mr Mrs Ms Dr Dre Drs Pr Prof Pres Me Mes Mgr Mgrs St Ste Sts Stes Sen Rep Gov
        Gen Gén Col Lt Ltn Cdt Cmdt Capt Cne Adj Sgt Maj Brig Amb Av av apr env bd boul Bd Ft Mt vs v cf ex p.ex
        c.-à-d i.e e.g""".split()
    ),
}
"""Abbreviations that something always follows: never the end of a sentence."""

_BEFORE_NUMBER = {
    "en": frozenset(
        """No no Nos nos p pp vol Vol art Art Arts fig Fig figs ch Ch chap sec Sec para ed par c Jan Feb Mar Apr Jun
        Jul Aug Sep Sept Oct Nov Dec""".split()
    ),
    "fr": frozenset(
        """no No nos n N p pp vol Vol art Art arts fig Fig ch chap al ss sect par éd t tél Tél janv févr avr juil sept
        oct nov déc""".split()
    ),
}
"""Abbreviations when a number follows, words of their own otherwise (“No.”, “art.”)."""

_MAYBE_LAST = frozenset(
    """St Ste Inc Corp Ltd Co Cos Cie Bros LLC Jr Sr Esq Ave Blvd Rd Ph.D al U.S Ala Ariz Ark Calif Colo Conn
        Del Fla Ga Ill Ind Kan Ky La Mass Md Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa Tenn Tex Va Vt Wash Wis
        Wyo Dept Univ Assn""".split()
)
"""Abbreviations that may end a sentence: they do where a typical first word follows (`_STARTERS`)."""

_STARTERS = {
    "en": frozenset(
        """A After All Although An And Another Any As At Because Before But By Despite During Each Even Every For
        From He Her Here His How However I I'm I've If In Is It It's Its Just Last Many Meanwhile Most My No Nobody Not
        Now Of On Once One Or Other Our Over She Since So Some Still Such That The Their Then There These They
        This Those Though Three To Today Two Under Until We We're What When Where Whether Which While Who Why
        With Yes Yet You Your""".split()
    ),
    "fr": frozenset(
        """À Afin Ainsi Alors Après Au Aucun Aucune Aujourd'hui Auparavant Aussi Autre Aux Avant Avec Beaucoup
        C'est Car Ce Cela Celle Celui Cependant Certains Ces Cet Cette Chaque Comme Contre D'après D'autres Dans
        De Depuis Des Deux Donc Dont Du Durant Elle Elles En Enfin Ensuite Entre Est Et Il Ils J'ai Je Jusqu'à
        L'an La Le Les Leur Leurs Lors Lorsque Lui Ma Mais Malgré Même Mon Ne Ni Nos Notre Nous On Or Ou Où
        Outre Par Parce Parmi Pendant Peu Plus Plusieurs Pour Pourquoi Pourtant Près Puis Quand Que Quel Quelle
        Qui Quoi Sa Sans Selon Ses Seul Si Son Sous Sur Tandis Tant Tous Tout Toute Toutes Toutefois Trois Très
        Un Une Vers Voici Voilà Vous""".split()
    ),
}
"""Capitalised words that open a sentence and are hardly ever a name: function words."""

_NAME_PARTICLES = frozenset("A De Du El I La Le Les Van Von".split())
_NAMES_WITH_MARK = frozenset({"Yahoo", "Jeopardy"})
_SPEECH = re.compile(
    r"(?:[A-Z][\w.'’-]+ ){1,4}(?:said|says|asked|asks|wrote|writes|tweeted|told|added|replied|shouted|joked|posted)\b"
)
_AFTER_HOUR = re.compile(
    r"(?:[A-Z]{2,4}\b|Eastern|Pacific|Central|Mountain|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b)"
)


def split(text: str, side: Side, lang: str | None = None) -> tuple[Sentence, ...]:
    """Sentences of `text`, in order; `text[s.span.start:s.span.end] == s.text` for each.

    `lang` is "en" or "fr"; without it, "en" for the source side and "fr" for the target. White space around a
    sentence belongs to none; a line of nothing else holds no sentence. Measured: reports/sentences.md.
    """
    language: Lang = "en" if (lang or {"source": "en", "target": "fr"}[side]) == "en" else "fr"
    sentences: list[Sentence] = []
    for line, (start, stop) in enumerate(LineIndex(text).lines(), 1):
        for a, b in spans(text[start:stop], language):
            span = Span(start + a, start + b)
            sentences.append(Sentence(side, len(sentences), span, text[span.start : span.end], line))
    return tuple(sentences)


def spans(line: str, lang: Lang) -> Iterator[tuple[int, int]]:
    """[start, stop) of the sentences of one line, white space around them left out."""
    start = 0
    quotes = [m.start() for m in _QUOTE.finditer(line)]
    for match in _TERMINATOR.finditer(line):
        stop = _before_opening_quote(line, match.start(), match.end(), quotes)
        if _is_end(line, start, match.start(), stop, lang):
            yield from _stripped(line, start, stop)
            start = stop
    yield from _stripped(line, start, len(line))


def _stripped(line: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    text = line[start:stop]
    if text.strip():
        yield start + len(text) - len(text.lstrip()), start + len(text.rstrip())


def _before_opening_quote(line: str, mark: int, stop: int, quotes: list[int]) -> int:
    """Where the terminator ends: before a straight quotation mark between spaces if it opens, after it if it closes."""
    quote = line.rfind('"', mark, stop)
    opens = quote > 0 and line[quote - 1].isspace() and bisect_left(quotes, quote) % 2 == 0
    return quote - 1 if opens else stop


def _is_end(line: str, start: int, mark: int, stop: int, lang: Lang) -> bool:
    """True where the terminator at [mark, stop) ends the sentence that begins at `start`."""
    following = _OPENING.match(line, stop)
    after = following.end() if following else stop
    if after >= len(line) or line[after] in ",;:.!?…":
        return after < len(line) and line[after] in ".…" and line[after - 1] in "(["
    if line[after].islower() and not _CAMEL.match(line, after) and not _QUOTE_OPENS.search(line, stop, after):
        return False
    if not any(c.isalnum() for c in line[start:mark]) or _ENUMERATOR.fullmatch(line, start, mark + 1):
        return False
    rest = line[after : after + 60].replace("’", "'")
    marks = line[mark:stop]
    if marks.rstrip("»”’›)]'\"* \u00a0\u202f") == ".":
        return not _is_abbreviation(line[start:mark], rest, lang)
    if line[after].isdigit() and marks[0] in ".…":
        return False
    return not (marks[0] in "!?" and _goes_on_after_quote(line[start:mark], marks, rest))


def _goes_on_after_quote(head: str, marks: str, rest: str) -> bool:
    """`“Scam!” Mr. Musk wrote` and `Yahoo! Finance`."""
    if marks[-1] in "”’'\"»":
        return _SPEECH.match(rest) is not None and not _is_starter(rest, "en")
    return marks == "!" and _token(head) in _NAMES_WITH_MARK


def _token(head: str) -> str:
    found = _TOKEN.search(head[-_TOKEN_WINDOW:])
    return found.group() if found else ""


def _is_abbreviation(head: str, rest: str, lang: Lang) -> bool:
    """True where the full stop after `head` belongs to an abbreviation inside the sentence that `rest` goes on with."""
    token = _token(head)
    if token.lower() in {"a.m", "p.m"}:
        return _AFTER_HOUR.match(rest) is not None
    if token in _NEVER_LAST[lang]:
        return token != "M" or not head[:-1].rstrip()[-1:].isdigit()
    if token in _BEFORE_NUMBER[lang] and rest[:1].isdigit():
        return True
    if len(token) == 1 and token.isupper():
        return _is_initial(head[:-1].rstrip(), rest, lang)
    known = token in _MAYBE_LAST or token.rpartition("-")[2] in _MAYBE_LAST or _ACRONYM.fullmatch(token + ".")
    return bool(known) and not _is_starter(rest, lang)


def _is_initial(before: str, rest: str, lang: Lang) -> bool:
    """`George W. Bush`, `J. K. Rowling`, `H. La Fontaine`; but not `vitamine C. Les` or `plan B. The`."""
    previous = before.rsplit(maxsplit=1)[-1:]
    in_name = not previous or previous[0][:1].isupper()
    particle = rest.split(maxsplit=1)[:1]
    return not _is_starter(rest, lang) or (in_name and bool(particle) and particle[0] in _NAME_PARTICLES)


def _is_starter(rest: str, lang: Lang) -> bool:
    word = _NEXT_WORD.match(rest)
    if word is None:
        return not rest[:1].isdigit()
    elided = lang == "fr" and _ELIDED.match(rest)
    return word.group() in _STARTERS[lang] or bool(elided and rest[elided.end() - 1].islower())
