import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtqc.translate.validity import Validity, longest_run, repeated_share

JUDGE = Validity()


@pytest.mark.parametrize(
    ("source", "hypothesis", "reason"),
    [
        (
            "Le maire a parlé de la ville.",
            "The mayor of the city of the city of the city.",
            "repeats itself (“of the city”)",
        ),
        ("Il a parlé pendant une heure.", "He spoke and and and and spoke for an hour.", "repeats itself (“and”)"),
        (
            "Le train partira demain matin.",
            "The train will leave in the morning train will leave in the morning.",
            "repeats",
        ),
        ("Un article de CNN le confirme.", "An article of CNNNNNNNN confirms it.", "NNNN"),
        ("La pièce est d'Obana.", "The play is by Obanazawazawazawa.", "repeats itself"),
        ("Bonjour à tous.", "  ", "empty"),
        ("Bonjour à tous.", "« »", "empty"),
        ("Le ministre a annoncé vendredi une baisse des impôts pour tous.", "The minister.", "0.2 times as long"),
        (
            "Le ministre a souri.",
            "The minister said a great many things, then smiled at us, and went away.",
            "times as long",
        ),
    ],
)
def test_what_may_not_be_used(source, hypothesis, reason):
    assert reason in (JUDGE.fault(source, hypothesis) or "")


@pytest.mark.parametrize(
    ("source", "hypothesis"),
    [
        ("C'est très, très, très loin.", "It is very, very, very far."),
        ("« Non, non, non, non », a-t-il crié.", "“No, no, no, no,” he shouted."),
        ("Pas de justice, pas de paix ! Pas de justice, pas de paix !", "No justice, no peace! No justice, no peace!"),
        ("Il vit à Bora Bora et à Pago Pago.", "He lives in Bora Bora and in Pago Pago."),
        ("Louis XVIII a ri : hahaha !", "Louis XVIII laughed: hahaha!"),
        ("Non.", "No, I do not think so."),
        ("Le prix passe de 1 000 000 à 1 111 111 euros.", "The price goes from 1,000,000 to 1,111,111 euros."),
        ("***", "***"),
    ],
)
def test_what_may(source, hypothesis):
    assert JUDGE.fault(source, hypothesis) is None


def test_a_cut_hypothesis_is_told_from_a_looping_one():
    assert JUDGE.fault("Bonjour à tous.", "Hello to all of", truncated=True) == "the translation did not come to an end"


@given(st.lists(st.sampled_from("abc"), max_size=20), st.integers(1, 4), st.integers(2, 5))
def test_a_run_is_counted(words, n, times):
    gram = [f"w{i}" for i in range(n)]
    whole = [*words, *gram * times, "end"]
    run, where = longest_run(whole, n)
    assert run >= times
    assert whole[where : where + n * run] == whole[where : where + n] * run


def test_few_words_have_no_run_and_no_share():
    assert longest_run(["a"], 2) == (0, 0)
    assert longest_run(["a", "b", "c"], 1) == (1, 0)
    assert repeated_share("a b c a b c".split()) == 0
    assert repeated_share(("a b c " * 6).split()) > 0.8


def test_a_threshold_changes_the_signature():
    assert Validity(word_runs=4).signature != JUDGE.signature
