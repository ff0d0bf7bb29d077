"""Each shipped model's card and docs/models.md say the same, and the same as the files."""

import json
import sys
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file
from translate_fixtures import SHIPPED

from mtqc.translate.find import DIRECTIONS

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = {direction: SHIPPED.parent / direction for direction in DIRECTIONS}


@pytest.fixture(params=DIRECTIONS)
def folder(request):
    return FOLDERS[request.param]


@pytest.fixture
def card(folder):
    return json.loads((folder / "card.json").read_text(encoding="utf-8"))


@pytest.fixture
def export_card(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "training"))
    monkeypatch.delitem(sys.modules, "export_card", raising=False)
    import export_card

    return export_card


def test_the_page_holds_the_card(export_card, card):
    assert export_card.markdown(card) in (ROOT / "docs" / "models.md").read_text(encoding="utf-8")


def test_the_page_is_rewritten_only_between_its_marks(export_card, card, tmp_path):
    page = tmp_path / "models.md"
    begin, end = export_card.BEGIN.format(card["direction"]), export_card.END.format(card["direction"])
    page.write_text(f"before\n{begin}\nold\n{end}\nafter\n")
    export_card.write_into(page, card)
    assert page.read_text() == f"before\n{begin}\n{export_card.markdown(card)}\n{end}\nafter\n"
    page.write_text("no marks")
    with pytest.raises(ValueError, match=f"no marks for {card['direction']}"):
        export_card.write_into(page, card)


def test_the_card_is_complete(card, folder):
    assert card["direction"] == folder.name
    assert card["cut_at"] <= card["positions"]
    assert {f["set"].split(",")[0] for f in card["figures"]} == {"wmt12", "wmt13", "flores-dev"}
    assert all(0 < f["bleu"] < 100 and 0 < f["chrf"] < 100 and f["sentences"] for f in card["figures"])
    assert all(d["text"] and d["origin"] and d["licence"] for d in card["data"])
    assert card["licence"]
    assert card["weaknesses"]


def test_the_weights_are_half_precision_and_of_the_shape_that_the_card_says(card, folder):
    weights = load_file(folder / "model.safetensors")
    assert {w.dtype for w in weights.values()} == {np.dtype(np.float16)}
    assert weights["model.shared.weight"].shape == (card["shape"]["vocabulary"], card["shape"]["d_model"])
    assert sum(w.size for n, w in weights.items() if n != "final_logits_bias") == card["shape"]["parameters"]


def test_everything_that_ships_together_stays_under_90_megabytes():
    assert sum(p.stat().st_size for f in FOLDERS.values() for p in f.rglob("*") if p.is_file()) < 90e6
