"""Single words of the original that were left as they were: English in French, French in English."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from mtqc.checks.base import BOTH
from mtqc.model import AlignedArticle, Bead, Category, Evidence, Finding, Severity
from mtqc.rules import Example, Rule
from mtqc.text.english_words import is_english
from mtqc.text.french import noun_forms
from mtqc.text.name_data import translations, word_use
from mtqc.text.tokens import Word, words

WORD = Rule(
    "ACC104", "untranslated-word", Category.UNTRANSLATED, Severity.MINOR,
    "A word of the original that the other language does not use was left as it was.",
    "Engines copy what they cannot translate; loans that French has taken over are rightly kept.",
    (
        Example("The board approved the plan.", "Le conseil a approved le projet.", "approved"),
        Example("The drill reached bedrock.", "Le foret a atteint le bedrock.", "bedrock"),
        Example("He bought a smartphone and a podcast.", "Il a acheté un smartphone et un podcast.", note="loans"),
        Example("The board approved the plan.", "Le conseil a approuvé le projet."),
        Example("They call it “bedrock”.", "Ils parlent de « bedrock ».", note="quoted"),
        Example("The rock below (bedrock) is hard.", "La roche mère (bedrock) est dure.", note="a gloss"),
        Example("The question of an orange table.", "La question d'une table orange.", note="the same in both"),
        Example("Le conseil a adopté le budget.", "The council adopté the budget.", "adopté", langs=("fr", "en")),
        Example("Elle aime ce café et ce menu.", "She likes this café and this menu.", langs=("fr", "en")),
        Example("He sings with the Brass Handed band.", "Il chante avec Brass Handed."),
    ),
    0.6,
    sources=("Word counts: docs/data.md",),
)  # fmt: skip

_QUOTED = re.compile(r"«[^«»]*»|“[^“”]*”|\"[^\"]*\"|‘[^‘’]*’|\([^()]*\)|\[[^\[\]]*\]|\bhttps?://\S+|\S+@\S+|[#@]\w+")
_SHARED_ENDING = re.compile(
    r"(?:[ts]ion|ions|able|ible|age|ence|ance|ment|ent|ant|al|ine|ure|ide|ile|ose|ase|ium|us|um|ite|if|ive|ole|ode|one"
    r"|ule|ane|ie|che|ype|gramme|graphe|oid|ique|isme|iste)s?\Z"
)
"""Words that end so are often spelt alike in both languages, and the tables lack the rarer ones."""
_ENGLISH_ENDING = re.compile(r"(?:[^e]ed|[^i]ly|ght|ness|ful|less|ship|wn)\Z")
"""No French word ends so but loans."""
_LOANS = frozenset(
    "addendum aftershave airbag baby basket biopic blockbuster blues bluff boom boss bowling boycott brunch"
    " brushing budget bulldozer bunker burger bush business businessman buzz cameraman camping cartoon cash casting"
    " catch challenge charter chatbot chewing chips clash clip club coach cocktail compost cookie copyright corner"
    " crack crash cricket crooner dandy darts deal dealer derby design doping drag dreadlocks dressing dribble drive"
    " dumping duty establishment extra fair-play fake fashion feedback feeling ferry fitness flash flipper flop folk"
    " free freelance fuel fund gadget game gang gap geek gentleman gin glamour golf gore graffiti grill groggy"
    " grunge guest hacker hall handball happening hardcore hardware hedge hipster hit hobby hockey holding hooligan"
    " humour hype hypermarket impeachment influencer influenza intox jackpot jazz jeans jet jogging joker joystick"
    " junior junk kebab ketchup kidnapping kit label leader leadership leasing lifestyle lifting light lobby"
    " lobbyiste loft look loser lunch mailing mainstream management manager mandat match medium medley meeting"
    " melting merchandising mile mixer money motto mug music must networking news offshore opening outlet outsider"
    " outsourcing pacemaker pack panel paparazzi parking party patch peak penalty performer phishing pickpocket"
    " pitch pixel planning play playback playlist poker pole pool pop poster pressing prime pub pudding punch puzzle"
    " quiz racket raid ranger ranking rating rave record reggae relooking remake replay reporter respect revolver"
    " rock rollers round royalties rugby running rush safari sample sandwich scoop score scout scratch script senior"
    " sequel serial set sex sexy shoot shop shopping short show showroom sitcom skate skateboard sketch skinhead"
    " skipper slam slip slogan slot snack sniper snob snooker snowboard soap social soda soft software soul speaker"
    " speech speed sponsor sponsoring spot spray spread sprint squash squat staff stage standard standby standing"
    " star start starter steak steward sticker stock stop stress stretching strip styling surf surge sushi suspense"
    " swap sweat swing switch tag talent tank teaser tennis test thinktank thriller tie timing toast top trader"
    " trafic trailer tram trash traveller trekking trend trip tuning tweet underground vintage volley vote wagon"
    " warrant web weekend western whisky wrap yacht yard yuan zapping zoom".split()
)
"""Words that French newspapers use as their own, in either number."""


_FRENCH_LOANS = frozenset(
    "résumé résumés émigré émigrés touché première séance née né élite fête mêlée raison d'être".split()
)


@dataclass(frozen=True, slots=True)
class UntranslatedWords:
    """Lower-case words of the French that stand verbatim in the English and that French hardly ever uses.

    `letters`: the fewest a word has. `usual`: log2 of its English count (in 24 million words) from which on a finding
    is major, if French never has the word and it ends as English words alone do. `rarer`: how much smaller the log2
    of its French count must be. `settled`: a word that stands so often in the article is the author's choice.
    """

    letters: int = 4
    usual: int = 5
    rarer: int = 6
    settled: int = 3
    rules: ClassVar[tuple[Rule, ...]] = (WORD,)
    directions: ClassVar[tuple[str, ...]] = BOTH

    def find_in_article(self, article: AlignedArticle) -> Iterator[Finding]:
        """Each word at its first place, the others related."""
        counts: Counter[str] = Counter()
        kept: set[str] = set()
        suspects: list[tuple[Bead, Word]] = []
        for bead, _ in article.pairs:
            for word, spoken in self._left(bead):
                counts[word.norm] += 1
                kept.update([word.norm] if spoken else [])
                suspects.append((bead, word))
        for bead, word in suspects:
            if word.norm not in kept and counts[word.norm] < self.settled:
                yield self._finding(bead, word)

    def _left(self, bead: Bead) -> Iterator[tuple[Word, bool]]:
        """Words left in the original's language, and whether they are set apart by quotation marks or brackets."""
        source = {w.norm for w in words(bead.source_text)}
        every = words(bead.target_text)
        is_left = self._is_french if bead.is_reversed else self._is_english
        apart: list[tuple[int, int]] | None = None
        for i, word in enumerate(every):
            if word.norm not in source or not is_left(word.norm) or _in_name(every, i):
                continue
            if apart is None:
                apart = [m.span() for m in _QUOTED.finditer(bead.target_text)]
            yield word, any(a <= word.start and word.end <= b for a, b in apart)

    def _is_english(self, norm: str) -> bool:
        if len(norm) < self.letters or not (norm.isascii() and norm.isalpha() and norm.islower()):
            return False
        en, fr = word_use(norm, "en"), _french(norm)
        if not en.is_common or norm in _LOANS or norm.removesuffix("s") in _LOANS or norm in noun_forms():
            return False
        return (not fr or en.log_count - fr >= self.rarer) and not _SHARED_ENDING.search(norm)

    def _is_french(self, norm: str) -> bool:
        """True of a French word that English does not use: no list of its words has it, nor does a rule make one."""
        if len(norm) < self.letters or not (norm.isalpha() and norm.islower()):
            return False
        return word_use(norm, "fr").is_common and not is_english(norm) and norm not in _FRENCH_LOANS

    def _finding(self, bead: Bead, word: Word) -> Finding:
        if bead.is_reversed:
            return _left_in_french(bead, word)
        en, fr = word_use(word.norm, "en"), _french(word.norm)
        usual = translations(word.norm)
        major = en.log_count >= self.usual and not fr and bool(_ENGLISH_ENDING.search(word.norm))
        ask = "was left in English" if major else "seems to have been left in English"
        hint = f" (often {', '.join(f'« {w} »' for w in usual[:3])})" if usual else ""
        at = re.search(rf"\b{word.norm}\b", bead.source_text)
        evidence = (
            Evidence("log2 of its count in English", en.log_count, "", "words_en"),
            Evidence("log2 of its count in French", fr, "", "words_fr"),
        )
        return WORD.finding(
            bead.target_at(word.start, word.end),
            f"“{word.text}” {ask}{hint}.",
            source=bead.source_at(*at.span()) if at else None,
            evidence=evidence,
            severity=Severity.MAJOR if major else None,
        )


def _left_in_french(bead: Bead, word: Word) -> Finding:
    at = re.search(rf"\b{word.norm}\b", bead.source_text)
    return WORD.finding(
        bead.target_at(word.start, word.end),
        f"« {word.text} » seems to have been left in French.",
        source=bead.source_at(*at.span()) if at else None,
        evidence=(Evidence("log2 of its count in French", word_use(word.norm, "fr").log_count, "", "words_fr"),),
    )


def _french(norm: str) -> int:
    """log2 of the French count; a few uses in English names and titles are none."""
    use = word_use(norm, "fr")
    return 0 if use.log_count <= 3 and use.lower < 0.3 else use.log_count


def _in_name(every: tuple[Word, ...], i: int) -> bool:
    """True beside a capitalised word that does not open the sentence: “Doctors without Borders”."""
    return any(0 < j < len(every) and every[j].is_capital for j in (i - 1, i + 1))
