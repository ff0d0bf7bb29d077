import pytest
from translate_fixtures import shipped

from mtqc.translate.forced import Piece, forced_score
from mtqc.translate.pieces import Pieces


def pieces(text, *parts, unknown=()):
    made, at = [], 0
    for part in parts:
        start = text.index(part, at)
        at = start + len(part)
        made.append(Piece(part, start, at, part in unknown))
    return made


def words(score):
    return [(w.text, w.logprob) for w in score.words]


def test_a_word_is_the_sum_of_its_pieces_and_punctuation_counts_in_the_total_only():
    text = "Mr. Musk said (no)."
    parts = pieces(text, "Mr", ".", " Mu", "sk", " said", " (no", ")", ".")
    score = forced_score(text, parts, [-1, -2, -4, -8, -16, -32, -64, -128, -256])
    assert words(score) == [("Mr", -1), ("Musk", -12), ("said", -16), ("no", -32)]
    assert (score.logprob, score.pieces) == (-511, 9)
    assert all(text[w.span.start : w.span.end] == w.text for w in score.words)


def test_a_lone_space_piece_belongs_to_the_word_after_it():
    text = "in Łódź"
    score = forced_score(text, pieces(text, "in", " ", "Łó", "dź"), [-1, -2, -4, -8, -16])
    assert words(score) == [("in", -1), ("Łódź", -14)]


def test_what_the_vocabulary_cannot_spell_is_left_out():
    text = "in Łódź"
    score = forced_score(text, pieces(text, "in", " Łó", "dź", unknown={"dź"}), [-1, -2, -4, -8])
    assert words(score) == [("in", -1)]
    assert (score.logprob, score.pieces) == (-11, 3)


def test_a_piece_over_two_words_counts_for_the_first():
    text = "l'eau"
    score = forced_score(text, pieces(text, "l'e", "au"), [-1, -2, -4])
    assert words(score) == [("l'", -1), ("eau", -2)]


def test_a_missing_log_probability_is_an_error():
    with pytest.raises(ValueError, match="1 pieces and </s>, but 1"):
        forced_score("no", [Piece("no", 0, 2)], [-1.0])


@pytest.mark.parametrize(
    "text", ["Il a dit\u00a0: «\u202foui\u202f».", "e\u0301te\u0301 ½ 1 500 €", "a\u200bb  c\nd", "😀 ok"]
)
def test_pieces_of_the_shipped_model_lie_in_the_original(text):
    found = Pieces(shipped()).target(text)
    assert found
    assert [p.start for p in found] == sorted(p.start for p in found)
    for piece in found:
        bare = piece.text.lstrip("▁")
        if bare.isascii() and bare.isalnum() and piece.end > piece.start and "½" not in text:
            assert bare in text[piece.start : piece.end].replace("\u200b", "")
