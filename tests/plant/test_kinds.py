"""Every kind: a sentence in which it is planted, with what stands there afterwards, and one that it leaves alone."""

from __future__ import annotations

import random

import pytest

from mtqc.model import ArticlePair, Document
from mtqc.plant import KINDS, edits, scenes

BY_NAME = {k.name: k for k in KINDS}
NEXT_EN, NEXT_FR = "The work will begin in the spring of next year.", "Les travaux commenceront au printemps prochain."

PLANTED = [
    # kind, original, translation, a text that one of the possible edits gives
    ("name-altered", "He met Helena Marston.", "Il a rencontré Helena Marston.", ""),
    ("name-common-noun", "A letter from Mr Cook arrived.", "Une lettre de M. Cook est arrivée.", "M. Cuisiner"),
    ("name-missing", "A letter from Jane Whitlock.", "Une lettre de Jane Whitlock.", "Une lettre de Jane."),
    ("acronym-altered", "He works for the BBC.", "Il travaille pour la BBC.", ""),
    ("figure-digit", "It cost 725 euros.", "Il a coûté 725 euros.", ""),
    ("figure-magnitude", "It cost 7 million euros.", "Il a coûté 7 millions d’euros.", "7 milliards d’euros"),
    ("percent-lost", "Sales rose 7%.", "Les ventes ont augmenté de 7 %.", "augmenté de 7."),
    ("range-broken", "From 10 to 20 people came.", "De 10 à 20 personnes sont venues.", "20 personnes sont"),
    ("ordinal-changed", "It is the second time.", "C’est la deuxième fois.", ""),
    ("unit-changed", "He ran 12 kilometres.", "Il a couru 12 kilomètres.", "12 mètres"),
    ("currency-changed", "It cost $7 million.", "Il a coûté 7 millions de dollars.", "7 millions d’euros"),
    ("decimal-point", "It fell 2.5 points.", "Il a perdu 2,5 points.", "2.5 points"),
    ("thousands-comma", "There were 12,000 people.", "Il y avait 12 000 personnes.", "12,000 personnes"),
    ("month-changed", "He left in October 2020.", "Il est parti en octobre 2020.", ""),
    ("weekday-changed", "He left on Monday.", "Il est parti lundi.", ""),
    ("year-changed", "He left in 2016.", "Il est parti en 2016.", ""),
    ("time-changed", "He left at 3.20 p.m.", "Il est parti à 15 h 20.", ""),
    ("negation-lost", "He did not vote.", "Il n’a pas voté.", "Il a voté."),
    ("negation-added", "The law was passed.", "La loi a été adoptée.", "La loi n’a pas été adoptée."),
    ("opposite", "Prices rose sharply.", "Les prix ont fortement augmenté.", "fortement diminué"),
    ("before-after", "He left before noon.", "Il est parti avant midi.", "après midi"),
    ("more-less", "More than 30 people came.", "Plus de 30 personnes sont venues.", "Moins de 30"),
    ("hedge-lost", "He allegedly lied.", "Il aurait menti.", "Il a menti."),
    ("hedge-word-lost", "He will probably leave.", "Il va probablement partir.", "Il va partir."),
    ("source-lost", "He lied, according to the police.", "Il a menti, selon la police.", "Il a menti."),
    ("speaker-swapped", "Sam Altman told Axios that he would stay.", "Sam Altman a dit à Axios qu’il resterait.", "Axios a dit à Sam Altman qu’"),
    ("hearer-without-a", "He told Axios that he would stay.", "Il a dit à Axios qu’il resterait.", "Il a dit Axios"),
    ("reporting-verb-doubled", "He said he would stay.", "Il a dit qu’il resterait.", "Il a dit a "),
    ("quotation-lost", "“It is a big mistake,” the mayor said on Monday.", "« C’est une grave erreur », a dit lundi la maire.", "a dit lundi la maire."),
    ("quotation-marks-lost", "“It is a big mistake,” he said.", "« C’est une grave erreur », a-t-il dit.", "C’est une grave erreur, a-t-il"),
    ("quotation-altered", "“The government is lying,” he said.", "« Le gouvernement ment », a-t-il dit.", "» "[:0]),
    ("sentence-lost", "He left the old house on Monday evening.", "Il a quitté la vieille maison lundi soir.", "Les travaux"),
    ("sentence-added", "He left the house.", "Il a quitté la maison.", "Il a quitté la maison. "),
    ("sentences-swapped", "He left the old house on Monday evening.", "Il a quitté la vieille maison lundi soir.", NEXT_FR + "\nIl a"),
    ("sentence-untranslated", "He left the old house on Monday evening.", "Il a quitté la vieille maison lundi soir.", "on Monday evening."),
    ("sentence-truncated", "The mayor of the town said on Monday that the old library would close.", "La maire de la ville a annoncé lundi que la vieille bibliothèque allait fermer.", ""),
    ("looping", "He left the old house on Monday evening.", "Il a quitté la vieille maison lundi soir.", "lundi soir lundi soir"),
    ("clause-lost", "The mayor left, because she was tired of it all.", "La maire est partie, parce qu’elle en avait assez de tout cela.", "La maire est partie."),
    ("word-lost", "He bought an electric car.", "Il a acheté une voiture électrique.", "une voiture."),
    ("word-untranslated", "The voters are angry.", "Les électeurs sont en colère.", "Les voters sont"),
    ("stretch-untranslated", "The voters are against the government.", "Les électeurs sont contre le gouvernement.", ""),
    ("word-doubled", "He left the house.", "Il a quitté la maison.", "la la maison"),
    ("phrase-doubled", "He left the old house today.", "Il a quitté la vieille maison hier.", ""),
    ("word-added", "He sold the house.", "Il a cédé la maison.", "a secrètement cédé"),
    ("phrase-added", "He left the house.", "Il a quitté la maison.", ""),
    ("false-friend", "The library is closed.", "La bibliothèque est fermée.", "La librairie"),
    ("wrong-sense", "The party lost.", "Le parti a perdu.", "La fête a perdu"),
    ("agreement-article", "It is a decision.", "C’est une décision.", "un décision"),
    ("agreement-adjective", "It is a national decision.", "C’est une décision nationale.", "décision national."),
    ("agreement-participle", "Two men were arrested.", "Deux hommes ont été arrêtés.", "ont été arrêté."),
    ("agreement-verb", "The ministers have left.", "Les ministres sont partis.", ""),
    ("elision-broken", "The school is closed.", "L’école est fermée.", "La école"),
    ("non-word", "The library is closed.", "La bibliothèque est fermée.", ""),
    ("mark-unpaired", "“It is a mistake,” he said.", "« C’est une erreur », a-t-il dit.", "C’est une erreur », a"),
    ("mojibake", "The school is closed.", "L’école est fermée.", "fermÃ©e"),
    ("sentences-melted", "He left, but she stayed.", "Il est parti, mais elle est restée.", "parti Mais elle"),
]  # fmt: skip
LEFT_ALONE = [
    ("name-altered", "He met the mayor.", "Il a rencontré la maire."),
    ("name-missing", "Marston left.", "Marston est parti."),
    ("acronym-altered", "NATO left.", "L’OTAN est partie."),
    ("figure-digit", "It cost a lot.", "Il a coûté 725 euros."),
    ("figure-magnitude", "Millions of people came.", "Des foules de gens sont venues."),
    ("percent-lost", "From 2 to 4%.", "De 2 % à 4 degrés."),
    ("range-broken", "The score was 13-21-3.", "Le score était de 13-21-3."),
    ("ordinal-changed", "It is the first time.", "C’est la première fois."),
    ("unit-changed", "He ran 12 miles.", "Il a couru 12 kilomètres."),
    ("currency-changed", "It cost $7 or €6.", "Il a coûté 7 dollars ou 6 euros."),
    ("currency-changed", "The dollar fell.", "Le franc est lié au dollar."),
    ("month-changed", "He walks to Mars.", "Il marche vers mars."),
    ("year-changed", "About 2016 people came.", "Quelque 2 016 personnes sont venues."),
    ("time-changed", "He left at noon.", "Il est parti à midi."),
    ("negation-lost", "It is not only a law.", "Ce n’est pas seulement une loi."),
    ("negation-lost", "No one has ever told her.", "Personne ne lui a jamais dit."),
    ("negation-added", "The law was never passed.", "La loi est restée un projet."),
    ("negation-added", "It has been there.", "Il y a des lois."),
    ("opposite", "Prices changed.", "Les prix ont augmenté."),
    ("before-after", "After all, he left.", "Après tout, il est parti."),
    ("more-less", "He no longer works.", "Il ne travaille plus que le soir."),
    ("hedge-lost", "He reportedly lied.", "Il aurait menti, selon la police."),
    ("hedge-lost", "He would lie if he could.", "Il aurait menti s’il avait pu."),
    ("hedge-word-lost", "He lives near a school.", "Il habite près de l’école."),
    (
        "speaker-swapped",
        "A man from Axios told Reuters that he left.",
        "Un homme de Axios a dit à Reuters qu’il partait.",
    ),
    ("hearer-without-a", "He says today that he left.", "Il affirme à présent qu’il est parti."),
    ("quotation-lost", "The “big” mistake.", "La « grosse » erreur."),
    ("sentence-lost", "He left.", "Il est parti."),
    ("looping", "He left.", "Il est parti."),
    ("clause-lost", "He left, then returned.", "Il est parti, puis revenu."),
    ("word-untranslated", "The weekend was long.", "Le weekend a été long."),
    ("word-doubled", "We.", "Nous."),
    ("word-added", "He left.", "Il part."),
    ("false-friend", "The bookshop is closed.", "La bibliothèque est fermée."),
    ("wrong-sense", "Political positions.", "Des positions politiques."),
    ("agreement-article", "She took it.", "Elle la vend."),
    ("agreement-adjective", "During the match.", "Un match pendant la nuit."),
    ("agreement-participle", "We were arrested.", "Nous avons été arrêtés."),
    ("agreement-verb", "Most of the ministers have left.", "La plupart des ministres sont partis."),
    ("elision-broken", "The man left.", "L’homme part."),
    ("mark-unpaired", "He left.", "Il est parti."),
    ("mojibake", "He left.", "Il part."),
]


def scene(english: str, french: str, lang: str = "fr"):
    sides = {"en": f"{english}\n{NEXT_EN}", "fr": f"{french}\n{NEXT_FR}"}
    other = "en" if lang == "fr" else "fr"
    return scenes(ArticlePair("a", Document(sides[other], other), Document(sides[lang], lang)))[0]


def results(kind: str, english: str, french: str, lang: str = "fr") -> list[str]:
    here, found = scene(english, french, lang), []
    for seed in range(8):
        for edit in edits(BY_NAME[kind], here, random.Random(seed)):
            whole = here.target + here.after
            found.append(whole[: edit.start] + edit.text + whole[edit.end :])
    return found


@pytest.mark.parametrize(("kind", "english", "french", "result"), PLANTED, ids=[p[0] for p in PLANTED])
def test_a_kind_is_planted_where_it_can_be(kind, english, french, result):
    found = results(kind, english, french)
    assert any(result in text for text in found), found
    assert all(text != f"{french}\n{NEXT_FR}" for text in found)


@pytest.mark.parametrize(("kind", "english", "french"), LEFT_ALONE)
def test_a_kind_leaves_alone_what_would_be_no_error(kind, english, french):
    assert results(kind, english, french) == []


def test_every_kind_is_tried():
    needs_an_article = {"name-inconsistent"}
    assert {p[0] for p in PLANTED} == set(BY_NAME) - needs_an_article


def test_an_inconsistent_name_needs_the_name_elsewhere_in_the_article():
    lines = "Mr Whitlock left.\nMr Whitlock came back.", "M. Whitlock est parti.\nM. Whitlock est revenu."
    first, _ = scenes(ArticlePair("a", Document(lines[0], "en"), Document(lines[1], "fr")))
    assert edits(BY_NAME["name-inconsistent"], first, random.Random(1))
    assert results("name-inconsistent", "Mr Whitlock left.", "M. Whitlock est parti.") == []


ENGLISH = [
    ("negation-lost", "He did not vote.", "Il n’a pas voté.", "He did vote."),
    ("negation-added", "The law was passed.", "La loi a été adoptée.", "The law was not passed."),
    ("figure-magnitude", "It cost 7 million euros.", "Il a coûté 7 millions d’euros.", "7 billion euros"),
    ("currency-changed", "It cost $7 million.", "Il a coûté 7 millions de dollars.", "€7 million"),
    ("opposite", "They won the match.", "Ils ont gagné le match.", "They lost the match."),
    ("word-untranslated", "The voters are angry.", "Les électeurs sont en colère.", "The électeurs are"),
    ("agreement-verb", "He has left.", "Il est parti.", "He have left."),
    ("source-lost", "He lied, according to the police.", "Il a menti, selon la police.", "He lied."),
    ("sentences-melted", "He left, but she stayed.", "Il est parti, mais elle est restée.", "left But she"),
]


@pytest.mark.parametrize(("kind", "english", "french", "result"), ENGLISH, ids=[p[0] for p in ENGLISH])
def test_kinds_in_english_translations(kind, english, french, result):
    assert any(result in text for text in results(kind, english, french, "en"))


def test_names_codes_and_summaries():
    assert len(BY_NAME) == len(KINDS)
    for kind in KINDS:
        assert kind.name == kind.name.lower()
        assert kind.summary.endswith(".")
        assert kind.codes
        assert kind.languages <= {"en", "fr"}
