"""Noun phrases of a French sentence, without a parser: determiner, adjectives, noun, adjectives; what joins them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from mtqc.text.french_forms import ANY, FS, MS, PLURAL, SINGULAR, Form, form_of
from mtqc.text.tokens import Word, words

DETERMINERS = {
    **dict.fromkeys("le un du au ce cet aucun quel certain".split(), MS),
    **dict.fromkeys("la une cette sa ma ta aucune quelle certaine".split(), FS),
    **dict.fromkeys("l' son mon ton notre votre leur chaque".split(), SINGULAR),
    **dict.fromkeys("les des aux ces ses mes tes nos vos leurs plusieurs quelques certains certaines".split(), PLURAL),
}
PREPOSITIONS = frozenset(
    "de d' à en dans sur sous par pour avec sans contre entre vers chez depuis après avant pendant selon malgré dès"
    " parmi envers hors sauf".split()
)
CHAINING = frozenset("de d' à en".split())
"""Prepositions after which an adjective may still go with the noun before them."""
PARTITIVES = frozenset("plupart majorité ensemble totalité moitié partie".split())
"""Heads that leave gender and number to their complement."""
CONTRACTED = frozenset("du des au aux".split())
ADVERBS = frozenset(
    "très plus moins aussi si trop assez bien mal peu presque tout toujours encore déjà souvent parfois parfaitement"
    " pas jamais désormais aujourd'hui ainsi donc alors également pourtant cependant rarement hier".split()
)
DEGREES = frozenset("très plus moins aussi si trop assez bien mal peu presque".split())
NUMERALS = frozenset(
    "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt trente quarante"
    " cinquante soixante cent mille".split()
)
FUNCTION = frozenset(
    """et ou ni mais car donc or que qu' qui quoi dont où si quand lorsque comme ne n' pas plus se s' me m' te t' y en
    il elle ils elles on nous vous je j' tu ce c' cela ça ceci celui celle ceux celles lui eux est sont a ont
    été être avoir même autre autres tel telle tels telles desquels desquelles auxquels auxquelles lesquels
    lesquelles lequel laquelle duquel auquel tous toutes""".split()
)
"""Words that are neither noun nor adjective in a noun phrase."""
PRENOMINAL = frozenset(
    """grand grande grands grandes petit petite petits petites nouveau nouvelle nouveaux nouvelles premier première
    premiers premières dernier dernière derniers dernières second seconde ancien ancienne anciens anciennes bon bonne
    bons bonnes mauvais mauvaise mauvaises gros grosse grosses long longue longs longues vieux vieille vieilles beau
    belle beaux belles haut haute hauts hautes jeune jeunes autre autres même mêmes seul seule seuls seules vrai vraie
    vrais vraies faux fausse prochain prochaine prochains prochaines principal principale principaux principales simple
    simples double triple deuxième troisième quatrième cinquième véritable véritables énorme énormes nombreux
    nombreuses meilleur meilleure meilleurs meilleures différents différentes divers diverses
    propre propres ex""".split()
)
_NO_ADJECTIVE = FUNCTION | PREPOSITIONS | NUMERALS
_ADVERB = re.compile(r".{3,}ment\Z")
_LOWER = re.compile(r"[^\W\d_][^\W\d_'-]*(?:-[^\W\d_]+)*\Z")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens [start, stop) of a noun phrase: determiner at `start`, noun at `noun`, adjectives after it up to `stop`.

    `cells`: what the noun can be, given its determiner. `sure`: the noun is in the table.
    """

    start: int
    noun: int
    stop: int
    cells: int
    sure: bool


@lru_cache(maxsize=256)
def sentence_of(text: str) -> Sentence:
    """The sentence, read once for all checks."""
    return Sentence(text)


class Sentence:
    """The words of a text and what each can be."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words: tuple[Word, ...] = words(text)
        self.norms = [w.norm.lower() for w in self.words]
        self.forms: list[Form] = [form_of(n) for n in self.norms]

    def __len__(self) -> int:
        return len(self.words)

    def joined(self, i: int) -> bool:
        """True where nothing but a space stands between word i and the word before it."""
        return 0 < i < len(self.words) and not self.gap(i).strip()

    def gap(self, i: int) -> str:
        """What stands between word i and the word before it."""
        return self.text[self.words[i - 1].end : self.words[i].start] if i else ""

    def is_name(self, i: int) -> bool:
        """True of a capitalised word."""
        return self.words[i].is_capital

    def is_adverb(self, i: int) -> bool:
        """True of an adverb."""
        norm = self.norms[i]
        return norm in ADVERBS or (_ADVERB.match(norm) is not None and not self.forms[i].noun)

    def phrase(self, i: int) -> Phrase | None:
        """The noun phrase whose determiner is word i."""
        cells = DETERMINERS.get(self.norms[i], 0)
        j = i + 1
        if not cells or not self.joined(j):
            return None
        if self.norms[j] in NUMERALS or self.norms[j].isdigit():
            cells, j = cells & PLURAL, j + 1
        while self.joined(j) and self.joined(j + 1) and self._stands_before(j):
            j += 1
        if not cells or not self.joined(j) or not self._can_be_noun(j, self.norms[i]):
            return None
        noun = self.forms[j].noun
        if noun and not cells & noun:
            return None
        found = cells & noun if noun else cells
        return Phrase(i, j, self._after(j), found, bool(noun))

    def head(self, i: int) -> int | None:
        """The noun, or adjective, that the determiner i meets first, past numerals and common adjectives."""
        j = i + 1
        while self.joined(j) and self.joined(j + 1) and self.norms[j] in PRENOMINAL | NUMERALS:
            j += 1
        if not self.joined(j) or self.is_name(j):
            return None
        form = self.forms[j]
        whole = len(self.norms[j]) > 4 and not self.norms[j].endswith(("is", "us"))  # « tapis », « bus »
        known = (form.noun or (form.describes and whole)) and not (form.verb or form.rare_verb)
        return j if known and self.norms[j] not in FUNCTION and self.norms[j] not in PREPOSITIONS else None

    def _stands_before(self, j: int) -> bool:
        """True of an adjective before its noun."""
        follows = self.forms[j + 1]
        if self.norms[j] in PRENOMINAL:
            return self._can_be_noun(j + 1, "") and not (follows.describes and not follows.noun)
        return bool(self.forms[j].adjective and not self.forms[j].noun and follows.noun and not follows.verb)

    def _can_be_noun(self, j: int, determiner: str) -> bool:
        norm, form = self.norms[j], self.forms[j]
        if norm in FUNCTION or norm in PREPOSITIONS or norm in DETERMINERS or not _LOWER.match(norm):
            return False
        if determiner in {"le", "la", "les", "l'"} and not form.noun:
            return not (form.verb or norm.endswith(("er", "ir", "re", "ant")))
        return not self.is_adverb(j) and not (form.verb and not form.noun)

    def _after(self, j: int) -> int:
        """The end of the adjectives that follow the noun j."""
        stop = j + 1
        while self.joined(stop):
            k = stop
            while self.joined(k) and (self.norms[k] in DEGREES or (_ADVERB.match(self.norms[k]) and self.is_adverb(k))):
                k += 1
            if not self.joined(k) or not (self.is_adjective(k) or self.may_describe(k)):
                break
            stop = k + 1
        return stop

    def is_adjective(self, k: int) -> bool:
        """True of a word that can be nothing but an adjective or participle here."""
        form = self.forms[k]
        only = bool(form.describes) and not (form.verb or form.noun) and not self.is_name(k)
        return only and self.norms[k] not in _NO_ADJECTIVE

    def phrase_before(self, i: int) -> Phrase | None:
        """The noun phrase, adjectives and all, that ends right before word i."""
        head = self._head(i - 1) if self.joined(i) else None
        if head is None:
            return None
        start = self._start(head)
        found = self.phrase(start) if self.norms[start] in DETERMINERS else None
        return found if found is not None and found.noun == head else None

    def may_describe(self, k: int) -> bool:
        """True of a word that is an adjective or participle here, or a noun that is one as well (« criminel »)."""
        return bool(self.forms[k].describes and self.forms[k].noun and not self.forms[k].verb and not self.is_name(k))

    def chained(self, phrase: Phrase, joining: frozenset[str] = CHAINING) -> int:
        """Cells of the nouns that this phrase is a complement of, « le taux » of « de chômage »; 0 of a free phrase.

        `joining`: the prepositions that may stand between. ANY where one of the nouns is not in the table.
        """
        found, i = 0, phrase.start
        while i > 0 and self.joined(i):
            contracted = self.norms[i] in CONTRACTED
            j = i - 1 if contracted else i - 2
            if j < 0 or not (contracted or self.norms[i - 1] in joining) or not self.joined(j + 1):
                break
            head = self._head(j)
            if head is None:
                break
            start = self._start(head)
            if start == head and not self._is_bare_noun(head):
                break
            if self.norms[head] in PARTITIVES:
                break
            found |= self.forms[head].noun or ANY
            i = start
        return found

    def _is_bare_noun(self, head: int) -> bool:
        """A noun without a determiner, rather than a verb: « mise en œuvre de », not « il ressort de »."""
        form, before = self.forms[head], self.norms[head - 1] if self.joined(head) else ""
        complement = before in {"de", "d'"} and not form.verb
        return complement or (bool(form.noun) and not form.verb and before not in FUNCTION)

    def _head(self, j: int) -> int | None:
        """The noun that ends, with its adjectives, at word j."""
        while j >= 0:
            if self.norms[j] in FUNCTION or self.norms[j] in PREPOSITIONS or self.norms[j] in DETERMINERS:
                return None
            if not self.is_adjective(j) and not self.is_adverb(j):
                return j
            if self.joined(j) and self.norms[j - 1] in DETERMINERS:  # « l’adjointe au maire »
                return j
            if not self.joined(j):
                return j
            j -= 1
        return None

    def _start(self, head: int) -> int:
        """Where the phrase of the noun `head` starts: at its determiner, if it has one."""
        j = head
        while self.joined(j) and (self.norms[j - 1] in PRENOMINAL or self.is_adjective(j - 1)):
            j -= 1
        return j - 1 if self.joined(j) and self.norms[j - 1] in DETERMINERS else j
