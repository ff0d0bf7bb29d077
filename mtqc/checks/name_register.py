"""The article's register of names: where the English writes which name, and whether the French keeps it there."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from mtqc.model import AlignedArticle, Bead
from mtqc.text.name_data import called, is_called, key, stems, word_use
from mtqc.text.names import Part, parts, word_keys
from mtqc.text.tokens import words

_NEVER = frozenset(
    "I Mr Mrs Ms Dr Sir Lord Lady The A An And Or But Of In On At To For From By With As It He She They We You This "
    "That Anti Pro Non Pre Post Ex Neo Pan Inter Congressman Congresswoman Councilman Councilwoman Sixties Seventies "
    "Eighties Nineties Thirties Forties Fifties Twenties "
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August "
    "September October November December Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu Thurs "
    "Fri Sat Sun".split()
)


@dataclass(frozen=True, slots=True)
class NamedBead:
    """A bead with the capitalised words of both sides and the keys of all its words."""

    bead: Bead
    source: tuple[Part, ...]
    target: tuple[Part, ...]
    source_keys: frozenset[str]
    target_keys: frozenset[str]
    is_headline: bool


@dataclass(frozen=True, slots=True)
class Use:
    """The places of one name in one bead, and how often the French has it as it is."""

    at: int
    places: tuple[Part, ...]
    kept: int


@dataclass(frozen=True, slots=True)
class Name:
    """A name of the English article. `is_strong`: a word hardly ever written in lower case.

    `is_unique`: the article has no such word in lower case.
    """

    norm: str
    uses: tuple[Use, ...]
    is_strong: bool
    is_unique: bool

    @property
    def kept(self) -> int:
        """Beads in which the French has the name as it is."""
        return sum(use.kept > 0 for use in self.uses)


def is_headline(text: str) -> bool:
    """True where four in five of the longer words, the first left out, have a capital: Title Case, or all capitals."""
    long = [w for w in words(text)[1:] if len(w.norm) > 3 and not w.is_number]
    return text.isupper() or (len(long) >= 3 and sum(w.is_capital for w in long) > 0.79 * len(long))


@dataclass(frozen=True, slots=True)
class Register:
    """All beads of an article and the names of its English side. Build it with `register`."""

    beads: tuple[NamedBead, ...]
    names: Mapping[str, Name]
    french: Mapping[str, int]

    def in_french(self, wanted: str) -> bool:
        """True where some French sentence of the article has a word with this key."""
        return any(wanted in b.target_keys for b in self.beads)

    def near_keys(self, at: int) -> frozenset[str]:
        """Keys of the English words of this bead and of its neighbours."""
        return frozenset().union(*(b.source_keys for b in self.beads[max(0, at - 1) : at + 2]))

    def stands_for_another(self, at: int, form: str, name: str) -> bool:
        """True where the French word `form` translates an English word of the bead other than `name`."""
        named = self.beads[at]
        if key(form) in self.near_keys(at):
            return True
        return any(
            is_called(w.norm, form) or is_called(w.norm.lower(), form) or _inflects(w.norm, form)
            for w in words(named.bead.source_text)
            if w.norm != name and len(w.norm) > 1
        )


def _inflects(english: str, form: str) -> bool:
    n, f = key(english), key(form)
    return len(n) > 4 and f[:5] == n[:5]


def register(article: AlignedArticle) -> Register:
    """Collect the names of an article."""
    return _collect(tuple(bead for bead, _ in article.pairs))


@lru_cache(maxsize=2)
def _collect(pairs: tuple[Bead, ...]) -> Register:
    """Cached, since two checks ask for the register of the same article one after the other."""
    beads = tuple(map(_named, pairs))
    found: defaultdict[str, list[Use]] = defaultdict(list)
    middle: Counter[str] = Counter()
    for at, named in enumerate(beads):
        kept = Counter(part.norm for part in named.target)
        by_norm: defaultdict[str, list[Part]] = defaultdict(list)
        for part in named.source:
            by_norm[part.norm].append(part)
            middle[part.norm] += part.code or not (part.initial or named.is_headline)
        for norm, places in by_norm.items():
            found[norm].append(Use(at, tuple(places), kept[norm]))
    lower = {w.norm for named in beads for w in words(named.bead.source_text) if not w.is_capital}
    french = Counter(norm for named in beads for norm in {part.norm for part in named.target})
    return Register(beads, dict(_names(found, middle, lower)), french)


def _names(found: Mapping[str, list[Use]], middle: Counter[str], lower: set[str]) -> Iterator[tuple[str, Name]]:
    for norm, uses in found.items():
        if middle[norm] and len(norm) > 1 and norm not in _NEVER:
            use = word_use(norm, "en")
            unique = norm.lower() not in lower
            strong = unique and (use.log_count == 0 or use.lower < 0.35)
            yield norm, Name(norm, tuple(uses), strong, unique)


def _named(bead: Bead) -> NamedBead:
    source, target = parts(bead.source_text), parts(bead.target_text)
    title = is_headline(bead.source_text)
    return NamedBead(bead, source, target, word_keys(bead.source_text), word_keys(bead.target_text), title)


def has_counterpart(name: str, named: NamedBead) -> bool:
    """True where the French of the bead has the name, or a known French form of it."""
    keys = named.target_keys
    if key(name) in keys or not called(name).isdisjoint(keys):
        return True
    begin = stems(name)
    return bool(begin) and any(k.startswith(begin) for k in keys)
