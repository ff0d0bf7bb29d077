"""FLU503 and FLU505: what is elided and contracted, and what is not."""

from __future__ import annotations

import pytest

from mtqc.checks.fluency_elision import Elision
from mtqc.testing import make_pair, run_check


def findings(french: str, english: str = "Something was said."):
    return [(f.code, f.target.text, f.fix and f.fix.text) for f in run_check(Elision(), make_pair(english, french))]


@pytest.mark.parametrize(
    ("french", "marked", "fix"),
    [
        ("Il dit que il est malade.", "que il", "qu’il"),
        ("La hausse de inflation inquiète.", "de inflation", "d’inflation"),
        ("Il a vu le hôpital.", "le hôpital", "l’hôpital"),
        ("Le patron de Altman est là.", "de Altman", "d’Altman"),
        ("Le cours de IBM monte.", "de IBM", "d’IBM"),
        ("La société a vendu la IA.", "la IA", "l’IA"),
        ("Le modèle est de le OpenAI.", "le OpenAI", "l’OpenAI"),
        ("Ils se étaient vus.", "se étaient", "s’étaient"),
        ("Je ai faim.", "Je ai", "J’ai"),
        ("Ce est fini.", "Ce est", "C’est"),
        ("Si ils viennent, il part.", "Si ils", "S’ils"),
        ("L'héros d'hier.", "L'héros", None),
        ("Une question d'hasard.", "d'hasard", "de hasard"),
    ],
)
def test_elision(french, marked, fix):
    assert ("FLU503", marked, fix) in findings(french)


@pytest.mark.parametrize(
    ("french", "marked", "fix"),
    [
        ("Le bureau de le maire.", "de le maire", "du maire"),
        ("Il écrit à les élus.", "à les élus", "aux élus"),
        ("La une de le Figaro.", "de le Figaro", "du Figaro"),
        ("De les nouveaux élus parlent.", "De les nouveaux", "Des nouveaux"),
    ],
)
def test_contraction(french, marked, fix):
    assert ("FLU505", marked, fix) in findings(french)


@pytest.mark.parametrize(
    "french",
    [
        "Le ou les élus, le onze de France, le oui, le yaourt, le un.",
        "De un à dix, de onze à douze, de haut en bas, la une du journal.",
        "Il promet de le faire, de les voir, de le savoir, de le frapper ; il arrive à le dire.",
        "Dis-le aux autres et prends-la avec toi.",
        "La Havane, le Havre, la Hongrie, le hasard, le hockey, la honte et la hausse.",
        "Elle habite Ouagadougou et vient de Ouagadougou.",
        "María de Alba et Rescate de Espacios.",
        "Puisque oui, que onze, l’onomatopée, l’heure, l’hôtel, d’hier.",
    ],
)
def test_correct_french_is_left_alone(french):
    assert findings(french) == []


def test_a_name_spelt_so_in_the_original_stays():
    assert findings("Le discours de Ildefons.", "The speech de Ildefons.") == []


@pytest.mark.parametrize(
    ("french", "marked"),
    [
        ("Le prix de une ville.", "de une"),
        ("Il est le un des meilleurs.", "le un"),
        ("Il veut se adapter.", "se adapter"),
        ("La Union européenne a voté.", "La Union"),
        ("On sait que Alan est là.", "que Alan"),
        ("Il part de le avant.", "le avant"),
    ],
)
def test_more_places_that_elide(french, marked):
    assert marked in [text for code, text, _ in findings(french) if code == "FLU503"]
