"""Word links from attention: pieces to words, which row is read, and what cannot be linked."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace

import numpy as np
import pytest
from translate_fixtures import SHIPPED, TableDecoder, shipped

from mtqc.model import LinkTable, NotMeasured, Span, Tokens
from mtqc.translate import load_engine
from mtqc.translate.attention import UNTRAINED, AttentionLinker, link_table, shares, shift_of
from mtqc.translate.ct2 import CTranslate2Decoder
from mtqc.translate.forced import Piece
from mtqc.translate.marian import Marian, Search


def tokens(text):
    spans, at = [], 0
    for word in text.split():
        at = text.index(word, at)
        spans.append(Span(at, at + len(word)))
        at += len(word)
    return Tokens(text, tuple(spans))


def linker(shift=1, **changed):
    checkpoint = replace(shipped(), **changed)
    decoder = TableDecoder(checkpoint, lambda text, _: (text, False))
    return AttentionLinker(Marian(checkpoint, decoder, Search(2, checkpoint.positions)), shift)


def test_a_piece_counts_for_the_words_it_stands_in_by_its_characters():
    # "l'eau." in pieces "▁l'e", "au", "."; "l'" and "eau" are the words.
    pieces = [Piece("▁l'e", 0, 3), Piece("au", 3, 5), Piece(".", 5, 6)]
    found = shares(pieces, [Span(0, 2), Span(2, 5)])
    np.testing.assert_allclose(found, [[2 / 3, 0, 0], [1 / 3, 1, 0]])


def test_the_blank_before_a_word_is_no_part_of_it():
    found = shares([Piece("▁a", 0, 1), Piece("▁", 1, 2), Piece("b", 2, 3)], [Span(0, 1), Span(2, 3)])
    np.testing.assert_allclose(found, [[1, 0, 0], [0, 0, 1]])


def test_source_pieces_are_added_up_and_target_pieces_averaged():
    source = [Piece("▁ab", 0, 2), Piece("cd", 2, 4), Piece("▁ef", 4, 7)], [Span(0, 4), Span(5, 7)]
    target = [Piece("▁x", 0, 1), Piece("y", 1, 2)], [Span(0, 2)]
    attention = np.array([[0.5, 0.3, 0.2], [0.1, 0.1, 0.4]])
    assert link_table(attention, source, target) == LinkTable(((0.5, 0.3),))


def test_a_word_without_a_piece_has_no_link():
    table = link_table(np.ones((1, 1)), ([Piece("▁a", 0, 1)], [Span(0, 1)]), ([Piece("▁x", 0, 1)], [Span(2, 3)]))
    assert table == LinkTable(((0.0,),))


@pytest.mark.parametrize("prefix", ["", ">>en<<"])
def test_the_row_after_a_piece_is_read_and_prefix_and_end_are_no_words(prefix):
    source, target = tokens("le de"), tokens("the of")
    [table] = linker(prefix=prefix).links([(source, target)])
    assert len(linker().marian.pieces.placed_source(source.text)) == 2
    assert table == LinkTable(((1.0, 0.0), (0.0, 1.0)))
    [early] = linker(shift=0, prefix=prefix).links([(source, target)])
    assert early == LinkTable(((0.0, 0.0), (1.0, 0.0)))


def test_what_cannot_be_linked_says_why_and_the_rest_keeps_its_order():
    one = tokens("le maire")
    done = []
    found = linker(positions=20).links([(one, tokens("")), (one, one), (tokens("x " * 30), one)], done.append)
    assert found[0] == NotMeasured("there is no text")
    assert isinstance(found[1], LinkTable)
    assert found[2] == NotMeasured("longer than the model's 20 pieces")
    assert sum(done) == 3
    assert linker().links([]) == []


def test_the_attention_of_an_untrained_head_is_not_given():
    assert linker(shift=None).links([(tokens("oui"), tokens("yes"))]) == [UNTRAINED]


def test_the_card_tells_which_row_is_read(tmp_path):
    told = replace(shipped(), folder=tmp_path)
    assert shift_of(told) is None
    for card, shift in (({}, None), ({"alignment": {"shift": 1}}, 1), ({"alignment": {"shift": 0}}, 0)):
        (tmp_path / "card.json").write_text(json.dumps(card))
        assert shift_of(told) == shift


def test_the_signature_tells_model_engine_and_shift():
    assert shipped().label in linker().signature
    assert "table-1" in linker().signature
    assert linker().signature != linker(shift=0).signature
    assert linker().signature != linker().marian.forced_signature


SENTENCES = [
    ("Le président a rencontré les ministres vendredi.", "The president met the ministers on Friday."),
    ("Oui.", "Yes, of course he said that it was wrong Ω of them to leave so early in the morning."),
    ("Une loi a été votée hier, mais le maire, qui ne savait rien, a refusé.", "No."),
]


@pytest.mark.model
def test_forced_attention_has_a_row_for_every_piece_and_the_end():
    marian = load_engine(cache=False).translator
    decoder = CTranslate2Decoder(SHIPPED / "ct2")
    sources = [marian.pieces.source(s) for s, _ in SENTENCES]
    targets = [[p.text for p in marian.pieces.target(t)] for _, t in SENTENCES]
    done = []
    together = decoder.attend(sources, targets, done.append)
    assert sorted(done) == [0, 1, 2]
    for i, rows in enumerate(together):
        assert rows.shape == (len(targets[i]) + 1, len(sources[i]))
        np.testing.assert_allclose(rows.sum(1), 1, atol=1e-3)
        [alone] = decoder.attend([sources[i]], [targets[i]], lambda _: None)
        np.testing.assert_allclose(rows, alone, atol=0.02)


@pytest.mark.model
def test_a_model_that_adds_the_end_to_a_source_itself_gives_the_same(tmp_path):
    folder = shutil.copytree(SHIPPED / "ct2", tmp_path / "ct2")
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps(config | {"add_source_eos": True}))
    source, target = load_engine(cache=False).translator.pieces.source("Oui."), ["▁Yes", "."]
    [given] = CTranslate2Decoder(SHIPPED / "ct2").attend([source], [target], lambda _: None)
    [own] = CTranslate2Decoder(folder, source_eos=True).attend([source], [target], lambda _: None)
    np.testing.assert_allclose(own[:, : len(source) - 1], given[:, : len(source) - 1], atol=1e-4)
