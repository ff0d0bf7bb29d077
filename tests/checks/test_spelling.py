"""FLU602: what counts as no French word, how grave it is, and what it may have meant."""

from __future__ import annotations

import pytest

from mtqc.checks.spelling import NonWords
from mtqc.model import Severity
from mtqc.testing import make_pair, run_check


def findings(english: str, french: str):
    return run_check(NonWords(), make_pair(english, french))


@pytest.mark.parametrize(
    ("french", "marked", "fix"),
    [
        ("Le médecinr est venu.", "médecinr", "médecin"),
        ("Elle a rangé ses têtements.", "têtements", "vêtements"),
        ("Nous avons signé l'accorrd hier.", "accorrd", "accord"),
        ("Le gouvernement a assopide la crise.", "assopide", None),
    ],
)
def test_a_non_word_is_found_with_the_word_one_slip_away(french, marked, fix):
    (found,) = findings("Nobody knows what it was.", french)
    assert found.target.text == marked
    assert (found.fix.text if found.fix else None) == fix


def test_a_typing_slip_is_minor_and_a_broken_word_major():
    (slip,) = findings("The agreement was signed.", "L'accord a été un succés.")
    (broken,) = findings("The agreement was signed.", "L'accord a été copilitis.")
    assert (slip.severity, broken.severity) == (Severity.MINOR, Severity.MAJOR)


@pytest.mark.parametrize(
    "french",
    [
        "Le remorquage anti-émeute, l'hyperinflation et la reterritorialisation.",
        "Il règnera, elle connaitra, nous apparaissons, vous fûtes, qu'ils sussent.",
        "Le Sacré-Cœur, une œuvre, œuvrer, l'œcuménisme.",
        "A-t-il mangé ? Donne-m'en, vas-y, dis-le-lui, celui-là.",
        "Un film de Lars von Trier avec la Guardia di Finanza.",
        "Ce mot (schmilblick) et « zblurg » et zblurg.fr et @zblurg.",
        "Les étudiant·e·s et les collégien.ne.s monténégrins.",
        "Aaaah, pfffft, bzzz.",
    ],
)
def test_french_names_and_words_set_apart_are_left_alone(french):
    assert not findings("Something quite different was said.", french)


def test_a_word_of_the_original_is_no_non_word():
    assert not findings("The hangi and the biosatellites.", "Le hangi et les biosatellites.")
    assert not findings("Fossil cycads grew there.", "Des cycadées fossiles y poussaient.")


def test_a_slip_in_a_word_both_languages_share_is_found():
    (found,) = findings("A difference remains.", "Une diffférence demeure.")
    assert found.fix is not None
    assert found.fix.text == "différence"


def test_how_grave_depends_on_whether_the_original_gives_the_sense_away():
    (plain,) = findings("The doctor came.", "Le médecinr est venu.")
    (lost,) = findings("Somebody came.", "Le médecinr est venu.")
    (taken,) = findings("A rock is needed to wrinkle it.", "Il faut un rocher pour se frocher.")
    assert [f.severity for f in (plain, lost, taken)] == [Severity.MINOR, Severity.MAJOR, Severity.MAJOR]
