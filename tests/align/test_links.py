"""Word links from two models, one, or none; and texts joined from given tokens."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtqc.align.links import LEAST, LEAST_ALONE, Linkers, joined, link_words, tokens_of
from mtqc.align.words import word_links
from mtqc.model import LinkTable, NotMeasured

EN, FR = "The mayor said no.", "Le maire a dit non."
MADE = [(0, 0), (1, 1), (2, 2), (2, 3), (3, 4)]


@dataclass
class TableLinker:
    """Answers every pair with the probability `sure` for MADE, the table's rows being English words where `back`."""

    back: bool
    sure: float = 0.9
    void: str = ""
    signature: str = "tables"

    def links(self, pairs, progress=None):
        found = []
        for source, target in pairs:
            table = np.zeros((len(target.spans), len(source.spans)))
            cells = table if self.back else table.T
            for i, j in MADE:
                if i < cells.shape[0] and j < cells.shape[1]:
                    cells[i, j] = self.sure
            void = self.void and self.void in source.text + target.text
            found.append(NotMeasured("too long") if void else LinkTable(tuple(map(tuple, table.tolist()))))
        return found


def linked(linkers, en=EN, fr=FR):
    [found] = link_words([(tokens_of(en), tokens_of(fr))], linkers)
    return found


def test_both_models_have_to_agree():
    found = linked(Linkers(TableLinker(back=True), TableLinker(back=False, sure=0.4)))
    assert [(k.source, k.target) for k in found.links] == MADE
    assert all(LEAST <= k.score <= 1 for k in found.links)
    assert found.texts[2:] == (("said", "a"), ("said", "dit"), ("no", "non"))
    assert (found.origin, found.missing) == ("both models", "")
    assert linked(Linkers(TableLinker(back=True), TableLinker(back=False, sure=0.0))).links == ()


@pytest.mark.parametrize("back", [True, False])
def test_one_model_alone_is_believed_where_it_is_sure_and_that_is_said(back):
    absent = NotMeasured("there is none")
    for sure in (LEAST_ALONE, LEAST_ALONE - 0.01):
        model = TableLinker(back, sure)
        found = linked(Linkers(model, absent) if back else Linkers(absent, model))
        assert bool(found.links) is (sure >= LEAST_ALONE)
        assert found.origin == ("the fr-en model" if back else "the en-fr model")
        assert found.missing == ("en-fr: there is none" if back else "fr-en: there is none")


def test_without_a_model_spelling_links():
    en, fr = "Dupont met the president.", "Dupont a rencontré le président."
    found = linked(Linkers(), en, fr)
    assert found.links == word_links(en, fr) != ()
    assert found.origin == "spelling"
    assert found.missing == "fr-en: no translation model was run; en-fr: no translation model was run"


def test_a_pair_that_the_models_cannot_take_falls_back_alone():
    models = Linkers(TableLinker(True, void="xx"), TableLinker(False, void="xx"))
    texts = [(EN, FR), ("xx 2019", "xx 2019"), (EN, FR)]
    found = link_words([(tokens_of(en), tokens_of(fr)) for en, fr in texts], models)
    assert [f.origin for f in found] == ["both models", "spelling", "both models"]
    assert found[1].texts == (("2019", "2019"),)
    assert found[1].missing == "fr-en: too long; en-fr: too long"


def test_a_side_without_words_has_no_links():
    assert linked(Linkers(TableLinker(True), TableLinker(False)), "…", FR).links == ()
    assert linked(Linkers(), EN, "").links == ()


@pytest.mark.parametrize(
    ("lang", "tokens", "text"),
    [
        (
            "en",
            "He said : \" I do n't know ( really ) , Musk 's car \" .",
            "He said: \"I don't know (really), Musk's car\".",
        ),
        ("fr", "l' homme dit : \" c' est -ce ( bien ) \" , non ?", "l'homme dit : \"c'est-ce (bien)\", non ?"),
        ("fr", "qu’ en dit -il ?", "qu’en dit-il ?"),
    ],
)
def test_given_tokens_become_ordinary_text(lang, tokens, text):
    made = joined(tokens.split(), lang)
    assert made.text == text
    assert [made[i] for i in range(len(made.spans))] == tokens.split()


@given(st.lists(st.text("ab'.,\"(-é", min_size=1, max_size=3)), st.sampled_from(["en", "fr"]))
def test_joined_tokens_stand_where_their_spans_say(tokens, lang):
    made = joined(tokens, lang)
    assert [made[i] for i in range(len(made.spans))] == tokens
    assert all(a.end <= b.start for a, b in zip(made.spans, made.spans[1:], strict=False))
    assert made.text.replace(" ", "") == "".join(tokens)
