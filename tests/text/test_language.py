"""Language identification: when it answers, when it does not."""

from __future__ import annotations

import subprocess
import sys

import pytest

from mtqc.text.language import UNKNOWN, identify, languages

SAMPLES = {
    "en": "The harbour board voted on Tuesday to close the old pier for the winter season.",
    "fr": "Le conseil du port a décidé mardi de fermer la vieille jetée pour la saison d’hiver.",
    "de": "Der Hafenrat hat am Dienstag beschlossen, den alten Steg für den Winter zu sperren.",
    "es": "El consejo del puerto decidió el martes cerrar el viejo muelle durante el invierno.",
    "it": "Il consiglio del porto ha deciso martedì di chiudere il vecchio molo per l’inverno.",
}


@pytest.mark.parametrize("lang", SAMPLES)
def test_a_sentence_is_enough(lang):
    assert identify(SAMPLES[lang]) == lang
    assert identify(SAMPLES[lang].upper()) == lang


@pytest.mark.parametrize("text", ["", "Oui.", "Non merci", "12 345,67 %", "🙂" * 100, "Elon Musk, Sam Altman"])
def test_a_short_text_has_no_language(text):
    assert identify(text) == UNKNOWN
    assert languages(text).main == UNKNOWN
    assert languages(text).share("fr") == 0.0


def test_shares_of_a_mixed_text():
    found = languages((SAMPLES["fr"] * 9 + "\n") * 3 + SAMPLES["en"] * 9)
    assert found.main == "fr"
    assert 0.6 < found.share("fr") < 0.9
    assert found.share("fr") + found.share("en") == pytest.approx(1.0)


@pytest.mark.parametrize("text", ["x" * 1_000_000, "港口委员会星期二投票决定冬季关闭旧码头。" * 10_000, "a " * 500_000])
def test_endless_words_do_not_hang(text):
    found = languages(text)
    assert 0 <= found.share("fr") + found.share("en") <= 1 + 1e-9


def test_the_library_is_loaded_only_when_it_is_needed():
    code = "import sys, mtqc.text.language as l; l.identify('Oui'); sys.exit('py3langid' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
