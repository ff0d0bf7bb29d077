"""The lexicon: what the shipped table says, and how probabilities are smoothed."""

from __future__ import annotations

import subprocess
import sys

import pytest

from mtqc.align.lexicon import ENOUGH, Lexicon, english_stem, french_stem, key, lexicon
from mtqc.model import NotMeasured

SMALL = Lexicon(
    "# comment\nmaison\t10\nmaisons\t4\nsondage\t3\nsonde\t8\nsondes\t4\n\n"
    "house\t12\tmaison=9 chambre=1\nhouses\t4\tmaisons=4\nprobe\t9\tsonde=8\nprobes\t4\tsondes=4\n"
)


def test_probability_is_the_discounted_share_and_the_related_forms_get_the_rest():
    assert SMALL.probability("probe", "sonde") == pytest.approx((8 - 0.75 + 0.75 * behind("sonde", 8)) / 8)
    assert SMALL.probability("probe", "maison") < 0.01


def behind(word: str, count: int) -> float:
    """All 12 links of probe and probes go to two forms of sonde; the prior counts as two links."""
    return (12 / 2 + 2.0 * count / 29) / 14


def test_forms_help_each_other_both_ways():
    unseen, other = SMALL.probability("probes", "sonde"), SMALL.probability("probes", "maison")
    assert isinstance(unseen, float)
    assert isinstance(other, float)
    assert unseen > 5 * other
    assert SMALL.known("probing", "sondes")
    assert not SMALL.known("probe", "sondage")


def test_probabilities_of_a_word_add_up_to_one_at_most():
    total = sum(SMALL.probability("house", w) for w in ("maison", "maisons", "chambre", "sonde", "sondes", "sondage"))
    assert 0.95 < total < 1.0 + 1e-6


def test_an_unseen_word_is_not_measured():
    assert isinstance(SMALL.probability("boson", "boson"), NotMeasured)
    assert isinstance(SMALL.inverse("boson", "boson"), NotMeasured)
    assert not SMALL.seen("boson")
    assert SMALL.translations("boson") == ()


def test_inverse_is_the_share_of_the_french_word():
    assert SMALL.inverse("maison", "house") == pytest.approx(0.9)
    assert SMALL.inverse("maison", "probe") < 1e-6


@pytest.mark.parametrize(
    ("english", "french", "stems"),
    [
        ("probing", "négociations", ("prob", "négociation")),
        ("parties", "annoncera", ("part", "annonc")),
        ("stopped", "chanteuse", ("stop", "chant")),
        ("accidents", "accidents", ("accident", "accid")),
        ("house", "maisons", ("hous", "maison")),
        ("national", "nationaux", ("national", "nation")),
        ("is", "la", ("is", "la")),
    ],
)
def test_stems_keep_three_letters(english, french, stems):
    assert (english_stem(english), french_stem(french)) == stems


def test_key_drops_the_pronoun_that_hangs_on_a_verb():
    assert key("Dit-il") == "dit"
    assert key("a-t-elle") == "a"
    assert key("Aujourd’hui") == "aujourd'hui"


@pytest.mark.parametrize(
    ("english", "french"),
    [("trader", "courtier"), ("probe", "sonde"), ("bank", "banque"), ("mayor", "maire"), ("strike", "grève")],
)
def test_the_shipped_table_knows_everyday_words(english, french):
    table = lexicon()
    assert table.seen(english)
    assert french in [word for word, _ in table.translations(english, 5)]
    probability = table.probability(english, french)
    assert isinstance(probability, float)
    assert probability > 0.1
    assert table.known(english, french)


def test_the_shipped_table_finds_rare_what_is_wrong():
    table = lexicon()
    assert not table.known("stir", "ému")
    right, wrong = table.probability("file", "fichier"), table.probability("file", "loupe")
    assert isinstance(right, float)
    assert isinstance(wrong, float)
    assert right > 1000 * wrong
    assert table._entry("file").total >= ENOUGH


def test_loading_is_quick_and_loads_nothing_heavy():
    code = (
        "import sys, time; from mtqc.align.lexicon import lexicon; t = time.process_time(); lexicon();"
        "print(time.process_time() - t); assert 'ctranslate2' not in sys.modules and 'numpy' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert float(done.stdout) < 0.5  # 0.1 s on one idle core of the machine it was written on
