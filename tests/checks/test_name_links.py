"""Names judged by word links: the same texts with and without them, and with other links."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mtqc.checks.names import NamesCheck
from mtqc.model import AlignedArticle, BeadLinks, Severity, Span, WordPair
from mtqc.signals import score_sentence
from mtqc.testing import make_pair, run_check

CHECK = NamesCheck()


def linked(source: str, target: str, *words: tuple[str, str], score: float = 0.98, back: str = "") -> AlignedArticle:
    """One sentence whose words are linked as given, all at one score."""
    article = make_pair(source, target)
    pairs = tuple(WordPair(_span(source, e), _span(target, f), score) for e, f in words)
    signals = replace(article.signals[0], links=BeadLinks(pairs, "test"))
    if back:
        signals = replace(signals, back_translation=score_sentence(back, source))
    return replace(article, signals=(signals,))


def _span(text: str, word: str) -> Span:
    start = text.index(word)
    return Span(start, start + len(word))


SAIPOV = "The court tried Saipov in June.", "Le tribunal a jugé Saison en juin."
PERSON = "They met Marek Holloway again.", "Ils ont revu Marek."


def test_a_french_word_linked_to_a_name_is_critical_and_gives_the_name():
    (found,) = run_check(CHECK, linked(*SAIPOV, ("Saipov", "Saison")))
    assert (found.code, found.target.text, found.severity) == ("ACC201", "Saison", Severity.CRITICAL)
    assert found.fix is not None
    assert found.fix.text == "Saipov"


@pytest.mark.parametrize(
    ("article", "why"),
    [
        (linked(*SAIPOV, ("Saipov", "Saison"), ("June", "Saison")), "the word stands for June as well"),
        (linked(*SAIPOV, ("Saipov", "Saison"), score=0.5), "a weak link"),
        (linked(*SAIPOV, ("court", "Saison")), "another word's counterpart"),
        (linked("Kyoto is warm.", "Kyōto est chaude.", ("Kyoto", "Kyōto")), "a spelling nearer to the name's own"),
        (linked("Texas voted.", "Le Texas a voté.", ("Texas", "Texas")), "kept"),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_other_links_say_nothing(article, why):
    assert not [f for f in run_check(CHECK, article) if f.code in {"ACC201", "ACC202"}], why


def test_a_name_that_only_opens_a_sentence_is_judged_by_its_link():
    texts = "David smiled.", "Dvaid a souri."
    assert run_check(CHECK, make_pair(*texts)) == []
    assert [f.target.text for f in run_check(CHECK, linked(*texts, ("David", "Dvaid")))] == ["Dvaid"]


def test_a_part_of_a_hyphenated_name_is_marked_alone():
    article = linked("On the Saffir-Simpson scale it was weak.", "Sur l’échelle de Savoir-Simpson, il était faible.",
                     ("Saffir-Simpson", "Savoir-Simpson"))  # fmt: skip
    assert [(f.code, f.target.text) for f in run_check(CHECK, article)] == [("ACC201", "Savoir")]


def test_a_surname_lost_after_its_given_name_is_minor():
    (found,) = run_check(CHECK, linked(*PERSON, ("Marek", "Marek"), ("met", "revu")))
    assert (found.code, found.severity) == ("ACC203", Severity.MINOR)


def test_a_surname_that_the_back_translation_gives_back_is_not_lost():
    article = linked("They met Patrick Reed again.", "Ils ont revu Patrick.", ("met", "revu"),
                     back="They met Patrick Reed again.")  # fmt: skip
    assert run_check(CHECK, article) == []


def test_a_name_that_another_word_stands_for_is_not_missing():
    texts = "They camped near Bahnhofgasse again.", "Ils ont campé près de la venelle."
    assert [f.code for f in run_check(CHECK, make_pair(*texts))] == ["ACC203"]
    assert run_check(CHECK, linked(*texts, ("Bahnhofgasse", "venelle"))) == []
