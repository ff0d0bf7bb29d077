"""Recall of the fluency rules on slips planted in clean French, and what they find where nothing was planted.

    python tests/measure/fluency_mutation.py [--half tune|report] [--list KIND] [--limit N]

Clean text: NTREX, flores-dev and the human references of WMT 2012 and 2013 (blocks of 25 lines: even ones tune). The
places are chosen by shape alone (determiners, endings, auxiliaries), not by the tables the rules use, so that words the
tables lack count as missed. A plant counts as found where a finding of the family overlaps it.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from data import Half, mt, ntrex
from simplemma import is_known, lemmatize

from mtqc.checks import CHECKS
from mtqc.model import Bead, Sentence, Signals, Span

_LOW = "a-zàâäçéèêëîïôöùûüœæ"
_DET = r"(?<![\w'’-])(?:[Ll]es|[Dd]es|[Cc]es|[Uu]ne?|[Cc]ette|[Ss]es|[Ll]eurs|[Ll]e|[Ll]a)"
_END = (
    r"(?:iques?|ales?|aux|al|els?|elles?|ifs?|ives?|eux|euses?|iens?|iennes?|ains?|aines?|aises?|oises?|antes?|ents?"
    r"|entes?|és?|ées?|aires?|ables?|ibles?)"
)
_ADJECTIVE = re.compile(
    rf"{_DET} [{_LOW}]{{4,}}(?<!ment) (?P<at>[{_LOW}]{{2,}}{_END})(?= (?:de|à|dans|et|qui|que|pour|a|ont)\b|[.,;])"
)
_DETERMINER = re.compile(
    rf"(?<![\w'’-])(?P<at>[Uu]ne?|[Cc]ette|[Dd]es|[Cc]es|[Ss]es|[Dd]u|[Aa]u|[Aa]ux) (?P<noun>[{_LOW}]{{4,}})(?![\w'’-])"
)
_PREPOSED = re.compile(rf"\b(?:dans|sur|de|à|par|pour|avec) (?P<at>la|le|les) (?P<noun>[{_LOW}]{{4,}})(?![\w'’-])")
_OTHER = {
    "un": "une", "une": "un", "cette": "ce", "des": "un", "ces": "ce", "ses": "son", "du": "des", "au": "aux",
    "aux": "au", "le": "la", "la": "le", "les": "le",
}  # fmt: skip
_SUBJECT = rf"(?:(?<![\w'’-])(?:[Ii]ls?|[Ee]lles?)|{_DET} [{_LOW}]{{4,}}(?: [{_LOW}]{{4,}}{_END})?)"
_PARTICIPLE = re.compile(
    rf"(?:^|[.;:«\"] |\b[Qq]ue |\b[Qq]u'|\bsi |, )(?i:{_SUBJECT}) (?:n'|ne )?(?:est|sont|était|étaient|sera|seront|a été|ont été|avait été"
    rf"|ont été|avaient été|doit être|doivent être) (?:pas |plus |également |déjà )?(?P<at>[{_LOW}]{{2,}}(?:é|ée|és|ées|is|ise|it|ite|its|ites|u|ue|us|ues))(?![\w'’-])"
)
_PAIRS = dict(
    p.split("/")
    for p in "est/sont a/ont était/étaient avait/avaient sera/seront aura/auront doit/doivent peut/peuvent fait/font"
    " va/vont veut/veulent dit/disent vient/viennent serait/seraient aurait/auraient devrait/devraient".split()
)
_PAIRS |= {b: a for a, b in _PAIRS.items()}
_VERB = re.compile(
    rf"(?:^|[.;:«\"] |\b[Qq]ue |\b[Qq]u'|\bsi )(?i:{_SUBJECT}) (?:n'|ne )?"
    rf"(?P<at>{'|'.join(_PAIRS)}|[{_LOW}]{{3,}}(?:ait|aient|era|eront|èrent))(?![\w'’-])"
)


@dataclass(frozen=True)
class Kind:
    """A kind of slip: where and how it is planted, and the codes that find it."""

    plant: Callable[[str, random.Random], tuple[str, int, int] | None]
    codes: tuple[str, ...]


def _chosen(pattern: re.Pattern[str], text: str, rng: random.Random) -> re.Match[str] | None:
    found = list(pattern.finditer(text.replace("’", "'")))
    return rng.choice(found) if found else None


def _put(text: str, match: re.Match[str], new: str) -> tuple[str, int, int] | None:
    a, b = match.span("at")
    return None if new == text[a:b] else (text[:a] + new + text[b:], a, a + len(new))


def _inflected(text: str, match: re.Match[str], new: str) -> tuple[str, int, int] | None:
    """The plant, where both are forms of one word for simplemma's lexicon: « ministre » has no form « ministree »."""
    old = match["at"].lower()
    known = all(is_known(w, lang="fr") for w in (old, new))
    return _put(text, match, new) if known and lemma(old) == lemma(new) else None


def lemma(word: str) -> str:
    """simplemma's lemma, participles apart from their infinitives or not alike."""
    return lemmatize(word, lang="fr")


def adjective(text: str, rng: random.Random) -> tuple[str, int, int] | None:
    match = _chosen(_ADJECTIVE, text, rng)
    return _inflected(text, match, _flipped(match["at"], rng)) if match else None


def _flipped(word: str, rng: random.Random) -> str:
    """Another gender or number of an adjective or participle, by its ending."""
    if word.endswith(("aux", "eux")):
        return word[:-3] + ("ale" if word.endswith("aux") else "euse")
    if rng.random() < 0.5:
        return word[:-1] if word.endswith("s") else word + "s"
    plural = "s" if word.endswith("s") and not word.endswith("is") else ""
    bare = word.removesuffix(plural)
    for f, m in (("euse", "eux"), ("ive", "if"), ("elle", "el"), ("ienne", "ien"), ("ée", "é"), ("ale", "al")):
        if bare.endswith(f):
            return bare[: -len(f)] + m + ("" if m == "eux" else plural)
    if re.search(r"(?:ique|aire|able|ible)\Z", bare):
        return bare if plural else bare + "s"
    if bare.endswith("e"):
        return bare[:-1] + plural
    for f, m in (("ive", "if"), ("elle", "el"), ("ienne", "ien")):
        if bare.endswith(m):
            return bare[: -len(m)] + f + plural
    return bare + "e" + plural


def determiner(text: str, rng: random.Random) -> tuple[str, int, int] | None:
    match = _chosen(rng.choice((_DETERMINER, _PREPOSED)), text, rng)
    if match is None:
        return None
    old = match["at"]
    new = _OTHER[old.lower()]
    return _put(text, match, new.capitalize() if old[0].isupper() else new)


def participle(text: str, rng: random.Random) -> tuple[str, int, int] | None:
    match = _chosen(_PARTICIPLE, text, rng)
    if match is None:
        return None
    word = match["at"]
    return _inflected(text, match, word[:-1] if word.endswith(("e", "s")) and not word.endswith("is") else word + "e")


def verb(text: str, rng: random.Random) -> tuple[str, int, int] | None:
    match = _chosen(_VERB, text, rng)
    if match is None:
        return None
    word = match["at"]
    for one, many in (("ait", "aient"), ("era", "eront"), ("a", "èrent")):
        if word not in _PAIRS and word.endswith(many):
            return _put(text, match, word.removesuffix(many) + one)
        if word not in _PAIRS and word.endswith(one) and one != "a":
            return _put(text, match, word.removesuffix(one) + many)
    return _put(text, match, _PAIRS[word]) if word in _PAIRS else None


def present_plural(text: str, rng: random.Random) -> tuple[str, int, int] | None:
    """« ils montrent » → « ils montre »."""
    pattern = re.compile(
        rf"(?:^|[.;:«\"] |\b[Qq]ue |\b[Qq]u')(?i:{_SUBJECT}) (?:n'|ne )?(?P<at>[{_LOW}]{{3,}}[^ai]ent)(?![\w'’-])"
    )
    match = _chosen(pattern, text, rng)
    plural = match and re.search(r"(?i)\b(?:ils|elles|les|des|ces|ses|leurs)\b", match[0])
    return _inflected(text, match, match["at"][:-2]) if match and plural else None


_WORD = re.compile(rf"(?<![\w'’-])(?P<at>[{_LOW}]{{7,}})(?![\w'’-])")


def non_word(text: str, rng: random.Random) -> tuple[str, int, int] | None:
    match = _chosen(_WORD, text, rng)
    if match is None:
        return None
    word = match["at"]
    i, draw = rng.randrange(1, len(word) - 1), rng.random()
    if draw < 1 / 3:
        return _put(text, match, word[:i] + word[i + 1 :])
    if draw < 2 / 3:
        return _put(text, match, word[:i] + word[i + 1] + word[i] + word[i + 2 :])
    return _put(text, match, word[:i] + rng.choice("bcdfglmnprstv") + word[i:])


def doubled(text: str, rng: random.Random) -> tuple[str, int, int] | None:
    match = _chosen(re.compile(rf"(?<![\w'’-])(?P<at>[{_LOW}]{{2,}}) (?!(?:nous|vous)\b)(?=[{_LOW}])"), text, rng)
    return _put(text, match, f"{match['at']} {match['at']}") if match and match["at"] not in {"nous", "vous"} else None


def doubled_phrase(text: str, rng: random.Random) -> tuple[str, int, int] | None:
    match = _chosen(re.compile(rf"(?<![\w'’-])(?P<at>[{_LOW}]+(?: [{_LOW}]+){{2,4}})(?= [{_LOW}])"), text, rng)
    return _put(text, match, f"{match['at']} {match['at']}") if match else None


def elision(text: str, rng: random.Random) -> tuple[str, int, int] | None:
    match = _chosen(re.compile(r"(?<![\w'’-])(?P<at>(?i:l|d|qu|n|s|j)['’])(?=\w)"), text, rng)
    if match is None:
        return None
    after = text[match.end() :]
    full = {"l": "la" if re.match(r"\w+(?:ion|té|ence|ance|ure|ie)\b", after) else "le"}
    full |= {"d": "de", "qu": "que", "n": "ne", "s": "si" if re.match("ils? ", after) else "se", "j": "je"}
    old = match["at"][:-1]
    new = full[old.lower()] + " "
    planted = _put(text, match, new.capitalize() if old[0].isupper() else new)
    return planted and (planted[0], planted[1], planted[2] + 1)


def contraction(text: str, rng: random.Random) -> tuple[str, int, int] | None:
    match = _chosen(re.compile(rf"(?<![\w'’-])(?P<at>du|au|des|aux)(?= [{_LOW}]{{3,}})"), text, rng)
    if match is None:
        return None
    return _put(text, match, {"du": "de le", "au": "à le", "des": "de les", "aux": "à les"}[match["at"]])


AGREEMENT = ("FLU401", "FLU402", "FLU405", "FLU406", "FLU407", "FLU601")
KINDS: dict[str, Kind] = {
    "determiner": Kind(determiner, AGREEMENT),
    "adjective": Kind(adjective, AGREEMENT),
    "participle": Kind(participle, AGREEMENT),
    "verb number": Kind(verb, AGREEMENT),
    "verb in the present": Kind(present_plural, AGREEMENT),
    "non-word": Kind(non_word, ("FLU602",)),
    "doubled word": Kind(doubled, ("FLU501", "FLU502")),
    "doubled phrase": Kind(doubled_phrase, ("FLU502",)),
    "elision": Kind(elision, ("FLU503",)),
    "contraction": Kind(contraction, ("FLU503", "FLU505")),
}


def clean(half: Half) -> list[tuple[str, str]]:
    """(English, French) lines of the half."""
    articles = ntrex(half)
    parity = 0 if half == "tune" else 1
    for name in ("flores-dev", "wmt12", "wmt13"):
        articles += [a for i, a in enumerate(mt(name)) if i % 2 == parity]
    return [pair for a in articles for pair in zip(a.source.text.split("\n"), a.target.text.split("\n"), strict=True)]


def spans(english: str, french: str, codes: tuple[str, ...]) -> Iterator[Span]:
    """What the checks of these codes mark in the French."""
    source = Sentence("source", 0, Span(0, len(english)), english, 1)
    target = Sentence("target", 0, Span(0, len(french)), french, 1)
    bead = Bead(0, (source,), (target,), english, french, 0, 0)
    for check in CHECKS:
        if hasattr(check, "find") and any(r.code in codes for r in check.rules):
            yield from (f.target.span for f in check.find(bead, Signals()) if f.code in codes)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("tune", "report"), default="tune")
    parser.add_argument("--list", default="", help="print the missed plants of this kind")
    parser.add_argument("--only", default="", help="this kind alone, and no clean text")
    parser.add_argument("--limit", type=int, default=600, help="plants a kind")
    args = parser.parse_args()
    lines = clean(args.half)
    for name, kind in KINDS.items():
        if args.only not in {"", name}:
            continue
        rng, tally = random.Random(name), Counter()
        for english, french in random.Random(name).sample(lines, len(lines)):
            planted = kind.plant(french, rng)
            if planted is None:
                continue
            text, start, end = planted
            found = any(s.start < end and start < s.end for s in spans(english, text, kind.codes))
            tally["planted"] += 1
            tally["found"] += found
            if not found and args.list == name:
                print(text[max(0, start - 60) : start], "[", text[start:end], "]", text[end : end + 40])
            if tally["planted"] >= args.limit:
                break
        print(f"{name}: {tally['found']} of {tally['planted']} = {tally['found'] / max(1, tally['planted']):.0%}")
    if args.only:
        return
    codes = sorted({c for k in KINDS.values() for c in k.codes})
    hit = Counter(c for c in codes for english, french in lines if any(True for _ in spans(english, french, (c,))))
    print("clean sentences:", len(lines), {c: hit[c] for c in codes})


if __name__ == "__main__":
    main()
