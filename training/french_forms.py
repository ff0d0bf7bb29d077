"""What a French form can be for agreement: gender and number of nouns and adjectives, number of finite verbs.

    python training/french_forms.py ../shared/train mtqc/text/data/forms_fr.tsv.gz

Forms come from simplemma's lexicon (which form belongs to which lemma), paradigms from the rules below, and the
training pairs decide: what follows a determiner is a noun, what follows the next word is an adjective where its gender
and number go with the determiner, what follows « il » or « elles » is a verb. Written, a line a form: `form TAB codes`,
codes being of

    nouns       m f (singular), M F (plural), x X (plural or singular, gender unknown to the counts)
    adjectives  a (ms) b (fs) c (mp) d (fp)
    participles e (ms) g (fs) h (mp) i (fp)
    verbs       s (third person singular) p (third person plural), in lower frequency than the noun: S P

Takes about two minutes on one core; the result depends on the pairs and on the lexicon's version alone.
"""

from __future__ import annotations

import argparse
import gzip
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from noun_gender import french_sides
from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

_DETERMINERS = {
    "m": "un ce cet du au aucun",
    "f": "une cette aucune ma ta sa",
    "p": "les des ces aux nos vos mes tes ses leurs plusieurs quelques",
    "wm": "le",
    "wf": "la",
}
_KIND = {d: kind for kind, listed in _DETERMINERS.items() for d in listed.split()}
_AFTER = frozenset(
    "de d' à dans en sur par pour avec sans sous vers chez contre entre selon après avant depuis".split()
)
_SUBJECTS = {"il": "vs", "elle": "vs", "on": "vs", "ils": "vp", "elles": "vp"}
_CLITICS = frozenset("ne n' se s' l' le la les lui leur y en me m' nous vous".split())
_TOKEN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*'?|\d+|[^\w\s]")
_FORM = re.compile(r"[a-zàâçéèêëîïôùûüœæ]{2,}")
_INFINITIVE = re.compile(r".+(?:er|ir|re|ïr)")
MIN_PARADIGM = 20
"""Forms a lemma of the lexicon has at least to be a verb."""
MIN_NOUN = 3
MIN_ADJECTIVE = 3
MIN_ADJECTIVE_SHARE = 0.15
"""Uses as an adjective for one as a noun: « criminel », « capital » are both."""
MAX_DISAGREEING = 0.08
"""Share of an adjective's uses beside a determiner of another gender or number: « le taux de chômage élevé »."""
MIN_LEMMA_COUNT = 1
"""Sightings, over all its forms, of a verb that is written."""

Counts = dict[str, Counter[str]]


def count(sentences: Iterable[str]) -> Counts:
    """For each form: after which determiners it stands, after which with a word between (`3…`), and which pronouns."""
    table: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for sentence in dict.fromkeys(sentences):
        words = _TOKEN.findall(sentence.lower())
        for i, word in enumerate(words[:-1]):
            kind = _KIND.get(word)
            if kind:
                table[words[i + 1]][kind] += 1
                if i + 2 < len(words) and (word not in {"le", "la", "les"} or i == 0 or words[i - 1] in _AFTER):
                    table[words[i + 2]]["3" + kind[-1]] += 1
            elif word in _SUBJECTS:
                j = i + 1
                while j < len(words) and words[j] in _CLITICS:
                    j += 1
                if j < len(words):
                    table[words[j]][_SUBJECTS[word]] += 1
    return table


def lexicon() -> dict[str, str]:
    """simplemma's French forms and their lemmas, spelt with French lower-case letters alone."""
    found = DefaultDictionaryFactory().get_dictionary("fr")
    pairs = ((_text(k), _text(v)) for k, v in found.items())
    return {form: lemma for form, lemma in pairs if _FORM.fullmatch(form) and _FORM.fullmatch(lemma)}


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value


class Builder:
    """Codes by form, from counts and lexicon."""

    def __init__(self, counts: Counts, lemmas: dict[str, str]) -> None:
        self.counts, self.lemmas = counts, lemmas
        self.codes: defaultdict[str, set[str]] = defaultdict(set)
        self.groups: defaultdict[str, set[str]] = defaultdict(set)
        for form, lemma in lemmas.items():
            self.groups[lemma].add(form)
        self.verbs = {x for x, f in self.groups.items() if _INFINITIVE.fullmatch(x) and len(f) >= MIN_PARADIGM}

    def known(self, form: str) -> bool:
        return form in self.lemmas or sum(self.counts.get(form, _NONE).values()) > 1

    def seen(self, form: str, *kinds: str) -> int:
        return sum(self.counts.get(form, _NONE)[k] for k in kinds)

    def as_noun(self, form: str) -> int:
        return self.seen(form, "m", "f", "p")

    # nouns

    def nouns(self) -> None:
        for form in list(self.counts):
            if not _FORM.fullmatch(form) or len(form) < 3:
                continue
            m, f, p = self.seen(form, "m"), self.seen(form, "f"), self.seen(form, "p")
            wm, wf = self.seen(form, "wm"), self.seen(form, "wf")
            if p >= MIN_NOUN and p >= 0.97 * (m + f + p) and form[-1] in "sx":
                self.codes[form].add(self._plural(form))
            elif self._is_singular(m, f, wm, wf, p):
                self.codes[form].add("m")
            elif self._is_singular(f, m, wf, wm, p):
                self.codes[form].add("f")

    def _is_singular(self, strong: int, other: int, weak: int, weak_other: int, plural: int) -> bool:
        alone = strong >= 0.98 * (strong + other) and weak >= 0.95 * (weak + weak_other)
        every = strong + weak
        return alone and strong > 0 and every >= MIN_NOUN and plural <= 0.02 * (every + plural)

    def _plural(self, form: str) -> str:
        for single in (form[:-1], form.removesuffix("aux") + "al", form.removesuffix("aux") + "ail"):
            m, f = self.seen(single, "m", "wm"), self.seen(single, "f", "wf")
            if m + f >= MIN_NOUN:
                return "M" if m >= 0.97 * (m + f) else "F" if f >= 0.97 * (m + f) else "X"
        return "X"

    # adjectives and participles

    def adjectives(self) -> None:
        feminines: set[str] = set()
        for lemma in sorted({*self.lemmas.values(), *self.counts}):
            forms = self._paradigm(lemma)
            if forms and forms[0] != forms[1] and self._is_adjective(forms):
                feminines.add(forms[1])
                self._add(forms, "abcd")
        for lemma in sorted({*self.lemmas.values(), *self.counts}):
            if lemma.endswith("e") and len(lemma) > 3 and lemma not in feminines and not self._is_feminine(lemma):
                forms = (lemma, lemma, lemma + "s", lemma + "s")
                if self._is_epicene(forms):
                    self._add(forms, "abcd")

    def _is_feminine(self, form: str) -> bool:
        """« active », of « actif », whose plural is mostly a noun."""
        changes = ("e", ""), ("ve", "f"), ("se", "x"), ("le", ""), ("ne", ""), ("te", ""), ("se", "r"), ("rice", "eur")
        sources = {form.removesuffix(x) + y for x, y in (*changes, ("que", "c"), ("ère", "er")) if form.endswith(x)}
        return any(s in self.lemmas and form in feminine_of(s) for s in sources) or not _FORM.fullmatch(form)

    def _add(self, forms: tuple[str, str, str, str], codes: str) -> None:
        for form, code in zip(forms, codes, strict=True):
            self.codes[form].add(code)

    def _paradigm(self, lemma: str) -> tuple[str, str, str, str] | None:
        if lemma in _IRREGULAR:
            feminine, plural = _IRREGULAR[lemma]
        elif lemma.endswith("e") or not _FORM.fullmatch(lemma) or len(lemma) < 3 or lemma in self.verbs:
            return None
        else:
            known = [f for f in feminine_of(lemma) if self.known(f) and f not in self.verbs]
            if not known:
                return None
            feminine = max(known, key=lambda f: (sum(self.counts.get(f, _NONE).values()), f))
            plural = self._masculine_plural(lemma)
        return lemma, feminine, plural, feminine + "s"

    def _masculine_plural(self, lemma: str) -> str:
        if lemma.endswith(("s", "x")):
            return lemma
        if lemma.endswith("al"):
            return lemma[:-2] + "aux" if self.known(lemma[:-2] + "aux") else lemma + "s"
        return lemma + ("x" if lemma.endswith("eau") else "s")

    def _is_adjective(self, forms: tuple[str, str, str, str]) -> bool:
        ms, fs, mp, fp = forms
        cells = {ms: "m", fs: "f", mp: "p", fp: "p"}
        right = sum(self.seen(form, "3" + cell) for form, cell in cells.items())
        right += self.seen(ms, "3p") if ms == mp else 0
        right += self.seen(ms, "3m") if ms == mp else 0
        every = sum(self.seen(form, "3m", "3f", "3p") for form in cells)
        noun = sum(self.as_noun(form) for form in cells)
        if right >= MIN_ADJECTIVE and self.seen(fs, "3f") + self.seen(fp, "3p") > 0:
            return every - right <= MAX_DISAGREEING * every and right >= MIN_ADJECTIVE_SHARE * noun
        return noun == 0 and _ADJECTIVAL.fullmatch(ms) is not None and ms in self.lemmas

    def _is_epicene(self, forms: tuple[str, str, str, str]) -> bool:
        single, plural = forms[0], forms[2]
        right = self.seen(single, "3m", "3f") + self.seen(plural, "3p")
        wrong = self.seen(single, "3p") + self.seen(plural, "3m", "3f")
        noun, verb = self.as_noun(single) + self.as_noun(plural), self.seen(single, "vs") + self.seen(plural, "vs")
        if _EPICENE.fullmatch(single) and single in self.lemmas and right >= noun:
            return wrong <= MAX_DISAGREEING * (right + wrong)
        enough = right >= max(MIN_ADJECTIVE, noun) and self.seen(plural, "3p") > 0 and self.seen(single, "3m", "3f") > 0
        return enough and wrong <= 0.06 * (right + wrong) and right >= 2 * verb

    def participles(self) -> None:
        for verb in self.verbs:
            if verb.endswith("er"):
                self._participle(verb[:-2] + "é")
            elif verb.endswith("ir") and self.known(verb[:-2] + "issait"):
                self._participle(verb[:-1])
        for masculine in _PARTICIPLES.split():
            self._participle(masculine)

    def _participle(self, masculine: str) -> None:
        plural = masculine if masculine.endswith("s") else masculine + "s"
        feminine = "dissoute" if masculine == "dissous" else masculine.replace("û", "u") + "e"
        self._add((masculine, feminine, plural, feminine + "s"), "eghi")

    def drop_rare_nouns(self) -> None:
        """« importante » after « une » is an adjective before its noun, where it stands more often after one."""
        for form, codes in self.codes.items():
            if codes & set("abcd") and self.as_noun(form) <= self.seen(form, "3m", "3f", "3p"):
                codes -= set("mfMFX")

    # finite verbs

    def finite(self) -> None:
        for verb in sorted(self.verbs):
            if sum(sum(self.counts.get(f, _NONE).values()) for f in self.groups[verb]) < MIN_LEMMA_COUNT:
                continue
            forms = self.groups[verb] | (set(self._present(verb)) if verb.endswith("er") else set())
            for form in forms:
                self._verb_form(form, verb, forms)
        for form in _FINITE.split():
            self.codes[form].add("s")
        for form in _FINITE_PLURAL.split():
            self.codes[form].add("p")

    def _present(self, verb: str) -> Iterator[str]:
        """« relève, relèvent » of « relever », « appelle » of « appeler »: the lexicon may list them under a noun."""
        stem = verb[:-2]
        yield from (stem + "e", stem + "ent")
        for other in {re.sub(r"[eé]([b-df-hj-np-tv-z]+)\Z", r"è\1", stem), stem + stem[-1]} - {stem}:
            if self.known(other + "e"):
                yield from (other + "e", other + "ent")

    def _verb_form(self, form: str, verb: str, forms: set[str]) -> None:
        if form.endswith(("ent", "ont")):
            single = (re.search(r"[^a]ient\Z", form) and verb.endswith("enir")) or form == verb.removesuffix("ir")
            code = "s" if single else "p"  # « vient », « ressent »
        elif form.endswith("e"):
            if form + "nt" not in forms or form in self.verbs:
                return
            code = "s"
        elif re.search(r"(?:[^an]t|[ai]t|int|[^é]d|ainc|r?a)\Z", form) and not form.endswith("ant"):
            code = "s"
        else:
            return
        noun = self.as_noun(form) > max(1, self.seen(form, "vs", "vp"))
        self.codes[form].add(code.upper() if noun else code)

    def rows(self) -> Iterator[str]:
        for form, codes in sorted(self.codes.items()):
            yield f"{form}\t{''.join(sorted(codes))}\n"


_NONE: Counter[str] = Counter()
_ADJECTIVAL = re.compile(r".{3,}(?:eux|if|al|el|ien|ais|ois|ain|éen|esque)")
_EPICENE = re.compile(r".{2,}(?:ique|able|ible|aire|iste|oire|esque|forme|gène|phile|phobe|phone|logue|estre|ide|ile)")
_PARTICIPLES = """
    abattu accru acquis admis appris assis atteint attendu autorisé battu bu combattu commis compris compromis
    confondu connu conquis construit contenu contraint convaincu convenu corrompu couru couvert craint cru cuit
    cousu défendu descendu déçu déduit démenti démis dépendu détenu détruit devenu dissous dit dû écrit élu émis
    empreint entendu entrepris entretenu épris éteint étendu exclu fait fendu fondu inclus inscrit instruit
    interdit interrompu intervenu introduit joint lu maintenu menti mis mort obtenu offert omis ouvert paru
    parvenu peint pendu perçu perdu permis plaint poursuivi pourvu prescrit pris prédit prévu produit promis
    prétendu proscrit pu recousu reconduit reconnu reconstruit reçu remis rendu répandu repris répondu requis
    résolu retenu revenu revu rompu séduit soumis souscrit sous-entendu souffert soutenu suivi surpris survenu
    survécu suspendu tenu tendu teint tordu traduit transcrit transmis tu vaincu vécu vendu venu vêtu voulu vu
    conduit décrit déconstruit recuit éconduit réduit rejoint adjoint enjoint disjoint circonscrit réinscrit
    réécrit dépeint restreint astreint enfreint feint repeint déteint enceint réélu relu prévalu valu fallu
    apparu disparu comparu reparu dépourvu entrevu imprévu rabattu débattu ébattu promu ému mû occlus reclus
    conclu élargi sorti parti dormi senti ressenti consenti servi desservi asservi cueilli recueilli accueilli
    failli bouilli fui enfui reconquis défait refait satisfait contrefait surfait distrait extrait soustrait
    abstrait nui suffi ri souri né advenu prévenu subvenu contrevenu abstenu
"""
_FINITE = """
    est a va fait dit peut veut doit sait voit vient tient met prend rend vend attend répond perd entend descend
    défend dépend tend étend permet promet transmet admet soumet commet remet émet bat combat croit boit reçoit
    perçoit conçoit déçoit devient revient parvient intervient convient obtient maintient contient retient
    soutient détient appartient sert sort part dort sent ment court meurt vit suit poursuit écrit décrit inscrit
    lit élit rit suffit conduit produit construit détruit traduit réduit introduit interdit plaît connaît
    reconnaît paraît apparaît disparaît naît conclut exclut inclut vaut faut craint atteint éteint contraint
    joint rejoint rompt interrompt offre ouvre couvre souffre découvre recouvre accueille recueille porte était
    avait aurait serait sera aura fut eut soit ait puisse
"""
_FINITE_PLURAL = (
    "sont ont vont font étaient avaient auraient seraient seront auront furent eurent soient aient puissent"
)
_IRREGULAR = {
    "nouveau": ("nouvelle", "nouveaux"), "beau": ("belle", "beaux"), "vieux": ("vieille", "vieux"),
    "doux": ("douce", "doux"), "faux": ("fausse", "faux"), "jaloux": ("jalouse", "jaloux"),
    "frais": ("fraîche", "frais"),
    "favori": ("favorite", "favoris"), "malin": ("maligne", "malins"), "long": ("longue", "longs"),
    "gentil": ("gentille", "gentils"), "blanc": ("blanche", "blancs"), "franc": ("franche", "francs"),
    "public": ("publique", "publics"), "grec": ("grecque", "grecs"),
    "turc": ("turque", "turcs"), "sec": ("sèche", "secs"),
    "fou": ("folle", "fous"), "gras": ("grasse", "gras"), "épais": ("épaisse", "épais"), "bref": ("brève", "brefs"),
    "premier": ("première", "premiers"), "grand": ("grande", "grands"), "gros": ("grosse", "gros"),
}  # fmt: skip


def feminine_of(lemma: str) -> list[str]:
    """The feminines that a masculine adjective may have, by its ending."""
    if lemma.endswith("eux"):
        return [lemma[:-1] + "se"]
    if lemma.endswith("eur"):
        return [lemma[:-1] + "se", lemma[:-3] + "rice", lemma + "e"]
    if lemma.endswith("er"):
        return [lemma[:-2] + "ère"]
    if lemma.endswith("f"):
        return [lemma[:-1] + "ve"]
    if lemma.endswith("et"):
        return [lemma + "te", lemma[:-2] + "ète"]
    if lemma.endswith(("el", "eil", "ul", "en", "on", "os", "ès")):
        return [lemma + lemma[-1] + "e"]
    if lemma.endswith(("c", "x")):
        return []
    return [lemma + "e"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("train", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    builder = Builder(count(french_sides(args.train)), lexicon())
    for step in (builder.nouns, builder.adjectives, builder.drop_rare_nouns, builder.participles, builder.finite):
        step()
    args.out.write_bytes(gzip.compress("".join(builder.rows()).encode(), mtime=0))
    print(len(builder.codes), "forms,", args.out.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
