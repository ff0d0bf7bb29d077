from dataclasses import replace

import pytest
from translate_fixtures import TableDecoder, shipped

from mtqc.model import ForcedScore, NotMeasured
from mtqc.translate.marian import Marian, Scorer, Search
from mtqc.translate.normalise import normalise

LOOP = "the cat the cat the cat the cat"


def marian(answer, **changed):
    checkpoint = replace(shipped(), **{"cut_at": 128, **changed})
    decoder = TableDecoder(checkpoint, answer)
    return Marian(checkpoint, decoder, Search(2, checkpoint.positions)), decoder


def echo(text, _):
    return text, False


def test_texts_come_back_in_order_and_blank_ones_are_not_translated():
    model, decoder = marian(echo)
    done = []
    made = model.translate(["Un.", " \n", "Deux\u00a0!", ""], done.append)
    assert made == ["Un.", NotMeasured("there is no text"), "Deux !", NotMeasured("there is no text")]
    assert [text for text, _ in decoder.calls] == ["Un.", "Deux !"]
    assert sum(done) == 4


def test_a_loop_is_sought_again_with_a_wider_beam_that_may_not_repeat():
    model, decoder = marian(lambda text, search: (text if search.no_repeat else LOOP, False))
    assert model.translate(["Le chat dort."]) == ["Le chat dort."]
    assert [s.beam for _, s in decoder.calls] == [2, 4]


def test_what_fails_twice_is_given_up_with_the_first_reason():
    model, decoder = marian(lambda text, search: (text, True) if search.no_repeat else (LOOP, False))
    [made] = model.translate(["Le chat du voisin dort."])
    assert made == NotMeasured("the translation repeats itself (“the cat”)")
    assert len(decoder.calls) == 2


def test_a_truncated_translation_is_never_returned():
    model, _ = marian(lambda text, _: (text, True))
    assert model.translate(["Le chat dort."]) == [NotMeasured("the translation did not come to an end")]


LONG = "Le maire de la ville a parlé hier soir, le conseil l'a écouté sans rien dire ; puis chacun est rentré chez soi."


def test_a_long_text_is_cut_between_clauses_and_joined():
    model, decoder = marian(echo, cut_at=15)
    done = []
    assert model.translate([LONG, "Non."], done.append) == [LONG, "Non."]
    parts = [text for text, _ in decoder.calls]
    assert len(parts) > 2
    assert all(p[-1] in ",;." for p in parts)
    assert " ".join(parts[:-1]) == LONG
    assert done == [1, 1]


def test_one_bad_part_voids_the_whole():
    model, _ = marian(lambda text, _: (LOOP if "conseil" in text else text, False), cut_at=15)
    [made] = model.translate([LONG])
    assert isinstance(made, NotMeasured)


def test_what_has_no_boundary_and_is_too_long_is_not_cut_silently():
    model, decoder = marian(echo, cut_at=15, positions=20)
    [made] = model.translate(["la maison du maire et le jardin de la reine " * 4])
    assert made == NotMeasured("longer than the model's 20 pieces, without a clause boundary")
    assert decoder.calls == []


def test_parts_are_of_like_length():
    model, _ = marian(echo, cut_at=40)
    text = normalise(", ".join(["le chat dort sur le toit"] * 10)).text
    counts = [len(model.pieces.source(p)) for p in model.pieces.cut(text)]
    assert max(counts) < 1.5 * min(counts)


def test_scores_are_per_word_and_what_cannot_be_scored_says_why():
    model, _ = marian(echo, positions=30)
    done = []
    pairs = [("Le chat dort.", "The cat sleeps."), ("", "No."), ("Oui.", " "), ("Oui.", "yes and " * 20)]
    scored = Scorer(model).score(pairs, done.append)
    assert isinstance(scored[0], ForcedScore)
    assert [w.text for w in scored[0].words] == ["The", "cat", "sleeps"]
    reasons = ["there is no text", "there is no text", "longer than the model's 30 pieces"]
    assert scored[1:] == [NotMeasured(r) for r in reasons]
    assert sum(done) == 4
    assert Scorer(model).score([("", "")]) == [NotMeasured("there is no text")]


@pytest.mark.parametrize(
    "other",
    [
        {"search": Search(4, 128)},
        {"checkpoint": replace(shipped(), revision="0" * 64)},
        {"checkpoint": replace(shipped(), cut_at=77)},
        {"decoder": TableDecoder(shipped(), echo, signature="table-2")},
    ],
)
def test_whatever_changes_a_translation_changes_the_signature(other):
    model, _ = marian(echo)
    assert replace(model, **other).signature != model.signature


def test_forced_scores_do_not_depend_on_the_beam():
    model, _ = marian(echo)
    assert Scorer(replace(model, search=Search(4, 128))).signature == Scorer(model).signature
    assert Scorer(model).signature != model.signature
