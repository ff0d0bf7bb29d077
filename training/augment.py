"""Variants of a sentence pair. Each takes a pair and a seeded generator and gives the pair back, changed or not.

Both sides change together, so that what they say stays the same, and the links between their words stay right.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence

import names
from links import Link, word_spans
from pairs import Edit, Pair, copied, rewritten

VOWELS = frozenset("aeiouéèêàâîôûëïöüœAEIOUÉÈÊÀÂÎÔÛËÏÖÜŒ")
Variant = Callable[[Pair, random.Random], Pair]

# --- names ---

_CAPITAL = re.compile(r"[A-ZÀ-ÖØ-Þ][\w’'-]*[a-zß-öø-ÿ][\w’'-]*")
_STARTS = re.compile(r"(?:^|[.!?:…“«\"(] ?|[—–] )$")
_FIXED = re.compile(r"\b(?:les?|la|du|des|aux?|en|[lsjmtnc]['’])\s*$", re.IGNORECASE)
_ELIDING = re.compile(r"\b(?:(d|qu)['’]|(de|que) )$", re.IGNORECASE)
_PARTICLES = frozenset("de la le der den von van bin da del du".split())
_TRAILING = re.compile(rf"(?: (?:{'|'.join(sorted(_PARTICLES))}))+$")
_PLACE = re.compile(r"\b(?:in|at|near) $", re.IGNORECASE)


def shared_names(pair: Pair) -> list[str]:
    """Names that stand on both sides letter for letter, runs of words as one: `Elon Musk`, `Ursula von der Leyen`."""
    known = set(_capitals(pair.fr)) & set(_capitals(pair.en))
    runs: list[str] = []
    for start, end in word_spans(pair.en):
        word = pair.en[start:end]
        longer = f"{runs[-1]} {word}" if runs else ""
        if not (word in known or word.lower() in _PARTICLES):
            continue
        if longer and pair.en[:end].endswith(longer) and longer in pair.fr:
            runs[-1] = longer
        elif word in known:
            runs.append(word)
    whole = dict.fromkeys(_TRAILING.sub("", run) for run in runs)
    return [run for run in whole if not _may_be_a_word(pair, run) and not _has_article(pair.fr, run)]


def _capitals(text: str) -> list[str]:
    words = (text[start:end] for start, end in word_spans(text))
    return [word for word in words if _CAPITAL.fullmatch(word)]


def _places(text: str, name: str) -> list[tuple[int, int]]:
    word = re.escape(name)
    pattern = rf"(?<![\w’'-]){word}(?![\w-])|(?<=\b[dD]['’]){word}(?![\w-])|(?<=\b[qQ]u['’]){word}(?![\w-])"
    return [match.span() for match in re.finditer(pattern, text)]


def _may_be_a_word(pair: Pair, name: str) -> bool:
    """Inside a French sentence only names have a capital; at its start any word has one."""
    if " " in name or name in names.FIRST_NAMES or name in names.SURNAMES or name in names.COMPANIES:
        return False
    return all(_STARTS.search(pair.fr[:start]) for start, _ in _places(pair.fr, name))


def _has_article(fr: str, name: str) -> bool:
    """Articles and `en` agree with the name that they stand before: another name would need another word."""
    return any(_FIXED.search(fr[:start]) for start, _ in _places(fr, name))


def replacements(found: Sequence[str], pair: Pair, rng: random.Random) -> dict[str, str]:
    """A new name for each of the names found, and for their parts."""
    new: dict[str, str] = {}
    for name in sorted(found, key=len, reverse=True):
        if name in new:
            continue
        first, _, last = name.partition(" ")
        if last:
            made = names.surname(rng)
            given = names.first_name(rng, first) if first in names.FIRST_NAMES else first
            new |= {name: f"{given} {made}", last: made} | ({first: given} if given != first else {})
        elif name in names.FIRST_NAMES:
            new[name] = names.first_name(rng, name)
        elif name in names.PLACES or any(_PLACE.search(pair.en[:start]) for start, _ in _places(pair.en, name)):
            new[name] = rng.choice(names.PLACES) if rng.random() < 0.6 else names.invented(rng)
        elif name in names.COMPANIES:
            new[name] = rng.choice(names.COMPANIES) if rng.random() < 0.6 else names.invented(rng)
        else:
            new[name] = names.surname(rng)
    return new


def swap_names(pair: Pair, rng: random.Random) -> Pair:
    """Other names in the place of those that both sides share, the same on both; `d’` and `de` as French wants them."""
    found = shared_names(pair)
    if not found:
        return pair
    new = replacements(found, pair, rng)
    en_edits, fr_edits = _name_edits(pair.en, new), _name_edits(pair.fr, new)
    copies = _copies(en_edits, fr_edits)
    return copied(pair, en_edits, [*fr_edits, *_elisions(pair.fr, fr_edits)], copies)


def _name_edits(text: str, new: dict[str, str]) -> list[Edit]:
    edits: list[Edit] = []
    for name in sorted(new, key=len, reverse=True):
        for start, end in _places(text, name):
            if all(end <= a or b <= start for a, b, _ in edits):
                edits.append((start, end, new[name]))
    return sorted(edits)


def _copies(en_edits: Sequence[Edit], fr_edits: Sequence[Edit]) -> list[tuple[int, int]]:
    """Edits of the two sides that put the same words, where each side has them equally often; in order."""
    en_count, fr_count = Counter(e[2] for e in en_edits), Counter(e[2] for e in fr_edits)
    out = []
    for text in en_count:
        if en_count[text] == fr_count[text]:
            ours = [i for i, e in enumerate(en_edits) if e[2] == text]
            out += list(zip(ours, [i for i, e in enumerate(fr_edits) if e[2] == text], strict=True))
    return out


def _elisions(fr: str, edits: Sequence[Edit]) -> list[Edit]:
    out: list[Edit] = []
    mark = "’" if "’" in fr else "'"
    for start, _, new in edits:
        match = _ELIDING.search(fr[:start])
        if match is None:
            continue
        if match[1] and new[0] not in VOWELS:
            out.append((match.start(), start, f"{match[1]}e "))
        elif match[2] and new[0] in VOWELS:
            out.append((match.start(), start, match[2][:-1] + mark))
    return out


# --- numbers ---

_EN_NUMBER = re.compile(
    r"(?<![\w.,:/+'’-])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\w:/+-]|[.,]\d)|(?<![\w.,:/+'’-])\d+(?:\.\d+)?(?![\w:/+-]|[.,]\d)"
)
_FR_NUMBER = re.compile(
    r"(?<![\w.,:/+-])\d{1,3}(?: \d{3})+(?:,\d+)?(?![\w:/+-]|[.,]\d)|(?<![\w.,:/+-])\d+(?:,\d+)?(?![\w:/+-]|[.,]\d)"
)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE = re.compile(rf"(?:(?:{_MONTHS}) $)|(?:^ (?:of )?(?:{_MONTHS})\b)")


def change_numbers(pair: Pair, rng: random.Random) -> Pair:
    """Other figures in the place of those that both sides give once: 1,234.5 against 1 234,5."""
    ours = {_plain_en(m.group()): m for m in _EN_NUMBER.finditer(pair.en)}
    theirs = {_plain_fr(m.group()): m for m in _FR_NUMBER.finditer(pair.fr)}
    counts = Counter(_plain_en(m.group()) for m in _EN_NUMBER.finditer(pair.en))
    counts += Counter(_plain_fr(m.group()) for m in _FR_NUMBER.finditer(pair.fr))
    en_edits: list[Edit] = []
    fr_edits: list[Edit] = []
    for value, en in ours.items():
        fr = theirs.get(value)
        if fr is None or counts[value] != 2 or float(value) < 2:
            continue
        new = _other_number(value, en, pair.en, rng)
        grouped = "," in en.group() or float(value) < 1000
        en_edits.append((*en.span(), english_number(new, grouped=grouped)))
        fr_edits.append((*fr.span(), french_number(new, grouped=" " in fr.group() or float(value) < 1000)))
    return copied(pair, en_edits, fr_edits, [(i, i) for i in range(len(en_edits))])


def _plain_en(text: str) -> str:
    return text.replace(",", "")


def _plain_fr(text: str) -> str:
    return text.replace(" ", "").replace(",", ".")


def _other_number(value: str, match: re.Match[str], text: str, rng: random.Random) -> str:
    whole, _, part = value.partition(".")
    dated = _DATE.search(text[: match.start()][-12:]) or _DATE.search(text[match.end() :][:14])
    if dated and int(whole) <= 31:
        return str(rng.randint(2, 28))
    if len(whole) == 4 and not part and "," not in match.group() and 1700 < int(whole) < 2100:
        return str(rng.randint(1900, 2040))
    zeros = len(whole) - len(whole.rstrip("0"))
    size = max(1, len(whole) - zeros + rng.choice((-1, 0, 0, 0, 1))) if len(whole) > 2 else len(whole) - zeros
    head = str(rng.randint(max(2, 10 ** (size - 1)), 10**size - 1))
    made = head + "0" * zeros
    return f"{made}.{rng.randint(1, 10 ** len(part) - 1):0{len(part)}d}" if part else made


def english_number(value: str, *, grouped: bool = True) -> str:
    """1234.5 → 1,234.5."""
    whole, _, part = value.partition(".")
    return (f"{int(whole):,}" if grouped else whole) + (f".{part}" if part else "")


def french_number(value: str, *, grouped: bool = True) -> str:
    """1234.5 → 1 234,5."""
    whole, _, part = value.partition(".")
    return (f"{int(whole):,}".replace(",", " ") if grouped else whole) + (f",{part}" if part else "")


_EN_PERCENT = re.compile(r"(?<=\d)%|(?<=\d) per ?cent\b")
_FR_PERCENT = re.compile(r"(?<=\d) ?%|(?<=\d) pour cent\b")


def percent_style(pair: Pair, rng: random.Random) -> Pair:
    """%, percent, per cent; % with and without a space, pour cent: each side in one of its ways."""
    en, fr = rng.choice(("%", " percent", " per cent")), rng.choice((" %", " %", "%", " pour cent"))
    return rewritten(pair, _all(_EN_PERCENT, pair.en, en), _all(_FR_PERCENT, pair.fr, fr))


_SIGNS = {"$": ("dollars", "dollars"), "€": ("euros", "euros"), "£": ("pounds", "livres")}
_EN_MONEY = re.compile(r"(?<![\w$€£])([$€£])(\d+(?:[.,]\d+)*)((?: (?:million|billion|trillion))?)(?![\w-]|[.,]\d)")
_FR_MONEY = re.compile(r"(?<=\d )(dollars|euros|livres)\b(?! (?:sterling|cana|austr|amér))")


def money_style(pair: Pair, rng: random.Random) -> Pair:
    """$12 or 12 dollars; 12 $ or 12 dollars: each side in one of its ways."""
    en_edits: list[Edit] = []
    if rng.random() < 0.5 and "-" not in pair.en:
        for match in _EN_MONEY.finditer(pair.en):
            if match[2] != "1":
                en_edits += [(match.start(1), match.end(1), ""), (match.end(), match.end(), " " + _SIGNS[match[1]][0])]
    signs = {fr: sign for sign, (_, fr) in _SIGNS.items()}
    chosen = rng.random() < 0.5
    fr_edits = [(*m.span(), signs[m[1]]) for m in _FR_MONEY.finditer(pair.fr)] if chosen else []
    return rewritten(pair, en_edits, fr_edits)


def _all(pattern: re.Pattern[str], text: str, new: str) -> list[Edit]:
    return [(*m.span(), new) for m in pattern.finditer(text)]


# --- typography ---

_TO_STRAIGHT = {"’": "'", "‘": "'", "“": '"', "”": '"', "…": "...", "—": "-", "–": "-"}
_STRAIGHT = re.compile("|".join(_TO_STRAIGHT))
_FR_OPEN, _FR_CLOSE = re.compile(r"« ?|“"), re.compile(r" ?»|”")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)|(?<=s)'(?= )")
_OPEN, _CLOSE = re.compile(r'(?<![^\s(—–-])"(?=\S)'), re.compile(r'(?<=\S)"(?![^\s).,;:!?…—–-])')


def straight(pair: Pair, rng: random.Random) -> Pair:
    """Apostrophes, quotation marks, dashes and dots of the keyboard; guillemets stay in half of the pairs."""
    fr_edits = [(*m.span(), _TO_STRAIGHT[m.group()]) for m in _STRAIGHT.finditer(pair.fr) if m.group() not in "“”"]
    if rng.random() < 0.5:
        fr_edits += [*_all(_FR_OPEN, pair.fr, '"'), *_all(_FR_CLOSE, pair.fr, '"')]
    en_edits = [(*m.span(), _TO_STRAIGHT[m.group()]) for m in _STRAIGHT.finditer(pair.en)]
    return rewritten(pair, en_edits, fr_edits)


def curly(pair: Pair, rng: random.Random) -> Pair:
    """Printers' apostrophes and quotation marks, “ ” in English and « » in French; … in half of the pairs."""
    dots = [_DOTS, _DOTS] if rng.random() < 0.5 else []
    en_edits, fr_edits = (
        [*_all(_APOSTROPHE, text, "’"), *(_all(_DOTS, text, "…") if dots else [])] for text in (pair.en, pair.fr)
    )
    for text, edits, marks in ((pair.en, en_edits, ("“", "”")), (pair.fr, fr_edits, ("« ", " »"))):
        opening, closing = list(_OPEN.finditer(text)), list(_CLOSE.finditer(text))
        if len(opening) == len(closing) and text.count('"') == 2 * len(opening):
            edits += [*((*m.span(), marks[0]) for m in opening), *((*m.span(), marks[1]) for m in closing)]
    return rewritten(pair, en_edits, fr_edits)


_DOTS = re.compile(r"\.\.\.")

# --- case and shape ---

_SMALL = frozenset("a an the and or but nor of in on at to by for as from with over into vs".split())
_LONGEST_HEADLINE = 14


def strip_final(pair: Pair, rng: random.Random) -> Pair:  # noqa: ARG001 - variants share one signature
    """No full stop at the end, where both sides have one."""
    if not all(text.endswith(".") and not text.endswith("..") for text in (pair.en, pair.fr)):
        return pair
    return rewritten(pair, [(len(pair.en) - 1, len(pair.en), "")], [(len(pair.fr) - 1, len(pair.fr), "")])


def title_case(text: str) -> str:
    """English headline case: small words stay small, unless first or last."""
    words = text.split(" ")
    last = len(words) - 1
    return " ".join(w if w in _SMALL and 0 < n < last else _capitalised(w) for n, w in enumerate(words))


def _capitalised(word: str) -> str:
    at = next((i for i, c in enumerate(word) if c.isalpha()), None)
    if at is None or any(c.isdigit() or c.isupper() for c in word):  # 4s, iPhone
        return word
    return word[:at] + word[at].upper() + word[at + 1 :]


def bare(text: str) -> str:
    """Without accents, as capitals are sometimes set."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def headline(pair: Pair, rng: random.Random) -> Pair:
    """A short sentence as a headline: no full stop; English in Title Case or both sides in capitals."""
    if pair.en.count(" ") >= _LONGEST_HEADLINE or re.search(r"[.!?] ", pair.en):
        return pair
    pair = strip_final(pair, rng)
    kind = rng.random()
    if kind < 0.6:
        return recased(pair, title_case(pair.en), pair.fr)
    fr = pair.fr.upper()
    return recased(pair, pair.en.upper(), bare(fr) if rng.random() < 0.15 else fr)


def recased(pair: Pair, en: str, fr: str) -> Pair:
    """The pair in other letters; the links stay where the words are still as many."""
    same = len(word_spans(en)) == len(word_spans(pair.en)) and len(word_spans(fr)) == len(word_spans(pair.fr))
    return Pair(en, fr, pair.links if same else frozenset[Link]())


# --- the other language's words ---


def fill(template: Pair, slot: str, words: str) -> Pair:
    """A template with `slot` replaced by words that both sides keep: the title of a film, a quotation."""
    en_at, fr_at = template.en.index(slot), template.fr.index(slot)
    edits = [(en_at, en_at + len(slot), words)], [(fr_at, fr_at + len(slot), words)]
    return copied(template, *edits, [(0, 0)])


def title_from(text: str, rng: random.Random, *, english: bool) -> str | None:
    """A title of two to five words that stand together in a text; English ones in Title Case. None where none do."""
    runs = [run.split() for run in re.findall(r"[^\W\d_]+(?: [^\W\d_]+){2,}", text)]
    if not runs:
        return None
    run = rng.choice(runs)
    size = min(len(run), rng.randint(2, 5))
    start = rng.randrange(len(run) - size + 1)
    words = " ".join(run[start : start + size])
    return title_case(words) if english else words[:1].upper() + words[1:]
